"""One amount in two units side by side: ``conflicting-figures`` (7,092,000.00元（709.20万元）)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportcheck.extract.mention import Passage, words
from reportcheck.model import Question
from reportcheck.rules.conflicts import same_claim


def propose(passages: Sequence[Passage]) -> Iterator[Question]:
    """A question for each amount of money that says the one right before it again in another unit."""
    for passage in passages:
        for first, second in pairwise(passage.mentions):
            between = passage.plain[first.end : second.start]
            other = first.quantity.unit.symbol != second.quantity.unit.symbol
            if first.dimension == second.dimension == "money" and other and words("restated").search(between):
                yield (same_claim(second.fact, (first.fact,), "wording"),)
