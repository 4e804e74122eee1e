"""What was checked and what was not: figures by section and standing, every figure, every relation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import get_args

from msgspec import Struct

from reportcheck.catalog import Language, message
from reportcheck.ledger import Entry, Section, Standing, decided, ledger
from reportcheck.model import OUTCOMES, Outcome, Report, Span, Verdict
from reportcheck.render import words
from reportcheck.render.page.pieces import Figure
from reportcheck.render.places import Places

STANDINGS: tuple[Standing, ...] = get_args(Standing)
_WORST_FIRST: tuple[Outcome, ...] = ("inconsistent", "undecided", "rounding", "consistent")
FULL = 1000
"""The length of a whole bar."""


class Part(Struct, frozen=True):
    """A part of a bar: what it stands for, how often, and where it lies on the bar."""

    id: str
    name: str
    count: int
    start: int
    length: int


class Row(Struct, frozen=True):
    """A figure of the ledger; ``findings`` are the numbers of those that mark it."""

    anchor: str
    text: str
    name: str
    place: str
    standing: Standing
    standing_name: str
    why: str
    findings: tuple[int, ...]


class Chapter(Struct, frozen=True):
    """The figures under one main heading: how many, how many of them checked, and each."""

    name: str
    figures: int
    checked: int
    share: str
    bar: tuple[Part, ...]
    rows: tuple[Row, ...]


class Relation(Struct, frozen=True):
    """A verdict: the relation with its figures, where it stands, what it rests on or why it was left undecided."""

    anchor: str
    place: str
    text: str
    why: str


class Group(Struct, frozen=True):
    """The relations of one outcome."""

    id: str
    name: str
    relations: tuple[Relation, ...]


class Reason(Struct, frozen=True):
    """Why figures were not checked, and how many."""

    name: str
    count: int


class Coverage(Struct, frozen=True):
    """All that was looked at in a report; ``standings`` and ``outcomes`` are whole bars."""

    chapters: tuple[Chapter, ...]
    standings: tuple[Part, ...]
    outcomes: tuple[Part, ...]
    reasons: tuple[Reason, ...]
    groups: tuple[Group, ...]
    figures: Mapping[str, Sequence[Figure]]


def coverage(report: Report, places: Places, language: Language, marked: Mapping[Span, Sequence[int]]) -> Coverage:
    """What was checked in a report; ``marked`` are the findings at each span."""
    sections = ledger(report)
    entries = [entry for section in sections for entry in section.entries]
    anchors: dict[Span, str] = {}
    figures: dict[str, list[Figure]] = {}
    for entry in entries:
        span = entry.fact.quantity.span
        if span not in anchors:
            anchors[span] = f"figure-{len(anchors) + 1}"
            figures.setdefault(span.block, []).append(Figure(span.start, span.end, anchors[span], entry.standing))
    relations = [words.relation(verdict, language) for verdict in report.verdicts]

    def row(entry: Entry) -> Row:
        quantity = entry.fact.quantity
        if entry.reason:
            why = words.label(language, "reason", entry.reason)
        else:
            why = message(language, "place.separator").join(relations[index] for index in decided(entry, report))
        return Row(
            anchors[quantity.span],
            quantity.text,
            entry.fact.indicator,
            places.of(quantity.span),
            entry.standing,
            words.label(language, "ledger_standing", entry.standing),
            why,
            tuple(marked.get(quantity.span, ())),
        )

    most = max((len(section.entries) for section in sections), default=1)
    return Coverage(
        tuple(_chapter(section, most, row, language) for section in sections),
        bar(Counter(entry.standing for entry in entries), STANDINGS, len(entries), "ledger_standing", language),
        bar(Counter(v.outcome for v in report.verdicts), OUTCOMES, len(report.verdicts), "outcome", language),
        _reasons(entries, language),
        tuple(_groups(report, places, relations, anchors, language)),
        figures,
    )


def _chapter(section: Section, most: int, row: Callable[[Entry], Row], language: Language) -> Chapter:
    figures, checked = len(section.entries), section.checked
    counts = Counter[str](entry.standing for entry in section.entries)
    return Chapter(
        section.name or message(language, "ledger.no_section"),
        figures,
        checked,
        f"{checked / figures:.0%}",
        bar(counts, STANDINGS, most, "ledger_standing", language),
        tuple(map(row, section.entries)),
    )


def bar(counts: Mapping[str, int], ids: Sequence[str], total: int, group: str, language: Language) -> tuple[Part, ...]:
    """The parts that occur, one behind the other; ``total`` fills a bar."""
    met = [(id, counts[id]) for id in ids if counts[id]]
    ends = [FULL * end // total for end in accumulate(count for _, count in met)]
    return tuple(
        Part(id, words.label(language, group, id), count, start, end - start)
        for (id, count), start, end in zip(met, [0, *ends], ends, strict=False)
    )


def _reasons(entries: Iterable[Entry], language: Language) -> tuple[Reason, ...]:
    counts = Counter(entry.reason for entry in entries if entry.reason)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Reason(words.label(language, "reason", reason), count) for reason, count in ranked)


def _groups(
    report: Report, places: Places, relations: Sequence[str], anchors: Mapping[Span, str], language: Language
) -> Iterable[Group]:
    order = sorted(range(len(report.verdicts)), key=lambda index: places.order(report.verdicts[index]))
    for outcome in _WORST_FIRST:
        listed = [
            _relation(report.verdicts[index], relations[index], places, anchors, language)
            for index in order
            if report.verdicts[index].outcome == outcome
        ]
        if listed:
            yield Group(outcome, words.label(language, "outcome", outcome), tuple(listed))


def _relation(
    verdict: Verdict, holding: str, places: Places, anchors: Mapping[Span, str], language: Language
) -> Relation:
    stated = verdict.claim.stated.quantity
    why = words.label(language, "basis", verdict.claim.basis)
    text = holding
    if verdict.outcome == "undecided":
        why = words.label(language, "reason", verdict.reason or "unknown")
        text = message(language, "report.doubtful", stated=stated.text, equation=words.equation(verdict, language))
    return Relation(anchors.get(stated.span, f"at-{stated.span.block}"), places.of(stated.span), text, why)
