"""What the words around a figure or a name say about it: bases, lists, places, goals, hedges."""

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
OVER_AFTER = ("左右", "以上", "以下", "上下", "or so", "or more")
NAMING = frozenset(("scope", "measure", "topic", "area", "business", "amount", "province", "city"))
RATIO = frozenset(("是", "为", "相当于", "达", "达到", "系", "was"))
SURPASSING = frozenset(
    ("超越", "超过", "赶超", "反超", "overtaking", "overtook", "surpassing", "surpassed", "outpacing")
)
SINGLE = ("alone", "单月", "当月", "单看", "只看", "仅", "just")
VERSUS = frozenset(("相比", "对比"))
INCLUDING = frozenset(("including", "连同", "包括", "加上", "计入"))
LASTING = frozenset(("over", "on"))
LOOK_BACK = 8  # tokens within which a list goes on
LIST_FILLING = frozenset(("filler", "market_word", "business", "scope", "whole"))


def word(token: Token, lower: str) -> str:
    """Return the token as printed, in lower case."""
    return lower[token.start : token.end]


def base_indices(tokens: Sequence[Token], lower: str) -> frozenset[int]:
    """Return the indices of periods that growth is measured against, not spoken of."""
    return frozenset(
        index for index, token in enumerate(tokens) if token.kind == "span" and _is_base(tokens, index, lower)
    )


def _is_base(tokens: Sequence[Token], index: int, lower: str) -> bool:
    if tokens[index].meaning.to is not None:
        return False  # "over 2008-2012"
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following and following.kind == "tie" and (following.meaning == "same" or word(following, lower) in VERSUS):
        return True
    back = index - 1
    same = word(tokens[back], lower) if back >= 0 and _ties(tokens[back], "same") else ""
    if same and same.isascii() and same != "the period":
        return True  # "above the same period of 2015"
    if back >= 0 and word(tokens[back], lower).removeprefix("分别") in RATIO and _multiplies(tokens, index):
        return True
    while back >= 0 and (tokens[back].kind == "filler" or _ties(tokens[back], "same")):
        back -= 1
    if back < 0:
        return bool(tokens[index].meaning.previous) and _money_next(tokens, index, lower)
    before = tokens[back]
    if before.kind == "hedge" or (before.kind == "role" and word(before, lower) in COMPARING):
        return word(before, lower) in COMPARING
    if not _ties(before, "compare"):
        return before.kind == "mark" and tokens[index].meaning.previous and _money_next(tokens, index, lower)
    if back and tokens[back - 1].kind == "figure" and tokens[back - 1].meaning.kind == "money":
        return word(before, lower) not in LASTING  # "2.27 trillion yuan over the first eleven months"
    return lower[before.start] > "\u3400" or (back > 0 and tokens[back - 1].kind in ("role", "figure", "tie"))


