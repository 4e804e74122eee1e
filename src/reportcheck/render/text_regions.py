"""Where the blocks of a plain text stand in its file, by character.

A block does not tell: its lines may have been joined, and bars stood between the cells of its rows. So the file is
read again, and the words are looked for where the block begins. Where the file has changed since it was checked, or is
no longer there, nothing is said of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from reportcheck.errors import ReadError
from reportcheck.model import Block, Document, Span
from reportcheck.read.encodings import Decoded, decode

LINE_ENDS = ("\r\n", "\r", "\n")
_LINE_END = re.compile("|".join(LINE_ENDS))
_SEPARATOR = re.compile(r"(?<!\\)[|\u2502\u2503]|\t")
_PASSED_OVER = re.compile(r"[\s\x00\x1c-\x1f]*")


class Region(Struct, frozen=True):
    """The characters ``start`` to ``end`` of a file, from 0; lines and columns from 1, ``end_column`` behind the last
    character; ``text`` is what stands there, ``lines`` the whole of the lines."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    lines: str


class TextRegions:
    """The places of one text file; ``encoding`` is the name of its encoding in Python."""

    def __init__(self, document: Document, decoded: Decoded) -> None:
        self.encoding = decoded.encoding
        self._text = decoded.text
        self._lines = [0, *(match.end() for match in _LINE_END.finditer(self._text))]
        self._places = dict(self._found(document.blocks))

    def of(self, span: Span) -> Region | None:
        """Where the words of a span stand; ``None`` for a span without words, and where they were not found."""
        places = self._places.get(span.block, ())[span.start : span.end]
        if not places:
            return None
        start, end = places[0], places[-1] + 1
        line, end_line = bisect_right(self._lines, start), bisect_right(self._lines, end - 1)
        columns = start - self._lines[line - 1] + 1, end - self._lines[end_line - 1] + 1
        last = _LINE_END.search(self._text, end)
        lines = self._text[self._lines[line - 1] : last.start() if last else None]
        return Region(start, end, line, columns[0], end_line, columns[1], self._text[start:end], lines)

    def _found(self, blocks: Sequence[Block]) -> Iterator[tuple[str, Sequence[int]]]:
        """For each block the place of each of its characters. Blocks follow one another in the file."""
        behind = 0
        for block in blocks:
            if not block.text or block.origin.line is None or block.origin.line > len(self._lines):
                continue
            start = max(behind, self._lines[block.origin.line - 1])
            places = self._cell(block, start) if block.role == "cell" else self._aligned(block.text, start)
            if places:
                yield block.id, places
                behind = places[-1] + 1

    def _cell(self, block: Block, start: int) -> Sequence[int]:
        """In the first field of the line, from here, that begins so: what lies between holds no text of its own."""
        end = _LINE_END.search(self._text, start)
        bars = _SEPARATOR.finditer(self._text, start, end.start() if end else len(self._text))
        fields = (self._aligned(block.text, field) for field in (start, *(bar.end() for bar in bars)))
        return next((places for places in fields if places), ())

    def _aligned(self, text: str, start: int) -> Sequence[int]:
        """The place of each character of a text that begins here, but for blanks; nothing where another begins.

        A blank put in where lines were joined stands where the next character does; a bar that belongs to its cell has
        a backslash before it.
        """
        places: list[int] = []
        at = self._passed(start)
        for character in text:
            while self._text[at : at + 1] == "\x00":  # the reader drops them
                at += 1
            if self._text[at : at + 1] != character:
                if character != " ":
                    at = self._passed(at)
                if self._text[at : at + 2] == f"\\{character}" and _SEPARATOR.match(character):
                    at += 1
            if self._text[at : at + 1] == character:
                places.append(at)
                at += 1
            elif character == " ":
                places.append(self._passed(at))
            else:
                return ()
        return places

    def _passed(self, at: int) -> int:
        match = _PASSED_OVER.match(self._text, at)
        return match.end() if match else at


def text_regions(document: Document) -> TextRegions | None:
    """The places of a document that is a plain text, if its file is as it was read."""
    if document.kind != "txt":
        return None
    try:
        data = Path(document.path).read_bytes()
        return TextRegions(document, decode(data)) if sha256(data).hexdigest() == document.sha256 else None
    except (OSError, ValueError, ReadError):
        return None
