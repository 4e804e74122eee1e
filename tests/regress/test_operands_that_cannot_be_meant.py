"""Figures were bound that the words forbid: a budget as what was spent, net assets as all assets, the discontented as
those who were asked, a part in brackets that is taken off as one that is added."""

from __future__ import annotations

import pytest

from reportcheck import check_text

RIGHT = [
    "年初预算2680.00万元，上年结转94.25万元，年中追加312.15万元，核减46.00万元，全年预算3040.40万元，预算执行率95.62%。",
    "资产总额4265.53万元。负债106.05万元，净资产4159.48万元，资产负债率2.49%。",
    "固定资产净值3865.90万元（原值6932.15万元，累计折旧3066.25万元）。",
    "有效问卷606份。其中非常满意311份、满意245份、一般37份、不满意13份，综合满意度91.75%。",
    "预算安排350.00万元，结余12.00万元，成本节约率3.43%。",
    "全年支出4103.68万元，年末结转结余260.27万元：项目结转198.00万元，财政收回62.27万元。",
    "全县参保18.46万人，人均筹资标准890元，其中财政补助610元、个人缴费280元。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_told_nothing_of(text: str) -> None:
    assert [finding.message for finding in check_text(text).findings if finding.severity != "note"] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("资产总额4265.53万元，负债106.05万元，净资产4159.48万元，资产负债率4.29%。", "4.29%"),
        ("固定资产净值3865.90万元（原值6932.15万元，累计折旧3006.25万元）。", "3865.90万元"),
        ("预算安排350.00万元，结余12.00万元，成本节约率4.33%。", "4.33%"),
    ],
)
def test_what_is_wrong_is_told(text: str, told: str) -> None:
    findings = [finding for finding in check_text(text).findings if finding.severity != "note"]
    stated = [finding.verdict.claim.stated.quantity.text for finding in findings if finding.verdict is not None]
    assert stated == [told]
