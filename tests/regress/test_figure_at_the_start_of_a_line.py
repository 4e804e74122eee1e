"""A figure with two decimals at the start of a line was taken for the number of a heading (1.2)."""

from __future__ import annotations

import pytest

from reportcheck.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("92.30分为综合得分", ["92.30分"]),
        ("52.05 万元用于培训", ["52.05 万元"]),
        ("12.5公里道路已完工", ["12.5公里"]),
        ("48.47、51.50、39.07亿元", ["48.47", "51.50", "39.07亿元"]),
    ],
)
def test_it_is_a_figure(text: str, figures: list[str]) -> None:
    assert [quantity.text for quantity in find_quantities(text, "p1")] == figures


def test_a_size_is_none() -> None:
    assert find_quantities("3.0m×3.0m标准展板", "p1") == []


@pytest.mark.parametrize("text", ["1.2 预算执行情况", "3.1.2资产管理", "2.1部门概况"])
def test_the_number_of_a_heading_is_none(text: str) -> None:
    assert find_quantities(text, "p1") == []
