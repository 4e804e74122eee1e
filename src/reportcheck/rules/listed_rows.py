"""Stated numbers of things against the rows of the table that lists them: ``count-mismatch``.

共实施8个项目，具体情况见下表, above a table whose column 项目名称 names seven. The sentence must announce the table and
the table must follow it; its header must name the things that are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportcheck.catalog import cached, table
from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Basis, Block, Claim, Document, Fact, Question, Span, Table
from reportcheck.rules.counts import RULE, counts_things
from reportcheck.rules.listing import Item
from reportcheck.text import normalise

_HEADER_ROWS = 4
_FEWEST = 2


@cached
def _cue(name: str) -> re.Pattern[str]:
    return re.compile(table("counting")["rows"][name])


def propose(document: Document, passages: Sequence[Passage]) -> Iterator[Question]:
    """One question for each number of things that a table right behind its sentence lists."""
    following = _tables_behind(document)
    for passage in passages:
        for mention in passage.mentions:
            listed = following.get(passage.blocks[-1].id) if counts_things(mention) else None
            announces = _cue("announces").search(passage.plain, mention.end)
            if listed and announces and not _cue("choice").search(mention.head + listed.caption):
                behind = document.tables[document.tables.index(listed) + 1 :]
                question = tuple(_claims(mention, passage, listed, behind))
                if question:
                    yield question


def _tables_behind(document: Document) -> dict[str, Table]:
    """The table that each line has right behind it, with only a few lines in between."""
    tables = {cell.id: each for each in document.tables for row in each.cells for cell in row if cell}
    found: dict[str, Table] = {}
    lines: list[str] = []
    for block in document.blocks:
        if block.role == "cell":
            if block.id in tables:
                found.update(dict.fromkeys(lines, tables[block.id]))
            lines = []
        elif block.text.strip():
            lines = [*lines, block.id][-1 - table("counting")["rows"]["between"] :]
    return found


def _claims(stated: Mention, passage: Passage, listed: Table, behind: Sequence[Table]) -> Iterator[Claim]:
    """The things by the names in their column; where the rows are numbered, also by the numbers."""
    noun = _cue("noun").match(passage.plain[stated.end :].lstrip())
    if not noun:
        return
    pattern = re.compile(table("counting")["rows"]["header"].replace("{noun}", re.escape(noun["noun"])))
    place = _header(listed, pattern)
    if place is None:
        return
    row, column = place
    names = _things(listed, row, column)
    numbered = _header(listed, _cue("serial"))
    counted = _numbered(listed, row, numbered[1]) if numbered else names
    readings = [names] if len(names) == len(counted) else [names, counted]
    # Only names that the numbers of the rows agree with can tell that one is missing, and only if no further table
    # of the kind may go on with them.
    goes_on = any(_header(other, pattern) for other in behind[:1])
    basis: Basis = "structure" if numbered and len(readings) == 1 and not goes_on else "name"
    for things in readings:
        if len(things) >= _FEWEST:
            yield Claim(RULE, stated.fact, "sum(items)", {"items": tuple(_facts(stated, things))}, basis)


def _facts(stated: Mention, things: Sequence[Item]) -> Iterator[Fact]:
    return (thing.fact(stated.quantity.unit) for thing in things)


def _header(listed: Table, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    for row, cells in enumerate(listed.cells[:_HEADER_ROWS]):
        for column, cell in enumerate(cells):
            if cell and pattern.match("".join(normalise(cell.text).split())):
                return row, column
    return None


def _things(listed: Table, header: int, column: int) -> list[Item]:
    """The names below a header, each cell once, without totals and blanks."""
    cells = dict.fromkeys(cells[column] for cells in listed.cells[header + 1 :])
    named = (cell for cell in cells if cell and cell is not listed.cells[header][column])
    return [_item(cell) for cell in named if _named(cell)]


def _named(cell: Block) -> bool:
    text = "".join(normalise(cell.text).split())
    return bool(text) and not text.isdecimal() and not _cue("not_thing").match(text)


def _numbered(listed: Table, header: int, column: int) -> list[Item]:
    """The rows that are numbered 1, 2, 3 … without a break; none where their numbers do not run on."""
    cells = dict.fromkeys(cells[column] for cells in listed.cells[header + 1 :])
    numbers = [cell for cell in cells if cell and cell.text.strip().isdecimal()]
    runs_on = [int(cell.text) for cell in numbers] == list(range(1, len(numbers) + 1))
    return [_item(cell) for cell in numbers] if runs_on else []


def _item(cell: Block) -> Item:
    start = len(cell.text) - len(cell.text.lstrip())
    return Item(cell.text.strip(), Span(cell.id, start, start + len(cell.text.strip())))
