"""Cells of a PDF table with their places, and the rows that they make."""

from __future__ import annotations

from msgspec import Struct

from reportcheck.read.pdf_drawn import Box
from reportcheck.read.pdf_lines import Line, fills


class Cell(Struct, frozen=True, eq=False):
    """A box of a table with its text, and the lines that say it; those may stand on two pages."""

    box: Box
    text: str
    page: int
    lines: tuple[Line, ...] = ()

    @property
    def first(self) -> Line | None:
        """The first of its lines."""
        return self.lines[0] if self.lines else None

    @property
    def full(self) -> bool:
        """Whether its last line leaves no room for another character."""
        return bool(self.lines) and fills(self.lines[-1], self.box[0], self.box[2])

    @property
    def left(self) -> float:
        """The blank before its first line, in points."""
        return self.first.x0 - self.box[0] if self.first else 0.0

    @property
    def right(self) -> float:
        """The blank behind its first line, in points."""
        return self.box[2] - self.first.x1 if self.first else 0.0

    @property
    def size(self) -> float:
        """Of the letters of its first line, in points."""
        return self.first.size if self.first else 0.0


Row = tuple[Cell | None, ...]
