"""What is drawn on a page of a PDF: glyphs and edges with their places, in points from the upper left corner."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

Box = tuple[float, float, float, float]
"""(x0, top, x1, bottom)."""


class Glyph(NamedTuple):
    """A character as drawn. ``height`` is that of its font's box, ``bottom`` the lower edge of that; ``mapped`` is
    false if the font's map does not say which character it is; ``spaced`` says that the file itself has a blank
    before it. ``aside`` is set where a page was turned for reading and the glyph, drawn at another angle, was not:
    it is by how much the glyph was moved down to keep to the page's head or foot.

    A tuple, since a report has tens of thousands and a frozen dataclass takes three times as long to make.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    height: float
    bottom: float
    mapped: bool = True
    spaced: bool = False
    aside: float | None = None

    @property
    def box(self) -> Box:
        """That of its font, at whatever angle it is drawn."""
        return self.x0, self.bottom - self.height, self.x1, self.bottom

    @property
    def middle(self) -> tuple[float, float]:
        """A point well inside, for telling which cell holds it."""
        return (self.x0 + self.x1) / 2, self.baseline - 0.36 * self.height


class Edge(Struct, frozen=True):
    """A straight level or upright stretch of a ruling line or of a box."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def upright(self) -> bool:
        """Whether it runs from top to bottom."""
        return self.x1 - self.x0 < self.bottom - self.top


class Page(Struct, frozen=True):
    """What is drawn on a page; ``pictured`` is the share covered by its largest picture.

    ``turn`` is by how many degrees its text runs off clockwise on the page as shown.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    edges: tuple[Edge, ...]
    pictured: float
    has_text_objects: bool
    turn: int = 0
