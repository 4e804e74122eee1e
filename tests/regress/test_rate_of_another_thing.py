"""A rate in a paragraph of its own that names what it is of is not taken of the money before it."""

from __future__ import annotations

from reportcheck.checker import check_text


def test_the_rate_of_a_task_is_no_rate_of_money() -> None:
    text = "维护费预算70万元，实际使用59.43万元，执行率84.9%。\n培训任务完成率96%，未完成年度任务。"
    assert check_text(text).findings == ()


def test_a_rate_that_names_nothing_is_one() -> None:
    text = "维护费预算70万元，实际使用59.43万元。\n执行率为96%。"
    assert [finding.rule for finding in check_text(text).findings] == ["rate-mismatch"]
