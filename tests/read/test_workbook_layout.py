"""What on a sheet is a line and what a table: several tables, titles, units, notes, blank rows and columns."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from workbook_files import Page, Rows, Styled, xlsx

from reportcheck.catalog import built_in
from reportcheck.read import read

HEAD = ["项目", "预算", "决算"]
FIRST = ["甲", "1", "2"]
SECOND = ["乙", "3", "4"]


def outline(folder: Path, rows: Rows, *merged: str, name: str = "Sheet1") -> list[str | list[list[str]]]:
    """The lines as they follow, and each table as its caption and unit with its rows below."""
    path = folder / "表.xlsx"
    path.write_bytes(xlsx(Page(rows, name=name, merged=merged)))
    document = read(path)
    tables = {each.id: each for each in document.tables}
    found: list[str | list[list[str]]] = []
    for block in document.blocks[1:]:
        name, _, place = block.id.partition(".")
        if not place:
            found.append(block.text)
        elif place == "r1c1":
            cells = tables[name].cells
            rows_of = [[cell.text if cell else "∅" for cell in row] for row in cells]
            found.append([[tables[name].caption, tables[name].unit_note], *rows_of])
    return found


# --- titles and units ---


def test_lines_above_belong_to_the_table(tmp_path: Path) -> None:
    rows = [["附表1"], ["支出情况表"], ["编制单位：甲局", None, "单位：万元"], HEAD, FIRST]
    assert outline(tmp_path, rows, "A2:C2") == [
        "附表1",
        "支出情况表",
        "编制单位：甲局",
        "单位：万元",
        [["支出情况表", "单位：万元"], HEAD, FIRST],
    ]


def test_a_title_may_stand_off_and_span_rows(tmp_path: Path) -> None:
    rows = [["支出情况表"], [], [], HEAD, FIRST]
    assert outline(tmp_path, rows, "A1:C2") == ["支出情况表", [["支出情况表", ""], HEAD, FIRST]]


def test_the_number_of_a_table_is_its_caption_only_for_want_of_a_title(tmp_path: Path) -> None:
    assert outline(tmp_path, [["表4-1"], HEAD, FIRST]) == ["表4-1", [["表4-1", ""], HEAD, FIRST]]
    assert outline(tmp_path, [["支出表"], ["表四", None, "单位：元"], HEAD, FIRST])[3] == [
        ["支出表", "单位：元"],
        HEAD,
        FIRST,
    ]


@pytest.mark.parametrize(("name", "caption"), [("支出决算表", "支出决算表"), ("Sheet1", ""), ("工作表 2", "")])
def test_the_name_of_the_sheet_is_a_caption_if_it_says_something(tmp_path: Path, name: str, caption: str) -> None:
    assert outline(tmp_path, [HEAD, FIRST], name=name) == [[[caption, ""], HEAD, FIRST]]


def test_a_heading_over_some_columns_is_no_title(tmp_path: Path) -> None:
    rows = [[None, "2023年"], HEAD, FIRST]
    merged = [["", "2023年", "2023年"], HEAD, FIRST]
    assert outline(tmp_path, rows, "B1:C1") == [[["", ""], *merged]]


def test_a_unit_in_a_ruled_row_is_still_a_line(tmp_path: Path) -> None:
    frame = Styled(border=True)
    rows = [["支出表", None, None], [frame, Styled("单位：万元", border=True), frame], HEAD, FIRST]
    assert outline(tmp_path, rows, "A1:C1", "B2:C2") == [
        "支出表",
        "单位：万元",
        [["支出表", "单位：万元"], HEAD, FIRST],
    ]


# --- below ---


def test_notes_below_are_lines(tmp_path: Path) -> None:
    rows = [HEAD, FIRST, ["其中："], ["注：1. 本表不含结转"], ["2. 单位为万元"], ["填表人：甲", "电话：1"]]
    assert outline(tmp_path, rows) == [
        [["", ""], HEAD, FIRST, ["其中：", "", ""]],
        "注：1. 本表不含结转",
        "2. 单位为万元",
        "填表人：甲",
        "电话：1",
    ]


def test_a_sentence_below_is_a_line_and_a_name_is_a_row(tmp_path: Path) -> None:
    assert outline(tmp_path, [HEAD, FIRST, ["本表数据来自决算。"]]) == [[["", ""], HEAD, FIRST], "本表数据来自决算。"]
    assert outline(tmp_path, [HEAD, FIRST, ["结余"]]) == [[["", ""], HEAD, FIRST, ["结余", "", ""]]]


def test_what_stands_around_a_table_is_cut(tmp_path: Path) -> None:
    rows = [[], [None, *HEAD], [None, *FIRST], [None, "", " ", None, ""], []]
    assert outline(tmp_path, rows, "B3:B9", "D2:H2") == [[["", ""], HEAD, FIRST]]


# --- one below the other ---


def test_tables_between_blank_rows(tmp_path: Path) -> None:
    rows = [["收入表"], ["单位：元"], HEAD, FIRST, ["注：略"], [], ["支出表"], HEAD, SECOND, [], HEAD, FIRST]
    assert outline(tmp_path, rows, "A1:C1", "A7:C7") == [
        "收入表",
        "单位：元",
        [["收入表", "单位：元"], HEAD, FIRST],
        "注：略",
        "支出表",
        [["支出表", ""], HEAD, SECOND],
        [["", ""], HEAD, FIRST],
    ]


def test_tables_that_only_a_title_with_a_unit_parts(tmp_path: Path) -> None:
    rows = [HEAD, FIRST, ["注：略"], ["支出表"], [None, None, "单位：元"], HEAD, SECOND]
    assert outline(tmp_path, rows, "A4:C4") == [
        [["", ""], HEAD, FIRST],
        "注：略",
        "支出表",
        "单位：元",
        [["支出表", "单位：元"], HEAD, SECOND],
    ]


def test_a_name_between_rows_parts_nothing(tmp_path: Path) -> None:
    rows = [HEAD, FIRST, ["二、支出"], SECOND]
    assert outline(tmp_path, rows) == [[["", ""], HEAD, FIRST, ["二、支出", "", ""], SECOND]]


@pytest.mark.parametrize("blank", [1, 2])
def test_a_table_goes_on_after_a_blank_row(tmp_path: Path, blank: int) -> None:
    rows = [HEAD, FIRST, *[[]] * blank, ["二、支出"], SECOND]
    nothing = [["", "", ""]] * blank
    assert outline(tmp_path, rows) == [[["", ""], HEAD, FIRST, *nothing, ["二、支出", "", ""], SECOND]]


@pytest.mark.parametrize(
    ("below", "merged"),
    [
        ([["指标", "目标", "实际"], ["满意度", "90%", "95%"]], ()),
        ([["项目", "2022", "2023"], SECOND], ()),
        ([["支出表"], SECOND], ("A4:C4",)),
        ([["单位：元"], SECOND], ()),
        ([["乙", "3", "4", "5"]], ()),
    ],
)
def test_a_table_of_its_own_after_a_blank_row(tmp_path: Path, below: Rows, merged: tuple[str, ...]) -> None:
    found = outline(tmp_path, [HEAD, FIRST, [], *below], *merged)
    assert found[0] == [["", ""], HEAD, FIRST]
    assert isinstance(found[-1], list)
    assert len(found[-1]) == len(below) + 1 - (len(found) - 2)


def test_far_below_nothing_goes_on(tmp_path: Path) -> None:
    assert outline(tmp_path, [HEAD, FIRST, [], [], [], SECOND]) == [[["", ""], HEAD, FIRST], [["", ""], SECOND]]


def test_rows_that_are_ruled_but_empty_hold_a_form_together(tmp_path: Path) -> None:
    frame = [Styled(border=True)] * 3
    rows = [HEAD, FIRST, frame, frame, frame, ["目标", "质量", "达标"], frame]
    empty = ["", "", ""]
    assert outline(tmp_path, rows) == [[["", ""], HEAD, FIRST, empty, empty, empty, ["目标", "质量", "达标"]]]


# --- side by side ---


def test_tables_beside_each_other(tmp_path: Path) -> None:
    rows: Rows = [
        ["全市收支"],
        ["收入表", None, None, None, "支出表"],
        [*HEAD, None, *HEAD],
        [*FIRST, None, *SECOND],
        [None, None, None, None, *FIRST],
    ]
    assert outline(tmp_path, rows, "A1:G1") == [
        "全市收支",
        "收入表",
        [["收入表", ""], HEAD, FIRST],
        "支出表",
        [["支出表", ""], HEAD, SECOND, FIRST],
    ]


def test_a_title_over_both_is_the_caption_of_each(tmp_path: Path) -> None:
    rows = [["全市收支"], ["单位：元"], [*HEAD, None, *HEAD], [*FIRST, None, *SECOND]]
    assert outline(tmp_path, rows, "A1:G1")[2:] == [
        [["全市收支", "单位：元"], HEAD, FIRST],
        [["全市收支", "单位：元"], HEAD, SECOND],
    ]


def test_titled_tables_side_by_side_without_a_gap(tmp_path: Path) -> None:
    rows: Rows = [
        ["收入表", None, None, "支出表"],
        ["表一", None, "单位：元", "表二", None, "单位：万元"],
        [*HEAD, *HEAD],
        [*FIRST, *SECOND],
    ]
    assert outline(tmp_path, rows, "A1:C1", "D1:F1") == [
        "收入表",
        "表一",
        "单位：元",
        [["收入表", "单位：元"], HEAD, FIRST],
        "支出表",
        "表二",
        "单位：万元",
        [["支出表", "单位：万元"], HEAD, SECOND],
    ]


def test_two_sides_of_one_table_stay_together(tmp_path: Path) -> None:
    rows = [["收入", None, "支出", None], ["项目", "金额", "项目", "金额"], ["甲", "1", "乙", "2"]]
    assert outline(tmp_path, rows, "A1:B1", "C1:D1") == [
        [["", ""], ["收入", "收入", "支出", "支出"], ["项目", "金额", "项目", "金额"], ["甲", "1", "乙", "2"]]
    ]


def test_names_that_stand_off_from_their_figures_stay_with_them(tmp_path: Path) -> None:
    rows = [["项目", None, "预算", "决算"], ["甲", None, "1", "2"]]
    assert outline(tmp_path, rows) == [[["", ""], ["项目", "", "预算", "决算"], ["甲", "", "1", "2"]]]


def test_a_column_that_is_ruled_but_empty_parts_nothing(tmp_path: Path) -> None:
    frame = Styled(border=True)
    rows = [["甲", "1", frame, "2"], ["乙", "3", frame, "4"]]
    assert outline(tmp_path, rows) == [[["", ""], ["甲", "1", "", "2"], ["乙", "3", "", "4"]]]


def test_prose_is_lines(tmp_path: Path) -> None:
    rows = [["编制说明"], ["一、口径不变。"], [], ["二、数据来自决算。"]]
    assert outline(tmp_path, rows, "A1:D1") == ["编制说明", "一、口径不变。", "二、数据来自决算。"]


# --- words ---


@pytest.mark.parametrize("name", ["label", "filled", "note"])
def test_words_match_their_examples(name: str) -> None:
    lines = built_in("reading_workbook")["lines"]
    pattern = re.compile(lines[name])
    assert [text for text in lines[f"{name}_examples"] if not pattern.search(text)] == []
    assert [text for text in lines[f"not_{name}_examples"] if pattern.search(text)] == []
