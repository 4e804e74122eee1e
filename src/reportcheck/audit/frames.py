"""An audit as tables: units, findings, findings across files, and what changed between two ledgers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportcheck.audit.summary import Summary, Unit
from reportcheck.audit.titles import title
from reportcheck.catalog import Language, message
from reportcheck.model import SEVERITIES
from reportcheck.render.words import label

if TYPE_CHECKING:
    import pandas as pd

_UNITS = ("unit", "submission", "year", "files", *SEVERITIES, "accepted", "failed", "figures", "checked")
_FINDINGS = ("unit", "file", "severity", "title", "rule", "place", "text", "message", "id", "decision")

Row = dict[str, object]
Key = tuple[str, str, str]


def units(found: Summary, language: Language) -> pd.DataFrame:
    """One row a submission, those first that need attention first."""
    rows = [
        {
            "unit": unit.name,
            "submission": unit.submission,
            "year": unit.year,
            "files": len(unit.files),
            **{severity: unit.count(severity) for severity in SEVERITIES},
            "accepted": unit.accepted,
            "failed": len(unit.failures),
            "figures": unit.figures,
            "checked": unit.checked,
        }
        for unit in found.units
    ]
    return _frame(rows, _UNITS, language)


def findings(found: Summary, language: Language, unit: str = "") -> pd.DataFrame:
    """One row a finding, in files and across files; of units with ``unit`` in their name or that of the submission."""
    chosen = [one for one in found.units if unit in one.name or unit in one.submission]
    rows = [row for one in chosen for row in (*_in_files(one, language), *_across(one, language))]
    return _frame(rows, _FINDINGS, language)


def _in_files(unit: Unit, language: Language) -> Iterator[Row]:
    for one in unit.findings:
        yield {
            "unit": unit.name,
            "file": one.file,
            "severity": message(language, f"severity.{one.found.severity}"),
            "title": title(one.found.rule, language),
            "rule": one.found.rule,
            "place": one.found.place,
            "text": one.found.text,
            "message": one.found.message,
            "id": one.found.fingerprint,
            "decision": label(language, "decision", one.decided.decision) if one.decided else "",
        }


def _across(unit: Unit, language: Language) -> Iterator[Row]:
    for one in unit.across:
        spot = one.spots[0]
        yield {
            "unit": unit.name,
            "file": spot.file,
            "severity": message(language, f"severity.{one.severity}"),
            "title": title(one.rule, language),
            "rule": one.rule,
            "place": spot.place,
            "text": spot.text,
            "message": one.message,
            "id": one.fingerprint,
            "decision": "",
        }


def difference(before: Summary, after: Summary, language: Language) -> pd.DataFrame:
    """The findings that are new, and those that are gone; what stands several times is paired off one by one."""
    then, now = _keyed(before, language), _keyed(after, language)
    rows = [
        {"change": message(language, f"audit.{change}"), **row}
        for change, ours, theirs in (("new", now, then), ("gone", then, now))
        for row in _left(ours, theirs)
    ]
    return _frame(rows, ("change", *_FINDINGS), language)


def on_screen(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The columns of a table of findings that there is room for."""
    left_out = {message(language, f"ledger_columns.{name}") for name in ("unit", "rule", "text", "decision")}
    return frame[[name for name in frame.columns if name not in left_out]]


def _keyed(found: Summary, language: Language) -> list[tuple[Key, Row]]:
    return [
        ((unit.submission, str(row["rule"]), str(row["id"])), row)
        for unit in found.units
        for row in (*_in_files(unit, language), *_across(unit, language))
    ]


def _left(ours: list[tuple[Key, Row]], theirs: list[tuple[Key, Row]]) -> Iterator[Row]:
    there = Counter(key for key, _ in theirs)
    for key, row in ours:
        if there[key]:
            there[key] -= 1
        else:
            yield row


def _frame(rows: list[Row], columns: tuple[str, ...], language: Language) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    return frame.rename(columns={name: message(language, f"ledger_columns.{name}") for name in columns})
