"""Where in a Word file the characters of its blocks stand, for copies that mark them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from reportcheck.model import Block
    from reportcheck.read.docx_inline import Inline
    from reportcheck.read.docx_package import WordPackage
    from reportcheck.read.docx_xml import Element

    Character = tuple[Element, int] | None
    """The element that shows it, and its offset in the text of that element; ``None`` for what no element holds:
    numbers that Word makes, ends of lines between the paragraphs of a cell, boxes of forms."""


class Paragraph(Struct, frozen=True):
    """A paragraph read: its text with the number before it, and the content it comes from."""

    text: str
    generated: int
    element: Element
    inline: Inline

    def characters(self) -> Iterator[Character]:
        """The source of each character of the text."""
        yield from (None for _ in range(self.generated))
        whole = [
            None if piece.source is None else (piece.source, piece.start + index)
            for piece in self.inline.pieces
            for index in range(len(piece.text))
        ]
        written = self.inline.text
        start = len(written) - len(written.lstrip())
        yield from whole[start : start + len(self.text) - self.generated]


class Source(Struct, frozen=True):
    """Where a block comes from: its paragraphs, all of them, and those of them that have text.

    ``mark`` is the element of the body that brings the block in (the box of a text box, the reference to a note);
    there is none for a block of the body itself, of headers and of footers.
    """

    part: str
    paragraphs: tuple[Element, ...]
    lines: tuple[Paragraph, ...]
    mark: Element | None = None

    def characters(self) -> list[Character]:
        """The source of each character of the block's text."""
        found: list[Character] = []
        for index, line in enumerate(self.lines):
            found += [None] if index else []
            found += line.characters()
        return found


class Sources(Struct, frozen=True):
    """A document's blocks and where they come from, by their ids, in reading order."""

    package: WordPackage
    blocks: Mapping[str, Block]
    of: Mapping[str, Source]
