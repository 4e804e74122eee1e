"""How much of what contradicts itself over a whole report is found, and what is said of reports that are right.

python benchmarks/accuracy_whole.py [--limit N] [--misses]     the clean samples, tables in Markdown

`whole_edits` says which edits are made, and why each can be proved from the report.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from random import Random
from typing import Any

from msgspec import to_builtins
from msgspec.structs import replace

import texts
from marked import table
from reportcheck.checker import check_document
from reportcheck.model import Document, Finding, Report
from slip import edited, overlap
from texts import ENDINGS
from whole_edit import Clean, Edit
from whole_edits import EDITORS

RULES = (
    "anniversary-mismatch", "attachment-missing", "claim-contradicted", "conflicting-figures", "contents-mismatch",
    "count-mismatch", "dates-reversed", "duration-mismatch", "foreign-unit", "full-marks-unearned", "grade-mismatch",
    "impossible-date", "numbering-gap", "reference-missing", "section-missing", "stale-year",
)  # fmt: skip
_TITLES = {
    "restated": "one of several statements of a figure",
    "numbering": "number of a heading or point",
    "references": "target of a reference, announcement or contents entry",
    "year": "year of the report",
    "place": "name of the reporting body",
    "dates": "date or order of dates",
    "words": "word that the figures bear out",
}


def drawn(reports: Sequence[Clean], seed: int, limit: int) -> list[Edit]:
    """At most ``limit`` edits of each kind, over all reports."""
    chosen = []
    for kind, editor in EDITORS.items():
        random = Random(f"{seed}:whole:{kind}")
        found = [edit for clean in reports for edit in editor(clean, random)]
        chosen += random.sample(found, min(limit, len(found)))
    return chosen


def applied(document: Document, edit: Edit) -> Document:
    """The document with the edit made."""
    after = edited(document, edit.edit, edit.text)
    if not edit.cut:
        return after
    tables = [one for one in after.tables if not any(cell and cell.id in edit.cut for row in one.cells for cell in row)]
    return replace(after, blocks=tuple(b for b in after.blocks if b.id not in edit.cut), tables=tuple(tables))


def outcome(document: Document, edit: Edit) -> dict[str, Any]:
    """The edit with the rules that tell it; ``elsewhere`` counts the other errors and warnings."""
    report = check_document(applied(document, edit))
    alarms = [finding for finding in report.findings if finding.severity != "note"]
    telling = [finding for finding in alarms if _tells(finding, edit)]
    return {name: value for name, value in to_builtins(edit).items() if name != "cut"} | {
        "rules": list(dict.fromkeys(finding.rule for finding in telling)),
        "elsewhere": len(alarms) - len(telling),
    }


def _tells(finding: Finding, edit: Edit) -> bool:
    claims = [finding.verdict.claim] if finding.verdict else []
    used = [fact.quantity.span for claim in claims for facts in claim.operands.values() for fact in facts]
    return any(overlap(span, mark) for span in (*finding.spans, *used) for mark in edit.marks)


def measure(reports: Sequence[Clean], seed: int, limit: int, workers: int) -> list[dict[str, Any]]:
    """Each edit with what became of it. Reports that are flagged as they are are left out."""
    right = [clean for clean in reports if not _alarmed(check_document(clean.document))]
    documents = {clean.document.path: clean.document for clean in right}
    edits = drawn(right, seed, limit)
    owners = [documents[edit.document] for edit in edits]
    if workers <= 1:
        return list(map(outcome, owners, edits))
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(outcome, owners, edits, chunksize=10))


def _alarmed(report: Report) -> bool:
    return any(finding.severity != "note" for finding in report.findings)


def clean_findings() -> list[dict[str, Any]]:
    """All findings, notes too, of the rules for whole reports in the clean samples, by format."""
    return [
        {"name": document.path, "ending": ending, "rule": finding.rule, "message": finding.message}
        for ending in ENDINGS
        for document in texts.clean_samples(ending)
        for finding in check_document(document).findings
        if finding.rule in RULES
    ]


def samples() -> list[Clean]:
    """The clean samples as Word files, with what their sources say of them."""
    about = texts.about_samples()
    return [Clean(document, *about[document.path]) for document in texts.clean_samples()]


# --- tables -------------------------------------------------------------------------------


def tables(edits: Sequence[dict[str, Any]], findings: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The tables for docs/accuracy.md."""
    return {"whole": _kinds(edits), "whole-rules": _rules(edits), "whole-clean": _clean(findings)}


def _kinds(edits: Sequence[dict[str, Any]]) -> str:
    rows = []
    for kind in (*EDITORS, "all"):
        own = [edit for edit in edits if kind in (edit["kind"], "all")]
        variants = dict.fromkeys(edit["variant"] for edit in own) if kind != "all" else {}
        rows.append(_row(_TITLES.get(kind, kind), own))
        rows += [_row(f"– {name}", [e for e in own if e["variant"] == name]) for name in sorted(variants)]
    return table(["changed", "tried", "found", "", "missed"], rows)


def _row(name: str, own: Sequence[dict[str, Any]]) -> list[str]:
    found = sum(bool(edit["rules"]) for edit in own)
    share = f"{100 * found / len(own):.0f} %" if own else "–"
    return [name, str(len(own)), str(found), share, str(len(own) - found)]


def _rules(edits: Sequence[dict[str, Any]]) -> str:
    """The first rule that tells each edit that is found."""
    first = Counter((edit["kind"], edit["rules"][0]) for edit in edits if edit["rules"])
    rows = []
    for kind in EDITORS:
        ordered = sorted(((rule, n) for (own, rule), n in first.items() if own == kind), key=lambda r: (-r[1], r[0]))
        rows.append([_TITLES[kind], ", ".join(f"{rule} {n}" for rule, n in ordered) or "–"])
    return table(["changed", "told by"], rows)


def _clean(findings: Sequence[dict[str, Any]]) -> str:
    lines = [f"- {row['name']} ({row['ending']}): {row['rule']}: {row['message']}" for row in findings]
    return "\n".join(lines) or "None."


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; exit status 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=2019)
    parser.add_argument("--limit", type=int, default=120, help="most edits of one kind (default %(default)s)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--misses", action="store_true", help="each missed edit in its block")
    options = parser.parse_args(arguments)
    reports = samples()
    edits = measure(reports, options.seed, options.limit, options.workers)
    if options.misses:
        _print_misses(reports, edits)
        return 0
    for name, text in tables(edits, clean_findings()).items():
        print(f"{name}\n\n{text}\n")
    return 0


def _print_misses(reports: Sequence[Clean], edits: Sequence[dict[str, Any]]) -> None:
    held = {(clean.document.path, block.id): block.text for clean in reports for block in clean.document.blocks}
    for edit in edits:
        if not edit["rules"]:
            span = edit["edit"]
            text = held[edit["document"], span["block"]]
            near = f"{text[max(0, span['start'] - 40) : span['start']]}⟦{text[span['start'] : span['end']]} → "
            near += f"{edit['text']}⟧{text[span['end'] :][:40]}"
            print(f"{edit['kind']} {edit['variant']} | {edit['document']}:{span['block']} | {near}")


if __name__ == "__main__":
    sys.exit(main())
