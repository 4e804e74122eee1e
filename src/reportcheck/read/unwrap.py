"""Paragraphs of a text whose lines were broken at a fixed width.

Lines are joined only where the whole text shows that it was wrapped: most lines fill the same width, they
break in the middle of sentences, and the lines that fall short end sentences; or where a figure is broken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from reportcheck.catalog import table
from reportcheck.schemas.reading import Captions
from reportcheck.text import display_width

_SLACK = 6
"""Columns by which a full line may fall short: a number or word that was not broken."""
_FEWEST_LINES = 6
_FEWEST_FULL = 4
_WIDTHS = range(40, 161)
_FULL_SHARE = 0.3
_BROKEN_SHARE = 0.65
_ENDING_SHARE = 0.6
_LONGEST_PARAGRAPH = 15
"""Lines to a sentence end beyond which this is a list of equal lines, not prose."""
_WORD_BREAK = re.compile(r"[A-Za-z]\n[A-Za-z]")


class Wrapping(Struct, frozen=True):
    """How a text was wrapped: at which width in columns, and whether its paragraphs are indented."""

    width: int
    indents: bool

    def is_full(self, line: str) -> bool:
        """Whether a line fills the width, so that it may have been broken there."""
        return _is_full(line.rstrip(), self.width)


def unwrap(lines: Sequence[str], wrapping: Wrapping | None) -> list[tuple[int, str]]:
    """The paragraphs as (index of the first line, text); blank lines end one and give none."""
    paragraphs: list[tuple[int, str]] = []
    previous = ""
    for index, line in enumerate(lines):
        bare = line.strip()
        if bare and (breaks_figure(previous, bare) or (wrapping and _continues(previous, line, wrapping))):
            start, text = paragraphs.pop()
            paragraphs.append((start, _joined(text, bare)))
        elif bare:
            paragraphs.append((index, bare))
        previous = line
    return paragraphs


def breaks_figure(line: str, following: str) -> bool:
    """Whether the end of a line stands within a figure of a sentence: 实际支出52.05 and 万元 below it."""
    return table(Captions).sentence.broken_figure.compiled.search(f"{line.rstrip()}\n{following}") is not None


def _continues(previous: str, line: str, wrapping: Wrapping) -> bool:
    """Whether a line goes on with the paragraph of the one before."""
    broken = wrapping.is_full(previous) and (wrapping.indents or not _ends_sentence(previous))
    return broken and not _opens(line)


def wrapping_of(lines: Sequence[str]) -> Wrapping | None:
    """How a text was wrapped, or ``None`` if it is not clear that it was."""
    filled = [line.rstrip() for line in lines if line.strip()]
    if len(filled) < _FEWEST_LINES:
        return None
    width = _common_width(filled)
    full = [line for line in filled if _is_full(line, width)]
    wider = sum(display_width(line) > width for line in filled)
    if width not in _WIDTHS or len(full) < max(_FEWEST_FULL, _FULL_SHARE * len(filled)) or wider > 0.05 * len(filled):
        return None
    broken = [line for line in full if not _ends_sentence(line)]
    after_full = [line for before, line in pairwise(filled) if _is_full(before, width)]
    last = [line for line in after_full if not _is_full(line, width)]
    ending = [line for line in last if _ends_sentence(line)]
    sentences = sum(map(_ends_sentence, filled))
    clear = (
        len(broken) >= _BROKEN_SHARE * len(full)
        and len(ending) >= _ENDING_SHARE * len(last)
        and sentences * _LONGEST_PARAGRAPH >= len(full)
    )
    return Wrapping(width, _indents_openings(lines, width)) if clear else None


def _common_width(lines: Sequence[str]) -> int:
    """The width that, with the slack below it, takes in most lines; the least of those."""
    counts = Counter(display_width(line) for line in lines)
    taken = {width: sum(counts[width - less] for less in range(_SLACK + 1)) for width in counts}
    return min(taken, key=lambda width: (-taken[width], width))


def _is_full(line: str, width: int) -> bool:
    return width - _SLACK <= display_width(line) <= width


def _ends_sentence(line: str) -> bool:
    return line.rstrip().endswith(table(Captions).sentence.ends)


def _indents_openings(lines: Sequence[str], width: int) -> bool:
    """Whether this text indents the first lines of its paragraphs, so that only those open one."""
    after_short = [line for before, line in pairwise(lines) if not _is_full(before.rstrip(), width)]
    openings = [line for line in after_short if line.strip()]
    return 2 * sum(map(_is_indented, openings)) > len(openings)


def _is_indented(line: str) -> bool:
    return display_width(line) - display_width(line.lstrip()) >= 2


def _opens(line: str) -> bool:
    return _is_indented(line) or bool(table(Captions).sentence.opens.compiled.match(line.strip()))


def _joined(text: str, line: str) -> str:
    """Only words of letters need a space between."""
    return text + (" " if _WORD_BREAK.search(f"{text[-1:]}\n{line[:1]}") else "") + line
