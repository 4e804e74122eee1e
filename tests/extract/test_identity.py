"""What figures measure: marks of phrases, and which two figures are named alike."""

from __future__ import annotations

from typing import Any

import pytest

from reportcheck.catalog import built_in
from reportcheck.extract.head import head
from reportcheck.extract.identity import Likeness, Named, marks
from reportcheck.extract.named_cells import in_tables
from reportcheck.extract.named_prose import in_prose
from reportcheck.extract.prose import read_prose
from reportcheck.extract.tabular import read_sheets
from reportcheck.model import Document
from reportcheck.read.txt import blocks_of

ROWS = built_in("indicators")["indicator"]
TITLE = "甲县乙局2021年度部门整体支出绩效自评报告\n"


def named(text: str) -> dict[str, Named]:
    """The named figures of a text by what is written; each must be written once."""
    document = Document("-", "txt", *blocks_of(TITLE + text))
    found = head(document)
    figures = [*in_prose(read_prose(document), found), *in_tables(read_sheets(document), found)]
    by_text = {each.fact.quantity.text: each for each in figures}
    assert len(by_text) == len(figures)
    return by_text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_every_indicator_is_known_by_its_example(row: dict[str, Any]) -> None:
    assert f"#{row['id']}" in marks(row["example"])


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("全年基本支出", {"#basic"}),
        ("2021年我局日常公用经费实际支出", {"#operating", "#spending"}),
        ("公务用车购置及运行维护费", {"#car-purchase-running"}),
        ("公务用车运行费", {"#car-running"}),
        ("年初结转和结余", {"#carried-in"}),
        ("部门整体支出绩效自评得分", {"#score"}),
        ("改造水渠", {"改造", "造水", "水渠"}),
        ("实际完成", set()),
    ],
)
def test_marks(phrase: str, found: set[str]) -> None:
    assert marks(phrase) == found


def test_the_parts_of_a_list_are_on_the_side_of_their_total() -> None:
    found = named(
        "2021年部门预算总额为7315.68万元，其中基本支出4926.13万元，项目支出2389.55万元。\n"
        "全年决算支出7053.64万元，其中基本支出4907.55万元，项目支出2146.09万元。\n"
    )
    assert {text: each.aspects.side for text, each in found.items()} == {
        "7315.68万元": "budget",
        "4926.13万元": "budget",
        "2389.55万元": "budget",
        "7053.64万元": "actual",
        "4907.55万元": "actual",
        "2146.09万元": "actual",
    }


def test_years_levels_and_headings() -> None:
    found = named(
        "一、基本情况\n全系统编制143名，2020年末在职138人。局机关编制36名。\n"
        "二、绩效情况\n1.水渠改造项目\n支出52.05万元，两年来累计支出96.4万元。\n"
    )
    told = {text: (each.aspects.year, each.aspects.body, sorted(each.heading)) for text, each in found.items()}
    project = ["改造", "水渠", "渠改"]
    assert told == {
        "143名": ("2021", "全系统", []),
        "138人": ("2020", "全系统", []),
        "36名": ("2020", "局机关", []),
        "52.05万元": ("2021", "", project),
        "96.4万元": ("several", "", project),
    }


def test_what_is_left_or_only_a_limit_measures_nothing() -> None:
    assert set(named("水渠已改造18.6公里，尚有2.4公里未改造。90分及以上为优，得分92.5分。\n")) == {"18.6公里", "92.5分"}


def alike(text: str, one: str, other: str) -> bool:
    found = named(text)
    return bool(Likeness(list(found.values())).alike(found[one], found[other]))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("改造水渠18.6公里。\n完成水渠改造16.8公里。\n", "18.6公里", "16.8公里"),
        ("为650名被征地农民办理参保。\n被征地农民参保560人。\n", "650名", "560人"),
        ("二、水渠改造\n投入52.05万元。\n三、结论\n水渠改造投入52.50万元。\n", "52.05万元", "52.50万元"),
    ],
)
def test_named_alike(text: str, one: str, other: str) -> None:
    assert alike(text, one, other)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("改造水渠18.6公里。\n改造道路16.8公里。\n", "18.6公里", "16.8公里"),
        ("覆盖138个行政村。\n覆盖12个乡镇。\n", "138个", "12个"),
        ("公务接待费2.94万元。\n公务用车运行维护费2.49万元。\n", "2.94万元", "2.49万元"),
        ("本年收入合计512.75万元。\n本年支出合计521.75万元。\n", "512.75万元", "521.75万元"),
    ],
)
def test_named_differently(text: str, one: str, other: str) -> None:
    assert not alike(text, one, other)
