"""Writes a sample as a PDF: A4, a running head, page numbers, ruled tables, an optional contents page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table
from reportlab.platypus.tableofcontents import TableOfContents
from sample_source import Sample
from sample_tables import cells

FONT = "STSong-Light"
MARGIN = 25 * mm
WIDTH = A4[0] - 2 * MARGIN
BODY = ParagraphStyle("body", fontName=FONT, fontSize=11, leading=18, wordWrap="CJK", firstLineIndent=22)
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=8.5, leading=11, wordWrap="CJK")
STYLES = {
    "text": BODY,
    "title": ParagraphStyle(
        "title", BODY, fontSize=17, leading=26, alignment=TA_CENTER, firstLineIndent=0, spaceAfter=10
    ),
    "centred": ParagraphStyle("centred", BODY, alignment=TA_CENTER, firstLineIndent=0),
    "caption": ParagraphStyle(
        "caption", BODY, fontSize=12, alignment=TA_CENTER, firstLineIndent=0, spaceBefore=10, keepWithNext=1
    ),
    "right": ParagraphStyle("right", BODY, alignment=TA_RIGHT, firstLineIndent=0),
    "unit": ParagraphStyle("unit", BODY, fontSize=9, leading=12, alignment=TA_RIGHT, firstLineIndent=0, keepWithNext=1),
    "heading1": ParagraphStyle("heading1", BODY, fontSize=13, leading=22, spaceBefore=6, keepWithNext=1),
    "heading2": ParagraphStyle("heading2", BODY, fontSize=12, leading=20, keepWithNext=1),
    "heading3": ParagraphStyle("heading3", BODY, keepWithNext=1),
}


class _Template(BaseDocTemplate):  # type: ignore[misc]
    """Tells the contents page where the first-level headings stand."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (reportlab's name)
        if isinstance(flowable, Paragraph) and flowable.style.name == "heading1":
            self.notify("TOCEntry", (0, flowable.getPlainText(), self.page))


def pdf_bytes(sample: Sample) -> bytes:
    """Give the report as a PDF; the same sample gives the same bytes."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    title = next(element.text for element in sample.printed if element.kind == "title")
    document = _Template(stream, pagesize=A4, invariant=1, title=title, author=str(sample.options.get("unit", "")))
    frame = Frame(MARGIN, MARGIN, WIDTH, A4[1] - 2 * MARGIN, 0, 0, 0, 0)

    def decorate(canvas: Any, _: Any) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 15 * mm, str(sample.options.get("header", "")))
        canvas.line(MARGIN, A4[1] - 17 * mm, A4[0] - MARGIN, A4[1] - 17 * mm)
        canvas.drawCentredString(A4[0] / 2, 14 * mm, f"— {canvas.getPageNumber()} —")

    document.addPageTemplates([PageTemplate("page", [frame], onPage=decorate)])
    document.multiBuild(_story(sample))
    return stream.getvalue()


def _story(sample: Sample) -> list[Flowable]:
    story: list[Flowable] = []
    for element in sample.printed:
        if element.kind == "table":
            story += [_table(element.rows), Spacer(1, 6)]
        elif element.kind == "break":
            story.append(PageBreak())
        else:
            story.append(Paragraph(_escaped(element.text), STYLES[element.kind]))
        if element.kind == "title" and sample.options.get("contents"):
            story += [*_contents(), PageBreak()]
    return story


def _contents() -> list[Flowable]:
    contents = TableOfContents()
    contents.levelStyles = [ParagraphStyle("contents", BODY, firstLineIndent=0)]
    contents.dotsMinLevel = 0
    return [Paragraph("目　录", STYLES["centred"]), contents]


def _table(rows: Sequence[Sequence[str]]) -> Table:
    filled: list[list[Any]] = [["" for _ in row] for row in rows]
    style: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    for cell in cells(rows):
        filled[cell.top][cell.left] = Paragraph(_escaped(cell.text), CELL)
        if cell.merged:
            style.append(("SPAN", (cell.left, cell.top), (cell.right, cell.bottom)))
    return Table(filled, colWidths=_widths(rows), repeatRows=1, style=style)


def _widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Share the page's width by the columns' longest cells, within reason."""
    longest = [min(24, max(5, *(_visual(row[column]) for row in rows))) for column in range(len(rows[0]))]
    return [WIDTH * length / sum(longest) for length in longest]


def _visual(text: str) -> int:
    return sum(1 if ord(character) > 255 else 0.5 for character in text).__ceil__()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
