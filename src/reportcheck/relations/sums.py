"""Sums of lists: a whole is what its items add up to, in each slot of theirs (``total-mismatch``,
``change-mismatch``).

The list tells which figures belong together (:mod:`reportcheck.groups.lists`); here a list is read as closed or open,
and the amounts, the changes and the shares of its items become the terms of the whole's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportcheck.extract.mention import Mention, Passage, words
from reportcheck.groups.amounts import is_amount, side
from reportcheck.groups.levels import Item, List
from reportcheck.groups.lists import lists
from reportcheck.groups.marks import says_total
from reportcheck.groups.partitions import is_partition
from reportcheck.model import Basis, Claim, Question
from reportcheck.relations.claims import sum_claim


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """A question for each list that has a whole in reach, or for each of its kinds of amount."""
    for passage in passages:
        for found in lists(passage):
            for heads in _heads(found) if len(found.items) > 1 else ():
                yield tuple(claim for head in heads for claim in _of_amounts(found, head))
            if len(found.items) == 1:
                yield tuple(_single(found))


def _single(found: List) -> Iterator[Claim]:
    """What 其中 names alone cannot exceed its whole."""
    part = found.items[0][0]
    if found.opening != "words" or not found.sure or not is_amount(part) or _overlaps(found):
        return
    whole = next((head for head in found.heads if head.quantity.unit.symbol == part.quantity.unit.symbol), None)
    if (
        whole is not None
        and part.quantity.unit.counted
        and not whole.quantity.below_zero
        and part.quantity.bound == whole.quantity.bound == "exact"
    ):
        yield Claim("part-exceeds-total", "limit", part.fact, "whole", {"whole": (whole.fact,)}, "structure", "<=")


def _heads(found: List) -> list[list[Mention]]:
    """The figures of the whole that the items have figures of the same kind for, those that may be meant together."""
    sided = [head for head in found.heads if _paired(found.items, head)]
    settled = {head.dimension for head in sided}
    others = [head for head in found.heads if head.dimension not in settled and _slot(found.items, head)]
    grouped: dict[str, list[Mention]] = {}
    for head in others:
        grouped.setdefault(head.dimension, []).append(head)
    return [*([head] for head in sided), *(heads[:1] if found.sure else heads for heads in grouped.values())]


def _of_amounts(found: List, head: Mention) -> Iterator[Claim]:
    """The amounts of the items make up the head."""
    items = _paired(found.items, head) or _slot(found.items, head)
    items = [item for item in items if item.order > head.order] if found.opening == "rest" else items
    closed = _closed(found, head, items)
    basis: Basis = "structure" if found.blurred else "wording"
    told = {item.quantity.unit.symbol for item in items if item.quantity.unit.counted}
    if len(told) > 1:
        basis = "found"
    elif not found.sure and len(found.heads) > 1:
        # Any of several wholes may be meant: none of them is bound.
        basis, closed = "name", False
    elif not found.sure and words("division").match(found.opener):
        # One way of several to look at a whole may count a part twice.
        basis, closed = "structure", False
    elif (told and told != {head.quantity.unit.symbol}) or _overlaps(found):
        # Things counted by another word than the whole or by heads more than once, may be something else.
        basis, closed = "structure", False
    terms = [(-1 if words("loss").search(item.head) and item.quantity.value > 0 else 1, item.fact) for item in items]
    yield sum_claim(head.fact, terms, basis, closed)
    if found.longer:
        more = [item[0] for item in found.longer if item[0].dimension == head.dimension]
        yield sum_claim(head.fact, [(1, item.fact) for item in [*items, *more]], basis, closed)


def _paired(items: Sequence[Item], head: Mention) -> list[Mention]:
    """Of each item the amount of the head's own kind, where the items have several: called by the same words (应收,
    实收), or of the same side."""
    if not any(sum(is_amount(m) and m.dimension == head.dimension for m in item) > 1 for item in items):
        return _slot(items, head, side(head)) if side(head) else []
    called = [[m for m in item if is_amount(m) and _called_like(m, head)] for item in items]
    if all(called) and len(called) > 1:
        return [row[0] for row in called]
    return _slot(items, head, side(head)) if side(head) else []


def _called_like(one: Mention, other: Mention) -> bool:
    return one.dimension == other.dimension and len(other.head) > 1 and one.head[-2:] == other.head[-2:]


def _slot(items: Sequence[Item], head: Mention, of: str | None = None) -> list[Mention]:
    """Of each item the first amount that the head can be made up of: of a side, if one is given."""
    rows = [
        [m for m in item if is_amount(m) and m.dimension == head.dimension and of in (_any(m, head), side(m))]
        for item in items
    ]
    while rows and not rows[-1]:
        # What stands behind the last part is said of the whole.
        rows.pop()
    return [row[0] for row in rows] if all(rows) and len(rows) > 1 else []


def _any(mention: Mention, head: Mention) -> str | None:
    """Any side will do, but for points taken off, which make up no score."""
    return "?" if side(mention) == "deduction" != side(head) else None


def _overlaps(found: List) -> bool:
    start, end = found.items[0][0].start, max(m.end for m in found.items[-1])
    return words("overlap").search(found.passage.plain[start:end]) is not None


def _closed(found: List, head: Mention, items: Sequence[Mention]) -> bool:
    """Whether a list names all the parts of its whole: by what it says, or since its names divide a known whole."""
    if found.blurred or words("more").search(found.close):
        return False
    partial = words("partial_opener").search(found.opener) or words("open_list").search(found.close)
    whole = is_partition(list(items))
    if partial:
        return whole and is_partition(list(items), closed=True)
    if found.opening == "closing":
        said = says_total(found.close) or words("period_total").search(found.close)
        return bool(said or words("exhaustive").search(found.opener))
    if found.opening == "rest":
        return True
    said = words("exhaustive").search(found.opener + found.close)
    bracketed = found.opening == "bracket"
    total = words("strong_total").search(head.head) is not None
    return bool(said or whole or bracketed or total or found.opening == "colon")
