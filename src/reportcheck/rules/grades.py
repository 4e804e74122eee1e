"""Grades in words against scores: ``grade-mismatch`` (得分85.5分，等级为“优”).

The bands are those that the report explains (90分以上为优 …), else those of the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from reportcheck.catalog import cached, pattern_in, table
from reportcheck.extract.headers import pattern
from reportcheck.extract.mention import Mention, Passage, all_mentions
from reportcheck.extract.tabular import Sheet
from reportcheck.model import Basis, Claim, Fact, Question, Relation
from reportcheck.relations import reach
from reportcheck.rules.phrases import Phrase, phrases
from reportcheck.schemas.phrases import Statements

GRADE = "grade-mismatch"
_LEAST_BANDS = 3


class Band(Struct, frozen=True):
    """The scores of a grade: at least ``least``, and under ``under`` unless it is the best."""

    least: int
    under: int | None


Bands = dict[str, Band]


def propose(passages: Sequence[Passage], sheets: Sequence[Sheet]) -> Iterator[Question]:
    """The score must lie in the band of the grade that is given for it."""
    bands = bands_of(passages)
    for passage in passages:
        for phrase in phrases(passage, _grade()):
            grade = _grade().fullmatch(phrase.text)
            if grade is None or grade["grade"] not in bands or _explains(passage, phrase.sentence):
                continue
            score, basis = _score(phrase, passages, sheets)
            if score is not None:
                yield from in_band(score, bands[grade["grade"]], phrase, basis)


_word = partial(pattern_in, Statements, "grades")


@cached
def _grade() -> re.Pattern[str]:
    return _word("context")


# --- bands --------------------------------------------------------------------------------


@cached
def default_bands() -> Bands:
    """The bands of the catalogue; of two rows for a grade the first counts, which is the user's own."""
    rows = table(Statements).grades.bands
    return {grade: Band(row.least, row.under) for row in reversed(rows) for grade in row.grades}


def bands_of(passages: Iterable[Passage]) -> Bands:
    """The bands that a report explains, all of them alike; else the common ones. None where they differ."""
    found = [
        bands for passage in passages for start, end in passage.starts if (bands := _read(passage.plain[start:end]))
    ]
    if not found:
        return default_bands()
    return found[0] if all(bands == found[0] for bands in found) else {}


def _read(sentence: str) -> Bands | None:
    """The bands in a sentence: each grade with the figure that it begins at; it ends where the next begins."""
    least: dict[str, int] = {}
    for name in ("band", "band_behind"):
        for match in _word(name).finditer(sentence):
            named = match.groupdict()
            lower = named.get("low") or named.get("from") or ("0" if named.get("below") else None)
            if lower is not None:
                least.setdefault(match["grade"], int(lower))
        if len(least) >= _LEAST_BANDS:
            return _with_synonyms(least)
        least = {}
    return None


def _with_synonyms(least: dict[str, int]) -> Bands:
    starts = sorted(least.values())
    read = {grade: Band(low, next((s for s in starts if s > low), None)) for grade, low in least.items()}
    groups = [row.grades for row in table(Statements).grades.bands]
    return {name: band for group in groups for grade, band in read.items() if grade in group for name in group}


def _explains(passage: Passage, sentence: int) -> bool:
    """Whether a sentence explains the bands and gives no grade: then its grades stand for no score."""
    start, end = passage.starts[sentence]
    return len(_word("words").findall(passage.plain[start:end])) > 2 and not _given(passage, sentence)


def _given(passage: Passage, sentence: int) -> bool:
    return any(m.sentence == sentence and _is_total(m) for m in passage.mentions)


# --- scores -------------------------------------------------------------------------------


def _score(phrase: Phrase, passages: Sequence[Passage], sheets: Sequence[Sheet]) -> tuple[Fact | None, Basis]:
    """The total score that a grade is given for: in its sentence, before it in the paragraph, or the only one of
    the report."""
    own = [m for m in phrase.passage.mentions if m.end <= phrase.start and is_score(m)]
    here = [m for m in own if m.sentence == phrase.sentence]
    here = [m for m in here if phrase.shares(m)] or here
    totals = [m for m in here if _is_total(m)]
    best = next((m for m in reversed(totals) if m.role == "total"), totals[0] if len(totals) == 1 else None)
    if here:
        return (best.fact if best else None), "wording"
    if _word("other_thing").search(phrase.before + phrase.text) or _word("far").search(phrase.text) is None:
        return None, "wording"
    earlier = [m for m in own if _is_total(m) and m.role != "previous"]
    if earlier:
        return (earlier[0].fact if len(earlier) == 1 else None), "structure"
    everywhere = [m.fact for m in all_mentions(passages) if is_score(m) and m.role != "previous" and _is_whole(m)]
    everywhere = everywhere or list(_table_totals(sheets))
    values = {fact.quantity.exact for fact in everywhere}
    return (everywhere[0] if len(values) == 1 else None), "structure"


def is_score(mention: Mention) -> bool:
    """Whether a figure is a score that was given, in whatever year, not one that can be earned or was taken off."""
    level = reach.is_level(mention) or mention.role == "previous"
    given = level and mention.dimension == "score" and mention.quantity.bound == "exact"
    return given and not _word("no_score").search(mention.head)


def _is_total(mention: Mention) -> bool:
    return mention.role == "total" or _word("score").search(mention.head) is not None


def _is_whole(mention: Mention) -> bool:
    """Whether a score is by its own words that of the whole evaluation."""
    return _word("whole").search(mention.head) is not None


def _table_totals(sheets: Sequence[Sheet]) -> Iterator[Fact]:
    for sheet in sheets:
        for part in sheet.parts:
            columns = part.of_kind("score")
            rows = [row for row in part.rows if row.total and pattern("total", "grand").search(row.label)]
            if len(rows) == 1 and len(columns) == 1 and (rows[0].index, columns[0]) in sheet.facts:
                yield sheet.facts[rows[0].index, columns[0]]


def in_band(score: Fact, band: Band, phrase: Phrase, basis: Basis) -> Iterator[Question]:
    """A question for each end of a band."""
    ends: tuple[tuple[int | None, Relation], ...] = ((band.least, ">="), (band.under, "<"))
    for end, relation in ends:
        if end is not None:
            limit = phrase.limit(end, score.quantity.unit)
            yield (Claim(GRADE, "limit", score, "limit", {"limit": (limit,)}, basis, relation),)
