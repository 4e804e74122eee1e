"""A slip in an amount was not seen where its rate is rounded: 92.37% of 268.00 is 247.55, not 247.54, so that what
was spent seemed to exceed the budget for no reason, and nothing was told."""

from __future__ import annotations

import pytest

from reportcheck import check_text


@pytest.mark.parametrize(
    ("spent", "right", "rate"),
    [
        ("647.54万元", "247.54万元", "92.37%"),
        ("427.54万元", "247.54万元", "92.37%"),
        ("974.66万元", "947.66万元", "98.51%"),
    ],
)
def test_it_is_told(spent: str, right: str, rate: str) -> None:
    budget = "268.00万元" if right == "247.54万元" else "962.00万元"
    assert check_text(f"项目预算{budget}，支出{right}，执行率{rate}。").findings == ()
    finding = check_text(f"项目预算{budget}，支出{spent}，执行率{rate}。").findings[0]
    assert finding.cause is not None
    assert (finding.rule, finding.cause.facts["figure"], finding.cause.facts["right"]) == (
        "rate-mismatch",
        spent,
        right,
    )
