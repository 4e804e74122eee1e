"""The cells of a sheet as boxes: merged ranges as one, cut to what is seen of them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from reportcheck.errors import ReadError
from reportcheck.read.workbook_sheet import Place, Range, Sheet, Shown

_NOTHING = Shown("")
_MOST_EFFORT = 20_000_000
"""Places under merged ranges: more than this there are only if they overlap without end."""


class Box(Struct, frozen=True):
    """A cell or a merged range, as far as it is seen; ``anchor`` is its upper left cell, seen or not."""

    row: int
    column: int
    last_row: int
    last_column: int
    shown: Shown
    anchor: Place

    @staticmethod
    def empty(row: int, column: int) -> Box:
        return Box(row, column, row, column, _NOTHING, (row, column))

    @property
    def text(self) -> str:
        return self.shown.text

    def places(self) -> Iterator[Place]:
        for row in range(self.row, self.last_row + 1):
            for column in range(self.column, self.last_column + 1):
                yield row, column


def boxes_of(sheet: Sheet) -> tuple[list[Box], dict[int, list[Box]]]:
    """The boxes in rows that are shown, and for each hidden row those that begin there.

    Ranges end with the last row and column of the sheet in which a text begins, and hidden columns are no part of
    any. An empty cell, or an empty range, counts where it has a border.
    """
    places = {*sheet.cells, *sheet.ruled}
    limit = (max((row for row, _ in sheet.cells), default=0), max((column for _, column in sheet.cells), default=0))
    ranges = {(row, column): (row, column, last, end) for row, column, last, end in sheet.merged}
    covered = _covered(places, ranges)
    shown: list[Box] = []
    hidden: dict[int, list[Box]] = {}
    for place in places - covered:
        box = _seen(ranges.get(place, (*place, *place)), sheet, limit)
        if box is None:
            continue
        if box.row not in sheet.hidden_rows:
            shown.append(box)
        elif box.text:
            hidden.setdefault(box.row, []).append(box)
    return shown, hidden


def _covered(places: set[Place], ranges: dict[Place, Range]) -> set[Place]:
    """The places that lie under a merged range and are not its first cell."""
    covered: set[Place] = set()
    effort = 0
    for anchor, (row, column, last, end) in ranges.items():
        effort += min((last - row + 1) * (end - column + 1), len(places))
        if effort > _MOST_EFFORT:
            raise ReadError("damaged", detail="merged ranges overlap")
        if (last - row + 1) * (end - column + 1) <= len(places):
            inside = {(r, c) for r in range(row, last + 1) for c in range(column, end + 1)}
        else:
            inside = {(r, c) for r, c in places if row <= r <= last and column <= c <= end}
        covered |= inside - {anchor}
    return covered


def _seen(range_: Range, sheet: Sheet, limit: Place) -> Box | None:
    """The part of a range that is seen; in a hidden row if all its rows are; ``None`` if all its columns are."""
    row, column = range_[0], range_[1]
    last, end = min(range_[2], limit[0]), min(range_[3], limit[1])
    rows = (_first(row, last, sheet.hidden_rows), _first(last, row, sheet.hidden_rows))
    columns = (_first(column, end, sheet.hidden_columns), _first(end, column, sheet.hidden_columns))
    if row > last or columns[0] is None or columns[1] is None:
        return None
    top, bottom = (row, last) if rows[0] is None or rows[1] is None else (rows[0], rows[1])
    return Box(top, columns[0], bottom, columns[1], sheet.cells.get((row, column), _NOTHING), (row, column))


def _first(start: int, end: int, hidden: frozenset[int]) -> int | None:
    """The first of a run, forwards or backwards, that is not hidden."""
    if start not in hidden:
        return start
    step = 1 if end >= start else -1
    return next((index for index in range(start, end + step, step) if index not in hidden), None)
