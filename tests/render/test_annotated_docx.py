"""Annotated copies of Word files: each comment on exactly its words, and nothing else of the file changed."""

from __future__ import annotations

import io
import posixpath
import zipfile
from itertools import pairwise
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docx_files import (
    MACROS,
    NAMESPACES,
    OFFICE,
    cell,
    docx,
    field,
    mark,
    numbered,
    numbering,
    paragraph,
    row,
    run,
    table,
    unzipped,
    zipped,
)
from docx_files import level as lvl
from reportcheck.errors import ReadError
from reportcheck.model import Span
from reportcheck.quantities import find_quantities
from reportcheck.read.docx import read, read_sources
from reportcheck.read.docx_xml import w
from reportcheck.render.annotated_docx import annotate
from reportcheck.render.remarks import Annotated, Remark

SAMPLES = sorted((Path(__file__).parents[2] / "samples" / "reports").glob("*.docx"))
RELATIONS = "word/_rels/document.xml.rels"
AUTHOR = "reportcheck"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


# --- what a copy says, read back ---


def remark(block: str, start: int, end: int, *lines: str) -> Remark:
    return Remark(Span(block, start, end), "error", lines or ("应为86.75%",))


def on(data: bytes, words: str, *lines: str) -> Remark:
    """A remark on words that stand once in the file."""
    (found,) = [block for block in read(Path("x"), data).blocks if words in block.text]
    return remark(found.id, found.text.index(words), found.text.index(words) + len(words), *lines)


