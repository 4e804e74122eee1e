"""Tables within plain text: rows drawn with bars, as in Markdown, and runs of tabbed lines.

| 项目 | 预算数 | < |      a line of dashes between rows is none of them;
|------|-----:|-----:|      a cell < goes on with the one on its left,
| ^    | 年初 | 全年 |      a cell ^ with the one above
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import Literal

from msgspec import Struct

from reportcheck.model import Block, Origin, Table
from reportcheck.read.captions import caption_and_unit
from reportcheck.read.indents import leading_blanks
from reportcheck.read.txt_merges import Place, covered, is_figure

Kind = Literal["", "bars", "tabs", "loose"]

_BARS = "|\u2502\u2503"
_BAR = re.compile(rf"(?<!\\)[{_BARS}]")
_RULE = re.compile(rf"[\s{_BARS}+:\-\u2500-\u257f]*")
_DASHES = re.compile(r"-{3}|[\u2500\u2501\u2504-\u250b\u2550]")
_MARKDOWN_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?")
_CORNERS = frozenset("|+\u2502\u253c\u251c\u250c\u2514")
_LEFT, _UP = "<", "^"


class Line(Struct, frozen=True):
    """A line as written, without its end; ``number`` counts from 1."""

    number: int
    text: str


class Rows(Struct, frozen=True):
    """Lines that make a table: each field as it stands, with the number of its line."""

    fields: tuple[tuple[int, tuple[str, ...]], ...]
    drawn: bool


def stretches(lines: Sequence[Line]) -> Iterator[Rows | tuple[Line, ...]]:
    """The text in order: tables, and the lines between them."""
    for kind, run in groupby(zip(_kinds(lines), lines, strict=True), key=lambda pair: pair[0]):
        members = tuple(line for _, line in run)
        yield _rows(members, kind == "bars") if kind else members


def table_of(name: str, rows: Rows, above: Sequence[str]) -> Table:
    """The table, with its caption and unit from the lines above it."""
    width = max(len(fields) for _, fields in rows.fields)
    fields_of = [fields for _, fields in rows.fields]
    padded = [(*fields, *[""] * (width - len(fields))) for fields in fields_of]
    merged = _said_merged(fields_of) if rows.drawn else covered(padded)
    blocks: dict[Place, Block] = {}
    cells: list[tuple[Block | None, ...]] = []
    for r, (line, fields) in enumerate(rows.fields):
        for c, field in enumerate(fields):
            if (r, c) not in merged:
                blocks[r, c] = _cell(f"{name}.r{r + 1}c{c + 1}", field, line)
        row = [blocks[merged.get((r, c), (r, c))] for c in range(len(fields))]
        cells.append((*row, *[None] * (width - len(fields))))
    return Table(name, tuple(cells), *caption_and_unit(above))


def _said_merged(rows: Sequence[Sequence[str]]) -> dict[Place, Place]:
    """For each field that only says with which cell it goes on the place of that cell."""
    found: dict[Place, Place] = {}
    for r, row in enumerate(rows):
        for c, field in enumerate(row):
            if field.strip() == _LEFT and c:
                found[r, c] = found.get((r, c - 1), (r, c - 1))
            elif field.strip() == _UP and r and c < len(rows[r - 1]):
                found[r, c] = found.get((r - 1, c), (r - 1, c))
    return found


def _cell(name: str, field: str, line: int) -> Block:
    text = field.strip()
    return Block(name, text, "cell", Origin(line=line), indent=leading_blanks(field) if text else 0)


# --- which lines --------------------------------------------------------------------------


def _kinds(lines: Sequence[Line]) -> list[Kind]:
    """For each line whether it is a row of a table, and of which sort."""
    kinds: list[Kind] = [_kind(line.text) for line in lines]
    widths = [line.text.count("\t") for line in lines]
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        for place in order:
            beside = place - order.step
            if kinds[place] == "loose" and kinds[beside] == "tabs" and widths[place] == widths[beside]:
                kinds[place] = "tabs"
    found: list[Kind] = []
    for kind, run in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        members = [line for _, line in run]
        found.extend(
            [kind if kind in ("bars", "tabs") and _makes_table(members, kind == "bars") else ""] * len(members)
        )
    return found


def _kind(text: str) -> Kind:
    """What a line looks like by itself; a ``loose`` one has but one field filled, or none."""
    bare = text.strip()
    if _is_rule(bare) or (len(bare) > 2 and bare[0] in _BARS and bare[-1] in _BARS):
        return "bars"
    fields = text.split("\t")
    if len(fields) < 3:
        return ""
    return "tabs" if sum(map(bool, map(str.strip, fields))) > 1 else "loose"


def _makes_table(lines: Sequence[Line], drawn: bool) -> bool:
    """Whether two rows at least follow each other; what is only tabbed holds figures, or it is no table."""
    rows = [fields for _, fields in _rows(lines, drawn).fields if len(fields) > 1]
    filled = any(sum(map(bool, map(str.strip, fields))) > 1 for fields in rows)
    return len(rows) > 1 and filled and (drawn or any(map(is_figure, chain.from_iterable(rows))))


def _rows(lines: Sequence[Line], drawn: bool) -> Rows:
    if not drawn:
        return Rows(tuple((line.number, tuple(line.text.split("\t"))) for line in lines), drawn)
    found: list[tuple[int, tuple[str, ...]]] = []
    for line in lines:
        bare = line.text.strip()
        if not (_is_rule(bare) or (len(found) == 1 and _MARKDOWN_RULE.fullmatch(bare))):
            found.append((line.number, _between_bars(bare)))
    return Rows(tuple(found), drawn)


def _between_bars(text: str) -> tuple[str, ...]:
    """The fields keep their blanks, but for one behind each bar."""
    return tuple(field.removeprefix(" ").replace("\\|", "|") for field in _BAR.split(text[1:-1]))


def _is_rule(bare: str) -> bool:
    """A line drawn between rows."""
    drawn = len(bare) > 2 and _RULE.fullmatch(bare) and _DASHES.search(bare)
    return bool(drawn) and not _CORNERS.isdisjoint(bare)
