"""Parts that cannot exceed their whole: ``part-exceeds-total``: what 其中 names, and questionnaires by stage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportcheck.catalog import table
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Claim, Fact, Question
from reportcheck.schemas.tables import Tables

RULE = "part-exceeds-total"


def propose(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """A question for each part below or beside its whole."""
    for sheet in sheets:
        for part in sheet.parts:
            for name, whole, held in (*_rows(sheet, part), *_columns(sheet, part)):
                pattern = f"{sheet.id}/{part.name}/{name}"
                alike = [fact for fact in whole if fact.quantity.unit.dimension == held.quantity.unit.dimension]
                yield tuple(
                    Claim(RULE, "limit", held, "whole", {"whole": (fact,)}, "structure", "<=", pattern=pattern)
                    for fact in alike
                    if not fact.quantity.below_zero
                )


def _rows(sheet: Sheet, part: Part) -> Iterator[tuple[str, list[Fact], Fact]]:
    """The first row that 其中 introduces, and what it may be part of: the row above it, or the total before."""
    amounts = part.of_kind("amount")
    for place, (above, row) in enumerate(pairwise(part.rows)):
        if row.among and not above.among and not above.empty:
            totals = [other for other in part.rows[:place] if other.total]
            wholes = {other.index for other in (above, *totals[-1:])}
            for column in amounts:
                held = sheet.facts.get((row.index, column))
                whole = [sheet.facts[index, column] for index in wholes if (index, column) in sheet.facts]
                if held is not None and len(whole) == len(wholes):
                    yield "among", whole, held


def _columns(sheet: Sheet, part: Part) -> Iterator[tuple[str, list[Fact], Fact]]:
    """Columns of which each counts some of those before: handed out, returned, valid."""
    for stages in table(Tables).stages.columns:
        found = []
        for stage in stages:
            fits = [i for i in part.of_kind("amount") if stage.compiled.search(part.band.columns[i].leaf)]
            if len(fits) == 1:
                found.append(fits[0])
        for before, behind in pairwise(found):
            for row in part.rows:
                whole, held = sheet.facts.get((row.index, before)), sheet.facts.get((row.index, behind))
                if whole is not None and held is not None:
                    yield f"stage:{behind}", [whole], held
