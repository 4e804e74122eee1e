"""Tables with lines between their columns only: what stands in one box of each column is many rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from reportcheck.read.pdf_cells import Cell
from reportcheck.read.pdf_columns import body_rows, levels, mostly_figures
from reportcheck.read.pdf_drawn import Box, Glyph
from reportcheck.read.pdf_grids import SAME_PLACE, cell_of
from reportcheck.read.pdf_lines import Line, lines_of

_FEWEST = 3
_SHARE = 0.6


def cells_of(boxes: Sequence[Box], held: Sequence[Sequence[Glyph]], page: int) -> list[Cell]:
    """The cells of the boxes of a table; a row of boxes that holds several rows of figures is parted."""
    lines = {box: lines_of(glyphs, page) for box, glyphs in zip(boxes, held, strict=True)}
    parted: dict[Box, list[Cell]] = {}
    for row in _rows_of_boxes(boxes):
        if sum(len(lines[box]) >= _FEWEST for box in row) > 1:
            parted.update(_parted(row, lines, page))
    return [cell for box in boxes for cell in parted.get(box, ()) or [cell_of(box, lines[box], page)]]


def _rows_of_boxes(boxes: Sequence[Box]) -> Iterator[list[Box]]:
    rows: dict[tuple[float, float], list[Box]] = {}
    for box in boxes:
        rows.setdefault((box[1], box[3]), []).append(box)
    yield from (sorted(row) for row in rows.values() if len(row) > 1)


def _parted(row: Sequence[Box], lines: Mapping[Box, Sequence[Line]], page: int) -> dict[Box, list[Cell]]:
    """The cells of each box, where most of the lines across the boxes are rows of figures; else nothing."""
    across = lines_of([glyph for box in row for line in lines[box] for glyph in line.glyphs], page)
    own = [[[part for part in lines[box] if _on(part, line)] for box in row] for line in across]
    data = [_is_row(parts) for parts in own]
    if sum(data) < max(_FEWEST, _SHARE * len(across)):
        return {}
    rows = body_rows(across, data)
    ys = [row[0][1], *levels(rows)[1:-1], row[0][3]]
    if any(lower - upper <= SAME_PLACE for upper, lower in pairwise(ys)):
        return {}
    return {
        box: [
            cell_of(
                (box[0], round(ys[number], 1), box[2], round(ys[number + 1], 1)),
                [part for part in lines[box] if any(_on(part, line) for line in each)],
                page,
            )
            for number, each in enumerate(rows)
        ]
        for box in row
    }


def _on(part: Line, line: Line) -> bool:
    """Whether the line of a box is a piece of a line across the boxes."""
    return any(part.glyphs[0] is glyph for glyph in line.glyphs)


def _is_row(parts: Sequence[Sequence[Line]]) -> bool:
    """Whether the boxes hold a figure each on a line, but for the first and a few."""
    return mostly_figures([own[0].text for own in parts[1:] if own])