def tree(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(unzipped(data)[name])


def marked(data: bytes) -> dict[int, str]:
    """What each comment marks: of all blocks the characters whose elements stand within its range."""
    sources = read_sources(data)
    open_ones: dict[int, str] = {}
    within: dict[etree._Element, tuple[int, ...]] = {}
    found: dict[int, str] = {}
    for element in sources.package.document.iter():
        number = int(element.get(w("id"), "0")) if element.tag in map(w, MARKS) else 0
        if element.tag == w("commentRangeStart"):
            assert number not in found
            open_ones[number] = found[number] = ""
        elif element.tag == w("commentRangeEnd"):
            del open_ones[number]
        elif element.tag == w("commentReference"):
            assert number in found.keys() - open_ones.keys()
        within[element] = tuple(open_ones)
    assert open_ones == {}
    for name, source in sources.of.items():
        for character, place in zip(sources.blocks[name].text, source.characters(), strict=True):
            for number in within.get(place[0], ()) if place else ():
                found[number] += character
    return found


def comments(data: bytes) -> list[tuple[int, str, list[str]]]:
    """Number, author and paragraphs of each comment."""
    (relation,) = [each for each in tree(data, RELATIONS) if each.get("Type", "").endswith("/comments")]
    return [
        (
            int(each.get(w("id"), "")),
            each.get(w("author"), ""),
            ["".join(text.text or "" for text in line.iter(w("t"))) for line in each],
        )
        for each in tree(data, posixpath.join("/word", relation.get("Target", ""))[1:])
    ]


def body_without_comments(data: bytes) -> bytes:
    """The main part without numbered comments, adjoining runs and texts of one format put together."""
    root = tree(data)
    for each in list(root.iter(*map(w, MARKS))):
        held = each.getparent() if each.tag == w("commentReference") else each
        held.getparent().remove(held)
    for holder in [*root.iter()]:
        for first, second in pairwise([*holder]):
            if second.tag == first.tag == w("r") and _format(first) == _format(second):
                for part in [*first][len(_properties(first)) :][::-1]:
                    second.insert(len(_properties(second)), part)
                holder.remove(first)
    for each in [*root.iter(w("r"))]:
        for text in each.iter(w("t")):
            text.text = text.text if text.get(SPACE) else (text.text or "").strip(" \t\r\n")
            text.attrib.clear()
        for first, second in pairwise([*each]):
            if first.tag == second.tag == w("t"):
                second.text = (first.text or "") + (second.text or "")
                each.remove(first)
    return etree.tostring(root, method="c14n")


def _properties(each: etree._Element) -> list[etree._Element]:
    return each.findall(w("rPr"))


def _format(each: etree._Element) -> tuple[object, ...]:
    return ({**each.attrib}, [etree.tostring(part, method="c14n") for part in _properties(each)])


def unchanged(before: bytes, after: bytes) -> None:
    """Nothing but comments was added."""
    old, new = unzipped(before), unzipped(after)
    touched = {"word/document.xml", "word/comments.xml", RELATIONS, "[Content_Types].xml"}
    assert {name: new[name] for name in old if name not in touched} == {
        name: content for name, content in old.items() if name not in touched
    }
    assert new.keys() - old.keys() <= {"word/comments.xml", RELATIONS}
    assert body_without_comments(before) == body_without_comments(after)
    assert read(Path("x"), before) == read(Path("x"), after)


def copied(data: bytes, *remarks: Remark) -> Annotated:
    """The copy, with all that holds of every copy."""
    before = bytes(data)
    result = annotate(data, remarks, AUTHOR)
    assert data == before
    assert annotate(data, remarks, AUTHOR) == result
    unchanged(data, result.data)
    numbers = [int(each.get(w("id"))) for each in tree(result.data).iter(w("commentRangeStart"))]
    assert numbers == sorted(numbers)
    return result


def only(result: Annotated) -> str:
    (words,) = marked(result.data).values()
    return words


# --- words within a paragraph ---

RED = '<w:color w:val="FF0000"/><w:sz w:val="30"/>'
MATH_RATE = "<m:oMath><m:r><m:t>x=</m:t></m:r><m:r><m:t>60%</m:t></m:r></m:oMath>"
CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
DELETED = "<w:del w:id='2'><w:r><w:delText>70</w:delText></w:r></w:del>"
RUBY = (
    "<w:r><w:t>前</w:t><w:ruby><w:rubyPr/><w:rt><w:r><w:t>zì</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>自评</w:t></w:r></w:rubyBase></w:ruby><w:t>60%</w:t></w:r>"
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("执行率86.57%。", "86.57%"),
        (run("执行率86", RED) + run(".57", RED) + run("%。"), "86.57%"),
        ("<w:r><w:rPr><w:b/></w:rPr><w:t>执行率86</w:t><w:t>.57%。</w:t></w:r>", "86.57%"),
        ("<w:r><w:t>  预算 60 万元  </w:t></w:r>", "60"),
        ("<w:r><w:t>  预算 60 万元  </w:t></w:r>", "预算"),
        ("<w:r><w:t>  预算 60 万元  </w:t></w:r>", "万元"),
        ("<w:r><w:t>甲60</w:t><w:tab/><w:t>70乙</w:t><w:br/><w:t>丙</w:t></w:r>", "60\t70"),
        ("<w:r><w:t>甲60</w:t><w:tab/><w:t>70乙</w:t><w:br/><w:t>丙</w:t></w:r>", "\t"),
        ("<w:r><w:t>甲60</w:t><w:br/><w:t>70乙</w:t><w:drawing/><w:t>丙</w:t></w:r>", "70乙丙"),
        ("<w:r><w:sym w:font='X' w:char='00B1'/><w:t>60元</w:t></w:r>", "±60"),
        ("<w:r><w:t>2019</w:t><w:noBreakHyphen/><w:t>46</w:t></w:r>", "9-4"),
        ("<w:r><w:t>信\u200b访6\u00ad0元</w:t></w:r>", "访60"),
        ("<w:hyperlink r:id='x'>" + run("见表60元") + "</w:hyperlink>" + run("整"), "60元"),
        ("<w:hyperlink r:id='x'>" + run("见表60元") + "</w:hyperlink>" + run("整"), "60元整"),
        ("<w:smartTag><w:smartTagPr/>" + run("60元") + "</w:smartTag>" + run("整"), "60"),
        (CONTROL.format(run("60元")) + run("整"), "60元"),
        (CONTROL.format(run("60元")) + run("整"), "元整"),
        (run("共6") + f"<w:ins w:id='1'>{run('0万')}</w:ins>" + run("元"), "60"),
        (run("共") + f"<w:ins w:id='1'>{run('60')}</w:ins>{DELETED}" + run("元"), "60"),
        (run("共6") + DELETED + run("0元"), "60"),
        (run("共") + run("隐", "<w:vanish/>") + run("60元"), "共60"),
        ("<w:fldSimple w:instr=' =SUM(ABOVE) '>" + run("261.20") + "</w:fldSimple>" + run("元"), "261.20"),
        ("<w:fldSimple w:instr=' =SUM(ABOVE) '>" + run("261.20") + "</w:fldSimple>" + run("元"), "61"),
        (run("共") + field(" =SUM(ABOVE) ", "261.20") + run("元"), "261.20"),
        (run("共") + field(" =SUM(ABOVE) ", "261.20") + run("元"), "1.20元"),
        (run("甲") + MATH_RATE + run("乙"), "x=60%"),
        (run("甲") + MATH_RATE + run("乙"), "甲x=60%乙"),
        (RUBY, "自评"),
        (RUBY, "自评60"),
        (RUBY, "60%"),
        ("<w:t>无此文60元</w:t>", "无此文60元"),
    ],
)  # fmt: skip
def test_exactly_the_words_are_marked(content: str, words: str) -> None:
    data = docx(paragraph("上文。"), paragraph(content), paragraph("下文。"))
    result = copied(data, on(data, words))
    assert (only(result), result.displaced) == (words, ())
    assert comments(result.data) == [(0, AUTHOR, ["应为86.75%"])]


