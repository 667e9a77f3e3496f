"""From bytes to text: which encoding was it?"""

from __future__ import annotations

import codecs
import re

from series.errors import InputError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FAMILIES = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "big5": "cp950",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "cp950",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "windows-1252": "cp1252",
    "us-ascii": "cp1252",
}
DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,8}=\s{0,8}["']?\s{0,8}([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
SAMPLE = 200_000
# Characters that carry a good part of any Chinese news text, in both scripts; a wrong decoding rarely yields them.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相"
    "全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象"
    "员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处"
    "美元亿万億萬服務务外包合同額额執执商離离岸增長长業业國與報"
)
BROKEN = re.compile(r"[\ufffd\x00-\x08\x0b\x0e-\x1f\x7f\ue000-\uf8ff]")
NARROW = {
    bytes([byte]).decode("cp1252" if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "latin-1"): bytes([byte])
    for byte in range(128, 256)
}
ESCAPES = {"hz": re.compile(rb"~\{[!-~]"), "utf-7": re.compile(rb"\+[A-Za-z0-9/]{3,}")}
UNLIKELY = 0.25  # share of common characters below which a text in another script is not Chinese
MOST_STRANGE = 0.2  # share of other than plain letters that no text in Latin script has
SHORTEST = 20  # characters that tell how a text was encoded
FEWEST_ZEROS = 0.05
HALF = 0.5  # share of common characters in a text that reads well
MOST_BROKEN = 0.05  # share of a text that may be unreadable before the whole is refused


def decode(data: bytes, name: str = "input") -> tuple[str, str]:
    """Return the text and the encoding that it was in.

    A byte-order mark decides; then UTF-16 by its zeros; then strict UTF-8, encoded twice or not; then what the
    document declares about itself, if that reads well; then whichever of GB18030, Big5 and Windows-1252 reads best.

    Raises:
        InputError: if no encoding yields a readable text.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding.removesuffix("-sig")
    wide = _wide(data[:SAMPLE])
    if wide:
        return _checked(data.decode(wide, errors="replace"), name), wide
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass  # not UTF-8: the trials below decide
    else:
        return _twice(text) or _escaped(data) or (_checked(text, name), "utf-8")
    declared = DECLARED.search(data[:4096])
    wanted = FAMILIES.get(declared[1].decode("ascii").lower()) if declared else None
    trials = ["gb18030", "cp950", "utf-8", "cp1252"]
    if wanted:
        trials = [wanted, *[trial for trial in trials if trial != wanted]]
    scores = {trial: _score(data[:SAMPLE], trial) + (0.02 if trial == wanted else 0) for trial in trials}
    best = max(trials, key=lambda trial: scores[trial])
    text = data.decode(best, errors="replace")
    beyond = sum(character > "\x7f" for character in text[:SAMPLE])
    if scores[best] < UNLIKELY and beyond > MOST_STRANGE * len(text[:SAMPLE]):
        raise _unreadable(name)
    return _checked(text, name), best


def _wide(sample: bytes) -> str | None:
    """Return the UTF-16 that a text without a byte-order mark is in: its digits and commas have a zero on one side."""
    pairs = len(sample) // 2
    zeros = {"utf-16-be": sample[0::2].count(0), "utf-16-le": sample[1::2].count(0)}
    encoding = max(zeros, key=lambda name: zeros[name])
    if pairs < SHORTEST or zeros[encoding] < pairs * FEWEST_ZEROS or min(zeros.values()) > zeros[encoding] / 20:
        return None
    text = sample[: 2 * pairs].decode(encoding, errors="replace")
    readable = sum(character in COMMON or " " <= character <= "~" or character in "\r\n\t" for character in text)
    return encoding if readable > len(text) / 2 else None


def _escaped(data: bytes) -> tuple[str, str] | None:
    """Return a Chinese text that was written in ASCII alone, as HZ or UTF-7."""
    for encoding, sign in ESCAPES.items():
        if not data.isascii() or not sign.search(data):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        beyond = [character for character in text[:SAMPLE] if character > "\x7f"]
        if len(beyond) >= SHORTEST // 2 and sum(character in COMMON for character in beyond) > HALF * len(beyond):
            return text, encoding
    return None


def _twice(text: str) -> tuple[str, str] | None:
    """Return a text that was taken for Windows-1252 and encoded again ("æœåŠ¡å¤–åŒ…") as it was before."""
    beyond = [character for character in text[:SAMPLE] if character > "\x7f"]
    narrow = sum(character in NARROW for character in beyond)
    if len(beyond) < SHORTEST or narrow < 0.95 * len(beyond):
        return None
    data = b"".join(NARROW.get(character) or character.encode("ascii", "replace") for character in text)
    scores = {encoding: _score(data[:SAMPLE], encoding) for encoding in ("utf-8", "gb18030", "cp950")}
    best = max(scores, key=lambda encoding: scores[encoding])
    return (data.decode(best, errors="replace"), f"{best} twice") if scores[best] > HALF else None


def _score(data: bytes, encoding: str) -> float:
    """Share of common characters, less what could not be read."""
    text = data.decode(encoding, errors="replace")
    beyond = [character for character in text if character > "\x7f"]
    if not beyond:
        return 0.0
    common = sum(character in COMMON for character in beyond)
    broken = len(BROKEN.findall(text))
    return (common - 4 * broken) / len(beyond)


def _checked(text: str, name: str) -> str:
    sample = text[:SAMPLE]
    if len(BROKEN.findall(sample)) > MOST_BROKEN * len(sample):
        raise _unreadable(name)
    return text


def _unreadable(name: str) -> InputError:
    return InputError(
        f"{name} is not readable as text in UTF-8, GB18030 or Big5; give a text, HTML or PDF file, "
        "or convert it to UTF-8 first"
    )
