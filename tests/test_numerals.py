"""Numerals in Chinese, capital and mixed writing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcheck.numerals import numeral_characters, parse, to_capital, to_chinese


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
