"""The cells of a table: which hold a figure, a label, nothing, a sign for nothing, or a figure that cannot be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.catalog import cached, pattern_in, table
from reportcheck.model import Block, Bound, Quantity, Span, Table, Unit
from reportcheck.quantities import BARE, find_quantities
from reportcheck.schemas.figures import Hedges, Units
from reportcheck.schemas.tables import Tables
from reportcheck.text import normalise

Kind = Literal["blank", "nil", "figure", "unreadable", "label"]

# Blanks within a number are those of a line that broke, or of groups of three digits.
_WHOLE = r"(?:\d{1,3}(?:(?:\s?[,，]\s?|[ ])\d{3}(?!\d))+|\d+|(?=\.\d))"
_NUMBER = rf"{_WHOLE}(?:\s?[.·]\s?\d+)?\.?(?:[eE][+-]\d{{1,3}})?"
_FIGURE = re.compile(rf"(?P<sign>[-+△])?\s*¥?\s*(?P<number>{_NUMBER})(?P<behind>-)?")
_IN_BRACKETS = re.compile(r"（(?P<inner>[^（）]*)）")
_BRACKETS = str.maketrans("（）", "  ")
_BLANKS = re.compile(r"\s+")
_LONGEST = 30
"""Characters of a cell that is one figure with its unit."""
_LONGEST_NOTED = 120
"""The same with a note on it."""


class Cell(Struct, frozen=True):
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

    @property
    def valued(self) -> bool:
        """Whether it holds a figure, be it one that cannot be told."""
        return self.kind in ("figure", "unreadable")


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
    """The text of a cell, what it is, and its figure if it holds nothing else but a note on it."""
    plain = normalise(block.text)
    text = _BLANKS.sub("", plain)
    if not text:
        return text, "blank", None
    if pattern("nil").search(text):
        return text, "nil", None
    quantity = _figure(block, plain, noted=False)
    if quantity is None and pattern("broken").search(text) and not pattern("numbering").search(text):
        return text, "unreadable", None
    return text, "figure" if quantity else "label", quantity


def as_value(cell: Cell, hedged: bool) -> Cell:
    """A cell that was read as words, in a column of figures: there a sign or a note may stand around its figure, and,
    ``hedged``, a word that bounds it; else it may hold one that cannot be told."""
    if cell.block is None or cell.kind != "label":
        return cell
    if not any(map(str.isdecimal, cell.text)):
        return replace(cell, kind="unreadable") if pattern("unknown").search(cell.text) else cell
    plain = normalise(cell.block.text)
    lead = _lead().match(plain)
    start = lead.end() if lead else 0
    bound = _bounds().get(lead["hedge"] or "", "exact") if lead else "exact"
    quantity = _figure(replace(cell.block, text=cell.block.text[start:]), plain[start:], noted=True)
    if quantity is None:
        unknown = pattern("unknown").search(cell.text) or pattern("ragged").search(cell.text)
        return replace(cell, kind="unreadable") if unknown else cell
    if bound != "exact" and not hedged:
        return cell
    span = Span(quantity.span.block, quantity.span.start + start, quantity.span.end + start)
    return replace(cell, kind="figure", quantity=replace(quantity, bound=bound, span=span))


def unreadable(cell: Cell) -> Quantity | None:
    """What stands for the figure of a cell that cannot be told."""
    if cell.block is None or cell.kind != "unreadable":
        return None
    text = cell.block.text
    return Quantity(Decimal(0), BARE, 0, "unreadable", text, Span(cell.id, 0, len(text)))


def _figure(block: Block, plain: str, noted: bool) -> Quantity | None:
    """The one figure of a cell. A year or a number of a list may stand before a bracket: a whole number with a note
    behind it is a figure only where ``noted`` says so."""
    if len(plain) > _LONGEST_NOTED:
        return None
    core = pattern("note").sub("", plain)
    if core != plain and not (pattern("telling").search(core) or (noted and not pattern("year").search(core))):
        return None
    quantity = _bare(block, core) or _bracketed(block, core) or _with_unit(block, core)
    if quantity is None or core == plain or quantity.unit is not BARE:
        return quantity
    # The note may be the unit.
    opened = plain.translate(_BRACKETS)
    told = _with_unit(replace(block, text=opened), opened)
    return replace(quantity, unit=told.unit) if told else quantity


def _bare(block: Block, plain: str) -> Quantity | None:
    """A cell that is a number and nothing else; a triangle before it or a minus behind it are those of accountants."""
    found = _FIGURE.fullmatch(plain.strip())
    if found is None:
        return None
    digits = _BLANKS.sub("", found["number"]).replace(",", "").replace("，", "").replace("·", ".").rstrip(".")
    if found["behind"] and (found["sign"] or "." not in digits):
        return None
    value = Decimal(digits)
    exponent = value.as_tuple().exponent
    negative = found["behind"] or found["sign"] in ("-", "△")
    start = plain.index(plain.strip())
    span = Span(block.id, start, start + found.end())
    written = block.text[span.start : span.end]
    return Quantity(-value if negative else value, BARE, -int(exponent), "exact", written, span)


def _bracketed(block: Block, plain: str) -> Quantity | None:
    """Brackets around a number or a percentage are those of an accountant's minus."""
    found = _IN_BRACKETS.fullmatch(plain.strip())
    if found is None:
        return None
    held = replace(block, text=found["inner"])
    inner = _bare(held, held.text) or _with_unit(held, held.text)
    if inner is None or inner.below_zero or inner.unit.dimension not in ("number", "ratio"):
        return None
    start = plain.index(plain.strip())
    span = Span(block.id, start, start + found.end())
    return replace(inner, value=-inner.value, text=block.text[span.start : span.end], span=span)


