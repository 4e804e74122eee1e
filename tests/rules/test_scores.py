"""Score sheets: weights and scores at every level, their totals, their limits, the score for the execution."""

from __future__ import annotations

import pytest

from tables import alarms, check, repairs, verdicts, with_cell

THREE = [
    "一级指标|分值|二级指标|分值|三级指标|分值|得分",
    "投入|30|目标|12|合理性|5|5",
    "^|^|^|^|明确性|7|6",
    "^|^|预算|18|编制|8|8",
    "^|^|^|^|分配|10|9.5",
    "产出|70|数量|41|完成率|22|20",
    "^|^|^|^|达标率|19|18.5",
    "^|^|效益|29|社会|14|13",
    "^|^|^|^|满意度|15|15",
    "总分|100|<|100|<|100|95",
]


def test_weights_and_scores_at_three_levels() -> None:
    report = check(THREE, unit="")
    assert verdicts(report, "weight") == [
        "weight-mismatch: 100 = 12 + 18 + 41 + 29 consistent structure",
        "weight-mismatch: 100 = 30 + 70 consistent structure",
        "weight-mismatch: 100 = 5 + 7 + 8 + 10 + 22 + 19 + 14 + 15 consistent structure",
        "weight-mismatch: 12 = 5 + 7 consistent structure",
        "weight-mismatch: 18 = 8 + 10 consistent structure",
        "weight-mismatch: 29 = 14 + 15 consistent structure",
        "weight-mismatch: 30 = 12 + 18 consistent structure",
        "weight-mismatch: 41 = 22 + 19 consistent structure",
        "weight-mismatch: 70 = 41 + 29 consistent structure",
    ]
    assert verdicts(report, "score") == [
        "score-mismatch: 13 <= 14 consistent structure",
        "score-mismatch: 15 <= 15 consistent structure",
        "score-mismatch: 18.5 <= 19 consistent structure",
        "score-mismatch: 20 <= 22 consistent structure",
        "score-mismatch: 5 <= 5 consistent structure",
        "score-mismatch: 6 <= 7 consistent structure",
        "score-mismatch: 8 <= 8 consistent structure",
        "score-mismatch: 9.5 <= 10 consistent structure",
        "score-mismatch: 95 <= 100 consistent structure",
        "score-mismatch: 95 = 5 + 6 + 8 + 9.5 + 20 + 18.5 + 13 + 15 consistent structure",
    ]
    assert report.findings == ()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("95", "95.5", ["error score-mismatch 95.5 at r10c7"]),
        ("6", "7.5", ["error score-mismatch 7.5 at r3c7"]),
        ("29", "28", ["error weight-mismatch 28 at r8c4"]),
        ("14", "12", ["error weight-mismatch 12 at r8c6"]),
        ("30", "20", ["error weight-mismatch 20 at r2c2"]),
    ],
)
def test_a_wrong_weight_or_score(old: str, new: str, found: list[str]) -> None:
    assert alarms(check(with_cell(THREE, old, new), unit="")) == found


LABELLED = [
    "一级指标|二级指标|分值|得分",
    "产出指标（50分）|数量|20|20",
    "^|质量|14|13",
    "^|时效|16|15",
    "效益指标（30分）|社会|18|17",
    "^|生态|12|12",
    "满意度指标（10分）|满意|10|9",
    "总分|<|90|86",
]


def test_a_weight_in_the_label_of_a_group() -> None:
    report = check(LABELLED, unit="")
    assert verdicts(report, "weight") == [
        "weight-mismatch: 30分 = 18 + 12 consistent structure",
        "weight-mismatch: 50分 = 20 + 14 + 16 consistent structure",
        "weight-mismatch: 90 = 20 + 14 + 16 + 18 + 12 + 10 consistent structure",
    ]
    assert report.findings == ()
    assert alarms(check(with_cell(LABELLED, "产出指标（50分）", "产出指标（60分）"), unit="")) == [
        "error weight-mismatch 60分 at r2c1"
    ]
    wrong = check(with_cell(LABELLED, "14", "13"), unit="")
    assert alarms(wrong) == ["error weight-mismatch 50分 at r2c1"]
    assert repairs(wrong) == ["20 → 21分", "13 → 14分", "16 → 17分"]


