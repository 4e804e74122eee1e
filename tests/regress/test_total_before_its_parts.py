"""合计…。其中，甲；乙；丙。: a figure called a total has all its parts behind it."""

from __future__ import annotations

from reportcheck import check_text


def test_a_wrong_total_before_its_parts_is_found() -> None:
    text = "债券资金合计14150万元。其中，一般债券2300万元；专项债券8600万元；再融资债券3150万元。"
    assert [finding.rule for finding in check_text(text).findings] == ["total-mismatch"]


def test_a_right_total_before_its_parts_is_no_finding() -> None:
    text = "债券资金合计14050万元。其中，一般债券2300万元；专项债券8600万元；再融资债券3150万元。"
    report = check_text(text)
    assert report.findings == ()
    assert [verdict.outcome for verdict in report.verdicts] == ["consistent"]
