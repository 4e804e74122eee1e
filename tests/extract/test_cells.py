"""Cells of a table: figures, labels, nothing, and signs for nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcheck.extract.cells import Cell, Kind, as_value, matrix, read_cell, with_unit
from reportcheck.model import Block, Bound, Quantity, Span, Unit
from reportcheck.quantities import BARE
from tables import table_of

WAN = Unit("万元", "money", Fraction(10_000))
PERSONS = Unit("人", "person", counted=True)


def figure(text: str) -> Quantity:
    _, kind, quantity = read_cell(Block("c", text, "cell"))
    assert kind == "figure"
    assert quantity is not None
    return quantity


@pytest.mark.parametrize(
    ("text", "value", "decimals", "written"),
    [
        ("12.50", "12.50", 2, "12.50"),
        ("0", "0", 0, "0"),
        ("3.0", "3.0", 1, "3.0"),
        ("1,234.56", "1234.56", 2, "1,234.56"),
        ("1,234,567", "1234567", 0, "1,234,567"),
        ("１，２３４．５", "1234.5", 1, "１，２３４．５"),
        # Grouped, or torn apart by a line that broke.
        ("1 234.56", "1234.56", 2, "1 234.56"),
        ("123 .45", "123.45", 2, "123 .45"),
        ("123. 45", "123.45", 2, "123. 45"),
        # An accountant's minus.
        ("(12.3)", "-12.3", 1, "(12.3)"),
        ("（1,012.3）", "-1012.3", 1, "（1,012.3）"),
        ("-3", "-3", 0, "-3"),
        ("－3.5", "-3.5", 1, "－3.5"),
        ("+4.20", "4.20", 2, "+4.20"),
        ("12.", "12", 0, "12."),
        ("　12.5 ", "12.5", 1, "12.5"),
        (".75", "0.75", 2, ".75"),
        ("3．06", "3.06", 2, "3．06"),
        ("3·06", "3.06", 2, "3·06"),
        ("2，345，600.50", "2345600.50", 2, "2，345，600.50"),
        ("3, 156,077", "3156077", 0, "3, 156,077"),
        ("456,\n123.00", "456123.00", 2, "456,\n123.00"),
        ("-  61.25", "-61.25", 2, "-  61.25"),
        ("△61.25", "-61.25", 2, "△61.25"),
        ("61.25-", "-61.25", 2, "61.25-"),
        ("￥61.25", "61.25", 2, "￥61.25"),
        # A note on a figure with decimals, whatever figures it tells.
        ("61.25①", "61.25", 2, "61.25"),
        ("61.25*", "61.25", 2, "61.25"),
        ("61.25[2]", "61.25", 2, "61.25"),
        ("61.25、", "61.25", 2, "61.25"),
        ("61.25（含上年结转）", "61.25", 2, "61.25"),
        ("61.25(9月追加8.00)", "61.25", 2, "61.25"),
        # What a spreadsheet shows where a column is narrow: rounded to ten millions.
        ("1.2E+08", "120000000", -7, "1.2E+08"),
    ],
)
def test_a_cell_that_is_a_number(text: str, value: str, decimals: int, written: str) -> None:
    start = text.index(written)
    span = Span("c", start, start + len(written))
    assert figure(text) == Quantity(Decimal(value), BARE, decimals, "exact", written, span)


@pytest.mark.parametrize(
    ("text", "value", "symbol", "dimension", "decimals"),
    [
        ("86.75%", "86.75", "%", "ratio", 2),
        ("８６．７５％", "86.75", "%", "ratio", 2),
        ("5 %", "5", "%", "ratio", 0),
        ("12‰", "12", "‰", "ratio", 0),
        ("10分", "10", "分", "score", 0),
        ("12.5 万元", "12.5", "万元", "money", 1),
        ("３０人", "30", "人", "person", 0),
        ("3个百分点", "3", "个百分点", "point", 0),
        ("(15.00%)", "-15.00", "%", "ratio", 2),
        ("△3.9%", "-3.9", "%", "ratio", 1),
    ],
)
def test_a_cell_that_is_a_figure_with_its_unit(
    text: str, value: str, symbol: str, dimension: str, decimals: int
) -> None:
    found = figure(text)
    assert (found.value, found.decimals, found.bound) == (Decimal(value), decimals, "exact")
    assert (found.unit.symbol, found.unit.dimension) == (symbol, dimension)
    assert (found.text, found.span) == (text, Span("c", 0, len(text)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "blank"),
        (" 　\n", "blank"),
        ("—", "nil"),
        ("——", "nil"),
        ("-", "nil"),
        ("/", "nil"),
        ("...", "nil"),
        ("无", "nil"),
        ("不涉及", "nil"),
        # Not figures: a hedge, a sign, a year, a number of an outline, a list left open, digits torn apart.
        ("约10万元", "label"),
        ("≥95%", "label"),
        ("2023年", "label"),
        ("（一）", "label"),
        ("第3季度", "label"),
        ("1e5", "label"),
        ("-3-", "label"),
        ("无偿划转", "label"),
        ("待定", "label"),
        ("12①", "label"),
        ("2023（预算）", "label"),
        ("2023.5.6", "label"),
        ("1.2.3", "label"),
        ("1,2,3", "label"),
        # Surely meant as figures: two of them, numbers that nobody writes so, errors of a spreadsheet.
        ("12.5 13.5", "unreadable"),
        ("12.5\n13.5", "unreadable"),
        ("1,23", "unreadable"),
        ("61，25", "unreadable"),
        ("6I.25", "unreadable"),
        ("123.456.00", "unreadable"),
        ("#REF!", "unreadable"),
        ("#DIV/0!", "unreadable"),
        ("NaN", "unreadable"),
        ("-inf", "unreadable"),
        ("####", "unreadable"),
    ],
)
def test_a_cell_that_is_no_figure(text: str, kind: Kind) -> None:
    assert read_cell(Block("c", text, "cell"))[1:] == (kind, None)


@pytest.mark.parametrize(
    ("text", "value", "bound", "written"),
    [
        ("≥61.25", "61.25", "at-least", "61.25"),
        ("约61.25", "61.25", "about", "61.25"),
        ("不超过61.25万元", "61.25", "at-most", "61.25万元"),
        ("=61.25", "61.25", "exact", "61.25"),
        ("其中：61.25", "61.25", "exact", "61.25"),
        ("[1]61.25", "61.25", "exact", "61.25"),
        ("12①", "12", "exact", "12"),
        ("12（含税）", "12", "exact", "12"),
    ],
)
def test_words_around_a_figure_in_a_column_of_figures(text: str, value: str, bound: Bound, written: str) -> None:
    found = as_value(label(text), hedged=True).quantity
    assert found is not None
    start = text.index(written)
    assert (found.value, found.bound, found.text) == (Decimal(value), bound, written)
    assert found.span == Span("c", start, start + len(written))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("待定", "unreadable"),
        ("n/a", "unreadable"),
        ("见附件2", "unreadable"),
        ("12.5/13.5", "unreadable"),
        ("60 万至 80 万", "unreadable"),
        ("1,2,3", "unreadable"),
        ("90（80）", "unreadable"),
        # Words, and the headers of a table that goes on.
        ("维修", "label"),
        ("2023年决算数", "label"),
        ("2023（决算）", "label"),
        ("1-6月", "label"),
        ("1.按进度计分", "label"),
    ],
)
def test_what_cannot_be_told_in_a_column_of_figures(text: str, kind: Kind) -> None:
    assert (as_value(label(text), hedged=True).kind, as_value(label(text), hedged=True).quantity) == (kind, None)


def test_where_figures_are_not_hedged_a_bound_is_an_aim() -> None:
    assert as_value(label("≥95%"), hedged=False) == label("≥95%")


def label(text: str) -> Cell:
    plain, kind, quantity = read_cell(Block("c", text, "cell"))
    assert (kind, quantity) == ("label", None)
    return Cell(0, 0, Block("c", text, "cell"), plain, kind)


def test_the_text_of_a_cell_is_normalised_without_blanks() -> None:
    assert read_cell(Block("c", "合　计（万元）\n１", "cell"))[0] == "合计（万元）1"


def test_a_merged_cell_stands_at_each_of_its_places() -> None:
    cells = matrix(table_of("项目|金额|<", "^|预算|执行", "甲|1.5|—"))
    assert [[(cell.id, cell.kind) for cell in row] for row in cells] == [
        [("t1.r1c1", "label"), ("t1.r1c2", "label"), ("t1.r1c2", "label")],
        [("t1.r1c1", "label"), ("t1.r2c2", "label"), ("t1.r2c3", "label")],
        [("t1.r3c1", "label"), ("t1.r3c2", "figure"), ("t1.r3c3", "nil")],
    ]
    assert [(cell.row, cell.column) for row in cells for cell in row] == [(r, c) for r in range(3) for c in range(3)]


def test_a_short_row_is_filled_up_with_holes() -> None:
    cells = matrix(table_of("项目|预算|执行", "甲|1.5"))
    assert [len(row) for row in cells] == [3, 3]
    assert (cells[1][2].block, cells[1][2].kind, cells[1][2].id) == (None, "blank", "")


@pytest.mark.parametrize(
    ("text", "unit", "given_unit"),
    [
        ("12.5", WAN, WAN),
        ("12", PERSONS, PERSONS),
        # Half a person is none: the figure is a mean, and may be rounded.
        ("12.5", PERSONS, Unit("人", "person", counted=False)),
        ("12.5", None, BARE),
    ],
)
def test_a_bare_figure_takes_the_unit_that_it_is_given(text: str, unit: Unit | None, given_unit: Unit) -> None:
    assert with_unit(figure(text), unit).unit == given_unit


@pytest.mark.parametrize("unit", [WAN, Unit("元", "money")])
def test_a_scale_of_its_own_counts_in_the_base_unit(unit: Unit) -> None:
    found = with_unit(figure("61.25万"), unit)
    assert (found.exact, found.unit) == (612_500, WAN)


def test_a_scale_of_things() -> None:
    assert with_unit(figure("1.2万"), PERSONS).unit == Unit("万人", "person", Fraction(10_000))


def test_a_unit_in_brackets_behind_the_figure() -> None:
    found = figure("61.25（万元）")
    assert (found.text, found.unit) == ("61.25", WAN)


def test_a_figure_with_a_unit_keeps_it() -> None:
    own = figure("86.75%")
    assert with_unit(own, WAN) is own


AMOUNTS = st.integers(-10_000_000_000, 10_000_000_000).map(lambda cents: Decimal(cents).scaleb(-2))


@given(AMOUNTS, st.booleans(), st.sampled_from(["", " ", "　"]))
def test_every_amount_is_read_as_it_is_written(value: Decimal, grouped: bool, blank: str) -> None:
    text = f"{value:,.2f}" if grouped else f"{value:.2f}"
    found = figure(blank + text + blank)
    assert (found.value, found.decimals, found.text) == (value, 2, text)
