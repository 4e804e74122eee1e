"""What was forgotten: ``placeholder-left``, ``blank-left``, ``template-left``, ``reference-broken``, ``mixed-width``.

The kinds of places are rows of ``patterns/placeholders.toml``. All rows that apply to a kind of block
are tried together, as one pattern of all would be; a row without a rule takes what must be left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict

from reportcheck.catalog import cached, pattern_in, recently_cached, table
from reportcheck.model import Document, Lint, Severity, Span
from reportcheck.regexes import Regex, Template
from reportcheck.schemas.figures import Units
from reportcheck.schemas.phrases import Placeholders
from reportcheck.text import normalise

Place = Literal["sentence", "line", "cell"]

_WIDTH_RULE = "mixed-width"
_TEMPLATE_RULE = "template-left"
_WIDE_DIGIT = re.compile(r"[\uff10-\uff19]")
_NARROW_DIGIT = re.compile(r"[0-9]")
_DIGIT = r"[0-9\uff10-\uff19]"
_NUMBER = re.compile(rf"{_DIGIT}+(?:[.,\uff0e]{_DIGIT}+)*[%\uff05\ufe6a\u2030]?")
_ROWS_OF: dict[Place, frozenset[str]] = {
    "sentence": frozenset({"any", "prose", "sentence"}),
    "line": frozenset({"any", "prose", "line", "line-or-cell"}),
    "cell": frozenset({"any", "cell", "line-or-cell"}),
}


class _Row(Struct, frozen=True):
    """What a match of a row means: ``rule`` is empty for what is left alone."""

    pattern: re.Pattern[str]
    rule: str
    severity: Severity | None


def find(document: Document) -> Iterator[Lint]:
    """A lint for each forgotten place of a document, in reading order; what a template left in many cells of one
    table is told once."""
    told: set[tuple[str, str, str]] = set()
    for block in document.blocks:
        seen: Counter[str] = Counter()
        for rule, severity, start, end in _places(block.text, block.role == "cell"):
            marked = block.text[start:end]
            seen[marked] += 1
            if block.role == "cell" and rule == _TEMPLATE_RULE:
                again = (block.id.partition(".")[0], rule, marked)
                if again in told:
                    continue
                told.add(again)
            # Equal placeholders of one sentence are told apart by their number.
            yield Lint(rule, (Span(block.id, start, end),), {"nth": str(seen[marked])}, severity)


@recently_cached
def _places(text: str, in_cell: bool) -> list[tuple[str, Severity | None, int, int]]:
    """(rule, severity, start, end) of each place in a block's text, by start; they do not overlap."""
    found = list(_scanned(normalise(text), in_cell))
    found += [
        (_WIDTH_RULE, None, start, end)
        for start, end in _mixed_numbers(text)
        if not any(start < other_end and other_start < end for _, _, other_start, other_end in found)
    ]
    return sorted(found, key=lambda place: place[2])


def _scanned(plain: str, in_cell: bool) -> Iterator[tuple[str, Severity | None, int, int]]:
    for row, match in _matches(_rows(_place(plain, in_cell)), plain):
        if row.rule:
            group = next((name for name in row.pattern.groupindex if match[name] is not None), 0)
            start, end = match.span(group)
            start += len(plain[start:end]) - len(plain[start:end].lstrip())
            yield row.rule, row.severity, start, end


def _place(plain: str, in_cell: bool) -> Place:
    if in_cell:
        return "cell"
    return "sentence" if _running().search(plain) else "line"


def _matches(rows: Sequence[_Row], plain: str) -> Iterator[tuple[_Row, re.Match[str]]]:
    """What the rows find in a text, one behind the other, as a single expression of all of them would: the leftmost
    first, and of several that begin there the one whose row stands first."""
    found = [row.pattern.search(plain) for row in rows]
    while True:
        start, index = min(((match.start(), index) for index, match in enumerate(found) if match), default=(0, -1))
        match = found[index] if index >= 0 else None
        if match is None:
            return
        yield rows[index], match
        end = max(match.end(), start + 1)
        for index, row in enumerate(rows):
            later = found[index]
            if later is not None and later.start() < end:
                found[index] = row.pattern.search(plain, end)


def _mixed_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Numbers with digits of both widths, with the percent sign behind them."""
    if not _WIDE_DIGIT.search(text):
        return
    for match in _NUMBER.finditer(text):
        if _WIDE_DIGIT.search(match[0]) and _NARROW_DIGIT.search(match[0]):
            yield match.span()


_running = partial(pattern_in, Placeholders, "words", "running")


@cached
def _rows(place: Place) -> tuple[_Row, ...]:
    """The rows that are tried in a kind of block."""
    return tuple(row for where, row in _all_rows() if where in _ROWS_OF[place])


@cached
def _all_rows() -> tuple[tuple[str, _Row], ...]:
    words = {**asdict(table(Placeholders).words), "unit": _unit()}
    return tuple(
        (row.where, _Row(_filled(row.pattern, words).compiled, row.rule, row.severity))
        for row in table(Placeholders).row
    )


def _filled(pattern: Regex, words: dict[str, str]) -> Regex:
    """A row's pattern with its words, which may hold others."""
    while (filled := Template(pattern).filled(**words)) != pattern:
        pattern = filled
    return pattern


@cached
def _unit() -> str:
    """Any unit of measure, with a scale perhaps, or a scale alone."""
    data = table(Units)
    guard = f"(?!{table(Placeholders).words.no_unit})"
    symbols = _any_of({symbol for row in data.unit for symbol in row.symbols})
    scales = _any_of(data.scales)
    return f"{guard}(?:{scales}?{symbols}|{scales})"


def _any_of(words: Collection[str]) -> str:
    """A pattern for any of the words, the longest first; single characters as one class, which is faster."""
    longer = sorted((word for word in words if len(word) > 1), key=lambda word: (-len(word), word))
    single = "".join(sorted(re.escape(word) for word in words if len(word) == 1))
    return f"(?:{'|'.join([*map(re.escape, longer), f'[{single}]'])})"
