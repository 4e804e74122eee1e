"""A copy of a PDF with remarks as highlights and notes, which any viewer shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.catalog import Language, message
from reportcheck.model import Block, Span
from reportcheck.read.pdf_drawn import Box
from reportcheck.read.pdf_frame import Placing, to_own
from reportcheck.read.pdf_places import Place, read_with_places
from reportcheck.render.pdf_marks import Corners, Note, highlight, slip
from reportcheck.render.pdf_update import Addition, with_annotations
from reportcheck.render.remarks import Annotated, Remark

_LEAST = 0.5
"""Points of a mark that must lie on its page."""
_SLIP, _STEP, _MARGIN = 18.0, 22.0, 12.0

_Boxes = dict[int, list[Box]]
"""A box for each line of a passage, by page."""


def annotate(data: bytes, remarks: Sequence[Remark], author: str, language: Language = "zh") -> Annotated:
    """A copy of the PDF with a highlight on the words of each remark, and in its note the lines.

    Words over two pages have a highlight on each. Remarks without a span, and those whose words lie on no page
    (``displaced``), stand as notes at the upper left of the first page. The copy begins with the bytes of the
    original, unless that is encrypted or damaged: then it is written anew and bears no encryption.
    Raises `ReadError` as reading does.
    """
    if not remarks:
        return Annotated(data)
    document, places = read_with_places(Path(), data)
    blocks = {block.id: block for block in document.blocks}
    found = [_boxes(remark.span, blocks, places) if remark.span else {} for remark in remarks]
    sheets = _sheets(data, {1}.union(*found))
    additions: list[Addition] = []
    slips: list[Note] = []
    displaced: list[Remark] = []
    for remark, boxes in zip(remarks, found, strict=True):
        note = Note(remark.lines, author, remark.severity)
        marks = [highlight(page, quads, note) for page, each in boxes.items() if (quads := sheets[page].quads(each))]
        additions.extend(marks)
        if remark.span and not marks:
            displaced.append(remark)
            note = replace(note, lines=_with_words(remark.lines, remark.span, blocks, language))
        if not marks:
            slips.append(note)
    additions.extend(slip(1, sheets[1].place_of_slip(number), note) for number, note in enumerate(slips))
    return Annotated(with_annotations(data, additions), tuple(displaced))


def _boxes(span: Span, blocks: Mapping[str, Block], places: Mapping[str, Sequence[Place | None]]) -> _Boxes:
    """Around the words of a span; for one without words the character before it, or the empty cell."""
    block, own = blocks.get(span.block), places.get(span.block, ())
    if block is None:
        return {}
    marked = [place for place in own[span.start : span.end] if place]
    if not marked:
        before, behind = ([place for place in part if place] for part in (own[: span.start], own[span.start :]))
        marked = before[-1:] or behind[:1]
    if not marked and block.origin.page is not None and block.origin.box is not None:
        return {block.origin.page: [block.origin.box]}
    boxes: _Boxes = {}
    for (page, _), line in groupby(marked, key=lambda place: (place.page, place.line)):
        boxes.setdefault(page, []).append(_around(place.box for place in line))
    return boxes


def _around(boxes: Iterable[Box]) -> Box:
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _with_words(lines: tuple[str, ...], span: Span, blocks: Mapping[str, Block], language: Language) -> tuple[str, ...]:
    """The lines with the words that they are about, where the report has them."""
    block = blocks.get(span.block)
    words = block.text[span.start : span.end] if block else ""
    return (message(language, "remark.elsewhere", text=words), *lines) if words else lines


class _Sheet(Struct, frozen=True):
    """A page as shown, and the way from there to the coordinates of its content."""

    width: float
    height: float
    own: Placing

    def quads(self, boxes: Iterable[Box]) -> list[Corners]:
        """The boxes where they lie on the page; nothing of those that do not."""
        inside = [
            (max(0.0, x0), max(0.0, top), min(self.width, x1), min(self.height, bottom))
            for x0, top, x1, bottom in boxes
        ]
        return [self._corners(box) for box in inside if box[2] - box[0] > _LEAST and box[3] - box[1] > _LEAST]

    def place_of_slip(self, number: int) -> Corners:
        """Slips lie in rows from the upper left."""
        in_row = max(1, int((self.width - 2 * _MARGIN) // _STEP))
        x, y = _MARGIN + number % in_row * _STEP, _MARGIN + number // in_row * _STEP
        return self._corners((x, y, x + _SLIP, y + _SLIP))

    def _corners(self, box: Box) -> Corners:
        x0, top, x1, bottom = box
        return self.own(x0, top), self.own(x1, top), self.own(x0, bottom), self.own(x1, bottom)


def _sheets(data: bytes, numbers: Iterable[int]) -> dict[int, _Sheet]:
    import pypdfium2

    open_document: Any = pypdfium2.PdfDocument
    document = open_document(data)
    try:
        return {number: _sheet(document[number - 1]) for number in numbers}
    finally:
        document.close()


def _sheet(page: Any) -> _Sheet:
    width, height = page.get_size()
    return _Sheet(width, height, to_own(page))
