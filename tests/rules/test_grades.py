"""The bands that a report explains: how they are worded, and when they are not believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportcheck.catalog import Catalog, using
from reportcheck.extract.prose import passage
from reportcheck.model import Block
from reportcheck.rules.grades import Band, bands_of, default_bands

COMMON = {"优": Band(90, None), "良": Band(80, 90), "中": Band(60, 80), "差": Band(0, 60)}
OTHER = {"优": Band(95, None), "良": Band(85, 95), "中": Band(70, 85), "差": Band(0, 70)}


def read(*paragraphs: str) -> dict[str, Band]:
    bands = bands_of([passage([Block(f"p{number}", text)]) for number, text in enumerate(paragraphs, 1)])
    return {grade: bands[grade] for grade in ("优", "良", "中", "差") if grade in bands}


@pytest.mark.parametrize(
    "text",
    [
        "等级按95分（含）以上为优、85（含）至95分为良、70（含）至85分为中、70分以下为差划分。",
        "95（含）—100分为优，85（含）—95分为良，70（含）—85分为中，70分以下为差。",
        "结果分为优（95—100分）、良（85—94分）、中（70—84分）、差（70分以下）四档。",
        "95分及以上为优秀，85～95分为良好，70～85分为合格，低于70分为不合格。",
        "得分≥95分为优，85≤得分<95为良，70≤得分<85为中，得分<70为差。",
        "优：95分以上；良：85-95分；中：70-85分；差：70分以下。",
        "优秀（95分以上）、良好（85分至95分）、中（70分至85分）、差（70分以下）。",
    ],
)
def test_bands_are_read_however_they_are_worded(text: str) -> None:
    assert read("自评得分88分。", text) == OTHER


def test_without_an_explanation_the_common_bands_hold() -> None:
    assert read("自评得分88分，等级为良。") == COMMON
    assert default_bands()["良好"] == Band(80, 90)


def test_the_bands_of_the_user_come_first(tmp_path: Path) -> None:
    rows = '[grades]\nbands = [{ grades = ["优"], least = 95 }, { grades = ["良"], least = 80, under = 95 }]\n'
    (tmp_path / "statements.toml").write_text(rows, encoding="utf-8")
    with using(Catalog.over(tmp_path)):
        assert read("自评得分92分，等级为良。") == {**COMMON, "优": Band(95, None), "良": Band(80, 95)}


def test_explanations_that_differ_are_not_believed() -> None:
    assert (
        read("95分以上为优，85—95分为良，70—85分为中，70分以下为差。", "90分以上为优，80—90分为良，60—80分为中。") == {}
    )


def test_a_list_of_grades_without_figures_explains_nothing() -> None:
    assert read("评价结果分为优、良、中、差四个等级，其中优3个、良1个。") == COMMON
