"""Figures in text: exact value, unit, hedge and place."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcheck.interval import Interval
from reportcheck.model import Quantity
from reportcheck.quantities import find_quantities

WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(text, "p1")
    return quantity


def read(text: str) -> list[tuple[str, str]]:
    return [(quantity.text, quantity.unit.symbol) for quantity in find_quantities(text, "p1")]


@pytest.mark.parametrize(
    ("text", "written", "exact", "decimals", "dimension"),
    [
        ("支出52.05万元。", "52.05万元", "520500", 2, "money"),
        ("支出7.50亿元。", "7.50亿元", "750000000", 2, "money"),
        ("支出1,286.50元。", "1,286.50元", "1286.50", 2, "money"),
        ("支出3亿5000万元。", "3亿5000万元", "350000000", 0, "money"),
        ("支出107.21万。", "107.21万", "1072100", 2, "money"),
        ("执行率86.75%。", "86.75%", "0.8675", 2, "ratio"),
        ("下降3.5‰。", "3.5‰", "0.0035", 1, "ratio"),
        ("提高3.5个百分点。", "3.5个百分点", "0.035", 1, "point"),
        ("为上年的2.54倍。", "2.54倍", "2.54", 2, "times"),
        ("接待322人次。", "322人次", "322", 0, "person-time"),
        ("面积36.5万亩。", "36.5万亩", "365000", 1, "mu"),
        ("每人每月1000元/人·月。", "1000元/人·月", "1000", 0, "money/人·月"),
        ("共三十六个。", "三十六个", "36", 0, "item"),
        ("得分92.30分。", "92.30分", "92.30", 2, "score"),
        ("变动率为-3.5%，", "-3.5%", "-0.035", 1, "ratio"),
        ("支出 3.98 万元", "3.98 万元", "39800", 2, "money"),
        ("共3名", "3名", "3", 0, "person"),
    ],
)
def test_a_figure(text: str, written: str, exact: str, decimals: int, dimension: str) -> None:
    quantity = only(text)
    start = text.index(written)
    assert (quantity.text, quantity.span.start, quantity.span.end) == (written, start, start + len(written))
    assert (quantity.exact, quantity.decimals, quantity.unit.dimension) == (
        Fraction(Decimal(exact)),
        decimals,
        dimension,
    )


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("预算分别为60、70和80万元", [("60", "万元"), ("70", "万元"), ("80万元", "万元")]),
        ("补助63%~68%", [("63%", "%"), ("68%", "%")]),
        ("占10-20个", [("10", "个"), ("20个", "个")]),
        ("为48.47、51.50、39.07亿元", [("48.47", "亿元"), ("51.50", "亿元"), ("39.07亿元", "亿元")]),
        ("收入12，345元", [("12", ""), ("345元", "元")]),
        ("预算60万元，支出52.05万元", [("60万元", "万元"), ("52.05万元", "万元")]),
        ("2019年支出60万元", [("60万元", "万元")]),
        ("财预〔2020〕10号文件安排60万元", [("60万元", "万元")]),
        ("一是安排60万元；二是支出3万元", [("60万元", "万元"), ("3万元", "万元")]),
        ("“三公”经费3.5万元", [("3.5万元", "万元")]),
        ("没有数字", []),
        ("", []),
    ],
)
def test_figures_of_a_sentence(text: str, figures: list[tuple[str, str]]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("约60万元", "about"),
        ("60万元左右", "about"),
        ("超过60万元", "at-least"),
        ("60余万元", "at-least"),
        ("60万余元", "at-least"),
        ("60多个", "at-least"),
        ("60万元以上", "at-least"),
        ("≥60%", "at-least"),
        ("不足60万元", "at-most"),
        ("近60万元", "at-most"),
        ("60万元以内", "at-most"),
        ("60万元", "exact"),
        ("附近60万元", "exact"),
    ],
)
def test_a_hedge(text: str, bound: str) -> None:
    assert only(text).bound == bound


def test_a_figure_is_an_interval_of_its_last_place() -> None:
    interval = only("支出52.05万元").interval
    assert interval == Interval(Fraction(520450), Fraction(520550))
    whole = only("支出60万元")
    assert whole.interval == Interval.point(Fraction(600_000))
    assert whole.rounded_interval == Interval.around(Fraction(600_000), Fraction(5_000))
    assert only("共36人").rounded_interval == Interval.point(Fraction(36))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("超过60.0万元", 599_500, None), ("不足60.0万元", None, 600_500), ("约60万元", 540_000, 660_000)],
)
def test_a_hedge_opens_the_interval(text: str, low: int | None, high: int | None) -> None:
    interval = only(text).interval
    assert (interval.low, interval.high) == (low, high)


# --- properties -------------------------------------------------------------------------------

SYMBOLS = {
    "万元": ("money", Fraction(10_000)),
    "元": ("money", Fraction(1)),
    "亿元": ("money", Fraction(10**8)),
    "%": ("ratio", Fraction(1, 100)),
    "个百分点": ("point", Fraction(1, 100)),
    "人": ("person", Fraction(1)),
    "人次": ("person-time", Fraction(1)),
    "户": ("household", Fraction(1)),
    "万亩": ("mu", Fraction(10_000)),
    "公里": ("kilometre", Fraction(1)),
    "平方米": ("area", Fraction(1)),
    "吨": ("tonne", Fraction(1)),
    "倍": ("times", Fraction(1)),
}
NUMBERS = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(0, 10**10 - 1), st.integers(0, 4)
)
LEADS = st.sampled_from(["", "支出", "本年度会议费为", "（", "，其中基本支出", "2019年", "“三公”经费", "合计："])
TAILS = st.sampled_from(["", "。", "，其余未用", "）", "；\n", "、"])


@given(NUMBERS, st.sampled_from(sorted(SYMBOLS)), LEADS, TAILS, st.booleans(), st.booleans())
def test_a_printed_figure_is_read_back_with_its_place(
    number: Decimal, symbol: str, lead: str, tail: str, wide: bool, grouped: bool
) -> None:
    printed = (f"{number:,f}" if grouped and not wide else f"{number:f}") + symbol
    if wide:
        printed = printed.translate(WIDE)
    quantity = only(lead + printed + tail)
    dimension, factor = SYMBOLS[symbol]
    assert quantity.text == printed
    assert (quantity.span.start, quantity.span.end) == (len(lead), len(lead + printed))
    assert (quantity.value, quantity.unit.dimension, quantity.unit.factor) == (number, dimension, factor)
    assert quantity.decimals == len(f"{number:f}".partition(".")[2])
    assert quantity.bound == "exact"


@given(st.integers(1_000, 10**10 - 1), st.integers(0, 2))
def test_wide_digits_are_grouped_by_wide_commas(digits: int, places: int) -> None:
    number = Decimal(digits).scaleb(-places)
    printed = f"{number:,f}".translate(WIDE).replace(",", "，") + "元"
    quantity = only("支出" + printed)
    assert (quantity.text, quantity.value) == (printed, number)


@given(st.text(max_size=40))
def test_every_figure_is_verbatim_text(text: str) -> None:
    figures = find_quantities(text, "p1")
    assert all(text[figure.span.start : figure.span.end] == figure.text for figure in figures)
    assert [f.span.start for f in figures] == sorted({f.span.start for f in figures})


@given(
    st.text(
        alphabet="0123456789.,，％%-—~、和约超余以上左右万亿元个人分之百成第一二三十年月日号（）：。 \n", max_size=30
    )
)
def test_no_text_of_figures_breaks_the_reader(text: str) -> None:
    figures = find_quantities(text, "p1")
    assert all(text[figure.span.start : figure.span.end] == figure.text for figure in figures)
    assert all(one.span.end <= other.span.start for one, other in pairwise(figures))
