"""Blame by least repair: the one figure whose correction makes broken claims hold and breaks none that held.

A wrong figure breaks every claim that uses it. Of the figures that broken claims share the one is blamed that mends
most of them; a figure that claims which hold speak for is not blamed where another would do. Of figures that would do
equally well the one is blamed that a slip of the hand explains; where that does not tell them apart, the broken claim
is told at its stated figure, and all of them are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.causes import figures_of, rarity, slip_between
from reportcheck.formula import is_sum
from reportcheck.model import Blame, Claim, Fact, Flip, Repair, Span, Verdict
from reportcheck.relations import reach
from reportcheck.repairs import MENDED, STATED, after, candidates, operand_places, repair_at

_CONCLUSIONS = {
    "grade-mismatch": "grade",
    "target-unmet": "target",
    "claim-contradicted": "statement",
    "staff-over-posts": "posts",
}


def blamed(verdicts: Sequence[Verdict]) -> list[Blame]:
    """Every broken claim once, under the figure that is to blame, in the order of the verdicts."""
    uses = _Uses(verdicts)
    left = {index for index, verdict in enumerate(verdicts) if verdict.outcome == "inconsistent"}
    found = dict(_shared(verdicts, uses, left))
    found |= {index: _alone(verdicts[index], uses.verdicts[index], uses) for index in left}
    as_written = _Uses(verdicts)
    return [_with_consequences(blame, as_written) for blame in _by_figure(found[index] for index in sorted(found))]


def _by_figure(blames: Iterable[Blame]) -> list[Blame]:
    """One blame for each figure."""
    found: dict[object, Blame] = {}
    for blame in blames:
        fact = blame.repair.fact if blame.repair else None
        key = fact.quantity.span if fact else id(blame)
        found[key] = _joined(found[key], blame, fact) if fact and key in found else blame
    return list(found.values())


def _joined(one: Blame, other: Blame, fact: Fact) -> Blame:
    """Two blames of one figure that want it otherwise: the claim that is told first says what is right."""
    broken = (one.verdict, *one.others, other.verdict, *other.others)
    main, others = _relations(sorted(broken, key=lambda verdict: _telling(verdict, fact)))
    return replace(one if main in (one.verdict, *one.others) else other, verdict=main, others=others)


class _Uses:
    """Which decided verdicts use a figure, by their indices; the verdicts as they are once what is surely wrong has
    been mended."""

    def __init__(self, verdicts: Sequence[Verdict]) -> None:
        self.verdicts = list(verdicts)
        self.by_span: dict[Span, list[int]] = {}
        for index, verdict in enumerate(verdicts):
            if verdict.outcome != "undecided":
                for span in dict.fromkeys(fact.quantity.span for fact in figures_of(verdict.claim)):
                    self.by_span.setdefault(span, []).append(index)

    def of(self, fact: Fact) -> list[Verdict]:
        """The decided verdicts on claims that use a figure."""
        return [self.verdicts[index] for index in self.by_span.get(fact.quantity.span, ())]

    def harmed(self, repair: Repair) -> bool:
        """Whether a repair breaks an equation that held."""
        held = (v for v in self.of(repair.fact) if v.outcome == "consistent" and v.claim.relation == "=")
        return any(after(v.claim, repair).outcome == "inconsistent" for v in held)

    def mend(self, repair: Repair) -> None:
        """Mends a figure, so that the claims that then hold speak for their other figures."""
        for index in self.by_span[repair.fact.quantity.span]:
            self.verdicts[index] = after(self.verdicts[index].claim, repair)


# --- one figure behind several broken claims ----------------------------------------------


class _Mending(Struct, frozen=True):
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
            rivals = [r for r in best.values() if (r.mended, r.weight[:2]) == (mending.mended, mending.weight[:2])]
            repairs = _likely([rival.repair for rival in rivals])
            best = {span: each for span, each in best.items() if each not in rivals}
            left.difference_update(mending.mended)
            broken = {index: verdicts[index] for index in mending.mended}
            if len(repairs) > 1:
                told = sorted(broken, key=lambda index: (len(figures_of(broken[index].claim)), index))
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
    rough = not is_sum(claim.formula)
    return (
        claim.relation != "=",
        not _states(verdict, fact),
        claim.basis == "parallel",
        rough,
        claim.rule == "total-mismatch",
    )


def _best(span: Span, uses: _Uses, left: set[int]) -> _Mending | None:
    """The value of a figure that mends most of the broken claims that use it, at least two, and harms none."""
    broken = [index for index in uses.by_span[span] if index in left]
    if len(broken) < 2:
        return None
    best: _Mending | None = None
    for repair in dict.fromkeys(candidates(span, [uses.verdicts[index] for index in broken])):
        mended = tuple(index for index in broken if after(uses.verdicts[index].claim, repair).outcome in MENDED)
        claims = [uses.verdicts[index].claim for index in mended]
        relations = len({_relation(claim) for claim in claims})
        weight = relations, sum(claim.stated.quantity.span == span for claim in claims), _rarity(repair)
        told = relations > 1 and any(claim.relation == "=" for claim in claims)
        if told and (best is None or weight > best.weight) and not uses.harmed(repair):
            best = _Mending(repair, mended, weight)
    return best


def _relation(claim: Claim) -> frozenset[Span]:
    """What a claim relates, in whichever form."""
    return frozenset(fact.quantity.span for fact in figures_of(claim))


def _relations(verdicts: Iterable[Verdict]) -> tuple[Verdict, tuple[Verdict, ...]]:
    """The first verdict and the others, each relation in the form that comes first."""
    forms: dict[frozenset[Span], Verdict] = {}
    for verdict in verdicts:
        forms.setdefault(_relation(verdict.claim), verdict)
    main, *others = forms.values()
    return main, tuple(others)


def _states(verdict: Verdict, fact: Fact) -> bool:
    return verdict.claim.stated.quantity.span == fact.quantity.span


def _likely(repairs: Sequence[Repair]) -> tuple[Repair, ...]:
    """Those that the rarest slip explains; one digit changed says little where it fits several figures."""
    rarest = max(map(_rarity, repairs))
    likely = tuple(repair for repair in repairs if _rarity(repair) == rarest)
    return likely if len(likely) == 1 or rarest > 1 else tuple(repairs)


def _rarity(repair: Repair) -> int:
    return rarity(slip_between(repair.fact.quantity, repair.right.value))


# --- a broken claim alone -----------------------------------------------------------------


def _alone(verdict: Verdict, now: Verdict, uses: _Uses) -> Blame:
    """The stated figure is to blame, unless claims that hold speak for it and against other figures; ``now`` is the
    verdict once what is surely wrong has been mended."""
    stated = repair_at(now, STATED)
    if stated is None:
        return Blame(verdict)
    places = operand_places(verdict.claim)
    operands = [repair for place in places if (repair := repair_at(now, place)) and not uses.harmed(repair)]
    if not uses.harmed(stated):
        return Blame(verdict, stated, equal=tuple(operands) if len(places) == 1 else ())
    # Where parts may be missing instead, only a slip speaks against those that are there.
    if not operands or (verdict.reason and not any(map(_rarity, operands))):
        return Blame(verdict, stated)
    likely = _likely(operands)
    return Blame(verdict, likely[0]) if len(likely) == 1 else Blame(verdict, equal=likely)


# --- consequences -------------------------------------------------------------------------


def _with_consequences(blame: Blame, uses: _Uses) -> Blame:
    """The same with the tails of rounding that the repair does away with, and the conclusions that it turns."""
    if blame.repair is None:
        return blame
    tails = [v for v in uses.of(blame.repair.fact) if v.outcome == "rounding"]
    mended = [v for v in tails if after(v.claim, blame.repair).outcome == "consistent"]
    return replace(blame, others=(*blame.others, *mended), flips=tuple(_flips(blame.repair, uses)))


def _flips(repair: Repair, uses: _Uses) -> Iterator[Flip]:
    """Statements that held and would not, and limits that the figure crosses."""
    fact, right = repair.fact, repair.right
    for verdict in uses.of(fact):
        if verdict.outcome == "consistent" and verdict.claim.rule in _CONCLUSIONS and verdict.claim.relation != "=":
            then = after(verdict.claim, repair)
            if then.outcome == "inconsistent":
                yield Flip(_CONCLUSIONS[verdict.claim.rule], then)
    if fact.role == "growth" and fact.quantity.exact * right.exact < 0:
        yield Flip("direction")
    of_budget = fact.role == "completion" or (fact.role == "rate" and reach.is_budget_rate(fact.indicator))
    if of_budget and (fact.quantity.exact - 1) * (right.exact - 1) < 0:
        yield Flip("budget")