def written(result: Annotated, index: int = 0) -> str:
    """The content of a paragraph of the body, in short."""
    root = tree(result.data)
    for each in root.iter(etree.Element):
        each.tag = etree.QName(each).localname
        for key, value in [*each.attrib.items()]:
            del each.attrib[key]
            each.set(etree.QName(key).localname, value)
    etree.cleanup_namespaces(root)
    found = [*root.iter("p")][index]
    return "".join(etree.tostring(part, encoding="unicode") for part in found if part.tag != "pPr").replace('"', "'")


def test_a_run_is_cut_with_its_format() -> None:
    data = docx('<w:p><w:r w:rsidR="1"><w:rPr><w:b/><w:sz w:val="18"/></w:rPr><w:t>执行率86.57%。</w:t></w:r></w:p>')
    form = "<r rsidR='1'><rPr><b/><sz val='18'/></rPr><t space='preserve'>{}</t></r>"
    assert written(copied(data, on(data, "86.57%"))) == (
        form.format("执行率") + "<commentRangeStart id='0'/>" + form.format("86.57%") + "<commentRangeEnd id='0'/>"
        "<r><rPr><sz val='18'/></rPr><commentReference id='0'/></r>" + form.format("。")
    )  # fmt: skip


def test_a_range_stands_outside_of_what_may_be_made_anew() -> None:
    content = CONTROL.format("<w:bookmarkStart/>" + run("共") + field("REF x", "60"))
    data = docx(paragraph(content, run("元")), paragraph(content, run("角")))
    result = copied(data, remark("p1", 0, 3), remark("p2", 0, 1))
    assert written(result).startswith("<commentRangeStart id='0'/><sdt>")
    assert written(result).count("</sdt><commentRangeEnd id='0'/>") == 1
    assert written(result, 1).startswith("<commentRangeStart id='1'/><sdt>")
    assert "共</t></r><commentRangeEnd id='1'/>" in written(result, 1)


