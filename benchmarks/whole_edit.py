"""What an edit of a right report is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from reportcheck.model import Block, Document, Span

# A number with a point, from its first to its last digit.
LONG = re.compile(r"(?<![\d.,])\d[\d,]*\.\d+(?![\d.,])")


class Edit(Struct, frozen=True):
    """``edit`` is written as ``text``, and the blocks ``cut`` are gone; a finding tells it where it touches one of
    ``marks``, in the edited text."""

    document: str
    kind: str
    variant: str
    edit: Span
    text: str
    marks: tuple[Span, ...]
    cut: frozenset[str] = frozenset()


class Clean(Struct, frozen=True):
    """A report that is right, with the body that made it and the year that it is on."""

    document: Document
    unit: str
    year: int

    @property
    def prose(self) -> list[Block]:
        """The blocks outside of tables, but for blank ones."""
        return [block for block in self.document.blocks if block.role != "cell" and block.text.strip()]


def edit_of(clean: Clean, kind: str, variant: str, span: Span, text: str, *more: Span) -> Edit:
    mark = Span(span.block, span.start, span.start + len(text))
    return Edit(clean.document.path, kind, variant, span, text, (mark, *more))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer("[^。；]+[。；]?", text):
        yield match.span()


def whole(block: Block) -> Span:
    return Span(block.id, 0, len(block.text))
