"""Slips of the hand, planted one at a time into a figure of a text that is right.

Everything is drawn from a seed: the same texts, seed and limit give the same slips.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Literal

from reportcheck.judge import assess
from reportcheck.model import Block, Claim, Document, Fact, Quantity, Report, Span, Unit

Kind = Literal["digit", "transposed", "point", "unit", "part"]
Target = Literal["checkable", "any"]
KINDS: tuple[Kind, ...] = ("digit", "transposed", "point", "unit", "part")
TARGETS: tuple[Target, ...] = ("checkable", "any")

MONEY_UNITS = {"亿元": 100_000_000, "万元": 10_000, "元": 1}
_OTHER_UNITS = {"亿元": ("万元",), "万元": ("元", "亿元"), "元": ("万元",)}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a clean text and the confirmed claims that use it, as ``stated`` or as an operand."""

    fact: Fact
    stated: tuple[Claim, ...] = ()
    operand: tuple[Claim, ...] = ()

    @property
    def role(self) -> str:
        """``stated``, ``operand``, ``both``, or ``none`` where no confirmed claim uses it."""
        if self.stated and self.operand:
            return "both"
        return "stated" if self.stated else "operand" if self.operand else "none"

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All confirmed claims that use it."""
        return self.stated + self.operand


@dataclass(frozen=True, slots=True)
class Slip:
    """One change of a document: ``edit`` is replaced by ``text``; ``mark`` is where the figure that is
    wrong since then stands in the changed text. ``broken`` lists the bases of the confirmed claims that no
    longer hold."""

    document: str
    target: Target
    kind: Kind
    role: str
    edit: Span
    text: str
    mark: Span
    before: str
    after: str
    broken: tuple[str, ...]


def figures(report: Report) -> list[Figure]:
    """The figures of a clean text that can carry a slip: written with digits, and not under suspicion already."""
    suspected = {span for finding in report.findings if finding.severity != "note" for span in finding.spans}
    stated: dict[Quantity, list[Claim]] = {}
    operand: dict[Quantity, list[Claim]] = {}
    for verdict in report.verdicts:
        if verdict.outcome == "consistent":
            claim = verdict.claim
            own = claim.stated.quantity
            stated.setdefault(own, []).append(claim)
            for quantity in {fact.quantity for facts in claim.operands.values() for fact in facts} - {own}:
                operand.setdefault(quantity, []).append(claim)
    return [
        Figure(fact, tuple(stated.get(fact.quantity, ())), tuple(operand.get(fact.quantity, ())))
        for fact in report.facts
        if _NUMBER.search(fact.quantity.text)
        and fact.quantity.span not in suspected
        and (fact.quantity.unit.dimension in ("money", "ratio") or fact.quantity.unit.counted)
    ]


def plant(documents: Sequence[tuple[Document, Report]], seed: int, limit: int) -> tuple[list[Slip], int]:
    """At most ``limit`` slips for each target and kind, over all documents, each so large that a claim breaks;
    and how many were drawn and put back because all claims still hold (by rounding, a hedge, an order)."""
    planted: list[Slip] = []
    put_back = 0
    pool = [(document, figure) for document, report in documents for figure in figures(report)]
    for target in TARGETS:
        for kind in KINDS if target == "checkable" else KINDS[:-1]:
            random = Random(f"{seed}:{target}:{kind}")
            drawn = [entry for entry in pool if target == "any" or entry[1].claims]
            random.shuffle(drawn)
            count = 0
            for document, figure in drawn:
                if count == limit:
                    break
                slips = list(_slips(document, figure, target, kind, random))
                shown = [slip for slip, apparent in slips if apparent]
                put_back += len(slips) - len(shown)
                planted += shown[:1]
                count += bool(shown)
    return planted, put_back


def changed(document: Document, slip: Slip) -> Document:
    """The document with the slip in it; a table's cell changes in its table too."""
    old = next(block for block in document.blocks if block.id == slip.edit.block)
    new = replace(old, text=old.text[: slip.edit.start] + slip.text + old.text[slip.edit.end :])

    def renewed(block: Block | None) -> Block | None:
        return new if block is not None and block.id == old.id else block

    return replace(
        document,
        blocks=tuple(new if block.id == old.id else block for block in document.blocks),
        tables=tuple(
            replace(table, cells=tuple(tuple(map(renewed, row)) for row in table.cells)) for table in document.tables
        ),
    )


# --- one figure -------------------------------------------------------------------------------


def _slips(
    document: Document, figure: Figure, target: Target, kind: Kind, random: Random
) -> Iterator[tuple[Slip, bool]]:
    """The slip of a kind in a figure, with whether it shows; nothing where the figure cannot carry it."""
    if kind == "part":
        yield from _omissions(document, figure, random)
        return
    quantity = figure.fact.quantity
    number = _NUMBER.search(quantity.text)
    if number is None:
        return
    if kind == "unit":
        written = _other_unit(quantity, random)
    else:
        wrong = _EDITS[kind](number[0], random)
        written = (wrong, quantity.text[: number.start()] + wrong + quantity.text[number.end() :]) if wrong else None
    if not written or written[1] == quantity.text:
        return
    wrong, text = written
    after = _rewritten(quantity, wrong, text)
    broken = tuple(claim.basis for claim in figure.claims if _breaks(claim, quantity, after))
    apparent = bool(broken) if target == "checkable" else abs(after.exact - quantity.exact) > quantity.last_place
    span = quantity.span
    mark = Span(span.block, span.start, span.start + len(text))
    slip = Slip(document.path, target, kind, figure.role, span, text, mark, quantity.text, text, broken)
    yield slip, apparent


