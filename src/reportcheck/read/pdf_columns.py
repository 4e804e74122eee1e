"""Columns told from the blanks between them: lines of text laid out as the grid of a table without rulings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from reportcheck.read.pdf_cells import Cell
from reportcheck.read.pdf_grids import Grid, cell_of, grid_of
from reportcheck.read.pdf_lines import FIGURE, Line

_SPLIT = 0.4
"""Widths of a character from which a gap over the border of two columns parts two texts."""
_WRAPPED = 0.8
"""Share of the usual pitch of rows below which a line goes on with a neighbour."""
_HEADER_PITCH = 1.5

Column = tuple[float, float]
_Place = tuple[int, int]


def is_figure(text: str) -> bool:
    """Whether a text is a number, or the dash that stands for none."""
    return bool(FIGURE.fullmatch(text)) or text in ("-", "\u2014", "\u2014\u2014", "/", "\u2013")


def is_data(parts: Sequence[Line]) -> bool:
    """Whether a line may be a row of figures: the last is one, and so are at least half behind the first."""
    return mostly_figures([part.text for part in parts[1:]])


def mostly_figures(values: Sequence[str]) -> bool:
    """Whether the last of some texts is a figure, and so are at least half."""
    return bool(values) and is_figure(values[-1]) and 2 * sum(map(is_figure, values)) >= len(values)


def columns_of(rows: Iterable[Sequence[Line]]) -> list[Column]:
    """The stretches of the page's width that the parts of rows take up, from left to right."""
    found: list[Column] = []
    for x0, x1 in sorted((part.x0, part.x1) for row in rows for part in row):
        if found and x0 <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def are_aligned(rows: Sequence[Sequence[Line]], columns: Sequence[Column]) -> bool:
    """Whether the figures of each column stand under each other: at their left or right ends or their middles."""
    for x0, x1 in columns[1:]:
        own = [part for row in rows for part in row if x0 <= part.x0 and part.x1 <= x1 and is_figure(part.text)]
        if own and min(_spread(own, share) for share in (0.0, 0.5, 1.0)) > median(part.size for part in own):
            return False
    return True


def _spread(parts: Sequence[Line], share: float) -> float:
    at = [part.x0 + share * (part.x1 - part.x0) for part in parts]
    return max(at) - min(at)


class Band(Struct, frozen=True):
    """Lines between two rulings, or between none; ``whole`` says that they are one row."""

    lines: tuple[Line, ...]
    whole: bool = False


def laid_out(page: int, header: Sequence[Band], body: Sequence[Band], columns: Sequence[Column]) -> Grid | None:
    """The grid of a table: its header's rows first, then those of its body; ``None`` if some words find no place."""
    heads = [row for band in header for row in _header_rows(band, columns)]
    rows = [*heads, *(row for band in body for row in _rows_of(band))]
    held = [_cells(row, columns) for row in rows]
    xs = _borders(columns)
    ys = levels(rows)
    spans = _merged_down(held[: len(heads)], len(columns))
    cells: list[Cell] = []
    for number, row in enumerate(held):
        for (first, last), lines in row.items():
            start, end = spans.get((number, first, last), (number, number))
            if start <= end:
                cells.append(cell_of(_box(xs[first], ys[start], xs[last + 1], ys[end + 1]), lines, page))
    grid = grid_of(page, cells, ruled=False)
    placed = {id(cell) for row in grid.rows for cell in row}
    return grid if all(id(cell) in placed for cell in cells if cell.text) else None


def _box(x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
    return round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)


def _borders(columns: Sequence[Column]) -> list[float]:
    return [columns[0][0], *((left[1] + right[0]) / 2 for left, right in pairwise(columns)), columns[-1][1]]


def levels(rows: Sequence[Sequence[Line]]) -> list[float]:
    """The upper edge of the first row, the middles between rows, the lower edge of the last."""
    tops = [min(line.box[1] for line in row) for row in rows]
    bottoms = [max(line.box[3] for line in row) for row in rows]
    return [tops[0], *((bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)), bottoms[-1]]


def _rows_of(band: Band) -> list[list[Line]]:
    return [list(band.lines)] if band.whole else body_rows(band.lines, [is_data(line.parts) for line in band.lines])


