"""Reports → JSON Lines: the content of the JSON, one thing a line (published as ``docs/schema-1-lines.json``).

A line says by its ``type`` what it is, and by ``path`` and ``sha256`` which report it is about, so that a program can
pick the lines that it wants and needs no other one to understand them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from msgspec.structs import asdict

from reportcheck.ledger import ledger
from reportcheck.model import Report
from reportcheck.render.json import (
    SCHEMA,
    comparison_to_dict,
    entry_to_dict,
    finding_to_dict,
    head_to_dict,
    section_to_dict,
    tool_to_dict,
    verdict_to_dict,
)
from reportcheck.render.surroundings import Surroundings
from reportcheck.result import Result

# JSON leaves these as they are, and some programs take them for the end of a line.
_ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}

Line = dict[str, Any]


def draw(result: Result) -> bytes:
    """The whole result of a run, in UTF-8."""
    lines = (json.dumps(line, ensure_ascii=False).translate(_ESCAPED) + "\n" for line in _lines(result))
    return "".join(lines).encode("utf-8", errors="replace")


def _lines(result: Result) -> Iterator[Line]:
    yield {
        "type": "run",
        "schema": SCHEMA,
        "tool": tool_to_dict(result),
        "reports": len(result.reports),
        "failures": len(result.failures),
        "unused_decisions": len(result.unused),
        "passed_over": result.passed_over,
        "baseline": asdict(result.baseline) if result.baseline else None,
    }
    for report in result.reports:
        yield from _of_report(report)
    for failure in result.failures:
        yield {"type": "failure", **asdict(failure)}
    for decision in result.unused:
        yield {"type": "unused_decision", **asdict(decision)}


def _of_report(report: Report) -> Iterator[Line]:
    """The report itself, its findings, what was accepted and what is gone, its relations, its figures."""
    around = Surroundings(report.document)
    of = {"path": report.document.path, "sha256": report.document.sha256}
    sections = ledger(report)
    comparison = comparison_to_dict(report)
    gone = comparison.pop("gone") if comparison else []
    listed = [section_to_dict(section) for section in sections]
    yield {"type": "report", **head_to_dict(report), "baseline": comparison, "sections": listed}
    for finding in report.findings:
        yield {"type": "finding", **of, **finding_to_dict(finding, around)}
    for entry in report.accepted:
        finding_line = finding_to_dict(entry.finding, around)
        yield {"type": "accepted", **of, "finding": finding_line, "decision": asdict(entry.decision)}
    for earlier in gone:
        yield {"type": "gone", **of, **earlier}
    for index, verdict in enumerate(report.verdicts):
        yield {"type": "verdict", **of, "index": index, **verdict_to_dict(verdict, around)}
    for section in sections:
        for figure in section.entries:
            yield {"type": "figure", **of, "section": section.name, **entry_to_dict(figure, around)}
