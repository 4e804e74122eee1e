"""Exact arithmetic in whole numbers, much faster than with fractions: figures are decimals, so that they have a small
common scale, in which they add up and compare; ratios are reckoned without bringing each step to lowest terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

Ratio = tuple[int, int]
"""A number as numerator and positive denominator, not in lowest terms."""


def scaled(values: Iterable[Fraction]) -> tuple[list[int], int]:
    """The numbers as whole multiples of ``1 / scale``, and that scale."""
    return _scaled([value.as_integer_ratio() for value in values])


def _scaled(ratios: Sequence[Ratio]) -> tuple[list[int], int]:
    scale = lcm(*{denominator for _, denominator in ratios})
    return [numerator * (scale // denominator) for numerator, denominator in ratios], scale


def total(values: Iterable[Fraction]) -> Fraction:
    """The sum of the numbers."""
    return Fraction(*added([value.as_integer_ratio() for value in values]))


def added(ratios: Sequence[Ratio]) -> Ratio:
    """The sum of any number of ratios."""
    if len(ratios) == 1:
        return ratios[0]
    whole, scale = _scaled(ratios)
    return sum(whole), scale


def plus(one: Ratio, other: Ratio) -> Ratio:
    """The sum of two."""
    return one[0] * other[1] + other[0] * one[1], one[1] * other[1]


def minus(one: Ratio, other: Ratio) -> Ratio:
    """Their difference."""
    return one[0] * other[1] - other[0] * one[1], one[1] * other[1]


def times(one: Ratio, other: Ratio) -> Ratio:
    """Their product."""
    return one[0] * other[0], one[1] * other[1]


def over(one: Ratio, other: Ratio) -> Ratio:
    """Their quotient. Raises ZeroDivisionError."""
    if not other[0]:
        raise ZeroDivisionError
    sign = 1 if other[0] > 0 else -1
    return sign * one[0] * other[1], sign * one[1] * other[0]


def less(one: Ratio, other: Ratio) -> bool:
    """Whether the one is the smaller."""
    return one[0] * other[1] < other[0] * one[1]