def test_a_range_stands_around_a_field_in_one_run() -> None:
    begin, end = "<w:fldChar w:fldCharType='begin'/><w:instrText>=1</w:instrText>", "<w:fldChar w:fldCharType='end'/>"
    separate, asked = "<w:fldChar w:fldCharType='separate'/>", "<w:r><w:instrText>IF</w:instrText></w:r>"
    data = docx(
        paragraph(f"<w:r>{begin}{separate}<w:t>60</w:t>{end}</w:r>"),
        paragraph(f"<w:r><w:t>共</w:t>{begin}{separate}<w:t>70</w:t>{end}<w:t>元</w:t></w:r>"),
        paragraph(mark("begin"), asked, field("=2", "9"), mark("separate"), run("80"), mark("end")),
    )  # fmt: skip
    result = copied(data, on(data, "60"), on(data, "70"), on(data, "80"))
    assert [*marked(result.data).values()] == ["60", "70", "80"]
    assert written(result).startswith("<commentRangeStart id='0'/><r><fldChar")
    assert written(result).endswith("'end'/></r><commentRangeEnd id='0'/><r><commentReference id='0'/></r>")
    assert "separate'/></r><commentRangeStart id='1'/><r><t" in written(result, 1)
    assert written(result, 2).startswith("<commentRangeStart id='2'/><r><fldChar")


# --- several remarks, cells, other places ---


def test_remarks_may_overlap() -> None:
    data = docx(paragraph("预算60万元，支出52.05", run("万元，执行率86.57%。", RED)))
    spans = [(2, 6), (2, 6), (0, 12), (4, 15), (15, 16), (14, 15), (0, 26)]
    text = read(Path("x"), data).blocks[0].text
    result = copied(data, *(remark("p1", start, end, text[start:end]) for start, end in spans))
    found = marked(result.data)
    assert [*found] == [*range(len(spans))]
    assert comments(result.data) == [(number, AUTHOR, [words]) for number, words in found.items()]
    assert sorted(found.values()) == sorted(text[start:end] for start, end in spans)


def test_comments_are_numbered_in_the_order_of_the_text() -> None:
    data = docx(paragraph("甲60元"), table(row("乙70元", cell("丙80元", table(row("丁90元")), "戊"))), paragraph("己"))
    result = copied(data, *(on(data, words) for words in ("己", "戊", "90", "80", "70", "60")))
    assert marked(result.data) == {0: "60", 1: "70", 2: "80", 3: "90", 4: "戊", 5: "己"}


def test_words_of_cells() -> None:
    data = docx(
        table(
            row("项目", cell("60", "万元", properties='<w:gridSpan w:val="2"/>')),
            row(cell("甲"), "", cell(paragraph(properties='<w:rPr><w:sz w:val="15"/></w:rPr>'))),
        )
    )
    spans = [("t1.r1c2", 0, 5), ("t1.r1c2", 3, 4), ("t1.r2c2", 0, 0), ("t1.r2c3", 0, 0)]
    result = copied(data, *(remark(*span) for span in spans))
    assert (marked(result.data), result.displaced) == ({0: "60万元", 1: "万", 2: "", 3: ""}, ())
    point, size = "<commentRangeStart id='3'/><commentRangeEnd id='3'/>", "<rPr><sz val='15'/></rPr>"
    assert written(result, 5) == f"{point}<r>{size}<commentReference id='3'/></r>"


def test_cells_of_a_table_that_is_several_printed_ones() -> None:
    over = '<w:gridSpan w:val="2"/>'
    data = docx(
        table(
            row(cell("收入情况表", properties=over)),
            row(cell("单位:万元", properties=over)),
            row("科目", "金额"),
            row("税收", "60"),
            row(cell("附表2", properties=over)),
            row(cell("支出情况表", properties=over)),
            row(cell("单位:元", properties=over)),
            row("科目", "数额"),
            row("教育", "70"),
        )
    )
    assert len(read(Path("x"), data).tables) == 2
    assert marked(copied(data, on(data, "70"), on(data, "60")).data) == {0: "60", 1: "70"}


