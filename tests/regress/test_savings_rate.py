"""节约率 and 核减率 between two amounts were not recomputed: the frame of a fall took the rate."""

from __future__ import annotations

import pytest

from reportcheck import check_text


@pytest.mark.parametrize(
    "text",
    [
        "计划投资482.63万元，实际投资451.72万元，成本节约率4.60%。",
        "控制价482.63万元，中标价451.72万元，节约率4.60%。",
        "送审金额482.63万元，核减30.91万元，核减率4.60%。",
    ],
)
def test_a_wrong_savings_rate_is_found(text: str) -> None:
    assert [(finding.rule, finding.severity) for finding in check_text(text).findings] == [("rate-mismatch", "error")]


@pytest.mark.parametrize(
    "text",
    [
        "计划投资482.63万元，实际投资451.72万元，成本节约率6.40%。",
        "控制价482.63万元，中标价451.72万元，节约率6.40%。",
        "送审金额482.63万元，核减30.91万元，核减率6.40%。",
    ],
)
def test_a_right_savings_rate_is_no_finding(text: str) -> None:
    assert [finding.message for finding in check_text(text).findings] == []


def test_a_savings_rate_beside_three_amounts_is_found() -> None:
    text = "送审金额482.63万元，审定金额451.72万元，核减30.91万元，核减率4.60%。"
    assert [(finding.rule, finding.severity) for finding in check_text(text).findings] == [("rate-mismatch", "error")]
