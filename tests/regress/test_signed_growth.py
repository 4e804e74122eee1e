"""增长-3.9% was told as wrong (应为3.9%): the sign of a figure and the word of direction are one statement."""

from __future__ import annotations

import pytest

from reportcheck import check_text
from tables import alarms, check, verdicts, with_cell

LEVELS = "2022年支出200万元，2023年支出187万元，"
RATE = "growth-mismatch: -6.5% = 187万元 ÷ 200万元 - 1 consistent wording"
CHANGE = "change-mismatch: -13万元 = 187万元 - 200万元 consistent wording"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("同比增长-6.5%", [RATE]),
        ("增幅为-6.5%", [RATE]),
        ("增长率-6.5%", [RATE]),
        ("同比增减-6.5%", [RATE]),
        ("增减幅度为-6.5%", [RATE]),
        ("同比下降-6.5%", [RATE]),
        ("同比下降6.5%", ["growth-mismatch: 6.5% = 1 - 187万元 ÷ 200万元 consistent wording"]),
        ("比上年增加-13万元，增长-6.5%", [CHANGE, RATE]),
        ("比上年增减-13万元，增减率-6.5%", [CHANGE, RATE]),
        ("减少-13万元", [CHANGE]),
    ],
)
def test_a_fall_with_its_sign(words: str, found: list[str]) -> None:
    report = check_text(f"{LEVELS}{words}。")
    assert verdicts(report) == found
    assert alarms(report) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("减少13万元，增长率为-6.5%", "-6.5% = 187万元 ÷ (187万元 + 13万元) - 1"),
        ("增加-13万元，下降6.5%", "6.5% = 1 - 187万元 ÷ (187万元 - -13万元)"),
        ("增加-13万元，增长-6.5%", "-6.5% = -13万元 ÷ (187万元 - -13万元)"),
    ],
)
def test_a_rate_by_its_change(words: str, found: str) -> None:
    report = check_text(f"全年支出187万元，比上年{words}。")
    assert verdicts(report) == [f"growth-mismatch: {found} consistent wording"]
    assert alarms(report) == []


@pytest.mark.parametrize("words", ["增长率为-7.5%", "同比增长-5.6%", "增减率为-65%"])
def test_a_wrong_one_is_found(words: str) -> None:
    report = check_text(f"{LEVELS}{words}。")
    assert alarms(report) == [f"error growth-mismatch {words[words.index('-') :]} at p1"]


GROWTH = ["项目|上年|本年|增减%", "甲|80.00|60.00|-25.00", "乙|50.00|60.00|20.00", "丙|40.00|30.40|-24.00"]


@pytest.mark.parametrize("header", ["增减%", "增（减）%", "升降幅度（%）"])
def test_a_column_of_signed_rates_misses_one_sign(header: str) -> None:
    rows = with_cell(GROWTH, "增减%", header)
    assert alarms(check(rows)) == []
    assert alarms(check(with_cell(rows, "-25.00", "25.00"))) == ["error growth-mismatch 25.00 at r2c4"]


def test_a_column_without_any_sign_leaves_the_direction_to_the_reader() -> None:
    rows = with_cell(with_cell(GROWTH, "-25.00", "25.00"), "-24.00", "24.00")
    assert alarms(check(rows)) == []


def test_a_column_of_falls_has_them_without_a_sign() -> None:
    rows = ["项目|上年|本年|降幅%", "甲|80.00|60.00|25.00", "乙|50.00|60.00|-20.00", "丙|40.00|30.40|24.00"]
    assert alarms(check(rows)) == []
