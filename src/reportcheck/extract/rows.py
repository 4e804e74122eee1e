"""The rows of a panel: their labels, and all that tells how they belong to one another."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.extract.cells import Cell, unreadable, with_unit
from reportcheck.extract.columns import FRACTION, PERCENT, unit_in
from reportcheck.extract.grid import Band, Grid, Panel
from reportcheck.extract.headers import pattern
from reportcheck.extract.outline import numbering
from reportcheck.model import Quantity, Unit

NO_NUMBER = 99
"""The depth of a row without a number."""
_AMONG = 6
"""How far 其中： sets in the name behind it: rows that go on with the list stand below that name."""


class Row(Struct, frozen=True):
    """A row of a panel.

    ``path`` are its label cells from left to right, each block once; ``label`` is the last of them. ``code`` is
    its code of classification, ``depth`` that of its numbering (99 for none) and ``number`` its number, ``indent``
    how far its label is set in. ``total``: it adds up others; ``among``: its label says 其中; ``sign`` is −1 for
    减：. ``group`` is the id of the merged label cell that it shares with other rows, and ``group_rows`` those rows.

    ``empty``: it holds no figure, such as a heading. ``listed``: a column before its label numbers it. ``apart``:
    a blank row parts it from those above. ``percent`` is the unit of a row of rates; ``unit`` stands in the label,
    ``unit_beside`` in a column for units.
    """

    index: int
    path: tuple[Cell, ...]
    code: str
    depth: int
    number: int
    indent: int
    total: bool
    among: bool
    sign: int
    hidden: bool
    group: str = ""
    group_rows: tuple[int, int] = (0, 0)
    empty: bool = False
    listed: bool = False
    apart: bool = False
    percent: Unit | None = None
    unit: Unit | None = None
    unit_beside: Unit | None = None

    @property
    def label(self) -> str:
        """The words nearest to its figures."""
        return self.path[-1].text if self.path else ""

    @property
    def unnumbered(self) -> str:
        """The label without its number."""
        numbered = numbering(self.label)
        return self.label[numbered.start :] if numbered else self.label


def read_rows(grid: Grid, band: Band, panel: Panel) -> tuple[Row, ...]:
    """The rows of a panel that say anything, from top to bottom; notes below the table are left out."""
    rows: list[Row] = []
    apart = False
    for index in range(band.first, band.last):
        cells = grid.cells[index]
        path = _path(cells, panel.labels)
        if not path and not any(cells[c].kind != "blank" for c in (*panel.codes, *panel.values)):
            apart = bool(rows)
            continue
        if path and pattern("row", "note").search(path[0].text) and len({cell.id for cell in cells}) == 1:
            continue
        rows.append(replace(_row(grid, band, panel, index, path), apart=apart))
        apart = False
    return _signed(_aligned(rows))


def _aligned(rows: Sequence[Row]) -> list[Row]:
    """Rows that go on with a list behind 其中 stand on its level, however far they are set in."""
    found: list[Row] = []
    lead: Row | None = None
    for row in rows:
        if lead is not None and not row.among:
            goes_on = not row.total and row.depth == NO_NUMBER and row.indent > lead.indent - _AMONG
            row = replace(row, indent=lead.indent) if goes_on else row
            lead = lead if goes_on else None
        if row.among:
            lead = row
        found.append(row)
    return found


def _signed(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows behind 加： and 减： go on with that sign, on the level of the numbered rows, up to the next of these."""
    if not any(_sign(row) for row in rows):
        return tuple(rows)
    highest = min(row.depth for row in rows)
    edge = min(row.indent for row in rows)
    found = []
    sign = 0
    for row in rows:
        ends = row.depth < NO_NUMBER or row.total or pattern("row", "closing").search(row.label)
        sign = _sign(row) or (0 if ends else sign)
        found.append(replace(row, sign=sign, depth=highest, indent=edge) if sign else row)
    return tuple(found)


def _sign(row: Row) -> int:
    """−1 for 减：, +1 for 加：, 0 for neither."""
    bare = row.unnumbered
    return -1 if pattern("row", "negative").search(bare) else 1 if pattern("row", "positive").search(bare) else 0


def _path(cells: Sequence[Cell], labels: Sequence[int]) -> tuple[Cell, ...]:
    path: dict[str, Cell] = {}
    for column in labels:
        if cells[column].kind == "label":
            path.setdefault(cells[column].id, cells[column])
    return tuple(path.values())


def _row(grid: Grid, band: Band, panel: Panel, index: int, path: tuple[Cell, ...]) -> Row:
    cells = grid.cells[index]
    label = path[-1].text if path else ""
    numbered = numbering(label)
    codes = [cells[column].text for column in panel.codes]
    code = _code(codes)
    total = bool(label) and bool(pattern("total", "name").search(label)) and not pattern("total", "not_").search(label)
    if not label and not code and codes:
        total = bool(pattern("total", "name").search(codes[0]))
    total = total or pattern("row", "carried").search(label) is not None
    if not total and len(path) > 1 and pattern("total", "name").search(path[0].text):
        total = True
    group, rows = _group(grid, band, panel, index, path)
    block = path[-1].block if path else None
    return Row(
        index=index,
        path=path,
        code=code,
        depth=numbered.depth if numbered else NO_NUMBER,
        number=numbered.number if numbered else 0,
        indent=(block.indent if block else 0) + (_AMONG if pattern("row", "among").search(label) else 0),
        total=total,
        among=bool(pattern("row", "among").search(label)),
        sign=1,
        hidden=bool(block and block.origin.hidden),
        group=group,
        group_rows=rows,
        listed=any(
            c.kind == "index"
            and c.index < (panel.values or panel.labels or (0,))[0]
            and cells[c.index].kind == "figure"
            for c in band.columns
        ),
        empty=not any(cells[column].valued for column in panel.values),
        percent=_percent(label, [cells[column] for column in panel.values]),
        unit=unit_in(label),
        unit_beside=_unit_beside(grid, band, cells),
    )


