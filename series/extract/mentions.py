"""What the words around a name say about it: one of a list, a part of another, only counted in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from series.extract.tokens import Token

SURPASSING = frozenset(
    ("超越", "超过", "赶超", "反超", "overtaking", "overtook", "surpassing", "surpassed", "outpacing")
)
INCLUDING = frozenset(("including", "连同", "包括", "加上", "计入"))
COUNTED_IN = re.compile(r"\((?:其中|包)?含[\u4e00-\u9fff]{0,4}$")
ASIDE = (
    "excluding ",
    "leaving out ",
    "不含",
    "不包括",
    "剔除",
    "扣除",
    "apart from ",
    "aside from ",
    "besides ",
    "in addition to ",
    "except ",
    "except for ",
    "other than ",
    "unlike ",
)
LOOK_BACK = 8  # tokens within which a list goes on
LIST_FILLING = frozenset(("filler", "market_word", "business", "scope", "whole"))


def only_included(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether a scope is only said to be counted in ("onshore included")."""
    before = tokens[index - 1].word(lower) if index else ""
    after = [token.word(lower) for token in tokens[index + 1 : index + 3]]
    included = before in INCLUDING and not _then_amount(tokens, index)
    return included or "included" in after or "counted" in after or _counted_in(tokens[index], lower)


def _then_amount(tokens: Sequence[Token], index: int) -> bool:
    """Whether an amount of its own follows ("…, including offshore work of 8.6 billion yuan")."""
    for token in tokens[index + 1 : index + 6]:
        if token.kind == "figure":
            return bool(token.meaning.kind == "money")
        if token.kind == "mark" or token.kind.startswith("part_"):
            return False
    return False


def _counted_in(token: Token, lower: str) -> bool:
    """Whether a scope is counted in what is spoken of ("离岸计算在内", "(含在岸)")."""
    start = token.start
    return "计算在内" in lower[token.end : token.end + 8] or bool(COUNTED_IN.search(lower, max(0, start - 8), start))


def set_aside(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether a part is named only to be put by ("Apart from ITO, …") or counted in ("Including Hong Kong, …")."""
    first = index
    while first > 1 and tokens[first - 2].kind == tokens[index].kind and tokens[first - 1].kind == "mark":
        first -= 2  # "Excluding Hong Kong, Macao and Taiwan, …"
    start = tokens[first].start
    if lower[max(0, start - 16) : start].endswith(ASIDE):
        return True
    comma = index + 1 < len(tokens) and tokens[index + 1].kind == "mark" and tokens[index + 1].meaning == ","
    return index == 1 and comma and tokens[0].word(lower) == "including"


def among(tokens: Sequence[Token], index: int) -> bool:
    """Whether what stands at `index` is a part of what was spoken of ("That included offshore contracts")."""
    executed = any(token.kind == "measure" and token.meaning == "execution" for token in tokens[index:])
    for at in range(index - 1, max(0, index - 5) - 1, -1):
        opens = at and tokens[at - 1].ties("among") and not executed  # "Of these, offshore contracts made up …"
        if tokens[at].kind == "mark" and not opens:
            return False
        if tokens[at].ties("among"):
            return True
    return False


def gives(tokens: Sequence[Token], index: int, text: str) -> bool:
    """Whether foreign firms are those who give the work ("Foreign companies handed …"), not those who do it."""
    rest = text[tokens[index].end : tokens[index].end + 30].split()[:2]
    return tokens[index].meaning == "foreign" and bool(
        {"handed", "gave", "awarded", "placed", "outsourced"} & set(rest)
    )


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
    before = tokens[index - 1].word(lower) if index > 1 else ""
    return before in SURPASSING and any(token.kind.startswith("part_") for token in tokens[max(0, index - 6) : index])
