"""Parts that cannot exceed their whole."""

from __future__ import annotations

import pytest

from tables import alarms, check, verdicts, with_cell

AMONG = [
    "项目|预算数|决算数",
    "一、教育支出|33.42|27.45",
    "其中：小学|10.17|9.02",
    "二、卫生支出|43.25|38.43",
    "其中：医院|20.25|18.34",
    "合计|76.67|65.88",
]


def test_a_part_that_among_names() -> None:
    report = check(AMONG)
    assert verdicts(report, "part") == [
        "part-exceeds-total: 10.17 <= 33.42 consistent structure",
        "part-exceeds-total: 18.34 <= 38.43 consistent structure",
        "part-exceeds-total: 20.25 <= 43.25 consistent structure",
        "part-exceeds-total: 9.02 <= 27.45 consistent structure",
    ]
    assert report.findings == ()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("9.02", "29.02", ["error part-exceeds-total 29.02 at r3c3"]),
        ("9.02", "27.45", []),
        ("20.25", "202.50", ["error part-exceeds-total 202.50 at r5c2"]),
    ],
)
def test_a_part_beyond_its_whole(old: str, new: str, found: list[str]) -> None:
    assert alarms(check(with_cell(AMONG, old, new))) == found


def test_two_parts_beyond_their_wholes() -> None:
    rows = with_cell(with_cell(AMONG, "9.02", "29.02"), "18.34", "48.43")
    assert alarms(check(rows)) == ["error part-exceeds-total 29.02 at r3c3", "error part-exceeds-total 48.43 at r5c3"]


def test_a_negative_whole_has_no_parts() -> None:
    rows = ["项目|预算数|决算数", "一、结余|-33.42|-27.45", "其中：小学|10.17|9.02", "二、支出|20.11|30.22"]
    assert verdicts(check(rows), "part") == []


STAGES = ["对象|发放份数|回收份数|有效份数", "干部|120|118|115", "群众|300|288|280"]


def test_questionnaires_by_stage() -> None:
    report = check(STAGES, unit="")
    assert verdicts(report) == [
        "part-exceeds-total: 115 <= 118 consistent structure",
        "part-exceeds-total: 118 <= 120 consistent structure",
        "part-exceeds-total: 280 <= 288 consistent structure",
        "part-exceeds-total: 288 <= 300 consistent structure",
    ]
    assert report.findings == ()
    assert alarms(check(with_cell(STAGES, "288", "388"), unit="")) == ["error part-exceeds-total 388 at r3c3"]
    assert alarms(check(with_cell(STAGES, "115", "151"), unit="")) == ["error part-exceeds-total 151 at r2c4"]


def test_among_may_speak_of_the_total_before() -> None:
    rows = ["项目|预算数|决算数", "合计|76.67|65.88", "教育支出|33.42|27.45", "其中：财政拨款|70.11|60.22"]
    assert [alarm for alarm in alarms(check(rows)) if "part-exceeds" in alarm] == []
    beyond = with_cell(rows, "60.22", "66.22")
    assert [v for v in verdicts(check(beyond), "part") if v.startswith("part-exceeds-total: 70.11")] == [
        "part-exceeds-total: 70.11 <= 76.67 consistent structure"
    ]
