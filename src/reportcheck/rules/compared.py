"""A rate against another one that is only named (略低于省级资金本身的执行率): ``claim-contradicted``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from reportcheck.catalog import pattern_in
from reportcheck.extract.identity import marks
from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Question
from reportcheck.rules.phrases import Phrase, phrases
from reportcheck.schemas.phrases import Outcomes


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """A question for each rate that is said to be above or below one that the paragraph states under that name."""
    for passage in passages:
        for phrase in phrases(passage, _word("pattern")):
            found = _word("pattern").fullmatch(phrase.text)
            rates = [m for m in passage.mentions if m.role == "rate" and m.end <= phrase.start]
            if found is None or _word("other").search(found["name"]):
                continue
            if not rates or rates[-1].sentence != phrase.sentence:
                continue
            named = [m for m in rates[:-1] if _is_called(phrase, m, found["name"], found["rate"])]
            if len({m.quantity.exact for m in named}) == 1:
                yield (phrase.comparing(rates[-1].fact, named[0].fact, ">=" if found["above"] else "<="),)


_word = partial(pattern_in, Outcomes, "rates")


def _is_called(phrase: Phrase, rate: Mention, name: str, kind: str) -> bool:
    """Whether a rate is of the kind, and of the thing, that a statement compares with."""
    passage = phrase.passage
    start, _ = passage.starts[rate.sentence]
    previous = max((m.end for m in passage.mentions if m.end <= rate.start and m.role == "rate"), default=start)
    words = passage.plain[max(start, previous) : rate.end]
    return rate.name.endswith(kind[-2:]) and marks(name) <= marks(words) and bool(marks(name))
