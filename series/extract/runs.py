"""Runs of figures: "5.3%和9.7%", "71.65 and 53.58 billion USD"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from series.extract.tokens import Token
from series.extract.units import Figure

OF_TWO = {"former": 0, "前者": 0, "latter": 1, "后者": 1}
APART = frozenset((*OF_TWO, "number"))  # words that end a list
BETWEEN = frozenset(("filler", "hedge"))


@dataclass(frozen=True, slots=True)
class Item:
    """One figure of a run: its place in the sentence, and the direction that is printed inside the run, if any."""

    figure: Figure
    token: Token
    direction: str
    index: int


@dataclass(frozen=True, slots=True)
class Run:
    """Figures of one kind that a list ties together: tokens `first`..`last` of the sentence."""

    items: tuple[Item, ...]
    first: int
    last: int

    @property
    def kind(self) -> str:
        """Kind of the figures."""
        return self.items[0].figure.kind


def collect(tokens: Sequence[Token], at: int, text: str) -> Run:
    """Return the run that starts with the figure at `at`; bare numbers take the unit that ends their list."""
    items = [Item(tokens[at].meaning, tokens[at], "", at)]
    last = at
    while True:
        following = _next(tokens, last, text)
        if following is None:
            break
        index, direction = following
        figure = tokens[index].meaning
        if not _alike(items[-1].figure, figure):
            break
        items.append(Item(figure, tokens[index], direction, index))
        last = index
    final = items[-1].figure
    items = [replace(item, figure=_adopt(item.figure, final)) for item in items]
    return Run(tuple(items), at, last)


def _next(tokens: Sequence[Token], last: int, text: str) -> tuple[int, str] | None:
    """Return the index of the next figure of the list and the direction before it."""
    listed, direction = "", ""
    end = tokens[last].end
    for index in range(last + 1, min(last + 6, len(tokens))):
        token = tokens[index]
        if any(character.isalnum() for character in text[end : token.start]):
            return None
        end = token.end
        if text[token.start : end].lower() in APART:
            return None  # "91.8 percent of the former and 90.5 percent of the latter"
        if token.kind == "figure":
            return (index, direction) if listed else None
        if token.kind == "mark" and token.meaning in ("list", ",") and listed != "list":
            listed = "list" if token.meaning == "list" else ","
        elif token.kind == "role" and token.meaning in ("up", "down") and listed == "list":
            direction = token.meaning
        elif token.kind not in BETWEEN or direction or (listed == "," and text[token.start : token.end] == "with"):
            return None
        elif listed == "," and text[token.start : token.end] in ("为", "是"):
            return None  # "超过2.8万亿元,为28666亿元"
        elif listed == "," and token.kind == "hedge" and token.meaning == "over":
            return None  # "1303亿美元,首次突破1300亿美元"
    return None


def _alike(first: Figure, second: Figure) -> bool:
    if first.kind == "number" and second.kind in ("money", "percent", "number"):
        return True
    if first.kind != second.kind:
        return {first.kind, second.kind} == {"percent", "multiple"}
    return first.kind != "money" or not first.currency or not second.currency or first.currency == second.currency


def _adopt(figure: Figure, final: Figure) -> Figure:
    """Give a bare number the unit that is printed once at the end of its list."""
    if figure.kind == "number" and final.kind in ("money", "percent"):
        return replace(figure, kind=final.kind, scale=final.scale, currency=final.currency)
    if figure.kind == "money" and not figure.currency:
        return replace(figure, currency=final.currency)
    return figure
