"""Ruled tables of PDF pages: pdfplumber's table finder on pdfium's edges, and the glyphs in each cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from reportcheck.read.pdf_drawn import Box, Edge, Glyph, Page
from reportcheck.read.pdf_grids import Grid, grid_of, places
from reportcheck.read.pdf_unfold import cells_of

_OUTSIDE = 2.0


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
    from pdfplumber.table import TableFinder, TableSettings

    ruled: Any = _Ruled(page)
    found = TableFinder(ruled, TableSettings()).tables
    left = sorted(page.glyphs, key=lambda glyph: glyph.baseline)
    grids = []
    for each in sorted(found, key=lambda each: (each.bbox[1], each.bbox[0])):
        boxes = [_box(cell) for cell in each.cells]
        if len(places(x for box in boxes for x in (box[0], box[2]))) < 3:
            continue  # one column is a frame around text
        held, rest = _share_out(boxes, left)
        if any(held):
            grids.append(grid_of(page.number, cells_of(boxes, held, page.number)))
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
