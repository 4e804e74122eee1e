"""The columns of a table: what kind of figures each holds, and in which unit, by its header and its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from reportcheck.catalog import cached, table
from reportcheck.extract.cells import Cell, Matrix
from reportcheck.extract.headers import Header, pattern
from reportcheck.model import Table, Unit
from reportcheck.quantities import find_quantities
from reportcheck.schemas.figures import Units
from reportcheck.schemas.tables import Tables

PERCENT = Unit("%", "ratio", Fraction(1, 100))
FRACTION = Unit("", "ratio")
_COUNT = Unit("", "number", counted=True)
VALUES = frozenset({"amount", "difference", "rate", "growth", "share", "weight", "score", "deduction", "average"})
_STUB = 3
MIXED = frozenset({"target", "completion"})


class Column(Struct, frozen=True):
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

    @property
    def runs_on(self) -> bool:
        """Whether it carries on a balance from row to row, so that its last figure is its total."""
        return pattern("row", "running").search(self.leaf) is not None


def read_column(index: int, body: Sequence[Sequence[Cell]], header: Header, note: Unit | None, counted: bool) -> Column:
    """A column of a band by its header and the cells of ``body``; ``note`` is the unit that the table names, and
    ``counted`` says that all its figures count things."""
    path = header.paths[index]
    held = _held(index, body)
    figures = [cell for cell in held if cell.quantity is not None]
    title = "".join(cell.text for cell in path)
    leaf = path[-1].text if path else ""
    valued = sum(cell.valued for cell in held) if figures else 0
    percent = _is_percent(leaf, title, figures)
    kind = _kind(leaf, title, percent)
    if kind == "index" or (kind not in MIXED and _is_index(figures, held, header, index)):
        kind = "index"
    elif not held:
        kind = "empty"
    elif figures and not any(_begins(row, index) for row in body if row[index].kind == "figure"):
        kind = "repeat"
    elif kind not in MIXED | {"score", "weight", "note"} and valued * 2 < len(held):
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
        alone = _begins(row, index) and not _runs_over_figures(row, index, body)
        if cell.kind == "figure" or (cell.kind in ("unreadable", "label") and alone):
            cells.setdefault(cell.id, cell)
    return list(cells.values())


def _runs_over_figures(row: Sequence[Cell], index: int, body: Sequence[Sequence[Cell]]) -> bool:
    others = [c for c, cell in enumerate(row) if cell.id == row[index].id and c != index]
    return any(other[c].kind == "figure" for c in others for other in body)


def _begins(row: Sequence[Cell], index: int) -> bool:
    """Whether the cell at a place is not a merged one carried on from the left."""
    return index == 0 or row[index - 1].block is None or row[index - 1].id != row[index].id


def _kind(leaf: str, title: str, percent: bool) -> str:
    for row in table(Tables).column:
        if row.percent and not percent:
            continue
        searched = title if row.kind in ("growth", "difference") else leaf or title
        if row.kind in ("index", "note") and not leaf:
            continue
        if row.header.compiled.search(searched):
            return row.kind
    return "amount"


def _is_percent(leaf: str, title: str, figures: Sequence[Cell]) -> bool:
    with_sign = sum(cell.quantity.unit.dimension == "ratio" for cell in figures if cell.quantity)
    if figures and with_sign * 2 > len(figures):
        return True
    return bool(pattern("percent", "header").search(leaf)) and not pattern("percent", "not_header").search(leaf)


def _is_index(figures: Sequence[Cell], held: Sequence[Cell], header: Header, index: int) -> bool:
    """Whether a column without a telling header numbers its rows, or holds codes or years."""
    values = [cell.text for cell in figures]
    if len(values) < 2 or len(values) < len(held) / 2 or not all(value.isdigit() for value in values):
        return False
    numbers = [int(value) for value in values]
    counts_up = numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (0, 1)
    coded = len(values) > 2 and {len(v) for v in values} <= {3, 5, 7} and len({len(v) for v in values}) > 1
    years = all(1990 <= number <= 2060 for number in numbers) and numbers == sorted(numbers)
    # One header over codes and the names that they stand for.
    behind = header.paths[index + 1][-1:] if index + 1 < len(header.paths) else ()
    joined = bool(behind) and [c.id for c in behind] == [c.id for c in header.paths[index][-1:]]
    coded = coded or (joined and all(len(value) in (3, 5, 7) for value in values) and numbers == sorted(numbers))
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
    return unit_named(found["unit"]) if found else None


@cached
def unit_named(symbol: str) -> Unit | None:
    """The unit of a symbol such as 万元, if it is one."""
    if any(character.isdigit() for character in symbol):
        return None
    found = find_quantities("1" + symbol, "")
    return found[0].unit if len(found) == 1 and found[0].text == "1" + symbol and symbol else None


def _score_symbol() -> str:
    return next(row.symbols[0] for row in table(Units).unit if row.dimension == "score")


def unit_of_stub(header: Header, body: Sequence[Sequence[Cell]]) -> Unit | None:
    """The unit of amounts that the header of the stub names: 项目资金（万元）."""
    stub = [c for c in range(min(_STUB, len(header.paths))) if not any(row[c].kind == "figure" for row in body)]
    units = [unit_in(header.paths[c][-1].text) for c in stub if header.paths[c]]
    return next((unit for unit in units if unit is not None and unit.dimension == "money"), None)


def unit_of_note(source: Table) -> Unit | None:
    """The unit of the figures that have none of their own: the first that is one of money, else of things."""
    stated = re.split("[:：]", re.sub(r"\s", "", source.unit_note), maxsplit=1)[-1]
    units = [unit for name in pattern("unit", "known").findall(stated) if (unit := unit_named(name))]
    amounts = [unit for unit in units if unit.dimension != "ratio"]
    money = [unit for unit in amounts if unit.dimension == "money"]
    if not money and len(amounts) > 1:
        return _COUNT if all(unit.counted for unit in amounts) else None
    return next(iter(money or amounts), None)


def counts_things(cells: Matrix, header: Header, caption: str, note: Unit | None) -> bool:
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
