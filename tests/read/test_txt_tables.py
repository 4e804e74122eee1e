"""Tables within plain text: drawn with bars, or copied with tabs between their cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportcheck import check_text
from reportcheck.model import Document, Table
from reportcheck.read.txt import read


def read_text(text: str) -> Document:
    return read(Path("报告.txt"), text.encode())


def grid(table: Table) -> list[list[str | None]]:
    """The cells by id and text, a cell that a merge repeats by its id alone."""
    seen: set[str] = set()
    rows: list[list[str | None]] = []
    for row in table.cells:
        rows.append([])
        for cell in row:
            if cell is None:
                rows[-1].append(None)
                continue
            name = cell.id.partition(".")[2]
            rows[-1].append(name if cell.id in seen else f"{name} {cell.text}".strip())
            seen.add(cell.id)
    return rows


# --- bars ---


def test_a_table_of_bars_stands_among_the_blocks() -> None:
    document = read_text(
        "一、经费情况\n表1 支出情况表\n单位：万元\n"
        "| 项目 | 支出 |\n|---|---:|\n| 合计 | 90.00 |\n|　　会议 |   60.00 |\n以上。\n"
    )
    assert [(block.id, block.text, block.role, block.origin.line, block.indent) for block in document.blocks] == [
        ("p1", "一、经费情况", "paragraph", 1, 0),
        ("p2", "表1 支出情况表", "paragraph", 2, 0),
        ("p3", "单位：万元", "paragraph", 3, 0),
        ("t1.r1c1", "项目", "cell", 4, 0),
        ("t1.r1c2", "支出", "cell", 4, 0),
        ("t1.r2c1", "合计", "cell", 6, 0),
        ("t1.r2c2", "90.00", "cell", 6, 0),
        ("t1.r3c1", "会议", "cell", 7, 4),
        ("t1.r3c2", "60.00", "cell", 7, 2),
        ("p4", "以上。", "paragraph", 8, 0),
    ]
    [table] = document.tables
    assert (table.id, table.caption, table.unit_note) == ("t1", "表1 支出情况表", "单位：万元")
    assert table.cells == (
        (document.blocks[3], document.blocks[4]),
        (document.blocks[5], document.blocks[6]),
        (document.blocks[7], document.blocks[8]),
    )


def test_cells_that_go_on_with_their_neighbours() -> None:
    [table] = read_text("| 项目 | 预算数 | < |\n| ^ | 年初 | 全年 |\n| 甲 | 1 | 2 |\n| ^ | < | ^ |\n").tables
    assert grid(table) == [
        ["r1c1 项目", "r1c2 预算数", "r1c2"],
        ["r1c1", "r2c2 年初", "r2c3 全年"],
        ["r3c1 甲", "r3c2 1", "r3c3 2"],
        ["r3c1", "r3c1", "r3c3"],
    ]


def test_marks_with_no_neighbour_are_text() -> None:
    [table] = read_text("| < | ^ |\n| 甲 | < 3 | ^ |\n").tables
    assert grid(table) == [["r1c1 <", "r1c2 ^", None], ["r2c1 甲", "r2c2 < 3", "r2c3 ^"]]


def test_blank_cells_and_rows_stay() -> None:
    [table] = read_text("| 项目 | 支出 |\n| - | - |\n|  |  |\n| 甲 | |\n| 乙 | - |\n| - | - |\n").tables
    assert grid(table) == [
        ["r1c1 项目", "r1c2 支出"],
        ["r2c1", "r2c2"],
        ["r3c1 甲", "r3c2"],
        ["r4c1 乙", "r4c2 -"],
        ["r5c1 -", "r5c2 -"],
    ]


def test_an_escaped_bar_is_text() -> None:
    [table] = read_text("| 项目 | 支出 |\n| 甲\\|乙 | 3 |\n").tables
    assert grid(table) == [["r1c1 项目", "r1c2 支出"], ["r2c1 甲|乙", "r2c2 3"]]


def test_rows_of_different_lengths_leave_holes() -> None:
    [table] = read_text("| 项目 | 支出 |\n| 甲 | 3 | 注 |\n").tables
    assert grid(table) == [["r1c1 项目", "r1c2 支出", None], ["r2c1 甲", "r2c2 3", "r2c3 注"]]


def test_a_text_between_parts_two_tables() -> None:
    first, second = read_text("|甲|1|\n|乙|2|\n\n|丙|3|\n|丁|4|\n").tables
    assert (grid(first), grid(second)) == (
        [["r1c1 甲", "r1c2 1"], ["r2c1 乙", "r2c2 2"]],
        [["r1c1 丙", "r1c2 3"], ["r2c1 丁", "r2c2 4"]],
    )


@pytest.mark.parametrize(
    "text",
    [
        "工作简报|第3期|2023年\n支出60|其中会议费20\n",
        "| 只有一行 | 60 |\n后文\n",
        "|加粗|\n|着重|\n",
        "| 甲 | 60 |\n\n| 乙 | 70 |\n",
        "----------\n----------\n",
    ],
)
def test_prose_with_bars_stays_prose(text: str) -> None:
    document = read_text(text)
    assert document.tables == ()
    assert [block.text for block in document.blocks] == [line for line in text.splitlines() if line]


# --- tabs ---


def test_a_copied_table_keeps_its_blank_fields_and_rows() -> None:
    document = read_text(
        "支出表\n单位：元\n项目\t预算\t支出\n一、基本支出\t\t\n　人员\t60\t50\n\t\t\n合计\t60\t50\n填表人：\t甲\n"
    )
    [table] = document.tables
    assert (table.caption, table.unit_note) == ("支出表", "单位：元")
    assert [[cell and (cell.text, cell.indent) for cell in row] for row in table.cells] == [
        [("项目", 0), ("预算", 0), ("支出", 0)],
        [("一、基本支出", 0), ("", 0), ("", 0)],
        [("人员", 2), ("60", 0), ("50", 0)],
        [("", 0), ("", 0), ("", 0)],
        [("合计", 0), ("60", 0), ("50", 0)],
    ]
    assert [block.text for block in document.blocks if block.role != "cell"] == ["支出表", "单位：元", "填表人：\t甲"]


def test_blank_fields_of_a_header_belong_to_merged_cells() -> None:
    text = (
        "项目\t\t预算数\t\t决算数\n"
        "编码\t名称\t年初\t全年\t\n"
        "201\t行政运行\t1\t2\t3\n"
        "\t合计\t1\t2\t3\n"
    )  # fmt: skip
    assert grid(read_text(text).tables[0]) == [
        ["r1c1 项目", "r1c1", "r1c3 预算数", "r1c3", "r1c5 决算数"],
        ["r2c1 编码", "r2c2 名称", "r2c3 年初", "r2c4 全年", "r1c5"],
        ["r3c1 201", "r3c2 行政运行", "r3c3 1", "r3c4 2", "r3c5 3"],
        ["r4c1", "r4c2 合计", "r4c3 1", "r4c4 2", "r4c5 3"],
    ]


def test_blank_names_beside_names_belong_to_those_above() -> None:
    text = (
        "一级\t二级\t分值\t说明\n"
        "产出\t数量\t10\t甲\n"
        "\t质量\t20\t\n"
        "总分\t\t30\t乙\n"
    )  # fmt: skip
    assert grid(read_text(text).tables[0]) == [
        ["r1c1 一级", "r1c2 二级", "r1c3 分值", "r1c4 说明"],
        ["r2c1 产出", "r2c2 数量", "r2c3 10", "r2c4 甲"],
        ["r2c1", "r3c2 质量", "r3c3 20", "r3c4"],
        ["r4c1 总分", "r4c2", "r4c3 30", "r4c4 乙"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "项目名称：\t\t培训\n实施单位：\t\t县局\n评价年度：\t\t2023年\n",
        "标题\t2023\n标题\t2024\n标题\t2025\n",
        "\t\t全年支出60万元。\n\t\t其中会议费20万元。\n",
    ],
)
def test_tabbed_lines_without_columns_of_figures_stay_prose(text: str) -> None:
    document = read_text(text)
    assert document.tables == ()
    assert [block.text for block in document.blocks] == [line.strip() for line in text.splitlines()]


# --- the same for a text that is given as such ---


def test_a_text_is_read_like_a_file() -> None:
    text = "一、概况\n\n表1\n| 项目 | 支出 |\n|---|---|\n| 合计 | 3 |\n\n项目\t预算\t支出\n甲\t60\t52.05\n"
    assert check_text(text).document.blocks == read_text(text).blocks
    assert check_text(text).document.tables == read_text(text).tables
