"""The year a report is about, as far as its title is plain about it."""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct
from msgspec.structs import asdict

from reportcheck.catalog import cached, table
from reportcheck.extract.dates import dates
from reportcheck.extract.head import Head
from reportcheck.model import Document, Span
from reportcheck.regexes import Regex
from reportcheck.schemas.wholes import Periods
from reportcheck.text import normalise

_WORD = re.compile(r"\{([a-z]+)\}")
_BORNE = 3


class Period(Struct, frozen=True):
    """The year a report is about: its number, how the title writes it, and where.

    ``kind`` is ``accounts`` of a year that is over or a ``budget``; ``whole`` marks reports of a whole body, whose
    sentences on money and staff are of that year. ``borne`` is whether the text names that year more than any other.
    """

    year: int
    text: str
    span: Span
    kind: str
    whole: bool
    title: str
    borne: bool


@cached
def compiled(part: str, name: str) -> re.Pattern[str]:
    """A pattern of ``patterns/periods.toml``."""
    return filled(getattr(getattr(table(Periods), part), name)).compiled


def filled(pattern: Regex) -> Regex:
    """A pattern with the words of ``patterns/periods.toml`` put in."""
    return pattern.filled(**asdict(table(Periods).words))


def period(document: Document, head: Head) -> Period | None:
    """The year of a report whose title names one year and tells what kind of report it is."""
    title = "".join(normalise(head.title).split())
    if head.year is None or head.year_span is None or not re.search(rf"(?<!\d){head.year}(?!\d)", title):
        return None
    if {date.year for date in dates(title)} - {head.year} or compiled("title", "partial").search(title):
        return None
    kind = next((kind for kind in ("accounts", "budget") if compiled("title", kind).search(title)), "")
    if not kind:
        return None
    text = next(block.text for block in document.blocks if block.id == head.year_span.block)
    written = text[head.year_span.start : head.year_span.end + 1].strip()
    counted = Counter(date.year for block in document.blocks for date in dates(normalise(block.text)))
    borne = counted[head.year] > _BORNE and counted.most_common(1)[0][0] == head.year
    whole = compiled("title", "whole").search(title) is not None
    return Period(head.year, written, head.year_span, kind, whole, title, borne)
