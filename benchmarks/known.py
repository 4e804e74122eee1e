"""The known defects of the samples (samples/truth.toml): which of them are found, in each format."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from marked import table
from reportcheck.checker import check
from reportcheck.model import Block, Document, Finding, Report, Span, Table
from slip import cells_of, overlap
from texts import ENDINGS, SAMPLES


def measure() -> list[dict[str, Any]]:
    """Each known defect with the rules of the findings that touch it, by format; a format that does not hold
    its place is left out."""
    truth = tomllib.loads((SAMPLES / "truth.toml").read_text(encoding="utf-8"))
    return [row for report in truth["report"] if report.get("defect") for row in _of_report(report)]


def _of_report(truth: dict[str, Any]) -> Iterator[dict[str, Any]]:
    folder = SAMPLES / "reports"
    reports = {end: check(folder / f"{truth['name']}.{end}") for end in ENDINGS if end in truth["formats"]}
    for defect in truth["defect"]:
        yield {
            "report": truth["name"],
            "id": defect["id"],
            "kind": defect["kind"],
            "place": defect["place"],
            "later": defect.get("later", False),
            "rules": {
                ending: _rules(report, defect)
                for ending, report in reports.items()
                if ending != "xlsx" or defect["place"] == "table"
            },
        }


def _rules(report: Report, defect: dict[str, Any]) -> list[str]:
    places = list(_in_cells(report.document, defect) if defect["place"] == "table" else _in_text(report, defect))
    return sorted({finding.rule for finding in report.findings if _touches(finding, places, report, defect)})


def _bare(text: str) -> str:
    return "".join(text.split())


def _within(block: Block, anchor: str, stated: str) -> Iterator[Span]:
    """Where a text stands in a block, from its anchor on; blanks do not count."""
    kept = [index for index, character in enumerate(block.text) if not character.isspace()]
    bare = "".join(block.text[index] for index in kept)
    at = bare.find(_bare(anchor))
    start = bare.find(_bare(stated), at) if at >= 0 else -1
    if start >= 0 and stated:
        yield Span(block.id, kept[start], kept[start + len(_bare(stated)) - 1] + 1)


def _in_text(report: Report, defect: dict[str, Any]) -> Iterator[Span]:
    """Where the defective text stands: within its anchor, wherever that is found."""
    cells = cells_of(report.document)
    for block in report.document.blocks:
        if block.id not in cells:
            yield from _within(block, defect["anchor"], defect["stated"])


# --- cells ------------------------------------------------------------------------------------


def _in_cells(document: Document, defect: dict[str, Any]) -> Iterator[Span]:
    """Where the defective cell stands: in the row that reads so, in its column or, where the grid has other columns,
    in the cell that says the same. A blank cell is a place without characters."""
    wanted = "|".join(text for text in map(_bare, defect["row"].split("|")) if text)
    named = [one for one in document.tables if _bare(one.caption) == _bare(defect["table"])]
    rows = [row for one in named for row in _rows(one, wanted)]
    rows = rows or [row for one in document.tables for row in _rows(one, wanted)]
    for row in rows:
        own = row[defect["column"] - 1] if defect["column"] <= len(row) else None
        places = [*_of_cell(own, defect), *(span for cell in row for span in _of_cell(cell, defect))]
        yield from places[:1]


def _rows(grid: Table, wanted: str) -> Iterator[tuple[Block | None, ...]]:
    """The rows of which the cells, each merged one once and blank ones left out, read so."""
    seen: set[str] = set()
    for row in grid.cells:
        new = {cell.id: _bare(cell.text) for cell in row if cell is not None and cell.id not in seen}
        seen |= new.keys()
        if "|".join(text for text in new.values() if text) == wanted:
            yield row


def _of_cell(cell: Block | None, defect: dict[str, Any]) -> Iterator[Span]:
    if cell is None:
        return
    if defect["stated"]:
        yield from _within(cell, defect["stated"], defect["stated"])
    elif not cell.text:
        yield Span(cell.id, 0, 0)


# --- findings ---------------------------------------------------------------------------------


def _touches(finding: Finding, places: list[Span], report: Report, defect: dict[str, Any]) -> bool:
    texts = {block.id: block.text for block in report.document.blocks}
    for span in finding.spans:
        if any(overlap(span, place) for place in places):
            return True
    first = finding.spans[0]
    marked = texts[first.block][first.start : first.end]
    return finding.rule == defect["kind"] and any(other and other in marked for other in defect.get("also", ()))


# --- tables -----------------------------------------------------------------------------------


def as_table(rows: list[dict[str, Any]]) -> str:
    """By kind: how many are known, and found in each format of those that it holds; those that need the whole
    report, and those that are found under the name of their kind in the Word file."""
    body = []
    for kind in [*sorted({row["kind"] for row in rows}), "all"]:
        own = [row for row in rows if kind in (row["kind"], "all")]
        later = sum(row["later"] for row in own)
        named = sum(row["kind"] in row["rules"]["docx"] for row in own)
        cells = sum(row["place"] == "table" for row in own)
        body.append([kind, *map(str, (len(own), cells, later, named)), *(_found(own, ending) for ending in ENDINGS)])
    return table(["defect", "known", "in cells", "far apart", "by its own rule", *ENDINGS], body)


def _found(rows: list[dict[str, Any]], ending: str) -> str:
    held = [row["rules"][ending] for row in rows if ending in row["rules"]]
    return f"{sum(map(bool, held))} / {len(held)}" if held else "–"


def missed(rows: list[dict[str, Any]]) -> str:
    """Each defect that is missed somewhere, with the formats that miss it."""
    lines = []
    for row in rows:
        without = [ending for ending, rules in row["rules"].items() if not rules]
        if without:
            where = "in every format" if len(without) == len(row["rules"]) else f"in {', '.join(without)}"
            far = ", far apart" if row["later"] else ""
            lines.append(f"- {row['report']}/{row['id']} ({row['kind']}{far}): {where}")
    return "\n".join(lines) or "None."


if __name__ == "__main__":
    measured = measure()
    print(as_table(measured), missed(measured), sep="\n\n")
