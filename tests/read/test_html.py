"""Reading saved web pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportcheck.errors import ReadError
from reportcheck.model import Document
from reportcheck.read.html import read

PROSE = "全年部门预算安排1245.60万元，支出1230.15万元，执行率为98.76%，结余15.45万元。"


def of(body: str, head: str = '<meta charset="utf-8">') -> Document:
    return read(Path("a.html"), f"<html><head>{head}</head><body>{body}</body></html>".encode())


def texts(document: Document) -> list[tuple[str, str]]:
    return [(block.role, block.text) for block in document.blocks]


def grid(document: Document, index: int = 0) -> list[list[str | None]]:
    return [[block.text if block else None for block in row] for row in document.tables[index].cells]


def test_the_article_of_a_page() -> None:
    page = f"""
    <div class="header"><h2>某县政府门户网站</h2><ul class="nav"><li><a href="/">首页</a></li></ul></div>
    <div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/x">决算</a></div>
    <div class="article"><h1>某县水务局2023年度决算</h1><div class="info">来源：水务局</div>
    <div id="zoom"><h2>一、部门概况</h2><p>{PROSE}</p><p style="display: none">看不见</p>
    <p>（一）预算执行情况</p><p>{PROSE}&nbsp;&amp;c<script>var x = 1;</script></p>
    <div class="related"><h3>相关阅读</h3><ul><li><a href="/1">另一篇</a></li></ul></div></div></div>
    <div class="footer">版权所有 某县政府</div>"""
    document = of(page, '<meta charset="utf-8"><title>某县水务局2023年度决算_某县人民政府</title>')
    assert texts(document) == [
        ("title", "某县水务局2023年度决算"),
        ("heading", "一、部门概况"),
        ("paragraph", PROSE),
        ("heading", "（一）预算执行情况"),
        ("paragraph", PROSE + " &c"),
    ]
    assert {block.origin.part for block in document.blocks} == {"body"}


def test_the_title_of_the_page_without_the_site() -> None:
    document = of(f"<p>{PROSE}</p>", '<meta charset="utf-8"><title>\n 某局2023年度决算 - 某县人民政府\n</title>')
    assert texts(document)[0] == ("title", "某局2023年度决算")


def test_breaks_and_wide_indents_begin_paragraphs() -> None:
    document = of(
        "<div>\u3000\u3000一是管理规范。\u3000\u3000二是支出合规。<br>三是绩效明显。<br/><br/>第一部分\u3000概况</div>"
    )
    assert [text for _, text in texts(document)] == [
        "一是管理规范。",
        "二是支出合规。",
        "三是绩效明显。",
        "第一部分\u3000概况",
    ]


def test_one_huge_paragraph_stays_whole() -> None:
    assert texts(of(f"<div><span>{PROSE * 50}</span></div>")) == [("paragraph", PROSE * 50)]


def test_blanks_collapse_as_in_a_browser() -> None:
    document = of("<p>全年  预算\n  \t60&nbsp;&nbsp;万元，其\n中公用<b>经费</b>20<i>万元</i> a  b</p>")
    assert texts(document) == [("paragraph", "全年 预算 60 万元，其中公用经费20万元 a b")]


def test_a_table_with_spans() -> None:
    document = of(
        "<p>表1 收支情况</p><p>单位：万元</p><table><tr><th rowspan=2>项目</th><th colspan='2'>金额</th></tr>"
        "<tr><td>预算</td><td>决算<br>数</td></tr><tr><td>工资</td><td>1,0<br>00</td></tr></table><p>注：略。</p>"
    )
    table = document.tables[0]
    assert grid(document) == [["项目", "金额", "金额"], ["项目", "预算", "决算数"], ["工资", "1,0 00", None]]
    assert table.cells[0][0] is table.cells[1][0]
    assert (table.caption, table.unit_note) == ("表1 收支情况", "单位：万元")
    assert [block.id for block in document.blocks] == [
        *("p1", "p2", "t1.r1c1", "t1.r1c2", "t1.r2c2", "t1.r2c3", "t1.r3c1", "t1.r3c2", "p3"),
    ]


def test_tables_for_layout_are_text() -> None:
    inner = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    document = of(f"<table><tr><td><p>{PROSE}</p>{inner}</td></tr></table><table><tr><td>{PROSE}</td></tr></table>")
    assert [len(document.tables), grid(document)] == [1, [["甲", "1"], ["乙", "2"]]]
    assert [text for _, text in texts(document)] == [PROSE, "甲", "1", "乙", "2", PROSE]


def test_a_table_within_a_cell_is_a_table_of_its_own() -> None:
    inner = "<table><tr><td>内</td><td>1</td></tr></table>"
    document = of(
        "<table><tr><td>甲</td><td>10</td></tr>"
        f"<tr><td>乙乙乙乙乙乙</td><td>20 {inner} 万元</td></tr><tr><td>丙</td><td>30</td></tr></table>"
    )
    assert [grid(document), grid(document, 1)] == [
        [["甲", "10"], ["乙乙乙乙乙乙", "20\n万元"], ["丙", "30"]],
        [["内", "1"]],
    ]
    assert [block.text for block in document.blocks] == [
        *("甲", "10", "乙乙乙乙乙乙", "20\n万元", "内", "1", "丙", "30"),
    ]


def test_a_table_loose_in_another_is_not_lost() -> None:
    document = of("<table><tr><td>甲</td><td>1</td></tr><table><tr><td>乙</td><td>2</td></tr></table></table>" + PROSE)
    assert "".join(text for _, text in texts(document)) == "甲1乙2" + PROSE


def test_heads_and_feet_of_tables_stand_where_a_browser_shows_them() -> None:
    document = of(
        "<table><tfoot><tr><td>合计</td><td>3</td></tr></tfoot><thead><tr><td>项目</td><td>金额</td></tr></thead>"
        "<tbody><tr><th>甲</th><td>3</td></tr></tbody></table>"
        "<table><tr><th>项目</th><th>金额</th></tr><tr><th>乙</th><td>4</td></tr></table>"
    )
    assert [grid(document), grid(document, 1)] == [
        [["项目", "金额"], ["甲", "3"], ["合计", "3"]],
        [["项目", "金额"], ["乙", "4"]],
    ]
    assert [table.header_rows for table in document.tables] == [1, 1]


def test_lines_and_indents_of_cells() -> None:
    document = of(
        "<table><tr><td>\n <p>一、收入</p><p>（合计）</p></td><td><p>1,\n<br>000</p></td></tr>"
        "<tr><td>\n&nbsp; &nbsp;其中：税收</td><td>60<br>人</td></tr>"
        "<tr><td>\u3000\u3000增值税</td><td>50%<br>以上</td></tr>"
        "<tr><td style='text-indent:1em'>消费税</td><td><p style='padding-left: 1.5em'>其他</p></td></tr>"
        "<tr><td><br>&nbsp;个税</td><td>&nbsp;</td></tr></table>"
    )
    assert grid(document) == [
        ["一、收入\n（合计）", "1,000"],
        ["其中：税收", "60人"],
        ["增值税", "50%以上"],
        ["消费税", "其他"],
        ["个税", ""],
    ]
    assert [[block.indent if block else None for block in row] for row in document.tables[0].cells] == [
        [0, 0],
        [3, 0],
        [4, 0],
        [2, 3],
        [1, 0],
    ]


def test_title_and_unit_in_the_rows_of_a_table() -> None:
    document = of(
        "<p>一、收入</p><table><tr><td colspan=3>收入决算表</td></tr>"
        "<tr><td colspan=2>部门：甲局</td><td>单位：万元</td></tr>"
        "<tr><th>项目</th><th colspan=2>金额</th></tr><tr><td>税收</td><td colspan=2>60</td></tr></table>"
    )
    table = document.tables[0]
    assert (table.caption, table.unit_note, table.header_rows) == ("收入决算表", "单位：万元", 0)
    assert [[block.id for block in row if block] for row in table.cells] == [
        ["t1.r3c1", "t1.r3c2"],
        ["t1.r4c1", "t1.r4c2"],
    ]


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
        ("utf-8", '<meta charset="UTF-8">'),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-8", ""),
        ("gb18030", ""),
        ("gb18030", '<meta charset="utf-8">'),
    ],
)
def test_encodings(encoding: str, head: str) -> None:
    data = f"<html><head>{head}</head><body><p>{PROSE * 3}镕</p></body></html>".encode(encoding)
    assert texts(read(Path("a.html"), data)) == [("paragraph", PROSE * 3 + "镕")]


def test_a_page_without_text() -> None:
    with pytest.raises(ReadError) as caught:
        of("<script>var a = 1;</script><img src='a.png'>")
    assert caught.value.code == "no-text"


def test_deep_nesting_is_read() -> None:
    assert texts(of("<div>" * 240 + PROSE + "</div>" * 240)) == [("paragraph", PROSE)]


def test_characters_that_no_document_may_hold_are_left_out() -> None:
    document = of(f"<p>{PROSE[:10]}\x01&#1;\x0c&#x1F;<script>1</script>{PROSE[10:]}</p>")
    assert texts(document) == [("paragraph", PROSE)]
