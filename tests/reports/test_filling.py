from __future__ import annotations

import jinja2
import pytest

from reports.filling import faces, fill

PART = {"language": "en", "kicker": "x", "standfirst": [], "tiles": [], "chart": None, "findings": [], "evidence": ""}


def test_text_is_escaped() -> None:
    title = '<script>alert("x")</script>'
    assert "<h1" in (text := fill("mail", language="en", title=title, parts=[PART | {"title": title}]))
    assert "&lt;script&gt;" in text
    assert "<script>" not in text


def test_a_slot_left_open_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError, match="title"):
        fill("mail", language="en", parts=[PART])


def test_the_typefaces_travel_with_the_page() -> None:
    assert faces().count("data:font/woff2") == 4
