"""One claim alone, by exact arithmetic on intervals: whether the stated figure stands in the claimed relation."""

from __future__ import annotations

from fractions import Fraction

from reportcheck import formula
from reportcheck.exact import scaled
from reportcheck.interval import Interval
from reportcheck.model import Claim, Outcome, Quantity, Relation, Verdict
from reportcheck.standing import UNREADABLE


def assess(claim: Claim) -> Verdict:
    """One claim alone: does the stated figure stand in the claimed relation to the formula?"""
    stated = claim.stated.quantity
    groups = {name: [fact.quantity for fact in facts] for name, facts in claim.operands.items()}
    figures = [quantity for group in groups.values() for quantity in group]
    if any(quantity.bound == "unreadable" for quantity in [stated, *figures]):
        return Verdict(claim, "undecided", reason=UNREADABLE)
    try:
        computed = formula.evaluate(claim.formula, {n: [q.exact for q in g] for n, g in groups.items()})
    except ZeroDivisionError:
        return Verdict(claim, "undecided", reason="zero-base")
    gap = stated.exact - computed
    if claim.relation != "=":
        holds = _holds(claim.relation, stated, computed)
        return Verdict(claim, "consistent" if holds else "inconsistent", computed, gap)
    if stated.bound == "about" and claim.kind == "same":
        # What is said again in round figures is meant to the last digit that is not zero.
        fits = abs(gap) <= stated.last_place * 10 ** _trailing_zeros(stated)
        return Verdict(claim, "consistent" if fits else "inconsistent", computed, gap)
    if claim.pattern and claim.formula == "sum(parts)" and any(quantity.bound != "exact" for quantity in figures):
        return Verdict(claim, *_bounded_sum(stated, figures, computed, gap))
    if any(quantity.bound != "exact" for quantity in figures):
        near = abs(gap) <= abs(stated.exact) / 10
        return Verdict(claim, "consistent" if near else "undecided", computed, gap, None if near else "hedged")
    if stated.bound != "exact":
        fits = stated.interval.meets(Interval.point(computed))
        return Verdict(claim, "consistent" if fits else "inconsistent", computed, gap)
    if formula.is_sum(claim.formula):
        return Verdict(claim, _sum_outcome(stated, figures, gap, bool(claim.pattern)), computed, gap)
    return Verdict(claim, _ratio_outcome(claim, stated, groups), computed, gap)


def _bounded_sum(
    stated: Quantity, figures: list[Quantity], computed: Fraction, gap: Fraction
) -> tuple[Outcome, Fraction, Fraction, str | None]:
    """A total in a table some of whose parts are hedged: ≥80.15 beside exact ones may be more, but is not less."""
    lows, highs = [q.interval.low for q in figures], [q.interval.high for q in figures]
    low = None if None in lows else sum((end for end in lows if end is not None), Fraction(0))
    high = None if None in highs else sum((end for end in highs if end is not None), Fraction(0))
    if not gap:
        return "consistent", computed, gap, None
    if not stated.interval.meets(Interval(low, high)):
        return "inconsistent", computed, gap, None
    return "undecided", computed, gap, "hedged"


def _trailing_zeros(quantity: Quantity) -> int:
    written = str(abs(quantity.value)).replace(".", "")
    return len(written) - len(written.rstrip("0"))


def _holds(relation: Relation, stated: Quantity, computed: Fraction) -> bool:
    """Order relations are judged on what is printed, with the doubt of its last place in its favour."""
    low, high = stated.interval.low, stated.interval.high
    match relation:
        case "<=":
            return low is None or low <= computed
        case ">=":
            return high is None or high >= computed
        case "<":
            return stated.exact < computed
        case ">":
            return stated.exact > computed
        case "=":
            raise ValueError("not an order relation")


def _sum_outcome(stated: Quantity, figures: list[Quantity], gap: Fraction, printed_alike: bool) -> Outcome:
    """Sums: the gap against the last places of the figures that may be rounded; the figures of one table are
    ``printed_alike``."""
    if not gap:
        return "consistent"
    everything = [stated, *figures]
    # A figure may be off by half its last place: all is counted in halves. Whole amounts may be rounded or exact.
    (off, *places), _ = scaled([2 * abs(gap), *(quantity.last_place for quantity in everything)])
    rounded = [place if _measured(quantity) else 0 for quantity, place in zip(everything, places, strict=True)]
    halves = [0 if quantity.whole else half for quantity, half in zip(everything, rounded, strict=True)]
    if off <= max(halves) and _coarser(stated, figures):
        return "consistent"
    allowance = sum(halves)
    if not allowance and all(q.unit.counted or q.unit.dimension == "score" for q in everything):
        # A score computed before it was rounded may be off by its last decimal.
        tail = 2 * places[0] if stated.unit.dimension == "score" and stated.decimals > 0 else 0
        return "rounding" if off <= tail else "inconsistent"
    one_more = 2 * places[0] if allowance and not stated.whole and not stated.unit.counted else 0
    if off <= allowance + one_more:
        return "rounding"
    # In a column with decimals a whole part is exact; a whole total may still be rounded.
    exact = printed_alike and any(quantity.decimals > 0 for quantity in figures)
    most = allowance - halves[0] + rounded[0] if exact else sum(rounded)
    return "rounding" if off <= most else "inconsistent"


def _measured(quantity: Quantity) -> bool:
    """Whether a figure may have been rounded: things are counted, and scores given, so that they are exact."""
    return not quantity.unit.counted and quantity.unit.dimension != "score"


def _coarser(stated: Quantity, figures: list[Quantity]) -> bool:
    """Whether figures of different precision are added, so that a gap below the coarsest place is none."""
    places = {quantity.last_place for quantity in [stated, *figures] if not quantity.whole}
    return len(places) > 1


def _ratio_outcome(claim: Claim, stated: Quantity, groups: dict[str, list[Quantity]]) -> Outcome:
    """Rates and the like: propagate the precision of the operands and compare intervals."""
    mixed = any(
        q.decimals > 0 and q.unit.dimension not in ("ratio", "point") for group in groups.values() for q in group
    )
    if formula.is_discrete(claim.formula):
        nearest = Interval.point(formula.evaluate(claim.formula, {n: [q.exact for q in g] for n, g in groups.items()}))
        return "consistent" if nearest.meets(stated.interval.widened(stated.last_place / 2)) else "inconsistent"
    try:
        computed = formula.evaluate_interval(
            claim.formula, {name: [q.interval for q in group] for name, group in groups.items()}
        )
        if computed.meets(stated.interval):
            return "consistent"
        if computed.meets(stated.interval.widened(stated.last_place)):
            return "rounding"
        if mixed:
            # Beside 52.05 a plain 60 is 60.00: it must not hide every rate between 86.02% and 87.49%.
            return "inconsistent"
        loose = formula.evaluate_interval(
            claim.formula, {name: [q.rounded_interval for q in group] for name, group in groups.items()}
        )
    except ZeroDivisionError:
        return "undecided"
    return "rounding" if loose.meets(stated.rounded_interval) else "inconsistent"
