"""Subjects: composing what a figure is about from the words before it and what was spoken of last."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from series.extract import lexicon
from series.extract.tokens import ELSEWHERE

NATION = "nation"  # an area's name for all of China, where a place was spoken of before
MEASURES = {"contract", "execution"}
REGIONS = tuple(
    f"area_{name}" for name in ("yrd", "yreb", "jjj", "gba", "prd", "east", "west", "central", "northeast")
)  # of more than one place
MARKETS = ("us", "hk", "eu", "jp", "kr", "sg", "tw", "de", "uk", "ie")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is about."""

    area: str
    scope: str
    measure: str
    part: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A word that says something about the subject; `linked` when a list ties it to the mention before."""

    kind: str
    meaning: str
    linked: bool
    weak: bool = False  # a measure that the sentence may overrule


@dataclass(slots=True)
class Context:
    """What was spoken of last, and where it was said."""

    area: str = "cn"
    home: str = "cn"  # the area that the text reports on
    scope: str | None = None
    measure: str | None = None
    parts: tuple[str, ...] = ()
    measured: frozenset[str] = frozenset()  # measures that the parts were named with
    in_sentence: bool = False
    inherited: str | None = None  # scope that a new sentence goes on with
    announced: tuple[str, ...] = ()  # parts that the sentence before named without figures
    owner: str | None = None  # the place that the sentence before spoke of without figures, for "its"
    subject: str | None = None  # the part that the sentence before spoke of, for "they"
    notes: list[str] = field(default_factory=list)  # what the mentions composed last do not say


def together(parts: Sequence[str]) -> str:
    """Return the name of several parts taken as one."""
    if len(parts) == 1:
        return parts[0]
    groups = lexicon.groups()
    known = groups.together.get(frozenset(parts))
    if known:
        return known
    if all(part in groups.codes for part in parts):
        return "area_prov_" + "_".join(parts)
    family = parts[0].partition("_")[0]
    names = [part.removeprefix(f"{family}_") for part in parts]
    if family == "market":
        names.sort(key=lambda name: MARKETS.index(name) if name in MARKETS else len(MARKETS))
    return f"{family}_{'_'.join(names)}" if all(part.startswith(f"{family}_") for part in parts) else "_".join(parts)


def members(part: str) -> list[str]:
    """Return the two parts that a name for both stands for ("中部和西部分别为…")."""
    known = next((list(names) for names in lexicon.groups().order if lexicon.groups().order[names] == part), [])
    return known if len(known) == 2 else []


def compose(mentions: Sequence[Mention], context: Context, count: int) -> list[Subject]:
    """Return the subjects that the mentions name, in the order of their `count` figures.

    What is not mentioned is taken from the context, which is brought up to date.
    """
    context.notes.clear()
    parts, areas = _parts(mentions), _areas(mentions)
    mentions = _overruled(mentions, parts, context)
    pairs = _pairs(mentions)
    if len(pairs) == 2 * count and {scope for scope, _ in pairs} == {"onshore", "offshore"}:
        pairs = list(dict.fromkeys(("total", measure) for _, measure in pairs))  # "onshore and offshore contracts"
    bare = any(mention.kind == "topic" for mention in mentions)
    if len(areas) == 1:
        context.area = "cn" if areas[0] == NATION else f"cn.{areas[0]}"
        if not parts:
            context.parts = ()
    if len(parts) == 1 and count == 2 * len(pairs):
        parts = members(parts[0]) or parts
    each = len(areas) > 1 and count in (len(areas), len(areas) * len(pairs))
    if len(areas) > 1:
        parts = [] if each else [together([lexicon.groups().code.get(area, area) for area in areas])]
        context.area, context.parts = "cn", () if each else context.parts
    elif parts and not areas and (parts[0].startswith("area_") or not context.in_sentence):
        context.area = "cn" if parts[0].startswith(REGIONS) else context.home
    if any(mention.kind == "whole" for mention in mentions) and not parts:
        context.area = "cn"
        context.parts = ()
    if not parts and len(context.announced) == count > 1:
        parts = list(context.announced)
    if not parts:
        parts = _carried(pairs, context, bare, count)
        if parts:
            context.notes.append("part taken from what was spoken of before")
    if len(parts) > 1 and count == 1:
        parts = [together(parts)]
    named: list[str | None] = [*parts] if parts else [None]
    places = [f"cn.{area}" for area in areas] if each else [context.area]
    subjects = [
        Subject(place, _scope(scope, part, bare, context), _measure(measure, mentions, context), part)
        for place, part, (scope, measure) in itertools.product(places, named, pairs)
    ]
    last = subjects[-1]
    explicit = frozenset(measure for _, measure in pairs if measure)
    if tuple(parts) != context.parts:
        context.parts, context.measured = tuple(parts), explicit
    else:
        context.measured |= explicit
    context.scope, context.measure, context.in_sentence = last.scope, last.measure, True
    return subjects


def _overruled(mentions: Sequence[Mention], parts: Sequence[str], context: Context) -> Sequence[Mention]:
    """Leave out a bare "contracts" beside a part when the sentence speaks of executed ones of the same family."""
    if not (parts and context.parts and context.in_sentence and context.measure == "execution"):
        return mentions
    families = {part.partition("_")[0] if "_" in part else "type" for part in (*parts, *context.parts)}
    if len(families) > 1 or not all(mention.weak for mention in mentions if mention.kind == "measure"):
        return mentions
    return [mention for mention in mentions if mention.kind != "measure"]


def is_unknown(mention: Mention) -> bool:
    """Whether a mention is of a kind of outsourcing or of firms that the grammar does not have."""
    return mention.kind == "part" and mention.meaning.endswith(ELSEWHERE)


def unknown_part(mentions: Sequence[Mention]) -> bool:
    """Whether an unknown part is named, and neither all of outsourcing nor another kind of part after it."""
    last = max((at for at, mention in enumerate(mentions) if is_unknown(mention)), default=None)
    if last is None:
        return False
    return not any(
        mention.kind == "topic" or (mention.kind == "part" and not mention.meaning.startswith(("market_", "area_")))
        for mention in mentions[last + 1 :]
    )


def _parts(mentions: Sequence[Mention]) -> list[str]:
    """Return the parts named last: one, or several in a list."""
    parts: list[str] = []
    for mention in mentions:
        counted = len(parts) > 1 and mention.meaning == f"market_top{len(parts)}"  # "美国、香港、欧盟为前三大市场"
        if mention.kind == "part" and mention.meaning not in parts[-1:] and not counted:
            parts = [*parts, mention.meaning] if mention.linked else [mention.meaning]
    return parts


def _areas(mentions: Sequence[Mention]) -> list[str]:
    areas: list[str] = []
    for mention in mentions:
        if mention.kind == "area" and mention.meaning not in areas:
            areas = [*areas, mention.meaning] if mention.linked else [mention.meaning]
    return areas


def _pairs(mentions: Sequence[Mention]) -> list[tuple[str | None, str | None]]:
    """Return (scope, measure) as mentioned: "离岸合同额", "在岸、离岸执行额", "executed offshore outsourcing"."""
    pairs: list[tuple[str | None, str | None]] = []
    scopes: list[str] = []
    none: list[str | None] = [None]
    fresh = False
    for mention in mentions:
        if mention.kind == "scope":
            scopes = [*scopes, mention.meaning] if mention.linked and fresh else [mention.meaning]
            fresh = True
        elif mention.kind == "measure":
            if pairs and not mention.linked and not fresh and {pairs[-1][1], mention.meaning} == MEASURES:
                pairs[-1] = pairs[-1][0], "execution"  # "executed contracts", "合同的执行金额"
                continue
            if mention.weak and fresh and pairs and pairs[-1] == (None, "execution"):
                pairs, fresh = [*pairs[:-1], *((scope, "execution") for scope in scopes)], False
                continue  # "executed offshore contracts"
            pairs += [(scope, mention.meaning) for scope in scopes or none if (scope, mention.meaning) not in pairs]
            fresh = False
    if fresh and pairs:
        late = "total" if set(scopes) == {"onshore", "offshore"} else scopes[-1]
        pairs = [(scope or late, measure) for scope, measure in pairs]
    elif not pairs:
        pairs = [(scope, None) for scope in scopes or none]
    return pairs


def _carried(pairs: Sequence[tuple[str | None, str | None]], context: Context, bare: bool, count: int) -> list[str]:
    """Return the parts spoken of before that the new measures still belong to."""
    if bare or not context.parts or not context.in_sentence:
        return []
    measures = {measure for _, measure in pairs}
    scopes = {scope for scope, _ in pairs if scope}
    if len(context.parts) > 1:
        return list(context.parts) if count == len(context.parts) * len(pairs) else []
    if scopes and (not context.measured or measures & context.measured):
        return []
    return list(context.parts)


def _scope(scope: str | None, part: str | None, bare: bool, context: Context) -> str:
    if scope:
        return scope
    spoken = context.scope if context.in_sentence else context.inherited
    area = part is not None and part.startswith("area_")
    if part and not area:
        if spoken is None and not part.startswith("market_"):
            context.notes.append("scope not named, taken as offshore")
        return "onshore" if spoken == "onshore" and context.in_sentence else "offshore"
    if bare:
        return "total"
    areas = area and any(other.startswith("area_") for other in context.parts)
    if context.in_sentence and context.scope and (not part or areas or context.scope != "total"):
        context.notes.append("scope taken from what was spoken of before")
        return context.scope
    if part:
        context.notes.append("scope not named, taken as offshore")
        return "offshore"
    context.notes.append(
        "scope taken from what was spoken of before" if context.inherited else "scope not named, taken as total"
    )
    return context.inherited or "total"


def _measure(measure: str | None, mentions: Sequence[Mention], context: Context) -> str:
    if measure:
        return measure
    if any(mention.kind == "business" for mention in mentions):
        return context.measure if context.in_sentence and context.measure else "execution"
    if context.measure is None:
        context.notes.append("measure not named, taken as execution")
    else:
        context.notes.append("measure taken from what was spoken of before")
    return context.measure or "execution"


def whole_of(subjects: Sequence[Subject]) -> Subject:
    """Return the subjects taken together as one."""
    parts = list(dict.fromkeys(subject.part for subject in subjects if subject.part))
    areas = list(dict.fromkeys(subject.area.removeprefix("cn.") for subject in subjects if subject.area != "cn"))
    if len(areas) > 1:
        codes = [lexicon.groups().code.get(area, area) for area in areas]
        return replace(subjects[-1], area="cn", part=together(codes))
    return replace(subjects[-1], part=together(parts) if parts else None)
