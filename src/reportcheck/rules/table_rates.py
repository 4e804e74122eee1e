"""Rates, growth, differences and shares in the columns of a table: ``rate-mismatch``, ``growth-mismatch``,
``change-mismatch``, ``share-mismatch``.

Which columns a percentage is taken of is told by the words of their headers, or by nothing but that one pair of
columns gives it in row after row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from msgspec import Struct

from reportcheck.catalog import table
from reportcheck.extract.columns import Column
from reportcheck.extract.headers import pattern
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Basis, Claim, Fact, Kind, Question
from reportcheck.relations.claims import SHARE, ratio
from reportcheck.schemas.tables import Tables

_DERIVED = frozenset({"rate", "growth", "difference", "share"})
_BASES = frozenset({"amount", "difference"})
_SCORED = frozenset({"weight", "score"})
_MOST_BEFORE = 7
_MOST_BEHIND = 2
_KINDS: dict[str, Kind] = {"rate-mismatch": "ratio", "growth-mismatch": "change", "change-mismatch": "change"}
_RISE, _FALL = "current / base - 1", "1 - current / base"
_YEAR = re.compile(r"(?:19|20)\d\d")


class Reading(Struct, frozen=True):
    """One way to compute a column: ``operands`` binds the names of ``formula`` to columns."""

    rule: str
    column: int
    formula: str
    operands: tuple[tuple[str, int], ...]
    basis: Basis

    @property
    def name(self) -> str:
        """The reading without its formula: the same columns the other way round are one."""
        return f"{self.rule}:{self.column}:" + ",".join(sorted(f"{name}{index}" for name, index in self.operands))


def propose(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """A question for each figure in a column of percentages or differences."""
    for sheet in sheets:
        for part in sheet.parts:
            for column in part.columns:
                if column.kind not in _DERIVED:
                    continue
                readings = list(_readings(part, column, _is_signed(sheet, part, column)))
                for row in part.rows:
                    stated = sheet.operand(row.index, column.index)
                    if stated is not None:
                        yield tuple(_claims(sheet, part, row.index, stated, readings))
                if column.kind == "share":
                    yield from _shares(sheet, part, column)
            yield from _of_rows(sheet, part)


def _of_rows(sheet: Sheet, part: Part) -> Iterator[Question]:
    """Rows of percentages, taken of other rows in the same columns."""
    amounts = part.of_kind(*_BASES)
    for place, row in enumerate(part.rows):
        if not pattern("percent", "header").search(row.label):
            continue
        others = [*part.rows[max(0, place - _MOST_BEFORE) : place], *part.rows[place + 1 : place + 1 + _MOST_BEHIND]]
        for index in amounts:
            stated = sheet.facts.get((row.index, index))
            if stated is None or stated.quantity.unit.dimension != "ratio":
                continue
            held = {
                other.index: sheet.facts[other.index, index] for other in others if (other.index, index) in sheet.facts
            }
            held = {i: fact for i, fact in held.items() if fact.quantity.unit.dimension != "ratio"}
            yield tuple(
                ratio(
                    "rate-mismatch",
                    stated,
                    held[one],
                    held[other],
                    "parallel",
                    pattern=f"{sheet.id}/{part.name}/row:{row.index}:{one}/{other}",
                )
                for one, other in permutations(held, 2)
                if held[one].quantity.unit.dimension == held[other].quantity.unit.dimension
            )


def _claims(sheet: Sheet, part: Part, row: int, stated: Fact, readings: Sequence[Reading]) -> Iterator[Claim]:
    for reading in readings:
        facts = {name: (fact,) for name, c in reading.operands if (fact := sheet.operand(row, c))}
        if len(facts) < len(reading.operands):
            continue
        dimensions = {fact.quantity.unit.dimension for (fact,) in facts.values()}
        if len(dimensions) > 1:
            continue
        if reading.rule == "change-mismatch" and stated.quantity.unit.dimension not in dimensions:
            continue
        name = f"{sheet.id}/{part.name}/{reading.name}"
        yield Claim(reading.rule, _KINDS[reading.rule], stated, reading.formula, facts, reading.basis, pattern=name)
        if reading.formula == _RISE and facts["base"][0].quantity.below_zero:
            # From a negative base a change for the better is written as growth.
            yield Claim(reading.rule, _KINDS[reading.rule], stated, _FALL, facts, reading.basis, pattern=name)


def _is_signed(sheet: Sheet, part: Part, column: Column) -> bool:
    """Whether some figure of a column is written as a negative one."""
    own = (sheet.facts.get((row.index, column.index)) for row in part.rows)
    return any(fact is not None and fact.quantity.below_zero for fact in own)


# --- readings -----------------------------------------------------------------------------


def _readings(part: Part, column: Column, signed: bool) -> Iterator[Reading]:
    near = _near(part, column)
    match column.kind:
        case "rate" | "share":
            yield from _rates(column, near)
        case "growth":
            yield from _growths(column, near, signed)
        case "difference":
            yield from _differences(column, near)


def _near(part: Part, column: Column) -> list[Column]:
    """The columns that may be operands: those of its group in the header if there are two, else the nearest."""
    wanted = _BASES | (_SCORED if pattern("percent", "of_scores").search(column.title) else frozenset())
    own = [other for other in part.columns if other is not column and other.kind in wanted]
    group = [other for other in own if column.path[:-1] and other.path[:-1] == column.path[:-1]]
    if len(group) >= 2:
        return group
    totals = [other for other in own if pattern("total", "column").search(other.leaf)]
    before = [other for other in own if other.index < column.index][-_MOST_BEFORE:]
    behind = [other for other in own if other.index > column.index][:_MOST_BEHIND]
    return sorted({other.index: other for other in (*totals, *before, *behind)}.values(), key=lambda c: c.index)


def _rates(column: Column, near: Sequence[Column]) -> Iterator[Reading]:
    printed = _printed(column, near)
    bound = printed or _sides(column, near)
    for numerator, denominator in permutations(near, 2):
        told = (numerator.index, denominator.index) == bound
        operands = (("numerator", numerator.index), ("denominator", denominator.index))
        if printed and not told:
            continue
        basis: Basis = ("wording" if printed else "structure") if told else "parallel"
        yield Reading("rate-mismatch", column.index, "numerator / denominator", operands, basis)


def _printed(column: Column, near: Sequence[Column]) -> tuple[int, int] | None:
    """The numerator and the denominator by the marks that the header divides: 执行率（B/A）."""
    printed = pattern("header", "quotient").search(column.title)
    marked = {other.mark: other.index for other in near if other.mark}
    if printed and printed["over"] in marked and printed["under"] in marked:
        return marked[printed["over"]], marked[printed["under"]]
    return None


def _sides(column: Column, near: Sequence[Column]) -> tuple[int, int] | None:
    """The numerator and the denominator that the headers name by their words."""
    for row in table(Tables).sides:
        if not row.rate.compiled.search(column.title):
            continue
        numerator = _named(row.numerator, near, column)
        denominator = _named(row.denominator, [c for c in near if c is not numerator], column)
        return (numerator.index, denominator.index) if numerator and denominator else None
    return None


def _named(words: Sequence[str], near: Sequence[Column], rate: Column) -> Column | None:
    """The column that the surest word fits; of several the one nearest before the rate."""
    for word in words:
        fits = [column for column in near if re.search(word, column.title)]
        before = [column for column in fits if column.index < rate.index]
        if fits:
            return before[-1] if before else fits[0]
    return None


def _growths(column: Column, near: Sequence[Column], signed: bool) -> Iterator[Reading]:
    # Where the header says that it falls, a decrease is written without its sign; where it names both ways, the whole
    # column may be written so.
    unsigned = pattern("percent", "either").search(column.title) and not signed
    falls = unsigned or pattern("percent", "falls").search(column.title)
    bound = _later_and_earlier(near)
    changes = [other for other in near if other.kind == "difference"]
    levels = [other for other in near if other.kind != "difference"]
    for current, base in permutations(levels, 2):
        operands = (("current", current.index), ("base", base.index))
        basis: Basis = "structure" if (current.index, base.index) == bound else "parallel"
        yield Reading("growth-mismatch", column.index, _RISE, operands, basis)
        if falls:
            yield Reading("growth-mismatch", column.index, _FALL, operands, basis)
    for change in changes:
        for base in levels:
            operands = (("change", change.index), ("base", base.index))
            yield Reading("growth-mismatch", column.index, "change / base", operands, "parallel")


def _differences(column: Column, near: Sequence[Column]) -> Iterator[Reading]:
    bound = _later_and_earlier(near)
    levels = [other for other in near if other.kind == "amount"]
    for first, second in permutations(levels, 2):
        operands = (("current", first.index), ("base", second.index))
        told = bound is not None and {first.index, second.index} == set(bound)
        basis: Basis = "structure" if told or (len(levels) == 2 and first.index < second.index) else "parallel"
        yield Reading("change-mismatch", column.index, "current - base", operands, basis)


def _later_and_earlier(near: Sequence[Column]) -> tuple[int, int] | None:
    """The columns of this year and of the year before, if the headers tell two columns so."""
    levels = [column for column in near if column.kind == "amount"]
    years = {column.index: int(found[0]) for column in levels if (found := _YEAR.search(column.title))}
    if len(levels) == 2 and len(years) == 2 and len(set(years.values())) == 2:
        return max(years, key=lambda index: years[index]), min(years, key=lambda index: years[index])
    earlier = [column for column in levels if pattern("period", "earlier").search(column.title)]
    later = [column for column in levels if column not in earlier]
    if len(earlier) == len(later) == 1:
        return later[0].index, earlier[0].index
    return None


def _shares(sheet: Sheet, part: Part, column: Column) -> Iterator[Question]:
    """Shares of the total row of an amount column, and the shares adding up."""
    totals = [row for row in part.rows if row.total]
    amounts = [c for c in _near(part, column) if c.kind == "amount"]
    for row in part.rows:
        stated = sheet.facts.get((row.index, column.index))
        if stated is None:
            continue
        claims = []
        for amount in amounts:
            own = sheet.operand(row.index, amount.index)
            for total in totals:
                whole = sheet.operand(total.index, amount.index)
                if own is not None and whole is not None:
                    name = f"{sheet.id}/{part.name}/share:{column.index}:{amount.index}:{total.index}"
                    single = len(amounts) == len(totals) == 1
                    basis: Basis = "structure" if single else "parallel"
                    claims.append(ratio(SHARE, stated, own, whole, basis, pattern=name))
        yield tuple(claims)
