"""Numbers of things against the rows of the table that lists them."""

from __future__ import annotations

import pytest

from reportcheck import check_text

ROWS = ["| 1 | 道路改造 | 12.11 |", "| 2 | 管网改造 | 13.22 |", "| 3 | 绿化提升 | 14.33 |"]


def verdicts(sentence: str, header: str = "| 序号 | 项目名称 | 预算数（万元） |", rows: list[str] = ROWS) -> list[str]:
    report = check_text("\n".join([sentence, header, *rows]))
    return [verdict.outcome for verdict in report.verdicts if verdict.claim.rule == "count-mismatch"]


def test_the_table_that_is_announced_is_counted() -> None:
    assert verdicts("共实施3个项目，见下表。") == ["consistent"]
    assert verdicts("共实施4个项目，见下表。") == ["inconsistent"]
    assert verdicts("共实施4个项目，总投资39.66万元，明细表如下：") == ["inconsistent"]


def test_totals_and_rest_rows_are_no_things() -> None:
    assert verdicts("共实施3个项目，见下表。", rows=[*ROWS, "| 合计 |  | 39.66 |"]) == ["consistent"]


@pytest.mark.parametrize(
    "sentence",
    ["共实施4个项目。", "主要项目4个，见下表。", "共实施4个子类，见下表。", "约4个项目，见下表。"],
)
def test_nothing_is_counted_without_an_announcement_of_these_things(sentence: str) -> None:
    assert verdicts(sentence) == []


def test_without_numbered_rows_the_table_never_contradicts() -> None:
    header, rows = "| 项目名称 | 预算数（万元） |", ["| 道路改造 | 12.11 |", "| 管网改造 | 13.22 |"]
    assert verdicts("共实施2个项目，见下表。", header, rows) == []
    assert verdicts("共实施3个项目，见下表。", header, rows) == []


def test_numbers_that_do_not_run_on_tell_nothing() -> None:
    assert verdicts("共实施4个项目，见下表。", rows=[ROWS[0], ROWS[2]]) == []


def test_a_second_table_of_the_kind_may_go_on() -> None:
    more = [
        "后续项目见表。",
        "| 序号 | 项目名称 | 预算数（万元） |",
        "| 1 | 路灯更换 | 15.44 |",
        "| 2 | 亮化 | 16.55 |",
    ]
    assert verdicts("共实施5个项目，见下表。", rows=[*ROWS, *more]) == []
