"""Other countries' outsourcing, and other money in outsourcing: what looks like a subject of ours and is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from series.extract import guards
from series.extract.tokens import Token

TRADES = re.compile(
    r"(?:'s?|’s?|的)? ?(?:own |domestic |local |booming |huge )?"
    r"(?:it |service |services |business process |software |it-)?"
    r"(?:outsourcing|bpo|bpm|(?:contact|call) cent(?:er|re)|back[- ]office)(?: service)?s? "
    r"(?:industry|sector|market|firms|companies|vendors|exports|revenues?|earnings|business|providers)"
    r"|的?(?:服务|软件|it|业务流程)?外包(?:服务)?"
    r"(?:产业|行业|业(?!务)|企业|公司|出口|收入|市场规模|市场(?=\d|达|约|为|增|总))"
)
EARNED = re.compile(
    r"(?:bpo|bpm|outsourcing|contact center|call center)(?: service)?s? (?:export |services )?"
    r"(?:earnings|exports|revenues?|industry|sector|receipts) (?:of|in|from) (?:the )?$"
)
FROM = ("from ", "来自", "承接", "承接来自", "对")
INTO = frozenset(
    ("in", "to", "on", "into", "for", "from", "at", "by", "paid by", "the", "of", "china's", "by", "the country's")
)
BETWEEN = frozenset(("filler", "whole", "tie", "figure"))
APART = frozenset(("and", "with", "was", "were"))


def is_abroad(tokens: Sequence[Token], at: int, lower: str) -> bool:
    """Whether a country is where outsourcing is done, not where it comes from ("The Philippines' … industry")."""
    token = tokens[at]
    if TRADES.match(lower, token.end):
        return not lower[max(0, token.start - 5) : token.start].endswith(FROM)
    if EARNED.search(lower, max(0, token.start - 60), token.start):
        return True
    before = [one for one in tokens[max(0, at - 3) : at] if one.word(lower) != "the"]
    if len(before) < 2 or before[-2].kind != "topic" or lower[before[-2].end : before[-1].start].strip():
        return False
    link, name = before[-1].word(lower), before[-2].word(lower)
    return link == "in" or (link == "of" and name.endswith(("industry", "sector")))


def is_field(tokens: Sequence[Token], at: int, lower: str) -> bool:
    """Whether outsourcing is only where something else was spent ("Foreign investment in the … industry")."""
    if not at or tokens[at - 1].word(lower) not in INTO:
        return False
    for back in range(at - 1, max(-1, at - 6), -1):
        token = tokens[back]
        if lower[token.end : tokens[back + 1].start].strip() not in ("", "listed", "major", "large", "leading"):
            return False
        if token.kind in ("stop", "count"):
            return token.kind == "count" or token.word(lower) in guards.listed("spent")
        if token.kind not in BETWEEN or token.word(lower) in APART:
            return False
    return False
