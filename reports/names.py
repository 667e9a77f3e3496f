"""Names: what models and engines are called on a page; those without a name of their own keep that of the code."""

from __future__ import annotations

from collections.abc import Sequence

from reports.page import Literally, Text, words
from reports.voice import catalogue


def model(name: str) -> Text:
    """Return what a model is called."""
    return _called("model", name)


def engine(name: str) -> Text:
    """Return what an engine is called."""
    return _called("engine", name)


def listed(models: Sequence[str]) -> Text:
    """Return the names of several models in a row."""
    messages = [catalogue().get(f"model.{one}", {"en": one, "zh": one}) for one in models]
    return Literally(", ".join(one["en"] for one in messages), "、".join(one["zh"] for one in messages))


def _called(kind: str, name: str) -> Text:
    key = f"{kind}.{name}"
    return words(key) if key in catalogue() else Literally(name, name)
