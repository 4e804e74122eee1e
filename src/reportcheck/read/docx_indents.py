"""How far the paragraphs of cells are set in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportcheck.read.docx_xml import child, number, value, w
from reportcheck.read.indents import leading_blanks

if TYPE_CHECKING:
    from reportcheck.read.docx_styles import Styles
    from reportcheck.read.docx_xml import Element

_CENTRED = frozenset({"center", "right", "end", "distribute"})
_TWIPS = 105
"""Half the width of a character of 10.5 points, the size of most tables."""
_HUNDREDTHS = 50
"""Half a character, in hundredths of one."""
_MOST = 80


def indent(paragraph: Element, text: str, styles: Styles) -> int:
    """By its blanks, and by its own format or else its styles', in halves of a character.

    ``text`` is as the file has it, with its blanks. The format says nothing where the text is centred.
    """
    return leading_blanks(text) + (0 if _alignment(paragraph, styles) in _CENTRED else _formatted(paragraph, styles))


def _alignment(paragraph: Element, styles: Styles) -> str | None:
    holders = (paragraph, *(style for _, style in styles.of_paragraph(paragraph)))
    return next((said for holder in holders if (said := value(holder, "pPr", "jc"))), None)


def _formatted(paragraph: Element, styles: Styles) -> int:
    """Of the first line: from the left or start, set in further or hanging out; never less than nothing."""
    holders = [paragraph, *(style for _, style in styles.of_paragraph(paragraph))]
    formats = [found for holder in holders if (found := child(holder, "pPr", "ind")) is not None]
    left = _measure(formats, "left", "start")
    first, hanging = _measure(formats, "firstLine"), _measure(formats, "hanging")
    return min(max(0, round((left or 0) + (first or 0) - (0 if first else hanging or 0))), _MOST)


def _measure(formats: list[Element], *names: str) -> float | None:
    """The first that is given, nearest format first; a number of characters goes before a length."""
    for found in formats:
        for name in names:
            characters = found.get(w(f"{name}Chars"))
            if characters is not None and number(characters, 0):
                return number(characters, 0) / _HUNDREDTHS
            length = found.get(w(name))
            if length is not None:
                return number(length, 0) / _TWIPS
    return None
