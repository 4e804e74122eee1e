"""The outline of a report: which blocks are headings, and under which headings every block stands."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from reportcheck import numerals
from reportcheck.catalog import cached, table
from reportcheck.defects import named, one_place
from reportcheck.model import Block, Document
from reportcheck.schemas.wholes import Outline
from reportcheck.text import normalise


class Numbered(Struct, frozen=True):
    """A block's numbering: its depth (1 for 一、), its number, and where its own text starts."""

    depth: int
    number: int
    start: int


@cached
def _levels() -> tuple[tuple[int, re.Pattern[str], str], ...]:
    return tuple((row.depth, row.pattern.compiled, row.numeral) for row in table(Outline).level)


def numbering(plain: str) -> Numbered | None:
    """The numbering that a block's normalised text starts with, if any."""
    for depth, pattern, numeral in _levels():
        match = pattern.match(plain)
        if match:
            written = match["n"]
            if numeral == "arabic":
                return Numbered(depth, int(written), match.end())
            if numeral == "circled":
                return Numbered(depth, ord(written) - ord("①") + 1, match.end())
            value = numerals.parse(written)
            if value is not None:
                return Numbered(depth, int(value), match.end())
    return None


def numeral_of(mark: str) -> str:
    """The number within a mark, as written."""
    found = re.search(rf"\d+|[{numerals.numeral_characters()}]+|[①-⑳]", mark)
    return found[0] if found else mark


def style(plain: str, numbered: Numbered) -> tuple[int, str]:
    """What numbers of one list have in common: their depth and their mark without the number.

    Parts and chapters (第一部分) have depth 0 here, as they stand above 一、.
    """
    mark = plain[: numbered.start].strip()
    rest = mark.replace(numeral_of(mark), "", 1).replace(" ", "").replace("．", ".")
    return (0 if table(Outline).heading.part.compiled.match(mark) else numbered.depth), rest


def is_heading(block: Block) -> bool:
    """Whether a block stands alone as a heading, told by its style or by its numbering and shape."""
    if block.role in ("heading", "title"):
        return True
    if block.role != "paragraph":
        return False
    rules = table(Outline).heading
    text = block.text.strip()
    return (
        len(text) <= rules.longest
        and numbering(normalise(text)) is not None
        and not rules.sentence_end.compiled.search(text)
    )


def scopes(document: Document) -> dict[str, str]:
    """For each block the headings above it, outermost first, joined by `` / ``.

    A run-in heading (1．预算执行评价。支出…) counts for its own block and for those that follow it.
    """
    path: Mapping[int, str] = {}
    result: dict[str, str] = {}
    for block in document.blocks:
        if block.role not in ("cell", "contents", "note", "title"):
            with one_place("heading-defect", named(block.id, block.text)):
                path = _below(path, block)
        result[block.id] = " / ".join(path[depth] for depth in sorted(path))
    return result


def _below(path: Mapping[int, str], block: Block) -> Mapping[int, str]:
    """The headings, by depth, under which a block and what follows it stand."""
    plain = normalise(block.text)
    numbered = numbering(plain)
    if not numbered:
        return {0: plain.strip()} if block.role == "heading" else path
    above = {depth: name for depth, name in path.items() if depth < numbered.depth}
    words = plain[numbered.start :].strip()
    short = table(Outline).heading.run_in.compiled.match(words)
    if is_heading(block) or short:
        above[numbered.depth] = (short[0] if short and not is_heading(block) else words).strip("。 ")
    return above
