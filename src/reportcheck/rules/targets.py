"""Targets of performance indicators: ``target-unmet`` where one is missed and full marks are given all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.catalog import cached, table
from reportcheck.extract.cells import Cell, read_cell, with_unit
from reportcheck.extract.headers import pattern
from reportcheck.extract.rows import Row
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Block, Claim, Fact, Quantity, Question, Relation, Span
from reportcheck.quantities import find_quantities
from reportcheck.regexes import any_of
from reportcheck.schemas.tables import Tables
from reportcheck.text import normalise

RULE = "target-unmet"
_TIMES = frozenset({"day", "hour", "minute", "month", "year"})
_MOST_WORDS = 6


class Target(Struct, frozen=True):
    """What an indicator must be: at least, or at most, a figure."""

    relation: Relation
    quantity: Quantity


class Aim(Struct, frozen=True):
    """What a row of a table aims at and what came of it; ``signed`` if the target says itself which way it goes."""

    row: Row
    relation: Relation
    stated: Fact
    limit: Fact
    signed: bool
    pattern: str


def propose(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """A question for each indicator with a target, a result and full marks."""
    for sheet in sheets:
        for part in sheet.parts:
            for aim in aims_of(sheet, part):
                if _full_marks(sheet, part, aim.row):
                    claim = Claim(
                        RULE, "limit", aim.stated, "target", {"target": (aim.limit,)}, "wording", aim.relation
                    )
                    yield (claim if aim.signed else replace(claim, basis="structure", pattern=aim.pattern),)


def aims_of(sheet: Sheet, part: Part) -> Iterator[Aim]:
    """The rows with a target and a result, where it is clear which of them is the better."""
    target, completion = (_column(sheet, part, kind) for kind in ("target", "completion"))
    if target is not None and completion is not None:
        yield from filter(None, (_of_row(sheet, part, row, target, completion) for row in part.rows))


def _column(sheet: Sheet, part: Part, kind: str) -> int | None:
    found = [column.index for column in part.band.columns if column.kind == kind]
    figures = [column for column in found if any((row.index, column) in sheet.facts for row in part.rows)]
    return next(iter(found if len(found) == 1 else figures), None) if len(figures) <= 1 else None


def _full_marks(sheet: Sheet, part: Part, row: Row) -> bool:
    """Whether the score of a row is written like its weight: only then does it say that the target was met."""
    values = {}
    for kind in ("weight", "score"):
        facts = [sheet.facts[row.index, c] for c in part.of_kind(kind) if (row.index, c) in sheet.facts]
        if len(facts) != 1:
            return False
        values[kind] = facts[0].quantity.value
    return values["weight"] == values["score"]


def _of_row(sheet: Sheet, part: Part, row: Row, target: int, completion: int) -> Aim | None:
    cells = sheet.grid.cells[row.index]
    sign = next((cells[c.index].text for c in part.band.columns if pattern("target", "sign_column").search(c.leaf)), "")
    aim = read_target(cells[target], sign)
    result = _figure(cells[completion])
    if aim is None or result is None:
        return None
    unit = row.unit_beside
    wanted, got = with_unit(aim.quantity, unit), with_unit(result, unit)
    wanted, got = with_unit(wanted, got.unit), with_unit(got, wanted.unit)
    # That a rate is one of timeliness does not make less of it better.
    words = row.label if wanted.unit.dimension == "ratio" else "".join(cell.text for cell in row.path)
    signed = bool(sign) or not cells[target].quantity
    if wanted.unit.dimension != got.unit.dimension or (not signed and not _grows(words, wanted)):
        return None
    scope = sheet.grid.source.caption
    stated = Fact(row.label, "", scope, "completion", got)
    limit = Fact(row.label, "", scope, "target", wanted)
    return Aim(row, aim.relation, stated, limit, signed, f"{sheet.id}/{part.name}/target")


def _grows(words: str, wanted: Quantity) -> bool:
    """Whether more is better, so that a target without a sign is one to reach."""
    return wanted.unit.dimension not in _TIMES and not pattern("target", "falls").search(words)


def read_target(cell: Cell, sign: str) -> Target | None:
    """The target in a cell: ≥90%, 不超过5天, 100%; ``sign`` is that of a column of its own."""
    if cell.block is None or cell.kind not in ("label", "figure"):
        return None
    plain = normalise(cell.block.text)
    relation: Relation | None = None
    for row in table(Tables).target_sign:
        found = row.pattern.compiled.search(sign) or row.pattern.compiled.search(plain)
        if found:
            relation = row.relation
            break
    else:
        if sign:
            return None
    quantity = _figure(cell, hedged=True)
    if quantity is None:
        return None
    if relation == "=":
        # To reach a figure is at least that; to have none is at most none.
        relation = ">=" if quantity.value else "<="
    return Target(relation or ">=", quantity)


def _figure(cell: Cell, hedged: bool = False) -> Quantity | None:
    """The one figure of a cell, past a sign and a few words; ``hedged``: also one that words bound (90%以上)."""
    if cell.quantity is not None:
        return cell.quantity
    if cell.block is None or cell.kind != "label":
        return None
    text = cell.block.text
    plain = normalise(text)
    start = _lead().match(plain)
    offset = start.end() if start else 0
    rest = Block(cell.block.id, text[offset:])
    _, _, quantity = read_cell(rest)
    if quantity is None:
        found = find_quantities(rest.text, cell.block.id)
        words = len(re.sub(r"\s", "", plain)) - len(found[0].text) if len(found) == 1 else _MOST_WORDS + 1
        plainly = bool(found) and (hedged or found[0].bound == "exact")
        quantity = replace(found[0], bound="exact") if words <= _MOST_WORDS and plainly else None
    if quantity is None:
        return None
    span = quantity.span
    return replace(quantity, span=Span(span.block, span.start + offset, span.end + offset))


@cached
def _lead() -> re.Pattern[str]:
    signs = any_of(row.lead for row in table(Tables).target_sign)
    return re.compile(rf"\s*(?:{table(Tables).target.lead})?\s*(?:{signs})?\s*")
