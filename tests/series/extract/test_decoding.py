import pytest

from series.errors import InputError
from series.extract.decoding import decode

TEXT = "商务部：2020年1-8月，我国企业承接服务外包合同额达到1230亿美元，同比增长5.3%。" * 3
HANT = "商務部：2020年1-8月，我國企業承接服務外包合同額達到1230億美元，同比增長5.3%。" * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_simplified_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding))[0] == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030"])
def test_traditional_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert decode(HANT.encode(encoding))[0] == HANT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_told_by_its_zeros_without_a_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, encoding)
    english = "Contracts worth 123 billion U.S. dollars were signed, up 5.3 percent."
    assert decode(english.encode(encoding)) == (english, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_that_was_taken_for_windows_1252_is_read_as_it_was(encoding: str) -> None:
    data = TEXT.encode(encoding)
    taken = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
    assert decode(taken.encode()) == (TEXT, f"{encoding} twice")


def test_accents_are_no_damage() -> None:
    french = (
        "Les contrats d'externalisation exécutés ont été évalués à 123 milliards, en hausse déjà très élevée à côté."
    )
    assert decode(french.encode()) == (french, "utf-8")


def test_a_wrong_declaration_does_not_win_over_what_can_be_read() -> None:
    page = f"<meta charset='big5'><p>{TEXT}</p>"
    assert TEXT in decode(page.encode("gb18030"))[0]


def test_a_few_broken_bytes_do_not_cost_the_rest() -> None:
    data = TEXT.encode()[:100] + b"\xff" + TEXT.encode()[100:]
    text, encoding = decode(data)
    assert encoding == "utf-8"
    assert "增长5.3%" in text


def test_binary_is_refused_in_one_line() -> None:
    with pytest.raises(InputError, match="not readable as text") as caught:
        decode(bytes(range(256)) * 40, "picture.png")
    assert "\n" not in str(caught.value)
    with pytest.raises(InputError):
        decode(b"\x00" * 1000)


@pytest.mark.parametrize("encoding", ["hz", "utf-7"])
def test_chinese_written_in_ascii_is_read(encoding: str) -> None:
    text = TEXT.replace("：", ",").replace("，", ",")
    assert decode(text.encode(encoding)) == (text, encoding)


def test_plain_english_is_not_taken_for_an_escaped_encoding() -> None:
    english = "Offshore value: +income/growth and ~{notes}~ of 123 billion U.S. dollars, up 5.3 percent."
    assert decode(english.encode()) == (english, "utf-8")


def test_another_script_in_an_unknown_encoding_is_refused() -> None:
    japanese = "二〇二一年のオフショア受託額は前の年より増えた。" * 6
    with pytest.raises(InputError, match="not readable"):
        decode(japanese.encode("shift_jis"))
