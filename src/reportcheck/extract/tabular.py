"""The tables of a document → sheets: their structure, and a fact for each figure in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from reportcheck.defects import named, one_place
from reportcheck.extract.columns import MIXED, Column
from reportcheck.extract.grid import Band, Grid, Panel, read_grid
from reportcheck.extract.outline import scopes
from reportcheck.extract.rows import Row, read_rows, row_figure
from reportcheck.model import Document, Fact

_NAME_LIMIT = 40


class Part(Struct, frozen=True):
    """A panel of a band with its rows."""

    band: Band
    panel: Panel
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """Tells the parts of one table apart."""
        return f"{self.band.number}.{self.panel.number}"

    @property
    def columns(self) -> list[Column]:
        """Its value columns, from left to right."""
        return [self.band.columns[index] for index in self.panel.values]

    def of_kind(self, *kinds: str) -> list[int]:
        """The places of its value columns of some kinds."""
        return [column.index for column in self.columns if column.kind in kinds]


class Sheet(Struct, frozen=True):
    """A table with its structure; ``facts`` by (row, column), a merged cell at its first place only. ``unread`` stand
    for the figures of cells that cannot be told."""

    grid: Grid
    parts: tuple[Part, ...]
    facts: Mapping[tuple[int, int], Fact]
    unread: Mapping[tuple[int, int], Fact]

    def operand(self, row: int, column: int) -> Fact | None:
        """What a claim on a cell is made of: its figure, be it one that cannot be told."""
        return self.facts.get((row, column)) or self.unread.get((row, column))

    @property
    def id(self) -> str:
        """The id of the table."""
        return self.grid.source.id


def read_sheets(document: Document) -> tuple[Sheet, ...]:
    """Every table that holds figures."""
    paths = scopes(document)
    sheets = []
    for source in document.tables:
        first = next((block for row in source.cells for block in row if block), None)
        with one_place("table-defect", named(source.id, source.caption or (first.text if first else ""))):
            grid = read_grid(source, paths.get(first.id, "") if first else "")
            if grid.bands:
                sheets.append(_sheet(grid))
    return tuple(sheets)


def _sheet(grid: Grid) -> Sheet:
    parts = tuple(Part(band, panel, read_rows(grid, band, panel)) for band in grid.bands for panel in band.panels)
    facts: dict[tuple[int, int], Fact] = {}
    unread: dict[tuple[int, int], Fact] = {}
    seen: set[str] = set()
    scope = " / ".join(filter(None, (grid.scope, grid.source.caption)))
    for part in parts:
        for row in part.rows:
            for column in (*part.panel.values, *_mixed(part)):
                cell = grid.cells[row.index][column]
                quantity = row_figure(grid, part.band, row, column)
                if quantity is not None and cell.id not in seen:
                    seen.add(cell.id)
                    kind = part.band.columns[column].kind
                    held = unread if quantity.bound == "unreadable" else facts
                    held[row.index, column] = Fact(_name(row, part, column), "", scope, kind, quantity)
    return Sheet(grid, parts, facts, unread)


def _mixed(part: Part) -> list[int]:
    """The columns of a panel with targets and results, which may hold figures among words."""
    ends = [other.values[0] for other in part.band.panels if other.number > part.panel.number and other.values]
    own = (*part.panel.labels, *part.panel.values)
    start, end = min(own, default=0), min(ends, default=len(part.band.columns))
    return [c.index for c in part.band.columns if c.kind in MIXED and start <= c.index < end]


def _name(row: Row, part: Part, column: int) -> str:
    """The words of the row and of the column, as far as they fit."""
    title = part.band.columns[column].leaf
    label = row.label
    if not title or not label:
        return (label or part.band.columns[column].title)[:_NAME_LIMIT]
    return f"{label[:_NAME_LIMIT]}·{title[:_NAME_LIMIT]}"


def cell_facts(sheets: Sequence[Sheet]) -> tuple[Fact, ...]:
    """The facts of all tables, row by row."""
    return tuple(fact for sheet in sheets for _, fact in sorted(sheet.facts.items()))
