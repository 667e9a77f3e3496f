"""Docket: every published claim with its verdict, the tested ones at length, the others with what is missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import reduce

from reports import claims, outcomes, outlook, reasons, references
from reports.figures import Figure
from reports.inputs import Inputs
from reports.outcomes import Document
from reports.page import Cell, Column, Jump, Literally, Page, Section, Table, Text, words

UNTESTED = "not checkable"
ORDER = ("probability", "consistent", "refuted", "entailed")
"""What is open comes first, what is settled last."""


def page(inputs: Inputs) -> Page:
    """Return the report on claims."""
    tested = [claim for claim in inputs.claims if claim["verdict"] != UNTESTED]
    tested.sort(key=lambda claim: ORDER.index(claim["verdict"]))
    others = [claim for claim in inputs.claims if claim["verdict"] == UNTESTED]
    standfirst: tuple[Text, ...] = (_lead(inputs.claims), words("docket.rest"))
    sections = (
        Section("verdicts", words("docket.tested"), (_verdicts(tested, inputs),)),
        *(
            replace(section, listed=False)
            for section in claims.sections(tested, inputs, lambda subject: outlook.drawn(subject, inputs))
        ),
        Section("untested", words("docket.untested"), (_untested(others, inputs),)),
    )
    return Page(
        name="claims",
        kicker=words("docket.kicker"),
        title=words("docket.title"),
        standfirst=standfirst,
        sections=sections,
        references=references.collect((*standfirst, *sections), inputs),
        as_of=inputs.evidence(),
    )


def _lead(all_claims: tuple[Document, ...]) -> Text:
    """Return how many claims there are of each verdict."""
    counts = Counter(str(claim["verdict"]) for claim in all_claims)
    counts["all"] = len(all_claims)
    counts["tested"] = len(all_claims) - counts[UNTESTED]
    names = ("all", "tested", "entailed", "refuted", "consistent", "probability")
    return words("docket.lead", **{name: Figure.fixed(counts[name], "count", 0, ("verdicts",)) for name in names})


def _verdicts(tested: list[Document], inputs: Inputs) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for claim in tested:
        reading = claim["readings"][0]
        rows.append(
            (
                Jump(str(claim["id"]), outcomes.claim_id(claim)),
                _cited(claim),
                words(f"verdict.{claim['verdict']}"),
                outcomes.named(reading, inputs) if reading["then"] or reading["now"] else outcomes.NOTHING,
                outcomes.chance(reading["then"], claim) if reading["then"] else outcomes.NOTHING,
                outcomes.chance(reading["now"], claim) if reading["now"] else outcomes.NOTHING,
            )
        )
    return Table(
        "verdicts-table",
        words("docket.caption"),
        (
            Column(words("column.decision"), "head"),
            Column(words("column.claim"), "prose"),
            Column(words("column.verdict"), "text"),
            Column(words("column.reading"), "text"),
            Column(words("column.then"), unit="probability"),
            Column(words("column.now"), unit="probability"),
        ),
        tuple(rows),
        note=words("docket.note"),
        sheet="verdicts",
        subject="claims",
    )


def _untested(others: list[Document], inputs: Inputs) -> Table:
    return Table(
        "untested-table",
        words("docket.untested_caption"),
        (
            Column(words("column.decision"), "head"),
            Column(words("column.claim"), "prose"),
            Column(words("column.missing"), "prose"),
        ),
        tuple((Literally(*(str(claim["id"]),) * 2), _cited(claim), _missing(claim, inputs)) for claim in others),
        anchors=tuple(outcomes.claim_id(claim) for claim in others),
        sheet="untested",
        subject="claims",
    )


def _cited(claim: Document) -> Text:
    """Return what was claimed, and the number of the document that it stands in."""
    return words("claim.said", text=claims.both(claim["claim"]), source=claims.cited(claim))


def _missing(claim: Document, inputs: Inputs) -> Text:
    told = reasons.said(claim["grounds"], inputs)
    return reduce(lambda before, after: words("track.both", first=before, second=after), told)
