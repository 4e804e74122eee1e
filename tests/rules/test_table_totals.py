"""Totals down the columns: which rows a row adds up, by its label, numbering, codes, indent, merged labels, signs."""

from __future__ import annotations

import pytest

from tables import alarms, check, verdicts, with_cell

RULE = "total-mismatch"


def holding(*sums: str) -> list[str]:
    """``6.00 = 1.00 + 5.00 structure`` → as :func:`tables.said` says it of a consistent verdict."""
    return sorted(f"{RULE}: {text} consistent {basis}" for text, _, basis in (s.rpartition(" ") for s in sums))


# --- one total ----------------------------------------------------------------------------

BELOW = ["项目|预算数|调整数|决算数", "甲|10.17|11.18|9.02", "乙|23.25|24.36|18.43", "丙|31.39|35.77|27.06"]
BELOW = [*BELOW, "合计|64.81|71.31|54.51"]
ABOVE = [BELOW[0], BELOW[-1], *BELOW[1:-1]]
UNNAMED = with_cell(BELOW, "合计", "县本级支出")
SUMS = holding(
    "64.81 = 10.17 + 23.25 + 31.39 structure",
    "71.31 = 11.18 + 24.36 + 35.77 structure",
    "54.51 = 9.02 + 18.43 + 27.06 structure",
)


@pytest.mark.parametrize("rows", [BELOW, ABOVE, UNNAMED], ids=["below", "above", "by its name"])
def test_a_total_below_or_above_its_parts(rows: list[str]) -> None:
    report = check(rows)
    assert verdicts(report) == SUMS
    assert report.findings == ()


@pytest.mark.parametrize(("rows", "place"), [(BELOW, "r5c4"), (ABOVE, "r2c4")], ids=["below", "above"])
def test_a_wrong_total_is_an_error_where_other_columns_bear_out_its_reading(rows: list[str], place: str) -> None:
    report = check(with_cell(rows, "54.51", "57.73"))
    assert alarms(report) == [f"error {RULE} 57.73 at {place}"]
    assert f"{RULE}: 57.73 = 9.02 + 18.43 + 27.06 inconsistent structure" in verdicts(report)


def test_a_wrong_part_is_found_at_its_total() -> None:
    assert alarms(check(with_cell(BELOW, "18.43", "14.83"))) == [f"error {RULE} 54.51 at r5c4"]


def test_with_one_column_more_a_total_beyond_its_parts_is_but_a_question() -> None:
    rows = [row.rsplit("|", 1)[0] for row in BELOW]
    assert alarms(check(with_cell(rows, "71.31", "78.43"))) == [f"warning {RULE} 78.43 at r5c3"]
    # Parts beyond their total are no list with gaps.
    assert alarms(check(with_cell(rows, "71.31", "68.43"))) == [f"error {RULE} 68.43 at r5c3"]


def test_blank_cells_and_signs_for_nothing_count_as_zero() -> None:
    report = check(["项目|预算数|决算数", "甲|10.17|—", "乙|23.25|18.43", "丙||27.06", "合计|33.42|45.49"])
    assert verdicts(report) == holding("33.42 = 10.17 + 23.25 structure", "45.49 = 18.43 + 27.06 structure")


def test_a_tail_of_rounding_is_a_note() -> None:
    report = check(with_cell(BELOW, "54.51", "54.52"))
    assert [(finding.rule, finding.severity) for finding in report.findings] == [(RULE, "note")]
    assert f"{RULE}: 54.52 = 9.02 + 18.43 + 27.06 rounding structure" in verdicts(report)


def test_rates_are_not_added_up() -> None:
    report = check(["项目|完成率|支付率", "甲|10.17%|20.11%", "乙|23.25%|30.11%", "合计|40.00%|70.00%"])
    assert verdicts(report) == []


def test_persons_counted_once_are_no_sum() -> None:
    rows = ["项目|男|女", "甲|317|211", "乙|423|335", "合计（剔重）|698|501"]
    assert verdicts(check(rows, unit="人")) == []


# --- several totals -----------------------------------------------------------------------

SUBTOTALS = [
    "项目|预算数|调整数|决算数",
    "甲|10.17|11.18|9.02",
    "乙|23.25|24.36|18.43",
    "小计|33.42|35.54|27.45",
    "丙|31.39|35.77|27.06",
    "丁|44.08|46.02|40.91",
    "小计|75.47|81.79|67.97",
    "合计|108.89|117.33|95.42",
    "上年结转|6.36|7.02|5.55",
    "总计|115.25|124.35|100.97",
]


