"""Prose → passages: each figure of a paragraph with what it measures and what it does in its sentence.

The head of a figure is what stands before it in its clause. The frames of ``patterns/roles.toml`` tell the
figure's role from the head; what they leave over names the indicator. Where nothing is left over, the
subject carries over from the clause or sentence before, as a Chinese reader carries it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec.structs import replace

from reportcheck.defects import named, one_place
from reportcheck.extract.carry import carry
from reportcheck.extract.mention import FILLER, Mention, Passage, read_mention
from reportcheck.extract.outline import numbering, scopes
from reportcheck.model import Block, Document, Quantity
from reportcheck.quantities import find_quantities
from reportcheck.text import normalise, sentences

_BREAK = re.compile(r"[，。；：、！？!?\n（）]")
_HEAD_LIMIT = 60
_APPOSITION = 10
_LEADS = ("：", ":", "；", ";", "，", ",", "、")
_MOST_LED = 60
_LONGEST_ITEM = 120


def read_prose(document: Document) -> tuple[Passage, ...]:
    """Every block of prose that is not a table cell or a line of the contents, with its figures."""
    paths = scopes(document)
    prose = (block for block in document.blocks if block.role != "contents" and block.text.strip())
    return tuple(_read(group, paths.get(group[0].id, "")) for group in _led(prose) if group[0].role != "cell")


def _read(blocks: Sequence[Block], scope: str) -> Passage:
    """The passage with its figures; one that cannot be read keeps its place, without any."""
    read = None
    with one_place("paragraph-defect", named(blocks[0].id, blocks[0].text)):
        read = passage(blocks, scope)
    return read or _unread(blocks, scope)


def _led(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """Groups lines of which one leads into the next: it ends in a colon, a semicolon or a comma; and the items behind a
    colon, a line each."""
    group: list[Block] = []
    for block in blocks:
        joins = group and block.role == group[-1].role == "paragraph"
        joins = joins and (group[-1].text.rstrip().endswith(_LEADS) or _is_next_item(group, block))
        if group and not (joins and len(group) < _MOST_LED):
            yield tuple(group)
            group = []
        group.append(block)
    if group:
        yield tuple(group)


def _is_next_item(group: Sequence[Block], block: Block) -> bool:
    """Whether a line is an item like the one before it, of a list that a colon at a line's end opened: short, with a
    figure in its first clause."""
    opened = any(line.text.rstrip().endswith(("：", ":")) and find_quantities(line.text, "") for line in group[:-1])
    return opened and all(_is_item(line.text) for line in (group[-1], block))


def _is_item(text: str) -> bool:
    first = _BREAK.split(text.strip())[0]
    return len(text) <= _LONGEST_ITEM and bool(find_quantities(first, ""))


def passage(blocks: Sequence[Block], scope: str = "") -> Passage:
    """The figures of one paragraph with their roles and subjects."""
    unread = _unread(blocks, scope)
    plain, starts = unread.plain, unread.starts
    quantities = find_quantities("\n".join(block.text for block in blocks), "")
    if not quantities:
        return unread
    masked, depths, brackets = _brackets(plain, quantities)
    numbered = numbering(plain)
    if numbered and numbered.start <= quantities[0].span.start:
        masked = FILLER * numbered.start + masked[numbered.start :]
    mentions = list(_mentions(masked, quantities, starts, depths, brackets, scope))
    mentions = [replace(m, start=m.quantity.span.start, end=m.quantity.span.end) for m in mentions]
    placed = carry(mentions, plain)
    return replace(unread, mentions=tuple(_rebased(mention, unread) for mention in placed))


def _unread(blocks: Sequence[Block], scope: str) -> Passage:
    """The passage before its figures are looked for."""
    plain = normalise("\n".join(block.text for block in blocks))
    lengths = [len(block.text) + 1 for block in blocks]
    return Passage(tuple(blocks), (0, *accumulate(lengths[:-1])), plain, scope, (), tuple(sentences(plain)))


def _rebased(mention: Mention, passage: Passage) -> Mention:
    """The mention with its figure's span counted from the start of its own block."""
    span = passage.span(mention.start, mention.end)
    return replace(mention, fact=replace(mention.fact, quantity=replace(mention.quantity, span=span)))


def _brackets(plain: str, quantities: list[Quantity]) -> tuple[str, list[int], list[int]]:
    """Blanks out brackets without figures (they belong to a name), and numbers those that hold some.

    Returns the masked text, and for each character the depth and the number of its innermost bracket.
    """
    starts = {quantity.span.start for quantity in quantities}
    masked = list(plain)
    depths, numbers = [0] * len(plain), [0] * len(plain)
    stack: list[int] = []
    count = 0
    for index, character in enumerate(plain):
        if character == "（":
            stack.append(index)
        elif character == "）" and stack:
            opened = stack.pop()
            inner = range(opened, index + 1)
            if starts.isdisjoint(inner):
                masked[opened : index + 1] = FILLER * len(inner)
            elif _is_apposition(plain, inner, quantities):
                continue
            else:
                count += 1
                for position in inner:
                    depths[position] += 1
                    numbers[position] = numbers[position] or count
    return "".join(masked), depths, numbers


def _is_apposition(plain: str, inner: range, quantities: list[Quantity]) -> bool:
    """Brackets that hold one figure and little else, such as 项目支出（879.05万元）, add no level."""
    held = [quantity for quantity in quantities if quantity.span.start in inner]
    if len(held) != 1 or len(inner) - len(held[0].text) > _APPOSITION:
        return False
    return held[0].unit.dimension == "ratio" or not plain[inner.start + 1 : held[0].span.start].strip()


def _mentions(
    masked: str,
    quantities: list[Quantity],
    starts: tuple[tuple[int, int], ...],
    depths: list[int],
    brackets: list[int],
    scope: str,
) -> Iterator[Mention]:
    sentence = 0
    previous_end = 0
    for order, quantity in enumerate(quantities):
        start, end = quantity.span.start, quantity.span.end
        while sentence + 1 < len(starts) and starts[sentence][1] <= start:
            sentence += 1
        floor = max(previous_end, starts[sentence][0])
        gap = _tidy(masked[floor:start])
        head = _tidy(masked[max(floor, _last_break(masked, floor, start)) : start]).strip("（：，")
        following = quantities[order + 1].span.start if order + 1 < len(quantities) else len(masked)
        stop = _BREAK.search(masked, end, following)
        tail = _tidy(masked[end : stop.start() if stop else following])
        place = (order, sentence, depths[start], brackets[start])
        yield read_mention(quantity, place, head[-_HEAD_LIMIT:], gap, tail, scope)
        previous_end = end


def _tidy(phrase: str) -> str:
    """Words without fillers and without the spaces that layout puts between characters."""
    return phrase.replace(FILLER, "").replace(" ", "")


def _last_break(masked: str, floor: int, start: int) -> int:
    last = floor
    for match in _BREAK.finditer(masked, floor, start):
        # A colon or comma right before the figure does not part it from its name.
        if masked[match.end() : start].strip(" " + FILLER):
            last = match.end()
    return last
