"""其余为县级自筹: what is left is named without a figure, so that the parts printed are not all."""

from __future__ import annotations

import pytest

from reportcheck import check_text


@pytest.mark.parametrize(
    "text",
    [
        "项目总投资3860万元，其中中央预算内资金2000万元，省级配套800万元，其余为县级自筹。",
        "项目总投资3860万元，其中中央资金2000万元、省级资金800万元，不足部分由县财政解决。",
    ],
)
def test_the_parts_printed_may_be_less_than_their_total(text: str) -> None:
    assert [finding.message for finding in check_text(text).findings] == []


def test_a_rest_with_its_figure_is_added() -> None:
    text = "项目总投资3860万元，其中中央预算内资金2000万元，省级配套800万元，其余1060万元为县级自筹。"
    assert [finding.message for finding in check_text(text).findings] == []
