"""Rates, growth, differences and shares in the columns of a table, and rates in its rows."""

from __future__ import annotations

import pytest

from tables import alarms, check, verdicts, with_cell

# --- rates --------------------------------------------------------------------------------

RATES = [
    "项目|年初预算|全年预算|支出数|执行率",
    "甲|12.00|10.17|9.02|88.69%",
    "乙|23.25|23.25|18.43|79.27%",
    "丙|30.00|31.39|27.06|86.21%",
]


def test_a_rate_is_taken_of_the_columns_that_its_header_speaks_for() -> None:
    report = check(RATES)
    assert verdicts(report) == [
        "rate-mismatch: 79.27% = 18.43 ÷ 23.25 consistent structure",
        "rate-mismatch: 86.21% = 27.06 ÷ 31.39 consistent structure",
        "rate-mismatch: 88.69% = 9.02 ÷ 10.17 consistent structure",
    ]
    assert report.findings == ()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("86.21%", "82.61%", ["error rate-mismatch 82.61% at r4c5"]),
        ("27.06", "26.07", ["error rate-mismatch 86.21% at r4c5"]),
        # Cut off instead of rounded is but a note.
        ("86.21%", "86.20%", []),
    ],
)
def test_a_wrong_rate(old: str, new: str, found: list[str]) -> None:
    assert alarms(check(with_cell(RATES, old, new))) == found


def test_rates_of_the_other_budget_are_no_error_if_all_are() -> None:
    rows = [RATES[0], "甲|12.00|10.17|9.02|75.17%", "乙|22.00|23.25|18.43|83.77%", "丙|30.00|31.39|27.06|90.20%"]
    assert verdicts(check(rows)) == [
        "rate-mismatch: 75.17% = 9.02 ÷ 12.00 consistent parallel",
        "rate-mismatch: 83.77% = 18.43 ÷ 22.00 consistent parallel",
        "rate-mismatch: 90.20% = 27.06 ÷ 30.00 consistent parallel",
    ]
    assert check(rows).findings == ()


def test_rates_without_a_sign_and_as_fractions() -> None:
    percent = ["项目|预算数|决算数|执行率", "甲|10.17|9.02|88.69", "乙|23.25|18.43|79.27", "丙|31.39|27.06|86.21"]
    fractions = ["项目|预算数|决算数|执行率", "甲|10.17|9.02|0.8869", "乙|23.25|18.43|0.7927", "丙|31.39|27.06|0.8621"]
    for rows, wrong in ((percent, "82.61"), (fractions, "0.8261")):
        assert [v.partition(" = ")[2] for v in verdicts(check(rows))] == sorted(
            f"{pair} consistent structure" for pair in ("18.43 ÷ 23.25", "27.06 ÷ 31.39", "9.02 ÷ 10.17")
        )
        old = rows[3].rpartition("|")[2]
        assert alarms(check(with_cell(rows, old, wrong))) == [f"error rate-mismatch {wrong} at r4c4"]


def test_a_rate_by_the_marks_that_its_header_divides() -> None:
    rows = ["项目|总投资（A）|到位（B）|支付（C）|比例（B/A）", "甲|20.11|10.17|9.02|50.57%"]
    assert verdicts(check(rows)) == ["rate-mismatch: 50.57% = 10.17 ÷ 20.11 consistent wording"]
    assert alarms(check(with_cell(rows, "50.57%", "47.50%"))) == ["error rate-mismatch 47.50% at r2c5"]


def test_a_rate_too_high_in_the_only_row_is_no_partial_list() -> None:
    report = check(["项目|预算数|决算数|执行率", "甲|20.11|10.17|57.93%"])
    assert [(verdict.outcome, verdict.reason) for verdict in report.verdicts] == [("inconsistent", None)]
    assert alarms(report) == ["error rate-mismatch 57.93% at r2c4"]


