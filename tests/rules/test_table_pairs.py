"""Cells of a form that hold a name and its figure."""

from __future__ import annotations

from tables import alarms, check, verdicts, with_cell

PAIRS = [
    "年度资金（万元）|用途|预算数|执行数|执行率|分值|得分",
    "资金总额||2119.78|2045.12|96.48%|10|9.65",
    "按收入性质分|按支出性质分|||||",
    "其中：一般公共预算：1800.50|其中：基本支出：1519.78|||||",
    "政府性基金拨款：300.00|项目支出：525.34|||||",
    "其他资金：19.28||||||",
]


def sums(rows: list[str]) -> list[str]:
    return [v for v in verdicts(check(rows, unit="")) if v.startswith("total")]


def test_names_with_their_figures_add_up_to_the_budget_or_to_what_was_spent() -> None:
    assert sums(PAIRS) == [
        "total-mismatch: 2045.12 = 1519.78 + 525.34 consistent structure",
        "total-mismatch: 2119.78 = 1800.50 + 300.00 + 19.28 consistent structure",
    ]
    assert check(PAIRS, unit="").findings == ()


def test_names_that_run_on_over_the_column_of_the_budget() -> None:
    rows = [
        "年度资金（万元）|预算数|执行数|执行率",
        "资金总额|2119.78|2045.12|96.48%",
        "按收入性质分|<|按支出性质分|<",
        "其中：一般公共预算：1800.50|<|其中：基本支出：1519.78|<",
        "政府性基金拨款：300.00|<|项目支出：525.34|<",
        "其他资金：19.28|<||",
    ]
    assert len(sums(rows)) == 2


def test_a_wrong_figure_in_a_list_is_a_question_where_a_slip_explains_it() -> None:
    wrong = with_cell(PAIRS, "政府性基金拨款：300.00", "政府性基金拨款：330.00")
    assert alarms(check(wrong, unit="")) == ["warning total-mismatch 330.00 at r5c1"]


def test_a_list_that_adds_up_to_neither_total_is_undecided() -> None:
    wrong = with_cell(PAIRS, "政府性基金拨款：300.00", "政府性基金拨款：287.13")
    assert [v.rpartition(" ")[0].rpartition(" ")[2] for v in sums(wrong)] == ["consistent", "undecided"]
    assert alarms(check(wrong, unit="")) == []


def test_a_single_figure_is_no_list() -> None:
    rows = [*PAIRS[:3], "一般公共预算：1800.50|基本支出：1519.78|||||"]
    assert sums(rows) == []
