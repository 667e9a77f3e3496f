"""Agreement: whether the claims of one sentence go together, and what the first of two leaves to be reckoned.

A level b at the end of n years and growth of g percent a year put the start at b / (1 + g/100)^n; two levels put growth
at (b / a)^(1/n) - 1. Market research prints all of these, and they are not always of one market.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from forecast.claims.hearing.heard import Heard, amount
from series.periods import Period

SLACK = 0.5
"""Points of growth that rounding and a first year that is the base or not may put between two figures."""


def compared(claims: Sequence[Heard]) -> list[Heard]:
    """Return the claims, those that the sentence's own figures contradict with what is missing, and with what follows.

    Growth is asked about where its sentence has levels or a multiple that say otherwise.
    """
    return [_beside(one, claims) if one.kind == "growth" else one for one in claims]


def clash(first: Decimal, last: Decimal, base: Period, end: Period, rate: Decimal) -> str:
    """Return what growth from one amount to another is where it is not the rate that is claimed, or nothing.

    A year more or less is let pass: "2025 to 2030" can be five years of growth or six.
    """
    years = (end.end - base.end) // 12
    if years < 1 or first <= 0 or last <= 0:
        return ""
    implied = [_rate(first, last, span) for span in (years, years - 1, years + 1) if span > 0]
    return "" if any(abs(one - float(rate)) <= SLACK for one in implied) else f"{implied[0]:.1f}% a year"


def _beside(growth: Heard, claims: Sequence[Heard]) -> Heard:
    """Return a claim of growth beside the others of its sentence that are of the same subject."""
    own = [one for one in claims if one.end and one.value and set(one.subjects) & set(growth.subjects)]
    if not growth.bases or growth.end is None or growth.value is None or growth.value <= -100:
        return growth
    multiple = next((one for one in own if one.kind == "multiple" and not one.wording and one.end == growth.end), None)
    if multiple:
        base = next((base for base in growth.bases if base in multiple.bases), None)
        if base is None:
            return growth
        said = f"{amount(_value(multiple), 'x')} from {base} to {growth.end}"
        return _asked(growth, said, _clash(growth, Decimal(1), multiple.value, base))
    levels = [one for one in own if one.kind == "level"]
    last = next((one for one in levels if one.end == growth.end), None)
    if last is None:
        return growth
    first = next((one for one in levels if one.unit == last.unit and one.end in growth.bases), None)
    if first is None or first.end is None:
        return _begun(growth, last)
    said = f"{amount(_value(first), first.unit)} in {first.end} and {amount(_value(last), last.unit)} in {last.end}"
    return _asked(growth, said, _clash(growth, _value(first), _value(last), first.end))


def _clash(growth: Heard, first: Decimal, last: Decimal | None, base: Period) -> str:
    assert growth.end is not None  # noqa: S101 - the caller has looked
    assert growth.value is not None  # noqa: S101 - the caller has looked
    return clash(first, last or first, base, growth.end, growth.value)


def _asked(growth: Heard, said: str, told: str) -> Heard:
    if not told:
        return growth
    wanted = f"figures that go together: {said} are {told}, not {growth.value}%"
    return replace(growth, missing=(*growth.missing, wanted))


def _begun(growth: Heard, level: Heard) -> Heard:
    """Say what growth to a level starts from; growth of one year stands beside its level as a matter of course."""
    assert growth.end is not None  # noqa: S101 - the caller has looked
    base = growth.bases[0]
    years = (growth.end.end - base.end) // 12
    if years <= 1:
        return growth
    begun = float(_value(level)) / (1 + float(growth.value or 0) / 100) ** years
    start, end = amount(Decimal(f"{begun:.4g}"), level.unit), amount(_value(level), level.unit)
    return replace(growth, notes=(*growth.notes, f"growth to {end} in {level.end} starts from {start} in {base}"))


def _value(one: Heard) -> Decimal:
    assert one.value is not None  # noqa: S101 - the caller has looked
    return one.value


def _rate(first: Decimal, last: Decimal, years: int) -> float:
    ratio: float = (float(last) / float(first)) ** (1 / years)
    return (ratio - 1) * 100
