"""One report as a text: what was read and checked, the findings with their passages, and what agrees."""

from __future__ import annotations

from rich.text import Text

from reportcheck.model import SEVERITIES, Finding, Outcome, Report, Span, Verdict
from reportcheck.render import words
from reportcheck.render.terminal_excerpt import Line, draw, excerpt
from reportcheck.render.terminal_lines import width
from reportcheck.render.terminal_pen import STYLES, Pen
from reportcheck.render.terminal_review import print_accepted, print_comparison
from reportcheck.render.told import Teller, mark, short_id

_LINE_STYLES = {"result": "bold", "either": "bold", "problem": "bold"}
_LABELS = ("formula", "basis", "result", "problem", "cause", "advice", "others", "also", "equal", "either", "flips")


def print_report(pen: Pen, report: Report, verbose: bool = False) -> None:
    """Draws a report: head, findings, and what agrees; ``verbose`` lists what is consistent or undecided."""
    _Printer(pen, report).report(verbose)


class _Printer:
    """Draws the parts of one report."""

    def __init__(self, pen: Pen, report: Report) -> None:
        self._pen = pen
        self._report = report
        self._teller = Teller(report, pen.language)
        self._places = self._teller.places
        self._figures = [fact.quantity.span for fact in report.facts]
        self._label_width = max(width(pen.say(f"finding.{name}")) for name in _LABELS) + 2

    def report(self, verbose: bool) -> None:
        """The whole report."""
        self._head()
        number = 0
        for severity in SEVERITIES:
            chosen = [finding for finding in self._report.findings if finding.severity == severity]
            if not chosen:
                continue
            self._pen.line()
            section = self._pen.say("report.section", severity=self._pen.say(f"severity.{severity}"), count=len(chosen))
            self._pen.line((section, STYLES[severity]))
            for finding in chosen:
                number += 1
                self._finding(finding, number)
        print_accepted(self._pen, self._report, self._places, verbose)
        print_comparison(self._pen, self._report)
        self._pen.line()
        if self._report.facts:
            self._tally()
        if verbose:
            self._listed()
        self._pen.line()

    def _tally(self) -> None:
        verdicts = self._report.verdicts
        if not (self._report.findings or self._report.accepted):
            decided = any(verdict.outcome != "undecided" for verdict in verdicts)
            text, style = ("report.clean", "green") if decided else ("report.nothing_checked", "yellow")
            self._pen.line((self._pen.say(text), style))
        self._pen.paragraph(words.tally(self._report, self._pen.language), 0, "dim")

    def _head(self) -> None:
        report = self._report
        self._pen.ruler(report.document.path, "bold")
        if report.title:
            self._pen.paragraph(report.title, 0, "bold")
        year = self._pen.say("report.year", year=report.year) if report.year else ""
        about = [text for text in (report.unit, year, words.coverage(report, self._pen.language)) if text]
        self._pen.paragraph("  ".join(about), 0)
        for notice in report.document.notices:
            lead = self._pen.say("report.notice") + "  "
            self._pen.paragraph(words.notice(notice, self._pen.language), width(lead), lead=lead, lead_style="yellow")

    def _finding(self, finding: Finding, number: int) -> None:
        lead = f"{number:>3} "
        if finding.severity == "note":
            self._note(finding, lead)
            return
        self._pen.line()
        title = self._pen.say("finding.title", title=self._teller.title(finding), rule=finding.rule)
        style = STYLES[finding.severity]
        self._pen.paragraph(mark(finding, self._pen.language) + title, len(lead), style, lead, style)
        if finding.spans:
            place = self._teller.place(finding.spans[0])
            self._pen.paragraph(f"{place}  {short_id(finding, self._pen.language)}", len(lead), "dim")
        elsewhere = self._passage(finding, len(lead))
        for line in self._teller.lines(finding, elsewhere):
            self._labelled(line.label, line.text, style if line.name == "flips" else _LINE_STYLES.get(line.name, ""))

    def _note(self, finding: Finding, lead: str) -> None:
        """A note in one line: place, message, cause."""
        parts = [self._places.of(finding.spans[0])] if finding.spans else []
        parts += [
            text
            for text in (words.problem(finding, self._pen.language), words.cause(finding, self._pen.language))
            if text
        ]
        text = mark(finding, self._pen.language) + "  ".join([*parts, short_id(finding, self._pen.language)])
        self._pen.paragraph(text, len(lead), "", lead, STYLES["note"])

    def _labelled(self, label: str, text: str, style: str) -> None:
        self._pen.paragraph(text, 4 + self._label_width, style, "    " + label)

    def _passage(self, finding: Finding, indent: int) -> list[Span]:
        """Draws the passage; returns the places that it does not show."""
        if not finding.spans or finding.spans[0].block not in self._places.blocks:
            return list(finding.spans)
        is_row = self._places.blocks[finding.spans[0].block].role == "cell"
        lines, seen = draw(excerpt(finding.spans, self._places, self._figures), self._pen.columns - indent, is_row)
        for line in lines:
            self._pen.line(" " * indent, _styled(line, STYLES[finding.severity]))
            if marks := line.marks():
                self._pen.line(" " * indent, (marks, STYLES[finding.severity]))
        return [span for span in dict.fromkeys(finding.spans[1:]) if span not in seen and span != finding.spans[0]]

    def _listed(self) -> None:
        """Every relation that holds or was left undecided."""
        chosen: tuple[Outcome, ...] = ("consistent", "undecided")
        for outcome in chosen:
            listed = sorted((v for v in self._report.verdicts if v.outcome == outcome), key=self._places.order)
            if listed:
                self._pen.line()
                self._pen.line((words.label(self._pen.language, "outcome", outcome), "bold"))
            for verdict in listed:
                self._verdict(verdict)

    def _verdict(self, verdict: Verdict) -> None:
        stated = verdict.claim.stated.quantity
        if verdict.outcome == "undecided":
            why = words.label(self._pen.language, "reason", verdict.reason or "unknown")
            relation = self._pen.say(
                "report.doubtful", stated=stated.text, equation=words.equation(verdict, self._pen.language)
            )
        else:
            why = words.label(self._pen.language, "basis", verdict.claim.basis)
            relation = words.relation(verdict, self._pen.language)
        lead = "  " + self._places.of(stated.span)
        indent = max(width(lead) + 2, 14)
        self._pen.paragraph(self._pen.say("report.listed", relation=relation, why=why), indent, "", lead)


def _styled(line: Line, style: str) -> Text:
    text = Text(line.text)
    for start, end in line.operands:
        text.stylize("bold", start, end)
    for start, end in line.figures:
        text.stylize(style, start, end)
    return text