def test_subtotals_of_scores() -> None:
    rows = ["指标|分值|得分", "数量|31|30", "质量|29|27", "小计|60|57", "社会|24|23", "生态|16|15", "小计|40|38"]
    rows = [*rows, "总分|100|95"]
    report = check(rows, unit="")
    assert [v for v in verdicts(report) if " <= " not in v] == [
        "score-mismatch: 38 = 23 + 15 consistent structure",
        "score-mismatch: 57 = 30 + 27 consistent structure",
        "score-mismatch: 95 = 57 + 38 consistent structure",
        "weight-mismatch: 100 = 60 + 40 consistent structure",
        "weight-mismatch: 40 = 24 + 16 consistent structure",
        "weight-mismatch: 60 = 31 + 29 consistent structure",
    ]
    assert report.findings == ()
    assert alarms(check(with_cell(rows, "95", "94"), unit="")) == ["error score-mismatch 94 at r8c3"]


def test_a_wrong_second_subtotal_of_scores() -> None:
    rows = ["指标|分值|得分", "数量|31|30", "质量|29|27", "小计|60|57", "社会|24|23", "生态|16|15", "小计|40|36"]
    assert alarms(check([*rows, "总分|100|93"], unit="")) == ["error score-mismatch 36 at r7c3"]


# --- one row ------------------------------------------------------------------------------

SHEET = ["指标|分值|扣分|得分", "产出|60|3|57", "效益|40|2|38", "其他|20|1|19", "总分|120|6|114"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("19", "18", ["error score-mismatch 18 at r4c4"]),
        ("57", "61", ["error score-mismatch 61 at r2c4"]),
    ],
)
def test_a_score_is_its_weight_less_what_was_taken_off(old: str, new: str, found: list[str]) -> None:
    report = check(SHEET, unit="")
    assert [v for v in verdicts(report) if " - " in v] == [
        "score-mismatch: 114 = 120 - 6 consistent structure",
        "score-mismatch: 19 = 20 - 1 consistent structure",
        "score-mismatch: 38 = 40 - 2 consistent structure",
        "score-mismatch: 57 = 60 - 3 consistent structure",
    ]
    assert report.findings == ()
    assert alarms(check(with_cell(SHEET, old, new), unit="")) == found


def test_scores_beyond_their_weights() -> None:
    rows = ["指标|分值|得分", "产出|60|61", "质量|10|9", "时效|10|8", "效益|40|42", "总分|120|120"]
    assert alarms(check(rows, unit="")) == ["error score-mismatch 61 at r2c3", "error score-mismatch 42 at r5c3"]


def test_extra_marks_may_exceed_their_weight() -> None:
    rows = ["指标|分值|得分", "产出|60|55", "效益|40|38", "加分项|0|2", "总分|100|95"]
    assert check(rows, unit="").findings == ()


def test_scores_of_several_reports_are_not_added_up() -> None:
    assert verdicts(check(["项目|自评得分", "甲|91.5", "乙|88.0", "合计|89.8"], unit="")) == []


# --- execution of the budget --------------------------------------------------------------

EXECUTION = ["项目|全年预算数|全年执行数|分值|执行率|得分", "年度资金总额|120.50|101.33|10|84.09%|8.41"]


def test_the_score_for_the_execution_is_its_weight_times_the_rate() -> None:
    report = check(EXECUTION)
    assert verdicts(report) == [
        "rate-mismatch: 84.09% = 101.33 ÷ 120.50 consistent structure",
        "score-mismatch: 8.41 <= 10 consistent structure",
        "score-mismatch: 8.41 = min(10, 10 × 84.09%) consistent structure",
    ]
    assert report.findings == ()
    assert alarms(check(with_cell(EXECUTION, "8.41", "9.41"))) == ["error score-mismatch 9.41 at r2c6"]


@pytest.mark.parametrize(
    ("spent", "rate", "score", "found"),
    [
        ("121.33", "100.69%", "10", []),
        ("121.33", "100.69%", "9.5", ["error score-mismatch 9.5 at r2c6"]),
        ("120.50", "100%", "10.00", []),
        ("101.33", "84.09%", "8.4", []),
        ("101.33", "84.09%", "8", []),
        ("101.33", "84.09%", "7", ["error score-mismatch 7 at r2c6"]),
        ("0.00", "0%", "0", []),
    ],
)
def test_the_score_for_the_execution_is_at_most_its_weight(spent: str, rate: str, score: str, found: list[str]) -> None:
    assert alarms(check([EXECUTION[0], f"年度资金总额|120.50|{spent}|10|{rate}|{score}"])) == found


