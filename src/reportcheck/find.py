"""Verdicts → findings: severity, wording, cause, fingerprint, and a stable order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from reportcheck import describe
from reportcheck.blame import blamed
from reportcheck.catalog import Language, message, rules
from reportcheck.causes import cause, figures_of, misplaced_unit, of_one, slip_between
from reportcheck.defects import named, one_place
from reportcheck.model import SEVERITIES, Blame, Cause, Document, Finding, Lint, Severity, Span, Verdict
from reportcheck.text import context_of

_RELATIONS = {"=": "equal", "<=": "at-most", ">=": "at-least", "<": "below", ">": "above"}


def from_verdicts(verdicts: Sequence[Verdict], language: Language) -> list[Finding]:
    """One finding for each figure that is to blame, for each wrong unit, and for each tail of rounding as a note."""
    blames = [Blame(verdict) for verdict in verdicts if verdict.outcome == "inconsistent"]
    with one_place("blame-defect", ""):
        blames = blamed(verdicts)
    explained = {id(verdict) for blame in blames for verdict in blame.others}
    blames += [Blame(v) for v in verdicts if v.outcome == "rounding" and id(v) not in explained]
    found: list[Finding] = []
    for blame in blames:
        with one_place("finding-defect", _place(blame.verdict)):
            found.append(_finding(blame, language))
    for verdict in verdicts:
        if verdict.reason == "unit-slip":
            with one_place("finding-defect", _place(verdict)):
                found += _unit_slip(verdict, language)
    return found


def _place(verdict: Verdict) -> str:
    stated = verdict.claim.stated.quantity
    return named(stated.span.block, stated.text)


def _unit_slip(verdict: Verdict, language: Language) -> list[Finding]:
    """The finding on a figure whose unit is wrong; the claim itself stays undecided until it is mended."""
    slip = misplaced_unit(verdict)
    if slip is None:
        return []
    fact, why = slip
    claim = verdict.claim
    rule = rules()["unit-slip"]
    others = [claim.stated, *(f for fs in claim.operands.values() for f in fs if f is not fact)]
    facts = {**why.facts, "stated": claim.stated.quantity.text, "formula": describe.formula_text(claim)}
    return [
        Finding(
            rule=rule.id,
            severity=rule.severity if claim.exhaustive else "warning",
            message=rule.text("message", language).format(**facts),
            spans=(fact.quantity.span, *(other.quantity.span for other in others)),
            fingerprint=fingerprint(rule.id, fact.indicator, *facts.values()),
            advice=rule.text("advice", language),
            blame=Blame(verdict),
            cause=why,
        )
    ]


def _finding(blame: Blame, language: Language) -> Finding:
    verdict = blame.verdict
    claim = verdict.claim
    rule = rules()[claim.rule]
    fact = blame.repair.fact if blame.repair else claim.stated
    broken = (verdict, *blame.others)
    figures = [each for v in broken for each in figures_of(v.claim)]
    words = [v.claim.words for v in broken if v.claim.words is not None]
    return Finding(
        rule=rule.id,
        severity=min((_severity(v, rules()[v.claim.rule].severity) for v in broken), key=SEVERITIES.index),
        message=_message(blame, language),
        spans=tuple(dict.fromkeys([*(each.quantity.span for each in (fact, *figures)), *words])),
        fingerprint=fingerprint(
            rule.id, claim.stated.indicator, claim.stated.quantity.text, describe.formula_text(claim)
        ),
        advice=rule.text("advice", language),
        blame=blame,
        cause=_cause(blame),
    )


def _cause(blame: Blame) -> Cause | None:
    """The slip behind the figure blamed; where one of several is meant, their repairs tell."""
    repair = blame.repair
    if repair is None and blame.equal:
        return None
    if repair is None or (repair.fact is blame.verdict.claim.stated and not blame.others):
        slip = cause(blame.verdict)
        return slip if slip is not None and of_one(slip, blame.verdict.claim) else None
    return slip_between(repair.fact.quantity, repair.right.value)


def _message(blame: Blame, language: Language) -> str:
    """What is wrong with the figure blamed: the rule's own words where it is the stated one."""
    verdict, repair = blame.verdict, blame.repair
    claim = verdict.claim
    facts = {
        "indicator": claim.stated.indicator,
        "stated": claim.stated.quantity.text,
        "formula": describe.formula_text(claim),
        "computed": describe.computed_text(verdict),
        "gap": describe.gap_text(verdict, language),
        "relation": message(language, f"relation.{_RELATIONS[claim.relation]}"),
    }
    if repair is None or repair.fact is claim.stated:
        return rules()[claim.rule].text("message", language).format(**facts)
    facts |= {"name": repair.fact.indicator, "written": repair.fact.quantity.text, "right": repair.right.text}
    return message(language, "blame.operand", **facts)


def from_lints(lints: Iterable[Lint], document: Document, language: Language) -> list[Finding]:
    """One finding for each lint; ``{text}`` in a message is the marked text as written."""
    texts = {block.id: block.text for block in document.blocks}
    findings = []
    for lint in lints:
        with one_place("finding-defect", named(lint.spans[0].block, lint.rule)):
            findings.append(_of_lint(lint, texts, language))
    return findings


def _of_lint(lint: Lint, texts: Mapping[str, str], language: Language) -> Finding:
    rule = rules()[lint.rule]
    span = lint.spans[0]
    marked = texts[span.block][span.start : span.end]
    facts = {"text": marked, **lint.facts}
    return Finding(
        rule=rule.id,
        severity=lint.severity or rule.severity,
        message=rule.text("message", language).format(**facts),
        spans=lint.spans,
        fingerprint=fingerprint(rule.id, context_of(texts[span.block], span), *facts.values()),
        advice=rule.text("advice", language),
    )


def _severity(verdict: Verdict, severity: Severity) -> Severity:
    """What rests on a list that may be partial, or on parallel rows alone, is a question at most; tails of
    rounding are notes."""
    if verdict.outcome == "rounding":
        return "note"
    doubtful = not verdict.claim.exhaustive or verdict.claim.basis == "parallel" or verdict.reason is not None
    if severity == "error" and doubtful:
        return "warning"
    return severity


def fingerprint(*content: str) -> str:
    """A short digest of what a finding says, not of where it stands."""
    return hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:16]


def ordered(findings: Iterable[Finding], document: Document) -> tuple[Finding, ...]:
    """By severity, then conclusions that turn, then by place in the document; what two rules say of the same
    figures only once."""
    place = {block.id: index for index, block in enumerate(document.blocks)}

    def key(finding: Finding) -> tuple[int, bool, int, int, str]:
        span = finding.spans[0] if finding.spans else Span("", 0, 0)
        rank = SEVERITIES.index(finding.severity)
        return rank, not finding.flips, place.get(span.block, -1), span.start, finding.rule

    unique: dict[object, Finding] = {}
    # A remainder is better told as such than as a total and its parts.
    for finding in sorted(findings, key=lambda finding: (finding.rule == "total-mismatch", key(finding))):
        unique.setdefault(_subject(finding), finding)
    return tuple(sorted(unique.values(), key=key))


def _subject(finding: Finding) -> object:
    """What a finding is about: the words that figures contradict, the figures that do not agree, the figure with a
    wrong unit, or the place."""
    if finding.rule == "unit-slip":
        return finding.rule, finding.spans[0]
    claim = finding.verdict.claim if finding.verdict is not None else None
    if claim is not None and claim.words is not None:
        return finding.rule, claim.words, claim.stated.quantity.span.block
    if claim is not None and claim.relation == "=":
        return frozenset(finding.spans)
    return finding.rule, finding.spans
