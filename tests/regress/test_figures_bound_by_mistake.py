"""False alarms once raised on right sentences, and the slips in the same sentences that must still be found."""

from __future__ import annotations

import pytest

from reportcheck.checker import check_text

RIGHT = {
    "a mark that sorts": "全年实施项目8个，预算960.00万元，执行912.00万元，平均执行率95.00%，"
    "其中执行率超过98%的有3个。",
    "what was aimed at": "道路事故由上年的40起减少到34起，下降15%，未达到下降20%的目标。",
    "kinds of what is counted": "受理案件420件，其中调解结案290件、裁决结案96件、撤诉及其他结案20件，"
    "期末在办14件，结案率96.67%。",
    "satisfied in two degrees": "收回有效问卷210份，其中“满意”150份、“基本满意”48份、“不满意”12份，"
    "满意度（含基本满意）为94.29%。",
    "posts and staff divided": "全局核定编制82名，实有在职人员78人；按学历划分，研究生12人、本科50人、大专及以下16人。",
    "staff hired besides": "核定编制46名，2023年末在编42人，另聘用劳务派遣人员11人，退休职工27人。",
    "a chain of counts": "机关编制30名，实有28人；下属单位12个，其中医院3个、卫生院9个。"
    "全系统核定事业编制940名，年末在编911人。",
    "one whole divided twice": "按收入性质分为一般公共预算支出3120.40万元、政府性基金支出480.60万元；"
    "按支出性质分为基本支出1250.00万元、项目支出2351.00万元。",
    "the first three of four": "非常满意120份、满意64份、基本满意11份、不满意5份，前三项合计195份。",
    "parts named by the total": "支出包括设备购置320.50万元、场地改造210.30万元、软件开发95.20万元、人员培训18.40万元，"
    "其中设备购置与场地改造两项合计530.80万元。",
    "brackets of a change": "年末在职人员64人，较上年净减少3人（调入2人、退休5人）。",
    "a score before a bonus": "项目综合得分92分，另因获通报推广加1分，最终得分93分，"
    "其中决策12.5分、过程18.3分、产出32.6分、效益28.6分。",
    "units of a table": "注：本表以万元为单位核算后折算为亿元，合计与分项之间的微小差异系四舍五入所致。",
    "one amount in two units": "采购预算5,218,000.00元（521.80万元），全年支出486250万元，约48.63亿元。",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_nothing_is_said_of_what_is_right(text: str) -> None:
    assert [finding.message for finding in check_text(text).findings if finding.severity != "note"] == []


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("采购预算5,218,000.00元（5218.00万元）。", "5218.00万元"),
        ("全年支出486250万元，约4.86亿元。", "4.86亿元"),
        (
            "支出包括设备购置320.50万元、场地改造210.30万元、软件开发95.20万元，其中设备购置与场地改造合计503.80万元。",
            "503.80万元",
        ),
    ],
)
def test_a_slip_is_found(text: str, stated: str) -> None:
    findings = [finding for finding in check_text(text).findings if finding.severity != "note"]
    assert [finding.verdict.claim.stated.quantity.text for finding in findings if finding.verdict] == [stated]
