"""A run as CSV, for spreadsheets and scripts: one row a finding, and rows for all else that must be known.

The columns are :data:`COLUMNS`, in this order; new ones are only added at the end. They are named as in the JSON,
whatever the language. ``type`` tells what a row is:

==================  ============================================================================================
``run``             the program and its options; the first row
``report``          one for each report, with the number of its ``figures`` and of those ``figures_checked``
``finding``         what a reviewer should look at
``accepted``        a finding that may stand, with the ``reason``, ``author`` and ``date`` of the decision
``gone``            a finding of the earlier run that is no longer there
``notice``          how a report was read, or what must be known of the run
``unchecked``       ``figures`` of a report that were not checked for one ``reason``
``failure``         a file that could not be checked
``unused_decision`` a decision that fits no finding
``source``          another file that the result depends on
==================  ============================================================================================

``path`` and ``sha256`` name the file that a row is about, ``version`` and ``catalog`` the program and its pattern data.
``gap`` is a number in ``gap_unit``. A text that a spreadsheet would run as a formula has an apostrophe before it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from reportcheck import __version__
from reportcheck.catalog import Language, fingerprint, message
from reportcheck.ledger import checked_spans, unchecked
from reportcheck.model import Decision, Finding, Report
from reportcheck.render import words
from reportcheck.render.figures import split
from reportcheck.render.json import finding_to_dict
from reportcheck.render.provenance import provenance
from reportcheck.render.run_notices import run_notices
from reportcheck.render.spreadsheet import harmless
from reportcheck.render.told import Teller
from reportcheck.result import Result

COLUMNS = (
    *("type", "path", "sha256", "number", "severity", "rule", "family", "title"),
    *("place", "text", "stated", "computed", "gap", "gap_unit", "formula", "message", "details", "context"),
    *("cause", "breaks", "alternatives", "flips", "advice", "status", "fingerprint"),
    *("page", "sheet", "address", "block", "start", "end"),
    *("code", "reason", "author", "date", "figures", "figures_checked", "version", "catalog"),
)
_OF_FINDING = ("severity", "rule", "family", "stated", "computed", "formula", "cause", "advice", "fingerprint")
_OF_SPAN = ("text", "context", "page", "sheet", "address", "block", "start", "end")
_BETWEEN = "; "

Row = dict[str, object]


def draw(result: Result) -> bytes:
    """The whole run, in UTF-8 with a byte order mark, without which Excel takes it for the local encoding."""
    every = {"version": __version__, "catalog": fingerprint()}
    text = StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _shown(value) for name, value in {**row, **every}.items()} for row in _rows(result))
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _shown(value: object) -> object:
    if isinstance(value, str):
        return harmless(value.replace("\x00", "\ufffd"))
    return "" if value is None else value


def _rows(result: Result) -> Iterator[Row]:
    yield {"type": "run", "message": provenance(result)[0]}
    language = result.settings.language
    for notice in run_notices(result):
        yield {"type": "notice", "path": notice.path, "code": notice.code, "message": notice.text}
    for report in result.reports:
        of = {"path": report.document.path, "sha256": report.document.sha256}
        yield from ({**row, **of} for row in _of_report(report, result))
    for failure in result.failures:
        yield {"type": "failure", "path": failure.path, "code": failure.code, "message": failure.message}
    for decision in result.unused:
        said = {"rule": decision.rule, "text": decision.text, "fingerprint": decision.fingerprint}
        place = message(language, "place.line", line=decision.row)
        facts = {"path": decision.file, "place": place, "message": decision.message, **said, **_decided(decision)}
        yield {"type": "unused_decision", **facts}
    for source in result.sources:
        yield {"type": "source", "path": source.path, "sha256": source.sha256, "code": source.kind}


def _of_report(report: Report, result: Result) -> Iterator[Row]:
    """How far the report was checked, then what was found in it."""
    language, teller = result.settings.language, Teller(report, result.settings.language)
    checked = checked_spans(report)
    coverage = [words.coverage(report, language), words.tally(report, language), words.comparison(report, language)]
    yield {
        "type": "report",
        "title": report.title,
        "message": message(language, "place.separator").join(text for text in coverage if text),
        "figures": len(report.facts),
        "figures_checked": sum(fact.quantity.span in checked for fact in report.facts),
    }
    for notice in report.document.notices:
        yield {"type": "notice", "code": notice.code, "message": words.notice(notice, language)}
    for number, finding in enumerate(report.findings, 1):
        yield {"type": "finding", "number": number, **_finding(finding, teller, language)}
    for entry in report.accepted:
        yield {"type": "accepted", **_finding(entry.finding, teller, language), **_decided(entry.decision)}
    for earlier in report.comparison.gone if report.comparison else ():
        said = {name: getattr(earlier, name) for name in ("severity", "rule", "message", "text", "context")}
        yield {"type": "gone", **said, "status": "gone", "fingerprint": earlier.fingerprint}
    for why, entries in unchecked(report).items():
        label = words.label(language, "reason", why)
        yield {"type": "unchecked", "code": why, "reason": label, "figures": len(entries), "figures_checked": 0}


def _finding(finding: Finding, teller: Teller, language: Language) -> Row:
    told, content = teller.told(finding, 0), finding_to_dict(finding, teller.places.around)
    spans = content["spans"]
    gap, unit = split(content["gap"]) if content["gap"] else ("", "")
    lines = [message(language, "handed.pair", name=line.label, text=line.text) for line in told.lines]
    return {
        **{name: content[name] for name in _OF_FINDING},
        **({name: spans[0][name] for name in _OF_SPAN} if spans else {}),
        "title": told.title,
        "place": told.place,
        "gap": str(gap),
        "gap_unit": unit,
        "message": finding.message,
        "details": "\n".join(lines),
        "breaks": _BETWEEN.join(content["breaks"]),
        "alternatives": _BETWEEN.join(f"{other['text']} → {other['computed']}" for other in content["alternatives"]),
        "flips": _BETWEEN.join(content["flips"]),
        "status": finding.status,
    }


def _decided(decision: Decision) -> Row:
    return {"reason": decision.reason, "author": decision.author, "date": decision.date}
