"""What the report says twice: ``conflicting-figures`` between sentences, sections and tables.

A figure of the text is held against the figures before it in the text, and against all cells, that are named alike,
on one side (budget, spending …) and of one year. Any that agrees confirms it. It is contradicted where the names
leave no doubt, else only where the two differ by what looks like a slip.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from reportcheck.extract.identity import Likeness, Named
from reportcheck.extract.same import ASPECTS, assumed, same
from reportcheck.model import Basis, Claim, Fact, Question

RULE = "conflicting-figures"
_LEAST = 4
_SURE = 8
_MOST = 200
_PASSING = frozenset({"year", "flow", "parts", "rate"})
_OPEN = frozenset({"year", "flow", "body", "rate"})


def propose(figures: Sequence[Named], likeness: Likeness) -> Iterator[Question]:
    """A question for each figure of the text that others are named like."""
    known = Known(named for named in figures if not named.prose)
    for named in (named for named in figures if named.prose):
        yield tuple(claims(named, known.near(named, likeness), likeness))
        known.add(named)


class Known:
    """Figures by the marks of their names."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._by_mark: dict[tuple[str, str, str], list[Named]] = {}
        for each in named:
            self.add(each)

    def add(self, named: Named) -> None:
        """Makes a figure known to those that follow."""
        for mark in named.wide:
            self._by_mark.setdefault(_key(named, mark), []).append(named)

    def near(self, named: Named, likeness: Likeness) -> list[Named]:
        """The figures of one kind that share a telling mark with a name, by its most telling marks."""
        found: dict[int, Named] = {}
        for mark in sorted(named.own | named.heading, key=lambda mark: (-likeness.weight([mark]), mark)):
            for other in self._by_mark.get(_key(named, mark), ())[-_MOST:]:
                found.setdefault(id(other), other)
            if len(found) >= _MOST:
                break
        return list(found.values())


def _key(named: Named, mark: str) -> tuple[str, str, str]:
    return mark, named.aspects.kind, named.aspects.dimension


def same_claim(stated: Fact, others: tuple[Fact, ...], basis: Basis, rule: str = RULE) -> Claim:
    """The claim that a figure is what others, in other places, say that it is."""
    return Claim(rule, "same", stated, "sum(cell)", {"cell": others}, basis)


def claims(named: Named, others: Iterable[Named], likeness: Likeness) -> Iterator[Claim]:
    """The claims that a figure is the same as others; of those that say one thing the likest is asked."""
    if named.fact.quantity.bound in ("at-least", "at-most"):
        return
    best: dict[Fraction, tuple[bool, int, Named]] = {}
    for other in others:
        if not _comparable(named, other):
            continue
        alike = likeness.alike(named, other) if _of_one_thing(named, other) else 0
        rank = (alike >= _LEAST, alike or likeness.akin(named, other), other)
        value = other.fact.quantity.exact
        if rank[1] and (value not in best or rank[:2] > best[value][:2]):
            best[value] = rank
    ranked = sorted(best.values(), key=lambda rank: rank[:2], reverse=True)
    for alike, weight, other in ranked:
        basis: Basis = "structure" if alike and weight >= _SURE and _certain(named, other) else "name"
        yield same_claim(named.fact, (other.fact,), basis)


def _comparable(one: Named, other: Named) -> bool:
    """Whether nothing says that two figures are of different things: the year, the side, income or spending, the
    body; what a rate is called; the heading of a figure that its own words do not name."""
    if one.group == other.group or other.fact.quantity.bound != "exact":
        return False
    if not same(one.aspects, other.aspects, but={"measure"}, untold=ASPECTS):
        return False
    if one.noun and other.noun and not one.noun & other.noun:
        return False
    unnamed = one.carried or other.carried
    return not unnamed or (_under(one, other) and _under(other, one))


def _under(one: Named, other: Named) -> bool:
    """Whether most of what the headings of a figure name stands around another."""
    return 3 * len(one.heading & other.around) >= 2 * len(one.heading)


def _of_one_thing(one: Named, other: Named) -> bool:
    """Whether two figures are of the same part of the whole, and on one side."""
    return same(assumed(one.aspects), assumed(other.aspects), but={"measure"}, untold=_OPEN)


def _certain(one: Named, other: Named) -> bool:
    """Whether two figures are named by the very same words, so that any difference is a mistake."""
    if one.carried or other.carried:
        return False
    alike = one.words == other.words and one.heading == other.heading
    apart = one.fact.quantity.span.block != other.fact.quantity.span.block
    return one.aspects.side != "" and alike and apart and same(one.aspects, other.aspects, untold=_PASSING)
