"""A report says the same whichever file it is read from: Word, the PDF of it, the workbook of its tables, text."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reportcheck.checker import check
from reportcheck.model import Finding, Report

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
    """Rule, severity, stated text and message, without blanks, of the findings that rest on this part alone."""
    blocks = {block.id: block for block in report.document.blocks}

    def key(finding: Finding) -> Said:
        first = finding.spans[0]
        stated = blocks[first.block].text[first.start : first.end]
        return finding.rule, finding.severity, "".join(stated.split()), "".join(finding.message.split())

    def within(finding: Finding) -> bool:
        cells = [blocks[span.block].role == "cell" for span in finding.spans]
        return part == WHOLE or (all(cells) if part == TABLES else not any(cells))

    return Counter(key(finding) for finding in report.findings if within(finding))


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
