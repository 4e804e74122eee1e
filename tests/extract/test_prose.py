"""What a figure does in its sentence: role, subject, side, sign, base, lists and brackets."""

from __future__ import annotations

import pytest

from reportcheck.extract.mention import Mention, Passage
from reportcheck.extract.prose import passage, read_prose
from reportcheck.model import Block, Document


def read(*lines: str) -> Passage:
    return passage([Block(f"p{number}", line) for number, line in enumerate(lines, 1)])


def figure(text: str, written: str) -> Mention:
    (mention,) = [mention for mention in read(text).mentions if mention.quantity.text == written]
    return mention


@pytest.mark.parametrize(
    ("text", "written", "role"),
    [
        ("预算执行率为86.75%。", "86.75%", "rate"),
        ("占本年支出合计的61.58%。", "61.58%", "share"),
        ("税收占比64%。", "64%", "share"),
        ("完成年初预算的95.45%。", "95.45%", "completion"),
        ("比上年增长12.08%。", "12.08%", "growth"),
        ("比上年减少13.52万元。", "13.52万元", "change"),
        ("提高2.6个百分点。", "2.6个百分点", "change"),
        ("年末结余16.8万元。", "16.8万元", "difference"),
        ("收入合计397.2万元。", "397.2万元", "total"),
        ("会议费支出3.2万元。", "3.2万元", "level"),
        ("每人每月90元。", "90元", "price"),
        ("补贴标准98.6元/亩。", "98.6元/亩", "price"),
        ("由120万元增加到150万元。", "120万元", "from"),
        ("由120万元增加到150万元。", "150万元", "to"),
        ("年均增长6%。", "6%", "average-growth"),
        ("计划完成120场。", "120场", "target"),
        ("上年决算数为12.5万元。", "12.5万元", "previous"),
        ("68.78%的预算执行率。", "68.78%", "rate"),
        ("下降到12.5%。", "12.5%", "to"),
    ],
)
def test_the_role_of_a_figure(text: str, written: str, role: str) -> None:
    assert figure(text, written).role == role


@pytest.mark.parametrize(
    ("text", "written", "sign"),
    [
        ("增加3万元。", "3万元", 1),
        ("减少3万元。", "3万元", -1),
        ("增长3%。", "3%", 1),
        ("下降3%。", "3%", -1),
        ("变动率为3%。", "3%", 0),
        ("支出3万元。", "3万元", 0),
    ],
)
def test_the_sign_of_a_change(text: str, written: str, sign: int) -> None:
    assert figure(text, written).sign == sign


@pytest.mark.parametrize(
    ("text", "written", "side"),
    [
        ("年初预算60万元。", "60万元", "budget"),
        ("实际支出60万元。", "60万元", "actual"),
        ("下达资金60万元。", "60万元", "budget"),
        ("已支付60万元。", "60万元", "actual"),
        ("一般公共预算收入60万元。", "60万元", ""),
        ("固定资产60万元。", "60万元", ""),
    ],
)
def test_the_side_of_an_amount(text: str, written: str, side: str) -> None:
    assert figure(text, written).side == side


def test_the_base_of_a_share_is_what_stands_behind_its_verb() -> None:
    assert figure("基本支出60万元，占本年支出合计的61.58%。", "61.58%").base == "本年支出"


def test_the_name_of_a_rate() -> None:
    assert figure("“三公”经费控制率为83.88%。", "83.88%").name == "三公”经费控制率"


def test_a_base_with_its_own_figure() -> None:
    text = "女职工58人，占职工总数163人的35.6%。"
    share = figure(text, "35.6%")
    assert (share.role, share.base_order) == ("share", figure(text, "163人").order)
    assert figure(text, "163人").role == "base"


def test_a_subject_carries_over_to_the_next_clause() -> None:
    text = "会议费预算6.5万元，支出4.8万元。"
    assert [mention.subject for mention in read(text).mentions] == ["会议费", "会议费"]
    assert [mention.own_subject for mention in read(text).mentions] == [True, False]


def test_sentences_and_orders_are_counted() -> None:
    found = read("会议费3万元，培训费4万元。差旅费5万元。").mentions
    assert [(mention.order, mention.sentence) for mention in found] == [(0, 0), (1, 0), (2, 1)]


def test_a_parallel_list_takes_the_names_before_it() -> None:
    found = read("会议费、培训费和差旅费分别为3万元、4万元和5万元。").mentions
    assert [mention.subject for mention in found] == ["会议费", "培训费", "差旅费"]
    assert [(mention.series_id, mention.series) for mention in found] == [(0, 0), (0, 1), (0, 2)]


def test_a_list_of_names_of_another_length_names_nothing() -> None:
    found = read("会议费、培训费分别为3万元、4万元和5万元。").mentions
    assert [mention.series for mention in found] == [0, 1, 2]
    assert len({mention.subject for mention in found}) == 1


def test_brackets_with_several_figures_are_one_level_deeper() -> None:
    found = read("项目支出131.06万元（软件52.05万元，硬件79.01万元），其他3万元。").mentions
    assert [mention.depth for mention in found] == [0, 1, 1, 0]
    assert found[1].bracket == found[2].bracket != found[0].bracket


def test_brackets_around_one_figure_add_no_level() -> None:
    found = read("项目支出（879.05万元）和基本支出（3.2万元）。").mentions
    assert [mention.depth for mention in found] == [0, 0]


def test_brackets_without_figures_belong_to_the_name() -> None:
    assert figure("因公出国（境）费3.2万元。", "3.2万元").subject == "因公出国费"


def test_lines_that_lead_on_are_one_passage_with_spans_of_their_own() -> None:
    found = read("基本支出60万元，其中：", "人员经费50万元；", "公用经费10万元。")
    assert [(m.quantity.span.block, m.quantity.span.start, m.quantity.span.end) for m in found.mentions] == [
        ("p1", 4, 8),
        ("p2", 4, 8),
        ("p3", 4, 8),
    ]
    assert [found.plain[m.start : m.end] for m in found.mentions] == ["60万元", "50万元", "10万元"]


def document(*blocks: Block) -> Document:
    return Document("-", "txt", blocks)


def test_cells_and_contents_are_no_prose() -> None:
    blocks = [
        Block("p1", "一、概况3", "contents"),
        Block("p2", "支出60万元。"),
        Block("t1.r1c1", "60万元", "cell"),
        Block("p3", "  "),
        Block("p4", "注：收入70万元。", "note"),
    ]
    assert [found.block.id for found in read_prose(document(*blocks))] == ["p2", "p4"]


def test_only_paragraphs_lead_on() -> None:
    blocks = [
        Block("p1", "一、支出：", "heading"),
        Block("p2", "支出60万元，"),
        Block("p3", "收入70万元。"),
        Block("p4", "结余10万元。"),
    ]
    assert [[block.id for block in found.blocks] for found in read_prose(document(*blocks))] == [
        ["p1"],
        ["p2", "p3"],
        ["p4"],
    ]


def test_a_passage_without_figures_is_empty() -> None:
    assert read("没有数字。").mentions == ()


def test_every_figure_is_a_mention() -> None:
    text = "2022年预算60万元，支出52.05万元，执行率86.75%，比上年提高3.5个百分点，涉及36人。"
    assert [m.quantity.text for m in read(text).mentions] == ["60万元", "52.05万元", "86.75%", "3.5个百分点", "36人"]
