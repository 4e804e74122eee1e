"""Amounts per head, and prices times numbers."""

from __future__ import annotations

import pytest

from tables import alarms, check, verdicts, with_cell

HEADS = [
    "单位|支出（万元）|人数|人均支出（万元）",
    "甲局|10.17|3|3.39",
    "乙局|23.25|5|4.65",
    "丙局|31.36|7|4.48",
    "丁局|44.08|8|5.51",
]
PRICES = [
    "品目|单价（元）|数量（台）|金额（元）",
    "电脑|4500.00|12|54000.00",
    "打印机|1280.50|4|5122.00",
    "空调|3199.00|6|19194.00",
    "桌椅|860.00|25|21500.00",
]


def test_amounts_per_head() -> None:
    report = check(HEADS, unit="")
    assert verdicts(report) == [
        "product-mismatch: 3.39 = 10.17 ÷ 3 consistent parallel",
        "product-mismatch: 4.48 = 31.36 ÷ 7 consistent parallel",
        "product-mismatch: 4.65 = 23.25 ÷ 5 consistent parallel",
        "product-mismatch: 5.51 = 44.08 ÷ 8 consistent parallel",
    ]
    assert report.findings == ()
    wrong = with_cell(HEADS, "4.48", "4.84")
    assert alarms(check(wrong, unit="")) == ["warning product-mismatch 4.84 at r4c4"]


def test_prices_times_numbers() -> None:
    report = check(PRICES, unit="")
    assert verdicts(report) == [
        "product-mismatch: 19194.00 = 3199.00 × 6 consistent parallel",
        "product-mismatch: 21500.00 = 860.00 × 25 consistent parallel",
        "product-mismatch: 5122.00 = 1280.50 × 4 consistent parallel",
        "product-mismatch: 54000.00 = 4500.00 × 12 consistent parallel",
    ]
    assert report.findings == ()
    wrong = with_cell(PRICES, "19194.00", "19914.00")
    assert alarms(check(wrong, unit="")) == ["warning product-mismatch 19914.00 at r4c4"]


def test_a_price_in_yuan_and_an_amount_in_tens_of_thousands() -> None:
    rows = ["品目|单价（元）|数量（台）|金额（万元）", "电脑|4500|12|5.40", "打印机|1280|40|5.12", "空调|3199|60|19.19"]
    assert [v.rpartition(" ")[0].rpartition(" ")[2] for v in verdicts(check(rows, unit=""))] == ["consistent"] * 3
    wrong = with_cell(rows, "19.19", "91.19")
    assert [alarm.partition(" ")[2] for alarm in alarms(check(wrong, unit=""))] == []


@pytest.mark.parametrize("rows", [HEADS[:3], PRICES[:3]], ids=["heads", "prices"])
def test_two_rows_are_too_few_to_tell(rows: list[str]) -> None:
    fields = rows[2].split("|")
    wrong = [*rows[:2], "|".join([*fields[:3], "7.77"])]
    assert alarms(check(wrong, unit="")) == []


def test_columns_without_a_relation() -> None:
    rows = ["单位|支出（万元）|人数|平均工资（万元）", "甲局|10.17|3|8.81", "乙局|23.25|5|9.92", "丙局|31.36|7|7.73"]
    assert verdicts(check(rows, unit="")) == []


@pytest.mark.xfail(strict=True, reason="an average takes no unit from the note of its table, and so fits no amount")
def test_amounts_per_head_in_the_unit_of_the_table() -> None:
    rows = ["单位|支出|人数|人均支出", *HEADS[1:]]
    assert len(verdicts(check(rows, unit="万元"))) == 4
