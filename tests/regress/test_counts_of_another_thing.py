"""Regress: a count of opinions was added to one of forms, and a band of scores was taken for the rate itself."""

from __future__ import annotations

import pytest

from reportcheck import check_text


@pytest.mark.parametrize(
    "text",
    [
        "回收有效问卷197份，其中表示满意的172份，对提出的70条意见逐条研究并作了答复。",
        "全年预算2922.3万元，支出1729.88万元。预算执行率在95%以上的得10分，每降低2.5个百分点扣0.5分。",
        "预算执行率在95%（含）以上的计满分，全年预算2922.3万元，支出1729.88万元。",
    ],
)
def test_nothing_is_told(text: str) -> None:
    assert check_text(text).findings == ()


def test_a_list_of_one_count_still_contradicts() -> None:
    (found,) = check_text("回收问卷200份，由有效问卷197份和无效问卷13份组成。").findings
    assert found.rule == "total-mismatch"
