"""Numerals in Chinese, capital and mixed writing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcheck.numerals import between, in_scale_of, numeral_characters, parse, to_capital, to_chinese


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", "0"),
        ("〇", "0"),
        ("一", "1"),
        ("两", "2"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("二十一", "21"),
        ("一百", "100"),
        ("一百零二", "102"),
        ("一百二", "120"),
        ("一百一十二", "112"),
        ("三百五十", "350"),
        ("一千零五", "1005"),
        ("一千零五十", "1050"),
        ("两千三", "2300"),
        ("三万五", "35000"),
        ("三万五千", "35000"),
        ("三万零五", "30005"),
        ("十万", "100000"),
        ("一百二十万", "1200000"),
        ("三亿二千万", "320000000"),
        ("三千万亿", "3000000000000000"),
        ("一亿零三百", "100000300"),
        ("壹仟贰佰", "1200"),
        ("壹拾贰万叁仟肆佰伍拾陆", "123456"),
        ("二〇二四", "2024"),
        ("二○一九", "2019"),
        ("三点五", "3.5"),
        ("十二点零五", "12.05"),
        ("3亿5000万", "350000000"),
        ("1.2万", "12000"),
        ("12", "12"),
        ("1,286.50", "1286.50"),
    ],
)
def test_parse(text: str, value: str) -> None:
    assert parse(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "点五", "三点", "一二三百", "百", "万", "十百", "元", "三a", "三点十", "一 二"])
def test_what_is_no_numeral(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("number", "chinese", "capital"),
    [
        (0, "零", "零"),
        (1, "一", "壹"),
        (10, "十", "壹拾"),
        (12, "十二", "壹拾贰"),
        (20, "二十", "贰拾"),
        (100, "一百", "壹佰"),
        (105, "一百零五", "壹佰零伍"),
        (110, "一百一十", "壹佰壹拾"),
        (1001, "一千零一", "壹仟零壹"),
        (10_005, "一万零五", "壹万零伍"),
        (10_500, "一万零五百", "壹万零伍佰"),
        (100_000, "十万", "壹拾万"),
        (100_000_000, "一亿", "壹亿"),
        (100_000_001, "一亿零一", "壹亿零壹"),
        (320_000_000, "三亿二千万", "叁亿贰仟万"),
    ],
)
def test_writing(number: int, chinese: str, capital: str) -> None:
    assert (to_chinese(number), to_capital(number)) == (chinese, capital)


NUMBERS = st.one_of(
    st.integers(0, 10**9),
    st.integers(0, 20_000),
    st.builds(lambda digit, power: digit * 10**power, st.integers(0, 9999), st.integers(0, 5)),
    st.builds(lambda a, b: a * 10_000 + b, st.integers(1, 9999), st.integers(0, 12)),
)


@given(NUMBERS)
def test_what_is_written_is_read_back(number: int) -> None:
    assert parse(to_chinese(number)) == number
    assert parse(to_capital(number)) == number


@given(NUMBERS)
def test_writing_uses_known_characters_only(number: int) -> None:
    assert set(to_chinese(number) + to_capital(number)) <= set(numeral_characters())


@given(st.text(alphabet=numeral_characters() + "0123456789.,", max_size=9))
def test_parsing_never_fails(text: str) -> None:
    value = parse(text)
    assert value is None or value >= 0


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_digits_behind_the_point_are_read_one_by_one(whole: int, fraction: int) -> None:
    digits = f"{fraction:04d}"
    spoken = to_chinese(whole) + "点" + "".join("零一二三四五六七八九"[int(digit)] for digit in digits)
    assert parse(spoken) == Decimal(f"{whole}.{digits}")


# --- numerals of several writings --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("廿三", "23"),
        ("卅", "30"),
        ("六百卌二", "642"),
        ("貳拾萬", "200000"),
        ("兩千", "2000"),
        ("6万800", "60800"),
        ("7万2000", "72000"),
        ("8万3千5百", "83500"),
        ("4千零60万", "40600000"),
        ("3千零7", "3007"),
        ("1百05", "105"),
        ("300万八千", "3008000"),
        ("十二亿4000万", "1240000000"),
        ("五十亿零三百", "5000000300"),
        ("二十万四", "204000"),
        ("十一万零五千", "115000"),
        ("一百十三", "113"),
        ("五万万", "500000000"),
        ("20万万", "2000000000"),
        ("四点二五万", "42500"),
        ("六点五千万", "65000000"),
        ("两千万点五", "20000000.5"),
        ("4,250万", "42500000"),
        ("2.5E+06", "2500000"),
        ("3.5e-02", "0.035"),
        ("零点零四", "0.04"),
        ("三千零五万六千零七亿", "3005600700000000"),
    ],
)
def test_a_numeral_of_several_writings(text: str, value: str) -> None:
    assert parse(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "一百二百",  # a multiplier twice
        "三十五百",  # the smaller before the larger
        "二万三亿万",
        "五十千",
        "九万八亿七亿",
        "一千一万",  # 1100 or 1001 of ten thousand
        "两千三点一",  # 2300 or 2003
        "3万5",  # 35000 or 30005
        "2百6",
        "12.5万零300",  # decimals and more behind them
        "1.5万2千",
        "一百零",
        "一万零零五",
        "五卅",
        "六十亿八十万万",
        "百三",
        "半",
        "十二.五",
        "1,23",
        "九" * 41,
        "9" * 41,
    ],
)
def test_what_is_in_doubt_is_no_numeral(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("两三", (2, 3)),
        ("七八", (7, 8)),
        ("三五", (3, 5)),
        ("二三十", (20, 30)),
        ("十七八", (17, 18)),
        ("一百二三十", (120, 130)),
        ("四五百万", (4_000_000, 5_000_000)),
        ("三五千", (3000, 5000)),
        ("八九", (8, 9)),
        ("二四", None),
        ("三二", None),
        ("二十三", None),
        ("一二三", None),
        ("零一", None),
        ("五", None),
        ("", None),
    ],
)
def test_two_neighbours(text: str, ends: tuple[int, int] | None) -> None:
    assert between(text) == ends


@pytest.mark.parametrize(
    ("low", "high", "value"),
    [
        (20, "三十亿", 2_000_000_000),
        (3, "五百万", 3_000_000),
        (10, "五百万", 100_000),
        (2000, "三千万", 20_000_000),
        (5, "二十", 5),
        (3, "五", 3),
        (100_000, "十五万", 100_000),
    ],
)
def test_the_first_end_of_a_range_counts_in_the_multiplier_of_the_last(low: int, high: str, value: int) -> None:
    assert in_scale_of(Decimal(low), high) == value


@given(st.integers(1, 9999), st.integers(0, 9999), st.sampled_from(["万", "亿"]))
def test_mixed_writing_has_the_value_of_its_pieces(whole: int, rest: int, multiplier: str) -> None:
    factor = {"万": 10_000, "亿": 100_000_000}[multiplier]
    assert parse(f"{whole}{multiplier}") == whole * factor
    assert parse(to_chinese(whole) + multiplier) == whole * factor
    if rest >= 1000:
        assert parse(f"{whole}{multiplier}{rest}万" if multiplier == "亿" else f"{whole}万{rest}") == (
            whole * factor + rest * (10_000 if multiplier == "亿" else 1)
        )
    if rest:
        assert parse(f"{whole}{multiplier}零{rest}") == whole * factor + rest
        assert parse(f"{whole}{multiplier}零{to_chinese(rest)}") == whole * factor + rest


@given(st.integers(0, 10**38), st.integers(0, 30))
def test_no_digit_is_lost(digits: int, places: int) -> None:
    written = f"{digits}." + "7" * places if places else str(digits)
    assert parse(written) == (Decimal(written) if len(written) <= 40 else None)


@given(st.text(alphabet=numeral_characters() + "0123456789.,eE+- ", max_size=60))
def test_no_text_breaks_the_reader_of_numerals(text: str) -> None:
    value, ends = parse(text), between(text)
    assert value is None or value >= 0
    assert ends is None or ends[0] < ends[1]
