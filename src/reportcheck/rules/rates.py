"""Rates and shares: ``rate-mismatch`` (执行率, 完成率, 合格率 …) and ``share-mismatch`` (占…的).

The operands are bound by what the rate is called, by the phrase that names its base, or by being the only
pair in its part of the sentence; other pairs in reach may confirm it, never contradict it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reportcheck.catalog import table
from reportcheck.extract.prose import Mention, Passage
from reportcheck.model import Basis, Claim, Question
from reportcheck.rules import reach
from reportcheck.rules.lists import LEVELS

RATE = "rate-mismatch"
SHARE = "share-mismatch"
_FORMULA = "numerator / denominator"
_EARLIER = 3
_SHORTEST_NAME = 4
_NOT, _UN = table("connectors")["words"]["negations"]


def propose(passages: Sequence[Passage]) -> Iterator[Question]:
    """One question for each rate or share whose operands may be in reach."""
    for number, passage in enumerate(passages):
        earlier = [m for p in passages[max(0, number - _EARLIER) : number] for m in p.mentions]
        for mention in passage.mentions:
            if mention.role in ("rate", "completion"):
                yield tuple(_unique([*_rate(passage, mention, earlier), *_searched(passage, mention, RATE)]))
            elif mention.role == "share":
                named = _named_base(passages[: number + 1], passage, mention)
                yield tuple(_unique([*_share(passage, mention), *named, *_searched(passage, mention, SHARE)]))


def _unique(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Drops what repeats the same operands on a weaker basis."""
    seen = set()
    for claim in claims:
        key = tuple(fact.quantity.span for facts in claim.operands.values() for fact in facts)
        if key not in seen:
            seen.add(key)
            yield claim


def _claim(
    rule: str, stated: Mention, numerator: Mention, denominator: Mention, basis: Basis, exhaustive: bool = True
) -> Claim:
    operands = {"numerator": (numerator.fact,), "denominator": (denominator.fact,)}
    return Claim(rule, stated.fact, _FORMULA, operands, basis, exhaustive=exhaustive)


# --- rates --------------------------------------------------------------------------------


def _rate(passage: Passage, rate: Mention, earlier: list[Mention]) -> Iterator[Claim]:
    window = _window(passage, rate)
    paired = _parallel(passage, rate)
    if paired:
        yield _claim(RATE, rate, *paired, "wording")
        return
    if rate.role == "completion":
        yield from _completion(passage, rate, window)
        return
    if not window:
        yield from _alone(rate, earlier)
        return
    row = reach.rate_row(rate.name)
    if row is None:
        return
    match = re.search(row["name"], rate.name)
    lead = rate.head.partition(rate.name)[0] + rate.name[: match.start() if match else 0]
    if window[-1].sentence != rate.sentence and not _speaks_of(lead, window):
        return
    for dimension in dict.fromkeys(m.dimension for m in reversed(window)):
        group = [m for m in window if m.dimension == dimension]
        if not row.get("remainder") and not row.get("complement"):
            group = [m for m in group if m.role != "difference"]
        if dimension == "score" and not row.get("scored"):
            continue
        if len(group) == 1 and not row.get("subset"):
            yield from _partner(rate, group[0], [*earlier, *passage.mentions[: group[0].order]])
            continue
        if row.get("complement") and len(group) >= 2:
            yield from _complement(rate, row, group)
            return
        numerators, denominators = _sides(rate, row, group)
        if not row.get("subset"):
            numerators, denominators = _unlisted(passage, numerators), _unlisted(passage, denominators)
        tight = len(numerators) == 1 and len(denominators) == 1
        if row.get("summed"):
            yield from _sum_share(rate, row, group, denominators)
        for numerator in numerators:
            for denominator in denominators:
                if numerator is not denominator:
                    basis: Basis = "wording" if tight else "structure"
                    full = not row.get("subset") or _qualified(rate, group)
                    yield _claim(RATE, rate, numerator, denominator, basis, full)
        if tight:
            return
        if not numerators and len(group) == 2 and rate.quantity.bound == "exact":
            # Two figures of a kind and a rate: a slip may show that they belong together.
            for numerator, denominator in (group, group[::-1]):
                yield _claim(RATE, rate, numerator, denominator, "structure", exhaustive=False)
            return


