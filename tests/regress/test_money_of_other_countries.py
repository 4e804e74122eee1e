"""Amounts in dollars, and weights in 亿斤, were read as yuan: the bare scale took the money of the paragraph."""

from __future__ import annotations

import pytest

from reportcheck.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "dimensions"),
    [
        ("旅游收入12亿元，其中外汇收入0.45亿美元", ["money", "us-dollar"]),
        ("农业支出12亿元，粮食产量60亿斤", ["money", "mass"]),
        ("港口投资12亿元，吞吐量80万标箱", ["money", "container"]),
        ("预算12亿元，支出11亿", ["money", "money"]),
    ],
)
def test_the_unit_is_the_one_behind_the_scale(text: str, dimensions: list[str]) -> None:
    assert [figure.unit.dimension for figure in find_quantities(text, "p1")] == dimensions
