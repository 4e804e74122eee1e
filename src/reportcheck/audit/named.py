"""The bodies that a report names, kept in short: itself, where only itself can be meant, and all others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from reportcheck.catalog import cached, pattern_in, table
from reportcheck.extract.head import head as read_head
from reportcheck.extract.reporter import reporter, signatures
from reportcheck.model import Block, Document, Span
from reportcheck.regexes import any_of
from reportcheck.render.places import Places
from reportcheck.rules import name_slots
from reportcheck.schemas.across import Across
from reportcheck.schemas.wholes import Names as NamesTable
from reportcheck.text import normalise, sentences

_LONGEST = 16
_LONGEST_CONTEXT = 120
_ASKED = frozenset({"heading", "label", "account"})


class Placed(Struct, frozen=True):
    """A ``name`` where only that of the reporting body can stand: by which ``slot`` (``title``, ``heading``,
    ``label``, ``account``, ``signature``) first at what ``place``, in words, and in what ``context``."""

    slot: str
    name: str
    place: str
    context: str


class Names(Struct, frozen=True):
    """``own`` is the reporting body; ``placed`` are names in its place; ``related`` and ``others`` are the ends of
    stretches that may end in a name, where bodies are said to belong to one another, and elsewhere."""

    own: str = ""
    placed: tuple[Placed, ...] = ()
    related: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def names_of(document: Document, places: Places) -> Names:
    """The names of a report."""
    head = read_head(document)

    def placed(slot: str, name: str, block: str, start: int, end: int, context: str) -> Placed:
        return Placed(slot, name, places.in_full(Span(block, start, end)), context[:_LONGEST_CONTEXT])

    found = [
        placed(slot, name, block.id, start, end, context)
        for block in document.blocks
        if block.role != "contents" and not (head.title_span and block.id == head.title_span.block)
        for slot, name, start, end, context in _in_slots(block)
    ]
    found += [
        placed("label", name, block.id, 0, len(block.text), label + name) for label, name, block in _cells(document)
    ]
    signed = list(signatures(document))
    if len({name for _, name in signed}) == 1:
        found += [placed("signature", name, span.block, span.start, span.end, name) for span, name in signed]
    if head.unit and head.title_span:
        span = head.title_span
        unit = "".join(head.unit.split())
        found.insert(0, placed("title", unit, span.block, span.start, span.end, head.title))
    distinct = {(each.slot, each.name): each for each in reversed(found)}
    related, others = _ends(document)
    return Names(
        reporter(document, head).name,
        tuple(reversed(distinct.values())),
        tuple(sorted(related)),
        tuple(sorted(others - related)),
    )


def _in_slots(block: Block) -> Iterator[tuple[str, str, int, int, str]]:
    plain = normalise(block.text)
    for slot, sentence, start, end in name_slots.in_block(plain, block.role):
        if slot.name in _ASKED and not pattern_in(NamesTable, "elsewhere", "words").search(sentence):
            yield slot.name, plain[start:end], start, end, " ".join(sentence.split())


def _cells(document: Document) -> Iterator[tuple[str, str, Block]]:
    """The names of cells behind a label such as 单位名称."""
    for label, cell in _labelled(document):
        if pattern_in(NamesTable, "label", "cell").search(label) and _name_end().search(
            name := normalise(cell.text).strip()
        ):
            yield label, "".join(name.split()), cell


def _labelled(document: Document) -> Iterator[tuple[str, Block]]:
    for held in document.tables:
        for row in held.cells:
            for label, cell in pairwise(row):
                if label is not None and cell is not None and label.id != cell.id:
                    yield "".join(normalise(label.text).split()), cell


@cached
def _name_end() -> re.Pattern[str]:
    return re.compile(f"(?:{table(NamesTable).body.tail})$")


@cached
def _end() -> re.Pattern[str]:
    return any_of((table(NamesTable).body.tail, table(Across).relation.ends)).compiled


def _ends(document: Document) -> tuple[set[str], set[str]]:
    """The stretches that may end in a name: where bodies belong to one another, and all."""
    related = {
        end for label, cell in _labelled(document) if _relates(label) for end in _stretches(normalise(cell.text))
    }
    everywhere = set(related)
    for block in document.blocks:
        plain = normalise(block.text)
        for start, end in sentences(plain):
            found = set(_stretches(plain[start:end]))
            everywhere |= found
            if found and pattern_in(Across, "relation", "words").search(plain, start, end):
                related |= found
    return related, everywhere


def _relates(label: str) -> bool:
    return pattern_in(Across, "relation", "label").search(label) is not None


_HAN = re.compile(r"[\u4e00-\u9fff]+")


def _stretches(plain: str) -> Iterable[str]:
    for run in _HAN.finditer(plain):
        for match in _end().finditer(run[0]):
            if match.end() > 2:
                yield run[0][max(0, match.end() - _LONGEST) : match.end()]
