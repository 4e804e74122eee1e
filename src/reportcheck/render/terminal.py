"""A run as a text for people: every report with its findings, a summary, and what could not be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console

from reportcheck.catalog import using
from reportcheck.ledger import checked_spans
from reportcheck.model import SEVERITIES, Failure, Report
from reportcheck.render import terminal_review as review
from reportcheck.render import words
from reportcheck.render.terminal_ledger import print_ledger
from reportcheck.render.terminal_lines import printable, visible, width
from reportcheck.render.terminal_pen import STYLES, Pen
from reportcheck.render.terminal_report import print_report
from reportcheck.result import Result

_SUMMARY_ROWS = 20


def show(console: Console, result: Result, verbose: bool = False, ledger: bool = False) -> None:
    """Prints the whole run; ``verbose`` adds what is consistent or undecided, ``ledger`` lists every figure."""
    with using(result.settings.catalog):
        _show(console, result, verbose, ledger)


def _show(console: Console, result: Result, verbose: bool, ledger: bool) -> None:
    pen = Pen(console, result.settings.language)
    reports = result.reports
    for report in reports:
        print_report(pen, report, verbose)
        if ledger:
            print_ledger(pen, report)
    if len(reports) > 1:
        summary(pen, reports)
    if result.failures:
        failures(pen, result.failures)
    review.print_unused(pen, result.unused)
    if result.baseline:
        review.print_baseline(pen, reports, result.baseline)
    closing(pen, result)


def summary(pen: Pen, reports: Sequence[Report]) -> None:
    """One line a report, the worst first, as many as fit on a screen."""
    ranked = sorted(reports, key=_rank)
    most = _SUMMARY_ROWS if pen.rows is None else max(3, pen.rows - 6)
    shown = ranked if len(ranked) <= most else ranked[: most - 1]
    heads = [pen.say(f"severity.{s}") for s in SEVERITIES] + [pen.say("summary.checked")]
    cells = [10 if width(head) < 9 else width(head) + 2 for head in heads]
    names = pen.columns - sum(cells)
    pen.ruler(pen.say("summary.title"), "bold")
    pen.row(pen.say("summary.file"), heads, cells, names, ["dim"] * len(heads))
    folder = _common_folder(shown) if any(width(r.document.path) >= names for r in shown) else ""
    for report in shown:
        path = report.document.path.removeprefix(folder)
        pen.row(_tail_of(path, names - 1), _figures_of(report), cells, names, _row_styles(report))
    if rest := ranked[len(shown) :]:
        found = words.severities((f for report in rest for f in report.findings), pen.language)
        pen.line((pen.say("summary.more", count=len(rest), findings=found), "dim"))
    pen.line()


def failures(pen: Pen, failed: Sequence[Failure]) -> None:
    """The files that could not be checked, and what to do about each."""
    pen.ruler(pen.say("summary.failures", count=len(failed)), "bold yellow")
    alike: dict[str, list[str]] = {}
    for failure in failed:
        alike.setdefault(failure.message, []).append(failure.path)
    for text, paths in alike.items():
        for path in paths:
            pen.paragraph(path, 0, "bold")
        pen.paragraph(text, 4)
    pen.line()


def closing(pen: Pen, result: Result) -> None:
    """The whole run in one line."""
    findings = [finding for report in result.reports for finding in report.findings]
    errors = any(finding.severity == "error" for finding in findings)
    style = "bold red" if errors else "bold yellow" if result.failures or findings else "bold green"
    pen.paragraph(words.closing(result), 0, style)


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
    return [*(STYLES[s] if s in present else "dim" for s in SEVERITIES), "dim"]


def _common_folder(reports: Sequence[Report]) -> str:
    """The folder in which all reports lie, with its separator."""
    first, *others = (report.document.path for report in reports)
    end = 0
    for index, character in enumerate(first):
        if any(other[index : index + 1] != character for other in others):
            break
        end = index + 1 if character in "/\\" else end
    return first[:end]


def _tail_of(path: str, columns: int) -> str:
    """The end of a path, which tells files apart, cut at the front."""
    shown = visible(printable(path))
    if width(shown) <= columns:
        return shown
    while shown and width(shown) > columns - 1:
        shown = shown[1:]
    return "…" + shown
