"""Plain text: one block a line, wrapped lines joined again, rows of bars or tabs as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportcheck.defects import named, one_place
from reportcheck.model import Block, BlockRole, Document, Origin, Table
from reportcheck.read.captions import looks_like_contents
from reportcheck.read.contents import with_contents
from reportcheck.read.encodings import decode
from reportcheck.read.table_parts import as_printed
from reportcheck.read.txt_tables import Line, Rows, stretches, table_of
from reportcheck.read.unwrap import unwrap, wrapping_of

_LINE_END = re.compile(r"\r\n|\r|\n")
_SOFT_END = re.compile(r"[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CAPTION_REACH = 6


def read(path: Path, data: bytes) -> Document:
    """The file as `blocks_of` reads its text, with notices on its encoding."""
    decoded = decode(data)
    return Document(str(path), "txt", *blocks_of(decoded.text), notices=decoded.notices)


def blocks_of(text: str) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """The text as blocks ``p1``, ``p2`` … with the line each begins on, white space at the ends stripped, and
    its tables, whose cells stand among the blocks."""
    blocks: list[Block] = []
    tables: list[Table] = []
    above: list[str] = []
    paragraphs = 0
    for part in _parts(_lines(text)):
        if isinstance(part, Rows):
            name = f"t{len(tables) + 1}"
            with one_place("table-unread", named(name, above[-1] if above else "")):
                tables.append(table_of(name, part, above))
                blocks.extend({cell.id: cell for row in tables[-1].cells for cell in row if cell}.values())
            above = []
        else:
            paragraphs += 1
            role: BlockRole = "contents" if looks_like_contents(part.text) else "paragraph"
            blocks.append(Block(f"p{paragraphs}", part.text, role, Origin(line=part.number)))
            above = [*above, part.text][-_CAPTION_REACH:]
    return as_printed(with_contents(blocks), tables)


def _lines(text: str) -> list[Line]:
    """Numbered as an editor does; form feeds and the like part a line without counting."""
    return [
        Line(number, piece)
        for number, line in enumerate(_LINE_END.split(text.replace("\x00", "")), start=1)
        for piece in _SOFT_END.split(line)
    ]


def _parts(lines: Sequence[Line]) -> Iterator[Line | Rows]:
    """Paragraphs and tables in order."""
    found = list(stretches(lines))
    wrapping = wrapping_of([line.text for part in found if not isinstance(part, Rows) for line in part])
    for part in found:
        if isinstance(part, Rows):
            yield part
        else:
            for index, text in unwrap([line.text for line in part], wrapping):
                yield Line(part[index].number, text)
