"""One page of a PDF as pdfium sees it: glyphs with their places, straight edges, and how much is pictures.

Places are in points from the upper left corner of the page as it is shown, whatever its rotation; a page whose
text is drawn turned is turned first, so that it runs from left to right.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import pypdfium2.raw

from reportcheck.read.pdf_drawn import Edge, Glyph, Page
from reportcheck.read.pdf_frame import Placing, Point, to_shown
from reportcheck.read.pdf_turned import turn_needed, turning

_Matrix = tuple[float, float, float, float, float, float]
_PlacingOf = Callable[[Any, int], Placing]
raw: Any = pypdfium2.raw  # its names are made at import, unseen by type checkers
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)
_STRAIGHT = 0.6
"""Points by which a line may lean and still be upright or level; shorter ones are dots."""
_DEEPEST = 12
_MOST_EDGES = 20_000
_BLANKS = frozenset((0x20, 0xA0))
_NOT_DRAWN = frozenset((0xA0, 0x3000, 0xFFFE, 0xFFFF))
_SOFT_HYPHEN = 2
"""What pdfium puts for a hyphen at a line's end."""


def read_page(page: Any, number: int) -> Page:
    """Everything of a pypdfium2 page that the reader needs; ``number`` counts from 1."""
    width, height = page.get_size()
    place = to_shown(page)
    glyphs = tuple(_glyphs(page, place))
    turn = turn_needed(glyphs)
    if turn and not _stands_upright(page):
        glyphs, place = _turned(page, turn, place, glyphs)
        width, height = (height, width) if turn != 180 else (width, height)
    else:
        turn = 0
    shapes = _Shapes(place)
    shapes.walk(raw.FPDFPage_CountObjects(page.raw), partial(raw.FPDFPage_GetObject, page.raw), _IDENTITY, 0)
    glyphs = tuple(glyph for glyph in glyphs if -1 < glyph.x1 <= width + 30 and 0 < glyph.baseline <= height)
    pictured = min(1.0, shapes.pictured / (width * height)) if width and height else 0.0
    edges = tuple(shapes.edges) if len(shapes.edges) <= _MOST_EDGES else ()
    return Page(number, width, height, glyphs, edges, pictured, shapes.has_text, turn)


def _stands_upright(page: Any) -> bool:
    """Whether letters under each other are not turned themselves."""
    return page.get_rotation() % 360 == 0 and _angle(page) == 0


def _angle(page: Any) -> float:
    """The angle at which most characters of a page are drawn, in tenths of a radian."""
    textpage = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(textpage.raw)
        drawn = (index for index in range(count) if raw.FPDFText_IsGenerated(textpage.raw, index) != 1)
        angles = Counter(_angle_of(textpage.raw, index) for index in drawn)
    finally:
        textpage.close()
    return max(angles, key=lambda angle: (angles[angle], -angle), default=0.0)


def _angle_of(text: Any, index: int) -> float:
    return round(float(raw.FPDFText_GetCharAngle(text, index)), 1)


def _turned(page: Any, turn: int, shown: Placing, upright: Sequence[Glyph]) -> tuple[tuple[Glyph, ...], Placing]:
    """The ``upright`` glyphs of a page turned for reading; those drawn at another angle keep to its head or foot."""
    width, height = page.get_size()
    to_read, angle = turning(turn, width, height), _angle(page)
    lower = (width if turn != 180 else height) - height

    def place(x: float, y: float) -> Point:
        return to_read(*shown(x, y))

    def aside(x: float, y: float) -> Point:
        across, down = shown(x, y)
        return across, down + (lower if 2 * down > height else 0)

    apart: list[bool] = []

    def place_of(text: Any, index: int) -> Placing:
        apart.append(_angle_of(text, index) != angle)
        return aside if apart[-1] else place

    turned = list(_glyphs(page, place, place_of))
    return tuple(
        glyph._replace(aside=glyph.baseline - before.baseline) if is_apart else glyph
        for glyph, before, is_apart in zip(turned, upright, apart, strict=True)
    ), place


def _glyphs(page: Any, place: Placing, place_of: _PlacingOf | None = None) -> Iterator[Glyph]:
    textpage = page.get_textpage()
    try:
        yield from _glyphs_of(textpage.raw, place, place_of)
    finally:
        textpage.close()


