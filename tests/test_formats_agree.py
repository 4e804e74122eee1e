"""A report says the same whichever file it is read from: Word, the PDF of it, the workbook of its tables, text."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reportcheck import describe
from reportcheck.causes import facts_of
from reportcheck.checker import check
from reportcheck.model import Claim, Report, Span, Verdict

SAMPLES = Path(__file__).parents[1] / "samples"
TRUTH: list[dict[str, Any]] = tomllib.loads((SAMPLES / "truth.toml").read_text(encoding="utf-8"))["report"]

WHOLE, TABLES, PROSE = "the whole report", "its tables", "its prose"
# What a format holds of what the Word file holds: no more is compared.
HOLDS = {
    "pdf": WHOLE,
    "xlsx": TABLES,  # a sheet a table; a finding that rests on a paragraph too needs the report
    "txt": PROSE,  # no merged cells and no indents, so that tables may be read otherwise
}
# Faults: sample and format → what is read otherwise there.
FAULTS: dict[tuple[str, str], str] = {}

Said = tuple[str, str, str, str]


@cache
def report_of(name: str, ending: str) -> Report:
    return check(SAMPLES / "reports" / f"{name}.{ending}")


def said(report: Report, part: str) -> Counter[Said]:
    """What is said of the whole report, or of what rests on this part alone, without blanks."""
    blocks = {block.id: block for block in report.document.blocks}

    def within(spans: Iterable[Span]) -> bool:
        cells = [blocks[span.block].role == "cell" for span in spans]
        return all(cells) if part == TABLES else not any(cells)

    found: Counter[Said] = Counter()
    for finding in report.findings:
        place = finding.spans[0]
        written = blocks[place.block].text[place.start : place.end]
        whole = (finding.rule, finding.severity, "".join(written.split()), "".join(finding.message.split()))
        if part == WHOLE or finding.blame is None:
            found.update([whole] if part == WHOLE or within(finding.spans) else [])
        else:
            # A figure may be found wrong here by the prose, there by the table: the claims that it breaks are compared.
            broken = (finding.blame.verdict, *finding.blame.others)
            found.update(_broken(each) for each in broken if within(_places(each.claim)))
    return found


def _places(claim: Claim) -> list[Span]:
    return [fact.quantity.span for fact in (claim.stated, *facts_of(claim))]


def _broken(verdict: Verdict) -> Said:
    claim = verdict.claim
    return claim.rule, verdict.outcome, "".join(claim.stated.quantity.text.split()), describe.formula_text(claim)


def pairs() -> list[Any]:
    """Each sample in each format but Word; known faults are expected to fail until they are mended."""
    found = []
    for truth in TRUTH:
        for ending in truth["formats"]:
            if ending in HOLDS:
                fault = FAULTS.get((truth["name"], ending))
                marks = [pytest.mark.xfail(reason=fault, strict=True)] if fault else []
                found.append(pytest.param(truth["name"], ending, id=f"{truth['name']}.{ending}", marks=marks))
    return found


@pytest.mark.parametrize(("name", "ending"), pairs())
def test_the_same_is_found(name: str, ending: str) -> None:
    part = HOLDS[ending]
    assert said(report_of(name, ending), part) == said(report_of(name, "docx"), part)


def test_the_faults_are_those_of_samples() -> None:
    assert set(FAULTS) <= {(truth["name"], ending) for truth in TRUTH for ending in truth["formats"]}


def test_there_is_something_to_compare() -> None:
    """Both in cells and in prose, and not in one sample only."""
    for part in (TABLES, PROSE):
        assert sum(bool(said(report_of(truth["name"], "docx"), part)) for truth in TRUTH) >= 5
