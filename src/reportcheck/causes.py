"""Why a figure is probably off: the one small edit that would make the claim hold.

An edit is a slip that a hand makes: two digits transposed, one digit changed, the decimal point moved,
万 for 元, a part left out or doubled, a sign lost, a rate cut off instead of rounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from reportcheck import formula
from reportcheck.exact import scaled
from reportcheck.model import Cause, Claim, Fact, Kind, Quantity, Verdict
from reportcheck.numerals import telling_digits

# An unlabelled relation is called broken only where a slip explains it and chance hardly could.
MOST_SLIP_CHANCE = Fraction(1, 25)
_ABSURD = 10**20

SUMS: frozenset[Kind] = frozenset({"sum", "balance"})


def cause(verdict: Verdict) -> Cause | None:
    """The most likely slip behind an inconsistent or rounding verdict, or ``None``."""
    if verdict.computed is None or verdict.claim.relation != "=" or verdict.claim.kind == "count":
        return None
    if verdict.outcome == "rounding":
        return Cause("truncated") if _truncated(verdict) else None
    if verdict.outcome != "inconsistent":
        return None
    found = list(_causes(verdict.claim, verdict.computed))
    return next((slip for slip in found if slip.code == "unit-slip"), found[0] if found else None)


def slip_between(quantity: Quantity, right: Decimal) -> Cause | None:
    """The slip that turns a value into a figure as written, if it is one."""
    return next(_edits(quantity, right), None)


def rarity(slip: Cause | None) -> int:
    """How rare a slip is: many a gap looks like one digit changed, few like other slips."""
    return 0 if slip is None else 1 if slip.code == "digit-changed" else 2


def of_one(slip: Cause, claim: Claim) -> bool:
    """Whether a slip in an operand is the only one of its kind that would explain the gap, and none is rarer."""
    slips = list(_in_operands(claim))
    return slip not in slips or not any(other != slip and rarity(other) >= rarity(slip) for other in slips)


def _truncated(verdict: Verdict) -> bool:
    stated, computed = verdict.claim.stated.quantity, verdict.computed
    if computed is None or formula.is_sum(verdict.claim.formula):
        return False
    return 0 < abs(computed) - abs(stated.exact) < stated.last_place


# What a formula becomes when it is taken of the other figure: growth of this year's, a rate turned round.
_OTHER_BASE = {
    "change / (current - change)": "change / current",
    "change / (current + change)": "change / current",
    "current / base - 1": "1 - base / current",
    "1 - current / base": "base / current - 1",
    "numerator / denominator": "denominator / numerator",
}


def _wrong_base(claim: Claim) -> bool:
    """Whether the stated rate is what the same figures give when divided by the other one."""
    other = _OTHER_BASE.get(claim.formula)
    stated = claim.stated.quantity
    return other is not None and _gives(other, _values(claim), stated, stated.last_place)


def _values(claim: Claim) -> dict[str, list[Fraction]]:
    """The operands of a claim as numbers, by their names in its formula."""
    return {name: [fact.quantity.exact for fact in facts] for name, facts in claim.operands.items()}


def _gives(expression: str, values: dict[str, list[Fraction]], stated: Quantity, most: Fraction) -> bool:
    """Whether a formula comes to a figure, or is off by no more than ``most``."""
    try:
        return abs(formula.evaluate(expression, values) - stated.exact) <= most
    except ZeroDivisionError:
        return False


def _causes(claim: Claim, computed: Fraction) -> Iterator[Cause]:
    stated = claim.stated.quantity
    if _wrong_base(claim):
        yield Cause("wrong-denominator", {"figure": stated.text})
    repaired = as_written(stated, computed)
    if repaired is not None:
        yield from _edits(stated, repaired)
    if claim.kind in SUMS:
        yield from _parts_miscounted(claim, computed)
    yield from _in_operands(claim)


def _parts_miscounted(claim: Claim, computed: Fraction) -> Iterator[Cause]:
    """The parts that would make up the gap if they were left out, or counted twice."""
    stated, parts = claim.stated.quantity, claim.operands["parts"]
    tolerance = Fraction(0) if stated.unit.counted else stated.last_place / 2
    (gap, most, *values), _ = scaled([computed - stated.exact, tolerance, *(fact.quantity.exact for fact in parts)])
    for fact, value in zip(parts, values, strict=True):
        if value and abs(gap - value) <= most:
            yield Cause("part-left-out", {"figure": fact.quantity.text, "name": fact.indicator})
        if value and abs(gap + value) <= most:
            yield Cause("part-doubled", {"figure": fact.quantity.text, "name": fact.indicator})


def _in_operands(claim: Claim) -> Iterator[Cause]:
    for name, facts in claim.operands.items():
        for index, fact in enumerate(facts):
            value = needed(claim, name, index)
            written = None if value is None else as_written(fact.quantity, value)
            slips = [] if written is None else list(_edits(fact.quantity, written))
            yield from slips or _within_rounding(claim, name, index)


def _within_rounding(claim: Claim, name: str, index: int) -> Iterator[Cause]:
    """The slips of an operand without which a product or a quotient holds: as a rounded one it leaves the last digits
    of its operands open, so that what it asks for to the digit may be no slip of what is written."""
    if formula.is_sum(claim.formula):
        return
    values, stated, quantity = _values(claim), claim.stated.quantity, claim.operands[name][index].quantity
    for right in slips_of(quantity):
        values[name][index] = Fraction(right) * quantity.unit.factor
        if _gives(claim.formula, values, stated, stated.last_place / 2):
            yield from _edits(quantity, right)


def as_written(quantity: Quantity, value: Fraction) -> Decimal | None:
    """A value in the unit and with the decimals of a written figure; ``None`` for an absurd one."""
    places = max(quantity.decimals, 0)
    numerator, denominator = (value / quantity.unit.factor * 10**places).as_integer_ratio()
    rounded = (2 * abs(numerator) + denominator) // (2 * denominator)
    if rounded >= _ABSURD:
        return None
    return Decimal(rounded if numerator >= 0 else -rounded).scaleb(-places)


def slips_of(quantity: Quantity) -> Iterator[Decimal]:
    """The values that a hand may have meant: two neighbouring digits transposed, one digit changed, the decimal
    point moved by one place."""
    digits = _digits(quantity.value, quantity.decimals)
    sign = -1 if quantity.below_zero else 1
    others = [
        digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        for at in range(len(digits) - 1)
        if digits[at] != digits[at + 1]
    ]
    for at, here in enumerate(digits):
        others += [digits[:at] + digit + digits[at + 1 :] for digit in "0123456789" if digit != here]
    for written in others:
        yield sign * Decimal(written).scaleb(-max(quantity.decimals, 0))
    yield from (quantity.value * 10, quantity.value / 10)


def _edits(quantity: Quantity, right: Decimal) -> Iterator[Cause]:
    """The slips that turn ``right`` into the figure as written."""
    wrong = quantity.value
    if not right or wrong == right:
        return
    facts = {"figure": quantity.text, "right": f"{right}{quantity.unit.symbol}"}
    if wrong == -right:
        yield Cause("sign", facts)
    digits, other = _digits(wrong, quantity.decimals), _digits(right, quantity.decimals)
    if len(digits) == len(other):
        different = [i for i, (a, b) in enumerate(zip(digits, other, strict=True)) if a != b]
        if len(different) == 2 and different[1] == different[0] + 1 and sorted(digits) == sorted(other):
            yield Cause("digits-transposed", facts)
        if len(different) == 1:
            yield Cause("digit-changed", facts)
    if wrong and quantity.unit.dimension not in ("ratio", "point") and _unit_ratio(wrong / right):
        yield Cause("unit-slip", facts)
    elif not quantity.unit.counted and _point_moved(wrong, right, quantity.decimals):
        yield Cause("decimal-moved", facts)


_UNIT_RATIOS = tuple(Decimal(10) ** power for power in (4, -4, 8, -8))


_SHIFTS = tuple(Decimal(10) ** power for power in (1, -1, 2, -2, 3, -3))


def _unit_ratio(ratio: Decimal) -> bool:
    """Whether two values differ by 万 or 亿, within the hundredth that a rounded rate leaves open."""
    return any(abs(ratio / power - 1) < Decimal("0.01") for power in _UNIT_RATIOS)


def _digits(value: Decimal, decimals: int) -> str:
    return str(abs(int(value.scaleb(max(decimals, 0)))))


def _point_moved(wrong: Decimal, right: Decimal, decimals: int) -> bool:
    """Whether the figure is right but for its decimal point, within its own last place; one digit says nothing."""
    if len(telling_digits(wrong)) < 2:
        return False
    return any(abs(wrong * shift - right) <= shift.scaleb(-max(decimals, 0)) / 2 for shift in _SHIFTS)


def needed(claim: Claim, name: str, index: int) -> Fraction | None:
    """The value of one operand with which the claim would hold, the others as they are."""
    values = _values(claim)
    target = claim.stated.quantity.exact
    present = values[name][index]
    weight = formula.weight(claim.formula, name)
    if weight:
        return present + (target - formula.evaluate(claim.formula, values)) / weight

    def at(value: Fraction) -> Fraction:
        values[name][index] = value
        return formula.evaluate(claim.formula, values)

    try:
        # Sums and products are straight lines in each operand; quotients are so in its inverse.
        low, high = at(present), at(present * 2 + 1)
        slope = (high - low) / (present + 1)
        straight = present + (target - low) / slope if slope else None
        if straight is not None and at(straight) == target:
            return straight
        if not present or low == 0:
            return None
        inverse = (at(1 / (1 / present + 1)) - low) or None
        if inverse is None:
            return None
        candidate = 1 / (1 / present + (target - low) / inverse)
        return candidate if at(candidate) == target else None
    except ZeroDivisionError:
        return None


def misplaced_unit(verdict: Verdict) -> tuple[Fact, Cause] | None:
    """The operand whose unit alone is wrong (29.45头 among 万头), so that the claim holds once it is mended."""
    slip = cause(replace(verdict, outcome="inconsistent"))
    if slip is None or slip.code != "unit-slip":
        return None
    operands = [fact for facts in verdict.claim.operands.values() for fact in facts]
    return next(((fact, slip) for fact in operands if fact.quantity.text == slip.facts["figure"]), None)


def slip_chance(verdict: Verdict) -> Fraction | None:
    """How likely an unrelated list would look like a slip of this one, if it is rare enough to matter.

    Counts the slips of the kind at hand and of the rarer ones (transpositions: one per pair of neighbouring
    digits; a moved point, a unit, a part: about four per figure; a changed digit: nine per digit) against the
    values that a partial list may add up to, in steps of the coarsest common place.
    """
    slip = cause(verdict)
    if verdict.computed is None or slip is None:
        return None
    claim = verdict.claim
    figures = [fact.quantity for fact in figures_of(claim)]
    coarsest = figures if claim.kind == "same" else [claim.stated.quantity]
    step = max(_common_step([q.exact for q in figures]), *(q.last_place for q in coarsest))
    values = max(abs(claim.stated.quantity.exact), abs(verdict.computed)) / step
    if slip.code == "decimal-moved":
        # The digits of the shorter figure are all that agrees.
        written = as_written(claim.stated.quantity, verdict.computed) or Decimal(0)
        shorter = min(len(telling_digits(value)) for value in (claim.stated.quantity.value, written))
        values = min(values, Fraction(10) ** shorter)
    lengths = [len(telling_digits(q.value)) or 1 for q in figures]
    slips = sum(lengths) - len(figures)
    if slip.code != "digits-transposed":
        slips += 4 * len(figures) + (9 * sum(lengths) if slip.code == "digit-changed" else 0)
    chance = Fraction(slips) / values if values else Fraction(1)
    return chance if chance < MOST_SLIP_CHANCE else None


def _common_step(values: list[Fraction]) -> Fraction:
    """The largest power of ten of which all values are whole multiples."""
    step = Fraction(10) ** 12
    while any((value / step).denominator != 1 for value in values) and step > Fraction(1, 10**9):
        step /= 10
    return step


def figures_of(claim: Claim) -> list[Fact]:
    """The figures that a claim relates, the stated one first."""
    return [claim.stated, *facts_of(claim)]


def facts_of(claim: Claim) -> list[Fact]:
    """The operands of a claim in order, without the stated figure."""
    return [fact for facts in claim.operands.values() for fact in facts]
