"""What rates and shares have in common: numerator ÷ denominator, a base stated in front, and search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Basis, Claim
from reportcheck.relations import reach
from reportcheck.relations.claims import ratio


def unique(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Drops what repeats the same operands on a weaker basis."""
    seen = set()
    for claim in claims:
        key = tuple(fact.quantity.span for facts in claim.operands.values() for fact in facts)
        if key not in seen:
            seen.add(key)
            yield claim


def claim(
    rule: str, stated: Mention, numerator: Mention, denominator: Mention, basis: Basis, exhaustive: bool = True
) -> Claim:
    """The claim that one figure divided by another is the stated one."""
    return ratio(rule, stated.fact, numerator.fact, denominator.fact, basis, exhaustive)


def stated_base(passage: Passage, rate: Mention, rule: str) -> Iterator[Claim]:
    """The base stands right before the rate: 完成年初预算58460万元的40.6%."""
    base = passage.mentions[rate.base_order]
    first = base.order if base.series_id < 0 else base.series_id
    levels = [
        m
        for m in passage.mentions[:first]
        if (reach.is_level(m) or m.role == "change")
        and m.dimension == base.dimension
        and m.sentence >= base.sentence - 1
    ]
    if rate.series_id >= 0:
        levels = [m for m in levels if m.series_id >= 0 and m.series == rate.series]
    if levels:
        yield claim(rule, rate, levels[-1], base, "wording")
    for other in reversed(levels[:-1]):
        yield claim(rule, rate, other, base, "found" if other.sentence != rate.sentence else "name")


def searched(passage: Passage, rate: Mention, rule: str) -> Iterator[Claim]:
    """Pairs of amounts in reach: they may confirm a rate with enough digits."""
    if reach.significant_digits(rate) < 3:
        return
    amounts = reach.nearby(passage, rate)
    if reach.is_subset_rate(rate.name):
        amounts = [m for m in amounts if m.quantity.unit.counted]
    parts_only = rate.role == "share" or reach.is_manifold(rate.quantity)
    for numerator in amounts:
        for denominator in amounts:
            if numerator is denominator or numerator.dimension != denominator.dimension:
                continue
            if not (parts_only and reach.larger(numerator.quantity, denominator.quantity)):
                yield claim(rule, rate, numerator, denominator, "found")
