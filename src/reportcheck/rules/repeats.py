"""Figures that the text and the tables both state: ``conflicting-figures``.

A figure of the text is held against the cells that bear its name: the label of the row, the header of the column,
or both. It is confirmed by any that agrees, or by any cell of the same value if that is no coincidence; it is
contradicted only where all cells of that name and of its side (budget or spending) say one other thing that is one
slip of the hand away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reportcheck.catalog import table
from reportcheck.extract.head import Head
from reportcheck.extract.headers import pattern
from reportcheck.extract.mention import Mention, Passage, all_mentions
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Basis, Claim, Fact, Question
from reportcheck.rules import reach

RULE = "conflicting-figures"
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_CELLS = 12
_MOST_NAMED = 60
_COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A figure of a table under one of its names; ``full`` names tell the row and the column."""

    fact: Fact
    sheet: str
    side: str
    years: frozenset[str]
    full: bool


def propose(passages: Sequence[Passage], sheets: Sequence[Sheet], head: Head) -> Iterator[Question]:
    """A question for each figure of the text that some cell may repeat."""
    named = _by_name(sheets)
    if not named:
        return
    valued = _Values(sheets)
    for mention in all_mentions(passages):
        if _is_stated(mention):
            yield (*_named(mention, named, head), *valued.claims(mention))


def _is_stated(mention: Mention) -> bool:
    levels = reach.is_level(mention) or mention.role in ("rate", "completion", "total", "share", "growth")
    return levels and mention.quantity.bound == "exact" and mention.dimension not in ("point", "times")


def _named(mention: Mention, cells: Mapping[str, Sequence[_Cell]], head: Head) -> Iterator[Claim]:
    """The cells that bear the name of a figure, else those whose name it holds."""
    for name in _names_of(mention):
        # A name that so many cells bear names nothing; asking them all would make long reports slow.
        held = _fitting(cells.get(name, ())[:_MOST_NAMED], mention, head)
        if not held or len(held) > _MOST_CELLS:
            continue
        values = {cell.fact.quantity.exact for cell in held}
        sure = len(values) == 1 and not pattern("repeat", "generic").search(name) and all(cell.full for cell in held)
        for cell in held:
            yield _claim(mention, cell.fact, "structure" if sure else "name")
        return


def _claim(mention: Mention, cell: Fact, basis: Basis, tried: int = 1) -> Claim:
    """That a cell states the same. The name may be that of another part of the report (市本级, 全市), so that only
    a difference which looks like a slip speaks against it."""
    return Claim(RULE, mention.fact, "sum(cell)", {"cell": (cell,)}, basis, exhaustive=False, tried=tried)


# --- values -------------------------------------------------------------------------------


class _Values:
    """The figures of all cells, to be looked up by what they read at the precision of a figure of the text."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self._cells: dict[str, list[Fact]] = {}
        self._read: dict[tuple[str, Fraction], dict[int, Fact]] = {}
        for sheet in sheets:
            for fact in sheet.facts.values():
                unit = fact.quantity.unit
                self._cells.setdefault(_COUNTED if unit.counted else unit.dimension, []).append(fact)

    def claims(self, mention: Mention) -> Iterator[Claim]:
        """That a cell which reads the same, of all that might, is the same figure."""
        unit, step = mention.quantity.unit, mention.quantity.last_place
        kind = _COUNTED if unit.counted else unit.dimension
        if (kind, step) not in self._read:
            cells = reversed(self._cells.get(kind, ()))
            self._read[kind, step] = {round(fact.quantity.exact / step): fact for fact in cells}
        same = self._read[kind, step].get(round(mention.quantity.exact / step))
        if same is not None:
            yield _claim(mention, same, "found", tried=len(self._cells[kind]))


# --- names --------------------------------------------------------------------------------


def _by_name(sheets: Iterable[Sheet]) -> dict[str, list[_Cell]]:
    found: dict[str, list[_Cell]] = {}
    for sheet in sheets:
        for part in sheet.parts:
            for row in part.rows:
                for column in range(len(part.band.columns)):
                    fact = sheet.facts.get((row.index, column))
                    if fact is None:
                        continue
                    title = part.band.columns[column].title
                    side = _side_of(title)
                    years = frozenset(_YEAR.findall(title))
                    for name, full in _names_of_cell(part, row.label, row.total, column):
                        cell = _Cell(fact, sheet.id, side, years, full)
                        found.setdefault(name, []).append(cell)
    return found


def _names_of_cell(part: Part, label: str, total: bool, column: int) -> Iterator[tuple[str, bool]]:
    """The names of a cell: its row's where the column only tells the side, its column's in a row for the whole."""
    header = part.band.columns[column]
    own, leaf, title = normal(label), normal(header.leaf), normal(header.title)
    plain = not leaf or header.kind == "completion" or pattern("repeat", "sided").search(leaf) is not None
    whole = total or not own or pattern("pair", "whole").search(label) is not None
    names = {own: plain, leaf: whole and not plain, title: whole and not plain, own + leaf: True, leaf + own: True}
    if whole and len(own) > 2:
        names[own] = plain
    for name, full in names.items():
        if len(name) > 2:
            yield name, full


def _names_of(mention: Mention) -> list[str]:
    """The names of a figure in the text, the fullest first."""
    names = [normal(phrase) for phrase in (mention.head, mention.topic, mention.fact.indicator, mention.subject)]
    if mention.name:
        names.insert(0, normal(mention.subject + mention.name))
        names.append(normal(mention.name))
    return [name for name in dict.fromkeys(names) if len(name) > 2]


def normal(phrase: str) -> str:
    """A name without numbering, brackets, year, and the words that only say that a figure follows."""
    bare = pattern("repeat", "noise").sub("", re.sub(r"\s", "", phrase))
    while (shorter := pattern("repeat", "ends").sub("", bare)) != bare and len(shorter) > 2:
        bare = shorter
    for row in table("tables")["alias"]:
        bare = re.sub(row["words"], row["as"], bare)
    return bare


# --- sides and years ----------------------------------------------------------------------


def _side_of(title: str) -> str:
    for row in table("tables")["repeat_side"]:
        if re.search(row["words"], title):
            return str(row["side"])
    return ""


def _fitting(held: Sequence[_Cell], mention: Mention, head: Head) -> list[_Cell]:
    """The cells of a name that may state the same: of one dimension, of the same side and year."""
    side = _side_of(mention.head) or {"budget": "budget", "actual": "actual"}.get(mention.side, "")
    years = set(_YEAR.findall(mention.head)) or ({str(head.year)} if head.year else set())
    fits = [cell for cell in held if _same_kind(cell.fact, mention.fact)]
    fits = [cell for cell in fits if not cell.years or not years or cell.years & years]
    sided = [cell for cell in fits if not side or not cell.side or cell.side == side]
    return sided


def _same_kind(cell: Fact, stated: Fact) -> bool:
    one, other = cell.quantity.unit, stated.quantity.unit
    return one.dimension == other.dimension or (
        "number" in (one.dimension, other.dimension) and one.counted == other.counted and other.dimension != "money"
    )
