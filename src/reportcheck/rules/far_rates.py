"""Rates one of whose figures stands elsewhere in the report: ``rate-mismatch`` and ``share-mismatch``'s kin.

The rate of what was used (预算执行率) is taken of the spending beside it, or of all spending, and of any lawful
budget: each may confirm it, only the one budget after adjustments contradicts it. The share of cases settled (结案率)
is taken of the sentence elsewhere that counts the same cases; that of people served (建档率) of the population; and the
rate that spells out its balance (上年结转+年初预算+本年追加－年末结余) of those four figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from reportcheck.catalog import pattern_in, table
from reportcheck.extract.identity import Named, is_general, whole_marks
from reportcheck.extract.mention import Mention, Passage
from reportcheck.extract.sides import GIVEN
from reportcheck.model import Basis, Claim, Fact, Question
from reportcheck.relations import reach
from reportcheck.relations.claims import ratio
from reportcheck.rules.known import is_called
from reportcheck.rules.rates import RATE
from reportcheck.schemas.sentences import Connectors, Rates

_SHORTEST_STEM = 2
_NEAR = 3


def propose(passages: Sequence[Passage], figures: Sequence[Named]) -> Iterator[Question]:
    """One question for each rate that may have a figure elsewhere."""
    levels = [n for n in figures if n.aspects.kind == "level" and n.aspects.year != "previous"]
    money = [n for n in levels if n.fact.quantity.unit.dimension == "money" and n.fact.quantity.bound == "exact"]
    rates = [n for n in figures if n.aspects.kind == "rate" and n.prose]
    general = {n.fact.quantity.span for n in rates if not n.heading and not n.parts and not n.aspects.body}
    balance = _balance(passages)
    for passage in passages:
        for rate in passage.mentions:
            if rate.role != "rate" or not rate.name or rate.series_id >= 0:
                continue
            before = max((m.end for m in passage.mentions[: rate.order]), default=0)
            own = passage.plain[max(before, passage.starts[rate.sentence][0]) : rate.start]
            if balance and _far("balance").search(own):
                yield (Claim(RATE, "equation", rate.fact, "(sum(parts) - sum(less)) / sum(parts)", balance, "wording"),)
            elif _far("executed").fullmatch(rate.name):
                of_all = rate.quantity.span in general and _far("of_all").fullmatch(rate.gap) is not None
                yield tuple(_executed(passage, rate, money, of_all))
            else:
                yield tuple(_of_population(passage, rate))
                yield tuple(_settled(passages, passage, rate))


_far = partial(pattern_in, Rates, "far")


def _ratio(rate: Mention, numerator: Fact, denominator: Fact, basis: Basis, exhaustive: bool = True) -> Claim:
    return ratio(RATE, rate.fact, numerator, denominator, basis, exhaustive)


# --- what was used of what was given ------------------------------------------------------


def _executed(passage: Passage, rate: Mention, money: Sequence[Named], of_all: bool) -> Iterator[Claim]:
    """The rate of what was used, of each budget of the report."""
    used = _used(passage, rate, money)
    if used is None:
        return
    beside = used.group == f"{passage.block.id}.{rate.sentence}"
    amount, within = used.fact.quantity, reach.within_all(rate.quantity)
    budgets = [n for n in money if n.aspects.side in GIVEN and reach.larger(amount, n.fact.quantity) is not within]
    full = [n for n in budgets if n.aspects.side == "full"]
    full = [n for n in full if is_general(n.own)] or full
    unsaid = [n for n in money if n.aspects.side == "" and n.prose]
    alike = [n for n in unsaid if _akin(n, used) and reach.larger(n.fact.quantity, amount)]
    sure = full if within and _one(full) and (of_all or beside) else []
    for named in _distinct(budgets):
        yield _ratio(rate, used.fact, named.fact, "name")
    for named in _distinct(sure):
        yield _ratio(rate, used.fact, named.fact, "identity")
    if within and not full and _one(alike):
        yield _ratio(rate, used.fact, alike[0].fact, "structure", exhaustive=False)


def _used(passage: Passage, rate: Mention, money: Sequence[Named]) -> Named | None:
    """The one amount used that stands before a rate in its sentence; where none does, all that was spent."""
    before = [m for m in reach.before(passage, rate) if m.dimension == "money"]
    if before:
        own = [n for n in money if n.fact.quantity.span == before[-1].quantity.span]
        single = len(before) == 1 and before[0].side == "actual" and bool(own)
        return own[0] if single else None
    spent = [n for n in money if n.aspects.side == "actual" and not n.parts and not n.heading]
    spent = [n for n in spent if is_called(n, "spending")]
    return max(spent, key=lambda n: n.fact.quantity.exact, default=None)


def _akin(one: Named, other: Named) -> bool:
    """Whether two figures are named by the same words besides those for money spent."""
    return any(not mark.startswith("#") for mark in (one.own & other.own) - whole_marks())


def _one(figures: Sequence[Named]) -> bool:
    return len({named.fact.quantity.exact for named in figures}) == 1


def _distinct(figures: Iterable[Named]) -> list[Named]:
    return list({named.fact.quantity.exact: named for named in figures}.values())


# --- cases and people ---------------------------------------------------------------------


def _settled(passages: Sequence[Passage], passage: Passage, rate: Mention) -> Iterator[Claim]:
    """立案315件，结案率95.87%: of the sentence elsewhere that states the same 315件 and those that the rate counts."""
    stem = rate.name.rstrip("".join(table(Connectors).words.rate_suffix))
    before = [m for m in passage.mentions[: rate.order] if m.sentence == rate.sentence and reach.is_level(m)]
    if len(stem) < _SHORTEST_STEM or not reach.is_subset_rate(rate.name) or not before:
        return
    cases = before[-1]
    if not cases.quantity.unit.counted or stem in cases.head:
        return
    found: list[tuple[Mention, Mention]] = []
    for other in passages:
        for whole in other.mentions if other is not passage else ():
            if reach.same_value(whole.quantity, cases.quantity) and whole.dimension == cases.dimension:
                behind = [m for m in other.mentions[whole.order + 1 :] if m.sentence == whole.sentence][:_NEAR]
                found += [(m, whole) for m in behind if stem in m.head and m.dimension == whole.dimension]
    if len({part.quantity.exact for part, _ in found}) == 1:
        yield _ratio(rate, found[0][0].fact, cases.fact, "identity")


def _of_population(passage: Passage, rate: Mention) -> Iterator[Claim]:
    """建立档案19.62万份，建档率91%: of the population that the paragraph states."""
    if not _far("of_people").search(rate.name):
        return
    before = [m for m in passage.mentions[: rate.order] if reach.is_level(m) and m.role != "price"]
    people = [m for m in before if _far("people").search(m.head) and m.dimension == "person"]
    done = [m for m in before if m.sentence == rate.sentence and m not in people]
    if len(people) == 1 and done and done[-1].dimension in ("person", "document"):
        yield _ratio(rate, done[-1].fact, people[0].fact, "structure")


# --- the balance of the year --------------------------------------------------------------


def _balance(passages: Sequence[Passage]) -> dict[str, tuple[Fact, ...]]:
    """What was carried in, budgeted and added, and what was left: the first paragraph that states all four once."""
    for passage in passages:
        found = []
        for pattern in table(Rates).far.balance_terms:
            alike = [m for m in passage.mentions if pattern.compiled.search(m.head) and m.dimension == "money"]
            found.append(alike[0].fact if len({m.quantity.exact for m in alike}) == 1 else None)
        held = [fact for fact in found if fact is not None]
        if len(held) == len(found):
            return {"parts": tuple(held[:-1]), "less": (held[-1],)}
    return {}
