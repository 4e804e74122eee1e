"""A table → bands, panels and columns: what each column holds and which rows it holds it for.

A **band** is a header with the rows below it; a form has several. A **panel** is a group of label columns with
the value columns that belong to them; 收入|金额|支出|金额 has two. A column's ``path`` are the header cells
above it, outermost first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from reportcheck.catalog import cached, table
from reportcheck.extract.cells import Cell, Matrix, matrix, with_unit
from reportcheck.extract.headers import Header, find_headers, pattern
from reportcheck.model import Quantity, Table, Unit
from reportcheck.quantities import find_quantities

PERCENT = Unit("%", "ratio", Fraction(1, 100))
FRACTION = Unit("", "ratio")
_COUNT = Unit("", "number", counted=True)
_VALUES = frozenset({"amount", "difference", "rate", "growth", "share", "weight", "score", "deduction", "average"})
_STUB = 3
_MIXED = frozenset({"target", "completion"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a band: ``kind`` as in ``patterns/tables.toml``, ``mark`` its number or letter in the header,
    ``terms`` the signed marks it is said to be the sum of; ``told``: its own header names the unit."""

    index: int
    path: tuple[Cell, ...]
    kind: str
    unit: Unit | None
    told: bool = False
    mark: str = ""
    terms: tuple[tuple[int, str], ...] = ()

    @property
    def title(self) -> str:
        """The words of all levels of its header."""
        return "".join(cell.text for cell in self.path)

    @property
    def leaf(self) -> str:
        """The words of the lowest level."""
        return self.path[-1].text if self.path else ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Label columns and the value columns behind them."""

    number: int
    labels: tuple[int, ...]
    codes: tuple[int, ...]
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """The rows ``first`` to ``last`` (one more than the last) under one header."""

    number: int
    first: int
    last: int
    columns: tuple[Column, ...]
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its structure."""

    source: Table
    cells: Matrix
    bands: tuple[Band, ...]
    scope: str

    def figure(self, band: Band, row: int, column: int) -> Quantity | None:
        """The figure of a cell in the unit of its column, if it holds one."""
        quantity = self.cells[row][column].quantity
        return None if quantity is None else with_unit(quantity, band.columns[column].unit)


def read_grid(source: Table, scope: str = "") -> Grid:
    """The structure of a table; one without figures has no bands."""
    cells = matrix(source)
    headers = find_headers(cells)
    note = _unit_of_note(source)
    ends = [header.top for header in headers[1:]] + [len(cells)]
    bands = tuple(
        _band(number, cells, header, end, note, source.caption)
        for number, (header, end) in enumerate(zip(headers, ends, strict=True))
        if any(cell.kind == "figure" for row in cells[header.bottom : end] for cell in row)
    )
    return Grid(source, cells, bands, scope)


def _band(number: int, cells: Matrix, header: Header, end: int, note: Unit | None, caption: str) -> Band:
    body = cells[header.bottom : end]
    note = note or _unit_of_stub(header)
    width = len(cells[0]) if cells else 0
    counted = _counts_things(cells, header, caption, note)
    columns = tuple(_column(c, body, header, note, counted) for c in range(width))
    return Band(number, header.bottom, end, columns, tuple(_panels(columns, body)))


# --- columns ------------------------------------------------------------------------------


def _column(index: int, body: Sequence[Sequence[Cell]], header: Header, note: Unit | None, counted: bool) -> Column:
    path = header.paths[index]
    held = _held(index, body)
    figures = [cell for cell in held if cell.quantity is not None]
    title = "".join(cell.text for cell in path)
    leaf = path[-1].text if path else ""
    percent = _is_percent(leaf, title, figures)
    kind = _kind(leaf, title, percent)
    if kind == "index" or (kind not in _MIXED and _is_index(figures, held)):
        kind = "index"
    elif not held:
        kind = "empty"
    elif figures and not any(_begins(row, index) for row in body if row[index].kind == "figure"):
        kind = "repeat"
    elif kind not in _MIXED | {"score", "weight", "note"} and len(figures) * 2 < len(held):
        kind = "label"
    elif kind == "note" and len(figures) * 2 >= len(held):
        kind = "amount"
    unit = _unit(leaf, title, kind, figures, note, counted)
    mark, terms = header.marks.get(index, ("", ()))
    told = unit_in(leaf) is not None or pattern("unit", "amount").search(leaf) is not None
    return Column(index, path, kind, unit, told, mark, terms)


