"""The known defects of the samples (samples/truth.toml): which of them are found."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marked import table
from reportcheck.checker import check
from reportcheck.model import Document, Finding, Report, Span
from texts import SAMPLES


def measure() -> list[dict[str, Any]]:
    """Each known defect with whether a finding touches it, and the rules of those that do."""
    truth = tomllib.loads((SAMPLES / "truth.toml").read_text(encoding="utf-8"))
    return [row for report in truth["report"] for row in _of_report(report)]


def _of_report(truth: dict[str, Any]) -> Iterator[dict[str, Any]]:
    report: Report = check(Path(SAMPLES / "reports" / f"{truth['name']}.txt"))
    for defect in truth.get("defect", ()):
        places = list(_places(report.document, defect))
        rules = sorted({finding.rule for finding in report.findings if _touches(finding, places, report, defect)})
        yield {
            "report": truth["name"],
            "id": defect["id"],
            "kind": defect["kind"],
            "later": defect.get("later", False),
            "rules": rules,
        }


def _places(document: Document, defect: dict[str, Any]) -> Iterator[Span]:
    """Where the defective text stands: within its anchor, wherever that is found."""
    anchor, stated = "".join(defect["anchor"].split()), "".join(defect["stated"].split())
    for block in document.blocks:
        kept = [index for index, character in enumerate(block.text) if not character.isspace()]
        bare = "".join(block.text[index] for index in kept)
        at = bare.find(anchor)
        if at >= 0 and stated:
            start = bare.find(stated, at)
            yield Span(block.id, kept[start], kept[start + len(stated) - 1] + 1)


def _touches(finding: Finding, places: list[Span], report: Report, defect: dict[str, Any]) -> bool:
    texts = {block.id: block.text for block in report.document.blocks}
    for span in finding.spans:
        if any(span.block == p.block and span.start < p.end and p.start < span.end for p in places):
            return True
    first = finding.spans[0]
    marked = texts[first.block][first.start : first.end]
    return finding.rule == defect["kind"] and any(other and other in marked for other in defect.get("also", ()))


def as_table(rows: list[dict[str, Any]]) -> str:
    """By kind: how many are known, found, found by the rule of that name; those that need the whole report."""
    body = []
    for kind in [*sorted({row["kind"] for row in rows}), "all"]:
        own = [row for row in rows if kind in (row["kind"], "all")]
        found = sum(bool(row["rules"]) for row in own)
        named = sum(row["kind"] in row["rules"] for row in own)
        later = sum(row["later"] for row in own)
        missed = ", ".join(row["report"] + "/" + row["id"] for row in own if not row["rules"]) if kind != "all" else ""
        body.append([kind, str(len(own)), str(later), str(found), str(named), missed])
    return table(["defect", "known", "far apart", "found", "by its own rule", "missed"], body)
