"""Writes a sample as a Word file: real heading styles, optional Word numbering, merged cells, a header."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from sample_source import MERGED, Element, Sample

EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
ZIP_DATE = (2025, 1, 1, 0, 0, 0)
NUMERALS = "一二三四五六七八九十"
LABEL = re.compile(r"^(?:([一二三四五六七八九十]+)、|（([一二三四五六七八九十]+)）)")
NUMBERING = """<w:abstractNum {ns} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>
<w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>
<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>"""
NUMBER = '<w:num {ns} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
NUMBER_OF = '<w:numPr {ns}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'


def docx_bytes(sample: Sample) -> bytes:
    """Give the report as a Word file; the same sample gives the same bytes."""
    document = docx.Document()
    _set_up(document, sample)
    numbered = bool(sample.options.get("numbered"))
    for element in sample.printed:
        _add(document, element, numbered)
    stream = io.BytesIO()
    document.save(stream)
    return _frozen(stream.getvalue())


def _set_up(document: Document, sample: Sample) -> None:
    for style, font, size in (
        ("Normal", "仿宋_GB2312", 14),
        ("Heading 1", "黑体", 15),
        ("Heading 2", "楷体_GB2312", 14),
    ):
        named: Any = document.styles[style]
        named.font.size = Pt(size)
        named.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    properties = document.core_properties
    properties.author = properties.last_modified_by = str(sample.options.get("unit", ""))
    properties.title = next(element.text for element in sample.printed if element.kind == "title")
    properties.created = properties.modified = EPOCH
    properties.comments = ""
    header = document.sections[0].header.paragraphs[0]
    header.text = str(sample.options.get("header", ""))
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if sample.options.get("numbered"):
        numbering = document.part.numbering_part.element
        numbering.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"))))
        numbering.append(parse_xml(NUMBER.format(ns=nsdecls("w"))))


def _add(document: Document, element: Element, numbered: bool) -> None:
    match element.kind:
        case "title":
            document.add_heading(element.text, 0).alignment = WD_ALIGN_PARAGRAPH.CENTER
        case "heading1" | "heading2" | "heading3":
            _add_heading(document, element, numbered)
        case "table":
            _add_table(document, element.rows)
        case "break":
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case "centred" | "caption":
            document.add_paragraph(element.text).alignment = WD_ALIGN_PARAGRAPH.CENTER
        case "right" | "unit":
            document.add_paragraph(element.text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
        case _:
            document.add_paragraph(element.text).paragraph_format.first_line_indent = Pt(28)


def _add_heading(document: Document, element: Element, numbered: bool) -> None:
    level = int(element.kind[-1])
    label = LABEL.match(element.text) if numbered else None
    paragraph = document.add_heading(element.text[label.end() :] if label else element.text, level)
    if label:
        _number(paragraph, level - 1)


def _number(paragraph: Paragraph, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(NUMBER_OF.format(ns=nsdecls("w"), level=level)), "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def numbers_agree(parts: Sequence[Element]) -> bool:
    """Tell whether the headings' written labels are those that Word's numbering would make."""
    counts = [0, 0]
    for part in parts:
        label = LABEL.match(part.text) if part.kind in ("heading1", "heading2") else None
        if label is None:
            continue
        level = int(part.kind[-1]) - 1
        counts[level] += 1
        counts[level + 1 :] = [0] * (1 - level)
        if (label[1], label[2])[level] != chinese(counts[level]):
            return False
    return True


def chinese(number: int) -> str:
    """Write 1 … 99 as headings do: 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else NUMERALS[tens - 1] + "十") + (NUMERALS[ones - 1] if ones else "")


def _add_table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    table: Table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    grid = [list(row.cells) for row in table.rows]
    for top, left, bottom, right in spans(rows):
        cell = grid[top][left]
        cell.text = rows[top][left]
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(9)
        if (top, left) != (bottom, right):
            cell.merge(grid[bottom][right])


def spans(rows: Sequence[Sequence[str]]) -> list[tuple[int, int, int, int]]:
    """Give (top, left, bottom, right) of every cell, ``<`` and ``^`` taken into their neighbours."""
    found = []
    for top, row in enumerate(rows):
        for left, text in enumerate(row):
            if text in MERGED:
                continue
            right, bottom = left, top
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while bottom + 1 < len(rows) and rows[bottom + 1][left] == "^":
                bottom += 1
            found.append((top, left, bottom, right))
    return found


def _frozen(data: bytes) -> bytes:
    """Pack the file anew with one date for all its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if not name.endswith("thumbnail.jpeg"):
                new.writestr(zipfile.ZipInfo(name, ZIP_DATE), old.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
