"""What is said to be the most or the least of a table (为5个县中最低): ``claim-contradicted``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from reportcheck.catalog import pattern_in
from reportcheck.extract.mention import Mention, Passage
from reportcheck.extract.tabular import Sheet
from reportcheck.model import Fact, Question, Relation
from reportcheck.rules.phrases import Phrase, measure, phrases
from reportcheck.schemas.phrases import Outcomes

_FEWEST = 3


def propose(passages: Sequence[Passage], sheets: Sequence[Sheet]) -> Iterator[Question]:
    """A question for each other row of the column that states a figure called the most or the least."""
    for passage in passages:
        for phrase in phrases(passage, _word("pattern")):
            stated = _stated(phrase)
            columns = list(_columns(phrase, stated, sheets)) if stated is not None else []
            if stated is not None and len(columns) == 1:
                relation: Relation = ">=" if _word("most").search(phrase.text) else "<="
                yield from ((phrase.comparing(stated.fact, other, relation, "structure"),) for other in columns[0])


_word = partial(pattern_in, Outcomes, "superlatives")


def _stated(phrase: Phrase) -> Mention | None:
    """The figure right before the words."""
    before = [m for m in phrase.passage.mentions if m.end <= phrase.start]
    near = before and phrase.shares(before[-1]) and not before[-1].depth
    return before[-1] if near else None


def _columns(phrase: Phrase, stated: Mention, sheets: Sequence[Sheet]) -> Iterator[list[Fact]]:
    """The other figures of each column that states the figure in a row which the sentence names."""
    start, end = phrase.passage.starts[phrase.sentence]
    sentence = phrase.passage.plain[start:end]
    for sheet in sheets:
        for part in sheet.parts:
            rows = [row for row in part.rows if not row.total]
            for column in range(len(part.band.columns)):
                cells = [(row.label, sheet.facts.get((row.index, column))) for row in rows]
                found = {label: fact for label, fact in cells if fact is not None}
                same = [label for label, fact in found.items() if measure(fact) == measure(stated.fact)]
                own = [label for label in same if label in sentence]
                if len(own) == 1 and len(found) >= _FEWEST:
                    yield [fact for label, fact in found.items() if label != own[0]]
