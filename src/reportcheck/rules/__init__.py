"""The rules: one family a file, each proposing claims or finding lints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportcheck.extract.head import Head
from reportcheck.extract.identity import Likeness
from reportcheck.extract.mention import Passage
from reportcheck.extract.named_cells import in_tables
from reportcheck.extract.named_prose import in_prose
from reportcheck.extract.period import period
from reportcheck.extract.tabular import Sheet
from reportcheck.model import Document, Lint, Notice, Question
from reportcheck.rules import (
    absences,
    aims,
    anniversaries,
    balances,
    changes,
    compared,
    conflicts,
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
    indicators,
    known,
    known_rates,
    listed_rows,
    names,
    percentages,
    placeholders,
    presence,
    products,
    punctuality,
    rates,
    restated,
    scores,
    shares,
    staff,
    statements,
    structure,
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
    totals,
    trends,
    wholes,
    years,
)


def propose(document: Document, passages: Sequence[Passage], sheets: Sequence[Sheet], head: Head) -> Iterator[Question]:
    """Every question that the rules ask of a document; those without an alternative are left out."""
    for tabular in (
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
    ):
        yield from filter(None, tabular.propose(sheets))
    for family in (
        equations,
        restated,
        flows,
        totals,
        rates,
        shares,
        changes,
        products,
        identities,
        directions,
        durations,
        percentages,
        staff,
        wholes,
        presence,
        punctuality,
        compared,
    ):
        yield from filter(None, family.propose(passages))
    for scored in (grades, table_grades, full_marks):
        yield from scored.propose(passages, sheets)
    report = indicators.Indicators(passages, sheets, head.year)
    yield from filter(None, statements.propose(passages, report))
    yield from filter(None, absences.propose(passages, report, head))
    figures = (*in_prose(passages, head), *in_tables(sheets, head))
    likeness = Likeness(figures)
    yield from filter(None, conflicts.propose(figures, likeness))
    yield from filter(None, divisions.propose(passages, figures))
    yield from filter(None, known.propose(figures))
    yield from filter(None, known_rates.propose(figures))
    yield from aims.propose(passages, sheets, figures, likeness)
    yield from trends.propose(passages, report)
    yield from superlatives.propose(passages, sheets)
    yield from filter(None, far_rates.propose(passages, figures))
    yield from counts.propose(document, passages)
    yield from listed_rows.propose(document, passages)
    yield from anniversaries.propose(passages, head)


def limits(passages: Sequence[Passage], figures: int) -> Iterator[Notice]:
    """What a reader must know of searches that were broken off."""
    if identities.stopped(passages) or divisions.stopped(passages, figures):
        yield Notice("search-bounded", {"count": figures})


def lint(document: Document, sheets: Sequence[Sheet], head: Head) -> Iterator[Lint]:
    """Every defect of wording or form that needs no arithmetic."""
    yield from table_blanks.find(sheets)
    yield from placeholders.find(document)
    yield from structure.find(document)
    of = period(document, head)
    yield from years.find(document, of)
    yield from dates.find(document, of)
    yield from names.find(document, head, of)
