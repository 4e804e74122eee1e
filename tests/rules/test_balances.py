"""Balances of two sides."""

from __future__ import annotations

from tables import alarms, check, verdicts, with_cell

SIDES = [
    "收入|<|支出|<",
    "项目|决算数|项目|决算数",
    "一、财政拨款收入|31.39|一、教育支出|10.17",
    "二、事业收入|44.08|二、卫生支出|53.25",
    "三、其他收入|12.55|三、农业支出|23.16",
    "本年收入合计|88.02|本年支出合计|86.58",
    "年初结转和结余|6.36|年末结转和结余|7.80",
    "总计|94.38|总计|94.38",
]


def test_income_and_spending() -> None:
    report = check(SIDES)
    assert verdicts(report) == [
        "balance-mismatch: 94.38 = 94.38 consistent identity",
        "total-mismatch: 86.58 = 10.17 + 53.25 + 23.16 consistent structure",
        "total-mismatch: 88.02 = 31.39 + 44.08 + 12.55 consistent structure",
        "total-mismatch: 94.38 = 86.58 + 7.80 consistent structure",
        "total-mismatch: 94.38 = 88.02 + 6.36 consistent structure",
    ]
    assert report.findings == ()


def test_a_wrong_side() -> None:
    rows = [*SIDES[:-1], "总计|94.38|总计|93.48"]
    assert alarms(check(rows)) == ["error balance-mismatch 93.48 at r8c4"]


def test_a_wrong_part_of_a_side_leaves_the_balance_alone() -> None:
    # The total below bears out the sum of 86.58.
    assert alarms(check(with_cell(SIDES, "53.25", "35.25"))) == ["error total-mismatch 35.25 at r4c4"]


POSITION = [
    "资产|期末|期初|负债和净资产|期末|期初",
    "流动资产|20.11|19.07|流动负债|8.04|9.16",
    "固定资产|50.22|51.30|净资产|62.29|61.21",
    "资产总计|70.33|70.37|负债和净资产总计|70.33|70.37",
]


def test_assets_and_liabilities_in_two_periods() -> None:
    report = check(POSITION)
    assert verdicts(report, "balance") == [
        "balance-mismatch: 70.33 = 70.33 consistent identity",
        "balance-mismatch: 70.37 = 70.37 consistent identity",
    ]
    assert report.findings == ()
    rows = [*POSITION[:-1], "资产总计|70.33|70.37|负债和净资产总计|70.33|73.07"]
    assert alarms(check(rows)) == ["error balance-mismatch 73.07 at r4c6"]


def test_two_sides_of_other_things_need_not_balance() -> None:
    rows = ["东区|金额|西区|金额", "甲|31.39|丙|10.17", "乙|44.08|丁|53.25", "总计|75.47|总计|63.42"]
    assert verdicts(check(rows), "balance") == []
    assert alarms(check(rows)) == []


def test_totals_on_different_rows_are_not_compared() -> None:
    rows = [*SIDES[:5], "总计|88.02|四、住房支出|7.80", "||总计|94.38"]
    assert verdicts(check(rows), "balance") == []
