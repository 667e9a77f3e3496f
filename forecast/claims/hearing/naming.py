"""Naming: from the words of a sentence to the subjects that it can mean."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from forecast.claims.hearing.asides import causes
from forecast.claims.hearing.clauses import (
    OF_PART,
    added,
    around,
    clause,
    heard_of,
    led_by,
    names,
    whole,
    within,
)
from forecast.claims.hearing.clues import Clues
from forecast.claims.hearing.heads import heading
from forecast.claims.hearing.measures import lists_subjects, measured, spoken_of, trailing
from forecast.claims.hearing.places import place
from forecast.claims.hearing.strangers import stranger, unknown_words
from forecast.claims.hearing.stretches import MARK, OWN, latest, reach, subjects
from series import catalog
from series.extract.subjects import together
from series.extract.tokens import Token

SCOPES = ("total", "offshore")
CURRENCIES = ("usd", "cny")
ALL_CITIES = re.compile(r"37|三十七")
SUBJECT = "what it is about: outsourcing, offshore outsourcing, ITO, BPO, KPO, a market or a place"
WORLD = re.compile(r"全球|世界|国际市场|\bworld|\bglobal")
COUNTRY = (
    r"(?:india|(?:the )?philippines|vietnam|russia|brazil|mexico|ireland|poland|malaysia|japan|the united states"
    r"|印度|菲律宾|越南|俄罗斯|巴西|墨西哥|爱尔兰|波兰|马来西亚|日本|美国)"
)
WITH = r"(?: and |, | & |和|与|及|、|加)"
TOGETHER = re.compile(rf"{COUNTRY}{WITH}(?:china\b(?!'s)|中国(?!香港|澳门|台湾))|(?:\bchina|中国){WITH}{COUNTRY}")
NUMBER_OF = re.compile(
    r"\bnumbers? of (?:[a-z'-]+ ){0,4}(?:contracts|deals|projects|orders|agreements|transactions)\b[^,;。\d]*"
    r"(?:\b(?:in|by|during) (?:19|20)\d\d[^,;。\d]*)?$"
)
COUNTS = "a claim in money, growth or shares: counts of people and firms are too few to judge by"
WITHIN = re.compile(r"[\s,]*(?:with|and within|within|包括|包含|含)")
WHOLE_OF_PART = "what the part is a part of: {} or offshore outsourcing"
NATIONAL = re.compile(r"占全国|\bof (?:the |all )*(?:national|china's|china\b|country|nation)")
PLACE_OF_NATION = "a series of the share of one place in all of China, which the ledger does not hold"
ADDED = "what is added up: name it, such as offshore outsourcing or the total"
OF_IT = re.compile(r"\s*of (?:the |all |china's |total |national )*")
JOINED = re.compile(r"\s*(?:和|与|及|、|以及|and|&|/|\+|加)\s*(?:the )?")


@dataclass(frozen=True, slots=True)
class Named:
    """The subjects that a sentence can mean, in order of likelihood, and what stands in the way."""

    subjects: tuple[str, ...]
    missing: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def name(clues: Clues, figure: Token, currencies: Sequence[str], *, share: bool) -> tuple[Named, ...]:
    """Return the subjects of the claim that a figure makes; words before it come first, then the others.

    Two measures that share a figure make two claims. `currencies` are those that the figure or the sentence names;
    none means both. A scope that is not named is read as all outsourcing and as offshore; a measure that is not named
    as execution.
    """
    measures, unclear = measured(clues, figure, share=share)
    named = tuple(_named(clues, figure, currencies, measure, share=share) for measure in measures or ("",))
    return tuple(replace(one, subjects=(), missing=(unclear,)) if unclear and one.subjects else one for one in named)


def _named(clues: Clues, figure: Token, currencies: Sequence[str], measure: str, *, share: bool) -> Named:
    until = figure.end
    behind = _behind(clues, figure)
    tokens = [token for token in heard_of(clues, figure, spoken_of(clues), share=share) if token.start not in behind]
    spoken = {token.kind for token in tokens}
    near = _nearest(clues, tokens, until)
    parts = _parts(near if share or not _left(clues, tokens, near, figure) else [])
    joint = _owners(clues)
    if share and joint:
        return Named((), beyond=(f"a share of {joint} together, which the ledger does not hold",))
    if share and _of_world(clues, figure, parts):
        return Named(
            ("world.offshore.execution.cn.share",), notes=("read as the world market for offshore outsourcing",)
        )
    other = stranger(clues, figure, share=share) or (None if share else heading(clues, figure))
    if other:
        return Named((), beyond=(f"a series of {other}, which the ledger does not hold",))
    if added(clues, figure) and whole(clues, figure, share=share) != "whole":
        return Named((), missing=(ADDED,))
    notes: list[str] = []
    if not spoken & {"topic", "scope", "measure"} and not parts:
        if share or behind or "event" in spoken or unknown_words(clues):
            return Named((), missing=(SUBJECT,))
        notes.append("no subject is named: read as China's service outsourcing")
    counted = "count" in spoken and "measure" not in spoken and not currencies
    if counted or NUMBER_OF.search(clues.before(figure.start)):
        return Named((), beyond=(COUNTS,))
    area, unplaced, lacking = place(clues, figure)
    if unplaced or lacking:
        return Named((), missing=(unplaced,) if unplaced else (), beyond=(lacking,) if lacking else ())
    if share and area != "cn" and NATIONAL.search(clues.lower, *clause(clues, figure)):
        return Named((), beyond=(PLACE_OF_NATION,))
    if not measure:
        notes.append("no measure is named: read as execution value")
    scopes = _scopes(clues, tokens, figure, share=share)
    left_open = bool(parts) and _left_open(clues, figure, scopes)
    abroad = share and any(token.meaning == "offshore" for token in tokens if token.kind == "scope")
    if left_open and (abroad or parts[-1].startswith("market_")):
        scopes = []
    elif left_open:
        return Named((), missing=(WHOLE_OF_PART.format(scopes[-1]),))
    tied = [token for token in tokens if token.kind == "tie" and token.meaning == "respectively"]
    if (tied and (len(set(scopes)) > 1 or len(parts) > 1)) or lists_subjects(clues, figure):
        return Named((), missing=("which figure goes with which subject: say one of those given 'respectively'",))
    if len(set(scopes)) > 1 and not share:
        if not _joined(clues, figure):
            return Named((), missing=("which scope is meant: offshore and onshore are both named",))
        scopes = ["total"]
    measure = measure or "execution"
    part = _part(parts, clues)
    if share:
        return _share(area, scopes, measure, part, notes)
    if scopes and whole(clues, figure, share=share) == "again" and not part:
        read: Sequence[str] = tuple(dict.fromkeys(("total", scopes[-1])))
        notes.append("outsourcing that is named again without a scope is read as all of it and as what it was before")
    elif scopes:
        read = (scopes[-1],)
    elif part:
        read = ("offshore",)
        notes.append("a part without a scope is read as part of offshore outsourcing")
    else:
        read = SCOPES
        notes.append("no scope is named: read as all outsourcing and as offshore outsourcing")
    if not currencies:
        notes.append("no currency is named: read in dollars and in yuan")
    middle = f".{part}" if part else ""
    subjects = [
        f"{area}.{scope}.{measure}{middle}.{currency}" for currency in currencies or CURRENCIES for scope in read
    ]
    return _known(subjects, notes)


def _of_world(clues: Clues, figure: Token, parts: Sequence[str]) -> bool:
    """Whether a share is of the world: in its clause, where that names a subject of its own."""
    led = led_by(clues, figure)
    if any(token.kind.startswith("part_") for token in led):
        return False
    start, end = clause(clues, figure)
    world = WORLD.search(clues.lower, start, end)
    return bool(world) if led or parts else bool(WORLD.search(clues.lower))


def _share(area: str, scopes: Sequence[str], measure: str, part: str | None, notes: list[str]) -> Named:
    if part:
        if not scopes:
            notes.append("a part without a scope is read as part of offshore outsourcing")
        return _known([f"{area}.{scopes[0] if scopes else 'offshore'}.{measure}.{part}.share"], notes)
    if not scopes or scopes[0] == "total":
        return Named((), missing=("whose share it is: a part such as KPO, a market, or offshore of the total",))
    return _known([f"{area}.{scopes[0]}.{measure}.share"], notes)


def _known(subjects: Iterable[str], notes: Iterable[str]) -> Named:
    shelf = catalog.load()
    known = tuple(dict.fromkeys(subject for subject in subjects if shelf.knows(subject)))
    if not known:
        return Named((), beyond=(f"a series of {next(iter(subjects))}, which the catalog does not have",))
    return Named(known, notes=tuple(notes))


def _parts(tokens: Sequence[Token]) -> list[str]:
    found = []
    for token in tokens:
        if token.kind.startswith("part_"):
            family = token.kind.removeprefix("part_")
            found.append(token.meaning if family == "type" else f"{family}_{token.meaning}")
    return list(dict.fromkeys(found))


def _part(parts: Sequence[str], clues: Clues) -> str | None:
    if not parts:
        return None
    part = together(parts)
    return f"{part}_37" if part == "area_demo_cities" and ALL_CITIES.search(clues.lower) else part


def _scopes(clues: Clues, tokens: Sequence[Token], figure: Token, *, share: bool) -> list[str]:
    """Return the scopes that a figure is of: those of its own clause, else what was spoken of before."""
    if whole(clues, figure, share=share) == "whole":
        return ["total"]
    start, end = clause(clues, figure)
    own = within(tokens, start, end if share else figure.end)
    return (_before(clues, own, "scope", figure.end) if start else []) or _before(clues, tokens, "scope", figure.end)


def _left_open(clues: Clues, figure: Token, scopes: Sequence[str]) -> bool:
    """Whether a part was named but not of what, after another clause spoke of what is onshore."""
    named = within(names(clues), 0, figure.end)
    if scopes[-1:] != ["onshore"] or not named:
        return False
    start, end = around(clues, named[-1].start)
    if not start or any(token.kind == "scope" for token in within(named, start, end)):
        return False
    if any(token.kind == "scope" for token in within(clues.tokens, figure.end, clause(clues, figure)[1])):
        return False
    one_scope = len({token.meaning for token in named if token.kind == "scope"}) == 1
    within_it = one_scope and WITHIN.match(clues.lower, start)
    return not OF_PART.search(clues.lower, start, named[-1].start) and not within_it


def _before(clues: Clues, tokens: Sequence[Token], kind: str, until: int) -> list[str]:
    """Return the meanings of a kind of word before a place, or where there are none, right after it."""
    found = [token for token in tokens if token.kind == kind]
    before = [token.meaning for token in latest(tokens, found, until)]
    return before or [token.meaning for token in found if token.start < reach(clues, tokens, until)]


def _nearest(clues: Clues, tokens: Sequence[Token], until: int) -> list[Token]:
    """Return the parts that a figure is of: the last that were named before it, or those right after it."""
    named = {token.start for token in subjects(clues) if token.kind not in OWN}
    parts = [token for token in tokens if token.start in named]
    outright = [token for token in parts if not _inside(causes(clues), token)]
    own = any(token.start < until and not _inside(causes(clues), token) for token in subjects(clues))
    parts = outright if own else parts
    before = latest(tokens, parts, until)
    return before or [token for token in parts if token.start < reach(clues, tokens, until)]


def _inside(spans: Iterable[tuple[int, int]], token: Token) -> bool:
    return any(start <= token.start < end for start, end in spans)


def _behind(clues: Clues, figure: Token) -> frozenset[int]:
    """Return where subjects start that only another figure is of, or compared with: "9%, faster than offshore"."""
    began, _ = clause(clues, figure)
    return frozenset(start for start in trailing(clues) if start >= figure.end or start < began)


def _left(clues: Clues, tokens: Sequence[Token], parts: Sequence[Token], figure: Token) -> bool:
    """Whether the whole is spoken of after the figure of a part: "KPO will grow 20% and offshore execution 8%".

    What is offshore where the part had its onshore figure before is still of the part.
    """
    last = max((part.end for part in parts if part.end <= figure.start), default=None)
    between = [token for token in tokens if last is not None and last <= token.start < figure.start]
    given = [token.start for token in between if token.kind == "figure" and token.start not in clues.uppers]
    scopes = [token for token in between if token.kind == "scope"]
    if not given or not scopes or scopes[-1].start < given[0]:
        return False
    if any(one.kind == "figure" and OF_IT.fullmatch(clues.lower, one.end, scopes[-1].start) for one in between):
        return False  # "KPO will take 50% of offshore execution, and grow 8%"
    own = {token.meaning for token in scopes if token.start < given[0]}
    since = max([given[0], *(found.end() for found in MARK.finditer(clues.lower, given[0], scopes[-1].start))])
    return own <= {scopes[-1].meaning} and not OF_PART.search(clues.lower, since, scopes[-1].start)


@lru_cache(maxsize=4)
def _owners(clues: Clues) -> str:
    """Return China and another country as printed, where a share is of both: "India and China"."""
    found = TOGETHER.search(clues.lower)
    return f"'{found.group()}'" if found else ""


def _joined(clues: Clues, figure: Token) -> bool:
    scopes = [token for token in within(clues.tokens, *clause(clues, figure)) if token.kind == "scope"]
    return all(JOINED.fullmatch(clues.lower[a.end : b.start]) for a, b in itertools.pairwise(scopes))
