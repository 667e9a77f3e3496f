"""Subjects: ids composed of area, scope, measure, part and currency, and the irregular ones beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import cast, get_args

from series.catalog.entries import Entry, Nature, Sum, Title
from series.errors import InputError, near
from series.findings import DefectsError, Finding
from series.rows import Row, read, unique

AREAS = ("id", "en", "zh", "within")
TERMS = ("kind", "id", "en", "zh", "en_short", "zh_short")
PARTS = ("id", "kind", "en", "zh", "members", "within", "succeeds", "note")
OTHERS = ("id", "en", "zh", "unit", "nature", "low", "high", "whole", "succeeds", "note")
TYPES = ("ito", "bpo", "kpo")
CURRENCIES = ("usd", "cny")


@dataclass(frozen=True)
class Catalog:
    """Every subject that can be named: composed ids `area.scope.measure[.part].last`, and irregular ones."""

    areas: Mapping[str, Row]
    terms: Mapping[str, Mapping[str, Row]]
    parts: Mapping[str, Row]
    others: Mapping[str, Entry]
    _made: dict[str, Entry | None] = field(default_factory=dict, compare=False, repr=False)

    def knows(self, subject: str) -> bool:
        """Whether the catalog has this subject."""
        return self._find(subject) is not None

    def entry(self, subject: str) -> Entry:
        """Return what is known about a subject.

        Raises:
            InputError: if the catalog does not have it; the nearest id is suggested.
        """
        found = self._find(subject)
        if found is None:
            raise InputError(
                f"'{subject}' is not a subject; write area.scope.measure[.part].usd, .cny or .share."
                f"{near(subject, [*self.others, *self._examples()])} See 'forecast series list'."
            )
        return found

    def stem(self, subject: str) -> str:
        """Return the subject without its currency or `.share`: `cn.offshore.execution.kpo`."""
        head, _, last = subject.rpartition(".")
        return head if last in self.terms["last"] else subject

    def sums(self, subjects: Iterable[str]) -> tuple[Sum, ...]:
        """Return the identities that hold between these subjects and their parts and wholes."""
        stems: dict[tuple[tuple[str, str], str], None] = {}
        for subject in subjects:
            split = self._split(subject)
            if split is None:
                continue
            area, _, measure, _, last = split
            for currency in CURRENCIES if last == "share" else (last,):
                stems[(area, measure), currency] = None
        found: dict[Sum, None] = {}
        for (area, measure), currency in sorted(stems):
            total, offshore, onshore = (f"{area}.{scope}.{measure}" for scope in ("total", "offshore", "onshore"))
            found[Sum(f"{total}.{currency}", (f"{offshore}.{currency}", f"{onshore}.{currency}"))] = None
            for base in (total, offshore, onshore):
                found[Sum(f"{base}.{currency}", tuple(f"{base}.{part}.{currency}" for part in TYPES))] = None
                for part, row in self.parts.items():
                    if row["members"]:
                        members = tuple(f"{base}.{member}.{currency}" for member in row["members"].split())
                        found[Sum(f"{base}.{part}.{currency}", members)] = None
        return tuple(found)

    def _find(self, subject: str) -> Entry | None:
        if subject in self.others:
            return self.others[subject]
        if subject not in self._made:
            split = self._split(subject)
            self._made[subject] = None if split is None else self._compose(subject, *split)
        return self._made[subject]

    def _split(self, subject: str) -> tuple[str, str, str, str, str] | None:
        words = subject.split(".")
        last = words[-1]
        if last not in self.terms["last"]:
            return None
        for at in range(1, len(words) - 2):
            area, scope, measure = ".".join(words[:at]), words[at], words[at + 1]
            if area in self.areas and scope in self.terms["scope"] and measure in self.terms["measure"]:
                part = ".".join(words[at + 2 : -1])
                return (area, scope, measure, part, last) if not part or part in self.parts else None
        return None

    def _compose(self, subject: str, area: str, scope: str, measure: str, part: str, last: str) -> Entry | None:
        base = f"{area}.{scope}.{measure}"
        row = self.parts.get(part)
        within, earlier, note = (row["within"], row["succeeds"], row["note"]) if row else ("", "", "")
        succeeds = f"{base}.{earlier}.{last}" if earlier else None
        en, zh = (self._phrase(language, area, scope, measure, part) for language in ("en", "zh"))
        if last == "share":
            if not part and scope == "total":
                return None
            of = "total" if not part else scope
            whole = f"{area}.{of}.{measure}"
            title = Title(
                f"Share of {self._part('en', scope, part)} in the {self._phrase('en', area, of, measure, '')}",
                f"{self._part('zh', scope, part)}占{self._phrase('zh', area, of, measure, '')}比重",
            )
            return Entry(subject, title, "percent", "share", Decimal(0), Decimal(100), whole, succeeds, note)
        term = self.terms["last"][last]
        title = Title(f"{en[0].upper()}{en[1:]} ({term['en_short']})", f"{zh}（{term['zh_short']}）")
        if part:
            container: str | None = f"{base}.{within}.{last}" if within else f"{base}.{last}"
        else:
            container = f"{area}.total.{measure}.{last}" if scope != "total" else None
        return Entry(subject, title, term["en"], "flow", Decimal(0), None, container, succeeds, note)

    def _phrase(self, language: str, area: str, scope: str, measure: str, part: str) -> str:
        kind = self.parts[part]["kind"] if part else ""
        term = self.terms["scope"][scope]
        return self.terms["kind"][kind][language].format(
            area=self.areas[area][language],
            measure=self.terms["measure"][measure][language],
            scope=term[language],
            short=term[f"{language}_short"],
            part=self.parts[part][language] if part else "",
        )

    def _part(self, language: str, scope: str, part: str) -> str:
        if not part:
            return self.terms["scope"][scope][language]
        row = self.parts[part]
        business = language == "en" and row["kind"] in ("market", "area", "owner")
        return f"business {row[language]}" if business else row[language]

    def _examples(self) -> list[str]:
        areas, scopes, measures = self.areas, self.terms["scope"], self.terms["measure"]
        bases = [f"{area}.{scope}.{measure}" for area in areas for scope in scopes for measure in measures]
        national = [base for base in bases if base.startswith("cn.") and base.count(".") == 2]
        stems = bases + [f"{base}.{part}" for base in national for part in self.parts]
        return [f"{stem}.{last}" for stem in stems for last in self.terms["last"]]


def load(extra: Traversable | None = None) -> Catalog:
    """Return the shipped catalog, with the subjects of `extra`/subjects.csv where that file exists.

    Raises:
        DefectsError: if a table is defective; every finding is named.
    """
    if extra is None or not extra.joinpath("subjects.csv").is_file():
        return _shipped()
    findings: list[Finding] = []
    catalog = extend(_shipped(), extra, findings)
    if findings:
        raise DefectsError("the subject table", findings)
    return catalog


def extend(catalog: Catalog, folder: Traversable, findings: list[Finding]) -> Catalog:
    """Return the catalog with the subjects of `folder`/subjects.csv; defects are added to `findings`."""
    rows = unique(read(folder, "subjects.csv", OTHERS, findings), findings)
    findings += [
        row.finding("duplicate id", f"'{row['id']}' is in the catalog already")
        for row in rows
        if catalog.knows(row["id"])
    ]
    grown = replace(catalog, others={**catalog.others, **_entries(rows, findings)}, _made={})
    check_cycles({row["id"]: (row["whole"], row) for row in rows}, "part-of", findings)
    check_cycles({row["id"]: (row["succeeds"], row) for row in rows}, "succeeds", findings)
    for row in rows:
        for column in ("whole", "succeeds"):
            if row[column] and not grown.knows(row[column]):
                findings.append(row.finding("subject", f"{column} '{row[column]}' is not a subject"))
    return grown


def check_cycles(links: Mapping[str, tuple[str, Row]], what: str, findings: list[Finding]) -> None:
    """Add a finding for each cycle that the links (id -> next id) close."""
    done: set[str] = set()
    for start in links:
        path: list[str] = []
        at = start
        while at in links and at not in done and at not in path:
            path.append(at)
            at = links[at][0]
        if at in path:
            ring = path[path.index(at) :]
            findings.append(links[at][1].finding("cycle", f"{what} goes in a circle: {' -> '.join([*ring, at])}"))
        done.update(path)


@cache
def _shipped() -> Catalog:
    folder = files("series.catalog")
    findings: list[Finding] = []
    areas = unique(read(folder, "areas.csv", AREAS, findings), findings)
    parts = unique(read(folder, "parts.csv", PARTS, findings), findings)
    others = unique(read(folder, "others.csv", OTHERS, findings), findings)
    terms: dict[str, dict[str, Row]] = {}
    for row in read(folder, "terms.csv", TERMS, findings):
        terms.setdefault(row["kind"], {})[row["id"]] = row
    check_cycles({row["id"]: (row["within"], row) for row in areas}, "within", findings)
    check_cycles({row["id"]: (row["within"], row) for row in parts}, "within", findings)
    check_cycles({row["id"]: (row["whole"], row) for row in others}, "part-of", findings)
    catalog = Catalog(
        {row["id"]: row for row in areas}, terms, {row["id"]: row for row in parts}, _entries(others, findings)
    )
    if findings:
        raise DefectsError("the shipped catalog", findings)
    return catalog


def _entries(rows: Iterable[Row], findings: list[Finding]) -> dict[str, Entry]:
    made = {}
    for row in rows:
        nature = row["nature"]
        if nature not in get_args(Nature):
            findings.append(row.finding("nature", f"nature '{nature}' is unknown; use flow, stock or share"))
            continue
        low, high = _number(row, "low", findings), _number(row, "high", findings)
        title = Title(row["en"], row["zh"])
        made[row["id"]] = Entry(
            row["id"], title, row["unit"], cast(Nature, nature), low, high, row["whole"] or None,
            row["succeeds"] or None, row["note"],
        )  # fmt: skip
    return made


def _number(row: Row, column: str, findings: list[Finding]) -> Decimal | None:
    if not row[column]:
        return None
    try:
        value = Decimal(row[column])
    except InvalidOperation:
        value = Decimal("NaN")
    if value.is_finite() and abs(value.adjusted()) < 30:
        return value
    findings.append(row.finding("number", f"{column} '{row[column]}' is not a number"))
    return None
