"""Sums as the judge takes them, in whole numbers, against the same rules in plain fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from figures import PERSON, TONNE, WAN, YUAN
from reportcheck.assess import assess
from reportcheck.model import Claim, Fact, Outcome, Quantity, Span, Unit

SCORE = Unit("分", "score")
WEIGHT = Unit("分", "score", counted=True)
THIRD = Unit("", "money", Fraction(10_000, 3))
UNITS = (YUAN, WAN, PERSON, TONNE, SCORE, WEIGHT, THIRD)
FIGURE = st.tuples(st.integers(-99, 999), st.integers(0, 3), st.sampled_from(UNITS))


def fact(place: int, number: int, decimals: int, unit: Unit) -> Fact:
    value = Decimal(number).scaleb(-decimals)
    quantity = Quantity(value, unit, decimals, "exact", f"{value}{unit.symbol}", Span("p1", place, place + 1))
    return Fact("", "", "", "level", quantity)


def half(quantity: Quantity, rounded: bool = False) -> Fraction:
    if quantity.unit.dimension == "score":
        return Fraction(0)
    interval = quantity.rounded_interval if rounded else quantity.interval
    assert interval.low is not None
    assert interval.high is not None
    return (interval.high - interval.low) / 2


def outcome(stated: Quantity, parts: list[Quantity], one_table: bool) -> Outcome:
    figures = [stated, *parts]
    gap = abs(stated.exact - sum((part.exact for part in parts), Fraction(0)))
    halves = [half(figure) for figure in figures]
    if not gap or (gap <= max(halves) and len({figure.last_place for figure in figures if not figure.whole}) > 1):
        return "consistent"
    tail = one_more = stated.last_place
    if not any(halves) and all(figure.unit.counted or figure.unit.dimension == "score" for figure in figures):
        return "rounding" if stated.unit.dimension == "score" and stated.decimals and gap <= tail else "inconsistent"
    if stated.whole or stated.unit.counted or not any(halves):
        one_more = Fraction(0)
    decimal = one_table and any(part.decimals for part in parts)
    loose = sum((half(each, rounded=True) for each in figures[: 1 if decimal else None] if each.whole), Fraction(0))
    return "rounding" if gap <= sum(halves) + max(one_more, loose) else "inconsistent"


@given(FIGURE, st.lists(FIGURE, min_size=1, max_size=6), st.booleans(), st.integers(-3, 3) | st.none())
def test_a_sum_is_judged_as_in_plain_fractions(
    total: tuple[int, int, Unit], parts: list[tuple[int, int, Unit]], one_table: bool, off: int | None
) -> None:
    added = [fact(place, *part) for place, part in enumerate(parts, 1)]
    stated = fact(0, *total)
    if off is not None:
        # So near that the last places decide.
        unit, decimals = stated.quantity.unit, stated.quantity.decimals
        exact = sum((part.quantity.exact for part in added), Fraction(0)) / unit.factor
        stated = fact(0, round(exact * 10**decimals) + off, decimals, unit)
    pattern = "t1/below" if one_table else ""
    claim = Claim("total-mismatch", "sum", stated, "sum(parts)", {"parts": tuple(added)}, "structure", pattern=pattern)
    expected = outcome(stated.quantity, [part.quantity for part in added], one_table)
    assert assess(claim).outcome == expected
