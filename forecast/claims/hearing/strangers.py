"""Strangers: another matter that a figure is about, and kinds of outsourcing that the ledger does not know."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from forecast.claims.hearing.asides import conditions
from forecast.claims.hearing.clauses import FOR, clause, led_by
from forecast.claims.hearing.clues import LOOK_BACK, Clues
from forecast.claims.hearing.patterns import compiled
from forecast.claims.hearing.stretches import MARK, latest, reach, stretch, subjects
from forecast.claims.hearing.unlisted import unlisted_part
from series.extract.tokens import Token

HARMLESS = frozenset(
    ("市场规模", "产业规模", "行业规模", "市场份额", "收入", "支出", "投资",
     "market size", "market share of", "revenue", "spending", "output", "investment", "sales")
)  # fmt: skip
PLAIN = frozenset(
    ("having", "will", "end", "mid", "early", "late", "rate", "factor", "size", "year", "would", "should", "ing")
)
HAN = r"[\u3400-\u9fff]"
PLACED = frozenset(("span", "mark", "whole", "plan", "figure"))
WORD_BEFORE = re.compile(r"([a-z][a-z&'/-]*)\s+$")
OPENING = re.compile(
    r"(?:^|[,;:.(\"]|\b(?:the|a|its|their|of|in|for|and|[a-z]+'s))\s*$"
)  # "told reporters offshore" is no kind
HAN_BEFORE = re.compile(f"({HAN}+)(?:的)?$")
HAN_END = re.compile(f"{HAN}+$")
OF = re.compile(r"\s+(?:of|in|for|by)\s+(?:the\s+|a\s+)?([a-z][a-z&'/-]*)")
GROWN = re.compile(r"\s*(?:[a-z-]+ )?(?:growth|increase|rise|expansion|decline|fall|drop|of|in|的|的增长)\b|\s*的")

NEW_CLAUSE = re.compile(rf"[\s,;]*(?P<matter>{HAN}{{2,}})")


def stranger(clues: Clues, figure: Token, *, share: bool) -> str | None:
    """Return the other matter that a figure is about, or None: the world's outsourcing, India's, software exports.

    The figure is of what was named last before it; where nothing was, of what is named right after it.
    """
    clues = _outright(clues)
    own = subjects(clues)
    ours = [token for token in clues.tokens if token.kind == "whole"]
    since = clause(clues, figure)[0] if led_by(clues, figure) else 0
    foreign = [token for token in clues.tokens if token.kind == "world" and since <= token.start < figure.end]
    if foreign and not any(token.start < foreign[0].start for token in ours) and not _rest(clues, foreign[0]):
        return f"'{clues.word(foreign[0])}' outsourcing" if own else f"'{clues.word(foreign[0])}'"
    return (
        _other(clues, own, figure, share=share)
        or _unheard(clues, own, figure)
        or (unlisted_part(clues, figure, blanked(clues)) if share else None)
        or _kind(clues, own, figure, share=share)
    )


@lru_cache(maxsize=4)
def _outright(clues: Clues) -> Clues:
    """Return the clues without the world and other matters of a condition: "unless there is a global recession"."""
    spans = conditions(clues)
    return replace(
        clues,
        tokens=tuple(
            token
            for token in clues.tokens
            if token.kind not in ("world", "stop") or not any(first <= token.start < last for first, last in spans)
        ),
    )


def unknown_words(clues: Clues, start: int = 0, end: int | None = None) -> list[str]:
    """Return the words that neither the grammar nor the words of claims know: they may name another subject."""
    rest = blanked(clues)[start:end]
    return [word for word in re.findall(rf"[a-z]{{3,}}|{HAN}{{2,}}", rest) if word not in PLAIN]


def _other(clues: Clues, own: Sequence[Token], figure: Token, *, share: bool) -> str | None:
    """Return the matter of another series that was named after the last word of outsourcing, if one was."""
    others = _others(clues)
    if not others:
        return None
    if not own:
        return f"'{clues.word(others[0])}'"
    before = [token for token in others if token.start < figure.start]
    named = [token for token in own if token.start < figure.start]
    ahead = [token for token in (*others, *own) if figure.end <= token.start < _until(clues, figure)]
    follower = min(ahead, key=lambda token: token.start, default=None)
    whose = next((token for token in ahead if token in others and (share or _follows(clues, figure, token))), None)
    if whose:
        return f"'{clues.word(whose)}'"
    if not before:
        led = follower in others and not named and GROWN.match(clues.lower, figure.end)
        return f"'{clues.word(follower)}'" if follower and led else None
    if named and named[-1].start > before[-1].start:
        between = clues.lower[before[-1].end : named[-1].start]
        return f"'{clues.word(before[-1])}'" if compiled().including.search(between) else None
    if not named and follower in own and GROWN.match(clues.lower, figure.end):
        return None
    return f"'{clues.word(before[-1])}'"


@lru_cache(maxsize=4)
def _others(clues: Clues) -> tuple[Token, ...]:
    own = subjects(clues)
    return tuple(token for token in clues.tokens if _foreign(clues, token) and not _modifies(clues, own, token))


def _follows(clues: Clues, figure: Token, other: Token) -> bool:
    """Whether another matter stands right after a figure: "against 5% for GDP"."""
    return bool(FOR.fullmatch(clues.lower[figure.end : other.start]))


def _foreign(clues: Clues, token: Token) -> bool:
    return token.kind == "stop" and clues.word(token) not in HARMLESS


def _unheard(clues: Clues, own: Sequence[Token], figure: Token) -> str | None:
    """Return an unknown matter whose clause this is, where outsourcing is named in another: "工业增长4%,离岸…"."""
    start, end = stretch(clues, figure)
    earlier = [token.end for token in clues.tokens if token.kind == "figure" and token.end <= figure.start]
    begin = max([start, *earlier])
    within = bisect_left(own, begin, key=lambda token: token.start)
    if not own or (within < len(own) and own[within].start < end):
        return None
    unknown, words = blanked(clues), unknown_words(clues, begin, figure.start)
    if words and not any(token.start < figure.start for token in own):
        return f"'{' '.join(words)}'"
    opened = NEW_CLAUSE.match(unknown, begin)
    if not earlier or not opened or compiled().before_outsourcing.search(opened["matter"]):
        return None
    grown = any(
        token.kind == "role" and token.meaning in ("up", "down", "yoy") and token.start == opened.end("matter")
        for token in clues.tokens
    )
    return f"'{opened['matter']}'" if grown else None


def _until(clues: Clues, figure: Token) -> int:
    """Return where what is named right after a figure ends: at a mark, a join or another figure."""
    found = MARK.search(clues.lower, figure.end)
    stops = [
        token.start
        for token in clues.tokens
        if token.start >= figure.end and (token.kind == "figure" or (token.kind == "mark" and token.meaning == "list"))
    ]
    return min([*stops, found.start() if found else len(clues.lower)])


def _modifies(clues: Clues, own: Iterable[Token], other: Token) -> bool:
    """Whether another matter only says what is outsourced: "跨境电商外包"."""
    return any(
        token.start >= other.end and not clues.lower[other.end : token.start].strip() and _outsourcing(clues, token)
        for token in own
    )


def _kind(clues: Clues, own: Sequence[Token], figure: Token, *, share: bool) -> str | None:
    """Return a kind of outsourcing that no part of the ledger is, of those that a figure is of."""
    outsourcing = [token for token in own if token.kind in ("topic", "scope")]
    near = latest(clues.tokens, outsourcing, figure.start)
    if share or not near:
        far = min(reach(clues, clues.tokens, figure.end), clause(clues, figure)[1])
        near = [*near, *(token for token in outsourcing if figure.end <= token.start < far)]
    return next((kind for kind in (_kind_of(clues, token) for token in near) if kind), None)


@lru_cache(maxsize=512)
def _kind_of(clues: Clues, token: Token) -> str:
    unknown = blanked(clues)
    return _before(clues, token, unknown) or _after(clues, token, unknown)


def _outsourcing(clues: Clues, token: Token) -> bool:
    return token.kind in ("topic", "scope") and ("外包" in clues.word(token) or "outsourc" in clues.word(token))


def _before(clues: Clues, token: Token, unknown: str) -> str:
    """Return what is outsourced by the word before: "Digital outsourcing", "物流行业外包"."""
    end, words, start = token.start, compiled(), max(0, token.start - LOOK_BACK)
    sector = words.sector.search(clues.lower, start, end)
    end = sector.start() if sector else end
    found = WORD_BEFORE.search(clues.lower, start, end + 1 if sector else end)
    if found:
        word = found[1].removesuffix("'s")
        plain = words.before_outsourcing.fullmatch(word) or not unsaid(unknown, found.span(1))
        plain = plain or (token.kind == "scope" and not OPENING.search(clues.lower, start, found.start(1)))
        return "" if plain else f"'{found[1]} {clues.word(token)}'"
    printed = HAN_BEFORE.search(clues.lower, start, end)
    tail = HAN_END.search(unknown, start, end - clues.lower.startswith("的", end - 1))
    if not printed or not tail or words.before_outsourcing.search(tail.group()):
        return ""
    known = [one.end for one in clues.tokens if one.kind in PLACED and one.end <= tail.start()]
    return f"'{clues.lower[max(known, default=tail.start()) : token.end]}'"


def _after(clues: Clues, token: Token, unknown: str) -> str:
    """Return what is outsourced by the word after: "outsourcing of logistics"."""
    found = OF.match(clues.lower, token.end) if _outsourcing(clues, token) else None
    if not found or not unsaid(unknown, found.span(1)) or compiled().before_outsourcing.fullmatch(found[1]):
        return ""
    return f"'{clues.lower[token.start : found.end()]}'"


def unsaid(unknown: str, span: tuple[int, int]) -> bool:
    """Whether most of a word is nothing that grammar or claims know."""
    word = unknown[span[0] : span[1]].removesuffix("'s")
    letters = len(re.findall("[a-z]", word))
    return letters * 2 > span[1] - span[0] and word.strip() not in PLAIN


@lru_cache(maxsize=4)
def blanked(clues: Clues) -> str:
    """Return the text with blanks for all that is known; another matter is not."""
    rest = list(clues.lower)
    spans = [(token.start, token.end) for token in clues.tokens if not _foreign(clues, token)]
    spans += [found.span() for pattern in compiled().every for found in pattern.finditer(clues.lower)]
    for start, end in spans:
        rest[start:end] = " " * (end - start)
    return "".join(rest)


def _rest(clues: Clues, token: Token) -> bool:
    """Whether the world is only the place where a rank or an event is: not the owner of the figure."""
    return bool(re.match(r"(?:第|领先|large|lead)", clues.lower[token.end :].lstrip()))
