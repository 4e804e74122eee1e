"""Verdicts, notices and counts in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from reportcheck import describe
from reportcheck import formula as arithmetic
from reportcheck.catalog import Language, message, messages
from reportcheck.ledger import checked_spans
from reportcheck.model import SEVERITIES, Claim, Decision, Earlier, Finding, Notice, Relation, Repair, Report, Verdict
from reportcheck.render.terminal_lines import ELLIPSIS
from reportcheck.result import Result

_MOST_PARTS = 12
_FIRST_PARTS = 4
_MOST_REPAIRS = 4
_HOLDING: dict[Relation, str] = {"=": "=", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_BROKEN: dict[Relation, str] = {"=": "≠", "<=": ">", ">=": "<", "<": "≥", ">": "≤"}
_RESULT: dict[Relation, str] = {"=": "equal", "<=": "at_most", ">=": "at_least", "<": "below", ">": "above"}


def label(language: Language, group: str, code: str) -> str:
    """The word for a code such as ``reason.partial-list``; the code itself where there is none."""
    return str(messages(language)[group].get(code, code))


def result(verdict: Verdict, language: Language) -> str:
    """Stated, computed and the gap between them."""
    if verdict.computed is None:
        return message(language, "result.unknown", stated=verdict.claim.stated.quantity.text)
    return message(
        language,
        f"result.{_RESULT[verdict.claim.relation]}",
        stated=verdict.claim.stated.quantity.text,
        computed=describe.computed_text(verdict),
        gap=describe.gap_text(verdict, language),
    )


def mended(repair: Repair, language: Language) -> str:
    """What a figure is written as, what it should be, and the gap between them."""
    right, gap = repair.right.text, describe.repair_gap(repair, language)
    return message(language, "result.equal", stated=repair.fact.quantity.text, computed=right, gap=gap)


def broken(verdict: Verdict, language: Language) -> str:
    """An equation, what it gives, and what is written instead; a limit and what crosses it; or two figures that
    should be the same."""
    if verdict.claim.relation != "=":
        return result(verdict, language)
    written = verdict.claim.stated.quantity.text
    if verdict.claim.kind in ("limit", "same"):
        return message(language, "blame.same", stated=written, other=formula(verdict.claim, language))
    return message(language, "blame.broken", equation=equation(verdict, language), stated=written)


def limit(claim: Claim) -> str:
    """The sign before what a figure is computed to, where that is but a limit for it: ``≤``."""
    return "" if claim.relation == "=" else _HOLDING[claim.relation] + " "


def repairs(chosen: Sequence[Repair], language: Language) -> str:
    """Figures of which any one may be wrong, and what they should be."""
    told = [message(language, "blame.other", text=r.fact.quantity.text, right=r.right.text) for r in chosen]
    if len(told) > _MOST_REPAIRS:
        told[_MOST_REPAIRS - 1 :] = [ELLIPSIS]
    return message(language, "blame.or").join(told)


def flips(finding: Finding, language: Language) -> str:
    """The conclusions that turn with the repair."""
    told = dict.fromkeys(label(language, "flip", flip.code) for flip in finding.flips)
    return message(language, "place.separator").join(told)


def formula(claim: Claim, language: Language) -> str:
    """The formula with the figures as written; of a long sum the ends and the number of its parts."""
    texts = describe.figure_texts(claim)
    return arithmetic.render(claim.formula, {name: _shortened(parts, language) for name, parts in texts.items()})


def _shortened(parts: Sequence[str], language: Language) -> Sequence[str]:
    if len(parts) <= _MOST_PARTS:
        return parts
    last = parts[-1] + message(language, "words.parts", count=len(parts))
    return [*parts[:_FIRST_PARTS], ELLIPSIS, parts[-2], last]


def problem(finding: Finding, language: Language) -> str:
    """The message of a finding, its formula shortened."""
    if finding.verdict is None:
        return finding.message
    claim = finding.verdict.claim
    return finding.message.replace(describe.formula_text(claim), formula(claim, language))


def equation(verdict: Verdict, language: Language) -> str:
    """The formula with its figures, and what it gives; just the figure where that is all there is."""
    written = formula(verdict.claim, language)
    computed = describe.computed_text(verdict)
    return f"{written} = {computed}" if computed not in ("", written) else written


def grounds(verdict: Verdict, language: Language) -> tuple[str, str]:
    """What a result rests on, with its label: the calculation, or a single figure or wording (自评等级为“优”)
    with the value it stands for; no text where that value is the wording."""
    written, computed = describe.formula_text(verdict.claim), describe.computed_text(verdict)
    if verdict.claim.kind != "limit":
        return "formula", equation(verdict, language)
    if written == computed:
        return "basis", ""
    return "basis", message(language, "finding.stands_for", wording=written, value=computed)


def relation(verdict: Verdict, language: Language) -> str:
    """The stated figure and how it stands to the formula: ``86.75% = 52.05万元 ÷ 60万元``, ``86.57% ≠ …``."""
    claim = verdict.claim
    sign = (_BROKEN if verdict.outcome == "inconsistent" else _HOLDING)[claim.relation]
    sign = "≈" if verdict.outcome == "rounding" else sign
    return f"{claim.stated.quantity.text} {sign} {formula(claim, language)}"


def cause(finding: Finding, language: Language) -> str:
    """Why the figure is probably off, or nothing."""
    if finding.cause is None or finding.cause.code not in messages(language)["cause"]:
        return ""
    return message(language, f"cause.{finding.cause.code}", **finding.cause.facts)


def notice(item: Notice, language: Language) -> str:
    """A notice in words; facts that are missing leave a question mark."""
    texts = messages(language)["notice"]
    facts: dict[str, object] = defaultdict(lambda: "?", {k: _listed(v) for k, v in item.facts.items()})
    facts["code"] = item.code
    return str(texts.get(item.code, texts["other"])).format_map(facts)


def _listed(value: object) -> object:
    return "、".join(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else value


def coverage(report: Report, language: Language) -> str:
    """How many figures there are, and how many of them some verdict used."""
    total = len(report.facts)
    if not total:
        return message(language, "report.no_figures")
    spans = checked_spans(report)
    checked = sum(fact.quantity.span in spans for fact in report.facts)
    return message(language, "report.figures", figures=total, checked=checked, share=f"{checked / total:.0%}")


def tally(report: Report, language: Language) -> str:
    """How many relations hold, hold but for rounding, or were left undecided, and why."""
    counts = Counter(verdict.outcome for verdict in report.verdicts)
    parts = [message(language, "report.consistent", count=counts["consistent"])]
    if counts["rounding"]:
        parts.append(message(language, "report.rounding", count=counts["rounding"]))
    if counts["undecided"]:
        undecided = message(language, "report.undecided", count=counts["undecided"])
        parts.append(undecided + _reasons(report.verdicts, language))
    return message(language, "report.separator").join(parts)


def _reasons(verdicts: Iterable[Verdict], language: Language) -> str:
    reasons = Counter(v.reason or "unknown" for v in verdicts if v.outcome == "undecided")
    listed = [
        message(language, "report.reason", reason=label(language, "reason", reason), count=count)
        for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    ]
    return message(language, "report.reasons", reasons=message(language, "summary.list").join(listed))


def severities(findings: Iterable[Finding], language: Language) -> str:
    """Findings counted by severity, or that there are none."""
    counts = Counter(finding.severity for finding in findings)
    listed = [
        message(language, "summary.count", severity=label(language, "severity", s), count=counts[s])
        for s in SEVERITIES
        if counts[s]
    ]
    return message(language, "summary.list").join(listed) or message(language, "summary.no_findings")


def found(reports: Sequence[Report], language: Language) -> str:
    """The findings of a run counted, those that are accepted apart."""
    findings = [finding for report in reports for finding in report.findings]
    accepted = sum(len(report.accepted) for report in reports)
    if not accepted:
        return severities(findings, language)
    if not findings:
        return message(language, "accepted.all", count=accepted)
    return severities(findings, language) + message(language, "accepted.besides", count=accepted)


def closing(result: Result) -> str:
    """The whole run in one sentence: reports, findings, files that could not be checked or were passed over."""
    language, reports, failed = result.settings.language, result.reports, len(result.failures)
    text = message(language, "summary.closing", reports=len(reports), findings=found(reports, language))
    text = text if reports else ""
    if failed:
        text += message(language, "summary.failed" if reports else "summary.failures", count=failed)
    if result.passed_over:
        text += message(language, "summary.passed_over", count=result.passed_over)
    return text + message(language, "summary.stop")


def decision(taken: Decision, language: Language) -> str:
    """Why a finding may stand, by whom and when it was said."""
    return message(language, "accepted.decision", reason=taken.reason, author=taken.author, date=taken.date)


def unused(left: Decision, language: Language) -> str:
    """A decision that fitted no finding, and where it is written."""
    what, said = left.message or left.fingerprint, decision(left, language)
    return message(language, "handed.unused", file=left.file, row=left.row, what=what, said=said)


def comparison(report: Report, language: Language) -> str:
    """What became of the findings of the earlier run, or nothing where there is none to compare with."""
    if report.comparison is None:
        return ""
    if report.comparison.matched == "nothing":
        return message(language, "baseline.nothing")
    return message(language, "baseline.section", path=report.comparison.path, counts=changes([report], language))


def changes(reports: Iterable[Report], language: Language) -> str:
    """How many findings are new, still there and gone since the earlier run; accepted ones count like the others."""
    counts: Counter[str] = Counter()
    for report in reports:
        counts.update(str(finding.status) for finding in report.findings)
        counts.update(str(entry.finding.status) for entry in report.accepted)
        counts["gone"] += len(report.comparison.gone) if report.comparison else 0
        counts["accepted"] += len(report.accepted)
    accepted = message(language, "baseline.accepted", count=counts["accepted"]) if counts["accepted"] else ""
    told = message(language, "baseline.counts", new=counts["new"], still=counts["still"], gone=counts["gone"])
    return told + accepted


def gone(earlier: Earlier, language: Language) -> str:
    """A finding of the earlier run that is no longer there."""
    severity = message(language, f"severity.{earlier.severity}")
    return message(language, "baseline.gone", severity=severity, message=earlier.message)
