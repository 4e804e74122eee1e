"""Lists in running text: items that stand side by side, and the figures that may be their whole.

A list is opened by words (其中, 分为, 按…分, a colon), by its whole named again, or by a bracket behind a figure; or it
is closed by a total behind it (合计), or by a figure that says that it is the rest. Marks part its items: the mark
between the first two tells which, a stronger mark ends it, a weaker one parts figures of one item. Levels nest: an item
may open a list of its own. What a list adds up to is another module's question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from reportcheck.extract.mention import Mention, Passage, words
from reportcheck.groups.amounts import (
    bears,
    counts_items,
    flow,
    in_common,
    is_amount,
    is_other,
    is_remainder,
    kind_of_slot,
    side,
    trimmed,
)
from reportcheck.groups.heads import heads_before, heads_of_sentence_before, named_again, owner_of_bracket
from reportcheck.groups.levels import Item, Level, List, Opening
from reportcheck.groups.marks import COMMA, NONE, PAUSE, SEMICOLON, SENTENCE, opens, says_total, strongest
from reportcheck.groups.partitions import is_partition
from reportcheck.numerals import parse

_MOST_ITEMS = 60


def lists(passage: Passage) -> tuple[List, ...]:
    """Every list of a passage, by the brackets that they stand in."""
    levels: dict[int, list[Mention]] = defaultdict(list)
    for mention in passage.mentions:
        levels[mention.bracket if mention.depth else 0].append(mention)
    return tuple(
        found
        for bracket, figures in levels.items()
        for found in _Reader(passage, figures, owner_of_bracket(passage, figures) if bracket else ()).read()
    )


class _Reader:
    """Reads the figures of one bracket level from left to right."""

    def __init__(self, passage: Passage, figures: Sequence[Mention], owner: Item) -> None:
        self._passage = passage
        self._figures = figures
        self._stack = [Level()]
        self._found: list[List] = []
        self._summed: tuple[Item, ...] = ()
        self._total: Mention | None = None
        self._before: list[list[Mention]] = []
        if owner:
            self._stack.append(Level("bracket", owner))

    def read(self) -> list[List]:
        previous = anchor = None
        between: list[Mention] = []
        for figure in self._figures:
            if is_amount(figure):
                lead = self._lead(anchor, figure, between)
                self._place(figure, lead, NONE if anchor is None else strongest(lead))
                anchor, between = figure, []
            elif not counts_items(figure):
                if previous is not None and figure.sentence != previous.sentence:
                    self._close()
                if self._stack[-1].items:
                    self._stack[-1].items[-1].append(figure)
            if figure is not anchor and not counts_items(figure):
                between.append(figure)
            previous = figure
        self._close()
        return self._found

    def _lead(self, anchor: Mention | None, figure: Mention, between: Sequence[Mention]) -> str:
        """What stands between an amount and the one before it, other figures and the names' own brackets left out."""
        start = anchor.end if anchor else self._passage.starts[figure.sentence][0]
        if anchor is None and figure.depth:
            start = self._passage.plain.rfind("（", 0, figure.start) + 1
        text = self._passage.plain[start : figure.start]
        for other in reversed(between):
            if start <= other.start:
                text = text[: other.start - start] + text[other.end - start :]
        return re.sub(r"(?<![，。；：\s])（[^（）]*）", "", text)

    def _place(self, figure: Mention, lead: str, mark: int) -> None:
        """Puts an amount where the words and the mark before it say that it stands."""
        named = named_again(self._figures, figure, lead)
        opener = self._opener(figure, lead, mark)
        numbered = words("item_number").search(lead) is not None or self._on_lines(lead)
        goes_on = numbered and any(level.numbered for level in self._stack)
        goes_on = goes_on or (mark == SENTENCE and not opener and self._completes(figure))
        if self._joins(figure) or (not opener and self._sums_up(figure, lead, mark)):
            return
        if mark == SENTENCE and not goes_on:
            self._close()
        if named and not goes_on:
            while len(self._stack) > 1:
                self._pop()
            self._push(Level("words", named, lead, numbered=numbered, lead=lead), figure)
        elif opener and not goes_on and self._is_opened(opener, mark):
            heads = (
                heads_before(self._stack, figure, opener, mark)
                if mark < SENTENCE
                else heads_of_sentence_before(self._before, figure)
            )
            sure = mark < SENTENCE and figure.dimension != "score"
            opening: Opening = "colon" if opener == "：" else "words"
            self._push(Level(opening, heads, opener, numbered=numbered, sure=sure, lead=lead), figure)
        else:
            self._add(figure, mark, numbered)

    def _opener(self, figure: Mention, lead: str, mark: int) -> str:
        """The words before an amount that open a list."""
        opener = opens(lead) or self._closed_behind(figure, lead)
        of_rates = words("parallel").match(opener) and opener not in figure.gap
        stray = opener == "：" and mark == SENTENCE and not self._on_lines(lead)
        # The words begin each item, and so belong to the items.
        of_items = words("partial_opener").match(opener) and any(opener in level.lead for level in self._stack)
        return "" if of_rates or stray or of_items or words("counted_total").search(lead) else opener

    def _is_opened(self, opener: str, mark: int) -> bool:
        """Whether words open a list here: a bracket is one already, and members side by side are not the parts of what
        another sentence states."""
        level = self._stack[-1]
        if level.opening == "bracket" and not level.items:
            level.opener = opener
            return False
        return not (mark == SENTENCE and words("parallel").match(opener))

    def _completes(self, figure: Mention) -> bool:
        """Whether a list goes on in further sentences: these first name what is missing of a whole that is known."""
        level = self._stack[-1]
        if level.opening != "words" or not level.items or level.mark == PAUSE:
            return False
        names = [item[0] for item in level.items]
        later = [m for m in self._figures if m.order >= figure.order and is_amount(m) and m.own_subject]
        firsts = list({m.sentence: m for m in reversed(later) if m.dimension == figure.dimension}.values())[::-1]
        known = is_partition(names)
        return not known and any(is_partition([*names, *later[:k]]) for k in range(1, len(firsts) + 2))

    def _closed_behind(self, figure: Mention, lead: str) -> str:
        """由A、B和C组成: the words that open a list, where others close it."""
        before = words("closed_before").search(lead)
        return before[0][:1] if before and words("closed_behind").search(self._passage.plain[figure.end :]) else ""

    def _on_lines(self, lead: str) -> bool:
        """Whether a figure begins a line behind a list that a colon at the end of a line opened: each line is an
        item."""
        return "\n" in lead and ("：\n" in lead or any(level.numbered for level in self._stack))

    def _push(self, level: Level, figure: Mention) -> None:
        level.items.append([figure])
        self._stack.append(level)

    def _add(self, figure: Mention, mark: int, numbered: bool) -> None:
        """Puts a figure into the innermost list that its mark leaves open: as a new item, or into the last one."""
        level = self._stack[-1]
        while len(self._stack) > 1 and level.items and self._ends(level, figure, mark, numbered):
            self._pop(figure)
            level = self._stack[-1]
        if not level.items:
            level.numbered = numbered
        elif not self._begins(level, figure, mark, numbered):
            level.items[-1].append(figure)
            if self._summed and level.items[-1][0] is self._total and mark < SEMICOLON:
                # The total of another kind of amount, right behind the first.
                self._found.append(List(self._passage, "closing", (figure,), self._summed))
            return
        elif not level.mark and mark < SENTENCE and not (level.items[0][0] is self._total and mark == SEMICOLON):
            level.mark = mark
        level.items.append([figure])

    def _ends(self, level: Level, figure: Mention, mark: int, numbered: bool) -> bool:
        """Whether a figure lies beyond a list: a stronger mark parts it, it stands besides, is what is left over, sums
        up, or goes the other way."""
        if level.numbered:
            return mark == SENTENCE and not numbered
        if mark == SENTENCE:
            return not self._completes(figure)
        if is_other(figure) and mark <= COMMA:
            return False
        flows = {flow(figure), *(flow(head) for head in level.heads[:1])} - {""}
        balance = bool(level.heads) and level.heads[0].role == "total"
        left = mark > PAUSE and is_remainder(figure) and not balance and not is_remainder(level.items[0][0])
        total = figure.role == "total" and words("strong_total").search(figure.gap)
        if side(level.items[0][0]) == "deduction" != side(figure):
            return True
        if len(flows) > 1 or left or total or words("besides").search(figure.gap):
            return True
        if not level.mark and mark == SEMICOLON and level.opening == "words":
            # Without a colon or comma behind its words a list reaches over a semicolon only where what follows is like
            # what stands before.
            spoken = words("comma_introduction").search(level.items[0][0].gap)
            return not spoken and not self._parallel(level.items[0], figure)
        return bool(level.mark) and mark > level.mark

    def _parallel(self, item: Sequence[Mention], figure: Mention) -> bool:
        """Whether a figure is followed by one of the kinds that an item has besides its amount."""
        following = self._figures[self._figures.index(figure) + 1 :]
        own = next((i for i, m in enumerate(following) if re.search("[；。]", m.gap)), len(following))
        return bool({kind_of_slot(m) for m in item[1:]} & {kind_of_slot(m) for m in following[:own]})

    def _begins(self, level: Level, figure: Mention, mark: int, numbered: bool) -> bool:
        """Whether a figure begins a new item of a list, rather than being another of the last one."""
        if level.numbered or numbered:
            return numbered or not level.numbered
        if mark == SENTENCE:
            return True
        amounts = [m for m in level.items[-1] if is_amount(m)]
        if amounts and words("rest").search(figure.gap):
            return True
        if not amounts or (figure.dimension not in {m.dimension for m in amounts} and mark < SEMICOLON):
            return False
        other_side = side(figure) and all(side(m) != side(figure) for m in amounts)
        if other_side and figure.dimension == "score" and mark < SEMICOLON:
            # Full marks and the marks earned are of one item.
            return False
        if other_side and mark < SEMICOLON and (mark == NONE or not figure.head.replace(figure.cue, "")):
            return False
        return not level.mark or mark == level.mark or level.mark == COMMA or (level.mark == PAUSE and mark < PAUSE)

    def _joins(self, figure: Mention) -> bool:
        """Whether a figure is the total of those that it names (甲与乙合计)."""
        if figure.role != "total" or not words("strong_total").search(figure.gap):
            return False
        joined = words("joined_names").search(re.split("[，。；：\n]", self._passage.plain[: figure.start])[-1])
        names = [name for name in re.split(words("joint"), joined["names"]) if len(name) >= 3] if joined else []
        before = [m for m in self._figures if m.order < figure.order and m.dimension == figure.dimension]
        found = [next((m for m in reversed(before) if bears(m, name)), None) for name in names]
        held = [m for m in found if m is not None]
        if len(held) < 2 or len({m.order for m in held}) < len(names):
            return False
        self._found.append(List(self._passage, "closing", (figure,), tuple((m,) for m in held), "", figure.gap))
        return True

    def _sums_up(self, figure: Mention, lead: str, mark: int) -> bool:
        """Whether a figure closes the list before it as its total (合计)."""
        level = next((level for level in reversed(self._stack) if len(level.items) > 1), self._stack[-1])
        if not self._is_total_of(level, figure, lead, mark):
            return False
        items, groups = self._summed_items(level, figure, lead, mark)
        bare = words("bare_total").fullmatch(lead) is not None
        plain = bare or mark == SENTENCE or _is_headless(level) or says_total(lead)
        if len(items) < (2 if plain else 3):
            return False
        while self._stack[-1] is not level:
            self._pop(figure)
        if level.opening and level.heads:
            self._found.append(self._finished(level, figure))
        self._total, self._summed = figure, items
        self._found.append(List(self._passage, "closing", (figure,), items, level.opener, lead, groups))
        for other in self._stack[:-1]:
            if not other.heads and words("divided").search(other.opener):
                # The same whole was divided in another way before.
                divided = tuple(map(tuple, other.items))
                self._found.append(List(self._passage, "closing", (figure,), divided, other.opener, lead))
        level.items[:] = [[figure]]
        level.mark = NONE
        return True

    def _is_total_of(self, level: Level, figure: Mention, lead: str, mark: int) -> bool:
        """Whether the words before a figure make it the total of a list that has no other."""
        if is_other(figure) or words("rest").search(figure.gap):
            # A sum of all the others is what is left of the list, not all of it.
            return False
        counted = words("counted_total").search(lead) is not None
        if mark < SEMICOLON and not counted and self._passage.mentions[figure.order - 1].role == "price":
            # A price times a number comes to it.
            return False
        if figure.role != "total" and not counted:
            return False
        if level.opening is None:
            return says_total(lead) or (mark < SENTENCE and words("summed_up").search(lead) is not None)
        if level.sure and not counted and any(head.dimension == figure.dimension for head in level.heads):
            return False
        summed = words("summed_up").search(lead) is not None
        return says_total(lead) or summed or _is_headless(level) or mark == SENTENCE

    def _summed_items(
        self, level: Level, figure: Mention, lead: str, mark: int
    ) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
        """The items that a total sums up, and the total of another group that may be one of them."""
        items = [item for item in level.items if any(is_amount(m) and m.dimension == figure.dimension for m in item)]
        while items and len({flow(m) for m in (figure, items[0][0])} - {""}) > 1:
            del items[0]
        added = next((i for i, item in enumerate(items) if words("added").search(item[0].gap)), None)
        if added == 0:
            # It is added to what the sentence before is about.
            before = heads_of_sentence_before(self._before, figure)
            before = tuple(m for m in before if m.role == "total") or before
            items = [[before[0]], *items] if len(before) == 1 else []
        elif added:
            items = items[added - 1 :]
        counted = words("counted_total").search(lead)
        size = int(parse(counted["n"]) or 0) if counted else len(items)
        first = words("first_ones").search(lead) is not None
        items = (items[:size] if first else items[-size:]) if size <= len(items) else []
        groups = items[:1] if len(items) > 2 and items[0][0] is self._total and not counted else []
        items = items[len(groups) :]
        if mark < SENTENCE and not says_total(lead):
            # What the total says was done tells its items from others.
            alike = [item for item in items if in_common(item[0].head, figure.head)]
            items = alike if len(alike) > 1 else items
        if mark < SEMICOLON and words("bare_total").fullmatch(lead):
            # What names nothing sums up its own part of the sentence.
            items = [item for item in items if "；" not in self._passage.plain[item[0].start : figure.start]]
        return tuple(map(tuple, items)), tuple(map(tuple, groups))

    def _pop(self, beyond: Mention | None = None) -> None:
        level = self._stack.pop()
        if level.opening and level.items:
            self._found.append(self._finished(level, beyond))

    def _finished(self, level: Level, beyond: Mention | None) -> List:
        assert level.opening is not None
        items = trimmed([tuple(item) for item in level.items[:_MOST_ITEMS]])
        last = max(level.items[-1], key=lambda m: m.end)
        close = re.match("[^。；]{0,14}", self._passage.plain[last.end :])
        longer = self._beyond(level, beyond) if beyond is not None else ()
        end = close[0] if close else ""
        blurred = any(words("added").search(head.gap) for head in level.heads)
        # Where a total follows, the last items may be added to the whole, not parts of it.
        followed = beyond is not None and beyond.role == "total" and beyond.sentence == last.sentence
        blurred = blurred or (followed and level.opening != "bracket")
        return List(self._passage, level.opening, level.heads, items, level.opener, end, longer, level.sure, blurred)

    def _beyond(self, level: Level, beyond: Mention) -> tuple[Item, ...]:
        """Where a list parted by pauses may go on behind a comma, or one parted by commas behind a semicolon, the
        items that it would have: figures with names of their own, to the end of the sentence."""
        if level.mark not in (PAUSE, COMMA) or not beyond.own_subject or level.opening == "bracket":
            return ()
        more = [m for m in self._figures if m.order >= beyond.order and m.sentence == beyond.sentence]
        if level.mark == PAUSE:
            stop = next((i for i, m in enumerate(more) if "；" in m.gap or m.role == "total"), len(more))
            more = more[:stop]
        items = [m for m in more if is_amount(m)]
        goes_on = all(m.dimension == beyond.dimension and m.role == "level" and m.own_subject for m in items)
        opened = any(opens(m.gap) for m in items)
        return tuple((m,) for m in items) if goes_on and not opened else ()

    def _close(self) -> None:
        while len(self._stack) > 1:
            self._pop()
        items = self._stack[0].items
        self._found += self._implied(items)
        self._before += items
        self._stack = [Level()]

    def _implied(self, items: Sequence[Sequence[Mention]]) -> Iterator[List]:
        """A list that no word opens, but whose last item is said to be the rest of the whole before it."""
        for index, item in enumerate(items):
            if index >= 2 and words("rest").search(item[0].gap) and item[0].role in ("difference", "level"):
                same = [each for each in items[: index + 1] if each[0].dimension == item[0].dimension]
                start = next((i for i in range(len(same) - 1, 0, -1) if "；" in same[i][0].gap), 0)
                run = [tuple(each) for each in same[start:]]
                total = next((i for i in range(len(run) - 2, 0, -1) if run[i][0].role == "total"), 0)
                run = [run[0], *run[total:]] if total else run
                limit = words("limit_behind").match(run[-1][0].tail) is not None
                # What is left of money is what was given less what was used.
                limit = limit or (
                    item[0].role == "difference" and item[0].dimension == "money" and not is_other(item[0])
                )
                if len(run) > 2 and not limit and not words("only").search(run[0][0].head):
                    heads = (run[0][0], run[-3][0]) if len(run) > 3 else run[0][:1]
                    yield List(self._passage, "rest", heads, tuple(run[1:]), sure=False)


def _is_headless(level: Level) -> bool:
    """Whether words open a list that has no whole so far."""
    return level.opening is not None and not level.heads
