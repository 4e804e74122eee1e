"""Words against figures: ``claim-contradicted``.

Each row of ``statements.toml`` says in which relation figures must stand, and about which: a rate, else the pair of
figures that it is taken of. They are looked for in the sentence of the statement, then in the sentences before it,
last where the report states them once of the indicator that the statement names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from reportcheck.catalog import cached, table
from reportcheck.extract.indicators import last_in
from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Claim, Question, Relation
from reportcheck.regexes import Regex
from reportcheck.relations import reach
from reportcheck.rules.phrases import Phrase, alike, named, phrases, speaks_of, word
from reportcheck.rules.stated import Stated
from reportcheck.schemas.phrases import Statements, StatementsAbout, StatementsStatement

_BACK = 2
_ANY_UNIT = frozenset({"money", "person"})
_FLIPPED: dict[Relation, Relation] = {">=": "<=", "<": ">"}


def propose(passages: Sequence[Passage], report: Stated) -> Iterator[Question]:
    """Questions that a statement in words asks of the figures that it is about."""
    for passage in passages:
        asked: set[object] = set()
        for pattern, row in _rows():
            for phrase in phrases(passage, pattern):
                if _is_said(phrase, row):
                    yield from _new(_asked(phrase, row, report), asked)


def _new(questions: Iterator[Question], asked: set[object]) -> Iterator[Question]:
    """What no other words of the passage ask already."""
    for question in questions:
        claim = question[0]
        key = claim.stated.quantity.span, claim.relation, claim.operands["limit"][0].quantity.exact
        if key not in asked:
            asked.add(key)
            yield question


@cached
def _rows() -> list[tuple[re.Pattern[str], StatementsStatement]]:
    return [(row.pattern.compiled, row) for row in table(Statements).statement]


def _is_said(phrase: Phrase, row: StatementsStatement) -> bool:
    """Whether no word right before a statement turns it round, and it is not said of a part only."""
    if row.not_before and re.search(f"(?:{row.not_before})[^，。；]{{0,2}}$", phrase.before):
        return False
    return not word("partly").search(phrase.before) and (
        not row.whole or row.whole.compiled.fullmatch(phrase.before) is not None
    )


def _asked(phrase: Phrase, row: StatementsStatement, report: Stated) -> Iterator[Question]:
    subject = last_in(phrase.before + phrase.text)
    relation: Relation = row.relation
    first = max(_first_of_line(phrase), phrase.sentence - (0 if row.within else _BACK))
    for start in range(phrase.sentence, first - 1, -1):
        own = [m for m in _around(phrase, start) if speaks_of(m, subject) and m.start != phrase.end]
        if row.nearest:
            own = [m for m in own if m.start < phrase.start]
        for kind in row.about:
            claim = _about(kind, phrase, relation, own, bool(row.nearest))
            if claim is not None:
                yield from _both_ways(claim)
                return
        if any(m.role in ("rate", "completion") or m.side == "budget" for m in own):
            # The figures of this sentence are what is spoken of, even if they do not tell.
            return
    beside = [m for m in phrase.passage.mentions if m.start != phrase.end]
    if subject and row.far and not any(last_in(m.head) == subject for m in beside):
        if row.far == "budget":
            yield from report.held_against(phrase, subject, relation)
        else:
            yield from report.grown(phrase, subject)


def _first_of_line(phrase: Phrase) -> int:
    """The first sentence of the item that a statement stands in, where items stand on lines and end their sentences."""
    line = phrase.passage.plain.rfind("。\n", 0, phrase.start) + 1
    return next(number for number, (_, end) in enumerate(phrase.passage.starts) if line < end)


def _around(phrase: Phrase, start: int) -> list[Mention]:
    """The figures from a sentence up to that of a statement; where its own part of the sentence holds figures, these
    alone."""
    found = [m for m in phrase.passage.mentions if start <= m.sentence <= phrase.sentence]
    own = [m for m in found if phrase.shares(m)]
    return own if own and start == phrase.sentence else found


def _both_ways(claim: Claim) -> Iterator[Question]:
    """Two amounts that are said to be the same: neither is above the other, however they are rounded."""
    if claim.relation != "=" or claim.stated.quantity.unit.dimension == "ratio":
        yield (claim,)
        return
    yield (replace(claim, relation=">="),)
    yield (replace(claim, relation="<="),)


def _about(kind: str, phrase: Phrase, relation: Relation, own: list[Mention], nearest: bool) -> Claim | None:
    if kind == "years":
        return _years(phrase, relation, own)
    if kind == "growth":
        return _growth(phrase, relation, own)
    if kind == "target":
        return _target(phrase, relation, own)
    about = table(Statements).about[kind]
    rate = _rate(phrase, about.rates.compiled, own, nearest)
    if rate is not None and (not about.beside or _is_beside(phrase, rate)):
        return phrase.against(rate, 100, relation)
    amounts = [m for m in own if reach.is_amount(m) and _is_counted_by(m, about)]
    bases = [m for m in amounts if (reach.is_level(m) or m.role == "reference") and _is(m, "base", about)]
    current = [m for m in amounts if reach.is_level(m) and m not in bases and _is(m, "current", about)]
    return _pair(phrase, relation, bases, current)


# --- which figures ------------------------------------------------------------------------


def _rate(phrase: Phrase, names: re.Pattern[str], own: list[Mention], nearest: bool) -> Mention | None:
    rates = [m for m in own if _is_rate(m) and m.quantity.bound == "exact"]
    if nearest:
        rates = [m for m in rates if m.end <= phrase.start][-1:]
    rates = [m for m in rates if names.search(m.name if m.role == "rate" else m.base)]
    rate = _only(phrase, rates)
    if rate is None or word("turn").search(phrase.passage.plain[phrase.end : rate.start]):
        return None
    adjusted = any(word("adjusted").search(m.head) for m in own if m.dimension == "money")
    return None if adjusted and not word("adjusted").search(rate.base + rate.name) else rate


def _is_rate(mention: Mention) -> bool:
    share = mention.role == "share" and word("of_plan").fullmatch(mention.base) is not None
    return share or mention.role in ("rate", "completion")


def _is_beside(phrase: Phrase, rate: Mention) -> bool:
    """Whether no other figure stands between a statement and a rate, and no target that is less than all."""
    mentions = phrase.passage.mentions
    aims = [m for m in mentions if m.dimension == "ratio" and (_is_target(m) or m.quantity.bound != "exact")]
    return not aims and not phrase.parted(rate, mentions)


def _only(phrase: Phrase, mentions: list[Mention]) -> Mention | None:
    """The only one of some figures, or of those in the statement's own part of its sentence."""
    here = [m for m in mentions if phrase.shares(m)]
    chosen = mentions if len(mentions) == 1 else here
    return chosen[0] if len(chosen) == 1 else None


