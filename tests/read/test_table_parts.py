"""What of a grid is a table, and how many it holds."""

from __future__ import annotations

import pytest

from reportcheck.model import Block, Table
from reportcheck.read.table_parts import as_printed

Rows = list[str]


def whole(rows: Rows, caption: str = "", unit: str = "", header_rows: int = 0) -> tuple[list[Block], Table]:
    """A table written with bars; ``<`` goes on with the cell before, ``^`` with the one above, ``-`` is a hole."""
    blocks: list[Block] = []
    cells: list[list[Block | None]] = []
    for number, written in enumerate(rows, start=1):
        row: list[Block | None] = []
        for column, text in enumerate(written.split("|"), start=1):
            if text == "<":
                row.append(row[-1])
            elif text == "^":
                row.append(cells[-1][column - 1])
            elif text == "-":
                row.append(None)
            else:
                blocks.append(Block(f"t1.r{number}c{column}", text, "cell"))
                row.append(blocks[-1])
        cells.append(row)
    return blocks, Table("t1", tuple(map(tuple, cells)), caption, unit, header_rows)


def shown(rows: Rows, caption: str = "", unit: str = "") -> list[tuple[str, str, Rows]]:
    blocks, table = whole(rows, caption, unit)
    after, tables = as_printed(blocks, [table])
    assert [block.text for block in after] == [block.text for block in blocks]
    assert len({block.id for block in after}) == len(after)
    assert {cell for each in tables for row in each.cells for cell in row if cell} <= set(after)
    return [
        (
            each.caption,
            each.unit_note,
            ["|".join("-" if cell is None else cell.text for cell in row) for row in each.cells],
        )
        for each in tables
    ]


HEAD, BODY = "项目|金额", "甲|60"


@pytest.mark.parametrize(
    ("lead", "caption", "unit"),
    [
        (["收入支出决算总表|<"], "收入支出决算总表", ""),
        (["某县2023年收入情况|<", "单位：万元|<"], "某县2023年收入情况", "单位：万元"),
        (["附表1|<", "收支情况|<"], "收支情况", ""),
        (["附表1|"], "附表1", ""),
        (["附表1|", "|", "收支表|", "|单位：元"], "收支表", "单位：元"),
        (["附表1\n收支表\n单位：元|<"], "收支表", "单位：元"),
        (["收支表（单位：元）|<"], "收支表", "单位：元"),
        (["收支表|单位：元"], "收支表", "单位：元"),
        (["项目支出绩效自评表|<", "（2023年度）|<"], "项目支出绩效自评表", ""),
        (["某县水务局|<", "收支表|<"], "收支表", ""),
        (["某县物价涨跌幅度|<"], "某县物价涨跌幅度", ""),
        (["部门：甲局|金额单位：万元"], "", "金额单位：万元"),
        (["|单位：万元"], "", "单位：万元"),
    ],
)
def test_rows_ahead_of_a_table(lead: Rows, caption: str, unit: str) -> None:
    assert shown([*lead, HEAD, BODY]) == [(caption, unit, [HEAD, BODY])]


@pytest.mark.parametrize(
    ("rows", "caption"),
    [
        ([HEAD, BODY], ""),
        (["一、收入|<", HEAD, BODY], ""),
        (["合计|<", "其中|60", "^|40"], ""),
        (["第二十条|<", HEAD, BODY, "第二十一条|<", HEAD, BODY], ""),
        (["某县物价涨跌幅度|<", HEAD, BODY], "二、物价"),
        (["部门：甲局|<", HEAD, BODY], ""),
        (["收入决算表|", "支出决算表|", "收支总表|"], ""),
        (["附表1|收入决算表", "附表2|支出决算表", "附表3|收支总表", BODY], ""),
        (["收支表|<", "单位：元|<"], ""),
        (["全年支出60万元。|<", HEAD, BODY], ""),
        (["单位：元|2023年", BODY], ""),
        (["2022|2023", BODY], ""),
        (["收支表", "单位：元"], ""),
    ],
)
def test_rows_that_are_part_of_a_table(rows: Rows, caption: str) -> None:
    assert [(name, len(cells)) for name, _, cells in shown(rows, caption)] == [(caption, len(rows))]


def test_a_name_in_the_grid_goes_before_what_stands_above() -> None:
    assert shown(["收支表|<", HEAD, BODY], "二、收支", "单位：元") == [("收支表", "单位：元", [HEAD, BODY])]
    assert shown(["单位：万元|<", HEAD, BODY], "二、收支", "单位：元") == [("二、收支", "单位：万元", [HEAD, BODY])]


def test_a_grid_of_several_tables() -> None:
    rows = [
        *("附表1|<|", "收入表|<|<", "单位：元|<|<", "项目|金额|<", "甲|1|<"),
        *("||", "支出表|<|<", "||单位：万元", "项目|<|金额", "乙|<|2", "丙|<|3"),
        *("附表3|<|<", "结余情况|<|<", "名称|预算|2023", "丁|4|5"),
    ]
    assert shown(rows) == [
        ("收入表", "单位：元", ["项目|金额", "甲|1"]),
        ("支出表", "单位：万元", ["项目|金额", "乙|2", "丙|3"]),
        ("结余情况", "", ["名称|预算|2023", "丁|4|5"]),
    ]


@pytest.mark.parametrize(
    "inner",
    [
        ["二、支出|<", HEAD],  # a section has neither label nor unit note
        ["支出表|<", HEAD],
        ["支出情况|<", "单位：元|<", "乙|70"],  # no header follows
        ["单位：万元|<", HEAD],
        ["附表2|<", HEAD],
    ],
)
def test_where_no_table_begins(inner: Rows) -> None:
    rows = [HEAD, BODY, "乙|80", *inner, "丙|90"]
    assert len(shown(rows)) == 1
    assert len(shown(rows)[0][2]) == len(rows)


def test_no_table_begins_within_a_merged_cell() -> None:
    rows = ["类|项目|金额", "甲|乙|1", "丙|丁|2", "^|支出表|<", "^|单位：元|<", "^|名称|金额", "^|己|3"]
    assert [len(cells) for _, _, cells in shown(rows)] == [7]


def test_columns_in_which_no_cell_begins_go() -> None:
    assert shown(["项目|<|预算|决算|<|-", "甲|<|1|2|-|-", "合计|<|<|3|<|-"]) == [
        ("", "", ["项目|预算|决算", "甲|1|2", "合计|合计|3"])
    ]


def test_header_rows_count_from_the_table_itself() -> None:
    blocks, table = whole(["收支表|<", "单位：元|<", HEAD, BODY], header_rows=3)
    assert [each.header_rows for each in as_printed(blocks, [table])[1]] == [1]
    blocks, table = whole(["收支表|<", HEAD, BODY], header_rows=1)
    assert [each.header_rows for each in as_printed(blocks, [table])[1]] == [0]


def test_tables_are_numbered_anew() -> None:
    blocks, table = whole(["收入表|<", "单位：元|<", HEAD, BODY, "支出表|<", "单位：元|<", HEAD, BODY])
    last = Block("t2.r1c1", "末", "cell")
    after, tables = as_printed([Block("p1", "前"), *blocks, last], [table, Table("t2", ((last,),))])
    assert [block.id for block in after] == [
        *("p1", "t1.r1c1", "t1.r2c1", "t1.r3c1", "t1.r3c2", "t1.r4c1", "t1.r4c2"),
        *("t2.r1c1", "t2.r2c1", "t2.r3c1", "t2.r3c2", "t2.r4c1", "t2.r4c2", "t3.r1c1"),
    ]
    assert [each.id for each in tables] == ["t1", "t2", "t3"]
