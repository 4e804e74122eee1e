"""Years of another report left in: ``stale-year``.

Reports name many years rightly. So only those places are looked at that must name the year of the report
(``patterns/periods.toml``), and only in reports whose title names one year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from msgspec import Struct

from reportcheck.catalog import cached, table
from reportcheck.extract.dates import dates, number
from reportcheck.extract.outline import numbering, scopes
from reportcheck.extract.period import Period, compiled, filled
from reportcheck.model import Block, Document, Lint, Severity, Span
from reportcheck.regexes import Regex
from reportcheck.rules import year_tables
from reportcheck.schemas.wholes import Periods
from reportcheck.text import normalise, sentences

RULE = "stale-year"
_LONGEST_LINE = 60
_ALIKE = 5
_TITLE_WRONG = 3


class _Slot(Struct, frozen=True):
    """A construction that names the year of the report, or with ``years`` = ``before`` the year before it."""

    pattern: Regex
    where: str
    kinds: frozenset[str]
    whole: bool
    years: str
    severity: Severity
    alike: bool

    def is_of(self, of: Period, line: bool) -> bool:
        """Whether the slot is looked for in such a report, on a line or in a sentence."""
        return of.kind in self.kinds and (of.whole or not self.whole) and (line or self.where != "line")

    def wrong(self, year: int, of: Period) -> bool:
        """Whether a year cannot stand here."""
        if self.years == "earlier":
            return year < of.year
        if self.years == "before":
            return year not in (of.year - 1, of.year)
        return self.years == "itself" or year != of.year


class _Place(Struct, frozen=True):
    """A year where that of the report must stand; ``reported`` is false for the year before it."""

    block: Block
    start: int
    end: int
    year: int
    severity: Severity
    wrong: bool
    reported: bool


@cached
def _slots() -> tuple[_Slot, ...]:
    return tuple(
        _Slot(
            filled(row.pattern),
            row.where,
            frozenset(row.kinds),
            row.whole,
            row.years,
            row.severity,
            row.alike,
        )
        for row in table(Periods).slot
    )


def find(document: Document, of: Period | None) -> Iterator[Lint]:
    """A lint for each place that names another year; for the title, if all of them name one other year."""
    if of is None:
        return
    places = list(_places(document, of))
    reported = [place for place in places if place.reported]
    others = {place.year for place in reported}
    if not of.borne and len(reported) >= _TITLE_WRONG and len(others) == 1 and of.year not in others:
        first = reported[0]
        written = normalise(first.block.text)[first.start : first.end]
        yield Lint(RULE, (of.span, Span(first.block.id, first.start, first.end)), {"expected": written})
        return
    wrong = [place for place in places if place.wrong]
    # Several other years may be a course of years, told one by one.
    course = len({place.year for place in wrong if place.reported}) > 1
    doubtful = not of.borne or course or len(wrong) > len(places) - len(wrong) + 1
    for place in wrong:
        spans = (Span(place.block.id, place.start, place.end), of.span)
        yield Lint(RULE, spans, {"expected": of.text}, "warning" if doubtful else place.severity)
    for span in year_tables.of_other_years(document, of):
        yield Lint(RULE, (span, of.span), {"expected": of.text}, "warning")
    stem = normalise(PurePath(document.path).stem)
    years = {date.year for date in dates(stem)}
    if years and max(years) < of.year:
        yield Lint(RULE, (of.span,), {"expected": stem}, "warning")


def _places(document: Document, of: Period) -> Iterator[_Place]:
    """Every place that must name the year of the report, in reading order; what stands under a heading that is
    rightly of another year may be of that year."""
    headings = scopes(document)
    wrong_headings: list[str] = []
    for block in document.blocks:
        if block.role in ("cell", "contents") or block.id == of.span.block:
            continue
        plain = compiled("words", "quoted").sub(lambda match: " " * len(match[0]), normalise(block.text))
        above = [name for name in headings.get(block.id, "").split(" / ") if name not in plain]
        seen: set[int] = set()
        for place in _in_block(block, plain, of):
            if place.start in seen or any(str(place.year) in name and name not in wrong_headings for name in above):
                continue
            seen.add(place.start)
            numbered = numbering(plain)
            if place.wrong and numbered:
                wrong_headings.append(plain[numbered.start :].strip())
            yield place


def _in_block(block: Block, plain: str, of: Period) -> Iterator[_Place]:
    line = len(plain) <= _LONGEST_LINE and not compiled("words", "running").search(plain)
    for start, end in [(0, len(plain))] if line else sentences(plain):
        sentence = plain[start:end]
        for slot in _slots():
            for match in slot.pattern.compiled.finditer(sentence) if slot.is_of(of, line) else ():
                year = number(match["year"])
                if year is None or (slot.alike and not _alike(sentence[match.end("mark") :], of.title)):
                    continue
                if slot.years != "before" and year != of.year and _lawful(sentence, match):
                    continue
                wrong = slot.wrong(year, of) and not (slot.years == "itself" and _several(sentence))
                sure = slot.severity == "error" and (line or slot.years == "itself" or not _several(plain))
                yield _Place(
                    block,
                    start + match.start("mark"),
                    start + match.end("mark"),
                    year,
                    "error" if sure else "warning",
                    wrong,
                    slot.years not in ("before", "itself"),
                )


def _lawful(sentence: str, match: re.Match[str]) -> bool:
    """Whether the words around a year tell that another one is meant than that of the report."""
    return bool(
        _several(sentence)
        or compiled("words", "elsewhere").search(sentence)
        or compiled("words", "span").search(sentence[match.end("mark") :])
        or compiled("words", "compared").search(sentence[: match.start("mark")])
    )


def _several(plain: str) -> bool:
    """Whether a text names more than one year, so that it may tell of a course of years."""
    return len({date.year for date in dates(plain)}) > 1


def _alike(behind: str, title: str) -> bool:
    """Whether a line goes on behind its year as the title does."""
    words = "".join(behind.split())[:_ALIKE]
    return len(words) == _ALIKE and words in title
