"""The state of reading: what was named, what figures were given for, and the candidates found so far."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from series.extract import clauses
from series.extract.candidates import NEAR_PLACE, Candidate
from series.extract.mapped import Mapped
from series.extract.naming import mention_of
from series.extract.roles import Role
from series.extract.runs import Item, Run
from series.extract.subjects import Context, Mention, Subject, compose, is_unknown, unknown_part
from series.extract.targets import Here, Target
from series.extract.timeline import Timeline
from series.extract.tokens import ELSEWHERE, Token, lowered
from series.periods import Period

LEGEND = re.compile(
    r"(?:growth|increase|year-on-year|同比|增幅|增速|增长率)[^.。\n]{0,20}(?:in brackets|in parentheses|括号)"
    r"|括号[内中]为?(?:同比|增)"
)
BUYERS = ("market_", "area_", "owner_")
NAMING = frozenset(("scope", "measure", "part", "topic", "area", "business", "amount"))


class Reading:
    """Everything known while the sentences of one text are read in order."""

    def __init__(self, normal: Mapped, original: str, source: str, timeline: Timeline) -> None:
        self.normal, self.original, self.source, self.timeline = normal, original, source, timeline
        self.lower = lowered(normal.text)
        self.legend = bool(LEGEND.search(self.lower))
        self.context = Context()
        self.here = Here()
        self.period: Period | None = None
        self.opening: Role | None = None  # of the first rates of the sentence before
        self.aside: Period | None = None  # the longer period to which a single month was an aside
        self.resume: Period | None = None  # with which the next sentence goes on
        self.periods: set[Period | None] = set()  # every one that the text names
        self.counted: set[Period] = set()  # several years, in each of which what grew did so
        self.home = "cn"  # the area that the text reports on
        self.currency = "cny"  # of the amounts before, for one that names none
        self.basis = ""  # currency that growth is measured in
        self.topical = False  # outsourcing has been named
        self.blocked = False  # another matter is spoken of
        self.measured: dict[str, Subject] = {}  # the last subject of each measure
        self.earlier: list[Target] = []  # of the sentence before
        self.seen: dict[str, str] = {}  # the city and the province named last
        self.meant: Subject | None = None  # what the goal of the sentence before was for
        self.undated = 0
        self.candidates: list[Candidate] = []
        self.scopes: set[str] = set()  # of all that was given without a part

    def mention(self, token: Token, index: int) -> Mention | None:
        """Return what the token says about the subject, if anything."""
        return mention_of(token, index, self)

    def counted_out(self) -> None:
        """Forget what was named for a count; a measure after it goes on with its scope ("离岸合同5万份,金额…")."""
        named = self.named()
        known = not any(mention.kind == "world" or is_unknown(mention) for mention in named)
        if known and any(mention.kind in ("scope", "part") for mention in named):
            compose(named, self.context, 1)
        self.clear()

    def clear(self) -> None:
        """Forget what was named and spoken of, but for the place."""
        self.here.group, self.here.shelved, self.earlier = [], [], []
        self.here.pending = [mention for mention in self.here.pending if mention.kind == "area" or is_unknown(mention)]

    def named(self) -> list[Mention]:
        """Return the pending mentions if any of them can name a subject."""
        pending = self.here.pending
        return list(pending) if any(mention.kind in NAMING for mention in pending) else []

    def shelve(self) -> None:
        """Put by what was named for a figure that claims nothing; what is named next goes on from there."""
        here, named = self.here, self.named()
        if not named or any(mention.kind == "world" for mention in named):
            return
        compose(named, self.context, 1)
        here.shelved, here.pending = here.pending, []

    def unshelve(self) -> None:
        """Take up what was put by, for a figure that has no other name ("并没有增长10%,而是增长5%")."""
        here = self.here
        if not any(mention.kind in ("scope", "measure", "part", "area") for mention in here.pending):
            here.pending = [*here.shelved, *here.pending]
        here.shelved = []

    def source_follows(self, last: int) -> bool:
        """Whether a share is followed by where it comes from ("近三成来自美国")."""
        following = [token for token in self.here.tokens[last + 1 : last + 3] if token.kind != "hedge"]
        return bool(following) and following[0].word(self.lower) == "来自"

    def continued(self, count: int = 1) -> list[Target]:
        """Return the subjects spoken of last over the period that has just been named ("…,2015年达到646.4亿美元")."""
        last = self.here.history[-count:]
        subjects = list(dict.fromkeys(target.subject for target in last))
        if self.period is None or self.period == last[-1].period or len(subjects) != count:
            return []
        notes = tuple(dict.fromkeys(note for target in last for note in target.notes))
        targets = [Target(subject, self.period, notes=notes) for subject in subjects]
        self.opened(targets)
        return targets

    def again(self, count: int) -> list[Target]:
        """Return what the sentence before spoke of last, for one that names nothing itself ("That was 12% more")."""
        here = self.here
        if here.group or here.history or len(self.earlier) < count:
            return []
        targets = self.earlier[-count:]
        if here.dated and self.period:  # "In 2022 it rose 13.2 percent."
            targets = [Target(one.subject, self.period) if one.period != self.period else one for one in targets]
        self.opened(targets)
        return targets

    def moved(self) -> list[Target]:
        """Return what the sentence before spoke of last, over the period that this one has named."""
        subject = self.earlier[-1].subject if self.earlier else self.meant if self.here.dated else None
        if self.here.history or subject is None or self.period is None:
            return []
        target = Target(subject, self.period)
        self.opened([target])
        return [target]

    def aim(self, run: Run, mentions: Sequence[Mention]) -> None:
        """Keep what a goal is for: the next sentence may give what it was ("In 2023 it was $151.4 billion")."""
        clear = (
            self.topical and not self.blocked and not any(one.kind == "world" or is_unknown(one) for one in mentions)
        )
        goal = self.here.planned or clauses.goal_follows(self.here.tokens, run.last)
        if goal and clear and any(one.kind in ("scope", "measure", "topic") for one in mentions):
            self.here.meant = compose(mentions, self.context, 1)[-1]

    def usable(self, run: Run, pending: Sequence[Mention], *, named: bool) -> bool:
        """Whether the run speaks of outsourcing: topic known, nothing else named, no goal, and a period."""
        here = self.here
        if self.blocked or not self.topical:
            here.planned = here.planned or any(mention.kind == "world" for mention in pending)
            self.here.pending = [mention for mention in pending if mention.kind == "area"]
            return False
        start = here.tokens[here.clause - 1].end if here.clause else here.tokens[0].start
        figure = here.tokens[run.first]
        if not named and clauses.is_foreign(here.tokens[here.clause : run.first], start, figure, self.lower):
            here.group = []
            return False
        if here.planned or here.vague or clauses.goal_follows(here.tokens, run.last):
            return False
        if self.period is None:
            self.undated += len(run.items)
            return False
        return True

    def targets(self, mentions: Sequence[Mention], count: int) -> list[Target]:
        """Return what the mentions name, over the current period."""
        if any(mention.kind == "world" for mention in mentions):
            self.here.group, self.here.planned = [], True
            return []
        if unknown_part(mentions) or self._crosses(mentions):
            self.here.group, self.here.history, self.earlier = [], [], []
            return []
        subjects = (
            self._measures_again(mentions, count)
            or self._pairs_again(mentions, count)
            or compose(mentions, self.context, count)
        )
        if any(subject.area.endswith(ELSEWHERE) or ELSEWHERE in (subject.part or "") for subject in subjects):
            self.here.group, self.here.history, self.earlier = [], [], []  # what follows is not said of those before
            return []
        named = any(mention.kind in ("area", "whole") for mention in mentions)
        if self.context.owner and self.context.area == "cn" and not named:
            self.context.notes.append(NEAR_PLACE)
        period = self.period
        return (
            [Target(subject, period, notes=tuple(dict.fromkeys(self.context.notes))) for subject in subjects]
            if period
            else []
        )

    def _crosses(self, mentions: Sequence[Mention]) -> bool:
        """Whether a kind of work is only that for the market spoken of ("承接美国…,其中KPO占45.2%")."""
        here = self.here
        last = here.history[-1].subject.part if here.history else None
        named = [mention.meaning for mention in mentions if mention.kind == "part"]
        if not last or not named or not last.startswith(BUYERS) or named[-1].startswith(BUYERS):
            return False
        before = itertools.takewhile(lambda token: token.kind != "figure", here.tokens[here.since :])
        return any(token.ties("among") or token.word(self.lower) == "with" for token in before)

    def _measures_again(self, mentions: Sequence[Mention], count: int) -> list[Subject]:
        """Return the measures spoken of before in a scope that stands alone ("Offshore, the falls were …")."""
        scopes = {mention.meaning for mention in mentions if mention.kind == "scope"}
        named = {mention.kind for mention in mentions} - {"scope", "topic", "business"}
        if named or len(scopes) != 1 or not 1 < count == len(self.measured):
            return []
        self.context.scope, self.context.in_sentence = next(iter(scopes)), True
        return [replace(subject, scope=self.context.scope) for subject in self.measured.values()]

    def _pairs_again(self, mentions: Sequence[Mention], count: int) -> list[Subject]:
        """Return what the last part was given for, for another one ("长三角为7921亿元和5605亿元")."""
        parts = [mention.meaning for mention in mentions if mention.kind == "part"]
        last = [target.subject for target in (self.here.history or self.earlier)[-count:]]
        named = {mention.kind for mention in mentions} - {"part", "topic", "business", "whole"}
        alike = len({subject.part for subject in last}) == 1 and len(set(last)) == len(last) == count
        if named or len(parts) != 1 or count < 2 or not alike:
            return []
        context = self.context
        context.notes.clear()
        context.parts, context.measured = (parts[0],), frozenset(subject.measure for subject in last)
        context.scope, context.measure, context.in_sentence = last[-1].scope, last[-1].measure, True
        context.notes.append("measure taken from what was spoken of before")
        return [replace(subject, part=parts[0]) for subject in last]

    def opened(self, targets: Sequence[Target]) -> None:
        """Put targets into the group, a new one if rates have been given for the old."""
        here = self.here
        if here.closed:
            here.group, here.closed = [], False
        here.group += targets
        here.lost = here.lost and not targets
        self.measured |= {one.subject.measure: one.subject for one in targets if one.subject.part is None}
        here.history += targets

    def add(
        self, target: Target, item: Item, kind: str, value: Decimal, unit: str, currency: str, base: Period | None
    ) -> None:
        """Record a candidate."""
        token = item.token
        span = self.normal.span(token.start, token.end)
        if target.subject.part is None:
            self.scopes.add(target.subject.scope)
        self.candidates.append(
            Candidate(
                subject=target.subject,
                period=target.period,
                kind=kind,
                value=value.normalize() + 0,
                exponent=_last_digit(value),
                converted=kind == "level" and bool(target.currencies) and currency != target.currencies[0],
                unit=unit,
                printed=self.original[span[0] : span[1]],
                hedge=clauses.hedge_of(self.here.tokens, item.index, self.lower),
                span=span,
                source=self.source,
                base=base,
                currency=currency,
                notes=(*target.notes, *self._doubts(kind, currency, item), *self.timeline.doubts(target.period)),
            )
        )

    def _doubts(self, kind: str, currency: str, item: Item) -> list[str]:
        doubts = [] if self.here.dated else ["period taken from a sentence before"]
        if self.timeline.inferred:
            doubts.append("year not printed")
        if kind == "level" and not item.figure.currency and not (self.basis and self.basis == currency):
            doubts.append("currency not printed")
        return doubts


def _last_digit(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
