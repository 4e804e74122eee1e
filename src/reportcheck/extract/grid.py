"""A table → bands, panels and columns: what each column holds and which rows it holds it for.

A **band** is a header with the rows below it; a form has several. A **panel** is a group of label columns with
the value columns that belong to them; 收入|金额|支出|金额 has two. A column's ``path`` are the header cells
above it, outermost first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from reportcheck.extract.cells import Cell, Matrix, as_value, matrix, with_unit
from reportcheck.extract.columns import (
    MIXED,
    VALUES,
    Column,
    counts_things,
    read_column,
    unit_named,
    unit_of_note,
    unit_of_stub,
)
from reportcheck.extract.headers import find_headers, pattern
from reportcheck.model import Quantity, Table

_HEDGED = frozenset({"amount", "difference"})
"""Columns in which a hedged figure is one all the same; elsewhere it may be an aim."""


class Panel(Struct, frozen=True):
    """Label columns and the value columns behind them."""

    number: int
    labels: tuple[int, ...]
    codes: tuple[int, ...]
    values: tuple[int, ...]


class Band(Struct, frozen=True):
    """The rows ``first`` to ``last`` (one more than the last) under one header."""

    number: int
    first: int
    last: int
    columns: tuple[Column, ...]
    panels: tuple[Panel, ...]


class Grid(Struct, frozen=True):
    """A table with its structure."""

    source: Table
    cells: Matrix
    bands: tuple[Band, ...]
    scope: str

    def figure(self, band: Band, row: int, column: int) -> Quantity | None:
        """The figure of a cell in the unit of its column, if it holds one."""
        quantity = self.cells[row][column].quantity
        return None if quantity is None else with_unit(quantity, band.columns[column].unit)


def read_grid(source: Table, scope: str = "") -> Grid:
    """The structure of a table; one without figures has no bands."""
    cells = matrix(source)
    headers = find_headers(cells)
    note = unit_of_note(source)
    ends = [header.top for header in headers[1:]] + [len(cells)]
    bands = []
    unit = note
    for number, (header, end) in enumerate(zip(headers, ends, strict=True)):
        body = cells[header.bottom : end]
        if any(header.paths):
            unit = note or unit_of_stub(header, body)
        if any(cell.kind == "figure" for row in body for cell in row):
            counted = counts_things(cells, header, source.caption, unit)
            columns = tuple(read_column(c, body, header, unit, counted) for c in range(len(cells[0])))
            body = _as_values(body, columns)
            cells = (*cells[: header.bottom], *body, *cells[end:])
            bands.append(Band(number, header.bottom, end, columns, tuple(_panels(columns, body))))
    return Grid(source, cells, tuple(bands), scope)


def _as_values(body: Matrix, columns: Sequence[Column]) -> Matrix:
    """The rows of a band with the words that stand alone in columns of figures read as such."""
    kinds = [column.kind for column in columns]

    def read(row: Sequence[Cell], cell: Cell) -> Cell:
        alone = not any(other.id == cell.id for other in row if other.column != cell.column)
        return as_value(cell, kinds[cell.column] in _HEDGED) if alone and kinds[cell.column] in VALUES else cell

    return tuple(tuple(read(row, cell) for cell in row) for row in body)


# --- panels -------------------------------------------------------------------------------


def _panels(columns: Sequence[Column], body: Sequence[Sequence[Cell]]) -> list[Panel]:
    starts = [0, *_further_stubs(columns, body), len(columns)]
    panels = []
    for number, (start, end) in enumerate(pairwise(starts)):
        own = columns[start:end]
        first = next((c.index for c in own if c.kind in VALUES | MIXED), end)
        labels = _stub([c for c in own if c.index < first and c.kind in ("label", "note")], body)
        if not labels:
            # Words name the rows even under the header of an index.
            labels = _stub(
                [c for c in own if c.index < first and c.kind == "index" and not _holds_codes(c, body)], body
            )
        codes = tuple(c.index for c in own if c.index < first and c.kind == "index" and _holds_codes(c, body))
        values = tuple(c.index for c in own if c.kind in VALUES)
        if values or any(c.kind in MIXED for c in own):
            panels.append(Panel(number, labels, codes, values))
    return panels


def _stub(columns: Sequence[Column], body: Sequence[Sequence[Cell]]) -> tuple[int, ...]:
    """The columns that name the rows: up to the first with a name of its own for nearly each row. What follows
    only describes them."""
    named: list[int] = []
    for column in columns:
        if _holds_units(column, body):
            continue
        named.append(column.index)
        cells = [row[column.index] for row in body]
        own = {cell.id for cell in cells if cell.kind == "label"}
        if len(own) * 10 >= len(body) * 9:
            break
    return tuple(named)


def _further_stubs(columns: Sequence[Column], body: Sequence[Sequence[Cell]]) -> list[int]:
    """Where another stub begins: behind values, with the header of the first stub or of a stub at all, and
    values with headers like those before."""
    starts: list[int] = []
    first = next((c for c in columns if c.kind == "label"), None)
    if first is None:
        return starts
    seen_value = False
    for column in columns[first.index + 1 :]:
        if column.kind in VALUES:
            seen_value = True
        elif column.kind in ("label", "index") and seen_value and _begins_panel(column, first, columns, body):
            starts.append(column.index)
            seen_value = False
    return starts


def _begins_panel(column: Column, first: Column, columns: Sequence[Column], body: Sequence[Sequence[Cell]]) -> bool:
    behind = next((c for c in columns[column.index + 1 :] if c.kind in VALUES), None)
    if behind is None:
        return False
    same = bool(column.leaf) and column.leaf in (first.leaf, columns[0].leaf)
    stub = bool(pattern("panel", "stub").search(column.leaf)) and column.kind == "label"
    headless = not column.path and not first.path
    return same or stub or headless


def _holds_codes(column: Column, body: Sequence[Sequence[Cell]]) -> bool:
    texts = [row[column.index].text for row in body if row[column.index].kind == "figure"]
    numbers = [int(text) for text in texts if text.isdigit()]
    start = numbers[0] if numbers else 0
    if any(text.startswith("0") and len(text) > 1 for text in texts):
        return True
    counts_up = len(numbers) == len(texts) and numbers == list(range(start, start + len(numbers)))
    return sum(len(text) >= 2 for text in texts) * 2 >= len(texts) > 0 and not counts_up


def _holds_units(column: Column, body: Sequence[Sequence[Cell]]) -> bool:
    texts = [row[column.index].text for row in body if row[column.index].kind == "label"]
    return bool(texts) and sum(unit_named(text) is not None for text in texts) * 2 > len(texts)
