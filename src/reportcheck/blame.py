"""Blame by least repair: the one figure whose correction makes broken claims hold and breaks none that held.

A wrong figure breaks every claim that uses it. Of the figures that broken claims share the one is blamed that mends
most of them; a figure that claims which hold speak for is not blamed where another would do. Of figures that would do
equally well the one is blamed that a slip of the hand explains; where that does not tell them apart, the broken claim
is told at its stated figure, and all of them are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportcheck.causes import as_written, needed, rarity, slip_between, slips_of
from reportcheck.formula import is_sum
from reportcheck.judge import assess
from reportcheck.model import Blame, Claim, Fact, Flip, Quantity, Repair, Span, Verdict
from reportcheck.rules import reach

_CONCLUSIONS = {
    "grade-mismatch": "grade",
    "target-unmet": "target",
    "claim-contradicted": "statement",
    "staff-over-posts": "posts",
}
_MENDED = ("consistent", "rounding")


def blamed(verdicts: Sequence[Verdict]) -> list[Blame]:
    """Every broken claim once, under the figure that is to blame, in the order of the verdicts."""
    uses = _Uses(verdicts)
    left = {index for index, verdict in enumerate(verdicts) if verdict.outcome == "inconsistent"}
    found = dict(_shared(verdicts, uses, left))
    found |= {index: _alone(verdicts[index], uses.verdicts[index], uses) for index in left}
    as_written = _Uses(verdicts)
    return [_with_consequences(found[index], as_written) for index in sorted(found)]


class _Uses:
    """Which decided verdicts use a figure, by their indices; the verdicts as they are once what is surely wrong has
    been mended."""

    def __init__(self, verdicts: Sequence[Verdict]) -> None:
        self.verdicts = list(verdicts)
        self.by_span: dict[Span, list[int]] = {}
        for index, verdict in enumerate(verdicts):
            if verdict.outcome != "undecided":
                for span in dict.fromkeys(fact.quantity.span for fact in _facts(verdict.claim)):
                    self.by_span.setdefault(span, []).append(index)

    def of(self, fact: Fact) -> list[Verdict]:
        """The decided verdicts on claims that use a figure."""
        return [self.verdicts[index] for index in self.by_span.get(fact.quantity.span, ())]

    def harmed(self, repair: Repair) -> bool:
        """Whether a repair breaks an equation that held."""
        held = (v for v in self.of(repair.fact) if v.outcome == "consistent" and v.claim.relation == "=")
        return any(_after(v.claim, repair).outcome == "inconsistent" for v in held)

    def mend(self, repair: Repair) -> None:
        """Mends a figure, so that the claims that then hold speak for their other figures."""
        for index in self.by_span[repair.fact.quantity.span]:
            self.verdicts[index] = _after(self.verdicts[index].claim, repair)


# --- one figure behind several broken claims ----------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mending:
    """A repair, and the indices of the broken verdicts that it mends; ``weight`` counts the relations among them (one
    relation may be claimed in two forms) and those that state the figure, and tells how rare the slip is."""

    repair: Repair
    mended: tuple[int, ...]
    weight: tuple[int, int, int]


def _shared(verdicts: Sequence[Verdict], uses: _Uses, left: set[int]) -> Iterator[tuple[int, Blame]]:
    """The figures that mend at least two broken claims, those that mend most first; takes these from ``left``."""
    shared = [span for span, used in uses.by_span.items() if len(left.intersection(used)) > 1]
    best = {span: mending for span in shared if (mending := _best(span, uses, left))}
    while best:
        span = max(best, key=lambda each: best[each].weight)
        mending = _best(span, uses, left)
        if mending is None:
            del best[span]
        elif mending != best[span]:
            best[span] = mending
        else:
            rivals = [r for r in best.values() if (r.mended, r.weight) == (mending.mended, mending.weight)]
            repairs = tuple(rival.repair for rival in rivals)
            best = {span: each for span, each in best.items() if each not in rivals}
            left.difference_update(mending.mended)
            broken = {index: verdicts[index] for index in mending.mended}
            if len(repairs) > 1:
                told = sorted(broken, key=lambda index: (len(_facts(broken[index].claim)), index))
                main, others = _relations(map(broken.__getitem__, told))
                yield told[0], Blame(main, None, others, repairs)
            else:
                uses.mend(mending.repair)
                told = sorted(broken, key=lambda index: (_telling(broken[index], mending.repair.fact), index))
                main, others = _relations(map(broken.__getitem__, told))
                yield told[0], Blame(main, mending.repair, others)


def _telling(verdict: Verdict, fact: Fact) -> tuple[bool, ...]:
    """In which order broken claims are told: those first that say what the figure should be, that state it, and sums
    before rates. A remainder is better told as such than as a total and its parts."""
    claim = verdict.claim
    states = claim.stated.quantity.span == fact.quantity.span
    rough = not is_sum(claim.formula)
    return claim.relation != "=", not states, claim.basis == "parallel", rough, claim.rule == "total-mismatch"


def _best(span: Span, uses: _Uses, left: set[int]) -> _Mending | None:
    """The value of a figure that mends most of the broken claims that use it, at least two, and harms none."""
    broken = [index for index in uses.by_span[span] if index in left]
    if len(broken) < 2:
        return None
    best: _Mending | None = None
    for repair in dict.fromkeys(_repairs(span, [uses.verdicts[index] for index in broken])):
        mended = tuple(index for index in broken if _after(uses.verdicts[index].claim, repair).outcome in _MENDED)
        claims = [uses.verdicts[index].claim for index in mended]
        relations = len({_relation(claim) for claim in claims})
        weight = relations, sum(claim.stated.quantity.span == span for claim in claims), _rarity(repair)
        told = relations > 1 and any(claim.relation == "=" for claim in claims)
        if told and (best is None or weight > best.weight) and not uses.harmed(repair):
            best = _Mending(repair, mended, weight)
    return best


def _relation(claim: Claim) -> frozenset[Span]:
    """What a claim relates, in whichever form."""
    return frozenset(fact.quantity.span for fact in _facts(claim))


def _relations(verdicts: Iterable[Verdict]) -> tuple[Verdict, tuple[Verdict, ...]]:
    """The first verdict and the others, each relation in the form that comes first."""
    forms: dict[frozenset[Span], Verdict] = {}
    for verdict in verdicts:
        forms.setdefault(_relation(verdict.claim), verdict)
    main, *others = forms.values()
    return main, tuple(others)


def _rarity(repair: Repair) -> int:
    return rarity(slip_between(repair.fact.quantity, repair.right.value))


def _repairs(span: Span, broken: Sequence[Verdict]) -> Iterator[Repair]:
    """Values for a figure: what each broken equation asks for, sums first, then the slips of a hand."""
    fact = next(fact for fact in _facts(broken[0].claim) if fact.quantity.span == span)
    for verdict in sorted(broken, key=lambda v: not is_sum(v.claim.formula)):
        if verdict.claim.relation == "=":
            yield from filter(None, (_repair(verdict, place) for place in _places(verdict.claim, span)))
    for value in slips_of(fact.quantity):
        yield Repair(fact, _with_value(fact.quantity, value))


# --- a broken claim alone -----------------------------------------------------------------


def _alone(verdict: Verdict, now: Verdict, uses: _Uses) -> Blame:
    """The stated figure is to blame, unless claims that hold speak for it and against other figures; ``now`` is the
    verdict once what is surely wrong has been mended."""
    stated = _repair(now, _STATED)
    if stated is None:
        return Blame(verdict)
    places = _operand_places(verdict.claim)
    operands = [repair for place in places if (repair := _repair(now, place)) and not uses.harmed(repair)]
    if not uses.harmed(stated):
        return Blame(verdict, stated, equal=tuple(operands) if len(places) == 1 else ())
    rarest = max(map(_rarity, operands), default=0)
    # Where parts may be missing instead, only a slip speaks against those that are there.
    if not operands or (verdict.reason and not rarest):
        return Blame(verdict, stated)
    likely = tuple(repair for repair in operands if _rarity(repair) == rarest)
    return Blame(verdict, likely[0]) if len(likely) == 1 else Blame(verdict, equal=likely)


# --- consequences -------------------------------------------------------------------------


def _with_consequences(blame: Blame, uses: _Uses) -> Blame:
    """The same with the tails of rounding that the repair does away with, and the conclusions that it turns."""
    if blame.repair is None:
        return blame
    tails = [v for v in uses.of(blame.repair.fact) if v.outcome == "rounding"]
    mended = [v for v in tails if _after(v.claim, blame.repair).outcome == "consistent"]
    return replace(blame, others=(*blame.others, *mended), flips=tuple(_flips(blame.repair, uses)))


def _flips(repair: Repair, uses: _Uses) -> Iterator[Flip]:
    """Statements that held and would not, and limits that the figure crosses."""
    fact, right = repair.fact, repair.right
    for verdict in uses.of(fact):
        if verdict.outcome == "consistent" and verdict.claim.rule in _CONCLUSIONS and verdict.claim.relation != "=":
            after = _after(verdict.claim, repair)
            if after.outcome == "inconsistent":
                yield Flip(_CONCLUSIONS[verdict.claim.rule], after)
    if fact.role == "growth" and fact.quantity.exact * right.exact < 0:
        yield Flip("direction")
    of_budget = fact.role == "completion" or (fact.role == "rate" and reach.is_budget_rate(fact.indicator))
    if of_budget and (fact.quantity.exact - 1) * (right.exact - 1) < 0:
        yield Flip("budget")


# --- claims with a figure mended ----------------------------------------------------------

_Place = tuple[str, int]
_STATED: _Place = ("", 0)


def _facts(claim: Claim) -> list[Fact]:
    return [claim.stated, *(fact for facts in claim.operands.values() for fact in facts)]


def _operand_places(claim: Claim) -> list[_Place]:
    return [(name, index) for name, facts in claim.operands.items() for index in range(len(facts))]


def _places(claim: Claim, span: Span) -> Iterator[_Place]:
    """Where a claim uses a figure."""
    if claim.stated.quantity.span == span:
        yield _STATED
    for name, index in _operand_places(claim):
        if claim.operands[name][index].quantity.span == span:
            yield name, index


def _repair(verdict: Verdict, place: _Place) -> Repair | None:
    """One figure of a broken equation as it should be, the others as they are."""
    name, index = place
    fact = verdict.claim.operands[name][index] if name else verdict.claim.stated
    value = needed(verdict.claim, name, index) if name else verdict.computed
    written = None if value is None else as_written(fact.quantity, value)
    if written is None or written == fact.quantity.value or verdict.claim.relation != "=" or fact.role == "limit":
        return None
    repair = Repair(fact, _with_value(fact.quantity, written))
    return repair if _after(verdict.claim, repair).outcome in _MENDED else None


def _with_value(quantity: Quantity, value: Decimal) -> Quantity:
    return replace(quantity, value=value, text=f"{value:f}{quantity.unit.symbol}")


def _after(claim: Claim, repair: Repair) -> Verdict:
    """The verdict on a claim once a figure is mended."""
    mend = _mending(repair)
    operands = {name: tuple(map(mend, facts)) for name, facts in claim.operands.items()}
    return assess(replace(claim, stated=mend(claim.stated), operands=operands))


def _mending(repair: Repair) -> Callable[[Fact], Fact]:
    def mend(fact: Fact) -> Fact:
        return replace(fact, quantity=repair.right) if fact.quantity.span == repair.fact.quantity.span else fact

    return mend
