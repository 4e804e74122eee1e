"""Grids as they are printed: rows that only name a table are none, and one grid may hold several tables.

A table of a file often begins with rows for its label (附表2), its title and the note of its unit; where such
rows stand between others, a new table begins there. The words live in ``patterns/captions.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.model import Block, Table
from reportcheck.read.captions import (
    is_label,
    looks_like_caption,
    looks_like_table_name,
    names_section,
    says_when,
    says_who,
    unit_in_cells,
    unit_note,
    without_unit_note,
)

_Row = tuple[Block | None, ...]

_MOST_LEAD_ROWS = 6
_TOP_ROWS = 3
_FIGURE = re.compile(r"[-+\u2212]?[\d,.\uff0c]*\d[%\uff05]?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def as_printed(blocks: Sequence[Block], tables: Sequence[Table]) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """The tables as a reader sees them, numbered anew, and all blocks with the ids that follow from it.

    The caption and the unit note that stand in a grid become those of its table and no longer are rows of it;
    a grid that holds several tables is parted; columns that hold only the rest of merged cells go. The blocks
    of rows taken out stay among the document's. ``tables`` bring what stands above them as caption and unit.
    """
    parts = [part for each in tables for part in _parts(each)]
    if len(parts) == len(tables) and all(part.rows is each.cells for part, each in zip(parts, tables, strict=True)):
        return tuple(blocks), tuple(part.named(each) for part, each in zip(parts, tables, strict=True))
    names = {old: new for number, part in enumerate(parts, start=1) for old, new in part.names(f"t{number}")}
    renamed = {
        block.id: block if block.id == name else replace(block, id=name)
        for block in blocks
        if (name := names.get(block.id, block.id))
    }
    shown = tuple(part.table(f"t{number}", renamed) for number, part in enumerate(parts, start=1))
    return tuple(renamed[block.id] for block in blocks), shown


class _Lead(Struct, frozen=True):
    """Rows ahead of a header: how many, the title among them, and their unit note."""

    rows: int = 0
    title: str = ""
    unit: str = ""
    label: str = ""


class _Part(Struct, frozen=True):
    """One printed table: the rows ahead of it, its own, and what they say of it."""

    lead: tuple[_Row, ...]
    rows: tuple[_Row, ...]
    caption: str
    unit: str
    header_rows: int
    stub_columns: int

    def names(self, table: str) -> Iterator[tuple[str, str]]:
        """The id that each block had, and the one that it gets: rows count from the first row ahead."""
        for number, row in enumerate(self.lead, start=1):
            for column, block in enumerate(_distinct(row), start=1):
                yield block.id, f"{table}.r{number}c{column}"
        seen: set[str] = set()
        for number, row in enumerate(self.rows, start=len(self.lead) + 1):
            for column, cell in enumerate(row, start=1):
                if cell is not None and cell.id not in seen:
                    seen.add(cell.id)
                    yield cell.id, f"{table}.r{number}c{column}"

    def named(self, whole: Table) -> Table:
        """The grid as it is, with its caption and unit."""
        return replace(whole, caption=self.caption, unit_note=self.unit)

    def table(self, name: str, renamed: dict[str, Block]) -> Table:
        """The table, its cells renamed."""
        cells = tuple(tuple(None if cell is None else renamed[cell.id] for cell in row) for row in self.rows)
        return Table(name, cells, self.caption, self.unit, self.header_rows, self.stub_columns)


def _parts(whole: Table) -> list[_Part]:
    """The printed tables of a grid; the first takes over what stands above."""
    rows = whole.cells
    first = _first_lead(rows, whole.caption)
    starts = [(0, first), *_inner_leads(rows, first.rows)]
    ends = [start for start, _ in starts[1:]] + [len(rows)]
    parts = []
    for (start, lead), end in zip(starts, ends, strict=True):
        inner = start > 0
        body = rows[start + lead.rows : end] if inner or lead.rows or end < len(rows) else rows
        unit = lead.unit or ("" if inner else whole.unit_note) or unit_in_cells(_texts(row) for row in body[:_TOP_ROWS])
        parts.append(
            _Part(
                rows[start : start + lead.rows],
                _narrowed(body),
                lead.title or ("" if inner else whole.caption) or lead.label,
                unit,
                0 if inner else max(0, whole.header_rows - lead.rows),
                0 if inner else whole.stub_columns,
            )
        )
    return parts


def _first_lead(rows: Sequence[_Row], above: str) -> _Lead:
    """The rows at the top that only name the table; none unless rows of more than one cell follow.

    A row over the whole width that might be a section of the table is its name only where nothing above
    names it, where a header follows, and where no other row of the kind comes later.
    """
    lead = _lead(rows)
    rest = rows[lead.rows :]
    if not lead.rows or not any(len(_distinct(row)) > 1 for row in rest):
        return _Lead()
    over = any(map(_title_over, rows[: lead.rows]))
    sure = lead.unit or lead.label or (over and looks_like_table_name(lead.title))
    sections = above or names_section(lead.title) or any(map(_title_over, rest[:-1]))
    return lead if sure or (over and not sections and _is_header(rest[0])) else _Lead()


def _inner_leads(rows: Sequence[_Row], begin: int) -> Iterator[tuple[int, _Lead]]:
    """Where in the grid another table begins, with the rows ahead of it."""
    index = begin + 2
    while index < len(rows) - 1:
        lead = _lead(rows[index : index + _MOST_LEAD_ROWS])
        named = lead.title and (lead.unit or lead.label)
        if named and _begins_anew(rows, index, lead):
            yield index, lead
            index += lead.rows + 1
        index += 1


def _begins_anew(rows: Sequence[_Row], index: int, lead: _Lead) -> bool:
    """Whether a header follows the rows ahead, no merged cell goes over their beginning or their end."""
    head = index + lead.rows
    if head >= len(rows) or _shared(rows[index - 1], rows[index]) or _shared(rows[head - 1], rows[head]):
        return False
    return _is_header(rows[head])


def _is_header(row: _Row) -> bool:
    """Whether a row holds several texts, none of them a figure but for years."""
    texts = [block.text.strip() for block in _distinct(row) if block.text.strip()]
    return len(texts) > 1 and not any(_FIGURE.fullmatch(text) and not _YEAR.fullmatch(text) for text in texts)


def _shared(upper: _Row, lower: _Row) -> bool:
    held = {block.id for block in _distinct(upper)}
    return any(block.id in held for block in _distinct(lower))


def _lead(rows: Sequence[_Row]) -> _Lead:
    """The run of rows at the top that only name and explain the table below them."""
    lead = _Lead()
    for count, row in enumerate(rows[:_MOST_LEAD_ROWS], start=1):
        said = _said(row)
        if said is None or (said.title and lead.title and not _better(said.title, lead.title)):
            break
        if said.rows:
            lead = _Lead(count, said.title or lead.title, lead.unit or said.unit, lead.label or said.label)
    return lead if lead.title or lead.unit or lead.label else _Lead()


def _better(title: str, before: str) -> bool:
    """Whether the second of two titles is the table's: the name of a table under that of a unit or a year."""
    return looks_like_table_name(title) and not looks_like_table_name(before)


