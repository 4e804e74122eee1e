from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportcheck.catalog import built_in
from reportcheck.errors import ReadError
from reportcheck.model import Document
from reportcheck.read.encodings import decode
from reportcheck.read.txt import blocks_of, read

PATH = Path("报告.txt")
SENTENCE = "二、全年预算60万元，实际支出52.05万元，执行率为86.75%；其中“三公”经费3.20万元。\n"
TRADITIONAL = "本年度預算執行情況：實際支出六十萬元，與計劃相符，經費標準總體達標。\n"


def read_text(text: str) -> Document:
    return read(PATH, text.encode())


def lines(document: Document) -> list[tuple[str, str, int | None]]:
    return [(block.id, block.text, block.origin.line) for block in document.blocks]


def facts(data: bytes) -> list[tuple[str, dict[str, object]]]:
    return [(notice.code, dict(notice.facts)) for notice in read(PATH, data).notices]


# --- lines ---


def test_each_line_is_a_block() -> None:
    assert lines(read_text("　　标题　\r\n\r\n一、概况\r二、支出 60 万元\n\n")) == [
        ("p1", "标题", 1),
        ("p2", "一、概况", 3),
        ("p3", "二、支出 60 万元", 4),
    ]


def test_form_feeds_part_lines_without_counting() -> None:
    assert lines(read_text("甲\f乙\v丙\n丁\f\n戊\u2028己")) == [
        ("p1", "甲", 1),
        ("p2", "乙", 1),
        ("p3", "丙", 1),
        ("p4", "丁", 2),
        ("p5", "戊", 3),
        ("p6", "己", 3),
    ]


def test_lines_of_contents_have_their_role() -> None:
    document = read_text("目录\n一、概况........1\n一、概况\n")
    assert [block.role for block in document.blocks] == ["paragraph", "contents", "paragraph"]


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(st.lists(st.text(st.sampled_from("预算支出60.5，。 　%"), max_size=20), max_size=5))
def test_every_line_comes_back(written: list[str]) -> None:
    kept = [line.strip() for line in written if line.strip()]
    assert [block.text for block in read_text("\n".join(written)).blocks] == kept


# --- wrapped lines ---

PROSE = (
    "本单位全年预算收入为1234.56万元，其中一般公共预算拨款收入1000.00万元，政府性基金预算拨款收入"
    "234.56万元，均已按照规定用途及时足额拨付到位，没有截留、挤占和挪用的情况发生，资金使用符合国家财经法规"
    "和财务管理制度以及有关专项资金管理办法的规定。"
)


def columns(text: str, width: int) -> str:
    """The text broken as an editor does, at a number of columns, wherever that falls."""
    broken, used = "", 0
    for character in text:
        wide = 2 if ord(character) > 0x7F else 1
        if used + wide > width:
            broken, used = broken + "\n", 0
        broken, used = broken + character, used + wide
    return broken


@pytest.mark.parametrize("width", [40, 50, 61, 72])
@pytest.mark.parametrize("indent", ["　　", "    ", ""])
def test_wrapped_lines_are_joined(width: int, indent: str) -> None:
    body = "\n".join([columns(indent + PROSE, width)] * 3)
    document = read_text(f"自评报告\n{body}\n")
    assert [block.text for block in document.blocks] == ["自评报告", PROSE, PROSE, PROSE]


def test_joined_paragraphs_keep_the_line_they_begin_on() -> None:
    body = columns("　　" + PROSE, 60)
    assert body.count("\n") == 4
    assert [block.origin.line for block in read_text(f"{body}\n\n{body}").blocks] == [1, 7]


def test_headings_between_wrapped_lines_stay_apart() -> None:
    body = columns("　　" + PROSE, 60)
    document = read_text(f"一、收入情况\n{body}\n二、支出情况\n{body}\n")
    assert [block.text for block in document.blocks] == ["一、收入情况", PROSE, "二、支出情况", PROSE]


