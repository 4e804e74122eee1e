"""Shares: ``share-mismatch`` (占…的58%, 占比58%).

The base is the figure that stands before the share, the one that its phrase names, or the total of the list
that the part stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportcheck.catalog import table
from reportcheck.extract.mention import Mention, Passage, words
from reportcheck.extract.sides import given_or_spent
from reportcheck.model import Claim, Question
from reportcheck.relations import reach
from reportcheck.relations.claims import SHARE
from reportcheck.rules.ratios import claim, searched, stated_base, unique
from reportcheck.schemas.sentences import Connectors

_SHORTEST_NAME = 4
_NEAR = 3
# How many paragraphs back a base is looked for by its name, so that the search stays linear in the report.
_REACH = 80


def propose(passages: Sequence[Passage]) -> Iterator[Question]:
    """One question for each share whose part and whole may be in reach."""
    for number, passage in enumerate(passages):
        for mention in passage.mentions:
            if mention.role == "share":
                named = _named_base(passages[max(0, number - _REACH) : number + 1], passage, mention)
                yield tuple(unique([*_share(passage, mention), *named, *searched(passage, mention, SHARE)]))


def _share(passage: Passage, share: Mention) -> Iterator[Claim]:
    if share.base_order >= 0:
        yield from stated_base(passage, share, SHARE)
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
        side = given_or_spent(share.base)[0]
        taken = {m.base_order for m in passage.mentions if m is not share}
        others = [m for m in others if m.order not in taken]
        named = [m for m in others if reach.names(share.base, m) and not _shared(passage, m)]
        named = [m for m in named if not side or m.side in ("", side)]
        nearest = [m for m in named if m.sentence == named[0].sentence] if named else []
        single = len({m.quantity.exact for m in nearest}) == 1
        for denominator in nearest:
            yield claim(SHARE, share, numerator, denominator, "wording" if single else "structure")
        return
    first = next((m for m in passage.mentions if reach.is_level(m) and m.dimension == numerator.dimension), None)
    wholes = [_total_of_list(passage, numerator), _whole_before(passage, numerator)]
    behind = [m for m in passage.mentions[share.order :] if m.role == "total" and m.dimension == numerator.dimension]
    wholes += [m for m in behind[:1] if m.sentence <= share.sentence + 1]
    other = _only_other(passage, share, numerator)
    wholes = [other] if other is not None else wholes
    bound = [m for m in wholes if m is not None and m is not numerator and not _shared(passage, m)]
    for total in bound:
        yield claim(SHARE, share, numerator, total, "structure")
    opens = first is not None and first is not numerator and _opens_list(passage, first)
    if bound and other is None and first is not None and opens:
        yield claim(SHARE, share, numerator, first, "structure")


def _named_base(passages: Sequence[Passage], passage: Passage, share: Mention) -> Iterator[Claim]:
    """The base of a share by its name, anywhere before in the report; it may confirm, not contradict."""
    phrase = share.base or next((m.base for m in reversed(passage.mentions[: share.order]) if m.base), "")
    numerator = _numerator(passage, share) or _added(passages, share)
    lead = words("made_up_of").match(passage.plain)
    if not phrase and lead:
        phrase = lead["whole"]
    if len(phrase) < (2 if lead else _SHORTEST_NAME) or numerator is None:
        return
    exact = list(_called(passages, share, numerator))
    for mention in exact:
        yield claim(SHARE, share, numerator, mention, "structure" if len(exact) == 1 else "name")
        for other in passage.mentions[: share.order]:
            # What the share is of may be the total of the list that the figure before it closes.
            if reach.is_level(other) and other.dimension == numerator.dimension and other is not numerator:
                yield claim(SHARE, share, other, mention, "name")
    seen: dict[str, tuple[Mention, bool]] = {}
    for distance, earlier in enumerate(reversed(passages)):
        for mention in reversed(earlier.mentions):
            named = reach.is_level(mention) and (mention.topic.endswith(phrase) or reach.names(phrase, mention))
            if lead and not share.base:
                named = reach.is_level(mention) and mention.role == "total" and mention.subject.startswith(phrase)
            if named and mention.dimension == numerator.dimension and mention is not numerator:
                near = 0 < distance <= _NEAR and (bool(lead) or reach.same_name(phrase, mention))
                seen.setdefault(mention.quantity.text, (mention, near))
    single = sum(near for _, near in seen.values()) == 1
    for mention, near in [] if len(exact) == 1 else seen.values():
        yield claim(SHARE, share, numerator, mention, "structure" if near and single else "name")


def _called(passages: Sequence[Passage], share: Mention, numerator: Mention) -> Iterator[Mention]:
    """The figures before a share that are called by its base to the letter (计划总投资, 本年支出合计), one of
    each value; a budget only where what was added to it is the part, spending and income only where all is meant."""
    phrase = words("copula_end").sub("", share.head.rpartition(_verb())[2])
    if len(phrase) < _SHORTEST_NAME or (reach.is_budget_phrase(phrase) and not _is_addition(numerator)):
        return
    general = words("general_base").fullmatch(phrase[2:]) and not words("said_all").search(phrase)
    if general and not _is_addition(numerator):
        return
    levels = [m for p in passages for m in p.mentions if reach.is_level(m) and m.dimension == numerator.dimension]
    named = [m for m in levels if words("copula_end").sub("", m.head).endswith(phrase)]
    whole = [m for m in named if m is not numerator and not reach.larger(numerator.quantity, m.quantity)]
    yield from {m.quantity.exact: m for m in whole}.values()


def _verb() -> str:
    return table(Connectors).words.share_verb


def _is_addition(mention: Mention) -> bool:
    """Whether a figure is what was added to a budget."""
    return mention.role == "change" and reach.adds(mention.head)


def _added(passages: Sequence[Passage], share: Mention) -> Mention | None:
    """What was added to the budget, where a share speaks of it by name (年中调增额) and the report states it once."""
    found = [m for p in passages for m in p.mentions if _is_addition(m) and m.dimension == "money"]
    same = [m for m in found if reach.adds(share.head.rpartition(_verb())[0]) and m.start != share.start]
    return same[0] if len({m.quantity.exact for m in same}) == 1 else None


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
    before = [m for m in passage.mentions[: share.order] if m.sentence == share.sentence]
    candidates = [m for m in before if reach.is_amount(m)] or [m for m in before[-1:] if _is_addition(m)]
    if share.series_id >= 0:
        size = sum(m.series_id == share.series_id for m in passage.mentions)
        peers = [m for m in candidates if m.series_id >= 0 and m.series == share.series]
        whole = [m for m in peers if sum(o.series_id == m.series_id for o in passage.mentions) == size]
        listed = [m for m in candidates if m.order < share.series_id and m.series_id < 0][-size:]
        if not whole and len(listed) == size and len({m.dimension for m in listed}) == 1:
            return listed[share.series]
        return whole[-1] if whole else None
    if share.own_subject:
        behind = [m for m in passage.mentions[share.order :] if m.sentence <= share.sentence + 1 and m.own_subject]
        named = [*reversed(passage.mentions[: share.order]), *behind]
        named = [m for m in named if reach.is_amount(m)]
        return next((m for m in named if reach.names(share.subject, m)), None)
    return candidates[-1] if candidates else None


def _total_of_list(passage: Passage, part: Mention) -> Mention | None:
    """The total of the list that a part stands in: the amount before the list's introduction."""
    introduced = words("within")
    for mention in reversed(passage.mentions[: part.order + 1]):
        if mention.sentence < part.sentence - 1:
            return None
        if introduced.search(mention.gap):
            spoken = words("comma_introduction").search(mention.gap)
            if "；" in passage.plain[mention.start : part.start] and not spoken:
                return None
            earlier = [
                m
                for m in passage.mentions[: mention.order]
                if reach.is_amount(m) and m.dimension == part.dimension and m.sentence >= mention.sentence - 1
            ]
            named = [m for m in earlier if _speaks_of(mention.gap, m)]
            return (named or earlier)[-1] if earlier else None
    return None


