"""Verbs left out: "contracts rose 8.4% to …, executed value 13.3% to …" says once what both percentages are."""

from __future__ import annotations

from collections.abc import Sequence

from series.extract import clauses
from series.extract.bases import base_after
from series.extract.complements import part_after
from series.extract.reading import Reading
from series.extract.roles import Role, role_after
from series.extract.runs import Run
from series.extract.sums import is_joint
from series.extract.tokens import Token

CARRIED = "growth taken from the clause before"
BARE = "a bare percentage, taken as a share"


def verb_of(reading: Reading, run: Run, before: Sequence[Token]) -> Role | None:
    """Return the role that a percentage without a verb takes from those before it, None when it takes none."""
    here, lower = reading.here, reading.lower
    if clauses.bracketed(before) and reading.legend and _beside(reading, run, bare=True):
        return Role("growth")  # the heading says that growth stands in brackets
    if (here.role or _of_it(before, lower)) and part_after(reading, run.last):
        return Role("share") if _of_it(before, lower) else here.role  # "60 percent of it was ITO, 25.7 percent KPO"
    parts = any(mention.kind == "part" for mention in here.pending)
    last = before[-1].word(lower) if before else ""
    if (clauses.bracketed(before) or parts) and here.role:
        return here.role  # "ITO占49%,KPO 36%"
    if here.verb and last in ("by", "to") and (here.pending or here.history):
        return here.verb
    dated = any(token.kind == "span" for token in here.tokens[run.last + 1 : run.last + 3])
    if here.verb and last == "from" and dated and here.history:
        return here.verb  # "to 11.7 percent in the first ten months from 10.2 percent in the first three quarters"
    if here.verb and here.pending and onward(here.tokens, run.last, lower):
        return here.verb  # "contracts rose by 7.5 percent and offshore ones by 28.5 percent"
    if here.verb and here.verb.name == "growth" and _listed_measure(reading, run, before):
        return Role("growth", here.verb.sign, note=CARRIED)
    if last == "的" and here.verb and here.verb.name == "share" and here.pending:
        return here.verb  # "占合同总额的66%,执行总额的69.8%"
    following = here.tokens[run.last + 1 : run.last + 2]
    if last == "or" and any(target.currencies for target in here.group) and is_joint(following, lower):
        return Role("share")  # "accounted for 14.4, 12.6 and 7.8 billion yuan, or 55.1 percent in total"
    again = here.role and here.role.name == "growth" and not here.pending and not clauses.tied(before[-1:], "compare")
    if again and base_after(reading, run.last):
        return here.role  # "up 10.6% on 2022 and 45.2% on 2019"
    if _beside(reading, run) and (last == "or" or clauses.bracketed(before) or _inside(reading)):
        return Role("share", note=BARE)  # "the EU $4.45 billion (15.3 percent)"
    listed = len(here.history) > 1 and all(target.subject.part for target in here.history[-2:])
    if listed and is_joint(before, lower):
        return Role("share", note=BARE)  # "the two together 39.5%"
    if parts and last == "for" and here.verb and here.verb.name == "share":
        return here.verb
    if parts and last == "at" and here.verb and here.verb.name == "growth":
        return here.verb  # "fastest in the west, at 31.5%, and slowest in the northeast, at 2.2%"
    if parts and last == "with":  # "ITO followed with 41.9 percent, and BPO with 16.8 percent"
        followed = any(token.word(lower) == "followed" for token in before)
        return here.verb or (reading.opening if followed else None)
    if here.verb and before and before[-1].kind == "tie" and before[-1].meaning == "compare":
        return here.verb if following and following[0].word(lower) == "for" else None
    return _verb_ahead(reading, run) if here.pending else None


def _listed_measure(reading: Reading, run: Run, before: Sequence[Token]) -> bool:
    """Whether a clause is only a measure and its percentage ("…, contract value 8 percent", "and …")."""
    tokens = reading.here.tokens
    after = tokens[run.last + 1] if run.last + 1 < len(tokens) else None
    closed = after is None or (after.kind == "mark" and after.meaning not in "(")
    opened = bool(before) and before[0].kind == "mark" and before[0].meaning in (",", "list")
    named = [token for token in before[1:] if token.kind not in ("filler", "scope", "topic", "mark")]
    return closed and opened and len(named) == 1 and named[0].kind == "measure" and len(run.items) == 1


def _of_it(before: Sequence[Token], lower: str) -> bool:
    """Whether the whole of a share stands before it ("of the latter, 43.2 percent was done by …")."""
    words = [token.word(lower) for token in before]
    return clauses.tied(before, "among") or (bool(words) and "of" in words and ("latter" in words or "former" in words))


def _verb_ahead(reading: Reading, run: Run) -> Role | None:
    """Return the role that the next percentage of a list has ("execution was 11% and offshore execution 9% higher")."""
    tokens = reading.here.tokens
    listed = False
    for at in range(run.last + 1, min(run.last + 7, len(tokens))):
        token = tokens[at]
        if token.kind == "figure":
            role = role_after(tokens, at + 1, reading.lower) if token.meaning.kind == "percent" else None
            return role[0] if listed and role and role[0].name == "growth" else None
        listed = listed or (token.kind == "mark" and token.meaning == "list")
        if token.kind in ("role", "stop", "span") or (token.kind == "mark" and token.meaning != "list"):
            return None
    return None


def _inside(reading: Reading) -> bool:
    """Whether the amount just recorded stands in a bracket ("(87.4 billion yuan, 17.3 percent)")."""
    at = reading.here.recorded
    return clauses.bracketed(reading.here.tokens[max(0, at - 2) : at])


def _beside(reading: Reading, run: Run, *, bare: bool = False) -> bool:
    """Whether a percentage stands right beside the amount of a part ("$6.9 billion of it, or 23.7 percent")."""
    here = reading.here
    between = here.tokens[here.recorded + 1 : run.first]
    of_it = any(token.kind == "tie" and token.meaning == "among" for token in between)
    verb = here.tokens[max(0, here.recorded - 4) : here.recorded]
    of_it = of_it or any(
        token.kind == "role" and token.meaning == "share" for token in verb
    )  # "accounted for 449, or …"
    part = bool(here.group) and (bare or of_it or here.group[-1].subject.part is not None) and here.group[-1].currencies
    return bool(part) and here.recorded > 0 and all(token.kind in ("mark", "tie", "filler") for token in between)


def onward(tokens: Sequence[Token], last: int, lower: str) -> bool:
    """Whether a percentage leads to an amount ("13.3 percent to 1.21 trillion")."""
    after = tokens[last + 1 : last + 3]
    return len(after) == 2 and after[0].word(lower) in ("to", "至", "到") and after[1].kind == "figure"
