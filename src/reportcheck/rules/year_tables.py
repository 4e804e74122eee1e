"""Years in tables that are not of the year reported on, for ``stale-year``."""

from __future__ import annotations

from collections.abc import Iterator

from reportcheck.extract.dates import dates
from reportcheck.extract.period import Period, compiled
from reportcheck.model import Block, Document, Span, Table
from reportcheck.text import normalise


def of_other_years(document: Document, of: Period) -> Iterator[Span]:
    """The last year of a table that has no column of the report's own year, and earlier years in which a form says
    that something was done."""
    if of.kind != "accounts":
        return
    for held in document.tables:
        if of.whole:
            yield from _last_column(held, of)
        yield from _done(held, of)


def _last_column(held: Table, of: Period) -> Iterator[Span]:
    cells = {cell.id: cell for row in held.cells for cell in row if cell}
    named = []
    for cell in cells.values():
        match = compiled("columns", "year").search(normalise(cell.text))
        if match:
            named.append((int(match["year"]), Span(cell.id, *match.span("mark"))))
    last = max(named, key=lambda entry: entry[0], default=(of.year, None))
    if last[1] and last[0] < of.year:
        yield last[1]


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
