"""Claims: what a published claim says, what it would need, and how likely that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from reports import names, outcomes, reasons
from reports.figures import Figure, Span
from reports.inputs import Inputs
from reports.links import WHOLE
from reports.outcomes import NOTHING, Document, claim_id
from reports.page import (
    Basis,
    Block,
    Cell,
    Chart,
    Column,
    Fan,
    Listing,
    Literally,
    Paragraph,
    Path,
    Section,
    Slot,
    Table,
    Text,
    Tile,
    words,
)
from reports.voice import catalogue
from series.periods import Period

Draw = Callable[[str], Fan | None]
DRAWN = "combination"
"""The model whose fans the pages draw."""
NOWCAST = "nowcast"


def sections(claims: Iterable[Document], inputs: Inputs, draw: Draw) -> tuple[Section, ...]:
    """Return one section a claim; `draw` gives the fan of a subject, or None where there is none to show."""
    return tuple(_section(claim, inputs, draw) for claim in claims)


def tiles(claims: Iterable[Document], subject: str, inputs: Inputs) -> tuple[Tile, ...]:
    """Return the chance of the first claim that has one as a key figure, read as about `subject` if it can be."""
    for claim in claims:
        open_ = [one for one in claim["readings"] if one["now"]]
        if open_:
            reading = next((one for one in open_ if one["subject"] == subject), open_[0])
            now = reading["now"]
            note = words(
                "claim.tile_note",
                subject=outcomes.named(reading, inputs),
                models=names.listed(list(_every(now))),
                span=_between(now, claim),
            )
            return (Tile(_short(claim), outcomes.chance(now, claim), note),)
    return ()


def _section(claim: Document, inputs: Inputs, draw: Draw) -> Section:
    blocks: list[Block] = [Paragraph(words("claim.said", text=both(claim["claim"]), source=cited(claim)), "quote")]
    readings = claim["readings"]
    if any(one["now"] for one in readings):
        blocks += [*_paths(claim, readings, inputs, draw), _readings(claim, readings, inputs)]
    if any(one["outcome"] for one in readings):
        blocks.append(outcomes.table(claim, [one for one in readings if one["outcome"]], inputs))
    blocks += [Paragraph(words("claim.words"), "note"), *(Paragraph(text, "print") for text in _worded(claim["text"]))]
    if claim["grounds"]:
        blocks += [Paragraph(words("claim.reasons"), "note"), Listing(reasons.said(claim["grounds"], inputs))]
    return Section(claim_id(claim), _title(claim), tuple(blocks))


def _worded(text: Mapping[str, str]) -> list[Text]:
    """Return the words on a claim, one paragraph a reading where both languages part alike."""
    english, chinese = (text[language].splitlines() for language in ("en", "zh"))
    if len(english) != len(chinese):
        return [both(text)]
    return [Literally(en, zh) for en, zh in zip(english, chinese, strict=True)]


def _title(claim: Document) -> Text:
    key = f"claim.title.{claim['id']}"
    return words(key) if key in catalogue() else words("claim.heading", id=claim["id"], claimant=both(claim["by"]))


def _short(claim: Document) -> Text:
    key = f"claim.short.{claim['id']}"
    return words(key) if key in catalogue() else words("claim.chance", id=claim["id"])


def _paths(claim: Document, readings: Sequence[Document], inputs: Inputs, draw: Draw) -> list[Block]:
    """Return the chart of the first reading whose subject has a fan to the claim's end: the claimed path through it."""
    for reading in readings:
        fan = draw(reading["subject"])
        if fan and reading["implied"] and reading["now"]:
            end = Period.parse(reading["demanded"]["period"])
            intervals = tuple(step for step in fan.intervals if step.period.end <= end.end)
            if intervals and intervals[-1].period == end:
                chart = _path(claim, reading, replace(fan, intervals=intervals), inputs)
                return [chart, *_models(claim, reading)]
    return []


def _path(claim: Document, reading: Document, fan: Fan, inputs: Inputs) -> Chart:
    """Return the claimed path through the fan that the page shows of its subject, with the median of that very fan."""
    steps = tuple(
        (Period.parse(step["period"]), Figure.rounded(step["value"], "", digits=6).value or Decimal(0))
        for step in reading["implied"]
    )
    slots = {
        "name": inputs.title(reading["subject"]),
        "claimed": outcomes.demanded(reading),
        "median": Figure.estimate(float(fan.intervals[-1].median), reading["unit"], (claim_id(claim),)),
        "end": fan.intervals[-1].period,
    }
    return Chart(
        f"chart-claim-{claim['id']}",
        words("claim.finding", **slots),
        words("chart.subtitle_plain", unit=words(f"unit.long.{reading['unit'].lower().replace(' ', '_')}")),
        words("claim.description", **slots),
        words("claim.chart_note", name=slots["name"]),
        replace(fan, paths=(Path("claimed", steps),)),
    )


