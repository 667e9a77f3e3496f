from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from reports import letter, outlook, voice
from reports.inputs import Inputs
from reports.letter import Letter


@pytest.mark.parametrize(("language", "said"), [("en", "Offshore outsourcing is heading for"), ("zh", "离岸服务外包")])
def test_a_letter_says_the_page_in_short_with_its_chart_inside(inputs: Inputs, language: str, said: str) -> None:
    made = letter.compose(outlook.page(inputs), voice.of(language))
    assert said in made.text
    assert said in made.html
    assert f'src="cid:{letter.CID}"' in made.html
    assert made.picture.startswith(b"\x89PNG")
    assert len(made.picture) < 200_000
    message = EmailMessage()
    made.into(message)
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png"]


def test_a_letter_is_kept_with_its_run(tmp_path: Path) -> None:
    assert letter.read(tmp_path) is None
    kept = Letter("In short.", "<p>In short.</p>", b"\x89PNG")
    letter.write(tmp_path, kept)
    assert letter.read(tmp_path) == kept


def test_a_letter_speaks_every_language_of_its_schedule_and_names_the_series(inputs: Inputs, tmp_path: Path) -> None:
    made = letter.compose(outlook.page(inputs), voice.of("en"), voice.of("zh"))
    assert "carried out for clients abroad" in made.text
    assert "中国企业承接离岸服务外包执行额" in made.text
    assert "<li>Total execution: From" in made.html
    assert "<li>服务外包执行额：从" in made.html
    assert f'src="cid:2.{letter.CID}"' in made.html
    letter.write(tmp_path, made)
    assert letter.read(tmp_path) == made
    message = EmailMessage()
    made.into(message)
    assert [part.get_content_type() for part in message.walk()].count("image/png") == 2
