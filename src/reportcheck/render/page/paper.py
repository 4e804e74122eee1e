"""The report itself, as the page shows it: its blocks in reading order, tables as grids of merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from reportcheck.catalog import Language, message, messages
from reportcheck.extract.outline import is_heading, numbering
from reportcheck.model import Block, Document, Table
from reportcheck.render.page.pieces import Figure, Mark, Piece, pieces
from reportcheck.text import normalise

_NUMERIC = re.compile(r"[-+(（]?\d[\d,.]*\s*[%‰]?[)）]?")
_MANY_COLUMNS = 9
_DEEPEST_INDENT = 12
_LOWEST_HEADING = 6
_LOOK_BACK = 4
_LONGEST_HEAD = 80
_TEXT, _LONG_TEXT = 5, 20
_TAGS = {"title": "h2", "note": "p", "contents": "p", "cell": "p", "paragraph": "p"}


class Turn(Struct, frozen=True):
    """Where a page or a sheet begins."""

    label: str
    kind: Literal["turn"] = "turn"


class Passage(Struct, frozen=True):
    """A paragraph, heading or note; ``label`` says where it is from, where that is not the body."""

    block: Block
    tag: str
    name: str
    label: str
    pieces: tuple[Piece, ...]
    kind: Literal["passage"] = "passage"


class Slot(Struct, frozen=True):
    """A cell with the room it takes. A hole of the grid has no block; ``turn`` names the page that begins with it."""

    block: Block | None
    pieces: tuple[Piece, ...]
    rows: int
    columns: int
    scope: str
    name: str
    turn: str


class Grid(Struct, frozen=True):
    """A table, its rows with the cells that begin in them."""

    id: str
    caption: str
    wide: bool
    rows: tuple[tuple[Slot, ...], ...]
    kind: Literal["grid"] = "grid"


Item = Turn | Passage | Grid


class Paper:
    """Lays out one document with its marks and figures, by block."""

    def __init__(
        self,
        document: Document,
        marks: Mapping[str, Sequence[Mark]],
        figures: Mapping[str, Sequence[Figure]],
        language: Language,
    ) -> None:
        self._document = document
        self._marks = marks
        self._figures = figures
        self._language = language
        self._turned: str = ""

    def items(self) -> Iterator[Item]:
        """Every block of the document once: a table stands where its first cell does."""
        table_of = {
            cell.id: table for table in self._document.tables for row in table.cells for cell in row if cell is not None
        }
        heads = self._heads(table_of)
        drawn: set[str] = set()
        for block in self._document.blocks:
            if block.id in drawn:
                continue
            if label := self._turn(block):
                yield Turn(label)
            if block.id in table_of:
                yield self._grid(table_of[block.id], drawn)
            else:
                drawn.add(block.id)
                yield self._passage(block, heads.get(block.id, ""))

    def _heads(self, table_of: Mapping[str, Table]) -> dict[str, str]:
        """The blocks shortly before a table that hold its ``caption`` or the note of its ``unit``."""
        blocks = self._document.blocks
        found: dict[str, str] = {}
        for index, block in enumerate(blocks):
            table = table_of.get(block.id)
            if table is None or (index and table_of.get(blocks[index - 1].id) is table):
                continue
            for above in blocks[max(0, index - _LOOK_BACK) : index]:
                if table.caption and above.text == table.caption:
                    found[above.id] = "caption"
                elif table.unit_note and table.unit_note in above.text and len(above.text) <= _LONGEST_HEAD:
                    found[above.id] = "unit"
        return found

    def _turn(self, block: Block) -> str:
        """The page or sheet that begins with a block, or nothing."""
        origin = block.origin
        if origin.sheet is not None:
            here = message(self._language, "place.sheet", sheet=origin.sheet.strip())
        elif origin.page is not None:
            here = message(self._language, "place.page", page=origin.page)
        else:
            return ""
        if here == self._turned:
            return ""
        self._turned = here
        return here

    def _pieces(self, block: Block) -> tuple[Piece, ...]:
        return pieces(block.text, self._marks.get(block.id, ()), self._figures.get(block.id, ()))

    def _passage(self, block: Block, head: str) -> Passage:
        label = messages(self._language)["place"].get(block.origin.part, "")
        tag = _TAGS.get(block.role, "p")
        name: str = block.role
        if head:
            name = head
        elif block.role in ("heading", "paragraph") and is_heading(block):
            numbered = numbering(normalise(block.text.strip()))
            depth = numbered.depth if numbered else 1
            tag, name = f"h{min(2 + depth, _LOWEST_HEADING)}", "heading"
        elif block.role == "paragraph" and block.text[:1].strip():
            name = "paragraph indented"
        return Passage(block, tag, name, label, self._pieces(block))

    def _grid(self, table: Table, drawn: set[str]) -> Grid:
        taken: set[tuple[int, int]] = set()
        rows = []
        for r, row in enumerate(table.cells):
            slots = []
            for c, cell in enumerate(row):
                if (r, c) in taken:
                    continue
                if cell is None or cell.id in drawn:
                    slots.append(Slot(None, (), 1, 1, "", "", ""))
                    continue
                height, width = _room(table, r, c)
                taken.update((r + down, c + right) for down in range(height) for right in range(width))
                drawn.add(cell.id)
                slots.append(self._slot(cell, height, width, _scope(table, r, c), first=not slots))
            rows.append(tuple(slots))
        wide = max(map(len, table.cells), default=0) > _MANY_COLUMNS
        return Grid(table.id, table.caption, wide, tuple(rows))

    def _slot(self, cell: Block, height: int, width: int, scope: str, first: bool) -> Slot:
        names = []
        if _NUMERIC.fullmatch(normalise(cell.text.strip())):
            names.append("number")
        elif len(cell.text) >= _TEXT:
            names.append("long" if len(cell.text) >= _LONG_TEXT else "text")
        if cell.indent:
            names.append(f"in{min(cell.indent, _DEEPEST_INDENT)}")
        if cell.origin.hidden:
            names.append("unseen")
        return Slot(cell, self._pieces(cell), height, width, scope, " ".join(names), self._turn(cell) if first else "")


def _room(table: Table, r: int, c: int) -> tuple[int, int]:
    """How many rows and columns the cell that begins at a place takes: the rectangle of its repetitions."""
    cell = table.cells[r][c]
    width = 1
    while c + width < len(table.cells[r]) and _same(table.cells[r][c + width], cell):
        width += 1
    height = 1
    while r + height < len(table.cells) and _repeats(table.cells[r + height], c, width, cell):
        height += 1
    return height, width


def _repeats(row: Sequence[Block | None], c: int, width: int, cell: Block | None) -> bool:
    return len(row) >= c + width and all(_same(other, cell) for other in row[c : c + width])


def _same(one: Block | None, other: Block | None) -> bool:
    return one is not None and other is not None and one.id == other.id


def _scope(table: Table, r: int, c: int) -> str:
    if r < table.header_rows:
        return "col"
    return "row" if c < table.stub_columns else ""
