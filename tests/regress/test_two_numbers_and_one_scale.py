"""A number, a blank and a number with a scale were taken for one numeral of two scales, and the file was lost."""

from __future__ import annotations

import pytest

from reportcheck import check_text
from reportcheck.quantities import find_quantities


@pytest.mark.parametrize("blank", [" ", "  ", "\n", "\u3000", "\u200b", "\u2060", "\t"])
@pytest.mark.parametrize("scale", ["万", "亿", "千", "百"])
def test_the_scale_belongs_to_the_last(blank: str, scale: str) -> None:
    figures = find_quantities(f"购置设备 15{blank}40{scale}元", "p1")
    assert [(figure.text, figure.unit.symbol) for figure in figures] == [("15", ""), (f"40{scale}元", f"{scale}元")]


def test_the_report_is_read() -> None:
    assert [fact.quantity.text for fact in check_text("购置设备 15 40万元。").facts] == ["15", "40万元"]