def test_right_totals_of_three_ranks() -> None:
    report = check(SUBTOTALS)
    assert [verdict.rpartition(" ")[0] for verdict in verdicts(report)] == [
        verdict.rpartition(" ")[0]
        for verdict in holding(
            "33.42 = 10.17 + 23.25 structure",
            "35.54 = 11.18 + 24.36 structure",
            "27.45 = 9.02 + 18.43 structure",
            "75.47 = 31.39 + 44.08 structure",
            "81.79 = 35.77 + 46.02 structure",
            "67.97 = 27.06 + 40.91 structure",
            "108.89 = 33.42 + 75.47 structure",
            "117.33 = 35.54 + 81.79 structure",
            "95.42 = 27.45 + 67.97 structure",
            "115.25 = 108.89 + 6.36 structure",
            "124.35 = 117.33 + 7.02 structure",
            "100.97 = 95.42 + 5.55 structure",
        )
    ]
    assert report.findings == ()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("27.45", "27.54", "r4c4"),
        ("67.97", "76.97", "r7c4"),
        ("95.42", "98.42", "r8c4"),
        ("100.97", "107.90", "r10c4"),
    ],
    ids=["小计", "小计 below", "合计", "总计"],
)
def test_a_wrong_total_of_any_rank(old: str, new: str, place: str) -> None:
    assert f"error {RULE} {new} at {place}" in alarms(check(with_cell(SUBTOTALS, old, new)))


def test_a_total_with_a_name_and_what_follows_it_make_a_grand_total() -> None:
    rows = [
        "项目|预算数|调整数|决算数",
        "甲|10.17|11.18|9.02",
        "乙|24.36|25.11|18.45",
        "本年收入合计|34.53|36.29|27.47",
        "上年结转|5.05|6.07|4.04",
        "总计|39.58|42.36|31.51",
    ]
    assert verdicts(check(rows)) == holding(
        "34.53 = 10.17 + 24.36 structure",
        "36.29 = 11.18 + 25.11 structure",
        "27.47 = 9.02 + 18.45 structure",
        "39.58 = 34.53 + 5.05 structure",
        "42.36 = 36.29 + 6.07 structure",
        "31.51 = 27.47 + 4.04 structure",
    )
    assert alarms(check(with_cell(rows, "31.51", "35.11"))) == [f"error {RULE} 35.11 at r6c4"]


MERGED = [
    "类别|项目|预算数|调整数|决算数",
    "教育|小学|10.17|11.18|9.02",
    "^|初中|23.25|24.36|18.43",
    "^|小计|33.42|35.54|27.45",
    "卫生|医院|31.39|35.77|27.06",
    "^|疾控|44.08|46.02|40.91",
    "^|小计|75.47|81.79|67.97",
    "合计|<|108.89|117.33|95.42",
]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("27.45", "27.54", "r4c5"),
        ("95.42", "98.42", "r8c5"),
    ],
    ids=["小计", "合计"],
)
def test_a_wrong_total_beside_merged_labels(old: str, new: str, place: str) -> None:
    assert check(MERGED).findings == ()
    assert len(verdicts(check(MERGED))) == 9
    assert f"error {RULE} {new} at {place}" in alarms(check(with_cell(MERGED, old, new)))


PARTLY = [*MERGED[:5], "合计|<|64.81|71.31|54.51"]


def test_groups_of_which_only_some_have_a_subtotal() -> None:
    said = "".join(verdicts(check(PARTLY)))
    assert "64.81 = 33.42 + 31.39 consistent" in said
    assert "71.31 = 35.54 + 35.77 consistent" in said
    assert "54.51 = 27.45 + 27.06 consistent" in said
    assert check(PARTLY).findings == ()


def test_a_wrong_total_over_groups_of_which_only_some_have_a_subtotal() -> None:
    assert alarms(check(with_cell(PARTLY, "54.51", "57.73"))) == [f"error {RULE} 57.73 at r6c5"]


def test_a_subtotal_of_one_row() -> None:
    rows = [*MERGED[:5], "^|小计|31.39|35.77|29.06", "合计|<|64.81|71.31|56.51"]
    # The total adds up with the subtotal of 29.06, so that the one row under it is wrong.
    assert alarms(check(rows)) == [f"error {RULE} 27.06 at r5c5"]