def test_a_rate_too_low_in_the_only_row() -> None:
    assert alarms(check(["项目|预算数|决算数|执行率", "甲|20.11|10.17|47.93%"])) == [
        "error rate-mismatch 47.93% at r2c4"
    ]


def test_a_rate_that_is_not_of_the_columns_that_its_header_divides() -> None:
    rows = ["项目|总投资（A）|到位（B）|支付（C）|比例（B/A）", "甲|20.11|10.17|9.02|44.85%"]
    assert alarms(check(rows)) == ["error rate-mismatch 44.85% at r2c5"]


def test_a_rate_of_nothing_is_no_error() -> None:
    rows = [*RATES, "丁|0.00|0.00|0.00|0.00%"]
    assert alarms(check(rows)) == []


def test_a_rate_in_a_row_is_taken_of_other_rows() -> None:
    rows = [
        "项目|一季度|二季度|三季度|四季度",
        "预算数|10.17|23.25|31.39|12.44",
        "支出数|9.02|18.43|27.06|11.11",
        "执行率（%）|88.69|79.27|86.21|89.31",
    ]
    assert verdicts(check(rows)) == [
        "rate-mismatch: 79.27 = 18.43 ÷ 23.25 consistent parallel",
        "rate-mismatch: 86.21 = 27.06 ÷ 31.39 consistent parallel",
        "rate-mismatch: 88.69 = 9.02 ÷ 10.17 consistent parallel",
        "rate-mismatch: 89.31 = 11.11 ÷ 12.44 consistent parallel",
    ]
    assert alarms(check(with_cell(rows, "89.31", "83.91"))) == ["warning rate-mismatch 83.91 at r4c5"]


# --- growth and differences ---------------------------------------------------------------

GROWTH = [
    "项目|2022年|2023年|增减额|增减%",
    "甲|10.17|9.02|-1.15|-11.31",
    "乙|23.25|28.43|5.18|22.28",
    # From a negative base a change for the better is written as growth.
    "丙|-3.39|2.06|5.45|160.77",
    "丁|5.00|6.00|1.00|20.00",
]


def test_growth_and_difference_of_two_years() -> None:
    report = check(GROWTH)
    assert verdicts(report) == [
        "change-mismatch: -1.15 = 9.02 - 10.17 consistent structure",
        "change-mismatch: 1.00 = 6.00 - 5.00 consistent structure",
        "change-mismatch: 5.18 = 28.43 - 23.25 consistent structure",
        "change-mismatch: 5.45 = 2.06 - -3.39 consistent structure",
        "growth-mismatch: -11.31 = 9.02 ÷ 10.17 - 1 consistent structure",
        "growth-mismatch: 160.77 = 1 - 2.06 ÷ -3.39 consistent structure",
        "growth-mismatch: 20.00 = 6.00 ÷ 5.00 - 1 consistent structure",
        "growth-mismatch: 22.28 = 28.43 ÷ 23.25 - 1 consistent structure",
    ]
    assert report.findings == ()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("-11.31", "-13.11", ["error growth-mismatch -13.11 at r2c5"]),
        # 增减 may leave the sign to the reader.
        ("-11.31", "11.31", []),
        ("5.45", "5.54", ["error change-mismatch 5.54 at r4c4"]),
        ("1.00", "-1.00", ["error change-mismatch -1.00 at r5c4"]),
    ],
)
def test_a_wrong_growth_or_difference(old: str, new: str, found: list[str]) -> None:
    assert alarms(check(with_cell(GROWTH, old, new))) == found


def test_growth_must_bear_its_sign() -> None:
    rows = with_cell(GROWTH, "增减%", "增长%")
    assert check(rows).findings == ()
    assert alarms(check(with_cell(rows, "-11.31", "11.31"))) == ["error growth-mismatch 11.31 at r2c5"]


