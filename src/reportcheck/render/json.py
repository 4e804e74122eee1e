"""Reports → JSON, schema 1 (published as ``docs/schema-1.json``)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportcheck import describe
from reportcheck.catalog import fingerprint, rules
from reportcheck.model import OUTCOMES, SEVERITIES, Failure, Finding, Report, Span, Verdict
from reportcheck.render.surroundings import Surroundings

SCHEMA = 1


def document_to_dict(
    reports: Iterable[Report], failures: Iterable[Failure], version: str, profile: str
) -> dict[str, Any]:
    """The whole result of a run."""
    return {
        "schema": SCHEMA,
        "tool": {"name": "reportcheck", "version": version, "catalog": fingerprint(), "profile": profile},
        "reports": [report_to_dict(report) for report in reports],
        "failures": [{"path": f.path, "code": f.code, "message": f.message} for f in failures],
    }


def report_to_dict(report: Report) -> dict[str, Any]:
    """One report with its findings and verdicts."""
    around = Surroundings(report.document)
    checked = checked_spans(report)
    return {
        "path": report.document.path,
        "sha256": report.document.sha256,
        "kind": report.document.kind,
        "title": report.title,
        "unit": report.unit,
        "year": report.year,
        "notices": [{"code": notice.code, **notice.facts} for notice in report.document.notices],
        "summary": {
            "figures": len(report.facts),
            "figures_checked": sum(fact.quantity.span in checked for fact in report.facts),
            "verdicts": {o: sum(v.outcome == o for v in report.verdicts) for o in OUTCOMES},
            "findings": {s: sum(f.severity == s for f in report.findings) for s in SEVERITIES},
        },
        "findings": [_finding(finding, around) for finding in report.findings],
        "verdicts": [_verdict(verdict, around) for verdict in report.verdicts],
    }


def checked_spans(report: Report) -> frozenset[Span]:
    """The figures that some decided verdict used, as stated or as operand."""
    return frozenset(
        span
        for verdict in report.verdicts
        if verdict.outcome != "undecided"
        for span in (
            verdict.claim.stated.quantity.span,
            *(fact.quantity.span for facts in verdict.claim.operands.values() for fact in facts),
        )
    )


def _span(span: Span, around: Surroundings) -> dict[str, Any]:
    block = around.blocks[span.block]
    return {
        "text": block.text[span.start : span.end],
        "block": span.block,
        "start": span.start,
        "end": span.end,
        "page": block.origin.page,
        "sheet": block.origin.sheet,
        "address": block.origin.address,
        "context": around.context(span),
    }


def _finding(finding: Finding, around: Surroundings) -> dict[str, Any]:
    verdict = finding.verdict
    return {
        "rule": finding.rule,
        "family": rules()[finding.rule].family,
        "severity": finding.severity,
        "message": finding.message,
        "advice": finding.advice,
        "fingerprint": finding.fingerprint,
        "spans": [_span(span, around) for span in finding.spans],
        "stated": verdict.claim.stated.quantity.text if verdict else None,
        "computed": describe.computed_text(verdict) if verdict else None,
        "gap": describe.gap_text(verdict) if verdict else None,
        "formula": describe.formula_text(verdict.claim) if verdict else None,
        "cause": finding.cause.code if finding.cause else None,
    }


def _verdict(verdict: Verdict, around: Surroundings) -> dict[str, Any]:
    claim = verdict.claim
    return {
        "rule": claim.rule,
        "outcome": verdict.outcome,
        "basis": claim.basis,
        "relation": claim.relation,
        "stated": _span(claim.stated.quantity.span, around),
        "operands": [_span(f.quantity.span, around) for facts in claim.operands.values() for f in facts],
        "formula": describe.formula_text(claim),
        "computed": describe.computed_text(verdict) or None,
        "gap": describe.gap_text(verdict),
        "reason": verdict.reason,
    }
