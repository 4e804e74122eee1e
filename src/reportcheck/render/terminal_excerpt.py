"""The passage around a finding, with the figure in question marked under it.

信访救助资金预算60万元，支出52.05万元，执行率为86.57%。
                ~~~~~~      ~~~~~~~~~          ^^^^^^
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from reportcheck.model import Block, Span
from reportcheck.render.places import Places
from reportcheck.render.surroundings import CELL_JOIN
from reportcheck.render.terminal_lines import ELLIPSIS, Range, printable, visible, width, width_of, window, wrap
from reportcheck.text import normalise, sentences

MOST_LINES = 3


class Excerpt(Struct, frozen=True):
    """A text with the ``figure`` and the ``operands`` in it; ``limits`` is the part worth showing, and
    ``unbroken`` are all figures, which no line break divides."""

    text: str
    figure: Range
    operands: tuple[tuple[Range, Span], ...]
    limits: Range
    unbroken: tuple[Range, ...] = ()


class Line(Struct, frozen=True):
    """A line of the passage and the figures in it, as ranges of ``text``."""

    text: str
    figures: tuple[Range, ...]
    operands: tuple[Range, ...]

    def marks(self) -> str:
        """The line of carets and tildes that goes under it; empty where nothing is marked."""
        signs = [" "] * len(self.text)
        for ranges, sign in ((self.operands, "~"), (self.figures, "^")):
            for start, end in ranges:
                signs[start:end] = sign * (end - start)
        drawn = "".join(sign * width_of(c) for sign, c in zip(signs, self.text, strict=True))
        return drawn.rstrip()


def excerpt(spans: Sequence[Span], places: Places, known: Iterable[Span] = ()) -> Excerpt:
    """The paragraph, or the table row, around the first span, with the others that stand there; ``known``
    are the figures of the report."""
    block = places.blocks[spans[0].block]
    if block.role == "cell":
        return _row(spans, places, block)
    here = tuple(((s.start, s.end), s) for s in spans[1:] if s.block == block.id and s != spans[0])
    figure = (spans[0].start, spans[0].end)
    unbroken = tuple((s.start, s.end) for s in known if s.block == block.id)
    return Excerpt(block.text, figure, here, (0, len(block.text)), unbroken)


def _row(spans: Sequence[Span], places: Places, block: Block) -> Excerpt:
    cells = places.around.row_of(block)
    starts: dict[str, int] = {}
    length = 0
    for cell in cells:
        starts[cell.id] = length
        length += len(cell.text) + len(CELL_JOIN)
    text = CELL_JOIN.join(cell.text for cell in cells)
    moved = [((starts[s.block] + s.start, starts[s.block] + s.end), s) for s in spans if s.block in starts]
    return Excerpt(text, moved[0][0], tuple(m for m in moved[1:] if m[1] != spans[0]), (0, len(text)))


def draw(passage: Excerpt, columns: int, is_row: bool) -> tuple[list[Line], frozenset[Span]]:
    """The passage as lines, cut to what surrounds the figure, and the operands that can be seen in it."""
    text = printable(passage.text)
    budget = columns * MOST_LINES - 2 * width(ELLIPSIS) - (0 if columns < 20 else 8)
    limits = passage.limits if is_row else _sentences_of(text, passage, budget)
    ranges = [r for r, _ in passage.operands]
    start, end = window(text, budget, passage.figure, ranges, limits)
    start, end = _trimmed(text, start, end)
    seen = [(r, s) for r, s in passage.operands if start <= r[0] and r[1] <= end]
    lines = _lines(text, (start, end), limits, passage, [r for r, _ in seen], columns)
    return lines, frozenset(s for _, s in seen)


def _sentences_of(text: str, passage: Excerpt, budget: int) -> Range:
    """From the first to the last sentence that holds the figure or an operand near enough to be shown."""
    bounds = sentences(normalise(text))
    near = [passage.figure]
    for other, _ in passage.operands:
        low, high = min(other[0], passage.figure[0]), max(other[1], passage.figure[1])
        if width(text[low:high]) <= budget:
            near.append(other)
    first, last = min(r[0] for r in near), max(r[1] for r in near)
    touched = [(s, e) for s, e in bounds if s < last and first < e] or [(0, len(text))]
    return touched[0][0], touched[-1][1]


def _trimmed(text: str, start: int, end: int) -> Range:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _lines(
    text: str, shown: Range, limits: Range, passage: Excerpt, operands: Iterable[Range], columns: int
) -> list[Line]:
    start, end = shown
    limits = _trimmed(text, *limits)
    before = ELLIPSIS if start > limits[0] else ""
    after = ELLIPSIS if end < limits[1] else ""
    whole = before + text[start:end] + after

    def moved(ranges: Iterable[Range]) -> list[Range]:
        shift = len(before) - start
        return [(s + shift, e + shift) for s, e in ranges if start <= s and e <= end]

    figures, others = moved([passage.figure]), moved(operands)
    lines = wrap(whole, columns, [*figures, *others, *moved(passage.unbroken)])
    return [_line(whole, line, figures, others) for line in lines]


def _line(text: str, line: Range, figures: Iterable[Range], operands: Iterable[Range]) -> Line:
    piece = text[line[0] : line[1]].rstrip()
    return (
        Line(piece, _within(figures, line), _within(operands, line))
        if visible(piece) == piece
        else _clean(piece, _within(figures, line), _within(operands, line))
    )


def _within(ranges: Iterable[Range], line: Range) -> tuple[Range, ...]:
    """The parts of the ranges that stand on a line, counted from its start."""
    cut = ((max(s, line[0]) - line[0], min(e, line[1]) - line[0]) for s, e in ranges)
    return tuple((s, e) for s, e in cut if s < e)


def _clean(piece: str, figures: tuple[Range, ...], operands: tuple[Range, ...]) -> Line:
    """The line without format characters, its ranges moved accordingly."""

    def moved(ranges: tuple[Range, ...]) -> tuple[Range, ...]:
        return tuple((len(visible(piece[:s])), len(visible(piece[:e]))) for s, e in ranges)

    return Line(visible(piece), moved(figures), moved(operands))
