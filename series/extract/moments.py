"""What the words around a period say about it: what growth is measured against, what it dates, an aside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from series.extract.clauses import FROM
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
        "ahead of",
        "up on",
        "down on",
    )
)
RATIO = frozenset(("是", "为", "相当于", "达", "达到", "系", "was"))
SINGLE = ("alone", "单月", "当月", "单看", "只看", "仅", "just")
VERSUS = frozenset(("相比", "对比"))
PLAIN = frozenset(
    (
        *("compared with", "compared to", "relative to", "versus", "vs", "vs.", "against", "in comparison with"),
        "by comparison with",
        *("than in", "than for", "compared with that of", "than that of"),
    )
)
SAID = re.compile(r"\b(?:said|announced|told reporters|told the press)[^.,;]{0,12} (?:in|on|early in|late in) ?$")
BETWEEN = re.compile(
    r"\W*(?:(?:the|same|corresponding|period|months|level|levels|pre-?\s?pandemic|pre-?\s?covid|pre-?\s?crisis"
    r"|year|of|in|for)\W+)*"
)
LEVEL_OF = re.compile(
    r" (?:its |the |their )?(?:level|figure|value|total|amount|size|that|what it was) (?:of |in |for )?"
)
YEAR_BEFORE = frozenset(
    ("the year before", "a year earlier", "a year before", "the previous year", "the prior year", "a year ago")
)
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
    if of_the_year_before(tokens, index):
        return False
    if following and following.kind == "tie" and (following.meaning == "same" or following.word(lower) in VERSUS):
        return True
    back = index - 1
    setting_out = lower[tokens[index].start] in FROM or (back >= 0 and tokens[back].word(lower) in FROM)
    if setting_out and _figure_next(tokens, index):
        return bool(tokens[index].meaning.previous) or tokens[index].meaning.relative == -1  # "由上年的43%升至…"
    if back >= 0 and tokens[back].word(lower) == "同比" and tokens[index].meaning.year is not None:
        return True  # "同比2019年增长45.2%"
    same = tokens[back].word(lower) if back >= 0 and tokens[back].ties("same") else ""
    if same and same.isascii() and same != "the period":
        return True  # "above the same period of 2015"
    if back >= 0 and tokens[back].word(lower).removeprefix("分别") in RATIO and _multiplies(tokens, index):
        return True
    if _of_ratio(tokens, index, lower):
        return True
    while back >= 0 and (tokens[back].kind == "filler" or tokens[back].ties("same")):
        back -= 1
    if back < 0:
        return bool(tokens[index].meaning.previous) and _money_next(tokens, index, lower)
    before = tokens[back]
    if before.kind == "mark" and before.meaning == "list" and _listed_base(tokens, back, lower):
        return True
    if before.word(lower) in PLAIN and BETWEEN.fullmatch(lower, before.end, tokens[index].start):
        return True
    if _amount_of(tokens, index, lower):
        return True
    if before.kind == "hedge" or (before.kind == "role" and before.word(lower) in COMPARING):
        return before.word(lower) in COMPARING
    if not before.ties("compare"):
        return before.kind == "mark" and tokens[index].meaning.previous and _money_next(tokens, index, lower)
    if back and tokens[back - 1].kind == "figure" and tokens[back - 1].meaning.kind == "money":
        return before.word(lower) not in LASTING  # "2.27 trillion yuan over the first eleven months"
    return lower[before.start] > "\u3400" or (back > 0 and tokens[back - 1].kind in ("role", "figure", "tie", "span"))


def _money_next(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether an amount follows at once ("上年为336.4亿美元")."""
    after = [
        token for token in tokens[index + 1 : index + 4] if token.word(lower) not in ("为", "是", "达", "仅", "同期")
    ]
    return bool(after) and after[0].kind == "figure" and after[0].meaning.kind == "money"


