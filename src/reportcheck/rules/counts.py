"""Stated numbers of things against the things listed: ``count-mismatch``.

A list stands before its number (甲、乙等4个股室), behind it (4个，分别是甲、乙), or is an enumeration (以下三个方面：
一是…) that may run over several paragraphs. Where names may hold a joiner (教育和体育局), every way of
splitting is an alternative of one question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from reportcheck.catalog import pattern_in, table
from reportcheck.extract.mention import Mention, Passage
from reportcheck.extract.outline import numbering
from reportcheck.model import Basis, Claim, Document, Question, Relation
from reportcheck.rules import enumerations
from reportcheck.rules.listing import Item, hide_names, split
from reportcheck.schemas.sentences import Counting

RULE = "count-mismatch"
_SOME = 3


_cue = partial(pattern_in, Counting)


def propose(document: Document, passages: Sequence[Passage]) -> Iterator[Question]:
    """One question for each number of things whose list is in reach."""
    for index, passage in enumerate(passages):
        hidden = hide_names(passage.plain)
        for mention in passage.mentions:
            if not counts_things(mention):
                continue
            enumerated = _enumerated(passages, index, mention)
            question = enumerated or (*_behind(passage, hidden, mention), *_before(passage, hidden, mention))
            if question:
                yield question


def counts_things(mention: Mention) -> bool:
    """Whether a figure is a number of things that may be listed by name."""
    data = table(Counting)
    quantity = mention.quantity
    return (
        quantity.unit.symbol in data.symbols
        and quantity.bound == "exact"
        and quantity.decimals == 0
        and 2 <= quantity.value <= data.largest
    )


def _in_words(mention: Mention) -> bool:
    return not mention.quantity.text[0].isdigit()


def _claim(stated: Mention, items: Sequence[Item], basis: Basis, exhaustive: bool, relation: Relation = "=") -> Claim:
    facts = tuple(item.fact(stated.quantity.unit) for item in items)
    return Claim(RULE, "count", stated.fact, "sum(items)", {"items": facts}, basis, relation, exhaustive)


def _readings(
    stated: Mention, readings: Sequence[Sequence[Item]], exhaustive: bool, relation: Relation = "="
) -> Iterator[Claim]:
    """The first reading is the plain one, through which the number may be contradicted; the others confirm."""
    for order, items in enumerate(readings):
        if len(items) >= 2:
            yield _claim(stated, items, "structure" if order else "wording", exhaustive, relation)


# --- lists before their number ------------------------------------------------------------


def _before(passage: Passage, hidden: str, stated: Mention) -> Iterator[Claim]:
    end = stated.start
    start = max(hidden.rfind(mark, 0, end) for mark in "，。；：！？（\n") + 1
    numbered = numbering(passage.plain)
    if numbered:
        start = max(start, numbered.start)
    end -= len(hidden[start:end]) - len(_cue("list", "sums_up").sub("", hidden[start:end]))
    partial = _cue("list", "open_before").search(hidden, start, end)
    if partial:
        end = partial.start()
    if end <= start or _holds_figures(passage, start, end) or _open_end(hidden, start, end):
        return
    readings = split(passage, hidden, start, end)
    if not readings or _set_phrase(passage.plain[start:end]) or _all_kinds(readings[0]):
        return
    if partial:
        yield from _readings(stated, readings, True, ">=")
        return
    behind = hidden[stated.end :]
    established = _cue("before", "establishes").search(hidden, start, end) is not None
    marked = "、" in hidden[start:end]
    if _cue("before", "member").match(behind) or not (marked or established or _in_words(stated)):
        return
    worded = _in_words(stated) and stated.quantity.value <= table(Counting).before.largest_words
    chosen = _cue("list", "choice").search(hidden, start, end) is not None
    # A long list of names that is off by one is the list, with a slip.
    named = (
        marked
        and len(readings[0]) > _SOME
        and abs(stated.quantity.value - len(readings[0])) <= 1
        and _cue("before", "named_behind").match(behind) is not None
    )
    sure = established or (worded and marked) or named
    if not sure and (len(readings[0]) < _SOME or not _cue("before", "noun_behind").match(behind)):
        return
    yield from _readings(stated, readings, sure and not chosen)


def _open_end(hidden: str, start: int, end: int) -> bool:
    """Whether the number is itself a part of the list (甲和两个乙), or a noun parts it from an open one."""
    return (
        hidden[end - 1] == "、"
        or any(match.end() == end for match in _cue("list", "joiners").finditer(hidden, start, end))
        or _cue("list", "open_kind").search(hidden, start, end) is not None
    )


def _holds_figures(passage: Passage, start: int, end: int) -> bool:
    return any(start <= mention.start < end for mention in passage.mentions)


def _set_phrase(text: str) -> bool:
    return _cue("before", "set_phrases").search(text) is not None


def _all_kinds(items: Sequence[Item]) -> bool:
    """Whether only kinds of things are named (村、社区12个), so that their names count nothing."""
    return all(_cue("before", "kinds").match(item.text) for item in items)


# --- lists behind their number ------------------------------------------------------------


def _behind(passage: Passage, hidden: str, stated: Mention) -> Iterator[Claim]:
    after = stated.end
    introduced = _cue("after", "introduction").match(hidden[after:])
    if not introduced:
        return
    start = after + introduced.end()
    bracketed = introduced["bracket"] is not None
    closed = _closing(hidden, start) if bracketed else _sentence_end(hidden, start)
    end = _list_end(hidden, start, closed)
    readings = split(passage, hidden, start, end)
    if not readings or not _names_only(passage, stated, start, end, readings[0]):
        return
    chosen = _cue("list", "choice").search(hidden[stated.start - len(stated.head) : start])
    partial = _cue("list", "open_after").search(hidden, start, min(closed + 1, len(hidden)))
    if partial or introduced["open"] or chosen:
        # An open list may leave things out, but cannot hold more than there are.
        if not bracketed and not chosen:
            yield from _readings(stated, readings, True, ">=")
        return
    goes_on = "、" in hidden[end:closed]
    if goes_on:
        readings = [*readings, *split(passage, hidden, start, closed, commas=True)]
    shared = _shares_list(passage, stated)
    yield from _readings(stated, readings, not bracketed and not goes_on and not shared)


def _shares_list(passage: Passage, stated: Mention) -> bool:
    """Whether a list may be that of two numbers together: 1个行政单位和3个事业单位，分别为…."""
    previous = passage.mentions[stated.order - 1] if stated.order else None
    return (
        previous is not None
        and previous.quantity.unit.symbol in table(Counting).symbols
        and _cue("after", "shared").match(passage.plain[previous.end : stated.start]) is not None
    )


def _sentence_end(hidden: str, start: int) -> int:
    stop = _cue("after", "end").search(hidden, start)
    return stop.start() if stop else len(hidden)


def _closing(hidden: str, start: int) -> int:
    closing = hidden.find("）", start)
    return closing if closing >= 0 else start


def _list_end(hidden: str, start: int, closed: int) -> int:
    """A list by 、 ends at the first comma behind its second thing."""
    first = hidden.find("、", start, closed)
    comma = hidden.find("，", start, closed)
    return comma if 0 <= first < comma else closed


def _names_only(passage: Passage, stated: Mention, start: int, end: int, items: Sequence[Item]) -> bool:
    """Whether a list holds names; parts with counts of their own are summed by another rule."""
    symbol = stated.quantity.unit.symbol
    counted = any(
        start <= mention.start < end and mention.quantity.unit.symbol == symbol for mention in passage.mentions
    )
    longest = table(Counting).longest_item
    return (
        not counted
        and not _all_kinds(items)
        and all(2 <= len(item.text) <= longest and not _cue("list", "figure").match(item.text) for item in items)
    )


# --- enumerations -------------------------------------------------------------------------


def _enumerated(passages: Sequence[Passage], index: int, stated: Mention) -> Question:
    """The claim of a number that announces an enumeration (一是…二是…, or numbered paragraphs) or recalls one."""
    found = enumerations.recalled(passages, index, stated) or enumerations.after(passages, index, stated)
    if found is None or len(found.items) < 2:
        return ()
    announced = found.announced or _in_words(stated)
    basis: Basis = "wording" if found.regular else "structure"
    return (_claim(stated, found.items, basis, found.regular and announced),)
