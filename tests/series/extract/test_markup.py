from series.extract import extract, from_bytes
from series.extract.mapped import Mapped
from series.extract.markup import declared_date, is_marked, unmarked


def test_tags_go_and_places_stay() -> None:
    source = "<p>离岸<b>执行额</b>&nbsp;516.5<br>亿美元</p>"
    plain = unmarked(Mapped.whole(source))
    assert plain.text.split() == ["离岸执行额", "516.5", "亿美元"]
    at = plain.text.index("516.5")
    first, last = plain.span(at, at + 5)
    assert source[first:last] == "516.5"


def test_scripts_comments_and_front_matter_say_nothing() -> None:
    source = (
        "---\ndate: Mon, 18 Oct 2021 14:06:15 GMT\n---\n<script>合同额5亿元</script><!-- 合同额6亿元 --><p>正文</p>"
    )
    assert unmarked(Mapped.whole(source)).text.strip() == "正文"
    assert declared_date(source) == (2021, 10)


def test_less_than_in_a_plain_text_is_no_tag() -> None:
    assert not is_marked("增速 <10% 且 >5%")


def test_spans_of_a_page_count_its_source() -> None:
    page = "<html><body><p>2020年1-8月，服务外包<em>合同额</em><b>1230</b>亿美元。</p></body></html>"
    document = from_bytes(page.encode(), "page.html")
    (candidate,) = extract(document).candidates
    assert candidate.printed == "1230</b>亿美元"
    assert page[candidate.span[0] : candidate.span[1]] == candidate.printed
