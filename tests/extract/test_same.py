"""Whether two figures speak of the same thing, aspect by aspect."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reportcheck.extract.head import head
from reportcheck.extract.named_cells import in_tables
from reportcheck.extract.named_prose import in_prose
from reportcheck.extract.prose import read_prose
from reportcheck.extract.same import ASPECTS, Aspects, assumed, same
from reportcheck.extract.tabular import read_sheets
from reportcheck.model import Document
from reportcheck.read.txt import blocks_of

SPENT = Aspects(
    measure=frozenset({"#training"}),
    dimension="money",
    kind="level",
    rate=frozenset(),
    side="actual",
    year="2022",
    body="局机关",
    flow="支出",
    parts=frozenset({"#basic"}),
)
OTHERWISE: dict[str, object] = {
    "measure": frozenset({"#meetings"}),
    "dimension": "person",
    "kind": "rate",
    "rate": frozenset({"%执行率"}),
    "side": "initial",
    "year": "2021",
    "body": "全系统",
    "flow": "收入",
    "parts": frozenset({"#project"}),
}
UNTOLD = {name: type(value)() for name, value in OTHERWISE.items()}


@pytest.mark.parametrize("aspect", sorted(ASPECTS))
def test_one_aspect_tells_figures_apart_unless_it_may_differ(aspect: str) -> None:
    other = replace(SPENT, **{aspect: OTHERWISE[aspect]})  # type: ignore[arg-type]
    assert not same(SPENT, other)
    assert same(SPENT, other, but={aspect})
    assert not same(SPENT, other, but=ASPECTS - {aspect})


@pytest.mark.parametrize("aspect", sorted(ASPECTS - {"rate"}))
def test_what_is_not_told_is_no_difference_where_it_may_be_untold(aspect: str) -> None:
    other = replace(SPENT, **{aspect: UNTOLD[aspect]})  # type: ignore[arg-type]
    assert not same(SPENT, other)
    assert same(SPENT, other, untold={aspect})
    assert not same(SPENT, replace(SPENT, **{aspect: OTHERWISE[aspect]}), untold={aspect})  # type: ignore[arg-type]


def test_a_path_of_parts_may_go_further() -> None:
    further = replace(SPENT, parts=frozenset({"#basic", "#appropriation"}))
    assert same(SPENT, further, untold={"parts"})
    assert not same(SPENT, further)


def test_what_nothing_tells_of_was_spent() -> None:
    assert assumed(replace(SPENT, side="")) == SPENT
    assert assumed(replace(SPENT, side="full")).side == "full"


def test_text_and_tables_give_the_same_aspects() -> None:
    text = (
        "某县水务局2022年度部门整体支出绩效自评报告\n"
        "局机关年初预算安排培训费6.8万元，计划培训120人次。\n"
        "项目\t年初预算数\t决算数\n"
        "局机关培训费\t6.80\t6.52\n"
    )
    document = Document("-", "txt", *blocks_of(text))
    title = head(document)
    found = [*in_prose(read_prose(document), title), *in_tables(read_sheets(document), title)]
    told = {each.fact.quantity.text: (each.aspects.side, each.aspects.year, each.aspects.body) for each in found}
    assert told == {
        "6.8万元": ("initial", "2022", "局机关"),
        "120人次": ("budget", "2022", "局机关"),
        "6.80": ("initial", "2022", "局机关"),
        "6.52": ("actual", "2022", "局机关"),
    }
