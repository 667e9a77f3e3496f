from __future__ import annotations

from reports import claims, docket, html, voice
from reports.figures import Figure
from reports.inputs import Inputs
from reports.page import Jump, Table


def test_the_page_counts_claims_by_verdict(inputs: Inputs) -> None:
    lead = voice.of("en").say(docket.page(inputs).standfirst[0])
    assert lead == (
        "Of 3 published claims and targets, 2 can be tested against published figures: "
        "1 were borne out, 0 refuted, 0 cannot be excluded, 1 open."
    )


def test_a_settled_claim_shows_what_came(inputs: Inputs) -> None:
    text = html.render(docket.page(inputs), voice.of("en"))
    assert "USD\u00a0105.78\u00a0bn" in text
    assert "borne out" in text


def test_an_untested_claim_says_what_is_missing_and_where_it_stands(inputs: Inputs) -> None:
    text = html.render(docket.page(inputs), voice.of("zh"))
    assert "没有数字经济的序列。" in text
    assert 'href="#source-src1"' in text


def test_what_is_open_comes_first_and_leads_to_its_section(inputs: Inputs) -> None:
    page = docket.page(inputs)
    verdicts = next(block for block in page.sections[0].blocks if isinstance(block, Table))
    assert [cell.name for row in verdicts.rows if isinstance(cell := row[0], Jump)] == ["C02", "C01"]
    assert [section.id for section in page.sections if not section.listed] == ["claim-C02", "claim-C01"]
    text = html.render(page, voice.of("en"))
    assert '<a href="#claim-C02">C02</a>' in text
    assert text.count('<li><a href="#claim-') == 0


def test_each_reading_has_a_paragraph_of_its_own(inputs: Inputs) -> None:
    worded = {
        "en": "He said so.\nRead as a, it is so.\nRead as b, it is not.",
        "zh": "他说。\n按全口径，是。\n按离岸口径，否。",
    }
    parts = claims._worded(worded)
    assert [voice.of("zh").say(part) for part in parts] == ["他说。", "按全口径，是。", "按离岸口径，否。"]
    assert [voice.of("en").say(part) for part in parts][1] == "Read as a, it is so."
    assert len(claims._worded(worded | {"zh": "他说。"})) == 1


def test_the_key_figure_is_of_the_reading_that_the_page_is_about(inputs: Inputs) -> None:
    claim = next(one for one in inputs.claims if one["id"] == "C02")
    first, second = claim["readings"]
    told = claim | {"readings": [first, second | {"now": second["now"] | {"probability": 0.44}}]}
    (about,) = claims.tiles([told], second["subject"], inputs)
    (other,) = claims.tiles([told], "cn.offshore.contract.usd", inputs)
    assert [float(tile.figure.value or 0) for tile in (about, other) if isinstance(tile.figure, Figure)] == [0.44, 0.17]


def test_a_claimant_is_called_by_name_in_both_languages() -> None:
    title = claims._title({"id": "C99", "claimant": "KPMG", "by": {"en": "KPMG", "zh": "毕马威"}})
    assert [voice.of(language).say(title) for language in ("en", "zh")] == ["Claim C99: KPMG", "声称C99：毕马威"]
