"""Lists were read by what happens to add up: totals in the next sentence, wholes that are named again, budgets that are
changed in the course of a year, and lists in several ways were missed or told wrongly."""

from __future__ import annotations

import pytest

from reportcheck import check_text

# What is stated, and what it is the sum of; amounts that are taken off have a minus.
SUMS = [
    # A total in the next sentence that says how many items it sums up.
    (
        "道路养护费186.20万元，覆盖54公里，每公里3.45万元；绿化管护费92.35万元；路灯电费47.60万元。三项共支出326.15万元。",
        "326.15万元",
        ["186.20万元", "92.35万元", "47.60万元"],
    ),
    (
        "检测水样318批，检测率98.20%，检测费25.44万元；检测土样126批，检测费18.90万元。两项费用合计44.34万元。",
        "44.34万元",
        ["25.44万元", "18.90万元"],
    ),
    # A total that names nothing sums up its own part of the sentence.
    (
        "计划修渠8.6公里、修路3.4公里，计12.0公里；实际修渠8.8公里、修路3.1公里，计11.9公里。",
        "11.9公里",
        ["8.8公里", "3.1公里"],
    ),
    (
        "一季度支出31.20万元，二季度45.75万元，上半年累计76.95万元，进度48.09%。",
        "76.95万元",
        ["31.20万元", "45.75万元"],
    ),
    # Words that make two amounts a third.
    (
        "日常公用经费64.20万元，人员经费518.35万元，两者相加即基本支出582.55万元。",
        "582.55万元",
        ["64.20万元", "518.35万元"],
    ),
    # The whole is named again.
    (
        "收入总计2318.60万元，支出总计2318.60万元。收入总计中，本年收入2105.40万元，使用非财政拨款结余36.20万元，"
        "年初结转和结余177.00万元。",
        "2318.60万元",
        ["2105.40万元", "36.20万元", "177.00万元"],
    ),
    (
        "基本支出733.10万元，占61.20%；项目支出464.80万元，占38.80%。基本支出包括人员经费640.55万元和公用经费92.55万元。",
        "733.10万元",
        ["640.55万元", "92.55万元"],
    ),
    # Members in a row.
    (
        "实际发放补贴84.50万元，发放率97.13%，三个街道依次发放36.20万元、28.10万元、20.20万元。",
        "84.50万元",
        ["36.20万元", "28.10万元", "20.20万元"],
    ),
    # What is left over completes the list.
    (
        "资金来源：中央财政640万元、市级财政384万元，余下256万元由区级配套，三级资金合计1280万元。",
        "1280万元",
        ["640万元", "384万元", "256万元"],
    ),
    ("在册困难家庭93户，其中58户已领取补助，剩余35户正在审核。", "93户", ["58户", "35户"]),
    # What stands behind the last part is said of the whole.
    ("全年巡查工地412处次，其中房建286处次，市政126处次，立案9起，结案9起。", "412处次", ["286处次", "126处次"]),
    # A budget that is changed in the course of a year.
    (
        "年初预算2650.00万元，加上年结转118.40万元，年中追加327.15万元，核减64.30万元，全年预算数3031.25万元。",
        "3031.25万元",
        ["2650.00万元", "118.40万元", "327.15万元", "-64.30万元"],
    ),
    (
        "年初预算安排915.00万元。年中因新增任务追加142.60万元，年底统一压减33.80万元，调整后预算为1023.80万元。",
        "1023.80万元",
        ["915.00万元", "142.60万元", "-33.80万元"],
    ),
    # Full marks beside the marks that were earned.
    (
        "投入指标满分15分，得14.50分；产出指标满分45分，得43.20分；效果指标满分40分，得37.60分。三项满分共100分。",
        "100分",
        ["15分", "45分", "40分"],
    ),
]


@pytest.mark.parametrize(("text", "stated", "parts"), SUMS)
def test_the_structure_tells_what_is_added_up(text: str, stated: str, parts: list[str]) -> None:
    report = check_text(text)
    bound = [
        [fact.quantity.text for fact in v.claim.operands["parts"]]
        + [f"-{fact.quantity.text}" for fact in v.claim.operands.get("less", ())]
        for v in report.verdicts
        if v.claim.rule == "total-mismatch"
        and v.claim.stated.quantity.text == stated
        and v.claim.basis == "wording"
        and v.outcome == "consistent"
    ]
    assert parts in bound
    assert [finding.message for finding in report.findings if finding.severity != "note"] == []


RIGHT = [
    # Two ways to divide one whole.
    "全市化解债务52.6亿元，其中：从层级看，市本级31.4亿元，县区21.2亿元；从性质看，存量债务40.1亿元，新增债务12.5亿元。",
    # Others that are summed up are what is left.
    "教育支出968.40万元。其中：小学412.30万元，初中305.80万元，高中184.10万元，其余合计66.20万元。",
    # Income and spending side by side: neither is the whole of the other.
    "收入方面包括本年收入812.40万元、年初结转和结余45.10万元；支出方面包括本年支出830.20万元、年末结转和结余27.30万元。",
    # A budget is compared with another on the next line.
    "支出按科目分：\n1.公共安全支出128.47万元，预算131.00万元，执行率98.07%。\n2.住房保障支出56.23万元，与预算持平。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_told_nothing_of(text: str) -> None:
    assert [finding.message for finding in check_text(text).findings if finding.severity != "note"] == []


@pytest.mark.parametrize(
    "text",
    [
        # Each amount is what a price comes to, not what stands before it.
        "甲路31.2公里，每公里1.10万元，计34.32万元；乙路48.6公里，每公里0.60万元，计29.16万元；丙路11.5公里，每公里0.40万元，计4.60万元。",
        "按等级分：甲级31.2公里，每公里1.10万元，计34.32万元；乙级48.6公里，每公里0.60万元，计29.16万元；丙级11.5公里，每公里0.40万元，"
        "计4.60万元。合计68.08万元。",
        "1.购置课桌460套，单价850元，合计39.10万元；\n2.购置书柜320个，单价1650元，合计52.80万元；\n3.铺设地砖1850平方米，"
        "每平方米120元，合计22.20万元。\n以上三项共投入114.10万元。",
        # What the first amount is added to stands in the sentence before.
        "年初预算762.40万元。年度执行中追加监测专项86.00万元，追加人员调资18.36万元，核减其他12.76万元，调整后全年预算为854.00万元。",
    ],
)
def test_amounts_that_do_not_add_up_to_the_next_are_told_nothing_of(text: str) -> None:
    assert [finding.message for finding in check_text(text).findings if finding.severity != "note"] == []