def _held(index: int, body: Sequence[Sequence[Cell]]) -> list[Cell]:
    """The figures and words of a column, each block once; words that run on over columns with figures belong to
    none."""
    cells: dict[str, Cell] = {}
    for row in body:
        cell = row[index]
        if cell.kind == "figure" or (cell.kind == "label" and not _runs_over_figures(row, index, body)):
            cells.setdefault(cell.id, cell)
    return list(cells.values())


def _runs_over_figures(row: Sequence[Cell], index: int, body: Sequence[Sequence[Cell]]) -> bool:
    others = [c for c, cell in enumerate(row) if cell.id == row[index].id and c != index]
    return any(other[c].kind == "figure" for c in others for other in body)


def _begins(row: Sequence[Cell], index: int) -> bool:
    """Whether the cell at a place is not a merged one carried on from the left."""
    return index == 0 or row[index - 1].block is None or row[index - 1].id != row[index].id


def _kind(leaf: str, title: str, percent: bool) -> str:
    for row in table("tables")["column"]:
        if row.get("percent", False) and not percent:
            continue
        searched = title if row["kind"] in ("growth", "difference") else leaf or title
        if row["kind"] in ("index", "note") and not leaf:
            continue
        if re.search(row["header"], searched):
            return str(row["kind"])
    return "amount"


def _is_percent(leaf: str, title: str, figures: Sequence[Cell]) -> bool:
    with_sign = sum(cell.quantity.unit.dimension == "ratio" for cell in figures if cell.quantity)
    if figures and with_sign * 2 > len(figures):
        return True
    return bool(pattern("percent", "header").search(leaf)) and not pattern("percent", "not_header").search(leaf)


def _is_index(figures: Sequence[Cell], held: Sequence[Cell]) -> bool:
    """Whether a column without a telling header numbers its rows, or holds codes or years."""
    values = [cell.text for cell in figures]
    if len(values) < 2 or len(values) < len(held) / 2 or not all(value.isdigit() for value in values):
        return False
    numbers = [int(value) for value in values]
    counts_up = numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (0, 1)
    coded = len(values) > 2 and {len(v) for v in values} <= {3, 5, 7} and len({len(v) for v in values}) > 1
    years = all(1990 <= number <= 2060 for number in numbers) and numbers == sorted(numbers)
    return (counts_up and len(numbers) > 2) or (coded and numbers[0] < 1000) or years


def _unit(leaf: str, title: str, kind: str, figures: Sequence[Cell], note: Unit | None, counted: bool) -> Unit | None:
    if kind in ("rate", "growth", "share"):
        bare = [cell.quantity for cell in figures if cell.quantity and cell.quantity.unit.dimension == "number"]
        percent = re.search("[%％]", title) or any(abs(quantity.value) > 2 for quantity in bare)
        return PERCENT if percent or not bare else FRACTION
    if kind in ("weight", "score", "deduction"):
        # A weight is a whole number by nature, a score may be rounded to one.
        return Unit(_score_symbol(), "score", counted=kind == "weight")
    own = unit_in(leaf) or unit_in(title)
    if own is not None:
        return own
    if kind == "average":
        return None
    if note is not None and (note.dimension != "money" or not pattern("unit", "counts").search(leaf)):
        return note
    if counted or pattern("unit", "counts").search(leaf):
        return _COUNT
    return None


def unit_in(label: str) -> Unit | None:
    """The unit that stands in brackets in a label: 编制数（人）, 金额(万元)."""
    found = pattern("unit", "behind").search(label) or pattern("unit", "inline").search(label)
    return _parsed_unit(found["unit"]) if found else None


@cached
def _parsed_unit(symbol: str) -> Unit | None:
    found = find_quantities("1" + symbol, "")
    return found[0].unit if len(found) == 1 and found[0].text == "1" + symbol and symbol else None


def _score_symbol() -> str:
    return next(str(row["symbols"][0]) for row in table("units")["unit"] if row["dimension"] == "score")


def _unit_of_stub(header: Header) -> Unit | None:
    """The unit of amounts that the header of the stub names: 项目资金（万元）."""
    units = [unit_in(path[-1].text) for path in header.paths[:_STUB] if path]
    return next((unit for unit in units if unit is not None and unit.dimension == "money"), None)


