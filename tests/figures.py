"""Builders of figures and claims for tests of what judges them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from reportcheck.model import Basis, Bound, Claim, Fact, Kind, Quantity, Relation, Span, Unit

YUAN = Unit("元", "money")
WAN = Unit("万元", "money", Fraction(10_000))
PERCENT = Unit("%", "ratio", Fraction(1, 100))
POINT = Unit("个百分点", "point", Fraction(1, 100))
PERSON = Unit("人", "person", Fraction(1), counted=True)
TONNE = Unit("吨", "tonne")

_UNITS = {"万元": WAN, "元": YUAN, "%": PERCENT, "个百分点": POINT, "人": PERSON, "吨": TONNE}


KINDS: dict[str, Kind] = {
    "numerator / denominator": "ratio",
    "1 - change": "ratio",
    "sum(parts)": "sum",
    "given - spent": "difference",
    "a * rate": "product",
    "other": "same",
    **dict.fromkeys(("limit", "target", "least"), "limit"),
    **dict.fromkeys(("base - current", "current / base - 1", "change / (current - change)"), "change"),
}
"""What the formulas of the tests relate."""


class Figures:
    """Makes facts with places of their own, in the order in which they are asked for."""

    def __init__(self) -> None:
        self._place = 0

    def __call__(self, written: str, bound: Bound = "exact", name: str = "") -> Fact:
        """``52.05万元`` → the fact; ``name`` is its indicator."""
        number = written.rstrip("".join(_UNITS))
        value = Decimal(number)
        exponent = value.as_tuple().exponent
        assert isinstance(exponent, int)
        self._place += 10
        span = Span("p1", self._place, self._place + len(written))
        quantity = Quantity(value, _UNITS[written[len(number) :]], max(0, -exponent), bound, written, span)
        return Fact(name, "", "", "level", quantity)


def claim(
    stated: Fact,
    formula: str,
    basis: Basis = "wording",
    relation: Relation = "=",
    exhaustive: bool = True,
    rule: str = "rate-mismatch",
    **operands: Fact | Sequence[Fact],
) -> Claim:
    bound = {name: (facts,) if isinstance(facts, Fact) else tuple(facts) for name, facts in operands.items()}
    return Claim(rule, KINDS[formula], stated, formula, bound, basis, relation, exhaustive)


def rate(stated: str, numerator: str, denominator: str, basis: Basis = "wording") -> Claim:
    figure = Figures()
    return claim(
        figure(stated),
        "numerator / denominator",
        basis,
        numerator=figure(numerator),
        denominator=figure(denominator),
    )


def total(stated: str, *parts: str, exhaustive: bool = True, basis: Basis = "wording") -> Claim:
    figure = Figures()
    return claim(
        figure(stated),
        "sum(parts)",
        basis,
        exhaustive=exhaustive,
        rule="total-mismatch",
        parts=[figure(part, name=f"part {index}") for index, part in enumerate(parts, 1)],
    )
