"""Where each character of a PDF's text is drawn, for marks on a copy of the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from reportcheck.model import Document
from reportcheck.read.pdf import Reading, reading_of
from reportcheck.read.pdf_drawn import Box
from reportcheck.read.pdf_lines import Line
from reportcheck.read.pdf_turned import as_shown

_ADDED = " \t"
"""The blanks that reading puts between glyphs; none of these is ever a glyph."""


class Place(Struct, frozen=True):
    """Where a character is drawn: the page, from 1, its box in points from the upper left corner of the page as
    shown, and the line among those of its block, from 0."""

    page: int
    box: Box
    line: int


Places = dict[str, tuple[Place | None, ...]]
"""By the id of each block, a place for each character of its text; ``None`` for blanks that are not drawn."""


def read_with_places(path: Path, data: bytes) -> tuple[Document, Places]:
    """The document as `reportcheck.read.pdf.read` gives it, and where its characters are drawn. Raises as that."""
    reading = reading_of(path, data)
    blocks = zip(reading.document.blocks, reading.lines, strict=True)
    return reading.document, {block.id: _placed(block.text, lines, reading) for block, lines in blocks}


def _placed(text: str, lines: Sequence[Line], reading: Reading) -> tuple[Place | None, ...]:
    drawn = _drawn(lines, reading)
    return tuple(None if char in _ADDED else next(drawn) for char in text)


def _drawn(lines: Sequence[Line], reading: Reading) -> Iterator[Place]:
    for number, line in enumerate(lines):
        turned = reading.turned.get(line.page)
        for glyph in line.glyphs:
            box = as_shown(glyph.box, turned, glyph.aside) if turned else glyph.box
            yield Place(line.page, box, number)