def test_the_weight_for_the_execution_may_stand_in_the_header() -> None:
    rows = ["项目|预算数|执行数|执行率|得分（10分×执行率）", "资金总额|120.50|101.33|84.09%|8.41"]
    assert "score-mismatch: 8.41 = min(10分, 10分 × 84.09%) consistent structure" in verdicts(check(rows))
    assert alarms(check(with_cell(rows, "8.41", "4.81"))) == ["error score-mismatch 4.81 at r2c5"]


# --- the form of the ministry -------------------------------------------------------------

FORM = [
    "项目名称|道路养护|<|<|<|<|<|<",
    "主管部门|交通局|<|<|实施单位|养护中心|<|<",
    "项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
    "^|年度资金总额|121.30|120.50|101.33|10|84.09%|8.41",
    "^|其中：当年财政拨款|100.80|100.00|84.00|—|84.00%|—",
    "^|　　　上年结转资金|20.50|20.50|17.33|—|84.54%|—",
    "绩效指标|一级指标|二级指标|年度指标值|实际完成值|分值|得分|偏差原因",
    "^|产出指标|数量|≥20个|21个|30|30|",
    "^|^|质量|≥95%|96%|20|20|",
    "^|效益指标|社会|≤5次|4次|30|29|",
    "^|满意度指标|满意|≥90%|92%|10|10|",
    "总分|<|<|<|<|100|97.41|",
]


def test_a_form_with_two_blocks() -> None:
    report = check(FORM, unit="")
    assert verdicts(report) == [
        "part-exceeds-total: 100.00 <= 120.50 consistent structure",
        "part-exceeds-total: 100.80 <= 121.30 consistent structure",
        "part-exceeds-total: 84.00 <= 101.33 consistent structure",
        "rate-mismatch: 84.00% = 84.00 ÷ 100.00 consistent structure",
        "rate-mismatch: 84.09% = 101.33 ÷ 120.50 consistent structure",
        "rate-mismatch: 84.54% = 17.33 ÷ 20.50 consistent structure",
        "score-mismatch: 10 <= 10 consistent structure",
        "score-mismatch: 20 <= 20 consistent structure",
        "score-mismatch: 29 <= 30 consistent structure",
        "score-mismatch: 30 <= 30 consistent structure",
        "score-mismatch: 8.41 <= 10 consistent structure",
        "score-mismatch: 8.41 = min(10, 10 × 84.09%) consistent structure",
        "score-mismatch: 97.41 <= 100 consistent structure",
        "score-mismatch: 97.41 = 8.41 + 30 + 20 + 29 + 10 consistent structure",
        "target-unmet: 21个 >= 20个 consistent wording",
        "target-unmet: 92% >= 90% consistent wording",
        "target-unmet: 96% >= 95% consistent wording",
        "total-mismatch: 101.33 = 84.00 + 17.33 consistent structure",
        "total-mismatch: 120.50 = 100.00 + 20.50 consistent structure",
        "total-mismatch: 121.30 = 100.80 + 20.50 consistent structure",
        "weight-mismatch: 100 = 10 + 30 + 20 + 30 + 10 consistent structure",
    ]
    assert report.findings == ()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("97.41", "98.41", ["error score-mismatch 98.41 at r12c7"]),
        ("100", "95", ["error weight-mismatch 95 at r12c6"]),
        ("84.54%", "85.44%", ["error rate-mismatch 85.44% at r6c7"]),
        ("17.33", "13.37", ["error total-mismatch 13.37 at r6c5"]),
        ("29", "31", ["error score-mismatch 31 at r10c7"]),
        ("96%", "94%", ["warning target-unmet 94% at r9c5"]),
        ("8.41", "9.41", ["error score-mismatch 9.41 at r4c8"]),
    ],
)
def test_a_wrong_cell_of_a_form(old: str, new: str, found: list[str]) -> None:
    assert alarms(check(with_cell(FORM, old, new), unit="")) == found
