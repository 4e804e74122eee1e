"""A slip in an amount was not seen where its rate is rounded: 92.37% of 268.00 is 247.55, not 247.54, so that what
was spent seemed to exceed the budget for no reason, and nothing was told."""

from __future__ import annotations

import pytest

from reportcheck import check_text


@pytest.mark.parametrize(
    ("budget", "right", "spent", "rate"),
    [
        ("268.00万元", "247.54万元", "647.54万元", "92.37%"),
        ("268.00万元", "247.54万元", "427.54万元", "92.37%"),
        ("962.00万元", "947.66万元", "974.66万元", "98.51%"),
    ],
)
def test_it_is_told(budget: str, right: str, spent: str, rate: str) -> None:
    assert check_text(f"项目预算{budget}，支出{right}，执行率{rate}。").findings == ()
    (finding,) = check_text(f"项目预算{budget}，支出{spent}，执行率{rate}。").findings
    assert finding.cause is not None
    assert finding.rule == "rate-mismatch"
    assert (finding.cause.facts["figure"], finding.cause.facts["right"]) == (spent, right)
