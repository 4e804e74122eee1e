"""Words of direction against figures: ``claim-contradicted`` (由120万元增加到98万元; 减少5万元，增长8%)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec.structs import replace

from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Claim, Fact, Question, Relation
from reportcheck.relations import reach
from reportcheck.rules.phrases import CONTRADICTED, alike, word
from reportcheck.rules.statements import is_current, is_previous

_RESULTS = frozenset({"rate", "level", "to", "completion", "total", "price"})
_TOWARDS: dict[int, Relation] = {1: ">=", -1: "<="}


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """Questions that 增加到, 下降至, 高于 and the like ask of the two figures that they stand between."""
    for passage in passages:
        for before, mention in zip(passage.mentions, passage.mentions[1:], strict=False):
            if before.sentence == mention.sentence:
                yield from _from_to(passage, before, mention)
                yield from _opposed(passage, before, mention)
                yield from _compared(passage, before, mention)
        yield from _grown(passage)


def _claim(stated: Mention, limit: Mention, relation: Relation, words: str) -> Question:
    """That a figure lies on one side of another, which is shown with the words that say so."""
    shown = replace(limit.fact, quantity=replace(limit.quantity, text=words))
    return (Claim(CONTRADICTED, "limit", stated.fact, "limit", {"limit": (shown,)}, "wording", relation),)


def _from_to(passage: Passage, start: Mention, end: Mention) -> Iterator[Question]:
    """由120万元增加到98万元: the second figure lies where the words lead."""
    if start.role != "from" or end.series_id >= 0 or start.series_id >= 0 or not alike([start, end]):
        return
    if start.quantity.unit.symbol != end.quantity.unit.symbol and start.dimension not in ("money", "ratio"):
        return
    sign = 1 if word("up_to").search(end.head) else -1 if word("down_to").search(end.head) else 0
    if sign and end.role in ("to", "level") and not word("ranked").search(start.head + start.subject + end.gap):
        yield _claim(end, start, _TOWARDS[sign], passage.plain[start.start : end.start])


def _opposed(passage: Passage, change: Mention, growth: Mention) -> Iterator[Question]:
    """减少5万元，增长8%: an amount and a rate of one change cannot point two ways."""
    if {change.role, growth.role} != {"change", "growth"} or change.dimension == "point":
        return
    if growth.dimension == "point" or growth.own_subject or change.sign * growth.sign >= 0:
        return
    between = passage.plain[change.end : growth.start]
    if not word("same_change").fullmatch(between) or change.quantity.below_zero or growth.quantity.below_zero:
        return
    stated = _signed(passage, growth)
    limit = _signed(passage, change)
    limit = replace(limit, quantity=replace(limit.quantity, unit=stated.quantity.unit, value=Decimal(0)))
    yield (Claim(CONTRADICTED, "limit", stated, "limit", {"limit": (limit,)}, "wording", _TOWARDS[change.sign]),)


def _signed(passage: Passage, mention: Mention) -> Fact:
    """The figure with the sign and the words that give it: 减少5万元."""
    verb = word("verb").search(mention.head)
    start = mention.start - len(verb[0]) if verb else mention.start
    text = passage.plain[start : mention.end]
    quantity = replace(mention.quantity, value=mention.quantity.value * mention.sign, text=text)
    return replace(mention.fact, quantity=quantity)


def _compared(passage: Passage, stated: Mention, base: Mention) -> Iterator[Question]:
    """满意度93%，高于95%的目标值; 控制在6500万元限额以内: only where the words cannot mean by how much."""
    if stated.dimension != base.dimension or not alike([stated, base]) or stated.series_id >= 0:
        return
    relation = _kept_within(stated, base) or _set_against(base) or _reached(stated, base)
    if relation and stated.role in _RESULTS and stated.quantity.bound in ("exact", "about"):
        words = passage.plain[stated.end : base.end].strip("，、 ")
        yield _claim(stated, base, relation, words)


def _set_against(base: Mention) -> Relation | None:
    """Which way the words go that set a figure against a target, a standard or a limit."""
    sign = 1 if word("above").match(base.head) else -1 if word("under").match(base.head) else 0
    ratio = base.dimension == "ratio" and base.role in ("reference", "target")
    whole = word("compared_tail").match(base.tail) or (ratio and word("compared_head").search(base.head))
    return _TOWARDS[sign] if sign and whole else None


def _reached(stated: Mention, base: Mention) -> Relation | None:
    """Whether a rate is said to reach its target, or not to; only where more is better."""
    falling = word("falls").search(stated.head) or word("lower_better").match(base.tail)
    if base.dimension != "ratio" or falling or not word("compared_tail").match(base.tail):
        return None
    return ">=" if word("reached").fullmatch(base.head) else "<" if word("missed").fullmatch(base.head) else None


def _kept_within(stated: Mention, base: Mention) -> Relation | None:
    """Whether words keep an amount within a limit of the same unit."""
    kept = word("within").fullmatch(base.head) and word("within_tail").match(base.tail)
    return "<=" if kept and stated.quantity.unit.symbol == base.quantity.unit.symbol else None


def _grown(passage: Passage) -> Iterator[Question]:
    """上年120万元，本年98万元，增长18.33%: what is said to have grown is not less than it was.

    A fall that is called one is recomputed with the rate itself.
    """
    for growth in passage.mentions:
        if growth.role != "growth" or growth.sign <= 0 or growth.own_subject or growth.quantity.below_zero:
            continue
        if word("either_way").search(growth.head) or reach.on_other_footing(growth.gap):
            continue
        near = passage.mentions[max(0, growth.order - 2) : growth.order]
        pair = [m for m in near if m.sentence == growth.sentence and m.depth == growth.depth and m.series_id < 0]
        bases = [m for m in pair if is_previous(m) or m.role == "from"]
        levels = [m for m in pair if m not in bases and (is_current(m) or m.role == "to") and m.side != "budget"]
        if len(bases) == len(levels) == 1 and alike([*bases, *levels]) and not reach.has_reference(growth.gap):
            words = passage.plain[bases[0].start : growth.end] if bases[0] is pair[-1] else bases[0].quantity.text
            yield _claim(levels[0], bases[0], ">=", words)
