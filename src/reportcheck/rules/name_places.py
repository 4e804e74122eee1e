"""Names of another place in a list of bodies of one's own place, for ``foreign-unit`` (a table or a sentence)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from reportcheck.catalog import pattern_in
from reportcheck.extract.bodies import Body, body_of
from reportcheck.model import Document, Lint, Span
from reportcheck.schemas.wholes import Names
from reportcheck.text import normalise, sentences

RULE = "foreign-unit"
_FEWEST = 2


_listed = partial(pattern_in, Names, "list", "name")


def other_places(document: Document, own: Body) -> Iterator[Lint]:
    """The one or two names of another place among more that begin with one's own."""
    for held in document.tables:
        width = max((len(row) for row in held.cells), default=0)
        for column in range(width):
            cells = dict.fromkeys(row[column] for row in held.cells if column < len(row))
            names = [(cell.id, match) for cell in cells if cell for match in _first_name(cell.text)]
            yield from _strange(names, own)
    for block in document.blocks:
        plain = normalise(block.text) if block.role not in ("cell", "contents") and "、" in block.text else ""
        for start, end in sentences(plain):
            if own.places[-1] in plain[start:end]:
                yield from _strange([(block.id, match) for match in _listed().finditer(plain, start, end)], own)


def _first_name(text: str) -> list[re.Match[str]]:
    match = _listed().search(normalise(text))
    return [match] if match else []


def _strange(names: Iterable[tuple[str, re.Match[str]]], own: Body) -> Iterator[Lint]:
    read = [(block, match, body_of(match["name"])) for block, match in names]
    ours = sum(own.places[-1] in name.places for _, _, name in read)
    strange = [each for each in read if each[2].places and each[2].body and own.foreign_place(each[2])]
    if ours >= _FEWEST and 2 * len(strange) <= ours:
        for block, match, name in strange:
            place = Span(block, match.start("name"), match.start("name") + len("".join(name.places)))
            yield Lint(RULE, (place,), {"expected": own.places[-1]}, "warning")
