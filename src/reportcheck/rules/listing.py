"""Lists of names in a sentence: where a list is split into its things, and in which ways it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from msgspec import Struct

from reportcheck.catalog import pattern_in, table
from reportcheck.extract.mention import FILLER, Passage
from reportcheck.model import Fact, Quantity, Span, Unit
from reportcheck.schemas.sentences import Counting

_PAIRS = {"（": "）", "《": "》", "“": "”", "[": "]", "【": "】", "<": ">"}
_MOST_JOINERS = 6


class Item(Struct, frozen=True):
    """One thing of a list: its name and where it stands."""

    text: str
    span: Span

    def fact(self, unit: Unit) -> Fact:
        """The thing as a figure: it counts for one."""
        return Fact(self.text, "", "", "item", Quantity(Decimal(1), unit, 0, "exact", self.text, self.span))


_pattern = partial(pattern_in, Counting, "list")


def hide_names(plain: str) -> str:
    """Blanks out what quotes, title marks and brackets hold, so that marks in it part nothing.

    Quotes and title marks themselves stay. A bracket behind a number (4个（甲、乙、丙、丁）) may hold the list
    that the number counts, and is left as it is.
    """
    hidden = list(plain)
    stack: list[tuple[str, int]] = []
    for index, character in enumerate(plain):
        if character in _PAIRS:
            stack.append((_PAIRS[character], index))
        elif stack and character == stack[-1][0]:
            _, opened = stack.pop()
            if character != "）":
                hidden[opened + 1 : index] = FILLER * (index - opened - 1)
            elif not _follows_number(plain, opened):
                hidden[opened : index + 1] = FILLER * (index - opened + 1)
    return "".join(hidden)


def _follows_number(plain: str, opened: int) -> bool:
    symbols = "|".join(map(re.escape, table(Counting).symbols))
    return re.search(rf"\d\s*(?:{symbols})[^，。；：、（）]{{0,8}}$", plain[max(0, opened - 14) : opened]) is not None


def split(passage: Passage, hidden: str, start: int, end: int, commas: bool = False) -> list[list[Item]]:
    """The ways to split a stretch into names, the plainest first; empty where there is but one name.

    Plain is: parted by every 、 and by the last joiner of the last part (甲、乙和丙). Each joiner else may
    part two things or belong to a name, so that there is a reading for every number of joiners taken.
    """
    marks = _separators(hidden, start, end, commas)
    tail = marks[-1][1] if marks else start
    joiners = [
        match.span() for match in _pattern("joiners").finditer(hidden, start, end) if start < match.start() < end - 1
    ]
    plain = [*marks, *[joiner for joiner in joiners if joiner[0] >= tail][-1:]]
    if not plain:
        return []
    others = [joiner for joiner in joiners if joiner not in plain][:_MOST_JOINERS]
    readings = [plain]
    if len(plain) > len(marks) and marks:
        readings.append(marks)
    readings += [[*plain, *others[:size]] for size in range(1, len(others) + 1)]
    return [list(_items(passage, start, end, sorted(reading))) for reading in readings]


def _separators(hidden: str, start: int, end: int, commas: bool) -> list[tuple[int, int]]:
    mark = "[、，]" if commas else "、" if "、" in hidden[start:end] else "；"
    found = [match.span() for match in re.compile(mark).finditer(hidden, start, end)]
    found += [match.span() for match in _pattern("adjacent").finditer(hidden, start, end)]
    return sorted(found)


def _items(passage: Passage, start: int, end: int, separators: list[tuple[int, int]]) -> Iterator[Item]:
    bounds = [start, *(edge for separator in separators for edge in separator), end]
    for order, (left, right) in enumerate(zip(bounds[::2], bounds[1::2], strict=True)):
        if order == 0:
            left = _past_lead(passage.plain, left, right)
        # A joiner right behind a mark is no part of the name.
        joiner = _pattern("joiners").match(passage.plain, left, right)
        if joiner and joiner.end() < right - 1 and order:
            left = joiner.end()
        text = passage.plain[left:right]
        left += len(text) - len(text.lstrip())
        stripped = text.strip()
        if stripped:
            yield Item(stripped, passage.span(left, left + len(stripped)))


def _past_lead(plain: str, start: int, end: int) -> int:
    """Where the first name starts, behind the words that lead to it (局机关设|办公室)."""
    best = start
    for match in _pattern("lead").finditer(plain, start, end):
        if match.end() <= end - 2:
            best = match.end()
    return best
