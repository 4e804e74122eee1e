"""Grades beside scores."""

from __future__ import annotations

import pytest

from tables import alarms, check, verdicts

COLUMN = ["项目|自评得分|等级", "甲|95.5|优", "乙|88|良", "丙|90|优", "丁|75|中", "戊|59|差"]
ROW = ["指标|分值|得分", "产出|60|55", "效益|40|38", "总分|100|93", "评价等级||优"]


def grades(rows: list[str]) -> list[str]:
    return verdicts(check(rows, unit=""), "grade")


def test_a_column_of_grades() -> None:
    assert grades(COLUMN) == [
        "grade-mismatch: 59 < 差 consistent structure",
        "grade-mismatch: 59 >= 差 consistent structure",
        "grade-mismatch: 75 < 中 consistent structure",
        "grade-mismatch: 75 >= 中 consistent structure",
        "grade-mismatch: 88 < 良 consistent structure",
        "grade-mismatch: 88 >= 良 consistent structure",
        "grade-mismatch: 90 >= 优 consistent structure",
        "grade-mismatch: 95.5 >= 优 consistent structure",
    ]
    assert check(COLUMN, unit="").findings == ()


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("己|88|优", ["error grade-mismatch 88 at r7c2"]),
        ("己|90|良", ["error grade-mismatch 90 at r7c2"]),
        ("己|89.99|良好", []),
        ("己|60|中等", []),
        ("己|59.9|合格", ["error grade-mismatch 59.9 at r7c2"]),
        ("己|60|不合格", ["error grade-mismatch 60 at r7c2"]),
        ("己|88|", []),
        ("己|88|一等", []),
        ("己||优", []),
    ],
)
def test_a_grade_and_its_score(row: str, found: list[str]) -> None:
    assert alarms(check([*COLUMN, row], unit="")) == found


def test_a_grade_below_the_total_score() -> None:
    assert grades(ROW) == ["grade-mismatch: 93 >= 优 consistent structure"]
    assert alarms(check([*ROW[:-1], "评价等级||良"], unit="")) == ["error grade-mismatch 93 at r4c3"]
