"""The workbook's totals by rule: what each rule found, and what it looked at."""

from __future__ import annotations

from collections import Counter, defaultdict

from reportcheck.catalog import message, rules
from reportcheck.model import OUTCOMES, SEVERITIES
from reportcheck.render import words
from reportcheck.render.spreadsheet import Value
from reportcheck.result import Result


def totals(result: Result) -> list[dict[str, Value]]:
    """One row a rule, those with the gravest findings first; rules that this run leaves out stand among them."""
    counts = _counts(result)
    language = result.settings.language
    rows: list[dict[str, Value]] = []
    for rule in rules().values():
        count = counts[rule.id]
        used = result.settings.wants(rule.id)
        rows.append(
            {
                "rule": rule.id,
                "defect": rule.text("title", language),
                "family": words.label(language, "family", rule.family),
                "use": message(language, "sheets.used" if used else "sheets.not_used"),
                **{name: count[name] for name in (*SEVERITIES, "accepted", "reports", *OUTCOMES)},
                "decided": sum(count[outcome] for outcome in OUTCOMES if outcome != "undecided"),
            }
        )
    return sorted(rows, key=lambda row: [-int(row[name] or 0) for name in (*SEVERITIES, "decided", "undecided")])


def _counts(result: Result) -> defaultdict[str, Counter[str]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report in result.reports:
        for finding in report.findings:
            counts[finding.rule][finding.severity] += 1
        for rule in {finding.rule for finding in report.findings}:
            counts[rule]["reports"] += 1
        for entry in report.accepted:
            counts[entry.finding.rule]["accepted"] += 1
        for verdict in report.verdicts:
            counts[verdict.claim.rule][verdict.outcome] += 1
    return counts
