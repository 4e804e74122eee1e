from __future__ import annotations

import re

import pytest

from reportcheck.catalog import built_in
from reportcheck.read.captions import (
    caption_and_unit,
    is_label,
    looks_like_caption,
    looks_like_contents,
    looks_like_table_name,
    names_section,
    says_when,
    unit_in_cells,
    unit_note,
)


@pytest.mark.parametrize(
    ("above", "caption", "unit"),
    [
        ([], "", ""),
        (["支出情况如下："], "", ""),
        (["全年支出60万元。"], "", ""),
        (["表1 项目支出情况表"], "表1 项目支出情况表", ""),
        (["正文。", "项目支出情况表", "单位：万元"], "项目支出情况表", "单位：万元"),
        (["表1 收入情况（单位：万元）"], "表1 收入情况", "单位：万元"),
        (["收入决算表", "公开01表", "部门：甲县乙局", "金额单位：元"], "收入决算表", "金额单位：元"),
        (["收支表\n单位：万元"], "收支表", "单位：万元"),
        (["甲表", "填报单位：甲县乙局　　金额单位：万元"], "甲表", "金额单位：万元"),
        (["甲表", "填报单位：甲县乙局"], "甲表", ""),
        (["甲表", "另一段话。", "单位：万元"], "", "单位：万元"),
        (["支出绩效自评表", "（2023年度）", "单位：元"], "支出绩效自评表", "单位：元"),
        (["长" * 61], "", ""),
        (["2023"], "", ""),
    ],
)  # fmt: skip
def test_lines_above_a_table(above: list[str], caption: str, unit: str) -> None:
    assert caption_and_unit(above) == (caption, unit)


@pytest.mark.parametrize(
    ("rows", "unit"),
    [
        ([["收支表", "收支表"], ["单位：元", "单位：元"]], "单位：元"),
        ([["收支表", None], ["", "金额单位：万元"]], "金额单位：万元"),
        ([["项目", "金额"]], ""),
        ([["项目", "金额（单位：元）"]], ""),
        ([["填报单位：甲局", "单位：元"]], "单位：元"),
        ([["填报单位：甲局　金额单位：元", "项目"]], "金额单位：元"),
        ([], ""),
    ],
)
def test_units_in_rows_at_the_top_of_a_table(rows: list[list[str | None]], unit: str) -> None:
    assert unit_in_cells(rows) == unit


@pytest.mark.parametrize(
    ("text", "name", "label", "section", "when"),
    [
        ("收入支出决算总表", True, False, False, False),
        ("支出情况表（续）", True, False, False, False),
        ("附表2", False, True, False, False),
        ("附件", False, True, False, False),
        ("一、税收收入", False, False, True, False),
        ("（二）项目支出", False, False, True, False),
        ("2. 项目支出", False, False, True, False),
        ("（2023年度）", False, False, False, True),
        ("二〇二三年", False, False, False, True),
        ("2023年12月31日", False, False, False, True),
        ("2023年收入", False, False, False, False),
    ],
)
def test_what_a_line_is(text: str, name: bool, label: bool, section: bool, when: bool) -> None:
    assert (looks_like_table_name(text), is_label(text), names_section(text), says_when(text)) == (
        *(name, label, section, when),
    )


@pytest.mark.parametrize("text", built_in("captions")["caption"]["examples"])
def test_captions(text: str) -> None:
    assert looks_like_caption(text)


@pytest.mark.parametrize("text", built_in("captions")["caption"]["not_examples"])
def test_no_captions(text: str) -> None:
    assert not looks_like_caption(text)


@pytest.mark.parametrize("text", built_in("captions")["unit_note"]["examples"])
def test_unit_notes(text: str) -> None:
    assert unit_note(text) in text
    assert re.match("(?:金额)?单位[:：]", unit_note(text))


@pytest.mark.parametrize("text", built_in("captions")["unit_note"]["not_examples"])
def test_no_unit_notes(text: str) -> None:
    assert unit_note(text) == ""


@pytest.mark.parametrize("text", built_in("captions")["contents"]["examples"])
def test_lines_of_contents(text: str) -> None:
    assert looks_like_contents(text)


@pytest.mark.parametrize("text", built_in("captions")["contents"]["not_examples"])
def test_no_lines_of_contents(text: str) -> None:
    assert not looks_like_contents(text)


@pytest.mark.parametrize("text", built_in("captions")["filled_in_by"]["examples"])
def test_lines_that_say_who_filled_a_table_in(text: str) -> None:
    assert caption_and_unit(["甲表", text]) == ("甲表", "")


@pytest.mark.parametrize("text", built_in("captions")["filled_in_by"]["not_examples"])
def test_lines_that_do_not(text: str) -> None:
    assert caption_and_unit(["甲表", text]) == (text, "")
