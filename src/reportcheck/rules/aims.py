"""Words on a result and its target, which stands elsewhere (低于成本控制目标, 受益人口指标未完成):
``claim-contradicted``.

The target is that of the row of a table that the words name, or that states the same result; else the one figure that
the text aims at under the name of the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from reportcheck.catalog import cached, pattern_in, table
from reportcheck.extract.headers import pattern as header_word
from reportcheck.extract.identity import Likeness, Named, marks
from reportcheck.extract.mention import Mention, Passage, all_mentions
from reportcheck.extract.same import ASPECTS, same
from reportcheck.extract.tabular import Sheet
from reportcheck.model import Claim, Fact, Question, Relation, Span
from reportcheck.relations import reach
from reportcheck.rules.phrases import CONTRADICTED, PERCENT, Phrase, measure, phrases
from reportcheck.rules.targets import Aim, aims_of
from reportcheck.schemas.phrases import Outcomes

_RESULTS = frozenset({"rate", "level", "completion", "to", "total", "price"})
_SHORTEST = 2
# A result and its goal are of one year, body and dimension.
_OF_GOALS = ASPECTS - {"year", "body", "dimension"}
_ASKED: dict[str, tuple[Relation, ...]] = {"above": (">=",), "below": ("<=",), "level": (">=", "<=")}
_UNMET: dict[Relation, Relation] = {">=": "<", "<=": ">"}

Target = tuple[Fact, Relation]


def propose(
    passages: Sequence[Passage], sheets: Sequence[Sheet], figures: Sequence[Named], likeness: Likeness
) -> Iterator[Question]:
    """A question for each statement on a target that the report names elsewhere."""
    placed = [(sheet, aim) for sheet in sheets for part in sheet.parts for aim in aims_of(sheet, part)]
    aims = [aim for _, aim in placed]
    yield from _said_in_table(placed)
    elsewhere = _Elsewhere(aims, figures, likeness, all_mentions(passages))
    for passage in passages:
        for pattern, sense in _patterns():
            for phrase in phrases(passage, pattern):
                for stated, (limit, better) in elsewhere.about(phrase):
                    for relation in _ASKED.get(sense) or (better if sense == "met" else _UNMET[better],):
                        yield (phrase.comparing(stated, limit, relation, "structure"),)
        for phrase in phrases(passage, _word("every")):
            if not phrase.before and len({aim.pattern for aim in aims}) == 1:
                told = (aim for aim in aims if aim.signed)
                yield from ((phrase.comparing(aim.stated, aim.limit, aim.relation, "structure"),) for aim in told)


def _said_in_table(placed: Iterable[tuple[Sheet, Aim]]) -> Iterator[Question]:
    """完成 or 未完成 in a cell of a row that states its target and its result."""
    for sheet, aim in placed:
        for cell in sheet.grid.cells[aim.row.index]:
            met = _word("status_met").fullmatch(cell.text)
            if cell.block is None or not (met or _word("status_unmet").fullmatch(cell.text)):
                continue
            shown = f"{cell.text}（{aim.limit.quantity.text}）"
            limit = {"limit": (replace(aim.limit, quantity=replace(aim.limit.quantity, text=shown)),)}
            words = Span(cell.block.id, 0, len(cell.block.text))
            relation = aim.relation if met else _UNMET[aim.relation]
            yield (Claim(CONTRADICTED, "limit", aim.stated, "limit", limit, "wording", relation, words=words),)


_word = partial(pattern_in, Outcomes, "aims")


@cached
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    aim = table(Outcomes).aims.aim
    return tuple((row.pattern.filled(aim=aim).compiled, row.sense) for row in table(Outcomes).aim)


class _Elsewhere:
    """The results and targets of a report, by row and by name."""

    def __init__(
        self, aims: Sequence[Aim], figures: Sequence[Named], likeness: Likeness, mentions: Iterable[Mention]
    ) -> None:
        self._aims = aims
        self._likeness = likeness
        self._named = {named.fact.quantity.span: named for named in figures if named.prose}
        bounded = {m.quantity.span for m in mentions if _word("bounded").search(m.head)}
        self._aimed = [named for span, named in self._named.items() if span in bounded or _is_aim(named)]

    def about(self, phrase: Phrase) -> Iterator[tuple[Fact, Target]]:
        """The results that a statement speaks of, each with its target."""
        own = [m for m in phrase.passage.mentions if phrase.start - len(phrase.before) <= m.start < phrase.start]
        rows = [] if own else list(self._rows(phrase.before))
        if rows:
            yield from ((aim.stated, (aim.limit, aim.relation)) for aim in rows)
            return
        if not own:
            yield from _behind(phrase)
        result = _result(phrase)
        named = self._named.get(result.quantity.span) if result is not None else None
        if result is None or named is None:
            return
        if not own and marks(phrase.before) and not marks(phrase.before) & named.around:
            return
        row = self._beside(named)
        if row is not None:
            # The row states the result itself, without a hedge.
            yield (row.stated if result.quantity.bound != "exact" else result.fact), (row.limit, row.relation)
        elif (target := self._aim(named)) is not None:
            yield result.fact, target

    def _rows(self, names: str) -> Iterator[Aim]:
        """The rows that names in front of a statement call by their label."""
        for each in _word("names").split(names):
            name = _bare(each)
            rows = [aim for aim in self._aims if len(name) >= _SHORTEST and _bare(aim.row.label) == name]
            if len({(aim.stated.quantity.exact, aim.limit.quantity.exact) for aim in rows}) == 1:
                yield rows[0]

    def _beside(self, named: Named) -> Aim | None:
        """The row that states the same result under a like name."""
        rows = [a for a in self._aims if measure(a.stated) == measure(named.fact) and marks(a.row.label) & named.around]
        return rows[0] if len({(aim.limit.quantity.exact, aim.relation) for aim in rows}) == 1 else None

    def _aim(self, named: Named) -> Target | None:
        """What the text aims at under the name of a result."""
        found: list[Target] = [
            (aim.fact, "<=" if aim.fact.quantity.bound == "at-most" else ">=")
            for aim in self._aimed
            if aim.group != named.group
            and same(aim.aspects, named.aspects, but=_OF_GOALS, untold={"body"})
            and self._likeness.alike(named, aim)
        ]
        return found[0] if len({limit.quantity.exact for limit, _ in found}) == 1 else None


def _is_aim(named: Named) -> bool:
    """Whether a figure of the text is aimed at; not one of money, for budgets are not meant."""
    return named.aspects.side == "budget" and named.aspects.dimension != "money"


def _behind(phrase: Phrase) -> Iterator[tuple[Fact, Target]]:
    """The rates of completion right behind a sentence of words alone (稳就业目标超额完成。…)."""
    passage = phrase.passage
    rates = [m for m in passage.mentions if m.sentence == phrase.sentence + 1 and m.role == "completion"]
    rates = [
        m for m in rates if _word("of_task").search(m.base) and m.dimension == "ratio" and m.quantity.bound == "exact"
    ]
    alone = all(m.sentence != phrase.sentence for m in passage.mentions) and not phrase.behind
    if alone and rates:
        hundred = phrase.limit(100, PERCENT)
        yield from ((m.fact, (hundred, ">=")) for m in rates)


def _bare(name: str) -> str:
    return _word("around").sub("", name.strip())


def _result(phrase: Phrase) -> Mention | None:
    """The result right before a statement, past the parts of a list and what stands in brackets; of the unit of the
    difference that the words may lead to. None where its own target stands there, too."""
    here = [m for m in phrase.passage.mentions if phrase.shares(m)]
    after = next((m for m in here if m.start == phrase.end), None)
    before = [m for m in here if m.end <= phrase.start and not m.depth and not reach.is_listed(phrase.passage, m)]
    if after is not None:
        before = [m for m in before if m.quantity.unit.symbol == after.quantity.unit.symbol]
    if not before or any(_word("result_not").search(m.head) or m.role == "reference" for m in before):
        return None
    last = before[-1]
    falling = header_word("target", "falls").search(last.head) and last.dimension != "money"
    return last if last.role in _RESULTS and last.series_id < 0 and not falling else None
