"""变动率为-13.65%: the minus sign stood behind a Chinese character and was taken for a dash."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reportcheck import check_text
from reportcheck.quantities import find_quantities


@pytest.mark.parametrize("text", ["变动率为-13.65%", "增长-13.65%", "增减率是－13.65％"])
def test_the_sign_is_read(text: str) -> None:
    assert [quantity.exact for quantity in find_quantities(text, "p1")] == [Fraction(-1365, 10_000)]


def test_a_signed_rate_of_change_is_judged() -> None:
    report = check_text("三公经费支出27.46万元，上年31.80万元，变动率为-13.65%。")
    assert "growth-mismatch" in [verdict.claim.rule for verdict in report.verdicts if verdict.outcome == "consistent"]


def test_a_negative_amount_is_read() -> None:
    assert [quantity.exact for quantity in find_quantities("上解上级支出-695万元", "p1")] == [-6_950_000]
