"""Causes: each slip of a hand is recognised from a minimal example, and named with what would repair it."""

from __future__ import annotations

import pytest

from figures import Figures, claim, rate, total
from reportcheck import check_text
from reportcheck.assess import assess
from reportcheck.causes import MOST_SLIP_CHANCE, cause, slip_chance
from reportcheck.model import Cause, Claim


def cause_of(asked: Claim) -> Cause | None:
    return cause(assess(asked))


@pytest.mark.parametrize(
    ("asked", "code", "facts"),
    [
        pytest.param(
            rate("86.57%", "52.05万元", "60万元"),
            "digits-transposed",
            {"figure": "86.57%", "right": "86.75%"},
            id="transposed-in-the-rate",
        ),
        pytest.param(
            rate("76.75%", "52.05万元", "60万元"),
            "digit-changed",
            {"figure": "76.75%", "right": "86.75%"},
            id="changed-in-the-rate",
        ),
        pytest.param(
            rate("8.675%", "52.05万元", "60万元"),
            "decimal-moved",
            {"figure": "8.675%", "right": "86.750%"},
            id="moved-in-the-rate",
        ),
        pytest.param(
            rate("86.75%", "25.05万元", "60.00万元"),
            "digits-transposed",
            {"figure": "25.05万元", "right": "52.05万元"},
            id="transposed-in-an-operand",
        ),
        pytest.param(
            rate("86.75%", "52.05万元", "80.00万元"),
            "digit-changed",
            {"figure": "80.00万元", "right": "60.00万元"},
            id="changed-in-an-operand",
        ),
        pytest.param(
            total("13.44元", "12.60万元", "0.84万元"),
            "unit-slip",
            {"figure": "13.44元", "right": "134400.00元"},
            id="unit-slip",
        ),
        pytest.param(
            total("13.54万元", "12.6万元", "8400元"),
            "digit-changed",
            {"figure": "13.54万元", "right": "13.44万元"},
            id="changed-in-a-sum",
        ),
        pytest.param(
            total("21.53万元", "12.31万元", "9.22万元", "3.47万元"),
            "part-left-out",
            {"figure": "3.47万元", "name": "part 3"},
            id="part-left-out",
        ),
        pytest.param(
            total("28.47万元", "12.31万元", "9.22万元", "3.47万元"),
            "part-doubled",
            {"figure": "3.47万元", "name": "part 3"},
            id="part-doubled",
        ),
    ],
)
def test_a_slip_has_its_cause(asked: Claim, code: str, facts: dict[str, str]) -> None:
    found = cause_of(asked)
    assert found is not None
    assert (found.code, dict(found.facts)) == (code, facts)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(rate("40.6%", "23718万元", "58460元"), id="rounded"),
        pytest.param(rate("50%", "20.00万元", "40.00元"), id="exact"),
    ],
)
def test_a_unit_slip_under_a_rate(asked: Claim) -> None:
    found = cause_of(asked)
    assert found is not None
    assert found.code == "unit-slip"


def test_a_lost_sign_is_recognised() -> None:
    figure = Figures()
    asked = claim(figure("13.65%"), "current / base - 1", current=figure("27.46万元"), base=figure("31.80万元"))
    assert cause_of(asked) == Cause("sign", {"figure": "13.65%", "right": "-13.65%"})


def test_a_rate_cut_off_is_truncated() -> None:
    assert cause_of(rate("38.28%", "2570.97万元", "6714.88万元")) == Cause("truncated")


def test_a_rate_rounded_up_is_not_truncated() -> None:
    assert assess(rate("8.73%", "39人", "447人")).outcome == "rounding"
    assert cause_of(rate("8.73%", "39人", "447人")) is None


def test_a_sum_off_in_its_last_place_is_not_truncated() -> None:
    assert cause_of(total("261.20万元", "130.15万元", "131.06万元")) is None


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(rate("86.75%", "52.05万元", "60万元"), id="consistent"),
        pytest.param(rate("100%", "52.05万元", "0万元"), id="undecided"),
        pytest.param(rate("53.11%", "52.05万元", "60.00万元"), id="no-slip"),
        pytest.param(total("77.77万元", "12.31万元", "9.22万元"), id="no-slip-in-a-sum"),
    ],
)
def test_there_is_not_always_a_cause(asked: Claim) -> None:
    assert cause_of(asked) is None


def test_an_order_relation_has_no_cause() -> None:
    figure = Figures()
    asked = claim(figure("108%"), "limit", relation="<=", limit=figure("100%"))
    assert assess(asked).outcome == "inconsistent"
    assert cause_of(asked) is None


def test_the_repair_is_printed_as_the_figure_is_written() -> None:
    found = cause_of(rate("8.675%", "52.05万元", "60万元"))
    assert found is not None
    assert found.facts["right"] == "86.750%"


def test_a_slip_in_many_digits_is_evident() -> None:
    few = slip_chance(assess(total("38万元", "12万元", "16万元", exhaustive=False)))
    many = slip_chance(assess(total("386.45万元", "251.70万元", "116.75万元", "8.00万元", exhaustive=False)))
    assert few is None
    assert many is not None
    assert many < MOST_SLIP_CHANCE


def test_the_finding_carries_the_cause() -> None:
    (finding,) = check_text("业务培训经费预算60万元，支出52.05万元，执行率为86.57%。").findings
    assert finding.cause == Cause("digits-transposed", {"figure": "86.57%", "right": "86.75%"})


@pytest.mark.parametrize(
    "text",
    [
        "本年支出486.2万元，比上年增加73.5万元，增长15.12%。",
        "接待费决算6.42万元，较上年决算8.15万元下降26.95%。",
        "年初预算60万元，支出52.05万元，执行率115.27%。",
    ],
)
def test_a_rate_of_the_other_figure_is_a_wrong_denominator(text: str) -> None:
    assert [finding.cause and finding.cause.code for finding in check_text(text).findings] == ["wrong-denominator"]
