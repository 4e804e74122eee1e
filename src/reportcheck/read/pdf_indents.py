"""How far the text of a cell is set in, told from where it begins beside the other cells of its column."""

from __future__ import annotations

from collections.abc import Sequence

from reportcheck.read.pdf_cells import Cell, Row
from reportcheck.read.pdf_lines import FIGURE

_SAME = 0.4
"""Halves of a character by which the beginnings of cells on one level may differ."""
_LEAST = 1.5
_MOST = 24
_ONE = 2 + _SAME
"""A text set in by no more than a character may fill its cell so that it looks centred."""
_CLEAR = 0.6
"""Share of cells that begin at the side from which a column is set from the left beyond doubt."""
_Columns = tuple[int, int]


def indents_of(rows: Sequence[Row]) -> dict[int, int]:
    """Halves of a character by the ids of the cells that are set in; none where columns are not set from the left."""
    places: dict[int, tuple[Cell, _Columns]] = {}
    for row in rows:
        for column, cell in enumerate(row):
            if cell is not None and cell.first and not FIGURE.fullmatch(cell.text):
                first = places[id(cell)][1][0] if id(cell) in places else column
                places[id(cell)] = cell, (first, column)
    groups: dict[_Columns, list[Cell]] = {}
    for cell, columns in places.values():
        groups.setdefault(columns, []).append(cell)
    padding = min((cell.left for cell, _ in places.values() if not _is_centred(cell)), default=0.0)
    return {key: indent for cells in groups.values() for key, indent in _indents(cells, padding).items()}


def _indents(cells: Sequence[Cell], padding: float) -> dict[int, int]:
    """Of the words of one column, beyond the one that begins first at the column's side, else beyond the padding.

    Texts in the middle of their cells say nothing, but may happen to stand where others are set in.
    """
    words = [cell for cell in cells if not _is_centred(cell)]
    if 2 * len(words) <= len(cells) or len(words) < 2:
        return {}
    first = min(cell.left for cell in words)
    side = first if first <= min(cell.size for cell in words) else padding
    steps = {id(cell): 2 * (cell.left - side) / cell.size for cell in cells}
    from_left = sum(step <= _SAME for step in steps.values()) >= _CLEAR * len(cells)
    levels = [steps[id(cell)] for cell in words if from_left or not _is_at_the_right(cell)]
    levels += [
        steps[id(cell)] for cell in cells if from_left and steps[id(cell)] <= _ONE and not _is_centred(cell, 0.15)
    ]
    return {
        key: round(step)
        for key, step in steps.items()
        if _LEAST <= step <= _MOST and any(abs(step - level) <= _SAME for level in levels)
    }


def _is_centred(cell: Cell, slack: float = 0.8) -> bool:
    """Whether as much room is left before the text as behind it, but for a share of a character."""
    return cell.left > cell.size and abs(cell.left - cell.right) < slack * cell.size


def _is_at_the_right(cell: Cell) -> bool:
    """Whether a text that leaves room before it leaves none behind it."""
    return cell.right < 0.8 * cell.size < cell.left - cell.size
