"""What a table itself says of the ways in which it may be read.

Rules propose several readings of one table: which rows a total adds up, which columns a rate is taken of. Claims
of one reading carry one ``pattern``. A reading that holds in other rows or columns of the table is established,
and may contradict where it does not hold; one that mostly fails is not how the table was meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reportcheck import formula
from reportcheck.model import Claim, Verdict

UNREADABLE = "cell-unreadable"
"""Why a claim is undecided one of whose figures cannot be told."""
_NEARLY = 3
"""Rates within so many last places of 100 % are given by nearly any two figures that are much alike."""


class Standing(Struct, frozen=True):
    """In how many questions the claims of a reading fit, and in how many they do not."""

    fits: Counter[str]
    misses: Counter[str]

    def established(self, pattern: str) -> bool:
        """Whether a reading holds often enough that an exception is a slip."""
        return self.fits[pattern] >= 2 and self.fits[pattern] >= 2 * self.misses[pattern]

    def evident(self, pattern: str) -> bool:
        """The same where nothing else speaks for the reading."""
        return self.fits[pattern] >= 3 and self.fits[pattern] >= 3 * self.misses[pattern]

    def refuted(self, pattern: str) -> bool:
        """Whether it fails so often that the table must be read otherwise."""
        return self.misses[pattern] >= 2 and self.fits[pattern] < self.misses[pattern]


def standing(questions: Iterable[Sequence[Verdict]]) -> Standing:
    """How the readings of all tables fare; fits that could not fail do not count."""
    fits: Counter[str] = Counter()
    misses: Counter[str] = Counter()
    for verdicts in questions:
        own = [verdict for verdict in verdicts if verdict.claim.pattern]
        held = {v.claim.pattern for v in own if v.outcome in ("consistent", "rounding")}
        fits.update({v.claim.pattern for v in own if v.claim.pattern in held and _tells(v.claim)})
        misses.update({v.claim.pattern for v in own if v.outcome == "inconsistent"} - held)
    return Standing(fits, misses)


def _tells(claim: Claim) -> bool:
    """Whether a fit says anything: a sum of one figure, or a ratio of two nearly equal ones, fits by itself."""
    if claim.relation != "=":
        return True
    operands = [fact.quantity.exact for facts in claim.operands.values() for fact in facts]
    held = [value for value in operands if value]
    if formula.is_sum(claim.formula):
        return len(held) > 1 and bool(claim.stated.quantity.exact)
    stated = claim.stated.quantity
    return len(set(held)) > 1 and abs(abs(stated.exact) - 1) > _NEARLY * stated.last_place


def by_standing(verdicts: Sequence[Verdict], known: Standing) -> Sequence[Verdict]:
    """The alternatives of a question with each reading given the weight that it has earned in its table."""
    patterns = {verdict.claim.pattern for verdict in verdicts if verdict.claim.pattern}
    if not patterns:
        return verdicts
    borne = {pattern for pattern in patterns if known.established(pattern)}
    # Of readings that come to the same the one that words or structure speak for leads.
    bound = {v.claim.pattern for v in verdicts if v.claim.pattern and v.claim.basis != "found"}
    borne = borne & bound or borne
    leading = max(borne or patterns, key=lambda pattern: (known.fits[pattern], pattern))
    # What fits without a cell that cannot be told says nothing of a reading with it.
    unread = {v.claim.pattern for v in verdicts if v.reason == UNREADABLE and v.claim.basis in ("wording", "structure")}
    only = bool(known.fits[leading]) and (bool(borne) or all(map(known.refuted, unread)))
    if borne:
        # What the table bears out is not to be outvoted by a reading that fails in its other rows.
        verdicts = [v for v in verdicts if v.claim.pattern == leading or not known.refuted(v.claim.pattern)]
    weighed = ((verdict, _weighed(verdict.claim, known, leading, only)) for verdict in verdicts)
    return [v if claim is v.claim else Verdict(claim, v.outcome, v.computed, v.gap, v.reason) for v, claim in weighed]


def _weighed(claim: Claim, known: Standing, leading: str, only: bool) -> Claim:
    if not claim.pattern or claim.basis not in ("structure", "parallel"):
        return claim
    if only and claim.pattern != leading:
        return replace(claim, basis="found")
    if claim.basis == "parallel":
        if known.evident(claim.pattern):
            return replace(claim, exhaustive=True)
        # Sums fit by chance far more rarely than ratios: two may do, where the third looks like a slip.
        added = formula.is_sum(claim.formula) and known.established(claim.pattern)
        return replace(claim, exhaustive=False) if added else replace(claim, basis="found")
    if known.established(claim.pattern):
        return replace(claim, exhaustive=True)
    if known.refuted(claim.pattern):
        return replace(claim, basis="found")
    return claim
