"""pdfplumber as a second reader, for a page whose text pdfium does not give."""

from __future__ import annotations

import io

from reportcheck.read.pdf_page import Glyph


def plumbed_glyphs(data: bytes, index: int) -> tuple[Glyph, ...]:
    """The glyphs of one page (counted from 0) as pdfplumber sees them; none if it cannot read it either."""
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data), pages=[index + 1]) as document:
            chars = document.pages[0].chars
    except Exception:  # the second reader may fail in any way; the first has already found nothing
        return ()
    return tuple(
        Glyph(char["text"], char["x0"], char["x1"], char["bottom"] - 0.14 * char["height"], char["height"])
        for char in chars
        if len(char["text"]) == 1 and not char["text"].isspace()
    )
