"""在职 lost its first character as a preposition, 新建 and 续建 both as verbs, so that their lists were never whole."""

from __future__ import annotations

from reportcheck import check_text


def flagged(text: str) -> list[tuple[str, str]]:
    report = check_text(text)
    return [(f.rule, text[f.spans[0].start : f.spans[0].end]) for f in report.findings if f.severity == "error"]


def test_staff_and_retired_make_up_all_people() -> None:
    assert flagged("年末实有人数97人，其中在职72人、离退休24人。") == [("total-mismatch", "97人")]
    assert flagged("年末实有人数96人，其中在职72人、离退休24人。") == []


def test_new_and_continued_make_up_all_projects() -> None:
    assert flagged("全年实施项目13个，其中新建5个、续建7个。") == [("total-mismatch", "13个")]


def test_new_and_continued_that_fit_are_no_finding() -> None:
    assert flagged("全年实施项目12个，其中新建5个、续建7个。") == []
