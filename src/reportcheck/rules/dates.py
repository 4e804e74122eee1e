"""Dates that cannot be: ``impossible-date`` (11月31日), and dates in the wrong order: ``dates-reversed``.

In the wrong order are a period that ends before it begins (2021年9月至2021年3月), work that is done before it is begun,
a day of counting behind the day of the report, and a report made before its year was over.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from reportcheck.catalog import table
from reportcheck.extract.dates import Date, dated, dates, pattern
from reportcheck.extract.head import Head
from reportcheck.extract.period import Period, period
from reportcheck.model import Block, Document, Lint, Severity, Span
from reportcheck.text import normalise, sentences

IMPOSSIBLE = "impossible-date"
REVERSED = "dates-reversed"
# Any leap year: a day and month without their year are wrong only if no year has them.
_LEAP_YEAR = 2000


def find(document: Document, head: Head) -> Iterator[Lint]:
    """A lint for each date that the calendar has not, and for each that stands in the wrong order."""
    made = [(block, date) for block, date in dated(document) if date.possible]
    last = next((entry for entry in made if not any(entry[1].before(other) for _, other in made)), None)
    for block in document.blocks:
        if block.role == "contents":
            continue
        plain = normalise(block.text)
        if not pattern("date", "any").search(plain):
            continue
        written = dates(plain)
        yield from _outside_the_calendar(block, plain, written)
        for start, end in sentences(plain):
            within = [date for date in written if start <= date.start < end and date.possible]
            yield from _reversed(block, plain[:end], start, within)
            if last:
                yield from _behind_the_report(block, plain[:end], start, within, *last)
    yield from _too_early(made, period(document, head))


def _outside_the_calendar(block: Block, plain: str, written: list[Date]) -> Iterator[Lint]:
    bad = [(date.start, date.end) for date in written if not date.possible]
    for match in pattern("date", "short").finditer(plain):
        date = Date(match.start(), match.end(), _LEAP_YEAR, int(match["m"]), int(match["d"]))
        if not date.possible and not any(other.start <= date.start < other.end for other in written):
            bad.append((date.start, date.end))
    bad += [match.span() for match in pattern("date", "months").finditer(plain)]
    for start, end in sorted(bad):
        yield Lint(IMPOSSIBLE, (Span(block.id, start, end),))


def _reversed(block: Block, plain: str, start: int, within: list[Date]) -> Iterator[Lint]:
    """Periods, and beginning and end of work, in one sentence in the wrong order."""
    if pattern("order", "moved").search(plain, start):
        return
    for first, second in pairwise(within):
        gap = plain[first.end : second.start]
        joined = pattern("order", "between").search(gap)
        worked = pattern("order", "begun").search(gap) and pattern("order", "ended").search(plain[second.end :])
        if (joined or worked) and second.before(first):
            yield _lint(block, second, Span(block.id, first.start, first.end), plain)


def _behind_the_report(
    block: Block, plain: str, start: int, within: list[Date], made_in: Block, made: Date
) -> Iterator[Lint]:
    if pattern("until", "ahead").search(plain, start):
        return
    for date in within:
        if made.before(date) and pattern("until", "behind").search(plain[start : date.start]):
            yield _lint(block, date, Span(made_in.id, made.start, made.end), made_in.text)


def _too_early(made: list[tuple[Block, Date]], of: Period | None) -> Iterator[Lint]:
    """The day of a report on what was done in a year, if it was made before that year was over."""
    if of is None or of.kind != "accounts":
        return
    over = Date(0, 0, of.year, table("dates")["dated"]["earliest_month"])
    if all(date.before(over) for _, date in made):
        for block, date in made:
            severity: Severity = "error" if date.year < of.year else "warning"
            facts = {"previous": of.text}
            yield Lint(REVERSED, (Span(block.id, date.start, date.end), of.span), facts, severity)


def _lint(block: Block, date: Date, other: Span, text: str) -> Lint:
    facts = {"previous": text[other.start : other.end].strip()}
    return Lint(REVERSED, (Span(block.id, date.start, date.end), other), facts)
