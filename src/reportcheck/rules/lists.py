"""Totals and their parts in prose: ``total-mismatch``.

A list of parts is introduced behind its total (其中, brackets, a colon) or summed up by a total behind it
(合计, 共计). The list may be read to several ends; each reading is an alternative of one question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from reportcheck.catalog import cached, table
from reportcheck.extract.prose import Mention, Passage
from reportcheck.model import Basis, Claim, Question
from reportcheck.numerals import parse
from reportcheck.rules import reach

RULE = "total-mismatch"
LEVELS = frozenset({"level", "total", "to", "target"})
TOTALS = frozenset({"level", "total", "target"})
_PART_COUNTS = frozenset({"kind", "item"})
PART_ROLES = LEVELS | {"difference", "price"}
_LONGEST_RUN = 14
_NOT_SUMMED = frozenset({"ratio", "point", "times", "number", "year", "anniversary", "month", "day", "hour", "age"})


@cached
def _introduction() -> re.Pattern[str]:
    words = [word for row in table("connectors")["introduction"] for word in row["words"]]
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))


@cached
def _partial() -> re.Pattern[str]:
    return re.compile(
        "|".join(
            re.escape(word) for row in table("connectors")["introduction"] if row["partial"] for word in row["words"]
        )
    )


@cached
def _cue(name: str) -> re.Pattern[str]:
    return re.compile(table("connectors")["words"][name])


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """One question for each figure that may be a total of figures near it."""
    for passage in passages:
        mentions = passage.mentions
        for total in mentions:
            if total.role not in TOTALS or total.series_id >= 0 or total.dimension in _NOT_SUMMED:
                continue
            behind = tuple(_behind(passage, total))
            if behind:
                yield behind
            before = tuple(_before(passage, total))
            if before:
                yield before
            yield from _divided(passage, total)
            rest = tuple(_with_rest(passage, total))
            if rest:
                yield rest
            added = tuple(_added(passage, total))
            if added:
                yield added
            searched = tuple(_searched(mentions, total))
            if searched and not behind and not before:
                yield searched


def _claim(total: Mention, parts: list[Mention], basis: Basis, exhaustive: bool) -> Claim:
    return Claim(
        RULE,
        total.fact,
        "sum(parts)",
        {"parts": tuple(part.fact for part in parts)},
        basis,
        exhaustive=exhaustive,
    )


def _is_part(total: Mention, mention: Mention) -> bool:
    return mention.dimension == total.dimension and mention.role in PART_ROLES


# --- parts behind their total -------------------------------------------------------------


def _behind(passage: Passage, total: Mention) -> Iterator[Claim]:
    first = _first_part(passage, total)
    if first is None:
        return
    bracketed = first.depth > total.depth
    items, ends, nested = _items(passage, total, first)
    if len(items) < 2:
        return
    stop = next((end for end, hard in ends if hard), len(items))
    sentence_items = items[:stop]
    words = passage.plain[total.end : items[stop - 1].end]
    closing = items[stop - 1].tail
    sided = [item for item in sentence_items if item.side == total.side] if total.side else []
    beyond = passage.plain[_end(items[stop - 1]) :][:14]
    whole = is_partition(sentence_items) and not _cue("more").search(beyond)
    exhaustive = bool(_cue("exhaustive").search(words + closing)) or whole
    partial = bool(_partial().search(first.gap)) or bool(_cue("open_list").search(closing + beyond))
    introduced = _introduces(passage, first)
    exhaustive = exhaustive or (not partial and not introduced)
    sides = {item.side for item in sentence_items}
    distant = first.sentence > total.sentence and any(
        _is_part(total, m) for m in passage.mentions[total.order + 1 : first.order]
    )
    tight = (
        not 0 < nested < stop
        and not distant
        and not sides >= {"budget", "actual"}
        and _uniform(passage, sentence_items)
        and not _cue("overlap").search(words)
        and (whole or not partial)
    )
    if len(sentence_items) >= 2:
        basis: Basis = "wording" if tight or bracketed else "structure"
        complete = exhaustive and (tight or (bracketed and not partial))
        yield _claim(total, sentence_items, basis, complete)
        if complete and (bracketed or whole or _cue("exhaustive").search(words)):
            return
    if 2 <= len(sided) < len(sentence_items):
        yield _claim(total, sided, "structure", False)
    for end, _ in ends:
        if 2 <= end < stop:
            yield _claim(total, items[:end], "structure", False)
    for size in range(2, min(len(items), _LONGEST_RUN) + 1):
        yield _claim(total, items[:size], "structure" if size <= stop else "name", False)
    if len(sentence_items) >= 4:
        # A table flattened into a line gives the columns in turn.
        yield _claim(total, sentence_items[0::2], "structure", False)
        yield _claim(total, sentence_items[1::2], "structure", False)
    if nested:
        for start in range(nested + 1, len(items)):
            if nested + len(items) - start >= 2:
                yield _claim(total, items[:nested] + items[start:stop], "found", False)


def _uniform(passage: Passage, items: list[Mention]) -> bool:
    """Whether one kind of mark parts all items of a list; where 、 gives way to ， another list may begin."""
    marks = set()
    for item, following in pairwise(items):
        between = passage.plain[_end(item) : following.start]
        marks.add(next((mark for mark in "；，" if mark in between), "、"))
    return len(marks) <= 1


def _end(mention: Mention) -> int:
    return mention.end


def _first_part(passage: Passage, total: Mention) -> Mention | None:
    """The first figure of a list introduced behind ``total``, past its own rates and changes."""
    after = passage.plain[_end(total) :].lstrip()
    passed = pending = False
    for mention in passage.mentions[total.order + 1 :]:
        if mention.sentence > total.sentence + 1 or mention.depth < total.depth:
            return None
        introduced = pending or _introduces(passage, mention)
        if mention.depth > total.depth:
            if passed:
                return None
            if len([m for m in passage.mentions if m.bracket == mention.bracket and _is_part(total, m)]) < 2:
                continue
            if _is_part(total, mention):
                return mention
            if introduced and _is_part(total, mention):
                return mention
            continue
        if _is_part(total, mention):
            if introduced or (mention.order == total.order + 1 and after.startswith("：")):
                return mention if mention.sentence > total.sentence or not passed else None
            if mention.sentence > total.sentence:
                return None
            passed = True
        # 分为四类：…, 由三部分组成：…: the number of parts stands before the parts.
        pending = introduced and mention.dimension in _PART_COUNTS
        if introduced and not pending and mention.dimension != "ratio":
            return None
    return None


def _introduces(passage: Passage, mention: Mention) -> bool:
    if _introduction().search(mention.gap):
        return True
    closed = _cue("closed_before").search(mention.gap) and _cue("closed_behind").search(passage.plain[mention.end :])
    return closed is not None


def _items(passage: Passage, total: Mention, first: Mention) -> tuple[list[Mention], list[tuple[int, bool]], int]:
    """The parts from ``first`` on, the sizes at which the list may end (hard at the end of a sentence),
    and the size at which a nested list begins (0 for none)."""
    items: list[Mention] = []
    ends: list[tuple[int, bool]] = []
    nested = 0
    inside = False
    for mention in passage.mentions[first.order :]:
        if mention.depth < first.depth or (mention.bracket != first.bracket and mention.depth <= first.depth):
            break
        if mention.depth > first.depth:
            continue
        if mention is not first and items:
            if mention.sentence != items[-1].sentence:
                ends.append((len(items), True))
                inside = False
                if mention.sentence > items[-1].sentence + 1 or len(items) >= 40:
                    break
            elif "；" in mention.gap:
                ends.append((len(items), False))
                inside = False
            if _introduction().search(mention.gap) and mention.dimension == total.dimension:
                nested = nested or len(items)
                inside = True
            if mention.role == "total" and mention.dimension == total.dimension:
                break
        if _is_part(total, mention) and not inside:
            items.append(mention)
    return items, [(end, hard) for end, hard in ends if end], nested


def is_partition(items: list[Mention]) -> bool:
    """Whether the listed names are exactly the parts of a known whole."""
    labels = [item.fact.indicator or item.subject for item in items]
    return any(_covers(labels, row) for row in table("identities")["partition"])


def _covers(labels: list[str], row: dict[str, list[str]]) -> bool:
    matched = [[bool(re.search(part, label)) for label in labels] for part in row["parts"]]
    if not all(any(hits) for hits in matched):
        return False
    known = "|".join(row["parts"] + row.get("optional", []))
    return all(re.search(known, label) for label in labels)


# --- parts before their total -------------------------------------------------------------


def _before(passage: Passage, total: Mention) -> Iterator[Claim]:
    if total.role != "total" or _cue("remaining").search(total.head) or _cue("added").search(total.gap):
        # 加上级转移支付等，收入合计…: what is added is not printed.
        return
    run = _preceding(passage.mentions, total)
    own = [mention for mention in run if mention.sentence == total.sentence]
    own = _since_last_total(own)
    outer = _outer(passage, total, own)
    if outer:
        yield _claim(total, outer, "wording", True)
        own = []
    strong = _cue("strong_total").search(total.head) is not None
    run_of_all = [m for m in passage.mentions[: total.order] if _is_part(total, m) and m.role != "total"]
    run = [m for m in run if m.role != "total"]
    counted = _cue("counted_total").search(_lead_of(passage, total))
    if counted:
        size = int(parse(counted["n"]) or 0)
        sided = [m for m in run if m.side == total.side] if total.side else []
        if 2 <= size == len(sided):
            yield _claim(total, sided, "wording", True)
            return
        if 2 <= size <= len(run):
            yield _claim(total, run[-size:], "wording", True)
            for depth in sorted({m.depth for m in passage.mentions[: total.order]}):
                level = [m for m in run_of_all if m.depth == depth]
                if level != run and len(level) >= size:
                    yield _claim(total, level[-size:], "wording", True)
            return
    if len(own) >= 2 and strong:
        plain = all(mention.depth == total.depth for mention in own)
        yield _claim(total, own, "wording" if plain else "structure", plain)
    elif len(own) >= 2 and _uniform(passage, own):
        same = len(total.cue) > 1 and all(m.cue == total.cue for m in own)
        long = len(own) >= 3 and _only(passage, total, own)
        yield _claim(total, own, "structure", same or long)
    alike = [m for m in run if m.side and m.side == total.side and m.cue == total.cue]
    if len(alike) >= 2 and alike != own:
        yield _claim(total, alike, "structure", len(total.cue) > 1)
    for size in range(2, min(len(run), _LONGEST_RUN) + 1):
        yield _claim(total, run[-size:], "found", False)


def _divided(passage: Passage, total: Mention) -> Iterator[Question]:
    """Each way in which a whole is divided (按资金性质分，…；按支出性质分，…) adds up to it."""
    if total.role != "total":
        return
    heads = [m for m in passage.mentions if _cue("divided").search(m.gap) and _is_part(total, m) and m is not total]
    for head in heads:
        group = [head]
        for mention in passage.mentions[head.order + 1 :]:
            if mention.sentence != head.sentence or "；" in mention.gap or mention.depth != head.depth:
                break
            if _is_part(total, mention):
                group.append(mention)
        near = abs(head.sentence - total.sentence) <= 1 and total not in group
        if len(group) >= 2 and near and not _cue("open_list").search(group[-1].tail):
            yield (_claim(total, group, "wording", True),)


def _with_rest(passage: Passage, total: Mention) -> Iterator[Claim]:
    """142个，合格133个，另有9个正在整改: what is named and what is left make up the first."""
    own = [m for m in passage.mentions if m.sentence == total.sentence and _is_part(total, m)]
    own = [m for m in own if m.depth == total.depth]
    if own[:1] != [total] or total.dimension == "score":
        return
    run = own[1:]
    if any(_cue("taken").search(m.gap) for m in own):
        return
    for size, mention in enumerate(run[:6], 1):
        if "；" in passage.plain[total.end : mention.start]:
            return
        if size >= 2 and _cue("rest").search(mention.gap):
            yield _claim(total, run[:size], "structure", True)
            if size > 2:
                yield _claim(total, run[size - 2 : size], "structure", True)
            return


def _added(passage: Passage, total: Mention) -> Iterator[Claim]:
    """A加上B，减去C，总额D: the last amount of the sentence is what the signs before make of the others."""
    own = [m for m in passage.mentions if m is total or (m.sentence == total.sentence and _is_part(total, m))]
    own = [m for m in own if m.depth == total.depth]
    terms = own[:-1]
    introduced = any(_introduction().search(m.gap) for m in [*terms, total])
    if len(terms) < 2 or own[-1] is not total or "，" not in total.gap or introduced:
        return
    if any("；" in m.gap or m.role == "total" for m in terms[1:]) or _cue("added").search(total.gap):
        return
    less = [m for m in terms if _cue("taken").search(m.gap)]
    more = [m for m in terms if m not in less]
    signed = [m for m in terms[1:] if _cue("added").search(m.gap)]
    if not more or (not signed and not less) or (not signed and len(more) > 1):
        return
    named = total.role == "total" or len(terms) == len(signed) + len(less) + 1
    basis: Basis = "wording" if named else "structure"
    operands = {"parts": tuple(m.fact for m in more)}
    if less:
        operands["less"] = tuple(m.fact for m in less)
    yield Claim(RULE, total.fact, "sum(parts) - sum(less)" if less else "sum(parts)", operands, basis)


def _only(passage: Passage, total: Mention, own: list[Mention]) -> bool:
    """Whether the sentence lists nothing but these figures before its total, all of them named alike."""
    before = [m for m in passage.mentions[: total.order] if m.sentence == total.sentence and m.dimension != "ratio"]
    return before == own and all(m.own_subject for m in own) and not any(reach.introduces(m.gap) for m in own)


def _since_last_total(own: list[Mention]) -> list[Mention]:
    """What a total can sum up in its sentence: what follows the total before it, and the last semicolon."""
    for index in range(len(own) - 1, 0, -1):
        if own[index].role == "total":
            return own[index + 1 :]
        if "；" in own[index].gap and len(own) - index >= 2:
            return own[index:]
    return own


def _outer(passage: Passage, total: Mention, own: list[Mention]) -> list[Mention]:
    """收入54.3亿元，其中…，加上…2.5亿元，收入总计: what 加上 adds to is the total of the list before, not its parts."""
    start = next((i for i, m in enumerate(own) if _cue("added").search(m.gap)), None)
    if start is None:
        return []
    before = [m for m in passage.mentions[: own[start].order] if _is_part(total, m) and m.depth == total.depth]
    before = [m for m in before if m.sentence >= total.sentence - 1]
    heads = [m for m in before if _first_part(passage, m) is not None]
    anchor = heads[-1] if heads else (before[-1] if before else None)
    return [anchor, *own[start:]] if anchor is not None else []


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
    following = [m for m in mentions[total.order + 1 :] if _is_part(total, m) and m.depth >= total.depth]
    preceding = _preceding(mentions, total)
    for size in range(2, min(len(following), _LONGEST_RUN) + 1):
        yield _claim(total, following[:size], "found", False)
    for size in range(2, min(len(preceding), _LONGEST_RUN) + 1):
        yield _claim(total, preceding[-size:], "found", False)