def _unlisted(passage: Passage, side: list[Mention]) -> list[Mention]:
    """Of several figures that fit, those that are not parts in a list (编制136名，其中行政编制88名)."""
    return [m for m in side if not reach.is_listed(passage, m)] or side if len(side) > 1 else side


def _sum_share(rate: Mention, row: dict[str, Any], group: list[Mention], wholes: list[Mention]) -> Iterator[Claim]:
    """Satisfaction counts the satisfied and the fairly satisfied together."""
    parts = [m for m in group if re.search(row["summed"], _label(m)) and m not in wholes]
    for whole in wholes[-1:]:
        if len(parts) > 1:
            operands = {"parts": tuple(m.fact for m in parts), "whole": (whole.fact,)}
            yield Claim(RATE, rate.fact, "sum(parts) / whole", operands, "wording")


def _qualified(rate: Mention, group: list[Mention]) -> bool:
    """Whether the words that narrow a rate (按期办结率) also stand with the figures."""
    stem = rate.name.rstrip(table("connectors")["words"]["rate_suffix"])
    lead = stem[:-2]
    return len(lead) < 2 or any(lead[-2:] in _label(m) for m in group)


def _speaks_of(lead: str, window: list[Mention]) -> bool:
    """Whether a rate that names its subject (三公经费控制率) means one of the amounts in reach."""
    return len(lead) < 2 or any(reach.names(lead, m) or lead in m.head for m in window)


def _alone(rate: Mention, earlier: list[Mention]) -> Iterator[Claim]:
    """A rate in a paragraph of its own, after one that gives the budget and one that gives the spending."""
    levels = [m for m in earlier if reach.is_level(m) and m.dimension == "money"]
    budgets = [m for m in levels if m.side == "budget"]
    actuals = [m for m in levels if m.side == "actual"]
    if len(budgets) == 1 and len(actuals) == 1 and len(levels) == 2:
        yield _claim(RATE, rate, actuals[0], budgets[0], "structure")


def _partner(rate: Mention, amount: Mention, earlier: list[Mention]) -> Iterator[Claim]:
    """The other side of an amount that stands alone: the budget of the same thing, stated before."""
    others = [
        m
        for m in earlier
        if reach.is_level(m) and m.dimension == amount.dimension and m.side != amount.side and m.own_subject
    ]
    others = [m for m in others if amount.subject and m.subject == amount.subject]
    if others and amount.side != "budget":
        single = len({m.quantity.exact for m in others}) == 1
        yield _claim(RATE, rate, amount, others[-1], "structure" if single else "name")


def _complement(rate: Mention, row: dict[str, Any], group: list[Mention]) -> Iterator[Claim]:
    """A saving: either the saved amount is stated, or it is what two prices differ by."""
    saved = [m for m in group if re.search(row["numerator"], _label(m))]
    bases = [m for m in group if m not in saved and (m.role == "reference" or m.side == "budget")]
    if len(group) > 2:
        for whole in bases or [m for m in group if m not in saved]:
            for other in saved:
                yield _claim(RATE, rate, other, whole, "wording" if len(bases) == len(saved) == 1 else "structure")
        return
    for whole, other in (group, group[::-1]):
        operands = {"other": (other.fact,), "whole": (whole.fact,)}
        named = re.search(row["numerator"], _label(other)) is not None
        if named:
            yield Claim(RATE, rate.fact, "other / whole", operands, "structure")
        elif not any(re.search(row["numerator"], _label(m)) for m in group):
            yield Claim(RATE, rate.fact, "1 - other / whole", operands, "structure")


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


