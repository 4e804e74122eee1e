"""XLS workbooks, and ET of WPS which is the same inside: every cell as its reader sees it, by xlrd."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportcheck.defects import one_place
from reportcheck.errors import ReadError
from reportcheck.model import Document
from reportcheck.read.workbook import document
from reportcheck.read.workbook_formats import NumberFormat, builtin_format
from reportcheck.read.workbook_sheet import SheetBuilder, Style, Value, Workbook

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell
    from xlrd.sheet import Sheet as XlrdSheet

    from reportcheck.read.workbook_sheet import Sheet

_CHINESE = "gb18030"
_SET_IN = frozenset({0, 1, 7})
"""Alignments that indent from the left: general, left, distributed."""


def read(path: Path, data: bytes) -> Document:
    """The workbook as `workbook.document` makes it; raises also ``encrypted`` and ``damaged``."""
    try:
        book = _opened(data)
        workbook = _workbook(book)
    except ReadError:
        raise
    except Exception as error:  # the library raises whatever its parts raise
        raise ReadError("damaged", detail=f"{type(error).__name__}: {error}") from error
    return document(path, "xls", workbook)


def _opened(data: bytes) -> Book:
    """The workbook by xlrd; at a second try with a Chinese encoding, where an old one names none or a wrong one."""
    import xlrd

    silent = io.StringIO()
    try:
        try:
            return xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=silent)
        except (UnicodeDecodeError, LookupError):
            return xlrd.open_workbook(
                file_contents=data,
                formatting_info=True,
                ragged_rows=True,
                logfile=silent,
                encoding_override=_CHINESE,
            )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise ReadError("encrypted") from None
        raise


def _workbook(book: Book) -> Workbook:
    styles = _styles(book)
    sheets = book.sheets()
    shown = []
    for sheet in sheets:
        if not sheet.visibility:
            with one_place("sheet-unread", sheet.name):
                shown.append(_sheet(sheet, styles))
    return Workbook(tuple(shown), tuple(sheet.name for sheet in sheets if sheet.visibility))


def _styles(book: Book) -> Mapping[int, Style]:
    from xlrd.formatting import std_format_strings

    @cache
    def number_format(key: int) -> NumberFormat:
        known = book.format_map.get(key)
        own = known.format_str if known else None
        code = builtin_format(key) if own is None or own == std_format_strings.get(key) else own
        return NumberFormat(code, epoch_1904=book.datemode == 1)

    styles = {}
    for index, xf in enumerate(book.xf_list):
        level = xf.alignment.indent_level if xf.alignment.hor_align in _SET_IN else 0
        sides = (getattr(xf.border, f"{side}_line_style") for side in ("left", "right", "top", "bottom"))
        styles[index] = Style(number_format(xf.format_key), level, any(sides))
    return styles


def _sheet(source: XlrdSheet, styles: Mapping[int, Style]) -> Sheet:
    builder = SheetBuilder(source.name)
    builder.hidden_rows |= {row + 1 for row, info in source.rowinfo_map.items() if info.hidden or info.height == 0}
    builder.hidden_columns |= {
        column + 1 for column, info in source.colinfo_map.items() if info.hidden or info.width == 0
    }
    builder.merged += [(top + 1, left + 1, bottom, right) for top, bottom, left, right in source.merged_cells]
    for row in range(source.nrows):
        for column, cell in enumerate(source.row(row), start=1):
            builder.put((row + 1, column), _value(cell), styles[cell.xf_index])
    return builder.sheet()


def _value(cell: Cell) -> Value:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        value = Decimal(repr(cell.value))
        return value if value.is_finite() else str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return str(cell.value)