PARTITIONS = [
    "分类|项目|预算数|决算数",
    "按性质|基本支出|10.17|9.02",
    "^|项目支出|23.25|18.43",
    "按经济|工资福利|8.09|7.05",
    "^|商品服务|12.20|11.18",
    "^|资本性|13.13|9.22",
    "合计|<|33.42|27.45",
]


def test_two_partitions_of_one_total() -> None:
    report = check(PARTITIONS)
    assert verdicts(report) == holding(
        "33.42 = 10.17 + 23.25 structure",
        "33.42 = 8.09 + 12.20 + 13.13 structure",
        "27.45 = 9.02 + 18.43 structure",
        "27.45 = 7.05 + 11.18 + 9.22 structure",
    )
    assert report.findings == ()
    # The other partition bears the total out, and one part is a slip of what is needed.
    assert alarms(check(with_cell(PARTITIONS, "11.18", "11.81"))) == [f"error {RULE} 11.81 at r5c4"]


# --- rows that others belong to -----------------------------------------------------------

NUMBERED = [
    "项目|预算数|决算数",
    "一、基本支出|33.42|27.45",
    "（一）人员经费|10.17|9.02",
    "（二）公用经费|23.25|18.43",
    "二、项目支出|75.47|67.97",
    "1.业务|31.39|27.06",
    "2.其他|44.08|40.91",
    "合计|108.89|95.42",
]
INDENTED = [
    NUMBERED[0],
    "教育支出|33.42|27.45",
    "　小学|10.17|9.02",
    "　初中|23.25|18.43",
    "卫生支出|75.47|67.97",
    "　医院|31.39|27.06",
    "　疾控|44.08|40.91",
    NUMBERED[-1],
]
NESTED = holding(
    "108.89 = 33.42 + 75.47 structure",
    "95.42 = 27.45 + 67.97 structure",
    "33.42 = 10.17 + 23.25 structure",
    "27.45 = 9.02 + 18.43 structure",
    "75.47 = 31.39 + 44.08 structure",
    "67.97 = 27.06 + 40.91 structure",
)


@pytest.mark.parametrize("rows", [NUMBERED, INDENTED], ids=["numbers", "indent"])
@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("40.91", "49.01", "r7c3 49.01"),
        # Either part of 67.97 may have one digit wrong.
        ("40.91", "43.91", "r5c3 67.97"),
        ("27.45", "24.75", "r2c3 24.75"),
        ("95.42", "94.52", "r8c3 94.52"),
    ],
    ids=["part", "either part", "subtotal", "total"],
)
def test_rows_that_numbering_or_indent_sets_under_others(rows: list[str], old: str, new: str, place: str) -> None:
    assert verdicts(check(rows)) == NESTED
    assert check(rows).findings == ()
    at, figure = place.split()
    assert alarms(check(with_cell(rows, old, new))) == [f"error {RULE} {figure} at {at}"]


ONE_CODE = [
    "功能分类科目编码|科目名称|预算数|决算数",
    "合计|<|108.89|95.42",
    "205|教育支出|33.42|27.45",
    "20502|普通教育|33.42|27.45",
    "2050202|小学教育|10.17|9.02",
    "2050203|初中教育|23.25|18.43",
    "210|卫生健康支出|75.47|67.97",
    "21002|公立医院|75.47|67.97",
    "2100201|综合医院|31.39|27.06",
    "2100202|中医医院|44.08|40.91",
]
THREE_CODES = [
    "类|款|项|科目名称|预算数|决算数",
    "合计|<|<|<|108.89|95.42",
    "205|||教育支出|33.42|27.45",
    "205|02||普通教育|33.42|27.45",
    "205|02|02|小学教育|10.17|9.02",
    "205|02|03|初中教育|23.25|18.43",
    "210|||卫生健康支出|75.47|67.97",
    "210|02||公立医院|75.47|67.97",
    "210|02|01|综合医院|31.39|27.06",
    "210|02|02|中医医院|44.08|40.91",
]
CODED = sorted(
    [
        *NESTED,
        *holding(
            "33.42 = 33.42 structure",
            "27.45 = 27.45 structure",
            "75.47 = 75.47 structure",
            "67.97 = 67.97 structure",
        ),
    ]
)


@pytest.mark.parametrize(("rows", "column"), [(ONE_CODE, 4), (THREE_CODES, 6)], ids=["one column", "three columns"])
def test_rows_that_codes_set_under_others(rows: list[str], column: int) -> None:
    assert verdicts(check(rows)) == CODED
    assert check(rows).findings == ()
    assert alarms(check(with_cell(rows, "18.43", "14.83"))) == [f"error {RULE} 14.83 at r6c{column}"]
    assert alarms(check(with_cell(rows, "95.42", "94.52"))) == [f"error {RULE} 94.52 at r2c{column}"]


