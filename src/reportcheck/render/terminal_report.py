"""One report as a text: what was read and checked, the findings with their passages, and what agrees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from reportcheck.catalog import rules
from reportcheck.model import SEVERITIES, Finding, Outcome, Report, Span, Verdict
from reportcheck.render import terminal_words as words
from reportcheck.render.terminal_excerpt import Line, draw, excerpt
from reportcheck.render.terminal_lines import width
from reportcheck.render.terminal_pen import STYLES, Pen
from reportcheck.render.terminal_places import Places

_MOST_OTHERS = 3
_LABELS = ("formula", "result", "problem", "cause", "advice", "others")


class ReportPrinter:
    """Draws reports; ``verbose`` adds what is consistent and what is undecided."""

    def __init__(self, pen: Pen, verbose: bool = False) -> None:
        self._pen = pen
        self._verbose = verbose
        self._label_width = max(width(pen.say(f"finding.{name}")) for name in _LABELS) + 2

    def report(self, report: Report) -> None:
        """A report: head, findings, and what agrees."""
        places = Places(report.document, self._pen.language)
        self._head(report)
        number = 0
        for severity in SEVERITIES:
            chosen = [finding for finding in report.findings if finding.severity == severity]
            if not chosen:
                continue
            self._pen.line()
            section = self._pen.say("report.section", severity=self._pen.say(f"severity.{severity}"), count=len(chosen))
            self._pen.line((section, STYLES[severity]))
            for finding in chosen:
                number += 1
                self._finding(finding, number, places)
        self._pen.line()
        if not report.findings and report.facts:
            decided = any(verdict.outcome != "undecided" for verdict in report.verdicts)
            text, style = ("report.clean", "green") if decided else ("report.nothing_checked", "yellow")
            self._pen.line((self._pen.say(text), style))
        if report.facts:
            self._pen.paragraph(words.tally(report, self._pen.language), 0, "dim")
        if self._verbose:
            self._listed(report.verdicts, places)
        self._pen.line()

    def _head(self, report: Report) -> None:
        self._pen.ruler(report.document.path, "bold")
        if report.title:
            self._pen.paragraph(report.title, 0, "bold")
        year = self._pen.say("report.year", year=report.year) if report.year else ""
        about = [text for text in (report.unit, year, words.coverage(report, self._pen.language)) if text]
        self._pen.paragraph("  ".join(about), 0)
        for notice in report.document.notices:
            lead = self._pen.say("report.notice") + "  "
            self._pen.paragraph(words.notice(notice, self._pen.language), width(lead), lead=lead, lead_style="yellow")

    def _finding(self, finding: Finding, number: int, places: Places) -> None:
        lead = f"{number:>3} "
        if finding.severity == "note":
            self._note(finding, lead, places)
            return
        title = rules()[finding.rule].text("title", self._pen.language)
        self._pen.line()
        self._pen.paragraph(
            self._pen.say("finding.title", title=title, rule=finding.rule),
            len(lead),
            STYLES[finding.severity],
            lead,
            STYLES[finding.severity],
        )
        if finding.spans:
            self._pen.paragraph(places.with_heading(finding.spans[0]), len(lead), "dim")
        elsewhere = self._passage(finding, len(lead), places)
        if finding.verdict is not None:
            equation = words.equation(finding.verdict)
            if " = " in equation:
                self._labelled("formula", equation, "")
            self._labelled("result", words.result(finding.verdict, self._pen.language), "bold")
        else:
            self._labelled("problem", finding.message, "bold")
        self._labelled("cause", words.cause(finding, self._pen.language), "")
        here = finding.spans[0].block if finding.spans else ""
        self._labelled("others", self._others(elsewhere, here, places), "")
        self._labelled("advice", finding.advice, "")

    def _note(self, finding: Finding, lead: str, places: Places) -> None:
        """A note in one line: place, message, cause."""
        parts = [places.of(finding.spans[0])] if finding.spans else []
        parts += [text for text in (finding.message, words.cause(finding, self._pen.language)) if text]
        self._pen.paragraph("  ".join(parts), len(lead), "", lead, STYLES["note"])

    def _labelled(self, name: str, text: str, style: str) -> None:
        if text:
            lead = "    " + self._pen.say(f"finding.{name}")
            self._pen.paragraph(text, 4 + self._label_width, style, lead)

    def _passage(self, finding: Finding, indent: int, places: Places) -> list[Span]:
        """Draws the passage; returns the places that it does not show."""
        if not finding.spans or finding.spans[0].block not in places.blocks:
            return list(finding.spans)
        is_row = places.blocks[finding.spans[0].block].role == "cell"
        lines, seen = draw(excerpt(finding.spans, places), self._pen.columns - indent, is_row)
        for line in lines:
            self._pen.line(" " * indent, _styled(line, STYLES[finding.severity]))
            if marks := line.marks():
                self._pen.line(" " * indent, (marks, STYLES[finding.severity]))
        return [span for span in dict.fromkeys(finding.spans[1:]) if span not in seen and span != finding.spans[0]]

    def _others(self, spans: Sequence[Span], here: str, places: Places) -> str:
        """Places and what is written there; figures of one place together, those of ``here`` first."""
        texts: dict[str, list[str]] = {}
        for span in spans:
            if span.block in places.blocks:
                place = self._pen.say("place.same") if span.block == here else places.of(span)
                texts.setdefault(place, []).append(" ".join(places.text(span).split()))
        comma = self._pen.say("place.list")
        listed = [
            self._pen.say("place.other", place=place, text=comma.join(found))
            for place, found in list(texts.items())[:_MOST_OTHERS]
        ]
        more = self._pen.say("finding.not_shown", count=len(texts)) if len(texts) > _MOST_OTHERS else ""
        return self._pen.say("place.separator").join(listed) + more

    def _listed(self, verdicts: Iterable[Verdict], places: Places) -> None:
        """Every relation that holds or was left undecided."""
        chosen: tuple[Outcome, ...] = ("consistent", "undecided")
        for outcome in chosen:
            listed = sorted((v for v in verdicts if v.outcome == outcome), key=places.order)
            if listed:
                self._pen.line()
                self._pen.line((words.label(self._pen.language, "outcome", outcome), "bold"))
            for verdict in listed:
                self._verdict(verdict, places)

    def _verdict(self, verdict: Verdict, places: Places) -> None:
        stated = verdict.claim.stated.quantity
        if verdict.outcome == "undecided":
            why = words.label(self._pen.language, "reason", verdict.reason or "unknown")
            relation = self._pen.say("report.doubtful", stated=stated.text, equation=words.equation(verdict))
        else:
            why = words.label(self._pen.language, "basis", verdict.claim.basis)
            relation = words.relation(verdict)
        lead = "  " + places.of(stated.span)
        indent = max(width(lead) + 2, 14)
        self._pen.paragraph(self._pen.say("report.listed", relation=relation, why=why), indent, "", lead)


def _styled(line: Line, style: str) -> Text:
    text = Text(line.text)
    for start, end in line.operands:
        text.stylize("bold", start, end)
    for start, end in line.figures:
        text.stylize(style, start, end)
    return text
