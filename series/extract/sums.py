"""Sums: a figure that is given for several subjects taken as one ("四者共计289.9亿美元", "together 62.9%")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from series.extract import clauses
from series.extract.numerals import WORDS, chinese_integer
from series.extract.reading import Reading
from series.extract.subjects import whole_of
from series.extract.targets import Target
from series.extract.tokens import Token

JOINT = frozenset(("合占", "共占", "合计占"))
VERBS = frozenset(("made up", "make up", "accounted for", "account for"))
HOW_MANY = re.compile(r"(?P<han>[二两三四五六七八九十])(?:者|地|国|方|项|类|大)|the (?P<word>[a-z]+)(?= )")
FIRST = re.compile(r"(?:for|in|of) the (?:first|former) (?P<word>two|three|four|five)(?![a-z])")


def is_joint(before: Sequence[Token], lower: str) -> bool:
    """Whether words before a figure say that it is of all that were listed."""
    return clauses.tied(before, "together") or any(token.word(lower) in JOINT for token in before)


def all_listed(tokens: Sequence[Token], first: int, lower: str) -> bool:
    """Whether a share is said of all that were listed ("…, and the EU, at 25.9 billion yuan, made up 53.9%")."""
    verb = next((at for at in range(first - 1, 0, -1) if tokens[at].kind == "role"), 0)
    comma = verb > 1 and tokens[verb - 1].kind == "mark" and tokens[verb - 1].meaning == ","
    return comma and tokens[verb].word(lower) in VERBS


def summed(reading: Reading, before: Sequence[Token]) -> list[Target]:
    """Return the targets of the sentence that are of one kind with the last, taken as one; none for a single one."""
    history = reading.here.history or reading.earlier
    alike = [target for target in history if _kind(target) == _kind(history[-1])]
    said = reading.lower[before[0].start : before[-1].end] if before else ""
    found = HOW_MANY.search(said)
    many = (WORDS.get(found["word"] or "") or chinese_integer(found["han"] or "")) if found else None
    subjects = list(dict.fromkeys(target.subject for target in alike))[-(many or 0) :]
    return [Target(whole_of(subjects), history[-1].period)] if len(subjects) > 1 else []


def summed_each(reading: Reading, count: int) -> list[Target]:
    """Return the sums of what was listed, one for each of the `count` measures that it was listed for."""
    pairs: dict[tuple[object, ...], list[Target]] = {}
    for target in reading.here.history:
        if target.subject.part:
            pairs.setdefault(_kind(target), []).append(target)
    if len(pairs) != count or any(len(listed) < 2 for listed in pairs.values()):
        return []
    return [Target(whole_of([one.subject for one in listed]), listed[-1].period) for listed in pairs.values()]


def first_named(targets: Sequence[Target], reading: Reading, last: int) -> Sequence[Target]:
    """Return the first of the targets when rates are said to be theirs ("19.7% and 2.1% for the first two")."""
    tokens = reading.here.tokens
    found = FIRST.match(reading.lower, tokens[last + 1].start) if last + 1 < len(tokens) else None
    return targets[: WORDS[found["word"]]] if found else targets


def _kind(target: Target) -> tuple[object, ...]:
    subject = target.subject
    return subject.scope, subject.measure, target.period, subject.part is None
