from __future__ import annotations

import io
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docx_files import (
    MACROS,
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
    styled,
    table,
    unzipped,
    zipped,
)
from docx_files import level as lvl
from reportcheck.errors import ReadError
from reportcheck.model import Document
from reportcheck.read.docx import read

PATH = Path("报告.docx")


def read_body(*body: str, **parts: str) -> Document:
    return read(PATH, docx(*body, parts=parts))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def rows(document: Document) -> list[tuple[str, str, str, int]]:
    return [(block.id, block.role, block.text, block.generated) for block in document.blocks]


def parts_of(document: Document) -> list[tuple[str, str, str]]:
    return [(block.origin.part, block.role, block.text) for block in document.blocks]


def grids(document: Document) -> list[list[list[str | None]]]:
    return [[[at and at.id for at in line] for line in table.cells] for table in document.tables]


# --- text within a paragraph ---


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<w:r><w:t>预算</w:t></w:r><w:r><w:t>60</w:t><w:t>万元</w:t></w:r>", "预算60万元"),
        ("<w:r><w:t>  两端  </w:t></w:r>", "两端"),
        ("<w:r><w:t>a </w:t><w:t xml:space='preserve'> b</w:t></w:r>", "a b"),
        (
            "<w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:cr/><w:t>三</w:t><w:tab/><w:t>四</w:t></w:r>",
            "一\n二\n三\t四",
        ),
        ("<w:r><w:t>信</w:t><w:softHyphen/><w:t>访\u00ad股\u200b室</w:t></w:r>", "信访股室"),
        ("<w:r><w:t>2019</w:t><w:noBreakHyphen/><w:t>46</w:t></w:r>", "2019-46"),
        ("<w:r><w:sym w:font='Wingdings 2' w:char='F052'/><w:t>自评</w:t></w:r>", "☑自评"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0A8'/><w:sym w:font='X' w:char='00B1'/></w:r>", "□±"),
        ("<w:r><w:sym w:font='X' w:char='zz'/><w:sym w:font='X'/><w:t>无</w:t></w:r>", "无"),
        ("<w:hyperlink r:id='x'><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接"),
        ("<w:smartTag><w:smartTagPr/><w:r><w:t>标签</w:t></w:r></w:smartTag>", "标签"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
        (
            run("甲") + f"<w:ins>{run('乙')}</w:ins><w:del><w:r><w:delText>丙</w:delText></w:r></w:del>",
            "甲乙",
        ),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>", "新"),
        (run("可见") + run("隐藏", "<w:vanish/>") + run("也可见", '<w:vanish w:val="0"/>'), "可见也可见"),
        (
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>zì</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>自</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "自",
        ),
        (
            "<m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>支出</m:t></m:r></m:num>"
            "<m:den><m:r><m:t>预算</m:t></m:r></m:den></m:f></m:oMath>",
            "x=支出/预算",
        ),
    ],
)
def test_what_a_reader_sees_of_a_paragraph(content: str, expected: str) -> None:
    assert rows(read_body(paragraph(content))) == [("p1", "paragraph", expected, 0)]


def check_box(state: str) -> str:
    return mark("begin", f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>") + mark("end")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<w:fldSimple w:instr=' =SUM(ABOVE) '><w:r><w:t>261.20</w:t></w:r></w:fldSimple>", "261.20"),
        (run("共") + field(" =SUM(ABOVE) ", "60") + run("万元"), "共60万元"),
        (run("第") + field(" PAGE ", "3") + run("页"), "第页"),
        (
            mark("begin") + "<w:r><w:instrText>IF </w:instrText></w:r>" + field("REF x", "嵌套")
            + mark("separate") + run("结果") + mark("end"),
            "结果",
        ),
        (mark("begin") + "<w:r><w:instrText>XE 词</w:instrText></w:r>" + mark("end") + run("后文"), "后文"),
        (mark("begin") + run("没有结束的域"), "没有结束的域"),
        (mark("separate") + run("没有开头") + mark("end") + mark("end"), "没有开头"),
        (check_box("<w:checked/>") + run("自评"), "☑自评"),
        (check_box("<w:default w:val='1'/><w:checked w:val='0'/>") + run("他评"), "☐他评"),
        (check_box("<w:default w:val='1'/>") + run("自评"), "☑自评"),
    ],
)  # fmt: skip
def test_fields_show_their_results_only(content: str, expected: str) -> None:
    assert texts(read_body(paragraph(content))) == [expected]


