"""A text cut at all the places where a mark or a figure begins or ends, so that those that overlap are drawn apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from reportcheck.ledger import Standing
from reportcheck.model import Severity


class Mark(Struct, frozen=True):
    """A passage of a finding: the ``chief`` one is the place to mark, the others are what it is held against.
    ``anchor`` names it within the page."""

    start: int
    end: int
    number: int
    severity: Severity
    title: str
    anchor: str
    chief: bool


class Figure(Struct, frozen=True):
    """A figure of the ledger in the text."""

    start: int
    end: int
    anchor: str
    standing: Standing


class Piece(Struct, frozen=True):
    """A stretch of text that lies within the same marks and figures from its first to its last character.

    ``marks`` come with the one that counts first, ``figures`` as they stand in the ledger; ``opens`` are the marks
    that begin here, ``starts`` the figures.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    figures: tuple[Figure, ...] = ()
    opens: tuple[Mark, ...] = ()
    starts: tuple[Figure, ...] = ()

    @property
    def badge(self) -> str:
        """The numbers of the findings whose chief passage begins here."""
        return " ".join(str(mark.number) for mark in self.opens if mark.chief)

    @property
    def findings(self) -> str:
        """The numbers of the findings that it belongs to, each once."""
        return " ".join(dict.fromkeys(str(mark.number) for mark in self.marks))

    @property
    def title(self) -> str:
        """What the findings are called."""
        return "\n".join(dict.fromkeys(f"{mark.number} {mark.title}" for mark in self.marks))


def pieces(text: str, marks: Sequence[Mark], figures: Sequence[Figure]) -> tuple[Piece, ...]:
    """The text in pieces that give it back when they are joined. A mark of no width, as in an empty cell, gets an
    empty piece."""
    if not marks and not figures:
        return (Piece(text),) if text else ()
    edges = {0, len(text), *_edges(marks, text), *_edges(figures, text)}
    points = {mark.start for mark in marks if mark.start == mark.end}
    bounds = sorted([*edges, *points])
    ordered = sorted(marks, key=lambda mark: (not mark.chief, mark.number, mark.start))
    cut = [_piece(text, start, end, ordered, figures) for start, end in pairwise(bounds)]
    return tuple(piece for piece in cut if piece.text or piece.marks)


def _edges(stretches: Iterable[Mark | Figure], text: str) -> set[int]:
    return {edge for stretch in stretches for edge in (stretch.start, stretch.end) if edge <= len(text)}


def _piece(text: str, start: int, end: int, marks: Sequence[Mark], figures: Sequence[Figure]) -> Piece:
    here = tuple(mark for mark in marks if _covers(mark, start, end))
    own = tuple(figure for figure in figures if _covers(figure, start, end))
    opens = tuple(mark for mark in here if mark.start == start)
    starts = tuple(figure for figure in own if figure.start == start)
    return Piece(text[start:end], here, own, opens, starts)


def _covers(stretch: Mark | Figure, start: int, end: int) -> bool:
    """Whether a stretch holds a piece; one of no width holds the empty piece at its place only, and no other does."""
    if stretch.start == stretch.end or start == end:
        return stretch.start == start and stretch.end == end
    return stretch.start <= start and end <= stretch.end
