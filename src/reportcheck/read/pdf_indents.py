"""How far the text of a cell is set in, told from where it begins beside the other cells of its column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from reportcheck.read.pdf_lines import FIGURE

if TYPE_CHECKING:
    from reportcheck.read.pdf_grids import Cell, Row

_FEWEST = 3
_SAME = 0.4
"""Halves of a character by which the beginnings of cells on one level may differ."""
_SURE = 1.5
"""Halves of a character from which a text that begins like no other is set in."""
_MOST = 24


def indents_of(rows: Sequence[Row]) -> dict[int, int]:
    """Halves of a character by the ids of the cells that are set in; none where a column is not set from the left."""
    found: dict[int, int] = {}
    wide = {id(cell) for row in rows for cell, after in pairwise(row) if cell is after}
    for column in zip(*rows, strict=True):
        cells = {id(cell): cell for cell in column if cell is not None and cell.first and id(cell) not in wide}
        found.update(_indents([cell for cell in cells.values() if not FIGURE.fullmatch(cell.text)]))
    return found


def _indents(cells: Sequence[Cell]) -> dict[int, int]:
    """Of the words of one column: their beginnings must fall into few levels, most of them shared.

    Texts in the middle of their cells say nothing of the levels, but may happen to stand on one.
    """
    words = [cell for cell in cells if not _is_centred(cell)]
    if len(words) < _FEWEST:
        return {}
    first = min(cell.left for cell in words)
    levels = _levels(2 * (cell.left - first) / cell.size for cell in words)
    shared = [level for level in levels if len(level) > 1]
    if len(levels[0]) < 2 or 3 * sum(map(len, shared)) < 2 * len(words) or levels[-1][0] > _MOST:
        return {}
    steps = {id(cell): (cell, 2 * (cell.left - first) / cell.size) for cell in cells}
    return {
        key: max(1, round(step))
        for key, (cell, step) in steps.items()
        if step > levels[0][-1] + _SAME / 4
        and (any(level[0] - _SAME <= step <= level[-1] + _SAME for level in shared[1:]) or _is_alone(cell, step))
    }


def _is_alone(cell: Cell, step: float) -> bool:
    """Whether a text that begins like no other is set in all the same, not just shifted or in the middle."""
    return step >= _SURE and not _is_centred(cell)


def _levels(steps: Iterable[float]) -> list[list[float]]:
    """The beginnings from left to right, those at one place together."""
    levels: list[list[float]] = []
    for step in sorted(steps):
        if levels and step - levels[-1][0] <= _SAME:
            levels[-1].append(step)
        else:
            levels.append([step])
    return levels


def _is_centred(cell: Cell) -> bool:
    """Whether as much room is left before the text as behind it."""
    return cell.left > cell.size and abs(cell.left - cell.right) < 0.8 * cell.size
