"""Averages: what comes to each of the things counted (人均, 户均, 平均每批次) is an amount shared out
(``product-mismatch``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportcheck.catalog import table
from reportcheck.extract.mention import Mention, Passage, words
from reportcheck.groups.amounts import in_common, is_amount
from reportcheck.model import Basis, Claim, Question
from reportcheck.relations.reach import each_pattern, is_listed, segment
from reportcheck.schemas.figures import Units

RULE = "product-mismatch"
_BACK = 2
_REACH = 40
_ROLES = frozenset({"price", "level", "total"})


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """A question for each average of things that are counted near it."""
    for passage in passages:
        for average in passage.mentions:
            each = _each(average)
            if each and average.series_id < 0 and _is_own(average):
                yield tuple(_claims(passage, average, each))


def _each(average: Mention) -> frozenset[str]:
    """The measure words of what an average is for each of: 户 of 户均, 公 of 平均每公里."""
    if average.role not in _ROLES or not words("mean").search(average.head):
        return frozenset()
    found = each_pattern().findall(average.head[-8:] + average.quantity.unit.symbol)
    return frozenset(unit for word in found for unit in (word, *table(Units).each.get(word, ())))


def _is_own(average: Mention) -> bool:
    """Whether an average is what came of the figures here: not that of another year or place, a standard or a goal."""
    return words("other_average").search(average.gap) is None and average.quantity.bound == "exact"


def _claims(passage: Passage, average: Mention, each: frozenset[str]) -> Iterator[Claim]:
    near = passage.mentions[max(0, average.order - _REACH) : average.order + _REACH]
    beside = [m for m in near if segment(passage, m) == segment(passage, average)]
    shared = [m for m in beside if _shared_out(m, average)]
    if shared and shared[0].order > average.order:
        # A price: with the number before it, it makes the amount behind it.
        return
    before = [m for m in near if average.sentence - _BACK <= m.sentence <= average.sentence]
    amounts = _nearest(passage, average, [m for m in before if m.order < average.order and _shared_out(m, average)])
    counts = _nearest(passage, average, [m for m in before if m is not average and _counts(m, each)])
    named = [m for m in amounts if in_common(m.head, average.head)]
    amounts = named or amounts
    single = len(amounts) == len(counts) == 1
    here = single and amounts[0].sentence == counts[0].sentence == average.sentence
    for at, amount in enumerate(amounts):
        for by, count in enumerate(counts):
            if amount is not count:
                basis: Basis = "wording" if here else "structure" if at == by == 0 else "name"
                operands = {"amount": (amount.fact,), "count": (count.fact,)}
                yield Claim(RULE, "per-head", average.fact, "amount / count", operands, basis, exhaustive=here)


def _shared_out(mention: Mention, average: Mention) -> bool:
    """Whether an amount is of the kind that an average is: money, or things in the same unit."""
    if not is_amount(mention) or mention.role not in _ROLES:
        return False
    own = average.dimension.partition("/")[0]
    alike = own.startswith("money") or _symbol(mention) == _symbol(average)
    return mention.dimension == own and alike


def _counts(mention: Mention, each: frozenset[str]) -> bool:
    """Whether a figure is a number of the things: 6.82万户, 24个村."""
    symbol = _symbol(mention)
    counted = is_amount(mention) and mention.role in _ROLES and not mention.dimension.startswith("money")
    return counted and any(symbol.startswith(word) or mention.tail.startswith(word) for word in each)


def _symbol(mention: Mention) -> str:
    """The unit proper of a figure: 人次 of 万人次."""
    return mention.quantity.unit.symbol.lstrip("".join(table(Units).scales))


def _nearest(passage: Passage, average: Mention, found: Sequence[Mention]) -> list[Mention]:
    """Those in the average's own part of the sentence, else in its sentence, else in the nearest before; the last
    first, and parts of a list only where nothing else is."""
    tiers = [
        [m for m in found if segment(passage, m) == segment(passage, average)],
        *([m for m in found if m.sentence == average.sentence - back] for back in range(_BACK + 1)),
    ]
    own = next((tier for tier in tiers if tier), [])
    plain = [m for m in own if not is_listed(passage, m)] or own
    before = [m for m in plain if m.order < average.order] or plain
    return before[::-1]
