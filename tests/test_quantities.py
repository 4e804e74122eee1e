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
from reportcheck.numerals import to_capital, to_chinese
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


# --- kinds of writing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # signs
        ("增速为负4.2%，", [("负4.2%", "-0.042")]),
        ("净资产负三十万元", [("负三十万元", "-300000")]),
        ("差额△72.40", [("△72.40", "-72.40")]),
        ("-  72.40", [("-  72.40", "-72.40")]),
        ("（-  72.40万元）", [("-  72.40万元", "-724000")]),
        ("结余为 - 72.40万元。", [("- 72.40万元", "-724000")]),
        ("72.40-", [("72.40-", "-72.40")]),
        ("差额1,072.40-，已核", [("1,072.40-", "-1072.40")]),
        ("误差为正负5%", [("正负5%", "0.05")]),
        # no signs
        ("72.40-80.10", [("72.40", "72.40"), ("80.10", "80.10")]),
        ("72.40-\n80.10万元", [("72.40", "724000"), ("80.10万元", "801000")]),
        ("- 12个项目完成验收", [("12个", "12")]),
        ("为企业减负3000万元", [("3000万元", "30000000")]),
        ("自负二十万元", [("二十万元", "200000")]),
        ("20亿-30亿元", [("20亿", "2000000000"), ("30亿元", "3000000000")]),
        ("12 - 20个", [("12", "12"), ("20个", "20")]),
        ("405.6 -7.1", [("405.6", "405.6"), ("-7.1", "-7.1")]),
        # several multipliers
        ("补助2万800元", [("2万800元", "20800")]),
        ("补助6万5000元", [("6万5000元", "65000")]),
        ("补助7万3千2百元", [("7万3千2百元", "73200")]),
        ("安排3千零40万元", [("3千零40万元", "30400000")]),
        ("安排200万五千元", [("200万五千元", "2005000")]),
        ("安排二十亿6000万元", [("二十亿6000万元", "2060000000")]),
        ("安排四点五万元", [("四点五万元", "45000")]),
        ("投入50万15人参加", [("50万", "500000"), ("15人", "15")]),
        ("投入50万三项工作", [("50万", "500000"), ("三项", "3")]),
        # points, powers, groups
        ("支出.85万元", [(".85万元", "8500")]),
        ("任务完成.3人参加", []),
        ("总额2.4E+07元", [("2.4E+07元", "24000000")]),
        ("支出4，371，500.00元", [("4，371，500.00元", "4371500")]),
        ("支出4，371，500元", [("4，371，500元", "4371500")]),
        ("支出4, 371,500元", [("4, 371,500元", "4371500")]),
        ("支出4．07亿元", [("4．07亿元", "407000000")]),
        ("分别为110，220，330万元", [("110", "110"), ("220", "220"), ("330万元", "3300000")]),
        ("分别为70,80和90万元", [("70", "700000"), ("80", "800000"), ("90万元", "900000")]),
        ("1234,567.8元", []),
        ("3.2.1", []),
        # coins
        ("壹佰玖拾贰圆叁角", [("壹佰玖拾贰圆叁角", "192.3")]),
        ("三元四角至三元五角二分", [("三元四角", "3.4"), ("三元五角二分", "3.52")]),
        ("70元4角五分", [("70元4角五分", "70.45")]),
        ("八元零六分", [("八元零六分", "8.06")]),
        # rates in words
        ("占两成，达7成", [("两成", "0.2"), ("7成", "0.7")]),
        ("六成三、9.5成、十成、半成", [("六成三", "0.63"), ("9.5成", "0.95"), ("十成", "1"), ("半成", "0.05")]),
        ("完成百分之百", [("百分之百", "1")]),
        ("负百分之四", [("负百分之四", "-0.04")]),
        ("万分之六、千分之二", [("万分之六", "0.0006"), ("千分之二", "0.002")]),
        ("八百分之四", [("八百分之四", "0.005")]),
        ("百分之2,300", [("百分之2,300", "23")]),
        ("约1/4的资金", [("1/4", "0.25")]),
        ("三成员、半成品", []),
        # halves
        ("两年半", [("两年半", "2.5")]),
        ("2吨半", [("2吨半", "2.5")]),
        ("3年半年报", [("3年", "3")]),
        # currencies
        ("4.5亿美元", [("4.5亿美元", "450000000")]),
        ("¥92.40、￥92.40万", [("¥92.40", "92.40"), ("￥92.40万", "924000")]),
        ("-¥92.40", [("-¥92.40", "-92.40")]),
        ("$4.5亿", [("$4.5亿", "450000000")]),
        ("92.40①", [("92.40", "92.40")]),
        # ranges
        ("单价4.5到4.8元", [("4.5", "4.5"), ("4.8元", "4.8")]),
        ("三至五个", [("三", "3"), ("五个", "5")]),
        ("二十至三十亿元", [("二十", "2000000000"), ("三十亿元", "3000000000")]),
        ("从三到五", []),
        # units that begin like a scale, and measure words
        ("四百千瓦，6千米，8千克", [("四百千瓦", "400"), ("6千米", "6"), ("8千克", "8")]),
        ("接入180路监控", [("180路", "180")]),
        ("吞吐量20万标箱", [("20万标箱", "200000")]),
        ("周转量30亿吨公里", [("30亿吨公里", "3000000000")]),
        ("粮食12亿斤", [("12亿斤", "600000000")]),
        # pieces of numerals
        ("一百 五 十 二元", []),
        ("四十九兆九千亿元", []),
        ("百万分之五", []),
    ],
)
def test_figures_as_people_write_them(text: str, figures: list[tuple[str, str]]) -> None:
    found = find_quantities(text, "p1")
    assert [(quantity.text, quantity.exact) for quantity in found] == [
        (written, Fraction(Decimal(exact))) for written, exact in figures
    ]


