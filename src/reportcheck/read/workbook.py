"""Workbooks as documents, whatever file they come from.

The name of each sheet is a heading, its lines are paragraphs, its tables keep the cells of their hidden rows, since
the sums above and below them count these in; hidden columns and sheets are left out. Each is told in a notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from pathlib import Path

from reportcheck.catalog import table
from reportcheck.defects import one_place
from reportcheck.errors import ReadError
from reportcheck.model import Block, BlockRole, Document, Notice, Origin, Table
from reportcheck.read.captions import caption_and_unit, unit_in_cells
from reportcheck.read.workbook_boxes import Box, boxes_of
from reportcheck.read.workbook_layout import Area, Lines, is_label, laid_out
from reportcheck.read.workbook_sheet import MAX_POSITIONS, Place, Sheet, Workbook, address, column_name
from reportcheck.schemas.reading import ReadingWorkbook

_MOST_NAMED = 8
_TOP_ROWS = 2


def document(path: Path, kind: str, workbook: Workbook) -> Document:
    """The document; ids are ``p1`` … for headings and lines and ``t1.r1c1`` … for cells, in reading order.

    Raises ``sheet-too-large``. Notices: ``sheets-hidden`` (``count``, ``sheets``), ``columns-hidden`` (``count``,
    ``columns``), ``rows-hidden`` and ``rows-hidden-left-out`` (``count``, ``rows``), ``formulas-not-computed``
    (``count``, ``cells``).
    """
    writer = _Writer()
    for sheet in workbook.sheets:
        with one_place("sheet-unread", sheet.name):
            writer.sheet(sheet)
    notices = _notices(workbook, writer.rows_kept)
    return Document(str(path), kind, tuple(writer.blocks), tuple(writer.tables), tuple(notices))


class _Writer:
    """Collects blocks and tables sheet by sheet."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self.rows_kept: set[tuple[str, int]] = set()
        self._paragraphs = 0
        self._positions = 0

    def sheet(self, sheet: Sheet) -> None:
        boxes, hidden = boxes_of(sheet)
        if not any(box.text for box in boxes):
            return
        self._paragraphs += 1
        self.blocks.append(Block(f"p{self._paragraphs}", sheet.name, "heading", Origin(sheet=sheet.name)))
        telling = not table(ReadingWorkbook).sheets.default_name.compiled.search(sheet.name.strip())
        for part in laid_out(boxes, sheet, sheet.name if telling else ""):
            if isinstance(part, Lines):
                self._lines(part, sheet)
            else:
                self._table(part, hidden, sheet)

    def _lines(self, lines: Lines, sheet: Sheet) -> None:
        for box in lines.boxes:
            self._paragraphs += 1
            self.blocks.append(_block(f"p{self._paragraphs}", box, sheet))

    def _table(self, area: Area, hidden: Mapping[int, Sequence[Box]], sheet: Sheet) -> None:
        name = f"t{len(self.tables) + 1}"
        rows, columns = self._extent(area, hidden, sheet)
        held = chain(area.boxes, *(hidden.get(row, ()) for row in rows))
        owners = {place: box for box in held for place in box.places()}
        made: dict[Place, Block] = {}
        cells: list[tuple[Block, ...]] = []
        for number, row in enumerate(rows, start=1):
            line = []
            for at, column in enumerate(columns, start=1):
                box = owners.get((row, column)) or Box.empty(row, column)
                block = made.get(box.anchor)
                if block is None:
                    block = made[box.anchor] = _block(f"{name}.r{number}c{at}", box, sheet, "cell")
                    self.blocks.append(block)
                line.append(block)
            cells.append(tuple(line))
        caption, unit = _caption(area.above)
        unit = unit or unit_in_cells([block.text for block in row] for row in cells[:_TOP_ROWS])
        self.tables.append(Table(name, tuple(cells), caption, unit))
        self.rows_kept |= {(sheet.name, row) for row in rows if row in sheet.hidden_rows}

    def _extent(self, area: Area, hidden: Mapping[int, Sequence[Box]], sheet: Sheet) -> tuple[list[int], list[int]]:
        """The rows and columns of a table from its first text to its last, with the hidden rows that hold
        something in its columns: those between its rows, and those right below."""
        boxes = [box for box in area.boxes if box.text]
        left, right = min(box.column for box in boxes), max(box.last_column for box in boxes)
        top, bottom = min(box.row for box in boxes), max(box.last_row for box in boxes)
        columns = [column for column in range(left, right + 1) if column not in sheet.hidden_columns]
        unseen = {row for row, held in hidden.items() if any(left <= b.last_column and b.column <= right for b in held)}
        shown = range(top, bottom + 1)
        below = (row for row in sorted(unseen) if row > bottom and not sheet.rows_between(bottom, row))
        rows = [row for row in shown if row in unseen or row not in sheet.hidden_rows] + list(below)
        self._positions += len(rows) * len(columns)
        if self._positions > MAX_POSITIONS:
            raise ReadError("sheet-too-large", sheet=sheet.name, cells=self._positions, limit=MAX_POSITIONS)
        return rows, columns


def _block(name: str, box: Box, sheet: Sheet, role: BlockRole = "paragraph") -> Block:
    origin = Origin(sheet=sheet.name, address=address(box.anchor), hidden=box.row in sheet.hidden_rows)
    return Block(name, box.text, role, origin, indent=box.shown.indent if role == "cell" else 0)


def _caption(above: Sequence[str]) -> tuple[str, str]:
    """The caption and the unit note; the mere number of a table is its caption only if it has no other."""
    caption, unit = caption_and_unit([text for text in above if not is_label(text)])
    return caption or next((text for text in reversed(above) if is_label(text)), ""), unit


# --- notices ---


def _notices(workbook: Workbook, rows_kept: Set[tuple[str, int]]) -> Iterator[Notice]:
    if workbook.hidden_sheets:
        yield Notice("sheets-hidden", {"count": len(workbook.hidden_sheets), "sheets": _few(workbook.hidden_sheets)})
    columns = [(sheet.name, column) for sheet in workbook.sheets for column in sheet.columns_left_out()]
    if columns:
        places = [f"{sheet}!{column_name(column)}" for sheet, column in columns]
        yield Notice("columns-hidden", {"count": len(columns), "columns": _few(places)})
    rows = [(sheet.name, row) for sheet in workbook.sheets for row in sheet.hidden_rows_in_use()]
    kept = [place for place in rows if place in rows_kept]
    if kept:
        yield Notice("rows-hidden", {"count": len(kept), "rows": _few(_runs(kept))})
    left = [place for place in rows if place not in rows_kept]
    if left:
        yield Notice("rows-hidden-left-out", {"count": len(left), "rows": _few(_runs(left))})
    cells = [f"{sheet.name}!{address(place)}" for sheet in workbook.sheets for place in sheet.uncomputed]
    if cells:
        yield Notice("formulas-not-computed", {"count": len(cells), "cells": _few(cells)})


def _few(places: Sequence[str]) -> tuple[str, ...]:
    return (*places[:_MOST_NAMED], "…") if len(places) > _MOST_NAMED else tuple(places)


def _runs(rows: Iterable[tuple[str, int]]) -> list[str]:
    """Rows as spreadsheets write ranges of them: ``Sheet1!7:16``."""
    runs: list[tuple[str, int, int]] = []
    for sheet, row in rows:
        if runs and runs[-1][0] == sheet and runs[-1][2] == row - 1:
            runs[-1] = (sheet, runs[-1][1], row)
        else:
            runs.append((sheet, row, row))
    return [f"{sheet}!{first}:{last}" for sheet, first, last in runs]