def test_a_row_left_out_of_the_codes_is_a_question_in_every_column() -> None:
    assert alarms(check(ONE_CODE[:-1])) == [f"warning {RULE} 75.47 at r8c3", f"warning {RULE} 67.97 at r8c4"]


def test_a_list_that_is_left_open_is_no_sum() -> None:
    rows = ["项目|预算数|决算数", "甲|10.17|9.02", "乙|23.25|18.43", "等||", "合计|64.81|54.51"]
    assert verdicts(check(rows)) == []


# --- 其中 ---------------------------------------------------------------------------------

AMONG = [
    "项目|预算数|调整数|决算数",
    "支出合计|33.42|35.55|27.45",
    "其中：基本支出|10.17|11.06|9.02",
    "　　　项目支出|23.25|24.49|18.43",
]


def test_a_complete_list_behind_among() -> None:
    assert verdicts(check(AMONG), RULE) == holding(
        "33.42 = 10.17 + 23.25 structure", "35.55 = 11.06 + 24.49 structure", "27.45 = 9.02 + 18.43 structure"
    )
    assert check(AMONG).findings == ()
    assert alarms(check(with_cell(AMONG, "18.43", "18.34"))) == [f"error {RULE} 27.45 at r2c4"]


def test_what_among_names_is_no_part_of_the_total() -> None:
    rows = [
        "项目|预算数|决算数",
        "一、教育支出|33.42|27.45",
        "其中：小学|10.17|9.02",
        "　　　初中|12.25|8.41",
        "二、卫生支出|43.25|38.43",
        "其中：医院|20.25|18.34",
        "合计|76.67|65.88",
    ]
    report = check(rows)
    assert verdicts(report, RULE) == holding("76.67 = 33.42 + 43.25 structure", "65.88 = 27.45 + 38.43 structure")
    assert report.findings == ()


# --- balances -----------------------------------------------------------------------------

SIGNS = [
    "项目|2021年|2022年|2023年",
    "一、年初结转|33.42|31.22|21.12",
    "加：本年收入|76.67|69.04|80.05",
    "　　其他收入|10.01|12.02|11.02",
    "减：本年支出|88.88|91.16|93.07",
    "二、年末结余|31.22|21.12|19.12",
]


def test_what_there_was_and_came_less_what_went() -> None:
    report = check(SIGNS)
    sums = [verdict for verdict in verdicts(report) if " - " in verdict]
    assert [verdict.rpartition(" ")[0] for verdict in sums] == [
        f"{RULE}: 19.12 = 21.12 + 80.05 + 11.02 - 93.07 consistent",
        f"{RULE}: 21.12 = 31.22 + 69.04 + 12.02 - 91.16 consistent",
        f"{RULE}: 31.22 = 33.42 + 76.67 + 10.01 - 88.88 consistent",
    ]
    assert alarms(report) == []


def test_a_wrong_balance_is_found_where_other_years_bear_it_out() -> None:
    assert [alarm.partition(" ")[2] for alarm in alarms(check(with_cell(SIGNS, "19.12", "22.19")))] == [
        f"{RULE} 22.19 at r6c4"
    ]


def test_a_wrong_balance_is_an_error_where_other_years_bear_it_out() -> None:
    assert alarms(check(with_cell(SIGNS, "19.12", "22.19"))) == [f"error {RULE} 22.19 at r6c4"]


def test_one_wrong_balance_by_itself_stays_undecided() -> None:
    rows = ["项目|金额", "年初结转|33.42", "加：本年收入|76.67", "减：本年支出|88.88", "年末结余|22.21"]
    report = check(rows)
    assert verdicts(report) == [f"{RULE}: 22.21 = 33.42 + 76.67 - 88.88 undecided structure"]
    assert [verdict.reason for verdict in report.verdicts] == ["partial-list"]


# --- two sides and two halves -------------------------------------------------------------

HALVES = [
    "科目编码|科目名称|决算数|科目编码|科目名称|决算数",
    "302|商品和服务支出|20.34|310|资本性支出|8.23",
    "30201|办公费|10.11|31002|办公设备购置|3.15",
    "30202|印刷费|4.13|31003|专用设备购置|5.08",
    "30203|咨询费|6.10|||",
    "公用经费合计|<|<|<|<|28.57",
]