@pytest.mark.parametrize(
    ("text", "written", "value", "bound"),
    [
        ("两三个", "两三个", "2", "at-least"),
        ("开会四五次", "四五次", "4", "at-least"),
        ("二三十人", "二三十人", "20", "at-least"),
        ("十余万元", "十余万元", "100000", "at-least"),
        ("二十几万元", "二十几万元", "200000", "at-least"),
        ("百余名", "百余名", "100", "at-least"),
        ("百分之九十多", "百分之九十", "90", "at-least"),
        ("百分之十几", "百分之十几", "10", "at-least"),
        ("三五百户", "三五百户", "300", "at-least"),
        ("约92.40", "92.40", "92.40", "about"),
        ("近9成", "9成", "9", "at-most"),
        ("二十三个", "二十三个", "23", "exact"),
    ],
)
def test_a_number_that_is_not_exact(text: str, written: str, value: str, bound: str) -> None:
    quantity = only(text)
    assert (quantity.text, quantity.value, quantity.bound) == (written, Decimal(value), bound)


@pytest.mark.parametrize(
    ("text", "dimension"),
    [
        ("300万元", "money"),
        ("300万人民币", "money"),
        ("300万美元", "us-dollar"),
        ("300万欧元", "euro"),
        ("300万港元", "hong-kong-dollar"),
        ("300万港币", "hong-kong-dollar"),
        ("300万日元", "yen"),
        ("300万英镑", "pound"),
        ("$300万", "us-dollar"),
        ("HK$300万", "hong-kong-dollar"),
        ("€300万", "euro"),
        ("￥300万", "money"),
    ],
)
def test_each_currency_has_a_dimension_of_its_own(text: str, dimension: str) -> None:
    assert (only(text).unit.dimension, only(text).exact) == (dimension, 3_000_000)


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


MIXED = "负△-+±¥$.,，．、0123456789０５零一二两三五九十廿百千万亿余多几来半成角分元美个百分点人至到~—/（）。" + (
    " \n\u3000\u200b%％E"
)


@given(st.text(alphabet=MIXED, max_size=40))
def test_no_writing_of_numbers_breaks_the_reader(text: str) -> None:
    figures = find_quantities(text, "p1")
    assert all(text[figure.span.start : figure.span.end] == figure.text for figure in figures)
    assert all(one.span.end <= other.span.start for one, other in pairwise(figures))


@given(st.integers(1, 10**15), st.integers(0, 2), st.booleans())
def test_wide_and_narrow_writing_are_one(digits: int, places: int, negative: bool) -> None:
    printed = ("-" if negative else "") + f"{Decimal(digits).scaleb(-places):f}" + "万元"
    narrow, wide = only("为" + printed), only("为" + printed.translate(WIDE).replace("-", "－"))
    assert (narrow.value, narrow.unit, narrow.decimals) == (wide.value, wide.unit, wide.decimals)
    assert narrow.below_zero == negative


@given(st.integers(2, 10**12 - 1))
def test_an_amount_in_words_is_read(number: int) -> None:
    for printed in (to_chinese(number) + "元", to_capital(number) + "圆"):
        assert (only(printed).text, only(printed).exact, only(printed).bound) == (printed, number, "exact")


@given(st.integers(10**28, 10**36), st.booleans())
def test_figures_of_many_digits_are_exact(number: int, negative: bool) -> None:
    quantity = only(f"为{'-' if negative else ''}{number}.25元")
    assert quantity.exact == (-1 if negative else 1) * (Fraction(number) + Fraction(1, 4))
