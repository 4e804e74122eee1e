"""Lists are told by structure: what opens and closes them, the marks between their items, and their levels."""

from __future__ import annotations

import pytest

from reportcheck.extract.prose import passage
from reportcheck.groups.lists import List, lists
from reportcheck.model import Block

Told = tuple[str, list[str], list[list[str]]]


def told(found: List) -> Told:
    heads = [head.quantity.text for head in found.heads]
    return found.opening, heads, [[figure.quantity.text for figure in item] for item in found.items]


def read(text: str) -> list[Told]:
    return [told(found) for found in lists(passage([Block("p1", text)]))]


def test_words_open_a_list_that_a_stronger_mark_ends() -> None:
    assert read("收入90万元，其中：拨款60万元，自筹30万元；支出85万元，其中材料费50万元、人工费35万元。") == [
        ("words", ["90万元"], [["60万元"], ["30万元"]]),
        ("words", ["85万元"], [["50万元"], ["35万元"]]),
    ]


def test_a_list_stands_in_an_item_of_another() -> None:
    assert read("总支出70万元，其中：甲项50万元，其中材料费30万元、人工费20万元；乙项20万元。") == [
        ("words", ["50万元"], [["30万元"], ["20万元"]]),
        ("words", ["70万元"], [["50万元"], ["20万元"]]),
    ]


def test_a_bracket_divides_the_figure_before_it_or_the_one_behind() -> None:
    assert read("设备费27万元（购置18万元，安装9万元），其他5万元。") == [
        ("bracket", ["27万元"], [["18万元"], ["9万元"]]),
    ]
    assert read("设备费（购置18万元，安装9万元）27万元。") == [("bracket", ["27万元"], [["18万元"], ["9万元"]])]


def test_a_total_closes_the_list_before_it_in_each_of_its_measures() -> None:
    assert read("甲村12户36人，乙村8户21人，合计20户57人。") == [
        ("closing", ["20户"], [["12户", "36人"], ["8户", "21人"]]),
        ("closing", ["57人"], [["12户", "36人"], ["8户", "21人"]]),
    ]


def test_so_many_items_as_the_total_says() -> None:
    assert read("甲类12份、乙类8份、丙类5份，前两项合计20份。") == [("closing", ["20份"], [["12份"], ["8份"]])]


def test_what_the_items_say_besides_belongs_to_them() -> None:
    assert read("资金90万元，其中：甲镇60万元，占66.67%；乙镇30万元，占33.33%。") == [
        ("words", ["90万元"], [["60万元", "66.67%"], ["30万元", "33.33%"]]),
    ]


def test_sides_of_one_item_are_no_items() -> None:
    assert read("预算30万元，支出27万元，其中：甲项预算10万元，支出9万元；乙项预算20万元，支出18万元。") == [
        ("words", ["27万元", "30万元"], [["10万元", "9万元"], ["20万元", "18万元"]]),
    ]


def test_items_on_lines_of_their_own() -> None:
    text = "项目支出90万元，其中：\n材料费60万元，占66.67%。\n人工费30万元，占33.33%。"
    blocks = [Block(f"p{number}", line) for number, line in enumerate(text.split("\n"), 1)]
    assert [told(found) for found in lists(passage(blocks))] == [
        ("words", ["90万元"], [["60万元", "66.67%"], ["30万元", "33.33%"]]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # An average, a band of scores, money handed back and members side by side are no items.
        "在校学生120人，平均班额40人。",
        "综合得分90分（含）以上为优，80分（含）至90分为良，60分至80分为中。",
        "预算分别为60万元、70万元，支出分别为52万元、63万元。",
    ],
)
def test_no_list(text: str) -> None:
    assert [found for found in read(text) if found[1]] == []


def test_a_list_behind_a_comma_may_be_longer() -> None:
    (found,) = lists(passage([Block("p1", "违法案件30件，其中食品类14件、计量类16件，办结28件。")]))
    assert told(found) == ("words", ["30件"], [["14件"], ["16件"]])
    assert [[figure.quantity.text for figure in item] for item in found.longer] == [["28件"]]
