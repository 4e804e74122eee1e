"""The grid of a table: which cell stands where, with merged cells and holes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from reportcheck.read.docx_xml import child, number, parts, switched, value, w

if TYPE_CHECKING:
    from reportcheck.read.docx_xml import Element

_ROW = frozenset({w("tr")})
_CELL = frozenset({w("tc")})
_WIDEST = 256
"""Word allows 63 columns; a span beyond this is nonsense."""


class Place(Struct, frozen=True):
    """A cell and its upper left position, from 1."""

    cell: Element
    row: int
    column: int


class Grid(Struct, frozen=True):
    """``rows`` hold indices into ``places``, ``None`` for a hole; all rows have one length."""

    places: tuple[Place, ...]
    rows: tuple[tuple[int | None, ...], ...]
    header_rows: int


def grid(element: Element) -> Grid:
    """The grid of a ``w:tbl``; rows deleted under revision are left out."""
    places: list[Place] = []
    rows: list[list[int | None]] = []
    headers: list[bool] = []
    for row in parts(element, _ROW):
        if child(row, "trPr", "del") is None:
            above = rows[-1] if rows else []
            rows.append(_laid_out(row, len(rows) + 1, above, places))
            headers.append(bool(switched(row, "trPr", "tblHeader")))
    width = max(map(len, rows), default=0)
    padded = tuple((*row, *[None] * (width - len(row))) for row in rows)
    header_rows = headers.index(False) if False in headers else 0
    return Grid(tuple(places), padded, header_rows)


def _laid_out(row: Element, index: int, above: list[int | None], places: list[Place]) -> list[int | None]:
    """One row of the grid; cells that begin here are added to ``places``."""
    filled: list[int | None] = [None] * _span(row, "trPr", "gridBefore", least=0)
    for cell in parts(row, _CELL):
        column = len(filled)
        covering = above[column] if column < len(above) else None
        if _goes_on(cell, "vMerge") and covering is not None:
            holder = covering
        elif _goes_on(cell, "hMerge") and filled and filled[-1] is not None:
            holder = filled[-1]
        else:
            holder = len(places)
            places.append(Place(cell, index, column + 1))
        filled.extend([holder] * _span(cell, "tcPr", "gridSpan", least=1))
    return filled


def _goes_on(cell: Element, name: str) -> bool:
    """Whether a cell only continues the one above or before it."""
    return child(cell, "tcPr", name) is not None and value(cell, "tcPr", name) != "restart"


def _span(element: Element, *path: str, least: int) -> int:
    return min(max(number(value(element, *path), least), least), _WIDEST)
