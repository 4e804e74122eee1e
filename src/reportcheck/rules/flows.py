"""Stocks and flows: what there was, and came, less what went, is what there is (``total-mismatch``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportcheck.extract.mention import Mention, Passage, words
from reportcheck.model import Claim, Question
from reportcheck.relations.claims import sum_claim

_NOT_FLOWING = frozenset({"ratio", "point", "times", "number", "score"})


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """上年末134人，调入5人、招录8人，退休6人，年末138人: one question for each closing stock."""
    for passage in passages:
        for closing in passage.mentions[2:]:
            claim = _claim(passage, closing)
            if claim is not None:
                yield (claim,)


def _claim(passage: Passage, closing: Mention) -> Claim | None:
    if closing.dimension in _NOT_FLOWING or not words("closing").search(closing.head):
        return None
    before = passage.mentions[: closing.order]
    same = [m for m in before if m.dimension == closing.dimension and m.depth <= closing.depth]
    starts = [m for m in same if words("opening").search(m.head) and m.sentence >= closing.sentence - 1]
    if not starts:
        return None
    start = next(m for m in starts if m.sentence == starts[-1].sentence)
    between = same[same.index(start) + 1 :]
    more = [m for m in between if words("inflow").search(m.head) and not words("outflow").search(m.head)]
    more += [m for m in between if m not in more and words("opening").search(m.head)]
    less = [m for m in between if m not in more and words("outflow").search(m.head)]
    if words("left_over").search(closing.head) and not less:
        return None
    if not between or len(more) + len(less) != len(between) or any(m.role == "total" for m in between):
        return None
    terms = [*((1, m.fact) for m in (start, *more)), *((-1, m.fact) for m in less)]
    return sum_claim(closing.fact, terms, "structure", len(between) >= 2 or _adjusted(passage, start, closing))


def _adjusted(passage: Passage, start: Mention, closing: Mention) -> bool:
    """Whether a budget, what was added to it and the budget then stand side by side, and nothing was carried in."""
    budgets = closing.sentence == start.sentence and all(m.side == "budget" for m in (start, closing))
    sentence = passage.plain[slice(*passage.starts[start.sentence])]
    return budgets and not words("left_over").search(sentence)