def _sides(rate: Mention, row: dict[str, Any], group: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Which figures of one dimension may be the numerator and which the denominator of a named rate."""
    stem = rate.name.rstrip(table("connectors")["words"]["rate_suffix"])[-2:]
    inner = re.compile(row.get("numerator") or f"(?<!{_NOT})(?<!{_UN}){re.escape(stem)}")
    outer = re.compile(row.get("denominator") or "$^")
    above = [m for m in group if inner.search(_label(m))]
    below = [m for m in group if outer.search(_label(m)) and m not in above]
    if row.get("numerator"):
        # Where both sides' words stand before a figure (预算支出), the nearer one decides.
        sided = [m for m in group if m.side == "actual"]
        above = [m for m in above if m.side != "budget"] or sided
        below = [m for m in group if m not in above and (m.side == "budget" or outer.search(_label(m)))]
    if above and not below:
        below = [m for m in group if m not in above]
        earlier = [m for m in below if m.order < above[0].order]
        below = earlier[-1:] or below
    if row.get("adjacent"):
        pairs = [(m, other) for m in above for other in group if other.order == m.order - 1 and "；" not in m.gap]
        return [m for m, _ in pairs[-1:]], [other for _, other in pairs[-1:]]
    if row.get("subset"):
        return above[-1:], below
    if below and not above:
        above = [m for m in group if m not in below]
    alike = len(group) == 2 and group[0].side == group[1].side != "" and group[1].own_subject
    if row.get("explicit") and not {m.side for m in group} >= {"budget", "actual"}:
        return [], []
    counted = any(m.dimension != "money" for m in group) and not (above or below)
    if len(group) == 2 and not alike and not counted and not (len(above) == len(below) == 1):
        above, below = group, group
    if rate.series_id < 0 and len(above) > 1 and len(below) == 1:
        own = [m for m in above if m.order > below[0].order]
        above = own[:1] if len(own) == 1 else above
    return above, below


def _label(mention: Mention) -> str:
    return mention.head + mention.fact.indicator


def _completion(passage: Passage, rate: Mention, window: list[Mention]) -> Iterator[Claim]:
    """完成年初预算的95.45%: the base is named, the numerator is the amount spoken of."""
    if rate.base_order >= 0:
        yield from _stated_base(passage, rate, RATE)
        return
    phrase = rate.base
    in_sentence = reach.before(passage, rate) or window
    generic = reach.is_budget_phrase(phrase)
    for scope in (in_sentence, reach.before(passage, rate, 1), reach.before(passage, rate, 3)):
        bases = [m for m in scope if (reach.budgeted(phrase, m) if generic else reach.names(phrase, m))]
        levels = [m for m in scope if m not in bases and m.role in LEVELS and m.side != "budget"]
        if bases and levels:
            denominator, numerator = bases[-1], levels[-1]
            tight = numerator.dimension == denominator.dimension and numerator.sentence == denominator.sentence
            if tight and len({m.quantity.exact for m in bases if m.dimension == denominator.dimension}) > 1:
                tight = denominator.order > bases[0].order and denominator.order == numerator.order - 1
            if numerator.dimension == denominator.dimension:
                yield _claim(RATE, rate, numerator, denominator, "wording" if tight else "structure")
            return


def _stated_base(passage: Passage, rate: Mention, rule: str) -> Iterator[Claim]:
    """The base stands right before the rate: 完成年初预算58460万元的40.6%."""
    base = passage.mentions[rate.base_order]
    first = base.order if base.series_id < 0 else base.series_id
    levels = [
        m
        for m in passage.mentions[:first]
        if (reach.is_level(m) or m.role == "change")
        and m.dimension == base.dimension
        and m.sentence >= base.sentence - 1
    ]
    if rate.series_id >= 0:
        levels = [m for m in levels if m.series_id >= 0 and m.series == rate.series]
    if levels:
        yield _claim(rule, rate, levels[-1], base, "wording")
    for other in reversed(levels[:-1]):
        yield _claim(rule, rate, other, base, "found" if other.sentence != rate.sentence else "name")


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


# --- shares -------------------------------------------------------------------------------


def _share(passage: Passage, share: Mention) -> Iterator[Claim]:
    if share.base_order >= 0:
        yield from _stated_base(passage, share, SHARE)
        return
    numerator = _numerator(passage, share)
    if numerator is None:
        return
    nearest_first = [*reversed(passage.mentions[: share.order]), *passage.mentions[share.order :]]
    others = [
        m
        for m in nearest_first
        if reach.is_amount(m) and m.dimension == numerator.dimension and m.order != numerator.order
    ]
    others = [m for m in others if m.series_id < 0 or m.series_id != numerator.series_id]
    if share.base:
        named = [m for m in others if reach.names(share.base, m)]
        nearest = [m for m in named if m.sentence == named[0].sentence] if named else []
        single = len({m.quantity.exact for m in nearest}) == 1
        for denominator in nearest:
            yield _claim(SHARE, share, numerator, denominator, "wording" if single else "structure")
        return
    first = next((m for m in passage.mentions if reach.is_level(m) and m.dimension == numerator.dimension), None)
    wholes = [_total_of_list(passage, numerator), _whole_before(passage, numerator)]
    behind = [m for m in passage.mentions[share.order :] if m.role == "total" and m.dimension == numerator.dimension]
    wholes += [m for m in behind[:1] if m.sentence <= share.sentence + 1]
    bound = [m for m in wholes if m is not None and m is not numerator and not _shared(passage, m)]
    for total in bound:
        yield _claim(SHARE, share, numerator, total, "structure")
    if bound and first is not None and first is not numerator and _opens_list(passage, first):
        yield _claim(SHARE, share, numerator, first, "structure")


def _named_base(passages: Sequence[Passage], passage: Passage, share: Mention) -> Iterator[Claim]:
    """The base of a share by its name, anywhere before in the report; it may confirm, not contradict."""
    phrase = share.base or next((m.base for m in reversed(passage.mentions[: share.order]) if m.base), "")
    numerator = _numerator(passage, share)
    if len(phrase) < _SHORTEST_NAME or numerator is None:
        return
    seen: set[object] = set()
    for earlier in passages:
        for mention in earlier.mentions:
            named = reach.is_level(mention) and (mention.topic.endswith(phrase) or reach.names(phrase, mention))
            if named and mention.dimension == numerator.dimension and mention.quantity.text not in seen:
                seen.add(mention.quantity.text)
                yield _claim(SHARE, share, numerator, mention, "name")


def _opens_list(passage: Passage, mention: Mention) -> bool:
    return mention.role == "total" or any(
        reach.introduces(m.gap) for m in passage.mentions[mention.order + 1 : mention.order + 5]
    )


def _shared(passage: Passage, total: Mention) -> bool:
    """Whether a total is itself given as a share of something else: its parts may be shares of that, too."""
    behind = passage.mentions[total.order + 1 : total.order + 2]
    return bool(behind) and behind[0].role == "share" and not behind[0].base and behind[0].base_order < 0


def _numerator(passage: Passage, share: Mention) -> Mention | None:
    """The amount whose share is stated: the nearest before it in the sentence, or its peer in a parallel list."""
    candidates = [m for m in passage.mentions[: share.order] if m.sentence == share.sentence and reach.is_amount(m)]
    if share.series_id >= 0:
        size = sum(m.series_id == share.series_id for m in passage.mentions)
        peers = [m for m in candidates if m.series_id >= 0 and m.series == share.series]
        whole = [m for m in peers if sum(o.series_id == m.series_id for o in passage.mentions) == size]
        return whole[-1] if whole else None
    if share.own_subject:
        named = [*reversed(passage.mentions[: share.order]), *passage.mentions[share.order :]]
        named = [m for m in named if reach.is_amount(m)]
        return next((m for m in named if reach.names(share.subject, m)), None)
    return candidates[-1] if candidates else None


def _total_of_list(passage: Passage, part: Mention) -> Mention | None:
    """The total of the list that a part stands in: the amount before the list's introduction."""
    introduced = re.compile(table("connectors")["words"]["within"])
    for mention in reversed(passage.mentions[: part.order + 1]):
        if mention.sentence < part.sentence - 1:
            return None
        if introduced.search(mention.gap):
            earlier = [
                m
                for m in passage.mentions[: mention.order]
                if reach.is_amount(m) and m.dimension == part.dimension and m.sentence >= mention.sentence - 1
            ]
            return earlier[-1] if earlier else None
    return None


def _whole_before(passage: Passage, part: Mention) -> Mention | None:
    """The whole that a run of shares is taken of: the base of the share before, or a figure said to be all."""
    whole = re.compile(table("connectors")["words"]["whole"])
    for mention in reversed(passage.mentions[: part.order]):
        if mention.sentence < part.sentence - 1:
            return None
        if mention.dimension != part.dimension:
            continue
        stated = any(m.base_order == mention.order for m in passage.mentions[: part.order])
        if stated or (reach.is_level(mention) and (mention.role == "total" or whole.search(mention.head))):
            return mention
    return None


# --- search -------------------------------------------------------------------------------


def _searched(passage: Passage, rate: Mention, rule: str) -> Iterator[Claim]:
    """Pairs of amounts in reach: they may confirm a rate with enough digits."""
    if reach.significant_digits(rate) < 3:
        return
    amounts = reach.nearby(passage, rate)
    for numerator in amounts:
        for denominator in amounts:
            if numerator is not denominator and numerator.dimension == denominator.dimension:
                yield _claim(rule, rate, numerator, denominator, "found")
