"""Tables of web pages: which hold data, their grids with spans spread out, the text of their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import html
from msgspec import Struct

from reportcheck.read.html_text import cell_texts, leading_width, raw_text

_WIDEST_SPAN = 200
_PROSE = 300
_FEW_CELLS = 4
_CELLS = ("td", "th")
_SECTIONS = {"thead": 0, "tbody": 1, "tfoot": 2}
_SET_IN = re.compile(
    r"(?i)(?:text-indent|padding-left|margin-left)\s*:\s*([0-9.]+)\s*em|mso-char-indent-count\s*:\s*([0-9.]+)"
)
_MOST = 80


class Cell(Struct, frozen=True):
    """A cell with its place from 1, its text, how far that is set in, and the tables inside it."""

    row: int
    column: int
    text: str
    indent: int
    inner: tuple[html.HtmlElement, ...]


class Grid(Struct, frozen=True):
    """``rows`` hold indices into ``cells``, ``None`` for a hole; all rows have one length."""

    cells: tuple[Cell, ...]
    rows: tuple[tuple[int | None, ...], ...]
    header_rows: int


def is_layout(element: html.HtmlElement) -> bool:
    """Whether a table only places things: tables or long prose in it, a single cell or column."""
    if element.get("role") == "presentation":
        return True
    rows = [cells for _, cells in _rows(element)]
    cells = [cell for row in rows for cell in row]
    if len(cells) < 2 or max(map(len, rows)) < 2:
        return True
    lengths = [_own_length(cell) for cell in cells]
    filled = sum(length > 0 for length in lengths)
    if _holds_more(element, cells, lengths):
        return True
    return max(lengths) > _PROSE and (filled <= _FEW_CELLS or max(lengths) > 0.9 * sum(lengths))


def _holds_more(element: html.HtmlElement, cells: Sequence[html.HtmlElement], lengths: Sequence[int]) -> bool:
    """Whether tables inside are what a table is there for, or stand outside its cells."""
    holding = sum(cell.find(".//table") is not None for cell in cells)
    filled = sum(length > 0 for length in lengths)
    loose = any(
        next(inner.iterancestors("table", *_CELLS)).tag == "table" for inner in element.iterdescendants("table")
    )
    return loose or (holding > 0 and (holding * _FEW_CELLS > filled or _length(element) > 2 * sum(lengths)))


def _length(element: html.HtmlElement) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _own_length(cell: html.HtmlElement) -> int:
    """Characters of a cell outside the tables in it."""
    return _length(cell) - sum(map(_length, _inner(cell)))


def _inner(cell: html.HtmlElement) -> list[html.HtmlElement]:
    """The outermost tables in a cell."""
    return [table for table in cell.iter("table") if next(table.iterancestors("table", *_CELLS)) is cell]


def grid_of(element: html.HtmlElement) -> Grid:
    """The cells where they stand; rows of the head first, those of the foot last, as a browser shows them."""
    places: dict[tuple[int, int], int] = {}
    cells: list[Cell] = []
    rows = sorted(_rows(element), key=lambda row: row[0])
    for row, (_, elements) in enumerate(rows):
        column = 0
        for cell in elements:
            while (row, column) in places:
                column += 1
            wide = _span(cell, "colspan", _WIDEST_SPAN)
            high = _span(cell, "rowspan", len(rows) - row)
            for down in range(high):
                for along in range(wide):
                    places.setdefault((row + down, column + along), len(cells))
            cells.append(_cell(cell, row + 1, column + 1))
            column += wide
    width = max((column for _, column in places), default=-1) + 1
    laid_out = tuple(tuple(places.get((row, column)) for column in range(width)) for row in range(len(rows)))
    return Grid(tuple(cells), laid_out, _header_rows(rows))


def _header_rows(rows: Sequence[tuple[int, Sequence[html.HtmlElement]]]) -> int:
    """The rows of the head, else the leading ones that hold nothing but headings."""
    heads = [section == 0 or all(cell.tag == "th" for cell in cells) for section, cells in rows]
    return heads.index(False) if False in heads else 0


def _cell(element: html.HtmlElement, row: int, column: int) -> Cell:
    inner = tuple(_inner(element))
    raw = raw_text(element, without=inner)
    lines = cell_texts(raw)
    return Cell(row, column, "\n".join(lines), _indent(element, raw) if lines else 0, inner)


def _indent(element: html.HtmlElement, raw: str) -> int:
    """By blanks, and by the style of the cell or of what it holds, in halves of a character."""
    styled = next((found for part in element.iter() if (found := _SET_IN.search(part.get("style") or ""))), None)
    characters = float(styled[1] or styled[2]) if styled else 0.0
    return leading_width(raw) + min(round(2 * characters), _MOST)


def _rows(element: html.HtmlElement) -> Iterator[tuple[int, list[html.HtmlElement]]]:
    """The rows of a table itself that have cells, each with the number of its section."""
    for row in element.iter("tr"):
        if next(row.iterancestors("table"), None) is not element:
            continue
        cells = [cell for cell in row if cell.tag in _CELLS]
        if cells:
            section = next((part.tag for part in row.iterancestors(*_SECTIONS, "table")), "table")
            yield _SECTIONS.get(section, 1), cells


def _span(cell: html.HtmlElement, name: str, most: int) -> int:
    """A span as browsers read it: at least one; a row span of 0 goes to the end."""
    match = re.match(r"\s*(\d+)", cell.get(name) or "")
    if match is None:
        return 1
    value = int(match[1][:6])
    if value == 0 and name == "rowspan":
        return max(1, most)
    return max(1, min(value, most))
