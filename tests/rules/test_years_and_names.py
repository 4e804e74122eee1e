"""Years, dates and names that belong to another report: corner cases, and the examples of their tables."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec.structs import replace

from reportcheck.catalog import built_in
from reportcheck.checker import check_document
from reportcheck.extract.bodies import Body, body_of
from reportcheck.extract.dates import Date, dates
from reportcheck.extract.period import filled
from reportcheck.model import Document, Finding
from reportcheck.read.txt import blocks_of
from reportcheck.regexes import Template

TITLE = "甲县水利局2021年度部门整体支出绩效自评报告"
BODY = """2021年年初预算75万元，2021年追加5万元。
2021年度项目支出10万元，2021年基本支出70万元。
"""
RULES = {"stale-year", "impossible-date", "dates-reversed", "foreign-unit"}


def report(text: str, path: str = "-") -> Document:
    return Document(path, "txt", *blocks_of(text))


def found(document: Document) -> list[tuple[str, str, str]]:
    """(rule, severity, marked text) of each finding of these rules, by place."""
    texts = {block.id: block.text for block in document.blocks}

    def marked(finding: Finding) -> str:
        span = finding.spans[0]
        return texts[span.block][span.start : span.end]

    findings = [finding for finding in check_document(document).findings if finding.rule in RULES]
    return [(finding.rule, finding.severity, marked(finding)) for finding in findings]


# --- tables -------------------------------------------------------------------------------------


def unmarked(example: str) -> tuple[str, tuple[int, int]]:
    start, end = example.index("⟦"), example.index("⟧") - 1
    return example.replace("⟦", "").replace("⟧", ""), (start, end)


@pytest.mark.parametrize("row", built_in("periods")["slot"], ids=lambda row: row["name"])
def test_a_place_of_the_year_is_found_in_its_example(row: dict[str, Any]) -> None:
    text, place = unmarked(row["example"])
    match = filled(Template(row["pattern"])).compiled.search(text)
    assert match is not None
    assert match.span("mark") == place


@pytest.mark.parametrize("row", built_in("names")["slot"], ids=lambda row: row["name"])
def test_a_place_of_the_name_is_found_in_its_example(row: dict[str, Any]) -> None:
    text, place = unmarked(row["example"])
    match = re.search(row["pattern"].replace("{tail}", built_in("names")["body"]["tail"]), text)
    assert match is not None
    assert match.span("name") == place


def test_a_name_of_a_list_is_found_in_its_example() -> None:
    data = built_in("names")["list"]
    text, place = unmarked(data["example"])
    match = re.search(data["name"], text)
    assert match is not None
    assert match.span("name") == place


@pytest.mark.parametrize("name", ["period", "plan"])
def test_a_number_of_years_is_found_in_its_example(name: str) -> None:
    data = built_in("durations")[name]
    assert re.search(data["pattern"], data["example"])


# --- dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("于2021年2月28日验收", Date(1, 11, 2021, 2, 28)),
        ("二〇二一年十二月三十日", Date(0, 11, 2021, 12, 30)),
        ("2021 年 6 月", Date(0, 10, 2021, 6)),
        ("2024.12.31", Date(0, 10, 2024, 12, 31)),
    ],
)
def test_a_date_is_read_as_far_as_it_is_written(text: str, expected: Date) -> None:
    assert dates(text) == [expected]


@pytest.mark.parametrize("text", ["12021年", "2021.13版", "HS2021-13-45", "2021-02-30-7"])
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dates(text) == []


def test_the_order_of_dates_is_judged_as_far_as_both_are_written() -> None:
    month, day = Date(0, 0, 2021, 6), Date(0, 0, 2021, 6, 1)
    assert not month.before(day)
    assert not day.before(month)
    assert day.before(Date(0, 0, 2021, 6, 2))
    assert month.before(Date(0, 0, 2022))


# --- years --------------------------------------------------------------------------------------


def test_a_year_in_the_name_of_the_file_is_held_against_the_title() -> None:
    text = f"{TITLE}\n{BODY}"
    assert found(report(text, "/a/甲县水利局2020年度自评报告.docx")) == [("stale-year", "warning", "2021")]
    assert found(report(text, "/a/甲县水利局2021年度自评报告（2022年报送）.docx")) == []
    assert found(report(text, "/a/20200315.docx")) == []


def test_a_page_header_of_another_year_is_an_error() -> None:
    document = report(f"{TITLE}\n{BODY}甲县水利局2020年度部门整体支出绩效自评报告\n")
    *rest, last = document.blocks
    header = replace(last, role="note", origin=replace(last.origin, part="header"))
    assert found(replace(document, blocks=(*rest, header))) == [("stale-year", "error", "2020年")]


def test_a_paragraph_that_names_several_years_only_asks() -> None:
    text = f"{TITLE}\n{BODY}2020年度收入70万元。2021年度收入80万元，全部为财政拨款。\n"
    assert found(report(text)) == [("stale-year", "warning", "2020年")]


def test_sentences_under_a_heading_of_another_year_are_of_that_year() -> None:
    text = f"{TITLE}\n{BODY}（一）2020年审计整改情况\n2020年度支出70万元，已核实。\n"
    assert found(report(text)) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2021年9月18日", [("dates-reversed", "warning", "2021年9月18日")]),
        ("填报日期：2020年3月10日", [("dates-reversed", "error", "2020年3月10日")]),
        ("2021年12月20日", []),
        ("2022年3月10日", []),
        ("2023年9月", []),
    ],
)
def test_the_day_of_the_report_lies_behind_its_year(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(report(f"{TITLE}\n{BODY}{line}\n")) == expected


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "places", "body"),
    [
        ("重庆市渝岚区城市管理局", ("重庆市", "渝岚区"), "城市管理局"),
        ("云水区市场监督管理局", ("云水区",), "市场监督管理局"),
        ("澄湖区住房和城乡建设局", ("澄湖区",), "住房和城乡建设局"),
        ("溪源县雁回镇中心卫生院", ("溪源县", "雁回镇"), "中心卫生院"),
        ("全县信访局", (), "全县信访局"),
        ("安澜县", ("安澜县",), ""),
    ],
)
def test_a_name_is_taken_apart(name: str, places: tuple[str, ...], body: str) -> None:
    assert body_of(name) == Body(places, body)
    assert body_of(name).name == name


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        ("甲东县水利局内设4个股室。", "error"),
        ("全年为甲东县水利局办理水样检测3件。", "warning"),
        ("赴甲东县水利局学习考察1次。", None),
        ("配合甲州市水利局完成2处巡查。", None),
        ("县水利局内设4个股室。", None),
    ],
)
def test_the_like_body_of_another_place(sentence: str, severity: str | None) -> None:
    text = f"甲山县水利局2021年度部门整体支出绩效自评报告\n{BODY}{sentence}\n"
    name = "甲东县水利局"
    assert found(report(text)) == ([("foreign-unit", severity, name)] if severity else [])


def test_a_cover_of_another_county_is_an_error() -> None:
    text = "甲山县2021年就业补助资金绩效自评报告\n全年下达资金80万元。\n甲东县2021年就业补助资金绩效自评报告\n"
    assert found(report(text)) == [("foreign-unit", "error", "甲东县")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("甲东县农业农村局　甲山县财政局\n2022年4月12日", [("error", "甲东县农业农村局")]),
        ("甲山县农业农村局　甲山县财政局\n2022年4月12日", []),
        ("甲东县农业农村局 2022年4月12日", [("error", "甲东县农业农村局")]),
        ("自评结果拟在县水利局网站公开。\n甲山县教育局\n2022年4月12日", [("warning", "县水利局")]),
        # Who reports is not known where several sign.
        ("自评结果拟在县水利局网站公开。\n甲山县教育局　甲山县卫生健康局\n2022年4月12日", []),
        ("甲东县农业农村局\n负责同志参加了验收。", []),
    ],
)
def test_who_signs_is_of_the_place_in_the_title(lines: str, expected: list[tuple[str, str]]) -> None:
    text = f"甲山县2021年度补助资金绩效自评报告\n{BODY}资金80万元已全部支付。\n项目已经完工。\n群众满意。\n{lines}\n"
    text = text.replace("群众满意", "\n".join(f"工程{number}已经完工。" for number in range(9)))
    assert found(report(text)) == [("foreign-unit", *each) for each in expected]


def test_a_body_named_only_once_outside_the_title_judges_nothing() -> None:
    text = "部门整体支出绩效自评报告\n填报单位：甲山县水利局\n甲东县水利局内设4个股室。\n"
    assert found(report(text)) == []


def test_words_for_itself_are_held_against_those_used_throughout() -> None:
    text = f"{TITLE}\n{BODY}我局内设股室4个，我局编制30名。\n我局设立专账。\n我院高度重视。\n"
    assert found(report(text)) == [("foreign-unit", "warning", "我院")]
    assert found(report(text.replace("我院高度重视", "“我院”一词系来信原文"))) == []
