"""Totals in prose: ``total-mismatch``. Each figure that may be a total is asked whether its parts add up to it.

The parts stand behind the total in a list (:mod:`reportcheck.rules.lists`), or before it (…合计), or are
built up in words (加上…，减去…); runs of figures beside it may confirm it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from reportcheck.extract.mention import Mention, Passage, words
from reportcheck.model import Basis, Claim, Question
from reportcheck.numerals import parse
from reportcheck.rules import reach
from reportcheck.rules.lists import (
    PART_ROLES,
    behind,
    claim,
    first_part,
    introduces,
    is_part,
    is_partition,
    sum_claim,
    uniform,
)

TOTALS = frozenset({"level", "total", "target"})
_LONGEST_RUN = 14
_NOT_SUMMED = frozenset({"ratio", "point", "times", "number", "year", "anniversary", "month", "day", "hour", "age"})
_MOST_EARLIER = 8
_MOST_WHOLES = 3


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """The questions on each figure that may be a total of figures near it; some have no alternative."""
    for passage in passages:
        mentions = passage.mentions
        for total in mentions:
            if total.role not in TOTALS or total.series_id >= 0 or total.dimension in _NOT_SUMMED:
                continue
            listed = tuple(behind(passage, total)) or tuple(_partition(passage, total))
            before = tuple(_before(passage, total))
            yield (*listed, *_meant_before(passage, total, listed))
            yield before
            yield from _divided(passage, total)
            yield tuple(_with_rest(passage, total))
            yield tuple(_added(passage, total))
            if not listed and not before:
                yield tuple(_searched(mentions, total))


# --- parts before their total -------------------------------------------------------------


def _before(passage: Passage, total: Mention) -> Iterator[Claim]:
    if total.role != "total" or words("remaining").search(total.head) or words("added").search(total.gap):
        # Something is added whose amount is not printed.
        return
    run = _preceding(passage.mentions, total)
    own = [mention for mention in run if mention.sentence == total.sentence and mention.role != "price"]
    if "；" in total.gap and len(own) >= 4:
        # Groups of a budget and a spending each: every other figure is of one kind.
        yield claim(total, own[0::2], "structure", False)
        yield claim(total, own[1::2], "structure", False)
    own = _since_last_total(own, total.gap)
    if own and words("added_to_name").search(own[0].gap):
        # The first term is only named: its amount stands elsewhere.
        own = []
    outer = _outer(passage, total, own)
    if outer:
        yield claim(total, outer, "wording", True)
        own = []
    strong = words("strong_total").search(total.head) is not None and not _chained(passage, own)
    run_of_all = [m for m in passage.mentions[: total.order] if is_part(total, m) and m.role != "total"]
    run = [m for m in run if m.role not in ("total", "price")] or run
    named = _named_parts(passage, total, run_of_all)
    if len(named) >= 2:
        yield claim(total, named, "wording", True)
        return
    counted = words("counted_total").search(_lead_of(passage, total))
    if counted:
        size = int(parse(counted["n"]) or 0)
        if words("first_ones").search(_lead_of(passage, total)):
            # The first so many of the list, whatever stands behind them.
            listed = [m for m in run_of_all if m.sentence == total.sentence]
            for start in range(max(0, len(listed) - size + 1)):
                yield claim(total, listed[start : start + size], "found", False)
            return
        sided = [m for m in run if m.side == total.side] if total.side else []
        if 2 <= size == len(sided):
            yield claim(total, sided, "wording", True)
            return
        if 2 <= size <= len(run):
            yield claim(total, run[-size:], "wording", True)
            if len(run) > size and words("remainder").search(run[-1].head):
                # What is left over stands behind the items that are counted.
                yield claim(total, run[-size - 1 : -1], "wording", True)
            for depth in sorted({m.depth for m in passage.mentions[: total.order]}):
                level = [m for m in run_of_all if m.depth == depth]
                if level != run and len(level) >= size:
                    yield claim(total, level[-size:], "wording", True)
            return
    if strong and len(own) >= 2:
        # One part may stand in the sentences before.
        for earlier in [m for m in run_of_all if m.order < own[0].order][-_MOST_EARLIER:]:
            yield claim(total, [earlier, *own], "found", False)
    if len(own) >= 2 and strong:
        plain = all(mention.depth == total.depth for mention in own)
        yield claim(total, own, "wording" if plain else "structure", plain)
    elif len(own) >= 2 and uniform(passage, own):
        same = len(total.cue) > 1 and all(m.cue == total.cue for m in own)
        long = len(own) >= 3 and total.role == "total" and _only(passage, total, own)
        yield claim(total, own, "structure", same or long)
    alike = [m for m in run if m.side and m.side == total.side and m.cue == total.cue]
    if len(alike) >= 2 and alike != own:
        yield claim(total, alike, "structure", total.dimension == "person" and len(total.cue) > 1)
    for size in range(2, min(len(run), _LONGEST_RUN) + 1):
        yield claim(total, run[-size:], "found", False)


def _meant_before(passage: Passage, total: Mention, listed: Sequence[Claim]) -> Iterator[Claim]:
    """A list behind several figures of its sentence may be that of one before the last (93分，加1分，94分，其中…)."""
    own = [m for m in passage.mentions[: total.order] if m.sentence == total.sentence and is_part(total, m)]
    for whole in own[-_MOST_WHOLES:] if listed else ():
        yield replace(listed[0], stated=whole.fact, basis="name", exhaustive=False)


def _named_parts(passage: Passage, total: Mention, run: Sequence[Mention]) -> list[Mention]:
    """甲与乙合计: the figures before it that bear the names which the total joins."""
    joined = words("joined_names").search(re.split("[，。；：\n]", passage.plain[: total.start])[-1])
    if joined is None:
        return []
    names = [name for name in re.split(words("joint"), joined["names"]) if len(name) >= 3]
    found = [next((m for m in reversed(run) if _bears(m, name)), None) for name in names]
    held = [m for m in found if m is not None]
    return held if len(held) == len(names) == len({m.order for m in held}) else []


def _bears(mention: Mention, name: str) -> bool:
    said = name in re.split("[，。；：\n]", mention.gap)[-1]
    return said or (mention.own_subject and (mention.subject in name or name in mention.subject))


def _partition(passage: Passage, total: Mention) -> Iterator[Claim]:
    """乡镇17个，评价等级为优的4个、良的9个、中的3个、差的1个: a known partition needs no introduction."""
    run = passage.mentions[total.order + 1 : total.order + 6]
    size = next((i for i, m in enumerate(run) if not is_part(total, m) or m.sentence != total.sentence), len(run))
    for length in range(size, 1, -1):
        if is_partition(list(run[:length]), bare=True):
            yield claim(total, list(run[:length]), "structure", True)
            return


def _divided(passage: Passage, total: Mention) -> Iterator[Question]:
    """Each way in which a whole is divided (按资金性质分，…；按支出性质分，…) adds up to it."""
    if total.role != "total":
        return
    heads = [m for m in passage.mentions if words("divided").search(m.gap) and is_part(total, m) and m is not total]
    for head in heads:
        group = [head]
        for mention in passage.mentions[head.order + 1 :]:
            if mention.sentence != head.sentence or "；" in mention.gap or mention.depth != head.depth:
                break
            if is_part(total, mention):
                group.append(mention)
        near = abs(head.sentence - total.sentence) <= 1 and total not in group
        if len(group) >= 2 and near and not words("open_list").search(group[-1].tail):
            # Posts and staff may stand side by side before it: either may be what is divided.
            beside = [m for m in passage.mentions[: head.order] if m.sentence >= head.sentence - 1 and m not in group]
            wholes = [m for m in beside if m is not total and is_part(total, m)]
            yield tuple(claim(whole, group, "wording", True) for whole in (total, *wholes))


def _with_rest(passage: Passage, total: Mention) -> Iterator[Claim]:
    """142个，合格133个，另有9个正在整改: what is named and what is left make up the first."""
    own = [m for m in passage.mentions if m.sentence == total.sentence and is_part(total, m)]
    own = [m for m in own if m.depth == total.depth]
    if own[:1] != [total] or total.dimension == "score":
        return
    run = own[1:]
    if any(words("taken").search(m.gap) for m in own) or words("only").search(total.head):
        return
    for size, mention in enumerate(run[:6], 1):
        if "；" in passage.plain[total.end : mention.start]:
            return
        if size >= 2 and words("rest").search(mention.gap):
            # Those hired besides are not of the posts.
            besides = words("posts").search(total.head) and not words("posts").search(mention.head)
            yield claim(total, run[:size], "found" if besides else "structure", not besides)
            if size > 2:
                yield claim(total, run[size - 2 : size], "structure", True)
            return


def _added(passage: Passage, total: Mention) -> Iterator[Claim]:
    """A加上B，减去C，总额D: the last amount of the sentence is what the signs before make of the others."""
    own = [m for m in passage.mentions if m is total or (m.sentence == total.sentence and is_part(total, m))]
    own = [m for m in own if m.depth == total.depth]
    terms = own[:-1]
    introduced = any(introduces(passage, m) for m in [*terms, total])
    if len(terms) < 2 or own[-1] is not total or "，" not in total.gap or introduced:
        return
    if any("；" in m.gap or m.role == "total" for m in terms[1:]) or words("added").search(total.gap):
        return
    less = [m for m in terms if words("taken").search(m.gap)]
    more = [m for m in terms if m not in less]
    signed = [m for m in terms[1:] if words("added").search(m.gap)]
    if not more or (not signed and not less) or (not signed and len(more) > 1):
        return
    if total.role != "total" and not words("said_whole").search(total.head):
        return
    named = total.role == "total" or len(terms) == len(signed) + len(less) + 1
    basis: Basis = "wording" if named else "structure"
    yield sum_claim(total.fact, [*((1, m.fact) for m in more), *((-1, m.fact) for m in less)], basis, True)


def _only(passage: Passage, total: Mention, own: list[Mention]) -> bool:
    """Whether the sentence lists nothing but these figures before its total, all of them named alike."""
    before = [m for m in passage.mentions[: total.order] if m.sentence == total.sentence and m.dimension != "ratio"]
    return before == own and all(m.own_subject for m in own) and not any(reach.introduces(m.gap) for m in own)


def _since_last_total(own: list[Mention], total_gap: str) -> list[Mention]:
    """What a total can sum up in its sentence: what follows the total before it, and the last semicolon."""
    for index in range(len(own) - 1, 0, -1):
        if own[index].role == "total":
            return own[index + 1 :]
        if "；" in own[index].gap and len(own) - index >= 2 and "；" not in total_gap:
            return own[index:]
    return own


def _chained(passage: Passage, own: list[Mention]) -> bool:
    """Whether a list stands in a chain of additions (加…，其中…，…，收入合计), so that not all figures are added."""
    added = any(words("added").search(m.gap) for m in own)
    return added and any(introduces(passage, m) for m in own)


def _outer(passage: Passage, total: Mention, own: list[Mention]) -> list[Mention]:
    """收入54.3亿元，其中…，加上…2.5亿元，收入总计: what 加上 adds to is the total of the list before, not its parts."""
    start = next((i for i, m in enumerate(own) if words("added").search(m.gap)), None)
    if start is None:
        return []
    before = [m for m in passage.mentions[: own[start].order] if is_part(total, m) and m.depth == total.depth]
    before = [m for m in before if m.sentence >= total.sentence - 2]
    heads = [m for m in before if first_part(passage, m) is not None]
    plain = [m for m in before if m.sentence == total.sentence and not reach.is_listed(passage, m)]
    anchor = heads[-1:] or plain[-1:]
    if any(introduces(passage, m) for m in own[start:]):
        # A list in the middle of the chain: where it ends cannot be told.
        return []
    return [*anchor, *own[start:]] if anchor else []


def _lead_of(passage: Passage, total: Mention) -> str:
    return passage.plain[passage.starts[total.sentence][0] : total.start]


def _preceding(mentions: tuple[Mention, ...], total: Mention) -> list[Mention]:
    run: list[Mention] = []
    for mention in reversed(mentions[: total.order]):
        if mention.dimension != total.dimension or mention.depth > total.depth:
            continue
        if mention.role == "total" and run and mention.sentence != total.sentence:
            break
        if mention.role in PART_ROLES:
            run.append(mention)
    return run[::-1]


# --- search -------------------------------------------------------------------------------


def _searched(mentions: tuple[Mention, ...], total: Mention) -> Iterator[Claim]:
    """Runs of figures right behind or right before a figure, which may happen to be its parts."""
    if len(str(total.quantity.value).replace(".", "").strip("0")) < 3:
        return
    following = [m for m in mentions[total.order + 1 :] if is_part(total, m) and m.depth >= total.depth]
    preceding = _preceding(mentions, total)
    for size in range(2, min(len(following), _LONGEST_RUN) + 1):
        yield claim(total, following[:size], "found", False)
    for size in range(2, min(len(preceding), _LONGEST_RUN) + 1):
        yield claim(total, preceding[-size:], "found", False)
