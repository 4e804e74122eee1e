"""Repairs: a figure of a claim as it should be written, and the claim once it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from reportcheck.assess import assess
from reportcheck.causes import as_written, figures_of, needed, slips_of
from reportcheck.formula import is_sum
from reportcheck.model import Claim, Fact, Quantity, Repair, Span, Verdict

MENDED = ("consistent", "rounding")
Place = tuple[str, int]
STATED: Place = ("", 0)


def candidates(span: Span, broken: Sequence[Verdict]) -> Iterator[Repair]:
    """Values for a figure: what each broken equation asks for, sums first, then the slips of a hand."""
    fact = next(fact for fact in figures_of(broken[0].claim) if fact.quantity.span == span)
    for verdict in sorted(broken, key=lambda v: not is_sum(v.claim.formula)):
        if verdict.claim.relation == "=":
            yield from filter(None, (repair_at(verdict, place) for place in _places_of(verdict.claim, span)))
    for value in slips_of(fact.quantity):
        yield Repair(fact, _with_value(fact.quantity, value))


def operand_places(claim: Claim) -> list[Place]:
    """The operands of a claim, each as a name in its formula and a place under that."""
    return [(name, index) for name, facts in claim.operands.items() for index in range(len(facts))]


def _places_of(claim: Claim, span: Span) -> Iterator[Place]:
    """Where a claim uses a figure."""
    if claim.stated.quantity.span == span:
        yield STATED
    for name, index in operand_places(claim):
        if claim.operands[name][index].quantity.span == span:
            yield name, index


def repair_at(verdict: Verdict, place: Place) -> Repair | None:
    """One figure of a broken equation as it should be, the others as they are."""
    name, index = place
    fact = verdict.claim.operands[name][index] if name else verdict.claim.stated
    value = needed(verdict.claim, name, index) if name else verdict.computed
    written = None if value is None else as_written(fact.quantity, value)
    if written is None or written == fact.quantity.value or verdict.claim.relation != "=" or fact.role == "limit":
        return None
    repair = Repair(fact, _with_value(fact.quantity, written))
    return repair if after(verdict.claim, repair).outcome in MENDED else None


def _with_value(quantity: Quantity, value: Decimal) -> Quantity:
    return replace(quantity, value=value, text=f"{value:f}{quantity.unit.symbol}")


def after(claim: Claim, repair: Repair) -> Verdict:
    """The verdict on a claim once a figure is mended."""
    mend = _mending(repair)
    operands = {name: tuple(map(mend, facts)) for name, facts in claim.operands.items()}
    return assess(replace(claim, stated=mend(claim.stated), operands=operands))


def _mending(repair: Repair) -> Callable[[Fact], Fact]:
    def mend(fact: Fact) -> Fact:
        return replace(fact, quantity=repair.right) if fact.quantity.span == repair.fact.quantity.span else fact

    return mend