def _said(row: _Row) -> _Lead | None:
    """What a row says of the table below it; ``None`` if it is part of a table, no rows if it is blank."""
    texts = [block.text.strip() for block in _distinct(row) if block.text.strip()]
    if not texts:
        return _Lead()
    if len(texts) > 1 and any(map(_FIGURE.fullmatch, texts)):
        return None
    unit = next((note for text in texts if (note := unit_note(text))), "")
    if len(texts) == 1:
        return _alone(row, texts[0], unit)
    rests = [rest for text in texts if (rest := without_unit_note(text)) and not says_who(rest)]
    if not rests:
        return _Lead(1, "", unit)
    named = len(rests) == 1 and looks_like_caption(rests[0]) and looks_like_table_name(rests[0])
    return _Lead(1, rests[0], unit) if named else None


def _alone(row: _Row, text: str, unit: str) -> _Lead | None:
    """What the only text of a row says of the table below it."""
    rests = [rest for line in text.splitlines() if (rest := without_unit_note(line)) and not says_when(rest)]
    label = next((rest for rest in rests if is_label(rest)), "")
    title = "".join(rest for rest in rests if rest != label and not says_who(rest))
    named = looks_like_caption(title) and (looks_like_table_name(title) or bool(_title_over(row)))
    return _Lead(1, title, unit, label) if not title or named else None


def _title_over(row: _Row) -> str:
    """The text of a row that is one cell over more than one column, if it may be a title."""
    blocks = _distinct(row)
    wide = len(blocks) == 1 and sum(cell is not None for cell in row) > 1
    text = "".join(without_unit_note(line) for line in blocks[0].text.splitlines()).strip() if wide else ""
    return text if looks_like_caption(text) and not (is_label(text) or says_who(text) or says_when(text)) else ""


def _narrowed(rows: tuple[_Row, ...]) -> tuple[_Row, ...]:
    """The rows without the columns in which no cell begins."""
    if not rows:
        return ()
    width = max(map(len, rows))
    kept = [column for column in range(width) if any(_begins(row, column) for row in rows)]
    return tuple(tuple(row[column] for column in kept) for row in rows) if len(kept) < width else rows


def _begins(row: _Row, column: int) -> bool:
    return row[column] is not None and (column == 0 or row[column] is not row[column - 1])


def _distinct(row: _Row) -> list[Block]:
    return [block for block, _ in groupby(row) if block is not None]


def _texts(row: _Row) -> list[str | None]:
    return [None if block is None else block.text for block in row]
