"""Letter: a report in short as a mail: plain text, and HTML with its leading chart as a picture inside.

It is written into the run, so that a mail that was refused is sent later as it would have been at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from reports import brief
from reports.filling import fill
from reports.page import LANGUAGES, TAGS, Chart, Page, Tiles
from reports.voice import Voice

FOLDER = "mail"
TEXT, HTML, PICTURE = "brief.txt", "brief.html", "chart.png"
CID = "chart@outsourcing-forecast"


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says: as plain text, as HTML, and the pictures that the HTML shows; empty where there is none.

    `picture` is the one of the first language, `others` are those of the languages after it.
    """

    text: str
    html: str = ""
    picture: bytes = b""
    others: tuple[bytes, ...] = ()

    def into(self, message: EmailMessage) -> None:
        """Put the letter into a message, ahead of whatever is attached to it."""
        message.set_content(self.text)
        if not self.html:
            return
        message.add_alternative(self.html, subtype="html")
        body = message.get_body(("html",))
        assert isinstance(body, EmailMessage)  # noqa: S101 - it was added the line above
        for index, picture in enumerate((self.picture, *self.others)):
            if picture:
                cid = f"<{_cid(index)}>"
                body.add_related(picture, maintype="image", subtype="png", cid=cid, filename=_name(index))


def compose(page: Page, *voices: Voice) -> Letter:
    """Return the letter of a page in every language asked for, one below the other.

    Each has title, standfirst, key figures, the first chart, and the finding of the others.
    """
    told = [_told(page, voice, _cid(index)) for index, voice in enumerate(voices)]
    first, *others = (picture for _, picture in told)
    language = TAGS[voices[0].language]
    body = fill("mail", language=language, title=voices[0].say(page.title), parts=[content for content, _ in told])
    text = "\n\n".join(brief.render(page, voice) for voice in voices)
    return Letter(text, f"{body}\n", first, tuple(others))


def _told(page: Page, voice: Voice, cid: str) -> tuple[dict[str, Any], bytes]:
    """Return what the HTML of one language holds, and its picture."""
    from reports import pdf

    charts = [(section.heading, one) for section in page.sections for one in section.blocks if isinstance(one, Chart)]
    tiles = [
        tile
        for section in page.sections
        for block in section.blocks
        if isinstance(block, Tiles)
        for tile in block.tiles
    ]
    content: dict[str, Any] = {
        "language": TAGS[voice.language],
        "kicker": voice.say(page.kicker),
        "title": voice.say(page.title),
        "standfirst": [voice.say(text) for text in page.standfirst],
        "tiles": [(voice.say(tile.label), voice.quantity(tile.figure), voice.say(tile.note)) for tile in tiles],
        "chart": None,
        "findings": [
            f"{voice.say(heading)}{voice.mark('colon')}{voice.say(chart.finding)}" for heading, chart in charts[1:]
        ],
        "evidence": voice.evidence(page.as_of),
    }
    if not charts:
        return content, b""
    first = charts[0][1]
    content["chart"] = {
        "source": f"cid:{cid}",
        "finding": voice.say(first.finding),
        "alt": voice.say(first.description),
        "note": voice.say(first.note),
    }
    return content, pdf.picture(first, voice)


def write(folder: Path, letter: Letter) -> None:
    """Keep a letter in the folder of its run."""
    place = folder / FOLDER
    place.mkdir()
    (place / TEXT).write_text(letter.text, encoding="utf-8")
    (place / HTML).write_text(letter.html, encoding="utf-8")
    for index, picture in enumerate((letter.picture, *letter.others)):
        if picture:
            (place / _name(index)).write_bytes(picture)


def read(folder: Path) -> Letter | None:
    """Return the letter of a run, or None where none was written."""
    place = folder / FOLDER
    if not (place / TEXT).is_file():
        return None
    names = [_name(index) for index in range(len(LANGUAGES))]
    first, *others = (path.read_bytes() if (path := place / name).is_file() else b"" for name in names)
    return Letter(
        (place / TEXT).read_text(encoding="utf-8"),
        (place / HTML).read_text(encoding="utf-8"),
        first,
        tuple(one for one in others if one),
    )


def _cid(index: int) -> str:
    """Return what the HTML calls the picture of a language, in the order of the languages."""
    return f"{index + 1}.{CID}" if index else CID


def _name(index: int) -> str:
    """Return the name of the file of that picture."""
    return f"chart.{index + 1}.png" if index else PICTURE