def test_a_paragraph_that_goes_on_after_a_deleted_mark() -> None:
    data = docx(paragraph("预算60", properties='<w:rPr><w:del w:id="1"/></w:rPr>'), paragraph("万元，支出"))
    assert only(copied(data, on(data, "60万元"))) == "60万元"


NUMBERED = {"numbering": numbering(lvl(0, "decimal", "%1."))}


@pytest.mark.parametrize(
    ("span", "words", "lines"),
    [
        ((0, 3), "甲", ["应为"]),
        ((0, 1), "", ["（指“1”）", "应为"]),
        ((3, 3), "", ["应为"]),
    ],
)
def test_numbers_that_word_makes_cannot_be_marked(span: tuple[int, int], words: str, lines: list[str]) -> None:
    data = docx(numbered("甲乙"), parts=NUMBERED)
    result = copied(data, remark("p1", *span, "应为"))
    assert (only(result), comments(result.data)[0][2]) == (words, lines)
    assert len(result.displaced) == len(lines) - 1


def test_a_paragraph_of_nothing_but_its_number() -> None:
    data = docx(numbered(""), parts=NUMBERED)
    result = copied(data, remark("p1", 0, 2))
    assert written(result) == "<commentRangeStart id='0'/><commentRangeEnd id='0'/><r><commentReference id='0'/></r>"
    assert comments(result.data)[0][2] == ["（指“1.”）", "应为86.75%"]


def test_words_within_a_formula_are_quoted() -> None:
    data = docx(paragraph("率", MATH_RATE))
    about = on(data, "60%", "应为50%")
    result = copied(data, about)
    assert (only(result), result.displaced) == ("x=60%", (about,))
    assert comments(result.data) == [(0, AUTHOR, ["（指“60%”）", "应为50%"])]


BOX = "<w:r><w:t>前</w:t>{}<w:t>后</w:t></w:r>".format(
    "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent>"
    "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent>"
    "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
)


def test_words_that_no_comment_can_stand_at_are_quoted_at_the_nearest_place() -> None:
    reference = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    data = docx(
        paragraph(properties='<w:jc w:val="center"/>'),
        table(row(cell(paragraph("首行", BOX.format(paragraph("框内60%") + table(row("格70%"))))))),
        paragraph("支出", reference, "。"),
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>',
        parts={
            "footnotes": f'<w:footnote w:id="2">{paragraph("注80%")}</w:footnote>',
            "header1": paragraph("眉90%"),
        },
    )
    remarks = [on(data, f"{figure}0%", "应为") for figure in "6789"]
    result = copied(data, *remarks)
    assert comments(result.data) == [
        (0, AUTHOR, ["（指页眉中的“90%”）", "应为"]),
        (1, AUTHOR, ["（指文本框中的“60%”）", "应为"]),
        (2, AUTHOR, ["（指文本框中的“70%”）", "应为"]),
        (3, AUTHOR, ["（指脚注中的“80%”）", "应为"]),
    ]
    assert marked(result.data) == {0: "", 1: "框内60%格70%", 2: "框内60%格70%", 3: ""}
    assert sorted(result.displaced, key=lambda each: each.span.block if each.span else "") == sorted(
        remarks, key=lambda each: each.span.block if each.span else ""
    )
    body = tree(result.data)[0]
    assert [each for each in body.iter(w("commentReference")) if [*each.iterancestors(w("txbxContent"))]] == []
    assert written(result, 1).count("<commentRangeStart id='1'/><commentRangeStart id='2'/><r><AlternateContent>") == 1
    assert "<commentRangeStart id='3'/><r><rPr><vertAlign val='superscript'/></rPr><footnoteReference" in written(
        result, -1
    )


