"""Ruled tables of PDF pages: pdfplumber's table finder on pdfium's edges, cells filled, pages stitched."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.table import TableFinder, TableSettings

from reportcheck.catalog import table
from reportcheck.model import Block, Origin, Table
from reportcheck.read.captions import caption_and_unit, unit_in_cells
from reportcheck.read.pdf_lines import joined_in_cell, lines_of
from reportcheck.read.pdf_page import Box, Edge, Glyph, Page

_SAME_PLACE = 3.0
"""Points within which two ruling lines are one."""
_OUTSIDE = 2.0
_LONGEST_HEADER = 6
_FIGURE = re.compile(r"[-+]?[\d,.]+%?")


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A box of a table with its text."""

    box: Box
    text: str
    page: int


Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or the part of one on a page: rows of cells between the upright lines ``xs``."""

    page: int
    box: Box
    xs: tuple[float, ...]
    rows: tuple[Row, ...]


class _Ruled:
    """The page as pdfplumber's table finder wants it."""

    def __init__(self, page: Page) -> None:
        self.bbox = (0.0, 0.0, page.width, page.height)
        self.edges = [_plumber_edge(edge) for edge in page.edges]
        self.chars: list[dict[str, Any]] = []


def _plumber_edge(edge: Edge) -> dict[str, Any]:
    return {
        "object_type": "line",
        "orientation": "v" if edge.upright else "h",
        "x0": edge.x0,
        "x1": edge.x1,
        "top": edge.top,
        "bottom": edge.bottom,
        "width": edge.x1 - edge.x0,
        "height": edge.bottom - edge.top,
    }


def find_grids(page: Page) -> tuple[list[Grid], list[Glyph]]:
    """The ruled tables of a page from top to bottom, and the glyphs that stand in none of their cells."""
    if len(page.edges) < 4:
        return [], list(page.glyphs)
    ruled: Any = _Ruled(page)
    found = TableFinder(ruled, TableSettings()).tables
    left = sorted(page.glyphs, key=lambda glyph: glyph.baseline)
    grids = []
    for each in sorted(found, key=lambda each: (each.bbox[1], each.bbox[0])):
        boxes = [_box(cell) for cell in each.cells]
        if len(_places(x for box in boxes for x in (box[0], box[2]))) < 3:
            continue  # one column is a frame around text
        held, rest = _share_out(boxes, left)
        if any(held):
            grids.append(_grid(page.number, boxes, held))
            left = rest
    return grids, left


def _box(values: Iterable[float]) -> Box:
    x0, top, x1, bottom = (round(float(value), 1) for value in values)
    return x0, top, x1, bottom


def _share_out(boxes: Sequence[Box], glyphs: Sequence[Glyph]) -> tuple[list[list[Glyph]], list[Glyph]]:
    """The glyphs in each box, and the rest; one that pokes over the table's side counts to the nearest."""
    held: list[list[Glyph]] = [[] for _ in boxes]
    left: list[Glyph] = []
    order = sorted(range(len(boxes)), key=lambda index: boxes[index][1])
    tops = [boxes[index][1] for index in order]
    tallest = max(bottom - top for _, top, _, bottom in boxes)
    for glyph in glyphs:
        x, y = glyph.middle
        near = order[bisect_left(tops, y - tallest - _OUTSIDE) : bisect_right(tops, y + _OUTSIDE)]
        index = _holder(boxes, near, x, y, 0.0)
        if index is None:
            index = _holder(boxes, near, x, y, _OUTSIDE)
        (left if index is None else held[index]).append(glyph)
    return held, left


def _holder(boxes: Sequence[Box], near: Sequence[int], x: float, y: float, slack: float) -> int | None:
    for index in near:
        x0, top, x1, bottom = boxes[index]
        if x0 - slack <= x < x1 + slack and top - slack <= y < bottom + slack:
            return index
    return None


def _grid(page: int, boxes: Sequence[Box], held: Sequence[Sequence[Glyph]]) -> Grid:
    cells = [
        Cell(box, joined_in_cell(lines_of(glyphs, page), box[2]), page) for box, glyphs in zip(boxes, held, strict=True)
    ]
    xs = _places(x for box in boxes for x in (box[0], box[2]))
    outer = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return Grid(page, outer, xs, _rows(cells, xs))


def _places(values: Iterable[float]) -> tuple[float, ...]:
    """Distinct positions, those within the width of a ruling line being one."""
    places: list[float] = []
    for value in sorted(set(values)):
        if not places or value - places[-1] > _SAME_PLACE:
            places.append(value)
    return tuple(places)


def _rows(cells: Sequence[Cell], xs: Sequence[float]) -> tuple[Row, ...]:
    """The grid of cells; one that goes over several rows or columns stands in each of them."""
    ys = _places(y for cell in cells for y in (cell.box[1], cell.box[3]))
    rows: list[list[Cell | None]] = [[None] * (len(xs) - 1) for _ in ys[:-1]]
    for cell in cells:
        x0, top, x1, bottom = cell.box
        for row in range(_index(ys, top), _index(ys, bottom)):
            for column in range(_index(xs, x0), _index(xs, x1)):
                rows[row][column] = cell
    return tuple(tuple(row) for row in rows)


