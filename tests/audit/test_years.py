"""A report beside that of the year before; exact findings on two short reports, right and wrong."""

from __future__ import annotations

import pytest

from reportcheck.audit.across import Across
from reportcheck.audit.inspect import Inspection
from reportcheck.audit.years import compare_years, pairs
from reportcheck.checker import Settings
from reportcheck.model import Document
from reportcheck.read.txt import blocks_of
from tables import text_of

FIRST = {
    "in": "36.82", "out": "44.24", "spent": "1704.63", "before": "1652.38", "cars": "22.35", "cars-before": "24.16",
    "guests": "6.11", "guests-before": "6.42", "score": "93.20",
    "deeds": "新修村组道路18.6公里，改造危房64户，发放低保金312.48万元，惠及低保对象1126人，组织培训6期、462人次。",
}  # fmt: skip
SECOND = {
    "in": "44.24", "out": "41.88", "spent": "1736.92", "before": "1704.63", "cars": "21.08", "cars-before": "22.35",
    "guests": "5.65", "guests-before": "6.11", "score": "94.50",
    "deeds": "硬化村组道路15.2公里，改造危房41户，发放低保金326.15万元，惠及低保对象1098人，举办培训8期、615人次。",
}  # fmt: skip


def report(year: int, said: dict[str, str]) -> str:
    return f"""甲桥镇人民政府{year}年度部门整体支出绩效自评报告

　　一、基本情况
　　全镇总人口4.26万人，面积126.8平方公里，核定编制52名。
　　二、预算执行情况
　　{year}年上年结转{said["in"]}万元，全年支出{said["spent"]}万元，年末结转{said["out"]}万元。上年支出{said["before"]}万元。
　　公务用车运行维护费支出{said["cars"]}万元，与上年的{said["cars-before"]}万元相比有所减少。
　　公务接待费支出{said["guests"]}万元，与上年的{said["guests-before"]}万元相比有所减少。
　　三、主要绩效
　　{said["deeds"]}
　　评分等级按90分（含）以上为优、80分（含）至90分为良、60分（含）至80分为中划分，投入20分、过程30分、产出50分。
　　自评得分{said["score"]}分。
　　四、名词解释
　　机关运行经费：按每人每年2.46万元定额核定，车辆按每辆每年3.25万元核定，会议按实际支出核定，上限12.50万元。
"""


def document(text: str) -> Document:
    return Document("-", "txt", *blocks_of(text))


def compared(earlier: str, later: str) -> tuple[Across, ...]:
    return compare_years(("2020/自评.txt", document(earlier)), ("2021/自评.txt", document(later)), Settings())


def changed(**changes: str) -> str:
    return report(2021, {**SECOND, **{name.replace("_", "-"): value for name, value in changes.items()}})


def said(found: Across) -> str:
    return f"{found.severity} {found.rule} " + " / ".join(spot.text for spot in found.spots)


def test_two_years_that_fit_say_nothing() -> None:
    assert compared(report(2020, FIRST), report(2021, SECOND)) == ()


def test_a_report_is_compared_with_that_of_the_year_before_only() -> None:
    assert compared(report(2019, FIRST), changed(before="1740.63")) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # A slip, or any other figure.
        ({"in": "42.44"}, "warning carry-over-mismatch 42.44万元 / 44.24万元"),
        ({"in": "30.00"}, "warning carry-over-mismatch 30.00万元 / 44.24万元"),
        ({"before": "1740.63"}, "warning prior-year-restated 1740.63万元 / 1704.63万元"),
        ({"before": "1580.20"}, "warning prior-year-restated 1580.20万元 / 1704.63万元"),
        ({"cars_before": "23.25"}, "warning prior-year-restated 23.25万元 / 22.35万元"),
    ],
)
def test_a_figure_that_does_not_arrive(changes: dict[str, str], expected: str) -> None:
    assert [said(found) for found in compared(report(2020, FIRST), changed(**changes))] == [expected]


def test_what_was_taken_back_is_told_with_its_reason() -> None:
    later = report(2021, SECOND).replace("上年结转44.24万元，", "上年结转经财政收回后为30.00万元，")
    assert compared(report(2020, FIRST), later) == ()


