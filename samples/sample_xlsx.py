"""Writes a sample's tables as a workbook: a sheet for each, real numbers with formats, totals as formulas."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any

import xlsxwriter
from sample_source import Element, Sample
from sample_tables import CODES, Cell, alignment, cells, is_figure, visual, widths
from sample_xlsx_formula import Grid, formula

EPOCH = datetime(2025, 1, 1)
TITLE_ROW, NOTE_ROW, FIRST_ROW = 0, 1, 2
ROOM, LETTER, LINE = 110.0, 1.9, 15.0
SHEET_NAME = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
ERROR = "#REF!"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with the lines that stand above it."""

    name: str
    caption: str
    note: str
    table: Element


def sheets(sample: Sample) -> Iterator[Sheet]:
    """Give the tables of the report, with unique names of at most 31 letters."""
    used: set[str] = set()
    above: dict[str, str] = {}
    for element in sample.printed:
        if element.kind == "table":
            caption = above.get("caption", "")
            yield Sheet(_name(caption, used), caption, above.get("unit", ""), element)
            above = {}
        elif element.kind in ("caption", "unit"):
            above[element.kind] = element.text


def _name(caption: str, used: set[str]) -> str:
    plain = FORBIDDEN.sub("", caption)[:SHEET_NAME]
    name, number = plain, 1
    while name in used:
        number += 1
        name = f"{plain[: SHEET_NAME - 3]}（{number}"
    used.add(name)
    return name


def xlsx_bytes(sample: Sample) -> bytes:
    """Give the report's tables as a workbook; the same sample gives the same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    unit = str(sample.options.get("unit", ""))
    book.set_properties({"author": unit, "created": EPOCH, "title": str(sample.options.get("header", ""))})
    formats = Formats(book)
    for sheet in sheets(sample):
        _write(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return stream.getvalue()


@dataclass(slots=True)
class Formats:
    """Makes each format of a workbook once."""

    book: Any
    made: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def get(self, **wanted: object) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"font_name": "宋体", "font_size": 10, "valign": "vcenter", **wanted})
        return self.made[key]


def _write(sheet: Any, content: Sheet, formats: Formats) -> None:
    table = content.table
    last = len(table.rows[0]) - 1
    title = formats.get(font_name="黑体", font_size=16, align="center")
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, content.caption, title)
    sheet.merge_range(NOTE_ROW, 0, NOTE_ROW, last, content.note, formats.get(align="right"))
    sheet.set_row(TITLE_ROW, 27)
    given = [round(width, 1) for width in widths(table.rows, ROOM, LETTER)]
    for column, width in enumerate(given):
        sheet.set_column(column, column, width)
    for row, lines in enumerate(_lines(table, given)):
        sheet.set_row(FIRST_ROW + row, LINE * lines)
    grid = Grid(table, FIRST_ROW)
    for cell in cells(table.rows):
        _put(sheet, cell, table, formats, grid)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if last > 8:
        sheet.set_landscape()
    if table.header_rows:
        sheet.repeat_rows(TITLE_ROW, FIRST_ROW + table.header_rows - 1)


def _lines(table: Element, given: list[float]) -> list[int]:
    """Give the lines that each row needs; merged cells do not stretch a row by themselves."""
    lines = [1] * len(table.rows)
    for cell in cells(table.rows):
        if cell.top == cell.bottom:
            room = sum(given[cell.left : cell.right + 1]) / LETTER
            needed = sum(max(1, ceil((visual(line) + cell.indent) / room)) for line in cell.text.split("\n"))
            lines[cell.top] = max(lines[cell.top], needed)
    return lines


def _put(sheet: Any, cell: Cell, table: Element, formats: Formats, grid: Grid) -> None:
    shape: dict[str, object] = {"border": 1, "align": alignment(cell, table), "text_wrap": True}
    if cell.indent:
        shape |= {"indent": cell.indent, "align": "left"}
    number = is_figure(cell.text) and not _is_code(cell, table)
    if number:
        shape["num_format"] = number_format(cell.text)
    form = formats.get(**shape)
    top, bottom = cell.top + FIRST_ROW, cell.bottom + FIRST_ROW
    if cell.merged:
        sheet.merge_range(top, cell.left, bottom, cell.right, "", form)
    written = formula(cell, grid) if number else None
    if written:
        sheet.write_formula(top, cell.left, written.text, form, written.value)
    elif number:
        sheet.write_number(top, cell.left, number_value(cell.text), form)
    elif cell.text == ERROR:
        sheet.write_formula(top, cell.left, f"=SUM({ERROR})", form, ERROR)
    elif cell.text:
        sheet.write_string(top, cell.left, cell.text, form)
    else:
        sheet.write_blank(top, cell.left, None, form)


def _is_code(cell: Cell, table: Element) -> bool:
    """Tell whether the number stands in a column of codes, which are texts in every workbook."""
    return any(CODES in row[cell.left] for row in table.rows[: cell.top])


def number_value(text: str) -> float:
    """Give the number that a cell stores: a percentage as its hundredth."""
    value = float(text.rstrip("%").replace(",", ""))
    return value / 100 if text.endswith("%") else value


def number_format(text: str) -> str:
    """Give the format under which the number is shown as it is written."""
    whole, _, part = text.rstrip("%").partition(".")
    shown = "#,##0" if "," in whole else "0"
    return shown + ("." + "0" * len(part) if part else "") + ("%" if text.endswith("%") else "")
