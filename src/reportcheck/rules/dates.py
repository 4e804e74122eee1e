"""Dates that cannot be: ``impossible-date`` (11月31日), and dates in the wrong order: ``dates-reversed``.

In the wrong order are a period that ends before it begins (2021年9月至2021年3月), steps of work (``stages``), a day of
counting or a deed behind the day of the report, and a report made before its year was over.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from reportcheck.catalog import table
from reportcheck.extract.dates import LEAP_YEAR, Date, dated, dates, pattern
from reportcheck.extract.period import Period
from reportcheck.model import Block, Document, Lint, Severity, Span
from reportcheck.rules.stages import reversed_columns, reversed_stages
from reportcheck.schemas.wholes import Dates
from reportcheck.text import normalise, sentences

IMPOSSIBLE = "impossible-date"
REVERSED = "dates-reversed"


def find(document: Document, of: Period | None) -> Iterator[Lint]:
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
    yield from _counted_until(document)
    for held in document.tables:
        for cell, date, other_cell, other in reversed_columns(held):
            yield _lint(cell, date, other, other_cell, normalise(other_cell.text))
    yield from _too_early(made, of)


def _outside_the_calendar(block: Block, plain: str, written: list[Date]) -> Iterator[Lint]:
    bad = [(date.start, date.end) for date in written if not date.possible]
    for match in pattern("date", "short").finditer(plain):
        date = Date(match.start(), match.end(), LEAP_YEAR, int(match["m"]), int(match["d"]))
        if not date.possible and not any(other.start <= date.start < other.end for other in written):
            bad.append((date.start, date.end))
    bad += [match.span() for match in pattern("date", "months").finditer(plain)]
    for start, end in sorted(bad):
        yield Lint(IMPOSSIBLE, (Span(block.id, start, end),))


def _reversed(block: Block, plain: str, start: int, within: list[Date]) -> Iterator[Lint]:
    """Periods, and steps of work, in one sentence in the wrong order."""
    if not pattern("order", "moved").search(plain, start):
        for first, second in pairwise(within):
            if pattern("order", "between").search(plain[first.end : second.start]) and second.before(first):
                yield _lint(block, second, first, block, plain)
    for last, first, severity in reversed_stages(plain, start, len(plain)):
        yield _lint(block, last, first, block, plain, severity)


def _behind_the_report(
    block: Block, plain: str, start: int, within: list[Date], made_in: Block, made: Date
) -> Iterator[Lint]:
    """A day of counting, or a deed, behind the day on which the report was made."""
    for date in within:
        if not made.before(date) or pattern("until", "ahead").search(_part(plain, start, date)):
            continue
        if pattern("until", "behind").search(plain[start : date.start]):
            yield _lint(block, date, made, made_in, made_in.text)
        elif block.role != "cell" and pattern("until", "done").match(plain[date.end :]):
            yield _lint(block, date, made, made_in, made_in.text, "warning")


def _counted_until(document: Document) -> Iterator[Lint]:
    """The day of which the report says its figures are, where everything else is counted up to one other day."""
    end = table(Dates).until.year_end
    defined, others = [], []
    for block in document.blocks:
        plain = normalise(block.text) if block.role not in ("cell", "contents") else ""
        for date in dates(plain):
            if date.day is None or (date.month, date.day) == end:
                continue
            if pattern("until", "defines").search(plain[: date.start]):
                defined.append((block, date))
            elif pattern("until", "behind").search(plain[: date.start]):
                others.append((block, date))
    days = {(date.year, date.month, date.day) for _, date in others}
    if len(defined) == 1 and len(days) == 1:
        (block, date), (other_in, other) = defined[0], others[0]
        if date.before(other) or other.before(date):
            yield _lint(block, date, other, other_in, normalise(other_in.text), "warning")


def _part(plain: str, start: int, date: Date) -> str:
    """The part of a sentence, up to the next semicolon, that a date stands in."""
    end = plain.find("；", date.end)
    return plain[max(start, plain.rfind("；", start, date.start) + 1) : len(plain) if end < 0 else end]


def _too_early(made: list[tuple[Block, Date]], of: Period | None) -> Iterator[Lint]:
    """The day of a report on what was done in a year, if it was made before that year was over."""
    if of is None or of.kind != "accounts":
        return
    over = Date(0, 0, of.year, table(Dates).dated.earliest_month)
    if all(date.before(over) for _, date in made):
        for block, date in made:
            severity: Severity = "error" if date.year < of.year else "warning"
            facts = {"previous": of.text}
            yield Lint(REVERSED, (Span(block.id, date.start, date.end), of.span), facts, severity)


def _lint(block: Block, date: Date, other: Date, other_in: Block, text: str, severity: Severity | None = None) -> Lint:
    facts = {"previous": text[other.start : other.end].strip()}
    spans = (Span(block.id, date.start, date.end), Span(other_in.id, other.start, other.end))
    return Lint(REVERSED, spans, facts, severity)
