"""Changes: ``growth-mismatch`` (增长12.08%), ``change-mismatch`` (增加8.25万元, 提高3.4个百分点) and
``difference-mismatch`` (结余7.95万元).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Basis, Claim, Kind, Question
from reportcheck.relations import reach
from reportcheck.relations.chains import chains

GROWTH = "growth-mismatch"
CHANGE = "change-mismatch"
DIFFERENCE = "difference-mismatch"
_KINDS: dict[str, Kind] = {GROWTH: "change", CHANGE: "change", DIFFERENCE: "difference"}

_NO_LEVEL = frozenset({"reference", "previous", "from", "base", "difference"})
_UP = "change / (current - change)"
_DOWN = "change / (current + change)"
_RISE = "current / base - 1"
_FALL = "1 - current / base"
_FELL = "1 - current / (current - change)"
_SHRUNK = "current / (current + change) - 1"


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """Questions on growth rates, absolute changes and remainders in prose."""
    passages = tuple(passages)
    index = _by_name(passages)
    for passage in passages:
        chained = {mention.order for _, terms in chains(passage) for _, mention in terms}
        for mention in passage.mentions:
            if mention.order in chained:
                continue
            if mention.role == "growth":
                yield tuple(_growth(passage, mention, index))
            elif mention.role == "change":
                yield tuple(_change(passage, mention))
            elif mention.dimension == "score" and reach.is_deduction(mention.head):
                yield tuple(_deduction(passage, mention))
            elif mention.role == "difference":
                yield tuple(_difference(passage, mention))


def _claim(rule: str, stated: Mention, formula: str, operands: Mapping[str, Mention], basis: Basis) -> Claim:
    return Claim(rule, _KINDS[rule], stated.fact, formula, {name: (m.fact,) for name, m in operands.items()}, basis)


# --- growth -------------------------------------------------------------------------------


def _growth(passage: Passage, growth: Mention, index: Mapping[str, list[Mention]]) -> Iterator[Claim]:
    sentence = [m for m in passage.mentions[: growth.order] if m.sentence == growth.sentence]
    change = _own_change(passage, growth)
    pairs = [] if reach.on_other_footing(growth.gap) else _pairs(passage, change or growth, sentence)
    for current, base, basis in pairs:
        yield _claim(GROWTH, growth, _rise(growth, current, base), {"current": current, "base": base}, basis)
    if reach.on_other_footing(growth.gap):
        yield from _searched(passage, growth)
        return
    if change is not None:
        yield from _by_change(passage, growth, change, weak=bool(pairs))
    levels = [m for m in sentence if reach.is_level(m)]
    if not pairs and change is None and levels and reach.significant_digits(growth) >= 2:
        level = levels[-1]
        for other in index.get(_key(level), ()):
            if other.quantity.span != level.quantity.span:
                operands = {"current": level, "base": other}
                yield _claim(GROWTH, growth, _towards(growth), operands, "name")
    yield from _searched(passage, growth)


def _rise(growth: Mention, current: Mention, base: Mention) -> str:
    """A fall is printed without its sign, except for a rate of change, which carries its own."""
    falling = current.quantity.exact < base.quantity.exact and growth.sign > 0
    return _FALL if falling and not growth.quantity.below_zero else _towards(growth)


def _towards(growth: Mention) -> str:
    """The formula of a rate by the word of its direction; a sign of its own says it all: 增长-3.9%, 下降-3.9%."""
    return _FALL if growth.sign < 0 and not growth.quantity.below_zero else _RISE


def _pairs(passage: Passage, about: Mention, sentence: list[Mention]) -> list[tuple[Mention, Mention, Basis]]:
    """The figures that a change may be about: 由a增加到b; a, 比上年b增加; 上年b, 本年a."""
    same = [m for m in sentence if _comparable(m, about) and m.order < about.order]
    if reach.has_reference(about.gap):
        previous = any(m.role == "previous" for m in same)
        same = [m for m in same if m.role in ("from", "to") or (previous and m.role != "reference")]
    for end in reversed(same):
        before = [m for m in same if m.order < end.order]
        if end.role in ("to", "level") and before and before[-1].role == "from":
            return [(end, before[-1], "wording")]
    bases = [m for m in same if m.role in ("reference", "previous")]
    if about.series_id >= 0:
        bases = [m for m in bases if m.series == about.series] or bases
    if not bases:
        return []
    base = bases[-1]
    if any(m.role == about.role and base.order < m.order < about.order for m in sentence) and about.series_id < 0:
        # The base has had its change; what follows explains it.
        return []
    levels = [m for m in same if m.role not in _NO_LEVEL and _alike(m, base)]
    levels = [m for m in levels if m.role != "target"] or levels
    levels = [m for m in levels if m.depth <= about.depth] or levels
    levels = [m for m in levels if not reach.is_listed(passage, m)] or levels
    if base.side != "budget":
        levels = [m for m in levels if m.side != "budget"] or levels
    if about.series_id >= 0 and len(levels) > 1:
        levels = levels[about.series : about.series + 1] if about.series < len(levels) else []
    if not levels and about.role == "change":
        later = [m for m in sentence if m.order > about.order and _comparable(m, about) and m.role == "level"]
        if len(later) == 1:
            return [(later[0], base, "structure")]
    if not levels:
        # Only the base is named here: what is compared with it was said in the sentences before.
        earlier = [m for m in passage.mentions[: base.order] if _comparable(m, about) and _alike(m, base)]
        earlier = [m for m in earlier if m.sentence >= base.sentence - 2 and reach.is_level(m)][-8:]
        if not reach.opens_comparison(base.gap):
            return []
        return [(m, base, "structure") for m in reversed(earlier)]
    nearest = levels[-1]
    single = len({m.quantity.exact for m in levels}) == 1 or base.order == nearest.order + 1
    adjacent = len(bases) == 1 or base.order == about.order - 1
    return [(nearest, base, "wording" if single and adjacent else "structure")]


def _alike(mention: Mention, other: Mention) -> bool:
    return mention.dimension == other.dimension


def _comparable(mention: Mention, about: Mention) -> bool:
    """Whether a figure can be one of the two that a change or growth rate compares."""
    if about.dimension == "point":
        return mention.dimension == "ratio" and mention.role != "growth"
    amount = reach.is_amount(mention) or mention.role == "price"
    if about.role == "growth":
        return amount
    return amount and mention.dimension == about.dimension


def _own_change(passage: Passage, growth: Mention) -> Mention | None:
    """The absolute change right before a growth rate: 增加1062.85万元，增长12.08%."""
    if not growth.order:
        return None
    if growth.series_id >= 0:
        peers = [m for m in passage.mentions[: growth.order] if m.role == "change" and m.series == growth.series]
        return peers[-1] if peers and peers[-1].series_id >= 0 else None
    before = passage.mentions[growth.order - 1]
    if before.depth > growth.depth and growth.order > 1:
        outer = [m for m in passage.mentions[: growth.order] if m.depth == growth.depth]
        before = outer[-1] if outer else before
    same = before.sentence == growth.sentence and before.dimension != "point"
    changed = before.role == "change" or (before.role == "difference" and growth.sign < 0)
    opposed = _direction(before) * _direction(growth) < 0
    return before if same and changed and not growth.own_subject and not opposed else None


def _direction(mention: Mention) -> int:
    """Which way a change goes, by its own sign, else by its word."""
    return -1 if mention.quantity.below_zero else mention.sign


def _by_change(passage: Passage, growth: Mention, change: Mention, weak: bool) -> Iterator[Claim]:
    formula = _by_signs(growth, change)
    levels = [
        m
        for m in passage.mentions[: change.order]
        if reach.is_level(m) and m.dimension == change.dimension and m.depth <= change.depth
    ]
    if not change.own_subject:
        # Without a subject of its own a sentence goes on with the whole, not with the last part of its list.
        levels = [m for m in levels if m.sentence == change.sentence or not reach.is_listed(passage, m)] or levels
    if change.side == "actual":
        # Where what was spent is said to have changed, the budget beside it is not what changed.
        levels = [m for m in levels if m.side != "budget"] or levels
    for rank, current in enumerate(reversed(levels[-8:])):
        before = current.sentence < change.sentence
        near = rank == 0 and current.sentence >= change.sentence - 1 and not weak
        spent = current.side == change.side == "actual" and reach.opens_with_spending(change.gap)
        near = near and (not before or change.own_subject or reach.opens_comparison(change.gap) or spent)
        own = not change.own_subject or reach.names(change.subject, current) or change.subject == current.subject
        basis: Basis = "wording" if near and own else "found"
        yield _claim(GROWTH, growth, formula, {"change": change, "current": current}, basis)
    bases = [m for m in passage.mentions[: growth.order] if reach.is_amount(m) and m.dimension == change.dimension]
    for base in bases[-4:]:
        if base.role in ("reference", "previous", "base"):
            yield _claim(GROWTH, growth, "change / base", {"change": change, "base": base}, "found")


def _by_signs(growth: Mention, change: Mention) -> str:
    """The formula of a rate by an amount of change, each of which gives its direction by a sign or by its word."""
    if change.quantity.below_zero:
        return _FELL if _towards(growth) == _FALL else _UP
    if change.sign < 0 or growth.sign < 0:
        return _SHRUNK if growth.quantity.below_zero else _DOWN
    return _UP


def _searched(passage: Passage, growth: Mention) -> Iterator[Claim]:
    if reach.significant_digits(growth) < 3:
        return
    amounts = reach.nearby(passage, growth)[:6]
    for current in amounts:
        for base in amounts:
            if current is not base and current.dimension == base.dimension:
                yield _claim(GROWTH, growth, _towards(growth), {"current": current, "base": base}, "found")


def _key(mention: Mention) -> str:
    return f"{mention.dimension}|{mention.topic}"


def _by_name(passages: Iterable[Passage]) -> dict[str, list[Mention]]:
    """All levels of the report by what they measure."""
    index: dict[str, list[Mention]] = {}
    for passage in passages:
        for mention in passage.mentions:
            if reach.is_level(mention) and mention.topic:
                index.setdefault(_key(mention), []).append(mention)
    return index


# --- absolute changes and remainders ------------------------------------------------------


def _change(passage: Passage, change: Mention) -> Iterator[Claim]:
    sentence = [m for m in passage.mentions if m.sentence == change.sentence and m.order != change.order]
    bracketed = _bracketed(change, sentence)
    pairs = [bracketed] if bracketed else _pairs(passage, change, sentence)
    if reach.adds(change.head):
        pairs = [pair for pair in pairs if pair[1].role == "from"]
    for current, base, basis in pairs:
        for first, second in ((current, base), (base, current)) if not change.sign else ((current, base),):
            formula = _change_of(change)
            yield _claim(CHANGE, change, formula, {"current": first, "base": second}, basis)
    compared = any(m.role == "reference" and m.order == change.order - 1 for m in sentence)
    if pairs or change.own_subject or compared:
        return
    later = [m for m in sentence if m.order > change.order and _comparable(m, change)]
    for end in later:
        starts = [m for m in later if m.order < end.order and m.role == "from"]
        if end.role == "to" and starts:
            formula = _change_of(change)
            yield _claim(CHANGE, change, formula, {"current": end, "base": starts[-1]}, "structure")
            return
    earlier = [m for m in sentence if m.order < change.order and _comparable(m, change)]
    if len(earlier) == 2 and reach.compares(change.head) and not reach.has_reference(change.gap):
        for first, second in (earlier, earlier[::-1]):
            yield _claim(CHANGE, change, "current - base", {"current": first, "base": second}, "structure")
        return
    budgets = [m for m in earlier if m.side == "budget"]
    actuals = [m for m in earlier if m.side == "actual"]
    if len(budgets) == 1 and len(actuals) == 1 and reach.is_budget_reference(change.gap):
        formula = _change_of(change)
        yield _claim(CHANGE, change, formula, {"current": actuals[0], "base": budgets[0]}, "wording")


def _change_of(change: Mention) -> str:
    """A decrease is printed without its sign; with one, the word for it says nothing more."""
    return "base - current" if change.sign < 0 and not change.quantity.below_zero else "current - base"


def _bracketed(change: Mention, sentence: list[Mention]) -> tuple[Mention, Mention, Basis] | None:
    """The two figures in brackets right behind a change: 减少3.25万元（预算24.6万元，决算21.35万元）."""
    near = [m for m in sentence if m.order in (change.order + 1, change.order + 2)]
    inside = [m for m in near if m.depth > change.depth or m.gap.startswith("（")]
    inside = [m for m in inside if _comparable(m, change)]
    if len(inside) == 1 and inside[0].role == "previous":
        outside = [m for m in sentence if m.order < change.order and _comparable(m, change)]
        return (outside[-1], inside[0], "wording") if outside else None
    if len(inside) != 2:
        return None
    bases = [m for m in inside if m.side == "budget" or m.role == "previous"]
    if len(bases) != 1:
        return None
    return next(m for m in inside if m is not bases[0]), bases[0], "wording"


def _deduction(passage: Passage, points: Mention) -> Iterator[Claim]:
    """满分35分，自评得分33.2分，扣1.8分."""
    place = reach.segment(passage, points)
    scores = [m for m in passage.mentions[: points.order] if m.dimension == "score"]
    scores = [m for m in scores if m.sentence == points.sentence and reach.segment(passage, m) == place][-2:]
    if len(scores) == 2 and reach.is_full_mark(scores[0].head) and reach.is_score(scores[1].head):
        yield _claim(DIFFERENCE, points, "given - spent", {"given": scores[0], "spent": scores[1]}, "wording")


def _difference(passage: Passage, rest: Mention) -> Iterator[Claim]:
    if rest.series_id >= 0:
        yield from _parallel(passage, rest)
        return
    amounts = _given(passage, rest, 0)
    near = len(amounts) >= 2
    if not near:
        amounts = _given(passage, rest, 1)
    listed = any(reach.introduces(m.gap) for m in passage.mentions[: rest.order + 1] if m.sentence == rest.sentence)
    bound = (
        not listed
        and not reach.is_carried(rest.gap)
        and not any(m.role == "difference" for m in passage.mentions[: rest.order] if m.sentence == rest.sentence)
    )
    budgets = [m for m in amounts if m.side == "budget"]
    actuals = [m for m in amounts if m.side == "actual"]
    if len(budgets) == 1 and len(actuals) == 1 and len(amounts) == 2 and bound and (near or rest.own_subject is False):
        pairs = [(budgets[0], actuals[0])]
        if reach.is_excess(rest.head):
            pairs = [(actuals[0], budgets[0])]
    elif len(amounts) == 2 and bound and near:
        pairs = [(amounts[0], amounts[1]), (amounts[1], amounts[0])]
    else:
        pairs = []
    inside = [
        m for m in passage.mentions[rest.order + 1 :][:2] if m.depth > rest.depth and m.dimension == rest.dimension
    ]
    if len(inside) == 2:
        pairs = [(inside[0], inside[1]), (inside[1], inside[0])]
    compared = [m for m in passage.mentions[max(0, rest.order - 1) : rest.order] if m.role == "reference"]
    levels = [m for m in _given(passage, rest, 0) if m.order < rest.order]
    if compared and levels and compared[0].dimension == rest.dimension and not reach.has_reference(rest.gap):
        pairs = [(compared[0], levels[-1]), (levels[-1], compared[0])]
    for given, spent in pairs:
        yield _claim(DIFFERENCE, rest, "given - spent", {"given": given, "spent": spent}, "structure")
    nearby = [m for m in reach.nearby(passage, rest) if m.dimension == rest.dimension and m.order < rest.order]
    levels = [m for m in passage.mentions[: rest.order] if reach.is_level(m) and m.dimension == rest.dimension]
    totals = [m for m in levels if m.role == "total"][-2:]
    if len(totals) == 2 and not pairs and reach.is_left_over(rest.head):
        operands = {"given": totals[0], "spent": totals[1]}
        together = {m.sentence for m in totals} <= {rest.sentence, rest.sentence - 1}
        yield _claim(DIFFERENCE, rest, "given - spent", operands, "structure" if bound and together else "name")
    if reach.significant_digits(rest) >= 2:
        for given in nearby[:8]:
            for spent in nearby[:8]:
                if given is not spent:
                    yield _claim(DIFFERENCE, rest, "given - spent", {"given": given, "spent": spent}, "found")


def _given(passage: Passage, rest: Mention, sentences: int) -> list[Mention]:
    """The levels before a remainder; what they are compared with does not count."""
    levels = [m for m in reach.before(passage, rest, sentences) if reach.is_level(m) and m.role != "difference"]
    return [m for m in levels if m.dimension == rest.dimension]


def _parallel(passage: Passage, rest: Mention) -> Iterator[Claim]:
    """Member i of a list of remainders is the difference of members i of the two lists before."""
    peers = [
        m
        for m in passage.mentions[: rest.order]
        if m.series_id not in (-1, rest.series_id) and m.series == rest.series and m.dimension == rest.dimension
    ][-2:]
    if len(peers) == 2:
        yield _claim(DIFFERENCE, rest, "given - spent", {"given": peers[0], "spent": peers[1]}, "structure")
