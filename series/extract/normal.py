"""The normal text that the grammar reads: one writing, damage mended, one line a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right

from series.extract.mapped import Mapped
from series.extract.scripts import table

HAN = "\u3400-\u9fff"
VOWELS = "aāáǎàeēéěèêiīíǐìoōóǒòuūúǔùüǖǘǚǜv"
# Readings put in brackets after a character ("執(zhí)行"): a damage of some converters.
READING = re.compile(
    rf"(?<=[{HAN}])\s{{0,2}}\((?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[{VOWELS}]{{1,3}}(?:ng|n|r)?\)", re.IGNORECASE
)
FURNITURE = re.compile(
    r"^[ \t\u3000]{0,40}(?:-{1,3}\s{0,3}\d{1,4}\s{0,3}-{1,3}|第\s{0,3}\d{1,4}\s{0,3}页.{0,20}"
    r"|\d{1,3}\s{0,2}/\s{0,2}\d{1,3}"
    r"|[Pp]age\s{1,3}\d{1,4}.{0,12}|[ivx]{1,6}|\d{1,3})[ \t\u3000]{0,40}$",
    re.MULTILINE,
)
LINE = "[ \\t]{0,4}\\n[ \\t\u3000]{0,4}"
SPLIT_NUMBER = re.compile(rf"(?<=\d){LINE}(?=[.．]\d)|(?<=\d[.．]){LINE}(?=\d{{1,4}} ?[万亿%％])")  # "1801.⏎4 亿元"
SPACES = re.compile(r"[\s\u3000\xa0]+")
FINAL = "。!?;:！？；：.…"
COLUMN = 4  # lines that make a column
WINDOW = 6  # lines on either side that tell how wide a text is set


def normalised(mapped: Mapped) -> Mapped:
    """Return the text in one writing, spans kept: widths and scripts, readings, page furniture, line breaks."""
    if "\r\n" in mapped.text:
        mapped = mapped.edit((found.start(), found.start() + 1, "") for found in re.finditer("\r\n", mapped.text))
    translation = table(mapped.text)
    drops = {chr(code) for code, plain in translation.items() if plain is None}
    if drops:
        pattern = re.compile("[" + re.escape("".join(sorted(drops))) + "]+")
        mapped = mapped.edit((found.start(), found.end(), "") for found in pattern.finditer(mapped.text))
    mapped = mapped.translate({code: plain for code, plain in translation.items() if plain is not None})
    mapped = mapped.edit((found.start(), found.end(), "") for found in READING.finditer(mapped.text))
    mapped = mapped.edit((found.start(), found.end(), "") for found in FURNITURE.finditer(mapped.text))
    mapped = mapped.edit((found.start(), found.end(), "") for found in SPLIT_NUMBER.finditer(mapped.text))
    return mapped.edit(_spaces(mapped.text))


def _spaces(text: str) -> list[tuple[int, int, str]]:
    """Decide for each run of white space whether it parts paragraphs, parts words, or stands inside a word."""
    chinese = len(re.findall(f"[{HAN}]", text)) * 5 > len(text)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    wide = "\x20" if chinese else "\x7f"
    widths = [_width(text[a:b].strip(), wide) for a, b in zip(starts, [*starts[1:], len(text) + 1], strict=True)]
    edits = []
    for found in SPACES.finditer(text):
        start, end = found.span()
        run = found[0]
        before, after = text[start - 1 : start], text[end : end + 1]
        if "\n" in run or "\f" in run:
            line = bisect_right(starts, start) - 1
            kind = _break(run, before, after, widths, line, chinese=chinese)
        else:
            kind = "" if _inside(before) or _inside(after) else " "
        if kind != run:
            edits.append((start, end, kind))
    return edits


def _break(run: str, before: str, after: str, widths: list[int], line: int, *, chinese: bool) -> str:
    """Say what a run of white space with a line break in it stands for: nothing, a space or a new paragraph."""
    joined = "" if _inside(before) or _inside(after) or chinese or (before == "," and after.isdigit()) else " "
    if not before or not after or before in FINAL:
        return "\n"
    blank = run.count("\n") > 1
    indented = len(run) - run.rfind("\n") > 2
    if indented:
        return "\n"
    if before in ",、" or (after.islower() and after.isascii() and not blank):
        return joined
    lines = [width for width in widths[max(0, line - WINDOW) : line + WINDOW + 1] if width]
    near = sorted(lines)
    usual = near[3 * len(near) // 4]
    full = (widths[line] >= 24 or _narrow(lines, usual)) and widths[line] >= 0.78 * usual
    return joined if full and (not blank or chinese) else "\n"


def _narrow(lines: list[int], usual: int) -> bool:
    """Whether lines are so alike that the text is set in a narrow column, not a list or a table of short entries."""
    alike = sum(0.78 * usual <= width <= 1.15 * usual for width in lines[:-1])
    return len(lines) >= COLUMN and usual >= 10 and alike >= len(lines) - 2


def _width(line: str, wide: str) -> int:
    """Columns that a line takes up: two for a Chinese character or a mark that stood for one."""
    return len(line) + sum(character > "\u2e80" or (character > wide and not character.isalnum()) for character in line)


def _inside(character: str) -> bool:
    """Whether a space beside this character parts no words."""
    return "\u3000" <= character <= "\u9fff"
