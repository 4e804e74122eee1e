"""What is said to be there, without a figure, where the figures leave no room for it (含少量工程类采购 beside goods
and services that make up the total): ``claim-contradicted``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from reportcheck.catalog import pattern_in
from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Claim, Question, Relation
from reportcheck.relations import reach
from reportcheck.rules.phrases import CONTRADICTED, Phrase, phrases
from reportcheck.schemas.phrases import Outcomes

_FEWEST = 2
_BALANCES: dict[str, tuple[Relation, ...]] = {"left": ("<",), "over": (">",), "none": (">=", "<=")}


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """Questions on things that a sentence says there are some of, and on money that is said to be left, or not."""
    for passage in passages:
        if passage.mentions:
            for phrase in phrases(passage, _word("some")):
                yield from _beside_parts(phrase)
            for said, relations in _BALANCES.items():
                for phrase in phrases(passage, _word(said)):
                    yield from _left_over(phrase, relations)


_word = partial(pattern_in, Outcomes, "presence")


def _before(phrase: Phrase) -> list[Mention]:
    here = [m for m in phrase.passage.mentions if phrase.shares(m)]
    return [m for m in here if m.end <= phrase.start]


def _beside_parts(phrase: Phrase) -> Iterator[Question]:
    """A total with parts behind it that leave nothing for more."""
    figures = [m for m in _before(phrase) if reach.is_level(m) and not m.depth]
    if len(figures) <= _FEWEST or not reach.introduces(figures[1].gap):
        return
    total, *parts = figures
    if {m.dimension for m in parts} != {total.dimension} or any(m.quantity.bound != "exact" for m in figures):
        return
    shown = (phrase.beside(parts[0].fact), *(part.fact for part in parts[1:]))
    yield (Claim(CONTRADICTED, "sum", total.fact, "sum(parts)", {"parts": shown}, "wording", ">", words=phrase.place),)


def _left_over(phrase: Phrase, relations: tuple[Relation, ...]) -> Iterator[Question]:
    """Income and spending of one sentence, where that is all it states of money."""
    money = [m for m in _before(phrase) if m.dimension == "money" and reach.is_level(m)]
    income, spending = ([m for m in money if _word(name).search(m.head)] for name in ("income", "spending"))
    if len(money) != _FEWEST or len(income) != 1 or len(spending) != 1 or income == spending:
        return
    if _word("opening").search("".join(m.gap for m in money)) or any(m.quantity.bound != "exact" for m in money):
        return
    for relation in relations:
        yield (phrase.comparing(spending[0].fact, income[0].fact, relation),)
