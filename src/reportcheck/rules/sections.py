"""Sections that a kind of report must have: ``section-missing``, only with a profile that names them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from msgspec import Struct

from reportcheck.catalog import pattern_in
from reportcheck.extract.outline import is_heading, numbering
from reportcheck.model import Block, Document, Lint, Span
from reportcheck.schemas.texts import Profile, Section
from reportcheck.schemas.wholes import Structure
from reportcheck.text import normalise

RULE = "section-missing"
_LONGEST = 40
_FEWEST = 2
_WORKBOOKS = ("xlsx", "xls")


class _Line(Struct, frozen=True):
    """Words that may name a section, and where they stand: in a heading, or in a cell of a form."""

    block: Block
    words: str

    @property
    def cell(self) -> bool:
        return self.block.role == "cell"


def missing(document: Document, profile: Profile, title: str) -> Iterator[Lint]:
    """The required sections that no heading of the document names, in the order of the profile.

    Each is marked at the heading behind which it should stand, the first ones at the beginning; those that belong
    behind one heading are told together. What stands in the title of the report itself names no section. A file that
    holds next to none of them is of another kind: an attachment, a workbook beside its report.
    """
    if not profile.required or (document.kind in _WORKBOOKS and not any(each.cells for each in profile.required)):
        return
    lines = list(_lines(document, title))
    places = {section: _place(section, lines) for section in profile.required}
    if sum(place is not None for place in places.values()) < _FEWEST:
        return
    after = next(block for block in document.blocks if block.text.strip())
    absent: list[tuple[Block, Section]] = []
    for section, place in places.items():
        if place is not None:
            after = place if place.role != "cell" else after
        elif not any(pattern.compiled.search(line.words) for pattern in section.unless for line in lines):
            absent.append((after, section))
    for block, group in groupby(absent, key=lambda each: each[0]):
        start = len(block.text) - len(block.text.lstrip())
        span = Span(block.id, start, start + len(block.text.strip().split("\n")[0]))
        yield Lint(RULE, (span,), {"name": "、".join(section.name for _, section in group)})


def _lines(document: Document, title: str) -> Iterator[_Line]:
    """Headings, numbered lines up to their first stop, short lines that are no sentence, captions, and cells."""
    own = "".join(title.split())
    for block in document.blocks:
        if block.role in ("contents", "note") or not block.text.strip():
            continue
        plain = normalise(block.text)
        numbered = numbering(plain)
        bare = "".join(plain.split())
        if bare and bare in own:
            continue
        short = len(bare) <= _LONGEST and not _stop().search(bare)
        if block.role == "cell" or numbered or short or is_heading(block):
            words = _stop().split(plain[numbered.start if numbered else 0 :].strip(), maxsplit=1)[0]
            yield _Line(block, "".join(words.split()))


_stop = partial(pattern_in, Structure, "sections", "stop")


def _place(section: Section, lines: Sequence[_Line]) -> Block | None:
    """The first line that names the section; labels of a form only count where the profile says so."""
    for line in lines:
        patterns = section.cells if line.cell else section.headings
        if any(pattern.compiled.search(line.words) for pattern in patterns):
            return line.block
    return None
