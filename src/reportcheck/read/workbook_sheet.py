"""A sheet as its reader sees it: displayed texts at their places, and what is merged, hidden or ruled.

Rows and columns count from 1.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, cached_property

from msgspec import Struct

from reportcheck.errors import ReadError
from reportcheck.read.workbook_formats import NumberFormat

Place = tuple[int, int]
"""Row and column."""
Range = tuple[int, int, int, int]
"""Row and column of the first cell, and of the last."""

Value = Decimal | str | None

MAX_POSITIONS = 1_000_000
"""Places of all tables of a file together, empty ones too: more would take a gigabyte."""
_MOST_RULED = 200_000
"""Empty cells with a border that are taken note of in a sheet; they only help to tell tables apart."""
_BLANK_WIDTHS = {"\u3000": 2, "\u2003": 2, "\t": 4}
_HALVES_PER_LEVEL = 3
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")


class Shown(Struct, frozen=True):
    """What is seen of a cell; ``indent`` as in `Block`."""

    text: str
    indent: int = 0


class Style(Struct, frozen=True):
    """How a cell shows its value: ``level`` counts the steps it is set in, ``ruled`` tells of a border."""

    format: NumberFormat
    level: int = 0
    ruled: bool = False


class Sheet(Struct, frozen=True, dict=True):
    """``ruled`` are empty cells with a border;
    ``uncomputed`` are formulas whose result the file does not hold."""

    name: str
    cells: Mapping[Place, Shown]
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    ruled: frozenset[Place] = frozenset()
    uncomputed: tuple[Place, ...] = ()

    @cached_property
    def _hidden(self) -> tuple[list[int], list[int]]:
        return sorted(self.hidden_rows), sorted(self.hidden_columns)

    def rows_between(self, row: int, later: int) -> int:
        """How many rows that are shown lie between two."""
        return _between(row, later, self._hidden[0])

    def columns_between(self, column: int, later: int) -> int:
        """How many columns that are shown lie between two."""
        return _between(column, later, self._hidden[1])

    def columns_left_out(self) -> list[int]:
        """Hidden columns that hold something."""
        return sorted({column for _, column in self.cells} & self.hidden_columns)

    def hidden_rows_in_use(self) -> list[int]:
        """Hidden rows that hold something in a column that is shown."""
        return sorted({row for row, column in self.cells if column not in self.hidden_columns} & self.hidden_rows)


class Workbook(Struct, frozen=True):
    """The sheets that are shown and hold something, in their order, and the names of those that are not shown."""

    sheets: tuple[Sheet, ...]
    hidden_sheets: tuple[str, ...] = ()


class SheetBuilder:
    """Takes a sheet cell by cell; raises ``sheet-too-large`` before there are too many."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.merged: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.uncomputed: list[Place] = []
        self._cells: dict[Place, Shown] = {}
        self._ruled: set[Place] = set()

    def put(self, place: Place, value: Value, style: Style) -> None:
        """A cell, as its style shows it: a text, a number, or nothing."""
        text = value
        if isinstance(value, Decimal):
            text = style.format.show(value)
        elif value:
            text = style.format.show_text(str(value))
        seen = shown(str(text or ""), style.level)
        if seen.text:
            self._cells[place] = seen
            if len(self._cells) > MAX_POSITIONS:
                raise ReadError("sheet-too-large", sheet=self.name, cells=len(self._cells), limit=MAX_POSITIONS)
        elif style.ruled and len(self._ruled) < _MOST_RULED:
            self._ruled.add(place)

    def sheet(self) -> Sheet:
        return Sheet(
            self.name,
            self._cells,
            tuple(self.merged),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            frozenset(self._ruled),
            tuple(self.uncomputed),
        )


def _between(first: int, later: int, hidden: list[int]) -> int:
    return max(0, later - first - 1 - (bisect_left(hidden, later) - bisect_left(hidden, first + 1)))


def shown(text: str, level: int = 0) -> Shown:
    """A text as a cell shows it, set in by blanks and by ``level`` steps of its alignment."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    stripped = plain.strip()
    blanks = plain[: len(plain) - len(plain.lstrip())].rpartition("\n")[2]
    indent = sum(_BLANK_WIDTHS.get(blank, 1) for blank in blanks) + _HALVES_PER_LEVEL * level
    return Shown(stripped, indent if stripped else 0)


def unescaped(text: str) -> str:
    """Characters that the file writes as ``_x000D_``."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@cache
def column_name(column: int) -> str:
    """``A`` … ``XFD``."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(place: Place) -> str:
    """``B7``."""
    return f"{column_name(place[1])}{place[0]}"
