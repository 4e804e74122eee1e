"""Totals along the rows of a table: ``total-mismatch``.

Which columns a column adds up is told by the levels of the header (合计 beside its siblings), by the arithmetic
that the header prints (A=B+C), by 其中, or, for a column with no such word, by nothing but that it holds in
row after row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from reportcheck.extract.columns import Column
from reportcheck.extract.headers import pattern
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Basis, Claim, Fact, Question
from reportcheck.relations.claims import sum_claim

_SUMMED = frozenset({"amount"})
_DERIVED = frozenset({"amount", "difference"})
_MOST_INFERRED = 8


class Reading(Struct, frozen=True):
    """One way to read which columns a column adds up; ``parts`` with their signs."""

    total: int
    parts: tuple[tuple[int, int], ...]
    basis: Basis
    exhaustive: bool


def propose(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """A question for each figure in a column that adds up others."""
    for sheet in sheets:
        for part in sheet.parts:
            readings = _readings(part)
            for row in part.rows:
                for total in sorted({reading.total for reading in readings}):
                    own = [reading for reading in readings if reading.total == total]
                    yield tuple(_claims(sheet, part, row.index, own))
            yield from _running(sheet, part)


def _claims(sheet: Sheet, part: Part, row: int, readings: Sequence[Reading]) -> Iterator[Claim]:
    seen = set()
    for reading in readings:
        stated = sheet.operand(row, reading.total)
        parts = tuple((sign, fact) for sign, c in reading.parts if (fact := sheet.operand(row, c)))
        if stated is None or not parts or parts in seen or not _one_dimension(stated, parts):
            continue
        if len(reading.parts) < 2:
            continue
        seen.add(parts)
        if all(sign < 0 for sign, _ in parts):
            continue
        columns = ",".join(f"{sign * c}" for sign, c in reading.parts)
        name = f"{sheet.id}/{part.name}/{reading.total}={columns}"
        yield sum_claim(stated, parts, reading.basis, reading.exhaustive, name)


def _one_dimension(stated: Fact, parts: Sequence[tuple[int, Fact]]) -> bool:
    dimension = stated.quantity.unit.dimension
    return dimension != "ratio" and all(fact.quantity.unit.dimension == dimension for _, fact in parts)


def _running(sheet: Sheet, part: Part) -> Iterator[Question]:
    """A balance carried on from row to row: the one before, and what the columns before it add and take."""
    for place, column in enumerate(part.columns):
        if not column.runs_on:
            continue
        near = [c.index for c in part.columns[max(0, place - 2) : place] if c.kind in _DERIVED]
        for above, row in pairwise(part.rows):
            before = sheet.facts.get((above.index, column.index))
            stated = sheet.facts.get((row.index, column.index))
            aggregate = row.total or pattern("row", "aggregate").search(row.label)
            if before is None or stated is None or aggregate:
                continue
            claims = []
            for signs in ((1,), (1, -1), (-1,), (-1, 1)):
                added = [
                    (s, sheet.facts[row.index, c])
                    for s, c in zip(signs, near[-len(signs) :], strict=False)
                    if (row.index, c) in sheet.facts
                ]
                if added:
                    name = f"{sheet.id}/{part.name}/run:{column.index}:{signs}"
                    claims.append(sum_claim(stated, [(1, before), *added], "parallel", False, name))
            yield tuple(claims)


# --- readings -----------------------------------------------------------------------------


def _readings(part: Part) -> list[Reading]:
    columns = part.columns
    printed = list(_printed(columns))
    told = {reading.total for reading in printed}
    by_header = [r for r in _by_header(columns) if r.total not in told]
    told |= {reading.total for reading in by_header}
    inferred = [r for r in _inferred(columns) if r.total not in told]
    return [*printed, *by_header, *inferred]


def _printed(columns: Sequence[Column]) -> Iterator[Reading]:
    """The arithmetic that the header itself prints."""
    marked = {column.mark: column.index for column in columns if column.mark}
    for column in columns:
        parts = [(sign, marked.get(mark)) for sign, mark in column.terms]
        if len(parts) > 1 and all(index is not None for _, index in parts):
            yield Reading(column.index, tuple((s, i) for s, i in parts if i is not None), "wording", True)


Path = tuple[tuple[str, str], ...]
"""The header cells above a column as (id, words), outermost first."""


def _by_header(columns: Sequence[Column]) -> Iterator[Reading]:
    """Columns whose header says that they add up their neighbours at some level; only what has one dimension
    is added."""
    dimensions = {column.unit.dimension if column.unit else "" for column in columns}
    for dimension in sorted(dimensions):
        own = [column for column in columns if (column.unit.dimension if column.unit else "") == dimension]
        for group in _comparable(own):
            yield from _of_node(group)


def _comparable(columns: Sequence[Column]) -> Iterator[list[tuple[Path, int]]]:
    """Columns of one kind: where the lowest level repeats (预算数|决算数 under each item), those under the same
    words, without that level."""
    own = [
        (tuple((cell.id, cell.text) for cell in column.path), column.index)
        for column in columns
        if column.path and (column.kind in _SUMMED or (column.kind in _DERIVED and len(column.path) > 1))
    ]
    leaves: dict[str, list[tuple[Path, int]]] = {}
    for path, index in own:
        if len(path) > 1 and not _is_total(path[-1][1]):
            leaves.setdefault(path[-1][1], []).append((path, index))
    repeated = {leaf: held for leaf, held in leaves.items() if len(held) > 1}
    for held in repeated.values():
        yield [(path[:-1], index) for path, index in held]
    again = {index for held in repeated.values() for _, index in held}
    yield [(path, index) for path, index in own if index not in again]
    if again:
        yield own


def _is_total(words: str) -> bool:
    return bool(pattern("total", "name").search(words))


def _of_node(held: Sequence[tuple[Path, int]]) -> Iterator[Reading]:
    """The totals among the children of one header cell, and those below them."""
    children: dict[tuple[str, str], list[tuple[Path, int]]] = {}
    for path, index in held:
        if path:
            children.setdefault(path[0], []).append((path[1:], index))
    for below in children.values():
        yield from _of_node(below)
    totals = [key for key in children if _is_total(key[1])]
    names = list(children)
    for key in totals:
        total = _standing_for(children[key])
        if len(total) != 1:
            continue
        place = names.index(key)
        for others, basis in _others(names, totals, place, children):
            parts = [index for other in others for index in _standing_for(children[other])]
            if len(parts) > 1:
                yield Reading(total[0], tuple((1, index) for index in parts), basis, True)
    for place, key in enumerate(names[1:], 1):
        if pattern("row", "among").search(key[1]) and len(before := _standing_for(children[names[place - 1]])) == 1:
            parts = _standing_for(children[key])
            if len(parts) > 1:
                yield Reading(before[0], tuple((1, index) for index in parts), "structure", False)


def _others(
    names: list[tuple[str, str]],
    totals: Sequence[tuple[str, str]],
    place: int,
    below: Mapping[tuple[str, str], Sequence[object]],
) -> Iterator[tuple[list[tuple[str, str]], Basis]]:
    """The siblings that a total may add up: all, those behind it, those before it, each up to another total."""
    plain = [name for name in names if name not in totals and not pattern("row", "among").search(name[1])]
    behind = _up_to_total(names[place + 1 :], totals)
    before = _up_to_total(names[:place][::-1], totals)[::-1]
    structure: Basis = "structure"
    if len(totals) == 1:
        yield plain, structure
    for stretch in (behind, before):
        others = [name for name in stretch if name in plain]
        if (others and others != plain) or len(totals) > 1:
            yield others, structure if len(totals) > 1 and not (behind and before) else "found"
    for other in plain:
        if len(below[other]) > 1 and len([name for name in plain if len(below[name]) > 1]) > 1:
            # Two groups beside a total may be two partitions of it.
            yield [other], "parallel"
    smaller = [name for name in totals if name != names[place]]
    if smaller:
        yield smaller, "found"
        first = names.index(smaller[0])
        yield [name for name in names[place + 1 : first] if name in plain] + smaller, "found"
        yield behind[:2], "found"
        yield behind[:3], "found"


def _up_to_total(names: Sequence[tuple[str, str]], totals: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    end = next((i for i, name in enumerate(names) if name in totals), len(names))
    return list(names[:end])


def _standing_for(held: Sequence[tuple[Path, int]]) -> list[int]:
    """The columns that give what a header cell covers: its total if it has one, else all below it; a cell over
    several columns may have nothing below."""
    if len(held) == 1 or not any(path for path, _ in held):
        return [index for _, index in held]
    children: dict[tuple[str, str], list[tuple[Path, int]]] = {}
    for path, index in held:
        children.setdefault(path[0] if path else ("", ""), []).append((path[1:], index))
    total = next((key for key in children if _is_total(key[1])), None)
    if total is not None:
        return _standing_for(children[total])
    plain = [key for key in children if not pattern("row", "among").search(key[1])]
    return [index for key in plain for index in _standing_for(children[key])]


def _inferred(columns: Sequence[Column]) -> Iterator[Reading]:
    """A column and those next to it, with no word for their relation: 支出决算|基本支出|项目支出."""
    own = [column for column in columns if column.kind in _DERIVED]
    for place, column in enumerate(own):
        behind = own[place + 1 :]
        before = own[:place]
        for size in range(2, min(len(behind), _MOST_INFERRED) + 1):
            yield _sum(column, behind[:size])
        if len(behind) > _MOST_INFERRED:
            yield _sum(column, behind)
        for size in range(2, min(len(before), 4) + 1):
            yield _sum(column, before[-size:])
        if len(before) > 4:
            yield _sum(column, before)
        if len(before) >= 2 and column.kind == "difference":
            yield _signed(column, (before[-2], 1), (before[-1], -1))
        if len(before) >= 3:
            # What there was and what came, less what went; and with what came of it.
            yield _signed(column, (before[-3], 1), (before[-2], 1), (before[-1], -1))
            yield _signed(column, (before[0], 1), (before[-1], 1))


def _sum(column: Column, parts: Sequence[Column]) -> Reading:
    return _signed(column, *((part, 1) for part in parts))


def _signed(column: Column, *parts: tuple[Column, int]) -> Reading:
    return Reading(column.index, tuple((sign, part.index) for part, sign in parts), "parallel", False)
