"""Cells of a score sheet that were forgotten: ``cell-blank``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportcheck.extract.cells import Cell
from reportcheck.extract.rows import NO_NUMBER, Row
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Lint, Span

RULE = "cell-blank"
_TELLING = frozenset({"completion", "rate", "amount", "score", "target"})


def find(sheets: Sequence[Sheet]) -> Iterator[Lint]:
    """A score, or a result, that is missing while most rows beside it have theirs."""
    for sheet in sheets:
        for part in sheet.parts:
            yield from _blanks(sheet, part, "weight", "score")
            yield from _blanks(sheet, part, "target", "completion")


def _blanks(sheet: Sheet, part: Part, given: str, asked: str) -> Iterator[Lint]:
    givens = [column.index for column in part.band.columns if column.kind == given]
    askeds = [column for column in part.band.columns if column.kind == asked]
    if not givens or not askeds:
        return
    for column in askeds:
        before = [index for index in givens if index < column.index]
        beside = before[-1] if before else givens[0]
        due = [row for row in _scored(part) if _is_due(sheet, part, row, beside, column.index)]
        blank = [row for row in due if _is_blank(sheet, row, column.index)]
        alone = len(due) == 1 and any(fact.role == asked for fact in sheet.facts.values())
        if not blank or (len(blank) * 2 > len(due) and not alone):
            continue
        for row in blank:
            cell = sheet.grid.cells[row.index][beside]
            if cell.block is not None:
                empty = sheet.grid.cells[row.index][column.index].block
                spans = (Span(cell.block.id, 0, len(cell.block.text)), *([Span(empty.id, 0, 0)] if empty else []))
                yield Lint(RULE, spans, {"name": row.label, "column": column.leaf})


def _scored(part: Part) -> list[Row]:
    """The rows that get a score each: no totals, and none of the rows that 其中 introduces."""
    rows: list[Row] = []
    among = False
    for row in part.rows:
        among = row.among or (among and row.group != "" and row.depth == NO_NUMBER)
        if not (among or row.total):
            rows.append(row)
    return rows


def _is_due(sheet: Sheet, part: Part, row: Row, given: int, asked: int) -> bool:
    """Whether the cell that asks is filled, and something else beside it."""
    cells = sheet.grid.cells[row.index]
    others = [c.index for c in part.band.columns if c.kind in _TELLING and c.index not in (given, asked)]
    told = not others or any(cells[index].kind in ("figure", "label") for index in others)
    return cells[given].kind in ("figure", "label") and told


def _is_blank(sheet: Sheet, row: Row, column: int) -> bool:
    cell: Cell = sheet.grid.cells[row.index][column]
    above = sheet.grid.cells[row.index - 1][column] if row.index else None
    return cell.kind == "blank" and not (above is not None and above.id == cell.id)
