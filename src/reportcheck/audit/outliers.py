"""How rates and scores are spread over the reports of a folder, and which of them lie far off.

What is far off is told by the middle of all and by the usual distance from it, on each side for itself, since rates and
scores lie close below a limit and have a long tail. Neither is moved by a few wild values. All arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

from msgspec import Struct

from reportcheck.audit.across import Across, Spot
from reportcheck.audit.across_words import rule
from reportcheck.audit.folder import Folder, Party
from reportcheck.audit.measures import Measure
from reportcheck.catalog import Language, table
from reportcheck.schemas.across import Across as AcrossTable
from reportcheck.schemas.across import AcrossMeasure

FEWEST = 20
_FAR = 5
_FEW = 5
_MOST_BINS = 40


class Bin(Struct, frozen=True):
    """How many values lie from ``low`` up to, and without, ``high``."""

    low: Fraction
    high: Fraction
    count: int


class Value(Struct, frozen=True):
    """A measure with the report that states it."""

    party: Party
    measure: Measure

    @property
    def exact(self) -> Fraction:
        """The value as a number."""
        return Fraction(self.measure.value)


class Distribution(Struct, frozen=True):
    """The values of one measure (the ``rule`` that compares it) in the reports of one ``kind``: ``n`` of them, the
    ``least``, the quartiles ``low``, ``median`` and ``high``, the ``most``; ``outliers`` are those far off."""

    rule: str
    kind: str
    n: int
    least: Fraction
    low: Fraction
    median: Fraction
    high: Fraction
    most: Fraction
    bins: tuple[Bin, ...]
    outliers: tuple[Value, ...]


def distributions(folder: Folder) -> list[Distribution]:
    """A distribution for each measure and kind of report, in this order."""
    groups: dict[tuple[str, str], dict[tuple[str, str], Value]] = {}
    for party in folder.parties:
        kept = party.extract()
        for measure in kept.measures:
            # A report handed in twice, in two formats, counts once.
            once = (party.name or party.submission, measure.value)
            groups.setdefault((measure.rule, kept.kind), {}).setdefault(once, Value(party, measure))
    return [_distribution(*key, list(values.values())) for key, values in sorted(groups.items())]


def find(folder: Folder, language: Language) -> Iterator[Across]:
    """A note for each value that lies far off."""
    for spread in distributions(folder):
        suffix = _row(spread.rule).suffix
        for value in spread.outliers:
            party, measure = value.party, value.measure
            yield Across(
                spread.rule,
                rule(spread.rule).severity,
                rule(spread.rule).message(
                    language,
                    "message",
                    value=measure.text,
                    n=spread.n,
                    median=shown(spread.median) + suffix,
                    low=shown(spread.low) + suffix,
                    high=shown(spread.high) + suffix,
                ),
                (party.submission,),
                (Spot(party.file, measure.place, measure.text),),
            )


def shown(value: Fraction) -> str:
    """A number with two decimals at most."""
    hundredths = Decimal(floor(value * 100 + Fraction(1, 2))) / 100
    return f"{hundredths.normalize():f}"


def _row(name: str) -> AcrossMeasure:
    return next(row for row in table(AcrossTable).measure if row.id == name)


def _distribution(rule_id: str, kind: str, values: Sequence[Value]) -> Distribution:
    row = _row(rule_id)
    ordered = sorted(value.exact for value in values)
    low, median, high = (_quantile(ordered, Fraction(quarter, 4)) for quarter in (1, 2, 3))
    return Distribution(
        rule_id,
        kind,
        len(ordered),
        ordered[0],
        low,
        median,
        high,
        ordered[-1],
        _bins(ordered, Fraction(row.width)),
        tuple(_far_off(values, ordered, median, Fraction(row.near))),
    )


def _quantile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """The value below which a share lies, between two values in proportion."""
    place = share * (len(ordered) - 1)
    index = floor(place)
    above = ordered[min(index + 1, len(ordered) - 1)]
    return ordered[index] + (place - index) * (above - ordered[index])


def _far_off(values: Sequence[Value], ordered: Sequence[Fraction], median: Fraction, near: Fraction) -> Iterator[Value]:
    """The values that lie several times as far from the middle as half of those on their side do, from the farthest on;
    none of too few."""
    if len(values) < FEWEST:
        return
    below = _usual([median - value for value in ordered if value <= median], len(ordered))
    above = _usual([value - median for value in ordered if value >= median], len(ordered))
    for value in sorted(values, key=lambda each: (-abs(each.exact - median), each.party.file)):
        usual = below if value.exact < median else above
        if abs(value.exact - median) > max(near, _FAR * usual):
            yield value


def _usual(distances: Sequence[Fraction], n: int) -> Fraction:
    """The distance within which half of a side lie. Where many lie right in the middle (100 %), the others count if
    they are more than a few."""
    beyond = [distance for distance in distances if distance]
    return _quantile(sorted(beyond if len(beyond) * _FEW >= n else distances), Fraction(1, 2))


def _bins(ordered: Sequence[Fraction], width: Fraction) -> tuple[Bin, ...]:
    """Bins of one width from the least to the most; wider ones where there would be too many."""
    while (ordered[-1] - ordered[0]) / width > _MOST_BINS:
        width *= 2
    start = floor(ordered[0] / width)
    counts = [0] * (floor(ordered[-1] / width) - start + 1)
    for value in ordered:
        counts[floor(value / width) - start] += 1
    return tuple(Bin((start + n) * width, (start + n + 1) * width, count) for n, count in enumerate(counts))
