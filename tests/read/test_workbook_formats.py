"""What a reader of a sheet sees of a number: known cases, and what holds for every number and format."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcheck.catalog import built_in
from reportcheck.read.workbook_formats import NumberFormat, builtin_format

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


def shown(code: str, held: str) -> str:
    return NumberFormat(code).show(Decimal(held))


@pytest.mark.parametrize(
    ("held", "text"),
    [
        ("0", "0"),
        ("-0.0", "0"),
        ("12.50", "12.5"),
        ("-3.5", "-3.5"),
        ("0.1", "0.1"),
        ("182506.58999999997", "182506.59"),
        ("0.86750000000000005", "0.8675"),
        ("0.333333333333333", "0.333333333"),
        ("1234.56789012", "1234.56789"),
        ("1234567890.12", "1234567890"),
        ("12345678901", "12345678901"),
        ("12345678901.5", "12345678902"),
        ("99999999999.9", "1E+11"),
        ("123456789012", "1.23457E+11"),
        ("0.0001234567891", "0.000123457"),
        ("0.00001", "0.00001"),
        ("0.000012345678", "1.23457E-05"),
        ("1E-20", "1E-20"),
        ("9.999999E+30", "1E+31"),
    ],
)
def test_general(held: str, text: str) -> None:
    assert shown("General", held) == text


@pytest.mark.parametrize(
    ("code", "held", "text"),
    [
        ("0.00", "1.00499999999999989", "1.01"),
        ("0.00", "-1.005", "-1.01"),
        ("0.00", "-0.001", "-0.00"),
        ("0%", "0.8675", "87%"),
        ("0.00%", "0.8675", "86.75%"),
        ("#,##0.00", "1234.5", "1,234.50"),
        ("#,##0", "1234567", "1,234,567"),
        ("#,###", "0", ""),
        ("0,000", "5", "0,005"),
        ("0000", "7", "0007"),
        ("000-0000", "1234567", "123-4567"),
        ("#0.00", "0.5", "0.50"),
        ("#.##", "0.5", ".5"),
        ("#.##", "5", "5."),
        ("0.0?", "1.5", "1.5"),
        ('0.00"万元"', "12", "12.00万元"),
        ('General"元"', "12.5", "12.5元"),
        ("0.00万", "12", "12.00万"),
        ('"第"0"名"', "3", "第3名"),
        ("¥#,##0.00", "12", "¥12.00"),
        ("[$¥-804]#,##0.00", "12", "¥12.00"),
        ("G/通用格式", "5", "5"),
        ("[DBNum1][$-804]General", "12", "12"),
        ("@", "12.50", "12.5"),
    ],
)
def test_digits_and_words(code: str, held: str, text: str) -> None:
    assert shown(code, held) == text


@pytest.mark.parametrize(
    ("code", "held", "text"),
    [
        (ACCOUNTING, "1234.5", "1,234.50"),
        (ACCOUNTING, "-1234.5", "-1,234.50"),
        (ACCOUNTING, "0", "-"),
        ('0%;-0%;"无"', "0", "无"),
        ("0;0", "-3", "3"),
        ("0;", "-3", ""),
        (";;;", "5", ""),
        ("#,##0_ ;[Red]\\-#,##0\\ ", "-12", "-12"),
        ("0.00_);[Red](0.00)", "-1.5", "(1.50)"),
        ('0.00"元";(0.00"元")', "-5", "(5.00元)"),
        ("[>=10000]0.0,;0", "12345", "12.3"),
        ("[>=10000]0.0,;0", "-5", "-5"),
        ("[>0]0.0;[<0]0.00;0.000", "-5", "5.00"),
        ("[=1]0;[<>1]0.0", "2", "2.0"),
    ],
)
def test_sections(code: str, held: str, text: str) -> None:
    assert shown(code, held) == text


@pytest.mark.parametrize("code", ["0.00_);[Red]0.00", "[Black]0.00;[Red]0.00", "0.00;[Red]0.00;0"])
def test_a_sign_that_is_only_a_colour_is_written_out(code: str) -> None:
    assert shown(code, "-1.5") == "-1.50"
    assert shown(code, "1.5") == "1.50"


@pytest.mark.parametrize(
    ("code", "held", "text"),
    [
        ("0!.0,", "123456", "12.3"),
        ("0\\.0,", "123456", "12.3"),
        ("0.0,,", "123456789", "123.5"),
        ("0.00E+00", "12345", "1.23E+04"),
        ("0.00E+00", "9.999", "1.00E+01"),
        ("0.00E+00", "0", "0.00E+00"),
        ("##0.0E+0", "12345", "12.3E+3"),
        ("0.0E-0", "0.00012", "1.2E-4"),
        ("# ?/?", "1.5", "1 1/2"),
        ("# ??/??", "0.25", "1/4"),
        ("# ?/?", "2", "2"),
        ("?/8", "0.5", "4/8"),
    ],
)
def test_scaling_powers_and_fractions(code: str, held: str, text: str) -> None:
    assert shown(code, held) == text


@pytest.mark.parametrize(
    ("code", "held", "text"),
    [
        ('yyyy"年"m"月"d"日"', "45530", "2024年8月26日"),
        ("yyyy/m/d h:mm", "45530.5", "2024/8/26 12:00"),
        ("yyyy-mm-dd;@", "44562", "2022-01-01"),
        ("yy.mm", "45530", "24.08"),
        ("d-mmm-yy", "45530", "26-Aug-24"),
        ("[$-F800]dddd\\, mmmm dd", "45530", "2024年8月26日"),
        ("[$-F400]h:mm:ss AM/PM", "0.5", "12:00:00"),
        ("aaaa", "45530", "星期一"),
        ("h:mm AM/PM", "0.75", "6:00 PM"),
        ('上午/下午h"时"mm"分"', "0.25", "上午6时00分"),
        ("[h]:mm:ss", "1.5", "36:00:00"),
        ("[m]", "0.5", "720"),
        ("mm:ss.0", "0.0001", "00:08.6"),
        ("hh:mm:ss", "0.999999", "00:00:00"),
        ("yyyy/m/d", "60", "1900/2/29"),
        ("yyyy/m/d", "59", "1900/2/28"),
        ("yyyy/m/d", "0", "1900/1/0"),
        ("yyyy/m/d", "-5", "-5"),
        ("yyyy/m/d", "2958466", "2958466"),
    ],
)
def test_dates(code: str, held: str, text: str) -> None:
    assert shown(code, held) == text


def test_dates_of_old_macintosh_workbooks() -> None:
    assert NumberFormat("yyyy/m/d", epoch_1904=True).show(Decimal(0)) == "1904/1/1"


@pytest.mark.parametrize(
    ("code", "text"), [("General", "甲"), ("0.00", "甲"), ('@"元"', "甲元"), ('0;0;0;"注"@', "注甲"), ("0;0;0;", "")]
)
def test_texts_under_a_format(code: str, text: str) -> None:
    assert NumberFormat(code).show_text("甲") == text


def test_builtin_formats_are_those_of_chinese_programs() -> None:
    assert [builtin_format(number) for number in (0, 4, 10, 14, 31, 163)] == [
        "General",
        "#,##0.00",
        "0.00%",
        "yyyy/m/d",
        'yyyy"年"m"月"d"日"',
        "General",
    ]
    for code in built_in("reading_workbook")["builtin"].values():
        assert NumberFormat(code).show(Decimal("45530.25")) != ""


# --- what holds for every number ---

NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=6)
HELD = Context(prec=15, rounding=ROUND_HALF_EVEN)


@given(NUMBERS, st.integers(0, 5))
def test_decimals_are_rounded_half_up(value: Decimal, places: int) -> None:
    held = HELD.plus(value)
    code = "0" + ("." + "0" * places if places else "")
    expected = held.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert NumberFormat(code).show(value) == ("-" if held < 0 else "") + f"{abs(expected):f}"


@given(NUMBERS)
def test_commas_and_percent_change_nothing_else(value: Decimal) -> None:
    plain = NumberFormat("0.00").show(value)
    grouped = NumberFormat("#,##0.00").show(value)
    assert grouped.replace(",", "") == plain
    assert re.fullmatch(r"-?\d{1,3}(,\d{3})*\.\d\d", grouped)
    assert NumberFormat("0.00%").show(value.scaleb(-2)) == plain + "%"


@given(NUMBERS)
def test_general_is_short_and_near(value: Decimal) -> None:
    text = NumberFormat("General").show(value)
    assert len(text.lstrip("-")) <= 11
    assert not re.search(r"\.\d*0(?:E|$)", text)
    last_place = value.adjusted() - 5 if "E" in text else max(value.adjusted() - 9, -9)
    assert abs(Decimal(text) - value) <= Decimal("0.5").scaleb(last_place)


@pytest.mark.parametrize("code", ["0." + "0" * 400, "#" * 5000, "[>=1.2.3]0;0.0", "[<", '"', "\\", "yyyy" * 90])
@pytest.mark.parametrize("held", ["1.5E+308", "-4.9E-324", "0"])
def test_absurd_formats_do_not_fail(code: str, held: str) -> None:
    assert len(shown(code, held)) < 1000


@given(st.text(alphabet='0#?.,%;@"\\_*[]<>=-+/EGeyYmMdhsAP年月日元 :($)!', max_size=24), NUMBERS)
def test_no_format_fails(code: str, value: Decimal) -> None:
    text = NumberFormat(code).show(value)
    assert text == text.strip()
    assert isinstance(NumberFormat(code).show_text("甲"), str)