def _with_unit(block: Block, plain: str) -> Quantity | None:
    """A cell that is one figure with its unit, such as 86.75% or 10 points."""
    if len(plain) > _LONGEST:
        return None
    found = find_quantities(block.text[: len(plain)].replace("△", "-"), block.id)
    if len(found) != 1:
        return None
    quantity = found[0]
    start, end = quantity.span.start, quantity.span.end
    rest = plain[:start] + plain[end:]
    if rest.strip("¥ \n") or quantity.bound != "exact":
        return None
    return replace(quantity, text=block.text[start:end])


pattern = partial(pattern_in, Tables, "cell")
"""A compiled pattern on the cells in ``tables.toml``."""


@cached
def _lead() -> re.Pattern[str]:
    """What may stand before the figure of a cell, with the word that bounds it."""
    words = sorted(_bounds(), key=len, reverse=True)
    return re.compile(rf"{table(Tables).cell.lead}(?P<hedge>{'|'.join(map(re.escape, words))})?\s*")


@cached
def _bounds() -> Mapping[str, Bound]:
    """The bound that each word before a figure gives it."""
    return {word: row.bound for row in table(Hedges).hedge for word in row.before}


def with_unit(quantity: Quantity, unit: Unit | None) -> Quantity:
    """A bare figure with the unit that its table gives it; others keep their own."""
    if unit is None or quantity.unit.dimension != "number":
        return quantity
    if quantity.unit is not BARE:
        return replace(quantity, unit=_scaled(unit, quantity.unit))
    if unit.counted and quantity.decimals:
        unit = replace(unit, counted=False)
    return replace(quantity, unit=unit)


def _scaled(unit: Unit, scale: Unit) -> Unit:
    """A unit with the scale that a figure names itself: in a column of 元 or of 万元 alike 80.15万 is 80.15万元."""
    scales = table(Units).scales
    base = unit.symbol.lstrip("".join(scales)) if unit.dimension == "money" else unit.symbol
    factor = scale.factor if unit.dimension == "money" else scale.factor * unit.factor
    return Unit(f"{scale.symbol}{base}", unit.dimension, factor)
