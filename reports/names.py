"""Names: what models, engines and subjects are called on a page; what has no name of its own keeps that of the code."""

from __future__ import annotations

from collections.abc import Sequence

from reports.page import Literally, Text, words
from reports.voice import catalogue
from series.catalog import Title


def model(name: str) -> Text:
    """Return what a model is called."""
    return _called("model", name)


def engine(name: str) -> Text:
    """Return what an engine is called."""
    return _called("engine", name)


def titled(title: Title) -> Literally:
    """Return the title of a subject as one begins a line with it."""
    return Literally(f"{title.en[:1].upper()}{title.en[1:]}", title.zh)


def listed(models: Sequence[str]) -> Text:
    """Return the names of several models in a row."""
    messages = [catalogue().get(f"model.{one}", {"en": one, "zh": one}) for one in models]
    return Literally(", ".join(one["en"] for one in messages), "、".join(one["zh"] for one in messages))


def _called(kind: str, name: str) -> Text:
    key = f"{kind}.{name}"
    return words(key) if key in catalogue() else Literally(name, name)
