"""What a report says of its own results, kept in short so that reports can be compared.

A passage is a sentence, or as many together as it takes to hold two figures that tell of results or money. Figures
that other reports may rightly state, too (scoring bands, standards, aims, the size of the county), tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from reportcheck.catalog import cached, pattern_in, table
from reportcheck.extract.bodies import Body
from reportcheck.model import Block, Document, Quantity, Span
from reportcheck.numerals import telling_digits
from reportcheck.quantities import find_quantities
from reportcheck.regexes import any_of
from reportcheck.render.places import Places
from reportcheck.schemas.across import Across
from reportcheck.text import normalise, sentences

_FEWEST = 2
_SHORTEST = 24
_LONGEST = 400
_ROLES = frozenset({"paragraph", "note", "cell"})
_BREAK = re.compile(r"[，。；：！？\n]")
_BLANK = re.compile(r"\s+")


class Kept(Struct, frozen=True):
    """A passage: its ``block``, its ``place`` in words, its ``text`` without blanks, and its telling ``figures`` as
    value and unit. ``wide`` is the level of a place (县) where the figures are those of the whole place."""

    block: str
    place: str
    text: str
    figures: tuple[tuple[str, str], ...]
    wide: str = ""


def passages_of(document: Document, places: Places, own: Body) -> list[Kept]:
    """The passages of a report of a body in reading order, none twice."""
    told = _labels(document)
    found: dict[str, Kept] = {}
    for block in document.blocks:
        if block.role not in _ROLES or len(block.text) < _SHORTEST or not _holds_results(block, places, told):
            continue
        for start, end, figures in _runs(block):
            text = _BLANK.sub("", block.text[start:end])
            if len(text) >= _SHORTEST and text not in found:
                place = places.in_full(Span(block.id, start, end))
                shown = tuple((str(abs(q.value)), q.unit.symbol) for q in figures)
                found[text] = Kept(block.id, place, text[:_LONGEST], shown, _wide(text, own))
    return list(found.values())


def _labels(document: Document) -> dict[str, str]:
    """The labels of the cells that hold text: what stands before them in the row, and above them in the column."""
    told: dict[str, str] = {}
    for held in document.tables:
        above: dict[int, str] = {}
        for row in held.cells:
            before = ""
            for column, cell in enumerate(row):
                if cell is None:
                    continue
                if len(cell.text) >= _SHORTEST:
                    told.setdefault(cell.id, before + above.get(column, ""))
                elif cell.text.strip():
                    before += cell.text
                    above[column] = cell.text
    return told


def _holds_results(block: Block, places: Places, told: dict[str, str]) -> bool:
    """Whether a block may tell of results: not where the aims stand, or the tasks of the body, or what comes next."""
    if block.role == "cell":
        label = told.get(block.id, "")
        return not _pattern("elsewhere", "label").search(label) or bool(_pattern("elsewhere", "done").search(label))
    heading = places.heading(Span(block.id, 0, 0))
    return not _pattern("elsewhere", "heading").search(heading)


def _runs(block: Block) -> Iterator[tuple[int, int, list[Quantity]]]:
    """Sentences with enough telling figures, and others with some, as few together as hold enough of them: what stands
    before a copied sentence does not hide it."""
    quantities = find_quantities(block.text, block.id)
    if len(quantities) < _FEWEST:
        return
    plain = normalise(block.text)
    begun, figures = -1, list[Quantity]()
    for start, end in sentences(plain):
        inside = [quantity for quantity in quantities if start <= quantity.span.start < end]
        own = list(_telling(plain, start, end, inside))
        if begun < 0 or not own or _is_enough(plain[start:end], own):
            begun, figures = start, []
        figures += own
        if _is_enough(plain[begun:end], figures):
            yield begun, end, figures
        if not own or _is_enough(plain[begun:end], figures):
            begun, figures = -1, []


def _is_enough(text: str, figures: list[Quantity]) -> bool:
    return len(figures) >= _FEWEST and len(_BLANK.sub("", text)) >= _SHORTEST


def _wide(text: str, own: Body) -> str:
    """The level of the place whose figures a passage states, where they are not those of a body alone."""
    found = _pattern("wide", "pattern").search(text)
    if found:
        return found["level"]
    place = own.places[-1] if own.places and own.body else ""
    names = place and re.search(f"{place}(?!{table(Across).wide.body})", text.replace(own.name, ""))
    return place[-1] if names else ""


_pattern = partial(pattern_in, Across)


@cached
def _common(where: str) -> re.Pattern[str]:
    return any_of(row.pattern for row in table(Across).common if row.where == where).compiled


def _telling(plain: str, start: int, end: int, quantities: list[Quantity]) -> Iterator[Quantity]:
    """The figures of a sentence that tell of results or money of one's own."""
    if not quantities or _common("sentence").search(plain, start, end):
        return
    for quantity in quantities:
        if _is_measure(quantity) and not _common("clause").search(plain, *_clause(plain, start, end, quantity.span)):
            yield quantity


def _clause(plain: str, start: int, end: int, span: Span) -> tuple[int, int]:
    begin = max((match.end() for match in _BREAK.finditer(plain, start, span.start)), default=start)
    stop = _BREAK.search(plain, span.end, end)
    return begin, stop.start() if stop else end


def _is_measure(quantity: Quantity) -> bool:
    dimension = quantity.unit.dimension
    if not quantity.value or "/" in dimension or dimension in table(Across).figures.never:
        return False
    # A round rate is a phrase; one with decimals was computed.
    return dimension != "ratio" or (quantity.decimals > 0 and len(telling_digits(quantity.value)) > 2)
