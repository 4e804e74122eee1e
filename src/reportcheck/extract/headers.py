"""Which rows of a table are headers, and which header cells stand above each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from msgspec import Struct, field

from reportcheck.catalog import pattern_in
from reportcheck.extract.cells import Cell, Matrix, as_value
from reportcheck.schemas.tables import Tables

Terms = tuple[tuple[int, str], ...]
_LONGEST = 40
"""Characters of a header; longer words are told, not headed by."""
_TERM = re.compile(r"([+\-]?)[（(]?(\d{1,2}|[A-Za-z])[）)]?")


class Header(Struct, frozen=True):
    """The header in rows ``top`` to ``bottom`` (one more than the last).

    ``paths`` has the header cells above each column, outermost first; ``marks`` for a column its number or
    letter, with the signed marks it is said to be the sum of.
    """

    top: int
    bottom: int
    paths: tuple[tuple[Cell, ...], ...]
    marks: dict[int, tuple[str, Terms]] = field(default_factory=dict)


pattern = partial(pattern_in, Tables)
"""A compiled pattern of ``tables.toml``."""


def find_headers(cells: Matrix) -> list[Header]:
    """The headers from top to bottom; a table without one has an empty header above its first row."""
    found: list[Header] = []
    for start in range(len(cells)):
        row = start
        if (not found or row >= found[-1].bottom) and _is_anchor(cells, row):
            if found and any(as_value(cell, True).valued for cell in cells[row]):
                continue
            top = _top(cells, row, found[-1].bottom if found else 0)
            while row + 1 < len(cells) and _is_anchor(cells, row + 1) and not _is_marks(cells[row + 1]):
                if any(_is_meant(cells, row + 1, cell) for cell in cells[row + 1]):
                    break
                row += 1
            found.append(_header(cells, top, row))
    if not found or any(cell.valued for row in cells[: found[0].top] for cell in row):
        found.insert(0, _headless(cells, 0))
    ends = [header.top for header in found[1:]] + [len(cells)]
    sides = [_sides(cells, header, end) for header, end in zip(found, ends, strict=True)]
    return sorted([*found, *(side for side in sides if side)], key=lambda header: header.top)


def _headless(cells: Matrix, row: int) -> Header:
    return Header(row, row, tuple(() for _ in (cells[0] if cells else ())))


def _sides(cells: Matrix, header: Header, end: int) -> Header | None:
    """Where rows turn to names and figures side by side, to the end, the names where figures stood: the header is
    not that of these rows."""
    for row in range(header.bottom + 1, end - 1):
        places = _pairs(cells[row])
        if not places or _pairs(cells[row + 1]) != places:
            continue
        above = any(earlier[places[1]].kind == "figure" for earlier in cells[header.bottom : row])
        figures = {cell.column for below in cells[row:end] for cell in _distinct(below) if cell.kind == "figure"}
        return _headless(cells, row) if above and figures == {*places[0::2]} else None
    return None


def _pairs(row: Sequence[Cell]) -> list[int]:
    """Of a row of one name and figure beside another: the columns of figure, name, figure."""
    own = [cell for cell in _distinct(row) if cell.kind in ("figure", "label")]
    kinds = [cell.kind for cell in own]
    if kinds[-4:] != ["label", "figure", "label", "figure"] or kinds.count("figure") != 2:
        return []
    return [cell.column for cell in own[-3:]]


def _is_anchor(cells: Matrix, row: int) -> bool:
    """Whether a row holds no figure but words right above figures: the lowest level of a header."""
    own = _distinct(cells[row])
    words = [cell for cell in own if cell.kind == "label"]
    if any(cell.valued for cell in own) or len(words) < 2:
        return False
    if sum(pattern("header", "indicator").search(cell.text) is not None for cell in words) > 1:
        return True
    above = [cell for cell in words if _figure_below(cells, row, cell)]
    if not above:
        return False
    # Further down a row of words may stand above one figure by chance.
    few = len(words) < 4
    return len(above) > 1 or few or not any(cell.kind == "figure" for earlier in cells[:row] for cell in earlier)


def _figure_below(cells: Matrix, row: int, cell: Cell) -> bool:
    for index, below in enumerate(cells[row + 1 : row + 6], row + 1):
        other = below[cell.column]
        if other.id == cell.id and other.block is not None:
            continue
        if _is_marks(below) or other.kind in ("blank", "nil"):
            continue
        return _is_meant(cells, index, other)
    return False


def _is_meant(cells: Matrix, row: int, cell: Cell) -> bool:
    """Whether a cell below a header holds a figure or, in a row with a name, what may stand for one: ≥80.15, 待定."""
    name = cells[row][0]
    named = name.kind == "label" and name.id != cells[row - 1][0].id
    return cell.valued or (named and as_value(cell, True).valued)


def _is_marks(row: Sequence[Cell]) -> bool:
    """A row of numbers or letters under the header."""
    own = [cell for cell in _distinct(row) if cell.kind in ("figure", "label")]
    own = [cell for cell in own if not pattern("header", "mark_label").search(cell.text)]
    if len(own) < 2 or not all(pattern("header", "mark").search(cell.text) for cell in own):
        return False
    plain = [cell.text for cell in own if cell.text.isdigit()]
    numbers = [int(text) for text in plain]
    return numbers == sorted(set(numbers)) and (not numbers or (numbers[0] <= 2 and numbers[-1] <= numbers[0] + 40))


def _top(cells: Matrix, anchor: int, floor: int) -> int:
    """The first row of the header: up to a row with figures, a form's row, or a title."""
    top = anchor
    while top > floor:
        own = _distinct(cells[top - 1])
        words = [cell for cell in own if cell.kind == "label"]
        if any(cell.valued for cell in own) or not words:
            break
        joined = {cell.id for cell in own} & {cell.id for cell in _distinct(cells[top]) if cell.block}
        if (len(words) < 2 and not joined) or any(len(cell.text) > _LONGEST for cell in words):
            break
        labels = [cell for cell in words[::2] if pattern("header", "form_label").search(cell.text)]
        form = words[0] in labels and (len(labels) > 1 or len(words) < 3) and not joined
        if form or any(pattern("header", "furniture").search(cell.text) for cell in words):
            break
        told = any(len(cell.text) > _LONGEST // 2 for cell in words)
        if floor and not joined and (told or not _spans_several(cells, top, words)):
            break
        top -= 1
    return top


def _spans_several(cells: Matrix, below: int, words: Sequence[Cell]) -> bool:
    return any(
        len({other.id for other in cells[below] if cells[below - 1][other.column].id == cell.id}) > 1 for cell in words
    )


def _header(cells: Matrix, top: int, anchor: int) -> Header:
    bottom = anchor + 1
    while bottom < len(cells) and _goes_on(cells, bottom):
        bottom += 1
    words_end = bottom
    marks: dict[int, tuple[str, Terms]] = {}
    while bottom < len(cells) and _is_marks(cells[bottom]):
        marks |= {cell.column: _mark(cell.text) for cell in cells[bottom] if cell.text}
        bottom += 1
    paths = tuple(_path(cells, top, words_end, column) for column in range(len(cells[0])))
    for column, path in enumerate(paths):
        named = _named(path[-1].text) if path else None
        if named and column not in marks:
            marks[column] = named
    return Header(top, bottom, paths, marks)


def _goes_on(cells: Matrix, row: int) -> bool:
    """Whether a row belongs to the header above it: joined with it by a merged cell, and without figures."""
    own = _distinct(cells[row])
    above = {cell.id for cell in cells[row - 1]}
    fresh = [cell for cell in own if cell.id not in above and cell.kind == "label"]
    joined = [cell for cell in own if cell.id in above and cell.kind == "label"]
    return bool(joined and len(fresh) > 1) and not any(cell.valued for cell in own)


def _path(cells: Matrix, top: int, bottom: int, column: int) -> tuple[Cell, ...]:
    path: dict[str, Cell] = {}
    for row in range(top, bottom):
        cell = cells[row][column]
        if cell.kind == "label":
            path.setdefault(cell.id, cell)
    return tuple(path.values())


def _mark(text: str) -> tuple[str, Terms]:
    equation = pattern("header", "equation").search(text)
    if equation:
        return equation["name"], _terms(equation["terms"])
    return text.strip("（）").partition("=")[0], ()


def _named(text: str) -> tuple[str, Terms] | None:
    """The mark and arithmetic that stand in a header's own words: 合计（A=B+C）."""
    equation = pattern("header", "equation_behind").search(text)
    if equation:
        return equation["name"], _terms(equation["terms"])
    name = pattern("header", "name_behind").search(text)
    return (name["name"], ()) if name else None


def _terms(text: str) -> Terms:
    return tuple((-1 if sign == "-" else 1, name) for sign, name in _TERM.findall(text))


def _distinct(row: Sequence[Cell]) -> list[Cell]:
    """Each block of a row once."""
    return list({cell.id: cell for cell in reversed(row) if cell.block is not None}.values())[::-1]
