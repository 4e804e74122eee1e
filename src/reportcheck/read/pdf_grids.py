"""Grids of PDF tables: cells with their places, laid out in rows, and made tables of the document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct

from reportcheck.model import Block, Origin, Table
from reportcheck.read.captions import caption_and_unit
from reportcheck.read.pdf_cells import Cell, Row
from reportcheck.read.pdf_drawn import Box
from reportcheck.read.pdf_indents import indents_of
from reportcheck.read.pdf_lines import Line, joined_in_cell

SAME_PLACE = 3.0
"""Points within which two ruling lines are one."""


class Grid(Struct, frozen=True):
    """A table, or the part of one on a page: rows of cells between the places ``xs``; ``ruled`` by lines."""

    page: int
    box: Box
    xs: tuple[float, ...]
    rows: tuple[Row, ...]
    ruled: bool = True


def cell_of(box: Box, lines: Sequence[Line], page: int) -> Cell:
    """A cell with what its lines say."""
    return Cell(box, joined_in_cell(lines, box[0], box[2]), page, tuple(lines))


def grid_of(page: int, cells: Sequence[Cell], *, ruled: bool = True) -> Grid:
    """The grid that cells make where they stand."""
    boxes = [cell.box for cell in cells]
    xs = places(x for box in boxes for x in (box[0], box[2]))
    outer = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return Grid(page, outer, xs, _rows(cells, xs), ruled)


def places(values: Iterable[float]) -> tuple[float, ...]:
    """Distinct positions, those within the width of a ruling line being one."""
    found: list[float] = []
    for value in sorted(set(values)):
        if not found or value - found[-1] > SAME_PLACE:
            found.append(value)
    return tuple(found)


def _rows(cells: Sequence[Cell], xs: Sequence[float]) -> tuple[Row, ...]:
    """The grid of cells; one that goes over several rows or columns stands in each of them."""
    ys = places(y for cell in cells for y in (cell.box[1], cell.box[3]))
    rows: list[list[Cell | None]] = [[None] * (len(xs) - 1) for _ in ys[:-1]]
    for cell in cells:
        x0, top, x1, bottom = cell.box
        for row in range(index_of(ys, top), index_of(ys, bottom)):
            for column in range(index_of(xs, x0), index_of(xs, x1)):
                rows[row][column] = cell
    return tuple(tuple(row) for row in rows)


def index_of(values: Sequence[float], value: float) -> int:
    """The last of the sorted places that is not behind a value."""
    return bisect_right(values, value) - 1


def table_of(grid: Grid, name: str, above: Sequence[str]) -> Table:
    """The table with its cells as blocks; ``above`` are the texts of the lines before it."""
    blocks: dict[int, Block] = {}
    indents = indents_of(grid.rows)
    for number, row in enumerate(grid.rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell is not None and id(cell) not in blocks:
                origin = Origin(page=cell.page, box=cell.box)
                indent = indents.get(id(cell), 0)
                blocks[id(cell)] = Block(f"{name}.r{number}c{column}", cell.text, "cell", origin, indent=indent)
    cells = tuple(tuple(blocks[id(cell)] if cell else None for cell in row) for row in grid.rows)
    return Table(name, cells, *caption_and_unit(above))


def cells_once(grid: Grid) -> list[Cell]:
    """Each cell once, row by row, in the order of `cell_blocks`."""
    return list({id(cell): cell for row in grid.rows for cell in row if cell is not None}.values())


def cell_blocks(of: Table) -> list[Block]:
    """Each cell once, row by row."""
    seen: dict[str, Block] = {}
    for row in of.cells:
        for block in row:
            if block is not None:
                seen.setdefault(block.id, block)
    return list(seen.values())
