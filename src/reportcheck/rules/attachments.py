"""Attachments that a report announces and does not hold: ``attachment-missing``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial

from msgspec import Struct

from reportcheck import numerals
from reportcheck.catalog import pattern_in, table
from reportcheck.model import Block, Document, Lint, Span
from reportcheck.read.contents import entry_text
from reportcheck.schemas.wholes import Structure
from reportcheck.text import normalise

RULE = "attachment-missing"
_SHORTEST_NAME = 4


class _Announced(Struct, frozen=True):
    """An attachment as announced; ``span`` holds its number and name, ``number`` is 0 where it has none."""

    number: int
    name: str
    span: Span


_pattern = partial(pattern_in, Structure, "attachment")


def missing(document: Document) -> Iterator[Lint]:
    """One lint for each announced attachment of which the rest of the document shows nothing."""
    prose = [block for block in document.blocks if block.role != "contents" and block.text.strip()]
    entries = list(_entries(document))
    if any(_headed(entry, prose) for entry in entries):
        for entry in entries:
            if not _present(entry, prose, document) and not _lies_beside(entry, document):
                yield Lint(RULE, (entry.span,), {"name": entry.name})
    for index, block in enumerate(prose):
        if block.role == "cell":
            continue
        announced, end = _announcement(prose, index)
        if not announced:
            continue
        rest = prose[end:]
        absent = [item for item in announced if not _present(item, rest, document)]
        absent = [item for item in absent if not _lies_beside(item, document)] if absent else []
        headed = any(_headed(item, rest) for item in announced)
        if not headed and _uncaptioned_tables(document, rest) >= len(absent):
            return
        for item in absent:
            yield Lint(RULE, (item.span,), {"name": item.name})
        return


def numbered(document: Document) -> list[int]:
    """The numbers of the attachments that the report announces at its end; a single one is the first."""
    prose = [block for block in document.blocks if block.role != "contents" and block.text.strip()]
    for index, block in enumerate(prose):
        if block.role != "cell":
            announced, _ = _announcement(prose, index)
            if announced:
                return [item.number or 1 for item in announced]
    return []


def beside(document: Document) -> list[int]:
    """The numbers that files beside the report carry in their names."""
    heads = (_pattern("in_name").search(normalise(name)) for name in document.beside)
    return [_number(head["n"]) for head in heads if head]


# --- the announcement ---------------------------------------------------------------------


def _announcement(prose: Sequence[Block], index: int) -> tuple[list[_Announced], int]:
    """The attachments announced from a block on, and the index of the block behind them."""
    block = prose[index]
    plain = normalise(block.text)
    lead = _pattern("announced").match(plain)
    if lead:
        return _listed(prose, index, lead.end())
    return _labelled(prose, index)


def _listed(prose: Sequence[Block], index: int, start: int) -> tuple[list[_Announced], int]:
    """附件：1.甲 2.乙, on one line or on the lines that follow."""
    found = list(_numbered(prose[index], start, 1))
    single = _single(prose[index], start) if not found else None
    if single:
        return [single], index + 1
    end = index + 1
    while end < len(prose) and prose[end].role in ("paragraph", "heading") and (found or end == index + 1):
        more = list(_numbered(prose[end], 0, len(found) + 1))
        if not more:
            break
        found += more
        end += 1
    texts = "".join(block.text for block in prose[index:end])
    return ([], end) if _pattern("elsewhere").search(texts) else (found, end)


def _numbered(block: Block, start: int, expected: int) -> Iterator[_Announced]:
    plain = normalise(block.text)
    marks: list[re.Match[str]] = []
    for match in _pattern("item").finditer(plain, start):
        if int(match["n"]) == expected + len(marks):
            marks.append(match)
    if not marks or plain[start : marks[0].start("n")].strip():
        return
    ends = [match.start("n") for match in marks[1:]] + [len(plain)]
    for match, end in zip(marks, ends, strict=True):
        name = _pattern("item_end").sub("", plain[match.end() : end])
        if _pattern("name").match(name):
            span = Span(block.id, match.start("n"), match.end() + len(name))
            yield _Announced(int(match["n"]), name, span)


def _single(block: Block, start: int) -> _Announced | None:
    plain = normalise(block.text)
    name = _pattern("item_end").sub("", plain[start:])
    left = start + len(name) - len(name.lstrip())
    name = name.strip()
    if not _pattern("name_end").search(name) or not _pattern("name").match(name):
        return None
    return None if _pattern("elsewhere").search(name) else _Announced(0, name, Span(block.id, left, left + len(name)))


def _labelled(prose: Sequence[Block], index: int) -> tuple[list[_Announced], int]:
    """附件1：甲 and 附件2：乙 on lines that follow each other with nothing between them."""
    found: list[_Announced] = []
    end = index
    while end < len(prose) and prose[end].role != "cell":
        plain = normalise(prose[end].text)
        line = _pattern("line").match(plain)
        if not line or _number(line["n"]) != len(found) + 1:
            break
        name = _pattern("item_end").sub("", line["name"])
        start = len(plain) - len(plain.lstrip())
        found.append(_Announced(len(found) + 1, name, Span(prose[end].id, start, line.start("name") + len(name))))
        end += 1
    texts = "".join(block.text for block in prose[index:end])
    return ([], index) if len(found) < 2 or _pattern("elsewhere").search(texts) else (found, end)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else int(numerals.parse(written) or 0)


def _entries(document: Document) -> Iterator[_Announced]:
    """The attachments that the table of contents lists by number and name."""
    for block in document.blocks:
        line = _pattern("line").match(normalise(block.text)) if block.role == "contents" else None
        if line:
            name = _pattern("item_end").sub("", entry_text(line["name"]))
            start = len(block.text) - len(block.text.lstrip())
            yield _Announced(_number(line["n"]), name, Span(block.id, start, line.start("name") + len(name)))


# --- what is there ------------------------------------------------------------------------


def _headed(item: _Announced, rest: Sequence[Block]) -> bool:
    """Whether a line begins with the number of an attachment."""
    heads = (_pattern("head").match(normalise(block.text)) for block in rest if block.role != "cell")
    return any(head and _number(head["n"]) == item.number for head in heads)


def _present(item: _Announced, rest: Sequence[Block], document: Document) -> bool:
    for block in rest:
        plain = normalise(block.text)
        head = _pattern("head").match(plain)
        if head and _number(head["n"]) == item.number:
            return True
        if item.number <= 1 and (_pattern("alone").match(plain) or (head and item.number == 0)):
            return True
        if len(plain) <= table(Structure).attachment.longest and _alike(item.name, plain):
            return True
    behind = {block.id for block in rest}
    return any(_alike(item.name, table.caption) for table in document.tables if behind & _cell_ids(table.cells))


def _lies_beside(item: _Announced, document: Document) -> bool:
    """Whether a file in the same folder carries the number or the name of an attachment."""
    for name in document.beside:
        head = _pattern("in_name").search(normalise(name))
        if head and item.number and _number(head["n"]) == item.number:
            return True
        if _alike(item.name, _pattern("in_name").sub("", normalise(name))):
            return True
    return False


def _cell_ids(cells: Sequence[Sequence[Block | None]]) -> set[str]:
    return {cell.id for row in cells for cell in row if cell is not None}


def _alike(name: str, text: str) -> bool:
    wanted, given = _bare(name), _bare(text)
    if len(given) < _SHORTEST_NAME or len(wanted) < _SHORTEST_NAME:
        return bool(wanted) and wanted == given
    if wanted in given or (given in wanted and _pattern("name_end").search(given)):
        return True
    from difflib import SequenceMatcher

    likeness = Fraction(table(Structure).attachment.alike)
    return Fraction(SequenceMatcher(None, wanted, given, autojunk=False).ratio()) >= likeness


def _bare(text: str) -> str:
    return _pattern("ornament").sub("", normalise(text))


def _uncaptioned_tables(document: Document, rest: Sequence[Block]) -> int:
    """Tables behind the announcement that have lost their captions: they may be what was announced.

    Counted only where at least one attachment is absent; 0 where the document holds no such table.
    """
    behind = {block.id for block in rest}
    count = sum(1 for table in document.tables if not table.caption and behind & _cell_ids(table.cells))
    return count if count else -1
