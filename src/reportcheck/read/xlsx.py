"""XLSX and XLSM workbooks: every cell as its reader sees it.

The parts are read directly with lxml: numbers stay as they are written, and only so can a formula without a result
be told from an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportcheck.defects import one_place
from reportcheck.errors import ReadError
from reportcheck.model import Document
from reportcheck.read.workbook import document
from reportcheck.read.workbook_dates import serial_of
from reportcheck.read.workbook_sheet import SheetBuilder, Workbook, unescaped
from reportcheck.read.xlsx_package import Package, child, children, is_on, local, whole
from reportcheck.read.xlsx_styles import styles_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from reportcheck.read.workbook_sheet import Place, Range, Sheet, Value

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_LAST_COLUMN = 16_384
_LAST_ROW = 1_048_576
_LARGEST_POWER = 324
"""Of ten, in numbers that spreadsheets can hold."""
_BOOLEANS = {"1": "TRUE", "0": "FALSE"}


def read(path: Path, data: bytes) -> Document:
    """The workbook as `workbook.document` makes it; raises also as `open_archive` does, and ``damaged``."""
    return document(path, "xlsx", _Reader(Package(data)).workbook())


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        main = next((r.target for r in package.relations("") if r.kind == "officeDocument"), None)
        if main is None:
            raise ReadError("damaged", detail="no workbook")
        self._book = package.tree(main)
        self._relations = package.relations(main)
        settings = child(self._book, "workbookPr")
        epoch_1904 = settings is not None and is_on(settings.get("date1904"))
        self._styles = styles_of(self._part("styles"), epoch_1904)
        self._strings = [unescaped(text) for text in self._shared_strings()]

    def workbook(self) -> Workbook:
        targets = {relation.id: relation.target for relation in self._relations if relation.kind == "worksheet"}
        sheets: list[Sheet] = []
        hidden: list[str] = []
        for entry in children(child(self._book, "sheets"), "sheet"):
            name = unescaped(entry.get("name", ""))
            target = targets.get(_relation_of(entry))
            if target is None:
                continue
            if entry.get("state") in ("hidden", "veryHidden"):
                hidden.append(name)
            else:
                with one_place("sheet-unread", name):
                    sheets.append(self._sheet(name, target))
        return Workbook(tuple(sheets), tuple(hidden))

    def _part(self, kind: str) -> Element | None:
        """The tree of the part that stands in this relation to the workbook."""
        target = next((relation.target for relation in self._relations if relation.kind == kind), None)
        return None if target is None else self._package.tree(target)

    def _shared_strings(self) -> Iterator[str]:
        for relation in self._relations:
            if relation.kind == "sharedStrings":
                yield from map(_text, self._package.elements(relation.target, "si"))

    # --- sheets ---

    def _sheet(self, name: str, member: str) -> Sheet:
        builder = SheetBuilder(name)
        row = 0
        for element in self._package.elements(member, "row", "col", "mergeCell"):
            kind = local(element)
            if kind == "row":
                row = whole(element.get("r"), row + 1)
                self._row(element, row, builder)
            elif kind == "col":
                if _is_hidden(element, "width"):
                    first, last = whole(element.get("min"), 1), whole(element.get("max"), 1)
                    builder.hidden_columns.update(range(max(1, first), min(last, _LAST_COLUMN) + 1))
            elif merged := _range(element.get("ref", "")):
                builder.merged.append(merged)
        return builder.sheet()

    def _row(self, element: Element, row: int, builder: SheetBuilder) -> None:
        if not 1 <= row <= _LAST_ROW:
            return
        if _is_hidden(element, "ht"):
            builder.hidden_rows.add(row)
        column = 0
        for cell in children(element, "c"):
            place = _place(cell.get("r", ""))
            column = place[1] if place else column + 1
            if column <= _LAST_COLUMN:
                self._cell(cell, (row, column), builder)

    def _cell(self, cell: Element, place: Place, builder: SheetBuilder) -> None:
        style = self._styles.get(whole(cell.get("s")), self._styles[0])
        kind = cell.get("t", "n")
        formula, held, inline = False, "", ""
        for part in cell:
            name = local(part)
            if name == "v":
                held = part.text or ""
            elif name == "f":
                formula = True
            elif name == "is":
                inline = _text(part)
        if formula and not held and kind not in ("str", "inlineStr"):
            builder.uncomputed.append(place)
        builder.put(place, self._value(kind, held, inline), style)

    def _value(self, kind: str, held: str, inline: str) -> Value:
        if kind == "s":
            index = whole(held, -1)
            return self._strings[index] if 0 <= index < len(self._strings) else ""
        if kind == "inlineStr":
            return unescaped(inline)
        if kind == "b":
            return _BOOLEANS.get(held, held)
        if kind == "d":
            return _days(held)
        return _number(held) if kind == "n" and held else unescaped(held)


def _text(element: Element) -> str:
    """The text of a string, of one piece or of several in their own fonts, without its reading aids."""
    pieces = [piece for piece in element if local(piece) in ("t", "r")]
    return "".join(
        (piece.text or "") if local(piece) == "t" else "".join(t.text or "" for t in children(piece, "t"))
        for piece in pieces
    )


def _relation_of(entry: Element) -> str:
    """The id of the relation to a sheet's part; its namespace has two forms."""
    return next((str(value) for key, value in entry.items() if str(key).endswith("/relationships}id")), "")


def _is_hidden(element: Element, size: str) -> bool:
    """Whether a row or column is hidden, or as good as: without height or width."""
    return is_on(element.get("hidden")) or element.get(size, "1").strip("0.") == ""


def _place(reference: str) -> Place | None:
    match = _REFERENCE.fullmatch(reference)
    return (int(match[2]), _column(match[1].upper())) if match else None


@cache
def _column(name: str) -> int:
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - 64
    return column


def _range(reference: str) -> Range | None:
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last or first)
    if start is None or end is None:
        return None
    rows, columns = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return rows[0], columns[0], rows[1], columns[1]


def _number(held: str) -> Value:
    try:
        value = Decimal(held)
    except InvalidOperation:
        return held
    return value if value.is_finite() and abs(value.adjusted()) <= _LARGEST_POWER else held


def _days(held: str) -> Value:
    """A date as written by the standard, as a count of days."""
    try:
        moment = datetime.fromisoformat(held)
    except ValueError:
        return held
    seconds = Decimal(moment.hour * 3600 + moment.minute * 60 + moment.second)
    return serial_of(moment.year, moment.month, moment.day) + seconds / 86400
