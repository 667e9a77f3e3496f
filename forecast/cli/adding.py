"""`forecast series add`: one figure enters a ledger folder, after what it changes has been shown."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from forecast.cli.evidence import ahead, clash, count, cut
from forecast.cli.output import Json, document, note, say, working
from forecast.errors import EvidenceError, InputError

if TYPE_CHECKING:
    from series.ledger import Ledger
    from series.periods import Period
    from series.statements import Role, Source, Statement

_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
MONEY = {"USD 100m": "usd", "CNY 100m": "cny"}
RATES = {"percent": "percent", "x": "multiple"}
"""Which figures of a text a unit takes as they are."""
OF_A_SOURCE = ("publisher", "title", "published", "address", "role")


def add(
    ledger: Annotated[Path, typer.Option(metavar="DIR", help="Your ledger folder; a new one starts as a copy.")],
    subject: Annotated[str, typer.Option(metavar="ID", help="What the figure is about.")],
    period: Annotated[str, typer.Option(metavar="PERIOD", help="2017, 2019Q1, 2019-07 or 2020-01..2020-08.")],
    printed: Annotated[str, typer.Option(metavar="TEXT", help="The figure as it stood.")],
    source: Annotated[str, typer.Option(metavar="ID", help="The document's id; give --publisher ... if it is new.")],
    kind: Annotated[str, typer.Option(metavar="NAME", help="level, growth, share, multiple, cagr or bound.")] = "level",
    value: Annotated[str, typer.Option(metavar="NUMBER", help="In the series' unit; else what is printed.")] = "",
    exponent: Annotated[
        int | None, typer.Option(metavar="N", help="Power of ten of the last printed digit: -1 for 886.5.")
    ] = None,
    hedge: Annotated[str, typer.Option(metavar="NAME", help="exact, about, nearly, over or under.")] = "exact",
    base: Annotated[str, typer.Option(metavar="PERIOD", help="What a rate is measured against; else a year ago.")] = "",
    publisher: Annotated[str, typer.Option(metavar="TEXT", help="Of a new document.")] = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="Of a new document.")] = "",
    published: Annotated[str, typer.Option(metavar="DATE", help="Of a new document.")] = "",
    address: Annotated[str, typer.Option(metavar="URL", help="Of a new document.")] = "",
    role: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="originator, reprint, translation or secondary, as a new one is if left out."
        ),
    ] = "",
    paraphrase: Annotated[
        str, typer.Option(metavar="TEXT", help="What it says, in your own words; else in ours.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")] = False,
    anyway: Annotated[bool, typer.Option("--anyway", help="Write it even though it conflicts.")] = False,
    as_json: Json = False,
) -> None:
    """Add a statement to a ledger folder, after showing what it changes and whether it conflicts."""
    from series import ledger as ledgers
    from series.periods import Period

    span = Period.parse(period)
    about = dict(zip(OF_A_SOURCE, (publisher, title, published, address, role), strict=True))
    given = Given(
        source, subject, span, kind, printed, value, exponent, hedge, Period.parse(base) if base else None, paraphrase,
        {name: text for name, text in about.items() if text},
    )  # fmt: skip
    if not dry_run and not ledger.exists() and (anyway or not tried(given, ledgers.load()).conflicts):
        ledgers.ensure(ledger)
    unended = cut(ledger) if ledger.exists() else []
    writes = not dry_run and ledger.exists()
    with ledgers.locked(ledger) if writes else nullcontext():
        trial = tried(given, ledgers.load(ledger if ledger.exists() else None))
        writes = writes and (anyway or not trial.conflicts)
        if writes:
            ledgers.add(ledger, trial.statement, trial.source)
    for told in unended:
        note(told)
    if trial.source is not None:
        for told in ahead([trial.source]):
            note(told)
    if as_json:
        document(trial.content | {"written": writes})
    else:
        _told(trial.content, subject, span, writes)
    if trial.conflicts and not anyway:
        raise EvidenceError(
            f"{trial.statement.id} was not written, {count(trial.conflicts)} open with it: "
            f"{clash(trial.conflicts[0])}; correct it, or write it with --anyway and record a decision"
        )


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of one figure, and of its source as far as it was told."""

    source: str
    subject: str
    span: Period
    kind: str
    printed: str
    value: str
    exponent: int | None
    hedge: str
    base: Period | None
    paraphrase: str
    about: dict[str, str]


@dataclass(frozen=True, slots=True)
class Trial:
    """A statement as it would enter a ledger, its source where that is new, and what it changes there."""

    statement: Statement
    source: Source | None
    content: dict[str, Any]

    @property
    def conflicts(self) -> list[dict[str, Any]]:
        """The conflicts that would be open with it."""
        found: list[dict[str, Any]] = self.content["conflicts"]
        return found


