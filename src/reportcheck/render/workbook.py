"""A run as a workbook: a summary, the findings as a list to tick off, and all that was recomputed and read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from reportcheck import __version__
from reportcheck.catalog import Language, fingerprint, message
from reportcheck.render import workbook_columns as layouts
from reportcheck.render.spreadsheet import Book, holdable
from reportcheck.render.workbook_columns import Listing, Row
from reportcheck.render.workbook_rows import ReportRows
from reportcheck.render.workbook_summary import Summary
from reportcheck.render.workbook_totals import totals
from reportcheck.result import Result

_LONGEST_TITLE = 100
_SHORT_HASH = 12
_SEPARATOR = re.compile(r"[/\\]")

_ROWS: Mapping[str, Callable[[ReportRows], Iterable[Row]]] = {
    "findings": ReportRows.findings,
    "agreeing": ReportRows.agreeing,
    "undecided": ReportRows.undecided,
    "figures": ReportRows.figures,
    "accepted": ReportRows.accepted,
    "changes": ReportRows.changes,
}


def draw(result: Result) -> bytes:
    """The whole run as XLSX. Each number of the summary leads to the first row that it counts."""
    language = result.settings.language
    book = Book(_header(result), footer(language))
    listings = {layout.name: Listing(book, layout.of(result), language) for layout in _layouts(result)}
    summary = Summary(listings["summary"], result)
    filled = {name: listing for name, listing in listings.items() if name in _ROWS}
    for listing in (*filled.values(), listings["rules"]):
        listing.head()
    for report, name in zip(result.reports, _names(result), strict=True):
        rows = ReportRows(report, name, language)
        links: dict[str, str] = {}
        for kind, listing in filled.items():
            links |= _fill(listing, _ROWS[kind](rows))
        summary.add(report, links)
    for row in totals(result):
        listings["rules"].add(row)
    for listing in filled.values():
        listing.close()
    summary.close(_cut(book, listings.values(), result))
    return book.finish()


def _layouts(result: Result) -> Iterator[layouts.Layout]:
    """The sheets in order; those of accepted findings and of the comparison only where there is something on them."""
    yield from (layouts.SUMMARY, layouts.FINDINGS, layouts.AGREEING, layouts.UNDECIDED, layouts.FIGURES, layouts.RULES)
    if any(report.accepted for report in result.reports):
        yield layouts.ACCEPTED
    if result.baseline:
        yield layouts.CHANGES


def _fill(listing: Listing, rows: Iterable[Row]) -> dict[str, str]:
    """Writes the rows; gives the place of the first of each count."""
    first: dict[str, str] = {}
    for row in rows:
        place = listing.add(row)
        first.setdefault(str(row.get("counted", "")), place)
    return first


def _cut(book: Book, listings: Iterable[Listing], result: Result) -> list[str]:
    """What the workbook does not hold in full."""
    counts = {"shortened": book.shortened, "unlinked": sum(listing.sheet.unlinked for listing in listings)}
    said = [message(result.settings.language, f"sheets.{name}", count=n) for name, n in counts.items() if n]
    return [*(text for listing in listings if (text := listing.left_out())), *said]


def _names(result: Result) -> Sequence[str]:
    """What the reports are called in their rows: the name of the file where no other has it, else the path."""
    paths = [report.document.path for report in result.reports]
    short = [_SEPARATOR.split(path)[-1] for path in paths]
    times = Counter(short)
    return [name if times[name] == 1 else path for name, path in zip(short, paths, strict=True)]


def _header(result: Result) -> str:
    """Above each printed page: the sheet, and the title of the only report."""
    titles = [report.title or name for report, name in zip(result.reports, _names(result), strict=True)]
    title = " ".join(holdable(titles[0]).split())[:_LONGEST_TITLE] if len(titles) == 1 else ""
    return f"&A  {_plain(title)}".rstrip()


def footer(language: Language) -> str:
    """Below each printed page: program and catalogue, and the number of the page."""
    tool = message(language, "provenance.tool", version=__version__)
    catalog = message(language, "provenance.catalog", sha256=fingerprint()[:_SHORT_HASH])
    made = message(language, "place.separator").join((tool, catalog))
    return f"&L{_plain(made)}&R{message(language, 'sheets.page')}"


def _plain(text: str) -> str:
    """The text without the sign that gives orders in the margins of a page, not even doubled."""
    return text.replace("&", "\uff06")
