"""Years in tables that are not of the year reported on, for ``stale-year``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from reportcheck.extract.dates import dates
from reportcheck.extract.period import Period, compiled
from reportcheck.model import Block, Document, Span, Table
from reportcheck.text import normalise

_SIDE_BY_SIDE = 3


def of_other_years(document: Document, of: Period) -> Iterator[Span]:
    """Years in the headers of tables that cannot stand there, and earlier years in which a form says
    that something was done."""
    if of.kind != "accounts":
        return
    for held in document.tables:
        if of.whole:
            yield from _columns(held, of)
        yield from _done(held, of)


class _Column(Struct, frozen=True):
    """A header that names a year and what is given of it."""

    year: int
    what: str
    span: Span


def _columns(held: Table, of: Period) -> Iterator[Span]:
    """The stale year of each header; where no header names one alone, that of the whole table."""
    rows = [_named(row) for row in held.cells]
    headers = [_named(row) for row in held.cells if not any(cell and _is_figure(cell) for cell in row)]
    headers = [columns for columns in headers if columns]
    for columns in headers or [[column for row in rows for column in row]]:
        stale = _stale(columns, of)
        if stale:
            yield stale.span


def _named(row: Sequence[Block | None]) -> list[_Column]:
    cells = dict.fromkeys(cell for cell in row if cell)
    found = []
    for cell in cells:
        match = compiled("columns", "year").search(normalise(cell.text))
        if match:
            found.append(_Column(int(match["year"]), match["what"], Span(cell.id, *match.span("mark"))))
    return found


def _is_figure(cell: Block) -> bool:
    return compiled("columns", "figure").match(normalise(cell.text)) is not None


def _stale(columns: Sequence[_Column], of: Period) -> _Column | None:
    """The column that cannot be of its year: the last one, where none is of the report's own year; a second one of
    the same; and where three or more stand side by side, the only one of its kind, or one from before last year."""
    last = max(columns, key=lambda column: column.year, default=None)
    if last is None or last.year < of.year:
        return last
    earlier = [column for column in columns if column.year < of.year]
    named = Counter((column.year, column.what) for column in columns)
    double = [column for column in earlier if named[column.year, column.what] > 1]
    kinds = Counter(column.what for column in columns)
    if double or len(columns) < _SIDE_BY_SIDE:
        return double[-1] if double else None
    alone = [column for column in earlier if kinds[column.what] == 1]
    before_last = min(column.year for column in columns) < of.year - 1 and of.year - 1 not in {c.year for c in columns}
    return next(iter(alone + (earlier if before_last else [])), None)


def _done(held: Table, of: Period) -> Iterator[Span]:
    """Cells on what was done that begin with an earlier year and name no other."""
    told: set[str] = set()
    for row in held.cells:
        for column, cell in enumerate(row):
            if cell is None or cell.id in told:
                continue
            plain = normalise(cell.text)
            match = compiled("columns", "did").search(plain)
            if not match or int(match["year"]) >= of.year or len({date.year for date in dates(plain)}) > 1:
                continue
            above = [other[column] for other in held.cells if column < len(other)]
            if any(_of_deeds(label, cell) for label in (*row[:column], *above)):
                told.add(cell.id)
                yield Span(cell.id, *match.span("mark"))


def _of_deeds(label: Block | None, cell: Block) -> bool:
    """Whether a label says that the cell tells what was done."""
    if label is None or label.id == cell.id:
        return False
    return compiled("columns", "done").search(normalise(label.text)) is not None
