"""Targets of indicators with each of their signs, missed and met."""

from __future__ import annotations

import pytest

from reportcheck.extract.cells import Cell, read_cell
from reportcheck.model import Block
from reportcheck.rules.targets import read_target
from tables import alarms, check, verdicts

HEADER = "指标|年度指标值|实际完成值|分值|得分"
OTHERS = ["改造里程|≥12公里|13公里|10|10", "投诉次数|≤5次|4次|10|10", "验收合格率|≥95%|97%|10|10"]


@pytest.mark.parametrize(
    ("name", "target", "met", "missed", "relation"),
    [
        ("培训人数", "≥300人", "300人", "299人", ">="),
        ("培训人数", "≧300人", "300人", "299人", ">="),
        ("培训人数", ">=300人", "310人", "299人", ">="),
        ("培训人数", "＞300人", "310人", "299人", ">="),
        ("培训人数", "不少于300人", "300人", "299人", ">="),
        ("培训人数", "大于等于300人", "300人", "299人", ">="),
        ("满意度", "≥90%", "90.00%", "89.99%", ">="),
        ("满意度", "不低于90%", "91%", "89%", ">="),
        ("满意度", "达到90%", "91%", "89%", ">="),
        ("满意度", "90%以上", "91%", "89%", ">="),
        ("办结时间", "≤30天", "30天", "31天", "<="),
        ("办结时间", "不超过30天", "30天", "31天", "<="),
        ("办结时间", "小于等于30天", "29天", "31天", "<="),
        ("办结时间", "30天以内", "30天", "31天", "<="),
        ("成本", "≤50万元", "49.5万元", "51万元", "<="),
        ("成本", "控制在50万元以内", "49.5万元", "51万元", "<="),
        ("合格率", "=100%", "100%", "99%", ">="),
        ("合格率", "100%", "100%", "99%", ">="),
        ("事故起数", "=0起", "0起", "1起", "<="),
        ("培训人数", "300人", "301人", "299人", ">="),
        ("培训人数", "300", "301", "299", ">="),
    ],
)
def test_a_target_met_and_missed(name: str, target: str, met: str, missed: str, relation: str) -> None:
    right = check([HEADER, f"{name}|{target}|{met}|10|10", *OTHERS], unit="")
    number = target.strip("≥≧≤>=＞不少于大小等低达到超过控制在以上内")
    basis = "structure" if target[0].isdigit() and target == number else "wording"
    assert f"target-unmet: {met} {relation} {number} consistent {basis}" in verdicts(right)
    assert right.findings == ()
    wrong = check([HEADER, f"{name}|{target}|{missed}|10|10", *OTHERS], unit="")
    assert alarms(wrong) == [f"warning target-unmet {missed} at r2c3"]


@pytest.mark.parametrize(
    "row",
    [
        # Marks were taken off, or the score says nothing.
        "培训人数|≥300人|299人|10|9",
        "培训人数|≥300人|299人|10|",
        # Less may be better, units differ, words, several figures.
        "成本下降率|12%|10%|10|10",
        "投诉次数|5次|6次|10|10",
        "办结时间|30天|31天|10|10",
        "培训人数|≥300人|29场|10|10",
        "培训人数|≥300人|已完成|10|10",
        "培训人数|≥300人|一期199人、二期99人|10|10",
        "培训质量|优|良|10|10",
    ],
)
def test_what_is_no_missed_target(row: str) -> None:
    report = check([HEADER, row, *OTHERS], unit="")
    assert [alarm for alarm in alarms(report) if "target" in alarm] == []
    assert len(verdicts(report, "target")) == 3


def test_two_of_five_targets_missed() -> None:
    rows = [HEADER, "培训人数|≥300人|299人|10|10", "满意度|≥90%|88%|10|10", *OTHERS]
    assert alarms(check(rows, unit="")) == ["warning target-unmet 299人 at r2c3", "warning target-unmet 88% at r3c3"]


def test_targets_of_which_most_are_missed() -> None:
    rows = [HEADER, "培训人数|≥300人|299人|10|10", "满意度|≥90%|88%|10|10", OTHERS[0]]
    assert alarms(check(rows, unit="")) == ["warning target-unmet 299人 at r2c3", "warning target-unmet 88% at r3c3"]


def test_signs_and_units_in_columns_of_their_own() -> None:
    rows = [
        "指标|指标性质|年度指标值|单位|实际完成值|分值|得分",
        "发放数量|≥|20|个|20|10|10",
        "投诉|≤|5|次|4|10|10",
        "合格率|＝|100|%|100|10|10",
        "培训|≥|12|次|11|10|10",
        "宣传|定性|优||优|10|10",
    ]
    report = check(rows, unit="")
    assert verdicts(report, "target") == [
        "target-unmet: 100 >= 100 consistent wording",
        "target-unmet: 11 >= 12 inconsistent wording",
        "target-unmet: 20 >= 20 consistent wording",
        "target-unmet: 4 <= 5 consistent wording",
    ]
    assert alarms(report) == ["warning target-unmet 11 at r5c5"]


@pytest.mark.parametrize(
    ("text", "sign", "relation", "value"),
    [
        ("≥90%", "", ">=", "90"),
        ("90%", "", ">=", "90"),
        ("90%", "≤", "<=", "90"),
        ("=0", "", "<=", "0"),
        ("=5", "", ">=", "5"),
        ("＜ 5 天", "", "<=", "5"),
        ("已完成12场", "", ">=", "12"),
        ("90%", "定性", None, ""),
        ("优", "", None, ""),
        ("12场，300人", "", None, ""),
    ],
)
def test_read_target(text: str, sign: str, relation: str | None, value: str) -> None:
    block = Block("c", text, "cell")
    found = read_target(Cell(0, 0, block, *read_cell(block)), sign)
    assert (found.relation, str(found.quantity.value)) == (relation, value) if found else relation is None
    if found:
        span = found.quantity.span
        assert text[span.start : span.end] == found.quantity.text
