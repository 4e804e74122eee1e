"""What the whole report states of the known indicators (三公经费, 公务接待费 …), for statements that stand far away.

Strict on purpose: a figure counts where its own words name the indicator, for the year reported on, and not within
some part of the whole (a project, a fund) that the statement does not stand in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportcheck.extract.identity import is_general, marks
from reportcheck.extract.indicators import last_in
from reportcheck.extract.mention import Mention, Passage
from reportcheck.extract.sides import PLANNED, planned_or_spent
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Fact, Question, Relation
from reportcheck.relations import reach
from reportcheck.rules.phrases import Phrase, named, word

_SIDES = frozenset({"budget", "actual"})
_NOT_UP: dict[str, Relation] = {"up": "<=", "down": ">="}


class Stated:
    """The figures of the known indicators, by name and side: ``budget``, ``actual`` or empty for levels; ``change``
    and ``difference``; ``up`` and ``down`` for what is printed of growth over the year before."""

    def __init__(self, passages: Sequence[Passage], sheets: Sequence[Sheet], year: int | None) -> None:
        self._year = year
        self._facts: dict[tuple[str, str], list[Fact]] = {}
        for passage in passages:
            for mention in passage.mentions:
                self._add_mention(passage, mention)
        for sheet in sheets:
            for part in sheet.parts:
                self._add_cells(sheet, part)

    def of(self, subject: str, *sides: str) -> list[Fact]:
        """The figures of an indicator, those of the first side first."""
        return [fact for side in sides for fact in self._facts.get((subject, side), ())]

    def held_against(self, phrase: Phrase, subject: str, relation: Relation) -> Iterator[Question]:
        """What was spent on an indicator against its budget, where the report states each but once."""
        if self.of_other_year(phrase.passage, phrase.sentence, phrase.end):
            return
        budgets, actuals = (self._only(phrase, subject, side) for side in ("budget", "actual"))
        if budgets is not None and actuals is not None:
            yield (phrase.comparing(actuals, budgets, relation, "structure"),)

    def grown(self, phrase: Phrase, subject: str) -> Iterator[Question]:
        """What is said not to have grown against the growth that the report states of it, if that is all one way."""
        ways = {way: [f for f in self.of(subject, way) if same_part(phrase, f)] for way in ("up", "down")}
        if self.of_other_year(phrase.passage, phrase.sentence, phrase.end) or all(ways.values()):
            return
        for way, relation in _NOT_UP.items():
            yield from ((phrase.against(fact, 0, relation),) for fact in ways[way][:1])

    def _only(self, phrase: Phrase, subject: str, side: str) -> Fact | None:
        facts = [fact for fact in self.of(subject, side) if same_part(phrase, fact)]
        return facts[0] if len({fact.quantity.exact for fact in facts}) == 1 else None

    def of_other_year(self, passage: Passage, sentence: int, end: int) -> bool:
        """Whether a sentence speaks, up to a place, of another year than the one reported on."""
        words = passage.plain[passage.starts[sentence][0] : end]
        years = {int(year) for year in word("year").findall(words)}
        other = len(years) > 1 or (years and self._year and years != {self._year})
        return bool(other or word("other_year").search(words))

    def of_another(self, passage: Passage, mention: Mention) -> bool:
        """Whether a change is that of another year: what it is compared with is the year before this one."""
        words = passage.plain[passage.starts[mention.sentence][0] : mention.start]
        years = {int(year) for year in word("year").findall(words)}
        return bool(self._year and years and self._year not in years)

    def _add_mention(self, passage: Passage, mention: Mention) -> None:
        subject = named(mention)
        if subject and mention.sign and _is_growth(mention) and not self.of_another(passage, mention):
            self._facts.setdefault((subject, "up" if mention.sign > 0 else "down"), []).append(mention.fact)
        plain = mention.dimension == "money" and mention.quantity.bound == "exact"
        held = reach.is_level(mention) or mention.role in ("change", "difference")
        if not subject or not plain or not held or mention.role == "target":
            return
        if self.of_other_year(passage, mention.sentence, mention.start):
            return
        side = mention.side if reach.is_level(mention) and mention.role != "difference" else mention.role
        self._facts.setdefault((subject, side), []).append(mention.fact)

    def _add_cells(self, sheet: Sheet, part: Part) -> None:
        for column in part.of_kind("amount"):
            title = part.band.columns[column].title
            side = planned_or_spent(title)
            side = "budget" if side in PLANNED else side
            years = {int(year) for year in word("year").findall(title)}
            other = word("other_year").search(title) or (years and self._year and years != {self._year})
            if side not in _SIDES or other:
                continue
            for row in part.rows:
                label = word("label_edges").sub("", row.label)
                fact = sheet.facts.get((row.index, column))
                if fact is not None and fact.quantity.unit.dimension == "money" and _is_name(label):
                    self._facts.setdefault((last_in(label), side), []).append(fact)


def _is_growth(mention: Mention) -> bool:
    """Whether a figure is a rate or amount of change over the year before, as printed without its sign."""
    plain = mention.quantity.bound == "exact" and not mention.quantity.below_zero and mention.dimension != "point"
    over_year = word("over_year").search(mention.gap) is not None and not reach.is_budget_reference(mention.gap)
    return mention.role in ("growth", "change") and plain and over_year


def _is_name(label: str) -> bool:
    """Whether a label is the name of an indicator and nothing else."""
    name = last_in(label)
    return bool(name) and is_general(marks(label) - {name})


def same_part(phrase: Phrase, fact: Fact) -> bool:
    """Whether a statement and a figure speak of the same part of the whole: both of all, or under one heading."""
    if phrase.passage.scope == fact.scope:
        return not word("part").search(phrase.before)
    return not word("part").search(phrase.passage.scope + phrase.before + fact.scope + fact.indicator)
