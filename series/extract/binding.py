"""Binding: which subject and period each figure belongs to. One pass over the sentences, carrying what was spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from series.extract.candidates import UNITS, Candidate
from series.extract.mapped import Mapped
from series.extract.roles import Role, role_after, role_before
from series.extract.runs import Item, Run, collect
from series.extract.sentences import Sentence
from series.extract.subjects import Context, Mention, Subject, compose, whole_of
from series.extract.timeline import Timeline
from series.extract.timespans import Span
from series.extract.tokens import Token
from series.periods import Period

NAMING = frozenset(("scope", "measure", "part", "topic", "area", "business", "amount"))
RELEASING = frozenset(("topic", "scope", "part_type"))


@dataclass(slots=True)
class Target:
    """A subject over a period that figures are being given for; the currencies its levels were printed in."""

    subject: Subject
    period: Period
    currencies: set[str] = field(default_factory=set)
    notes: tuple[str, ...] = ()


class Binder:
    """Reads sentences in order and collects candidates."""

    def __init__(self, normal: Mapped, original: str, source: str, timeline: Timeline) -> None:
        self.normal, self.original, self.source = normal, original, source
        self.lower = normal.text.lower()
        self.timeline = timeline
        self.context = Context()
        self.period: Period | None = None
        self.candidates: list[Candidate] = []
        self.undated = 0
        self.basis = ""
        self.topical = False
        self.blocked = False
        self._open_sentence(())

    # -- one sentence ------------------------------------------------------------------------------------------------

    def _open_sentence(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.pending: list[Mention] = []
        self.pending_from = 0
        self.group: list[Target] = []
        self.history: list[Target] = []  # every target of the sentence
        self.closed = False
        self.clause = 0  # index of the first token after the last mark or figure
        self.since = 0  # index of the first token after the last figure
        self.base: Period | None = None
        self.planned = False
        self.last_role: Role | None = None
        self.dirty = False
        self.context.in_sentence = False

    def sentence(self, sentence: Sentence) -> None:
        """Read one sentence."""
        self._open_sentence(sentence.tokens)
        if sentence.opens:
            self.context.parts, self.context.measured = (), frozenset()
            self.basis = ""
        self.topical = self.topical or any(token.kind in RELEASING for token in sentence.tokens)
        self.bases = _bases(sentence.tokens, self.lower)
        index = 0
        while index < len(sentence.tokens):
            index = self._token(sentence.tokens[index], index)

    def _token(self, token: Token, index: int) -> int:
        kind = token.kind
        if kind == "figure":
            return self._figure(index)
        if kind == "mark":
            if token.meaning != "list":
                self.clause = index + 1
            if token.meaning == ";":
                self.planned = False
        elif kind == "span":
            self._span(token.meaning, index)
        elif kind == "stop":
            self.blocked, self.group, self.pending = True, [], []
        elif kind == "count":
            self.group, self.pending = [], []
        elif kind == "plan":
            self.planned = True
        elif kind == "basis":
            self.basis = "" if token.meaning == "same" else token.meaning
        else:
            self._mention(token, index)
        return index + 1

    def _mention(self, token: Token, index: int) -> None:
        if token.kind in RELEASING or (token.kind == "measure" and token.meaning == "execution"):
            self.blocked = False
        mention = self._as_mention(token, index)
        if mention:
            self.pending.append(mention)

    def _as_mention(self, token: Token, index: int) -> Mention | None:
        linked = _linked(self.tokens, index, self.normal.text)
        if token.kind.startswith("part_"):
            family = token.kind.removeprefix("part_")
            name = token.meaning if family == "type" else f"{family}_{token.meaning}"
            return Mention("part", name, linked)
        if token.kind in ("province", "city"):
            return Mention("area", token.meaning, linked) if not _locative(self.tokens, index, self.lower) else None
        if token.kind in ("scope", "measure", "topic", "business", "amount", "whole"):
            return Mention(token.kind, token.meaning, linked)
        return None

    def _span(self, span: Span, index: int) -> None:
        if span.kind == "date":
            self.timeline.dated(span)
        if index in self.bases:
            self.base = self.timeline.base(span, self.period)
        elif span.kind == "period":
            before = self.period
            self.period = self.timeline.period(span)
            if self.period != before:
                self.group = []

    # -- figures -----------------------------------------------------------------------------------------------------

    def _figure(self, index: int) -> int:
        run = collect(self.tokens, index, self.normal.text)
        following = run.last + 1
        if run.kind == "money":
            following = self._levels(run)
        elif run.kind in ("percent", "multiple"):
            following = self._rates(run)
        elif run.kind == "count":
            self.group, self.pending = [], []
        elif run.kind == "number":
            return index + 1
        self.clause = self.since = following
        return following

    def _usable(self, run: Run, *, named: bool) -> bool:
        """Whether the run speaks of outsourcing: topic known, nothing else named, no plan, and a period."""
        if self.blocked or not self.topical:
            return False
        if not named and self._foreign(run.first):
            self.group, self.pending = [], []
            return False
        if self.planned or _goal_follows(self.tokens, run.last, self.lower):
            return False
        if self.period is None:
            self.undated += len(run.items)
            return False
        return True

    def _foreign(self, first: int) -> bool:
        """Whether the clause before a figure names something that the grammar does not know."""
        tokens = self.tokens[self.clause : first]
        if any(token.kind.startswith("part_") or token.kind in NAMING for token in tokens):
            return False
        start = self.tokens[self.clause - 1].end if self.clause else (tokens[0].start if tokens else self.tokens[first].start)
        rest, at = [], start
        for token in [*tokens, self.tokens[first]]:
            rest.append(self.lower[at : token.start])
            at = token.end
        residue = "".join(rest)
        han = sum(character > "\u3400" for character in residue)
        words = [word for word in residue.split() if word.isalpha() and len(word) > 2 and not word.endswith(("ing", "ly"))]
        return han >= 2 or bool(words)

    def _levels(self, run: Run) -> int:
        following = run.last + 1
        before = self.tokens[self.since : run.first]
        if self._difference(before):
            return following
        right, after = self._right(run.last)
        mentions = self._named()
        if right and not any(mention.kind == "measure" for mention in mentions):
            mentions, following = [*mentions, *right], after
        elif right and not mentions:
            mentions, following = right, after
        if any(item.figure.currency == "other" for item in run.items):
            self.group, self.pending = [], []
            return following
        if not self._usable(run, named=bool(right)):
            self.pending = []
            return following
        count = len(run.items)
        currency = run.items[0].figure.currency or self.basis or "cny"
        if mentions:
            targets = self._targets(mentions, count)
            if self.closed:
                self.group, self.closed = [], False
            if len(targets) > count:
                targets = targets[-count:]
            self.group += targets
            self.history += targets
        else:
            targets = [target for target in self.group[-count:] if currency not in target.currencies]
            if not targets and count == 1 and self.group:
                targets = []
        for target, item in zip(targets, run.items, strict=False):
            target.currencies.add(currency)
            self._add(target, item, "level", item.figure.hundred_millions, UNITS[currency], currency)
        self.pending = []
        self.last_role = None
        return following

    def _rates(self, run: Run) -> int:
        following = run.last + 1
        before = self.tokens[self.since : run.first]
        role = role_before(before, self.lower)
        after = role_after(self.tokens, run.last + 1, self.lower)
        if after and (role is None or self.lower[self.tokens[run.last].end].isspace()):
            role = after[0]
            following = after[1] + 1
        if role is None and any(item.figure.signed for item in run.items):
            role = Role("growth")
        if role is None and self.last_role and _bracketed(before):
            role = self.last_role
        if role is None and before and before[-1].kind == "hedge" and before[-1].meaning == "nearly":
            role = None
        if role is None or role.name == "none":
            return following
        base = self.base or self._base_after(run.last)
        mentions = self._named(role)
        right, end = self._right(following - 1)
        if role.name == "share":
            if right:
                following = end
        elif right:
            mentions, following = [*mentions, *right], end
        if not self._usable(run, named=bool(right) and role.name != "share"):
            self.pending = []
            return following
        targets = self._rate_targets(mentions, run, role, before)
        items = run.items if len(run.items) >= len(targets) else run.items * len(targets)
        for target, item in zip(targets, items, strict=False):
            self._rate(target, item, role, base)
        self.closed = True
        self.pending = []
        self.base = None
        self.last_role = role
        return following

    def _rate_targets(self, mentions: list[Mention], run: Run, role: Role, before: Sequence[Token]) -> list[Target]:
        count = len(run.items)
        joint = any(token.kind == "tie" and token.meaning == "together" for token in before)
        joint = joint or any(self.lower[token.start : token.end] in ("合占", "共占", "合计占") for token in before)
        if mentions:
            targets = self._targets(mentions, count)
            if len(targets) == count:
                if self.closed:
                    self.group, self.closed = [], False
                self.group += targets
                self.history += targets
                return targets
            if len(self.history) < count:
                return targets[-count:]
        if count > 1 or not self.group:
            return self.group[-count:] if len(self.group) >= count else self.history[-count:]
        if joint and role.name == "share":
            return [_together(self.history)]
        if any(token.kind == "tie" and token.meaning == "both" for token in before) and len(self.group) > 1:
            bounded = _hedge(self.tokens, run.items[0].token, run.items[0], self.lower) != "exact"
            return [] if bounded else self.group
        return self.group[-1:]

    def _rate(self, target: Target, item: Item, role: Role, base: Period | None) -> None:
        sign = {"up": 1, "down": -1}.get(item.direction, role.sign)
        number = item.figure.number
        value = number if number < 0 else number * sign
        usual = target.period.shift(-12)
        against = base if base else (usual if role.name == "growth" else None)
        kind, unit = role.name, "percent"
        if item.figure.kind == "multiple":
            if role.name == "growth" and against and against.start >= target.period.start - 36:
                value *= 100
            else:
                kind, unit = "multiple", "x"
                against = against or usual
        if kind == "cagr":
            against = Period(target.period.start - 12, target.period.start - 1)
        currency = self.basis or (sorted(target.currencies)[-1] if len(target.currencies) == 1 else "")
        self._add(target, item, kind, value, unit, currency, against)

    # -- helpers of the two ------------------------------------------------------------------------------------------

    def _named(self, role: Role | None = None) -> list[Mention]:
        """Return the pending mentions, without those that name the whole of a share or nothing at all."""
        mentions = list(self.pending)
        if role and role.name == "share":
            mentions = self._without_whole()
        return mentions if any(mention.kind in NAMING for mention in mentions) else []

    def _without_whole(self) -> list[Mention]:
        """Leave out what stands between "占" and the figure, or in "在…中": the whole, not the part."""
        kept: list[Mention] = []
        shared = inside = False
        for index in range(self.since, len(self.tokens)):
            token = self.tokens[index]
            if token.kind == "figure":
                break
            word = self.lower[token.start : token.end]
            if token.kind == "role" and token.meaning == "share":
                shared = True
            elif word == "在" and self.group:
                inside = True
            mention = None if shared or inside else self._as_mention(token, index)
            if mention:
                kept.append(mention)
        return kept

    def _targets(self, mentions: Sequence[Mention], count: int) -> list[Target]:
        subjects = compose(mentions, self.context, count)
        assert self.period is not None  # noqa: S101 - _usable has seen to it
        return [Target(subject, self.period, notes=tuple(self.context.notes)) for subject in subjects]

    def _difference(self, before: Sequence[Token]) -> bool:
        """Whether a money figure is an increase or a base ("增加58亿元", "from 5 billion"), not a level."""
        directed = False
        for token in before:
            if token.kind == "role" and token.meaning in ("up", "down"):
                directed = True
            elif token.kind == "role" and token.meaning == "reach":
                directed = False
            elif token.kind in ("measure", "scope") or token.kind.startswith("part_"):
                directed = False
            elif token.kind == "mark" and token.meaning == ",":
                directed = False
        compared = bool(before) and before[-1].kind == "tie" and before[-1].meaning == "compare"
        return directed or (compared and self.lower[before[-1].start] in "比较tofv")

    def _right(self, last: int) -> tuple[list[Mention], int]:
        """Return what a figure's own right side names ("of offshore work", "的服务外包合同"), and where that ends."""
        index = last + 1
        if index >= len(self.tokens):
            return [], index
        opener = self.tokens[index]
        word = self.lower[opener.start : opener.end]
        if word not in ("of", "in", "worth", "worth of", "的", "from", "for", "with"):
            return [], index
        mentions: list[Mention] = []
        for at in range(index + 1, len(self.tokens)):
            token = self.tokens[at]
            if token.kind in ("figure", "span", "stop", "count") or token.kind == "mark" and token.meaning != "list":
                return (mentions if token.kind != "figure" else []), at
            mention = self._as_mention(token, at)
            if mention:
                mentions.append(mention)
        return mentions, len(self.tokens)

    def _base_after(self, last: int) -> Period | None:
        """Return the base that an English figure is followed by ("up 5% from 2019")."""
        for index in range(last + 1, min(last + 9, len(self.tokens))):
            token = self.tokens[index]
            if token.kind == "figure" or (token.kind == "mark" and token.meaning != "list"):
                return None
            if token.kind == "span":
                return self.timeline.base(token.meaning, self.period) if index in self.bases else None
        return None

    def _add(
        self, target: Target, item: Item, kind: str, value: Decimal, unit: str, currency: str, base: Period | None = None
    ) -> None:
        token = item.token
        span = self.normal.span(token.start, token.end)
        self.candidates.append(
            Candidate(
                subject=target.subject,
                period=target.period,
                kind=kind,
                value=value.normalize() + 0,
                unit=unit,
                printed=self.original[span[0] : span[1]],
                hedge=_hedge(self.tokens, token, item, self.lower),
                span=span,
                source=self.source,
                base=base,
                currency=currency,
                notes=target.notes,
            )
        )