def test_short_runs_between_tables_are_joined_too() -> None:
    body = columns("　　" + PROSE, 60)
    table = "项目\t预算\t支出\n甲\t60\t52.05\n"
    document = read_text(f"{body}\n{table}{body}\n{table}{body}\n")
    assert [block.text for block in document.blocks if block.role != "cell"] == [PROSE] * 3


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{n}.指导下级单位开展第{n}项业务工作并按时报送有关材料和总结\n" for n in range(10, 30)),
        "".join(f"青山县{name}镇人民政府便民服务中心办公室主任岗位说明书一份\n" for name in "东南西北中上下左右前"),
        (PROSE + "\n") * 8,
        "甲\n乙\n丙\n丁\n戊\n己\n庚\n",
    ],
)
def test_lists_and_whole_paragraphs_are_left_alone(text: str) -> None:
    assert [block.text for block in read_text(text).blocks] == text.splitlines()


@pytest.mark.parametrize("broken", built_in("captions")["sentence"]["broken_figure_examples"])
def test_a_figure_that_a_line_end_breaks_is_whole_again(broken: str) -> None:
    text = f"项目情况\n全年{broken}其余按计划推进。\n完成任务。"
    lines = ["项目情况", f"全年{broken}其余按计划推进。".replace("\n", ""), "完成任务。"]
    assert [block.text for block in read_text(text).blocks] == lines


@pytest.mark.parametrize("text", ["支出合计52.05\n元旦节前完成", "共有在职人员52\n人员经费80万元", "2022\n万元"])
def test_other_lines_that_end_in_digits_stay_apart(text: str) -> None:
    assert [block.text for block in read_text(text).blocks] == text.splitlines()


def test_broken_words_get_a_space() -> None:
    filler = [
        "支" * 28 + "Report",
        "System" + "出" * 26 + "共",
        "计" * 31,
        "支" * 31,
        "出" * 31,
        "年" * 31,
        "完。",
    ]
    document = read_text("\n".join(filler))
    assert [block.text for block in document.blocks] == [
        filler[0] + " " + "".join(filler[1:]),
    ]


# --- tables ---


def test_tabbed_lines_are_a_table() -> None:
    document = read_text("支出情况表\n单位：万元\n项目\t预算\t支出\n甲\t60\t52.05\n乙\t\t3\t注\n说明\t一项\n")
    [table] = document.tables
    assert (table.id, table.caption, table.unit_note) == ("t1", "支出情况表", "单位：万元")
    assert [[cell and cell.text for cell in row] for row in table.cells] == [
        ["项目", "预算", "支出", None],
        ["甲", "60", "52.05", None],
        ["乙", "", "3", "注"],
    ]
    assert [(block.id, block.role, block.text, block.origin.line) for block in document.blocks[2:]] == [
        ("t1.r1c1", "cell", "项目", 3),
        ("t1.r1c2", "cell", "预算", 3),
        ("t1.r1c3", "cell", "支出", 3),
        ("t1.r2c1", "cell", "甲", 4),
        ("t1.r2c2", "cell", "60", 4),
        ("t1.r2c3", "cell", "52.05", 4),
        ("t1.r3c1", "cell", "乙", 5),
        ("t1.r3c2", "cell", "", 5),
        ("t1.r3c3", "cell", "3", 5),
        ("t1.r3c4", "cell", "注", 5),
        ("p3", "paragraph", "说明\t一项", 6),
    ]


def test_one_tabbed_line_is_no_table() -> None:
    document = read_text("单位负责人：\t甲\t填报人：\t乙\n后文\n")
    assert document.tables == ()
    assert [block.text for block in document.blocks] == ["单位负责人：\t甲\t填报人：\t乙", "后文"]


@pytest.mark.parametrize(
    "text",
    [
        "| 项目 | 预算 | 支出 |\n| --- | ---: | :-: |\n| 甲 | 60 | |\n",
        "┌──┬──┬──┐\n│项目│预算│支出│\n├──┼──┼──┤\n│甲│60││\n└──┴──┴──┘\n",
    ],
)
def test_drawn_tables(text: str) -> None:
    [table] = read_text(text).tables
    assert [[cell and cell.text for cell in row] for row in table.cells] == [
        ["项目", "预算", "支出"],
        ["甲", "60", ""],
    ]


