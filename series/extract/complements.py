"""Complements: what stands right of a figure and says what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from series.extract import clauses
from series.extract.reading import Reading
from series.extract.subjects import Mention, together
from series.extract.tokens import Token

LATE = 14  # tokens within which a scope may follow its figure's growth
BETWEEN = frozenset(("role", "filler", "hedge", "tie", "amount"))
RIGHT = frozenset(
    (
        "of",
        "of these",
        "of those",
        "of it",
        "of that",
        "of this",
        "in",
        "worth",
        "worth of",
        "的",
        "from",
        "for",
        "with",
        "来自",
    )
)
OF_WHOLE = frozenset(("scope", "measure", "topic", "business", "amount", "whole", "span"))
COPULAS = frozenset(("was", "were", "is", "are"))
LINKS = COPULAS | {
    "that",
    "which",
    "been",
    "being",
    "have",
    "has",
    "had",
    "came",
    "come",
    "coming",
    "actually",
    "worth",
}
OF_IT = re.compile(
    r" of (?:it|them|that|these|this|which)(?:,? or [$\w. ]{3,24},)? (?:(?:was|were|being|is|are|done|carried out) )?"
)
PARTICIPLES = frozenset(
    (
        "executed",
        "fulfilled",
        "implemented",
        "carried out",
        "put into effect",
        "delivered",
        "signed",
        "inked",
        "completed",
    )
)


def right_of(reading: Reading, last: int) -> tuple[list[Mention], int]:
    """Return what stands right of a figure and names it ("of offshore work", "were executed"), and its end."""
    tokens = reading.here.tokens
    mentions, index = _after_verb(reading, clauses.after_bracket(tokens, last))
    opener = tokens[index].word(reading.lower) if index < len(tokens) else ""
    after = tokens[index + 1].word(reading.lower) if index + 1 < len(tokens) else ""
    if opener in ("came", "coming", "come") and after in ("from", "of"):
        index, opener = index + 1, after  # "652 billion yuan came from offshore contracts"
    if opener not in RIGHT and not (opener in COPULAS and not reading.named()):
        return mentions, index
    listed = None
    for at in range(index + 1, len(tokens)):
        token = tokens[at]
        if token.kind == "figure":
            return listed or ([], at)
        if token.kind == "mark" and token.meaning == "list":
            listed = (list(mentions), at)
        if token.kind in ("span", "stop", "count") or (token.kind == "mark" and token.meaning != "list"):
            return mentions, at
        mention = reading.mention(token, at)
        if mention:
            mentions.append(mention)
    return mentions, len(tokens)


def _after_verb(reading: Reading, index: int) -> tuple[list[Mention], int]:
    """Return the measure or scope that a verb right of a figure gives it ("was executed", "came from abroad")."""
    tokens, text = reading.here.tokens, reading.normal.text
    end = tokens[index - 1].end
    for at in range(index, min(index + 4, len(tokens))):
        token = tokens[at]
        if any(character.isalnum() for character in text[end : token.start]):
            break
        end, word = token.end, token.word(reading.lower)
        closing = at + 1 == len(tokens) or tokens[at + 1].kind == "mark"
        if (token.kind == "measure" and word in PARTICIPLES) or (token.kind == "scope" and (at > index or closing)):
            return [Mention(token.kind, token.meaning, linked=False)], at + 1
        if word not in LINKS:
            break
    return [], index


def measured_in(reading: Reading, last: int) -> list[Mention]:
    """Return the measure that ends what is said of a rate ("grew 17 percent in 2015 in executed value to …")."""
    tokens = reading.here.tokens
    at = last + 1
    while at < len(tokens) and (tokens[at].kind == "span" or tokens[at].word(reading.lower) in ("in", "terms of")):
        at += 1
    if at == last + 1 or at >= len(tokens) or tokens[at].kind != "measure" or tokens[at - 1].kind == "span":
        return []
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    ends = after is None or after.kind in ("mark", "span") or after.word(reading.lower) == "to"
    return [Mention("measure", tokens[at].meaning, linked=False)] if ends else []


def late_scope(reading: Reading, last: int) -> list[Mention]:
    """Return the scope that comes after a figure and its growth ("$15.2 billion, up 52 percent, was offshore")."""
    tokens = reading.here.tokens
    for at in range(last + 1, min(last + LATE, len(tokens))):
        token = tokens[at]
        if token.kind == "scope":
            verb = next((one for one in reversed(tokens[last:at]) if one.kind != "filler"), token)
            after_comma = tokens[tokens.index(verb) - 1].kind == "mark"
            if verb.word(reading.lower) in COPULAS and after_comma:
                return [Mention("scope", token.meaning, linked=False)]
            return []
        again = tokens[at - 1].word(reading.lower) == "or"  # "two thirds of it, or $23.7 billion, was offshore"
        growth = token.kind == "figure" and (token.meaning.kind == "percent" or again)
        if not (growth or token.kind in BETWEEN or (token.kind == "mark" and token.meaning in ",()")):
            return []
    return []


def scope_of_it(reading: Reading, last: int) -> list[Mention]:
    """Return the scope that a share of what was just given is of ("with 61.3 percent of it offshore")."""
    tokens = reading.here.tokens
    found = OF_IT.match(reading.lower, tokens[last].end)
    scope = next((token for token in tokens[last + 1 : last + 5] if token.kind == "scope"), None)
    if found is None or scope is None or scope.start != found.end():
        return []
    return [Mention("scope", scope.meaning, linked=False)]


def shared_scope(reading: Reading, last: int) -> list[Mention]:
    """Return the scope of two amounts that one verb gives ("71 billion of the contracts and 55 billion … were …")."""
    tokens, amounts = reading.here.tokens, 0
    for at in range(last + 1, min(last + LATE, len(tokens))):
        token = tokens[at]
        if token.kind == "scope":
            verb = tokens[at - 1].word(reading.lower) in COPULAS
            return [Mention("scope", token.meaning, linked=False)] if verb and amounts == 1 else []
        amounts += token.kind == "figure" and token.meaning.kind == "money"
        listed = token.kind == "mark" and token.meaning == "list"
        if token.kind not in ("figure", "measure", "role", *BETWEEN) and not listed:
            return []
    return []


def _past_whole(reading: Reading, start: int) -> int:
    """Return the index of the verb after the whole of a share ("of offshore execution in 2023 was ITO"), or `start`."""
    tokens, lower = reading.here.tokens, reading.lower
    at = start + (start < len(tokens) and tokens[start].kind == "hedge")
    if at < len(tokens) and tokens[at].word(lower) in ("of", "的"):
        at += 1
        while at < len(tokens) and (
            tokens[at].kind in OF_WHOLE or tokens[at].word(lower) in ("the", "all", "in", "total")
        ):
            at += 1
        came = at < len(tokens) - 1 and tokens[at].word(lower) == "came" and tokens[at + 1].word(lower) == "from"
        if came:
            return at + 2
    return at if at < len(tokens) and tokens[at].word(lower) in COPULAS | {"为", "是", "来自"} else start


def part_after(reading: Reading, last: int) -> Mention | None:
    """Return the part whose share stands before it ("60 percent of it was ITO, 25.7 percent KPO")."""
    tokens, lower = reading.here.tokens, reading.lower
    at = _past_whole(reading, last + 1)
    while at < len(tokens) and (
        tokens[at].word(lower)
        in COPULAS | {"of it", "of that", "of this", "of the total", "done", "by", "carried out", "为", "是", "来自"}
        or (tokens[at].kind == "whole" and tokens[at].word(lower) != "china")
    ):
        at += 1
    if at < len(tokens) and tokens[at].word(lower) == "for":
        at += 1
    if at >= len(tokens) or not tokens[at].kind.startswith("part_"):
        return None
    first, last_part = at, _last_listed(tokens, at)
    after = [token for token in tokens[last_part + 1 : last_part + 3] if token.kind != "market_word"]
    closed = not after or after[0].kind in ("mark", "span") or after[0].word(lower) == "in"
    named = [reading.mention(tokens[index], index) for index in range(first, last_part + 1, 2)] if closed else []
    parts = [mention.meaning for mention in named if mention]
    return Mention("part", together(parts), linked=False) if parts and len(parts) == len(named) else None


def _last_listed(tokens: Sequence[Token], at: int) -> int:
    """Return the index of the last of a list of parts that starts at `at`."""
    while (
        at + 2 < len(tokens)
        and tokens[at + 1].kind == "mark"
        and tokens[at + 1].meaning == "list"
        and tokens[at + 2].kind == tokens[at].kind
    ):
        at += 2
    return at


def is_of_unknown(reading: Reading, last: int) -> bool:
    """Whether a share is of something after its whole that has no name ("… came from three markets")."""
    tokens = reading.here.tokens
    at = _past_whole(reading, last + 1)
    if at == last + 1 or at >= len(tokens):
        return False
    rest = [token for token in tokens[at : at + 4] if token.kind not in ("filler", "role", "hedge")]
    return not any(token.kind in ("scope", "measure", "whole") or token.kind.startswith("part_") for token in rest)
