"""Plain text: one block a line, wrapped lines joined again, runs of tabbed lines as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from reportcheck.model import Block, BlockRole, Document, Origin, Table
from reportcheck.read.captions import caption_and_unit, looks_like_contents
from reportcheck.read.encodings import decode
from reportcheck.read.indents import leading_blanks
from reportcheck.read.table_parts import as_printed
from reportcheck.read.unwrap import unwrap, wrapping_of

_LINE_END = re.compile(r"\r\n|\r|\n")
_SOFT_END = re.compile(r"[\v\f\x1c-\x1e\x85\u2028\u2029]")
_RULE = re.compile(r"[\s|+:\-\u2500-\u257f]*")
_PIPES = re.compile(r"[|\u2502\u2503]")
_CORNERS = frozenset("|+\u2502\u253c\u251c\u250c\u2514")
_CAPTION_REACH = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line as written, without its end; ``number`` counts from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Grid:
    """Lines that make a table: each field as it stands, with the number of its line."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(path: Path, data: bytes) -> Document:
    """The text as blocks ``p1``, ``p2`` … with the line each begins on, white space at the ends stripped."""
    decoded = decode(data)
    blocks: list[Block] = []
    tables: list[Table] = []
    above: list[str] = []
    paragraphs = 0
    for part in _parts(_lines(decoded.text)):
        if isinstance(part, _Grid):
            tables.append(_table(f"t{len(tables) + 1}", part, above))
            blocks.extend(cell for row in tables[-1].cells for cell in row if cell)
            above = []
        else:
            paragraphs += 1
            role: BlockRole = "contents" if looks_like_contents(part.text) else "paragraph"
            blocks.append(Block(f"p{paragraphs}", part.text, role, Origin(line=part.number)))
            above = [*above, part.text][-_CAPTION_REACH:]
    return Document(str(path), "txt", *as_printed(blocks, tables), notices=decoded.notices)


def _lines(text: str) -> list[Line]:
    """Numbered as an editor does; form feeds and the like part a line without counting."""
    return [
        Line(number, piece)
        for number, line in enumerate(_LINE_END.split(text.replace("\x00", "")), start=1)
        for piece in _SOFT_END.split(line)
    ]


def _parts(lines: Sequence[Line]) -> Iterator[Line | _Grid]:
    """Paragraphs and tables in order."""
    classed = _classed(lines)
    wrapping = wrapping_of([line.text for tabular, line in classed if not tabular])
    for tabular, run in groupby(classed, key=lambda pair: pair[0]):
        members = [line for _, line in run]
        if tabular:
            rows = [line for line in members if not _is_rule(line.text)]
            yield _Grid(tuple((line.number, _fields(line.text)) for line in rows))
        else:
            for index, text in unwrap([line.text for line in members], wrapping):
                yield Line(members[index].number, text)


def _classed(lines: Sequence[Line]) -> list[tuple[bool, Line]]:
    """Each line with whether it belongs to a table: two tabbed lines at least follow each other."""
    tabbed = [len(_fields(line.text)) > 2 or _is_rule(line.text) for line in lines]
    classed: list[tuple[bool, Line]] = []
    for is_tabbed, run in groupby(zip(tabbed, lines, strict=True), key=lambda pair: pair[0]):
        members = [line for _, line in run]
        rows = [line for line in members if not _is_rule(line.text)]
        classed.extend((is_tabbed and len(rows) > 1, line) for line in members)
    return classed


def _fields(text: str) -> tuple[str, ...]:
    """The fields of a tabbed line, or of one drawn with bars; none of a line that has fewer than two.

    They keep their blanks, but for one behind each bar.
    """
    bare = text.strip()
    if len(bare) > 1 and _PIPES.match(bare) and _PIPES.match(bare[-1]):
        fields = tuple(field.removeprefix(" ") for field in _PIPES.split(bare[1:-1]))
    else:
        fields = tuple(text.split("\t"))
    return fields if sum(bool(field.strip()) for field in fields) > 1 else ()


def _is_rule(text: str) -> bool:
    """A line drawn between rows."""
    bare = text.strip()
    return len(bare) > 2 and bool(_RULE.fullmatch(bare)) and not _CORNERS.isdisjoint(bare)


def _table(name: str, grid: _Grid, above: Sequence[str]) -> Table:
    width = max(len(fields) for _, fields in grid.rows)
    cells = tuple(
        tuple(
            _cell(f"{name}.r{row}c{column}", fields[column - 1], line) if column <= len(fields) else None
            for column in range(1, width + 1)
        )
        for row, (line, fields) in enumerate(grid.rows, start=1)
    )
    return Table(name, cells, *caption_and_unit(above))


def _cell(name: str, field: str, line: int) -> Block:
    text = field.strip()
    return Block(name, text, "cell", Origin(line=line), indent=leading_blanks(field) if text else 0)
