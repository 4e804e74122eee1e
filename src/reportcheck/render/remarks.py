"""What is written beside the passages of an annotated copy, whatever the format of the copy."""

from __future__ import annotations

from msgspec import Struct

from reportcheck.catalog import Language, message
from reportcheck.model import Report, Severity, Span
from reportcheck.render import words
from reportcheck.render.provenance import provenance
from reportcheck.render.told import Teller, Told
from reportcheck.result import Result


class Remark(Struct, frozen=True):
    """Lines of text for one passage; without a ``span`` they are about the report as a whole and stand at its
    beginning. ``severity`` is that of the finding, if the remark tells of one."""

    span: Span | None
    severity: Severity | None
    lines: tuple[str, ...]


class Annotated(Struct, frozen=True):
    """The bytes of the copy, and the remarks of which the passage could not be marked: those stand at the nearest
    place that could."""

    data: bytes
    displaced: tuple[Remark, ...] = ()


def remarks(result: Result) -> tuple[Remark, ...]:
    """The remarks on the only report of a result: first a summary with what is said of no single place, then one for
    each finding at the figure blamed."""
    report, language = result.reports[0], result.settings.language
    told = Teller(report, language).findings()
    placed = [one for one in told if one.place]
    general = [one for one in told if not one.place]
    lines = [*_summary(report, language), *(line for one in general for line in _lines(one, language))]
    found = (Remark(one.finding.spans[0], one.finding.severity, tuple(_lines(one, language))) for one in placed)
    return (Remark(None, None, (*lines, *provenance(result))), *found)


def _summary(report: Report, language: Language) -> list[str]:
    lines = [
        message(language, "annotated.title"),
        words.severities(report.findings, language),
        words.coverage(report, language),
        words.tally(report, language) if report.facts else "",
        *(words.notice(notice, language) for notice in report.document.notices),
    ]
    return [line for line in lines if line]


def _lines(told: Told, language: Language) -> list[str]:
    heading = message(language, "annotated.heading", severity=told.severity, title=told.title, rule=told.finding.rule)
    lines = [message(language, "annotated.line", label=line.label, text=line.text) for line in told.lines]
    return [told.mark + heading, *lines, message(language, "finding.id", id=told.id)]
