"""What a slip is, and the figures of a clean text that can carry one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from edits import NUMBER
from reportcheck.model import Block, Claim, Document, Fact, Quantity, Report, Span

Kind = Literal["digit", "transposed", "point", "unit", "part", "over-weight", "blank", "unmet"]
Target = Literal["checkable", "any", "form"]
Place = Literal["prose", "cell"]

TARGETS: tuple[Target, ...] = ("checkable", "any")
PLACES: tuple[Place, ...] = ("prose", "cell")
_COUNTABLE = {"prose": ("money", "ratio"), "cell": ("money", "ratio", "score")}


class Figure(Struct, frozen=True):
    """A figure of a clean text and the confirmed claims that use it, as ``stated`` or as an operand."""

    fact: Fact
    place: Place
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


class Slip(Struct, frozen=True):
    """One change of a document: ``edit`` is replaced by ``text``; ``mark`` is where the figure that is
    wrong since then stands in the changed text. ``broken`` lists the bases of the confirmed claims that no
    longer hold."""

    document: str
    place: Place
    target: Target
    kind: Kind
    role: str
    edit: Span
    text: str
    mark: Span
    before: str
    after: str
    broken: tuple[str, ...]


def overlap(one: Span, other: Span) -> bool:
    """Whether two places have a character in common, or are the same blank."""
    return one.block == other.block and (one == other or (one.start < other.end and other.start < one.end))


def cells_of(document: Document) -> frozenset[str]:
    """The ids of the blocks that are cells of tables."""
    return frozenset(block.id for block in document.blocks if block.role == "cell")


def figures(report: Report) -> list[Figure]:
    """The figures of a clean text that can carry a slip: written with digits, and not under suspicion already."""
    suspected = {span for finding in report.findings if finding.severity != "note" for span in finding.spans}
    cells = cells_of(report.document)
    stated: dict[Quantity, list[Claim]] = {}
    operand: dict[Quantity, list[Claim]] = {}
    for verdict in report.verdicts:
        if verdict.outcome == "consistent":
            claim = verdict.claim
            own = claim.stated.quantity
            stated.setdefault(own, []).append(claim)
            for quantity in {fact.quantity for facts in claim.operands.values() for fact in facts} - {own}:
                operand.setdefault(quantity, []).append(claim)

    def figure(fact: Fact) -> Figure:
        place: Place = "cell" if fact.quantity.span.block in cells else "prose"
        return Figure(fact, place, tuple(stated.get(fact.quantity, ())), tuple(operand.get(fact.quantity, ())))

    found = map(figure, _once(report.facts))
    return [one for one in found if one.fact.quantity.span not in suspected and _can_slip(one)]


def _once(facts: Iterable[Fact]) -> Iterable[Fact]:
    """Each place once, however many facts it holds."""
    return {fact.quantity.span: fact for fact in reversed([*facts])}.values()


def _can_slip(figure: Figure) -> bool:
    quantity = figure.fact.quantity
    countable = quantity.unit.counted or quantity.unit.dimension in _COUNTABLE[figure.place]
    return countable and NUMBER.search(quantity.text) is not None


def changed(document: Document, slip: Slip) -> Document:
    """The document with the slip in it."""
    return edited(document, slip.edit, slip.text)


def edited(document: Document, span: Span, text: str) -> Document:
    """The document with a place written otherwise; a table's cell changes in its table too."""
    old = next(block for block in document.blocks if block.id == span.block)
    new = replace(old, text=old.text[: span.start] + text + old.text[span.end :])

    def renewed(block: Block | None) -> Block | None:
        return new if block is not None and block.id == old.id else block

    return replace(
        document,
        blocks=tuple(new if block.id == old.id else block for block in document.blocks),
        tables=tuple(
            replace(table, cells=tuple(tuple(map(renewed, row)) for row in table.cells)) for table in document.tables
        ),
    )