def test_a_total_whose_label_runs_over_two_panels_adds_up_both() -> None:
    assert verdicts(check(HALVES)) == holding(
        "20.34 = 10.11 + 4.13 + 6.10 structure", "28.57 = 20.34 + 8.23 structure", "8.23 = 3.15 + 5.08 structure"
    )
    assert check(HALVES).findings == ()
    assert alarms(check(with_cell(HALVES, "28.57", "25.87"))) == [f"error {RULE} 25.87 at r6c6"]
    assert alarms(check(with_cell(HALVES, "5.08", "5.80"))) == [f"error {RULE} 5.80 at r4c6"]


TWO_HALVES = [
    "单位|预算数|决算数|单位|预算数|决算数",
    "甲局|10.17|9.02|丁局|44.08|40.91",
    "乙局|23.25|18.43|戊局|12.29|11.05",
    "丙局|31.39|27.06|己局|7.07|6.06",
    "|||合计|128.25|112.53",
]
LAST_ROW = [*TWO_HALVES[:3], "丙局|31.39|27.06|合计|121.18|106.47"]


def test_one_list_in_two_halves_with_one_total() -> None:
    assert verdicts(check(TWO_HALVES)) == holding(
        "128.25 = 10.17 + 23.25 + 31.39 + 44.08 + 12.29 + 7.07 structure",
        "112.53 = 9.02 + 18.43 + 27.06 + 40.91 + 11.05 + 6.06 structure",
    )
    assert check(TWO_HALVES).findings == ()
    assert alarms(check(with_cell(TWO_HALVES, "112.53", "111.23"))) == [f"error {RULE} 111.23 at r5c6"]


def test_one_list_in_two_halves_whose_total_stands_beside_the_last_row() -> None:
    assert verdicts(check(LAST_ROW)) == holding(
        "121.18 = 10.17 + 23.25 + 31.39 + 44.08 + 12.29 structure",
        "106.47 = 9.02 + 18.43 + 27.06 + 40.91 + 11.05 structure",
    )


# --- rows without a word for it -----------------------------------------------------------


def test_a_row_that_adds_up_the_next_ones_is_confirmed_by_several_columns() -> None:
    rows = [
        "项目|一季度|二季度|三季度|四季度",
        "三公经费|10.17|11.18|12.09|13.05",
        "出国费|3.11|4.06|5.02|6.07",
        "接待费|7.06|7.12|7.07|6.98",
        "会议费|8.44|9.55|9.66|9.77",
    ]
    assert verdicts(check(rows)) == holding(
        "10.17 = 3.11 + 7.06 parallel",
        "11.18 = 4.06 + 7.12 parallel",
        "12.09 = 5.02 + 7.07 parallel",
        "13.05 = 6.07 + 6.98 parallel",
    )
    assert alarms(check(with_cell(rows, "13.05", "15.03"))) == [f"warning {RULE} 15.03 at r2c5"]


def test_a_page_that_goes_on_is_no_part_of_its_sum() -> None:
    rows = ["项目|预算数|决算数", "承前页|99.99|88.88", "甲|10.17|9.02", "乙|23.25|18.43", "小计|33.42|27.45"]
    assert verdicts(check(rows)) == holding("33.42 = 10.17 + 23.25 structure", "27.45 = 9.02 + 18.43 structure")


def test_a_total_under_a_column_of_years() -> None:
    rows = ["年度|预算数|调整数|决算数", "2021|10.17|11.18|9.02", "2022|23.25|24.36|18.43", "2023|31.39|35.77|27.06"]
    assert alarms(check([*rows, "合计|64.81|71.31|57.73"])) == [f"error {RULE} 57.73 at r5c4"]


def test_a_whole_divided_in_two_ways_side_by_side() -> None:
    rows = [
        "年度预算（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
        "^|年度资金总额|100.00|120.50|101.33|10|84.09%|8.41",
        "^|按收入性质分|<|101.33|按支出性质分|<|101.33|<",
        "^|其中：一般公共预算|<|90.11|其中：基本支出|<|61.13|<",
        "^|其他资金|<|11.22|项目支出|<|40.20|<",
    ]
    assert verdicts(check(rows, unit=""), "total-mismatch") == [
        "total-mismatch: 101.33 = 61.13 + 40.20 consistent structure",
        "total-mismatch: 101.33 = 90.11 + 11.22 consistent structure",
    ]
    wrong = check(with_cell(rows, "61.13", "61.31"), unit="")
    assert alarms(wrong) == ["error total-mismatch 101.33 at r3c7"]