def test_a_field_may_go_on_over_paragraphs() -> None:
    first = paragraph(mark("begin") + "<w:r><w:instrText>QUOTE</w:instrText></w:r>" + mark("separate") + run("甲"))
    assert texts(read_body(first, paragraph("乙" + ""), paragraph(mark("end"), run("丙")))) == [
        "甲",
        "乙",
        "丙",
    ]


def test_blank_paragraphs_are_no_blocks() -> None:
    assert rows(read_body(paragraph("甲"), "<w:p/>", paragraph("　 "), paragraph("乙"))) == [
        ("p1", "paragraph", "甲", 0),
        ("p2", "paragraph", "乙", 0),
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    deleted = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>'
    document = read_body(
        numbered("甲"),
        paragraph("预算60", properties=deleted),
        numbered("万元"),
        numbering=numbering(lvl(0, "decimal", "%1.")),
    )
    assert rows(document) == [("p1", "paragraph", "1.甲", 2), ("p2", "paragraph", "2.预算60万元", 2)]


def test_a_deleted_last_paragraph_loses_no_text() -> None:
    deleted = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>'
    document = read_body(
        table(row(cell(paragraph("格", properties=deleted)))),
        paragraph("前", properties=deleted),
        table(row("后")),
        paragraph("末", properties=deleted),
        table(row("空")),
        paragraph(properties=deleted),
        numbering=numbering(lvl(0, "decimal", "%1.")),
    )
    assert texts(document) == ["1.格", "2.前", "后", "3.末", "空"]


def test_content_controls_and_alternatives_around_paragraphs() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>"
    branches = (
        f"<mc:AlternateContent><mc:Choice Requires='w14'>{paragraph('乙')}</mc:Choice>"
        f"<mc:Fallback>{paragraph('丙')}</mc:Fallback></mc:AlternateContent>"
        f"<mc:AlternateContent><mc:Fallback>{paragraph('丁')}</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(read_body(control, branches)) == ["甲", "乙", "丁"]


# --- roles ---

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>{more}</w:style>'
    for name, shown, more in [
        ("1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("2", "标题 2", ""),
        ("own", "我的标题", '<w:basedOn w:val="1"/>'),
        ("body", "正文样式", '<w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
        ("T", "Title", ""),
        ("toc", "toc 2", ""),
        ("loop", "甲", '<w:basedOn w:val="loop2"/>'),
        ("loop2", "乙", '<w:basedOn w:val="loop"/>'),
        ("secret", "密", "<w:rPr><w:vanish/></w:rPr>"),
    ]
)


def test_roles_come_from_styles_and_outline_levels() -> None:
    document = read_body(
        styled("T", "报告"),
        styled("1", "一、概况"),
        styled("2", "（一）职责"),
        styled("own", "二、支出"),
        styled("body", "正文"),
        paragraph("三、绩效", properties='<w:outlineLvl w:val="2"/>'),
        styled("1", "预算" * 60),
        styled("loop", "环"),
        styled("absent", "无此样式"),
        styled("secret", "看不见"),
        styles=STYLES,
    )
    assert [(block.role, block.text[:5]) for block in document.blocks] == [
        ("title", "报告"),
        ("heading", "一、概况"),
        ("heading", "（一）职责"),
        ("heading", "二、支出"),
        ("paragraph", "正文"),
        ("heading", "三、绩效"),
        ("paragraph", "预算预算预"),
        ("paragraph", "环"),
        ("paragraph", "无此样式"),
    ]


def test_lines_of_a_table_of_contents() -> None:
    toc_start = mark("begin") + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>" + mark("separate")
    tab = "<w:r><w:tab/></w:r>"
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    dotted = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8000"/></w:tabs>'
    document = read_body(
        f"<w:sdt>{gallery}<w:sdtContent>{paragraph('目录')}</w:sdtContent></w:sdt>",
        styled("toc", "一、概况", tab, "1"),
        paragraph("二、支出", tab, field("PAGEREF _Toc1 \\h", "2")),
        paragraph("三、绩效........3"),
        paragraph("四、问题", tab, "4", properties=dotted),
        paragraph(toc_start, run("五、建议 5")),
        paragraph("六、其他 6", mark("end")),
        paragraph("见第", field("PAGEREF _Toc1", "2"), "页"),
        styles=STYLES,
    )
    assert [(block.role, block.text) for block in document.blocks] == [
        ("contents", "目录"),
        ("contents", "一、概况\t1"),
        ("contents", "二、支出\t2"),
        ("contents", "三、绩效........3"),
        ("contents", "四、问题\t4"),
        ("contents", "五、建议 5"),
        ("contents", "六、其他 6"),
        ("paragraph", "见第2页"),
    ]


# --- tables ---


def test_a_table_stands_among_the_blocks() -> None:
    document = read_body(paragraph("前"), table(row("项目", "金额"), row("甲", "")), paragraph("后"))
    assert rows(document) == [
        ("p1", "paragraph", "前", 0),
        ("t1.r1c1", "cell", "项目", 0),
        ("t1.r1c2", "cell", "金额", 0),
        ("t1.r2c1", "cell", "甲", 0),
        ("t1.r2c2", "cell", "", 0),
        ("p2", "paragraph", "后", 0),
    ]
    assert grids(document) == [[["t1.r1c1", "t1.r1c2"], ["t1.r2c1", "t1.r2c2"]]]


def test_merged_cells_repeat_their_block_and_gaps_are_holes() -> None:
    span, start, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read_body(
        table(
            row(cell("横跨", properties=span), cell("丙")),
            row(cell("竖跨", properties=start), "乙", "丙二"),
            row(cell(properties=on), "乙三"),
            row("末", properties='<w:gridBefore w:val="2"/>'),
        )
    )
    assert grids(document) == [
        [
            ["t1.r1c1", "t1.r1c1", "t1.r1c3"],
            ["t1.r2c1", "t1.r2c2", "t1.r2c3"],
            ["t1.r2c1", "t1.r3c2", None],
            [None, None, "t1.r4c3"],
        ]
    ]
    assert texts(document) == ["横跨", "丙", "竖跨", "乙", "丙二", "乙三", "末"]
    assert document.tables[0].cells[1][0] is document.tables[0].cells[2][0]


def test_older_merges_and_nonsense_spans() -> None:
    huge = '<w:gridSpan w:val="99999999"/>'
    start, on = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    document = read_body(
        table(
            row(cell("宽", properties=start), cell(properties=on), "丙"),
            row(cell("无上格", properties='<w:gridSpan w:val="x"/>'), "乙"),
        ),
        table(row(cell("顶", properties="<w:vMerge/>"), cell("巨", properties=huge))),
    )
    assert grids(document)[0] == [["t1.r1c1", "t1.r1c1", "t1.r1c3"], ["t1.r2c1", "t1.r2c2", None]]
    assert grids(document)[1] == [["t2.r1c1", "t2.r1c2"]]
    assert texts(document) == ["宽", "丙", "无上格", "乙", "顶", "巨"]


def test_paragraphs_of_a_cell_are_joined_and_numbered() -> None:
    document = read_body(
        table(row(cell(numbered("甲"), "<w:p/>", paragraph("乙")), cell(numbered("")))),
        numbering=numbering(lvl(0, "decimal", "%1")),
    )
    assert rows(document) == [("t1.r1c1", "cell", "1 甲\n乙", 2), ("t1.r1c2", "cell", "2", 1)]


def test_a_nested_table_follows_its_cell() -> None:
    inner = table(row("内甲", "内乙"))
    document = read_body(table(row(cell("名称", "单位：万元", inner, "后"), "右")), table(row("末")))
    assert [(block.id, block.text) for block in document.blocks] == [
        ("t1.r1c1", "名称\n单位：万元\n后"),
        ("t2.r1c1", "内甲"),
        ("t2.r1c2", "内乙"),
        ("t1.r1c2", "右"),
        ("t3.r1c1", "末"),
    ]
    assert [(each.id, each.caption, each.unit_note) for each in document.tables] == [
        ("t1", "", ""),
        ("t2", "名称", "单位：万元"),
        ("t3", "", ""),
    ]


def test_controls_and_revisions_around_rows_and_cells() -> None:
    held = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    deleted = row("删", "去", properties="<w:del/>")
    inserted = row("增", "行", properties="<w:ins/>")
    document = read_body(table(held.format(row("甲", held.format(cell("乙")))), deleted, inserted))
    assert grids(document) == [[["t1.r1c1", "t1.r1c2"], ["t1.r2c1", "t1.r2c2"]]]
    assert texts(document) == ["甲", "乙", "增", "行"]


def test_how_far_the_text_of_a_cell_is_set_in() -> None:
    def held(text: str, indent: str = "", more: str = "") -> str:
        return cell(paragraph(text, properties=f"<w:ind {indent}/>{more}" if indent else more))

    own = (
        '<w:style w:type="paragraph" w:styleId="deep"><w:name w:val="deep"/><w:basedOn w:val="base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="base"><w:name w:val="base"/>'
        '<w:pPr><w:ind w:left="420"/></w:pPr></w:style>'
    )
    document = read_body(
        table(
            row("甲", "\u3000\u3000其中：乙", "  丙", "\u00a0丁"),
            row(held("戊", 'w:left="420"'), held("己", 'w:firstLineChars="200" w:firstLine="100"'), held("", ""), ""),
            row(
                held("\u3000庚", 'w:leftChars="100" w:left="999"'),
                held("辛", 'w:start="420" w:hanging="210"'),
                held("壬", 'w:left="420"', '<w:jc w:val="center"/>'),
                cell(paragraph(" ", properties=""), held("癸", 'w:left="210"')),
            ),
            row(cell(styled("deep", "子")), held("丑", 'w:left="100" w:hanging="900"'), "寅", "卯"),
        ),
        styles=own,
    )
    assert [[block.indent if block else None for block in row] for row in document.tables[0].cells] == [
        [0, 4, 2, 1],
        [4, 4, 0, 0],
        [4, 2, 0, 2],
        [4, 0, 0, 0],
    ]
    assert [block.text for block in document.blocks[:4]] == ["甲", "其中：乙", "丙", "丁"]


def test_several_printed_tables_in_one() -> None:
    def over(width: int, *texts: str) -> str:
        return row(*(cell(text, properties=f'<w:gridSpan w:val="{width}"/>') for text in texts))

    document = read_body(
        table(
            row(cell("附表1", properties='<w:gridSpan w:val="2"/>'), "", ""),
            over(4, "收入情况表"),
            row("", "", "", "单位:万元"),
            row(cell("科目", properties='<w:gridSpan w:val="3"/>'), "金额"),
            row(cell("税收", properties='<w:gridSpan w:val="3"/>'), "60"),
            row(cell("附表2", properties='<w:gridSpan w:val="2"/>'), "", ""),
            over(4, "支出情况表"),
            row("", "", cell("单位:元", properties='<w:gridSpan w:val="2"/>')),
            over(2, "科目", "数额"),
            row(cell("教育", properties='<w:gridSpan w:val="2"/>'), cell("70", inner_table(), properties=two())),
        ),
        table(row("末", "1")),
    )
    assert [(each.id, each.caption, each.unit_note) for each in document.tables] == [
        ("t1", "收入情况表", "单位:万元"),
        ("t2", "支出情况表", "单位:元"),
        ("t3", "", ""),
        ("t4", "", ""),
    ]
    assert grids(document) == [
        [["t1.r4c1", "t1.r4c2"], ["t1.r5c1", "t1.r5c2"]],
        [["t2.r4c1", "t2.r4c2"], ["t2.r5c1", "t2.r5c2"]],
        [["t3.r1c1", "t3.r1c2"]],
        [["t4.r1c1", "t4.r1c2"]],
    ]
    assert [(block.id, block.text) for block in document.blocks if block.text] == [
        ("t1.r1c1", "附表1"),
        ("t1.r2c1", "收入情况表"),
        ("t1.r3c4", "单位:万元"),
        ("t1.r4c1", "科目"),
        ("t1.r4c2", "金额"),
        ("t1.r5c1", "税收"),
        ("t1.r5c2", "60"),
        ("t2.r1c1", "附表2"),
        ("t2.r2c1", "支出情况表"),
        ("t2.r3c3", "单位:元"),
        ("t2.r4c1", "科目"),
        ("t2.r4c2", "数额"),
        ("t2.r5c1", "教育"),
        ("t2.r5c2", "70"),
        ("t3.r1c1", "内"),
        ("t3.r1c2", "5"),
        ("t4.r1c1", "末"),
        ("t4.r1c2", "1"),
    ]


def two() -> str:
    return '<w:gridSpan w:val="2"/>'


def inner_table() -> str:
    return table(row("内", "5"))


def test_captions_units_and_header_rows() -> None:
    head = "<w:tblHeader/>"
    document = read_body(
        paragraph("支出情况如下表。"),
        paragraph("表1 项目支出情况表"),
        paragraph("单位：万元"),
        table(row("项目", "金额", properties=head), row("甲", "60")),
        table(
            row(cell("收入情况表", properties='<w:gridSpan w:val="2"/>')),
            row(cell("金额单位：元", properties='<w:gridSpan w:val="2"/>')),
            row("科目", "金额"),
        ),
        paragraph("具体情况如下："),
        table(row("项目", "金额")),
    )
    assert [(each.caption, each.unit_note, each.header_rows) for each in document.tables] == [
        ("表1 项目支出情况表", "单位：万元", 1),
        ("收入情况表", "金额单位：元", 0),
        ("", "", 0),
    ]


# --- text boxes, notes, headers ---


def test_text_boxes_once_and_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('框内60万元')}{table(row('格'))}</w:txbxContent>"
    old = f"<w:txbxContent>{paragraph('旧式')}</w:txbxContent>"
    drawn = (
        "<w:r><mc:AlternateContent>"
        f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    vml = f"<w:r><w:pict><v:shape><v:textbox>{old}</v:textbox></v:shape></w:pict></w:r>"
    document = read_body(paragraph("前", drawn, "后"), paragraph(vml), table(row(cell(paragraph("格", vml)))))
    assert parts_of(document) == [
        ("body", "paragraph", "前后"),
        ("textbox", "paragraph", "框内60万元"),
        ("textbox", "cell", "格"),
        ("textbox", "paragraph", "旧式"),
        ("body", "cell", "格"),
        ("textbox", "paragraph", "旧式"),
    ]


def test_notes_follow_the_paragraph_that_refers_to_them() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    document = read_body(
        paragraph("支出60万元", reference, "。"),
        paragraph("再引", reference, '<w:r><w:endnoteReference w:id="1"/></w:r>'),
        footnotes=f'<w:footnote w:id="0" w:type="separator">{paragraph("线")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", run(" 含上年结转"))}</w:footnote>',
        endnotes=f'<w:endnote w:id="1">{paragraph("尾注")}</w:endnote>',
    )
    assert parts_of(document) == [
        ("body", "paragraph", "支出60万元。"),
        ("footnote", "note", "含上年结转"),
        ("body", "paragraph", "再引"),
        ("footnote", "note", "尾注"),
    ]


def section(*references: tuple[str, str, str], more: str = "") -> str:
    held = "".join(f'<w:{part}Reference w:type="{kind}" r:id="{name}"/>' for part, kind, name in references)
    return f"<w:sectPr>{held}{more}</w:sectPr>"


def test_headers_and_footers_once_each_at_the_end() -> None:
    first = section(("header", "default", "header1"), ("footer", "default", "footer1"), ("header", "first", "header3"))
    second = section(("header", "default", "header2"), ("header", "even", "header4"))
    document = read_body(
        paragraph("正文", properties=first),
        second,
        header1=paragraph("青山县财政局"),
        header2=paragraph("青山县财政局"),
        header3=paragraph("首页不同没有打开"),
        header4=paragraph("偶数页没有打开"),
        footer1=paragraph("第", field("PAGE", "1"), "页 共", field("NUMPAGES", "9"), "页") + paragraph("内部资料"),
    )
    assert parts_of(document) == [
        ("body", "paragraph", "正文"),
        ("header", "note", "青山县财政局"),
        ("footer", "note", "内部资料"),
    ]


def test_headers_of_first_and_even_pages_where_they_are_on() -> None:
    last = section(("header", "first", "header1"), ("header", "even", "header2"), more="<w:titlePg/>")
    document = read_body(
        paragraph("正文"),
        last,
        header1=paragraph("首页"),
        header2=paragraph("偶数页"),
        settings="<w:evenAndOddHeaders/>",
    )
    assert texts(document) == ["正文", "首页", "偶数页"]


# --- files ---


def test_documents_with_macros_are_read() -> None:
    assert texts(read(PATH, docx(paragraph("宏"), content_type=MACROS))) == ["宏"]


def test_relations_to_missing_parts_do_no_harm() -> None:
    dangling = f'<Relationship Id="x1" Type="{OFFICE}/image" Target="../NULL"/>'
    assert texts(read(PATH, docx(paragraph("图"), relations=dangling))) == ["图"]


def test_a_document_type_declaration_is_refused() -> None:
    files = unzipped(docx(paragraph("甲")))
    files["word/document.xml"] = b'<!DOCTYPE x [<!ENTITY e "60">]>' + files["word/document.xml"]
    with pytest.raises(ReadError) as caught:
        read(PATH, zipped(files))
    assert (caught.value.code, caught.value.facts["detail"]) == ("damaged", "DOCTYPE")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/document.xml", b"<broken"),
        ("word/document.xml", b""),
        ("word/document.xml", b"<x/>"),
        ("_rels/.rels", b"<x/>"),
        ("[Content_Types].xml", b"<x/>"),
    ],
)
def test_broken_parts_are_damage(name: str, content: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read(PATH, zipped({**unzipped(docx(paragraph("甲"))), name: content}))
    assert caught.value.code == "damaged"


def test_broken_side_parts_are_damage() -> None:
    files = unzipped(docx(paragraph("甲"), parts={"numbering": ""}))
    with pytest.raises(ReadError) as caught:
        read(PATH, zipped({**files, "word/numbering.xml": b"<broken"}))
    assert (caught.value.code, caught.value.facts["member"]) == ("damaged", "/word/numbering.xml")


def test_the_strict_dialect_is_named() -> None:
    files = unzipped(docx(paragraph("甲")))
    strict = b"http://purl.oclc.org/ooxml/officeDocument"
    files["_rels/.rels"] = files["_rels/.rels"].replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006", strict
    )
    with pytest.raises(ReadError) as caught:
        read(PATH, zipped(files))
    assert (caught.value.code, caught.value.facts["found"]) == ("unsupported", "strict-docx")


# --- properties ---

LINE = st.text(st.sampled_from("预算支出60.5万元，。（）%％ \t一二3"), max_size=12).map(str.strip)
FEW = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)


