"""合计…。其中，甲；乙；丙。: a figure called a total has all its parts behind it."""

from __future__ import annotations

import pytest

from reportcheck import check_text


@pytest.mark.xfail(strict=True, reason="合计 before the figure does not make the list behind it complete")
def test_a_wrong_total_before_its_parts_is_found() -> None:
    text = "债券资金合计14150万元。其中，一般债券2300万元；专项债券8600万元；再融资债券3150万元。"
    assert [finding.rule for finding in check_text(text).findings] == ["total-mismatch"]


def test_a_right_total_before_its_parts_is_no_finding() -> None:
    text = "债券资金合计14050万元。其中，一般债券2300万元；专项债券8600万元；再融资债券3150万元。"
    report = check_text(text)
    assert report.findings == ()
    assert [verdict.outcome for verdict in report.verdicts] == ["consistent"]