def tried(given: Given, before: Ledger) -> Trial:
    """Return what a figure would change in a ledger; nothing is written.

    Raises:
        InputError: if it cannot be a statement of that ledger, or is one already.
    """
    from series import ledger as ledgers
    from series.resolver.family import family_of, resolved, within
    from series.review.proposals import paraphrase

    made = _statement(given, before)
    if said := before.same(made):
        raise InputError(f"{said.id} says so already, from the same source; a print counts once, so leave it out")
    source = _source(given, before)
    if not made.paraphrase:
        made = replace(made, paraphrase=paraphrase(made, before, source or before.sources[given.source]))
    after = ledgers.preview(before, made, source)
    with working("resolving the ledger"):
        family = family_of(after, given.subject)
        new = resolved(within(after, family))
        bounds = new.bounds(given.subject, given.span)
        conflicts, releases = new.around(given.subject, given.span)
        if conflicts or releases:
            old = resolved(within(before, family)).bounds(given.subject, given.span)
        else:
            old = new.bounds_without(made.id, given.subject, given.span)
    content = {
        "statement": made.id,
        "before": [old.low, _finite(old.high)],
        "after": [bounds.low, _finite(bounds.high)],
        "released": [one.as_json() for one in releases],
        "conflicts": conflicts,
    }
    return Trial(made, source, content)


def _statement(given: Given, before: Ledger) -> Statement:
    from series import ledger as ledgers
    from series.ledger import columns
    from series.statements import Statement

    unit = {"growth": "percent", "cagr": "percent", "share": "percent", "multiple": "x"}.get(given.kind)
    figure = _figure(given, unit or before.catalog.entry(given.subject).unit)
    rate = given.kind in ("growth", "multiple", "cagr")
    return Statement(
        ledgers.next_id(before), given.source, given.subject, given.span, given.kind, given.printed, figure,  # type: ignore[arg-type]
        _last_digit(figure) if given.exponent is None else columns.exponent(str(given.exponent)),
        unit or before.catalog.entry(given.subject).unit, given.hedge, "nearest", "printed",  # type: ignore[arg-type]
        (given.base or given.span.shift(-12)) if rate else None, "unknown" if given.kind == "growth" else "",
        "", "", "", "", given.paraphrase,
    )  # fmt: skip


def _figure(given: Given, unit: str) -> Decimal:
    """Return the value that is given, or that of the printed text: a plain number, or one with the unit behind it."""
    from series.ledger import columns

    if given.value:
        return columns.number(given.value)
    try:
        return columns.number(given.printed)
    except InputError:
        found = _with_unit(given.printed, unit)
        if found is not None:
            return found
        raise InputError(
            f"the printed text '{given.printed[:40]}' is not a plain number; keep it as it stood, and give its value "
            f"in {unit} with --value"
        ) from None


def _with_unit(printed: str, unit: str) -> Decimal | None:
    """Return what a figure like "5.2%" or "18.06亿美元" is in a unit, or nothing where it is of another."""
    from series.extract.tokens import tokenize

    text = printed.strip().lower()
    read = [
        token.meaning
        for token in tokenize(text)
        if token.kind == "figure" and (token.start, token.end) == (0, len(text))
    ]
    if len(read) != 1 or read[0].more:
        return None
    (figure,) = read
    if figure.kind == "money" and unit in MONEY:
        amount: Decimal = figure.hundred_millions
        return amount if figure.currency in ("", MONEY[unit]) else None
    number: Decimal = figure.number
    return number if figure.kind == RATES.get(unit) else None


def _source(given: Given, before: Ledger) -> Source | None:
    """Return the source if it is new to the ledger; of one that is there nothing else may be said."""
    from series.dates import date_span
    from series.statements import Source

    about = given.about
    date = date_span(about["published"], "published") if "published" in about else None
    known = before.sources.get(given.source)
    if known is None:
        if not _SOURCE.fullmatch(given.source):
            raise InputError(
                f"source id '{given.source}' is none; write it with letters, digits and . _ -, as mofcom-2027"
            )
        if date is None or "publisher" not in about:
            raise InputError(
                f"source '{given.source}' is not in the ledger; give --publisher and --published of the document"
            )
        said = about["publisher"], about.get("title", ""), *date, about.get("address", ""), ""
        return Source(given.source, *said, cast("Role", about.get("role", "secondary")))
    told = {name: (text, str(getattr(known, name))) for name, text in about.items() if name != "published"}
    if date is not None and date != (known.published, known.precision):
        told["published"] = about["published"], f"{known.published} ({known.precision})"
    off = [f"{name} '{has}', not '{text}'" for name, (text, has) in told.items() if text != has]
    if off:
        raise InputError(
            f"source '{given.source}' is in the ledger with {'; '.join(off)}; leave that out, or give the document an "
            "id of its own"
        )
    return None


def _told(content: dict[str, Any], subject: str, span: object, written: bool) -> None:
    (low, high), (least, most) = content["before"], content["after"]
    say(f"{subject} {span}: {_range(low, high)} before, {_range(least, most)} with {content['statement']}")
    for one in content["released"]:
        say(f"With it, {one['message']} ({', '.join(one['statements'])})")
    for one in content["conflicts"]:
        say(f"Conflict {one['id']}: {clash(one)}.")
        for repair in one["repairs"][:3]:
            say(f"  {repair['message']}")
    say("Written." if written else "Nothing was written.")


def _range(low: float, high: float | None) -> str:
    return f"[{low:,.8g}, {'open' if high is None else format(high, ',.8g')}]"


def _finite(end: float) -> float | None:
    return None if end == float("inf") else end


def _last_digit(figure: Decimal) -> int:
    exponent = figure.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
