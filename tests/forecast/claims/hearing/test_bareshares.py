"""Bare shares: what a part comes to in percent is its share of what is offshore, unless growth is spoken of."""

import pytest

from forecast.claims.hearing import listen, summon
from forecast.errors import InputError


@pytest.mark.parametrize(
    ("text", "part", "hedge"),
    [
        ("KPO will exceed 50% by 2030.", "kpo", "over"),
        ("By 2030 ITO will reach 45%.", "ito", "exact"),
        ("BPO will not exceed 15% by 2030.", "bpo", "under"),
        ("ITO will stay below 40% until 2030.", "ito", "under"),
        ("ITO will no longer exceed 40% by 2030.", "ito", "under"),
        ("KPO will rise to 45% by 2030.", "kpo", "exact"),
        ("ITO will fall to 40% by 2030.", "ito", "under"),
        ("The US market will exceed 25% by 2030.", "market_us", "over"),
        ("到2030年，知识流程外包将超过50%。", "kpo", "over"),
        ("到2030年KPO将达到约50%。", "kpo", "about"),
        ("到2030年ITO将降至40%。", "ito", "under"),
        ("KPO占比2030年将超过50%。", "kpo", "over"),
    ],
)
def test_a_percentage_that_a_part_comes_to_is_its_share(text: str, part: str, hedge: str) -> None:
    (one,) = listen(text)
    assert (one.kind, one.subjects, one.hedge) == ("share", (f"cn.offshore.execution.{part}.share",), hedge)
    assert one.missing == ()


@pytest.mark.parametrize(
    "text",
    [
        "By 2030 ITO will reach 45%, BPO 15% and KPO 40%.",
        "2030年ITO将达到45%，BPO为15%，KPO为40%。",
        "With ITO at 45%, BPO at 15% and KPO at 40% by 2030, demand for skills shifts.",
        "In 2030 ITO will take 45%, BPO 15% and KPO 40% of offshore outsourcing.",
    ],
)
def test_parts_in_a_row_are_shares_alike(text: str) -> None:
    assert [(one.kind, *one.subjects, str(one.value)) for one in listen(text)] == [
        ("share", f"cn.offshore.execution.{part}.share", value)
        for part, value in (("ito", "45"), ("bpo", "15"), ("kpo", "40"))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Growth of offshore outsourcing will reach 8% in 2026 and KPO will exceed 15%.",
        "ITO will grow 5% in 2026 and KPO will exceed 12%.",
        "2026年ITO将增长5%，KPO将超过12%。",
    ],
)
def test_after_a_rate_of_growth_it_is_asked_back(text: str) -> None:
    with pytest.raises(InputError, match="is: growth, or the share of a whole"):
        summon(text, None, 2)


@pytest.mark.parametrize("text", ["Offshore outsourcing will exceed 60% by 2030.", "到2030年离岸外包将超过60%。"])
def test_a_percentage_that_a_scope_comes_to_is_asked_back(text: str) -> None:
    with pytest.raises(InputError, match="what 60% is: growth, or the share of a whole"):
        summon(text)


@pytest.mark.parametrize(
    "text",
    [
        "KPO growth will exceed 15% in 2026.",
        "KPO增速2026年将超过15%。",
        "KPO will grow by more than 15% in 2026.",
        "KPO will exceed 15% growth in 2026.",
        "KPO will be 15% higher in 2026 than in 2025.",
    ],
)
def test_growth_that_is_spoken_of_is_no_share(text: str) -> None:
    (one,) = listen(text)
    assert one.kind in ("growth", "multiple")


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("KPO's share of offshore execution was 43% in 2024", "share"),
        ("KPO's growth was 8% in 2024", "growth"),
        ("Offshore execution's growth was 8% in 2024, KPO's was 9% in 2025", "growth"),
    ],
)
def test_what_is_only_called_another_s_is_what_was_spoken_of(first: str, kind: str) -> None:
    assert [one.kind for one in listen(f"{first}, and BPO's will be 17% in 2027.")][-1] == kind


def test_a_share_above_the_whole_is_impossible() -> None:
    with pytest.raises(InputError, match="120% is impossible"):
        summon("KPO will exceed 120% by 2030.")
