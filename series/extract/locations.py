"""Names of places that say only where something happened, or who reported it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from series.extract import lexicon
from series.extract.tokens import Token

MUNICIPALITIES = ("beijing", "tianjin", "shanghai", "chongqing")
EVENTS = ("会", "峰会", "召开", "举", "电", "讯", "日电", " (xinhua", " -")
EVENT = re.compile(
    r"\b(?:held|hosted|convened|opened|opening|launched|inaugurated|said|says|told|speaking|spoke|heard"
    r"|announced?|released?|issued|given|presented|gathered|gathering"
    r"|published|unveiled|disclosed|addressing|conference|forum|summit|fair|expo|exposition|meeting|briefing|ceremony"
    r"|ministry|minister|officials?|spokes[a-z]+|reporters?|analysts?|headquarter[a-z]*|embassy"
    r"|(?:on|last|this) [a-z]{3,6}day)\b"
    r"|召开|举行|举办|主办|发布|公布|宣布|表示|表明|透露|介绍|获悉|了解到|通报|指出|称|说|开幕|闭幕|启动|落幕"
    r"|会议|论坛|大会|峰会|博览会|展会|出席|商务部|记者"
)
LOCAL = re.compile(
    r"\b(?:provincial|municipal|city's|province's|local|department of commerce|commerce (?:department|bureau))\b"
    r"|全省|全市|我省|我市|本市|本省|[省市](?:商务|统计)"
)
NATIONAL = re.compile(r"\b(?:china's|(?:the|our) (?:country|nation)(?:'s)?|nationwide|national)\b|全国|我国|中国")
TOWN = re.compile(r",? an? (?:[a-z]+ )?(?:city|town|county|district|hub|capital|port|prefecture) $")
LIES = re.compile(r"(?: province| city| municipality)?,? (?:of|in|from) (?:the )?")
NATION = re.compile(
    r"(?:china|the (?:country|nation)) as a whole|the (?:whole|entire) country|nation(?:wide|ally)(?![a-z])"
    r"|the whole of (?:china|the country)|(?:the )?national (?:figure|total|value|growth|rate|increase)(?![a-z])"
    r"|全国(?!首|第|排|领先|前列|各|平均|服务外包示范|之)"
)
CHINAS = re.compile(r"(?:(?:across|throughout|for|in) |china's (?:overall |grand )?)$")
OPENING = frozenset(("while", "whereas", "and", "but", "for", "而", "the", "with", "that of"))
OWN = frozenset(("scope", "measure", "topic", "whole", "amount"))
MAIN = r"(?:(?:north|south|east|west|central|northeast|northwest|southeast|southwest)(?:ern)? |coastal |inland )*"
LYING = re.compile(
    r"(?: city| municipality)?,?(?: \((?:in )?"
    r"| (?:(?:the|its) )?(?:provincial )?capitals?(?: city| cities)?(?: of| in)?"
    r"|,? an? (?:[a-z-]+ ){0,5}(?:city|town|county|hub|port|metropolis|base)(?: of| in)?| in| of| from)?"
    rf"(?: |(?<=\())(?:the )?{MAIN}(?:china(?:'s)? )?{MAIN}"
)
SOME_TOWN = re.compile(
    r"(?:,? (?:the )?(?:provincial )?capital(?: city)?"
    r"|,? an? (?:[a-z-]+ ){0,5}(?:city|town|county|hub|port|metropolis))"
    rf" (?:of|in) (?:the )?{MAIN}(?:china(?:'s)? )?{MAIN}$"
)
SOME_PLACE = re.compile(rf"(?:^|\n|[.-] )(?:[a-z]{{3,14}}), in (?:the )?{MAIN}china's {MAIN}$")
EXAMPLE = re.compile(
    r"(?:[、和及与][\u4e00-\u9fff]{2,5}){0,5}等(?:\d{1,3}|[一二三四五六七八九十]{1,3})个?(?:国家级?)?(?:服务外包)?示范城市"
)
SUCH_AS = re.compile(r"cities,? (?:including|such as|among them) (?:(?:the )?[a-z']{4,12}(?:,| and|, and) ){0,5}$")
MEETING = re.compile(
    r" (?:fair|forum|expo|exposition|summit|conference|exhibition|convention)(?![a-z])"
    r"|(?:(?!在)[\u4e00-\u9fff]){0,8}?(?:大会|会议|论坛|峰会|博览会|洽谈会|交易会|展览会)"
)
EVENT_OF = re.compile(
    r"(?: [a-z-]+){0,3} (?:fair|forum|expo|exposition|summit|conference|exhibition|convention|symposium|seminar)"
    r"(?![a-z])"
)
AT = frozenset(("在", "in", "at", "于"))
PLACES = frozenset(("province", "city"))
FAR = 120  # characters from a place within which an event is told
VALUES = frozenset(("money", "percent", "multiple"))
AGENCIES = re.compile(
    "卫星|通讯社|媒体|经济新闻|驻华|电视台|广播|文汇|大公|商报|经济日报|经济导报|明报|中通社|《|电台|东方"
    "| (?:daily|times|post|evening|morning|business news|securities|stock exchange)(?![a-z])"
)


def locative(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether a place is only where something happened or was reported from ("在青岛召开", "BEIJING, Nov. 16")."""
    if EVENT_OF.match(lower, tokens[index].end):
        return True  # "At the Dalian fair"
    if index and tokens[index - 1].word(lower) in AT:
        if lies_there(tokens, index, lower):
            return True
        grown = _grown_in(tokens, index - 1, lower) or _then_value(tokens, index, lower)
        return not grown and _of_event(tokens, index, lower)
    if _beside_place(tokens, index) and tokens[index - 3 : index - 2] and tokens[index - 3].word(lower) in AT:
        return locative(tokens, index - 2, lower)  # "in Wuhan, Hubei province"
    after = tokens[index + 1 : index + 3]
    if after and after[0].kind == "mark" and after[0].meaning == "," and lower[tokens[index].start] < "\u3000":
        after = after[1:]
    if after and after[0].kind == "span" and after[0].meaning.kind == "date":
        return True
    return lower.startswith(EVENTS, tokens[index].end)


