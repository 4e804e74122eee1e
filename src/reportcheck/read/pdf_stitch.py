"""Tables of PDF files that go on over pages: parts put together, broken rows made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from reportcheck.catalog import table
from reportcheck.read.captions import looks_like_table_name
from reportcheck.read.pdf_cells import Cell, Row
from reportcheck.read.pdf_grids import SAME_PLACE, Grid, index_of
from reportcheck.read.pdf_lines import FIGURE, joined
from reportcheck.schemas.reading import Reading

_LONGEST_HEADER = 6


def stitched(first: Grid, second: Grid) -> Grid | None:
    """Both parts as one table if the second goes on with the first: the same sides and columns."""
    xs = _common_columns(first.xs, second.xs) if first.ruled or second.ruled else _like_columns(first.xs, second.xs)
    if xs is None or _has_another_name(first.rows[0], second.rows[0]):
        return None
    above, below = _regridded(first, xs), _regridded(second, xs)
    above, below = _carried(above, below[_repeated(above, below) :])
    if below and _goes_on(above[-1], below[0]):
        above, below = (*above[:-1], _melted(above[-1], below[0])), below[1:]
    return Grid(second.page, second.box, xs, (*above, *below), first.ruled)


def _has_another_name(row: Row, again: Row) -> bool:
    """Whether the second part begins with the name of a table, in one cell over all columns, that the first lacks."""
    cell = again[0]
    named = cell is not None and len(set(map(id, again))) == 1 and looks_like_table_name(cell.text)
    return named and _texts(row)[:1] != _texts(again)[:1]


def _like_columns(first: Sequence[float], second: Sequence[float]) -> tuple[float, ...] | None:
    """The columns of the second of two parts without rulings, if all of them lie under those of the first."""
    columns = zip(pairwise(first), pairwise(second), strict=False)
    under = all(2 * (min(a[1], b[1]) - max(a[0], b[0])) > min(a[1] - a[0], b[1] - b[0]) for a, b in columns)
    return tuple(second) if len(first) == len(second) and under else None


def _common_columns(first: Sequence[float], second: Sequence[float]) -> tuple[float, ...] | None:
    """The finer columns of two parts of which one has all lines of the other."""
    finer, coarser = (first, second) if len(first) >= len(second) else (second, first)
    sides = abs(first[0] - second[0]) <= SAME_PLACE and abs(first[-1] - second[-1]) <= SAME_PLACE
    inner = all(any(abs(x - y) <= SAME_PLACE for y in finer) for x in coarser)
    return tuple(finer) if sides and inner and len(coarser) > 2 else None


def _regridded(grid: Grid, xs: Sequence[float]) -> tuple[Row, ...]:
    if len(grid.xs) == len(xs):
        return grid.rows
    middles = [(left + right) / 2 for left, right in pairwise(xs)]
    return tuple(tuple(row[index_of(grid.xs, middle)] for middle in middles) for row in grid.rows)


def _texts(row: Row) -> tuple[str | None, ...]:
    return tuple(cell.text if cell else None for cell in row)


def _repeated(above: Sequence[Row], below: Sequence[Row]) -> int:
    """How many rows at the top of the second part repeat the header of the first."""
    count = 0
    for row, again in zip(above[:_LONGEST_HEADER], below, strict=False):
        texts = _texts(row)
        figures = any(text and FIGURE.fullmatch(text) for text in texts[1:])
        if texts != _texts(again) or not any(texts) or (figures and not count):
            break
        count += 1
    return count


def _carried(above: tuple[Row, ...], below: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Both parts, with the merged cells of the stub that go on over the page's end made one."""
    for column in range(len(above[-1])):
        upper, lower = above[-1][column], below[0][column] if below else None
        if upper is None or lower is None or not _is_rest(upper, lower, (above, below), first=column == 0):
            break
        whole = _whole(upper, lower)
        above, below = _replaced(above, upper, whole), _replaced(below, lower, whole)
    return above, below


def _whole(upper: Cell, lower: Cell) -> Cell:
    """Both halves of a cell; it keeps the place of the upper one."""
    return replace(upper, text=joined(upper.text, lower.text), lines=(*upper.lines, *lower.lines))


def _replaced(rows: Sequence[Row], old: Cell, new: Cell) -> tuple[Row, ...]:
    return tuple(tuple(new if cell is old else cell for cell in row) for row in rows)


def _is_rest(upper: Cell, lower: Cell, parts: tuple[Sequence[Row], Sequence[Row]], *, first: bool) -> bool:
    """Whether a cell at a page's top is the rest of the one above the page's end, of which one spans rows."""
    upper_spans, lower_spans = (
        sum(cell in row for row in rows) > 1 for cell, rows in zip((upper, lower), parts, strict=True)
    )
    if first or not lower.text:
        return (upper_spans or lower_spans) and bool(upper.text) and not lower.text
    opens = table(Reading).paragraph.opens
    return lower_spans and bool(re.match(opens, upper.text)) and not re.match(opens, lower.text)


def _goes_on(row: Row, below: Row) -> bool:
    """Whether a row is the lower half of the one above: words only, under words, and nothing in its stub.

    With words in its stub too it is one if all of them stand under words that fill their cells.
    """
    halves = list(zip(_texts(row), _texts(below), strict=True))
    words = [(upper, lower) for upper, lower in halves if lower]
    if halves[0][0] and halves[0][1] and len(words) < len(halves):
        return _is_broken(row, below)
    return (
        bool(words)
        and bool(halves[0][0])
        and halves[0][1] == ""
        and all(upper and not FIGURE.fullmatch(lower) and not FIGURE.fullmatch(upper) for upper, lower in words)
        and len(set(map(id, row))) == len(row)
    )


def _is_broken(row: Row, below: Row) -> bool:
    """Whether all words of a row go on with words above them that were broken off for want of room."""
    words = [(upper, lower) for upper, lower in zip(row, below, strict=True) if lower is not None and lower.text]
    opens = table(Reading).paragraph.opens
    return all(
        upper is not None and upper.full and not FIGURE.fullmatch(upper.text + lower.text) for upper, lower in words
    ) and not any(re.match(opens, lower.text) or FIGURE.fullmatch(lower.text) for _, lower in words)


def _melted(row: Row, below: Row) -> Row:
    return tuple(
        _whole(upper, lower) if upper and lower else upper or lower for upper, lower in zip(row, below, strict=True)
    )
