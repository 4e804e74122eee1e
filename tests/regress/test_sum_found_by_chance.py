"""A figure was noted as a rounded sum of two others that only happen to add up nearly."""

from __future__ import annotations

import pytest

from reportcheck import check_text


@pytest.mark.parametrize(
    "text",
    [
        "会议费0.1万元，培训费9.8万元，差旅费10.1万元，合计20.0万元。",
        "债务限额86.4亿元，余额81.73亿元，核销4.76亿元。",
    ],
)
def test_it_is_not_noted(text: str) -> None:
    assert [(finding.severity, finding.message) for finding in check_text(text).findings] == []
