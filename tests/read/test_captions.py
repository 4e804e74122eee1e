from __future__ import annotations

import re

import pytest

from reportcheck.catalog import table
from reportcheck.read.captions import (
    caption_and_unit,
    caption_in_cells,
    looks_like_caption,
    looks_like_contents,
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
        (["长" * 61], "", ""),
    ],
)  # fmt: skip
def test_lines_above_a_table(above: list[str], caption: str, unit: str) -> None:
    assert caption_and_unit(above) == (caption, unit)


@pytest.mark.parametrize(
    ("rows", "caption", "unit"),
    [
        ([["收支表", "收支表"], ["单位：元", "单位：元"]], "收支表", "单位：元"),
        ([["收支表", None], ["", "金额单位：万元"]], "收支表", "金额单位：万元"),
        ([["附表1", "附表1"], ["", ""], ["收支表", "收支表"]], "收支表", ""),
        ([["附表1", "附表1"], ["项目", "金额"]], "附表1", ""),
        ([["项目", "金额"]], "", ""),
        ([["项目", "金额（单位：元）"]], "", ""),
        ([["填报单位：甲局", "单位：元"]], "", "单位：元"),
        ([["填报单位：甲局　金额单位：元", "项目"]], "", "金额单位：元"),
        ([["收支表"]], "", ""),
        ([["部门：甲局", "部门：甲局"]], "", ""),
        ([], "", ""),
    ],
)
def test_rows_at_the_top_of_a_table(rows: list[list[str | None]], caption: str, unit: str) -> None:
    assert (caption_in_cells(rows), unit_in_cells(rows)) == (caption, unit)


@pytest.mark.parametrize("text", table("captions")["caption"]["examples"])
def test_captions(text: str) -> None:
    assert looks_like_caption(text)


@pytest.mark.parametrize("text", table("captions")["caption"]["not_examples"])
def test_no_captions(text: str) -> None:
    assert not looks_like_caption(text)


@pytest.mark.parametrize("text", table("captions")["unit_note"]["examples"])
def test_unit_notes(text: str) -> None:
    assert unit_note(text) in text
    assert re.match("(?:金额)?单位[:：]", unit_note(text))


@pytest.mark.parametrize("text", table("captions")["unit_note"]["not_examples"])
def test_no_unit_notes(text: str) -> None:
    assert unit_note(text) == ""


@pytest.mark.parametrize("text", table("captions")["contents"]["examples"])
def test_lines_of_contents(text: str) -> None:
    assert looks_like_contents(text)


@pytest.mark.parametrize("text", table("captions")["contents"]["not_examples"])
def test_no_lines_of_contents(text: str) -> None:
    assert not looks_like_contents(text)


@pytest.mark.parametrize("text", table("captions")["filled_in_by"]["examples"])
def test_lines_that_say_who_filled_a_table_in(text: str) -> None:
    assert caption_and_unit(["甲表", text]) == ("甲表", "")


@pytest.mark.parametrize("text", table("captions")["filled_in_by"]["not_examples"])
def test_lines_that_do_not(text: str) -> None:
    assert caption_and_unit(["甲表", text]) == (text, "")
