"""Statements in words: their clause, their sentence, what they speak of, and the limit that they set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.catalog import pattern_in
from reportcheck.extract.indicators import last_in
from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Basis, Claim, Fact, Quantity, Relation, Span, Unit
from reportcheck.relations import reach
from reportcheck.schemas.phrases import Statements

_RIGHT_BEHIND = 6
CONTRADICTED = "claim-contradicted"
PERCENT = Unit("%", "ratio", Fraction(1, 100))
_BREAK = re.compile(r"[，。；：！？\n]")


class Phrase(Struct, frozen=True):
    """The words of a statement in a passage, from ``start`` to ``end``, with the number of their sentence."""

    passage: Passage
    start: int
    end: int
    sentence: int

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.passage.plain[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands before them in their clause."""
        breaks = [match.end() for match in _BREAK.finditer(self.passage.plain, 0, self.start)]
        return self.passage.plain[breaks[-1] if breaks else 0 : self.start]

    @property
    def behind(self) -> str:
        """What stands behind them in their clause."""
        stop = _BREAK.search(self.passage.plain, self.end)
        return self.passage.plain[self.end : stop.start() if stop else None]

    def shares(self, mention: Mention) -> bool:
        """Whether a figure stands in their part of their sentence, between semicolons."""
        start = self.passage.starts[self.sentence][0]
        part = self.sentence, self.passage.plain.count("；", start, self.start)
        return reach.segment(self.passage, mention) == part

    def parted(self, mention: Mention, others: Sequence[Mention]) -> bool:
        """Whether one of other figures stands between them and a figure."""
        first, last = min(self.end, mention.end), max(self.start, mention.start)
        return any(first <= other.start < last for other in others)

    def limit(self, value: int, unit: Unit) -> Fact:
        """A limit that is not printed as a figure; its place is the phrase that sets it."""
        quantity = Quantity(Decimal(value), unit, 0, "exact", self.text, self.place)
        return Fact(self.text, "", self.passage.scope, "limit", quantity)

    def beside(self, base: Fact) -> Fact:
        """A figure that the phrase sets as a limit, shown with the words."""
        shown = self.text if base.quantity.span == self.place else f"{self.text}（{base.quantity.text}）"
        return replace(base, quantity=replace(base.quantity, text=shown))

    @property
    def place(self) -> Span:
        """Where they stand in the document."""
        return self.passage.span(self.start, self.end)

    def against(self, stated: Mention | Fact, value: int, relation: Relation, basis: Basis = "wording") -> Claim:
        """That a figure stands in a relation to what the words themselves ask for."""
        fact = stated.fact if isinstance(stated, Mention) else stated
        limit = self.limit(value, fact.quantity.unit if value == 0 else PERCENT)
        return Claim(CONTRADICTED, "limit", fact, "limit", {"limit": (limit,)}, basis, relation, words=self.place)

    def comparing(self, stated: Fact, base: Fact, relation: Relation, basis: Basis = "wording") -> Claim:
        """That the words bring two figures into a relation."""
        limit = {"limit": (self.beside(base),)}
        return Claim(CONTRADICTED, "limit", stated, "limit", limit, basis, relation, words=self.place)


def phrases(passage: Passage, pattern: re.Pattern[str], unsaid: str = "unsaid") -> Iterator[Phrase]:
    """Where a passage makes a statement of a kind, and does not only wish, ask or doubt it (the words ``unsaid``)."""
    for match in pattern.finditer(passage.plain):
        if match.start() >= passage.starts[-1][1]:
            continue
        sentence = next(i for i, (_, end) in enumerate(passage.starts) if match.start() < end)
        phrase = Phrase(passage, match.start(), match.end(), sentence)
        if not word(unsaid).search(phrase.before + phrase.text + phrase.behind[:_RIGHT_BEHIND]):
            yield phrase


def measure(fact: Fact) -> tuple[str, Fraction]:
    """What a figure comes to, so that two places can be told to state the same."""
    return fact.quantity.unit.dimension, fact.quantity.exact


word = partial(pattern_in, Statements, "words")
"""A compiled pattern of the words of ``statements.toml``."""


def named(mention: Mention) -> str:
    """The known indicator that a figure is of, in its own words or those carried over to it."""
    return last_in(mention.head) or last_in(mention.name) or last_in(mention.subject)


def speaks_of(mention: Mention, subject: str) -> bool:
    """Whether a figure may be of the indicator that a statement names, if it names one."""
    return not subject or named(mention) == subject or (not named(mention) and not mention.subject)


def alike(mentions: Sequence[Mention]) -> bool:
    """Whether figures are of one kind, and as far as they are named of one indicator."""
    names = {named(mention) for mention in mentions} - {""}
    return len({mention.dimension for mention in mentions}) == 1 and len(names) <= 1
