"""The findings as cards beside the report, and the marks in the report that they lead to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from reportcheck.catalog import Language, message, rules
from reportcheck.model import SEVERITIES, Severity, Span
from reportcheck.render.page.pieces import Mark
from reportcheck.render.places import Places
from reportcheck.render.told import Teller, Told
from reportcheck.render.words import label

_MOST_FURTHER = 12
_MOST_PLACES = 3
_LONGEST_FURTHER = 24


class Card(Struct, frozen=True):
    """A finding in words with the marks it has in the report, the chief one first; ``further`` are the anchors and
    words of the next ones, ``more`` counts those that are not named."""

    told: Told
    marks: tuple[tuple[str, Mark], ...]
    further: tuple[tuple[str, str], ...]
    more: int


def cards(teller: Teller, language: Language) -> tuple[Card, ...]:
    """Every finding of the report, in order."""
    return tuple(_card(told, teller.places, language) for told in teller.findings())


def _card(told: Told, places: Places, language: Language) -> Card:
    spans = [span for span in dict.fromkeys(told.finding.spans) if span.block in places.blocks]
    marks = tuple((span.block, _mark(told, span, index)) for index, span in enumerate(spans))
    listed = spans[1 : _MOST_FURTHER + 1]
    with_place = len(spans) - 1 <= _MOST_PLACES
    words = []
    for span in listed:
        text = _short(places.text(span))
        if with_place and _holder(span) != _holder(spans[0]):
            text = message(language, "place.other", place=places.of(span), text=text)
        words.append(text)
    anchors = (mark.anchor for _, mark in marks[1:])
    return Card(told, marks, tuple(zip(anchors, words, strict=False)), len(spans) - 1 - len(listed) if spans else 0)


def _holder(span: Span) -> str:
    """The paragraph, or the table of a cell: within it a place needs no name."""
    return span.block.partition(".")[0]


def _mark(told: Told, span: Span, index: int) -> Mark:
    anchor = f"mark-{told.number}" + (f"-{index + 1}" if index else "")
    return Mark(span.start, span.end, told.number, told.finding.severity, told.title, anchor, chief=not index)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_FURTHER else plain[:_LONGEST_FURTHER] + "…"


def marks_by_block(drawn: Iterable[Card]) -> dict[str, list[Mark]]:
    """The marks of all findings by the block they stand in."""
    found: dict[str, list[Mark]] = {}
    for card in drawn:
        for block, mark in card.marks:
            found.setdefault(block, []).append(mark)
    return found


class Choice(Struct, frozen=True):
    """Something to filter by, with the number of findings it stands for."""

    id: str
    name: str
    count: int


def severities(drawn: Sequence[Card], language: Language) -> tuple[Choice, ...]:
    """The severities that occur, the worst first."""
    counts: Mapping[Severity, int] = Counter(card.told.finding.severity for card in drawn)
    return tuple(Choice(s, label(language, "severity", s), counts[s]) for s in SEVERITIES if counts[s])


def rules_met(drawn: Sequence[Card], language: Language) -> tuple[Choice, ...]:
    """The rules that found something, those that found most first."""
    counts = Counter(card.told.finding.rule for card in drawn)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Choice(rule, rules()[rule].text("title", language), count) for rule, count in ranked)
