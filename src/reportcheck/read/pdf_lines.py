"""Glyphs to lines of text: by baseline, with only those blanks that a reader would type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from statistics import median

from msgspec import Struct

from reportcheck.read.pdf_drawn import Box, Glyph

_SAME_LINE = 0.45
"""Share of the lower glyph's height by which baselines on one line may differ."""
_WORD_GAP = 0.18
_WIDE_GAP = 1.8
"""Widths of a character from which a gap parts columns, not words."""
_CLOSED = re.compile(r"[A-Za-z0-9]")
FIGURE = re.compile(r"[-+\u2212]?(?=[\d.,]*\d)[\d.,]+%?")
"""A number that stands for itself in a cell."""
_WELL_FORMED = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_NUMBER_END = re.compile(r"[\d.,]*\d[.,]?$")
_NUMBER_START = re.compile(r"[.,]?\d[\d.,]*")
_DIGIT_GAP = 0.5
_PADDING = 6.0
"""Points of blank that the borders of a cell keep from its text, at most."""


class Line(Struct, frozen=True, dict=True):
    """Glyphs on one baseline from left to right. ``page`` counts from 1."""

    page: int
    glyphs: tuple[Glyph, ...]

    @cached_property
    def size(self) -> float:
        """The width of its ideographs, which is the size of their font; else a guess from the height."""
        wide = [glyph.x1 - glyph.x0 for glyph in self.glyphs if _is_wide(glyph.text)]
        return median(wide) if wide else 0.85 * median(glyph.height for glyph in self.glyphs)

    @cached_property
    def box(self) -> Box:
        """Around its glyphs, rounded to tenths of a point."""
        top = min(glyph.baseline - 0.86 * glyph.height for glyph in self.glyphs)
        bottom = max(glyph.baseline + 0.14 * glyph.height for glyph in self.glyphs)
        return round(self.x0, 1), round(top, 1), round(self.x1, 1), round(bottom, 1)

    @property
    def aside(self) -> float | None:
        """How its first glyph keeps to the head or foot of a page turned for reading (`Glyph.aside`)."""
        return self.glyphs[0].aside

    @property
    def x0(self) -> float:
        """The left end."""
        return self.glyphs[0].x0

    @cached_property
    def x1(self) -> float:
        """The right end."""
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        """From the top of the page."""
        return self.glyphs[0].baseline

    @cached_property
    def fields(self) -> tuple[tuple[float, float, str], ...]:
        """Its stretches between wide gaps as (left end, right end, text)."""
        return tuple((part[0].x0, max(g.x1 for g in part), self._closed_up(part)) for part in self._stretches)

    @cached_property
    def _stretches(self) -> list[list[Glyph]]:
        gap = self.size * _WIDE_GAP
        if self._spaced_out:
            gap = 3 * max(gap, self._letter_gap)
        stretches: list[list[Glyph]] = [[self.glyphs[0]]]
        end = self.glyphs[0].x1
        for glyph in self.glyphs[1:]:
            if glyph.x0 - end > gap:
                stretches.append([])
            stretches[-1].append(glyph)
            end = max(end, glyph.x1)
        return stretches

    @cached_property
    def parts(self) -> list[Line]:
        """Its stretches as lines of their own, parted also between figures that stand apart."""
        return [Line(self.page, tuple(part)) for stretch in self._stretches for part in self._figures_apart(stretch)]

    def _figures_apart(self, glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
        found = [[glyphs[0]]]
        for left, right in pairwise(glyphs):
            figures = (left.text.isdigit() or left.text == "%") and (right.text.isdigit() or right.text in "-+\u2212")
            if figures and right.x0 - left.x1 > _DIGIT_GAP * self.size:
                found.append([])
            found[-1].append(right)
        return found

    @cached_property
    def text(self) -> str:
        """The whole line; a wide gap is one blank."""
        return " ".join(text for _, _, text in self.fields)

    @cached_property
    def _letter_gap(self) -> float:
        gaps = [right.x0 - left.x1 for left, right in pairwise(self.glyphs) if _is_wide(left.text + right.text)]
        return median(gaps) if gaps else 0.0

    @property
    def _spaced_out(self) -> bool:
        """Whether the line's letters stand apart, as in a title that is stretched to a width."""
        return self._letter_gap > 0.8 * self.size

    def _closed_up(self, glyphs: Sequence[Glyph]) -> str:
        text = glyphs[0].text
        for left, right in pairwise(glyphs):
            gap = right.x0 - left.x1
            if (right.spaced or gap > _WORD_GAP * self.size) and _parts_words(left.text, right.text):
                text += " "
            text += right.text
        return text


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """The glyphs in lines from top to bottom; one drawn twice for boldness counts once."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.baseline, glyph.x0)):
        if lines and _same_line(lines[-1], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [Line(page, _once(sorted(line, key=lambda glyph: (glyph.x0, glyph.x1)))) for line in lines]


def joined(first: str, second: str) -> str:
    """Two lines as one text: a blank only between words of letters; broken numbers are whole again."""
    if not first or not second:
        return first or second
    blank = " " if first[-1].isascii() and first[-1].isalpha() and second[0].isascii() and second[0].isalpha() else ""
    return first + blank + second


def joined_in_cell(lines: Sequence[Line], left: float, right: float) -> str:
    """The lines of a cell as one text; ``left`` and ``right`` are the cell's sides.

    Figures under each other stay apart unless the upper one was broken: it fills the cell, or it is no whole
    number by itself, and together they make one.
    """
    text = ""
    for index, line in enumerate(lines):
        stacked = text[-1:].isdigit() and line.text[:1].isdigit()
        if stacked and not _one_number(text, line.text, fills(lines[index - 1], left, right)):
            text += " "
        text = joined(text, line.text)
    return text


def fills(line: Line, left: float, right: float) -> bool:
    """Whether a line leaves no room for another of its characters between two sides."""
    blank = right - left - (line.x1 - line.x0)
    padding = min(_PADDING, max(0.0, line.x0 - left), max(0.0, right - line.x1))
    return blank - 2 * padding < 1.1 * (line.glyphs[-1].x1 - line.glyphs[-1].x0)


def _one_number(upper: str, lower: str, full: bool) -> bool:
    end, start = _NUMBER_END.search(upper), _NUMBER_START.match(lower)
    if end is None or start is None or not _WELL_FORMED.fullmatch(end[0] + start[0]):
        return False
    return full or not _WELL_FORMED.fullmatch(end[0])


def _same_line(line: Sequence[Glyph], glyph: Glyph) -> bool:
    return glyph.baseline - line[0].baseline <= _SAME_LINE * min(glyph.height, line[0].height)


def _once(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    kept: list[Glyph] = []
    for glyph in glyphs:
        again = any(
            twin.text == glyph.text and abs(twin.x0 - glyph.x0) < 0.12 * (glyph.x1 - glyph.x0) for twin in kept[-2:]
        )
        if not again:
            kept.append(glyph)
    return tuple(kept)


def _parts_words(left: str, right: str) -> bool:
    """Whether a blank between two characters means something: between words or figures of narrow letters."""
    return bool(_CLOSED.match(left) and _CLOSED.match(right)) or (
        left in ",;:." and right.isascii() and right.isalpha()
    )


@lru_cache(maxsize=1 << 16)
def _is_wide(text: str) -> bool:
    return all(unicodedata.east_asian_width(char) == "W" for char in text)
