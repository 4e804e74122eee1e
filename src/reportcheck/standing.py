"""What a table itself says of the ways in which it may be read.

Rules propose several readings of one table: which rows a total adds up, which columns a rate is taken of. Claims
of one reading carry one ``pattern``. A reading that holds in other rows or columns of the table is established,
and may contradict where it does not hold; one that mostly fails is not how the table was meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from reportcheck import formula
from reportcheck.model import Claim, Question, Verdict

_NEARLY = Fraction(102, 100)
Assess = Callable[[Claim], Verdict]


@dataclass(frozen=True, slots=True)
class Standing:
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


def standing(questions: Sequence[Question], assess: Assess) -> Standing:
    """How the readings of all tables fare; fits that could not fail do not count."""
    fits: Counter[str] = Counter()
    misses: Counter[str] = Counter()
    for question in questions:
        for claim in question:
            if claim.pattern:
                outcome = assess(claim).outcome
                if outcome == "inconsistent":
                    misses[claim.pattern] += 1
                elif outcome in ("consistent", "rounding") and _tells(claim):
                    fits[claim.pattern] += 1
    return Standing(fits, misses)


def _tells(claim: Claim) -> bool:
    """Whether a fit says anything: a sum of one figure, or a ratio of two nearly equal ones, fits by itself."""
    operands = [fact.quantity.exact for facts in claim.operands.values() for fact in facts]
    held = [value for value in operands if value]
    if formula.is_sum(claim.formula):
        return len(held) > 1
    return len(set(held)) > 1 and min(abs(value) for value in held) * _NEARLY < max(abs(value) for value in held)


def by_standing(question: Question, known: Standing) -> Question:
    """The question with each reading given the weight that it has earned in its table."""
    patterns = {claim.pattern for claim in question if claim.pattern}
    if not patterns:
        return question
    borne = {pattern for pattern in patterns if known.established(pattern)}
    leading = max(borne or patterns, key=lambda pattern: (known.fits[pattern], pattern))
    only = bool(known.fits[leading])
    return tuple(_weighed(claim, known, leading, only) for claim in question)


def _weighed(claim: Claim, known: Standing, leading: str, only: bool) -> Claim:
    if not claim.pattern or claim.basis not in ("structure", "parallel"):
        return claim
    if only and claim.pattern != leading:
        return replace(claim, basis="found")
    if known.evident(claim.pattern) if claim.basis == "parallel" else known.established(claim.pattern):
        return replace(claim, exhaustive=True)
    if claim.basis == "parallel" or known.refuted(claim.pattern):
        return replace(claim, basis="found")
    return claim
