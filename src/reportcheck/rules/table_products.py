"""Amounts per head and prices times numbers in the columns of a table: ``product-mismatch``.

Nothing but the rows themselves tells which columns belong together, so that a relation counts once it holds in
several rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from reportcheck.extract.headers import pattern
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Claim, Kind, Question

RULE = "product-mismatch"
_MOST_NEAR = 5
_SIGNS: dict[Kind, str] = {"per-head": "/", "product": "*"}


def propose(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """A question for each average, and for each amount beside a price."""
    for sheet in sheets:
        for part in sheet.parts:
            averages, amounts = part.of_kind("average"), part.of_kind("amount")
            prices = [c for c in averages if pattern("average", "price").search(part.band.columns[c].leaf)]
            heads = [c for c in averages if c not in prices]
            if not averages:
                continue
            for row in part.rows:
                for average in heads:
                    near = _near(amounts, average)
                    yield tuple(_claims(sheet, part, row.index, average, permutations(near, 2), "per-head"))
                for amount in amounts:
                    near = [c for c in _near([*amounts, *prices], amount) if c != amount]
                    pairs = (pair for pair in combinations(near, 2) if set(pair) & set(prices))
                    yield tuple(_claims(sheet, part, row.index, amount, pairs, "product"))


def _near(columns: Sequence[int], column: int) -> list[int]:
    return sorted(sorted(columns, key=lambda other: abs(other - column))[: _MOST_NEAR + 1])


def _claims(
    sheet: Sheet, part: Part, row: int, stated: int, pairs: Iterator[tuple[int, int]], kind: Kind
) -> Iterator[Claim]:
    sign = _SIGNS[kind]
    fact = sheet.facts.get((row, stated))
    for first, second in pairs:
        one, other = sheet.facts.get((row, first)), sheet.facts.get((row, second))
        if fact is not None and one is not None and other is not None:
            name = f"{sheet.id}/{part.name}/{stated}={first}{sign}{second}"
            operands = {"amount": (one,), "number": (other,)}
            yield Claim(RULE, kind, fact, f"amount {sign} number", operands, "parallel", exhaustive=False, pattern=name)