def _is_counted_by(mention: Mention, about: StatementsAbout) -> bool:
    if about.dimension:
        return mention.dimension == about.dimension
    return mention.dimension not in ("money", "score")


def _is(mention: Mention, which: str, about: StatementsAbout) -> bool:
    """Whether a figure is told to be the base of a comparison (budget, plan, posts) or what is compared with it."""
    if about.sided:
        return mention.side == {"base": "budget", "current": "actual"}[which]
    named: Regex = getattr(about, which)
    return named.compiled.search(mention.head) is not None


def _pair(phrase: Phrase, relation: Relation, bases: list[Mention], current: list[Mention]) -> Claim | None:
    base, stated = _only(phrase, bases), _only(phrase, current)
    if base is None or stated is None or not alike([base, stated]) or base.series_id >= 0 or stated.series_id >= 0:
        return None
    if base.dimension not in _ANY_UNIT and base.quantity.unit.symbol != stated.quantity.unit.symbol:
        return None
    return phrase.comparing(stated.fact, base.fact, relation)


def _years(phrase: Phrase, relation: Relation, own: list[Mention]) -> Claim | None:
    """This year's figure against the one before it, both in front of the words (or the one before within them)."""
    here = [m for m in own if m.start < phrase.end and m.sentence == phrase.sentence]
    here = [m for m in here if phrase.shares(m)]
    bases = [m for m in here if is_previous(m)][-1:]
    if not bases:
        return None
    levels = [m for m in here if m not in bases and m.dimension == bases[0].dimension and is_current(m)]
    if bases[0].side != "budget":
        levels = [m for m in levels if m.side != "budget"]
    return _pair(phrase, relation, bases, levels)


def is_previous(mention: Mention) -> bool:
    """Whether a figure is that of the year before."""
    named = word("last_year").search(mention.head) or word("year").search(mention.head)
    return mention.role == "previous" or (
        mention.role == "reference" and named is not None and not word("budgeted").search(mention.head)
    )


def is_current(mention: Mention) -> bool:
    """Whether a figure is a level or rate of the year reported on."""
    return (
        reach.is_level(mention)
        or mention.role == "price"
        or (mention.dimension == "ratio" and mention.role in ("rate", "level", "to"))
    )


def _growth(phrase: Phrase, relation: Relation, own: list[Mention]) -> Claim | None:
    """A printed growth rate or change, which must not have the other sign than the words; falls are printed
    without theirs."""
    changes = [m for m in own if m.role in ("growth", "change") and not reach.is_budget_reference(m.gap)]
    subject = last_in(phrase.before + phrase.text)
    changes = [m for m in changes if not subject or named(m) == subject]
    changes = [m for m in changes if m.sign and not m.quantity.below_zero and m.quantity.bound == "exact"]
    here = [m for m in changes if m.sentence == phrase.sentence]
    change = here[0] if len({m.sign for m in here}) == 1 else None
    if change is None or (change.start >= phrase.end and change.own_subject):
        return None
    between = phrase.passage.plain[min(change.end, phrase.end) : max(change.start, phrase.start)]
    if word("turn").search(between) or (relation == "=" and "，" in between.strip("，")):
        return None
    if relation == "<=" and change.sign < 0:
        relation = ">="
    return phrase.against(change, 0, relation)


def _is_target(mention: Mention) -> bool:
    named = word("aimed").search(mention.head) is not None
    return named or (mention.role == "target" and word("aim").search(mention.head + mention.tail) is not None)


def _target(phrase: Phrase, relation: Relation, own: list[Mention]) -> Claim | None:
    """A result against its target: at least that, or at most where the target says so."""
    here = [m for m in own if m.end <= phrase.start and m.sentence == phrase.sentence]
    here = [m for m in here if phrase.shares(m)]
    targets = [m for m in here if _is_target(m)]
    if len(targets) != 1 or targets[0].dimension == "money":
        return None
    results = [m for m in here if m.role in ("rate", "level", "completion", "to") and m not in targets]
    results = [m for m in results if m.quantity.unit.symbol == targets[0].quantity.unit.symbol]
    if len(results) != 1 or not alike([targets[0], results[0]]):
        return None
    at_most = targets[0].quantity.bound == "at-most" or word("at_most").search(targets[0].head) is not None
    if not at_most and word("falls").search(targets[0].head + results[0].head):
        return None
    return phrase.comparing(results[0].fact, targets[0].fact, _FLIPPED[relation] if at_most else relation)