def _speaks_of(gap: str, mention: Mention) -> bool:
    """Whether the words that introduce a list name its total: 资产构成为 behind 资产总额."""
    lead = words("within").split(gap)[0].strip("，。；： ")
    return len(lead) >= 2 and mention.own_subject and mention.head.startswith(lead)


def _only_other(passage: Passage, share: Mention, part: Mention) -> Mention | None:
    """破获案件1908起，由线索破获的1253起，占65.67%: the one other figure of a sentence, of the same thing."""
    own = [m for m in passage.mentions[: share.order] if m.sentence == share.sentence and m.dimension == part.dimension]
    if len(own) != 2 or own[1] is not part or share.depth != part.depth or own[0].depth != part.depth:
        return None
    common = {part.head[at : at + 2] for at in range(len(part.head) - 1)}
    alike = any(pair in own[0].head for pair in common)
    level = all(reach.is_level(m) and m.role != "difference" for m in own)
    return own[0] if level and alike and reach.larger(own[0].quantity, part.quantity) else None


def _whole_before(passage: Passage, part: Mention) -> Mention | None:
    """The whole that a run of shares is taken of: the base of the share before, or a figure said to be all."""
    whole = words("whole")
    for mention in reversed(passage.mentions[: part.order]):
        if mention.sentence < part.sentence - 1:
            return None
        if mention.dimension != part.dimension:
            continue
        stated = any(m.base_order == mention.order for m in passage.mentions[: part.order])
        if stated or (reach.is_level(mention) and (mention.role == "total" or whole.search(mention.head))):
            return mention
    return None
