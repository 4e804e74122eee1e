"""Stated numbers of things and anniversaries: which figures are bound, and what the judge says."""

from __future__ import annotations

import pytest

from reportcheck.extract.head import head
from reportcheck.extract.prose import read_prose
from reportcheck.judge import judge
from reportcheck.model import Block, Document, Verdict
from reportcheck.rules import anniversaries, counts


def document(text: str) -> Document:
    blocks = tuple(Block(f"p{number}", line) for number, line in enumerate(text.splitlines(), 1))
    return Document("-", "txt", blocks)


def verdicts(text: str) -> list[Verdict]:
    read = document(text)
    questions = counts.propose(read, read_prose(read))
    return [verdict for question in questions if (verdict := judge(question)) is not None]


def told(verdict: Verdict) -> tuple[str, str, list[str]]:
    items = [fact.quantity.text for fact in verdict.claim.operands["items"]]
    return verdict.claim.stated.quantity.text, verdict.outcome, items


@pytest.mark.parametrize(
    ("text", "stated", "outcome", "items"),
    [
        ("内设办公室、人事股、财务股等3个股室。", "3个", "consistent", ["办公室", "人事股", "财务股"]),
        ("内设办公室、人事股等3个股室。", "3个", "consistent", ["办公室", "人事股"]),
        ("内设办公室、人事股、财务股等2个股室。", "2个", "inconsistent", ["办公室", "人事股", "财务股"]),
        ("机关设办公室、人事股、财务股4个股室。", "4个", "inconsistent", ["办公室", "人事股", "财务股"]),
        ("推进水源改造、管网更新两个项目。", "两个", "consistent", ["水源改造", "管网更新"]),
        ("推进水源改造、管网更新三个项目。", "三个", "inconsistent", ["水源改造", "管网更新"]),
        ("内设机构2个，即办公室、财务科。", "2个", "consistent", ["办公室", "财务科"]),
        ("内设机构3个，即办公室、财务科。", "3个", "inconsistent", ["办公室", "财务科"]),
        ("3个直属单位：甲馆、乙站和丙所。", "3个", "consistent", ["甲馆", "乙站", "丙所"]),
        ("直属单位3个，包括甲馆、乙站。", "3个", "consistent", ["甲馆", "乙站"]),
        ("3个部门，即教育和体育局、民政局、司法局。", "3个", "consistent", ["教育和体育局", "民政局", "司法局"]),
        ("开展两项工作：一是查账，二是盘点。", "两项", "consistent", ["查账", "盘点"]),
        ("开展三项工作：一是查账，二是盘点。", "三项", "inconsistent", ["查账", "盘点"]),
        ("1个行政单位和2个事业单位，分别为甲局、乙站、丙所。", "2个", "undecided", ["甲局", "乙站", "丙所"]),
        ("新开、增发、加密15条公交线路。", "15条", "undecided", ["新开", "增发", "加密"]),
    ],
)
def test_lists_in_a_sentence(text: str, stated: str, outcome: str, items: list[str]) -> None:
    assert [told(verdict) for verdict in verdicts(text)] == [(stated, outcome, items)]


@pytest.mark.parametrize(
    "text",
    [
        "检查网吧、影院等场所36家。",
        "覆盖村、社区12个。",
        "内设机构3个：行政类1个、事业类2个。",
        "抽调综合科、指挥科和两个下属单位的骨干。",
        "约4个单位：甲馆、乙站、丙所。",
        "办好世界杯、铁人三项赛、公开赛。",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert verdicts(text) == []


def test_numbered_paragraphs_are_counted_at_their_own_depth() -> None:
    text = (
        "（二）主要成效\n主要做了以下两个方面的工作：\n1.优化服务。全年办件10件。\n（1）窗口服务。\n（2）网上服务。\n"
        "另有说明。\n2.强化监管。检查2次。\n（三）存在问题\n1.进度偏慢。\n"
    )
    (verdict,) = verdicts(text)
    assert told(verdict) == ("两个", "consistent", ["优化服务", "强化监管"])
    assert [fact.quantity.span.block for fact in verdict.claim.operands["items"]] == ["p3", "p7"]


def test_points_run_over_paragraphs() -> None:
    (verdict,) = verdicts("下一步抓好以下四项工作：\n一是补数据。逐项核对。\n二是建台账。\n三是抓培训。\n五、附则")
    assert told(verdict) == ("四项", "inconsistent", ["补数据", "建台账", "抓培训"])


def test_a_point_without_number_leaves_it_open() -> None:
    (verdict,) = verdicts("抓好三项工作：一是补数据，二是建台账，此外加强培训。")
    assert (verdict.outcome, verdict.reason) == ("undecided", "partial-list")


def test_items_stand_where_they_are_named() -> None:
    text = "内设机构3个，即办公室、财务科。"
    (verdict,) = verdicts(text)
    spans = [fact.quantity.span for fact in verdict.claim.operands["items"]]
    assert [text[span.start : span.end] for span in spans] == ["办公室", "财务科"]


def anniversary(title: str, text: str) -> list[tuple[str, str, str]]:
    read = document(f"{title}\n{text}")
    judged = [judge(question) for question in anniversaries.propose(read_prose(read), head(read))]
    return [(v.claim.stated.quantity.text, v.outcome, v.claim.formula) for v in judged if v is not None]


@pytest.mark.parametrize(
    ("text", "outcome", "formula"),
    [
        ("庆祝新中国成立70周年。", "consistent", "year - founding"),
        ("筹备新中国成立71周年活动。", "consistent", "year + next - founding"),
        ("庆祝新中国成立60周年。", "inconsistent", "year - founding"),
        ("做好70周年国庆保障。", "consistent", "year - founding"),
        ("沿用2009年新中国成立60周年的展板。", "consistent", "year - founding"),
    ],
)
def test_anniversaries(text: str, outcome: str, formula: str) -> None:
    stated = next(word for word in ("60周年", "70周年", "71周年") if word in text)
    assert anniversary("甲县乙局2019年度绩效自评报告", text) == [(stated, outcome, formula)]


def test_no_anniversary_without_a_year_or_a_known_event() -> None:
    assert anniversary("绩效自评报告", "庆祝新中国成立60周年。") == []
    assert anniversary("甲县乙局2019年度绩效自评报告", "庆祝建馆60周年。") == []