def test_a_long_quotation_is_cut_short() -> None:
    data = docx(paragraph(BOX.format(paragraph("字" * 90))))
    result = annotate(data, [on(data, "字" * 90, "x")], AUTHOR, "en")
    assert comments(result.data) == [(0, AUTHOR, [f'(about "{"字" * 60}…" in the text box)', "x"])]


def test_a_remark_on_the_whole_report_stands_at_its_beginning() -> None:
    data = docx(table(row("", "决算报告")), paragraph("正文60元"))
    result = copied(data, on(data, "60元"), Remark(None, None, ("共1处", "", "说明")))
    assert marked(result.data) == {0: "", 1: "60元"}
    assert [lines for _, _, lines in comments(result.data)] == [["共1处", "说明"], ["应为86.75%"]]
    point = "<commentRangeStart id='0'/><commentRangeEnd id='0'/><r><commentReference id='0'/></r>"
    assert written(result, 1).startswith(f"{point}<r><t")
    assert result.displaced == ()


@pytest.mark.parametrize("body", ["", "<w:p/>", table(row(""))])
def test_a_document_without_words(body: str) -> None:
    result = annotate(docx(body), [Remark(None, None, ("空",))], AUTHOR)
    assert comments(result.data) == [(0, AUTHOR, ["空"])]
    assert marked(result.data) == {0: ""}


def test_without_remarks_the_copy_is_the_original() -> None:
    assert annotate(docx(paragraph("甲")), [], AUTHOR) == Annotated(docx(paragraph("甲")))


# --- the comments and the archive ---


def test_another_program_reads_the_comments() -> None:
    data = docx(paragraph("60元"))
    (found,) = python_docx.Document(io.BytesIO(annotate(data, [on(data, "60", "甲", "乙")], "核对").data)).comments
    assert (found.comment_id, found.author, found.initials, found.timestamp) == (0, "核对", "核对", None)
    assert [line.text for line in found.paragraphs] == ["甲", "乙"]


STYLES = (
    '<w:style w:type="character" w:styleId="a3"><w:name w:val="annotation reference"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a4"><w:name w:val="annotation text"/></w:style>'
)


def test_the_documents_own_styles_are_used() -> None:
    data = docx(paragraph("60元"), parts={"styles": STYLES})
    result = copied(data, on(data, "60"))
    assert "<r><rPr><rStyle val='a3'/></rPr><commentReference id='0'/></r>" in written(result)
    comment = etree.tostring(tree(result.data, "word/comments.xml")[0], encoding="unicode")
    assert 'w:pStyle w:val="a4"' in comment
    assert '<w:rStyle w:val="a3"/></w:rPr><w:annotationRef/>' in comment


def test_what_no_xml_can_hold_is_left_out() -> None:
    data = docx(paragraph("60元"))
    result = annotate(data, [on(data, "60", "甲\x00\ud800乙\t<&>\n丙\x0b", "")], "核\x01对" + "长" * 300)
    assert comments(result.data) == [(0, ("核对" + "长" * 300)[:255], ["甲乙 <&>", "丙"])]
    assert b"w:date" not in unzipped(result.data)["word/comments.xml"]


OLD = (
    '<w:comment w:id="7" w:author="张三"><w:p><w:r><w:t>旧批注</w:t></w:r></w:p></w:comment>'
    '<w:comment w:id="2" w:author="李四"><w:p/></w:comment>'
)
OLD_MARKS = '<w:commentRangeStart w:id="7"/>{}<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'


def test_comments_that_are_there_stay() -> None:
    data = docx(paragraph(OLD_MARKS.format(run("预算60万元"))), parts={"comments": OLD, "commentsExtended": ""})
    result = annotate(data, [on(data, "60")], AUTHOR)
    assert marked(result.data) == {7: "预算60万元", 8: "60"}
    assert comments(result.data) == [(7, "张三", ["旧批注"]), (2, "李四", [""]), (8, AUTHOR, ["应为86.75%"])]
    unchanged(data, result.data)
    again = annotate(result.data, [on(data, "60")], "乙")
    assert marked(again.data) == {7: "预算60万元", 8: "60", 9: "60"}
    relations = tree(again.data, RELATIONS)
    assert len([each for each in relations if each.get("Type", "").endswith("/comments")]) == 1