def test_a_surplus_need_not_arrive() -> None:
    earlier = report(2020, FIRST).replace("年末结转44.24万元", "资金结余44.24万元")
    assert compared(earlier, changed(**{"in": "30.00"})) == ()
    assert compared(report(2020, FIRST), changed(**{"in": "0.00"})) == ()


def test_the_grand_table_of_the_accounts() -> None:
    def accounts(year: int, came: str, left: str) -> str:
        rows = ["收入|决算数|支出|决算数", "本年收入合计|900.00|本年支出合计|880.00"]
        rows += [f"年初结转和结余|{came}|年末结转和结余|{left}"]
        return f"甲县乙局{year}年度部门决算\n\n" + text_of(rows, caption="收入支出决算总表")

    assert compared(accounts(2020, "125.53", "167.17"), accounts(2021, "167.17", "145.26")) == ()
    (found,) = compared(accounts(2020, "125.53", "167.17"), accounts(2021, "158.60", "145.26"))
    assert (said(found), found.message) == (
        "warning carry-over-mismatch 158.60 / 167.17",
        "2021年年初结转和结余为158.60，上年报告的年末结转为167.17",
    )


def test_a_passage_of_last_year() -> None:
    (found,) = compared(report(2020, FIRST), changed(deeds=FIRST["deeds"]))
    assert (found.severity, found.rule) == ("warning", "last-year-left")
    assert found.message == ("有1段文字连同5个数据（18.6公里、64户、312.48万元、1126人等）与2020年报告完全相同")
    assert [(spot.file, spot.text.strip()) for spot in found.spots] == [
        ("2021/自评.txt", FIRST["deeds"]),
        ("2020/自评.txt", FIRST["deeds"]),
    ]


def test_quotas_stand_from_year_to_year() -> None:
    quotas = "全年资助困难家庭小学生140人、初中生96人、高中生42人，全部由市级财政安排，资金16万元已拨付到户。"
    assert compared(report(2020, {**FIRST, "deeds": quotas}), changed(deeds=quotas)) == ()


def test_one_figure_renewed_is_a_passage_of_this_year() -> None:
    assert compared(report(2020, FIRST), changed(deeds=FIRST["deeds"].replace("1126", "1098"))) == ()


# --- which reports belong together ------------------------------------------------------------


def inspection(name: str, title: str, unit: str, year: int, figures: int = 10) -> Inspection:
    return Inspection(name, name, "", title=title, unit=unit, year=year, figures=figures)


def test_reports_of_one_kind_and_unit_are_paired() -> None:
    whole, accounts = "{}{}年度部门整体支出绩效自评报告", "{}{}年度部门决算公开"
    given = [
        inspection("a20", whole.format("甲县水利局", 2020), "甲县水利局", 2020),
        inspection("a21", whole.format("甲县水利局", 2021), "甲县水利局", 2021, 20),
        inspection("a21pdf", whole.format("甲县水利局", 2021), "甲县水利局", 2021, 18),
        inspection("a22", accounts.format("甲县水利局", 2022), "甲县水利局", 2022),
        inspection("a23", whole.format("甲县水利局", 2023), "甲县水利局", 2023),
        inspection("b21", whole.format("乙县水利局", 2021), "乙县水利局", 2021),
        inspection("b22", whole.format("县水利局", 2022), "县水利局", 2022),
        inspection("c20", "甲县乙局2020年度山洪防治项目支出绩效自评报告", "甲县乙局", 2020),
        inspection("c21", "甲县乙局2021年度山洪防治专项资金绩效自评报告", "甲县乙局", 2021),
        inspection("d21", "甲县乙局2021年度河道治理项目支出绩效自评报告", "甲县乙局", 2021),
        inspection("e20", "甲县乙局2020年部门预算公开", "甲县乙局", 2020),
        inspection("e21", "甲县乙局2021年部门预算公开", "甲县乙局", 2021),
    ]
    assert pairs(given) == [("a20", "a21"), ("c20", "c21")]
    assert pairs(reversed(given)) == pairs(given)
