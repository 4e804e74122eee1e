"""The first sheet of the workbook: a row for each report, and what concerns the run as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reportcheck.catalog import message
from reportcheck.ledger import checked_spans
from reportcheck.model import OUTCOMES, SEVERITIES, Report
from reportcheck.render import words
from reportcheck.render.provenance import provenance
from reportcheck.render.spreadsheet import Cell
from reportcheck.render.workbook_columns import Listing
from reportcheck.result import Result

_COUNTED = (*SEVERITIES, "accepted", "figures", "checked", *OUTCOMES, "new", "still", "gone")


class Summary:
    """The sheet that is being written, from top to bottom."""

    def __init__(self, listing: Listing, result: Result) -> None:
        self._listing, self._sheet = listing, listing.sheet
        self._result = result
        self._language = result.settings.language
        self._number = 0
        listing.head(self._say("title"), words.closing(result), self._say("hint"), "")

    def add(self, report: Report, links: Mapping[str, str]) -> None:
        """The row of a report; ``links`` are the places of the first rows that its numbers count."""
        self._number += 1
        counts = _counts(report)
        figures, comparison = counts["figures"], report.comparison
        earlier = comparison.path or self._say("no_baseline") if comparison else ""
        notices = "\n".join(words.notice(notice, self._language) for notice in report.document.notices)
        self._listing.add(
            {
                **{name: Cell(counts[name], link=links.get(name, "")) for name in _COUNTED},
                "number": self._number,
                "path": report.document.path,
                "name": report.title,
                "body": report.unit,
                "year": report.year,
                "share": round(Decimal(counts["checked"]) / figures, 4) if figures else None,
                "notices": notices,
                "earlier": earlier,
            }
        )

    def close(self, cut: Sequence[str]) -> None:
        """Below the table: what the workbook had no room for (``cut``), what could not be checked, decisions without
        findings, what concerns the earlier run, and what it takes to get the same result again."""
        result, say = self._result, self._say
        self._listing.close()
        self._section(say("cut"), cut)
        failures = [say("line", label=failure.path, text=failure.message) for failure in result.failures]
        self._section(message(self._language, "summary.failures", count=len(failures)), failures)
        self._section(message(self._language, "accepted.unused", count=len(result.unused)), list(self._unused()))
        self._section(say("changes"), list(self._baseline()))
        self._section(say("provenance"), provenance(result), "small")

    def _section(self, title: str, lines: Sequence[str], look: str = "plain") -> None:
        """Lines under a title, if there are any."""
        if not lines:
            return
        self._sheet.line()
        self._sheet.line(title, "section")
        for text in lines:
            self._sheet.line(text, look)

    def _unused(self) -> Iterator[str]:
        for decision in self._result.unused:
            where = self._say("decided_at", file=decision.file, row=decision.row)
            what = decision.message or decision.fingerprint
            said = f"{what}  {words.decision(decision, self._language)}"
            yield self._say("line", label=where, text=said)
        if self._result.unused:
            yield message(self._language, "accepted.unused_why")

    def _baseline(self) -> Iterator[str]:
        """What is told of the comparison as a whole."""
        baseline = self._result.baseline
        if baseline is None:
            return
        counts = words.changes(self._result.reports, self._language)
        yield message(self._language, "baseline.all", path=baseline.file, counts=counts)
        if missing := baseline.not_checked:
            listed = message(self._language, "place.list").join(missing)
            yield message(self._language, "baseline.not_checked", count=len(missing), paths=listed)
        if not baseline.same_tool:
            yield message(self._language, "baseline.other_tool")

    def _say(self, key: str, **facts: object) -> str:
        return message(self._language, f"sheets.{key}", **facts)


def _counts(report: Report) -> Counter[str]:
    """What a report is counted by, by the names of the columns."""
    counts: Counter[str] = Counter(finding.severity for finding in report.findings)
    counts.update(verdict.outcome for verdict in report.verdicts)
    counts["accepted"] = len(report.accepted)
    checked = checked_spans(report)
    counts["figures"] = len(report.facts)
    counts["checked"] = sum(fact.quantity.span in checked for fact in report.facts)
    if report.comparison is not None:
        present = (*report.findings, *(entry.finding for entry in report.accepted))
        counts.update(str(finding.status) for finding in present)
        counts["gone"] = len(report.comparison.gone)
    return counts
