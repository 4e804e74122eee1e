"""Small tables for tests, written as rows of fields: ``甲|1.00|2.00``.

A field ``<`` goes on with the cell on its left, ``^`` with the one above it; blanks before a label set it in.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from reportcheck import check_text, formula
from reportcheck.extract.tabular import Sheet, read_sheets
from reportcheck.model import Document, Finding, Report, Table, Verdict
from reportcheck.read.txt import blocks_of


def text_of(rows: Iterable[str], unit: str = "万元", caption: str = "") -> str:
    """The rows as a table of a plain text, with its caption and the note of its unit above it."""
    note = f"单位：{unit}" if unit else ""
    lines = ["|" + "|".join(f" {field}" for field in row.split("|")) + "|" for row in rows]
    return "\n".join(filter(None, (caption, note, *lines)))


def document_of(text: str) -> Document:
    return Document("-", "txt", *blocks_of(text))


def table_of(*rows: str, unit: str = "万元", caption: str = "") -> Table:
    (found,) = document_of(text_of(rows, unit, caption)).tables
    return found


def sheet_of(*rows: str, unit: str = "万元", caption: str = "") -> Sheet:
    (found,) = read_sheets(document_of(text_of(rows, unit, caption)))
    return found


@cache
def _checked(text: str) -> Report:
    return check_text(text)


def check(rows: Iterable[str], unit: str = "万元", caption: str = "") -> Report:
    """The report on a text that is nothing but this table."""
    return _checked(text_of(rows, unit, caption))


def said(verdict: Verdict) -> str:
    """``total-mismatch: 6.00 = 1.00 + 2.00 + 3.00 consistent structure``, with the figures as written."""
    claim = verdict.claim
    texts = {name: [fact.quantity.text for fact in facts] for name, facts in claim.operands.items()}
    shown = formula.render(claim.formula, texts)
    stated = claim.stated.quantity.text
    return f"{claim.rule}: {stated} {claim.relation} {shown} {verdict.outcome} {claim.basis}"


def verdicts(report: Report, rule: str = "") -> list[str]:
    """All verdicts (of a rule) as :func:`said`, in order."""
    return sorted(said(verdict) for verdict in report.verdicts if verdict.claim.rule.startswith(rule))


def alarms(report: Report) -> list[str]:
    """The errors and warnings: ``error total-mismatch 6.00 at r4c2``."""
    return [_alarm(report, finding) for finding in report.findings if finding.severity != "note"]


def _alarm(report: Report, finding: Finding) -> str:
    span = finding.spans[0]
    (block,) = [block for block in report.document.blocks if block.id == span.block]
    place = block.id.partition(".")[2] or block.id
    return f"{finding.severity} {finding.rule} {block.text[span.start : span.end]} at {place}"


def repairs(report: Report) -> list[str]:
    """What would mend the one finding of a report: ``18 → 19分``; several where any of them would."""
    (finding,) = report.findings
    assert finding.blame is not None
    named = (finding.blame.repair, *finding.blame.equal)
    return [f"{repair.fact.quantity.text} → {repair.right.text}" for repair in named if repair]


def with_cell(rows: Iterable[str], old: str, new: str) -> list[str]:
    """The rows with the one field ``old`` changed."""
    held = list(rows)
    places = [(r, c) for r, row in enumerate(held) for c, field in enumerate(row.split("|")) if field == old]
    assert len(places) == 1, f"{old} stands at {places}"
    ((r, c),) = places
    fields = held[r].split("|")
    fields[c] = new
    return [*held[:r], "|".join(fields), *held[r + 1 :]]
