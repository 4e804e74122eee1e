"""Score sheets: ``weight-mismatch``, ``score-mismatch``.

Weights and scores add up to those of their group and to the total; a score does not exceed its weight; the score
for the execution of the budget is its weight times the rate (财预〔2020〕10号, annex 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from reportcheck.extract.cells import Cell
from reportcheck.extract.columns import Column
from reportcheck.extract.headers import pattern
from reportcheck.extract.rows import Row
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Basis, Claim, Fact, Question
from reportcheck.quantities import find_quantities
from reportcheck.text import normalise

WEIGHT = "weight-mismatch"
SCORE = "score-mismatch"
_RULES = {"weight": WEIGHT, "score": SCORE}


class Lane(Struct, frozen=True):
    """A column of weights or of scores in one part of a sheet."""

    part: Part
    column: Column

    @property
    def kind(self) -> str:
        """``weight`` or ``score``."""
        return self.column.kind


def propose(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """The questions on all score sheets."""
    for sheet in sheets:
        scored = [part for part in sheet.parts if lanes(part, "weight") or lanes(part, "score")]
        for place, part in enumerate(scored):
            yield from _nested(sheet, part)
            yield from _labelled(sheet, part)
            yield from _totals(sheet, part, scored[:place])
            yield from _capped(sheet, part)
            yield from _executed(sheet, part)


def lanes(part: Part, kind: str) -> list[Lane]:
    """The columns of a kind, from left to right."""
    return [Lane(part, column) for column in part.columns if column.kind == kind]


def _sum(rule: str, stated: Fact, parts: tuple[Fact, ...], basis: Basis, pattern: str) -> Claim:
    return Claim(rule, "sum", stated, "sum(parts)", {"parts": parts}, basis, pattern=pattern)


# --- groups and totals --------------------------------------------------------------------


def _nested(sheet: Sheet, part: Part) -> Iterator[Question]:
    """A weight or score of a group is the sum of those beside it: 分值 behind 一级指标, 二级指标 and 三级指标."""
    for kind in ("weight", "score"):
        own = lanes(part, kind)
        for outer, inner in pairwise(own):
            for first, last in _stretches(sheet, outer):
                stated = sheet.operand(first, outer.column.index)
                parts = _facts(sheet, inner, first, last)
                if stated is not None and len(parts) > 1:
                    name = f"{sheet.id}/{part.name}/nested:{outer.column.index}:{inner.column.index}"
                    yield (_sum(_RULES[kind], stated, parts, "structure", name),)


def _labelled(sheet: Sheet, part: Part) -> Iterator[Question]:
    """A weight in the label of a group (产出指标（50分）) is the sum of the weights of its rows."""
    own = lanes(part, "weight")
    if not own:
        return
    for column in part.panel.labels:
        cells: dict[str, list[Row]] = {}
        for row in part.rows:
            cell = sheet.grid.cells[row.index][column]
            if cell.kind == "label" and not row.total:
                cells.setdefault(cell.id, []).append(row)
        for rows in cells.values():
            stated = label_weight(sheet.grid.cells[rows[0].index][column])
            parts = _facts(sheet, own[-1], rows[0].index, rows[-1].index + 1)
            if stated is not None and len(parts) > 1:
                name = f"{sheet.id}/{part.name}/label:{column}"
                yield (_sum(WEIGHT, stated, parts, "structure", name),)


def label_weight(cell: Cell) -> Fact | None:
    """The weight that a label gives in brackets."""
    if cell.block is None:
        return None
    plain = normalise(cell.block.text)
    found = pattern("unit", "weight").search(plain)
    if found is None:
        return None
    quantities = find_quantities(cell.block.text, cell.block.id)
    own = next((q for q in quantities if q.span.start == found.start("weight")), None)
    if own is None or own.unit.dimension != "score":
        return None
    return Fact(plain[: found.start()].strip(), "", "", "weight", own)


def _stretches(sheet: Sheet, lane: Lane) -> Iterator[tuple[int, int]]:
    """The rows from each figure of a column to the next, up to a total."""
    starts = [row.index for row in lane.part.rows if sheet.operand(row.index, lane.column.index) and not row.total]
    ends = [*starts[1:], lane.part.band.last]
    totals = [row.index for row in lane.part.rows if row.total]
    for first, end in zip(starts, ends, strict=True):
        yield first, min([end, *(total for total in totals if total > first)])


def _facts(sheet: Sheet, lane: Lane, first: int, last: int) -> tuple[Fact, ...]:
    column = lane.column.index
    own = [row for row in lane.part.rows if first <= row.index < last and not row.total]
    return tuple(fact for row in own if (fact := sheet.operand(row.index, column)))


def _totals(sheet: Sheet, part: Part, before: Sequence[Part]) -> Iterator[Question]:
    """The total row of a score sheet: its own rows, since the last total, and the blocks above it."""
    totals = [row for row in part.rows if row.total]
    if not (lanes(part, "weight") or any(row.path and label_weight(row.path[-1]) for row in part.rows)):
        # Scores without weights are those of several reports: they are averaged, not added.
        return
    for kind in ("weight", "score"):
        own = lanes(part, kind)
        for place, lane in enumerate(own):
            for row in totals:
                stated = sheet.operand(row.index, lane.column.index)
                if stated is not None:
                    yield tuple(_of_total(sheet, part, row, stated, own, place, before))


def _of_total(
    sheet: Sheet, part: Part, row: Row, stated: Fact, own: Sequence[Lane], place: int, before: Sequence[Part]
) -> Iterator[Claim]:
    lane = own[place]
    earlier = [other.index for other in part.rows if other.total and other.index < row.index]
    start = earlier[-1] + 1 if earlier else part.band.first
    first, last = row.group_rows if row.group else (part.band.first, row.index)
    head = _of_blocks(sheet, lane.kind, place, before)
    sums = tuple(fact for i in earlier if (fact := sheet.operand(i, lane.column.index)))
    small = pattern("total", "small").search(row.label) is not None
    natural = "since" if small else "blocks" if head else "sums" if len(sums) > 1 else "all"
    seen = set()
    for inner in own:
        down, since = _facts(sheet, inner, first, last), _facts(sheet, inner, max(start, first), last)
        readings = {
            "all": down,
            "since": since,
            "blocks": (*head, *down),
            "sums": (*head, *sums),
            "totals": sums,
            "carry": (*sums[-1:], *since),
        }
        for name, parts in sorted(readings.items(), key=lambda reading: reading[0] != natural):
            if len(parts) > 1 and parts not in seen:
                seen.add(parts)
                # The indicators may be added up with the blocks above them or by themselves.
                meant = name == natural or (natural == "blocks" and name == "all")
                basis: Basis = "structure" if meant and inner is lane else "found"
                # The weights tell which rows count, whatever column they stand in.
                yield _sum(_RULES[lane.kind], stated, parts, basis, f"{sheet.id}/{part.name}/{row.index}:{name}")


def _of_blocks(sheet: Sheet, kind: str, place: int, before: Sequence[Part]) -> tuple[Fact, ...]:
    """The first weight or score of each block above: that of the execution of the budget."""
    found = []
    for part in before:
        own = lanes(part, kind)
        lane = own[min(place, len(own) - 1)] if own else None
        if lane is None:
            continue
        rows = [row for row in lane.part.rows if (row.index, lane.column.index) in sheet.facts]
        if rows:
            found.append(sheet.facts[rows[0].index, lane.column.index])
    return tuple(found)


# --- single rows --------------------------------------------------------------------------


def _capped(sheet: Sheet, part: Part) -> Iterator[Question]:
    """A score is at most its weight, and its weight less what was taken off."""
    weights, scores = lanes(part, "weight"), lanes(part, "score")
    taken = lanes(part, "deduction")
    for row in part.rows:
        if pattern("row", "bonus").search("".join(cell.text for cell in row.path)):
            continue
        for score in scores:
            stated = sheet.facts.get((row.index, score.column.index))
            weight = _nearest(sheet, weights, row, score.column.index) or _own_label(sheet, row, weights)
            if stated is None or weight is None or stated.quantity.unit.dimension != weight.quantity.unit.dimension:
                continue
            if weight.quantity.below_zero:
                continue
            name = f"{sheet.id}/{part.name}/cap:{score.column.index}"
            yield (Claim(SCORE, "limit", stated, "weight", {"weight": (weight,)}, "structure", "<=", pattern=name),)
            loss = _nearest(sheet, taken, row, score.column.index)
            if loss is not None:
                operands = {"weight": (weight,), "loss": (loss,)}
                name = f"{sheet.id}/{part.name}/loss:{score.column.index}"
                yield (Claim(SCORE, "difference", stated, "weight - loss", operands, "structure", pattern=name),)


def _own_label(sheet: Sheet, row: Row, weights: Sequence[Lane]) -> Fact | None:
    """The weight in the label of a row, where there is no column of weights."""
    return None if weights or not row.path else label_weight(row.path[-1])


def _header_weight(sheet: Sheet, part: Part, score: Lane) -> Fact | None:
    """The weight in the header of a score, or of the block: 得分（20分×执行率）, 预算执行情况（20分）."""
    for path in (score.column.path, part.band.columns[0].path):
        for cell in reversed(path):
            fact = label_weight(cell)
            if fact is not None:
                return fact
    return None


def _nearest(sheet: Sheet, lanes: Sequence[Lane], row: Row, column: int) -> Fact | None:
    """The figure of a row in the last of some columns before a column, else in the first behind it."""
    held = [lane.column.index for lane in lanes if (row.index, lane.column.index) in sheet.facts]
    before = [index for index in held if index < column]
    chosen = before[-1:] or held[:1]
    return sheet.facts[row.index, chosen[0]] if chosen else None


def _executed(sheet: Sheet, part: Part) -> Iterator[Question]:
    """The score for the execution of the budget: weight × rate, at most the weight."""
    rates = [c for c in lanes(part, "rate") if pattern("percent", "executed").search(c.column.title)]
    if not rates:
        return
    scores, weights = lanes(part, "score"), lanes(part, "weight")
    for row in part.rows:
        rate = sheet.facts.get((row.index, rates[0].column.index))
        for score in scores:
            stated = sheet.facts.get((row.index, score.column.index))
            weight = _nearest(sheet, weights, row, score.column.index) or _header_weight(sheet, part, score)
            if stated is None or weight is None or rate is None or rate.quantity.unit.dimension != "ratio":
                continue
            operands = {"weight": (weight,), "rate": (rate,)}
            name = f"{sheet.id}/{part.name}/executed"
            yield (Claim(SCORE, "product", stated, "min(weight, weight * rate)", operands, "structure", pattern=name),)
