"""Views: the chance of a claim from inside, by forecasts of its own series, and from outside, by how others fared.

The two are pooled on the scale of log odds (Genest and Zidek 1986, logarithmic opinion pool):

    logit p = w logit p_inside + (1 - w) logit p_outside.

The inside view is the growth model's, whose processes are learnt from many exporters and which so holds most of what
the class says; the weight of the plain count is therefore small. Both choices, and that weight, are by proper scores
on exporters held out, one to ten years ahead (`forecast.bench.pooling`), and no fit to the claims that they are scored
on. A nowcast of the claim's own year, once it has begun, stands alone: how fast others grow says nothing about months
that are known already. Where a year before the claim's end has begun, its nowcast is put behind the series and both
views start from there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from forecast.claims.history import growth_rate
from forecast.distributions import Distribution
from forecast.errors import EvidenceError, InputError
from forecast.models import DEFAULT, leaning, predict_all
from forecast.quantiles import LEVELS, Floats
from forecast.reference_class import BaseRate, Stage, base_rate, load, stage_of
from forecast.windows import Windows
from series import ledger
from series.ledger import Ledger
from series.observations import Observation, Series
from series.periods import Period

if TYPE_CHECKING:
    from forecast.nowcast import Nowcast

Running = Callable[[str, int, dt.date | None], "Nowcast | None"]
BESIDE = ("theta", "ets")
GROWTH = "growth"
INSIDE = 0.9
"""Weight of the inside view: of those tried the best by logarithmic score on exporters held out, near and far."""
OURS = "CHN"
LONGEST = 20
MILLIONS = 100.0
"""USD million in USD 100m, the units of the reference class and of the ledger."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What forecasts of the series itself give: `method` names them; `members` are the other models beside.

    `model` is the one that gives `probability` and `median`; it `leans` on the error atlas for so many values, 0 for
    none.
    """

    method: str
    probability: float
    members: dict[str, float]
    median: float
    model: str = DEFAULT
    leans: int = 0

    @property
    def below(self) -> Inside:
        """The same view on staying below."""
        members = {name: 1 - chance for name, chance in self.members.items()}
        return replace(self, probability=1 - self.probability, members=members)

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest of all."""
        every = [self.probability, *self.members.values()]
        return min(every), max(every)


@dataclass(frozen=True, slots=True)
class Outside:
    """How often members of the reference class at that stage grew so fast for so long.

    The probability is the share of runs drawn towards a half by half a trial either way, so that it is never 0 or 1.
    """

    probability: float
    rate: BaseRate

    @property
    def below(self) -> Outside:
        """The same view on growing less."""
        return replace(self, probability=1 - self.probability)


def weight(inside: Inside | None, outside: Outside | None) -> float:
    """Return the weight of the inside view; a view that is missing leaves all to the other."""
    if inside is None:
        return 0.0
    return 1.0 if outside is None else INSIDE


def pooled(inside: Inside | None, outside: Outside | None, share: float) -> float:
    """Pool the two probabilities on the scale of log odds, `share` being the weight of the inside view."""
    if inside is None or share == 0:
        assert outside is not None  # noqa: S101 - the court needs one of the two
        return outside.probability
    if outside is None or share == 1:
        return inside.probability
    return float(pool(np.array(inside.probability), np.array(outside.probability), share))


def pool(inside: Floats, outside: Floats, share: float) -> Floats:
    """Pool probabilities of any shape on the scale of log odds, `share` being the weight of the first."""
    odds = share * _logit(inside) + (1 - share) * _logit(outside)
    return np.asarray(1 / (1 + np.exp(-odds)))


def look_inside(series: Series, steps: int, threshold: float, engine: str) -> Inside:
    """Return the inside view for one series: the growth model's for amounts, the default combination's for shares.

    Raises:
        EvidenceError: if the series is too short to forecast.
    """
    support = "percent" if series.unit == "percent" else "positive"
    names = [DEFAULT, *BESIDE, *([GROWTH] if support == "positive" else [])]
    answers = predict_all(names, Windows.of_series([series]), steps, LEVELS, support, engine)
    leading = GROWTH if GROWTH in answers and not answers[GROWTH].refusals[0] else DEFAULT
    if answers[leading].refusals[0]:
        raise EvidenceError(answers[leading].refusals[0])
    chances = {
        name: float(Distribution.of(answer, support)[0, steps - 1].exceeds(threshold))
        for name, answer in answers.items()
        if not answer.refusals[0]
    }
    (leans,) = leaning.counts(answers[leading])
    return Inside("models", chances.pop(leading), chances, float(answers[leading].median[0, steps - 1]), leading, leans)


