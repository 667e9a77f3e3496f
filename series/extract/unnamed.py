"""Amounts that name no subject beside them: which of those spoken of before they are given for."""

from __future__ import annotations

from collections.abc import Sequence

from series.extract import clauses
from series.extract.dating import over_periods
from series.extract.reading import Reading
from series.extract.runs import Run
from series.extract.subjects import Mention
from series.extract.sums import is_joint, summed
from series.extract.targets import Target
from series.extract.tokens import Token

PRONOUNS = frozenset(("it", "that", "this", "they", "these"))


def targets_of(reading: Reading, run: Run, currency: str, *, since: bool) -> list[Target]:
    """Return what a run of amounts is about when nothing is named since the last figure.

    The first of these that fits: the same in another currency; the same over a period just named; what the sentence
    before spoke of; several taken as one. `since` when a change began with the amount.
    """
    here, count = reading.here, len(run.items)
    before = here.tokens[here.since : run.first]
    targets = _converted(here.history if len(here.group) < count > 1 else here.group, count, currency)
    if 1 < count != len(targets):
        targets = []
    if not targets and here.history and count == 1 and (since or _reached(before) or here.history[-1].origin):
        targets = here.group[-1:] or reading.continued()
    if not targets and count > 1 and len(here.history) >= count and here.history[-1].origin:
        targets = reading.continued(count)  # "分别由2022年的2000亿、1369亿增至2154亿、1514亿"
    if not targets and here.converted:
        targets = _converted_before(reading, run, currency)
    if not targets and len(here.listed) == count > 1:
        return list(over_periods(reading.moved() or here.history[-1:], count, reading))
    if not targets and count > 1 and not here.history and here.dated and clauses.tied(before, "respectively"):
        return _over_again(reading, count)
    if clauses.tied(before, "respectively") and not clauses.tied(before, "convert") and count == 1 < _spoken(reading):
        return []  # "则分别为772亿元、增长14.9%和599亿元、增长1.8%"
    if targets or count > 1:
        return targets
    if since or _taken_up(here.tokens[: run.first], reading.lower) or _summed_up(reading, before):
        targets = reading.moved()
    if not targets and not here.history and _stands_at(before, reading.lower):
        targets = reading.targets(_ahead(reading, run) or [Mention("amount", "any", linked=False)], 1)
        reading.opened(targets)
    if not targets and here.history and is_joint(before, reading.lower):
        targets = summed(reading, before)
        reading.opened(targets)
    return targets


def _over_again(reading: Reading, count: int) -> list[Target]:
    """Return all that the sentence before spoke of, over the period of this one ("1-7月累计分别为…亿元和…亿元")."""
    subjects = list(dict.fromkeys(target.subject for target in reading.earlier))
    if len(subjects) != count or reading.period is None:
        return []
    targets = [Target(subject, reading.period) for subject in subjects]
    reading.opened(targets)
    return targets


def _converted_before(reading: Reading, run: Run, currency: str) -> list[Target]:
    """Return what the sentence before gave in the other currency, for the list of amounts that starts here."""
    here = reading.here
    count = len(run.items)
    more = count + clauses.resumes(here.tokens, run.last)
    targets = _converted(reading.again(more), more, currency)
    here.group, here.queue = targets[:count], targets[count:]
    return here.group[:]


def _taken_up(before: Sequence[Token], lower: str) -> bool:
    """Whether a sentence goes on with what the last one spoke of ("In 2020 alone it came to …")."""
    return any(token.word(lower) in PRONOUNS for token in before) and _reached(before)


def _spoken(reading: Reading) -> int:
    """Return how many subjects the sentence has given figures for."""
    return len({target.subject for target in reading.here.history})


def _summed_up(reading: Reading, before: Sequence[Token]) -> bool:
    """Whether a sentence only sums up over a period what the last one gave for its parts ("上半年合计537.2亿元")."""
    rest = [token for token in before if token.kind not in ("filler", "hedge", "mark")]
    if [token.kind for token in rest] != ["span", "tie"] or not rest[1].ties("together"):
        return False
    return len({target.subject for target in reading.earlier}) == 1


def _stands_at(before: Sequence[Token], lower: str) -> bool:
    """Whether a sentence opens with an amount of what the last one named ("At 126.42 billion yuan, they were …")."""
    return 0 < len(before) <= 2 and before[0].word(lower) in ("at", "with")


def _ahead(reading: Reading, run: Run) -> list[Mention]:
    """Return what is named between an amount that opens a sentence and the next figure ("At …, contracts were up")."""
    tokens = reading.here.tokens
    end = next((at for at in range(run.last + 1, len(tokens)) if tokens[at].kind == "figure"), len(tokens))
    found = (reading.mention(tokens[at], at) for at in range(run.last + 1, end))
    named = [mention for mention in found if mention]
    return named if any(mention.kind == "measure" for mention in named) else []


def _converted(group: list[Target], count: int, currency: str) -> list[Target]:
    """Return the targets just spoken of that have no level in this currency yet: "605亿元(92.3亿美元)", "达到…亿元"."""
    return [target for target in group[-count:] if currency not in target.currencies]


def _reached(before: Sequence[Token]) -> bool:
    """Whether an amount is where the last subject came to ("突破2万亿元,达到2.13万亿元", "2015年为646.4亿美元")."""
    return any((token.kind == "role" and token.meaning == "reach") or token.kind == "span" for token in before)
