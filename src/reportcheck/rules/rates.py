"""Rates: ``rate-mismatch`` (执行率, 完成率, 合格率 …).

The operands are bound by what the rate is called, by the phrase that names its base, or by being the only
pair in its part of the sentence; other pairs in reach may confirm it, never contradict it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from reportcheck.catalog import pattern_in, table
from reportcheck.extract.mention import Mention, Passage, words
from reportcheck.model import Basis, Claim, Question
from reportcheck.relations import reach
from reportcheck.rules.phrases import named
from reportcheck.rules.ratios import claim, searched, stated_base, unique
from reportcheck.schemas.sentences import Connectors, Rates, RatesRate

RATE = "rate-mismatch"
_EARLIER = 3
_LEVELS = frozenset({"level", "total", "to", "target"})
_NEVER = re.compile("(?!)")


def propose(passages: Sequence[Passage]) -> Iterator[Question]:
    """One question for each rate whose operands may be in reach."""
    for number, passage in enumerate(passages):
        earlier = [m for p in passages[max(0, number - _EARLIER) : number] for m in p.mentions]
        for mention in passage.mentions:
            if mention.role in ("rate", "completion"):
                yield tuple(unique([*_rate(passage, mention, earlier), *searched(passage, mention, RATE)]))


def _rate(passage: Passage, rate: Mention, earlier: list[Mention]) -> Iterator[Claim]:
    window = _window(passage, rate)
    paired = _parallel(passage, rate)
    if paired:
        yield claim(RATE, rate, *paired, "wording")
        return
    if rate.role == "completion":
        yield from _completion(passage, rate, window)
        return
    row = reach.rate_row(rate.name)
    if row is None or (rate.quantity.bound != "exact" and (not window or _is_threshold(passage, rate, window))):
        return
    if not window:
        lead = words("overall").sub("", row.name.compiled.split(rate.name)[0])
        if reach.is_budget_rate(rate.name) and _speaks_of(lead, earlier):
            yield from _alone(rate, earlier)
        return
    near = window[-1].sentence == rate.sentence
    match = row.name.compiled.search(rate.name)
    lead = rate.head.partition(rate.name)[0] + rate.name[: match.start() if match else 0]
    if window[-1].sentence != rate.sentence and not _speaks_of(lead, window):
        return
    for dimension in dict.fromkeys(m.dimension for m in reversed(window)):
        group = [m for m in window if m.dimension == dimension]
        if not row.remainder and not row.complement:
            group = [m for m in group if m.role != "difference"]
        if dimension == "score" and not row.scored:
            continue
        if dimension != "money" and words("executed_rate").search(rate.name):
            continue
        if len(group) == 1 and not row.subset and not row.complement:
            yield from _partner(rate, group[0], [*earlier, *passage.mentions[: group[0].order]])
            continue
        if row.complement:
            group = [m for m in passage.mentions if m in group or _saved(m, rate, row, dimension)]
        if row.complement and len(group) >= 2:
            yield from _complement(rate, row, group)
            return
        if row.subset and dimension.startswith("money") and not _named_by(row, rate, group):
            continue
        numerators, denominators = _sides(rate, row, group)
        if row.summed and not denominators:
            # Between the sample and those content another rate may stand: that of the forms that came back.
            sample = [m for m in passage.mentions[: group[0].order] if row.denominator.compiled.search(_label(m))]
            denominators = [m for m in sample if m.dimension == dimension][-1:]
        if row.summed and numerators:
            of_group = _of_group(passage, numerators[-1])
            if of_group is not None:
                yield claim(RATE, rate, numerators[-1], of_group, "wording")
                return
        if not near and not _spelled_out(row, numerators, denominators):
            continue
        if not row.subset:
            numerators, denominators = _unlisted(passage, numerators), _unlisted(passage, denominators)
        tight = len(numerators) == 1 and len(denominators) == 1
        if row.summed:
            yield from _sum_share(rate, row, group, denominators)
        for numerator in numerators:
            for denominator in denominators:
                if numerator is not denominator and not _impossible(row, rate, numerator, denominator):
                    basis: Basis = "wording" if tight else "structure"
                    apart = row.subset and denominator.sentence != numerator.sentence
                    apart = apart or _one_kind(row, numerator, denominator)
                    if apart or _beside(passage, numerator, denominator) or words("reckoned").search(rate.gap):
                        # What a rate counts is counted of what its own sentence names, not of a part beside it;
                        # and a base that is named before it may be another.
                        basis = "name"
                    full = not row.subset or _qualified(rate, group)
                    yield claim(RATE, rate, numerator, denominator, basis, full)
        if tight and reach.segment(passage, denominators[0]) == reach.segment(passage, rate):
            return
        if tight:
            # Another group may have been named since: its figures may be meant.
            yield from searched(passage, rate, RATE)
            return
        if not numerators and len(group) == 2 and near:
            # Two figures of a kind and a rate: a slip may show that they belong together.
            for numerator, denominator in (group, group[::-1]):
                yield claim(RATE, rate, numerator, denominator, "structure", exhaustive=False)
            return


def _impossible(row: RatesRate, rate: Mention, numerator: Mention, denominator: Mention) -> bool:
    """Whether two figures cannot be what a rate is made of: a budget is not carried out, a part is no more than all."""
    if numerator.side == "budget" and reach.is_budget_rate(rate.name):
        return True
    return row.subset and reach.larger(numerator.quantity, denominator.quantity)


def _one_kind(row: RatesRate, numerator: Mention, denominator: Mention) -> bool:
    """Whether both figures are what the rate counts: 县级到位1480万元，合计到位9844万元."""
    counted, whole = (side.compiled if side else _NEVER for side in (row.numerator, row.denominator))
    heads = [m.head for m in (numerator, denominator)]
    return all(counted.search(head) and not whole.search(head) for head in heads)


def _beside(passage: Passage, one: Mention, other: Mention) -> bool:
    """Whether two figures are items of one list: neither is the whole of the other."""
    first, second = sorted((one, other), key=lambda mention: mention.start)
    between = passage.plain[first.end : second.start]
    return "、" in between and "，" not in between and "；" not in between


def _unlisted(passage: Passage, side: list[Mention]) -> list[Mention]:
    """Of several figures that fit, those that are not parts in a list (编制136名，其中行政编制88名)."""
    return [m for m in side if not reach.is_listed(passage, m)] or side if len(side) > 1 else side


def _sum_share(rate: Mention, row: RatesRate, group: list[Mention], wholes: list[Mention]) -> Iterator[Claim]:
    """Satisfaction counts the satisfied and the fairly satisfied together."""
    parts = [m for m in group if row.summed.compiled.search(_label(m)) and m not in wholes]
    # Who was asked is no fewer than who said so.
    wholes = [whole for whole in wholes if not any(reach.larger(part.quantity, whole.quantity) for part in parts)]
    for whole in wholes[-1:]:
        if len(parts) > 1:
            operands = {"numerator": tuple(m.fact for m in parts), "denominator": (whole.fact,)}
            yield Claim(RATE, "ratio", rate.fact, "sum(numerator) / denominator", operands, "wording")


def _is_threshold(passage: Passage, rate: Mention, window: list[Mention]) -> bool:
    """Whether a hedged rate sets a mark (执行率90%以上得10分) rather than states what was reached."""
    behind = passage.mentions[rate.order + 1 : rate.order + 2]
    scored = bool(behind) and behind[0].dimension == "score" and behind[0].sentence == rate.sentence
    return scored or window[-1].sentence != rate.sentence


def _named_by(row: RatesRate, rate: Mention, group: list[Mention]) -> bool:
    """Whether the words of a share of a set stand with amounts of money: 整改率 beside 已整改118.5万元."""
    stem = _stem(rate)[-2:]
    return any(stem in _label(m) for m in group)


def _spelled_out(row: RatesRate, numerators: list[Mention], denominators: list[Mention]) -> bool:
    """Whether both sides are named by words: figures of another sentence are not bound by their place alone."""
    if not row.numerator or not row.denominator:
        return False
    above = [m for m in numerators if row.numerator.compiled.search(_label(m)) or m.side == "actual"]
    below = [m for m in denominators if row.denominator.compiled.search(_label(m)) or m.side == "budget"]
    return bool(above) and bool(below) and above != below


def _of_group(passage: Passage, numerator: Mention) -> Mention | None:
    """The number of the group that a figure names: 家长满意341份 behind 家长372份."""
    groups = [
        m
        for m in passage.mentions[: numerator.order]
        if m.dimension == numerator.dimension and m.own_subject and len(m.subject) >= 2
    ]
    named = [m for m in groups if numerator.head.startswith(m.subject)]
    return named[-1] if named else None


def _qualified(rate: Mention, group: list[Mention]) -> bool:
    """Whether the words that narrow a rate (按期办结率) also stand with the figures."""
    lead = words("overall").sub("", _stem(rate))[:-2]
    return len(lead) < 2 or any(lead[-2:] in _label(m) for m in group)


def _speaks_of(lead: str, window: list[Mention]) -> bool:
    """Whether a rate that names its subject (三公经费控制率) means one of the amounts in reach."""
    return len(lead) < 2 or any(reach.names(lead, m) or lead in m.head for m in window)


def _alone(rate: Mention, earlier: list[Mention]) -> Iterator[Claim]:
    """A rate in a paragraph of its own, after one that gives the budget and one that gives the spending, of no other
    indicator (公务接待费) than the rate is of."""
    levels = [m for m in earlier if reach.is_level(m) and m.dimension == "money"]
    budgets = [m for m in levels if m.side == "budget"]
    actuals = [m for m in levels if m.side == "actual"]
    same = all(named(m) == named(rate) for m in levels)
    if same and len(budgets) == 1 and len(actuals) == 1 and len(levels) == 2:
        yield claim(RATE, rate, actuals[0], budgets[0], "structure")


def _partner(rate: Mention, amount: Mention, earlier: list[Mention]) -> Iterator[Claim]:
    """The other side of an amount that stands alone: the budget of the same thing, stated before."""
    others = [
        m
        for m in earlier
        if reach.is_level(m) and m.dimension == amount.dimension and m.side != amount.side and m.own_subject
    ]
    others = [m for m in others if amount.subject and m.subject == amount.subject]
    if others and amount.side != "budget" and amount.role != "total":
        single = len({m.quantity.exact for m in others}) == 1
        yield claim(RATE, rate, amount, others[-1], "structure" if single else "name")


def _saved(mention: Mention, rate: Mention, row: RatesRate, dimension: str) -> bool:
    """Whether a change right before a rate of saving is the amount saved."""
    near = mention.sentence == rate.sentence and mention.order < rate.order
    return near and mention.dimension == dimension and row.numerator.compiled.search(_label(mention)) is not None


def _complement(rate: Mention, row: RatesRate, group: list[Mention]) -> Iterator[Claim]:
    """A saving: either the saved amount is stated, or it is what two prices differ by."""
    saved = [m for m in group if row.numerator.compiled.search(_label(m))]
    bases = [m for m in group if m not in saved and (m.role == "reference" or m.side == "budget")]
    if len(group) > 2:
        # What a saving is taken from is called the base, or else stands first.
        for whole in bases or [m for m in group if m not in saved][:1]:
            for other in saved:
                yield claim(RATE, rate, other, whole, "wording" if len(bases) == len(saved) == 1 else "structure")
        return
    for whole, other in (group, group[::-1]):
        operands = {"numerator": (other.fact,), "denominator": (whole.fact,)}
        named = row.numerator.compiled.search(_label(other)) is not None
        if named:
            yield Claim(RATE, "ratio", rate.fact, "numerator / denominator", operands, "structure")
        elif not any(row.numerator.compiled.search(_label(m)) for m in group):
            yield Claim(RATE, "ratio", rate.fact, "1 - numerator / denominator", operands, "structure")


def _window(passage: Passage, rate: Mention) -> list[Mention]:
    """The amounts that a rate can speak of: since the rate before it, else of the sentence before, else
    those right behind it."""
    amounts = reach.before(passage, rate)
    earlier = [m for m in passage.mentions[: rate.order] if m.role == rate.role and m.series_id < 0]
    if earlier and rate.series_id < 0:
        fresh = [m for m in amounts if m.order > earlier[-1].order]
        amounts = fresh or amounts
    if len(amounts) < 2:
        wider = reach.before(passage, rate, 1)
        if earlier:
            wider = [m for m in wider if m.order > earlier[-1].order] or wider
        amounts = wider if len(wider) >= 2 else amounts
    if not amounts:
        behind = [m for m in passage.mentions[rate.order + 1 :] if m.sentence == rate.sentence]
        stop = next((i for i, m in enumerate(behind) if m.role == rate.role), len(behind))
        amounts = [m for m in behind[:stop] if reach.is_amount(m)]
    return amounts


_due = partial(pattern_in, Rates, "due")


_done = partial(pattern_in, Rates, "done")


def _sides(rate: Mention, row: RatesRate, group: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Which figures of one dimension may be the numerator and which the denominator of a named rate."""
    due = [m for m in group if _due().search(m.head)]
    done = [m for m in group if _done().search(m.head) and m not in due]
    stem = _stem(rate)[-2:]
    if len(due) == len(done) == 1 and (not row.subset or stem in done[0].head or stem in table(Rates).done_rates):
        return done, due
    unsaid = "".join(f"(?<!{re.escape(word)})" for word in table(Connectors).words.negations)
    inner = row.numerator.compiled if row.numerator else re.compile(unsaid + re.escape(stem))
    outer = row.denominator.compiled if row.denominator else _NEVER
    above = [m for m in group if inner.search(_label(m))]
    below = [m for m in group if outer.search(_label(m)) and m not in above]
    if row.numerator:
        # Where the words of both sides stand before a figure, the nearer one decides.
        sided = [m for m in group if m.side == "actual" and not row.explicit]
        above = [m for m in above if m.side != "budget"] or sided
        below = [m for m in group if m not in above and (m.side == "budget" or outer.search(_label(m)))]
    if row.explicit and not (above and below):
        return [], []
    if above and not below:
        below = [m for m in group if m not in above]
        earlier = [m for m in below if m.order < above[0].order]
        below = (
            [m for m in earlier if m.own_subject and m.subject and m.subject in above[-1].head] or earlier[-1:] or below
        )
    if row.adjacent:
        pairs = [(m, other) for m in above for other in group if other.order == m.order - 1 and "；" not in m.gap]
        return [m for m, _ in pairs[-1:]], [other for _, other in pairs[-1:]]
    if row.subset:
        # Of several kinds of what a rate counts none alone is what it counts.
        kinds = len(above) > 1 and all(b.order == a.order + 1 and not b.sign for a, b in pairwise(above))
        return above if kinds else above[-1:], below
    if below and not above:
        above = [m for m in group if m not in below]
    if row.numerator and _summed_up(group, inner, outer):
        return [], []
    alike = len(group) == 2 and group[0].side == group[1].side != "" and group[1].own_subject
    counted = any(m.dimension != "money" for m in group) and not (above or below)
    if len(group) == 2 and not alike and not counted and not (len(above) == len(below) == 1):
        above, below = group, group
    if rate.series_id < 0 and len(above) > 1 and len(below) == 1:
        own = [m for m in above if m.order > below[0].order]
        above = own[:1] if len(own) == 1 else above
    return above, below


