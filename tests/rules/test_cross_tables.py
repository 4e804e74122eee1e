"""Figures that two tables both state."""

from __future__ import annotations

import pytest

from reportcheck import check_text
from reportcheck.model import Report
from reportcheck.rules.cross_tables import project_of
from tables import alarms, sheet_of, text_of, verdicts, with_cell

RULE = "conflicting-figures"

OVERVIEW = [
    "收入|<|支出|<",
    "项目|决算数|项目|决算数",
    "一、一般公共预算财政拨款收入|412.36|一、教育支出|398.24",
    "二、其他收入|25.14|二、住房保障支出|41.87",
    "本年收入合计|437.50|本年支出合计|440.11",
    "年初结转和结余|9.60|年末结转和结余|6.99",
    "总计|447.10|总计|447.10",
]
INCOME = [
    "项目|本年收入合计|财政拨款收入|其他收入",
    "教育支出|395.63|372.49|23.14",
    "住房保障支出|41.87|39.87|2.00",
    "合计|437.50|412.36|25.14",
]
BASIC = [
    "人员经费|<|公用经费|<",
    "科目名称|决算数|科目名称|决算数",
    "工资福利支出|301.20|商品和服务支出|62.15",
    "人员经费合计|301.20|公用经费合计|62.15",
]
GRANTS = [
    "项目|本年支出|<|<",
    "^|合计|基本支出|项目支出",
    "教育支出|372.49|323.48|49.01",
    "住房保障支出|39.87|39.87|0.00",
    "合计|412.36|363.35|49.01",
]
LIST = [
    "项目名称|全年预算数|全年执行数|自评得分",
    "校舍维修|60.00|54.30|94.05",
    "图书购置|20.00|20.00|98.00",
    "合计|80.00|74.30|",
]


def form(name: str, budget: str, spent: str, scores: str) -> list[str]:
    funds, output, total = scores.split()
    return [
        f"项目名称|{name}|<|<|<|<|<",
        "项目资金|<|年初预算数|全年预算数|全年执行数|分值|得分",
        f"年度资金总额|<|{budget}|{budget}|{spent}|10|{funds}",
        "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
        f"产出指标|数量指标|完成数量|≥3个|3个|90|{output}",
        f"总分|<|<|<|<|100|{total}",
    ]


def together(*parts: tuple[str, list[str]]) -> Report:
    return check_text("\n\n".join(text_of(rows, "万元", caption) for caption, rows in parts))


def test_the_tables_of_an_account() -> None:
    report = together(
        ("收入支出决算总表", OVERVIEW),
        ("收入决算表", INCOME),
        ("一般公共预算财政拨款支出决算表", GRANTS),
        ("一般公共预算财政拨款基本支出决算表", BASIC),
    )
    assert verdicts(report, RULE) == [
        f"{RULE}: 363.35 = 301.20 + 62.15 consistent identity",
        f"{RULE}: 437.50 = 437.50 consistent identity",
    ]
    assert alarms(report) == []


def test_tables_of_an_account_that_differ() -> None:
    income = with_cell(with_cell(INCOME, "437.50", "439.50"), "395.63", "397.63")
    report = together(("收入支出决算总表", OVERVIEW), ("收入决算表", income))
    assert verdicts(report, RULE) == [f"{RULE}: 439.50 = 437.50 inconsistent identity"]


@pytest.mark.parametrize("caption", ["财政拨款收入决算表", "收入明细", ""])
def test_a_table_of_another_title_is_not_compared(caption: str) -> None:
    report = together(("收入支出决算总表", OVERVIEW), (caption, INCOME))
    assert verdicts(report, RULE) == []


def test_a_list_of_projects_and_their_forms() -> None:
    forms = [
        ("", form("校舍维修", "60.00", "54.30", "9.05 85 94.05")),
        ("", form("图书购置", "20.00", "20.00", "10 88 98")),
    ]
    report = together(("项目支出绩效自评汇总表", LIST), *forms)
    assert verdicts(report, RULE) == [
        f"{RULE}: 20.00 = 20.00 consistent structure",
        f"{RULE}: 20.00 = 20.00 consistent structure",
        f"{RULE}: 54.30 = 54.30 consistent structure",
        f"{RULE}: 60.00 = 60.00 consistent structure",
        f"{RULE}: 94.05 = 94.05 consistent structure",
        f"{RULE}: 98.00 = 98 consistent structure",
    ]
    assert alarms(report) == []


def test_a_list_that_differs_from_a_form() -> None:
    forms = [
        ("", form("校舍维修", "60.00", "53.40", "8.90 85.15 94.05")),
        ("", form("图书购置", "20.00", "20.00", "10 88 98")),
    ]
    report = together(("项目支出绩效自评汇总表", LIST), *forms)
    # The list adds up with its figure, and nothing speaks for that of the form.
    assert alarms(report) == [f"error {RULE} 53.40 at r3c5"]


@pytest.mark.parametrize("label", ["项目名称", "专项名称", "转移支付名称", "转移支付（项目）名称"])
def test_a_form_names_its_project(label: str) -> None:
    form = sheet_of(f"{label}|河道治理|<", "资金|全年预算数|全年执行数", "年度资金总额|420.00|392.75")
    assert project_of(form) == "河道治理"
