"""Totals down the columns of a table: ``total-mismatch``, ``balance-mismatch``.

What a total row adds up is told by its label, the numbering, codes, indents and merged cells of the rows around
it. A table may be read in several ways; each is an alternative of one question, and the ways are named
(``Claim.pattern``) so that the judge can see which of them the table itself bears out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from reportcheck.extract.rows import Row, levels, parents
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Claim, Fact, Question
from reportcheck.relations.claims import sum_claim
from reportcheck.rules.table_readings import Reading, read_readings, roots

_ADDITIVE = frozenset({"amount", "difference"})


def propose(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """A question for each figure of a row that adds up others."""
    for sheet in sheets:
        for part in sheet.parts:
            across = _spanning(sheet, part)
            yield from _across(sheet, part, across)
            for readings in read_readings(part):
                bound = not readings or readings[0].total.index not in across
                for column in part.columns:
                    if column.kind in _ADDITIVE:
                        claims = tuple(_claims(sheet, part, readings, column.index))
                        yield tuple(map(_searched, claims)) if column.runs_on or not bound else claims


def _spanning(sheet: Sheet, part: Part) -> dict[int, list[Part]]:
    """The total rows whose label runs on from panels before, with these panels."""
    if not part.panel.labels:
        return {}
    edge = part.panel.labels[0]
    before = [other for other in sheet.parts if other.band is part.band and other.panel.number < part.panel.number]
    found = {}
    for row in part.rows:
        cells = sheet.grid.cells[row.index]
        held = [other for other in before if other.panel.labels and cells[other.panel.labels[0]].id == cells[edge].id]
        if not held and len(_titles(part)) and all(_titles(other) == _titles(part) for other in before):
            # One list in two halves, with one total at the end of the second.
            held = [other for other in before if not any(r.total for r in other.rows)]
        if row.total and held and cells[edge].block is not None:
            found[row.index] = held
    return found


def _titles(part: Part) -> list[str]:
    return [part.band.columns[index].leaf for index in (*part.panel.labels, *part.panel.values)]


def _across(sheet: Sheet, part: Part, across: Mapping[int, Sequence[Part]]) -> Iterator[Question]:
    """A total whose label runs on from the panel before adds up the rows of both: 公用经费合计 over 302 and 310."""
    for row in part.rows:
        held = across.get(row.index)
        if held is None:
            continue
        for place, column in enumerate(part.panel.values):
            stated = sheet.operand(row.index, column)
            facts: list[Fact] = []
            for other in [*held, part]:
                rows = [r for r in other.rows if r.index < row.index + (other is not part)]
                ways = levels(rows)
                way = next(iter(ways))
                top = roots(rows, parents(rows, ways[way], way == "code"), False)
                values = other.panel.values
                own = values[place] if place < len(values) else values[-1]
                facts += [fact for r in top if (fact := sheet.operand(r.index, own))]
            if stated is not None and len(facts) > 1:
                yield (sum_claim(stated, [(1, fact) for fact in facts], "structure", True, f"{sheet.id}/across"),)


def _searched(claim: Claim) -> Claim:
    """The claim as one that may only confirm."""
    return replace(claim, basis="found")


def _claims(sheet: Sheet, part: Part, readings: Sequence[Reading], column: int) -> Iterator[Claim]:
    seen = set()
    # Where two readings come to the same figures the one that the label speaks for counts.
    for reading in sorted(readings, key=lambda reading: reading.basis != "structure"):
        stated = sheet.operand(reading.total.index, column)
        facts = _parts_of(sheet, stated, reading.parts, column)
        if stated is None or not facts or facts in seen or stated.quantity.unit.dimension == "ratio":
            continue
        seen.add(facts)
        yield sum_claim(stated, facts, reading.basis, reading.exhaustive, f"{sheet.id}/{part.name}/{reading.name}")


def _parts_of(sheet: Sheet, stated: Fact | None, rows: Sequence[Row], column: int) -> tuple[tuple[int, Fact], ...]:
    """The figures of rows in a column with the signs of their rows; nothing where one cannot be added."""
    found = []
    for row in rows:
        fact = sheet.operand(row.index, column)
        if fact is None:
            continue
        if stated is not None and fact.quantity.unit.dimension != stated.quantity.unit.dimension:
            return ()
        found.append((row.sign, fact))
    return tuple(found)
