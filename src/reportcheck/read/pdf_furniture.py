"""Lines of PDF pages that are not part of the text: page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from msgspec import Struct

from reportcheck.catalog import pattern_in
from reportcheck.read.captions import unit_note
from reportcheck.read.pdf_lines import Line
from reportcheck.schemas.reading import Reading

_MARGIN = 0.13
"""Share of a page's height at its head and foot where furniture stands."""
_HEAD = 0.1
_FEWEST_PAGES = 3
_DIGITS = re.compile(r"\d+")


class Furniture(Struct, frozen=True):
    """Lines to leave out, and the running heads and feet among them by part, each once."""

    lines: frozenset[int]
    heads: tuple[tuple[str, Line], ...]

    def holds(self, line: Line) -> bool:
        """Whether the line is furniture."""
        return id(line) in self.lines


def find_furniture(pages: Mapping[int, Sequence[Line]], heights: Mapping[int, float]) -> Furniture:
    """What stands at the head or foot of the pages; ``pages`` holds each page's lines from the top."""
    numbers = _page_numbers(pages, heights)
    rest = {page: [line for line in lines if id(line) not in numbers] for page, lines in pages.items()}
    lines, heads = set(numbers), []
    for part, place in (("header", 0), ("footer", -1)):
        for group in _running(rest, heights, place):
            lines.update(id(line) for line in group)
            heads.append((part, group[0]))
    return Furniture(frozenset(lines), tuple(heads))


def _page_numbers(pages: Mapping[int, Sequence[Line]], heights: Mapping[int, float]) -> set[int]:
    """Ids of the lines that hold a page number; bare figures only where they count the pages."""
    found: set[int] = set()
    bare: list[tuple[int, Line]] = []
    for page, lines in pages.items():
        for line in {id(line): line for line in (*lines[:1], *lines[-2:])}.values():
            if not _in_margin(line, heights[page], _MARGIN):
                continue
            if _pattern("pattern").match(line.text):
                found.add(id(line))
            elif _pattern("bare").match(line.text):
                bare.append((int(line.text) - page, line))
    shifts = Counter(shift for shift, _ in bare)
    found.update(id(line) for shift, line in bare if shifts[shift] >= min(2, len(pages)) or shift == 0)
    return found


def _in_margin(line: Line, height: float, share: float) -> bool:
    return line.baseline < share * height or line.baseline > (1 - share) * height


def _running(pages: Mapping[int, Sequence[Line]], heights: Mapping[int, float], place: int) -> list[list[Line]]:
    """Groups of like lines at the head (``place`` 0) or foot (-1) of several pages, figures in them aside."""
    groups: dict[str, list[Line]] = {}
    for page, lines in pages.items():
        if lines and _in_margin(lines[place], heights[page], _HEAD) and _stands_off(lines, place):
            groups.setdefault(_DIGITS.sub("#", lines[place].text), []).append(lines[place])
    return [
        group
        for key, group in groups.items()
        if len(group) >= max(_FEWEST_PAGES, len(pages) // 4) and not unit_note(group[0].text) and key
    ]


def _stands_off(lines: Sequence[Line], place: int) -> bool:
    """Whether a line keeps a distance from the next; beside a table it may be the only one."""
    if len(lines) == 1:
        return True
    neighbour = lines[1] if place == 0 else lines[-2]
    return abs(neighbour.baseline - lines[place].baseline) > 1.5 * lines[place].size


_pattern = partial(pattern_in, Reading, "page_number")
