"""Figures that the text and the tables both state."""

from __future__ import annotations

import pytest

from reportcheck import check_text
from reportcheck.model import Report
from reportcheck.rules.cross_tables import normal
from tables import alarms, text_of, verdicts

TABLE = [
    "项目|预算数|决算数",
    "公务接待费|10.17|9.02",
    "设备购置费|23.25|18.43",
    "公务用车购置及运行维护费|31.39|27.06",
    "人员数量|44|41",
]
RULE = "conflicting-figures"


def stated(sentence: str, rows: list[str] | None = None) -> Report:
    return check_text(sentence + "\n" + text_of(rows or TABLE))


@pytest.mark.parametrize(
    ("sentence", "cells"),
    [
        ("2023年公务接待费支出9.02万元。", ["9.02万元 = 9.02"]),
        ("2023年公务接待费预算10.17万元。", ["10.17万元 = 10.17"]),
        ("2023年设备购置费决算数为18.43万元。", ["18.43万元 = 18.43"]),
        # Rounded in the text, in another unit, under a like name.
        ("2023年公务接待费支出9.0万元。", ["9.0万元 = 9.02"]),
        ("2023年公务接待费支出90200元。", ["90200元 = 9.02"]),
        ("2023年公务用车购置和运行费支出27.06万元。", ["27.06万元 = 27.06"]),
    ],
)
def test_a_figure_that_the_table_repeats(sentence: str, cells: list[str]) -> None:
    report = stated(sentence)
    assert [v.rpartition(" consistent ")[0] for v in verdicts(report, RULE)] == [f"{RULE}: {cell}" for cell in cells]
    assert alarms(report) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("2023年公务接待费支出9.20万元。", ["warning", "9.20万元"]),
        ("2023年设备购置费支出14.83万元。", ["warning", "14.83万元"]),
        # The very same words, on the same side: no doubt is left.
        ("2023年公务接待费预算11.07万元。", ["error", "11.07万元"]),
        # No slip of the hand: it may be another figure of that name.
        ("2023年公务接待费支出94.67万元。", []),
        # Another year, another side, a hedge.
        ("2021年公务接待费支出9.20万元。", []),
        ("2023年公务接待费支出约9万元。", []),
        ("2023年公务接待费支出9.20万元以上。", []),
        # A name that the table does not know.
        ("2023年会议费支出9.20万元。", []),
    ],
)
def test_a_figure_that_differs_from_the_table(sentence: str, found: list[str]) -> None:
    rows = ["项目|2023年预算数|2023年决算数", *TABLE[1:]]
    assert alarms(stated(sentence, rows)) == ([f"{found[0]} {RULE} {found[1]} at p1"] if found else [])


def test_a_figure_of_the_other_side_does_not_contradict() -> None:
    assert alarms(stated("2023年公务接待费预算9.20万元。", ["项目|决算数", "公务接待费|9.02", "会议费|1.11"])) == []


def test_a_name_for_many_figures_is_told_where_a_slip_is_evident() -> None:
    rows = ["项目|预算数|决算数", "项目支出|10.17|9.02", "基本支出|23.25|18.43"]
    assert alarms(stated("2023年项目支出9.20万元。", rows)) == [f"warning {RULE} 9.20万元 at p1"]
    assert alarms(stated("2023年项目支出7.35万元。", rows)) == []


def test_without_tables_nothing_is_asked() -> None:
    assert verdicts(check_text("2023年公务接待费支出9.20万元。"), RULE) == []


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("一、公务接待费支出", "公务接待费"),
        ("（二）公务接待费（万元）", "公务接待费"),
        ("2023年度公务接待费决算数为", "公务接待费"),
        ("其中：公务接待费", "公务接待费"),
        ("公务用车购置及运行维护费", "公务用车购置及运行"),
        ("因公出国（境）费用", "因公出国"),
        ("自评得分", "总分"),
        ("“公务接待”", "公务接待"),
    ],
)
def test_names_are_made_comparable(phrase: str, name: str) -> None:
    assert normal(phrase) == name


def test_cells_of_one_name_that_differ_contradict_where_one_is_a_slip_away() -> None:
    rows = [*TABLE, "公务接待费|8.08|7.07"]
    assert alarms(stated("2023年公务接待费支出9.20万元。", rows)) == [f"warning {RULE} 9.20万元 at p1"]
    assert alarms(stated("2023年公务接待费支出5.64万元。", rows)) == []
    assert verdicts(stated("2023年公务接待费支出7.07万元。", rows), RULE) == [
        f"{RULE}: 7.07万元 = 7.07 consistent name"
    ]
