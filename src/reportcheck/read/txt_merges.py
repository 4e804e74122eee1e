"""Merged cells of tables copied as text: what a merged cell covers is left blank there.

In the header, the rows before the first figure, a blank field goes on with the cell above it where all that
this cell covers is blank, else with the one on its left. Further down only names to the left of other names go
on: 产出指标 beside 数量指标 and 质量指标.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

Place = tuple[int, int]

_FIGURE = re.compile(r"[-+\u2212]?\d[\d,.\uff0c]*[%\uff05\u2030]?")


def is_figure(field: str) -> bool:
    """Whether a field is a number and nothing else."""
    return _FIGURE.fullmatch(field.strip()) is not None


def covered(rows: Sequence[Sequence[str]]) -> dict[Place, Place]:
    """For each blank field that belongs to a merged cell the place of its text; rows have one length."""
    found: dict[Place, Place] = {}
    head = _header_rows(rows)
    for r in range(head):
        if any(field.strip() for field in rows[r]):
            _of_header(rows, r, found)
    names = _name_columns(rows[head:])
    for r in range(head + 1, len(rows)):
        last = max((c for c in names if rows[r][c].strip()), default=0)
        for c in names[:last]:
            above = found.get((r - 1, c), (r - 1, c))
            if not rows[r][c].strip() and rows[above[0]][above[1]].strip():
                found[r, c] = above
    return found


def _header_rows(rows: Sequence[Sequence[str]]) -> int:
    """The rows before the first figure, and before the first that is but a heading over the rows below it."""
    wide = False
    for r, row in enumerate(rows):
        filled = [c for c, field in enumerate(row) if field.strip()]
        if any(map(is_figure, row)) or (wide and filled == [0]):
            return r
        wide = wide or len(filled) > 1
    return len(rows)


def _of_header(rows: Sequence[Sequence[str]], r: int, found: dict[Place, Place]) -> None:
    """The blank fields of one row of the header."""
    blank = [not field.strip() for field in rows[r]]
    above = [found.get((r - 1, c), (r - 1, c)) if r else None for c in range(len(blank))]
    for c in range(len(blank)):
        if not blank[c]:
            continue
        holder = above[c]
        wide = [blank[other] for other, held in enumerate(above) if held == holder]
        if holder is not None and rows[holder[0]][holder[1]].strip() and all(wide):
            found[r, c] = holder
        elif c and (left := found.get((r, c - 1), (r, c - 1)))[0] == r and rows[r][left[1]].strip():
            found[r, c] = left


def _name_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns on the left that hold words and no figure."""
    width = len(rows[0]) if rows else 0
    return list(takewhile(lambda c: not any(is_figure(row[c]) for row in rows), range(width)))
