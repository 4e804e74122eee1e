"""Slips of the hand, planted one at a time into a figure of a text that is right.

Everything is drawn from a seed: the same texts, seed and limit give the same slips.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random

from msgspec.structs import replace

from edits import EDITS, MONEY_UNITS, NUMBER, other_unit
from forms import FORM_EDITS, form_slips
from omissions import omissions
from reportcheck.assess import assess
from reportcheck.model import Claim, Document, Fact, Quantity, Report, Span, Unit
from slip import PLACES, TARGETS, Figure, Kind, Place, Slip, Target, figures

KINDS: dict[Place, tuple[Kind, ...]] = {
    "prose": ("digit", "transposed", "point", "unit", "part"),
    "cell": ("digit", "transposed", "point", "part"),  # the unit of a cell stands in its header or above the table
}


def plant(documents: Sequence[tuple[Document, Report]], seed: int, limit: int) -> tuple[list[Slip], int]:
    """At most ``limit`` slips for each place, target and kind, over all documents, each so large that a claim breaks;
    and how many were drawn and put back because all claims still hold (by rounding, a hedge, an order)."""
    planted: list[Slip] = []
    put_back = 0
    pool = [(document, figure) for document, report in documents for figure in figures(report)]
    for place in PLACES:
        own = [entry for entry in pool if entry[1].place == place]
        for target in TARGETS:
            drawable = [entry for entry in own if target == "any" or entry[1].claims]
            for kind in KINDS[place]:
                if kind != "part" or target == "checkable":
                    random = Random(f"{seed}:{place}:{target}:{kind}")
                    shown, back = _drawn(drawable, target, kind, random, limit)
                    planted += shown
                    put_back += back
    return planted + _in_forms(documents, seed, limit), put_back


def _drawn(
    drawable: Sequence[tuple[Document, Figure]], target: Target, kind: Kind, random: Random, limit: int
) -> tuple[list[Slip], int]:
    shown: list[Slip] = []
    put_back = 0
    for document, figure in random.sample(drawable, len(drawable)):
        if len(shown) == limit:
            break
        for slip, apparent in _slips(document, figure, target, kind, random):
            if apparent:
                shown.append(slip)
            else:
                put_back += 1
    return shown, put_back


def _in_forms(documents: Sequence[tuple[Document, Report]], seed: int, limit: int) -> list[Slip]:
    planted = []
    for kind in FORM_EDITS:
        random = Random(f"{seed}:form:{kind}")
        found = [slip for document, _ in documents for slip in form_slips(document, kind, random)]
        planted += random.sample(found, min(limit, len(found)))
    return planted


def _slips(
    document: Document, figure: Figure, target: Target, kind: Kind, random: Random
) -> Iterator[tuple[Slip, bool]]:
    """The slip of a kind in a figure, with whether it shows; nothing where the figure cannot carry it."""
    if kind == "part":
        yield from omissions(document, figure, random)
        return
    quantity = figure.fact.quantity
    text = _edited(quantity, kind, random)
    if text is None or text == quantity.text:
        return
    after = _rewritten(quantity, text)
    broken = tuple(claim.basis for claim in figure.claims if _breaks(claim, quantity, after))
    apparent = bool(broken) if target == "checkable" else abs(after.exact - quantity.exact) > quantity.last_place
    span = quantity.span
    mark = Span(span.block, span.start, span.start + len(text))
    role, before = figure.role, quantity.text
    yield Slip(document.path, figure.place, target, kind, role, span, text, mark, before, text, broken), apparent


def _edited(quantity: Quantity, kind: Kind, random: Random) -> str | None:
    """The figure as it is written with the slip."""
    if kind == "unit":
        return other_unit(quantity.text, random) if quantity.unit.dimension == "money" else None
    number = NUMBER.search(quantity.text)
    wrong = EDITS[kind](number[0], random) if number else None
    return quantity.text[: number.start()] + wrong + quantity.text[number.end() :] if number and wrong else None


def _rewritten(quantity: Quantity, text: str) -> Quantity:
    """What the changed figure says."""
    number = NUMBER.search(text)
    digits = number[0].replace(",", "") if number else "0"
    value = Decimal(digits) * (-1 if quantity.value < 0 else 1)
    unit = quantity.unit
    if unit.dimension == "money":
        name = next((name for name in MONEY_UNITS if text.endswith(name)), None)
        unit = Unit(name, "money", Fraction(MONEY_UNITS[name])) if name else unit
    return replace(quantity, value=value, decimals=len(digits.partition(".")[2]), unit=unit, text=text)


def _breaks(claim: Claim, before: Quantity, after: Quantity) -> bool:
    """Whether a confirmed claim fails beyond rounding once the figure reads otherwise."""

    def renewed(fact: Fact) -> Fact:
        return replace(fact, quantity=after) if fact.quantity == before else fact

    operands = {name: tuple(map(renewed, facts)) for name, facts in claim.operands.items()}
    return assess(replace(claim, stated=renewed(claim.stated), operands=operands)).outcome == "inconsistent"
