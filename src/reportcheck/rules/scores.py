"""Score sheets: ``weight-mismatch``, ``score-mismatch``.

Weights and scores add up to those of their group and to the total; a score does not exceed its weight; the score
for the execution of the budget is its weight times the rate (财预〔2020〕10号, annex 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportcheck.extract.grid import Column
from reportcheck.extract.headers import pattern
from reportcheck.extract.rows import Row
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Claim, Fact, Question

WEIGHT = "weight-mismatch"
SCORE = "score-mismatch"
_RULES = {"weight": WEIGHT, "score": SCORE}


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of weights or of scores in one part of a sheet, from its header on."""

    part: Part
    column: Column
    rows: tuple[Row, ...]

    @property
    def kind(self) -> str:
        """``weight`` or ``score``."""
        return self.column.kind


def propose(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """The questions on all score sheets."""
    for sheet in sheets:
        scored = [part for part in sheet.parts if lanes(part, "weight")]
        for place, part in enumerate(scored):
            yield from _nested(sheet, part)
            yield from _totals(sheet, part, scored[:place])
            yield from _capped(sheet, part)
            yield from _executed(sheet, part)


def lanes(part: Part, kind: str) -> list[Lane]:
    """The columns of a kind, from left to right."""
    columns = (part.band.columns[index] for index in part.panel.values)
    return [Lane(part, column, part.rows) for column in columns if column.kind == kind]


# --- groups and totals --------------------------------------------------------------------


def _nested(sheet: Sheet, part: Part) -> Iterator[Question]:
    """A weight or score of a group is the sum of those beside it: 分值 behind 一级指标, 二级指标 and 三级指标."""
    for kind in ("weight", "score"):
        own = lanes(part, kind)
        for outer, inner in zip(own, own[1:], strict=False):
            for first, last in _stretches(sheet, outer):
                stated = sheet.facts[first, outer.column.index]
                parts = _facts(sheet, inner, first, last)
                if len(parts) > 1:
                    name = f"{sheet.id}/{part.name}/nested:{outer.column.index}:{inner.column.index}"
                    yield (Claim(_RULES[kind], stated, "sum(parts)", {"parts": parts}, "structure", pattern=name),)


def _stretches(sheet: Sheet, lane: Lane) -> Iterator[tuple[int, int]]:
    """The rows from each figure of a column to the next, up to a total."""
    starts = [row.index for row in lane.rows if (row.index, lane.column.index) in sheet.facts and not row.total]
    ends = [*starts[1:], lane.part.band.last]
    totals = [row.index for row in lane.rows if row.total]
    for first, end in zip(starts, ends, strict=True):
        yield first, min([end, *(total for total in totals if total > first)])


def _facts(sheet: Sheet, lane: Lane, first: int, last: int) -> tuple[Fact, ...]:
    column = lane.column.index
    own = [row for row in lane.rows if first <= row.index < last and not row.total]
    return tuple(sheet.facts[row.index, column] for row in own if (row.index, column) in sheet.facts)


def _totals(sheet: Sheet, part: Part, before: Sequence[Part]) -> Iterator[Question]:
    """The total row of a score sheet: its own rows, since the last total, and the blocks above it."""
    totals = [row for row in part.rows if row.total]
    for kind in ("weight", "score"):
        own = lanes(part, kind)
        for place, lane in enumerate(own):
            for row in totals:
                stated = sheet.facts.get((row.index, lane.column.index))
                if stated is not None:
                    yield tuple(_of_total(sheet, part, row, stated, own, place, before))


def _of_total(
    sheet: Sheet, part: Part, row: Row, stated: Fact, own: Sequence[Lane], place: int, before: Sequence[Part]
) -> Iterator[Claim]:
    lane = own[place]
    kind = lane.kind
    earlier = [other.index for other in part.rows if other.total and other.index < row.index]
    start = earlier[-1] + 1 if earlier else part.band.first
    first, last = row.group_rows if row.group else (part.band.first, row.index)
    head = _of_blocks(sheet, kind, place, before)
    readings: dict[str, tuple[Fact, ...]] = {}
    for inner in own:
        down = _facts(sheet, inner, first, last)
        since = _facts(sheet, inner, max(start, first), last)
        name = f"{inner.column.index}"
        if inner is lane or (len(own) > 1 and len(down) > 1):
            readings[f"all:{name}"] = down
            readings[f"since:{name}"] = since
            if head:
                readings[f"blocks:{name}"] = (*head, *down)
            if earlier:
                sums = tuple(
                    sheet.facts[i, lane.column.index] for i in earlier if (i, lane.column.index) in sheet.facts
                )
                readings[f"totals:{name}"] = sums
                readings[f"carry:{name}"] = (*sums[-1:], *since)
                readings[f"sums:{name}"] = (*head, *sums)
    seen = set()
    for name, parts in readings.items():
        if len(parts) > 1 and parts not in seen:
            seen.add(parts)
            # The weights tell which rows count, whatever column they stand in.
            pattern_name = f"{sheet.id}/{part.name}/{row.index}:{name.partition(':')[0]}"
            yield Claim(_RULES[kind], stated, "sum(parts)", {"parts": parts}, "structure", pattern=pattern_name)


def _of_blocks(sheet: Sheet, kind: str, place: int, before: Sequence[Part]) -> tuple[Fact, ...]:
    """The first weight or score of each block above: that of the execution of the budget."""
    found = []
    for part in before:
        own = lanes(part, kind)
        lane = own[min(place, len(own) - 1)] if own else None
        if lane is None:
            continue
        rows = [row for row in lane.rows if (row.index, lane.column.index) in sheet.facts]
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
            weight = _nearest(sheet, weights, row, score.column.index)
            if stated is None or weight is None or stated.quantity.unit.dimension != weight.quantity.unit.dimension:
                continue
            if weight.quantity.value < 0:
                continue
            name = f"{sheet.id}/{part.name}/cap:{score.column.index}"
            yield (Claim(SCORE, stated, "sum(weight)", {"weight": (weight,)}, "structure", "<=", pattern=name),)
            loss = _nearest(sheet, taken, row, score.column.index)
            if loss is not None:
                operands = {"weight": (weight,), "loss": (loss,)}
                name = f"{sheet.id}/{part.name}/loss:{score.column.index}"
                yield (Claim(SCORE, stated, "weight - loss", operands, "structure", pattern=name),)


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
            weight = _nearest(sheet, weights, row, score.column.index)
            if stated is None or weight is None or rate is None or rate.quantity.unit.dimension != "ratio":
                continue
            operands = {"weight": (weight,), "rate": (rate,)}
            name = f"{sheet.id}/{part.name}/executed"
            yield (Claim(SCORE, stated, "min(weight, weight * rate)", operands, "structure", pattern=name),)
