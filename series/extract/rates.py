"""Rates: growth, shares, multiples and averages, given for the subjects spoken of last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from series.extract import clauses, lexicon, moves
from series.extract.bases import base_of_rate, on_year
from series.extract.complements import is_of_unknown, late_scope, measured_in, part_after, right_of, scope_of_it
from series.extract.dating import over_periods
from series.extract.elided import verb_of
from series.extract.reading import Reading
from series.extract.roles import Role, other_after, portion, rise_after, role_after, role_before
from series.extract.runs import Run
from series.extract.spells import add_rate, after_yearly, over_some_years, several, yearly
from series.extract.subjects import Mention
from series.extract.sums import all_listed, first_named, is_joint, summed, summed_each
from series.extract.targets import Target
from series.extract.tokens import Token
from series.extract.wholes import end_of_whole, is_of_larger, is_of_part
from series.periods import Period

VAGUE = {"business", "amount", "whole"}  # words that name no subject for a rate by themselves
SPEED_BEFORE = re.compile(r"(?:增速|增幅|增长率|增长速度)\s*(?:(?:是|为|约为|相当于)[^,.;，。；、\d]{0,14})?的?\s*$")
SPEED_AFTER = re.compile(r"\s*(?:the (?:growth|pace|rate|speed)\b|(?:as fast|faster)\b)")


def bind_rates(reading: Reading, run: Run) -> int:
    """Bind a run of percentages or multiples and return the index of the token to go on with."""
    here = reading.here
    before = here.tokens[here.since : run.first]
    if len(run.items) > 1 and moves.was_before(here.tokens, run, before, reading.lower):
        run, _ = _without_last(run)  # "its share was 40 percent, 42 percent a year earlier"
    role, following = _role(reading, run, before)
    arrived = moves.arrived(reading, before) is not None
    ahead = moves.whole_ahead(reading, run) if moves.sets_out(before, reading.lower) else range(0)
    role = Role("share") if ahead and role is not None and role.name == "growth" else role
    moved = role is not None and (role.name == "share" or (role.name == "growth" and not _dated(reading, run)))
    out = moved and moves.sets_out(before, reading.lower)
    role = moves.rated(reading, run) if out and role is not None and role.name == "growth" else role
    here.moving = role if out else None
    if (
        role is None
        or role.name == "none"
        or (moves.begins(before, reading.lower) and not (out or _dated(reading, run)))
    ):
        return following
    if role.name == "share" and any(token.kind == "world" for token in before):
        return following
    if _compares_speeds(reading, run):
        if len(run.items) == 1:
            return following
        run, following = _without_last(run)
    base, usual = base_of_rate(reading, run.first, run.last), on_year(reading, run.first, run.last)
    if role.name == "growth" and len(run.items) > 1 and _then_share(reading, run):
        run, following = _without_last(run)
    mentions = _without_whole(reading, run.first) if role.name == "share" else reading.named()
    if {mention.kind for mention in mentions} <= VAGUE | ({"topic"} if role.name == "share" else set()):
        mentions = []
    if role.name == "share" and mentions and not any(mention.kind == "measure" for mention in mentions):
        mentions += _measure_of_whole(reading, run.first)
    right, end = right_of(reading, following - 1)
    if right:
        following = end
    if role.name == "share" and not reading.source_follows(run.last):
        right = []
    measured = measured_in(reading, run.last) if role.name == "growth" and not right else []
    if measured:
        mentions = [one for one in mentions if one.kind != "measure"]
    mentions += [*right, *measured]
    unnamed = role.name == "share" and not any(mention.kind == "part" for mention in mentions)
    named_after = part_after(reading, run.last) if unnamed else None
    if unnamed and not named_after and is_of_unknown(reading, run.last):
        return following
    if named_after:
        mentions.append(named_after)
        following = (
            next(at for at in range(run.last + 1, len(here.tokens)) if here.tokens[at].kind.startswith("part_")) + 1
        )
    if role.name == "share" and not any(mention.kind in ("scope", "part") for mention in mentions):
        mentions += scope_of_it(reading, run.last) or ([] if here.group else late_scope(reading, following - 1))
    levelled = any(target.currencies for target in here.group)
    if role.name == "share" and not levelled:
        whole = _whole_of(reading, ahead or range(run.last + 1, following))
        mentions += _part_of_move(reading, mentions) if arrived and whole else []
        if mentions or not _is_whole(whole, here.group):
            mentions += [one for one in whole if one.kind not in {mention.kind for mention in mentions}]
    pending, here.pending = here.pending, []
    if not reading.usable(run, pending, named=bool(right)):
        here.pending = pending if here.vague else here.pending  # "Since 2015 it has grown 134%, reaching … in 2023"
        return following
    if here.heading and mentions and {mention.kind for mention in mentions} <= {"topic", "whole"}:
        return following  # "service outsourcing up 4.2%" does not say of what
    targets = _targets(reading, mentions, run, role, before, base, following)
    if role.name == "share" and (is_of_larger(reading, run, mentions, targets) or is_of_part(reading, run, targets)):
        return end_of_whole(reading, run)
    astray = moves.over_years(before, targets) and not (out or arrived)
    if role.name == "share" and astray:
        return following
    items = run.items * len(targets) if len(run.items) == 1 else run.items
    if len(targets) == 1 and len(here.listed) == len(run.items):
        targets = over_periods(targets, len(run.items), reading)
    if any(target.origin for target in targets) or _bound_of_each(reading, mentions, run, targets):
        return following
    if len(items) > len(targets) and any(several(target.period) for target in targets):
        return following  # "2021年至2023年分别增长23.2%、5.1%和10.6%"
    if role.name == "growth" and len(items) > len(targets) and len(here.bases) > 1:
        return following  # "比2022年和2021年分别增长16%和20.4%"
    if out:
        base, (targets, following) = None, moves.begun(reading, following, before, targets)
    again = len(targets) > 1 and targets[0] is targets[-1]  # two rates of one subject, against two bases
    bases = here.history[-2].bases if again else [base] * len(targets)
    for target, item, against in zip(targets, items, bases, strict=False):
        noted = replace(target, notes=(*target.notes, role.note)) if role.note else target
        target.since = add_rate(reading, noted, item, role, against, usual=usual) or target.since
        target.bases += [against] if role.name == "growth" else []
    here.closed, here.base, here.role, here.verb = True, None, role, role
    here.opening = here.opening or role
    return following


def _role(reading: Reading, run: Run, before: Sequence[Token]) -> tuple[Role | None, int]:
    """Return what the run says and the index after the words that say so."""
    here, lower = reading.here, reading.lower
    other = other_after(here.tokens, run.last, lower)
    if other:
        return None, other + 1
    earlier = moves.earlier(reading, run, before, dated=_dated(reading, run))
    if earlier:
        return earlier
    if over_some_years(reading, run):
        return None, run.last + 1
    role = moves.arrived(reading, before) or role_before(before, lower)
    after = role_after(here.tokens, run.last + 1, lower)
    end = here.tokens[run.last].end
    grown = role is not None and role.name == "growth"
    near = after is not None and (len(run.items) > 1 or after[1] == run.last + 1)
    if after and grown and after[0].name == "share" and near and not moves.sets_out(before, lower):
        after = None  # "up 30 percent and 28.6 percent of the total"
    if after and (role is None or lower[end : end + 1].isspace() or rise_after(here.tokens, run.last + 1, lower)):
        role, following = after[0], after[1] + 1
    else:
        following = run.last + 1
    if role is not None and role.name == "growth" and yearly(reading, run):
        role = Role("cagr", role.sign)
    if role is not None and role.name == "cagr":
        following = max(following, after_yearly(reading, run.last))
    multiple = any(item.figure.kind == "multiple" for item in run.items)
    if multiple and _is_ratio(before, lower, role):
        return Role("multiple"), following
    if role is None and any(item.figure.signed for item in run.items):
        return Role("growth"), following
    if role is None and portion(here.tokens[run.last].word(lower)):
        return Role("share"), following
    if role is None and not multiple:
        role = verb_of(reading, run, before)
    return role, following


def _compares_speeds(reading: Reading, run: Run) -> bool:
    """Whether a multiple is of somebody's growth rate ("相当于服务业增速的1.7倍", "twice as fast as")."""
    begin, end = reading.here.tokens[run.first].start, reading.here.tokens[run.last].end
    near = SPEED_BEFORE.search(reading.lower, max(begin - 30, 0), begin) or SPEED_AFTER.match(reading.lower, end)
    return near is not None and any(item.figure.kind == "multiple" for item in run.items)


