"""Figures and formulas in words: what a verdict computed, against what was stated, and where."""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from fractions import Fraction
from math import floor

from msgspec.structs import replace

from reportcheck import formula
from reportcheck.catalog import Language, message
from reportcheck.model import Claim, Finding, Quantity, Repair, Unit, Verdict
from reportcheck.text import normalise

_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""For differences and powers of ten, of which no digit is lost, however many there are."""
_PERCENT = Unit("%", "ratio", Fraction(1, 100))


def formula_text(claim: Claim) -> str:
    """The formula with the figures as written: ``52.05万元 ÷ 60万元``."""
    return formula.render(claim.formula, figure_texts(claim))


def figure_texts(claim: Claim) -> dict[str, list[str]]:
    """The figures of each operand as a formula shows them."""
    return {name: [_plain(fact.quantity) for fact in facts] for name, facts in claim.operands.items()}


def _plain(quantity: Quantity) -> str:
    """A figure as a formula shows it: a unit shared from a list is written out."""
    text = "".join(quantity.text.split())
    symbol = quantity.unit.symbol
    # The unit may be written in part (without yuan), not at all (in a list), or in full width.
    for length in range(len(symbol), 0, -1):
        if normalise(text).endswith(symbol[:length]):
            return text + symbol[length:]
    return text if normalise(text)[-1:] not in "0123456789" else text + symbol


def computed_text(verdict: Verdict) -> str:
    """The computed value in the unit of the stated figure, as precise as it (two places more where that
    would hide the gap)."""
    if verdict.computed is None:
        return ""
    stated = verdict.claim.stated.quantity
    text = in_unit(verdict.computed, stated, 0)
    if verdict.gap and Decimal(_number(verdict.computed, stated, 0)) == stated.value:
        text = in_unit(verdict.computed, stated, 2)
    return text


def in_unit(value: Fraction, like: Quantity, more: int) -> str:
    """A value in the unit of a figure, with its decimals and some more; fractions in words as percentages."""
    if like.unit.dimension == "ratio" and like.unit.factor.denominator not in (1, 10, 100, 1000):
        like = replace(like, unit=_PERCENT)
    return _number(value, like, more) + like.unit.symbol


def _number(value: Fraction, like: Quantity, more: int) -> str:
    scaled = value / like.unit.factor
    places = 0 if like.unit.counted and scaled.denominator == 1 else max(like.decimals, 0) + more
    rounded = floor(abs(scaled) * 10**places + Fraction(1, 2)) * (-1 if scaled < 0 else 1)
    return str(_EXACT.scaleb(Decimal(rounded), -places))


def repair_gap(repair: Repair, language: Language = "zh") -> str:
    """What a figure is written as minus what it should be, signed; between rates in percentage points."""
    stated = repair.fact.quantity
    symbol = message(language, "words.points") if stated.unit.dimension == "ratio" else stated.unit.symbol
    return f"{_EXACT.subtract(stated.value, repair.right.value):+f}{symbol}"


def gap_text(verdict: Verdict, language: Language = "zh") -> str:
    """Stated minus computed, signed; between rates in percentage points."""
    if not verdict.gap or verdict.computed is None:
        return "0"
    stated = verdict.claim.stated.quantity
    shown = Decimal(_number(verdict.computed, stated, 0))
    more = 2 if shown == stated.value else 0
    difference = _EXACT.subtract(stated.value, Decimal(_number(verdict.computed, stated, more)))
    symbol = message(language, "words.points") if stated.unit.dimension == "ratio" else stated.unit.symbol
    return f"{difference:+f}{symbol}"


def repaired_operand(finding: Finding) -> Repair | None:
    """The repair of a finding that blames a figure of the formula instead of the stated one."""
    blame = finding.blame
    repair = blame.repair if blame else None
    return repair if blame and repair and repair.fact is not blame.verdict.claim.stated else None


def values(finding: Finding, language: Language = "zh") -> tuple[str, str, str] | None:
    """What the figure blamed is written as, what it should be, and the gap; nothing where no figure is."""
    verdict, repair = finding.verdict, repaired_operand(finding)
    if repair is not None:
        return repair.fact.quantity.text, repair.right.text, repair_gap(repair, language)
    if verdict is None:
        return None
    return verdict.claim.stated.quantity.text, computed_text(verdict), gap_text(verdict, language)