def body_rows(lines: Sequence[Line], data: Sequence[bool]) -> list[list[Line]]:
    """Each line of figures (``data``) a row, and lines without that stand close to one its first or last words."""
    steps = [b.baseline - a.baseline for (a, x), (b, y) in pairwise(zip(lines, data, strict=True)) if x and y]
    pitch = median(steps) if steps else 0.0
    rows: list[list[Line]] = []
    waiting = False
    for line, figures in zip(lines, data, strict=True):
        close = bool(rows) and line.baseline - rows[-1][-1].baseline < _WRAPPED * pitch
        if close and (waiting if figures else True):
            rows[-1].append(line)
        else:
            rows.append([line])
        waiting = not figures and (waiting or not close)
    return rows


def _header_rows(band: Band, columns: Sequence[Column]) -> list[list[Line]]:
    """The rows of a header: lines at the pitch of wrapped words are one, unless one of them spans columns."""
    rows: list[list[Line]] = []
    for line in band.lines:
        close = bool(rows) and line.baseline - rows[-1][-1].baseline < _HEADER_PITCH * line.size
        spanning = any(first < last for row in ([line], *rows[-1:]) for first, last in _cells(row, columns))
        if close and not spanning:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _cells(row: Sequence[Line], columns: Sequence[Column]) -> dict[_Place, list[Line]]:
    """What stands in a row by the first and last column it covers; columns without text hold nothing."""
    found: dict[_Place, list[Line]] = {}
    for line in row:
        for part in line.parts:
            for piece in _split(part, columns):
                _put(found, _place(piece, columns), piece)
    covered = {column for first, last in found for column in range(first, last + 1)}
    return found | {(column, column): [] for column in range(len(columns)) if column not in covered}


def _put(found: dict[_Place, list[Line]], place: _Place, piece: Line) -> None:
    """Adds a text to what stands in a row; texts whose columns overlap are one."""
    pieces: list[Line] = []
    while other := next((other for other in found if other[0] <= place[1] and place[0] <= other[1]), None):
        pieces.extend(found.pop(other))
        place = min(place[0], other[0]), max(place[1], other[1])
    found[place] = sorted([*pieces, piece], key=lambda line: (line.baseline, line.x0))


def _split(part: Line, columns: Sequence[Column]) -> list[Line]:
    """A text parted where it goes over the border of two columns with a gap."""
    pieces = [[part.glyphs[0]]]
    borders = _borders(columns)[1:-1]
    for left, right in pairwise(part.glyphs):
        middles = (left.x0 + left.x1) / 2, (right.x0 + right.x1) / 2
        crossed = any(middles[0] < border <= middles[1] for border in borders)
        if crossed and right.x0 - left.x1 > _SPLIT * part.size:
            pieces.append([])
        pieces[-1].append(right)
    return [Line(part.page, tuple(piece)) for piece in pieces]


def _place(part: Line, columns: Sequence[Column]) -> _Place:
    """The columns that a text stands over; one between two columns covers both."""
    slack = 0.3 * part.size
    over = [number for number, (x0, x1) in enumerate(columns) if part.x0 < x1 - slack and x0 + slack < part.x1]
    if not over:
        middle = (part.x0 + part.x1) / 2
        inside = [number for number, (x0, x1) in enumerate(columns) if x0 - slack <= middle <= x1 + slack]
        left = max((number for number, (_, x1) in enumerate(columns) if x1 < middle), default=0)
        over = inside[:1] or [left, min(left + 1, len(columns) - 1)]
    return over[0], over[-1]


def _merged_down(rows: Sequence[dict[_Place, list[Line]]], columns: int) -> dict[tuple[int, int, int], _Place]:
    """Which rows the cells of a header take up: one alone in its column goes over all rows of the header.

    The empty cells that it covers get an empty range.
    """
    spans: dict[tuple[int, int, int], _Place] = {}
    for column in range(columns):
        own = [number for number, row in enumerate(rows) if row.get((column, column))]
        free = [number for number, row in enumerate(rows) if (column, column) in row]
        if len(rows) > 1 and len(own) == 1:
            start = end = own[0]
            while start - 1 in free:
                start -= 1
            while end + 1 in free:
                end += 1
            spans.update({(number, column, column): (1, 0) for number in range(start, end + 1)})
            spans[own[0], column, column] = (start, end)
    return spans
