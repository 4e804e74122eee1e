"""Enumerations that a number announces: 一是…二是… in a paragraph or over several, or numbered paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from reportcheck import numerals, precompiled
from reportcheck.catalog import cached, pattern_in, table
from reportcheck.extract.mention import Mention, Passage
from reportcheck.extract.outline import numbering
from reportcheck.rules.listing import Item
from reportcheck.schemas.sentences import Counting

_BETWEEN_POINTS = 12


class Enumeration(Struct, frozen=True):
    """The points found; ``regular`` if they run on without a doubt, ``announced`` if the wording says that
    all of them follow."""

    items: tuple[Item, ...]
    regular: bool
    announced: bool


class _Mark(Struct, frozen=True):
    """How the items of a list are numbered."""

    pattern: re.Pattern[str]
    numeral: str


class Point(Struct, frozen=True):
    """The number of a point, and where its mark stands in the text."""

    number: int
    start: int
    end: int


@cached
def _marks() -> tuple[_Mark, ...]:
    numbers = {"c": f"(?P<n>[{numerals.numeral_characters()}]{{1,3}})", "a": r"(?P<n>\d{1,2})"}
    return tuple(
        _Mark(
            precompiled.expression(rf"(?:^|(?<=[。；：，！？\s”]))\s*(?P<mark>{row.pattern.filled(**numbers)})"),
            row.numeral,
        )
        for row in table(Counting).mark
    )


_cue = partial(pattern_in, Counting, "enumerated")


_recalls = partial(pattern_in, Counting, "recalled")


def after(passages: Sequence[Passage], index: int, stated: Mention) -> Enumeration | None:
    """The enumeration that a number announces, right behind it or in the paragraphs that follow."""
    passage = passages[index]
    end = stated.end
    rest = passage.plain[end:]
    said = _cue("announces").search(passage.plain[_clause_start(passage.plain, stated) : end]) is not None
    lead = _cue("lead").match(rest)
    if lead:
        noun = _cue("nouns").search(lead["noun"]) is not None
        if lead["colon"] or (noun and (said or not stated.quantity.text[0].isdigit())):
            found = _inline(passages, index, end + lead.end(), said or noun)
            found = found or (_bulleted(passages, index, end, said or noun) if lead["colon"] else None)
            if found:
                return found
    alone = _cue("lead_alone").match(rest)
    if alone:
        said = said or _cue("announces").search(alone["noun"]) is not None
        noun = _cue("nouns").search(alone["noun"]) is not None
        if alone["colon"] or said or (noun and not stated.quantity.text[0].isdigit()):
            return _paragraphs(passages, index, said or noun) or _bulleted(passages, index, end, said or noun)
    return None


def recalled(passages: Sequence[Passage], index: int, stated: Mention) -> Enumeration | None:
    """The enumeration before a number that looks back (针对以上三个问题): the last one that begins under its noun."""
    plain = passages[index].plain
    if not _recalls("before").search(plain[_clause_start(plain, stated) : stated.start].rstrip()):
        return None
    noun = _recalls("noun").match(plain[stated.end :])
    if noun is None:
        return None
    for place in range(index, max(-1, index - table(Counting).recalled.reach), -1):
        passage = passages[place]
        end = stated.start if place == index else len(passage.plain)
        for mark in _marks():
            first = next((point for point in _points(passage.plain, mark, 0) if point.number == 1), None)
            if first is None or first.start >= end:
                continue
            above = passages[place - 1].plain if place and not passage.plain[: first.start].strip() else ""
            if noun["noun"] not in above + passage.plain[: first.start]:
                continue
            points = [point for point in _points(passage.plain, mark, first.start) if point.start < end]
            found = _collected(passages[: max(index, place + 1)], place, mark, points, True)
            return found if len(found.items) > 1 else None
    return None


def _clause_start(plain: str, stated: Mention) -> int:
    return max(plain.rfind(mark, 0, stated.start) for mark in "。；，") + 1


def numbered_marks(plain: str, start: int) -> Iterator[list[Point]]:
    """The points of a text from ``start`` on, those of each kind of mark together."""
    for mark in _marks():
        yield list(_points(plain, mark, start))


# --- in one paragraph ---------------------------------------------------------------------


def _inline(
    passages: Sequence[Passage], index: int, start: int, announced: bool, above: int | None = None
) -> Enumeration | None:
    """Points from ``start`` on in the paragraph, and those with the numbers that follow at the start of
    paragraphs behind it. ``above`` is the announcing paragraph, if it is another one."""
    passage = passages[index]
    for mark in _marks():
        points = list(_points(passage.plain, mark, start))
        if not points or points[0].number != 1 or points[0].start != start:
            continue
        depth = _depth_of(passage, points[0])
        if depth and depth <= _depth_above(passages, index if above is None else above):
            return None
        return _collected(passages, index, mark, points, announced)
    return None


def _points(plain: str, mark: _Mark, start: int) -> Iterator[Point]:
    for match in mark.pattern.finditer(plain):
        if match.start("mark") >= start:
            number = _number(match["n"], mark.numeral)
            if number:
                yield Point(number, match.start("mark"), match.end())


def _number(written: str, numeral: str) -> int:
    if numeral == "arabic":
        return int(written)
    if numeral == "circled":
        return ord(written) - ord("①") + 1
    return int(numerals.parse(written) or 0)


def _collected(
    passages: Sequence[Passage], index: int, mark: _Mark, points: list[Point], announced: bool
) -> Enumeration:
    items: list[Item] = []
    last = passages[index]
    regular = _extend(items, last, points)
    more = False
    depth = _depth_of(last, points[0])
    between = 0
    for passage in passages[index + 1 :]:
        own = list(_points(passage.plain, mark, 0))
        opening = own[0] if own and not passage.plain[: own[0].start].strip() else None
        if opening is None:
            between += 1
            if _closes(passage, depth) or (not depth and between > _BETWEEN_POINTS):
                break
            more = more or _cue("more").match(passage.plain.lstrip()) is not None
            continue
        between = 0
        if opening.number != len(items) + 1:
            regular = regular and opening.number == 1
            break
        regular = _extend(items, passage, own) and regular
        points = own
        last, more = passage, False
    more = more or _cue("more").search(last.plain, points[-1].end) is not None
    return Enumeration(tuple(items), regular and not more, announced)


def _depth_of(passage: Passage, point: Point) -> int:
    """The depth in the outline of points such as （一）; 0 for words such as 一是."""
    numbered = numbering(passage.plain[point.start :])
    return numbered.depth if numbered else 0


def _closes(passage: Passage, depth: int) -> bool:
    """Whether an enumeration is over at a paragraph: a heading, or a number that is not deeper than its points."""
    numbered = numbering(passage.plain)
    if numbered is None:
        return passage.block.role in ("heading", "title")
    return not depth or numbered.depth <= depth


def _extend(items: list[Item], passage: Passage, points: list[Point]) -> bool:
    """Adds the points that continue the run; tells whether no other numbers of its kind stood between."""
    regular = True
    for point in points:
        if point.number == len(items) + 1:
            items.append(_item(passage, point.end))
        else:
            regular = False
    return regular


def _item(passage: Passage, start: int) -> Item:
    rules = table(Counting).enumerated
    text = passage.plain[start:]
    start += len(text) - len(text.lstrip())
    stop = _cue("item_end").search(passage.plain, start)
    end = min(stop.start() if stop else len(passage.plain), start + rules.longest_item)
    text = passage.plain[start:end].rstrip()
    return Item(text, passage.span(start, start + len(text)))


# --- paragraphs ---------------------------------------------------------------------------


def _paragraphs(passages: Sequence[Passage], index: int, announced: bool) -> Enumeration | None:
    """Points that start with the paragraph behind the announcing one."""
    if index + 1 >= len(passages):
        return None
    following = passages[index + 1]
    first = len(following.plain) - len(following.plain.lstrip())
    return _inline(passages, index + 1, first, announced, above=index)


def _bulleted(passages: Sequence[Passage], index: int, end: int, announced: bool) -> Enumeration | None:
    """Lines that begin with one and the same bullet, right behind the announcing line."""
    lines = list(_lines_behind(passages, index, end))
    first = _cue("bullet").match(lines[0][0].plain, *lines[0][1:]) if lines else None
    if first is None:
        return None
    items: list[Item] = []
    for order, (passage, start, stop) in enumerate(lines):
        bullet = _cue("bullet").match(passage.plain, start, stop)
        if bullet is None or bullet["mark"] != first["mark"]:
            # A list that goes on behind a line without a bullet may hold more, or be another one.
            later = (_cue("bullet").match(other.plain, *edges) for other, *edges in lines[order:])
            return Enumeration(tuple(items), not any(later), announced)
        items.append(_item(passage, bullet.end()))
    return Enumeration(tuple(items), True, announced)


def _lines_behind(passages: Sequence[Passage], index: int, end: int) -> Iterator[tuple[Passage, int, int]]:
    """(passage, start, end) of the lines behind a place, up to the next heading; blank ones are left out."""
    for passage in passages[index : index + 1 + _BETWEEN_POINTS]:
        if passage is not passages[index] and (passage.block.role in ("heading", "title") or numbering(passage.plain)):
            return
        start = passage.plain.find("\n", end) + 1 if passage is passages[index] else 0
        if passage is passages[index] and not start:
            continue
        for line in passage.plain[start:].split("\n"):
            if line.strip():
                yield passage, start, start + len(line)
            start += len(line) + 1


def _depth_above(passages: Sequence[Passage], index: int) -> int:
    """The depth of the numbered paragraph that the announcing one is, or stands under."""
    for passage in reversed(passages[: index + 1]):
        numbered = numbering(passage.plain)
        if numbered:
            return numbered.depth
        if passage.block.role in ("heading", "title"):
            return 0
    return 0
