"""Explanations: why the number of a cell is what it is, in sentences, with the sources that hold it in place."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from series.errors import EvidenceError
from series.ledger import Decision
from series.observations import Observation
from series.periods import Period
from series.precision import ends
from series.resolver.points import observation_of
from series.resolver.readings import Figure
from series.statements import Statement

if TYPE_CHECKING:
    from series.resolver.resolution import Resolution

NAMED = 8


@dataclass(frozen=True, slots=True)
class Citation:
    """A statement with what it says and who published it, when; `others` print the same."""

    statement: str
    says: str
    publisher: str
    date: str
    others: int = 0

    def __str__(self) -> str:
        more = f", and {self.others} more that print the same" if self.others else ""
        return f"{self.says.rstrip('.')} ({self.publisher}, {self.date}; {self.statement}{more})"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A cell's value and bounds, what was printed for it, what holds each bound, and what was set aside."""

    id: str
    title: str
    unit: str
    observation: Observation
    printed: tuple[Citation, ...]
    lower: tuple[Citation, ...]
    upper: tuple[Citation, ...]
    set_aside: tuple[tuple[Citation, Decision], ...]

    @property
    def text(self) -> str:
        """The explanation as one paragraph."""
        one, printed = self.observation, {item.statement for item in self.printed}
        low, high = (f"{end:,}" for end in ends(one))
        sentences = [
            f"{self.title} in {one.period} is {_value(self)}, and by the evidence lies between {low} and {high}."
        ]
        if self.printed:
            sentences.append(f"It was published: {_listed(self.printed)}.")
        else:
            sentences.append("No source prints this amount itself; it follows from others.")
        lower = [item for item in self.lower if item.statement not in printed]
        upper = [item for item in self.upper if item.statement not in printed]
        if lower and set(lower) == set(upper):
            sentences.append(f"Both bounds are held by what else was published: {_listed(lower)}.")
        else:
            if lower:
                sentences.append(f"It cannot be less because of these figures: {_listed(lower)}.")
            if upper:
                sentences.append(f"It cannot be more because of these figures: {_listed(upper)}.")
        if one.status == "estimated":
            sentences.append(
                "Within these bounds the value is an estimate from the usual share of this part of the year."
            )
        for citation, decision in self.set_aside:
            sentences.append(
                f"By decision {decision.id} ({_act(decision)}), {citation}: {decision.reason.rstrip('.')}."
            )
        return " ".join(sentences)

    def as_json(self) -> dict[str, Any]:
        """Return the document of `forecast series explain`."""
        one = self.observation
        return {
            "id": self.id,
            "period": str(one.period),
            "unit": self.unit,
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "status": one.status,
            "statements": list(one.statements),
            "published": [_cited(item) for item in self.printed],
            "lower": [_cited(item) for item in self.lower],
            "upper": [_cited(item) for item in self.upper],
            "set_aside": [
                _cited(item) | {"decision": decision.id, "act": decision.act, "reason": decision.reason}
                for item, decision in self.set_aside
            ],
            "text": self.text,
        }


def explanation(resolution: Resolution, subject: str, period: Period) -> Explanation:
    """Explain one cell.

    Raises:
        InputError: if the subject is unknown.
        EvidenceError: if nothing published bounds the cell from above.
    """
    entry = resolution.ledger.catalog.entry(subject)
    observation = observation_of(resolution, subject, period)
    if observation is None or math.isinf(observation.high):
        raise EvidenceError(
            f"nothing published bounds {subject} {period}; 'forecast series show {subject}' has the rest"
        )
    lower, upper = resolution.support(subject, period)
    direct = [
        item for item in resolution.statements.values()
        if item.subject == subject and item.period == period and item.kind in ("level", "share", "bound")
    ]  # fmt: skip
    aside = [
        (citation(resolution, resolution.ledger.by_id[item.statement]), item)
        for item in resolution.ledger.decisions
        if item.act != "accept" and _about(resolution.ledger.by_id[item.statement], subject, period)
    ]
    return Explanation(
        subject,
        entry.title.en,
        entry.unit,
        observation,
        tuple(citation(resolution, item) for item in direct),
        tuple(_figures(resolution, lower)),
        tuple(_figures(resolution, upper)),
        tuple(aside),
    )


def citation(resolution: Resolution, statement: Statement, others: int = 0) -> Citation:
    """Return a statement as it is cited in a sentence."""
    source = resolution.ledger.sources[statement.source]
    date = source.published.strftime({"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}[source.precision])
    says = statement.paraphrase or f"{statement.printed} for {statement.subject} {statement.period}"
    return Citation(statement.id, says, source.publisher, date, others)


def _figures(resolution: Resolution, figures: Iterable[Figure]) -> Iterable[Citation]:
    for figure in figures:
        yield citation(resolution, resolution.statements[figure.statements[0]], len(figure.statements) - 1)


def _about(statement: Statement, subject: str, period: Period) -> bool:
    return statement.subject == subject and statement.period == period


def _listed(citations: Iterable[Citation]) -> str:
    items = [str(item) for item in citations]
    more = f"; and {len(items) - NAMED} more" if len(items) > NAMED else ""
    return "; ".join(items[:NAMED]) + more


def _act(decision: Decision) -> str:
    if decision.act == "reinterpret":
        return f"{decision.field} read as {decision.becomes or 'empty'}"
    return {"exclude": "not used", "release": "shown, but not binding"}[decision.act]


def _value(told: Explanation) -> str:
    one, unit = told.observation, "%" if told.unit == "percent" else told.unit
    how = {"published": "printed", "narrowed": "printed", "conflicting": "in conflict"}.get(one.status, one.status)
    return f"{_amount(one.value, one)} {unit} ({how})"


def _amount(value: float, one: Observation) -> str:
    digits = 2 if one.high - one.low < 5 else 1
    return f"{value:,.{digits}f}"


def _cited(item: Citation) -> dict[str, Any]:
    return {
        "statement": item.statement,
        "says": item.says,
        "publisher": item.publisher,
        "date": item.date,
        "others": item.others,
    }
