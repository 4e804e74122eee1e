"""Dates said to be kept beside days by which they were missed, and the other way round: ``claim-contradicted``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from reportcheck.catalog import pattern_in
from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Question
from reportcheck.rules.phrases import phrases
from reportcheck.schemas.phrases import Outcomes

_TIMES = frozenset({"day", "month", "hour", "week"})
_TURNED = {"kept": "overdue", "missed": "early"}


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """早于时限16天，未能按期完成: days that are said to be won cannot be lost."""
    for passage in passages:
        for said, contrary in _TURNED.items():
            for phrase in phrases(passage, _word(said)):
                days = [m for m in passage.mentions if phrase.shares(m) and _is_span(m)]
                if len(days) == 1:
                    turned = _word(contrary).search(days[0].head) is not None
                    yield (phrase.against(days[0], 0, "<=" if turned else ">="),)


_word = partial(pattern_in, Outcomes, "dates")


def _is_span(mention: Mention) -> bool:
    """Whether a figure tells by how long something was early or late."""
    told = any(_word(name).search(mention.head) for name in ("early", "overdue"))
    return told and mention.dimension in _TIMES and not mention.quantity.below_zero
