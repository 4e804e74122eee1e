"""Lists of parts behind their total: 其中…, brackets, a colon, 由…组成.

A list of parts is introduced behind its total (其中, brackets, a colon) or summed up by a total behind it
(合计, 共计). The list may be read to several ends; each reading is an alternative of one question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportcheck.catalog import cached, table
from reportcheck.extract.mention import Mention, Passage, words
from reportcheck.model import Basis, Claim, Fact, Kind
from reportcheck.schemas.sentences import Connectors, Identities, IdentitiesPartition

RULE = "total-mismatch"
LEVELS = frozenset({"level", "total", "to", "target"})
_PART_COUNTS = frozenset({"kind", "item"})
PART_ROLES = LEVELS | {"difference", "price"}
_LONGEST_RUN = 14


@cached
def _introduction() -> re.Pattern[str]:
    found = [word for row in table(Connectors).introduction for word in row.words]
    return re.compile("|".join(sorted(map(re.escape, found), key=len, reverse=True)))


@cached
def _partial() -> re.Pattern[str]:
    return re.compile(
        "|".join(re.escape(word) for row in table(Connectors).introduction if row.partial for word in row.words)
    )


def claim(total: Mention, parts: Sequence[Mention], basis: Basis, exhaustive: bool) -> Claim:
    """The claim that a total is the sum of these parts. Where some are counted by the word of the total and others by
    another (份 and 条), the others may be of something else, and it can only be confirmed."""
    told = [part.fact.quantity.unit for part in parts if part.fact.quantity.unit.counted]
    alike = {unit.symbol == total.fact.quantity.unit.symbol for unit in told}
    return sum_claim(total.fact, [(1, part.fact) for part in parts], "found" if len(alike) > 1 else basis, exhaustive)


def sum_claim(
    stated: Fact, parts: Sequence[tuple[int, Fact]], basis: Basis, exhaustive: bool, pattern: str = ""
) -> Claim:
    """The claim that a figure is the sum of others, those with a negative sign taken off."""
    plus = tuple(fact for sign, fact in parts if sign > 0)
    minus = tuple(fact for sign, fact in parts if sign < 0)
    kind: Kind = "balance" if minus else "sum"
    formula = "sum(parts) - sum(less)" if minus else "sum(parts)"
    operands = {"parts": plus, "less": minus} if minus else {"parts": plus}
    return Claim(RULE, kind, stated, formula, operands, basis, exhaustive=exhaustive, pattern=pattern)


def is_part(total: Mention, mention: Mention) -> bool:
    """Whether a figure can be a part of a total: of one dimension with it, and a level."""
    return mention.dimension == total.dimension and mention.role in PART_ROLES


# --- parts behind their total -------------------------------------------------------------


def behind(passage: Passage, total: Mention) -> Iterator[Claim]:
    """The readings of the list behind a total, if there is one; the complete one first."""
    first = first_part(passage, total)
    if first is None:
        return
    if words("divided").search(first.gap) and any(
        words("divided").search(m.gap) for m in passage.mentions[: total.order + 1] if m.sentence == total.sentence
    ):
        # The second way in which one whole is divided: what stands before it is a part of the first.
        return
    bracketed = first.depth > total.depth
    items, ends, nested = _items(passage, total, first)
    if len(items) < 2:
        return
    stop = next((end for end, hard in ends if hard), len(items))
    crossing = next((end for end, hard in ends if not hard and end < stop), None)
    if crossing is not None and introduces(passage, first) and not words("comma_introduction").search(first.gap):
        # Without a comma or colon behind its introduction a list ends at the semicolon, unless what stands on
        # both sides of it is known to make up a whole.
        whole = is_partition(items[:stop])
        if not whole and len(items[:stop]) >= 2:
            yield claim(total, items[:stop], "name", False)
        items, stop = (items, stop) if whole else (items[:crossing], crossing)
        if stop < 2:
            return
    sentence_items = items[:stop]
    listed = passage.plain[total.end : items[stop - 1].end]
    closing = items[stop - 1].tail
    sided = [item for item in sentence_items if item.side == total.side] if total.side else []
    beyond = passage.plain[items[stop - 1].end :][:14]
    whole = is_partition(sentence_items) and not words("more").search(beyond)
    closed = whole and is_partition(sentence_items, closed=True)
    exhaustive = bool(words("exhaustive").search(listed + closing)) or closed
    partial = bool(_partial().search(first.gap)) or bool(words("open_list").search(closing + beyond))
    introduced = introduces(passage, first)
    exhaustive = exhaustive or (
        not partial and (not introduced or words("strong_total").search(total.head) is not None)
    )
    crossed = any("；" in passage.plain[a.end : b.start] for a, b in pairwise(sentence_items))
    spoken = not introduced or words("comma_introduction").search(first.gap) is not None
    sides = {item.side for item in sentence_items}
    distant = first.sentence > total.sentence and any(
        is_part(total, m) for m in passage.mentions[total.order + 1 : first.order]
    )
    tight = (
        not 0 < nested < stop
        and not words("added").search(total.gap)
        and (spoken or not crossed)
        and not distant
        and not sides >= {"budget", "actual"}
        and uniform(passage, sentence_items)
        and not words("overlap").search(listed)
        and (closed or not partial)
    )
    if len(sentence_items) >= 2:
        basis: Basis = "wording" if tight or bracketed else "structure"
        complete = exhaustive and (tight or (bracketed and not partial))
        yield claim(total, sentence_items, basis, complete)
        if complete and (bracketed or whole or words("exhaustive").search(listed + closing)):
            return
    if 2 <= len(sided) < len(sentence_items):
        yield claim(total, sided, "structure", False)
    for end, _ in ends:
        if 2 <= end < stop:
            yield claim(total, items[:end], "structure", False)
    for size in range(2, min(len(items), _LONGEST_RUN) + 1):
        yield claim(total, items[:size], "structure" if size <= stop else "name", False)
    if len(sentence_items) >= 4:
        # A table flattened into a line gives the columns in turn.
        yield claim(total, sentence_items[0::2], "structure", False)
        yield claim(total, sentence_items[1::2], "structure", False)
    if nested:
        for start in range(nested + 1, len(items)):
            if nested + len(items) - start >= 2:
                yield claim(total, items[:nested] + items[start:stop], "found", False)


def uniform(passage: Passage, items: list[Mention]) -> bool:
    """Whether one kind of mark parts all items of a list; where 、 gives way to ， another list may begin."""
    marks = set()
    for item, following in pairwise(items):
        between = passage.plain[item.end : following.start]
        marks.add(next((mark for mark in "；，" if mark in between), "、"))
    return len(marks) <= 1


def first_part(passage: Passage, total: Mention) -> Mention | None:
    """The first figure of a list introduced behind ``total``, past its own rates and changes."""
    after = passage.plain[total.end :].lstrip()
    passed = pending = False
    for mention in passage.mentions[total.order + 1 :]:
        if mention.sentence > total.sentence + 1 or mention.depth < total.depth:
            return None
        introduced = pending or introduces(passage, mention)
        if mention.sentence > total.sentence and not pending and not words("opening_list").match(mention.gap):
            introduced = False
        if mention.depth > total.depth:
            before = passage.mentions[mention.order - 1]
            if passed or (before is not total and before.dimension == total.dimension and before.depth < mention.depth):
                # Brackets belong to the figure right before them.
                return None
            if len([m for m in passage.mentions if m.bracket == mention.bracket and is_part(total, m)]) < 2:
                continue
            if is_part(total, mention):
                return mention
            continue
        if is_part(total, mention):
            if introduced or (mention.order == total.order + 1 and after.startswith("：")):
                return mention if mention.sentence > total.sentence or not passed else None
            if mention.sentence > total.sentence:
                return None
            passed = True
        # The number of the parts (four kinds, three items) may stand before them.
        pending = introduced and not pending and mention.dimension in _PART_COUNTS
        if introduced and not pending and mention.dimension != "ratio":
            return None
    return None


def introduces(passage: Passage, mention: Mention) -> bool:
    """Whether the words before a figure introduce a list that begins with it (其中, 由…组成, 4个项目：)."""
    before = passage.mentions[mention.order - 1] if mention.order else None
    if before and before.dimension in _PART_COUNTS and words("counted_list").match(mention.gap):
        return True
    if _introduction().search(mention.gap):
        return True
    closed = words("closed_before").search(mention.gap) and words("closed_behind").search(passage.plain[mention.end :])
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
        if is_part(total, mention) and not inside:
            items.append(mention)
    return items, [(end, hard) for end, hard in ends if end], nested


def is_partition(items: list[Mention], bare: bool = False, closed: bool = False) -> bool:
    """Whether the listed names are exactly the parts of a known whole; ``bare``: of one that needs no 其中;
    ``closed``: of one whose parts are always named in full."""
    return is_partition_of([item.fact.indicator or item.subject for item in items], bare, closed)


def is_partition_of(labels: list[str], bare: bool = False, closed: bool = False) -> bool:
    """The same of names alone."""
    rows = [row for row in table(Identities).partition if not (closed and row.open)]
    return any(_covers(labels, row) for row in rows if not bare or row.bare)


def _covers(labels: list[str], row: IdentitiesPartition) -> bool:
    if not all(any(part.compiled.search(label) for label in labels) for part in row.parts):
        return False
    return all(any(part.compiled.search(label) for part in (*row.parts, *row.optional)) for label in labels)
