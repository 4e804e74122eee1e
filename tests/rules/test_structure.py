"""Attachments announced and absent, and numbers that do not run on."""

from __future__ import annotations

import pytest

from reportcheck.model import Block, Document, Lint, Table
from reportcheck.rules import attachments, contents, ordering, references


def document(text: str, tables: tuple[Table, ...] = ()) -> Document:
    lines = [line for line in text.splitlines() if line]
    blocks = [Block(f"p{number}", line) for number, line in enumerate(lines, 1)]
    blocks += [cell for table in tables for row in table.cells for cell in row if cell]
    return Document("-", "txt", tuple(blocks), tables)


def lints_of(read: Document) -> list[Lint]:
    rules = (attachments.missing, ordering.gaps, contents.mismatches, references.missing)
    return [lint for rule in rules for lint in rule(read)]


def found(read: Document) -> list[tuple[str, str, str]]:
    texts = {block.id: block.text for block in read.blocks}
    lints = lints_of(read)
    return [(lint.rule, s.block, texts[s.block][s.start : s.end]) for lint in lints for s in lint.spans]


def one_cell_table(caption: str) -> Table:
    return Table("t1", ((Block("t1.r1c1", "得分", "cell"),),), caption)


LIST = "附件：1.绩效评分表\n2.2021年基础数据表\n"


def test_every_absent_attachment_is_marked_with_its_number() -> None:
    assert found(document(LIST)) == [
        ("attachment-missing", "p1", "1.绩效评分表"),
        ("attachment-missing", "p2", "2.2021年基础数据表"),
    ]


def test_all_on_one_line() -> None:
    assert found(document("附件：1.绩效评分表 2.基础数据表\n附件2\n")) == [("attachment-missing", "p1", "1.绩效评分表")]


@pytest.mark.parametrize("later", ["附件1\n附件2\n", "绩效评分表\n基础数据表\n", "附件一：评分\n附表2 数据\n"])
def test_present_by_number_or_name(later: str) -> None:
    assert found(document(LIST + later)) == []


def test_present_as_a_table() -> None:
    assert found(document(LIST, (one_cell_table("《绩效评分表》"),))) == [
        ("attachment-missing", "p2", "2.2021年基础数据表")
    ]
    assert found(document("附件：绩效评分表\n", (one_cell_table(""),))) == []


@pytest.mark.parametrize("text", ["附件：评分表（另附）", "附件：评分表.xlsx", "附件下载", "附件：无", "详见附件1。"])
def test_attachments_elsewhere(text: str) -> None:
    assert found(document(text)) == []


@pytest.mark.parametrize(
    ("text", "block", "marked", "previous", "expected"),
    [
        ("一、甲\n二、乙\n四、丁\n五、戊", "p3", "四、", "二、", "三、"),
        ("（一）甲\n（二）乙\n（二）丙", "p3", "（二）", "（二）", "（三）"),
        ("1.甲\n（1）子\n（2）丑\n2.乙\n4.丁", "p5", "4.", "2.", "3."),
        ("①甲\n②乙\n④丁", "p3", "④", "②", "③"),
        ("第一部分 甲\n第二部分 乙\n第四部分 丁", "p3", "第四部分", "第二部分", "第三部分"),
    ],
)
def test_numbering_gaps(text: str, block: str, marked: str, previous: str, expected: str) -> None:
    read = document(text)
    (lint,) = lints_of(read)
    assert found(read) == [("numbering-gap", block, marked)]
    assert lint.facts == {"previous": previous, "expected": expected}


@pytest.mark.parametrize(
    "text",
    [
        "一、甲\n1.子\n2.丑\n二、乙\n1.寅\n2.卯",
        "1.甲\n3.丙",
        "（一）甲\n（二）乙；（三）丙\n（四）丁",
        "一、甲\n二、乙\n末句没有句号三、丙\n四、丁",
        "1.甲\n2、乙\n3.丙\n4.丁",
        "1.甲\n2.乙\n9.丙",
        "1.甲\n2.乙\n有两点：1.子\n2.丑",
    ],
)
def test_numbering_that_may_be_right(text: str) -> None:
    assert found(document(text)) == []


@pytest.mark.parametrize(
    ("text", "block", "marked", "previous", "expected"),
    [
        ("一、甲\n三、丙", "p2", "三、", "一、", "二、"),
        ("（一）甲\n（三）丙\n二、乙", "p2", "（三）", "（一）", "（二）"),
        ("1.甲。\n3.丙。\n4.丁。", "p2", "3.", "1.", "2."),
        ("一、甲\n二、乙\n二、丙", "p3", "二、", "二、", "三、"),
        ("一、甲\n二、乙\n五、戊\n四、丁\n三、丙", "p3", "五、", "二、", "三、"),
        ("（一）甲\n说明文字。\n（一）乙\n（二）丙", "p3", "（一）", "（一）", "（二）"),
        ("第一部分 甲\n一、子\n二、丑\n第三部分 丙\n一、寅", "p4", "第三部分", "第一部分", "第二部分"),
        ("一.甲\n二.乙\n四.丁", "p3", "四.", "二.", "三."),
        ("做法：一是甲，二是乙，四是丁。", "p1", "四是", "二是", "三是"),
        ("一是甲。\n二是乙。\n二是丙。", "p3", "二是", "二是", "三是"),
        ("做法：（1）甲；（2）乙；（4）丁。", "p1", "（4）", "（2）", "（3）"),
        ("原因：第一，甲；第二，乙；第二，丙。", "p1", "第二", "第二", "第三"),
        ("做法：一是甲，三是乙，三是丙。", "p1", "三是", "一是", "二是"),
        ("一、甲\n二、乙\n二、丙\n四、丁", "p3", "二、", "二、", "三、"),
    ],
)
def test_gaps_doubles_and_disorder(text: str, block: str, marked: str, previous: str, expected: str) -> None:
    read = document(text)
    (lint,) = lints_of(read)
    assert found(read) == [("numbering-gap", block, marked)]
    assert lint.facts == {"previous": previous, "expected": expected}


def test_two_slips_of_one_list_are_two_findings() -> None:
    read = document("一、甲\n二、乙\n二、丙\n三、丁\n四、戊\n六、己")
    assert [(block, mark) for _, block, mark in found(read)] == [("p3", "二、"), ("p6", "六、")]


@pytest.mark.parametrize(
    "text",
    [
        "做法：一是甲，二是乙三是丙，四是丁。",
        "做法：一是甲，二是乙，三要丙，四是丁。",
        "做法：一是甲，二是乙，第三步丙，四是丁。",
        "做法：（1）甲；（2）乙；3）丙；（4）丁。",
        "一是甲：一是子，二是丑。二是乙。三是丙。",
        "一是甲。\n二是乙。\n一、甲\n四是丁。",
        "第一部分 甲\n一、子\n二、丑\n第二部分 乙\n一、子\n二、丑\n三、寅",
        "1.甲。\n1.子\n2.丑\n2.乙\n3.丙",
        "（一）甲\n基础数据表\n（一）乙\n（二）丙",
        "一、甲。\n五、戊。",
        "1.甲。\n3.丙。",
    ],
)
def test_lists_in_lists_and_other_marks(text: str) -> None:
    assert found(document(text)) == []


def test_numbers_made_by_the_word_processor_are_trusted() -> None:
    blocks = [Block(f"p{n}", f"{n}.甲", generated=2 if n == 4 else 0) for n in (1, 2, 4)]
    assert found(Document("-", "docx", tuple(blocks))) == []
