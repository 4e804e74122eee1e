"""Totals along the rows: header levels, printed arithmetic, 其中, running balances, columns without a word for it."""

from __future__ import annotations

import pytest

from tables import alarms, check, verdicts, with_cell

RULE = "total-mismatch"


# --- header levels ------------------------------------------------------------------------

LEVELS = [
    "单位|公务用车购置及运行费|<|<|公务接待费|合计",
    "^|小计|购置费|运维费|^|^",
    "甲局|10.17|6.04|4.13|2.25|12.42",
    "乙局|23.25|9.12|14.13|3.31|26.56",
    "丙局|8.39|3.17|5.22|1.08|9.47",
]


def test_the_total_of_a_group_and_the_total_of_all() -> None:
    report = check(LEVELS)
    assert verdicts(report) == [
        f"{RULE}: 10.17 = 6.04 + 4.13 consistent structure",
        f"{RULE}: 12.42 = 10.17 + 2.25 consistent structure",
        f"{RULE}: 23.25 = 9.12 + 14.13 consistent structure",
        f"{RULE}: 26.56 = 23.25 + 3.31 consistent structure",
        f"{RULE}: 8.39 = 3.17 + 5.22 consistent structure",
        f"{RULE}: 9.47 = 8.39 + 1.08 consistent structure",
    ]
    assert report.findings == ()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("9.47", "9.74", ["error total-mismatch 9.74 at r5c6"]),
        ("5.22", "5.02", ["error total-mismatch 8.39 at r5c2"]),
        # The subtotal stands in two sums, and is one mistake.
        ("8.39", "8.93", ["error total-mismatch 8.93 at r5c2"]),
    ],
)
def test_a_wrong_cell_in_a_row(old: str, new: str, found: list[str]) -> None:
    assert alarms(check(with_cell(LEVELS, old, new))) == found


def test_one_row_of_the_three_public_expenses() -> None:
    rows = [
        "合计|因公出国（境）费|公务用车购置及运行费|<|<|公务接待费",
        "^|^|小计|公务用车购置费|公务用车运行费|^",
        "48.45|5.25|36.56|18.33|18.23|6.64",
    ]
    assert verdicts(check(rows)) == [
        f"{RULE}: 36.56 = 18.33 + 18.23 consistent structure",
        f"{RULE}: 48.45 = 5.25 + 36.56 + 6.64 consistent structure",
    ]
    assert alarms(check(with_cell(rows, "48.45", "46.45"))) == [f"error {RULE} 46.45 at r3c1"]
    assert alarms(check(with_cell(rows, "18.23", "18.32"))) == [f"error {RULE} 18.32 at r3c5"]


def test_budget_and_spending_of_the_same_items() -> None:
    rows = [
        "单位|合计|<|出国费|<|接待费|<",
        "^|预算数|决算数|预算数|决算数|预算数|决算数",
        "甲局|12.42|11.20|10.17|9.15|2.25|2.05",
        "乙局|26.56|24.35|23.25|21.14|3.31|3.21",
        "丙局|9.47|8.36|8.39|7.28|1.08|1.08",
    ]
    assert verdicts(check(rows)) == [
        f"{RULE}: 11.20 = 9.15 + 2.05 consistent structure",
        f"{RULE}: 12.42 = 10.17 + 2.25 consistent structure",
        f"{RULE}: 24.35 = 21.14 + 3.21 consistent structure",
        f"{RULE}: 26.56 = 23.25 + 3.31 consistent structure",
        f"{RULE}: 8.36 = 7.28 + 1.08 consistent structure",
        f"{RULE}: 9.47 = 8.39 + 1.08 consistent structure",
    ]
    assert alarms(check(with_cell(rows, "8.36", "8.63"))) == [f"error {RULE} 8.63 at r5c3"]


def test_a_total_down_and_along_is_asked_both_ways() -> None:
    rows = ["项目|合计|基本支出|项目支出", "甲|10.17|6.04|4.13", "乙|23.25|9.12|14.13", "丙|8.39|3.17|5.22"]
    rows = [*rows, "合计|41.81|18.33|23.48"]
    assert [v for v in verdicts(check(rows)) if "41.81" in v] == [
        f"{RULE}: 41.81 = 10.17 + 23.25 + 8.39 consistent structure",
        f"{RULE}: 41.81 = 18.33 + 23.48 consistent structure",
    ]
    assert len(verdicts(check(rows))) == 7
    assert check(rows).findings == ()
    assert alarms(check(with_cell(rows, "23.48", "24.38"))) == [f"error {RULE} 24.38 at r5c4"]