def _money_next(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether an amount follows at once ("上年为336.4亿美元")."""
    after = [
        token for token in tokens[index + 1 : index + 4] if word(token, lower) not in ("为", "是", "达", "仅", "同期")
    ]
    return bool(after) and after[0].kind == "figure" and after[0].meaning.kind == "money"


def _multiplies(tokens: Sequence[Token], index: int) -> bool:
    """Whether the period at `index` is what a multiple is of ("是2010年的4.5倍")."""
    after = tokens[index + 1 : index + 4]
    return any(token.kind == "figure" and token.meaning.kind == "multiple" for token in after)


def only_included(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether a scope is only said to be counted in ("onshore included")."""
    before = word(tokens[index - 1], lower) if index else ""
    after = [word(token, lower) for token in tokens[index + 1 : index + 3]]
    return before in INCLUDING or "included" in after or "counted" in after


def trailing(tokens: Sequence[Token], index: int, bases: frozenset[int], lower: str) -> bool:
    """Whether an English period follows the figures that it dates ("worth 2.13 trillion yuan in 2021")."""
    token = tokens[index]
    if token.kind != "span" or token.meaning.kind != "period" or index in bases or not word(token, lower).isascii():
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


def among(tokens: Sequence[Token], index: int) -> bool:
    """Whether what stands at `index` is a part of what was spoken of ("That included offshore contracts")."""
    executed = any(token.kind == "measure" and token.meaning == "execution" for token in tokens[index:])
    for at in range(index - 1, max(0, index - 5) - 1, -1):
        opens = at and _ties(tokens[at - 1], "among") and not executed  # "Of these, offshore contracts made up …"
        if tokens[at].kind == "mark" and not opens:
            return False
        if _ties(tokens[at], "among"):
            return True
    return False


def gives(tokens: Sequence[Token], index: int, text: str) -> bool:
    """Whether foreign firms are those who give the work ("Foreign companies handed …"), not those who do it."""
    rest = text[tokens[index].end : tokens[index].end + 30].split()[:2]
    return tokens[index].meaning == "foreign" and bool(
        {"handed", "gave", "awarded", "placed", "outsourced"} & set(rest)
    )


def _ties(token: Token, meaning: str) -> bool:
    return token.kind == "tie" and token.meaning == meaning


def linked(tokens: Sequence[Token], index: int, text: str) -> bool:
    """Whether a list ties a name to the name before it ("美国、欧盟", "ITO (…), BPO (…) and KPO")."""
    here = tokens[index]
    listed = False
    end = here.start
    back = index - 1
    while back >= 0 and index - back < LOOK_BACK:
        token = tokens[back]
        if any(character.isalnum() for character in text[token.end : end]):
            return False
        end = token.start
        if token.kind == here.kind or {token.kind, here.kind} <= {"province", "city"}:
            return listed
        if token.kind == "mark":
            if token.meaning == ")":
                back, end = _bracket_before(tokens, back)
                continue
            if token.meaning != "list" and not (token.meaning == "," and text[token.end : token.end + 1] == " "):
                return False
            listed = True
        elif token.kind not in LIST_FILLING:
            return False
        back -= 1
    return False


def _bracket_before(tokens: Sequence[Token], index: int) -> tuple[int, int]:
    """Return the index of the token before the bracket that closes at `index`, and where the bracket opens."""
    for back in range(index - 1, max(-1, index - LOOK_BACK), -1):
        if tokens[back].kind == "mark" and tokens[back].meaning == "(":
            return back - 1, tokens[back].start
    return -1, tokens[index].start


def surpassed(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether a part is only what another has overtaken ("知识流程外包首次超越信息技术外包,达3661亿元")."""
    before = word(tokens[index - 1], lower) if index > 1 else ""
    return before in SURPASSING and any(token.kind.startswith("part_") for token in tokens[max(0, index - 6) : index])


def alone(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether the period at `index` is an aside to a longer one ("In June alone", "单看6月")."""
    near = [word(token, lower) for token in (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])]
    return word(tokens[index], lower).endswith(SINGLE) or any(one in SINGLE for one in near)


def goal_follows(tokens: Sequence[Token], last: int) -> bool:
    """Whether the figure is a goal ("1000亿美元的目标")."""
    return any(token.kind == "plan" for token in tokens[last + 1 : last + 3])


def is_threshold(tokens: Sequence[Token], last: int, lower: str) -> bool:
    """Whether an amount only picks out those that pass it ("超过1亿美元的国家达到73个")."""
    following = tokens[last + 1 : last + 3]
    return (
        len(following) == 2
        and word(following[0], lower) == "的"
        and following[1].kind in ("market_word", "count", "filler")
    )


def restated(tokens: Sequence[Token], last: int) -> bool:
    """Whether a round amount that was passed is followed by what was reached ("首次突破2万亿元,达到2.13万亿元")."""
    passed = any(token.kind == "hedge" and token.meaning == "over" for token in tokens[max(0, last - 2) : last])
    after = [token for token in tokens[last + 1 : last + 8] if token.kind not in ("mark", "basis", "filler", "hedge")]
    reached = len(after) > 1 and after[0].kind == "role" and after[0].meaning == "reach"
    return passed and reached and after[1].kind == "figure" and after[1].meaning.kind == "money"


def resumes(tokens: Sequence[Token], last: int) -> bool:
    """Whether a list of amounts goes on after a bracket: "1323亿元(约合193亿美元)和959亿元"."""
    at = last + 1
    if at >= len(tokens) or tokens[at].kind != "mark" or tokens[at].meaning != "(":
        return False
    closing = next((i for i in range(at, min(at + 10, len(tokens))) if tokens[i].meaning == ")"), None)
    if closing is None or closing + 1 >= len(tokens):
        return False
    mark = tokens[closing + 1]
    following = next(
        (token for token in tokens[closing + 2 : closing + 5] if token.kind not in ("filler", "hedge")), None
    )
    listed = mark.kind == "mark" and mark.meaning in ("list", ",")
    return listed and following is not None and following.kind == "figure" and following.meaning.kind == "money"


def after_bracket(tokens: Sequence[Token], last: int) -> int:
    """Return the index of the token after a figure, or after the bracket that gives it in another currency."""
    at = last + 1
    if at >= len(tokens) or tokens[at].kind != "mark" or tokens[at].meaning != "(":
        return at
    inside = list(tokens[at + 1 : at + 7])
    closing = next((i for i, token in enumerate(inside) if token.kind == "mark" and token.meaning == ")"), 0)
    figures = [token for token in inside[:closing] if token.kind == "figure"]
    return at + closing + 2 if len(figures) == 1 and figures[0].meaning.kind == "money" else at


def bracketed(before: Sequence[Token]) -> bool:
    """Whether a bracket opens between the last figure and this one."""
    return any(token.kind == "mark" and token.meaning == "(" for token in before)


def tied(tokens: Sequence[Token], meaning: str) -> bool:
    """Whether a word like "together" or "both" stands among the tokens."""
    return any(_ties(token, meaning) for token in tokens)


def sets_out(before: Sequence[Token], lower: str) -> bool:
    """Whether an amount is where a change began ("由2006年的13.84亿美元")."""
    at = next((index for index, token in enumerate(before) if token.kind == "span"), None)
    if at is None:
        return False
    opener = word(before[at - 1], lower) if at else ""
    return lower[before[at].start] in "从由自" or opener in ("从", "由", "自")


def is_difference(before: Sequence[Token], lower: str) -> bool:
    """Whether a money figure is an increase or a base ("增加58亿元", "from 5 billion"), not a level."""
    directed = False
    for token in before:
        if token.kind == "role" and token.meaning in ("up", "down"):
            directed = not word(token, lower).endswith(("至", "到"))
        elif token.kind == "filler":
            directed = directed and word(token, lower) not in ("至", "到", "to")
        elif token.kind in ("measure", "scope", "mark", "role", "province", "city") or token.kind.startswith("part_"):
            directed = directed and token.meaning in ("yoy", "list")
    if before and word(before[-1], lower) in ("从", "由"):
        return True
    compared = bool(before) and _ties(before[-1], "compare") and lower[before[-1].start] in "比较tofv"
    return directed or compared


def is_foreign(tokens: Sequence[Token], start: int, figure: Token, lower: str) -> bool:
    """Whether the clause `start`.. before a figure names something that the grammar does not know."""
    if any(token.kind.startswith("part_") or token.kind in NAMING for token in tokens):
        return False
    residue = []
    at = start
    for token in (*tokens, figure):
        residue.append(lower[at : token.start])
        at = token.end
    rest = "".join(residue)
    words = (part for part in rest.split() if part.isalpha() and len(part) > 2 and not part.endswith(("ing", "ly")))
    return sum(character > "\u3400" for character in rest) >= 2 or any(words)


def hedge_of(tokens: Sequence[Token], index: int, lower: str) -> str:
    """Return the hedge printed before or after the figure at `index`, "exact" without one."""
    if tokens[index].meaning.more:
        return "over"
    for back in range(index - 1, max(-1, index - 3), -1):
        if tokens[back].kind == "hedge":
            return str(tokens[back].meaning)
        if tokens[back].kind != "filler":
            break
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following and following.kind == "hedge" and word(following, lower) in OVER_AFTER:
        return str(following.meaning)
    return "exact"
