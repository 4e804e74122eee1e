"""The cells of a table: which hold a figure, a label, nothing, or a sign for nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from reportcheck.catalog import cached, table
from reportcheck.model import Block, Quantity, Span, Table, Unit
from reportcheck.quantities import BARE, find_quantities
from reportcheck.text import normalise

Kind = Literal["blank", "nil", "figure", "label"]

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\.?")
_BRACKETED = re.compile(r"（(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)）")
_BLANKS = re.compile(r"\s+")
_SPACED_GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))|(?<=[\d,]) (?=[.,]\d)|(?<=\d[.,]) (?=\d)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the grid; ``text`` is normalised, without blanks. A merged cell gives one ``Cell`` at each
    of its places, with the same block."""

    row: int
    column: int
    block: Block | None
    text: str
    kind: Kind
    quantity: Quantity | None = None

    @property
    def id(self) -> str:
        """The id of its block, empty for a hole in the grid."""
        return self.block.id if self.block else ""


Matrix = tuple[tuple[Cell, ...], ...]


def matrix(source: Table) -> Matrix:
    """The cells of a table, as many in each row; figures without a unit of their own are bare."""
    known: dict[str, tuple[str, Kind, Quantity | None]] = {}
    width = max(map(len, source.cells), default=0)
    rows = []
    for r, blocks in enumerate(source.cells):
        row = []
        for c in range(width):
            block = blocks[c] if c < len(blocks) else None
            if block is None:
                row.append(Cell(r, c, None, "", "blank"))
                continue
            if block.id not in known:
                known[block.id] = read_cell(block)
            row.append(Cell(r, c, block, *known[block.id]))
        rows.append(tuple(row))
    return tuple(rows)


def read_cell(block: Block) -> tuple[str, Kind, Quantity | None]:
    """The text of a cell, what it is, and its figure if it holds nothing else."""
    plain = normalise(block.text)
    text = _BLANKS.sub("", plain)
    if not text:
        return text, "blank", None
    if _nil().search(text):
        return text, "nil", None
    quantity = _bare(block, plain) or _with_unit(block, plain)
    return text, "figure" if quantity else "label", quantity


def _bare(block: Block, plain: str) -> Quantity | None:
    """A cell that is a number and nothing else; brackets around it are those of an accountant's minus."""
    stripped = plain.strip()
    start = plain.index(stripped)
    compact = _SPACED_GROUPS.sub("", stripped)
    bracketed = _BRACKETED.fullmatch(stripped)
    if not bracketed and not _NUMBER.fullmatch(compact):
        return None
    written = bracketed["number"] if bracketed else compact
    digits = written.replace(",", "").lstrip("+").rstrip(".")
    value = -Decimal(digits) if bracketed else Decimal(digits)
    span = Span(block.id, start, start + len(stripped))
    return Quantity(value, BARE, len(digits.partition(".")[2]), "exact", block.text[span.start : span.end], span)


def _with_unit(block: Block, plain: str) -> Quantity | None:
    """A cell that is one figure with its unit, such as 86.75% or 10 points."""
    if len(plain) > 30:
        return None
    found = find_quantities(block.text, block.id)
    if len(found) != 1:
        return None
    quantity = found[0]
    rest = plain[: quantity.span.start] + plain[quantity.span.end :]
    return quantity if not rest.strip() and quantity.bound == "exact" else None


@cached
def _nil() -> re.Pattern[str]:
    return re.compile(table("tables")["cell"]["nil"])


def with_unit(quantity: Quantity, unit: Unit | None) -> Quantity:
    """A bare figure with the unit that its table gives it; others keep their own."""
    if unit is None or quantity.unit.dimension != "number":
        return quantity
    if unit.counted and quantity.decimals:
        unit = replace(unit, counted=False)
    return replace(quantity, unit=unit)