def test_a_relation_to_comments_that_are_not_there_is_used() -> None:
    dangling = f'<Relationship Id="x1" Type="{OFFICE}/comments" Target="/word/notes/c.xml"/>'
    data = docx(paragraph("60元"), relations=dangling)
    result = annotate(data, [on(data, "60")], AUTHOR)
    assert comments(result.data) == [(0, AUTHOR, ["应为86.75%"])]
    assert [name for name in unzipped(result.data) if name not in unzipped(data)] == ["word/notes/c.xml"]


def test_relations_to_missing_parts_stay_as_they_are() -> None:
    dangling = f'<Relationship Id="rId1" Type="{OFFICE}/image" Target="../NULL"/>'
    data = docx(paragraph("60元"), relations=dangling)
    result = copied(data, on(data, "60"))
    relations = [(each.get("Id"), each.get("Target")) for each in tree(result.data, RELATIONS)]
    assert relations == [("rId1", "../NULL"), ("rId2", "comments.xml")]


def test_a_document_without_relations_and_with_a_stray_member() -> None:
    files = unzipped(docx(paragraph("60元")))
    del files[RELATIONS]
    data = zipped({**files, "word/comments.xml": b"stray"})
    result = annotate(data, [on(data, "60")], AUTHOR)
    assert comments(result.data) == [(0, AUTHOR, ["应为86.75%"])]
    assert unzipped(result.data)["word/comments.xml"] == b"stray"


def test_a_main_part_of_another_name() -> None:
    files = unzipped(docx(paragraph("60元")))
    moved = {"word/document.xml": "text/main.xml", RELATIONS: "text/_rels/main.xml.rels"}
    data = zipped(
        {
            moved.get(name, name): content.replace(b"word/document.xml", b"text/main.xml")
            for name, content in files.items()
        }
    )
    result = annotate(data, [on(data, "60")], AUTHOR)
    (found,) = python_docx.Document(io.BytesIO(result.data)).comments
    assert (found.text, found.part.partname) == ("应为86.75%", "/text/comments.xml")
    assert marked(result.data) == {0: "60"}


def test_numbers_below_nothing_and_remarks_in_the_markup() -> None:
    run_with_remark = "<w:r><!--甲--><w:rPr><w:b/></w:rPr><w:t>共60元</w:t></w:r>"
    old = '<w:commentRangeStart w:id="-9"/>{}<w:commentRangeEnd w:id="-9"/><w:r><w:commentReference w:id="-9"/></w:r>'
    data = docx(paragraph(old.format(run_with_remark)))
    result = annotate(data, [on(data, "60")], AUTHOR)
    assert marked(result.data) == {-9: "共60元", 0: "60"}
    assert written(result).count("<rPr><b/></rPr>") == 3


def test_macros_and_signatures_stay_as_they_are() -> None:
    files = unzipped(docx(paragraph("60元"), content_type=MACROS))
    data = zipped({**files, "word/vbaProject.bin": b"\x00macro", "_xmlsignatures/sig1.xml": b"<Signature/>"})
    result = copied(data, on(data, "60"))
    assert MACROS.encode() in unzipped(result.data)["[Content_Types].xml"]


