"""The one judge: a question of alternative claims → one verdict, by exact interval arithmetic.

Rules only propose. A figure may be confirmed by any alternative, but contradicted only through one that
wording, structure or a known identity binds to it: see ``docs/architecture.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from fractions import Fraction

from msgspec.structs import replace

from reportcheck import formula
from reportcheck.assess import assess
from reportcheck.causes import MOST_SLIP_CHANCE, SUMS, cause, facts_of, figures_of, misplaced_unit, slip_chance
from reportcheck.defects import named, one_place
from reportcheck.model import Basis, Claim, Kind, Quantity, Question, Span, Verdict
from reportcheck.near import alone, is_near, near_miss
from reportcheck.standing import UNREADABLE, Standing, by_standing, standing

BINDING: frozenset[Basis] = frozenset({"wording", "structure", "identity", "parallel"})
_RANK: dict[Basis, int] = {"wording": 0, "identity": 1, "structure": 2, "parallel": 3, "name": 4, "found": 5}

_RATIOS: frozenset[Kind] = frozenset({"ratio", "share"})
_MEASURES = frozenset({"area", "length", "square-kilometre"})

# A figure that was only found by search is believed where a fit by coincidence is rarer than this.
MOST_CHANCE = Fraction(1, 20)


def judge(question: Question) -> Verdict | None:
    """The verdict on a stated figure: the best alternative that fits, else what the binding ones say.

    ``None`` where alternatives were only searched for and none fits: nothing was claimed.
    """
    return _answer([assess(claim) for claim in question])


def _answer(verdicts: Sequence[Verdict]) -> Verdict | None:
    """The verdict on a question whose alternatives are assessed."""
    found = sum(v.claim.basis in ("found", "name") for v in verdicts)
    verdicts = _without_turned_round(verdicts)
    bound = [v for v in verdicts if v.claim.basis in BINDING]
    strongest = min((_RANK[v.claim.basis] for v in bound), default=None)
    alike = [v for v in bound if _RANK[v.claim.basis] == strongest]
    unread = next((v for v in alike if v.reason == UNREADABLE), None)
    if unread is not None:
        # What is meant holds a figure that nobody can tell: nothing weaker is put in its place.
        verdicts = alike
    for outcome in ("consistent", "rounding"):
        fits = [v for v in verdicts if v.outcome == outcome and _credible(v, found)]
        if fits:
            return min(fits, key=lambda v: _RANK[v.claim.basis])
    if unread is not None:
        return unread
    if not bound:
        return near_miss(verdicts)
    undecided = next((v for v in bound if v.outcome == "undecided"), None)
    against = [v for v in bound if v.outcome == "inconsistent"]
    if not against:
        return undecided
    strongest = min(_RANK[v.claim.basis] for v in against)
    against = [v for v in against if _RANK[v.claim.basis] == strongest]
    evident = [v for v in against if (slip_chance(v) or Fraction(1)) * len(against) < MOST_SLIP_CHANCE]
    verdict = _closest(against) or (_closest(evident) if evident else None)
    if verdict is not None and evident and verdict not in evident and not verdict.claim.exhaustive:
        # Of several totals that one list may have, the one that a slip keeps it from adding up to.
        verdict = _closest(evident) or verdict
    verdict = verdict or next((v for v in against if _measures_too_much(v)), None)
    if verdict is None:
        return _undecided(against[0], "base-unclear")
    if misplaced_unit(verdict) is not None:
        return _undecided(verdict, "unit-slip")
    if _is_no_part(verdict):
        return _undecided(verdict, "base-unclear")
    over = _too_much(verdict) or _measures_too_much(verdict)
    slipped = slip_chance(verdict) is not None
    if slipped and not formula.is_sum(verdict.claim.formula):
        # A ratio of small numbers is a slip away from many others.
        slipped = is_near(verdict, MOST_SLIP_CHANCE)
    if not verdict.claim.exhaustive and not slipped and not over:
        return _undecided(verdict, "partial-list")
    return verdict


def _is_no_part(verdict: Verdict) -> bool:
    """Whether a part in prose exceeds its whole and no slip explains it: then these are not part and whole."""
    claim = verdict.claim
    if claim.kind not in _RATIOS or claim.pattern or verdict.computed is None:
        return False
    stated = claim.stated.quantity
    impossible = stated.unit.dimension == "ratio" and stated.exact <= 1 < verdict.computed
    return impossible and cause(verdict) is None


def _without_turned_round(verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
    """Without those for which a search only found the bound figures again, the wrong way round: no second witness."""
    bound = {_related(v.claim) for v in verdicts if v.claim.basis in BINDING}
    return [v for v in verdicts if v.claim.basis in BINDING or _related(v.claim) not in bound] if bound else verdicts


def _related(claim: Claim) -> tuple[Span, frozenset[Span]]:
    """The figure that a claim states, and those that it relates it to, in whichever order."""
    return claim.stated.quantity.span, frozenset(fact.quantity.span for fact in facts_of(claim))


def _closest(against: list[Verdict]) -> Verdict | None:
    """The one reading that contradicts: the same figures turned round count as one, the nearer of the two."""
    readings = {frozenset(fact.quantity.span for fact in facts_of(v.claim)) for v in against}
    if len(readings) > 1:
        return None
    return min(against, key=lambda v: abs(v.gap or Fraction(0)))


def _too_much(verdict: Verdict) -> bool:
    """Parts of a clear list that exceed their total are wrong even if the list is partial."""
    parts = _parts(verdict.claim)
    return (
        verdict.claim.basis == "wording"
        and verdict.claim.stated.quantity.unit.dimension == "money"
        and (verdict.gap or 0) < 0
        and bool(parts)
        and all(part.exact >= 0 and part.bound == "exact" for part in parts)
    )


def _measures_too_much(verdict: Verdict) -> bool:
    """Whether lengths or areas side by side exceed the whole that they are listed behind."""
    parts, unit = _parts(verdict.claim), verdict.claim.stated.quantity.unit
    listed = len(parts) > 1 and all(part.bound == "exact" for part in parts)
    return listed and unit.dimension in _MEASURES and (verdict.gap or 0) < 0


def _adds_up(claim: Claim) -> bool:
    """Whether a claim says that a figure is what its parts make."""
    return claim.kind in SUMS and claim.relation == "="


def _parts(claim: Claim) -> list[Quantity]:
    """What a claim says that a figure is made of, if it does."""
    return [fact.quantity for fact in claim.operands["parts"]] if _adds_up(claim) else []


def judge_all(questions: Iterable[Question]) -> tuple[Verdict, ...]:
    """The verdicts on all questions of a report, with what the answers to one say of the others."""
    asked = list(_assessed(questions))
    known = standing(verdicts for _, verdicts in asked)
    answered = list(_answered(asked, known))
    bases = _agreed_bases(verdict for _, verdict in answered)
    return settle(_among_siblings(question, verdict, bases) for question, verdict in answered)


def _assessed(questions: Iterable[Question]) -> Iterator[tuple[Question, list[Verdict]]]:
    for question in questions:
        with one_place("claim-defect", _place(question)):
            yield question, [assess(claim) for claim in question]


def _answered(
    asked: Iterable[tuple[Question, list[Verdict]]], known: Standing
) -> Iterator[tuple[Question, Verdict | None]]:
    for question, verdicts in asked:
        with one_place("claim-defect", _place(question)):
            yield question, _doubted(_answer(by_standing(verdicts, known)), known)


def _place(question: Question) -> str:
    stated = question[0].stated.quantity
    return named(stated.span.block, stated.text)


def _doubted(verdict: Verdict | None, known: Standing) -> Verdict | None:
    """A total in a table that exceeds its parts, where neither other columns nor a slip speak for its reading:
    parts may not be listed, so that this is a question."""
    if verdict is None or verdict.outcome != "inconsistent" or not verdict.claim.pattern:
        return verdict
    claim = verdict.claim
    listed = formula.is_sum(claim.formula) and claim.relation == "=" and claim.basis != "wording"
    if not listed or claim.stated.quantity.unit.dimension == "score":
        return verdict
    if known.established(verdict.claim.pattern) or (verdict.gap or 0) < 0 or slip_chance(verdict) is not None:
        return verdict
    return replace(verdict, reason="partial-list")


def _agreed_bases(verdicts: Iterable[Verdict | None]) -> dict[str, Span]:
    """For each block the base that at least two of its shares, and no other share, are taken of."""
    found: dict[str, list[Span]] = {}
    for verdict in verdicts:
        if verdict is not None and verdict.outcome == "consistent" and verdict.claim.kind in _RATIOS:
            claim = verdict.claim
            found.setdefault(claim.stated.quantity.span.block, []).append(_base(claim))
    return {block: spans[0] for block, spans in found.items() if len(spans) >= 2 and len(set(spans)) == 1}


def _among_siblings(question: Question, verdict: Verdict | None, bases: dict[str, Span]) -> Verdict | None:
    """A share whose base is unclear is taken of what its siblings are taken of."""
    if verdict is None or verdict.reason != "base-unclear":
        return verdict
    agreed = bases.get(verdict.claim.stated.quantity.span.block)
    same = tuple(c for c in question if c.kind in _RATIOS and c.basis in BINDING and _base(c) == agreed)
    return judge(same) if same else verdict


def _base(claim: Claim) -> Span:
    return claim.operands["denominator"][0].quantity.span


def settle(verdicts: Iterable[Verdict | None]) -> tuple[Verdict, ...]:
    """Every verdict once; a list that adds up to one total is not held against another."""
    seen: dict[object, Verdict] = {}
    for verdict in verdicts:
        if verdict is not None:
            claim = verdict.claim
            key = (claim.rule, claim.stated.quantity.span, claim.relation, _operands(verdict))
            present = seen.setdefault(key, verdict)
            if _RANK[claim.basis] < _RANK[present.claim.basis]:
                seen[key] = verdict
    holding = [v for v in seen.values() if v.outcome == "consistent" and _adds_up(v.claim)]
    explained = {_operands(v) for v in holding}
    nested = {v.claim.stated.quantity.span: set(_operands(v)) for v in holding}
    kept = [v for v in seen.values() if v.outcome != "inconsistent" or not _idle(v, explained, nested)]
    # A rate may be taken of several bases: one that fits, near or far, is enough.
    fitting = {_rated(v) for v in kept if v.outcome == "consistent"} - {None}
    kept = [v for v in kept if v.outcome == "consistent" or _rated(v) not in fitting]
    return tuple(alone(kept))


def _rated(verdict: Verdict) -> tuple[str, Span] | None:
    """The rate that a verdict is on, with its rule; ``None`` for other claims."""
    claim = verdict.claim
    return (claim.rule, claim.stated.quantity.span) if claim.kind in _RATIOS else None


def _idle(verdict: Verdict, explained: Set[tuple[Span, ...]], nested: Mapping[Span, set[Span]]) -> bool:
    """Whether a list that does not add up adds up to something else, or is none."""
    own = _operands(verdict)
    return _adds_up(verdict.claim) and (own in explained or _doubles(own, nested))


def _doubles(operands: tuple[Span, ...], nested: Mapping[Span, set[Span]]) -> bool:
    """Whether a list holds a total beside parts of that very total: then it is no list."""
    return any(len(nested.get(span, set()).intersection(operands) - {span}) > 1 for span in operands)


def _operands(verdict: Verdict) -> tuple[Span, ...]:
    return tuple(fact.quantity.span for fact in facts_of(verdict.claim))


def _undecided(verdict: Verdict, reason: str) -> Verdict:
    return Verdict(verdict.claim, "undecided", verdict.computed, verdict.gap, reason)


def _credible(verdict: Verdict, found: int) -> bool:
    """Whether a fit is no coincidence; fits of bound claims need no such proof."""
    if verdict.claim.basis in BINDING:
        return True
    figures = figures_of(verdict.claim)
    hedged = any(fact.quantity.bound != "exact" for fact in figures)
    if verdict.claim.basis == "found" and (hedged or verdict.outcome == "rounding"):
        return False
    if verdict.claim.kind == "same" and verdict.outcome == "rounding":
        # What is said twice may differ in its last decimal; 62 beside 62.5 is another figure.
        return len({fact.quantity.decimals for fact in figures}) == 1 and figures[0].quantity.decimals > 0
    if verdict.claim.basis == "name" and verdict.outcome == "consistent":
        found = min(found, 3)
    return max(found, verdict.claim.tried) * chance(verdict) < MOST_CHANCE


def chance(verdict: Verdict) -> Fraction:
    """How likely one unrelated combination of figures fits the stated one as well as this does.

    Ratios of unrelated figures spread evenly over some three powers of e, sums over their own size.
    """
    stated = verdict.claim.stated.quantity
    size = abs(stated.exact)
    if not size:
        return Fraction(1)
    width = stated.last_place
    if verdict.outcome == "rounding" and verdict.gap is not None:
        width += 2 * abs(verdict.gap)
    spread = size if formula.is_sum(verdict.claim.formula) else 3 * size
    return min(Fraction(1), width / spread)
