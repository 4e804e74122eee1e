"""Near misses: relations that nothing binds, and that one slip of the hand keeps from holding.

Where chance hardly could bring two figures so close to fitting they are told as a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from fractions import Fraction
from functools import cache

from msgspec.structs import replace

from reportcheck.causes import as_written, cause, figures_of
from reportcheck.exact import total
from reportcheck.model import Span, Verdict
from reportcheck.numerals import telling_digits

# How rare a chance fit must be: of figures named alike less so than of any in reach.
MOST_NEAR_CHANCE = {"name": Fraction(1, 25), "found": Fraction(1, 200)}
_LIKEST = 2
_MOST_DIGITS = 2
# A changed digit is one of many; the others are the only slip of their kind.
_SINGLE = frozenset({"digits-transposed", "unit-slip"})


def near_miss(verdicts: Sequence[Verdict]) -> Verdict | None:
    """The one figure or group in reach that a slip of the hand keeps from fitting, where chance hardly could."""
    if verdicts[0].claim.basis == "name":
        # The names most alike stand first.
        verdicts = [v for v in verdicts if v.claim.basis == "name"][:_LIKEST]
    tried = max([len(verdicts), *(v.claim.tried for v in verdicts)])
    most = {basis: chance / tried for basis, chance in MOST_NEAR_CHANCE.items()}
    near = [v for v in verdicts if is_near(v, most.get(v.claim.basis, Fraction(0)))]
    return replace(near[0], reason="near-miss") if len(near) == 1 else None


def is_near(verdict: Verdict, most: Fraction) -> bool:
    """Whether a slip keeps a claim from holding, and some figure of an unrelated group would be a slip of the one
    that fits less often than ``most``: by the slips that each allows among all numbers of as many digits."""
    digits = [len(telling_digits(fact.quantity.value)) for fact in figures_of(verdict.claim)]
    if total(map(_a_slip, digits)) >= most:
        return False
    if verdict.claim.kind == "same" and not _alike(verdict):
        return False
    slip = cause(verdict)
    if slip is None or slip.facts.get("right", "-").startswith("-"):
        return False
    return slip.code in _SINGLE or (slip.code == "digit-changed" and total(map(_a_changed_digit, digits)) < most)


@cache
def _a_slip(digits: int) -> Fraction:
    """The share of the numbers of so many digits that are a given one but for a slip that is the only one of its kind
    at its place."""
    return Fraction(max(digits - 1, 1), 10**digits)


@cache
def _a_changed_digit(digits: int) -> Fraction:
    """The share of those that are a given one but for one digit."""
    return Fraction(10 * digits, 10**digits)


def _alike(verdict: Verdict) -> bool:
    """Whether two figures have all digits but two in common: what else is no slip, at no cost."""
    stated = verdict.claim.stated.quantity
    other = None if verdict.computed is None else as_written(stated, verdict.computed)
    if other is None:
        return False
    one, two = (str(abs(value)).replace(".", "") for value in (stated.value, other))
    return len(one) == len(two) and sum(a != b for a, b in zip(one, two, strict=True)) <= _MOST_DIGITS


def alone(verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    """The verdicts, without near misses whose slipped figure an equation that holds speaks for, or whose stated figure
    one explains."""
    held = [v for v in verdicts if v.outcome in ("consistent", "rounding") and v.claim.relation == "="]
    spoken_for = {fact.quantity.span for v in held for fact in figures_of(v.claim)}
    explained = {(v.claim.rule, v.claim.stated.quantity.span) for v in held}
    for verdict in verdicts:
        if verdict.reason != "near-miss" or _is_alone(verdict, spoken_for, explained):
            yield verdict


def _is_alone(verdict: Verdict, spoken_for: Set[Span], explained: Set[tuple[str, Span]]) -> bool:
    claim = verdict.claim
    figures = [fact.quantity for fact in figures_of(claim)]
    if claim.kind == "same":
        # Either may be the one that slipped.
        return not {quantity.span for quantity in figures} <= spoken_for
    slip = cause(verdict)
    slipped = {q.span for q in figures if slip is not None and q.text == slip.facts.get("figure")}
    return (claim.rule, claim.stated.quantity.span) not in explained and not slipped & spoken_for
