"""The figures by which reports of one kind are compared: their rate of execution and their score."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from reportcheck.catalog import cached, table
from reportcheck.model import Block, Fact, Report
from reportcheck.render.places import Places
from reportcheck.schemas.across import Across
from reportcheck.text import normalise

_BREAK = re.compile(r"[，。；：！？\n（）](?!$)")
_FULL = 100
_WHOLE = "whole"


class Measure(Struct, frozen=True):
    """A figure by which reports are compared; ``rule`` is the one that does. ``value`` is exact, in per cent for rates;
    ``text`` is as written at the ``place``."""

    rule: str
    value: str
    place: str
    text: str


class _Wanted(Struct, frozen=True):
    """What is looked for: see ``[[measure]]`` in ``patterns/across.toml``."""

    id: str
    role: str
    table: re.Pattern[str]
    clause: re.Pattern[str]
    part: re.Pattern[str]
    heading: re.Pattern[str]


@cached
def _wanted() -> tuple[_Wanted, ...]:
    return tuple(
        _Wanted(row.id, row.role, *(each.compiled for each in (row.table, row.clause, row.part, row.heading)))
        for row in table(Across).measure
    )


@cached
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row.id, row.pattern.compiled) for row in table(Across).kind)


def kind_of(report: Report) -> str:
    """The kind of a report by its title; ``""`` where it is none of the known ones."""
    title = "".join(normalise(report.title).split())
    return next((name for name, pattern in _kinds() if pattern.search(title)), "")


def measures_of(report: Report, places: Places) -> Iterator[Measure]:
    """The measures of a report of a known kind, each as its first table states it, else its text."""
    kind = kind_of(report)
    for wanted in _wanted() if kind else ():
        # What a report on a project says of the project is no part.
        found = [fact for fact in _stated(report, wanted, places) if kind != _WHOLE or not _is_part(fact, wanted)]
        if found:
            quantity = found[0].quantity
            value = quantity.exact * (_FULL if wanted.role == "rate" else 1)
            yield Measure(wanted.id, str(value), places.in_full(quantity.span), quantity.text)


def _stated(report: Report, wanted: _Wanted, places: Places) -> list[Fact]:
    """The facts that state a measure, those of tables first."""
    cells, clauses = [], []
    # A score out of other marks than a hundred cannot be held beside others; a weight tells nothing of a rate.
    weights = [fact for fact in report.facts if fact.role == "weight" and wanted.role == "score"]
    other = {_row(fact) for fact in weights if fact.quantity.exact != _FULL}
    for fact in report.facts:
        block = places.blocks[fact.quantity.span.block]
        if block.role == "cell" and fact.role == wanted.role and wanted.table.search(normalise(fact.indicator)):
            cells += [fact] if _row(fact) not in other else []
        elif block.role != "cell" and _is_of(fact, wanted) and wanted.clause.search(_clause(block, fact)):
            clauses.append(fact)
    return cells + clauses


def _row(fact: Fact) -> str:
    return fact.quantity.span.block.partition("c")[0]


def _is_of(fact: Fact, wanted: _Wanted) -> bool:
    """Whether a figure of the text may be the measure by its unit and the heading it stands under."""
    dimension = "ratio" if wanted.role == "rate" else "score"
    quantity = fact.quantity
    return (quantity.bound, quantity.unit.dimension) == ("exact", dimension) and bool(
        wanted.heading.search(_heading(fact))
    )


def _clause(block: Block, fact: Fact) -> str:
    plain = normalise(block.text[: fact.quantity.span.start])
    start = max((match.end() for match in _BREAK.finditer(plain)), default=0)
    return "".join(plain[start:].split())


def _is_part(fact: Fact, wanted: _Wanted) -> bool:
    """Whether the innermost heading or table title above speaks of a part of the whole."""
    return wanted.part.search(_heading(fact)) is not None


def _heading(fact: Fact) -> str:
    return fact.scope.rsplit(" / ", 1)[-1]