def look_inside_part(series: Series, part: Series, steps: int, threshold: float, engine: str) -> Inside:
    """Return the inside view of a whole too young to forecast, as if it grew like its larger part from the same year.

    Raises:
        EvidenceError: if the part is not known to the same year, or is too short itself.
    """
    whole, known = series.known[-1], part.known
    if not known or known[-1].period != whole.period:
        raise EvidenceError(f"{part.id} is not known to {whole.period} either")
    scale = known[-1].value / whole.value
    found = look_inside(part, steps, threshold * scale, engine)
    return replace(found, method=f"models of {part.id}", median=found.median / scale)


def running_year(subject: str, year: int, as_of: dt.date | None, held: Ledger | None = None) -> Nowcast | None:
    """Return the nowcast of a year that has begun; None where no month of it is known.

    `held` is a ledger that is not the shipped one.
    """
    from forecast.nowcast import nowcast

    if not _begun(subject, year, as_of, ledger.load() if held is None else held):
        return None
    try:
        running = nowcast(subject, year, as_of, held)
    except (EvidenceError, InputError):
        return None
    return running if running.basis == "nowcast" else None


def _begun(subject: str, year: int, as_of: dt.date | None, held: Ledger) -> bool:
    """Whether any months of the year had been published, in either currency."""
    whole, stem = Period.year(year), subject.rpartition(".")[0]
    return any(
        whole.contains(item.period) and item.period != whole and item.subject.rpartition(".")[0] == stem
        for item in held.statements
        if item.kind == "level" and (as_of is None or held.published(item) <= as_of)
    )


def look_at_running_year(running: Nowcast, threshold: float) -> Inside:
    """Return the view of a nowcast on its own year."""
    return Inside("nowcast", running.probability(threshold), {}, running.point, "nowcast")


def with_running_year(series: Series, running: Nowcast) -> Series:
    """Return the series with the median of the running year behind its last year, to forecast on from there."""
    low, high = running.interval
    year = Observation(Period.year(running.year), running.point, low, high, "estimated", ())
    return replace(series, observations=(*series.observations, year))


def look_outside(
    series: Series, steps: int, required: float, year: int, dollars: float | None = None
) -> Outside | None:
    """Return the outside view as the records of the class stood at the end of `year`; None for shares and far ends.

    The class is in dollars: `dollars` is the size, in USD 100m, of a series that is not.
    """
    if series.unit == "percent" or not 1 <= steps <= LONGEST:
        return None
    values = [one.value for one in series.known]
    size = values[-1] if series.unit == "USD 100m" else dollars
    grown = stage_of(values) if len(values) > 1 else Stage()
    stage = Stage(grown.growth, None if size is None else size * MILLIONS, grown.age)
    try:
        found = base_rate(steps, required, stage, load().without(OURS).until(year))
    except InputError:
        return None
    return Outside((found.share * found.effective + 0.5) / (found.effective + 1), found)


@dataclass(frozen=True, slots=True)
class Pace:
    """Average growth, `rate` in percent a year, over the last `years`."""

    rate: float
    years: int


def recent_growth(series: Series, years: int = 5) -> Pace | None:
    """Return the average growth over the last years on record, and over how many: fewer where fewer are known."""
    known = series.known
    for first in known[:-1]:
        latest = known[-1]
        span = (latest.period.end - first.period.end) // 12
        if span <= years and first.value > 0:
            return Pace(growth_rate(first.value, latest.value, span), span) if span else None
    return None


def documented(inside: Inside | None, outside: Outside | None, share: float) -> dict[str, Any]:
    """Return both views as a JSON object."""
    return {
        "inside": None
        if inside is None
        else {"probability": inside.probability, "method": inside.method, "model": inside.model},
        "outside": None if outside is None else {"probability": outside.probability, **outside.rate.document()},
        "weight_inside": share,
        "rule": "log odds pooled with the weight of the inside view",
    }


def _logit(probabilities: Floats) -> Floats:
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(clipped / (1 - clipped)))