def _percent(label: str, cells: Sequence[Cell]) -> Unit | None:
    """The unit of the bare figures of a row whose label names a rate."""
    if not pattern("percent", "header").search(label) or pattern("percent", "not_header").search(label):
        return None
    bare = [cell.quantity for cell in cells if cell.quantity and cell.quantity.unit.dimension == "number"]
    return PERCENT if any(abs(quantity.value) > 2 for quantity in bare) else FRACTION


def _code(codes: Sequence[str]) -> str:
    """The code of a row such that those of the rows below it begin with it: 201 05 07 → 2010507, 1.2 → 1.2."""
    joined = "".join(codes)
    if joined and all(re.fullmatch(r"\d+(?:[.．]\d+)*", text) for text in codes if text):
        return joined if joined.isdigit() and len(joined) > 1 else joined.rstrip(".") + "."
    return ""


def _unit_beside(grid: Grid, band: Band, cells: Sequence[Cell]) -> Unit | None:
    """The unit of a row that has a column for it."""
    for column in band.columns:
        if column.path and pattern("unit", "column").search(column.leaf) and cells[column.index].kind == "label":
            return unit_in(f"（{cells[column.index].text}）")
    return None


def _group(grid: Grid, band: Band, panel: Panel, index: int, path: tuple[Cell, ...]) -> tuple[str, tuple[int, int]]:
    """The innermost merged label cell, before the last, that the row shares with its neighbours."""
    for cell in reversed(path[:-1]):
        first = last = index
        while first > band.first and grid.cells[first - 1][cell.column].id == cell.id:
            first -= 1
        while last + 1 < band.last and grid.cells[last + 1][cell.column].id == cell.id:
            last += 1
        if last > first:
            return cell.id, (first, last + 1)
    return "", (0, 0)


# --- how rows belong to one another -------------------------------------------------------

Level = Callable[[Row], int]


def levels(rows: Sequence[Row]) -> dict[str, Level]:
    """The ways in which the rows show their order, each as a function to a level (small is high); those that
    tell no two rows apart are left out. ``flat`` is always there."""
    ways: dict[str, Level] = {
        "code": lambda row: len(row.code) or NO_NUMBER,
        "number": lambda row: row.depth,
        "indent": lambda row: row.indent,
        "list": lambda row: int(row.listed),
    }
    parts = [row for row in rows if not row.total]
    telling = {name: way for name, way in ways.items() if len({way(row) for row in parts}) > 1}
    if "number" in telling and "indent" in telling:
        telling = {"code": telling["code"]} if "code" in telling else {}
        telling |= {
            "both": lambda row: row.indent * 100 + row.depth,
            "number": ways["number"],
            "indent": ways["indent"],
        }
    if "code" in telling:
        telling.pop("list", None)
    if "code" in telling and sum(bool(row.code) for row in parts) * 2 < len(parts):
        del telling["code"]
    return telling | {"flat": lambda row: 0}


def parents(rows: Sequence[Row], level: Level, by_code: bool) -> dict[int, int | None]:
    """For each row that is no total, by index, the row above that it belongs to under a reading of levels.

    A total without a number of its own ends what stands above it. Codes must begin with the code of the row
    they belong to.
    """
    found: dict[int, int | None] = {}
    stack: list[Row] = []
    for row in rows:
        if row.apart or (row.total and row.depth == NO_NUMBER):
            stack.clear()
        if row.total and row.depth == NO_NUMBER:
            continue
        while stack and (level(stack[-1]) >= level(row) or (by_code and not row.code.startswith(stack[-1].code))):
            stack.pop()
        found[row.index] = stack[-1].index if stack else None
        stack.append(row)
    return found


def row_figure(grid: Grid, band: Band, row: Row, column: int) -> Quantity | None:
    """The figure of a row in a column, in the unit that the row names, else that of the column; ``unreadable`` if it
    cannot be told."""
    cell = grid.cells[row.index][column]
    quantity = cell.quantity or unreadable(cell)
    if quantity is None:
        return None
    own = band.columns[column].unit
    if band.columns[column].kind in ("rate", "share") and quantity.below_zero and cell.text.startswith("（"):
        # A share of something is not negative: brackets around it only set it apart.
        quantity = replace(quantity, value=-quantity.value)
    if band.columns[column].kind == "weight" and quantity.unit.dimension == "ratio":
        # 20% of a hundred marks are 20 marks.
        return replace(quantity, unit=Unit(quantity.unit.symbol, "score", counted=True))
    if band.columns[column].kind == "amount" and row.percent is not None:
        own = row.percent
    elif band.columns[column].kind in ("amount", "difference") and not band.columns[column].told:
        own = row.unit or (own if own is not None and own.dimension == "money" else row.unit_beside or own)
    return with_unit(quantity, own)
