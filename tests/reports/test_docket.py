from __future__ import annotations

from reports import docket, html, voice
from reports.inputs import Inputs


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
    assert "no published series of the digital economy" in text
    assert 'href="#source-src1"' in text
