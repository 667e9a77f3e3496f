"""Hearsay: figures that a text only repeats as a rumour, or that its next sentence denies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from series.extract import guards
from series.extract.guards import Clause
from series.extract.sentences import Sentence
from series.extract.tokens import Token

NAMING = frozenset(("scope", "measure", "topic"))
TRUTH = re.compile(r"实际|其实|真实|事实|(?<![a-z])(?:in fact|actual|actually|really|the truth|in truth)(?![a-z])")
SAID = re.compile(
    r"报道|报称|媒体|消息|流传|网上|网络|传|称|说|声音|观点|有人"
    r"|(?<![a-z])(?:report(?:s|ed|edly)?|claim(?:s|ed)?|rumou?rs?|said|says|saying|wrote|posts?|blog|newspapers?|media)"
    r"(?![a-z])"
)
POINTING = re.compile(
    r"(?:该|此|这一?|上述|前述|以上|有关|相关)(?:说法|消息|数字|数据|报道|信息|传言|传闻|内容|言论|结论|数|系|是)"
    r"|对此|辟谣"
    r"|(?<![a-z])(?:this|that|it|they|these|those"
    r"|(?:the|such|both) (?:claim|report|rumou?r|figure|number|statement|story|post|article|allegation|assertion)s?)"
    r"(?![a-z])"
)


def rumoured(sentence: Sentence, parts: Sequence[Clause], lower: str) -> Iterator[tuple[int, int]]:
    """Yield what is told as a rumour ("网传…下降8%"), with the clauses after it that only add figures to it."""
    if not guards.signalled("rumoured", lower, sentence.start, sentence.end):
        return
    for statement in guards.statements(parts):
        for at, clause in enumerate(statement):
            for match in guards.found("rumoured", lower, clause.start, clause.end):
                yield match.end(), _end_of_rumour(sentence, statement[at:], lower)


def denied_next(sentence: Sentence, following: Sentence | None, lower: str) -> bool:
    """Whether what a sentence repeats of others is denied by the next ("有媒体报道…。上述数字不实。")."""
    if following is None:
        return False
    first = next((token.start for token in following.tokens if is_value(token)), following.end)
    denials = guards.signalled("refuting", lower, following.start, first)
    if not denials or not SAID.search(lower, sentence.start, sentence.end):
        return False
    return POINTING.search(lower, following.start, denials[-1].end()) is not None


def is_value(token: Token) -> bool:
    """Whether a token is a figure that could be claimed."""
    return token.kind == "figure" and token.meaning.kind in ("money", "percent", "multiple", "number")


def _end_of_rumour(sentence: Sentence, clauses: Sequence[Clause], lower: str) -> int:
    end = clauses[0].end
    for clause in clauses[1:]:
        inside = [token for token in sentence.tokens if clause.start <= token.start < clause.end]
        named = any(token.kind in NAMING for token in inside)
        if (
            named
            or lower[clause.start - 1] == ":"
            or not any(map(is_value, inside))
            or TRUTH.search(lower, clause.start, clause.end)
        ):
            break
        end = clause.end
    return end
