"""Full marks beside a low rate of execution: ``full-marks-unearned``, where the report says how the marks follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from reportcheck.catalog import pattern_in
from reportcheck.extract.mention import Passage
from reportcheck.extract.tabular import Sheet
from reportcheck.model import Claim, Fact, Quantity, Question, Span
from reportcheck.rules.phrases import PERCENT, Phrase, phrases
from reportcheck.schemas.phrases import Statements
from reportcheck.text import normalise

RULE = "full-marks-unearned"


def propose(passages: Sequence[Passage], sheets: Sequence[Sheet]) -> Iterator[Question]:
    """A question for each rate of execution that is given full marks, if the report says what that takes."""
    given = [(phrase, rate) for passage in passages for phrase in _full(passage) if (rate := _rate(phrase))]
    limits = list(_limits(passages, sheets)) if given else []
    if len({limit.quantity.value for limit in limits}) == 1:
        for _, rate in given:
            yield (Claim(RULE, "limit", rate, "limit", {"limit": (limits[0],)}, "structure", ">="),)


_word = partial(pattern_in, Statements, "full_marks")


def _full(passage: Passage) -> Iterator[Phrase]:
    return phrases(passage, _word("given"), "criterion")


def _rate(phrase: Phrase) -> Fact | None:
    """The one rate of the budget in front of the words, in their sentence."""
    rates = [m for m in phrase.passage.mentions if m.sentence == phrase.sentence and m.end <= phrase.start]
    rates = [m for m in rates if m.role == "rate" and phrase.shares(m)]
    exact = len(rates) == 1 and rates[0].quantity.bound == "exact" and _word("rate").search(rates[0].name)
    return rates[0].fact if exact else None


def _limits(passages: Iterable[Passage], sheets: Iterable[Sheet]) -> Iterator[Fact]:
    """What full marks take: so many percent, or all of it where the marks are in proportion."""
    texts = [(block.id, block.text) for passage in passages for block in passage.blocks]
    for sheet in sheets:
        blocks = {cell.block.id: cell.block.text for row in sheet.grid.cells for cell in row if cell.block}
        texts += blocks.items()
    for block, text in texts:
        plain = normalise(text)
        for match in (*_word("least").finditer(plain), *_word("proportional").finditer(plain)):
            least = Decimal(match.groupdict().get("least") or 100)
            quantity = Quantity(least, PERCENT, 0, "exact", match[0], Span(block, match.start(), match.end()))
            yield Fact(match[0], "", "", "limit", quantity)
