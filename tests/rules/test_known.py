"""Sums and rates that are known beforehand, over sentences and sections."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from reportcheck.assess import assess
from reportcheck.catalog import built_in
from reportcheck.extract.head import head as read_head
from reportcheck.extract.named_prose import in_prose
from reportcheck.extract.prose import read_prose
from reportcheck.model import Document
from reportcheck.read.txt import blocks_of
from reportcheck.rules import known, known_rates

SUMS = built_in("identities")["known"]
RATES = built_in("identities")["known_rate"]


def outcomes(rule: ModuleType, text: str) -> set[tuple[str, int, str]]:
    """The stated figure of each claim of a rule, of how many figures it is made, and what becomes of it."""
    document = Document("-", "txt", *blocks_of(text))
    figures = tuple(in_prose(read_prose(document), read_head(document)))
    claims = [claim for question in rule.propose(figures) for claim in question]
    return {(c.stated.quantity.text, sum(map(len, c.operands.values())), assess(c).outcome) for c in claims}


@pytest.mark.parametrize("row", SUMS, ids=lambda row: f"{row['total']}-{'-'.join(row['parts'])}")
def test_the_example_of_each_known_sum_adds_up(row: dict[str, Any]) -> None:
    most = len(row["parts"]) + len(row.get("less", ()))
    sizes = range(max(2, most - len(row.get("optional", ()))), most + 1)
    found = outcomes(known, row["example"])
    assert {outcome for _, size, outcome in found if size in sizes} == {"consistent"}


@pytest.mark.parametrize("row", RATES, ids=lambda row: row["numerator"][0])
def test_the_example_of_each_known_rate_holds_and_another_rate_does_not(row: dict[str, Any]) -> None:
    right = row["example"]
    wrong = right[: right.rindex("率")] + "率71.5%。"
    assert {outcome for _, _, outcome in outcomes(known_rates, right)} == {"consistent"}
    assert {(text, outcome) for text, _, outcome in outcomes(known_rates, wrong)} == {("71.5%", "inconsistent")}


def test_a_part_in_another_sentence_breaks_the_sum() -> None:
    text = "基本支出90.25万元。人员经费70.10万元，公用经费21.15万元。"
    assert outcomes(known, text) == {("90.25万元", 2, "inconsistent")}


def test_parts_of_another_year_are_no_parts() -> None:
    text = "2023年基本支出90.25万元。2022年人员经费70.10万元，2022年公用经费21.15万元。"
    assert outcomes(known, text) == set()


def test_a_rate_of_a_part_is_not_held_against_the_whole() -> None:
    text = "全年预算210万元，全年支出189万元。三公经费执行率80%。"
    assert outcomes(known_rates, text) == set()
