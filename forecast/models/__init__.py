"""Models: one small file each, found by name in one table, imported only when asked for."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol, cast, get_args, runtime_checkable

import numpy as np

from forecast.arguments import read_horizon, read_names, read_text
from forecast.errors import InputError, near
from forecast.models.answers import Answers, merge
from forecast.models.recipes import Recipe
from forecast.quantiles import LEVELS, Floats, Forecasts, check_levels
from forecast.transforms import Scaled, scale
from forecast.windows import Ints, Windows

Engine = Literal["reference", "batch"]


class Model(Protocol):
    """What every model file offers at module level.

    `MINIMUM` is the number of observations below which it refuses a window. `forecast` never raises for one bad
    window: it refuses that row and answers the others.
    """

    MINIMUM: int

    def forecast(self, windows: Windows, horizon: int, levels: Floats) -> Forecasts:
        """Return quantiles [B, H, Q] of the `horizon` steps after each window's origin, on the windows' own scale."""
        ...


@runtime_checkable
class Combined(Protocol):
    """A model made of the answers of others."""

    MINIMUM: int

    def recipe(self, season: int, plain: bool = False) -> Recipe:
        """Return which members are asked for data of that season, on which scales, or of `plain` data as it stands."""
        ...

    def combine(self, scaled: Scaled, answers: Mapping[str, Forecasts]) -> Forecasts:
        """Return one answer from those of the members, all on the scale of `scaled`."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a model lives: the batch engine's module, and the reference engine's where that is another one."""

    batch: str
    reference: str

    @classmethod
    def once(cls, module: str) -> Entry:
        """Return the entry of a model that serves both engines."""
        return cls(module, module)


TABLE: dict[str, Entry] = {
    "naive": Entry.once("forecast.models.naive"),
    "drift": Entry.once("forecast.models.drift"),
    "theta": Entry.once("forecast.models.theta"),
    "ets": Entry.once("forecast.models.ets"),
    "arima": Entry("forecast.models.arima", "forecast.models.reference.arima"),
    "prophet": Entry("forecast.models.prophet", "forecast.models.reference.prophet"),
    "growth": Entry.once("forecast.models.growth"),
    "combination": Entry.once("forecast.models.combination"),
}
VARIANTS: dict[str, Entry] = {"arima+parameters": Entry.once("forecast.models.uncertain_arima")}
"""Models with an option, found by name like the others and never asked for unasked."""
DEFAULT = "combination"
AMOUNTS_ONLY = ("growth",)
"""Models that refuse everything but amounts above zero."""
BLOCK = 8192
"""Windows that go through all models before the next ones do: what a model needs on its way stays small."""
DECILES = np.array([0.1, 0.5, 0.9])


def check_engine(engine: str) -> None:
    """Check the name of an engine.

    Raises:
        InputError: if there is none of that name.
    """
    if engine not in get_args(Engine):
        raise InputError(f"engine '{engine}' is unknown; use reference or batch")


def find(name: str, engine: str = "reference") -> Model | Combined:
    """Import the model called `name` as `engine` has it; a model that exists once serves both engines.

    Raises:
        InputError: if no model or no engine has that name; the nearest one is suggested.
    """
    if read_text(name, "model", DEFAULT) not in (known := TABLE | VARIANTS):
        raise InputError(f"model '{name}' is unknown.{near(name, known)} Known: {', '.join(known)}")
    check_engine(engine)
    return cast("Model | Combined", importlib.import_module(getattr(known[name], engine)))


def chosen(names: str | Iterable[str] | None, supports: Sequence[str] = ()) -> tuple[list[str], list[str]]:
    """Return the models asked for (one may stand alone), or all that are installed, and what has to be said about it.

    Models for amounts are left out unasked where none of the `supports` (without them, of any) is that of an amount.

    Raises:
        InputError: if a name is unknown, or none is given where names could stand.
    """
    if names is not None:
        asked = list(dict.fromkeys(read_names(names, "models", DEFAULT)))
        for name in asked:
            find(name)
        return asked, []
    known = [name for name in TABLE if name not in AMOUNTS_ONLY or not supports or "positive" in supports]
    if importlib.util.find_spec("prophet"):
        return known, []
    return [name for name in known if name != "prophet"], ["prophet is left out: the package is not installed"]


def predict(
    name: str,
    windows: Windows,
    horizon: int,
    levels: Floats = LEVELS,
    support: str | Sequence[str] = "real",
    engine: str = "reference",
) -> Forecasts:
    """Forecast a batch by one model on the scale that `support` asks for (one for all, or one a window).

    Returns quantiles [B, H, Q] on the windows' own scale; see `predict_all`.
    """
    return predict_all([read_text(name, "model", DEFAULT)], windows, horizon, levels, support, engine)[name]


def predict_all(
    names: str | Iterable[str],
    windows: Windows,
    horizon: int,
    levels: Floats = LEVELS,
    support: str | Sequence[str] = "real",
    engine: str = "reference",
) -> dict[str, Forecasts]:
    """Forecast a batch by one model or several, each fitted once even where a combination uses it too.

    A row that a model cannot answer is NaN and carries a refusal; the other rows are not touched by it.

    Raises:
        InputError: if a name, support or engine is unknown, the horizon is outside 1..120, or levels do not ascend
            within 0..1.
    """
    models = {name: find(name, engine) for name in read_names(names, "models", DEFAULT)}
    return predict_by(models, windows, horizon, levels, support, engine)


