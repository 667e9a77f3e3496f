"""Owners: outsourcing that is named like a country's own, and not like what China does for it."""

from __future__ import annotations

import re

from forecast.claims.hearing.clauses import clause
from forecast.claims.hearing.clues import Clues
from series.extract.tokens import Token

COUNTRIES = (
    "india|the philippines|vietnam|malaysia|indonesia|thailand|pakistan|bangladesh|sri lanka|singapore|japan|korea"
    "|america|the united states|the us|canada|mexico|brazil|colombia|the united kingdom|the uk|britain|ireland|france"
    "|germany|spain|portugal|poland|romania|bulgaria|ukraine|russia|turkey|egypt|morocco|kenya|nigeria|south africa"
    "|europe|asia|africa|latin america|north america|australia"
)
PEOPLES = (
    "indian|philippine|filipino|vietnamese|malaysian|indonesian|thai|pakistani|bangladeshi|sri lankan|singaporean"
    "|japanese|korean|american|us|u\\.s\\.|canadian|mexican|brazilian|colombian|british|uk|irish|french|german|spanish"
    "|portuguese|polish|romanian|bulgarian|ukrainian|russian|turkish|egyptian|moroccan|kenyan|nigerian|african"
    "|european|eu|asian|asia-pacific|latin american|north american|australian"
)
NAMES = (
    "印度|菲律宾|越南|马来西亚|印尼|印度尼西亚|泰国|巴基斯坦|孟加拉国|斯里兰卡|新加坡|日本|韩国|美国|加拿大|墨西哥|巴西"
    "|英国|爱尔兰|法国|德国|西班牙|葡萄牙|波兰|罗马尼亚|乌克兰|俄罗斯|土耳其|埃及|南非|肯尼亚|欧洲|欧盟|北美|拉美|非洲|澳大利亚"
)
OWNED = re.compile(
    rf"(?<![a-z])(?:(?:{COUNTRIES})'s|{PEOPLES}) (?:offshore |onshore |services? |it |business process "
    r"|knowledge process )*(?:outsourcing|bpo|kpo|ito)\b"
    rf"|(?:{NAMES})的?(?:离岸|在岸)?(?:服务|软件|业务流程|信息技术|知识流程)?(?:外包|[bki][pt]o)"
)
OURS = re.compile(  # words by which the business is China's
    r"\bchina\b|\bchinese\b|中国|我国|全国|承接|接包|发包|来自|\bundert|\b(?:from|for) (?:the )?$"
)
SHARES = ("share", "points", "ranking")
WANTED = "whose '{}' is: China's business from there (say 'from' it, or 承接), or its own, which no series is of"


def owner(clues: Clues, figure: Token, kind: str) -> str:
    """Return what is missing of a claim on what may be another country's own outsourcing, or nothing.

    A share is of a whole that is named: "Japan's share of offshore outsourcing".
    """
    if kind in SHARES or OURS.search(clues.lower):
        return ""
    found = OWNED.search(clues.lower, clause(clues, figure)[0], figure.end)
    return WANTED.format(found.group()) if found else ""
