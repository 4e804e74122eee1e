"""What stands where on a sheet: lines of text, and areas that are tables.

Nothing here looks at empty cells one by one: cells are boxes, and a sheet is cut along the rows, then the columns,
in which none lies. An empty cell with a border is a box too, so that a form that is not filled in stays whole.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain

from msgspec import Struct

from reportcheck.catalog import pattern_in, table
from reportcheck.read.captions import unit_note
from reportcheck.read.workbook_boxes import Box
from reportcheck.read.workbook_sheet import Sheet
from reportcheck.schemas.reading import ReadingWorkbook

_NEAR = 2
"""Blank rows over which a table may go on."""
_FIGURE = re.compile(r"[-−(（]?[¥￥]?(?!(?:19|20)\d\d$)[\d,.]*\d%?[)）]?")


class Lines(Struct, frozen=True):
    """Cells that stand for themselves, in order."""

    boxes: tuple[Box, ...]


class Area(Struct, frozen=True):
    """A table, with the texts of the lines above it."""

    boxes: tuple[Box, ...]
    above: tuple[str, ...]


Group = list[Box]
"""The boxes of a row, or of several rows that boxes hold together."""


def laid_out(boxes: Iterable[Box], sheet: Sheet, name: str = "") -> list[Lines | Area]:
    """The lines and tables of a sheet in reading order; ``name`` is a line above the first table."""
    layout = _Layout(sheet, [name] if name else [])
    layout.take(list(boxes))
    return layout.parts


class _Layout:
    def __init__(self, sheet: Sheet, above: list[str]) -> None:
        self._sheet = sheet
        self._above = above
        self.parts: list[Lines | Area] = []

    def take(self, boxes: Group) -> None:
        """Bands of rows one after the other."""
        for band in self._bands(boxes):
            self._band(_groups(band))

    def _band(self, groups: list[Group]) -> None:
        """The lines on top of a band, then its tables."""
        if parts := _titled_parts(groups):
            for part in parts:
                self._band(_groups(part))
            return
        start = _leading_lines(groups)
        self._lines(groups[:start], above=True)
        body = groups[start:]
        columns = self._columns(list(chain.from_iterable(body)))
        if len(columns) < 2:
            self._tables(body)
            return
        above = list(self._above)
        for part in columns:
            self._above = list(above)
            self.take(part)

    def _tables(self, body: list[Group]) -> None:
        """Tables one below the other, parted by lines that open one; and the notes below the last."""
        is_line = _LineTest(body)
        start = at = 0
        while at < len(body):
            end = at
            while end < len(body) and is_line(body[end]):
                end += 1
            if end == len(body) or (end > at > start and any(map(_opens_table, body[at:end]))):
                notes = at if end < len(body) else _notes_start(body, at)
                self._area(body[start:notes])
                self._lines(body[notes:end], above=end < len(body))
                start = end
            at = max(end, at + 1)
        self._area(body[start:])

    def _lines(self, groups: Sequence[Group], above: bool) -> None:
        boxes = tuple(box for group in groups for box in group if box.text)
        if boxes:
            self.parts.append(Lines(boxes))
            self._above = [*self._above, *(box.text for box in boxes)] if above else []

    def _area(self, groups: Sequence[Group]) -> None:
        boxes = tuple(chain.from_iterable(groups))
        if any(box.text for box in boxes):
            self.parts.append(Area(boxes, tuple(self._above)))
            self._above = []

    # --- cuts ---

    def _bands(self, boxes: Group) -> list[Group]:
        """Boxes between blank rows; what only goes on after a blank row stays with what it goes on with."""
        bands: list[Group] = []
        end = 0
        for box in sorted(boxes, key=lambda box: (box.row, box.column)):
            gap = self._sheet.rows_between(end, box.row) if bands else 1
            if gap:
                bands.append([])
            bands[-1].append(box)
            end = max(end, box.last_row)
        joined: list[list[Group]] = []
        for band in bands:
            if not any(box.text for box in band):
                continue
            if joined and self._goes_on(joined[-1][0], joined[-1][-1], band):
                joined[-1].append(band)
            else:
                joined.append([band])
        return [list(chain.from_iterable(run)) for run in joined]

    def _goes_on(self, band: Group, last: Group, below: Group) -> bool:
        """Whether a band has no head of its own, but goes on with ``band`` and what was joined to it up to ``last``:
        figures come first, or under the name of a part."""
        if self._sheet.rows_between(max(box.last_row for box in last), min(box.row for box in below)) > _NEAR:
            return False
        upper, lower = _groups(band), _groups(below)
        start = _leading_lines(lower)
        head, rest = lower[:start], lower[start:]
        names = [box for group in head for box in group if box.text]
        return (
            bool(rest)
            and _leading_lines(upper) < len(upper)
            and any(_FIGURE.fullmatch(box.text) for box in rest[0])
            and all(box.column == box.last_column and not _opens(box.text) for box in names)
            and min(box.column for box in band) <= min(box.column for box in below)
            and max(box.last_column for box in below) <= max(box.last_column for box in band)
        )

    def _columns(self, boxes: Group) -> list[Group]:
        """Boxes between blank columns; labels that only stand off from their figures stay with them."""
        parts: list[Group] = []
        end = 0
        for box in sorted(boxes, key=lambda box: (box.column, box.row)):
            gap = self._sheet.columns_between(end, box.column) if parts else 2
            if gap > 1 or (gap == 1 and len({each.column for each in parts[-1] if each.text}) > 1):
                parts.append([])
            parts[-1].append(box)
            end = max(end, box.last_column)
        return [part for part in parts if any(box.text for box in part)]


def _groups(boxes: Group) -> list[Group]:
    groups: list[Group] = []
    end = 0
    for box in sorted(boxes, key=lambda box: (box.row, box.column)):
        if not groups or box.row > end:
            groups.append([])
        groups[-1].append(box)
        end = max(end, box.last_row)
    return groups


# --- lines ---


class _LineTest:
    """Whether a group is a line and no row of a table."""

    def __init__(self, groups: Iterable[Group]) -> None:
        boxes = [box for group in groups for box in group if box.text]
        self._left = min((box.column for box in boxes), default=0)
        self._right = max((box.last_column for box in boxes), default=0)

    def __call__(self, group: Group) -> bool:
        boxes = [box for box in group if box.text]
        if all(_opens(box.text) or _is("filled", box.text) for box in boxes):
            return True
        if len(boxes) > 1:
            return False
        (box,) = boxes
        wide = box.last_column - box.column + 1
        return box.column == self._left or wide == 1 or 4 * wide >= 3 * (self._right - self._left + 1)


def _titled_parts(groups: list[Group]) -> list[Group]:
    """Tables side by side without a gap, if each has a title over its width and its number or unit below that."""
    titles = [box for box in groups[0] if box.text]
    if len(titles) < 2 or len(groups) < 3 or any(box.column == box.last_column for box in titles):
        return []
    starts = [box.column for box in titles]
    parts: list[Group] = [[] for _ in titles]
    for box in chain.from_iterable(groups):
        index = max(0, bisect_right(starts, box.column) - 1)
        if box.last_column >= [*starts, sys.maxsize][index + 1]:
            return []
        parts[index].append(box)
    opened = ({box.anchor for box in groups[1] if _opens(box.text)} & {box.anchor for box in part} for part in parts)
    return parts if all(opened) else []


def _leading_lines(groups: list[Group]) -> int:
    is_line = _LineTest(groups)
    return next((index for index, group in enumerate(groups) if not is_line(group)), len(groups))


def _notes_start(body: list[Group], at: int) -> int:
    """Where the notes begin in the lines at the end of a table; rows that hold a name only are not such."""
    for index in range(at, len(body)):
        boxes = [box for box in body[index] if box.text]
        if any(_is_note(box.text) for box in boxes) or len(boxes) > 1:
            return index
    return len(body)


def _is_note(text: str) -> bool:
    prose = len(text) > table(ReadingWorkbook).lines.longest or _is("prose_end", text)
    return prose or _is("note", text) or _is("filled", text) or _opens(text)


def _opens_table(group: Group) -> bool:
    return any(_opens(box.text) for box in group)


def _opens(text: str) -> bool:
    """Whether a line gives a table's number or its unit and says little else."""
    note = unit_note(text)
    return is_label(text) or (bool(note) and (len(note) + 4 >= len(text) or _is("filled", text)))


def is_label(text: str) -> bool:
    """Whether a line gives the number of a table and nothing else."""
    return _is("label", text)


def _is(name: str, text: str) -> bool:
    return bool(text) and _pattern(name).search(text) is not None


_pattern = partial(pattern_in, ReadingWorkbook, "lines")
