"""What figures measure, so that one figure in two places can be told to be the same.

A figure is named by its own words (its clause; the label of its row and column) and by what surrounds them (the
subject carried over, the headings, the caption). Two figures are *named alike* where the own words of each stand in
what surrounds the other; words that tell nothing (``patterns/indicators.toml``) do not count, rare ones count most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from msgspec import Struct

from reportcheck.catalog import pattern_in, recently_cached
from reportcheck.extract.indicators import flagged, found_in
from reportcheck.extract.same import Aspects
from reportcheck.model import Fact
from reportcheck.schemas.sentences import Indicators
from reportcheck.text import normalise

_RARE, _KNOWN = 4, 12
_ENOUGH, _LEAST = 8, 2


class Named(Struct, frozen=True, dict=True):
    """A figure with what tells it apart: indicator ids (``#basic``), pairs of characters, names of rates (``%执行率``).

    ``words`` are its own words without noise, and ``aspects`` what it speaks of; ``around`` are the marks of its words,
    the subject, the headings and the clauses before it; ``wide`` these with its whole sentence up to it; ``noun`` those
    behind it (18处{工程}); ``heading`` what its headings name besides what every report has. ``carried``: its own words
    do not tell of what it is. ``group`` is the sentence or row that it stands in.
    """

    fact: Fact
    aspects: Aspects
    words: str
    around: frozenset[str]
    wide: frozenset[str]
    noun: frozenset[str]
    heading: frozenset[str]
    carried: bool
    group: str
    prose: bool

    @property
    def own(self) -> frozenset[str]:
        """The marks of its own words: what it measures."""
        return self.aspects.measure

    @property
    def parts(self) -> frozenset[str]:
        """The ids of the parts of the whole (基本支出) that it stands under."""
        return self.aspects.parts


def whole_marks() -> frozenset[str]:
    """The marks of what every part of the whole has (spending, a score): alone they do not tell of what."""
    return flagged("whole")


def is_general(marks_: frozenset[str]) -> bool:
    """Whether marks alone do not tell of what a figure is: spending, a score, the name of a rate."""
    return all(mark in whole_marks() or mark.startswith("%") for mark in marks_)


term = partial(pattern_in, Indicators, "same")
"""A compiled pattern of ``indicators.toml``."""


@recently_cached
def marks(phrase: str) -> frozenset[str]:
    """The indicator ids and the pairs of characters of a phrase."""
    plain = term("title").sub("|", normalise(phrase))
    found = found_in(plain)
    marks_ = {name for _, _, name in found}
    for stretch in re.split(r"[^\u4e00-\u9fffA-Za-z]+", term("noise").sub("|", _with(plain, found, lambda _: "|"))):
        marks_.update(stretch[at : at + 2] for at in range(len(stretch) - 1))
    return frozenset(marks_)


@recently_cached
def bare(phrase: str) -> str:
    """A phrase with the ids of indicators for their words, and without the words that tell nothing."""
    plain = term("title").sub("", normalise(phrase))
    return term("noise").sub("", _with(plain, found_in(plain), str))


def _with(plain: str, found: Sequence[tuple[int, int, str]], shown: Callable[[str], str]) -> str:
    """A phrase with something else for each of the indicators that it names."""
    for start, end, name in reversed(found):
        plain = plain[:start] + shown(name) + plain[end:]
    return plain


# --- likeness -----------------------------------------------------------------------------


class Likeness:
    """How telling each mark is in a report, and how alike two figures are named."""

    def __init__(self, named: Sequence[Named]) -> None:
        self._known = Counter(mark for each in named for mark in each.around)

    def weight(self, marks_: Iterable[str]) -> int:
        """How much marks tell together: indicators and rare pairs most."""
        return sum(self._one(mark) for mark in marks_)

    def _one(self, mark: str) -> int:
        if mark.startswith("#"):
            return 4 if mark in flagged("common") else 8
        return 3 if self._known[mark] <= _RARE else 2 if self._known[mark] <= _KNOWN else 1

    def akin(self, one: Named, other: Named) -> int:
        """How much of the own words of two figures stands anywhere near the other; 0 where that is little."""
        shared = self.weight((one.own & other.wide) | (other.own & one.wide))
        within = not is_general(one.own & other.own) and (one.own <= other.own or other.own <= one.own)
        return shared if shared >= _ENOUGH or (within and shared >= _LEAST) else 0

    def alike(self, one: Named, other: Named) -> int:
        """How much the names of two figures have in common; 0 where they are named differently."""
        if not one.own or not other.own:
            return 0
        if not is_general(one.own) and not is_general(other.own) and is_general(one.own & other.own):
            return 0
        for first, second in ((one, other), (other, one)):
            if self.weight(first.own & second.around) * 3 < self.weight(first.own) * 2:
                return 0
        return self.weight(one.own & other.around | other.own & one.around)
