"""One writing for all: full-width forms, quotation marks, and traditional characters, each one for one."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

DASHES = "‐‑‒–—―−－﹣─━"
TILDES = "～〜∼"
DROPPED = '"“”„‟「」『』《》〈〉〝〞＂'
STOPS = {"﹪": "%", "٪": "%", "．": ".", "﹒": ".", "·": "·", "，": ",", "：": ":", "；": ";", "、": "、", "｡": "。"}


@cache
def _traditional() -> dict[str, str]:
    """Traditional to simplified, for the characters that the grammar's words are written with."""
    rows = files("series.extract").joinpath("characters.txt").read_text("utf-8").split()
    return {traditional: row[0] for row in rows for traditional in row[1:]}


def table(text: str) -> dict[int, int | None]:
    """Return the translation of the characters that `text` uses; None marks one to be dropped."""
    traditional = _traditional()
    translation: dict[int, int | None] = {}
    for character in set(text):
        plain = _plain(character)
        plain = traditional.get(plain, plain)
        if plain != character:
            translation[ord(character)] = ord(plain) if plain else None
    return translation


def _plain(character: str) -> str:
    if character in "\n\t ":
        return character
    if character < "\x7f":
        return "" if character == '"' or (character < " " and character not in "\r\f\v") else character
    if character in DASHES:
        return "-"
    if character in TILDES:
        return "~"
    if character in DROPPED:
        return ""
    if character in STOPS:
        return STOPS[character]
    if unicodedata.category(character) in ("Cc", "Cf", "Mn", "Cs", "Co", "Cn"):
        return ""
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if len(compatible) == 1 else character