def test_amounts_and_counts_are_not_added() -> None:
    rows = ["项目|合计|金额（万元）|人数", "甲|10.17|6.04|4", "乙|23.25|9.12|14"]
    assert verdicts(check(rows)) == []


# --- printed arithmetic -------------------------------------------------------------------

WORDS = ["项目|总额（A=B+C）|基本（B）|项目（C）", "甲|10.17|6.04|4.13", "乙|23.25|9.12|14.13", "丙|8.39|3.17|5.22"]
NUMBERS = ["项目|总额|基本|项目", "栏次|1=2+3|2|3", *WORDS[1:]]
PRINTED = [
    f"{RULE}: 10.17 = 6.04 + 4.13 consistent wording",
    f"{RULE}: 23.25 = 9.12 + 14.13 consistent wording",
    f"{RULE}: 8.39 = 3.17 + 5.22 consistent wording",
]


@pytest.mark.parametrize(("rows", "place"), [(WORDS, "r4c2"), (NUMBERS, "r5c2")], ids=["in words", "in a row"])
def test_arithmetic_that_the_header_prints(rows: list[str], place: str) -> None:
    assert verdicts(check(rows)) == PRINTED
    assert alarms(check(with_cell(rows, "8.39", "8.93"))) == [f"error {RULE} 8.93 at {place}"]


def test_printed_arithmetic_binds_a_single_row() -> None:
    assert alarms(check([*WORDS[:1], "甲|10.71|6.04|4.13"])) == [f"error {RULE} 10.71 at r2c2"]


LETTERED = [
    "项目|合计（A=B+C）|基本（B）|项目（C）|会议（D）",
    "甲|10.17|6.04|4.13|1.01",
    "乙|23.25|9.12|14.13|2.32",
    "丙|8.39|3.17|5.22|3.05",
]


def test_what_is_printed_goes_before_what_the_words_say() -> None:
    assert verdicts(check(LETTERED)) == PRINTED
    assert alarms(check(with_cell(LETTERED, "10.17", "11.18"))) == [f"error {RULE} 11.18 at r2c2"]


def test_printed_arithmetic_that_is_exceeded_in_the_only_row_is_no_partial_list() -> None:
    assert alarms(check([LETTERED[0], "甲|12.88|6.04|4.13|1.01"])) == [f"error {RULE} 12.88 at r2c2"]


DIFFERENCE = ["甲|10.17|6.04|4.13", "乙|23.25|9.12|14.13", "丙|8.39|3.17|5.22"]
LETTERS = ["项目|预算（A）|支出（B）|结余（C=A-B）", *DIFFERENCE]
DIGITS = ["项目|预算（1）|支出（2）|结余（3=1-2）", *DIFFERENCE]


@pytest.mark.parametrize("rows", [LETTERS, DIGITS])
def test_a_printed_difference(rows: list[str]) -> None:
    assert [v for v in verdicts(check(rows)) if v.endswith("wording")] == [
        f"{RULE}: 14.13 = 23.25 - 9.12 consistent wording",
        f"{RULE}: 4.13 = 10.17 - 6.04 consistent wording",
        f"{RULE}: 5.22 = 8.39 - 3.17 consistent wording",
    ]
    assert check(rows).findings == ()
    # What is printed and what the words of the header say is one finding.
    assert alarms(check(with_cell(rows, "5.22", "5.02"))) == ["error change-mismatch 5.02 at r4c4"]


def test_arithmetic_in_a_row_of_letters() -> None:
    assert verdicts(check(["项目|总额|基本|项目", "栏次|A=B+C|B|C", *WORDS[1:]])) == PRINTED


# --- 其中 in the header -------------------------------------------------------------------

AMONG = [
    "项目|支出|其中：|<|会议费",
    "^|^|基本支出|项目支出|^",
    "甲|10.17|6.04|4.13|1.01",
    "乙|23.25|9.12|14.13|2.32",
    "丙|8.39|3.17|5.22|3.05",
]


def test_a_list_behind_among_in_the_header() -> None:
    assert [v.rpartition(" ")[0] for v in verdicts(check(AMONG))] == [p.rpartition(" ")[0] for p in PRINTED]
    assert alarms(check(with_cell(AMONG, "8.39", "8.93"))) == [f"error {RULE} 8.93 at r5c2"]


def test_a_partial_list_behind_among_in_the_header() -> None:
    rows = ["项目|支出|其中：|<", "^|^|差旅费|印刷费", "甲|10.17|2.04|4.13", "乙|23.25|9.12|3.13", "丙|8.39|3.17|1.22"]
    assert alarms(check(rows)) == []
    assert [v for v in verdicts(check(rows)) if " consistent " in v] == []


