"""Sums as whole numbers of a common scale, against plain fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcheck.exact import Ratio, added, less, minus, over, plus, scaled, times, total

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


RATIOS = st.tuples(st.integers(), st.integers(min_value=1))


@given(RATIOS, RATIOS)
def test_ratios_are_reckoned_like_fractions(one: Ratio, other: Ratio) -> None:
    first, second = Fraction(*one), Fraction(*other)
    assert Fraction(*plus(one, other)) == first + second
    assert Fraction(*minus(one, other)) == first - second
    assert Fraction(*times(one, other)) == first * second
    assert less(one, other) == (first < second)
    if second:
        quotient = over(one, other)
        assert quotient[1] > 0
        assert Fraction(*quotient) == first / second


def test_nothing_is_divided_by_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        over((1, 2), (0, 5))


@given(st.lists(RATIOS))
def test_ratios_add_up(ratios: list[Ratio]) -> None:
    assert Fraction(*added(ratios)) == sum((Fraction(*ratio) for ratio in ratios), Fraction(0))
