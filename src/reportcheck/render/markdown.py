"""A run as Markdown, for a merge request, a wiki or a chat.

No line begins with words of a report or a file, so that none is taken for a heading, a list or a command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from reportcheck.catalog import Language, message
from reportcheck.ledger import checked_spans, unchecked
from reportcheck.model import SEVERITIES, Accepted, Report
from reportcheck.render import words
from reportcheck.render.markdown_text import escaped, table
from reportcheck.render.provenance import provenance
from reportcheck.render.run_notices import run_notices
from reportcheck.render.told import Teller, Told, mark, short_id
from reportcheck.result import Result

_MOST_FIGURES = 5
_MARKS = "\u27e6{}\u27e7"


def draw(result: Result) -> bytes:
    """The whole run, in UTF-8."""
    language = result.settings.language
    lines = [f"# {_say(language, 'handed.title')}", "", *_summary(result)]
    for report in result.reports:
        lines += ["", *_Section(report, language).lines()]
    lines += _failures(result) + _unused(result)
    lines += ["", "---", "", _say(language, "handed.provenance"), ""]
    lines += [f"- {escaped(line)}" for line in provenance(result)]
    return ("\n".join(lines) + "\n").encode("utf-8", errors="replace")


def _say(language: Language, key: str, **facts: object) -> str:
    return escaped(message(language, key, **facts))


def _summary(result: Result) -> list[str]:
    """One row a file, and what concerns the run as a whole."""
    language = result.settings.language
    heads = ("handed.report", "summary.figures", "summary.checked", *(f"severity.{s}" for s in SEVERITIES))
    rows = [[_say(language, key) for key in (*heads, "handed.accepted")]]
    for report in result.reports:
        counts = Counter(finding.severity for finding in report.findings)
        spans = checked_spans(report)
        checked = sum(fact.quantity.span in spans for fact in report.facts)
        numbers = (len(report.facts), checked, *(counts[s] for s in SEVERITIES), len(report.accepted))
        rows.append([escaped(report.document.path), *map(str, numbers)])
    for failure in result.failures:
        rows.append([escaped(failure.path) + _say(language, "handed.not_read"), *[""] * (len(rows[0]) - 1)])
    lines = table(rows, right=1)
    if notices := run_notices(result):
        lines += ["", *(f"- {escaped(notice.text)}" for notice in notices)]
    return lines


def _failures(result: Result) -> list[str]:
    if not result.failures:
        return []
    language = result.settings.language
    head = _say(language, "summary.failures", count=len(result.failures))
    listed = [
        f"- {_say(language, 'handed.pair', name=failure.path, text=failure.message)}" for failure in result.failures
    ]
    return ["", f"## {head}", "", *listed]


def _unused(result: Result) -> list[str]:
    """The decisions that fitted no finding, each with its file and row."""
    if not result.unused:
        return []
    language = result.settings.language
    lines = ["", f"## {_say(language, 'accepted.unused', count=len(result.unused))}", ""]
    lines += [_say(language, "accepted.unused_why"), ""]
    return [*lines, *(f"- {escaped(words.unused(decision, language))}" for decision in result.unused)]


class _Section:
    """One report."""

    def __init__(self, report: Report, language: Language) -> None:
        self._report = report
        self._language = language
        self._teller = Teller(report, language)

    def lines(self) -> Iterator[str]:
        """Head, findings, what was accepted, what is gone, what was not checked."""
        yield f"## {escaped(self._report.document.path)}"
        yield ""
        yield from (f"- {escaped(text)}" for text in self._head() if text)
        for told in self._teller.findings():
            yield from self._finding(told)
        if self._report.accepted:
            yield from self._heading("accepted.section", count=len(self._report.accepted))
            yield from map(self._accepted, self._report.accepted)
        if self._report.comparison and self._report.comparison.gone:
            yield from self._heading("handed.gone", count=len(self._report.comparison.gone))
            for earlier in self._report.comparison.gone:
                yield f"- {escaped(words.gone(earlier, self._language))}"
                yield f"  > {escaped(earlier.context or earlier.text)}"
        yield from self._unchecked()

    def _say(self, key: str, **facts: object) -> str:
        return _say(self._language, key, **facts)

    def _pair(self, name: str, text: str) -> str:
        return message(self._language, "handed.pair", name=name, text=text)

    def _joined(self, texts: Sequence[str]) -> str:
        return message(self._language, "place.separator").join(texts)

    def _heading(self, key: str, **facts: object) -> Iterator[str]:
        yield from ("", f"### {self._say(key, **facts)}", "")

    def _head(self) -> Iterator[str]:
        """What the report is, how it was read, and how far it was checked."""
        report, language = self._report, self._language
        year = message(language, "report.year", year=report.year) if report.year else ""
        yield self._joined([text for text in (report.title, report.unit, year) if text])
        yield words.coverage(report, language)
        for notice in report.document.notices:
            yield self._pair(message(language, "report.notice"), words.notice(notice, language))
        if report.facts:
            if not (report.findings or report.accepted):
                decided = any(verdict.outcome != "undecided" for verdict in report.verdicts)
                yield message(language, "report.clean" if decided else "report.nothing_checked")
            yield words.tally(report, language)
        yield words.comparison(report, language)

    def _finding(self, told: Told) -> Iterator[str]:
        """The heading, the place, the words in their context, and all that is to be said."""
        title = message(self._language, "finding.title", title=told.title, rule=told.finding.rule)
        yield ""
        yield f"### {told.number}. {escaped(told.mark + self._pair(told.severity, title))}"
        yield ""
        identity = short_id(told.finding, self._language)
        if told.place:
            before, found, behind = self._teller.places.around.parted(told.finding.spans[0])
            yield f"> {escaped(before + _MARKS.format(found) + behind)}"
            yield ""
            identity = self._joined([told.place, identity])
        for line in told.lines:
            yield f"- **{escaped(line.label)}** {escaped(line.text)}"
        yield f"- {escaped(identity)}"

    def _accepted(self, entry: Accepted) -> str:
        finding, language = entry.finding, self._language
        place = [self._teller.place(finding.spans[0])] if finding.spans else []
        texts = [words.problem(finding, language), words.decision(entry.decision, language)]
        return f"- {escaped(mark(finding, language) + self._joined([*texts, *place, short_id(finding, language)]))}"

    def _unchecked(self) -> Iterator[str]:
        """How many figures were not checked, by the reason, with the first of them."""
        found = unchecked(self._report)
        if not found:
            return
        yield from self._heading("handed.unchecked", count=sum(map(len, found.values())))
        separator = message(self._language, "place.list")
        for reason, entries in found.items():
            listed = [
                message(self._language, "handed.figure", place=self._teller.places.of(q.span), text=q.text)
                for q in (entry.fact.quantity for entry in entries[:_MOST_FIGURES])
            ]
            figures = separator.join(listed)
            if len(entries) > _MOST_FIGURES:
                figures = message(self._language, "handed.and_more", figures=figures)
            label = words.label(self._language, "reason", reason)
            yield f"- {self._say('handed.unchecked_why', reason=label, count=len(entries), figures=figures)}"
