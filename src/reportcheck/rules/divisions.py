"""Lists that divide a whole stated in another sentence, section or table: ``total-mismatch``.

支出构成为：…；编制按性质分，…；分用途看，…；项目支出分为：…. The whole is what the words that open the list name,
anywhere in the report, or a figure in the sentences before. Lists that no such words open may have any figure of the
report for a total: that only confirms them, unless a slip of one figure is all that keeps them from fitting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.extract.identity import Named, is_general, marks
from reportcheck.extract.mention import Mention, Passage, words
from reportcheck.groups.amounts import is_amount
from reportcheck.groups.lists import lists
from reportcheck.groups.partitions import is_partition
from reportcheck.model import Basis, Claim, Fact, Question
from reportcheck.relations import reach
from reportcheck.relations.claims import sum_claim

_NOT_DIVIDED = frozenset({"ratio", "point", "times", "number", "year", "anniversary", "month", "day", "hour", "age"})
_FEWEST = 3
_FEWEST_DIGITS = 3
_NEAR_PASSAGES = 2
_NEAR_WHOLES = 6
# Bounds on the search through the whole report, so that it stays linear in it.
_MOST_LISTS = 80
_MOST_FIGURES = 2000


class _List(Struct, frozen=True):
    """Items side by side; ``lead`` are the words before them, ``marked`` whether these say that a whole is divided."""

    passage: Passage
    items: tuple[Mention, ...]
    lead: str
    marked: bool

    @property
    def open(self) -> bool:
        """Whether the list says that it is not complete."""
        last = self.items[-1]
        return words("open_list").search(last.tail + self.passage.plain[last.end :][:14]) is not None


def propose(passages: Sequence[Passage], figures: Sequence[Named]) -> Iterator[Question]:
    """A question for each list whose whole may stand elsewhere."""
    levels = [named for named in figures if named.aspects.kind == "level"][:_MOST_FIGURES]
    searched = 0
    for number, passage in enumerate(passages):
        for found in _lists(passage):
            near = passages[max(0, number - _NEAR_PASSAGES) : number + 1]
            bound = tuple(_bound(found, near, levels))
            if bound:
                yield bound
            elif searched < _MOST_LISTS:
                searched += 1
                yield tuple(_before(found, near))
                yield tuple(_searched(found, levels))


def stopped(passages: Sequence[Passage], figures: int) -> bool:
    """Whether some list, or some of so many figures, was left out of the search."""
    return figures > _MOST_FIGURES or sum(1 for passage in passages for _ in _lists(passage)) > _MOST_LISTS


# --- lists --------------------------------------------------------------------------------


def _alike(one: Mention, other: Mention) -> bool:
    """Whether two amounts may stand in one list, or one be the whole of the other."""
    return is_amount(one) and is_amount(other) and one.dimension == other.dimension


def _lists(passage: Passage) -> Iterator[_List]:
    """The lists of a passage that no total right before them introduces."""
    taken = -1
    for first in passage.mentions:
        if first.order <= taken or first.dimension in _NOT_DIVIDED or first.role not in ("level", "target"):
            continue
        marker = words("division").search(first.gap)
        opens = _opens(passage, first)
        if marker is None and not opens:
            continue
        items = _run(passage, first)
        if len(items) < 2 or words("overlap").search(passage.plain[first.start : items[-1].end]):
            continue
        if marker is None and len(items) < _FEWEST and not is_partition(items):
            continue
        taken = items[-1].order
        if not _introduced(passage, items):
            yield _List(passage, tuple(items), _lead(first, marker), marker is not None)


def _lead(first: Mention, marker: re.Match[str] | None) -> str:
    """The words that open a list, without those that say how it divides its whole."""
    if marker is not None:
        return first.gap[: marker.start()]
    return re.split("[，：]", first.gap)[0] if "，" in first.gap else ""


def _opens(passage: Passage, first: Mention) -> bool:
    """Whether a figure is the first of its dimension in its sentence."""
    before = passage.mentions[: first.order]
    return not any(m.sentence == first.sentence and m.dimension == first.dimension for m in before)


def _run(passage: Passage, first: Mention) -> list[Mention]:
    """The figures from ``first`` on that are items of one list with it: levels of things with names of their own,
    parted by one kind of mark."""
    items = [first]
    mark = ""
    for mention in passage.mentions[first.order + 1 :]:
        if mention.sentence != first.sentence or mention.depth < first.depth:
            break
        if mention.depth > first.depth or mention.dimension != first.dimension:
            if mention.role in ("share", "rate") or mention.depth > first.depth:
                continue
            break
        own = bool(mention.head) or mention.series_id >= 0
        between = passage.plain[items[-1].end : mention.start]
        here = next((each for each in "；，" if each in between), "、")
        if mention.role not in ("level", "target") or not own or words("division").search(mention.gap):
            break
        if reach.introduces(mention.gap) and len(items) > 1:
            break
        if mark and here != mark and not (items[-1].series_id >= 0):
            break
        mark = here
        items.append(mention)
    return items


def _introduced(passage: Passage, items: Sequence[Mention]) -> bool:
    """Whether a figure right before a list is its total by the words between them, or one behind it sums it up."""
    behind_it = passage.mentions[items[-1].order + 1 :]
    if any(m.role == "total" and m.sentence == items[-1].sentence and _alike(m, items[0]) for m in behind_it):
        return True
    return any(found.heads and found.sure and found.items[0][0] is items[0] for found in lists(passage))


# --- wholes -------------------------------------------------------------------------------


def _bound(found: _List, near: Sequence[Passage], levels: Sequence[Named]) -> Iterator[Claim]:
    """The wholes that the words of a list name, or that stand before it; one of a known partition may, too."""
    named = list(_called(found, levels))
    wholes = _distinct(named)
    sure = found.marked and not found.open and len(wholes) == 1
    for fact in wholes:
        yield _claim(found, fact, "wording" if sure else "structure", sure)
    if found.marked and not sure:
        for claim in _before(found, near):
            if not any(reach.same_value(claim.stated.quantity, fact.quantity) for fact in wholes):
                yield replace(claim, basis="structure")


def _before(found: _List, near: Sequence[Passage]) -> Iterator[Claim]:
    """The amounts right before a list, the nearest first."""
    before = [m.fact for passage in near for m in passage.mentions if _may_hold(found, passage, m)]
    for fact in _distinct(before)[:_NEAR_WHOLES]:
        yield _claim(found, fact, "found", False)


def _may_hold(found: _List, passage: Passage, mention: Mention) -> bool:
    """Whether a figure stands before a list and may be the whole of it."""
    here = passage is found.passage
    if here and mention.order >= found.items[0].order:
        return False
    level = _alike(found.items[0], mention) and reach.is_level(mention) and mention.role != "difference"
    return level and _holds(found, mention.fact)


def _called(found: _List, levels: Sequence[Named]) -> Iterator[Fact]:
    """The figures that the words before a list name."""
    wanted = marks(found.lead)
    if is_general(wanted):
        return
    for named in levels:
        said = wanted <= named.own and is_general(named.own - wanted) and named.aspects.year != "previous"
        if said and named.aspects.side in ("", "actual", found.items[0].side) and _holds(found, named.fact):
            yield named.fact


def _holds(found: _List, fact: Fact) -> bool:
    """Whether a figure may be the sum of a list: of one dimension with it, stated exactly, larger than each item."""
    whole = fact.quantity
    same = whole.unit.dimension == found.items[0].dimension and whole.bound == "exact"
    return same and all(reach.larger(whole, item.quantity) for item in found.items)


def _searched(found: _List, levels: Sequence[Named]) -> Iterator[Claim]:
    """Any figure of the report may be the total of a list: so many are tried."""
    alike = [named.fact for named in levels if _holds(found, named.fact)]
    alike = [fact for fact in alike if len(str(fact.quantity.value).replace(".", "").strip("0")) >= _FEWEST_DIGITS]
    candidates = _distinct(alike)
    for fact in candidates:
        yield replace(_claim(found, fact, "found", False), tried=len(candidates))


def _distinct(facts: Iterable[Fact]) -> list[Fact]:
    """One figure of each value, the last first."""
    return list({fact.quantity.exact: fact for fact in reversed(list(facts))}.values())


def _claim(found: _List, whole: Fact, basis: Basis, exhaustive: bool) -> Claim:
    return sum_claim(whole, [(1, item.fact) for item in found.items], basis, exhaustive)
