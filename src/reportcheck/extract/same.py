"""Whether two figures speak of the same thing: aspect by aspect."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct
from msgspec.structs import fields, replace


class Aspects(Struct, frozen=True):
    """Of what a figure speaks; each aspect is empty where nothing tells it.

    ``measure``: the marks of what it measures (:mod:`reportcheck.extract.identity`); ``dimension`` that of its unit;
    ``kind``: ``level`` or ``rate``, and ``rate`` what a rate is called. ``side``: planned, arrived or spent
    (:mod:`reportcheck.extract.sides`); of what is no money ``budget`` is a goal and ``actual`` a result. ``year`` and
    ``body`` (全系统, 局机关); ``flow``: income or spending; ``parts``: the ids of the parts of the whole that it stands
    under.
    """

    measure: frozenset[str]
    dimension: str
    kind: str
    rate: frozenset[str]
    side: str
    year: str
    body: str
    flow: str
    parts: frozenset[str]


_ORDER = tuple(each.name for each in fields(Aspects))
ASPECTS = frozenset(_ORDER)


def same(one: Aspects, other: Aspects, *, but: Collection[str] = (), untold: Collection[str] = ()) -> bool:
    """Whether two figures agree in all aspects ``but`` those that may differ. Of those that may be ``untold`` what is
    not told is no difference, and the path of parts of the one may go further than that of the other."""
    for aspect in _ORDER:
        mine, theirs = getattr(one, aspect), getattr(other, aspect)
        if aspect in but or mine == theirs:
            continue
        nested = aspect == "parts" and (mine <= theirs or theirs <= mine)
        if aspect not in untold or not (nested or not mine or not theirs):
            return False
    return True


def assumed(aspects: Aspects) -> Aspects:
    """The same where what nothing tells of was spent, or done."""
    return replace(aspects, side=aspects.side or "actual")
