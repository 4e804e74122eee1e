"""Numbers as nobody writes them on purpose: ``malformed-number`` (944.920.00, 1,23.45, 8O.15).

The ways to write them wrong are rows of ``patterns/malformed.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from reportcheck.catalog import cached, table
from reportcheck.extract.tabular import Sheet
from reportcheck.model import Document, Lint, Severity, Span
from reportcheck.schemas.figures import Malformed
from reportcheck.text import normalise

RULE = "malformed-number"

_BEFORE = 60
"""Characters before a number that may tell that it is none."""


class _Row(Struct, frozen=True):
    """A way to write a number wrong; what stands before it may tell (``not_behind``) that it is none."""

    pattern: re.Pattern[str]
    not_behind: re.Pattern[str] | None
    severity: Severity | None


def find(document: Document, sheets: Sequence[Sheet]) -> Iterator[Lint]:
    """A lint for each such number, in reading order."""
    unread = {fact.quantity.span.block for sheet in sheets for fact in sheet.unread.values()}
    for block in document.blocks:
        if not any(map(str.isdigit, block.text)):
            continue
        plain = normalise(block.text)
        places = _within(plain)
        if block.id in unread:
            places = places or _alone(plain)
        for start, end, severity in places:
            yield Lint(RULE, (Span(block.id, start, end),), severity=severity)


Place = tuple[int, int, Severity | None]


def _within(plain: str) -> list[Place]:
    """The malformed numbers of a text; of two that overlap the first counts."""
    found: list[Place] = []
    for row in _rows("any"):
        for match in row.pattern.finditer(plain):
            start, end = match.span()
            if row.not_behind is not None and row.not_behind.search(plain[max(0, start - _BEFORE) : start]):
                continue
            if not any(start < other_end and other_start < end for other_start, other_end, _ in found):
                found.append((start, end, row.severity))
    return sorted(found, key=lambda place: place[0])


def _alone(plain: str) -> list[Place]:
    """A cell that holds nothing but a malformed number."""
    written = plain.strip()
    start = plain.index(written)
    row = next((row for row in _rows("value") if row.pattern.fullmatch(written)), None)
    return [(start, start + len(written), row.severity)] if row else []


@cached
def _rows(where: str) -> tuple[_Row, ...]:
    data = table(Malformed)
    return tuple(
        _Row(
            row.pattern.filled(unit=data.unit, thing=data.thing).compiled,
            None if row.not_behind is None else row.not_behind.compiled,
            row.severity,
        )
        for row in data.row
        if row.where == where
    )
