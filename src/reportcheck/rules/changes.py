"""Changes: ``growth-mismatch`` (增长12.08%), ``change-mismatch`` (增加8.25万元, 提高3.4个百分点) and
``difference-mismatch`` (结余7.95万元).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reportcheck.extract.prose import Mention, Passage
from reportcheck.model import Basis, Claim, Question
from reportcheck.rules import reach

GROWTH = "growth-mismatch"
CHANGE = "change-mismatch"
DIFFERENCE = "difference-mismatch"

_UP = "change / (current - change)"
_DOWN = "change / (current + change)"
_RISE = "current / base - 1"
_FALL = "1 - current / base"


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """Questions on growth rates, absolute changes and remainders in prose."""
    passages = tuple(passages)
    index = _by_name(passages)
    for passage in passages:
        for mention in passage.mentions:
            if mention.role == "growth":
                yield tuple(_growth(passage, mention, index))
            elif mention.role == "change":
                yield tuple(_change(passage, mention))
            elif mention.role == "difference":
                yield tuple(_difference(passage, mention))


def _claim(rule: str, stated: Mention, formula: str, operands: Mapping[str, Mention], basis: Basis) -> Claim:
    return Claim(rule, stated.fact, formula, {name: (m.fact,) for name, m in operands.items()}, basis)


# --- growth -------------------------------------------------------------------------------


def _growth(passage: Passage, growth: Mention, index: Mapping[str, list[Mention]]) -> Iterator[Claim]:
    sentence = [m for m in passage.mentions[: growth.order] if m.sentence == growth.sentence]
    pair = _from_to(sentence)
    if pair is not None:
        start, end = pair
        formula = _rise(growth, falling=end.quantity.exact < start.quantity.exact)
        yield _claim(GROWTH, growth, formula, {"current": end, "base": start}, "wording")
        return
    previous = [m for m in sentence if m.role == "previous"]
    levels = [m for m in sentence if reach.is_amount(m) and m.role not in ("previous", "from")]
    change = _own_change(passage, growth)
    if change is not None:
        yield from _by_change(passage, growth, change)
    for base in previous[-1:]:
        current = [m for m in levels if m.dimension == base.dimension]
        if current:
            single = len(current) == 1 and len(previous) == 1
            operands = {"current": current[-1], "base": base}
            falling = current[-1].quantity.exact < base.quantity.exact
            yield _claim(GROWTH, growth, _rise(growth, falling), operands, "wording" if single else "structure")
    if change is None and levels and reach.significant_digits(growth) >= 2:
        level = levels[-1]
        for base in index.get(_key(level), ()):
            if base.quantity.span != level.quantity.span:
                operands = {"current": level, "base": base}
                yield _claim(GROWTH, growth, _rise(growth, growth.sign < 0), operands, "name")
    yield from _searched(passage, growth)


def _rise(growth: Mention, falling: bool) -> str:
    """A fall is printed without its sign, except for a rate of change, which carries its own."""
    return _FALL if falling and growth.sign < 0 else _RISE


def _own_change(passage: Passage, growth: Mention) -> Mention | None:
    """The absolute change right before a growth rate: 增加1062.85万元，增长12.08%."""
    if not growth.order:
        return None
    before = passage.mentions[growth.order - 1]
    if growth.series_id >= 0:
        peers = [m for m in passage.mentions[: growth.order] if m.role == "change" and m.series == growth.series]
        return peers[-1] if peers and peers[-1].series_id >= 0 else None
    same = before.sentence == growth.sentence and before.role == "change" and before.dimension != "point"
    return before if same and not growth.own_subject and before.sign * growth.sign >= 0 else None


def _by_change(passage: Passage, growth: Mention, change: Mention) -> Iterator[Claim]:
    formula = _DOWN if change.sign < 0 else _UP
    levels = [
        m
        for m in passage.mentions[: change.order]
        if reach.is_amount(m) and m.dimension == change.dimension and m.role != "from"
    ]
    for rank, current in enumerate(reversed(levels[-8:])):
        near = rank == 0 and current.sentence >= change.sentence - 1
        own = not change.own_subject or reach.names(change.subject, current) or current.subject == change.subject
        basis: Basis = "wording" if near and own else "found"
        yield _claim(GROWTH, growth, formula, {"change": change, "current": current}, basis)
    for base in levels[-4:]:
        yield _claim(GROWTH, growth, "change / base", {"change": change, "base": base}, "found")


def _from_to(sentence: list[Mention]) -> tuple[Mention, Mention] | None:
    """由a增加到b, the last such pair of the sentence."""
    for end in reversed(sentence):
        starts = [m for m in sentence[: end.order] if m.role == "from" and m.order < end.order]
        if end.role in ("to", "level") and starts and starts[-1].order == end.order - 1:
            return (starts[-1], end) if starts[-1].dimension == end.dimension else None
    return None


def _searched(passage: Passage, growth: Mention) -> Iterator[Claim]:
    if reach.significant_digits(growth) < 3:
        return
    amounts = reach.nearby(passage, growth)[:6]
    for current in amounts:
        for base in amounts:
            if current is not base and current.dimension == base.dimension:
                formula = _FALL if growth.sign < 0 else _RISE
                yield _claim(GROWTH, growth, formula, {"current": current, "base": base}, "found")


def _key(mention: Mention) -> str:
    return f"{mention.dimension}|{mention.subject}{mention.cue}"


def _by_name(passages: Iterable[Passage]) -> dict[str, list[Mention]]:
    """All levels of the report by what they measure."""
    index: dict[str, list[Mention]] = {}
    for passage in passages:
        for mention in passage.mentions:
            if reach.is_amount(mention) and mention.subject:
                index.setdefault(_key(mention), []).append(mention)
    return index


# --- absolute changes and remainders ------------------------------------------------------


def _change(passage: Passage, change: Mention) -> Iterator[Claim]:
    sentence = [m for m in passage.mentions if m.sentence == change.sentence and m.order != change.order]
    formula = "base - current" if change.sign < 0 else "current - base"
    if change.dimension == "point":
        yield from _points(sentence, change, formula)
        return
    pair = _from_to([m for m in sentence if m.order < change.order])
    if pair is not None and pair[0].dimension == change.dimension and not change.own_subject:
        yield _claim(CHANGE, change, formula, {"current": pair[1], "base": pair[0]}, "wording")
        return
    earlier = [m for m in sentence if m.order < change.order and m.dimension == change.dimension]
    previous = [m for m in earlier if m.role == "previous"]
    current = [m for m in earlier if reach.is_amount(m) and m.role not in ("previous", "from")]
    if len(previous) == 1 and len(current) == 1 and not change.own_subject:
        yield _claim(CHANGE, change, formula, {"current": current[0], "base": previous[0]}, "wording")
    budgets = [m for m in earlier if m.side == "budget"]
    actuals = [m for m in earlier if m.side == "actual"]
    if len(budgets) == 1 and len(actuals) == 1 and reach.is_budget_reference(change.gap):
        yield _claim(CHANGE, change, formula, {"current": actuals[0], "base": budgets[0]}, "wording")


def _points(sentence: list[Mention], change: Mention, formula: str) -> Iterator[Claim]:
    rates = [m for m in sentence if m.dimension == "ratio" and m.order < change.order and m.role != "growth"]
    starts = [m for m in rates if m.role in ("previous", "from")]
    ends = [m for m in rates if m.role not in ("previous", "from")]
    if len(starts) == 1 and len(ends) == 1:
        yield _claim(CHANGE, change, formula, {"current": ends[0], "base": starts[0]}, "wording")


def _difference(passage: Passage, rest: Mention) -> Iterator[Claim]:
    amounts = [m for m in reach.before(passage, rest) if m.dimension == rest.dimension]
    budgets = [m for m in amounts if m.side == "budget"]
    actuals = [m for m in amounts if m.side == "actual"]
    over = reach.is_excess(rest.head)
    formula = "spent - given" if over else "given - spent"
    if len(budgets) == 1 and len(actuals) == 1 and len(amounts) == 2:
        yield _claim(DIFFERENCE, rest, formula, {"given": budgets[0], "spent": actuals[0]}, "structure")
    nearby = [m for m in reach.nearby(passage, rest) if m.dimension == rest.dimension and m.order < rest.order]
    for given in nearby[:8]:
        for spent in nearby[:8]:
            if given is not spent and reach.significant_digits(rest) >= 2:
                yield _claim(DIFFERENCE, rest, formula, {"given": given, "spent": spent}, "found")
    totals = [m for m in nearby if m.role == "total"]
    if len(totals) >= 2:
        operands = {"given": totals[1], "spent": totals[0]}
        yield _claim(DIFFERENCE, rest, formula, operands, "structure")
