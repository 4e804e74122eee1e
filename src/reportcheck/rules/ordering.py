"""Numbering that does not run on: ``numbering-gap`` (（一）（二）（四）, 1. 2. 2., 一是…二是…四是).

Lists are read whole before they are judged, because what follows a number tells whether it is a slip: in
一、三、四、 the second is missing, in 一、五、 nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import zip_longest

from msgspec import Struct, field
from msgspec.structs import replace

from reportcheck import numerals
from reportcheck.catalog import pattern_in, table
from reportcheck.extract.outline import is_heading, numbering, numeral_of, style
from reportcheck.model import Block, Document, Lint, Span
from reportcheck.rules.enumerations import numbered_marks
from reportcheck.schemas.wholes import Structure
from reportcheck.text import normalise

RULE = "numbering-gap"
_FIRST_CIRCLED = ord("①")
_UPPER_LEVELS = 2
_POINTS = 9
_TITLE = 0
"""Stands among the numbers seen for a line that may be the title of something else."""


class Entry(Struct, frozen=True):
    """One number of a list. ``between`` are the numbers seen since the entry before it in other places and
    styles; ``heading`` tells a heading of the two upper levels, ``trusted`` a number that Word made."""

    number: int
    mark: str
    span: Span
    heading: bool = False
    trusted: bool = False
    between: frozenset[int] = frozenset()


class _Run(Struct):
    """A list as far as it was read, and the numbers that stood elsewhere since its last entry."""

    entries: list[Entry]
    elsewhere: set[int] = field(default_factory=set)

    @property
    def last(self) -> int:
        return self.entries[-1].number

    @property
    def opens_twice(self) -> bool:
        """Whether another 1 doubles its first entry: a heading, and nothing since that could begin another list."""
        return len(self.entries) == 1 and self.entries[0].heading and not self.elsewhere & {1, _TITLE}

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.elsewhere.clear()


_Style = tuple[int, str]


_pattern = partial(pattern_in, Structure, "numbering")


def gaps(document: Document) -> Iterator[Lint]:
    """A lint for each number that breaks its list, in reading order."""
    place = {block.id: index for index, block in enumerate(document.blocks)}
    lints = [lint for entries in _Lists(document).read() for lint in _breaks(entries)]
    yield from sorted(lints, key=lambda lint: (place[lint.spans[0].block], lint.spans[0].start))


# --- which numbers make up a list -----------------------------------------------------------


class _Lists:
    """Sorts the numbers that blocks begin with into lists: a number continues the innermost list of its style
    that it follows, a 1 starts another, and a number of a higher level ends those below it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._open: dict[_Style, list[_Run]] = {}
        self._done: list[Sequence[Entry]] = []

    def read(self) -> list[Sequence[Entry]]:
        """All lists of the document."""
        for block in self._document.blocks:
            if block.role not in ("contents", "note") and block.text.strip():
                self._take(block)
        self._close(-1)
        return self._done

    def _take(self, block: Block) -> None:
        plain = normalise(block.text)
        numbered = numbering(plain)
        if block.role == "cell":
            self._pass({_TITLE})
            self._pass_marks(plain)
            self._take_cell(block, plain)
            return
        if numbered is None:
            if block.role in ("heading", "title"):
                self._close(-1)
            elif not _pattern("sentence").search(plain):
                self._pass({_TITLE})
        else:
            at = len(plain) - len(plain.lstrip())
            mark = block.text[at : numbered.start].rstrip()
            kind = style(plain, numbered)
            self._close(kind[0])
            span = Span(block.id, at, at + len(mark))
            heading = kind[0] <= _UPPER_LEVELS and is_heading(block)
            self._pass_at(kind[0], numbered.number, kind)
            self._place(kind, Entry(numbered.number, mark, span, heading, block.generated > 0))
        start = numbered.start if numbered else 0
        self._take_points(block, plain, start)
        self._pass_marks(plain[start:])

    def _take_cell(self, block: Block, plain: str) -> None:
        """The points within one cell, which have nothing to do with the text around the table."""
        if len(plain) >= table(Structure).numbering.cell:
            outside, self._open = self._open, {}
            self._take_points(block, plain, 0)
            self._close(-1)
            self._open = outside

    def _take_points(self, block: Block, plain: str, start: int) -> None:
        """The points of a paragraph (一是…二是…), which may go on from the paragraphs before it."""
        for order, points in enumerate(numbered_marks(plain, start)):
            kind = (_POINTS, str(order))
            seen = start
            for place, point in enumerate(points):
                self._pass(_loose_numbers(plain[seen : point.start]), kind)
                seen = point.end
                if place or point.number == 1 or not plain[start : point.start].strip():
                    mark = block.text[point.start : point.end].strip()
                    self._place(kind, Entry(point.number, mark, Span(block.id, point.start, point.start + len(mark))))
            self._pass(_loose_numbers(plain[seen:]), kind)

    def _place(self, kind: _Style, entry: Entry) -> None:
        runs = self._open.setdefault(kind, [])
        if not runs or (entry.number == 1 and not (entry.heading and runs[-1].opens_twice)):
            runs.append(_Run([entry]))
            return
        # Points may be numbered like the points that they stand under; headings are not.
        open_runs = runs[-1:] if entry.heading else runs
        following = next((run for run in reversed(open_runs) if run.last + 1 == entry.number), runs[-1])
        while runs[-1] is not following:
            self._done.append(runs.pop().entries)
        following.add(replace(entry, between=frozenset(following.elsewhere)))

    def _pass(self, numbers: set[int], only: _Style | None = None) -> None:
        """Notes numbers that stand outside the open lists, or outside those of one style."""
        for kind, runs in self._open.items():
            for run in runs if only in (None, kind) else ():
                run.elsewhere |= numbers

    def _pass_at(self, depth: int, number: int, but: _Style | None = None) -> None:
        """Notes a number outside the open lists of a depth."""
        for kind in self._open:
            if kind[0] == depth and kind != but:
                self._pass({number}, kind)

    def _pass_marks(self, text: str) -> None:
        """Notes the marks of the outline inside a text, each for the lists of its depth."""
        for match in _pattern("inline").finditer(text):
            numbered = numbering(text[match.start() :])
            if numbered:
                self._pass_at(style(text[match.start() :], numbered)[0], numbered.number)

    def _close(self, depth: int) -> None:
        for kind in [kind for kind in self._open if kind[0] > depth]:
            self._done += [run.entries for run in self._open.pop(kind)]


