"""Shares of a set: ``impossible-percentage`` (a rate of passing above 100%) and ``unlikely-percentage`` (a percentage
that no number of so few cases gives)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec.structs import replace

from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Claim, Question
from reportcheck.relations import reach

IMPOSSIBLE = "impossible-percentage"
UNLIKELY = "unlikely-percentage"


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """A share of a set is at most 100%; and of a small number of cases only some percentages are possible."""
    for passage in passages:
        for rate in passage.mentions:
            if rate.role == "rate" and rate.quantity.bound == "exact" and reach.is_subset_rate(rate.name):
                yield from _of_rate(passage, rate)


def _of_rate(passage: Passage, rate: Mention) -> Iterator[Question]:
    itself = replace(rate.quantity, value=Decimal(100), decimals=0, text="100%")
    whole = {"limit": (replace(rate.fact, quantity=itself),)}
    yield (Claim(IMPOSSIBLE, "limit", rate.fact, "limit", whole, "identity", "<="),)
    cases = _cases(passage, rate)
    if cases is not None:
        operands = {"share": (rate.fact,), "cases": (cases.fact,)}
        yield (Claim(UNLIKELY, "count", rate.fact, "nearest(share, cases)", operands, "structure"),)


def _cases(passage: Passage, rate: Mention) -> Mention | None:
    """The number of cases that a percentage is taken of, where the cases that fit are not counted."""
    row = reach.rate_row(rate.name)
    if row is None or not row.denominator:
        return None
    amounts = [m for m in passage.mentions[: rate.order] if m.sentence >= rate.sentence - 1 and reach.is_level(m)]
    counted = [m for m in amounts if m.quantity.unit.counted and m.quantity.bound == "exact"]
    wholes = [m for m in counted if row.denominator.compiled.search(m.head)]
    fitting = [m for m in counted if row.numerator.compiled.search(m.head) and m not in wholes[-1:]]
    return wholes[-1] if wholes and not fitting and rate.quantity.decimals > 0 else None
