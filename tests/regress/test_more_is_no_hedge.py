"""比…1392.75万元多93.55万元: 多 was read as "or more" of the figure before it, so that nothing could be off."""

from __future__ import annotations

import pytest

from reportcheck.checker import check_text
from reportcheck.quantities import find_quantities

TEXT = "2023年收入总额1486.30万元，比2022年的1392.75万元多{more}万元，涨幅6.72%。"


def test_the_figure_before_the_verb_is_exact() -> None:
    found = find_quantities(TEXT.format(more="93.55"), "p1")
    assert [(quantity.text, quantity.bound) for quantity in found] == [
        ("1486.30万元", "exact"),
        ("1392.75万元", "exact"),
        ("93.55万元", "exact"),
        ("6.72%", "exact"),
    ]


@pytest.mark.parametrize("text", ["发放资料2万份多。", "发放资料2万多份，3场活动。"])
def test_a_hedge_stays_one(text: str) -> None:
    assert find_quantities(text, "p1")[0].bound == "at-least"


@pytest.mark.parametrize(("more", "rules"), [("93.55", []), ("95.35", ["change-mismatch"])])
def test_the_change_is_recomputed(more: str, rules: list[str]) -> None:
    assert [finding.rule for finding in check_text(TEXT.format(more=more)).findings] == rules
