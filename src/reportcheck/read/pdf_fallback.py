"""pdfplumber as a second reader, for pages whose text pdfium does not give."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any

from reportcheck.read.pdf_drawn import Glyph

MOST_PAGES = 20
"""Pages beyond which the second reader, which is slow, is not asked."""

_ONE_AT_A_TIME = RLock()


def plumbed_glyphs(data: bytes, numbers: Sequence[int]) -> dict[int, tuple[Glyph, ...]]:
    """The glyphs of the pages with these numbers (from 1) as pdfplumber sees them; none if it cannot either."""
    import pdfplumber

    wanted = list(numbers)[:MOST_PAGES]
    try:
        with silent("pdfminer"), pdfplumber.open(io.BytesIO(data), pages=wanted) as document:
            return {page.page_number: _glyphs(page.chars) for page in document.pages}
    except Exception:  # the second reader may fail in any way; the first has already found nothing
        return {}


def _glyphs(chars: Sequence[dict[str, Any]]) -> tuple[Glyph, ...]:
    return tuple(
        Glyph(
            char["text"], char["x0"], char["x1"], char["bottom"] - 0.14 * char["height"], char["height"], char["bottom"]
        )
        for char in chars
        if len(char["text"]) == 1 and not char["text"].isspace()
    )


@contextmanager
def silent(name: str) -> Iterator[None]:
    """Keeps a library's complaints about a broken file from the user's terminal. One at a time: of two that overlap the
    later would take the silence of the other for what it has to put back."""
    logger = logging.getLogger(name)
    with _ONE_AT_A_TIME:
        level = logger.level
        logger.setLevel(logging.CRITICAL)
        try:
            yield
        finally:
            logger.setLevel(level)
