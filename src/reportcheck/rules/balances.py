"""Balances of two sides: 收入总计 = 支出总计, 资产总计 = 负债和净资产总计: ``balance-mismatch``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportcheck.extract.headers import pattern
from reportcheck.extract.rows import Row
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Question
from reportcheck.rules.conflicts import same_claim

RULE = "balance-mismatch"


def propose(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """A question for each table of two sides that end in a grand total each, on one row."""
    for sheet in sheets:
        for left, right in zip(sheet.parts, sheet.parts[1:], strict=False):
            if left.band is right.band and _of_two_sides(left, right):
                yield from _totals(sheet, left, right)


def _of_two_sides(left: Part, right: Part) -> bool:
    """Whether the headers, or the labels of the totals, speak of income and spending or of assets and liabilities."""
    words = [_words(part) for part in (left, right)]
    return any(
        pattern("balance", one).search(words[0]) and pattern("balance", other).search(words[1])
        for one, other in (("income", "spending"), ("assets", "liabilities"))
    )


def _words(part: Part) -> str:
    columns = [part.band.columns[index] for index in (*part.panel.labels, *part.panel.values)]
    return "".join(column.title for column in columns) + "".join(row.label for row in part.rows if row.total)


def _totals(sheet: Sheet, left: Part, right: Part) -> Iterator[Question]:
    rows = {row.index: row for row in left.rows if _is_grand(row)}
    for row in right.rows:
        if not _is_grand(row) or row.index not in rows:
            continue
        ours, theirs = _amounts(left), _amounts(right)
        # Several columns on a side are periods if both have them, else a total with its kinds.
        pairs = list(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) else [(ours[0], theirs[0])]
        for one, other in pairs:
            first, second = sheet.facts.get((row.index, one)), sheet.facts.get((row.index, other))
            if first is not None and second is not None:
                yield (same_claim(second, (first,), "identity", RULE),)


def _is_grand(row: Row) -> bool:
    return row.total and pattern("total", "grand").search(row.label) is not None


def _amounts(part: Part) -> list[int]:
    return part.of_kind("amount") or list(part.panel.values)
