"""Figures of the sentence before were bound to a rate, share, change or total that speaks of something else.

Every text is right as it stands.
"""

from __future__ import annotations

import pytest

from reportcheck import check_text

TEXTS = {
    "growth-of-a-level-named-later": (
        "固定资产原值862.5万元。决算比年初预算多支出84.35万元（增长10.79%）。"
        "年初预算、本年决算分别为782万元、866.35万元。"
    ),
    "satisfaction-of-money": (
        "专项经费下达64万元，合计支出52.4万元。据抽样调查，样本200份，抽样误差±3%，置信度95%，满意度为93.5%—95.5%。"
    ),
    "parallel-list-of-the-next-sentence": "合同金额198.6万元。三次产业增加值分别为36.4亿元、102.8亿元和129.1亿元。",
    "share-of-an-amount-not-stated": (
        "政府采购货物支出38.6万元、服务支出94.3万元。货物采购授予中小企业合同金额占货物支出金额的100%。"
        "总投入246.7万元，其中设备费178.3万元、安装费68.4万元。"
    ),
    "sum-of-spendings-of-different-kinds": (
        "医保基金收入28.4亿元，支出25.8亿元。民生支出31.9亿元，占一般公共预算支出的比重达到74.4%。"
        "一般公共预算支出总量为42.9亿元。"
    ),
    "fall-to-nothing": "减税降费8742万元。会议费本年未发生，上年为1.86万元，下降100%。",
    "execution-rate-of-persons": "实有人数58人，另有劳务派遣人员16人。预算执行率95%，如期完成。",
    "completion-of-another-budget": "剔除未启动项目后，应执行1031.5万元。本级支出126.4万元，完成调整预算的98.2%。",
    "approval-rate-of-money": (
        "基本完成年初预算486.5万元的支出任务（实际支出463.12万元）。\n群众对窗口服务的好评率达97.8%。"
    ),
    "threshold-of-a-score": "共需资金204.0万元，已拨付187万元。预算执行率90%（含）以上得10分，80%（含）—90%得8分。",
    "posts-of-another-body": "办公地点为人民路126号，编制人数18人。下属中心在岗人员45人，平均年龄38.6岁。",
    "posts-newly-made": "全年新增岗位编制26名。退役军人服务中心在职86人。",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in TEXTS.items()])
def test_they_are_left_alone(text: str) -> None:
    assert [finding.message for finding in check_text(text).findings] == []


@pytest.mark.parametrize(
    "text",
    [
        "年均投入3400万元。政府采购支出总额349.41万元，其中：货物支出38.64万元、工程支出216.50万元、服务支出94.27万元。",
        "三个项目预算总额446.5万元。其中，甲项目预算120万元，支出116.4万元；乙项目预算86.5万元，支出86.5万元；"
        "丙项目预算240万元，支出213.72万元。",
        "下达资金64万元，支出52.4万元。抽样调查200份，服务对象满意度为93.5%。",
    ],
)
def test_what_was_already_left_alone(text: str) -> None:
    assert [finding.message for finding in check_text(text).findings] == []