def _together(history: Sequence[Target]) -> Target:
    """Return the newest targets of one measure taken as one."""
    last = history[-1]
    alike = [
        target
        for target in history
        if (target.subject.scope, target.subject.measure, target.period) == (last.subject.scope, last.subject.measure, last.period)
        and bool(target.subject.part) == bool(last.subject.part)
    ]
    return Target(whole_of([target.subject for target in alike]), last.period)


def _bases(tokens: Sequence[Token], lower: str) -> frozenset[int]:
    """Return the indices of periods that growth is measured against, not spoken of."""
    bases = set()
    for index, token in enumerate(tokens):
        if token.kind != "span":
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if following and following.kind == "tie" and following.meaning == "same":
            bases.add(index)
            continue
        back = index - 1
        while back >= 0 and (tokens[back].kind == "filler" or (tokens[back].kind == "tie" and tokens[back].meaning == "same")):
            back -= 1
        if back < 0:
            continue
        before = tokens[back]
        compared = before.kind == "tie" and before.meaning == "compare"
        compared = compared or (before.kind == "hedge" and lower[before.start : before.end] in ("over", "more than", "less than", "higher than", "above", "below", "lower than"))
        chinese = lower[before.start] > "\u3400"
        spoken = tokens[back - 1] if back else None
        after_rate = spoken is not None and (spoken.kind == "role" or spoken.kind == "figure" or spoken.kind == "tie")
        if compared and (chinese or after_rate or before.kind == "hedge"):
            bases.add(index)
    return frozenset(bases)


