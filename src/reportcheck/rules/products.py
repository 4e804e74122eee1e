"""Products: ``product-mismatch`` (318人 × 90元 × 12个月 = 343440元)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Basis, Claim, Question
from reportcheck.relations import reach
from reportcheck.relations.averages import RULE

_NOT_COUNTED = frozenset({"ratio", "point", "times", "number", "year", "age", "score", "anniversary", "hour", "minute"})


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """A question for each sum of money in a sentence with one price, one number of things, and perhaps months."""
    for passage in passages:
        for price in passage.mentions:
            if price.role == "price" and price.dimension.startswith("money"):
                yield from _around(passage, price)


def _around(passage: Passage, price: Mention) -> Iterator[Question]:
    place = reach.segment(passage, price)
    sentence = [m for m in passage.mentions if reach.segment(passage, m) == place and m is not price]
    amounts = [m for m in sentence if m.dimension == "money" and m.role != "price" and reach.is_level(m)]
    months = [m for m in sentence if m.dimension == "month" or m.dimension == "day"]
    counts = [m for m in sentence if _countable(m) and m not in months]
    if len(counts) != 1 or not amounts or any(m.role == "price" for m in sentence):
        return
    behind = [m for m in amounts if m.order > max(price.order, counts[0].order) and not _parts(passage, price, m)]
    if not behind:
        return
    stated = behind[0]
    if stated.role == "total" and _is_of_several(passage, price):
        return
    per_month = any(word in price.head + price.quantity.unit.symbol for word in reach.month_words())
    operands = {"price": (price.fact,), "count": (counts[0].fact,)}
    basis: Basis = "structure" if _each(price, counts[0]) else "found"
    if months and per_month:
        full = operands | {"months": (months[-1].fact,)}
        yield (Claim(RULE, "product", stated.fact, "price * count * months", full, basis),)
        return
    plain = Claim(RULE, "product", stated.fact, "price * count", operands, "found" if per_month else basis)
    yearly = Claim(RULE, "product", stated.fact, "price * count * 12", operands, "found")
    yield (plain, yearly)


def _parts(passage: Passage, price: Mention, amount: Mention) -> bool:
    """Whether a list begins between a price and an amount: then it divides the price."""
    return any(reach.introduces(m.gap) for m in passage.mentions[price.order + 1 : amount.order + 1])


def _is_of_several(passage: Passage, price: Mention) -> bool:
    """Whether prices before one have no amount of their own: a total sums up what all of them come to."""
    own, before = reach.segment(passage, price), passage.mentions[: price.order]
    places = {reach.segment(passage, m) for m in before if m.role == "price" and m.sentence == price.sentence}
    paid = {reach.segment(passage, m) for m in passage.mentions if m.dimension == "money" and m.role != "price"}
    return bool(places - paid - {own})


def _each(price: Mention, count: Mention) -> bool:
    """Whether the price is one for each of the things counted: 每座 and 36座, 每村 and 24个村."""
    words = reach.each_pattern().findall(price.head + price.quantity.unit.symbol)
    counted = count.quantity.unit.symbol + count.tail[:4] + count.head[-4:]
    if count.dimension == "person":
        counted += reach.person_word()
    return any(word and word in counted for word in words)


def _countable(mention: Mention) -> bool:
    return mention.dimension not in _NOT_COUNTED and not mention.dimension.startswith("money")
