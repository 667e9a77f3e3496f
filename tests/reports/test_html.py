from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser

import pytest
from markupsafe import escape

from reports import docket, documents, evidence, html, outlook, voice
from reports.inputs import Inputs
from reports.page import Literally, Paragraph, Section

HOSTILE = '<script>alert(1)</script>=cmd|"\u202egnp' + "x" * 10_000


class Elements(HTMLParser):
    """Collects ids, link targets, and everything that could make a browser ask for something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.fetched: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        if tag == "a" and given.get("href", "").startswith("#"):
            self.targets.append(given["href"][1:])
        self.fetched += [given[name] for name in ("src", "srcset", "data", "poster") if name in given]
        if tag in ("link", "use", "image"):
            self.fetched += [address for name, address in given.items() if "href" in name and address != "data:,"]


@pytest.fixture(scope="session")
def rendered(inputs: Inputs) -> str:
    return html.render(outlook.page(inputs), voice.of("en"))


def test_a_page_stands_alone(rendered: str) -> None:
    found = Elements(rendered)
    assert found.fetched == []
    assert "script" not in found.tags
    assert not re.search(r"@import|url\((?!data:|#)", rendered)
    assert len(rendered.encode()) < 400_000


def test_every_link_in_the_page_has_its_place_and_every_id_is_one(rendered: str) -> None:
    found = Elements(rendered)
    assert len(found.targets) > 50
    assert set(found.targets) <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))


def test_an_observation_links_to_its_statement_and_the_statement_to_its_source(rendered: str) -> None:
    assert 'href="#st-st-cn.offshore.execution.usd-2025"' in rendered
    assert 'id="st-st-cn.offshore.execution.usd-2025"' in rendered
    assert 'href="https://example.org/' in rendered


def test_two_renderings_are_the_same_bytes(inputs: Inputs, rendered: str) -> None:
    assert html.render(outlook.page(inputs), voice.of("en")) == rendered


def test_text_of_sources_appears_as_text(inputs: Inputs) -> None:
    sources = {
        name: dataclasses.replace(source, title=HOSTILE, publisher=HOSTILE, address="javascript:alert(1)")
        for name, source in inputs.sources.items()
    }
    page = outlook.page(dataclasses.replace(inputs, sources=sources))
    section = Section("x", Literally(HOSTILE, HOSTILE), (Paragraph(Literally(HOSTILE, HOSTILE)),))
    page = dataclasses.replace(page, sections=(*page.sections, section))
    text = html.render(page, voice.of("zh"))
    assert "script" not in Elements(text).tags
    assert 'href="javascript' not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_the_chinese_page_says_it_is_chinese(inputs: Inputs) -> None:
    text = html.render(outlook.page(inputs), voice.of("zh"))
    assert '<html lang="zh-Hans">' in text
    assert "1634.3亿美元" in text


def test_heads_in_words_get_room_and_years_do_not(inputs: Inputs) -> None:
    text = html.render(outlook.page(inputs), voice.of("en"))
    assert '<th scope="row" class="head">2025</th>' in text
    assert '<th scope="row" class="head long">' in html.render(docket.page(inputs), voice.of("en"))


def test_headings_that_break_at_every_letter_get_room_for_several(inputs: Inputs) -> None:
    page = docket.page(inputs)
    assert ' named">' in html.render(page, voice.of("zh"))
    assert ' named">' not in html.render(page, voice.of("en"))


def test_statements_are_told_in_the_language_of_the_page(inputs: Inputs) -> None:
    page = outlook.page(inputs)
    entry = next(one for reference in page.references for one in reference.entries)
    paraphrase, name = (voice.of(language).say(entry.told) for language in ("en", "zh"))
    assert paraphrase == inputs.statements[entry.id].paraphrase
    english, chinese = (html.render(page, voice.of(language)) for language in ("en", "zh"))
    assert escape(paraphrase) in english
    assert escape(paraphrase) not in chinese
    assert f"<bdi>{name}</bdi> <code>{entry.id}</code>" in chinese


def test_names_in_a_column_of_text_get_room_and_numbers_of_sources_none(inputs: Inputs) -> None:
    share, whole = inputs.series[2], inputs.series[0]
    (name,) = share.observations[-1].statements
    other = dataclasses.replace(inputs.statements[name], subject=whole.id)
    titles = dict(inputs.titles) | {
        whole.id: Literally("A subject with a long name of its own", "名称很长的另一个指标及其口径说明")
    }
    found = dataclasses.replace(inputs, statements=dict(inputs.statements) | {name: other}, titles=titles)
    for language in ("en", "zh"):
        text = html.render(evidence.page(found), voice.of(language))
        assert re.search(f'<td class="text long"[^>]*>{voice.of(language).say(titles[whole.id])}', text)
        assert not re.search('<td class="text long"[^>]*><a href', text)


def layouts(inputs: Inputs, name: str, language: str = "en") -> dict[str, str]:
    """Return how each table of a report is set, by its id."""
    text = html.render(documents.REPORTS[name](inputs), voice.of(language))
    return {found[2]: found[1] for found in re.finditer(r'<div class="(scroll[^"]*)"[^>]*>\n<table id="([^"]+)"', text)}


def test_tables_of_words_that_a_phone_cannot_hold_are_stacked_and_their_cells_named(inputs: Inputs) -> None:
    found = layouts(inputs, "claims")
    assert found["outcomes-C01"] == found["readings-C02"] == "scroll stack"
    text = html.render(docket.page(inputs), voice.of("en"))
    assert '<td class="text" data-label="Verdict">borne out</td>' in text
    assert '<td class="number" data-label="Chance now, %">' in text


def test_short_tables_stay_tables_and_matrices_of_figures_scroll(inputs: Inputs) -> None:
    found = layouts(inputs, "outlook")
    assert found["forecast-cn.offshore.execution.usd"] == "scroll"
    assert found["track-cn-offshore-execution-usd"] == "scroll"


def test_a_table_that_is_too_wide_for_the_text_uses_the_margins(inputs: Inputs) -> None:
    decision = dataclasses.replace(inputs.decisions[0], reason="a reason " * 20)
    titles = dict(inputs.titles) | {inputs.series[0].id: Literally("A subject with a long name of its own", "指标")}
    found = layouts(dataclasses.replace(inputs, decisions=(decision,), titles=titles), "evidence")
    assert found["decisions-table"] == "scroll broad stack"
    assert "broad" not in found["figures-cn.offshore.execution.usd"]
