"""增长-3.9% of a level that fell was told as an error of the sign."""

from __future__ import annotations

import pytest

from reportcheck import check_text


def outcomes(text: str) -> list[tuple[str, str]]:
    verdicts = check_text(text).verdicts
    return [(v.claim.stated.quantity.text, v.outcome) for v in verdicts if v.claim.rule == "growth-mismatch"]


@pytest.mark.parametrize("rate", ["-4.2%", "负4.2%"])
def test_a_rise_by_less_than_nothing_is_a_fall(rate: str) -> None:
    text = f"2021年支出250万元，2022年支出239.5万元，同比增长{rate}。"
    assert outcomes(text) == [(rate, "consistent")]


def test_a_fall_told_twice_is_one() -> None:
    text = "2021年支出250万元，2022年支出239.5万元，同比下降-4.2%。"
    assert outcomes(text) == [("-4.2%", "consistent")]
