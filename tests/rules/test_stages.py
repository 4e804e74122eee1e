"""Steps of one piece of work in the wrong order: the examples of their table, and corner cases."""

from __future__ import annotations

from typing import Any

import pytest

from reportcheck.catalog import built_in
from reportcheck.rules.stages import reversed_stages


def marked(text: str) -> list[str]:
    return [text[later.start : later.end] for later, _, _ in reversed_stages(text, 0, len(text))]


@pytest.mark.parametrize("row", built_in("dates")["chain"], ids=lambda row: row["example"])
def test_a_chain_finds_its_example(row: dict[str, Any]) -> None:
    before, rest = row["example"].split("⟦")
    date, behind = rest.split("⟧")
    assert marked(before + date + behind) == [date]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年5月10日开工建设并于2021年4月30日建成投用", ["2021年4月30日"]),
        ("2021年11月竣工，12月开工", ["2021年11月"]),
        ("12月28日初验，12月15日终验", ["12月15日"]),
        # Without a year on either side the work may run into the next one.
        ("11月开工，3月竣工", []),
        ("12月开工，10月竣工", ["10月"]),
        ("2021年11月开工，次年3月竣工", []),
        ("2021年11月开工，东线工程3月竣工", []),
        ("2021年12月底前完成终验，10月28日通过初验", []),
        ("2021年5月20日竣工验收，6月1日投入使用", []),
        ("2021年11月、12月分别开工、竣工", []),
    ],
)
def test_steps_are_compared_only_where_they_are_of_one_work(text: str, expected: list[str]) -> None:
    assert marked(text) == expected


def test_an_order_that_rests_on_a_year_named_before_only_asks() -> None:
    text = "2021年11月开工，3月竣工；2021年11月进场，2021年3月完工"
    assert [severity for _, _, severity in reversed_stages(text, 0, len(text))] == ["warning", "error"]
