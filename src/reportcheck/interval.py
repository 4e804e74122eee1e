"""Closed intervals of exact numbers: what a written figure may stand for.

An end of ``None`` is open to infinity: "超过80" has no upper end.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct


class Interval(Struct, frozen=True):
    """All numbers from ``low`` to ``high``, both included; ``None`` means unbounded."""

    low: Fraction | None
    high: Fraction | None

    @classmethod
    def point(cls, value: Fraction) -> Interval:
        return cls(value, value)

    @classmethod
    def around(cls, value: Fraction, half_width: Fraction) -> Interval:
        return cls(value - half_width, value + half_width)

    @property
    def bounded(self) -> bool:
        return self.low is not None and self.high is not None

    def widened(self, margin: Fraction) -> Interval:
        """The interval with ``margin`` added at both ends."""
        return Interval(
            None if self.low is None else self.low - margin,
            None if self.high is None else self.high + margin,
        )

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and self.low > other.high
        return not (below or above)

    def scaled(self, factor: Fraction) -> Interval:
        """Every number times a positive ``factor``."""
        return Interval(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
        )
