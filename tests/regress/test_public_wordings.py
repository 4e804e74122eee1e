"""Right texts in wordings of public pages that once raised an alarm."""

from __future__ import annotations

import pytest

from reportcheck import check_text

TEXTS = {
    "change-of-the-whole-behind-its-list": (
        "2019年，市本级“三公”经费预算为1000万元。其中，因公出国（境）费50万元，公务接待费150万元，"
        "公务用车购置及运行费800万元。同口径比2018年减少250万元，下降20%。"
        "其中：公务接待费同口径比2018年减少50万元，下降25%。"
    ),
    "chain-without-a-total": "市级一般公共预算支出决算数5000万元，加补助下级支出400万元，上解上级支出3000万元。",
    "completion-of-budgets-not-stated": (
        "某局“三公”经费财政拨款支出年初预算为20.00万元，支出决算为9."
        "00万元，完成预算的45.00%，其中：公务用车购置及运行"
        "维护费支出决算为8.40万元，完成预算的70.00%；公务接待费支出决算为0.60万元，完成预算的7.50%。"
    ),
    "list-inside-a-chain": (
        "全镇一般公共预算收入400万元，加上级转移支付收入180万元，其中：一般转移支付收入140万元，上年结转结余60万元，"
        "基金调入10万元，收入合计为650万元。"
    ),
    "list-of-many-lines": "年度支出合计1400万元，其中：\n"
    + "\n".join(f"——{name}事务支出100万元；" for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯"),
    "counts-in-brackets": (
        "某中心实施项目共12个（含上年转列项目4个），年初批复预算7个项目600万元（含1个年初结转项目30万元），"
        "年中增加5个项目（含上年转列项目4个）。"
    ),
    "share-out-of-another-sum": (
        "建厂房12万元；购买变压器一套18万元；共计30万元，改建后已带动10户分红，分红款每户可分得500元。"
    ),
    "rest-of-a-longer-list": (
        "全年资金合计1000万元。其中，约束性任务资金合计800万元，"
        "指导性任务资金合计200万元。以上任务中，甲资金50万元由财政厅"
        "实施，乙资金100万元、丙资金10万元由糖业办实施，其余840万元由农业农村厅实施。"
    ),
    "two-prices-before-a-total": (
        "膳食补助标准为每生每天4元、全年800元，所需资金由中央财政承担，全年总计支出约160亿元。"
    ),
    "points-as-full-stops": (
        "一般公共预算收入２２１.７亿元,完成预算１０１.１％.其中,税收收入１９０."
        "４亿元;非税收入３１.３亿元.预算总收入为３６９.６亿元."
    ),
    "first-term-only-named": (
        "一般公共收入预算加上中央转移支付625.1亿元、一般债务收入135.5亿元、上年结余286.7亿元，预算总收入为3721.3亿元。"
    ),
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in TEXTS.items()])
def test_they_raise_no_alarm(text: str) -> None:
    assert [finding.message for finding in check_text(text).findings] == []
