"""Numbers as nobody writes them; the page of the rule holds most examples."""

from __future__ import annotations

import re

import pytest

from reportcheck import check_text
from reportcheck.catalog import built_in
from reportcheck.model import Report
from tables import alarms, check

ROWS = built_in("malformed")["row"]


def found(report: Report) -> list[tuple[str, str, str]]:
    """Severity, text and block of each finding of the rule."""
    texts = {block.id: block.text for block in report.document.blocks}
    return [
        (f.severity, texts[f.spans[0].block][f.spans[0].start : f.spans[0].end], f.spans[0].block)
        for f in report.findings
        if f.rule == "malformed-number"
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["example"])
def test_each_row_finds_its_example(row: dict[str, str]) -> None:
    marked = re.search("⟦(.*)⟧", row["example"])
    assert marked is not None
    text = re.sub("[⟦⟧]", "", row["example"])
    if row["where"] == "value":
        report = check(["项目|金额", "甲|70.30", f"乙|{text}", "丙|28.50"])
        assert found(report) == [("warning", marked[1], "t1.r3c2")]
    else:
        assert found(check_text(text)) == [(row.get("severity", "warning"), marked[1], "p1")]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("追加资金1.234.56万元。", "1.234.56"),
        ("补助标准为12，.5元。", "12，.5"),
        ("支出9l.5万元，结余3O人。", "9l.5"),
        ("均值１２.5O。", "１２.5O"),
        ("三公经费减少-3.5万元。", "减少-3.5万元"),
    ],
)
def test_more_of_the_kind(text: str, marked: str) -> None:
    assert marked in [each for _, each, _ in found(check_text(text))]


@pytest.mark.parametrize(
    "text",
    [
        "1.2.5亿元债券资金已经下达。",
        "第3.1.2条规定的30%比例。",
        "版本V2.100.25，网址10.20.30.40，日期2023.05.06元旦前后。",
        "甲乙两项分别为1,2.5万元。",
        "占比15%,2.5万元为结余。",
        "PM2.5浓度下降5%，CO2排放3吨，H2O含量5%，O3浓度160。",
        "型号为I2的设备2.5l水箱。",
        "增减-3.9%，升降-3.9%，压减3-5%，减少了5%。",
        "1,234.50万元，12,3456.70元，1,2,3项。",
        "坐标112.53,26.89，书号978-7-115-30310-3。",
        "目录1..........5",
    ],
)
def test_what_is_well_written(text: str) -> None:
    assert found(check_text(text)) == []


def test_only_a_column_of_figures_makes_a_list_a_number() -> None:
    rows = ["项目|金额|依据", "甲|70.30|11，12", "乙|11，12|1,23", "丙|28.50|3.1.2"]
    assert [alarm for alarm in alarms(check(rows)) if "malformed" in alarm] == [
        "warning malformed-number 11，12 at r3c2"
    ]
