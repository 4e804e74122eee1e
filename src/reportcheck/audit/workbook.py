"""An audit as a workbook: the units by how much they need attention, and all that was found in them, to tick off."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence

from reportcheck.audit.outliers import Distribution
from reportcheck.audit.summary import Summary
from reportcheck.audit.workbook_rows import Places, Rows, closing
from reportcheck.catalog import message
from reportcheck.checker import Settings
from reportcheck.model import SEVERITIES
from reportcheck.render.provenance import provenance
from reportcheck.render.spreadsheet import Book, Kind
from reportcheck.render.workbook import footer
from reportcheck.render.workbook_columns import Layout, Listing, Row
from reportcheck.result import Result, Source

_REVIEW = ("opinion", "correction")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "units": (
        *("rank", "unit", "submission", "year", *SEVERITIES, "across", "accepted", "files", "failed"),
        *("figures", "checked", "share"),
    ),
    "findings": (
        *("unit", "file", "number", "severity", "problem", "place", "text", "message"),
        *("decision", *_REVIEW, "submission", "rule", "id"),
    ),
    "across": (
        *("number", "severity", "problem", "message", "file", "place", "text", "context"),
        *("submissions", *_REVIEW, "rule", "id"),
    ),
    "rules": ("problem", *SEVERITIES, "total", "units", "rule"),
    "failures": ("what", "subject", "unit", "reason"),
    "distributions": (
        *("measure", "kind", "n", "least", "low", "median", "high", "most", "outliers"),
        *("unit", "file", "place", "value"),
    ),
    "files": (
        *("file", "unit", "submission", "format", "title", "year", "figures", "checked", "share", *SEVERITIES),
        *("reason", "sha256"),
    ),
}
_FROZEN: Mapping[str, str] = {"units": "unit", "findings": "file", "across": "problem", "rules": "problem"}
_UNPRINTED: Mapping[str, str] = {"findings": "submission", "across": "rule", "files": "sha256"}
_OWN: Mapping[str, tuple[int, Kind]] = {
    "rank": (6, "centred"),
    "unit": (30, "text"),
    "submission": (34, "text"),
    "submissions": (30, "text"),
    "message": (48, "text"),
    "decision": (20, "text"),
    "problem": (22, "text"),
    "file": (30, "text"),
    "place": (26, "text"),
    "text": (16, "text"),
    "what": (8, "centred"),
    "subject": (44, "text"),
    "reason": (60, "text"),
    "measure": (16, "text"),
    "kind": (26, "text"),
    **dict.fromkeys(("least", "low", "median", "high", "most"), (11, "number")),
    "value": (11, "number"),
    "format": (7, "centred"),
    "title": (36, "text"),
    "sha256": (66, "line"),
}


def draw(found: Summary, spread: Sequence[Distribution], settings: Settings, sources: Sequence[Source] = ()) -> bytes:
    """The whole audit as XLSX. Each number of a unit leads to the first row that it counts. ``sources`` are files that
    the result depends on beside the reports."""
    language = settings.language
    book = Book("&A", footer(language))
    listings = {name: Listing(book, _layout(name), language) for name in _COLUMNS}
    rows = Rows(found, language)
    title, hint = (message(language, f"audit_sheets.{key}") for key in ("title", "hint"))
    titles = (title, closing(found, language), hint, "")
    for name, listing in listings.items():
        listing.head(*(titles if name == "units" else ()))
    across = _fill(listings["across"], rows.across())
    failed = _fill(listings["failures"], rows.failures())
    for rank, unit in enumerate(found.units, 1):
        inside = _fill(listings["findings"], rows.findings(unit))
        listings["units"].add(rows.unit(rank, unit, ChainMap(inside, across, failed)))
        _fill(listings["files"], rows.files(unit))
    _fill(listings["rules"], rows.rules())
    _fill(listings["distributions"], rows.distributions(spread))
    for listing in listings.values():
        listing.close()
    _close(listings, book, settings, sources)
    return book.finish()


def _layout(name: str) -> Layout:
    return Layout(
        *(name, _COLUMNS[name], _FROZEN.get(name, ""), _UNPRINTED.get(name, "")),
        words="audit_sheets",
        labels="audit_columns",
        own=_OWN,
    )


def _fill(listing: Listing, rows: Iterable[tuple[Sequence[tuple[str, str]], Row]]) -> Places:
    """Writes the rows; gives the place of the first of those that count as something for a submission."""
    first: Places = {}
    for counted, row in rows:
        place = listing.add(row)
        for each in counted:
            first.setdefault(each, place)
    return first


def _close(listings: Mapping[str, Listing], book: Book, settings: Settings, sources: Sequence[Source]) -> None:
    """Below the units: what the workbook had no room for, and what it takes to get the same result again."""
    language, sheet = settings.language, listings["units"].sheet
    counts = {"shortened": book.shortened, "unlinked": sum(each.sheet.unlinked for each in listings.values())}
    cut = [text for each in listings.values() if (text := each.left_out())]
    cut += [message(language, f"audit_sheets.{name}", count=count) for name, count in counts.items() if count]
    made = message(language, "audit_sheets.provenance", sheet=listings["files"].title)
    lines = provenance(Result(settings=settings, sources=sources))
    for title, texts, look in ((message(language, "audit_sheets.cut"), cut, "plain"), (made, lines, "small")):
        if texts:
            sheet.line()
            sheet.line(title, "section")
            for text in texts:
                sheet.line(text, look)