def test_the_years_may_stand_the_other_way_round() -> None:
    rows = ["项目|2023年|2022年|增减%", "甲|9.02|10.17|-11.31", "乙|28.43|23.25|22.28", "丙|6.00|5.00|20.00"]
    assert [v.rpartition(" ")[2] for v in verdicts(check(rows))] == ["structure"] * 3
    assert check(rows).findings == ()


def test_a_decrease_without_its_sign_under_a_header_that_says_so() -> None:
    rows = ["项目|上年|本年|下降%", "甲|10.17|9.02|11.31", "乙|28.43|23.25|18.22", "丙|6.00|5.00|16.67"]
    assert check(rows).findings == ()
    assert [v.partition(": ")[2] for v in verdicts(check(rows))] == [
        "11.31 = 1 - 9.02 ÷ 10.17 consistent structure",
        "16.67 = 1 - 5.00 ÷ 6.00 consistent structure",
        "18.22 = 1 - 23.25 ÷ 28.43 consistent structure",
    ]


def test_a_difference_of_two_columns_with_a_total() -> None:
    rows = ["项目|预算数|决算数|结余", "甲|10.17|9.02|1.15", "乙|23.25|18.43|4.82", "合计|33.42|27.45|5.97"]
    assert {v for v in verdicts(check(rows)) if v.startswith("change")} == {
        "change-mismatch: 1.15 = 10.17 - 9.02 consistent structure",
        "change-mismatch: 4.82 = 23.25 - 18.43 consistent structure",
        "change-mismatch: 5.97 = 33.42 - 27.45 consistent structure",
    }
    assert check(rows).findings == ()
    assert alarms(check(with_cell(rows, "4.82", "4.28"))) == ["error change-mismatch 4.28 at r3c4"]


# --- shares -------------------------------------------------------------------------------

SHARES = ["项目|金额|占比", "甲|10.17|15.69%", "乙|23.25|35.87%", "丙|31.39|48.43%", "合计|64.81|100.00%"]


def test_shares_of_the_total_row() -> None:
    report = check(SHARES)
    assert verdicts(report, "share") == [
        "share-mismatch: 100.00% = 64.81 ÷ 64.81 consistent structure",
        "share-mismatch: 15.69% = 10.17 ÷ 64.81 consistent structure",
        "share-mismatch: 35.87% = 23.25 ÷ 64.81 consistent structure",
        "share-mismatch: 48.43% = 31.39 ÷ 64.81 consistent structure",
    ]
    assert report.findings == ()
    assert alarms(check(with_cell(SHARES, "35.87%", "38.57%"))) == ["error share-mismatch 38.57% at r3c3"]


def test_shares_of_another_column() -> None:
    rows = [
        "项目|总支出|人员支出|占总支出比重",
        "甲|10.17|9.02|88.69%",
        "乙|23.25|18.43|79.27%",
        "丙|31.39|27.06|86.21%",
    ]
    assert [v.partition(" = ")[2] for v in verdicts(check(rows))] == [
        "18.43 ÷ 23.25 consistent parallel",
        "27.06 ÷ 31.39 consistent parallel",
        "9.02 ÷ 10.17 consistent parallel",
    ]
    assert check(rows).findings == ()


def test_differences_in_the_unit_that_each_row_names() -> None:
    rows = [
        "指标|单位|2022年|2023年|增减",
        "馆藏|万册|86.40|90.60|4.20",
        "读者|万人|11.20|12.35|1.15",
        "到馆|万人次|62.50|71.80|9.30",
    ]
    assert verdicts(check(rows, unit=""), "change") == [
        "change-mismatch: 1.15 = 12.35 - 11.20 consistent structure",
        "change-mismatch: 4.20 = 90.60 - 86.40 consistent structure",
        "change-mismatch: 9.30 = 71.80 - 62.50 consistent structure",
    ]
    assert alarms(check(with_cell(rows, "9.30", "8.30"), unit="")) == ["error change-mismatch 8.30 at r4c5"]
