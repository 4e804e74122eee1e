"""3.5百分点, without 个, was read as 350 marks: 百 as a scale and 分 as a unit."""

from __future__ import annotations

from reportcheck import check_text
from reportcheck.quantities import find_quantities


def test_points_are_read_without_their_measure_word() -> None:
    (quantity,) = find_quantities("回落3.5百分点", "p1")
    assert (quantity.text, quantity.unit.dimension) == ("3.5百分点", "point")


def test_points_without_their_measure_word_are_judged() -> None:
    report = check_text("税收占比71.4%，比上年的74.9%回落4.5百分点。")
    assert [finding.rule for finding in report.findings] == ["change-mismatch"]
