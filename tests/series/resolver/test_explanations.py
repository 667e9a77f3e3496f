from __future__ import annotations

from series.periods import Period
from series.resolver import Resolution


def test_a_derived_year_is_explained_with_its_sources(resolved: Resolution) -> None:
    told = resolved.explain("cn.offshore.execution.usd", Period.year(2017))
    text = told.text
    assert "in 2017 is 796.50 USD 100m (derived), and by the evidence lies between 796.09 and 796.90." in text
    assert "No source prints this amount itself" in text
    publishers = {resolved.ledger.sources[resolved.statements[item.statement].source].publisher for item in told.lower}
    assert publishers
    assert all(publisher in text for publisher in publishers)


def test_a_year_is_explained_with_the_value_that_the_series_shows(resolved: Resolution) -> None:
    for subject in ("cn.onshore.execution.usd", "cn.offshore.execution.area_bj_sh_gz_sz.cny", "world.ito_gartner.usd"):
        shown = resolved.series(subject, "annual").observations
        assert shown
        assert [resolved.explain(subject, one.period).observation for one in shown] == list(shown)


def test_a_published_year_names_its_prints_and_what_was_set_aside(resolved: Resolution) -> None:
    told = resolved.explain("cn.offshore.execution.usd", Period.year(2012))
    document = told.as_json()
    assert (document["value"], document["status"]) == (336.4, "published")
    assert "s0212" in {item["statement"] for item in document["set_aside"]}
    assert "It was published: " in document["text"]


def test_an_estimate_says_that_it_is_one(resolved: Resolution) -> None:
    told = resolved.explain("cn.offshore.execution.cny", Period.parse("2023Q4"))
    assert "an estimate from the usual share" in told.text
