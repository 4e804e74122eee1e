"""On which side of the money an amount stands: by the word that ends last in its phrase."""

from __future__ import annotations

from typing import Any

import pytest

from reportcheck.catalog import built_in
from reportcheck.extract.sides import side_of


@pytest.mark.parametrize("row", built_in("sides")["side"], ids=lambda row: str(row["id"]))
def test_every_side_is_told_by_its_example(row: dict[str, Any]) -> None:
    assert side_of(row["example"])[0] == row["id"]


@pytest.mark.parametrize(
    ("phrase", "side"),
    [
        ("年初预算", "initial"),
        ("年初预算支出", "initial"),
        ("调整后的预算", "full"),
        ("预算安排", "budget"),
        ("实际到位", "arrived"),
        ("支出决算", "actual"),
        ("计划支出", "budget"),
        ("一般公共预算财政拨款支出", "actual"),
        ("年初预算批复后实际支出", "actual"),
        ("到位资金中已支付", "actual"),
        ("土地出让收入安排的支出", "actual"),
        ("计划生育事务", ""),
        ("水渠", ""),
    ],
)
def test_the_word_that_ends_last_tells(phrase: str, side: str) -> None:
    assert side_of(phrase)[0] == side
