"""Steps of one piece of work whose dates run backwards, for ``dates-reversed`` (12月28日初验，12月15日终验).

A date and the step behind it make a stage. Stages are compared where they follow each other in one sentence and speak
of the same work: nothing names another one in between. A month without its year is of the year named before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.catalog import cached, table
from reportcheck.extract.dates import Date, dates, months, pattern
from reportcheck.model import Block, Severity, Table
from reportcheck.schemas.wholes import Dates
from reportcheck.text import normalise

# How many months a step may last so that a date without its year may lie in the next one.
_ACROSS = 6
_MONTHS = 12


class _Stage(Struct, frozen=True):
    """A date and its step: for each chain of steps, its place in it; ``year`` tells whether the date writes its own,
    ``dated`` whether a year is known at all. It runs from ``start`` to ``end``, the end of its clause or the date."""

    date: Date
    places: tuple[int | None, ...]
    year: bool
    dated: bool
    start: int
    end: int


@cached
def _chains() -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(tuple(step.compiled for step in row.steps) for row in table(Dates).chain)


def reversed_stages(plain: str, start: int, end: int) -> Iterator[tuple[Date, Date, Severity]]:
    """(later step, earlier step, how sure) of each two steps in one sentence whose dates run against their order."""
    if pattern("stage", "moved").search(plain, start, end):
        return
    for one, two in pairwise(_stages(plain, start, end)):
        ordered = _order(one, two)
        between = plain[one.end : two.start]
        if ordered is None or pattern("stage", "other").search(between):
            continue
        if not pattern("stage", "joined").search(between):
            continue
        first, last = ordered
        if last.date.before(first.date) and not _may_cross(first, last):
            yield last.date, first.date, "error" if one.year and two.year else "warning"


def reversed_columns(held: Table) -> Iterator[tuple[Block, Date, Block, Date]]:
    """(cell and date of the later step, cell and date of the earlier step) of each row of a table whose columns are
    the dates of steps, where both dates write their year."""
    columns: dict[int, tuple[int | None, ...]] = {}
    for row in held.cells:
        heads = {column: _places(normalise(cell.text)) for column, cell in enumerate(row) if cell and _heads(cell)}
        columns = {column: places for column, places in heads.items() if places} or columns
        dated = [
            (cell, date, columns[column])
            for column, cell in enumerate(row)
            if cell and column in columns
            for date in dates(normalise(cell.text))[:1]
            if date.month is not None
        ]
        for (one, first, places), (two, second, others) in pairwise(dated):
            ordered = _order(_Stage(first, places, True, True, 0, 0), _Stage(second, others, True, True, 0, 0))
            if ordered and ordered[1].date.before(ordered[0].date):
                yield (two, second, one, first) if ordered[1].date is second else (one, first, two, second)


def _heads(cell: Block) -> bool:
    return pattern("stage", "header").search(normalise(cell.text).strip()) is not None


def _stages(plain: str, start: int, end: int) -> list[_Stage]:
    """The dates of a sentence that are those of a step, in order."""
    found = []
    written = _with_years(months(plain, start, end))
    for order, (date, own, dated) in enumerate(written):
        following = written[order + 1][0].start if order + 1 < len(written) else end
        mark = pattern("stage", "clause").search(plain, date.end, following)
        stop = mark.start() if mark else following
        begins = _clause_start(plain, start, date)
        before, behind = plain[begins : date.start], plain[date.end : stop]
        if pattern("stage", "deadline").match(behind) or pattern("stage", "aim").search(before):
            continue
        first = not order or written[order - 1][0].end <= begins
        led = _places(before) if first and pattern("stage", "leads").search(before) else ()
        places = led or _places(behind)
        if places:
            found.append(_Stage(date, places, own, dated, begins if led else date.start, stop if mark else date.end))
    return found


def _clause_start(plain: str, start: int, date: Date) -> int:
    return max(start, *(plain.rfind(mark, start, date.start) + 1 for mark in "，；、："))


def _with_years(written: Sequence[tuple[Date, bool]]) -> list[tuple[Date, bool, bool]]:
    """The dates, each with the year of the one before it where it writes none."""
    found: list[tuple[Date, bool, bool]] = []
    year = None
    for date, own in written:
        year = date.year if own else year
        found.append((date if year is None else replace(date, year=year), own, year is not None))
    return found


def _places(words: str) -> tuple[int | None, ...]:
    """The place of the first step that the words name in each chain; empty where they name none."""
    places = tuple(_place(chain, words) for chain in _chains())
    return places if any(place is not None for place in places) else ()


def _place(chain: Sequence[re.Pattern[str]], words: str) -> int | None:
    starts = [(match.start(), place) for place, step in enumerate(chain) if (match := step.search(words))]
    return min(starts)[1] if starts else None


def _order(one: _Stage, two: _Stage) -> tuple[_Stage, _Stage] | None:
    """The two stages in the order of their steps; nothing where no chain holds both."""
    for first, second in zip(one.places, two.places, strict=True):
        if first is not None and second is not None and first != second:
            return (one, two) if first < second else (two, one)
    return None


def _may_cross(first: _Stage, last: _Stage) -> bool:
    """Whether the later step may lie in the year behind that of the earlier one, because neither names a year."""
    if first.dated or last.dated or first.date.month is None or last.date.month is None:
        return False
    return first.date.month != last.date.month and last.date.month + _MONTHS - first.date.month <= _ACROSS
