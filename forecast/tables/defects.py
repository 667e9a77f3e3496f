"""Defects: everything that is wrong with a table, told in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forecast.errors import InputError

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that is wrong.

    Attributes:
        said: where, and what.
        alike: what others are named by that are wrong in the same way; nothing where there can be none.
        advice: a sentence on what to do about all that are alike.
    """

    said: str
    alike: str = ""
    advice: str = ""


def refusal(name: str, defects: Sequence[Defect], *, typed: bool = False) -> InputError:
    """Return the refusal of a table that tells its defects, each once, and what to do about them.

    In a text each place is mended by hand, so places are told one by one; in a frame or in Parquet (`typed`) a column
    is wrong as a whole, so what is alike is told once and counted.
    """
    once = list(dict.fromkeys(defects))
    groups: dict[str, list[Defect]] = {}
    for one in once:
        groups.setdefault(one.alike if typed and one.alike else one.said, []).append(one)
    parts = [f"{of[0].said} (and {len(of) - 1} more alike)" if len(of) > 1 else of[0].said for of in groups.values()]
    left = sum(map(len, list(groups.values())[SHOWN:]))
    count = f"{len(once)} findings: " if len(once) > 1 else ""
    more = f"; and {left} more" if left else ""
    advice = "".join(f". {one}" for one in list(dict.fromkeys(one.advice for one in once if one.advice))[:SHOWN])
    return InputError(f"{name}: {count}{'; '.join(parts[:SHOWN])}{more}{advice}")
