"""Grades in tables against the scores beside them: ``grade-mismatch`` (优 from 90 on, or as the report says)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportcheck.extract.cells import Cell
from reportcheck.extract.headers import pattern
from reportcheck.extract.mention import Passage
from reportcheck.extract.rows import Row
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Claim, Fact, Quantity, Question, Relation, Span
from reportcheck.rules.grades import Bands, bands_of

RULE = "grade-mismatch"


def propose(passages: Sequence[Passage], sheets: Sequence[Sheet]) -> Iterator[Question]:
    """A question for each end of the band of each grade that stands beside a score."""
    bands = bands_of(passages)
    for sheet in sheets:
        for part in sheet.parts:
            yield from _in_column(sheet, part, bands)
            yield from _in_row(sheet, part, bands)


def _in_column(sheet: Sheet, part: Part, bands: Bands) -> Iterator[Question]:
    """A column of grades behind a column of scores, one row a report."""
    for column in part.band.columns:
        if not column.path or not pattern("grade", "header").search(column.leaf):
            continue
        scores = part.of_kind("score")
        nearest = min(scores, key=lambda index: abs(index - column.index), default=None)
        for row in part.rows:
            score = sheet.facts.get((row.index, nearest)) if nearest is not None else None
            if score is not None:
                yield from _claims(bands, score, sheet.grid.cells[row.index][column.index])


def _in_row(sheet: Sheet, part: Part, bands: Bands) -> Iterator[Question]:
    """A row of grades below a row of total scores."""
    totals = [row for row in part.rows if row.total and pattern("total", "grand").search(row.label)]
    for row in part.rows:
        if not pattern("grade", "header").search(row.label):
            continue
        for column in part.of_kind("score") or part.panel.values:
            above: list[Row] = [other for other in totals if (other.index, column) in sheet.facts]
            if len(above) == 1:
                yield from _claims(bands, sheet.facts[above[0].index, column], sheet.grid.cells[row.index][column])


def _claims(bands: Bands, score: Fact, cell: Cell) -> Iterator[Question]:
    """The score lies in the band of the grade: at least its lower end, and under its upper."""
    band = bands.get(cell.text)
    if band is None or cell.block is None:
        return
    span = Span(cell.block.id, 0, len(cell.block.text))
    ends: tuple[tuple[int | None, Relation], ...] = ((band.least, ">="), (band.under, "<"))
    for end, relation in ends:
        if end is not None:
            quantity = Quantity(Decimal(end), score.quantity.unit, 0, "exact", cell.text, span)
            limit = Fact(cell.text, "", score.scope, "limit", quantity)
            yield (Claim(RULE, "limit", score, "limit", {"limit": (limit,)}, "structure", relation),)
