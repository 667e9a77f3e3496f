"""Pages in a real browser: nothing asked for, nothing complained about, readable by everyone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reports import documents
from reports.inputs import Inputs

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(changed: Inputs, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("site with a space")
    written = documents.build(changed, folder, tuple(documents.REPORTS), ("en", "zh"), ("html",))
    return list(written)


def test_no_page_asks_for_anything_or_says_anything(browser: Any, pages: list[Path]) -> None:
    for path in pages:
        page = browser.new_page()
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(path.as_uri(), wait_until="networkidle")
        page.close()
        outside = [url for url in asked if not url.startswith(("file:", "data:"))]
        assert (said, outside, len([url for url in asked if url.startswith("file:")])) == ([], [], 1), path.name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(browser: Any, pages: list[Path], scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    for path in pages:
        context = browser.new_context(color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        page.goto(path.as_uri())
        found = axe.run(page).response["violations"]
        context.close()
        assert [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in found] == [], f"{path.name}, {scheme}"


def test_a_page_is_readable_at_360_pixels(browser: Any, pages: list[Path]) -> None:
    for path in pages:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path.name
        small = page.evaluate(
            "[...document.querySelectorAll('svg text')].filter(t => t.getBoundingClientRect().width > 0"
            " && t.getBoundingClientRect().height < 9).length"
        )
        assert small == 0, path.name
        page.close()


MOVED = """[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth)
  .map(one => one.querySelector('table').id)"""


def test_only_matrices_of_figures_are_moved_sideways_and_only_on_a_phone(browser: Any, pages: list[Path]) -> None:
    for path in pages:
        for width, matrices in ((1280, ()), (390, ("track-", "tallies", "days", "archived-"))):
            page = browser.new_page(viewport={"width": width, "height": 740})
            page.goto(path.as_uri())
            moved = [name for name in page.evaluate(MOVED) if not name.startswith(matrices)]
            assert moved == [], (path.name, width)
            page.close()


def test_key_figures_stand_in_one_row_on_paper(browser: Any, pages: list[Path]) -> None:
    page = browser.new_page(viewport={"width": 665, "height": 900})  # what A4 leaves between its margins
    page.goto(next(path for path in pages if path.name == "index.html").as_uri())
    page.emulate_media(media="print")
    tops = page.evaluate("[...document.querySelectorAll('.tiles > div')].map(one => one.getBoundingClientRect().top)")
    assert len(tops) == 4
    assert len(set(tops)) == 1
    page.close()


BROKEN = """[...document.querySelectorAll('th')].filter(th => {
  const range = document.createRange();
  range.selectNodeContents(th);
  const lines = new Set([...range.getClientRects()].filter(r => r.width > 0).map(r => Math.round(r.top))).size;
  return lines > 1 && th.textContent.trim().length / lines < 2.5;
}).map(th => th.textContent)"""


@pytest.mark.parametrize("width", [360, 1280])
def test_no_chinese_heading_breaks_at_every_letter(browser: Any, pages: list[Path], width: int) -> None:
    for path in (path for path in pages if ".zh." in path.name):
        page = browser.new_page(viewport={"width": width, "height": 740})
        page.goto(path.as_uri())
        assert page.evaluate(BROKEN) == [], path.name
        page.close()


def test_everything_is_there_without_scripts(browser: Any, pages: list[Path]) -> None:
    for path in pages:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(path.as_uri())
        assert page.locator("main h2").count() >= 1
        assert page.locator("main section").first.is_visible()
        context.close()


def test_a_page_prints(browser: Any, pages: list[Path]) -> None:
    for path in pages:
        page = browser.new_page(color_scheme="dark")
        page.goto(path.as_uri())
        page.emulate_media(media="print")
        paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert paper == "rgb(255, 255, 255)", path.name
        assert page.pdf(format="A4").startswith(b"%PDF"), path.name
        page.close()


def test_a_page_is_under_400_kilobytes(pages: list[Path]) -> None:
    assert {path.name: path.stat().st_size for path in pages if path.stat().st_size > 400_000} == {}
