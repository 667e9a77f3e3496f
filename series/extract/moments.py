"""What the words around a period say about it: what growth is measured against, what it dates, an aside."""

from __future__ import annotations

from collections.abc import Sequence

from series.extract.tokens import Token

COMPARING = frozenset(
    (
        "over",
        "more than",
        "less than",
        "higher than",
        "above",
        "below",
        "lower than",
        "fewer than",
        "greater than",
        "smaller than",
    )
)
RATIO = frozenset(("是", "为", "相当于", "达", "达到", "系", "was"))
SINGLE = ("alone", "单月", "当月", "单看", "只看", "仅", "just")
VERSUS = frozenset(("相比", "对比"))
LASTING = frozenset(("over", "on"))


def base_indices(tokens: Sequence[Token], lower: str) -> frozenset[int]:
    """Return the indices of periods that growth is measured against, not spoken of."""
    return frozenset(
        index for index, token in enumerate(tokens) if token.kind == "span" and _is_base(tokens, index, lower)
    )


def _is_base(tokens: Sequence[Token], index: int, lower: str) -> bool:
    if tokens[index].meaning.to is not None:
        return False  # "over 2008-2012"
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following and following.kind == "tie" and (following.meaning == "same" or following.word(lower) in VERSUS):
        return True
    back = index - 1
    same = tokens[back].word(lower) if back >= 0 and tokens[back].ties("same") else ""
    if same and same.isascii() and same != "the period":
        return True  # "above the same period of 2015"
    if back >= 0 and tokens[back].word(lower).removeprefix("分别") in RATIO and _multiplies(tokens, index):
        return True
    while back >= 0 and (tokens[back].kind == "filler" or tokens[back].ties("same")):
        back -= 1
    if back < 0:
        return bool(tokens[index].meaning.previous) and _money_next(tokens, index, lower)
    before = tokens[back]
    if before.kind == "hedge" or (before.kind == "role" and before.word(lower) in COMPARING):
        return before.word(lower) in COMPARING
    if not before.ties("compare"):
        return before.kind == "mark" and tokens[index].meaning.previous and _money_next(tokens, index, lower)
    if back and tokens[back - 1].kind == "figure" and tokens[back - 1].meaning.kind == "money":
        return before.word(lower) not in LASTING  # "2.27 trillion yuan over the first eleven months"
    return lower[before.start] > "\u3400" or (back > 0 and tokens[back - 1].kind in ("role", "figure", "tie"))


def _money_next(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether an amount follows at once ("上年为336.4亿美元")."""
    after = [
        token for token in tokens[index + 1 : index + 4] if token.word(lower) not in ("为", "是", "达", "仅", "同期")
    ]
    return bool(after) and after[0].kind == "figure" and after[0].meaning.kind == "money"


def _multiplies(tokens: Sequence[Token], index: int) -> bool:
    """Whether the period at `index` is what a multiple is of ("是2010年的4.5倍")."""
    after = tokens[index + 1 : index + 4]
    return any(token.kind == "figure" and token.meaning.kind == "multiple" for token in after)


def trailing(tokens: Sequence[Token], index: int, bases: frozenset[int], lower: str) -> bool:
    """Whether an English period follows the figures that it dates ("worth 2.13 trillion yuan in 2021")."""
    token = tokens[index]
    if token.kind != "span" or token.meaning.kind != "period" or index in bases or not token.word(lower).isascii():
        return False
    for back in range(index - 1, -1, -1):
        if tokens[back].kind == "figure":
            return bool(tokens[back].meaning.kind != "number")
        aside = tokens[back].kind == "mark" and tokens[back].meaning in ",;:("
        if aside and tokens[back].meaning == "," and all(one.kind == "filler" for one in tokens[back + 1 : index]):
            continue  # "…, in the first eight months"
        if tokens[back].kind == "span" or aside:
            return False
    return False


def alone(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether the period at `index` is an aside to a longer one ("In June alone", "单看6月")."""
    near = [token.word(lower) for token in (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])]
    return tokens[index].word(lower).endswith(SINGLE) or any(one in SINGLE for one in near)