def _models(claim: Document, reading: Document) -> list[Block]:
    """Say where the chance comes from another model than the fan that is drawn, and what each gives; else nothing."""
    now = reading["now"]
    model = (now["views"]["inside"] or {}).get("model")
    if model in (None, DRAWN) or (model != NOWCAST and DRAWN not in now["members"]):
        return []
    slots: dict[str, Slot] = {
        "drawn": names.model(DRAWN),
        "model": names.model(model),
        "median": Figure.estimate(now["median"], reading["unit"], (claim_id(claim),)),
        "own": _given(now["views"]["inside"]["probability"], claim),
    }
    if model == NOWCAST:
        year = Period.parse(now["latest"]["period"]).step()
        return [Paragraph(words("claim.nowcast", year=year, **slots))]
    slots["other"] = _given(now["members"][DRAWN], claim)
    members = [words("claim.member", model=names.model(one), own=_given(p, claim)) for one, p in _every(now).items()]
    every = reduce(lambda before, after: words("scorecard.with", first=before, second=after), members)
    return [Paragraph(words("claim.models", every=every, **slots))]


def _every(now: Document) -> dict[str, float]:
    """Return what each model by itself gives a claim, by its name."""
    inside = now["views"]["inside"] or {}
    own = {str(inside["model"]): float(inside["probability"])} if inside.get("model") else {}
    return dict(sorted((own | now["members"]).items()))


def _given(probability: float, claim: Document) -> Figure:
    return Figure.fixed(probability, "probability", 4, (claim_id(claim),))


def _readings(claim: Document, readings: Sequence[Document], inputs: Inputs) -> Table:
    """Return one row a reading: the level claimed, the growth still needed, and the chance then and now."""
    rows: list[tuple[Cell, ...]] = []
    for reading in readings:
        then, now = reading["then"], reading["now"]
        rows.append(
            (
                outcomes.named(reading, inputs),
                outcomes.demanded(reading),
                _percent(now["required"], reading) if now else NOTHING,
                _runs(now["runs"], reading) if now else NOTHING,
                _view(now, "inside", claim),
                _view(now, "outside", claim),
                outcomes.chance(now, claim) if now else NOTHING,
                outcomes.chance(then, claim) if then else NOTHING,
            )
        )
    return Table(
        f"readings-{claim['id']}",
        words("claim.caption", id=str(claim["id"]), end=Period.parse(readings[0]["demanded"]["period"])),
        (
            Column(words("column.reading"), "head"),
            Column(words("column.claimed")),
            Column(words("column.required"), unit="percent"),
            Column(words("column.base_rate")),
            Column(words("column.inside"), unit="probability"),
            Column(words("column.outside"), unit="probability"),
            Column(words("column.now"), unit="probability"),
            Column(words("column.then"), unit="probability"),
        ),
        tuple(rows),
        note=words("claim.note"),
        sheet="claims",
        subject=str(claim["id"]),
    )


def cited(claim: Document) -> Text:
    """Return the number of the document that the claim stands in, as a link."""
    return words("claim.source", source=Basis((f"{WHOLE}{claim['source']}",)))


def _percent(value: float, reading: Document) -> Figure:
    return Figure.fixed(value, "percent", 1, tuple(reading["statements"]))


def _view(outlook: Document | None, name: str, claim: Document) -> Figure:
    """Return the probability of one of the two views that are pooled: forecasts of the series, or like economies."""
    view = ((outlook or {}).get("views") or {}).get(name)
    return Figure.fixed(view["probability"] if view else float("nan"), "probability", 4, (claim_id(claim),))


def _between(outlook: Document, claim: Document) -> Span:
    low, high = (Figure.fixed(end, "probability", 4, (claim_id(claim),)) for end in outlook["interval"])
    return Span(low, high)


def _runs(runs: Document, reading: Document) -> Text:
    """Return how often there was such a run, as a count out of a count."""
    basis = tuple(reading["statements"])
    return words(
        "claim.base_rate",
        hits=Figure.fixed(runs["reached"], "count", 0, basis),
        runs=Figure.fixed(runs["count"], "count", 0, basis),
    )


def both(text: Mapping[str, str]) -> Text:
    """Return a text of the claims layer in its languages."""
    return Literally(text["en"], text["zh"])
