"""Rates whose two figures stand in other sections: ``rate-mismatch`` by what the rate is called.

在职人员控制率, 三公经费控制率, 政府采购执行率 … (``patterns/identities.toml``). Each operand is looked for in the whole
text, where it may have one value only; a rate with several lawful bases may be taken of any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from reportcheck.catalog import table
from reportcheck.extract.identity import Named
from reportcheck.extract.same import ASPECTS, assumed, same
from reportcheck.model import Claim, Question
from reportcheck.relations.claims import ratio
from reportcheck.rules.known import is_called, one_value
from reportcheck.rules.rates import RATE
from reportcheck.schemas.sentences import Identities, IdentitiesKnownRate

# A rate and its figures are of one year, body and part of the whole.
_OF_RATES = ASPECTS - {"year", "body", "parts"}


def propose(figures: Sequence[Named]) -> Iterator[Question]:
    """A question for each rate that is known by its name."""
    for row in table(Identities).known_rate:
        for rate in figures:
            if rate.prose and rate.aspects.kind == "rate" and row.name.compiled.search(rate.fact.indicator):
                yield tuple(_claims(rate, row, figures))


def _claims(rate: Named, row: IdentitiesKnownRate, figures: Sequence[Named]) -> Iterator[Claim]:
    levels = [n for n in figures if n.prose and n.aspects.kind == "level" and n.group != rate.group]
    for above in row.numerator:
        for below in row.denominator:
            numerator, denominator = _figure(above, rate, levels), _figure(below, rate, levels)
            if numerator and denominator and _alike(numerator, denominator):
                yield ratio(RATE, rate.fact, numerator.fact, denominator.fact, "identity")


def _alike(one: Named, other: Named) -> bool:
    first, second = one.fact.quantity, other.fact.quantity
    return first.unit.dimension == second.unit.dimension and first.span != second.span


def _figure(wanted: str, rate: Named, levels: Sequence[Named]) -> Named | None:
    """The one figure of an indicator and a side, of the body and the part of the whole that the rate is of."""
    name, _, side = wanted.partition("/")
    wanted_of = replace(rate.aspects, parts=rate.parts - {f"#{name}"})
    found = [n for n in levels if same(wanted_of, n.aspects, but=_OF_RATES) and not n.carried and is_called(n, name)]
    return one_value(n for n in found if not side or assumed(n.aspects).side == side)
