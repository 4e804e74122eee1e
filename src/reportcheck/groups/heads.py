"""The amounts that a list may divide: those before it, the one that it names again, the one whose bracket it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportcheck.extract.mention import Mention, Passage, words
from reportcheck.groups.amounts import flow, is_amount, is_whole, wholes
from reportcheck.groups.levels import Item, Level
from reportcheck.groups.marks import SEMICOLON


def heads_before(stack: Sequence[Level], figure: Mention, opener: str, mark: int) -> Item:
    """The amounts that a list beginning with a figure in the middle of a sentence may divide: those of the item
    before it, the nearest first; a second way to divide a whole (从…看) has the whole of the first."""
    for level in reversed(stack[1:]):
        if words("divided").search(level.lead) and words("divided").search(opener):
            return level.heads
    if mark == SEMICOLON and any(level.opener == opener for level in stack):
        # What stands beside another list is no part of it, nor its whole.
        return ()
    items = [item for level in reversed(stack) for item in reversed(level.items)]
    item = next((item for item in items if any(is_whole(m, figure) for m in item)), [])
    same = [m for each in items for m in each if is_amount(m) and m.dimension == figure.dimension]
    if any(m.series_id >= 0 for m in item) or (words("parallel").match(opener) and len(same) > 1):
        return ()
    if mark == SEMICOLON and len(stack) == 1:
        # Behind a semicolon a list divides all that stands before it, each by its own kind.
        return wholes(m for each in items for m in reversed(each))
    last = [m for m in stack[-1].items[-1] if is_amount(m)][-1:] if stack[-1].items else []
    if opener == "：" and last and last[0].dimension == figure.dimension:
        # A colon divides what stands right before it, be it what is left over.
        return (last[0],)
    if figure.dimension == "score":
        # What was earned before a bonus may be meant.
        item = [m for each in reversed(items) for m in each if m.dimension == "score"]
    return wholes(reversed(item))


def heads_of_sentence_before(before: Sequence[Sequence[Mention]], figure: Mention) -> Item:
    """The amounts of the last sentence that has some of the dimension of a figure, outside of its lists; where the
    figure is income or spending, those that are."""
    found = wholes(m for item in reversed(before) for m in reversed(item) if m.dimension == figure.dimension)
    found = tuple(m for m in found if m.sentence == found[0].sentence)
    return tuple(m for m in found if flow(figure) and flow(m) == flow(figure)) or found


def named_again(figures: Sequence[Mention], figure: Mention, lead: str) -> Item:
    """收入总计中，本年收入…: the amount whose name the words before a list say again."""
    again = words("among_named").search(lead)
    if again is None:
        return ()
    before = (m for m in reversed(figures) if m.order < figure.order and m.head.endswith(again["whole"]))
    return next(((m,) for m in before if is_whole(m, figure)), ())


def owner_of_bracket(passage: Passage, held: Sequence[Mention]) -> Item:
    """The figure whose bracket holds some others: the one right before it, else the one right behind it."""
    opened = passage.plain.rfind("（", 0, held[0].start)
    if words("restated").match(passage.plain[opened : held[0].start]):
        return ()
    before = [m for m in passage.mentions[: held[0].order] if m.depth < held[0].depth]
    if before and not is_amount(before[-1]):
        return ()
    if before and not re.search("[，。；：、]", passage.plain[before[-1].end : opened]):
        return (before[-1],)
    closed = passage.plain.find("）", held[-1].end)
    behind = [m for m in passage.mentions[held[-1].order + 1 :] if m.depth < held[0].depth]
    if closed >= 0 and behind and not re.search("[，。；：、]", passage.plain[closed + 1 : behind[0].start]):
        return (behind[0],)
    return ()
