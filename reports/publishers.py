"""Publishers: who printed something, in Chinese too; a name that has none keeps its own letters."""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Mapping

_CHINESE = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff ]*")
_INNER = re.compile(r"\(([^()]*)\)")
_SPLIT = re.compile(r"[;/,] ")


@functools.cache
def _names() -> Mapping[str, Mapping[str, str]]:
    text = importlib.resources.files("reports").joinpath("publishers.toml").read_text("utf-8")
    return tomllib.loads(text)


def chinese(name: str) -> str:
    """Return the name of a publisher in Chinese: the one that it brings along, or one of `publishers.toml`.

    What stands in brackets is said part by part: whose news it is, who reposted it, whom it quotes.
    """
    known = _names()["name"]
    if name in known:
        return known[name]
    head = name.partition("(")[0].strip()
    parts = [one.strip() for inner in _INNER.findall(name) for one in _SPLIT.split(inner)]
    own = _CHINESE.search(head) or (_CHINESE.search(parts[0]) if parts else None)
    if own:
        parts = [one for one in parts if own[0].strip() not in one]
    shown = own[0].strip() if own else _said(head)
    return f"{shown}（{'；'.join(map(_said, parts))}）" if parts else shown


def titled(title: str) -> str:
    """Return the title of a document in Chinese, where it is not a title but words of ours for one."""
    return _names()["title"].get(title, title)


def _said(part: str) -> str:
    """Return one part of a name: a known name, or a known phrase around one."""
    known = _names()["name"]
    for phrase, form in _names()["phrase"].items():
        if part.startswith(phrase):
            inner = part.removeprefix(phrase).strip()
            return form.replace("{name}", known.get(inner, inner))
    return known.get(part, part)
