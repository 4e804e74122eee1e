"""Tables against one another: ``conflicting-figures``.

The tables of final accounts and budgets state some figures twice: these identities are data, keyed by the titles of
the tables, never by their numbers. A list of projects states what the form of each project states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportcheck.catalog import table
from reportcheck.extract.headers import pattern
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Fact, Question
from reportcheck.rules.conflicts import same_claim
from reportcheck.schemas.tables import Tables, TablesSide

_FORM_ROWS = 4


def propose(sheets: Sequence[Sheet]) -> Iterator[Question]:
    """A question for each figure that a second table states."""
    for row in table(Tables).cross:
        stated, other = _named(sheets, row.one), _named(sheets, row.other)
        if len(stated) == 1 and 1 <= len(other) <= row.parts and stated[0] not in other:
            yield (same_claim(stated[0], tuple(other), "identity"),)
    yield from _projects(sheets)


def _named(sheets: Sequence[Sheet], side: TablesSide) -> list[Fact]:
    """The figures of the rows and columns that one side of an identity names, in the one table of its title."""
    own = [sheet for sheet in sheets if re.search(side.title, _title(sheet))]
    if len(own) != 1:
        return []
    found = []
    for part in own[0].parts:
        rows = [row.index for row in part.rows if row.total and re.search(side.row, row.label)]
        for column in part.columns:
            if column.kind == "amount" and re.search(side.column, re.sub(r"\s", "", column.title)):
                found += [own[0].facts[row, column.index] for row in rows if (row, column.index) in own[0].facts]
    return found


def _title(sheet: Sheet) -> str:
    return re.sub(r"\s", "", sheet.grid.source.caption)


def normal(phrase: str) -> str:
    """A name without numbering, brackets, year, and the words that only say that a figure follows."""
    bare = pattern("repeat", "noise").sub("", re.sub(r"\s", "", phrase))
    while (shorter := pattern("repeat", "ends").sub("", bare)) != bare and len(shorter) > 2:
        bare = shorter
    for row in table(Tables).alias:
        bare = row.words.compiled.sub(row.as_, bare)
    return bare


# --- a list of projects and their forms ---------------------------------------------------


def _projects(sheets: Sequence[Sheet]) -> Iterator[Question]:
    forms = {name: sheet for sheet in sheets if (name := project_of(sheet))}
    for sheet in sheets:
        if project_of(sheet):
            continue
        for part in sheet.parts:
            for row in part.rows:
                form = forms.get(normal(row.label))
                if form is None:
                    continue
                said = _of_form(form)
                for column in part.columns:
                    stated = sheet.facts.get((row.index, column.index))
                    other = said.get(normal(column.leaf))
                    if stated is not None and other is not None:
                        yield (same_claim(stated, (other,), "structure"),)


def project_of(sheet: Sheet) -> str:
    """The name of the project that a form is about; a list of projects has that label in its header."""
    headers = {cell.id for band in sheet.grid.bands for column in band.columns for cell in column.path}
    for cells in sheet.grid.cells[:_FORM_ROWS]:
        texts = list(dict.fromkeys(cell.text for cell in cells if cell.text and cell.id not in headers))
        for label, name in pairwise(texts):
            if pattern("form", "project").search(label):
                return normal(name)
    return ""


def _of_form(sheet: Sheet) -> dict[str, Fact]:
    """What a form says of its project as a whole: its funds by column, and its total score."""
    said: dict[str, Fact] = {}
    for part in sheet.parts:
        for row in part.rows:
            if pattern("pair", "whole").search(row.label):
                said |= _by_column(sheet, part, row.index, ("amount", "rate"))
            elif row.total and pattern("total", "grand").search(row.label):
                scores = _by_column(sheet, part, row.index, ("score",))
                said |= {normal(row.label): fact for fact in scores.values()}
    return said


def _by_column(sheet: Sheet, part: Part, row: int, kinds: Sequence[str]) -> dict[str, Fact]:
    return {
        normal(column.leaf): sheet.facts[row, column.index]
        for column in part.columns
        if column.kind in kinds and (row, column.index) in sheet.facts
    }
