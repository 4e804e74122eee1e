"""Cells of a score sheet that were forgotten."""

from __future__ import annotations

import pytest

from tables import alarms, check, with_cell

SHEET = [
    "指标|年度指标值|实际完成值|分值|得分",
    "发放数量|≥20个|21个|11|10",
    "覆盖率|≥95%|96%|12|11",
    "投诉|≤5次|4次|13|13",
    "培训|≥12次|14次|14|14",
]


@pytest.mark.parametrize(
    ("field", "found"),
    [
        # The weight, or the target, beside the blank is marked.
        ("11|11", []),
        ("12|", ["warning cell-blank 12 at r3c4"]),
        ("12|—", []),
    ],
)
def test_a_score_that_is_missing(field: str, found: list[str]) -> None:
    rows = [*SHEET[:2], f"覆盖率|≥95%|96%|{field}", *SHEET[3:]]
    assert alarms(check(rows, unit="")) == found


def test_a_result_that_is_missing() -> None:
    report = check(with_cell(SHEET, "96%", ""), unit="")
    assert alarms(report) == ["warning cell-blank ≥95% at r3c2"]
    (finding,) = report.findings
    assert [(span.block, span.start, span.end) for span in finding.spans] == [("t1.r3c2", 0, 4), ("t1.r3c3", 0, 0)]
    assert "覆盖率" in finding.message
    assert "实际完成值" in finding.message


def test_a_sheet_that_is_mostly_blank_is_not_filled_in_yet() -> None:
    rows = [SHEET[0], *(row.rpartition("|")[0] + "|" for row in SHEET[1:-1]), SHEET[-1]]
    assert alarms(check(rows, unit="")) == []


def test_a_cell_merged_with_the_one_above_is_not_blank() -> None:
    rows = [*SHEET[:2], "覆盖率|≥95%|96%|12|^", *SHEET[3:]]
    assert alarms(check(rows, unit="")) == []


@pytest.mark.parametrize("label", ["总分", "其中：乡镇"])
def test_totals_and_what_among_names_get_no_score(label: str) -> None:
    assert [a for a in alarms(check([*SHEET, f"{label}|≥1个|2个|50|"], unit="")) if "blank" in a] == []


def test_a_row_without_a_weight_gets_no_score() -> None:
    assert alarms(check([*SHEET, "宣传|≥1个|2个||"], unit="")) == []
