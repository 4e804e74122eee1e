"""Attachments announced and absent, and numbers that do not run on."""

from __future__ import annotations

import pytest

from reportcheck.model import Block, Document, Table
from reportcheck.rules import structure


def document(text: str, tables: tuple[Table, ...] = ()) -> Document:
    lines = [line for line in text.splitlines() if line]
    blocks = [Block(f"p{number}", line) for number, line in enumerate(lines, 1)]
    blocks += [cell for table in tables for row in table.cells for cell in row if cell]
    return Document("-", "txt", tuple(blocks), tables)


def found(read: Document) -> list[tuple[str, str, str]]:
    texts = {block.id: block.text for block in read.blocks}
    lints = list(structure.find(read))
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
    (lint,) = structure.find(read)
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


def test_numbers_made_by_the_word_processor_are_trusted() -> None:
    blocks = [Block(f"p{n}", f"{n}.甲", generated=2 if n == 4 else 0) for n in (1, 2, 4)]
    assert found(Document("-", "docx", tuple(blocks))) == []