def _glyphs_of(text: Any, place: Placing, place_of: _PlacingOf | None) -> Iterator[Glyph]:
    """The characters that are drawn: none of the blanks and line ends that pdfium makes up.

    ``place_of`` may give each character a placing of its own.

    The baseline comes from the character's origin: the boxes of mixed fonts have different tops.
    """
    rect = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    at_rect, at_x, at_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    code_at, is_generated, is_unmapped = (
        raw.FPDFText_GetUnicode,
        raw.FPDFText_IsGenerated,
        raw.FPDFText_HasUnicodeMapError,
    )
    box_at, origin_at = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    index, count, spaced = 0, raw.FPDFText_CountChars(text), False
    while index < count:
        here, code = index, code_at(text, index)
        index += 1
        if 0xD800 <= code < 0xDC00 and index < count:
            low = code_at(text, index)
            if 0xDC00 <= low < 0xE000:
                code, index = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00), index + 1
        if code in (_SOFT_HYPHEN, ord("-")):
            code = ord("-") if is_generated(text, here) != 1 else 0
        if code in _BLANKS:
            spaced = spaced or is_generated(text, here) != 1
        if code <= 32 or code in _NOT_DRAWN or 0xD800 <= code < 0xE000:
            continue
        box_at(text, here, at_rect)
        origin_at(text, here, at_x, at_y)
        if place_of is not None:
            place = place_of(text, here)
        (xa, ya), (xb, yb) = place(rect.left, rect.bottom), place(rect.right, rect.top)
        left, right = (xa, xb) if xa <= xb else (xb, xa)
        top, bottom = (ya, yb) if ya <= yb else (yb, ya)
        baseline = place(x.value, y.value)[1]
        mapped = is_unmapped(text, here) != 1
        yield Glyph(chr(code), left, right, baseline, bottom - top, bottom, mapped, spaced)
        spaced = False


class _Shapes:
    """Collects the edges and pictures of a page, going down into forms with their matrices."""

    def __init__(self, place: Placing) -> None:
        self.edges: list[Edge] = []
        self.pictured = 0.0
        self.has_text = False
        self._place = place

    def walk(self, count: int, item: Callable[[int], Any], outer: _Matrix, depth: int) -> None:
        """Takes in ``count`` objects drawn under the matrix ``outer``."""
        for index in range(count):
            thing = item(index)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.has_text = True
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                self._form(thing, outer, depth)
            elif kind == raw.FPDF_PAGEOBJ_PATH and len(self.edges) <= _MOST_EDGES:
                self._path(thing, _times(_matrix(thing), outer))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                a, b, c, d, _, _ = _times(_matrix(thing), outer)
                self.pictured = max(self.pictured, abs(a * d - b * c))

    def _form(self, form: Any, outer: _Matrix, depth: int) -> None:
        self.walk(
            raw.FPDFFormObj_CountObjects(form),
            partial(raw.FPDFFormObj_GetObject, form),
            _times(_matrix(form), outer),
            depth + 1,
        )

    def _path(self, path: Any, matrix: _Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
        if not fill.value and not stroke.value:
            return
        start = here = (0.0, 0.0)
        for index in range(raw.FPDFPath_CountSegments(path)):
            segment = raw.FPDFPath_GetPathSegment(path, index)
            point, kind = self._end(segment, matrix), raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == raw.FPDF_SEGMENT_LINETO:
                self._edge(here, point)
            here = point
            if raw.FPDFPathSegment_GetClose(segment):
                self._edge(here, start)
                here = start

    def _end(self, segment: Any, matrix: _Matrix) -> Point:
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        a, b, c, d, e, f = matrix
        return self._place(a * x.value + c * y.value + e, b * x.value + d * y.value + f)

    def _edge(self, start: Point, end: Point) -> None:
        (x0, x1), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
        if x1 - x0 < _STRAIGHT <= bottom - top:
            self.edges.append(Edge(x0, top, x0, bottom))
        elif bottom - top < _STRAIGHT <= x1 - x0:
            self.edges.append(Edge(x0, top, x1, top))


def _matrix(thing: Any) -> _Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + o
