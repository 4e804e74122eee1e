"""Averages were only checked beside one amount and one number of people or households in the same part of a
sentence."""

from __future__ import annotations

import pytest

from reportcheck import check_text

# A text, the average in it, and the amount and the number that it is made of.
AVERAGES = [
    ("全年接待216批次、1854人次，公务接待费22.25万元，人均接待费120.01元。", "120.01元", "22.25万元", "1854人次"),
    ("抽检3460批次，不合格68批次。抽检经费支出415.20万元，批均1200元。", "1200元", "415.20万元", "3460批次"),
    ("投入日常养护资金1418.80万元，养护里程1773.5公里，平均每公里0.80万元。", "0.80万元", "1418.80万元", "1773.5公里"),
    ("公务用车运行维护费296.45万元（保有量121辆，车均2.45万元）。", "2.45万元", "296.45万元", "121辆"),
    ("举办讲座218场，参与4.36万人次，场均200人次。", "200人次", "4.36万人次", "218场"),
    ("储备粮食2.05万吨。全年保管费430.85万元，吨均210.17元。", "210.17元", "430.85万元", "2.05万吨"),
    ("惠及农户68427户，实际兑付3797.16万元，户均补贴554.92元。", "554.92元", "3797.16万元", "68427户"),
]


@pytest.mark.parametrize(("text", "average", "amount", "count"), AVERAGES)
def test_an_average_is_of_the_amount_and_the_things_beside_it(text: str, average: str, amount: str, count: str) -> None:
    report = check_text(text)
    bound = [
        [fact.quantity.text for name in ("amount", "count") for fact in v.claim.operands[name]]
        for v in report.verdicts
        if v.claim.kind == "per-head" and v.claim.stated.quantity.text == average and v.outcome == "consistent"
    ]
    assert bound == [[amount, count]]
    assert [finding.message for finding in report.findings if finding.severity != "note"] == []


def test_a_wrong_average_is_told() -> None:
    (finding,) = check_text("公务用车运行维护费296.45万元（保有量121辆，车均2.54万元）。").findings
    assert finding.verdict is not None
    assert (finding.rule, finding.verdict.claim.stated.quantity.text) == ("product-mismatch", "2.54万元")


@pytest.mark.parametrize(
    "text",
    [
        "惠及居民1500户，合计补助300.0万元，上年户均1850元。",
        "培训540人，支出32.40万元，人均标准550元。",
        "甲类93户，户均补助2.60万元，补助241.80万元；乙类148户，户均补助0.85万元，补助125.80万元。",
        "一档486人，每人4400元；二档1102人，每人3300元；三档576人，每人2200元，全年共发放704.22万元。",
    ],
)
def test_averages_of_something_else_are_left_alone(text: str) -> None:
    assert [finding.message for finding in check_text(text).findings if finding.severity != "note"] == []
