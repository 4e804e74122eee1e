"""Totals down the columns of a table: ``total-mismatch``, ``balance-mismatch``.

What a total row adds up is told by its label, the numbering, codes, indents and merged cells of the rows around
it. A table may be read in several ways; each is an alternative of one question, and the ways are named
(``Claim.pattern``) so that the judge can see which of them the table itself bears out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportcheck.extract.headers import pattern
from reportcheck.extract.rows import Row, levels, parents
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Basis, Claim, Fact, Question
from reportcheck.rules.lists import RULE, is_partition_of

ADDITIVE = frozenset({"amount", "difference", "weight", "score", "deduction"})
_MOST_PARTS = 400
_MOST_AMONG = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read which rows a row adds up."""

    name: str
    total: Row
    parts: tuple[Row, ...]
    basis: Basis
    exhaustive: bool


def propose(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """A question for each figure of a row that adds up others."""
    for sheet in sheets:
        for part in sheet.parts:
            if _is_scored(part):
                continue
            for readings in _readings(part):
                for column in part.panel.values:
                    if part.band.columns[column].kind in ADDITIVE:
                        yield tuple(_claims(sheet, part, readings, column))


def _is_scored(part: Part) -> bool:
    """Score sheets have rules of their own (``scores``)."""
    return any(part.band.columns[column].kind == "weight" for column in part.panel.values)


def _claims(sheet: Sheet, part: Part, readings: Sequence[Reading], column: int) -> Iterator[Claim]:
    seen = set()
    for reading in readings:
        stated = sheet.facts.get((reading.total.index, column))
        facts = parts_of(sheet, stated, reading.parts, column)
        if stated is None or not facts or facts in seen:
            continue
        seen.add(facts)
        yield sum_claim(
            stated, facts, reading.parts, reading.basis, reading.exhaustive, f"{sheet.id}/{part.name}/{reading.name}"
        )


def parts_of(sheet: Sheet, stated: Fact | None, rows: Sequence[Row], column: int) -> tuple[tuple[int, Fact], ...]:
    """The figures of rows in a column with the signs of their rows; nothing where one cannot be added."""
    found = []
    for row in rows:
        fact = sheet.facts.get((row.index, column))
        if fact is None:
            continue
        if stated is not None and fact.quantity.unit.dimension != stated.quantity.unit.dimension:
            return ()
        found.append((row.sign, fact))
    return tuple(found)


def sum_claim(
    stated: Fact,
    parts: Sequence[tuple[int, Fact]],
    rows: Sequence[Row],
    basis: Basis,
    exhaustive: bool,
    name: str,
) -> Claim:
    """That a figure is the sum of others, those with a negative sign taken off."""
    plus = tuple(fact for sign, fact in parts if sign > 0)
    minus = tuple(fact for sign, fact in parts if sign < 0)
    formula = "sum(parts) - sum(less)" if minus else "sum(parts)"
    operands = {"parts": plus, "less": minus} if minus else {"parts": plus}
    return Claim(RULE, stated, formula, operands, basis, exhaustive=exhaustive, pattern=name)


# --- readings -----------------------------------------------------------------------------


def _readings(part: Part) -> Iterator[list[Reading]]:
    """For each row that adds up others the ways to read which."""
    rows = [row for row in part.rows if row.path or row.code]
    ways = levels(rows)
    trees = {name: parents(rows, level, name == "code") for name, level in ways.items()}
    for position, row in enumerate(rows):
        if row.total:
            yield _of_total(rows, position, trees)
        else:
            found = [*_of_children(rows, row, trees), *_among(rows, position)]
            if found:
                yield found


def _of_total(rows: Sequence[Row], position: int, trees: dict[str, dict[int, int | None]]) -> list[Reading]:
    """A total adds up the rows above it, since the last total or from the start, or those below it."""
    row = rows[position]
    above, below = rows[:position], rows[position + 1 :]
    if row.group:
        first, last = row.group_rows
        above = [other for other in above if first <= other.index < last]
        below = [other for other in below if first <= other.index < last]
    stretches = dict(_stretches(row, above, below))
    readings: list[Reading] = []
    best = next(iter(trees))
    for way, tree in trees.items():
        for name, (stretch, with_totals) in stretches.items():
            parts = _roots(stretch, tree, with_totals)
            if 1 <= len(parts) <= _MOST_PARTS and (len(parts) > 1 or name == "balance"):
                basis: Basis = "structure" if way == best else "found"
                exhaustive = not any(_opens(other) for other in stretch)
                readings.append(Reading(f"{name}:{way}", row, tuple(parts), basis, exhaustive))
    return readings


def _stretches(
    row: Row, above: Sequence[Row], below: Sequence[Row]
) -> Iterator[tuple[str, tuple[Sequence[Row], bool]]]:
    """The stretches of rows that a total may add up, by name; with whether totals within them count as parts."""
    last = next((i for i in range(len(above) - 1, -1, -1) if above[i].total), None)
    small = pattern("total", "small").search(row.label) is not None
    if above:
        since = above if last is None else above[last + 1 :]
        if since:
            yield "since", (since, False)
        if last is not None and not small:
            totals = [other for other in above if other.total]
            yield "carry", (above[last:], True)
            yield "totals", (totals, True)
            yield "all", (above, False)
            smalls = [other for other in totals if pattern("total", "small").search(other.label)]
            if smalls and len(smalls) < len(totals):
                yield "smalls", (smalls, True)
    if below and (not above or not any(not other.total for other in above) or last is not None or row.group):
        end = next((i for i, other in enumerate(below) if other.total), len(below))
        if end:
            yield "below", (below[:end], False)
        if end < len(below):
            yield "below-all", (below, False)
            yield "below-totals", ([other for other in below if other.total], True)


def _roots(stretch: Sequence[Row], tree: dict[int, int | None], with_totals: bool) -> list[Row]:
    """The rows of a stretch that belong to none of its other rows."""
    inside = {row.index for row in stretch}
    return [
        row
        for row in stretch
        if (row.total and with_totals)
        or (not row.total and not row.among and tree.get(row.index) not in inside and not _opens(row))
    ]


def _of_children(rows: Sequence[Row], row: Row, trees: dict[str, dict[int, int | None]]) -> Iterator[Reading]:
    """A row adds up the rows that belong to it by code, numbering or indent."""
    for way, tree in trees.items():
        children = [other for other in rows if not other.total and tree.get(other.index, None) == row.index]
        if not children or way == "flat":
            continue
        among = any(child.among for child in children)
        surely = way == "code" and not among
        yield Reading(f"child:{way}", row, tuple(children), "structure", surely)


def _among(rows: Sequence[Row], position: int) -> Iterator[Reading]:
    """Rows that 其中 introduces behind a row: up to the end that numbering or another total sets, or fewer."""
    row = rows[position]
    following = rows[position + 1 :]
    if row.among or not following or not following[0].among:
        return
    listed = [following[0]]
    for other in following[1:]:
        if other.total or len(listed) >= _MOST_AMONG * 3:
            break
        if not other.among and other.depth <= row.depth and (other.depth < 99 or other.indent <= row.indent):
            break
        listed.append(other)
    labels = [other.label for other in listed]
    for size in range(len(listed), 1, -1):
        complete = is_partition_of(labels[:size])
        basis: Basis = "structure" if size == len(listed) or complete else "found"
        yield Reading(f"among:{size}", row, tuple(listed[:size]), basis, complete)


def _opens(row: Row) -> bool:
    """Whether a row stands for others that are left out (……)."""
    return bool(pattern("row", "open").search(row.label))