def predict_by(
    models: Mapping[str, Model | Combined],
    windows: Windows,
    horizon: int,
    levels: Floats,
    support: str | Sequence[str],
    engine: str,
) -> dict[str, Forecasts]:
    """Do the same by models that are at hand: a combination may be calibrated by another atlas than the shipped one."""
    if not isinstance(windows, Windows):
        raise InputError(f"a {type(windows).__name__} is no batch of windows; make one: Windows.of([[1.0, 2.0, 4.0]])")
    horizon, levels = read_horizon(horizon), check_levels(levels)
    kinds = [support] * len(windows) if isinstance(support, str) else _kinds(support)
    if len(kinds) != len(windows):
        raise InputError(f"{len(kinds)} supports were given for {len(windows)} windows; give one, or one a window")
    whole: dict[str, Answers] = {}
    for kind in dict.fromkeys(kinds):
        every = np.flatnonzero(np.array([one == kind for one in kinds]))
        for first in range(0, len(every), BLOCK):
            rows = every[first : first + BLOCK]
            for part, found in _by_gaps(models, windows.take(rows), horizon, levels, kind, engine):
                if len(part) == len(windows):  # nothing to put together
                    return {name: replace(found[name], levels=levels) for name in models}
                for name in models:
                    if name not in whole:
                        whole[name] = Answers.blank(len(windows), horizon, levels)
                    whole[name].put(rows[part], found[name])
    return {name: whole.get(name, Answers.blank(0, horizon, levels)).closed(levels) for name in models}


def _kinds(supports: Sequence[str]) -> list[str]:
    none = isinstance(supports, list | tuple) and not supports  # of no windows
    return [] if none else read_names(supports, "support", "positive")


def _by_gaps(
    models: Mapping[str, Model | Combined], windows: Windows, horizon: int, levels: Floats, support: str, engine: str
) -> Iterator[tuple[Ints, dict[str, Forecasts]]]:
    """Yield the answers to complete windows, then those to others: combined models see gaps and few zeros bridged."""
    from forecast.models.bridging import bridge, holed

    combined = {name: model for name, model in models.items() if isinstance(model, Combined)}
    open_rows = holed(windows, support) & bool(combined)
    if len(whole := np.flatnonzero(~open_rows)):
        yield whole, _on_scale(models, windows.take(whole), horizon, levels, support, engine)
    if len(open_ := np.flatnonzero(open_rows)):
        some = windows.take(open_)
        others = {name: model for name, model in models.items() if name not in combined}
        bridged = bridge(some, support)
        answers = _on_scale(combined, bridged.windows, horizon, np.union1d(levels, DECILES), support, engine)
        told = {name: bridged.told(answer, levels) for name, answer in answers.items()}
        yield open_, told | (_on_scale(others, some, horizon, levels, support, engine) if others else {})


def _on_scale(
    models: Mapping[str, Model | Combined], windows: Windows, horizon: int, levels: Floats, support: str, engine: str
) -> dict[str, Forecasts]:
    from forecast.models.ingredients import gather

    scaled = scale(windows, support)
    wanted = {name: model for name, model in models.items() if not isinstance(model, Combined)}
    combined = {name: model for name, model in models.items() if isinstance(model, Combined)}
    if combined and scaled.plain.any() and not scaled.stands:  # a recipe is for one kind of scale
        kinds = [np.flatnonzero(scaled.plain == plain) for plain in (False, True)]
        told = [_on_scale(models, windows.take(rows), horizon, levels, support, engine) for rows in kinds]
        return {
            name: merge(
                [(rows, one[name]) for rows, one in zip(kinds, told, strict=True)], len(windows), horizon, levels
            )
            for name in models
        }
    recipes = {name: model.recipe(windows.season, scaled.stands) for name, model in combined.items()}
    for recipe in recipes.values():  # what is a member only, `gather` sees to
        wanted |= {member: cast(Model, find(member, engine)) for member in recipe.own if member in TABLE}
    asked = np.union1d(levels, DECILES) if combined else levels
    answers = {name: model.forecast(scaled.windows, horizon, asked) for name, model in wanted.items()}
    for name, model in combined.items():
        asked_already = {member: answers[member] for member in wanted}
        gathered = gather(recipes[name], scaled, windows, horizon, engine, asked_already)
        answers[name] = model.combine(scaled, gathered)
    if asked is not levels:
        kept = np.searchsorted(asked, levels)
        answers = {name: answers[name].at(kept) for name in models}
    return {name: _returned(scaled, answers[name]) for name in models}


def members(scaled: Scaled, windows: Windows, horizon: int, engine: str) -> dict[str, Forecasts]:
    """Return what the default combination is made of, on the scale of `scaled`; the atlas is learnt from it."""
    from forecast.models.ingredients import gather

    recipe = cast(Combined, find(DEFAULT, engine)).recipe(windows.season, scaled.stands)
    return gather(recipe, scaled, windows, horizon, engine)


def _returned(scaled: Scaled, answered: Forecasts) -> Forecasts:
    """Map an answer back to the windows' own scale, with what the scale has to say about each row."""
    produced = tuple(
        f"{name}, unlogged" if name and plain and scaled.logged else name
        for name, plain in zip(answered.produced, scaled.plain.tolist(), strict=True)
    )
    refusals = tuple(own or theirs for own, theirs in zip(scaled.refusals, answered.refusals, strict=True))
    return Forecasts(scaled.back(answered.quantiles), answered.levels, produced, refusals)
