"""床位使用率86.3%: a rate of use over time was taken for one of two stocks."""

from __future__ import annotations

from reportcheck import check_text


def test_the_use_of_beds_is_no_quotient_of_beds() -> None:
    text = "核定床位180张，实际开放212张，床位使用率86.3%，平均住院日8.2天。"
    assert [finding.message for finding in check_text(text).findings] == []