def _unit_of_note(source: Table) -> Unit | None:
    """The unit of the figures that have none of their own: the first that is one of money, else of things."""
    stated = re.split("[:：]", re.sub(r"\s", "", source.unit_note), maxsplit=1)[-1]
    units = [unit for name in pattern("unit", "known").findall(stated) if (unit := _parsed_unit(name))]
    amounts = [unit for unit in units if unit.dimension != "ratio"]
    money = [unit for unit in amounts if unit.dimension == "money"]
    if not money and len(amounts) > 1:
        return _COUNT if all(unit.counted for unit in amounts) else None
    return next(iter(money or amounts), None)


def _counts_things(cells: Matrix, header: Header, caption: str, note: Unit | None) -> bool:
    """Whether all figures are whole and nothing speaks of money, so that they are counts."""
    if note is not None:
        return note.counted
    whole = all(
        cell.quantity.decimals == 0 and cell.quantity.unit.dimension == "number"
        for row in cells[header.bottom :]
        for cell in row
        if cell.quantity
    )
    words = caption + "".join(cell.text for path in header.paths for cell in path)
    return whole and not pattern("unit", "money").search(words)


# --- panels -------------------------------------------------------------------------------


def _panels(columns: Sequence[Column], body: Sequence[Sequence[Cell]]) -> list[Panel]:
    starts = [0, *_further_stubs(columns, body), len(columns)]
    panels = []
    for number, (start, end) in enumerate(pairwise(starts)):
        own = columns[start:end]
        first = next((c.index for c in own if c.kind in _VALUES), end)
        labels = _stub([c for c in own if c.index < first and c.kind in ("label", "note", *_MIXED)], body)
        codes = tuple(c.index for c in own if c.index < first and c.kind == "index" and _holds_codes(c, body))
        values = tuple(c.index for c in own if c.kind in _VALUES)
        if values:
            panels.append(Panel(number, labels, codes, values))
    return panels


def _stub(columns: Sequence[Column], body: Sequence[Sequence[Cell]]) -> tuple[int, ...]:
    """The columns that name the rows: up to the first with a name of its own for nearly each row. What follows
    only describes them."""
    named: list[int] = []
    for column in columns:
        if _holds_units(column, body):
            continue
        named.append(column.index)
        cells = [row[column.index] for row in body]
        own = {cell.id for cell in cells if cell.kind == "label"}
        if len(own) * 10 >= len(body) * 9:
            break
    return tuple(named)


def _further_stubs(columns: Sequence[Column], body: Sequence[Sequence[Cell]]) -> list[int]:
    """Where another stub begins: behind values, with the header of the first stub or of a stub at all, and
    values with headers like those before."""
    starts: list[int] = []
    first = next((c for c in columns if c.kind == "label"), None)
    if first is None:
        return starts
    seen_value = False
    for column in columns[first.index + 1 :]:
        if column.kind in _VALUES:
            seen_value = True
        elif column.kind in ("label", "index") and seen_value and _begins_panel(column, first, columns, body):
            starts.append(column.index)
            seen_value = False
    return starts


def _begins_panel(column: Column, first: Column, columns: Sequence[Column], body: Sequence[Sequence[Cell]]) -> bool:
    behind = next((c for c in columns[column.index + 1 :] if c.kind in _VALUES), None)
    if behind is None:
        return False
    same = bool(column.leaf) and column.leaf in (first.leaf, columns[0].leaf)
    stub = bool(pattern("panel", "stub").search(column.leaf)) and column.kind == "label"
    headless = not column.path and not first.path
    return same or stub or headless


def _holds_codes(column: Column, body: Sequence[Sequence[Cell]]) -> bool:
    texts = [row[column.index].text for row in body if row[column.index].kind == "figure"]
    numbers = [int(text) for text in texts if text.isdigit()]
    start = numbers[0] if numbers else 0
    counts_up = len(numbers) == len(texts) and numbers == list(range(start, start + len(numbers)))
    return sum(len(text) >= 2 for text in texts) * 2 >= len(texts) > 0 and not counts_up


def _holds_units(column: Column, body: Sequence[Sequence[Cell]]) -> bool:
    texts = [row[column.index].text for row in body if row[column.index].kind == "label"]
    return bool(texts) and sum(_parsed_unit(text) is not None for text in texts) * 2 > len(texts)
