"""Finds the formula that a clerk would have put into a cell: a sum of the cells above or below, a rate of its row.

A cell that carries a defect follows from no other cells, so it stays a typed number by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from sample_figures import write_number
from sample_source import Element
from sample_tables import Cell, cells, is_figure

TOTALS = re.compile("合计|总计|总分|小计|总额")
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the value that it has when the workbook was last computed."""

    text: str
    value: float


class Grid:
    """The numbers of a table by place, and the addresses that they have in the sheet."""

    def __init__(self, table: Element, first_row: int) -> None:
        self.table = table
        self.first_row = first_row
        self.written = {(c.top, c.left): c.text for c in cells(table.rows) if is_figure(c.text)}

    def value(self, row: int, column: int) -> Fraction | None:
        """Give the number in a cell, None for anything else."""
        text = self.written.get((row, column))
        return None if text is None or text.endswith("%") else Fraction(text.replace(",", ""))

    def address(self, row: int, column: int) -> str:
        """Give a cell's address, such as ``B7``; no sample has more than 26 columns."""
        return f"{chr(ord('A') + column)}{row + self.first_row + 1}"

    def run(self, row: int, column: int, step: int) -> Iterator[tuple[int, Fraction]]:
        """Give the numbers next to a cell, upwards or downwards, up to the first cell that is none."""
        while (value := self.value(row := row + step, column)) is not None:
            yield row, value


def formula(cell: Cell, grid: Grid) -> Formula | None:
    """Give the formula whose value, written like the cell, is what stands in it."""
    if cell.text.endswith("%"):
        return _rate(cell, grid)
    labels = [text for text in grid.table.rows[cell.top][: cell.left] if TOTALS.search(text)]
    return _sum(cell, grid) if labels else None


def _sum(cell: Cell, grid: Grid) -> Formula | None:
    whole = grid.value(cell.top, cell.left)
    for step in (-1, 1):
        total, start = Fraction(0), cell.top + step
        for count, (row, value) in enumerate(grid.run(cell.top, cell.left, step), 1):
            total += value
            if count >= FEWEST and value and total == whole:
                first, last = sorted((start, row))
                span = f"{grid.address(first, cell.left)}:{grid.address(last, cell.left)}"
                return Formula(f"=SUM({span})", float(total))
    return None


def _rate(cell: Cell, grid: Grid) -> Formula | None:
    """Try the numbers before it in its row, the nearest first: this one divided by one before it."""
    before = [column for column in range(cell.left) if grid.value(cell.top, column) is not None]
    decimals = len(cell.text.rstrip("%").partition(".")[2])
    for part in reversed(before):
        for whole in reversed([column for column in before if column < part]):
            numerator, denominator = grid.value(cell.top, part), grid.value(cell.top, whole)
            if not numerator or not denominator or decimals == 0:
                continue
            rate = numerator / denominator
            if write_number(rate, f"s%{decimals}") == cell.text.replace(",", ""):
                places = grid.address(cell.top, part), grid.address(cell.top, whole)
                return Formula("={}/{}".format(*places), float(rate))
    return None
