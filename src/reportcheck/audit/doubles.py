"""The same report in two files (Word and PDF, a table of the report as a workbook): ``copies-differ``.

Sentences and rows are compared by their words with the numbers taken out. Two files are copies where most that the
smaller one says with numbers stands in the larger one, and nearly all of that with the same numbers: files of one form
filled in twice have the words alone in common.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from reportcheck.audit.about import words
from reportcheck.model import Block, Document, Span
from reportcheck.text import normalise, sentences

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LEAST_SHARED = 4
_SHORTEST = 4


class _Number(Struct, frozen=True):
    value: Decimal
    span: Span


class Difference(Struct, frozen=True):
    """Two numbers that stand in the same words of two files."""

    one: Span
    other: Span


class Frames:
    """The sentences and rows of a document that hold numbers, by their words."""

    def __init__(self, document: Document) -> None:
        self.by_words: dict[str, list[tuple[_Number, ...]]] = defaultdict(list)
        for frame, numbers in _frames(document):
            self.by_words[frame].append(numbers)
        self.count = sum(map(len, self.by_words.values()))


def differences(one: Frames, other: Frames) -> list[Difference] | None:
    """Where two copies of a report differ; ``None`` where they are none."""
    pairs = [
        pair
        for frame, held in one.by_words.items()
        if len(held) == len(other.by_words.get(frame, ()))
        for pair in zip(held, other.by_words[frame], strict=True)
    ]
    equal = sum(_values(first) == _values(second) for first, second in pairs)
    if len(pairs) < _LEAST_SHARED or 3 * len(pairs) < 2 * min(one.count, other.count) or 10 * equal < 7 * len(pairs):
        return None
    return [
        Difference(first.span, second.span)
        for pair in pairs
        for first, second in zip(*pair, strict=True)
        if first.value != second.value
    ]


def _values(numbers: Sequence[_Number]) -> list[Decimal]:
    return [number.value for number in numbers]


def _frames(document: Document) -> Iterator[tuple[str, tuple[_Number, ...]]]:
    for block in document.blocks:
        if block.role in ("paragraph", "heading", "title"):
            plain = normalise(block.text)
            for start, end in sentences(plain):
                yield from _frame([(block, start, end)])
    for held in document.tables:
        for row in held.cells:
            cells = [cell for cell in dict.fromkeys(row) if cell is not None]
            yield from _frame([(cell, 0, len(cell.text)) for cell in cells])


def _frame(pieces: Sequence[tuple[Block, int, int]]) -> Iterator[tuple[str, tuple[_Number, ...]]]:
    """The words of a sentence or row with its numbers; those of dates belong to the words."""
    texts: list[str] = []
    numbers: list[_Number] = []
    for block, start, end in pieces:
        plain = normalise(block.text)
        last = start
        for match in _NUMBER.finditer(plain, start, end):
            texts.append(plain[last : match.start()])
            last = match.end()
            if words("doubles", "dated").match(plain, match.end()):
                texts.append("@")
                continue
            texts.append("#")
            numbers.append(_Number(Decimal(match[0].replace(",", "")), Span(block.id, match.start(), match.end())))
        texts += [plain[last:end], "|"]
    frame = "".join("".join(texts).split())
    if numbers and len(words("doubles", "word").findall(frame)) >= _SHORTEST:
        yield frame, tuple(numbers)
