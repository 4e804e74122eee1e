"""Spreadsheets as such: what cells hold, what is left out beyond the limits, that the bytes are the same."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from reportcheck.render import spreadsheet
from reportcheck.render.spreadsheet import Book, Cell, Column, Sheet, Value, is_exact

COLUMNS = [Column("文", 10), Column("数", 8, "number")]


def book_of(*rows: tuple[Value | Cell, Value | Cell]) -> tuple[Book, Sheet]:
    book = Book()
    sheet = book.sheet("表", COLUMNS)
    sheet.head()
    for row in rows:
        sheet.add(row)
    return book, sheet


def read(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))["表"]


def xml(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def written(*texts: str) -> list[Any]:
    """The cells that texts become."""
    book, _ = book_of(*((text, None) for text in texts))
    sheet = read(book.finish())
    return [sheet.cell(row, 1) for row in range(2, len(texts) + 2)]


# --- texts ----------------------------------------------------------------------------------------


def test_texts_stay_texts() -> None:
    texts = ["=1+1", "+86", "-3", "@x", "\t=1", "86.57%", "2024", "http://a.b/c", "internal:'表'!A1", "{=1}", "TRUE"]
    book, _ = book_of(*((text, None) for text in texts))
    data = book.finish()
    cells = [read(data).cell(row, 1) for row in range(2, len(texts) + 2)]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(text, "s", None) for text in texts]
    assert [bool(cell.quotePrefix) for cell in cells] == [True] * 5 + [False] * 6
    assert "<f>" not in xml(data)


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    cells = written("a\x00b\x0bc\ud800d\ufffee\uffff", "一\r\n二\r三\n四", "\r=1", "_x000D_", "<&\">'")
    assert [cell.value for cell in cells[:3]] == ["a\ufffdb\ufffdc\ufffdd\ufffde\ufffd", "一\n二\n三\n四", "\n=1"]
    # Spreadsheets would take this for a character: its own first one is written so, which openpyxl does not undo.
    assert cells[3].value == "_x005F_x000D_"
    assert cells[4].value == "<&\">'"


@pytest.mark.parametrize("character", ["a", "中", "\U00020000"])
def test_a_text_that_is_too_long_is_cut_and_counted(character: str) -> None:
    units = len(character.encode("utf-16-le")) // 2
    fits = character * (32_767 // units)
    book, _ = book_of((fits, None), (fits + character, None))
    data = book.finish()
    whole, cut = (read(data).cell(row, 1).value for row in (2, 3))
    assert whole == fits
    assert cut == character * (32_766 // units) + "…"
    assert book.shortened == 1


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "read_back", "number_format"),
    [
        (Decimal("52.05"), 52.05, "#,##0.00"),
        (Decimal("52.50"), 52.5, "#,##0.00"),
        (Decimal("-0.180"), -0.18, "#,##0.000"),
        (Decimal("60"), 60, "#,##0"),
        (Decimal("1.2E+3"), 1200, "#,##0"),
        (Decimal("123456789012.345"), 123456789012.345, "#,##0.000"),
        (Decimal("1000000000000000000.00"), 10**18, "#,##0.00"),
        (7, 7, "#,##0"),
        (Decimal("1234567890123.456"), "1234567890123.456", "General"),
        (Decimal("1E+400"), "1" + "0" * 400, "General"),
        (None, None, "General"),
    ],
)
def test_numbers_keep_their_decimals_or_stay_as_written(value: Value, read_back: object, number_format: str) -> None:
    book, _ = book_of(("", value))
    cell = read(book.finish()).cell(2, 2)
    assert (cell.value, cell.number_format) == (read_back, number_format)


def test_a_number_is_exact_up_to_fifteen_digits() -> None:
    assert [is_exact(Decimal("9" * count)) for count in (15, 16)] == [True, False]


# --- limits ---------------------------------------------------------------------------------------


def test_rows_without_room_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 5)
    book, sheet = book_of()
    places = [sheet.add((str(number), number)) for number in range(6)]
    assert places == ["internal:'表'!A2", "internal:'表'!A3", "internal:'表'!A4", "", "", ""]
    assert (sheet.rows, sheet.left_out) == (3, 3)
    sheet.line("还有 3 行")
    assert [row[0] for row in read(book.finish()).iter_rows(values_only=True)] == ["文", "0", "1", "2", "还有 3 行"]


def test_links_beyond_the_most_are_left_out_and_their_numbers_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_LINKS", 2)
    book, sheet = book_of(*(("", Cell(number, link="internal:'表'!A1")) for number in range(3)))
    drawn = read(book.finish())
    cells = [drawn.cell(row, 2) for row in (2, 3, 4)]
    assert [(cell.value, bool(cell.hyperlink)) for cell in cells] == [(0, True), (1, True), (2, False)]
    assert sheet.unlinked == 1


# --- the sheet ------------------------------------------------------------------------------------


def test_the_head_stays_in_sight_and_the_filter_covers_the_rows() -> None:
    book = Book()
    sheet = book.sheet("表", COLUMNS, frozen=1)
    sheet.line("标题")
    sheet.head()
    for number in range(3):
        sheet.add((str(number), number))
    sheet.line("表后的话")
    drawn = read(book.finish())
    assert (drawn.freeze_panes, drawn.auto_filter.ref, drawn.print_title_rows) == ("B3", "A2:B5", "$2:$2")
    page = drawn.page_setup
    assert (page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight) == ("landscape", 9, None, 0)
    assert drawn.print_area == "'表'!$A$1:$B$6"


def test_rows_are_high_enough_and_may_grow() -> None:
    book, _ = book_of(("十个字的说明文字啊啊" * 3, None), ("短", None), ("一\n二\n三", None))
    rows = re.findall(r"<row ([^>]*)>", xml(book.finish()))
    assert rows == ['r="1"', 'r="2" ht="108"', 'r="3"', 'r="4" ht="48"']


def test_the_same_rows_give_the_same_bytes() -> None:
    one, two = (book_of(("甲", Decimal("1.50")))[0].finish() for _ in range(2))
    assert one == two
    archive = zipfile.ZipFile(io.BytesIO(one))
    assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert re.findall(r">(\d{4}-[^<]*)<", xml(one, "docProps/core.xml")) == ["2000-01-01T00:00:00Z"] * 2
