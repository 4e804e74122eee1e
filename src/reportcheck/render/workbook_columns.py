"""The sheets of the workbook: which columns each has, how they are called and how wide they are."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from reportcheck.catalog import Language, message, messages
from reportcheck.model import OUTCOMES, SEVERITIES
from reportcheck.render.spreadsheet import Book, Cell, Column, Kind, Value
from reportcheck.result import Result

Row = Mapping[str, Value | Cell]


class Layout(Struct, frozen=True):
    """A sheet by the names of its columns. Those up to ``frozen`` stay in sight; of those from ``unprinted`` on,
    which lead back to the program, paper needs nothing. What the sheet says stands in the messages under ``words``;
    ``own`` are the widths and kinds of columns that no other workbook has, with their labels in ``labels``."""

    name: str
    names: tuple[str, ...]
    frozen: str = ""
    unprinted: str = ""
    words: str = "sheets"
    labels: str = "sheet_columns"
    own: Mapping[str, tuple[int, Kind]] = field(default_factory=dict)

    def of(self, result: Result) -> Layout:
        """The sheet without the columns that would tell nothing: the report where there is but one, and the
        comparison where there is no earlier run."""
        without = set() if result.baseline else {"status", "new", "still", "gone", "earlier"}
        if len(result.reports) == 1:
            without.add("report")
        return replace(self, names=tuple(name for name in self.names if name not in without))

    def columns(self, language: Language) -> list[Column]:
        """The columns, with the words that stand above them."""
        looks = {**_LOOKS, **self.own}
        return [Column(self._label(name, language), *looks.get(name, _COUNT)) for name in self.names]

    def _label(self, name: str, language: Language) -> str:
        if name in SEVERITIES:
            return message(language, f"severity.{name}")
        if name in OUTCOMES:
            return message(language, f"outcome.{name}")
        groups = (messages(language)[group] for group in (self.labels, "sheet_columns"))
        own = next((group[name] for group in groups if name in group), None)
        return str(own) if own else message(language, f"columns.{name}")

    @property
    def kept(self) -> int:
        """How many columns stay in sight."""
        return self.names.index(self.frozen) + 1 if self.frozen else 0

    @property
    def printed(self) -> int:
        """How many columns are printed."""
        return self.names.index(self.unprinted) if self.unprinted else len(self.names)


_WHAT = ("severity", "status", "title", "place", "text", "context", "formula", "stated", "computed", "gap", "details")
_OUTCOMES = ("consistent", "rounding", "undecided")

SUMMARY = Layout(
    "summary",
    (
        *("number", "path", "name", "body", "year", *SEVERITIES, "new", "still", "gone", "accepted"),
        *("figures", "checked", "share", *_OUTCOMES, "notices", "earlier"),
    ),
    frozen="path",
)
FINDINGS = Layout(
    "findings",
    ("number", "report", *_WHAT, "cause", "flips", "advice", "opinion", "correction", "rule", "id"),
    frozen="title",
    unprinted="rule",
)
AGREEING = Layout(
    "agreeing",
    (
        *("report", "family", "verdict", "stated", "formula", "computed", "gap", "gap_unit"),
        *("basis", "where", "rule", "passage"),
    ),
)
UNDECIDED = Layout(
    "undecided",
    ("report", "family", "stated", "formula", "trial", "gap", "gap_unit", "reason", "where", "context", "rule"),
)
FIGURES = Layout(
    "figures",
    (
        *("number", "report", "text", "value", "unit", "indicator", "role", "where", "section", "heading"),
        *("standing", "reason", "rules"),
    ),
    frozen="text",
)
RULES = Layout(
    "rules",
    ("rule", "defect", "family", "use", *SEVERITIES, "accepted", "reports", "decided", *OUTCOMES),
    frozen="defect",
)
ACCEPTED = Layout(
    "accepted",
    ("number", "report", *_WHAT, "cause", "flips", "why", "author", "date", "file", "rule", "id"),
    frozen="title",
    unprinted="rule",
)
CHANGES = Layout(
    "changes",
    ("report", "status", "severity", "title", "place", "text", "context", "details", "decision", "rule", "id"),
    frozen="title",
    unprinted="rule",
)

_COUNT: tuple[int, Kind] = (9, "count")
_LOOKS: Mapping[str, tuple[int, Kind]] = {
    "number": (5, "centred"),
    "report": (18, "text"),
    "severity": (8, "centred"),
    "status": (9, "centred"),
    "title": (14, "text"),
    "place": (15, "text"),
    "where": (24, "text"),
    "text": (13, "text"),
    "context": (36, "text"),
    "passage": (60, "line"),
    "formula": (24, "text"),
    "stated": (12, "text"),
    "computed": (12, "text"),
    "gap": (12, "text"),
    "details": (24, "text"),
    "cause": (15, "text"),
    "flips": (9, "text"),
    "advice": (17, "text"),
    "opinion": (15, "entry"),
    "correction": (15, "entry"),
    "rule": (22, "text"),
    "id": (11, "centred"),
    "why": (24, "text"),
    "author": (10, "text"),
    "date": (12, "centred"),
    "file": (24, "text"),
    "decision": (30, "text"),
    "family": (10, "centred"),
    "verdict": (8, "centred"),
    "gap_unit": (12, "centred"),
    "basis": (14, "text"),
    "reason": (26, "text"),
    "value": (16, "number"),
    "unit": (9, "centred"),
    "indicator": (28, "text"),
    "role": (10, "centred"),
    "section": (28, "text"),
    "heading": (28, "text"),
    "standing": (10, "centred"),
    "rules": (30, "text"),
    "path": (28, "text"),
    "name": (34, "text"),
    "body": (16, "text"),
    "year": (7, "centred"),
    "share": (8, "share"),
    "notices": (30, "text"),
    "earlier": (24, "text"),
    "use": (10, "centred"),
    "defect": (34, "text"),
    "reports": (14, "count"),
    "trial": (12, "text"),
}


class Listing:
    """A sheet that takes rows by the names of its columns."""

    def __init__(self, book: Book, layout: Layout, language: Language) -> None:
        self._words = layout.words
        self.title = message(language, f"{layout.words}.{layout.name}")
        self.sheet = book.sheet(self.title, layout.columns(language), layout.kept, layout.printed)
        self._names = layout.names
        self._language = language

    def head(self, *lines: str) -> None:
        """The labels of the columns, below a title and lines that tell what this is."""
        for number, line in enumerate(lines):
            self.sheet.line(line, "plain" if number else "title")
        self.sheet.head()
        for index, name in enumerate(self._names):
            if name in SEVERITIES:
                self.sheet.colour(index, ">", "0", name)
        if "severity" in self._names:
            for severity in SEVERITIES:
                word = message(self._language, f"severity.{severity}").replace('"', '""')
                self.sheet.colour(self._names.index("severity"), "==", f'"{word}"', severity)

    def add(self, row: Row) -> str:
        """A row; gives its place, or nothing where the sheet is full."""
        return self.sheet.add([row.get(name) for name in self._names])

    def close(self) -> None:
        """Says so where there was nothing to list, or no room for all."""
        if not self.sheet.rows:
            self.sheet.line(message(self._language, f"{self._words}.empty"))
        if self.sheet.left_out:
            self.sheet.line(self.left_out(), "section")

    def left_out(self) -> str:
        """What the sheet had no room for, or nothing."""
        if not self.sheet.left_out:
            return ""
        return message(self._language, f"{self._words}.left_out", sheet=self.title, count=self.sheet.left_out)
