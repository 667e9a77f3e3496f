"""Figures that are printed but not claimed: denied, supposed, only expected, put right, or of a rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from series.extract import guards
from series.extract.guards import Clause
from series.extract.hearsay import is_value, rumoured
from series.extract.sentences import Sentence
from series.extract.tokens import Token

REST = ("其他", "其余", "其它")
NEAR = 3  # characters between a figure and what is said of it


def without_claim(sentence: Sentence, lower: str) -> set[int]:
    """Return the indices of the figures that the sentence does not give for true."""
    if not any(is_value(token) for token in sentence.tokens):
        return set()
    parts = guards.clauses(sentence, lower)
    spans = [
        *_denied(sentence, parts, lower),
        *_denied_after(sentence, parts, lower),
        *rumoured(sentence, parts, lower),
        *_supposed(sentence, parts, lower),
        *_expected(sentence, parts, lower),
        *_put_right(sentence, parts, lower),
        *_replaced(sentence, lower),
        *_first_estimate(sentence, lower),
        *_without(sentence, parts, lower),
    ]
    return {
        index
        for index, token in enumerate(sentence.tokens)
        if is_value(token) and any(start <= token.start < end for start, end in spans)
    }


def _denied(sentence: Sentence, parts: Sequence[Clause], lower: str) -> Iterator[tuple[int, int]]:
    """Yield what is denied ("did not fall 5%"); "did not exceed" is a hedge and no denial."""
    if not guards.anywhere("denied", lower, sentence):
        return
    for clause in parts:
        for match in guards.found("denied", lower, clause.start, clause.end):
            if not _hedged(sentence, match.start()):
                yield match.end(), clause.end


def _denied_after(sentence: Sentence, parts: Sequence[Clause], lower: str) -> Iterator[tuple[int, int]]:
    """Yield what a later word denies ("…下降5%,商务部予以否认"): from the clause on that has a figure last."""
    if not guards.anywhere("denied_after", lower, sentence):
        return
    for statement in guards.statements(parts):
        for at, clause in enumerate(statement):
            for match in guards.found("denied_after", lower, clause.start, clause.end):
                starts = [one.start for one in statement[: at + 1]]
                values = [token.start for token in sentence.tokens if is_value(token) and token.start < match.start()]
                yield (
                    max((start for start in starts if values and start <= values[-1]), default=starts[0]),
                    match.start(),
                )


def _supposed(sentence: Sentence, parts: Sequence[Clause], lower: str) -> Iterator[tuple[int, int]]:
    """Yield what is said under a condition that need not hold ("If it had grown 15%, … would have …")."""
    for statement in guards.statements(parts):
        for clause in statement:
            matches = guards.found("supposed", lower, clause.start, clause.end)
            if matches and not _measuring(sentence, clause, matches[0].start()):
                yield clause.start, statement[-1].end
            if guards.found("unreal", lower, clause.start, clause.end):
                yield clause.start, clause.end


def _expected(sentence: Sentence, parts: Sequence[Clause], lower: str) -> Iterator[tuple[int, int]]:
    """Yield what was only expected, before or after the words that say so."""
    for clause in parts if guards.anywhere("expected", lower, sentence) else ():
        for match in guards.found("expected", lower, clause.start, clause.end):
            yield match.end(), clause.end
    for match in guards.found("expected_after", lower, sentence.start, sentence.end):
        near = [token for token in sentence.tokens if token.end <= match.start() <= token.end + NEAR]
        if near and is_value(near[-1]):
            yield near[-1].start, near[-1].end


def _put_right(sentence: Sentence, parts: Sequence[Clause], lower: str) -> Iterator[tuple[int, int]]:
    """Yield figures that the sentence itself replaces: misprints, and values before a revision."""
    for statement in guards.statements(parts):
        start, end = statement[0].start, statement[-1].end
        for match in guards.found("misstated", lower, start, end):
            clause = guards.clause_at(parts, match.start())
            opens = match.start() < start + NEAR and "contrary" not in match[0]
            yield match.end(), end if opens else clause.end
        for match in guards.found("revised", lower, start, end):
            yield from _before_revision(sentence, lower, match.end(), end)


def _replaced(sentence: Sentence, lower: str) -> Iterator[tuple[int, int]]:
    """Yield a misprint that the next figure takes the place of ("15139亿美元应为1513.9亿美元")."""
    for match in guards.found("replaced", lower, sentence.start, sentence.end):
        near = (token for token in sentence.tokens if token.end <= match.start() <= token.end + NEAR)
        yield from ((token.start, token.end) for token in near if is_value(token))


def _first_estimate(sentence: Sentence, lower: str) -> Iterator[tuple[int, int]]:
    """Yield a first estimate where a final figure follows it ("初步核算为…,最终核实为…")."""
    final = [match.start() for match in guards.found("final", lower, sentence.start, sentence.end)]
    for match in guards.found("preliminary", lower, sentence.start, sentence.end):
        later = [start for start in final if start > match.end()]
        if later:
            yield match.end(), later[0]


def _before_revision(sentence: Sentence, lower: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the figure that a revision set out from ("revised … from $137.2 billion to $136.85 billion")."""
    for at, token in enumerate(sentence.tokens):
        if at and is_value(token) and start <= token.start < end:
            opener = sentence.tokens[at - 1]
            if opener.word(lower) in ("from", "由", "从") or opener.end == start or token.start == start:
                yield token.start, token.end
            return


def _without(sentence: Sentence, parts: Sequence[Clause], lower: str) -> Iterator[tuple[int, int]]:
    """Yield figures of what is left when something is taken out ("Excluding Hong Kong, …")."""
    if not guards.anywhere("excluded", lower, sentence):
        return
    for statement in guards.statements(parts):
        for at, clause in enumerate(statement):
            for match in guards.found("excluded", lower, clause.start, clause.end):
                if not any(_names(token) and match.start() <= token.start < clause.end for token in sentence.tokens):
                    continue
                rest = lower[clause.end : statement[-1].end]
                if (
                    match[0][-1] == "外"
                    and not any(word in rest for word in REST)
                    and any(
                        _names(token) and clause.end <= token.start < statement[-1].end and token.kind != "scope"
                        for token in sentence.tokens
                    )
                ):
                    continue  # "除美国外,欧盟、日本…"
                opens = not lower[clause.start : match.start()].strip(" 若如果")
                if lower[clause.start - 1 : clause.start] == "(":
                    yield _beside_bracket(sentence, statement, at)
                else:
                    yield match.start(), statement[-1].end if opens else clause.end


def _beside_bracket(sentence: Sentence, statement: Sequence[Clause], at: int) -> tuple[int, int]:
    """Return what a bracket is about: the figure right before it, else the clause after it."""
    figures = [token for token in sentence.tokens if is_value(token) and token.end <= statement[at].start]
    if at and figures and figures[-1].start >= statement[at - 1].start:
        return figures[-1].start, statement[at].end
    following = statement[min(at + 1, len(statement) - 1)]
    return statement[at].start, following.end


def _measuring(sentence: Sentence, clause: Clause, at: int) -> bool:
    """Whether a condition only says in what a value is measured ("if measured in yuan")."""
    return any(token.kind == "basis" and at < token.start < clause.end for token in sentence.tokens)


def _hedged(sentence: Sentence, at: int) -> bool:
    return any(token.kind == "hedge" and token.start <= at < token.end for token in sentence.tokens)


def _names(token: Token) -> bool:
    return token.kind.startswith("part_") or token.kind in ("province", "city", "scope")