def test_the_archive_keeps_the_order_dates_and_kinds_of_its_members() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.comment = b"note"
        archive.writestr(zipfile.ZipInfo("word/media/", (2021, 5, 6, 7, 8, 10)), b"")
        for name, content in reversed(unzipped(docx(paragraph("60元"))).items()):
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6)), content, zipfile.ZIP_STORED)
    data = buffer.getvalue()
    result = annotate(data, [on(data, "60")], AUTHOR)
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(result.data)) as after:
        told = [(each.filename, each.date_time, each.compress_type) for each in after.infolist()]
        assert told[:-1] == [(each.filename, each.date_time, each.compress_type) for each in before.infolist()]
        assert told[-1] == ("word/comments.xml", (1980, 1, 1, 0, 0, 0), zipfile.ZIP_DEFLATED)
        assert after.comment == b"note"


def test_blanks_comments_and_encoding_of_the_markup() -> None:
    files = unzipped(docx(paragraph("60元")))
    body = "<!--甲--><w:p>\n  <w:r>\n <w:t><![CDATA[60元 & 70元]]></w:t>\n</w:r>\n</w:p><?keep me?>"
    markup = f'<?xml version="1.0" encoding="UTF-16"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>'
    data = zipped({**files, "word/document.xml": markup.encode("utf-16")})
    result = annotate(data, [on(data, "70元")], AUTHOR)
    content = unzipped(result.data)["word/document.xml"].decode()
    assert content.startswith("<?xml version='1.0' encoding='UTF-8'")
    assert "<!--甲--><w:p>\n  <w:r>\n <w:t" in content
    assert "<?keep me?>" in content
    assert marked(result.data) == {0: "70元"}


def test_what_cannot_be_read_is_not_annotated() -> None:
    with pytest.raises(ReadError) as caught:
        annotate(b"PK", [Remark(None, None, ("x",))], AUTHOR)
    assert caught.value.code == "damaged"


# --- whole reports, and any way of cutting a text into runs ---


@pytest.mark.parametrize("path", [SAMPLES[0], SAMPLES[7], SAMPLES[12]], ids=lambda path: path.stem)
def test_every_figure_of_a_report(path: Path) -> None:
    data = path.read_bytes()
    figures = [figure for block in read(path, data).blocks for figure in find_quantities(block.text, block.id)]
    assert len(figures) > 50
    result = annotate(data, [Remark(each.span, "note", (each.text,)) for each in figures], AUTHOR)
    unchanged(data, result.data)
    found = marked(result.data)
    assert [[words] for words in found.values()] == [lines for _, _, lines in comments(result.data)]
    assert sorted(found.values()) == sorted(each.text for each in figures)
    assert result.displaced == ()


AROUND = [
    "{}",
    "<w:ins w:id='1'>{}</w:ins>",
    "<w:hyperlink>{}</w:hyperlink>",
    "<w:fldSimple w:instr='X'>{}</w:fldSimple>",
    CONTROL,
    "<m:oMath><m:r><m:t>甲</m:t></m:r></m:oMath>{}",
    "{}<w:r><w:tab/><w:t> x </w:t></w:r>",
    field("X", "9") + "{}",
]
TEXT = st.text(st.sampled_from("预算60.5万元 ，%\u200b"), max_size=6)
PIECES = st.lists(
    st.tuples(TEXT, st.sampled_from(["", "<w:b/>", "<w:vanish/>"]), st.sampled_from(AROUND)), min_size=1, max_size=6
)


@settings(max_examples=120)
@given(PIECES, st.data())
def test_however_a_text_is_cut_into_runs(pieces: list[tuple[str, str, str]], drawn: st.DataObject) -> None:
    data = docx(paragraph("首"), paragraph(*(around.format(run(text, form)) for text, form, around in pieces)))
    block = read(Path("x"), data).blocks[-1]
    point = st.integers(0, len(block.text))
    spans = [sorted(pair) for pair in drawn.draw(st.lists(st.tuples(point, point), min_size=1, max_size=4))]
    result = annotate(data, [remark(block.id, start, end, block.text[start:end]) for start, end in spans], AUTHOR)
    unchanged(data, result.data)
    assert sorted(marked(result.data).values()) == sorted(block.text[start:end] for start, end in spans)
    assert result.displaced == ()
