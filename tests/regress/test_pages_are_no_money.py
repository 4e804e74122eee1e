"""扫描312万页 was read as 312万 of money, and became a part of what was paid: 页 was no unit."""

from __future__ import annotations

import pytest

from reportcheck import check_text
from reportcheck.quantities import find_quantities


@pytest.mark.parametrize(("text", "figures"), [("扫描档案312万页", ["312万页"]), ("图册28页，页码连续", ["28页"])])
def test_pages_are_counted(text: str, figures: list[str]) -> None:
    found = find_quantities(text, "p1")
    assert [(quantity.text, quantity.unit.dimension) for quantity in found] == [(figure, "page") for figure in figures]


def test_they_are_no_part_of_what_was_paid() -> None:
    report = check_text("加工费共104.76万元，包括扫描312万页，著录8.76万元。")
    assert [finding.message for finding in report.findings] == []
