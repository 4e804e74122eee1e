"""The body that reports, as its title, its head and its signature tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reportcheck.catalog import cached, table
from reportcheck.extract.bodies import Body, body_of
from reportcheck.extract.dates import dates, pattern
from reportcheck.extract.head import Head
from reportcheck.model import Block, Document, Span
from reportcheck.schemas.wholes import Names, Structure
from reportcheck.text import normalise


@cached
def _name() -> re.Pattern[str]:
    words = table(Names).body
    return words.whole.filled(tail=words.tail).compiled


@cached
def _piece() -> re.Pattern[str]:
    return re.compile(r"\S+")


def reporter(document: Document, head: Head) -> Body:
    """The reporting body. Where the head of the report names only its place, the one that signs it; where several
    sign, only the place is known."""
    own = body_of("".join(normalise(head.unit).split()))
    title = body_of(table(Structure).unit.drop.compiled.sub("", "".join(normalise(head.title).split())))
    places = own.places if own.same_place(title) and own.places else title.places
    if own.body:
        return Body(places, own.body)
    signed = {name.body: name for name in (body_of(name) for _, name in signatures(document)) if name.body}
    if len(signed) != 1:
        return Body(places, "")
    only = next(iter(signed.values()))
    return Body(places or only.places, only.body)


def signatures(document: Document) -> Iterator[tuple[Span, str]]:
    """The names in the line right above a line of nothing but a date, or before the date in its own line."""
    lines = [block for block in document.blocks if block.role in ("paragraph", "note") and block.text.strip()]
    for above, block in pairwise(lines):
        plain = normalise(block.text)
        date = next((date for date in dates(plain) if date.month), None)
        if date is None or not pattern("dated", "behind_alone").search(plain[date.end :]):
            continue
        yield from _names(above if pattern("dated", "alone").search(plain[: date.start]) else block)


def _names(block: Block) -> Iterator[tuple[Span, str]]:
    """The names that a line consists of, up to a date."""
    plain = normalise(block.text)
    end = min((date.start for date in dates(plain)), default=len(plain))
    pieces = list(_piece().finditer(plain, 0, end))
    if all(_name().fullmatch(piece[0]) for piece in pieces):
        yield from ((Span(block.id, piece.start(), piece.end()), piece[0]) for piece in pieces)