def _listed_base(tokens: Sequence[Token], mark: int, lower: str) -> bool:
    """Whether a list goes on from a base in Chinese ("较2022年的8928亿元、2021年的8600亿元", "比2022年和2021年")."""
    back = mark - 1
    while back >= 0 and (tokens[back].kind == "figure" or tokens[back].word(lower) == "的"):
        back -= 1
    named = back > 0 and tokens[back].kind == "span" and lower[tokens[back].end - 1] > "\u3400"
    return named and lower[tokens[back - 1].start] in "比较" and _is_base(tokens, back, lower)


def _figure_next(tokens: Sequence[Token], index: int) -> bool:
    """Whether a figure follows after no more than a word or two."""
    after = next((token for token in tokens[index + 1 : index + 4] if token.kind not in ("filler", "hedge")), None)
    return after is not None and after.kind == "figure"


def _amount_of(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether the period at `index` dates an amount that is compared with ("against $136.9 billion in 2022, …")."""
    back = index - 1
    if back < 2 or tokens[back].word(lower) not in ("in", "of", "for"):
        return False
    figure = tokens[back - 1]
    at = next((at for at in range(back - 2, -1, -1) if tokens[at].kind not in ("hedge", "filler")), None)
    if at is None or figure.kind != "figure" or figure.meaning.kind not in ("money", "percent"):
        return False
    mark = at > 0 and tokens[at].kind == "mark" and tokens[at].meaning in ("list", ",")
    listed = mark and tokens[at - 1].kind == "span"
    times = tokens[at].kind == "figure" and lower[tokens[at].end : figure.start].strip() == "the"
    return times or tokens[at].word(lower) in PLAIN or (listed and _amount_of(tokens, at - 1, lower))


def sets_out(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether a period only dates the figure that a change began with ("up from $136.9 billion in 2022")."""
    if index < 3 or tokens[index - 1].word(lower) not in ("in", "of", "for") or tokens[index - 2].kind != "figure":
        return False
    before = next((token for token in reversed(tokens[: index - 2]) if token.kind != "hedge"), None)
    return before is not None and before.word(lower) == "from"


def closes_year(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether the end of a year dates a move from an earlier amount ("截至2023年底,离岸执行额由上年的…增至…")."""
    token = tokens[index]
    if token.meaning.kind != "stock" or not token.meaning.annual or token.word(lower)[-1:] not in "末底":
        return False
    figure = next((at for at in range(index, len(tokens)) if tokens[at].kind == "figure"), index)
    between = range(index + 1, figure)
    return any(
        tokens[at].kind == "span" and (lower[tokens[at].start] in FROM or tokens[at - 1].word(lower) in FROM)
        for at in between
    )


def of_the_year_before(tokens: Sequence[Token], index: int) -> bool:
    """Whether a rate is that of the year before, given beside this year's ("(上年增长5.1%)", ",上年同期增长5.1%")."""
    same = tokens[index + 1 : index + 2]
    last = tokens[index].meaning.previous or tokens[index].meaning.relative == -1
    last = last or (tokens[index].meaning.year is not None and bool(same) and same[0].ties("same"))  # "2022年同期增长"
    if not last or not (index == 0 or tokens[index - 1].kind == "mark" or turns(tokens, index - 1)):
        return False
    following = (token for token in tokens[index + 1 : index + 5] if token.kind != "filler" and not token.ties("same"))
    rest = [token for token in following if token.kind != "role" or token.meaning != "reach"][:2]
    turn = len(rest) == 2 and rest[0].kind == "role" and rest[0].meaning in ("up", "down")
    return bool(turn and rest[1].kind == "figure" and rest[1].meaning.kind == "percent")


def of_goal(tokens: Sequence[Token], index: int) -> bool:
    """Whether a whole year is only that of a goal, or compared with ("完成全年目标的93.6%", "较去年全年放缓")."""
    span, after = tokens[index].meaning, tokens[index + 1 : index + 2]
    if span.kind != "period" or not span.annual or span.dated:
        return False
    before = tokens[max(0, index - 1) : index]
    touching = bool(before) and before[0].end == tokens[index].start
    compared = touching and before[0].kind == "role" and before[0].meaning == "yoy"
    return compared or (bool(after) and after[0].kind == "plan")


def turns(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word between a comma and a period only sets one clause against another (",而上年增速为23.4%")."""
    return at > 0 and tokens[at].kind == "filler" and tokens[at - 1].kind == "mark" and tokens[at - 1].meaning in ",;"


def of_rate(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether the base at `index` only dates a rate that is compared with ("compared with 5.1% in 2022")."""
    figure = tokens[index - 2] if index > 1 else None
    rate = figure is not None and figure.kind == "figure" and figure.meaning.kind == "percent"
    return rate and _amount_of(tokens, index, lower)


def _multiplies(tokens: Sequence[Token], index: int) -> bool:
    """Whether the period at `index` is what a multiple is of ("是2010年的4.5倍")."""
    if index + 1 < len(tokens) and tokens[index + 1].kind == "mark" and tokens[index + 1].meaning == "(":
        index = next((at for at in range(index + 1, min(index + 6, len(tokens))) if tokens[at].meaning == ")"), index)
    after = tokens[index + 1 : index + 4]
    return any(token.kind == "figure" and token.meaning.kind == "multiple" for token in after)


def in_bracket(tokens: Sequence[Token], index: int) -> bool:
    """Whether a period dates an amount in a bracket beside one like it ("$151.4 billion ($136.9 billion in 2022)")."""
    opened = next((at for at in range(index - 1, 0, -1) if tokens[at].kind == "mark" and tokens[at].meaning in "()"), 0)
    if not opened or tokens[opened].meaning != "(" or tokens[opened - 1].kind != "figure":
        return False
    beside = tokens[opened - 1].meaning
    inside = [token.meaning for token in tokens[opened + 1 : index] if token.kind == "figure"]
    return len(inside) == 1 and (inside[0].kind, inside[0].currency) == (beside.kind, beside.currency)


def _of_ratio(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether one more multiple is of the period ("是2019年的1.6倍、2006年的75倍", "1.6 times its level of 2019")."""
    figure = next((token for token in reversed(tokens[:index]) if token.kind == "figure"), None)
    if figure is None or figure.meaning.kind != "multiple":
        return False
    again = lower[figure.end : tokens[index].start].strip() in (*"、,和及", "以及", ",是", "、是")
    return (again and _multiplies(tokens, index)) or LEVEL_OF.fullmatch(
        lower, figure.end, tokens[index].start
    ) is not None


def trailing(tokens: Sequence[Token], index: int, bases: frozenset[int], lower: str) -> bool:
    """Whether an English period follows the figures that it dates ("worth 2.13 trillion yuan in 2021")."""
    token = tokens[index]
    if (
        token.kind != "span"
        or token.meaning.kind not in ("period", "until")
        or index in bases
        or not token.word(lower).isascii()
    ):
        return False
    if of_saying(tokens, index, lower):
        return False
    for back in range(index - 1, -1, -1):
        if tokens[back].kind == "figure":
            return bool(tokens[back].meaning.kind != "number")
        aside = tokens[back].kind == "mark" and tokens[back].meaning in ",;:("
        if aside and tokens[back].meaning == "," and all(one.kind == "filler" for one in tokens[back + 1 : index]):
            continue  # "…, in the first eight months"
        if back in bases and _amount_of(tokens, back, lower):
            # "$151.4 billion, against $136.9 billion in 2022, for 2023"
            return any(one.kind == "figure" and one.meaning.kind == "money" for one in tokens[: back - 2])
        if tokens[back].kind == "span" or aside:
            return False
    return False


def of_saying(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether a period ends its clause and only dates what was said of it ("…, the ministry said in December 2023")."""
    if index + 1 < len(tokens) and tokens[index + 1].kind != "mark":
        return False
    start = tokens[index].start
    said = SAID.search(lower, max(0, start - 30), start) is not None
    return said and any(token.kind == "figure" for token in tokens[:index])


def alone(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether the period at `index` is an aside to a longer one ("In June alone", "单看6月")."""
    near = [token.word(lower) for token in (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])]
    return tokens[index].word(lower).endswith(SINGLE) or any(one in SINGLE for one in near)
