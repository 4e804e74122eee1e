"""The registry of indicators: which of them a phrase names, and where."""

from __future__ import annotations

import pytest

from reportcheck.extract.indicators import found_in, is_named, last_in


def test_the_indicators_of_a_phrase_stand_in_the_order_of_their_places() -> None:
    assert found_in("会议费和公务接待费支出") == ((0, 3, "#meetings"), (4, 9, "#reception"), (9, 11, "#spending"))
    assert found_in("水渠改造") == ()


def test_a_name_within_a_longer_one_is_not_found_again() -> None:
    assert [name for _, _, name in found_in("公务用车购置及运行维护费")] == ["#car-purchase-running"]


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("培训费和会议费", "#meetings"),
        ("会议费支出", "#meetings"),
        ("政府性基金预算财政拨款支出", "#fund-budget"),
        ("政府性基金预算收入", ""),
        ("上年结转", ""),
        ("年末结转结余", "#carried-out"),
        ("满意度", ""),
    ],
)
def test_a_statement_is_made_on_the_indicator_named_last(phrase: str, name: str) -> None:
    assert last_in(phrase) == name


def test_an_indicator_goes_by_its_id_whatever_it_is_called() -> None:
    assert is_named("“三公”经费", ["three-public"])
    assert is_named("出国经费", ["abroad", "reception"])
    assert not is_named("会议费", ["abroad", "reception"])
