"""All of it is said to be done (全部整改到位) beside a rate, a count or a rest that says otherwise:
``claim-contradicted``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from reportcheck.catalog import cached, pattern_in, table
from reportcheck.extract.identity import marks
from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Question
from reportcheck.regexes import any_of
from reportcheck.relations import reach
from reportcheck.rules.phrases import Phrase, phrases
from reportcheck.schemas.phrases import Outcomes, OutcomesDone

_RATES = frozenset({"rate", "completion"})


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """What words say to be done in full against the figures of their part of the sentence."""
    for passage in passages:
        if passage.mentions:
            for pattern in _patterns():
                for phrase in phrases(passage, pattern):
                    if not _word("not_all").search(phrase.before):
                        yield from _asked(phrase, pattern)


_word = partial(pattern_in, Outcomes, "whole")


@cached
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = table(Outcomes).whole
    verbs = any_of(row.verbs for row in table(Outcomes).done)
    return tuple(form.filled(verbs=verbs).compiled for form in (words.forward, words.turned))


def _asked(phrase: Phrase, pattern: re.Pattern[str]) -> Iterator[Question]:
    found = pattern.match(phrase.passage.plain, phrase.start)
    if found is None:
        return
    row = next(row for row in table(Outcomes).done if row.verbs.compiled.fullmatch(found["verb"]))
    here = [m for m in phrase.passage.mentions if phrase.shares(m)]
    own = [m for m in here if phrase.start - len(phrase.before) <= m.start < phrase.start]
    if not _word("later").search(phrase.before):
        yield from _rated(phrase, row, here, own)
        yield from _counted(phrase, row, here, own)
    yield from _left(phrase, here, own)


def _rated(phrase: Phrase, row: OutcomesDone, here: list[Mention], own: list[Mention]) -> Iterator[Question]:
    """The one rate of doing it, which must be 100 %."""
    rates = [m for m in here if m.role in _RATES and m.quantity.bound == "exact"]
    named = [m for m in rates if row.rates.compiled.search(m.name)]
    named = [m for m in named if _says_no_more(phrase, row) and not (own and phrase.parted(m, here))]
    named = named or [m for m in rates if _word("any_rate").search(m.name) and not phrase.parted(m, here)]
    if len(named) == 1:
        yield (phrase.against(named[0], 100, ">="),)


def _says_no_more(phrase: Phrase, row: OutcomesDone) -> bool:
    """Whether the words in front of the statement narrow nothing down (重大隐患) that its part of the sentence
    speaks of."""
    plain, clause = phrase.passage.plain, phrase.start - len(phrase.before)
    start, end = phrase.passage.starts[phrase.sentence]
    rest = plain[start:clause] + "|" + plain[phrase.end : end]
    said, known = (marks(row.verbs.compiled.sub("|", words)) for words in (phrase.before, rest))
    return said <= known


def _counted(phrase: Phrase, row: OutcomesDone, here: list[Mention], own: list[Mention]) -> Iterator[Question]:
    """立案17件，办结15件: the last two figures before the words, one of them counting what was done."""
    before = [m for m in here if m.end <= phrase.start][-2:]
    if own or len(before) != 2 or before[0].quantity.unit.symbol != before[1].quantity.unit.symbol:
        return
    base, done = before
    counts = base.quantity.unit.counted and reach.is_level(base) and reach.is_level(done) and done.series_id < 0
    said = re.search(f"(?:{row.verbs}).?$", done.head) or re.match(f".?(?:{row.verbs})", done.tail)
    if counts and said and not row.verbs.compiled.search(base.head) and _says_no_more(phrase, row):
        yield (phrase.comparing(done.fact, base.fact, ">="),)


def _left(phrase: Phrase, here: list[Mention], own: list[Mention]) -> Iterator[Question]:
    """5处…已全部拔除，尚有1处结转下年: of what was done in full nothing is left."""
    before = own or [m for m in here if m.end <= phrase.start][-1:]
    units = {m.quantity.unit.symbol for m in before}
    for rest in here:
        behind = rest.start >= phrase.end and rest.quantity.unit.symbol in units
        if behind and _word("left").search(rest.head) and _word("undone").search(rest.tail):
            yield (phrase.against(rest, 0, "<="),)
