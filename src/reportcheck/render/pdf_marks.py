"""Highlights and notes of an annotated PDF: what they say and how they look."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from reportcheck.model import Severity
from reportcheck.render.pdf_update import Addition

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject

Colour = tuple[float, float, float]
Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
"""Upper left, upper right, lower left, lower right of what is shown, in the coordinates of the page's content."""

COLOURS: dict[Severity | None, Colour] = {
    "error": (1.0, 0.64, 0.6),
    "warning": (1.0, 0.84, 0.36),
    "note": (0.68, 0.83, 0.98),
    None: (0.82, 0.84, 0.86),
}
"""Light enough for black words on them; ``None`` is for remarks that tell of no finding."""

_PRINTED = 4
_BREAKS = "\r\n\t"


class Note(Struct, frozen=True):
    """What an annotation says, who says it, and how grave it is."""

    lines: tuple[str, ...]
    author: str
    severity: Severity | None


def highlight(page: int, quads: Sequence[Corners], note: Note) -> Addition:
    """Colour on words, with a quad for each of their lines; as if by a pen, so that they stay black."""
    shapes = " ".join(_path((a, b, d, c)) for a, b, c, d in quads)
    states = "/ExtGState << /Pen << /Type /ExtGState /BM /Multiply >> >>"
    points = _spaced(value for corners in quads for point in corners for value in point)
    drawing = f"/Pen gs {_spaced(COLOURS[note.severity])} rg {shapes} f"
    return _addition(page, f"/Subtype /Highlight /QuadPoints [{points}]", _around(quads), note, drawing, states)


def slip(page: int, corners: Corners, note: Note) -> Addition:
    """A note that belongs to no words: a slip of paper with lines on it."""
    x0, y0, x1, y1 = around = _around([corners])
    paper = _path([(x0 + 1, y0 + 1), (x1 - 1, y0 + 1), (x1 - 1, y1 - 1), (x0 + 1, y1 - 1)])
    left, right = x0 + 0.25 * (x1 - x0), x1 - 0.25 * (x1 - x0)
    heights = [y0 + share * (y1 - y0) for share in (0.3, 0.5, 0.7)]
    lines = " ".join(f"{_spaced((left, y))} m {_spaced((right, y))} l" for y in heights)
    drawing = f"{_spaced(COLOURS[note.severity])} rg 0.3 G 1 w {paper} b {lines} S"
    return _addition(page, "/Subtype /Text /Name /Note", around, note, drawing, "")


def _addition(page: int, kind: str, around: Sequence[float], note: Note, drawing: str, resources: str) -> Addition:
    from pypdf.generic import DecodedStreamObject, NameObject, TextStringObject

    box, colour = _spaced(around), _spaced(COLOURS[note.severity])
    annotation = _parsed(f"/Type /Annot {kind} /Rect [{box}] /F {_PRINTED} /C [{colour}]")
    annotation[NameObject("/T")] = TextStringObject(_clean(note.author))
    # The standard separates paragraphs of a note by carriage returns.
    annotation[NameObject("/Contents")] = TextStringObject("\r".join(map(_clean, note.lines)))
    look = DecodedStreamObject()
    look.update(_parsed(f"/Type /XObject /Subtype /Form /BBox [{box}] /Resources << {resources} >>"))
    look.set_data(drawing.encode("ascii"))
    return Addition(page, annotation, look)


def _parsed(entries: str) -> DictionaryObject:
    from pypdf.generic import DictionaryObject

    return DictionaryObject.read_from_stream(io.BytesIO(f"<< {entries} >>".encode("ascii")), None)


def _around(quads: Iterable[Corners]) -> tuple[float, float, float, float]:
    points = [point for corners in quads for point in corners]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _path(points: Sequence[Point]) -> str:
    first, *others = map(_spaced, points)
    return " ".join([f"{first} m", *(f"{other} l" for other in others), "h"])


def _spaced(values: Iterable[float]) -> str:
    return " ".join(f"{value:.2f}" for value in values)


def _clean(text: str) -> str:
    """Without what a note cannot hold: control characters and halves of surrogate pairs."""
    return "".join(char for char in text if char in _BREAKS or unicodedata.category(char) not in ("Cc", "Cs"))
