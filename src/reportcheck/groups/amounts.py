"""What an amount is in a list: an item or a whole, of which side, income or spending, left over or counted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportcheck.catalog import cached, table
from reportcheck.extract.mention import Mention, words
from reportcheck.schemas.sentences import Connectors

_ANCHORS = frozenset({"level", "total", "to", "target", "difference"})
_NOT_ADDED = frozenset(
    {"ratio", "point", "times", "number", "year", "anniversary", "month", "day", "hour", "age", "minute"}
)


def is_amount(mention: Mention) -> bool:
    """Whether a figure is an amount of its own, that may be an item or a whole: no average, and no edge of a band."""
    if mention.role not in _ANCHORS or mention.dimension in _NOT_ADDED or "/" in mention.dimension:
        return False
    if mention.dimension == "score" and (mention.quantity.bound != "exact" or words("band").match(mention.tail)):
        return False
    return words("mean").search(mention.head) is None and not counts_items(mention)


def side(mention: Mention) -> str:
    """What tells apart the amounts of one item: budget and spending of money, full marks and marks earned or lost."""
    if mention.dimension == "score":
        return next((name for name in ("deduction", "full", "earned") if words(name).search(mention.head)), "")
    return mention.side if mention.dimension == "money" else ""


def is_other(mention: Mention) -> bool:
    """Whether a figure is what all others make up (其余, 其他), rather than what is left over."""
    return words("remainder").search(mention.head) is not None


def counts_items(mention: Mention) -> bool:
    """三项合计: how many items are added up."""
    counted = words("counted_total").match(mention.quantity.text + mention.tail)
    return mention.dimension in ("item", "kind") and counted is not None


def is_remainder(figure: Mention) -> bool:
    """Whether a figure is what this year leaves over, which is no part of what was spent; what the year before left is
    one of what came in, and what is left of a list belongs to the list."""
    if figure.role != "difference":
        return False
    return not words("carried").search(figure.head) and not words("rest").search(figure.gap)


@cached
def _flows() -> re.Pattern[str]:
    return table(Connectors).words.flow_word.compiled


def flow(mention: Mention) -> str:
    """Income or spending, where a figure is called nothing else."""
    found = _flows().search(mention.head)
    return found["flow"] if found else ""


def in_common(one: str, other: str) -> bool:
    """Whether two phrases share two characters in a row, the first two of the other left out."""
    return any(other[at : at + 2] in one for at in range(1, len(other) - 1))


def bears(mention: Mention, name: str) -> bool:
    """Whether a figure is called by a name, or by a part of it."""
    said = name in re.split("[，。；：\n]", mention.gap)[-1]
    return said or (mention.own_subject and (mention.subject in name or name in mention.subject))


def is_whole(mention: Mention, figure: Mention) -> bool:
    """Whether an amount may be what a figure is a part of."""
    return is_amount(mention) and mention.dimension == figure.dimension and not _is_left(mention)


def wholes(figures: Iterable[Mention]) -> tuple[Mention, ...]:
    """The amounts that may be wholes; what is left over only where nothing else is."""
    amounts = tuple(m for m in figures if is_amount(m))
    return tuple(m for m in amounts if not _is_left(m)) or amounts


def kind_of_slot(figure: Mention) -> tuple[str, str]:
    """What a figure is in its item: what it does, and what it is counted in."""
    return (figure.role, figure.dimension)


def _is_left(mention: Mention) -> bool:
    """Whether an amount of money is what others leave over."""
    return mention.role == "difference" and mention.dimension == "money"


def trimmed(items: list[tuple[Mention, ...]]) -> tuple[tuple[Mention, ...], ...]:
    """Items without what stands behind the last one and behind none of the others: that is said of the whole."""
    others = {kind_of_slot(m) for item in items[:-1] for m in item}
    last = items[-1]
    end = next((i for i in range(len(last), 1, -1) if is_amount(last[i - 1]) or kind_of_slot(last[i - 1]) in others), 1)
    return (*items[:-1], last[:end]) if len(items) > 1 else tuple(items)
