"""What the writers of Word, PDF and Excel files share about tables: merged cells, widths, the sort of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sample_source import BREAK, MERGED, Element

Rows = Sequence[Sequence[str]]
FIGURE = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?%?")
ITEM = re.compile(r"[一二三四五六七八九十]+、|\d+\.(?!\d)")
INDENT = "\u3000"
CODES = "编码"
LONG = 10
NARROW, BROAD = 2.6, 14.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and the part of the grid that it covers; ``text`` has neither its indent nor marks for line breaks."""

    top: int
    left: int
    bottom: int
    right: int
    text: str
    indent: int

    @property
    def merged(self) -> bool:
        return (self.top, self.left) != (self.bottom, self.right)


def cells(rows: Rows) -> Iterator[Cell]:
    """Give the cells row by row, ``<`` and ``^`` taken into their neighbours."""
    for top, row in enumerate(rows):
        for left, written in enumerate(row):
            if written in MERGED:
                continue
            right, bottom = left, top
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while bottom + 1 < len(rows) and rows[bottom + 1][left] == "^":
                bottom += 1
            text = written.lstrip(INDENT)
            yield Cell(top, left, bottom, right, text.replace(BREAK, "\n"), len(written) - len(text))


def is_figure(text: str) -> bool:
    """Tell whether the cell holds a number and nothing else."""
    return FIGURE.fullmatch(text) is not None


def alignment(cell: Cell, element: Element) -> Literal["left", "center", "right"]:
    """Place figures on the right, names and sentences on the left, the rest in the middle."""
    if cell.top < element.header_rows or cell.right - cell.left + 1 == len(element.rows[0]):
        return "center"
    if is_figure(cell.text):
        return "right" if "." in cell.text and "%" not in cell.text else "center"
    if len(cell.text) > LONG:
        return "left"
    column = [other for other in cells(element.rows) if (other.left, other.right) == (cell.left, cell.right)]
    return "left" if any(other.indent or ITEM.match(other.text) for other in column) else "center"


def widths(rows: Rows, room: float, size: float) -> list[float]:
    """Share ``room`` by the columns' texts: what cannot be broken fits, long texts are given what is left.

    ``room`` and ``size`` (of the letters) are of one unit, such as points.
    """
    needs, wants = [], []
    for column in range(len(rows[0])):
        own = [cell for cell in cells(rows) if cell.left == cell.right == column]
        words = [word for cell in own for word in re.findall(r"[\d,.%]+|\S", cell.text)]
        lines = [cell.indent + visual(line) for cell in own for line in cell.text.split("\n")]
        need = max([NARROW, *(visual(word) + 1 for word in words)])
        needs.append(need)
        wants.append(max([need, *(min(BROAD, line + 1) for line in lines)]))
    spare = room / size - sum(needs)
    lacking = sum(wants) - sum(needs)
    if lacking <= 0:
        return [room * need / sum(needs) for need in needs]
    grow = spare / lacking if spare > 0 else 0.0
    given = [need + grow * (want - need) for need, want in zip(needs, wants, strict=True)]
    return [room * width / sum(given) for width in given]


def visual(text: str) -> float:
    """Measure a text in the width of a Chinese character."""
    return sum(1.0 if ord(character) > 255 else 0.62 for character in text)