# --- encodings ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_certain_encodings_need_no_notice(encoding: str) -> None:
    assert lines(read(PATH, SENTENCE.encode(encoding))) == [("p1", SENTENCE.strip(), 1)]
    assert facts(SENTENCE.encode(encoding)) == []


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (SENTENCE, "gb18030", "gb18030"),
        (SENTENCE, "gbk", "gb18030"),
        (SENTENCE * 3000, "gbk", "gb18030"),
        ("支出六十", "gbk", "gb18030"),
        (SENTENCE, "utf-16-le", "utf-16-le"),
        (SENTENCE, "utf-16-be", "utf-16-be"),
        ("60.5\t52\n", "utf-16-le", "utf-16-le"),
        (TRADITIONAL, "big5hkscs", "big5hkscs"),
        (TRADITIONAL, "utf-16-le", "utf-16-le"),
    ],
)
def test_guessed_encodings_are_told(text: str, encoding: str, named: str) -> None:
    assert decode(text.encode(encoding)).text == text
    assert facts(text.encode(encoding)) == [("encoding-guessed", {"encoding": named})]


def test_damaged_texts_are_read_with_doubt() -> None:
    gbk = (SENTENCE * 20).encode("gbk")
    assert facts(gbk[:100] + b"\xff" + gbk[100:]) == [
        ("encoding-guessed", {"encoding": "gb18030"}),
        ("encoding-doubtful", {"encoding": "gb18030", "replaced": 1}),
    ]
    utf8 = (SENTENCE * 20).encode()
    assert facts(utf8[:-2]) == [
        ("encoding-guessed", {"encoding": "utf-8"}),
        ("encoding-doubtful", {"encoding": "utf-8", "replaced": 1}),
    ]
    assert facts(SENTENCE.encode("utf-16")[:-1]) == [("encoding-doubtful", {"encoding": "utf-16", "replaced": 1})]


NOISE = [bytes(range(128, 256)) * 20, bytes(range(256)) * 4, b"\x00\x01\x02\xff" * 50, b"\x80"]


@pytest.mark.parametrize("data", NOISE)
def test_noise_is_undecodable(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read(PATH, data)
    assert caught.value.code == "undecodable"


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document = read(PATH, data)
    except ReadError as error:
        assert error.code == "undecodable"  # noqa: PT017
    else:
        assert document.kind == "txt"


def test_rows_ahead_of_a_table_and_indents_of_its_fields() -> None:
    document = read_text("收支表\n部门：甲局\t\t单位：万元\n项目\t预算\t决算\n\u3000\u3000税收\t 60\t50\n")
    table = document.tables[0]
    assert (table.caption, table.unit_note) == ("收支表", "单位：万元")
    assert [[(cell.text, cell.indent) if cell else None for cell in row] for row in table.cells] == [
        [("项目", 0), ("预算", 0), ("决算", 0)],
        [("税收", 4), ("60", 1), ("50", 0)],
    ]


def roles(text: str) -> list[str]:
    return [block.role for block in blocks_of(text)[0]]


def test_contents_without_leaders_end_where_their_first_entry_stands_again() -> None:
    text = "目 录\n第一部分 概况\n一、职责\n第二部分 说明\n第一部分 概况\n一、职责\n第二部分 说明"
    assert roles(text) == ["contents"] * 4 + ["paragraph"] * 3


def test_contents_with_page_numbers_end_with_the_last_of_them() -> None:
    assert roles("目录\n概况 1\n说明 PAGEREF _Toc3 h 12\n概述\n甲单位。") == ["contents"] * 3 + ["paragraph"] * 2


def test_a_word_is_no_table_of_contents() -> None:
    assert roles("目录\n一、职责\n负责目录管理。\n二、机构") == ["paragraph"] * 4