def written(lines: list[str], cells: list[list[str]]) -> bytes:
    document = python_docx.Document()
    for line in lines:
        document.add_paragraph(line)
    grid = document.add_table(len(cells), len(cells[0]))
    for tr, line_of_cells in zip(grid.rows, cells, strict=True):
        for tc, text in zip(tr.cells, line_of_cells, strict=True):
            tc.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@FEW
@given(st.lists(LINE, max_size=4), st.integers(1, 3), st.data())
def test_what_was_written_is_read(lines: list[str], width: int, data: st.DataObject) -> None:
    cells = data.draw(st.lists(st.lists(LINE, min_size=width, max_size=width), min_size=1, max_size=3))
    document = read(PATH, written(lines, cells))
    prose = [block.text for block in document.blocks if block.role != "cell"]
    assert prose == [line for line in lines if line]
    assert [[at and at.text for at in line] for line in document.tables[0].cells] == cells


def outcome(data: bytes) -> str:
    try:
        read(PATH, data)
    except ReadError as error:
        return error.code
    return "read"


SOUND = docx(
    paragraph("一", field("PAGE", "1")),
    table(row("甲", cell("乙", properties='<w:gridSpan w:val="2"/>'))),
    numbered("丙"),
    parts={"numbering": numbering(lvl(0, "chineseCounting", "%1、")), "styles": STYLES},
)


@FEW
@given(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=4), st.booleans())
def test_garbled_files_raise_read_errors_only(at: int, noise: bytes, cut: bool) -> None:
    garbled = SOUND[:at] if cut else SOUND[:at] + noise + SOUND[at + len(noise) :]
    assert outcome(garbled) in {"read", "damaged", "encrypted", "archive-bomb"}


@FEW
@given(st.sampled_from(sorted(unzipped(SOUND))), st.data())
def test_garbled_markup_raises_read_errors_only(name: str, data: st.DataObject) -> None:
    files = unzipped(SOUND)
    at = data.draw(st.integers(0, len(files[name]) - 1))
    noise = data.draw(st.sampled_from([b"x", b"9", b'"', b"-", b"<", b"&", b" ", b"\xff", b"/"]))
    files[name] = files[name][:at] + noise + files[name][at + 1 :]
    assert outcome(zipped(files)) in {"read", "damaged", "unsupported"}
