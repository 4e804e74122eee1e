"""What reviewers accepted and what became of an earlier run's findings, on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reportcheck.baseline import Baseline
from reportcheck.model import Decision, Report
from reportcheck.render import words
from reportcheck.render.places import Places
from reportcheck.render.terminal_lines import width
from reportcheck.render.terminal_pen import Pen
from reportcheck.render.told import mark, short_id

_MOST_REASONS = 3


def print_accepted(pen: Pen, report: Report, places: Places, verbose: bool) -> None:
    """The accepted findings: by reason in short, or one by one."""
    if not report.accepted:
        return
    pen.line()
    pen.line((pen.say("accepted.section", count=len(report.accepted)), "bold"))
    if verbose:
        for entry in report.accepted:
            finding = entry.finding
            place = [places.of(finding.spans[0])] if finding.spans else []
            texts = [*place, words.problem(finding, pen.language), short_id(finding, pen.language)]
            pen.paragraph(mark(finding, pen.language) + "  ".join(texts), 4)
            pen.paragraph(words.decision(entry.decision, pen.language), 8, "dim")
        return
    reasons = Counter(words.decision(entry.decision, pen.language) for entry in report.accepted)
    for text, count in list(reasons.items())[:_MOST_REASONS]:
        pen.paragraph(text + (pen.say("accepted.times", count=count) if count > 1 else ""), 4, "dim")
    rest = sum(list(reasons.values())[_MOST_REASONS:])
    if rest:
        pen.paragraph(pen.say("accepted.more", count=rest), 4, "dim")


def print_comparison(pen: Pen, report: Report) -> None:
    """What is new, still there and gone since the earlier run, with the list of what is gone."""
    if report.comparison is None:
        return
    pen.line()
    pen.paragraph(words.comparison(report, pen.language), 0, "bold")
    lead = "  " + pen.say("mark.gone")
    for finding in report.comparison.gone:
        pen.paragraph(words.gone(finding, pen.language), width(lead), lead=lead)


def print_unused(pen: Pen, unused: Sequence[Decision]) -> None:
    """The decisions that fitted no finding; they stay where they are."""
    if not unused:
        return
    pen.ruler(pen.say("accepted.unused", count=len(unused)), "bold yellow")
    pen.paragraph(pen.say("accepted.unused_why"), 0, "dim")
    files: dict[str, list[Decision]] = {}
    for decision in unused:
        files.setdefault(decision.file, []).append(decision)
    for file, decisions in files.items():
        pen.paragraph(file, 0, "bold")
        for decision in decisions:
            lead = "    " + pen.say("place.line", line=decision.row) + "  "
            what = decision.message or decision.fingerprint
            pen.paragraph(f"{what}  {words.decision(decision, pen.language)}", width(lead), lead=lead)
    pen.line()


def print_baseline(pen: Pen, reports: Sequence[Report], baseline: Baseline) -> None:
    """What concerns the comparison as a whole: its sum, reports that were not checked now, another program."""
    if len(reports) > 1:
        counts = words.changes(reports, pen.language)
        pen.paragraph(pen.say("baseline.all", path=baseline.file, counts=counts), 0, "bold")
    if baseline.not_checked:
        listed = pen.say("place.list").join(baseline.not_checked)
        pen.paragraph(pen.say("baseline.not_checked", count=len(baseline.not_checked), paths=listed), 0, "yellow")
    if not baseline.same_tool:
        pen.paragraph(pen.say("baseline.other_tool"), 0, "yellow")
