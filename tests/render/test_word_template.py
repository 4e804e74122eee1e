"""A user's own Word file as a template of the return notice, and what is told of a mistake in one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.shared import RGBColor

from reportcheck.catalog import message
from reportcheck.checker import check_text
from reportcheck.errors import CatalogError
from reportcheck.model import Report
from reportcheck.read.docx_xml import w
from reportcheck.render.notice import draw
from reportcheck.render.notice_template import template
from reportcheck.result import Result

OWN = Path("own.docx")
TEXT = "青岚县信访局2019年度绩效自评报告\n培训经费预算60万元，支出52.05万元，执行率为86.57%。\n已经化解XX件。\n"


@pytest.fixture(scope="module")
def report() -> Report:
    return check_text(TEXT)


def own(*paragraphs: str, change: Callable[[WordDocument], Any] = lambda _: None) -> Path:
    """A template of one's own in the folder where the test works."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    change(document)
    document.save(str(OWN))
    return OWN


def drawn(report: Report, path: Path) -> WordDocument:
    return docx.Document(io.BytesIO(draw(Result([report]), path)))


def lines(document: WordDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


# --- filling ------------------------------------------------------------------------------------


def test_the_built_in_template_saved_by_hand_gives_the_same_notice(here: None, report: Report) -> None:
    OWN.write_bytes(template("zh"))
    built_in = lines(docx.Document(io.BytesIO(draw(Result([report])))))
    said = lines(drawn(report, OWN))
    assert said[:-1] == built_in
    assert said[-1].startswith("模板 own.docx  SHA-256 ")
    assert draw(Result([report]), OWN) == draw(Result([report]), OWN)


def test_fields_in_either_language_and_in_full_width_braces(here: None, report: Report) -> None:
    path = own(
        "{{填报单位}}、{{unit}}、｛｛ 报告年度 ｝｝",
        "{{#须更正}}",
        "{{条数}}条",
        "{{/须更正}}",
        "{{#提示}}",
        "无",
        "{{/提示}}",
    )
    assert lines(drawn(report, path)) == ["青岚县信访局、青岚县信访局、2019", "2条"]


def test_a_field_that_word_cut_into_runs_keeps_the_look_of_its_beginning(here: None, report: Report) -> None:
    def cut(document: WordDocument) -> None:
        paragraph = document.add_paragraph("致")
        first = paragraph.add_run("{{填报")
        first.font.color.rgb = RGBColor(255, 0, 0)
        first.bold = True
        paragraph.add_run("单").italic = True
        paragraph.add_run("位}}，")
        paragraph.add_run("见{{文件名}}\t页")

    (paragraph,) = drawn(report, own(change=cut)).paragraphs
    assert paragraph.text == "致青岚县信访局，见-\t页"
    (unit,) = [run for run in paragraph.runs if run.text == "青岚县信访局"]
    assert (unit.bold, unit.italic, str(unit.font.color.rgb)) == (True, None, "FF0000")


def test_a_paragraph_whose_fields_are_all_empty_disappears(here: None, report: Report) -> None:
    path = own("{{#须更正}}", "{{#逐条}}", "{{序号}} {{影响}}", "影响：{{影响}}。", "{{/逐条}}", "{{/须更正}}")
    assert lines(drawn(report, path)) == ["1 ", "2 "]


def test_a_row_of_a_table_is_repeated_for_each_point(here: None, report: Report) -> None:
    def tabulate(document: WordDocument) -> None:
        table = document.add_table(rows=0, cols=3)
        rows = ("序号", "原文", "要求"), ("{{#须更正}}",), ("{{#逐条}}",), ("{{序号}}", "{{原文}}", "{{影响}}")
        for texts in (*rows, ("{{/逐条}}",), ("{{/须更正}}",)):
            for cell, text in zip(table.add_row().cells, texts, strict=False):
                cell.text = text

    (table,) = drawn(report, own(change=tabulate)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "原文", "要求"],
        ["1", "培训经费预算60万元，支出52.05万元，执行率为86.57%。", ""],
        ["2", "已经化解XX件。", ""],
    ]
    assert all(cell.paragraphs for row in table.rows for cell in row.cells)


