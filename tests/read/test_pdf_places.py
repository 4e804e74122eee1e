"""Where the characters of a PDF's blocks are drawn, against what pdfium draws there."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from pdf_pages import drawn, files
from reportcheck.model import Document
from reportcheck.read.pdf import read
from reportcheck.read.pdf_frame import to_shown
from reportcheck.read.pdf_places import Place, Places, read_with_places

PATH = Path("a.pdf")
SAMPLES = sorted((Path(__file__).parents[2] / "samples" / "reports").glob("*.pdf"))
FILES = files() | {path.name: path.read_bytes() for path in SAMPLES[::9]}


def undrawn(data: bytes, document: Document, places: Places) -> list[tuple[str, int]]:
    """The characters that pdfium does not draw where they are said to be."""
    ink: dict[tuple[int, str], list[tuple[float, float]]] = {}
    for number, (page, chars) in enumerate(zip(pypdfium2.PdfDocument(data), drawn(data), strict=True), start=1):
        shown = to_shown(page)
        for char in chars:
            ink.setdefault((number, char.text), []).append(shown(char.x, char.y))
    return [
        (block.id, index)
        for block in document.blocks
        for index, (char, place) in enumerate(zip(block.text, places[block.id], strict=True))
        if place is not None and not any(holds(place, x, y) for x, y in ink.get((place.page, char), ()))
    ]


def holds(place: Place, x: float, y: float) -> bool:
    x0, top, x1, bottom = place.box
    return x0 <= x <= x1 and top <= y <= bottom


@pytest.mark.parametrize("name", FILES)
def test_every_character_is_drawn_at_its_place(name: str) -> None:
    data = FILES[name]
    document, places = read_with_places(PATH, data)
    assert document == read(PATH, data)
    assert list(places) == [block.id for block in document.blocks]
    for block in document.blocks:
        assert [char.isspace() for char in block.text] == [place is None for place in places[block.id]]
    assert undrawn(data, document, places) == []
