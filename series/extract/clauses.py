"""What the words around a figure say about it: goals, thresholds, brackets, differences, hedges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from series.extract.tokens import Token
from series.extract.units import Figure

FROM = frozenset("由从自")
SETTING_OUT = FROM | {"from"}
OVER_AFTER = ("左右", "以上", "以下", "上下", "or so", "or more")
CUMULATIVE = re.compile("累计|累積|cumulative|accumulated|all told")
YEAR_END = re.compile(r"\b(?:by|as of|at|until|till|through|up to) (?:the )?(?:end|close|year-end)(?: of)? ?$")
WAS = frozenset(("为", "是", "达", "达到", "at", "was", "only", "just", "to", "reaching", "totaling", "totalling"))
PASSING = re.compile(
    r"(?:exceed(?:ed|ing|s)?|topp(?:ed|ing)|tops|surpass(?:ed|ing|es)?|pass(?:ed|ing|es)|cross(?:ed|ing|es)"
    r"|broke(?: through)?|breaking(?: through)?|more than|over) (?:the )?$"
    r"|(?:超过|突破|首破|冲破|迈上|站上|跨过|越过|跃上)了?$"
)
DATED = re.compile(r" (?:of|in|for) (?:19|20)\d\d,? (?:up|an? |in|by|[\d.]+)|的")
AHEAD, BACK = 13, 7  # tokens between a mark and the amount that passed it
SLACK = Decimal("1.3")
NAMING = frozenset(("scope", "measure", "topic", "area", "business", "amount", "province", "city"))


def goal_follows(tokens: Sequence[Token], last: int) -> bool:
    """Whether the figure is a goal ("1000亿美元的目标")."""
    near = tokens[last + 1 : last + 3]
    return any(token.kind == "plan" for token in near) and not (near[0].kind == "mark" and near[0].meaning in ",;")


def is_threshold(tokens: Sequence[Token], last: int, lower: str) -> bool:
    """Whether an amount only picks out those that pass it ("超过1亿美元的国家达到73个")."""
    following = tokens[last + 1 : last + 3]
    return (
        len(following) == 2
        and following[0].word(lower) == "的"
        and following[1].kind in ("market_word", "count", "filler")
    )


def restated(tokens: Sequence[Token], last: int, lower: str) -> bool:
    """Whether a round amount, passed or missed, is followed by what was reached ("首次突破2万亿元,达到2.13万亿元")."""
    if _passed_mark(tokens, last, lower):
        return True
    near = tokens[max(0, last - 2) : last]
    missed = any(token.kind == "hedge" and token.meaning == "under" for token in near)
    if missed and _then_was(tokens, last, lower):
        return True
    passed = any(token.kind == "hedge" and token.meaning == "over" for token in near)
    after = [token for token in tokens[last + 1 : last + 8] if token.kind not in ("mark", "basis", "filler", "hedge")]
    reached = len(after) > 1 and after[0].kind == "role" and after[0].meaning == "reach"
    return passed and reached and after[1].kind == "figure" and after[1].meaning.kind == "money"


def _passed_mark(tokens: Sequence[Token], last: int, lower: str) -> bool:
    """Whether a round amount is only a mark that the amount itself, before or after it, has passed."""
    begin = tokens[last].start
    if not PASSING.search(lower, max(0, begin - 24), begin) or DATED.match(lower, tokens[last].end):
        return False
    named = any(token.kind == "measure" for token in tokens[:last])
    for step, reach in ((1, AHEAD), (-1, BACK)):
        for at in range(last + step, last + reach * step, step):
            if not 0 <= at < len(tokens) or tokens[at].kind.startswith("part_"):
                break
            if tokens[at].kind in ("measure", "scope") and (named or step < 0):
                break
            if tokens[at].kind == "figure":
                if _rounds(tokens[last].meaning, tokens[at].meaning):
                    return True
                if tokens[at].meaning.kind != "money" or step < 0:
                    break
    return False


def _rounds(mark: Figure, amount: Figure) -> bool:
    """Whether an amount is a little more than a mark, and printed more finely."""
    if (mark.kind, amount.kind) != ("money", "money") or mark.currency != amount.currency:
        return False
    low, value = mark.hundred_millions, amount.hundred_millions
    return low <= value <= low * SLACK and _digits(mark) < _digits(amount)


def _digits(figure: Figure) -> int:
    return len(figure.number.normalize().as_tuple().digits)


def _then_was(tokens: Sequence[Token], last: int, lower: str) -> bool:
    """Whether the next clause says at once what an amount was ("不到1520亿美元,仅为1514亿美元")."""
    after = tokens[last + 1 : last + 8]
    if not after or after[0].kind != "mark" or after[0].meaning not in ",;":
        return False
    rest = [token for token in after[1:] if token.kind != "hedge"]
    figure = next((at for at, token in enumerate(rest) if token.kind == "figure"), 0)
    words = [token.word(lower) for token in rest[:figure]]
    return 0 < figure < 4 and rest[figure].meaning.kind == "money" and words[-1] in WAS


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
    return any(token.ties(meaning) for token in tokens)


def sets_out(before: Sequence[Token], lower: str) -> bool:
    """Whether an amount is where a change began ("由2006年的13.84亿美元")."""
    at = next((index for index in reversed(range(len(before))) if before[index].kind == "span"), None)
    if at is None:
        return False
    opener = before[at - 1].word(lower) if at else ""
    return lower[before[at].start] in FROM or opener in FROM


def is_difference(before: Sequence[Token], lower: str) -> bool:
    """Whether a money figure is an increase or a base ("增加58亿元", "from 5 billion"), not a level."""
    directed = False
    for token in before:
        if token.kind == "role" and token.meaning in ("up", "down"):
            directed = not token.word(lower).endswith(("至", "到"))
        elif token.kind == "filler":
            directed = directed and token.word(lower) not in ("至", "到", "to")
        elif token.kind in ("measure", "scope", "mark", "role", "province", "city") or token.kind.startswith("part_"):
            directed = directed and token.meaning in ("yoy", "list")
    if before and before[-1].word(lower) in ("从", "由"):
        return True
    compared = bool(before) and before[-1].ties("compare") and lower[before[-1].start] in "比较tofv"
    return directed or compared


def cumulative(lower: str, before: Sequence[Token]) -> bool:
    """Whether an amount is summed up over all the time that is named ("累计1.3万亿美元")."""
    return bool(before) and CUMULATIVE.search(lower, before[0].start, before[-1].end) is not None


def to_date(before: Sequence[Token], lower: str) -> bool:
    """Whether an amount is the sum of all years to the end of one ("By the end of 2023 … a cumulative $2.1 bn")."""
    ends = [at for at, token in enumerate(before) if token.kind == "span" and token.meaning.annual]
    if not ends or not cumulative(lower, before):
        return False
    start, meaning = before[ends[-1]].start, before[ends[-1]].meaning
    stock = meaning.kind == "stock" and before[ends[-1]].word(lower)[-1:] in ("末", "底")
    return stock or YEAR_END.search(lower, max(0, start - 30), start) is not None


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
        if any(letter.isalpha() and letter < "\u3400" for letter in lower[tokens[back].end : tokens[back + 1].start]):
            break  # "more than doubled to $4.2 billion"
        if tokens[back].kind == "hedge":
            return str(tokens[back].meaning)
        if tokens[back].kind != "filler":
            break
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following and following.kind == "hedge" and following.word(lower) in OVER_AFTER:
        return str(following.meaning)
    return "exact"
