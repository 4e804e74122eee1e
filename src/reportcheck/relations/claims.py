"""The claims that more than one relation makes: sums with their signs, and ratios."""

from __future__ import annotations

from collections.abc import Sequence

from reportcheck.model import Basis, Claim, Fact, Kind

TOTAL = "total-mismatch"
SHARE = "share-mismatch"


def sum_claim(
    stated: Fact, parts: Sequence[tuple[int, Fact]], basis: Basis, exhaustive: bool, pattern: str = ""
) -> Claim:
    """The claim that a figure is the sum of others, those with a negative sign taken off."""
    plus = tuple(fact for sign, fact in parts if sign > 0)
    minus = tuple(fact for sign, fact in parts if sign < 0)
    kind: Kind = "balance" if minus else "sum"
    formula = "sum(parts) - sum(less)" if minus else "sum(parts)"
    operands = {"parts": plus, "less": minus} if minus else {"parts": plus}
    return Claim(TOTAL, kind, stated, formula, operands, basis, exhaustive=exhaustive, pattern=pattern)


def ratio(
    rule: str,
    stated: Fact,
    numerator: Fact,
    denominator: Fact,
    basis: Basis,
    exhaustive: bool = True,
    pattern: str = "",
) -> Claim:
    """The claim that one figure divided by another is the stated one."""
    operands = {"numerator": (numerator,), "denominator": (denominator,)}
    kind: Kind = "share" if rule == SHARE else "ratio"
    formula = "numerator / denominator"
    return Claim(rule, kind, stated, formula, operands, basis, exhaustive=exhaustive, pattern=pattern)
