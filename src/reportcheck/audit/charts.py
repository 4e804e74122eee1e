"""The charts of an audit as what is to be drawn: bars and marks on a sheet of fixed size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor

from msgspec import Struct

from reportcheck.audit.outliers import Bin, Distribution, shown
from reportcheck.audit.summary import Summary

WIDTH, HEIGHT = 640, 190
_LEFT, _RIGHT, _TOP, _BASE = 14, 626, 42, 160
_LEAST_HEIGHT = 2
_MOST_TICKS = 10
_TENTHS = 10
_PERCENT = "%"


class Bar(Struct, frozen=True):
    """A bar of a histogram: where it stands, how many values it counts, and of which range."""

    x: int
    y: int
    width: int
    height: int
    count: int
    low: str
    high: str

    @property
    def middle(self) -> int:
        """Where its number stands."""
        return self.x + self.width // 2


class Tick(Struct, frozen=True):
    """A place on the axis, and what is written there."""

    x: int
    text: str


class Histogram(Struct, frozen=True):
    """Bars on an axis; ``marks`` are the values that lie far off, ``band`` reaches from the lower quartile to the upper
    one, ``median`` lies in it."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Tick, ...] = ()
    band: tuple[int, int] | None = None
    median: int = 0


def coverage(found: Summary) -> tuple[Histogram, int]:
    """The files by the share of their figures that was checked; and how many have no figures."""
    read = [file for unit in found.units for file in unit.files if not file.code]
    shares = [Fraction(100 * file.checked, file.figures) for file in read if file.figures]
    counts = [0] * _TENTHS
    for share in shares:
        counts[min(floor(share / _TENTHS), _TENTHS - 1)] += 1
    bins = [Bin(Fraction(10 * n), Fraction(10 * n + 10), count) for n, count in enumerate(counts)]
    return _histogram(bins, _PERCENT), len(read) - len(shares)


def distribution(spread: Distribution, suffix: str) -> Histogram:
    """The values of a distribution, those far off marked."""
    drawn = _histogram(spread.bins, suffix)
    place = _Axis(spread.bins)
    far: dict[int, list[str]] = {}
    for value in spread.outliers:
        far.setdefault(place(value.exact), []).append(f"{value.party.file} {value.measure.text}")
    low, high = place(spread.low), place(spread.high)
    return Histogram(
        drawn.bars,
        drawn.ticks,
        tuple(Tick(x, "\n".join(texts)) for x, texts in sorted(far.items())),
        (low, high - low),
        place(spread.median),
    )


class _Axis:
    """Where a value lies from left to right."""

    def __init__(self, bins: Sequence[Bin]) -> None:
        self._low = bins[0].low
        self._length = bins[-1].high - bins[0].low

    def __call__(self, value: Fraction) -> int:
        return _LEFT + floor((value - self._low) * (_RIGHT - _LEFT) / self._length)


def _histogram(bins: Sequence[Bin], suffix: str) -> Histogram:
    place = _Axis(bins)
    most = max(1, *(each.count for each in bins))
    return Histogram(tuple(_bars(bins, place, most, suffix)), tuple(_ticks(bins, place, suffix)))


def _bars(bins: Iterable[Bin], place: _Axis, most: int, suffix: str) -> Iterable[Bar]:
    for each in bins:
        if not each.count:
            continue
        start, end = place(each.low), place(each.high)
        height = max(_LEAST_HEIGHT, each.count * (_BASE - _TOP) // most)
        low, high = shown(each.low) + suffix, shown(each.high) + suffix
        yield Bar(start + 1, _BASE - height, max(1, end - start - 2), height, each.count, low, high)


def _ticks(bins: Sequence[Bin], place: _Axis, suffix: str) -> Iterable[Tick]:
    edges = [each.low for each in bins] + [bins[-1].high]
    for edge in edges[:: ceil(len(edges) / _MOST_TICKS)]:
        yield Tick(place(edge), shown(edge) + suffix)
