"""Faults that the corpus of the benchmarks brought to light."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportcheck.audit.across import Across
from reportcheck.audit.files import compare_files
from reportcheck.audit.years import compare_years
from reportcheck.catalog import built_in
from reportcheck.checker import Settings
from reportcheck.model import Document
from reportcheck.read import read_data

SETTINGS = Settings(language="zh")


def document(name: str, *lines: str) -> tuple[str, Document]:
    return name, read_data(Path(name), "\n".join(lines).encode())


def report(year: int, *lines: str, unit: str = "甲川县水利局") -> tuple[str, Document]:
    return document(f"{unit}{year}.txt", f"{unit}{year}年度部门整体支出绩效自评报告", "一、预算执行情况", *lines)


def told(found: tuple[Across, ...]) -> list[tuple[str, list[str]]]:
    return [(one.rule, [spot.text for spot in one.spots]) for one in found]


def test_meetings_of_every_month_are_no_work_of_last_year() -> None:
    meetings = (
        "全年召开党组会议24次，组织理论学习12次，讲党课4次，开展主题党日活动12次，党员受教育面达到100%，学习氛围浓厚。"
    )
    assert told(compare_years(report(2022, meetings), report(2023, meetings), SETTINGS)) == []
    results = (
        "全年完成河道清淤18.63公里，新建堤防2.47公里，发放物资386件，排查隐患417处，防汛能力明显提高，群众反映良好。"
    )
    (found,) = compare_years(report(2022, results), report(2023, results), SETTINGS)
    assert found.rule == "last-year-left"


def test_what_is_added_from_the_year_before_is_carried_over() -> None:
    before = report(2022, "2022年支出合计912.60万元，年末结转88.50万元。")
    after = report(2023, "本年收入合计950.00万元，加上年初结转98.50万元，全年可用资金总计1048.50万元。")
    assert told(compare_years(before, after, SETTINGS)) == [("carry-over-mismatch", ["98.50万元", "88.50万元"])]
    same = report(2023, "本年收入合计950.00万元，加上年初结转88.50万元，全年可用资金总计1038.50万元。")
    assert told(compare_years(before, same, SETTINGS)) == []


@pytest.mark.parametrize(("known", "rules"), [("", ["other-unit-file"]), ("与墨川县水利局共同管护界河。", [])])
def test_the_form_of_the_like_unit_of_another_place(known: str, rules: list[str]) -> None:
    files = [
        ("甲川县水利局/1.txt", report(2023, "甲川县水利局认真履职。", known)[1]),
        ("甲川县水利局/2.txt", document("2.txt", "甲川县水利局2023年度部门整体支出绩效自评表")[1]),
        ("甲川县水利局/3.txt", document("3.txt", "墨川县水利局2023年度部门整体支出绩效自评表")[1]),
    ]
    assert [one.rule for one in compare_files(files, SETTINGS)] == rules


@pytest.mark.parametrize(
    ("text", "relates"),
    [
        ("挂牌督办隐患96处", False),
        ("对古树名木挂牌保护", False),
        ("文旅局挂牌旅游发展中心", True),
        ("加挂林业局牌子", True),
    ],
)
def test_what_is_put_under_supervision_belongs_to_nobody(text: str, relates: bool) -> None:
    assert bool(re.search(built_in("across")["relation"]["words"], text)) == relates
