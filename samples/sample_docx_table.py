"""Writes a table into a Word file as forms have it: fixed widths, merged cells, rows repeated on every page."""

from __future__ import annotations

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.table import Table, _Cell
from sample_source import Element
from sample_tables import INDENT, Cell, alignment, cells, widths

MARGINS = """<w:tblCellMar {ns}><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>"""
ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
CROWDED = 9


def add_table(document: Document, element: Element, room: float) -> None:
    """Add a table as wide as the page's type area (``room``, in points)."""
    rows = element.rows
    size = 8.0 if len(rows[0]) >= CROWDED else 9.5
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    table._tblPr.append(parse_xml(MARGINS.format(ns=nsdecls("w"))))
    grid = [list(row.cells) for row in table.rows]
    _widen(table, grid, widths(rows, room, size))
    for cell in cells(rows):
        _fill(grid, cell, element, size)
    for row in table.rows[: element.header_rows]:
        row._tr.get_or_add_trPr().append(_on("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, _on("w:cantSplit"))
        row.height = Pt(1.8 * size)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _widen(table: Table, grid: list[list[_Cell]], points: list[float]) -> None:
    for column, width in zip(table.columns, points, strict=True):
        column.width = Pt(width)
    for row in grid:
        for cell, width in zip(row, points, strict=True):
            cell.width = Pt(width)


def _fill(grid: list[list[_Cell]], cell: Cell, element: Element, size: float) -> None:
    """Write a cell. Its indent are full-width blanks, as most typists make it."""
    place = grid[cell.top][cell.left]
    place.text = INDENT * cell.indent + cell.text
    paragraph = place.paragraphs[0]
    paragraph.alignment = ALIGNMENTS[alignment(cell, element)]
    paragraph.paragraph_format.space_after = Pt(0)
    for run in paragraph.runs:
        run.font.size = Pt(size)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    place._tc.get_or_add_tcPr().append(_centred())
    if cell.merged:
        place.merge(grid[cell.bottom][cell.right])


def _centred() -> OxmlElement:
    mark = OxmlElement("w:vAlign")
    mark.set(qn("w:val"), "center")
    return mark


def _on(name: str) -> OxmlElement:
    return OxmlElement(name)
