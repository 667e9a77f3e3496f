"""Documents: reports as files, written all or none."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from forecast.errors import InputError, near
from reports import brief, docket, evidence, html, markdown, outlook, scorecard, voice
from reports.inputs import Inputs
from reports.page import LANGUAGES, Language, Page
from reports.voice import Voice

REPORTS: dict[str, Callable[[Inputs], Page]] = {
    "outlook": outlook.page,
    "claims": docket.page,
    "evidence": evidence.page,
    "scorecard": scorecard.page,
}
Asked = tuple[tuple[str, ...], tuple[Language, ...], tuple[str, ...]]
"""Reports, languages and formats of one build."""
UNMARKED = "en"
"""The language whose files carry no mark."""
FORMATS = ("html", "pdf", "xlsx", "md")


def build(
    inputs: Inputs,
    folder: Path,
    names: Iterable[str] = ("outlook",),
    languages: Iterable[Language] = ("en",),
    formats: Iterable[str] = ("html", "md"),
) -> tuple[Path, ...]:
    """Write the reports `names` into `folder` and return the files, in the order they were asked for.

    A name depends on the report, the language and the format only: one language's build leaves another's alone, and
    links between them hold. The English outlook is `index.html`, so that a reader who opens the folder finds it.

    Raises:
        InputError: if a report, a language or a format is unknown; nothing is written then.
    """
    names, languages, formats = tuple(names), tuple(languages), tuple(formats)
    check(names, languages, formats)
    written: dict[str, bytes] = {}
    for name in names:
        page = REPORTS[name](inputs)
        for language in languages:
            for form in formats:
                content = _render(page, language, form, (names, languages, formats))
                written[file_name(name, language, form)] = content
    return _write(folder, written)


def check(names: Iterable[str], languages: Iterable[str], formats: Iterable[str]) -> None:
    """Make sure that every report, language and format asked for exists.

    Raises:
        InputError: naming the first that does not, and the nearest that does.
    """
    for given, known, noun in (
        (names, REPORTS, "report"),
        (languages, LANGUAGES, "language"),
        (formats, FORMATS, "format"),
    ):
        for name in given:
            if name not in known:
                raise InputError(f"{noun} '{name}' is unknown.{near(name, known)} Known: {', '.join(known)}")


def files(names: Iterable[str], languages: Iterable[str], formats: Iterable[str]) -> list[str]:
    """Return the names of the files that a build writes, in the order they are asked for."""
    return [file_name(*one) for one in itertools.product(names, languages, formats)]


def file_name(name: str, language: str, form: str) -> str:
    """Return the name of a document: English goes without a mark, the outlook page is the index."""
    stem = "index" if (name, form) == ("outlook", "html") else name
    return f"{stem}.{form}" if language == UNMARKED else f"{stem}.{language}.{form}"


def summary(inputs: Inputs, name: str = "outlook", language: Language = "en", width: int = brief.WIDTH) -> str:
    """Return a report in a few lines for the terminal."""
    return brief.render(REPORTS[name](inputs), voice.of(language), width)


def _render(page: Page, language: Language, form: str, asked: Asked) -> bytes:
    speaker = voice.of(language)
    if form == "md":
        return markdown.render(page, speaker).encode()
    if form == "pdf":
        from reports import pdf

        return pdf.render(page, speaker)
    if form == "xlsx":
        from reports import workbook

        return workbook.render(page, speaker)
    return html.render(page, speaker, _elsewhere(page, speaker, asked)).encode()


def _elsewhere(page: Page, speaker: Voice, asked: Asked) -> list[html.Link]:
    """Return the ways from a page to the other reports, to its other formats and to its other language."""
    names, languages, formats = asked
    links = [
        html.Link(speaker.template(f"report.{name}"), file_name(name, speaker.language, "html"), None)
        for name in names
        if name != page.name
    ]
    links += [
        html.Link(speaker.template(f"format.{form}"), file_name(page.name, speaker.language, form), None)
        for form in formats
        if form in ("pdf", "xlsx")
    ]
    return links + [
        html.Link(voice.of(other).template("page.language"), file_name(page.name, other, "html"), other)
        for other in languages
        if other != speaker.language
    ]


def _write(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write all files beside, make sure that they have reached the disk, and only then rename them."""
    folder.mkdir(parents=True, exist_ok=True)
    drafts = {folder / name: folder / f".{name}.{os.getpid()}" for name in contents}
    try:
        for (path, draft), content in zip(drafts.items(), contents.values(), strict=True):
            try:
                with draft.open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError as error:  # a full disk does not say where
                raise OSError(error.errno, error.strerror or str(error), str(path)) from error
        for path, draft in drafts.items():
            draft.replace(path)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
    return tuple(drafts)