def _then_share(reading: Reading, run: Run) -> bool:
    """Whether the last percentage of a run is a share though growth comes before it ("up 30% and 28.6% of all")."""
    after = role_after(reading.here.tokens, run.last + 1, reading.lower)
    return after is not None and after[0].name == "share" and len(reading.here.group) <= 1 == len(run.items) - 1


def _without_last(run: Run) -> tuple[Run, int]:
    """Return the run without its last figure, and the index of the token before that."""
    return replace(run, items=run.items[:-1], last=run.first), run.last - 1


def _whole_of(reading: Reading, stretch: range) -> list[Mention]:
    """Return the scope and measure of the whole that follows a share ("88.1 percent of offshore contracts")."""
    found = (reading.mention(reading.here.tokens[at], at) for at in stretch)
    return [mention for mention in found if mention and mention.kind in ("scope", "measure")]


def _part_of_move(reading: Reading, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the part whose share has moved on, for the figure that it came to."""
    last = reading.here.history[-1:]
    named = not last or last[0].subject.part is None or any(mention.kind == "part" for mention in mentions)
    return [] if named else [Mention("part", str(last[0].subject.part), linked=False)]


def _measure_of_whole(reading: Reading, first: int) -> list[Mention]:
    """Return the measure between a share's verb and its figure ("国际业务占合同总额的66%")."""
    here = reading.here
    verb = next((at for at in range(first - 1, here.since - 1, -1) if here.tokens[at].kind == "role"), first)
    found = (reading.mention(here.tokens[at], at) for at in range(verb + 1, first))
    return [mention for mention in found if mention and mention.kind == "measure"][-1:]


def _bound_of_each(reading: Reading, mentions: Sequence[Mention], run: Run, targets: Sequence[Target]) -> bool:
    """Whether a rate only bounds that of each of a list ("新加坡、沙特、马来西亚增速超过20%")."""
    parts = {mention.meaning for mention in mentions if mention.kind == "part"}
    named = len(targets) == 1 and targets[0].subject.part in lexicon.groups().together.values()
    hedged = clauses.hedge_of(reading.here.tokens, run.first, reading.lower) != "exact"
    return len(run.items) == 1 and len(parts) > 1 and len(targets) == 1 and hedged and not named


def _is_whole(whole: Sequence[Mention], group: Sequence[Target]) -> bool:
    """Whether a share is of what the last part was spoken of ("gained 16% and made up 52% of offshore execution")."""
    last = group[-1].subject if group else None
    return last is not None and all(one.meaning in (last.scope, last.measure) for one in whole)


def _dated(reading: Reading, run: Run) -> bool:
    """Whether a period follows at once ("from 49.5 percent in the first quarter to …")."""
    after = reading.here.tokens[run.last + 1 : run.last + 3]
    return any(token.kind == "span" and token.meaning.kind == "period" for token in after)


def _is_ratio(before: Sequence[Token], lower: str, role: Role | None) -> bool:
    """Whether a multiple is the ratio to a base ("是上年的1.4倍", "增至2.6倍"), not what was added to it."""
    last = before[-1] if before else None
    if last is not None and last.word(lower).endswith(("至", "到")):
        return True
    if last is not None and last.word(lower) == "的":
        return any(token.kind == "span" or (token.kind == "role" and token.meaning == "yoy") for token in before)
    return role is None and any(token.word(lower) in ("是", "为", "相当于", "达", "达到", "was") for token in before)


def _targets(
    reading: Reading,
    mentions: list[Mention],
    run: Run,
    role: Role,
    before: Sequence[Token],
    base: Period | None,
    following: int,
) -> Sequence[Target]:
    """Return what the rates are about: what was just named, else as many of the last as there are rates."""
    here, count = reading.here, len(run.items)
    if mentions:
        targets = reading.targets(mentions, count)
        if len(targets) == count:
            reading.opened(targets)
            return targets
        apart = len(targets) < count != len(here.listed)
        if apart and clauses.tied([*before, *here.tokens[run.last + 1 : run.last + 4]], "respectively"):
            return []  # one of those listed is not known by name
        if len(here.history) < count:
            return targets[-count:]
    if here.lost and not mentions:
        return []
    if not here.group and here.history and not mentions:
        targets = reading.continued(count)
        if targets or count == 1:
            return targets
    if not here.history and not mentions:
        sums = summed(reading, before) if is_joint(before, reading.lower) and role.name == "share" else []
        return sums or reading.again(count)
    if count > 1 and role.name == "share" and is_joint(before, reading.lower):
        return summed_each(reading, count)
    if count > 1 or not here.group:
        listed = here.group if len(here.group) >= count else here.history
        if len(here.group) == 1 and role.name == "growth" and all(one.bases for one in here.history[-count:-1]):
            rated = len(here.history[-2].bases) if len(here.history) > 1 else 0
            if rated == count:
                return here.group * count  # "up 70.6 percent and 31.8 percent", against the bases named before
            if base is None and not clauses.tied(before, "respectively"):
                return []
        chosen = first_named(listed, reading, run.last)[-count:]
        return chosen if len(chosen) == count else []  # fewer than there are rates: it is not known whose they are
    near = here.tokens[run.last + 1 : max(following, run.last + 1) + 1]
    joint = is_joint([*before, *near], reading.lower)
    joint = joint or (len(here.group) > 1 and all_listed(here.tokens, run.first, reading.lower))
    if joint and role.name == "share":
        return summed(reading, before) or here.history[-1:]
    if (clauses.tied(before, "both") or clauses.tied(before, "respectively")) and len(here.group) > 1:
        exact = clauses.hedge_of(here.tokens, run.first, reading.lower) == "exact"
        return here.group if exact else []
    return here.group[-1:]


def _without_whole(reading: Reading, first: int) -> list[Mention]:
    """Return what was named, less what stands between "占" and the figure, or in "在…中": the whole, not the part."""
    here, lower = reading.here, reading.lower
    kept: list[Mention] = []
    whole = False
    for index in range(here.since, first):
        token = here.tokens[index]
        follows = here.tokens[index + 1].word(lower) if index + 1 < len(here.tokens) else ""
        shares = token.kind == "role" and token.meaning == "share" and follows != "of"
        after = token.word(lower) == "in" and any(mention.kind == "part" for mention in kept)
        whole = whole or after  # "the share of KPO in offshore execution"
        whole = whole or shares or (bool(here.group) and token.word(lower) == "在")
        mention = None if whole else reading.mention(token, index)
        if mention and mention in here.pending:
            kept.append(mention)
    return kept
