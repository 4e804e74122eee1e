"""The head of a report: its title, the body that reports, and the year reported on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from reportcheck.catalog import pattern_in, table
from reportcheck.extract.dates import number
from reportcheck.extract.outline import is_heading, numbering
from reportcheck.model import Block, Document, Span
from reportcheck.schemas.wholes import Structure
from reportcheck.text import normalise


class Head(Struct, frozen=True):
    """``title`` is joined from its lines, ``title_span`` lies in the first of them; ``unit`` is the name of
    the reporting body. What is not found is ``""`` or ``None``; ``year_span`` is where the year was read."""

    title: str = ""
    title_span: Span | None = None
    unit: str = ""
    year: int | None = None
    year_span: Span | None = None


_pattern = partial(pattern_in, Structure)


def head(document: Document) -> Head:
    """The title, unit and year of a report."""
    blocks = [block for block in document.blocks if block.text.strip()]
    lines = _title_lines(blocks)
    title = "".join(normalise(block.text).strip() for block in lines)
    year, year_span = _year(blocks, lines)
    return Head(
        "".join(block.text.strip() for block in lines),
        _whole(lines[0]) if lines else None,
        _unit(title, blocks),
        year,
        year_span,
    )


def _whole(block: Block) -> Span:
    text = block.text
    return Span(block.id, len(text) - len(text.lstrip()), len(text.rstrip()))


# --- title --------------------------------------------------------------------------------


def _title_lines(blocks: Sequence[Block]) -> list[Block]:
    rules = table(Structure).title
    prose = [block for block in blocks if block.role not in ("cell", "contents")]
    titles = _leading_titles(prose)
    if titles:
        return titles
    first = prose[: rules.within]
    for index, block in enumerate(first):
        if _ends_title(block):
            return _with_lines_above(first, index)
    return next(([block] for block in prose if is_heading(block)), [])


def _leading_titles(prose: Sequence[Block]) -> list[Block]:
    """The first run of blocks that the reader knows to be titles."""
    start = next((i for i, block in enumerate(prose) if block.role == "title"), None)
    if start is None:
        return []
    run = []
    for block in prose[start:]:
        if block.role != "title":
            break
        run.append(block)
    return run


def _ends_title(block: Block) -> bool:
    plain = normalise(block.text).strip()
    return (
        len(plain) <= table(Structure).title.longest
        and _pattern("title", "end").search(plain) is not None
        and numbering(plain) is None
        and not _pattern("title", "not_part").search(plain)
    )


def _with_lines_above(first: Sequence[Block], index: int) -> list[Block]:
    """A title that is split over lines: what stands above without a mark at its end belongs to it."""
    rules = table(Structure).title
    start = index
    while start > 0 and index - start + 1 < rules.joined:
        above = normalise(first[start - 1].text).strip()
        if len(above) > rules.longest // 2 or _pattern("title", "not_part").search(above) or numbering(above):
            break
        start -= 1
    return list(first[start : index + 1])


# --- year ---------------------------------------------------------------------------------


def _year(blocks: Sequence[Block], lines: Sequence[Block]) -> tuple[int | None, Span | None]:
    for block in lines:
        found = next(_years(block), None)
        if found:
            return found
    counted: Counter[int] = Counter()
    first: dict[int, Span] = {}
    for block in blocks:
        for match in _pattern("year", "in_text").finditer(normalise(block.text)):
            year = int(match["n"])
            counted[year] += 1
            first.setdefault(year, Span(block.id, match.start("n"), match.end("n")))
    if not counted:
        return None, None
    year = max(counted, key=lambda year: (counted[year], year))
    return year, first[year]


def _years(block: Block) -> Iterator[tuple[int, Span]]:
    plain = normalise(block.text)
    for name in ("pattern", "chinese"):
        for match in _pattern("year", name).finditer(plain):
            value = number(match["n"])
            if value is not None:
                yield value, Span(block.id, match.start("n"), match.end("n"))


# --- unit ---------------------------------------------------------------------------------


def _unit(title: str, blocks: Sequence[Block]) -> str:
    named = _unit_of(title)
    if named and not _pattern("unit", "place").match(named):
        return named
    return _unit_in_text(blocks) or named


def _unit_of(title: str) -> str:
    """The body named in a title, before the year or between the year and what the report is about."""
    compact = "".join(title.split())
    year = _pattern("unit", "topic").search(compact)
    if year:
        return _named(compact[: year.start()]) or _named(_before_topic(compact[year.end() :]))
    return _named(_before_topic(compact))


def _before_topic(text: str) -> str:
    topic = _pattern("unit", "topic_words").search(text)
    return text[: topic.start()] if topic else ""


def _named(phrase: str) -> str:
    previous = None
    while previous != phrase:
        previous, phrase = phrase, _pattern("unit", "drop").sub("", phrase)
    return phrase if _pattern("unit", "name").match(phrase) and _pattern("unit", "ends").search(phrase) else ""


def _unit_in_text(blocks: Sequence[Block]) -> str:
    for name in ("labelled", "definition"):
        for block in blocks:
            match = _pattern("unit", name).search(normalise(block.text))
            if match:
                return match["unit"]
    first = blocks[: table(Structure).title.within]
    lines = (normalise(block.text).strip() for block in first if block.role != "cell")
    return next((line for line in lines if _pattern("unit", "alone").match(line)), "")
