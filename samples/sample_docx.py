"""Writes a sample as a Word file: heading styles, optional Word numbering, pages upright and turned, tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph
from sample_docx_table import add_table
from sample_source import Element, Sample

EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
ZIP_DATE = (2025, 1, 1, 0, 0, 0)
THUMBNAIL = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")
NUMERALS = "一二三四五六七八九十"
LABEL = re.compile(r"^(?:([一二三四五六七八九十]+)、|（([一二三四五六七八九十]+)）)")
NUMBERING = """<w:abstractNum {ns} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>
<w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>
<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>"""
NUMBER = '<w:num {ns} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
PAGE_FIELD = '<w:fldSimple {ns} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
LONG_SIDE, SHORT_SIDE, MARGIN = Mm(297), Mm(210), Mm(22)
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
        named.font.name = "Times New Roman"
        named.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    properties = document.core_properties
    properties.author = properties.last_modified_by = str(sample.options.get("unit", ""))
    properties.title = next(element.text for element in sample.printed if element.kind == "title")
    properties.created = properties.modified = EPOCH
    properties.comments = ""
    first = document.sections[0]
    _turn(first, wide=False)
    header, footer = first.header.paragraphs[0], first.footer.paragraphs[0]
    header.text = str(sample.options.get("header", ""))
    footer._p.append(parse_xml(PAGE_FIELD.format(ns=nsdecls("w"))))
    header.alignment = footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if sample.options.get("numbered"):
        numbering = document.part.numbering_part.element
        numbering.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"))))
        numbering.append(parse_xml(NUMBER.format(ns=nsdecls("w"))))


def _turn(section: Section, *, wide: bool) -> None:
    section.orientation = WD_ORIENTATION.LANDSCAPE if wide else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = (LONG_SIDE, SHORT_SIDE) if wide else (SHORT_SIDE, LONG_SIDE)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN


def _add(document: Document, element: Element, numbered: bool) -> None:
    match element.kind:
        case "title":
            document.add_heading(element.text, 0).alignment = WD_ALIGN_PARAGRAPH.CENTER
        case "heading1" | "heading2" | "heading3":
            _add_heading(document, element, numbered)
        case "table":
            section = document.sections[-1]
            room = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
            add_table(document, element, Emu(room).pt)
        case "break" if element.text:
            _turn(document.add_section(), wide=element.text == "wide")
        case "break":
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case "caption":
            _small(document.add_paragraph(element.text), WD_ALIGN_PARAGRAPH.CENTER, 14, "黑体")
        case "unit":
            _small(document.add_paragraph(element.text), WD_ALIGN_PARAGRAPH.RIGHT, 10, "宋体")
        case "centred":
            document.add_paragraph(element.text).alignment = WD_ALIGN_PARAGRAPH.CENTER
        case "right":
            document.add_paragraph(element.text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
        case _:
            document.add_paragraph(element.text).paragraph_format.first_line_indent = Pt(28)


def _small(paragraph: Paragraph, alignment: WD_ALIGN_PARAGRAPH, size: int, font: str) -> None:
    """Shape the lines above a table, which stay on its page."""
    paragraph.alignment = alignment
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    for run in paragraph.runs:
        run.font.size = Pt(size)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


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


def _frozen(data: bytes) -> bytes:
    """Pack the file anew with one date for all its parts, and without the picture of another document."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if not name.endswith("thumbnail.jpeg"):
                content = THUMBNAIL.sub(b"", old.read(name)) if name == "_rels/.rels" else old.read(name)
                new.writestr(zipfile.ZipInfo(name, ZIP_DATE), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
