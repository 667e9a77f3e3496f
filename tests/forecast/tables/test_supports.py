from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast.errors import InputError
from forecast.tables import of_frame
from forecast.tables.supports import bounded, supposed
from tests.forecast.tables.conftest import reading


@pytest.mark.parametrize(
    ("own", "low", "high", "support"),
    [
        ("cn.total.execution.usd", 0, 9, "positive"),
        ("cn.total.execution.usd", -1, 9, "positive"),  # and refused
        ("cn.total.execution.kpo.share", 0.1, 40, "share"),  # and refused
        ("trade_balance_usd", -1, 9, "real"),
        ("some_usd", 0, 9, "positive"),
        ("CNY", 0, 9, "positive"),
        ("market_share", 20, 40, "positive"),
        ("market_share", 0.2, 0.4, "share"),
        ("share", 0, 1, "share"),
        ("share", -0.1, 1, "real"),
        ("timeshare", 0.2, 0.4, "positive"),
        ("a", 0, 1, "real"),
    ],
)
def test_only_ids_like_the_ledgers_bind_values(own: str, low: float, high: float, support: str) -> None:
    assert supposed(own, low, high)[0] == support


def test_what_is_guessed_of_amounts_is_told_where_no_name_says_it() -> None:
    assert [supposed("a", low, 9)[1] for low in (-1, 0, 1)] == [True, False, False]
    assert [supposed("a_usd", low, 9)[1] for low in (-1, 0, 1)] == [True, True, True]


def test_bounds_are_supports() -> None:
    assert [bounded(*pair) for pair in (("", ""), ("0", ""), ("0", "1"), ("0", "100"), ("", "5"), ("x", ""))] == [
        "", "positive", "share", "percent", "..5", "x..",
    ]  # fmt: skip


def test_a_refusal_names_the_reason_and_the_remedy_once(tmp_path: Path) -> None:
    years = "2019,-1\n2020,-2\n2021,5\n"
    with pytest.raises(InputError) as caught:
        reading(tmp_path, "period,trade.balance.usd\n" + years)
    said = str(caught.value)
    assert "series trade.balance.usd has -2 in 2020; it is an amount of zero or more" in said
    assert said.endswith(
        "An id that ends in .usd promises an amount of zero or more; where that is wrong, say real in a column "
        "support, or write the id without .usd"
    )
    assert said.count("promises") == 1
    assert reading(tmp_path, "period,trade_balance_usd\n" + years).supports == ("real",)
    long = pd.DataFrame({"series": "trade.balance.usd", "period": [2019, 2020], "value": [-1.0, 2.0]})
    assert of_frame(long.assign(support="real")).supports == ("real",)
    with pytest.raises(InputError, match="Series a is declared positive; mend the values, or declare another support"):
        of_frame(long.assign(series="a", support="positive"))
    with pytest.raises(InputError, match=r"ends in \.share .* say percent or real in a column support"):
        of_frame(long.assign(series="my.share", value=[20, 30]))
    assert of_frame(long.assign(series="my.share", value=[20, 30], support="percent")).supports == ("percent",)