def _index(places: Sequence[float], value: float) -> int:
    return bisect_right(places, value) - 1


def stitched(first: Grid, second: Grid) -> Grid | None:
    """Both parts as one table if the second goes on with the first: the same sides and columns."""
    xs = _common_columns(first.xs, second.xs)
    if xs is None:
        return None
    above, below = _regridded(first, xs), _regridded(second, xs)
    above, below = _carried(above, below[_repeated(above, below) :])
    if below and _goes_on(above[-1], below[0]):
        above, below = (*above[:-1], _melted(above[-1], below[0])), below[1:]
    return Grid(second.page, second.box, xs, (*above, *below))


def _common_columns(first: Sequence[float], second: Sequence[float]) -> tuple[float, ...] | None:
    """The finer columns of two parts of which one has all lines of the other."""
    finer, coarser = (first, second) if len(first) >= len(second) else (second, first)
    sides = abs(first[0] - second[0]) <= _SAME_PLACE and abs(first[-1] - second[-1]) <= _SAME_PLACE
    inner = all(any(abs(x - y) <= _SAME_PLACE for y in finer) for x in coarser)
    return tuple(finer) if sides and inner and len(coarser) > 2 else None


def _regridded(grid: Grid, xs: Sequence[float]) -> tuple[Row, ...]:
    if len(grid.xs) == len(xs):
        return grid.rows
    middles = [(left + right) / 2 for left, right in pairwise(xs)]
    return tuple(tuple(row[_index(grid.xs, middle)] for middle in middles) for row in grid.rows)


def _texts(row: Row) -> tuple[str | None, ...]:
    return tuple(cell.text if cell else None for cell in row)


def _repeated(above: Sequence[Row], below: Sequence[Row]) -> int:
    """How many rows at the top of the second part repeat the header of the first."""
    count = 0
    for row, again in zip(above[:_LONGEST_HEADER], below, strict=False):
        texts = _texts(row)
        figures = any(text and _FIGURE.fullmatch(text) for text in texts[1:])
        if texts != _texts(again) or not any(texts) or (figures and not count):
            break
        count += 1
    return count


def _carried(above: tuple[Row, ...], below: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Both parts, with the merged cells of the stub that go on over the page's end made one."""
    for column in range(len(above[-1])):
        upper, lower = above[-1][column], below[0][column] if below else None
        if upper is None or lower is None or not _is_rest(upper, lower, below, first=column == 0):
            break
        whole = Cell(upper.box, upper.text + lower.text, upper.page)
        above, below = _replaced(above, upper, whole), _replaced(below, lower, whole)
    return above, below


def _replaced(rows: Sequence[Row], old: Cell, new: Cell) -> tuple[Row, ...]:
    return tuple(tuple(new if cell is old else cell for cell in row) for row in rows)


def _is_rest(upper: Cell, lower: Cell, below: Sequence[Row], *, first: bool) -> bool:
    """Whether a cell that spans rows at a page's top is the rest of the one above the page's end."""
    spans = sum(lower in row for row in below) > 1
    if first or not lower.text:
        return spans and bool(upper.text) and not lower.text
    opens = table("reading")["paragraph"]["opens"]
    return spans and bool(re.match(opens, upper.text)) and not re.match(opens, lower.text)


def _goes_on(row: Row, below: Row) -> bool:
    """Whether a row is the lower half of the one above: words only, under words, and nothing in its stub."""
    halves = list(zip(_texts(row), _texts(below), strict=True))
    words = [(upper, lower) for upper, lower in halves if lower]
    return (
        bool(words)
        and bool(halves[0][0])
        and halves[0][1] == ""
        and all(upper and not _FIGURE.fullmatch(lower) and not _FIGURE.fullmatch(upper) for upper, lower in words)
        and len(set(map(id, row))) == len(row)
    )


def _melted(row: Row, below: Row) -> Row:
    return tuple(
        Cell(upper.box, upper.text + lower.text, upper.page) if upper and lower else upper or lower
        for upper, lower in zip(row, below, strict=True)
    )


def table_of(grid: Grid, name: str, above: Sequence[str]) -> Table:
    """The table with its cells as blocks; ``above`` are the texts of the lines before it."""
    blocks: dict[int, Block] = {}
    for number, row in enumerate(grid.rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell is not None and id(cell) not in blocks:
                origin = Origin(page=cell.page, box=cell.box)
                blocks[id(cell)] = Block(f"{name}.r{number}c{column}", cell.text, "cell", origin)
    cells = tuple(tuple(blocks[id(cell)] if cell else None for cell in row) for row in grid.rows)
    caption, unit = caption_and_unit(above)
    texts = ([block.text if block else None for block in row] for row in cells[:2])
    return Table(name, cells, caption, unit or unit_in_cells(texts))


def cell_blocks(of: Table) -> list[Block]:
    """Each cell once, row by row."""
    seen: dict[str, Block] = {}
    for row in of.cells:
        for block in row:
            if block is not None:
                seen.setdefault(block.id, block)
    return list(seen.values())
