"""A part left out: a total that lacks one of its parts, or a list that lost one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from msgspec.structs import replace

from edits import NUMBER
from reportcheck.assess import assess
from reportcheck.model import Claim, Document, Span
from slip import Figure, Slip


def omissions(document: Document, figure: Figure, random: Random) -> Iterator[tuple[Slip, bool]]:
    """The slip in a total or in its list, whichever is drawn and possible, with whether it shows."""
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
    number = NUMBER.search(total.text)
    if number is None or value <= 0 or scaled.denominator != 1:
        return None
    grouping = "," if "," in number[0] else ""
    decimal = Decimal(int(scaled)).scaleb(-total.decimals)
    text = total.text[: number.start()] + f"{decimal:{grouping}f}" + total.text[number.end() :]
    mark = Span(total.span.block, total.span.start, total.span.start + len(text))
    return _slip(document, figure, "stated", total.span, text, mark, total.text, claim)


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
    if len(NUMBER.findall(text)) != 1:
        return None
    shift = len(text) if total.block == edit.block and total.start >= edit.end else 0
    mark = Span(total.block, total.start - shift, total.end - shift)
    return _slip(document, figure, "operand", edit, "", mark, text, claim)


def _slip(
    document: Document, figure: Figure, role: str, edit: Span, text: str, mark: Span, before: str, claim: Claim
) -> Slip:
    return Slip(document.path, figure.place, "checkable", "part", role, edit, text, mark, before, text, (claim.basis,))
