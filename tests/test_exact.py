"""Sums as whole numbers of a common scale, against plain fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcheck.exact import scaled, total

VALUES = st.lists(st.fractions() | st.decimals(allow_nan=False, allow_infinity=False, places=4).map(Fraction))


@pytest.mark.parametrize(
    ("values", "whole", "scale"),
    [
        ([], [], 1),
        ([Fraction(3), Fraction(-4)], [3, -4], 1),
        ([Fraction("520500"), Fraction("0.25"), Fraction("-1.5")], [2082000, 1, -6], 4),
        ([Fraction(1, 3), Fraction(1, 100)], [100, 3], 300),
    ],
)
def test_numbers_of_a_common_scale(values: list[Fraction], whole: list[int], scale: int) -> None:
    assert scaled(values) == (whole, scale)


@given(VALUES)
def test_scaled_numbers_are_the_numbers(values: list[Fraction]) -> None:
    whole, scale = scaled(values)
    assert [Fraction(number, scale) for number in whole] == values
    assert sorted(values) == [Fraction(number, scale) for number in sorted(whole)]


@given(VALUES)
def test_a_total_is_the_sum(values: list[Fraction]) -> None:
    assert total(values) == sum(values, Fraction(0))
    assert total(iter(values)) == total(values)