def _summed_up(group: list[Mention], inner: re.Pattern[str], outer: re.Pattern[str]) -> bool:
    """县级到位1480万元，合计到位9844万元，到位率97.66%: parts and the whole of one side; the base is elsewhere."""
    same = all(inner.search(m.head) and not outer.search(m.head) for m in group)
    return len(group) > 1 and same and group[-1].role == "total"


def _stem(rate: Mention) -> str:
    """The name of a rate without its last character (率, 度, 面): what the rate counts."""
    return rate.name.rstrip(table(Connectors).words.rate_suffix)


def _label(mention: Mention) -> str:
    return mention.head + mention.fact.indicator


def _completion(passage: Passage, rate: Mention, window: list[Mention]) -> Iterator[Claim]:
    """完成年初预算的95.45%: the base is named, the numerator is the amount spoken of."""
    if rate.base_order >= 0:
        yield from stated_base(passage, rate, RATE)
        return
    phrase = rate.base
    in_sentence = reach.before(passage, rate) or window
    generic = reach.is_budget_phrase(phrase)
    for scope in (in_sentence, reach.before(passage, rate, 1), reach.before(passage, rate, 3)):
        bases = [m for m in scope if (reach.budgeted(phrase, m) if generic else reach.names(phrase, m))]
        levels = [m for m in scope if m not in bases and m.role in _LEVELS and m.side != "budget"]
        if bases and levels:
            denominator, numerator = bases[-1], levels[-1]
            tight = numerator.dimension == denominator.dimension and numerator.sentence == denominator.sentence
            if tight and len({m.quantity.exact for m in bases if m.dimension == denominator.dimension}) > 1:
                tight = denominator.order > bases[0].order and denominator.order == numerator.order - 1
            if numerator.dimension == denominator.dimension:
                same = numerator.sentence == denominator.sentence or _one_subject(numerator, denominator)
                between = passage.mentions[denominator.order + 1 : numerator.order + 1]
                part = any(reach.introduces(m.gap) for m in between)
                basis: Basis = "name" if part else "wording" if tight else "structure" if same else "name"
                yield claim(RATE, rate, numerator, denominator, basis)
            return


def _one_subject(first: Mention, second: Mention) -> bool:
    """Whether two figures of different sentences are of one thing."""
    return bool(first.subject) and first.subject == second.subject


def _parallel(passage: Passage, mention: Mention) -> tuple[Mention, Mention] | None:
    """Member i of a list of rates belongs to members i of the two lists of amounts before it."""
    if mention.series_id < 0:
        return None
    size = sum(m.series_id == mention.series_id for m in passage.mentions)
    columns: dict[int, list[Mention]] = {}
    for other in passage.mentions:
        if other.series_id >= 0 and other.series_id != mention.series_id and reach.is_amount(other):
            columns.setdefault(other.series_id, []).append(other)
    fitting = [column for column in columns.values() if len(column) == size][-2:]
    if len(fitting) != 2 or fitting[0][0].dimension != fitting[1][0].dimension:
        return None
    given, used = (column[mention.series] for column in fitting)
    return (given, used) if given.side == "actual" and used.side == "budget" else (used, given)