def _linked(tokens: Sequence[Token], index: int, text: str) -> bool:
    """Whether a list ties a mention to the mention before it."""
    listed = False
    end = tokens[index].start
    for back in range(index - 1, max(-1, index - 6), -1):
        token = tokens[back]
        if any(character.isalnum() for character in text[token.end : end]):
            return False
        end = token.start
        if token.kind == "mark" and (token.meaning == "list" or token.meaning == "," and text[token.end : token.end + 1] == " "):
            listed = True
        elif token.kind not in ("filler", "market_word", "business", "scope", "whole", "mark"):
            return listed and (token.kind == tokens[index].kind or {token.kind, tokens[index].kind} <= {"province", "city"})
        elif token.kind == "mark":
            return False
    return False


def _locative(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether a place is only where something happened ("在青岛召开")."""
    if index and lower[tokens[index - 1].start : tokens[index - 1].end] in ("在", "in", "at", "于"):
        return True
    after = lower[tokens[index].end : tokens[index].end + 4]
    return after.startswith(("会", "峰会", "大会", "召开", "举", "电", "讯", "日电", ",", "("))and not after.startswith(("(含",)) and after[0] not in ",("


def _goal_follows(tokens: Sequence[Token], last: int, lower: str) -> bool:
    """Whether the figure is a goal ("1000亿美元的目标")."""
    return any(token.kind == "plan" for token in tokens[last + 1 : last + 3])


def _bracketed(before: Sequence[Token]) -> bool:
    return any(token.kind == "mark" and token.meaning == "(" for token in before)


def _hedge(tokens: Sequence[Token], token: Token, item: Item, lower: str) -> str:
    """Return the hedge printed before or after a figure."""
    if item.figure.more:
        return "over"
    index = tokens.index(token)
    for back in range(index - 1, max(-1, index - 3), -1):
        if tokens[back].kind == "hedge":
            return str(tokens[back].meaning)
        if tokens[back].kind not in ("filler",):
            break
    if index + 1 < len(tokens) and tokens[index + 1].kind == "hedge" and lower[tokens[index + 1].start :].startswith(("左右", "以上", "以下", "上下", "or so")):
        return str(tokens[index + 1].meaning)
    return "exact"


def bind(sentences: Sequence[Sentence], normal: Mapped, original: str, source: str, timeline: Timeline) -> Binder:
    """Read the sentences and return the binder with its candidates."""
    binder = Binder(normal, original, source, timeline)
    for sentence in sentences:
        binder.sentence(sentence)
    return binder
