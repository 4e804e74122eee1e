"""Cells of a form that hold a name and its figure (一般公共预算：2119.78): ``total-mismatch``.

The forms for a whole department list the sources, and the uses, of one year's funds that way, under figures for
the budget and for what was spent; any of these may be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from reportcheck.extract.cells import Cell, read_cell, with_unit
from reportcheck.extract.headers import pattern
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Block, Claim, Fact, Question, Span
from reportcheck.relations.claims import TOTAL as RULE
from reportcheck.text import normalise


def propose(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """A question for each list of such cells in one column."""
    for sheet in sheets:
        for part in sheet.parts:
            totals = _totals(sheet, part)
            for parts in _lists(sheet, part):
                yield tuple(
                    Claim(RULE, "sum", total, "sum(parts)", {"parts": parts}, "structure", exhaustive=False)
                    for total in totals
                    if total.quantity.unit.dimension == parts[0].quantity.unit.dimension
                )


def _totals(sheet: Sheet, part: Part) -> list[Fact]:
    """The amounts of the first row that names the whole of the funds."""
    for row in part.rows:
        if pattern("pair", "whole").search(row.label):
            return [sheet.facts[row.index, c] for c in part.of_kind("amount") if (row.index, c) in sheet.facts]
    return []


def _lists(sheet: Sheet, part: Part) -> Iterator[tuple[Fact, ...]]:
    """Runs of cells below one another, each a name with its figure."""
    unit = next((c.unit for c in part.band.columns if c.kind == "amount"), None)
    for column in range(len(part.band.columns)):
        if not _is_first(sheet, part, column):
            continue
        run: dict[str, Fact] = {}
        for row in range(part.band.first, part.band.last):
            cell = sheet.grid.cells[row][column]
            fact = _pair(cell)
            if fact is not None:
                run.setdefault(cell.id, Fact(fact.indicator, "", "", "amount", with_unit(fact.quantity, unit)))
            elif cell.kind != "blank":
                if len(run) > 1:
                    yield tuple(run.values())
                run = {}
        if len(run) > 1:
            yield tuple(run.values())


def _is_first(sheet: Sheet, part: Part, column: int) -> bool:
    """Whether some cell of a column begins in it."""
    rows = sheet.grid.cells[part.band.first : part.band.last]
    return column == 0 or any(row[column].id != row[column - 1].id for row in rows if row[column].kind == "label")


def _pair(cell: Cell) -> Fact | None:
    if cell.block is None or cell.kind != "label":
        return None
    plain = normalise(cell.block.text)
    found = pattern("pair", "cell").search(plain)
    if found is None:
        return None
    start = found.start("figure")
    _, _, quantity = read_cell(Block(cell.block.id, cell.block.text[start:]))
    if quantity is None:
        return None
    span = Span(cell.block.id, quantity.span.start + start, quantity.span.end + start)
    return Fact(found["name"], "", "", "amount", replace(quantity, span=span))
