"""Stated numbers of things against the rows of the table that lists them: ``count-mismatch``.

共实施8个项目，具体情况见下表, above a table whose column 项目名称 names seven. The sentence must announce the table and
the table must follow it; its header must name the things that are counted, and its rows must be numbered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from reportcheck.catalog import pattern_in, table
from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Block, Claim, Document, Question, Span, Table
from reportcheck.rules.counts import RULE, counts_things
from reportcheck.rules.listing import Item
from reportcheck.schemas.sentences import Counting
from reportcheck.text import normalise

_HEADER_ROWS = 4
_FEWEST = 2


_cue = partial(pattern_in, Counting, "rows")


def propose(document: Document, passages: Sequence[Passage]) -> Iterator[Question]:
    """One question for each number of things that a table right behind its sentence lists."""
    following = _tables_behind(document)
    for passage in passages:
        for mention in passage.mentions:
            listed = following.get(passage.blocks[-1].id) if counts_things(mention) else None
            announces = _cue("announces").search(passage.plain, mention.end)
            if listed and announces and not _cue("choice").search(mention.head + listed.caption):
                behind = document.tables[document.tables.index(listed) + 1 :]
                question = _claim(mention, passage, listed, behind)
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
            lines = [*lines, block.id][-1 - table(Counting).rows.between :]
    return found


def _claim(stated: Mention, passage: Passage, listed: Table, behind: Sequence[Table]) -> Question:
    """The things by the names in their column, where the numbers of the rows agree with them.

    Nothing is claimed where the next table is of the same kind: it may go on with them.
    """
    nouns = _nouns(stated, passage)
    if not nouns:
        return ()
    pattern = table(Counting).rows.header.filled(noun="|".join(nouns)).compiled
    named, serial = _header(listed, pattern), _header(listed, _cue("serial"))
    if named is None or serial is None or any(_header(other, pattern) for other in behind[:1]):
        return ()
    things = _things(listed, *named)
    if len(things) < _FEWEST or _last_number(listed, *serial) != len(things):
        return ()
    facts = tuple(thing.fact(stated.quantity.unit) for thing in things)
    return (Claim(RULE, "count", stated.fact, "sum(items)", {"items": facts}, "structure"),)


def _nouns(stated: Mention, passage: Passage) -> list[str]:
    """What is counted: the noun behind the number; or the words before it, of which the last may be the noun."""
    behind = _cue("noun").match(passage.plain[stated.end :].lstrip())
    if behind:
        return [re.escape(behind["noun"])]
    before = _cue("noun_before").search(passage.plain[: stated.start])
    words = before["noun"] if before else ""
    return [words[start:] for start in range(max(0, len(words) - 1))]


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


def _last_number(listed: Table, header: int, column: int) -> int:
    """The last of the numbers of the rows; 0 where they do not run on from 1."""
    cells = dict.fromkeys(cells[column] for cells in listed.cells[header + 1 :])
    numbers = [int(cell.text) for cell in cells if cell and cell.text.strip().isdecimal()]
    return len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0


def _item(cell: Block) -> Item:
    start = len(cell.text) - len(cell.text.lstrip())
    return Item(cell.text.strip(), Span(cell.id, start, start + len(cell.text.strip())))