def test_headers_are_filled_and_the_rest_is_left_as_it_is(here: None, report: Report) -> None:
    def letterhead(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = "青岚县财政局 {{报告年度}}年"
        document.sections[0].footer.paragraphs[0].text = "第 1 页"
        document.add_heading("意见", 1)

    document = drawn(report, own("{{! 仅供编辑 {{没有}} }}", change=letterhead))
    assert document.sections[0].header.paragraphs[0].text == "青岚县财政局 2019年"
    assert document.sections[0].footer.paragraphs[0].text == "第 1 页"
    assert [(p.text, p.style.name if p.style else "") for p in document.paragraphs] == [("意见", "Heading 1")]


def test_what_must_be_unique_is_not_repeated(here: None, report: Report) -> None:
    def bookmark(document: WordDocument) -> None:
        paragraph = document.paragraphs[2]._p
        paragraph.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", "00000001")
        paragraph.insert(0, paragraph.makeelement(w("bookmarkStart"), {w("id"): "0", w("name"): "here"}))

    path = own("{{#须更正}}", "{{#逐条}}", "{{序号}}", "{{/逐条}}", "{{/须更正}}", change=bookmark)
    xml = drawn(report, path).element.xml
    assert "paraId=" not in xml
    assert "bookmarkStart" not in xml


def test_the_author_of_a_template_is_not_that_of_the_notice(here: None, report: Report) -> None:
    def sign(document: WordDocument) -> None:
        document.core_properties.author = "某人"
        document.core_properties.revision = 12

    properties = drawn(report, own("意见", change=sign)).core_properties
    assert (properties.author, properties.last_modified_by, properties.revision) == ("reportcheck", "reportcheck", 1)


# --- mistakes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraphs", "code", "row", "name"),
    [
        (["意见", "{{填报单位名}}"], "template-name-unknown", 2, "填报单位名"),
        (["{{}}"], "template-name-unknown", 1, ""),
        (["{{序号}}"], "template-name-misplaced", 1, "序号"),
        (["{{#逐条}}", "{{/逐条}}"], "template-name-misplaced", 1, "逐条"),
        (["{{#提示}}", "{{提示}}", "{{/提示}}"], "template-name-unknown", 2, "提示"),
        (["意见", "{{#提示}}", "意见"], "template-section-open", 2, "提示"),
        (["意见", "{{/提示}}"], "template-section-stray", 2, "提示"),
        (["{{#提示}}", "{{/须更正}}"], "template-section-stray", 2, "须更正"),
        (["意见 {{#提示}}"], "template-section-inline", 1, "提示"),
    ],
)
def test_a_mistake_is_told_by_its_paragraph(
    here: None, report: Report, paragraphs: list[str], code: str, row: int, name: str
) -> None:
    with pytest.raises(CatalogError) as raised:
        draw(Result([report]), own(*paragraphs))
    error = raised.value
    assert (error.code, error.facts["row"], error.facts["name"]) == (code, row, name)
    for language in ("zh", "en"):
        assert f"own.docx{' 第' if language == 'zh' else ', paragraph '}{row}" in message(
            language, f"usage.{code}", **error.facts
        )


def test_a_mistake_in_a_part_that_is_not_shown_is_told_too(here: None, report: Report) -> None:
    with pytest.raises(CatalogError) as raised:
        draw(Result([report]), own("{{#提示}}", "{{原因}}", "{{/提示}}"))
    assert raised.value.code == "template-name-misplaced"
    assert raised.value.facts["sections"] == "逐项原因, reasons"


def test_near_names_are_proposed(here: None, report: Report) -> None:
    with pytest.raises(CatalogError) as raised:
        draw(Result([report]), own("{{填报单位名}}"))
    assert str(raised.value.facts["near"]).split(", ")[0] == "填报单位"


def test_a_section_may_not_cross_cells(here: None, report: Report) -> None:
    def cross(document: WordDocument) -> None:
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text = "{{#提示}}"
        table.cell(0, 1).text = "{{/提示}}"

    with pytest.raises(CatalogError) as raised:
        draw(Result([report]), own("意见", change=cross))
    assert (raised.value.code, raised.value.facts["row"]) == ("template-section-open", 2)


def test_a_mistake_in_a_header_names_the_header(here: None, report: Report) -> None:
    def letterhead(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = "{{没有}}"

    with pytest.raises(CatalogError) as raised:
        draw(Result([report]), own(change=letterhead))
    assert raised.value.facts["file"] == "own.docx/word/header1.xml"


def as_template() -> bytes:
    """A Word template (.dotx), which is another type of file."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template("zh"))) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"document.main+xml", b"template.main+xml"))
    return changed.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "template-no-docx"),
        (b"%PDF-1.4", "template-no-docx"),
        (as_template(), "template-no-docx"),
        (template("zh")[:2000], "template-unreadable"),
        (b"PK\x03\x04", "template-unreadable"),
        (None, "template-unreadable"),
    ],
    ids=["empty", "pdf", "dotx", "cut", "no archive", "missing"],
)
def test_what_is_no_document_is_refused(here: None, report: Report, data: bytes | None, code: str) -> None:
    if data is not None:
        OWN.write_bytes(data)
    with pytest.raises(CatalogError) as raised:
        draw(Result([report]), OWN)
    assert (raised.value.code, raised.value.facts["file"]) == (code, "own.docx")
    assert all("own.docx" in message(language, f"usage.{code}", **raised.value.facts) for language in ("zh", "en"))
