"""Title, body and year of a report."""

from __future__ import annotations

import pytest

from reportcheck.extract.head import Head, head
from reportcheck.model import Block, Document, Span


def read(*lines: str, title: bool = False) -> Head:
    role = "title" if title else "paragraph"
    blocks = [Block(f"p{n}", line, role if n == 1 else "paragraph") for n, line in enumerate(lines, 1)]  # type: ignore[arg-type]
    return head(Document("-", "txt", tuple(blocks)))


TITLE = "甲县水利局2021年度部门整体支出绩效自评报告"


@pytest.mark.parametrize("styled", [True, False])
def test_title_unit_and_year(styled: bool) -> None:
    assert read(TITLE, "一、部门概况", title=styled) == Head(
        TITLE, Span("p1", 0, 23), "甲县水利局", 2021, Span("p1", 5, 9)
    )


def test_a_title_on_two_lines() -> None:
    found = read(" 甲县水利局", "2021年度部门整体支出绩效自评报告", "一、部门概况")
    assert found == Head(TITLE, Span("p1", 1, 6), "甲县水利局", 2021, Span("p2", 0, 4))


@pytest.mark.parametrize(
    ("lines", "unit", "year"),
    [
        (("2021年度甲县水利局部门整体支出绩效自评报告",), "甲县水利局", 2021),
        (("关于甲县水利局2021年部门决算的公开说明",), "甲县水利局", 2021),
        (("二〇二一年度甲县水利局部门决算公开说明",), "甲县水利局", 2021),
        (("绩效自评报告", "单位名称：甲县水利局", "2021年度预算。2021年度决算。2020年度结转。"), "甲县水利局", 2021),
        (("绩效自评报告", "甲县水利局（以下简称“我局”）主管水利。"), "甲县水利局", None),
        (("2021年城区管网改造项目支出绩效评价报告", "甲县水利局"), "甲县水利局", 2021),
        (("甲县2021年衔接资金绩效自评报告", "一、概况"), "甲县", 2021),
    ],
)
def test_unit_and_year_elsewhere(lines: tuple[str, ...], unit: str, year: int | None) -> None:
    found = read(*lines)
    assert (found.unit, found.year) == (unit, year)


def test_the_first_heading_stands_in_for_a_title() -> None:
    assert read("前言", "一、部门概况").title == "一、部门概况"
    assert read("前言如下。") == Head()
