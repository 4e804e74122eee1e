"""不低于 was read as 低于, 不少于 as a fall, and the 应 of 响应 as an aim."""

from __future__ import annotations

import pytest

from reportcheck import check_text
from reportcheck.extract.prose import passage
from reportcheck.model import Block


def test_a_target_of_at_least_is_one_to_reach() -> None:
    right = "满意度为97.89%，目标值为不低于90%，已达标。"
    assert [finding.message for finding in check_text(right).findings] == []
    (finding,) = check_text(right.replace("90%", "98%")).findings
    assert (finding.rule, finding.spans[0].start, finding.spans[0].end) == ("claim-contradicted", 4, 10)


@pytest.mark.parametrize(
    ("text", "role"),
    [("举办演出不少于80场。", "target"), ("平均响应时间25分钟。", "level"), ("应完成12场。", "target")],
)
def test_what_a_figure_does(text: str, role: str) -> None:
    assert [mention.role for mention in passage([Block("p1", text)]).mentions] == [role]
