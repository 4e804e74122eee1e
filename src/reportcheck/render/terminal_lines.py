"""Lines of mixed Chinese and Latin text for a terminal: widths, wrapping, windows.

A terminal draws a Chinese character two columns wide and breaks lines anywhere; rich only breaks at spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from reportcheck.text import display_width

Range = tuple[int, int]
ELLIPSIS = "\u2026"
_ATOM = re.compile(r"[0-9A-Za-z.,%+\-_/\uff05\uff0e]+|.", re.DOTALL)
_CLOSING = frozenset("，。；：、！？）》”’】〕」』!?;:),.]%\u3000 ")
_STOPS = frozenset("，。；：、！？")
_SNAP = 14
_OPENING = frozenset("（《“‘【〔「『([")


def printable(text: str) -> str:
    """The text with control characters as spaces and invisible ones as they are: the same length."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") else c for c in text)


def width_of(character: str) -> int:
    """Columns of one character; what is invisible or sits on the character before takes none."""
    if unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    return display_width(character)


def width(text: str) -> int:
    """Columns of a text."""
    return sum(map(width_of, text))


def visible(text: str) -> str:
    """The text without format characters (directional marks …) that could disturb the terminal."""
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def wrap(text: str, columns: int, whole: Sequence[Range] = ()) -> list[Range]:
    """The ranges of the lines that the text fills; figures, words and the ``whole`` ranges are not broken
    unless one is wider than a line, and no line starts with a closing mark."""
    lines: list[Range] = []
    start, used = 0, 0
    for first, last in _units(text, whole):
        size = width(text[first:last])
        if used and used + width(text[first:last].rstrip()) > columns:
            lines.append((start, first))
            start, used = first, 0
        while size > columns:
            cut = _fitting(text, first, columns)
            lines.append((start, cut))
            start, first = cut, cut
            size = width(text[first:last])
        used += size
    if start < len(text):
        lines.append((start, len(text)))
    return lines


def _fitting(text: str, start: int, columns: int) -> int:
    used, index = 0, start
    while index < len(text) and used + width_of(text[index]) <= columns:
        used += width_of(text[index])
        index += 1
    return max(index, start + 1)


def _units(text: str, whole: Sequence[Range]) -> list[Range]:
    """What must stay on one line: a figure or word with its opening and closing marks."""
    units: list[list[int]] = []
    kept = {start: end for start, end in sorted(whole) if start < end}
    index = 0
    while index < len(text):
        match = _ATOM.match(text, index)
        end = max(kept.get(index, 0), match.end() if match else index + 1)
        inner = [e for s, e in kept.items() if index < s < end < e]
        end = max([end, *inner])
        glued = units and (
            text[index] in _CLOSING or (text[units[-1][1] - 1] in _OPENING and units[-1][1] - units[-1][0] == 1)
        )
        if glued:
            units[-1][1] = end
        else:
            units.append([index, end])
        index = end
    return [(start, end) for start, end in units]


def folded(text: str, columns: int) -> list[str]:
    """The text as lines of at most so many columns."""
    clean = visible(printable(text))
    return [clean[start:end].rstrip() for start, end in wrap(clean, columns)]


def window(text: str, budget: int, figure: Range, others: Sequence[Range], limits: Range) -> Range:
    """The stretch of at most ``budget`` columns to show: the figure, as many of the other ranges as fit,
    nearest first, then as much as fits on both sides of them, within ``limits``."""
    start, end = figure
    for first, last in sorted(others, key=lambda r: max(figure[0] - r[0], r[1] - figure[1])):
        wider = min(start, first), max(end, last)
        if width(text[slice(*wider)]) <= budget:
            start, end = wider
    low, high = min(limits[0], start), max(limits[1], end)
    if width(text[low:high]) <= budget:
        return low, high
    room = budget - width(text[start:end])
    before, after = width(text[low:start]), width(text[end:high])
    left = min(before, max(room // 2, room - after))
    first, last = _grown_left(text, start, low, left), _grown_right(text, end, high, room - left)
    return _snapped_left(text, first, start), _snapped_right(text, last, end)


def _snapped_left(text: str, cut: int, most: int) -> int:
    """The start of the next clause, where that is near."""
    for index in range(cut, min(most, cut + _SNAP)):
        if text[index] in _STOPS and index + 1 <= most:
            return index + 1
    return cut


def _snapped_right(text: str, cut: int, least: int) -> int:
    """The end of the last whole clause, where that is near."""
    for index in range(cut, max(least, cut - _SNAP), -1):
        if text[index - 1] in _STOPS:
            return index
    return cut


def _grown_left(text: str, index: int, low: int, room: int) -> int:
    while index > low and width_of(text[index - 1]) <= room:
        index -= 1
        room -= width_of(text[index])
    return index


def _grown_right(text: str, index: int, high: int, room: int) -> int:
    while index < high and width_of(text[index]) <= room:
        room -= width_of(text[index])
        index += 1
    return index
