"""Reports → JSON, schema 1 (published as ``docs/schema-1.json``)."""

from __future__ import annotations

import json
from typing import Any

from msgspec.structs import asdict

from reportcheck import __version__, describe
from reportcheck.catalog import fingerprint, rules
from reportcheck.ledger import Entry, Section, checked_spans, ledger
from reportcheck.model import OUTCOMES, SEVERITIES, Finding, Repair, Report, Span, Verdict
from reportcheck.render.surroundings import Surroundings
from reportcheck.result import Result

SCHEMA = 1


def document_to_dict(result: Result) -> dict[str, Any]:
    """The whole result of a run."""
    return {
        "schema": SCHEMA,
        "tool": tool_to_dict(result),
        "reports": [report_to_dict(report) for report in result.reports],
        "failures": [asdict(failure) for failure in result.failures],
        "unused_decisions": [asdict(decision) for decision in result.unused],
        "baseline": asdict(result.baseline) if result.baseline else None,
    }


def tool_to_dict(result: Result) -> dict[str, Any]:
    """What it takes to get the same result again from the same reports."""
    settings = result.settings
    return {
        "name": "reportcheck",
        "version": __version__,
        "catalog": fingerprint(),
        "profile": settings.profile,
        "language": settings.language,
        "select": sorted(settings.select),
        "ignore": sorted(settings.ignore),
        "sources": [asdict(source) for source in result.sources],
    }


def draw(result: Result) -> bytes:
    """The whole result as a JSON file."""
    text = json.dumps(document_to_dict(result), ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", errors="replace")


def report_to_dict(report: Report) -> dict[str, Any]:
    """One report with its findings and verdicts."""
    around = Surroundings(report.document)
    return {
        **head_to_dict(report),
        "findings": [finding_to_dict(finding, around) for finding in report.findings],
        "accepted": [
            {"finding": finding_to_dict(entry.finding, around), "decision": asdict(entry.decision)}
            for entry in report.accepted
        ],
        "baseline": comparison_to_dict(report),
        "verdicts": [verdict_to_dict(verdict, around) for verdict in report.verdicts],
        "sections": [
            {**section_to_dict(section), "ledger": [entry_to_dict(entry, around) for entry in section.entries]}
            for section in ledger(report)
        ],
    }


def head_to_dict(report: Report) -> dict[str, Any]:
    """What a report is, how it was read, and what was found in numbers."""
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
            "accepted": len(report.accepted),
        },
    }


def section_to_dict(section: Section) -> dict[str, Any]:
    """How many figures stand under a main heading."""
    return {"name": section.name, "figures": len(section.entries), "figures_checked": section.checked}


def span_to_dict(span: Span, around: Surroundings) -> dict[str, Any]:
    """A place with its words and what stands around them."""
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


def entry_to_dict(entry: Entry, around: Surroundings) -> dict[str, Any]:
    """A figure with its place; ``verdicts`` are indices into those of the report."""
    quantity = entry.fact.quantity
    origin = around.blocks[quantity.span.block].origin
    return {
        "text": quantity.text,
        "indicator": entry.fact.indicator,
        "block": quantity.span.block,
        "start": quantity.span.start,
        "end": quantity.span.end,
        "page": origin.page,
        "sheet": origin.sheet,
        "address": origin.address,
        "standing": entry.standing,
        "reason": entry.reason or None,
        "verdicts": list(entry.verdicts),
    }


def finding_to_dict(finding: Finding, around: Surroundings) -> dict[str, Any]:
    """One thing a reviewer should look at."""
    blame = finding.blame
    stated, computed, gap = describe.values(finding) or (None, None, None)
    return {
        "rule": finding.rule,
        "family": rules()[finding.rule].family,
        "severity": finding.severity,
        "message": finding.message,
        "advice": finding.advice,
        "fingerprint": finding.fingerprint,
        "spans": [span_to_dict(span, around) for span in finding.spans],
        "stated": stated,
        "computed": computed,
        "gap": gap,
        "formula": _formula(finding),
        "cause": finding.cause.code if finding.cause else None,
        "breaks": [_broken(other) for other in blame.others] if blame else [],
        "alternatives": [_repair(other, around) for other in blame.equal] if blame else [],
        "flips": [flip.code for flip in finding.flips],
        "status": finding.status,
    }


def comparison_to_dict(report: Report) -> dict[str, Any] | None:
    """What is new, still there and gone; accepted findings count like the others."""
    if report.comparison is None:
        return None
    present = (*report.findings, *(entry.finding for entry in report.accepted))
    return {
        "path": report.comparison.path or None,
        "matched": report.comparison.matched,
        "new": [finding.fingerprint for finding in present if finding.status == "new"],
        "still": [finding.fingerprint for finding in present if finding.status == "still"],
        "gone": [asdict(finding) for finding in report.comparison.gone],
    }


def _formula(finding: Finding) -> str | None:
    verdict = finding.verdict
    if verdict is None:
        return None
    return _broken(verdict) if describe.repaired_operand(finding) else describe.formula_text(verdict.claim)


def _broken(verdict: Verdict) -> str:
    """A broken claim as an equation with the stated figure in front."""
    return f"{verdict.claim.stated.quantity.text} {verdict.claim.relation} {describe.formula_text(verdict.claim)}"


def _repair(repair: Repair, around: Surroundings) -> dict[str, Any]:
    return {**span_to_dict(repair.fact.quantity.span, around), "computed": repair.right.text}


def verdict_to_dict(verdict: Verdict, around: Surroundings) -> dict[str, Any]:
    """One relation that was recomputed."""
    claim = verdict.claim
    return {
        "rule": claim.rule,
        "kind": claim.kind,
        "outcome": verdict.outcome,
        "basis": claim.basis,
        "relation": claim.relation,
        "stated": span_to_dict(claim.stated.quantity.span, around),
        "operands": [span_to_dict(f.quantity.span, around) for facts in claim.operands.values() for f in facts],
        "formula": describe.formula_text(claim),
        "computed": describe.computed_text(verdict) or None,
        "gap": describe.gap_text(verdict),
        "reason": verdict.reason,
    }