# --- running balances ---------------------------------------------------------------------

RUNNING = [
    "月份|收入|支出|余额",
    "上年结转|||33.42",
    "1月|10.17|9.02|34.57",
    "2月|23.25|18.43|39.39",
    "3月|12.20|11.18|40.41",
    "4月|7.07|8.08|39.40",
    "5月|6.18|3.05|42.53",
    "6月|5.15|9.17|38.51",
    "合计|64.02|58.93|38.51",
]
CARRIED = [
    "34.57 = 33.42 + 10.17 - 9.02",
    "38.51 = 42.53 + 5.15 - 9.17",
    "39.39 = 34.57 + 23.25 - 18.43",
    "39.40 = 40.41 + 7.07 - 8.08",
    "40.41 = 39.39 + 12.20 - 11.18",
    "42.53 = 39.40 + 6.18 - 3.05",
]


def test_a_balance_carried_on_from_row_to_row() -> None:
    report = check(RUNNING)
    assert [v for v in verdicts(report) if " - " in v] == [f"{RULE}: {sums} consistent parallel" for sums in CARRIED]
    assert [v for v in verdicts(report) if " - " not in v] == [
        f"{RULE}: 58.93 = 9.02 + 18.43 + 11.18 + 8.08 + 3.05 + 9.17 consistent structure",
        f"{RULE}: 64.02 = 10.17 + 23.25 + 12.20 + 7.07 + 6.18 + 5.15 consistent structure",
    ]
    assert report.findings == ()


def test_a_wrong_balance_breaks_its_own_row_and_the_next() -> None:
    assert alarms(check(with_cell(RUNNING, "40.41", "41.41"))) == [f"warning {RULE} 41.41 at r5c4"]


def test_a_wrong_last_balance_is_one_warning() -> None:
    rows = with_cell(RUNNING[:-1], "38.51", "35.81")
    assert alarms(check(rows)) == [f"warning {RULE} 35.81 at r8c4"]


def test_a_right_running_balance_by_date() -> None:
    assert alarms(check(with_cell(RUNNING, "月份", "日期"))) == []


# --- columns without a word for it --------------------------------------------------------

UNSPOKEN = [
    "单位|支出决算|基本支出|项目支出",
    "甲局|10.17|6.04|4.13",
    "乙局|23.25|9.12|14.13",
    "丙局|8.39|3.17|5.22",
    "丁局|7.27|4.16|3.11",
]


def test_a_column_that_adds_up_its_neighbours_in_row_after_row() -> None:
    assert verdicts(check(UNSPOKEN)) == [
        f"{RULE}: 10.17 = 6.04 + 4.13 consistent parallel",
        f"{RULE}: 23.25 = 9.12 + 14.13 consistent parallel",
        f"{RULE}: 7.27 = 4.16 + 3.11 consistent parallel",
        f"{RULE}: 8.39 = 3.17 + 5.22 consistent parallel",
    ]
    assert alarms(check(with_cell(UNSPOKEN, "7.27", "7.72"))) == [f"warning {RULE} 7.72 at r5c2"]


def test_columns_that_belong_to_nothing_are_asked_nothing() -> None:
    rows = ["单位|面积|支出|收入", "甲局|10.17|6.44|4.03", "乙局|23.25|9.12|15.13", "丙局|8.39|3.17|6.22"]
    assert verdicts(check(rows)) == []


def test_what_there_was_and_came_less_what_went() -> None:
    rows = [
        "项目|年初结转|本年收入|本年支出|年末结转",
        "甲|10.17|6.04|5.13|11.08",
        "乙|23.25|9.12|4.36|28.01",
        "丙|8.39|3.17|7.22|4.34",
        "丁|5.05|4.16|3.11|6.10",
    ]
    assert [v for v in verdicts(check(rows)) if " - " in v and v.startswith(RULE)] == [
        f"{RULE}: 11.08 = 10.17 + 6.04 - 5.13 consistent parallel",
        f"{RULE}: 28.01 = 23.25 + 9.12 - 4.36 consistent parallel",
        f"{RULE}: 4.34 = 8.39 + 3.17 - 7.22 consistent parallel",
        f"{RULE}: 6.10 = 5.05 + 4.16 - 3.11 consistent parallel",
    ]
    assert check(rows).findings == ()
    assert alarms(check(with_cell(rows, "6.10", "6.01"))) == [f"warning {RULE} 6.01 at r5c5"]