def _rewritten(quantity: Quantity, number: str, text: str) -> Quantity:
    """What the changed figure says."""
    digits = number.replace(",", "")
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


def _digit(number: str, random: Random) -> str | None:
    """One digit for another; the first stays no zero."""
    place = random.choice([index for index, character in enumerate(number) if character.isdigit()])
    zero = place == 0 and len(number) > 1 and number[1] != "."
    return number[:place] + random.choice([d for d in "0123456789"[zero:] if d != number[place]]) + number[place + 1 :]


def _transposed(number: str, random: Random) -> str | None:
    """Two neighbouring digits in each other's place, also across the point."""
    digits = [index for index, character in enumerate(number) if character.isdigit()]
    pairs = [(a, b) for a, b in pairwise(digits) if number[a] != number[b]]
    pairs = [(a, b) for a, b in pairs if a > 0 or number[b] != "0" or b > 1]
    if not pairs:
        return None
    a, b = random.choice(pairs)
    return number[:a] + number[b] + number[a + 1 : b] + number[a] + number[b + 1 :]


def _point(number: str, random: Random) -> str | None:
    """The point one place to the left or right."""
    whole, _, part = number.replace(",", "").partition(".")
    moved = []
    if part:
        moved.append((whole.lstrip("0") + part[0], part[1:]))
    if part and len(whole) > 1:
        moved.append((whole[:-1], whole[-1] + part))
    if not moved:
        return None
    left, right = random.choice(moved)
    left = f"{int(left or '0'):,}" if "," in number else left or "0"
    return f"{left}.{right}" if right else left


_EDITS: dict[Kind, Callable[[str, Random], str | None]] = {
    "digit": _digit,
    "transposed": _transposed,
    "point": _point,
}


def _other_unit(quantity: Quantity, random: Random) -> tuple[str, str] | None:
    """The same number in another unit of money."""
    name = next((name for name in MONEY_UNITS if quantity.text.endswith(name)), None)
    number = _NUMBER.search(quantity.text)
    if name is None or number is None or quantity.unit.dimension != "money":
        return None
    return number[0], quantity.text.removesuffix(name) + random.choice(_OTHER_UNITS[name])


# --- a part left out --------------------------------------------------------------------------


def _omissions(document: Document, figure: Figure, random: Random) -> Iterator[tuple[Slip, bool]]:
    """A total that lacks one of its parts, or a list that lost one: whichever is drawn and possible."""
    claims = [c for c in figure.stated if c.formula == "sum(parts)" and c.relation == "=" and _plain_parts(c)]
    if not claims:
        return
    claim = random.choice(claims)
    index = random.randrange(len(claim.operands["parts"]))
    ways = [_shortened, _cut]
    random.shuffle(ways)
    for way in ways:
        slip = way(document, figure, claim, index)
        if slip is not None:
            parts = claim.operands["parts"]
            rest = parts[:index] + parts[index + 1 :]
            short = assess(replace(claim, operands={"parts": rest})).outcome == "inconsistent"
            yield slip, short
            return


def _plain_parts(claim: Claim) -> bool:
    parts = claim.operands["parts"]
    return len(parts) > 1 and all(fact.role != "item" and fact.quantity.exact for fact in parts)


def _shortened(document: Document, figure: Figure, claim: Claim, index: int) -> Slip | None:
    """The total is that of the other parts."""
    total, part = figure.fact.quantity, claim.operands["parts"][index].quantity
    value = (total.exact - part.exact) / total.unit.factor
    scaled = value * 10**total.decimals
    number = _NUMBER.search(total.text)
    if number is None or value <= 0 or scaled.denominator != 1:
        return None
    grouping = "," if "," in number[0] else ""
    decimal = Decimal(int(scaled)).scaleb(-total.decimals)
    text = total.text[: number.start()] + f"{decimal:{grouping}f}" + total.text[number.end() :]
    mark = Span(total.span.block, total.span.start, total.span.start + len(text))
    broken = (claim.basis,)
    return Slip(document.path, "checkable", "part", "stated", total.span, text, mark, total.text, text, broken)


def _cut(document: Document, figure: Figure, claim: Claim, index: int) -> Slip | None:
    """The part is gone from the list, from the end of the part before it to its own end."""
    if not index:
        return None
    total = figure.fact.quantity.span
    parts = sorted((fact.quantity.span for fact in claim.operands["parts"]), key=lambda span: (span.block, span.start))
    before, part = parts[index - 1], parts[index]
    edit = Span(part.block, before.end, part.end)
    text = next(block.text for block in document.blocks if block.id == part.block)[edit.start : edit.end]
    inside = total.block == edit.block and edit.start < total.end and total.start < edit.end
    if before.block != part.block or inside or text[:1] not in tuple("、，；,") or "。" in text:
        return None
    if len(_NUMBER.findall(text)) != 1:
        return None
    shift = len(text) if total.block == edit.block and total.start >= edit.end else 0
    mark = Span(total.block, total.start - shift, total.end - shift)
    broken = (claim.basis,)
    return Slip(document.path, "checkable", "part", "operand", edit, "", mark, text, "", broken)