def _beside_place(tokens: Sequence[Token], index: int) -> bool:
    """Whether a comma or a list ties a place to the place before it."""
    before = tokens[max(0, index - 2) : index]
    return (
        len(before) == 2
        and before[0].kind in PLACES
        and before[1].kind == "mark"
        and before[1].meaning in (",", "list")
    )


def lies_there(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether another place is said to lie in the one at `index` ("Dalian in Liaoning", "Huizhou, a port in …")."""
    if index < 2 or tokens[index - 1].word(lower) != "in":
        return False
    adjoining = lower[tokens[index - 2].end : tokens[index - 1].start].isspace() and tokens[index - 2].kind in PLACES
    return adjoining or TOWN.search(lower, max(0, tokens[index - 1].start - FAR), tokens[index - 1].start) is not None


def of_unknown(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether the place that lies in the one at `index` is one that the grammar does not have."""
    known = any(token.kind in PLACES for token in tokens[max(0, index - 5) : index])
    start = tokens[index].start
    town = SOME_TOWN.search(lower, max(0, start - FAR), start) or SOME_PLACE.search(lower, max(0, start - FAR), start)
    return not known and (lies_there(tokens, index, lower) or town is not None)


def is_example(token: Token, lower: str) -> bool:
    """Whether a place is only an example of the cities that figures are of ("在上海、北京等31个示范城市")."""
    start = token.start
    return EXAMPLE.match(lower, token.end) is not None or bool(SUCH_AS.search(lower, max(0, start - FAR), start))


def names_event(token: Token, lower: str) -> bool:
    """Whether a name is only that of an event ("at the big data expo")."""
    return MEETING.match(lower, token.end) is not None


def holds(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether a province is only where the city named before it lies ("Wuhan, capital of … Hubei Province")."""
    if tokens[index].kind != "province" or tokens[index].meaning in MUNICIPALITIES:
        return False
    listed = index > 1 and tokens[index - 1].kind == "mark" and tokens[index - 1].meaning == "list"
    if listed and tokens[index - 2].kind == "province":
        return holds(tokens, index - 2, lower)  # "Wuhan and Changsha, the capitals of Hubei and Hunan"
    city = next((token for token in reversed(tokens[max(0, index - 9) : index]) if token.kind in PLACES), None)
    if city is None or city.kind != "city":
        return False
    if lower[city.end : tokens[index].start] == "(" and lower.startswith(")", tokens[index].end):
        return True  # "武汉(湖北省)"
    found = LYING.fullmatch(lower, city.end, tokens[index].start)
    bare = found is not None and not lower[city.end : tokens[index].start].strip(" ,(")
    return found is not None and (
        not bare or lower.startswith(" province", tokens[index].end) or _closed(tokens, index)
    )


def _closed(tokens: Sequence[Token], index: int) -> bool:
    """Whether a comma and no other place stands after a province ("Suzhou, Jiangsu, had …")."""
    after = tokens[index + 1 : index + 3]
    commas = bool(after) and after[0].kind == "mark" and after[0].meaning == "," == tokens[index - 1].meaning
    return commas and len(after) > 1 and after[1].kind not in PLACES


def is_nation(tokens: Sequence[Token], index: int, lower: str, *, local: bool) -> bool:
    """Whether the whole country is what the next figures are of, not what a place is compared with or ranked in."""
    token, before = tokens[index], tokens[index - 1] if index else None
    opens = _begins(before, lower)
    word = token.word(lower)
    if opens and local and word == "china" and lower.startswith(":", token.end):
        return True
    if local and word.endswith("'s") and nations_own(tokens, index, lower):
        return True
    named = NATION.match(lower, token.start)
    if named and opens:
        return local or named[0].endswith(("whole", "country", "china"))
    said = CHINAS.search(lower, max(0, token.start - 24), token.start)
    start = said.start() if said else 0
    clause = said is not None and not lower[max(0, start - 1) : start].strip(" ,;.\n")
    return local and clause and word in ("china", "total")


def nations_own(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether a clause begins with what is the country's own ("China's offshore execution …", "the country's …")."""
    first = index - 1 if index and tokens[index - 1].word(lower) == "the" else index
    named = next((token for token in tokens[index + 1 : index + 4] if token.kind != "filler"), None)
    of_place = first > 1 and tokens[first - 2].kind in PLACES  # "Dalian, China's outsourcing capital, had …"
    return (
        named is not None
        and named.kind in OWN
        and not of_place
        and _begins(tokens[first - 1] if first else None, lower)
    )


def _begins(before: Token | None, lower: str) -> bool:
    """Whether a clause begins after the token."""
    return before is None or before.kind in ("mark", "span") or before.ties("same") or before.word(lower) in OPENING


def of_place(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether a part of the country only says where a place lies ("Jiangsu in east China", "east China's …")."""
    start, end = tokens[index].start, tokens[index].end
    before = next((token for token in reversed(tokens[:index]) if token.kind in PLACES), None)
    lies = before is not None and LIES.fullmatch(lower, before.end, start) is not None
    after = next((token for token in tokens[index + 1 : index + 4] if token.kind in PLACES), None)
    return lies or (after is not None and lower[end : after.start].strip() in ("'s", "’s", "的"))


def _of_event(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether something was held or said at a place ("在北京召开的发布会上", "In Beijing, the ministry said …")."""
    values = [at for at, token in enumerate(tokens) if token.kind == "figure" and token.meaning.kind in VALUES]
    first = max((tokens[at].end for at in values if at < index), default=tokens[0].start)
    last = min((tokens[at].start for at in values if at > index), default=tokens[-1].end)
    if LOCAL.search(lower, tokens[index].end, last):
        return False
    if NATIONAL.search(lower, tokens[index].end, last):
        return True
    return EVENT.search(lower, max(first, tokens[index].start - FAR), min(last, tokens[index].end + FAR)) is not None


def agency(token: Token, lower: str) -> bool:
    """Whether the name of a country is only that of a newspaper or an office ("俄罗斯卫星通讯社")."""
    return AGENCIES.match(lower, token.end) is not None or lower.startswith(("对日益", "对日常"), token.start)


def _grown_in(tokens: Sequence[Token], at: int, lower: str) -> bool:
    """Whether the "in" at `at` follows a value or what it did ("execution grew fastest in Chongqing")."""
    start = tokens[at].start
    for token in reversed(tokens[max(0, at - 4) : at]):
        if lower[token.end : start].strip():
            return False
        if token.kind != "filler":
            return token.kind in ("measure", "scope", "role") and token.word(lower) != "held"
        start = token.start
    return False


def _then_value(tokens: Sequence[Token], index: int, lower: str) -> bool:
    """Whether the value of a place follows it ("doubled in Hefei to $2.4 billion")."""
    after = [token for token in tokens[index + 1 : index + 4] if token.kind != "hedge"]
    return len(after) > 1 and after[0].word(lower) in ("to", "at", "by") and after[1].kind == "figure"


def is_own(name: str, level: str) -> bool:
    """Whether "our city" or "our province" can be the place that a text reports on."""
    known = lexicon.tables()
    if level == "city":
        return name in known["city"] or name in MUNICIPALITIES
    return level == "province" and name in known["province"] and name not in MUNICIPALITIES
