"""A run as a text for people: every report with its findings, a summary, and what could not be checked.

Each report reads top down: what was read and how much of it was checked, the findings by severity with the
passage and the calculation, and what was found to agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from reportcheck.catalog import Language, message, rules
from reportcheck.model import SEVERITIES, Failure, Finding, Outcome, Report, Severity, Span, Verdict
from reportcheck.render import terminal_words as words
from reportcheck.render.json import checked_spans
from reportcheck.render.terminal_excerpt import Line, draw, excerpt
from reportcheck.render.terminal_lines import folded, printable, visible, width
from reportcheck.render.terminal_places import Places

_STYLES: dict[Severity, str] = {"error": "bold red", "warning": "bold yellow", "note": "cyan"}
_RULE = "─"
_MOST_OTHERS = 3
_SUMMARY_ROWS = 20
_LABELS = ("formula", "result", "problem", "cause", "advice", "others")


@dataclass(frozen=True, slots=True)
class View:
    """How to show a run."""

    language: Language = "zh"
    verbose: bool = False
    passed_over: int = 0


def show(console: Console, reports: Sequence[Report], failures: Sequence[Failure], view: View) -> None:
    """Prints the whole run."""
    printer = Printer(console, view)
    for report in reports:
        printer.report(report)
    if len(reports) > 1:
        printer.summary(reports)
    if failures:
        printer.failures(failures)
    printer.closing(reports, failures)


class Printer:
    """Draws the parts of a run on a console."""

    def __init__(self, console: Console, view: View) -> None:
        self._console = console
        self._view = view
        self._language = view.language
        self._columns = max(console.width, 40)
        self._label_width = max(width(self._say(f"finding.{name}")) for name in _LABELS) + 2

    def _say(self, key: str, **facts: object) -> str:
        return message(self._language, key, **facts)

    # --- lines ----------------------------------------------------------------------------

    def _line(self, *parts: tuple[str, str] | str) -> None:
        self._console.print(Text.assemble(*parts), no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)

    def _paragraph(self, text: str, indent: int, style: str = "", lead: str = "", lead_style: str = "dim") -> None:
        """A text with a hanging indent; ``lead`` stands in the indent of its first line."""
        for number, line in enumerate(folded(text, self._columns - indent)):
            start = lead if number == 0 else ""
            self._line((start + " " * (indent - width(start)), lead_style), (line, style))

    def _ruler(self, text: str, style: str) -> None:
        head = f"{_RULE * 2} {visible(printable(text))} "
        self._line((head + _RULE * (self._columns - width(head)), style))

    # --- one report -----------------------------------------------------------------------

    def report(self, report: Report) -> None:
        """A report: head, findings, and what agrees."""
        places = Places(report.document, self._language)
        self._head(report)
        number = 0
        for severity in SEVERITIES:
            chosen = [finding for finding in report.findings if finding.severity == severity]
            if not chosen:
                continue
            self._line()
            section = self._say("report.section", severity=self._say(f"severity.{severity}"), count=len(chosen))
            self._line((section, _STYLES[severity]))
            for finding in chosen:
                number += 1
                self._finding(finding, number, places)
        self._line()
        if not report.findings and report.facts:
            decided = any(verdict.outcome != "undecided" for verdict in report.verdicts)
            text, style = ("report.clean", "green") if decided else ("report.nothing_checked", "yellow")
            self._line((self._say(text), style))
        if report.facts:
            self._paragraph(words.tally(report, self._language), 0, "dim")
        if self._view.verbose:
            self._listed(report.verdicts, places)
        self._line()

    def _head(self, report: Report) -> None:
        self._ruler(report.document.path, "bold")
        if report.title:
            self._paragraph(report.title, 0, "bold")
        year = self._say("report.year", year=report.year) if report.year else ""
        about = [text for text in (report.unit, year, words.coverage(report, self._language)) if text]
        self._paragraph("  ".join(about), 0)
        for notice in report.document.notices:
            lead = self._say("report.notice") + "  "
            self._paragraph(words.notice(notice, self._language), width(lead), lead=lead, lead_style="yellow")

    def _finding(self, finding: Finding, number: int, places: Places) -> None:
        lead = f"{number:>3} "
        if finding.severity == "note":
            self._note(finding, lead, places)
            return
        title = rules()[finding.rule].text("title", self._language)
        self._line()
        self._paragraph(
            self._say("finding.title", title=title, rule=finding.rule),
            len(lead),
            _STYLES[finding.severity],
            lead,
            _STYLES[finding.severity],
        )
        if finding.spans:
            self._paragraph(places.with_heading(finding.spans[0]), len(lead), "dim")
        elsewhere = self._passage(finding, len(lead), places)
        if finding.verdict is not None:
            equation = words.equation(finding.verdict)
            if " = " in equation:
                self._labelled("formula", equation, "")
            self._labelled("result", words.result(finding.verdict, self._language), "bold")
        else:
            self._labelled("problem", finding.message, "bold")
        self._labelled("cause", words.cause(finding, self._language), "")
        self._labelled("others", self._others(elsewhere, places), "")
        self._labelled("advice", finding.advice, "")

    def _note(self, finding: Finding, lead: str, places: Places) -> None:
        """A note in one line: place, message, cause."""
        parts = [places.of(finding.spans[0])] if finding.spans else []
        parts += [text for text in (finding.message, words.cause(finding, self._language)) if text]
        self._paragraph("  ".join(parts), len(lead), "", lead, _STYLES["note"])

    def _labelled(self, name: str, text: str, style: str) -> None:
        if text:
            lead = "    " + self._say(f"finding.{name}")
            self._paragraph(text, 4 + self._label_width, style, lead)

    def _passage(self, finding: Finding, indent: int, places: Places) -> list[Span]:
        """Draws the passage; returns the places that it does not show."""
        if not finding.spans or finding.spans[0].block not in places.blocks:
            return list(finding.spans)
        is_row = places.blocks[finding.spans[0].block].role == "cell"
        lines, seen = draw(excerpt(finding.spans, places), self._columns - indent, is_row)
        for line in lines:
            self._console.print(
                Text(" " * indent) + _styled(line, _STYLES[finding.severity]), no_wrap=True, crop=False, soft_wrap=True
            )
            if marks := line.marks():
                self._line(" " * indent, (marks, _STYLES[finding.severity]))
        return [span for span in dict.fromkeys(finding.spans[1:]) if span not in seen and span != finding.spans[0]]

    def _others(self, spans: Sequence[Span], places: Places) -> str:
        known = [span for span in spans if span.block in places.blocks]
        shown = [
            self._say("place.other", place=places.of(span), text=places.text(span)) for span in known[:_MOST_OTHERS]
        ]
        text = self._say("place.list").join(shown)
        if len(known) > _MOST_OTHERS:
            text += " " + self._say("finding.not_shown", count=len(known))
        return text

    def _listed(self, verdicts: Iterable[Verdict], places: Places) -> None:
        """Every relation that holds or was left undecided."""
        chosen: tuple[Outcome, ...] = ("consistent", "undecided")
        for outcome in chosen:
            listed = sorted((v for v in verdicts if v.outcome == outcome), key=places.order)
            if listed:
                self._line()
                self._line((words.label(self._language, "outcome", outcome), "bold"))
            for verdict in listed:
                self._verdict(verdict, places)

    def _verdict(self, verdict: Verdict, places: Places) -> None:
        stated = verdict.claim.stated.quantity
        if verdict.outcome == "undecided":
            why = words.label(self._language, "reason", verdict.reason or "unknown")
            relation = self._say("report.doubtful", stated=stated.text, equation=words.equation(verdict))
        else:
            why = words.label(self._language, "basis", verdict.claim.basis)
            relation = words.relation(verdict)
        lead = "  " + places.of(stated.span)
        indent = max(width(lead) + 2, 14)
        self._paragraph(self._say("report.listed", relation=relation, why=why), indent, "", lead)

    # --- the run --------------------------------------------------------------------------

    def summary(self, reports: Sequence[Report]) -> None:
        """One line a report, the worst first, as many as fit on a screen."""
        ranked = sorted(reports, key=_rank)
        most = max(3, self._console.height - 6) if self._console.is_terminal else _SUMMARY_ROWS
        shown = ranked if len(ranked) <= most else ranked[: most - 1]
        heads = [self._say(f"severity.{s}") for s in SEVERITIES] + [self._say("summary.checked")]
        cells = [10 if width(head) < 9 else width(head) + 2 for head in heads]
        names = self._columns - sum(cells)
        self._ruler(self._say("summary.title"), "bold")
        self._row(self._say("summary.file"), heads, cells, names, ["dim"] * len(heads))
        for report in shown:
            self._row(_tail_of(report.document.path, names - 1), _figures_of(report), cells, names, _row_styles(report))
        if rest := ranked[len(shown) :]:
            found = words.severities((f for report in rest for f in report.findings), self._language)
            self._line((self._say("summary.more", count=len(rest), findings=found), "dim"))
        self._line()

    def _row(self, name: str, texts: Sequence[str], cells: Sequence[int], names: int, styles: Sequence[str]) -> None:
        parts: list[tuple[str, str] | str] = [name + " " * (names - width(name))]
        for text, cell, style in zip(texts, cells, styles, strict=True):
            parts.append((" " * (cell - width(text)) + text, style))
        self._line(*parts)

    def failures(self, failures: Sequence[Failure]) -> None:
        """The files that could not be checked, and what to do about each."""
        self._ruler(self._say("summary.failures", count=len(failures)), "bold yellow")
        alike: dict[str, list[str]] = {}
        for failure in failures:
            alike.setdefault(failure.message, []).append(failure.path)
        for text, paths in alike.items():
            for path in paths:
                self._paragraph(path, 0, "bold")
            self._paragraph(text, 4)
        self._line()

    def closing(self, reports: Sequence[Report], failures: Sequence[Failure]) -> None:
        """The whole run in one line."""
        findings = [finding for report in reports for finding in report.findings]
        found = words.severities(findings, self._language) if reports else ""
        text = self._say("summary.closing", reports=len(reports), findings=found) if reports else ""
        if failures:
            key = "summary.failed" if reports else "summary.failures"
            text += self._say(key, count=len(failures))
        if self._view.passed_over:
            text += self._say("summary.passed_over", count=self._view.passed_over)
        errors = any(finding.severity == "error" for finding in findings)
        style = "bold red" if errors else "bold yellow" if failures or findings else "bold green"
        self._paragraph(text + self._say("summary.stop"), 0, style)


def _styled(line: Line, style: str) -> Text:
    text = Text(line.text)
    for start, end in line.operands:
        text.stylize("bold", start, end)
    for start, end in line.figures:
        text.stylize(style, start, end)
    return text


def _rank(report: Report) -> tuple[int, int, int, str]:
    counts = Counter(finding.severity for finding in report.findings)
    return -counts["error"], -counts["warning"], -counts["note"], report.document.path


def _figures_of(report: Report) -> list[str]:
    counts = Counter(finding.severity for finding in report.findings)
    spans = checked_spans(report)
    checked = sum(fact.quantity.span in spans for fact in report.facts)
    return [*(str(counts[s]) if counts[s] else "-" for s in SEVERITIES), f"{checked}/{len(report.facts)}"]


def _row_styles(report: Report) -> list[str]:
    present = {finding.severity for finding in report.findings}
    return [*(_STYLES[s] if s in present else "dim" for s in SEVERITIES), "dim"]


def _tail_of(path: str, columns: int) -> str:
    """The end of a path, which tells files apart, cut at the front."""
    shown = visible(printable(path))
    if width(shown) <= columns:
        return shown
    while shown and width(shown) > columns - 1:
        shown = shown[1:]
    return "…" + shown
