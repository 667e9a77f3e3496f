from __future__ import annotations

import dataclasses
import datetime as dt

import pypdfium2
import pytest

from forecast.errors import EvidenceError
from reports import documents, outlook, pdf, voice
from reports.inputs import Inputs
from reports.page import Block, Column, Day, Listing, Literally, Paragraph, Section, Table, words


def small(inputs: Inputs, text: str = "") -> outlook.Page:
    """A page with one chart, to be quick."""
    page = outlook.page(dataclasses.replace(inputs, series=inputs.series[:1], claims=()))
    extra = Section("extra", Literally("Extra", "其他"), (Paragraph(Literally(text, text)),))
    return dataclasses.replace(page, sections=(*page.sections, extra))


def words_of(document: bytes) -> str:
    found = pypdfium2.PdfDocument(document)
    return "\n".join(found[number].get_textpage().get_text_range() for number in range(len(found)))


def pages_of(document: bytes) -> list[str]:
    found = pypdfium2.PdfDocument(document)
    return ["".join(found[number].get_textpage().get_text_range().split()) for number in range(len(found))]


def laid(inputs: Inputs, *blocks: Block) -> list[str]:
    """Typeset these blocks alone and return the words of each page, without spaces."""
    page = dataclasses.replace(outlook.page(inputs), references=(), standfirst=())
    section = Section("only", Literally("Only", "其他"), blocks)
    return pages_of(pdf.render(dataclasses.replace(page, sections=(section,)), voice.of("en")))


def test_the_same_page_gives_the_same_tagged_document(inputs: Inputs) -> None:
    made = pdf.render(small(inputs), voice.of("en"))
    assert made == pdf.render(small(inputs), voice.of("en"))
    assert b"/StructTreeRoot" in made
    assert "USD 210 bn" in words_of(made).replace("\u00a0", " ")


def test_chinese_is_embedded_and_can_be_read_back(inputs: Inputs) -> None:
    made = pdf.render(small(inputs), voice.of("zh"))
    assert "离岸服务外包" in words_of(made)
    assert b"NotoSerifSC" in made


def test_a_glyph_that_no_face_has_stops_the_build(inputs: Inputs) -> None:
    with pytest.raises(EvidenceError, match="could not be displayed"):
        pdf.render(small(inputs, "\u0e01\u0e02"), voice.of("en"))


def test_source_text_is_never_markup(inputs: Inputs) -> None:
    text = "#panic() $x$ *bold* @ref <label> [[]] \\ // " + "长" * 10_000
    assert "#panic() $x$ *bold* @ref <label> [[]]" in words_of(pdf.render(small(inputs, text), voice.of("zh")))


@pytest.mark.parametrize("name", list(documents.REPORTS))
def test_every_report_can_be_typeset(changed: Inputs, name: str) -> None:
    assert pdf.render(documents.REPORTS[name](changed), voice.of("en")).startswith(b"%PDF")


def test_chinese_titles_are_as_heavy_as_the_digits_in_them(inputs: Inputs) -> None:
    page = pypdfium2.PdfDocument(pdf.render(small(inputs), voice.of("zh")))[0]
    text = page.get_textpage()
    modes = {
        text.get_text_bounded(*one.get_bounds()): pypdfium2.raw.FPDFTextObj_GetTextRenderMode(one.raw)
        for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=8)
    }
    outlined = "".join(said for said, mode in modes.items() if mode == pypdfium2.raw.FPDF_TEXTRENDERMODE_FILL_STROKE)
    assert "离岸服务外包" in outlined
    assert "四舍五入" not in outlined


def test_a_date_stays_on_one_line(inputs: Inputs) -> None:
    writer = pdf._Writer(small(inputs), voice.of("zh"))
    (run,) = writer._cell(Day(dt.date(2026, 1, 30)), "", "")["runs"]
    assert run["text"] == "2026年1月30日"
    assert run["whole"] is True


def text(said: str) -> Literally:
    return Literally(said, said)


def test_a_row_of_a_table_stays_on_one_page(inputs: Inputs) -> None:
    heads = tuple(Column(words("column.reason"), kind) for kind in ("head", "prose"))
    rows = tuple((text(f"d{at}"), text(f"begin{at}. {'a long reason ' * (20 + at % 7)} end{at}.")) for at in range(60))
    found = laid(inputs, Table("t", text("Rows"), heads, rows, sheet="s"))
    assert len(found) > 3
    for at in range(60):
        assert [f"begin{at}." in page for page in found] == [f"end{at}." in page for page in found]


def test_words_to_print_stay_with_the_table_of_their_claim_and_points_with_their_marks(inputs: Inputs) -> None:
    heads = (Column(words("column.reading"), "head"),)

    def claim(at: int) -> tuple[Block, ...]:
        return (
            Paragraph(text(f"said{at}."), "quote"),
            Table(f"t{at}", text(f"table{at}."), heads, ((text("a reading"),),), sheet="s"),
            Paragraph(text(f"words{at}."), "note"),
            Paragraph(text(f"open{at}. {'some words to print ' * (10 + at % 5)} close{at}."), "print"),
            Listing(tuple(text(f"point{at}.{n}. {'a reason ' * 20}") for n in range(1 + at % 4))),
        )

    found = laid(inputs, *(block for at in range(30) for block in claim(at)))
    assert len(found) > 4
    for at in range(30):
        (where,) = {n for n, page in enumerate(found) if f"table{at}." in page}
        assert all(f"{part}{at}." in found[where] for part in ("said", "words", "open", "close"))
    assert not [page for page in found if page.startswith("•") and not page.startswith("•point")]
