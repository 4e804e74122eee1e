"""Whether the text of a PDF can be trusted: scans, broken character maps, private characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from msgspec.structs import replace

from reportcheck.errors import ReadError
from reportcheck.read.pdf_drawn import Glyph, Page

_FEW = 20
"""Glyphs below which a page under a picture has no text of its own."""
_PICTURED = 0.5
_GARBLED = 0.25
"""Share of characters that cannot be right from which the text is not to be trusted."""


def check_health(pages: Sequence[Page]) -> None:
    """Raises `ReadError` ``scan``, ``garbled`` or ``no-text`` if figures cannot be read from the pages."""
    glyphs = [glyph for page in pages for glyph in page.glyphs]
    unread = unread_pages(pages)
    if unread and all(_is_scan(page) or len(page.glyphs) < _FEW for page in pages):
        raise ReadError("scan", pages=len(unread))
    if not glyphs:
        raise ReadError("no-text", kind="pdf")
    share = sum(map(_is_garbage, glyphs)) / len(glyphs)
    if share > _GARBLED:
        raise ReadError("garbled", share=f"{round(100 * share)}%")


def unread_pages(pages: Sequence[Page]) -> list[int]:
    """The numbers of the pages that are pictures of text."""
    return [page.number for page in pages if _is_scan(page)]


def private_count(pages: Sequence[Page]) -> int:
    """How many characters stand at code points that mean something only to their font."""
    return sum(_is_private(glyph.text) for page in pages for glyph in page.glyphs)


def mended_points(pages: Sequence[Page]) -> list[Page]:
    """The pages with the private character that their fonts put for the decimal point read as one.

    Certain only for a character that always follows a digit and mostly stands between two: then those
    that do not ("1" in a list) are points too. Others stay as they are.
    """
    places: dict[str, list[tuple[bool, bool]]] = {}
    for page in pages:
        for index, glyph in enumerate(page.glyphs):
            if _is_private(glyph.text):
                places.setdefault(glyph.text, []).append(_beside_digits(page.glyphs, index))
    points = {
        text
        for text, beside in places.items()
        if all(before for before, _ in beside) and 2 * sum(after for _, after in beside) > len(beside)
    }
    return [replace(page, glyphs=_with_points(page.glyphs, points)) for page in pages] if points else list(pages)


def _with_points(glyphs: Sequence[Glyph], points: set[str]) -> tuple[Glyph, ...]:
    return tuple(glyph._replace(text=".") if glyph.text in points else glyph for glyph in glyphs)


def _beside_digits(glyphs: Sequence[Glyph], index: int) -> tuple[bool, bool]:
    before, after = glyphs[max(0, index - 1) : index], glyphs[index + 1 : index + 2]
    return bool(before) and before[0].text.isdigit(), bool(after) and after[0].text.isdigit()


def _is_private(text: str) -> bool:
    return unicodedata.category(text) == "Co"


def _is_scan(page: Page) -> bool:
    return len(page.glyphs) < _FEW and page.pictured > _PICTURED


def _is_garbage(glyph: Glyph) -> bool:
    return not glyph.mapped or unicodedata.category(glyph.text) in ("Co", "Cc", "Cn") or glyph.text == "\ufffd"
