"""Tables → named figures: what their cells measure (:mod:`reportcheck.extract.identity`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportcheck.extract.columns import MIXED
from reportcheck.extract.head import Head
from reportcheck.extract.identity import Named, bare, marks, term
from reportcheck.extract.indicators import flagged
from reportcheck.extract.rows import Row
from reportcheck.extract.same import Aspects
from reportcheck.extract.sides import planned_or_spent
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Fact

_SIDES = {"target": "budget", "completion": "actual"}


def in_tables(sheets: Iterable[Sheet], head: Head) -> Iterator[Named]:
    """The figures of all tables."""
    for sheet in sheets:
        caption = marks(sheet.grid.source.caption) | marks(sheet.grid.scope.split(" / ")[-1])
        for part in sheet.parts:
            for row in part.rows:
                for column in range(len(part.band.columns)):
                    fact = sheet.facts.get((row.index, column))
                    if fact is not None:
                        yield _cell(sheet, part, row, column, fact, caption, head)


def _cell(sheet: Sheet, part: Part, row: Row, column: int, fact: Fact, caption: frozenset[str], head: Head) -> Named:
    header = part.band.columns[column]
    beside = [
        cell.text
        for cell in sheet.grid.cells[row.index][:column]
        if cell.kind == "label" and part.band.columns[cell.column].kind not in MIXED
    ]
    label = row.label if column in part.panel.values or not beside else beside[-1]
    own = marks(label + "|" + header.leaf)
    if header.kind in ("score", "weight", "deduction") and not row.total:
        own = frozenset()
    path = marks("|".join([*beside, *(cell.text for cell in row.path), header.title]))
    years = term("year").findall(header.title + label)
    dimension = fact.quantity.unit.dimension
    aspects = Aspects(
        measure=own,
        dimension=dimension,
        kind="rate" if dimension == "ratio" else "level",
        rate=frozenset(),
        side=_SIDES.get(header.kind) or planned_or_spent(header.title) or planned_or_spent(label),
        year=years[-1] if years else "previous" if term("previous").search(header.title) else str(head.year or ""),
        body=next(reversed(term("levels").findall(f"{sheet.grid.scope}|{sheet.grid.source.caption}|{label}")), ""),
        flow="",
        parts=(own | path | caption) & flagged("part"),
    )
    return Named(
        fact=fact,
        aspects=aspects,
        words=bare(label + header.leaf),
        around=own | path | caption,
        wide=own | path | caption,
        noun=frozenset(),
        heading=frozenset(),
        carried=False,
        group=f"{sheet.id}.{row.index}",
        prose=False,
    )
