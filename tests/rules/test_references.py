"""References to tables, figures, attachments and parts that a report does not hold."""

from __future__ import annotations

import pytest

from reportcheck.model import Document
from reportcheck.read.txt import blocks_of
from reportcheck.rules import references

CAPTIONS = "表1 收入情况表\n表2 支出情况表\n"
LABELS = "正文一。\n正文二。\n正文三。\n正文四。\n正文五。\n附件1\n评分表\n附件2\n明细表\n"


def marked(text: str) -> list[tuple[str, str]]:
    blocks = blocks_of(text)[0]
    texts = {block.id: block.text for block in blocks}
    lints = list(references.missing(Document("-", "txt", blocks)))
    return [(lint.facts["name"], texts[s.block][s.start : s.end]) for lint in lints for s in lint.spans]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("支出构成见表3。", [("表3", "表3")]),
        ("支出构成（表3）与上年相近。", [("表3", "表3")]),
        ("从表三可以看出，支出下降。", [("表3", "表三")]),
        ("详见表2、表3和表4。", [("表3", "表3"), ("表4", "表4")]),
        ("见表3，又见表3。", [("表3", "表3")]),
    ],
)
def test_tables_that_are_not_there(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert marked(CAPTIONS + sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "支出构成见表2。",
        "按照《甲办法》表5填列。",
        "填写通知表5所列内容。",
        "发放测评量表5份，代表3人参加。",
        "支出构成见表3。\n表3：项目支出情况",
        "实施意见表5项要求。",
        "见表1-3。",
    ],
)
def test_tables_that_are_there_or_belong_elsewhere(sentence: str) -> None:
    assert marked(CAPTIONS + sentence) == []


def test_attachments_are_known_by_their_labels() -> None:
    assert marked("扣分情况见附件2。\n" + LABELS) == []
    assert marked("扣分情况见附件3。\n" + LABELS) == [("附件3", "附件3")]
    assert marked("扣分情况见附件3。\n" + LABELS + "附件3-1\n问卷") == []


def test_a_label_over_the_title_numbers_the_file_itself() -> None:
    assert marked("附件1\n绩效自评报告\n附件2另行印发。\n评分情况见附件3。") == []


def test_a_report_that_numbers_nothing_is_not_held_to_it() -> None:
    assert marked("支出构成见表3，评分见附件2，改进措施见本报告第七部分。") == []


def test_sections_stand_for_parts_where_nothing_is_called_a_part() -> None:
    sections = "一、甲情况\n二、乙情况\n三、丙情况\n"
    assert marked(sections + "原因见第三部分。") == []
    assert marked(sections + "原因见本报告第四部分。") == [("第4部分", "第四部分")]
    assert marked(sections + "原因见《甲规划》第四部分。") == []
