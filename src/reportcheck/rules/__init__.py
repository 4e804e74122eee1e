"""The rules: one family a file, each proposing claims or finding lints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from reportcheck.defects import one_place
from reportcheck.extract.head import Head
from reportcheck.extract.identity import Likeness
from reportcheck.extract.mention import Passage
from reportcheck.extract.named_cells import in_tables
from reportcheck.extract.named_prose import in_prose
from reportcheck.extract.period import period
from reportcheck.extract.tabular import Sheet
from reportcheck.model import Document, Lint, Notice, Question
from reportcheck.relations import averages, chains, sums
from reportcheck.rules import (
    absences,
    aims,
    anniversaries,
    attachments,
    balances,
    changes,
    compared,
    conflicts,
    contents,
    counts,
    cross_tables,
    dates,
    directions,
    divisions,
    durations,
    equations,
    far_rates,
    flows,
    full_marks,
    grades,
    identities,
    known,
    known_rates,
    listed_rows,
    malformed,
    names,
    ordering,
    percentages,
    placeholders,
    presence,
    products,
    punctuality,
    rates,
    references,
    restated,
    scores,
    sections,
    shares,
    staff,
    stated,
    statements,
    superlatives,
    table_blanks,
    table_grades,
    table_pairs,
    table_products,
    table_rates,
    table_rows,
    table_subsets,
    table_totals,
    targets,
    trends,
    wholes,
    years,
)
from reportcheck.schemas.texts import Profile

_OF_TABLES = (
    table_totals,
    table_rows,
    table_rates,
    table_products,
    table_pairs,
    scores,
    table_subsets,
    targets,
    balances,
    cross_tables,
)
_OF_PROSE = (
    equations,
    restated,
    flows,
    sums,
    chains,
    rates,
    shares,
    changes,
    products,
    averages,
    identities,
    directions,
    durations,
    percentages,
    staff,
    wholes,
    presence,
    punctuality,
    compared,
)
_OF_BOTH = (grades, table_grades, full_marks)


def propose(document: Document, passages: Sequence[Passage], sheets: Sequence[Sheet], head: Head) -> Iterator[Question]:
    """Every question that the rules ask of a document; those without an alternative are left out. A defect of a rule
    costs what that rule has not asked yet."""
    report = cache(lambda: stated.Stated(passages, sheets, head.year))
    figures = cache(lambda: (*in_prose(passages, head), *in_tables(sheets, head)))
    likeness = cache(lambda: Likeness(figures()))
    asked: tuple[tuple[Any, Callable[[], Iterable[Question]]], ...] = (
        *((rule, partial(rule.propose, sheets)) for rule in _OF_TABLES),
        *((rule, partial(rule.propose, passages)) for rule in _OF_PROSE),
        *((rule, partial(rule.propose, passages, sheets)) for rule in _OF_BOTH),
        (statements, lambda: statements.propose(passages, report())),
        (absences, lambda: absences.propose(passages, report(), head)),
        (conflicts, lambda: conflicts.propose(figures(), likeness())),
        (divisions, lambda: divisions.propose(passages, figures())),
        (known, lambda: known.propose(figures())),
        (known_rates, lambda: known_rates.propose(figures())),
        (aims, lambda: aims.propose(passages, sheets, figures(), likeness())),
        (trends, lambda: trends.propose(passages, report())),
        (superlatives, lambda: superlatives.propose(passages, sheets)),
        (far_rates, lambda: far_rates.propose(passages, figures())),
        (counts, lambda: counts.propose(document, passages)),
        (listed_rows, lambda: listed_rows.propose(document, passages)),
        (anniversaries, lambda: anniversaries.propose(passages, head)),
    )
    for rule, questions in asked:
        with one_place("rule-defect", _name(rule)):
            yield from filter(None, questions())


def limits(passages: Sequence[Passage], figures: int) -> Iterator[Notice]:
    """What a reader must know of searches that were broken off."""
    with one_place("rule-defect", _name(divisions)):
        if identities.stopped(passages) or divisions.stopped(passages, figures):
            yield Notice("search-bounded", {"count": figures})


def lint(document: Document, sheets: Sequence[Sheet], head: Head, chosen: Profile) -> Iterator[Lint]:
    """Every defect of wording or form that needs no arithmetic; a defect of the program costs one kind of them."""
    of = cache(lambda: period(document, head))
    found: tuple[tuple[Any, Callable[[], Iterable[Lint]]], ...] = (
        (table_blanks, lambda: table_blanks.find(sheets)),
        (placeholders, lambda: placeholders.find(document)),
        (malformed, lambda: malformed.find(document, sheets)),
        (attachments, lambda: attachments.missing(document)),
        (ordering, lambda: ordering.gaps(document)),
        (contents, lambda: contents.mismatches(document)),
        (references, lambda: references.missing(document)),
        (years, lambda: years.find(document, of())),
        (dates, lambda: dates.find(document, of())),
        (names, lambda: names.find(document, head, of())),
        (sections, lambda: sections.missing(document, chosen, head.title)),
    )
    for rule, lints in found:
        with one_place("rule-defect", _name(rule)):
            yield from lints()


def _name(rule: Any) -> str:
    """The last part of a module's name."""
    return str(rule.__name__).rpartition(".")[2]
