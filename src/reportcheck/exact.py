"""Exact arithmetic on many numbers at once: figures are decimals, so that they have a small common scale, and as whole
numbers of it they add up and compare much faster than fractions do."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm


def scaled(values: Iterable[Fraction]) -> tuple[list[int], int]:
    """The numbers as whole multiples of ``1 / scale``, and that scale."""
    ratios = [value.as_integer_ratio() for value in values]
    scale = lcm(*{denominator for _, denominator in ratios})
    return [numerator * (scale // denominator) for numerator, denominator in ratios], scale


def total(values: Iterable[Fraction]) -> Fraction:
    """The sum of the numbers."""
    whole, scale = scaled(values)
    return Fraction(sum(whole), scale)
