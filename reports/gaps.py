"""Gaps: what the scorecard shows nothing of, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import reduce

from reports.page import Day, Text, words
from series.periods import Period


def chart_note(shown: list[Period]) -> Text:
    """Say how to read the chart, and of which years between those shown nothing was forecast one year ahead."""
    first, last = shown[0].start // 12, shown[-1].start // 12
    left = [year for year in map(Period.year, range(first, last)) if year not in shown]
    if not left:
        return words("scorecard.chart_note")
    return words("scorecard.chart_note_left", years=_listed(left))


def years_note(days: list[dt.date]) -> Text:
    """Say how scores of one day go together, and which days between those shown were left out."""
    days = sorted(days)
    years = {day.year for day in days}
    left = [days[0].replace(year=year) for year in range(days[0].year, days[-1].year) if year not in years]
    if not left:
        return words("scorecard.years_note")
    return words("scorecard.years_left", days=_listed([Day(one) for one in left]))


def _listed(moments: Sequence[Period | Day]) -> Text:
    first, *rest = [words("scorecard.one", one=one) for one in moments]
    return reduce(lambda before, after: words("scorecard.with", first=before, second=after), rest, first)
