"""Publishers: their names in Chinese."""

from __future__ import annotations

import re

import pytest

from forecast.claims import sources
from reports import publishers
from series import ledger

ENGLISH = re.compile(r"\b(reposted|repost|mirror|copy|newsletter|excerpt|via|speech|press|by|of) ", re.IGNORECASE)


@pytest.mark.parametrize(
    ("name", "chinese"),
    [
        ("MOFCOM", "商务部"),
        ("MOFCOM (reposted by 1330.cn)", "商务部（1330.cn转载）"),
        ("China Economic Net (中国经济网; reposted by 1330.cn)", "中国经济网（1330.cn转载）"),
        ("Red Star News 红星新闻 (Qutoutiao)", "红星新闻（趣头条）"),
        ("Yangjin High-Tech newsletter (杨金高科)", "杨金高科"),
        ("People's Daily Online (Xinhua) (mirror copy)", "人民网（新华社；镜像副本）"),
        ("xing528.com, textbook excerpt", "xing528.com，教材节选"),
        ("商务部", "商务部"),
        ("Deccan Herald", "Deccan Herald"),
    ],
)
def test_a_publisher_has_the_name_that_readers_of_chinese_know(name: str, chinese: str) -> None:
    assert publishers.chinese(name) == chinese


def test_no_english_words_are_left_around_the_names_of_the_shipped_ledgers() -> None:
    names = {one.publisher for one in ledger.load().sources.values()} | {
        one.publisher for one in sources.load().values()
    }
    known = [said for name in names if (said := publishers.chinese(name)) != name]
    assert len(known) > 100
    assert [said for said in known if ENGLISH.search(said)] == []


def test_what_stands_for_a_title_is_said_in_chinese_and_a_title_is_left_alone() -> None:
    assert publishers.titled("newsletter of 2019-05-20") == "2019年5月20日通讯"
    assert publishers.titled("Software exports") == "Software exports"