# --- what breaks a list -----------------------------------------------------------------------


def _breaks(entries: Sequence[Entry]) -> Iterator[Lint]:
    """The numbers that do not follow the one before, as far as the list is believed."""
    if entries[0].number != 1:
        return
    regular, last, left_out = 1, entries[0], set[int]()
    for entry, behind in zip_longest(entries[1:], entries[2:]):
        missing = set(range(last.number + 1, entry.number))
        if entry.number in left_out:
            # Out of order: told already at the number that came too early.
            left_out.discard(entry.number)
            continue
        if behind and entry.number != last.number + 1 and behind.number == last.number + 2:
            # The list goes on as if this one were right: a slip of one number.
            if not entry.trusted and not _explained(entry, missing):
                yield _lint(entry, last)
            last = replace(entry, number=last.number + 1)
            continue
        if entry.number < last.number or len(missing) > table(Structure).numbering.most_missing:
            return
        if entry.number != last.number + 1:
            goes_on = behind is not None and behind.number in {entry.number + 1, *missing}
            believed = regular >= table(Structure).numbering.before or goes_on or (entry.heading and last.heading)
            if believed and not entry.trusted and not _explained(entry, missing):
                yield _lint(entry, last)
            left_out, regular = missing, regular if goes_on else 0
        else:
            regular += 1
        last = entry


def _explained(entry: Entry, missing: set[int]) -> bool:
    """Whether the numbers left out stand elsewhere; for a double, whether a list began in between."""
    return not (missing or {1}).isdisjoint(entry.between)


def _lint(entry: Entry, last: Entry) -> Lint:
    written = numeral_of(entry.mark)
    expected = entry.mark.replace(written, _in_style(last.number + 1, written), 1)
    return Lint(RULE, (entry.span,), {"previous": last.mark, "expected": expected})


def _in_style(number: int, like: str) -> str:
    if like.isdecimal():
        return str(number)
    if "①" <= like <= "⑳":
        return chr(_FIRST_CIRCLED + number - 1)
    return numerals.to_chinese(number)


def _loose_numbers(text: str) -> set[int]:
    """The numbers of whatever may mark a point."""
    found = (next(filter(None, match.groups())) for match in _pattern("loose").finditer(text))
    return {_value(written) for written in found}


def _value(written: str) -> int:
    if written.isdecimal():
        return int(written)
    if "①" <= written <= "⑳":
        return ord(written) - _FIRST_CIRCLED + 1
    return int(numerals.parse(written) or 0)
