"""其他收入占2079% was called consistent, since two figures of the paragraph happen to give it: a share of more than all
is not told by what happens to be in reach, nor is a rate of more than twice."""

from __future__ import annotations

import pytest

from reportcheck import check_text


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        (
            "本年收入合计1624.50万元，其中：财政拨款收入1218.90万元，占1944.01%；事业收入342.90万元，占21.11%；"
            "其他收入62.70万元，占3.86%。",
            "1944.01%",
        ),
        ("会议费预算25万元，支出23.50万元，结余1.50万元，执行率1566.67%。", "1566.67%"),
    ],
)
def test_it_is_not_called_consistent(text: str, rate: str) -> None:
    assert [v.outcome for v in check_text(text).verdicts if v.claim.stated.quantity.text == rate] == ["inconsistent"]
