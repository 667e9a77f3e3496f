from __future__ import annotations

import string

import pytest

from forecast.claims.reasons import because, messages, told


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (because("open", readings=4), "the text leaves open what is meant; 4 readings are judged apart"),
        (
            because("own", statements=("s1", "s2")),
            "judged without the claim's own word (s1, s2) and without copies of it",
        ),
        (
            because("unbounded", subjects=("cn.a", "cn.b"), period="2022"),
            "nothing published bounds cn.a or cn.b in 2022",
        ),
        (because("lacking", lack={"en": "names no figure", "zh": "未给出具体数字"}), "names no figure"),
        (
            because("from", value="11.3", half="0.05", least="11.25"),
            "counted as true from 11.3 less half its last digit on: 0.05 of a point",
        ),
        (
            because(
                "decided", says="MOFCOM put it at 5", publisher="MOFCOM (mirror)", published="2020", statement="s1"
            ),
            "decided by: MOFCOM put it at 5 (MOFCOM (mirror), 2020; s1)",
        ),
    ],
    ids=lambda given: given if isinstance(given, str) else given.key,
)
def test_a_reason_is_an_english_sentence_made_from_its_figures(reason: object, sentence: str) -> None:
    assert str(reason) == sentence


def test_a_document_has_the_sentence_and_what_it_is_made_from() -> None:
    assert told([because("own", statements=("s1",))]) == {
        "reasons": ["judged without the claim's own word (s1) and without copies of it"],
        "grounds": [{"key": "own", "figures": {"statements": ["s1"]}}],
    }


def test_a_figure_that_its_sentence_wants_cannot_be_left_out() -> None:
    with pytest.raises(KeyError, match="base"):
        str(because("no_base", subject="cn.a", first="2010"))


def test_a_reason_with_a_day_says_what_the_one_without_says() -> None:
    pairs = [(key, key.removesuffix("_then")) for key in messages() if key.endswith("_then")]
    assert pairs
    for later, plain in pairs:
        assert messages()[later].startswith(messages()[plain])
        assert slots(messages()[later]) - slots(messages()[plain]) == {"day"}
