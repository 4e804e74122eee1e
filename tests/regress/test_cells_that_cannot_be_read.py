"""合计 243.70 = 118.30 + [80，15] + 45.25 was told as wrong: what cannot be read counted as nothing."""

from __future__ import annotations

import pytest

from reportcheck.model import Report, Verdict
from tables import alarms, check, said, sheet_of, verdicts

UNREAD = [
    "61，25",
    "61.25 30.00",
    "6I.25",
    "待定",
    "见附件",
    "n/a",
    "#REF!",
    "#DIV/0!",
    "NaN",
    "12.5/13.5",
    "60至70",
]


def of_cell(written: str, total: str = "160.05") -> list[str]:
    return ["项目|金额|备注", "甲|70.30|", f"乙|{written}|", "丙|28.50|", f"合计|{total}|"]


def unread(report: Report, rule: str = "") -> list[str]:
    """The claims that a cell leaves open."""
    found: list[Verdict] = [v for v in report.verdicts if v.reason == "cell-unreadable"]
    assert all(v.computed is None and v.gap is None for v in found)
    return sorted(said(verdict) for verdict in found if verdict.claim.rule.startswith(rule))


@pytest.mark.parametrize("written", UNREAD)
@pytest.mark.parametrize("total", ["160.05", "98.80"])
def test_a_sum_over_it_stays_open(written: str, total: str) -> None:
    report = check(of_cell(written, total))
    claim = f"total-mismatch: {total} = 70.30 + {written} + 28.50 undecided structure"
    assert verdicts(report, "total-mismatch") == unread(report) == [claim]
    assert [alarm for alarm in alarms(report) if "mismatch" in alarm] == []


@pytest.mark.parametrize("written", UNREAD)
def test_it_is_no_header_of_the_rows_below_it(written: str) -> None:
    report = check(["项目|金额", f"甲|{written}", "乙|45.25", "丙|1.25", "合计|46.50"])
    assert verdicts(report) == [f"total-mismatch: 46.50 = {written} + 45.25 + 1.25 undecided structure"]


@pytest.mark.parametrize("written", ["无", "—", "/", ""])
def test_nothing_is_nothing_still(written: str) -> None:
    report = check(of_cell(written, "98.80"))
    assert verdicts(report) == ["total-mismatch: 98.80 = 70.30 + 28.50 consistent structure"]


@pytest.mark.parametrize("written", ["61.25①", "￥61.25", "61.25（含税）", "其中：61.25", "=61.25"])
def test_a_sum_over_a_figure_as_people_write_it(written: str) -> None:
    shown = "￥61.25" if written == "￥61.25" else "61.25"
    right, wrong = check(of_cell(written)), check(of_cell(written, "106.05"))
    assert verdicts(right) == [f"total-mismatch: 160.05 = 70.30 + {shown} + 28.50 consistent structure"]
    assert alarms(wrong) == ["error total-mismatch 106.05 at r5c2"]


@pytest.mark.parametrize(
    ("written", "total", "outcome"),
    [
        ("≥61.25", "160.05", "consistent"),
        ("≥61.25", "170.05", "undecided"),
        ("≥61.25", "150.05", "inconsistent"),
        ("约61.25", "163.05", "undecided"),
        ("约61.25", "190.05", "inconsistent"),
    ],
)
def test_a_bound_is_no_point(written: str, total: str, outcome: str) -> None:
    assert verdicts(check(of_cell(written, total))) == [
        f"total-mismatch: {total} = 70.30 + 61.25 + 28.50 {outcome} structure"
    ]


def test_a_total_that_cannot_be_read() -> None:
    report = check(of_cell("61.25", "16O.05"))
    assert unread(report) == ["total-mismatch: 16O.05 = 70.30 + 61.25 + 28.50 undecided structure"]
    assert alarms(report) == ["warning malformed-number 16O.05 at r5c2"]


def test_a_total_along_a_row() -> None:
    report = check(
        ["项目|合计|基本支出|项目支出", "甲|90.50|60.00|30.50", "乙|75.20|见附件|30.10", "丙|41.00|21.00|20.00"]
    )
    assert unread(report) == ["total-mismatch: 75.20 = 见附件 + 30.10 undecided structure"]
    assert alarms(report) == []


def test_a_rate_of_it() -> None:
    report = check(
        ["项目|预算数|支出数|执行率", "甲|80.00|60.00|75.00%", "乙|50.00|4O.00|80.00%", "丙|40.00|10.00|25.00%"]
    )
    assert unread(report, "rate") == ["rate-mismatch: 80.00% = 4O.00 ÷ 50.00 undecided structure"]
    assert alarms(report) == ["warning malformed-number 4O.00 at r3c3"]


def test_weights_and_scores() -> None:
    report = check(["指标|分值|得分", "甲|20|20", "乙|30|2O.5", "丙|50|46.5", "总分|100|87.0"], unit="")
    assert unread(report) == ["score-mismatch: 87.0 = 20 + 2O.5 + 46.5 undecided structure"]


def test_a_share_in_brackets_is_not_below_zero() -> None:
    sheet = sheet_of("项目|金额|占比", "甲|30.00|（60.00%）", "乙|20.00|（40.00%）", "合计|50.00|（100.00%）")
    assert [str(sheet.facts[row, 2].quantity.value) for row in (1, 2, 3)] == ["60.00", "40.00", "100.00"]


def test_a_growth_in_brackets_is() -> None:
    report = check(["项目|上年|本年|增幅", "甲|80.00|60.00|（25.00%）", "乙|50.00|60.00|20.00%"])
    assert verdicts(report, "growth") == [
        "growth-mismatch: 20.00% = 60.00 ÷ 50.00 - 1 consistent structure",
        "growth-mismatch: （25.00%） = 60.00 ÷ 80.00 - 1 consistent structure",
    ]
