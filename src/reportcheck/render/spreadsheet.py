"""Workbooks: texts stay texts, numbers keep the decimals they were written with, the same rows give the same bytes.

Rows are written as they come and not kept, so that a run of any size takes little memory. What a workbook cannot
hold (texts, rows or links beyond its limits) is left out and counted: :class:`Book` and :class:`Sheet` say how much.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, Literal

from msgspec import Struct

from reportcheck.model import Severity
from reportcheck.render.terminal_lines import ELLIPSIS
from reportcheck.text import display_width

MOST_ROWS = 1_048_576
MOST_TEXT = 32_767
MOST_LINKS = 65_530

Kind = Literal["text", "line", "centred", "number", "count", "share", "entry"]
Value = str | int | Decimal | None

_CREATED = datetime(2000, 1, 1)
_A4 = 9
_MARGINS = {"left": 0.3, "right": 0.3, "top": 0.6, "bottom": 0.5}
# Heights in points: of a line, of what stands above and below, and of the highest row that there can be.
_LINE, _PADDING, _HIGHEST = 15, 3, 409
# Lines are not filled to the end: words and figures are not broken.
_FILLED = 0.97
_WHOLE = "#,##0"
_MOST_DECIMALS = 30
# Spreadsheets of East Asia take the wide signs for the narrow ones.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_PLAIN_NUMBER = re.compile(r"[+\-\uff0b\uff0d]?[\d.,]+%?")
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
# A spreadsheet holds numbers in binary: more digits, or a greater exponent, would not come back as written.
_EXACT_DIGITS = 15
_GREATEST_EXPONENT = 300

_FONT = {"font_name": "Microsoft YaHei", "font_size": 10}
_CELL = {**_FONT, "border": 1, "border_color": "#BFBFBF", "valign": "top"}
_HEAD = {"bold": True, "bg_color": "#D9E1F2", "align": "center", "valign": "vcenter", "text_wrap": True}
# Properties by name: a format is made of several, later ones over earlier ones.
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "plain": _FONT,
    "title": {**_FONT, "bold": True, "font_size": 16},
    "section": {**_FONT, "bold": True, "font_size": 11},
    "small": {**_FONT, "font_size": 8, "font_color": "#595959"},
    "text": {**_CELL, "text_wrap": True},
    "line": _CELL,
    "centred": {**_CELL, "align": "center", "num_format": "0"},
    "number": {**_CELL, "align": "right"},
    "count": {**_CELL, "align": "right", "num_format": '#,##0;-#,##0;"–"'},
    "share": {**_CELL, "align": "right", "num_format": "0%"},
    "entry": {**_CELL, "text_wrap": True},
    "head": _HEAD,
    "filled in": {"bg_color": "#FFF2CC"},
    "error": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "warning": {"bg_color": "#FFEB9C", "font_color": "#7F4F00"},
    "note": {"bg_color": "#DDEBF7", "font_color": "#1F4E79"},
    "link": {"font_color": "#0563C1", "underline": 1},
    # With this mark a text stays one when its cell is edited, too.
    "quoted": {"quote_prefix": True},
}


class Column(Struct, frozen=True):
    """A column of a table: its label, its width in digits, and how its cells are drawn. An ``entry`` is left to the
    reader to fill in; ``count`` is a number of things, ``share`` a part of one, ``line`` a text that is not wrapped."""

    label: str
    width: int
    kind: Kind = "text"


class Cell(Struct, frozen=True):
    """A value with the colour of a severity, or with a link to a place in the same workbook."""

    value: Value
    style: Severity | None = None
    link: str = ""


def harmless(text: str) -> str:
    """The text for CSV: an apostrophe stands before what a spreadsheet would run as a formula."""
    starts = text.startswith(_FORMULA_STARTS) and not _PLAIN_NUMBER.fullmatch(text)
    return f"'{text}" if starts else text


def is_exact(value: Decimal) -> bool:
    """Whether a spreadsheet can hold the number as it is."""
    return len(value.normalize().as_tuple().digits) <= _EXACT_DIGITS and abs(value.adjusted()) < _GREATEST_EXPONENT


def holdable(text: str) -> str:
    """The text without the characters that XML cannot hold; breaks of lines are all of one kind."""
    if not _NO_XML.search(text):
        return text
    return _NO_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _shortened(text: str) -> str:
    """The beginning of a text that is longer than a cell can hold, in the units in which spreadsheets count."""
    if 2 * len(text) <= MOST_TEXT or len(encoded := text.encode("utf-16-le")) <= 2 * MOST_TEXT:
        return text
    return encoded[: 2 * (MOST_TEXT - 1)].decode("utf-16-le", errors="ignore") + ELLIPSIS


class Book:
    """A workbook that is being written. ``shortened`` counts the texts that did not fit into their cells."""

    def __init__(self, header: str = "&A", footer: str = "&C&P / &N") -> None:
        import xlsxwriter

        self._data = BytesIO()
        texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        options = {**texts, "constant_memory": True, "use_zip64": True}
        self._workbook = xlsxwriter.Workbook(self._data, options)
        self._workbook.set_properties({"created": _CREATED})
        self._formats: dict[tuple[str, ...], Any] = {}
        self._header, self._footer = header, footer
        self._sheets: list[Sheet] = []
        self.shortened = 0

    def sheet(self, name: str, columns: Sequence[Column], frozen: int = 0, printed: int | None = None) -> Sheet:
        """A new sheet for one table; ``frozen`` columns stay in sight, the first ``printed`` ones are printed."""
        drawn = self._workbook.add_worksheet(name, _worksheet())
        drawn.set_landscape()
        drawn.set_paper(_A4)
        drawn.fit_to_pages(1, 0)
        drawn.set_margins(**_MARGINS)
        drawn.set_header(f"&C&14{self._header}")
        drawn.set_footer(self._footer)
        drawn.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        for index, column in enumerate(columns):
            drawn.set_column(index, index, column.width)
        sheet = Sheet(self, drawn, columns, frozen, len(columns) if printed is None else printed)
        self._sheets.append(sheet)
        return sheet

    def format(self, *looks: str, number: str = "") -> Any:
        """The format with these looks, and for numbers that of a number unless a look has its own."""
        key = (number, *looks)
        if key not in self._formats:
            properties = {"num_format": number} if number else {}
            for look in looks:
                properties |= _LOOKS[look]
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

    def text(self, text: str) -> str:
        """The text as a cell can hold it."""
        held = holdable(text)
        short = _shortened(held)
        self.shortened += short is not held
        return short

    def finish(self) -> bytes:
        """The whole workbook."""
        for sheet in self._sheets:
            sheet.finish()
        self._workbook.close()
        return self._data.getvalue()


class Sheet:
    """A sheet that is being written, from top to bottom: lines of text, one table with its head, and lines again.

    ``rows`` counts the rows of the table, ``left_out`` those for which there is no room, ``unlinked`` the links.
    """

    def __init__(self, book: Book, drawn: Any, columns: Sequence[Column], frozen: int, printed: int) -> None:
        self._book, self._drawn, self._columns = book, drawn, columns
        self._frozen, self._printed = frozen, printed
        self._next = 0
        self._head = 0
        self._links = 0
        self._colours: list[tuple[int, str, str, Severity]] = []
        self.rows = self.left_out = self.unlinked = 0

    def line(self, text: str = "", look: str = "plain") -> None:
        """A line of text outside of the table, which runs on over the cells to its right."""
        if text:
            self._put(self._next, 0, text, look)
        self._next += 1

    def head(self) -> None:
        """The labels of the columns: they stay in sight, and stand on every printed page."""
        self._head = self._next
        for index, column in enumerate(self._columns):
            looks = ("text", "head", "filled in") if column.kind == "entry" else ("text", "head")
            self._put(self._next, index, column.label, *looks)
        self._fit(max(_lines(column.label, column.width) for column in self._columns))
        self._drawn.freeze_panes(self._next + 1, self._frozen)
        self._drawn.repeat_rows(self._next)
        self._next += 1

    def add(self, values: Sequence[Value | Cell]) -> str:
        """A row of the table. Gives the place of it, or nothing where there was no room."""
        if self._next >= MOST_ROWS - 1:
            self.left_out += 1
            return ""
        lines = 1
        for index, (column, value) in enumerate(zip(self._columns, values, strict=True)):
            cell = value if isinstance(value, Cell) else Cell(value)
            self._cell(index, column.kind, cell)
            if column.kind == "text" and isinstance(cell.value, str):
                lines = max(lines, _lines(cell.value, column.width))
        self._fit(lines)
        self.rows += 1
        self._next += 1
        return self.place(self._next)

    def place(self, row: int) -> str:
        """The beginning of a row (from 1), for a link to it."""
        name = str(self._drawn.get_name()).replace("'", "''")
        return f"internal:'{name}'!A{row}"

    def colour(self, column: int, criterion: str, value: str, style: Severity) -> None:
        """Colours the cells of a column of the table that meet a criterion, wherever they may be moved."""
        self._colours.append((column, criterion, value, style))

    def finish(self) -> None:
        """The filter of the table, its colours and what is printed: once all its rows are there."""
        last = self._head + max(self.rows, 1)
        self._drawn.autofilter(self._head, 0, last, len(self._columns) - 1)
        self._drawn.print_area(0, 0, max(self._next - 1, last), self._printed - 1)
        for column, criterion, value, style in self._colours:
            rule = {"type": "cell", "criteria": criterion, "value": value, "format": self._book.format(style)}
            self._drawn.conditional_format(self._head + 1, column, last, column, rule)

    def _cell(self, index: int, kind: Kind, cell: Cell) -> None:
        looks: list[str] = [kind]
        if cell.style:
            looks.append(cell.style)
        if cell.link and self._links < MOST_LINKS:
            self._links += 1
            looks.append("link")
            # The text of the link is written over by the value.
            self._drawn.write_url(self._next, index, cell.link, None, "-")
        elif cell.link:
            self.unlinked += 1
        self._put(self._next, index, cell.value, *looks)

    def _fit(self, lines: int) -> None:
        """Makes the row high enough."""
        if lines > 1:
            self._drawn.set_row(self._next, min(lines * _LINE + _PADDING, _HIGHEST))

    def _put(self, row: int, index: int, value: Value, *looks: str) -> None:
        look = self._book.format
        if value is None or value == "":
            self._drawn.write_blank(row, index, None, look(*looks))
        elif isinstance(value, int):
            self._drawn.write_number(row, index, value, look(*looks, number=_WHOLE))
        elif isinstance(value, Decimal) and is_exact(value):
            self._drawn.write_number(row, index, float(value), look(*looks, number=_as_written(value)))
        else:
            text = self._book.text(f"{value:f}" if isinstance(value, Decimal) else value)
            quoted = ("quoted",) if text.startswith(_FORMULA_STARTS) else ()
            self._drawn.write_string(row, index, text, look(*looks, *quoted))


@lru_cache(4096)
def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column."""
    if len(text) * 2 <= width * _FILLED and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(display_width(line) / (width * _FILLED))) for line in text.split("\n"))


@cache
def _worksheet() -> Any:
    """A kind of sheet whose rows have the height that fits, instead of one that a reader set: a spreadsheet fits them
    anew when something is written into them, or when they are sorted."""
    from xlsxwriter.worksheet import Worksheet

    class Fitting(Worksheet):
        def _xml_start_tag_unencoded(self, tag: str, attributes: Sequence[tuple[str, object]] = ()) -> None:
            super()._xml_start_tag_unencoded(tag, [each for each in attributes if each[0] != "customHeight"])

    return Fitting


def _as_written(value: Decimal) -> str:
    """The number format with as many decimals as the number has."""
    exponent = value.as_tuple().exponent
    decimals = min(-exponent, _MOST_DECIMALS) if isinstance(exponent, int) else 0
    return _WHOLE + "." + "0" * decimals if decimals > 0 else _WHOLE
