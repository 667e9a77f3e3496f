"""Naming: from the words of a sentence to the subjects that it can mean."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.patterns import compiled
from series import catalog
from series.extract.subjects import together
from series.extract.tokens import Token

SCOPES = ("total", "offshore")
CURRENCIES = ("usd", "cny")
HARMLESS = frozenset(
    ("市场规模", "产业规模", "行业规模", "市场份额", "收入", "支出", "投资",
     "market size", "market share of", "revenue", "spending", "output", "investment", "sales")
)  # fmt: skip
ALL_CITIES = re.compile(r"37|三十七")
SUBJECT = "what it is about: outsourcing, offshore outsourcing, ITO, BPO, KPO, a market or a place"
PLAIN = frozenset(("will", "end", "mid", "early", "late", "rate", "factor", "size", "year", "would", "should", "ing"))
WORLD = re.compile(r"全球|世界|国际市场|\bworld|\bglobal")
JOINED = re.compile(r"\s*(?:和|与|及|、|以及|and|&|/|\+|加)\s*(?:the )?")


@dataclass(frozen=True, slots=True)
class Named:
    """The subjects that a sentence can mean, in order of likelihood, and what stands in the way."""

    subjects: tuple[str, ...]
    missing: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def name(clues: Clues, until: int, currencies: Sequence[str], *, share: bool) -> Named:
    """Return the subjects of a claim whose figure ends at `until`; words before it come first, then the others.

    `currencies` are those that the figure or the sentence names; none means both. A scope that is not named is read
    as all outsourcing and as offshore; a measure that is not named as execution.
    """
    tokens = [token for token in clues.tokens if not _shrinks(clues, token)]
    spoken = {token.kind for token in tokens}
    parts = _parts(_nearest(clues, tokens, until))
    if share and not parts and WORLD.search(clues.lower):
        return Named(
            ("world.offshore.execution.cn.share",), notes=("read as the world market for offshore outsourcing",)
        )
    stranger = _stranger(clues, until)
    if stranger:
        return Named((), beyond=(f"a series of {stranger}, which the ledger does not hold",))
    notes: list[str] = []
    if not spoken & {"topic", "scope", "measure"} and not parts:
        if share or unknown_words(clues):
            return Named((), missing=(SUBJECT,))
        notes.append("no subject is named: read as China's service outsourcing")
    if "count" in spoken and "measure" not in spoken and not currencies:
        return Named(
            (), beyond=("a claim in money, growth or shares: counts of people and firms are too few to judge by",)
        )
    area, place = _area(clues)
    if place:
        return Named((), beyond=(place,))
    measures = _before(clues, tokens, "measure", until)
    if not measures:
        notes.append("no measure is named: read as execution value")
    scopes = _before(clues, tokens, "scope", until)
    tied = any(token.kind == "tie" and token.meaning == "respectively" for token in tokens)
    if tied and (len(set(scopes)) > 1 or len(parts) > 1):
        return Named((), missing=("which figure goes with which subject: say one of those given 'respectively'",))
    if len(set(scopes)) > 1 and not share:
        if not _joined(clues):
            return Named((), missing=("which scope is meant: offshore and onshore are both named",))
        scopes = ["total"]
    measure = measures[-1] if measures else "execution"
    part = _part(parts, clues)
    if share:
        return _share(area, scopes, measure, part, notes)
    if scopes:
        read: Sequence[str] = (scopes[-1],)
    elif part:
        read = ("offshore",)
        notes.append("a part without a scope is read as part of offshore outsourcing")
    else:
        read = SCOPES
        notes.append("no scope is named: read as all outsourcing and as offshore outsourcing")
    if not currencies:
        notes.append("no currency is named: read in dollars and in yuan")
    middle = f".{part}" if part else ""
    subjects = [
        f"{area}.{scope}.{measure}{middle}.{currency}" for currency in currencies or CURRENCIES for scope in read
    ]
    return _known(subjects, notes)


def unknown_words(clues: Clues) -> list[str]:
    """Return the words that neither the grammar nor the words of claims know: they may name another subject."""
    rest = list(clues.lower)
    spans = [(token.start, token.end) for token in clues.tokens]
    spans += [found.span() for pattern in compiled().every for found in pattern.finditer(clues.lower)]
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    return [word for word in re.findall(r"[a-z]{3,}|[\u3400-\u9fff]{2,}", "".join(rest)) if word not in PLAIN]


def _share(area: str, scopes: Sequence[str], measure: str, part: str | None, notes: list[str]) -> Named:
    if part:
        if not scopes:
            notes.append("a part without a scope is read as part of offshore outsourcing")
        return _known([f"{area}.{scopes[0] if scopes else 'offshore'}.{measure}.{part}.share"], notes)
    if not scopes or scopes[0] == "total":
        return Named((), missing=("whose share it is: a part such as KPO, a market, or offshore of the total",))
    return _known([f"{area}.{scopes[0]}.{measure}.share"], notes)


def _known(subjects: Iterable[str], notes: Iterable[str]) -> Named:
    shelf = catalog.load()
    known = tuple(dict.fromkeys(subject for subject in subjects if shelf.knows(subject)))
    if not known:
        return Named((), beyond=(f"a series of {next(iter(subjects))}, which the catalog does not have",))
    return Named(known, notes=tuple(notes))


def _stranger(clues: Clues, until: int) -> str | None:
    """Return another matter that the figure is about, or None: the world's outsourcing, India's, software exports."""
    own = [
        token for token in clues.tokens if token.kind in ("topic", "scope", "measure") or token.kind.startswith("part_")
    ]
    ours = [token for token in clues.tokens if token.kind == "whole"]
    foreign = [token for token in clues.tokens if token.kind == "world" and token.start < until]
    if foreign and not any(token.start < foreign[0].start for token in ours) and not _rest(clues, foreign[0]):
        return f"'{clues.word(foreign[0])}' outsourcing" if own else f"'{clues.word(foreign[0])}'"
    others = [token for token in clues.tokens if token.kind == "stop" and clues.word(token) not in HARMLESS]
    if others and (not own or others[0].start < own[0].start <= until < own[0].end):
        return f"'{clues.word(others[0])}'"
    if others and own and others[0].start < until and others[0].start > own[-1].end:
        return f"'{clues.word(others[0])}'"
    return None


def _rest(clues: Clues, token: Token) -> bool:
    """Whether the world is only the place where a rank or an event is: not the owner of the figure."""
    return bool(re.match(r"(?:第|领先|large|lead)", clues.lower[token.end :].lstrip()))


def _parts(tokens: Sequence[Token]) -> list[str]:
    found = []
    for token in tokens:
        if token.kind.startswith("part_"):
            family = token.kind.removeprefix("part_")
            found.append(token.meaning if family == "type" else f"{family}_{token.meaning}")
    return list(dict.fromkeys(found))


def _part(parts: Sequence[str], clues: Clues) -> str | None:
    if not parts:
        return None
    part = together(parts)
    return f"{part}_37" if part == "area_demo_cities" and ALL_CITIES.search(clues.lower) else part


def _area(clues: Clues) -> tuple[str, str]:
    areas = [token.meaning for token in clues.tokens if token.kind in ("province", "city")]
    if not areas:
        return "cn", ""
    known = catalog.load().areas
    if f"cn.{areas[0]}" not in known:
        return "", f"a series of {areas[0]}, which the ledger does not hold"
    return f"cn.{areas[0]}", ""


def _shrinks(clues: Clues, token: Token) -> bool:
    """Whether "contract" is said of what shrinks: "will contract by 5%"."""
    if token.kind != "measure" or not clues.word(token).startswith("contract"):
        return False
    return bool(re.match(r"(?:s|ed|ing)?\s+(?:by|at)\b", clues.lower[token.end :]))


def _before(clues: Clues, tokens: Sequence[Token], kind: str, until: int) -> list[str]:
    """Return the meanings of a kind of word before a place, or where there are none, right after it."""
    found = [token for token in tokens if token.kind == kind]
    before = [token.meaning for token in _latest(tokens, found, until)]
    return before or [token.meaning for token in found if token.start < _reach(clues, tokens, until)]


def _reach(clues: Clues, tokens: Sequence[Token], until: int) -> int:
    """Return how far words after a figure are still of it: to the next mark where a subject stood before it."""
    if not any(token.start < until and token.kind in ("topic", "measure", "scope") for token in tokens):
        return len(clues.lower)
    mark = re.search(r"[,;。]|\.\s|\.$", clues.lower[until:])
    return until + mark.start() if mark else len(clues.lower)


def _nearest(clues: Clues, tokens: Sequence[Token], until: int) -> list[Token]:
    """Return the parts that a figure is of: the last that were named before it, or those right after it."""
    parts = [token for token in tokens if token.kind.startswith("part_")]
    before = _latest(tokens, parts, until)
    return before or [token for token in parts if token.start < _reach(clues, tokens, until)]


def _latest(tokens: Sequence[Token], words: Sequence[Token], until: int) -> list[Token]:
    """Return those of some words before a place that no figure parts from the last of them."""
    before = [token for token in words if token.start < until]
    if not before:
        return []
    figures = [token.end for token in tokens if token.kind == "figure" and token.end <= before[-1].start]
    return [token for token in before if token.start >= max(figures, default=0)]


def _joined(clues: Clues) -> bool:
    scopes = [token for token in clues.tokens if token.kind == "scope"]
    return all(JOINED.fullmatch(clues.lower[a.end : b.start]) for a, b in itertools.pairwise(scopes))
