"""Figures and claims of a report as a table: on the screen, as CSV, as XLSX.

Texts from a report are never taken for formulas by a spreadsheet: see :func:`csv_text` and
:mod:`reportcheck.render.spreadsheet`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from reportcheck import describe
from reportcheck.catalog import Language, message, rules
from reportcheck.model import Fact, Report, Span, Verdict
from reportcheck.render.places import Places
from reportcheck.render.spreadsheet import Book, Column, harmless
from reportcheck.render.words import label

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

_WIDEST_COLUMN = 60
_FOLDED_COLUMN, _NARROW_COLUMN, _NARROW_SCREEN = 15, 8, 110
_NOT_ON_SCREEN = ("heading", "basis", "gap_unit", "context")
_FIGURE_COLUMNS = ("text", "value", "unit", "indicator", "role", "place", "heading", "checked")
_CLAIM_COLUMNS = (
    *("rule", "verdict", "basis", "stated", "formula", "computed"),
    *("gap", "gap_unit", "place", "reason", "context"),
)


def figures(report: Report, language: Language) -> pd.DataFrame:
    """One row a figure: text, value, unit, indicator, role, place, heading and the rules that checked it."""
    places = Places(report.document, language)
    checked = _checked_by(report, language)
    comma = message(language, "place.list")
    rows = [
        {**figure_row(fact, places, language), "checked": comma.join(checked.get(fact.quantity.span, ()))}
        for fact in report.facts
    ]
    return _frame(rows, _FIGURE_COLUMNS, language)


def figure_row(fact: Fact, places: Places, language: Language) -> dict[str, str | Decimal]:
    """What a figure says and where it stands, by the names of the columns."""
    quantity = fact.quantity
    return {
        "text": quantity.text,
        "value": quantity.value,
        "unit": quantity.unit.symbol,
        "indicator": fact.indicator,
        "role": label(language, "role", fact.role),
        "place": places.of(quantity.span),
        "heading": places.heading(quantity.span),
    }


def _checked_by(report: Report, language: Language) -> dict[Span, list[str]]:
    """For each figure the titles of the families of rules whose decided verdicts used it."""
    found: dict[Span, list[str]] = defaultdict(list)
    for verdict in report.verdicts:
        if verdict.outcome == "undecided":
            continue
        family = label(language, "family", rules()[verdict.claim.rule].family)
        operands = (fact for facts in verdict.claim.operands.values() for fact in facts)
        for fact in (verdict.claim.stated, *operands):
            if family not in found[fact.quantity.span]:
                found[fact.quantity.span].append(family)
    return found


def claims(report: Report, language: Language) -> pd.DataFrame:
    """One row a verdict: rule, outcome, basis, stated, formula, computed, gap, place, reason, sentence."""
    places = Places(report.document, language)
    rows = [claim_row(verdict, places, language) for verdict in sorted(report.verdicts, key=places.order)]
    return _frame(rows, _CLAIM_COLUMNS, language)


def claim_row(verdict: Verdict, places: Places, language: Language) -> dict[str, str | Decimal | None]:
    """What was held against what and where it stands, by the names of the columns."""
    claim = verdict.claim
    span = claim.stated.quantity.span
    number, unit = split(describe.gap_text(verdict, language)) if verdict.gap is not None else (None, "")
    return {
        "rule": claim.rule,
        "verdict": label(language, "outcome", verdict.outcome),
        "basis": label(language, "basis", claim.basis),
        "stated": claim.stated.quantity.text,
        "formula": describe.formula_text(claim),
        "computed": describe.computed_text(verdict),
        "gap": number,
        "gap_unit": unit,
        "place": places.of(span),
        "reason": label(language, "reason", verdict.reason) if verdict.reason else "",
        "context": places.around.context(span),
    }


def split(gap: str) -> tuple[Decimal, str]:
    """The number and the unit of a gap in words."""
    match = re.match(r"[+-]?\d+(?:\.\d+)?", gap)
    return (Decimal(match[0]), gap[match.end() :].strip()) if match else (Decimal(0), gap)


def _frame(rows: Sequence[Mapping[str, object]], columns: tuple[str, ...], language: Language) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    return frame.rename(columns={name: message(language, f"columns.{name}") for name in columns})


def show(frame: pd.DataFrame, console: Console, language: Language) -> None:
    """Draws the table on a console, without the columns that need most room; long cells are folded."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    left_out = {message(language, f"columns.{name}") for name in _NOT_ON_SCREEN}
    shown = frame[[name for name in frame.columns if name not in left_out]].map(_shown)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    folded = _NARROW_COLUMN if console.width < _NARROW_SCREEN else _FOLDED_COLUMN
    for name in shown.columns:
        numeric = any(isinstance(value, Decimal) for value in frame[name])
        widest = _widest([name, *shown[name]])
        least = min(widest, folded)
        table.add_column(Text(str(name)), justify="right" if numeric else "left", overflow="fold", min_width=least)
    for row in shown.itertuples(index=False):
        table.add_row(*map(Text, row))
    console.print(table)


def _widest(values: Iterable[object]) -> int:
    from reportcheck.text import display_width

    return max((display_width(_shown(value)) for value in values), default=0)


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else " ".join(str(value).split())


def csv_text(frame: pd.DataFrame) -> str:
    """The table as CSV. A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    safe = frame.map(lambda value: harmless(value) if isinstance(value, str) else _shown(value))
    return str(safe.to_csv(index=False, lineterminator="\r\n"))


def csv_bytes(frame: pd.DataFrame, mark: bool) -> bytes:
    """CSV in UTF-8; a file needs the byte order ``mark``, without which Excel takes it for the local encoding."""
    return csv_text(frame).encode("utf-8-sig" if mark else "utf-8", errors="replace")


def xlsx_bytes(frame: pd.DataFrame, sheet: str) -> bytes:
    """A workbook: texts stay texts, values are numbers, the same table gives the same bytes."""
    book = Book()
    columns = [Column(str(name), _column_width(str(name), frame[name]), "line") for name in frame.columns]
    drawn = book.sheet(sheet, columns)
    drawn.head()
    for row in frame.itertuples(index=False):
        drawn.add(row)
    return book.finish()


def _column_width(name: str, values: Iterable[object]) -> int:
    return min(_widest([name, *values]), _WIDEST_COLUMN) + 2
