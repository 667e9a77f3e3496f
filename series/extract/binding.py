"""Binding: which subject and period each figure belongs to, in one pass over the sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from series.extract.asides import enter, leave, widen
from series.extract.dating import dated_after, dated_before, take
from series.extract.levels import bind_levels
from series.extract.locations import MUNICIPALITIES, agency
from series.extract.moments import base_indices
from series.extract.rates import bind_rates
from series.extract.reading import Reading
from series.extract.runs import collect
from series.extract.sentences import Sentence
from series.extract.targets import Here
from series.extract.tokens import Token

PLACES = frozenset(("province", "city"))
RELEASING = frozenset(("topic", "scope", "part_type"))
VALUES = frozenset(("money", "percent", "multiple"))
TOPIC = ("outsourc", "外包")
COMPARING = frozenset(("高于", "低于", "高出", "超过", "超出", "above", "below", "higher than", "lower than"))
AHEAD = 3  # sentences within which outsourcing must be named for a bare "contract value" to be about it


def bind(sentences: Iterable[Sentence], reading: Reading) -> None:
    """Read the sentences in order; candidates gather in `reading`."""
    ordered = tuple(sentences)
    reading.home = reading.context.home = reading.context.area = _home(ordered, reading)
    named = [any(_releases(token, reading.lower) for token in sentence.tokens) for sentence in ordered]
    for at, sentence in enumerate(ordered):
        reading.topical = reading.topical or any(named[at : at + AHEAD])
        _begin(sentence, reading)
        index = 0
        while index < len(sentence.tokens):
            index = _step(sentence.tokens[index], index, reading)


def _releases(token: Token, lower: str) -> bool:
    """Whether a token says that outsourcing is spoken of ("the top three outsourcing markets", "employees in …")."""
    top = token.kind == "part_market" and token.meaning.startswith("top")
    field = token.kind == "filler" and token.meaning == "field"
    return field or token.kind in RELEASING or (top and any(word in lower[token.start : token.end] for word in TOPIC))


def _home(sentences: Sequence[Sentence], reading: Reading) -> str:
    """Return the area that the text reports on: of the first full sentence with a place, a measure and outsourcing."""
    for sentence in sentences:
        kinds = {token.kind for token in sentence.tokens}
        if not sentence.closed or "measure" not in kinds or not kinds & RELEASING:
            continue
        reading.here = Here(tokens=sentence.tokens)
        places = [reading.mention(token, at) for at, token in enumerate(sentence.tokens) if token.kind in PLACES]
        names = {place.meaning for place in places if place}
        return f"cn.{names.pop()}" if len(names) == 1 else "cn"
    return "cn"


def _begin(sentence: Sentence, reading: Reading) -> None:
    _carry(reading)
    if reading.resume is not None:
        reading.period, reading.resume = reading.resume, None
    reading.here = Here(
        tokens=sentence.tokens,
        heading=sentence.opens and not sentence.closed,
        bases=base_indices(sentence.tokens, reading.lower),
    )
    reading.context.in_sentence = False
    if sentence.opens:
        reading.earlier = []
        reading.timeline.turn()
        reading.context.parts, reading.context.measured, reading.context.announced = (), frozenset(), ()
        reading.basis = ""
    here = reading.here
    if here.heading:
        reading.context.area = reading.home
    dated_before(reading)


def _step(token: Token, index: int, reading: Reading) -> int:
    """Take in one token and return the index of the next."""
    here, kind = reading.here, token.kind
    leave(index, reading)
    if kind == "figure":
        return _figure(index, reading)
    if kind == "mark":
        if token.meaning in "(,":
            enter(index, reading)
        if token.meaning != "list":
            _end_clause(here, index)
            here.clause = index + 1
        here.planned = here.planned and token.meaning != ";"
        if here.within is not None and token.meaning in ",;":
            widen(index, reading)
        if here.back is not None and token.meaning == ";":
            reading.period, here.group, here.back = here.back, [], None
    elif kind == "span":
        take(token.meaning, index, reading)
    elif kind == "stop":
        reading.blocked = True
        reading.clear()
    elif kind == "count":
        reading.counted_out()
    elif kind == "plan":
        here.planned = True
    elif kind == "tie":
        if token.meaning == "among":
            here.within, here.whole = index, reading.context.scope
    elif kind == "basis":
        reading.basis = "" if token.meaning == "same" else token.meaning
        here.converted = bool(reading.basis)
    else:
        if kind in RELEASING or (kind == "measure" and token.meaning == "execution"):
            reading.blocked = False
        mention = reading.mention(token, index)
        if mention:
            here.pending.append(mention)
        if kind in PLACES:
            _see(token, reading)
    return index + 1


def _see(token: Token, reading: Reading) -> None:
    """Keep the place that "the city" or "全省" may mean later on."""
    if not agency(token, reading.lower):
        reading.seen[token.kind] = token.meaning
        if token.meaning in MUNICIPALITIES:
            reading.seen["city"] = token.meaning


def _end_clause(here: Here, index: int) -> None:
    """Forget a whole that ends a clause ("居全国首位,") or a scope that ends a statement ("$33 billion, offshore;")."""
    alone = here.tokens[index].meaning == ";" and here.clause == index - 1 and here.tokens[index - 1].kind == "scope"
    if alone and here.history:
        here.pending = [mention for mention in here.pending if mention.kind != "scope"]
    while here.pending and here.pending[-1].kind in ("whole", "world"):
        here.pending.pop()


def _figure(index: int, reading: Reading) -> int:
    here = reading.here
    run = collect(here.tokens, index, reading.normal.text)
    if run.kind == "void":
        reading.shelve()
    if run.kind in ("number", "void"):
        return run.last + 1
    reading.unshelve()
    dated_after(run.last, reading)
    following = run.last + 1
    if run.kind == "points":
        here.base = None  # "增幅较前三季度提高2.3个百分点"
        _forget_compared(index, reading)
        here.clause = following
        return following
    if run.kind == "money":
        following = bind_levels(reading, run)
    elif run.kind in ("percent", "multiple"):
        following = bind_rates(reading, run)
    elif run.kind == "count":
        reading.counted_out()
    here.clause = here.since = following
    return following


def _forget_compared(index: int, reading: Reading) -> None:
    """Forget what percentage points only compare with ("高出全国离岸执行额增速12.3个百分点")."""
    here = reading.here
    stretch = range(here.since, index)
    opened = next((at for at in stretch if _compares(here.tokens[at], reading.lower)), index)
    compared = sum(reading.mention(here.tokens[at], at) is not None for at in range(opened, index))
    if compared:
        del here.pending[-compared:]


def _compares(token: Token, lower: str) -> bool:
    return token.ties("compare") or token.word(lower) in COMPARING


def _carry(reading: Reading) -> None:
    """Keep from the sentence before what the next may go on with: its scope, its subjects, parts that it announced."""
    here, context = reading.here, reading.context
    leave(len(here.tokens), reading)
    context.announced, context.subject, context.owner = (), None, None
    reading.opening, reading.meant = here.opening, here.meant
    reading.earlier = list({target.subject: target for target in here.history}.values())
    asides = (token for token in here.tokens if token.kind == "tie" and token.meaning == "among")
    if here.history:
        if not any(reading.lower[token.start].isascii() for token in asides):  # "Of this, … was offshore."
            context.inherited = _inherited(reading)
    elif here.tokens and not any(token.kind == "figure" and token.meaning.kind in VALUES for token in here.tokens):
        mentions = [mention for at, token in enumerate(here.tokens) if (mention := reading.mention(token, at))]
        scopes = {mention.meaning for mention in mentions if mention.kind == "scope"}
        if len(scopes) == 1:
            context.inherited = scopes.pop()
        measures = {mention.meaning for mention in mentions if mention.kind == "measure"}
        if len(measures) == 1:
            context.measure = measures.pop()
        places = {mention.meaning for mention in mentions if mention.kind == "area"}
        context.owner = places.pop() if len(places) == 1 else None
        parts = dict.fromkeys(mention.meaning for mention in mentions if mention.kind == "part")
        if len(parts) == 1 and mentions[0].kind == "part":
            context.subject = mentions[0].meaning
        context.announced = tuple(part for part in parts if not part.startswith("market_top") or len(parts) == 1)


def _inherited(reading: Reading) -> str | None:
    """Return the scope that a bare measure goes on with: that of a sentence which gave one scope and one measure."""
    history = reading.here.history
    scopes = {target.subject.scope for target in history}
    measures = {target.subject.measure for target in history}
    whole = all(target.subject.part is None for target in history)
    single = len(measures) == 1 or len(reading.scopes) == 1  # nothing but offshore has been spoken of
    return scopes.pop() if whole and len(scopes) == 1 and single else None
