"""主要是…增加18.6万元: the reason of a change was judged as the change itself."""

from __future__ import annotations

import pytest

from reportcheck import check_text


def test_a_reason_with_figures_of_its_own_is_left_alone() -> None:
    text = "人员支出898.6万元，较上年868.3万元增加30.3万元，增长3.49%，主要是新招录5人增加18.6万元。"
    assert [finding.message for finding in check_text(text).findings] == []


@pytest.mark.parametrize(
    "text",
    [
        "收、支总计1463.26万元。与上年相比，收、支总计各减少128.4万元，下降8.07%，主要是项目经费减少112.3万元。",
        "机关运行经费支出128.6万元，比年初预算数增加12.4万元，增长10.67%，主要原因是增加办公设备购置8.6万元。",
    ],
)
def test_reasons_that_were_already_left_alone(text: str) -> None:
    assert [finding.message for finding in check_text(text).findings] == []
