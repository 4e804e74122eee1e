"""Near-duplicate text by MinHash: which passages are alike, without comparing each with each.

Texts are compared by the pieces of four characters that they have in common (their Jaccard likeness), with figures and
the name of the unit taken out. Passages that hash alike in one band are candidates; the pieces themselves decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from reportcheck.text import normalise

if TYPE_CHECKING:
    from rensa import RMinHash

ALIKE = Fraction(3, 5)
_SIZE = 4
_PERMUTATIONS, _BANDS, _SEED = 128, 32, 1
_BATCH = 2048
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def skeleton(text: str, names: Iterable[str]) -> str:
    """A text without what differs where a phrase is used for another unit: figures, and the names of the unit."""
    plain = normalise(text)
    for name in names:
        plain = plain.replace(name, "@")
    return _NUMBER.sub("#", plain)


def pieces(text: str) -> frozenset[str]:
    """All stretches of a few characters."""
    return frozenset(text[at : at + _SIZE] for at in range(max(1, len(text) - _SIZE + 1)))


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts have most of their pieces in common."""
    common = len(one & other)
    return Fraction(common, len(one) + len(other) - common) >= ALIKE


class Leaders:
    """Texts that are not alike, each of which stands for those that are like it."""

    def __init__(self) -> None:
        from rensa import RMinHashLSH

        self._index = RMinHashLSH(float(ALIKE), _PERMUTATIONS, _BANDS)
        self._texts: list[tuple[str, str]] = []

    def joined(self, texts: Iterable[tuple[str, str]]) -> Iterator[int]:
        """The number of the leader that each text joins, in order; a text that is like none leads from then on. Texts
        with different marks are never alike."""
        for mark, text, hashed in _hashed(texts):
            own = _marked(mark, text)
            leader = next(self._like(own, hashed), None)
            if leader is None:
                leader = len(self._texts)
                self._texts.append((mark, text))
                self._index.insert(leader, hashed)
            yield leader

    def like(self, texts: Iterable[tuple[str, str]]) -> Iterator[list[int]]:
        """The numbers of all leaders that each text is like."""
        for mark, text, hashed in _hashed(texts):
            yield list(self._like(_marked(mark, text), hashed))

    def _like(self, own: frozenset[str], hashed: RMinHash) -> Iterator[int]:
        for number in sorted(self._index.query(hashed)):
            if are_alike(own, _marked(*self._texts[number])):
                yield number


def _marked(mark: str, text: str) -> frozenset[str]:
    return frozenset(mark + piece for piece in pieces(text))


def _hashed(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, RMinHash]]:
    """Texts with their hashes, which are made for many at once."""
    from rensa import RMinHash

    def made(batch: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, RMinHash]]:
        sets = [sorted(_marked(mark, text)) for mark, text in batch]
        hashes = RMinHash.from_token_sets(sets, _PERMUTATIONS, _SEED)
        yield from ((mark, text, one) for (mark, text), one in zip(batch, hashes, strict=True))

    batch: list[tuple[str, str]] = []
    for each in texts:
        batch.append(each)
        if len(batch) == _BATCH:
            yield from made(batch)
            batch = []
    yield from made(batch)
