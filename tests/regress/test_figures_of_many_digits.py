"""A figure of more digits than Python's decimals hold by default ended the run where it was told; and what a program
that uses this one had set for its own decimals changed the results."""

from __future__ import annotations

from decimal import Inexact, localcontext

import pytest

from reportcheck import check_text
from reportcheck.describe import computed_text, gap_text
from reportcheck.render.json import report_to_dict

LONG = "12345678901234567890123456789012370"
TEXT = f"合计{LONG[:-2]}68.55万元，其中甲{LONG}.55万元，乙8.00万元。"


def test_every_digit_is_told() -> None:
    report = check_text(TEXT)
    (verdict,) = report.verdicts
    assert (verdict.outcome, computed_text(verdict), gap_text(verdict)) == (
        "inconsistent",
        f"{LONG[:-1]}8.55万元",
        "-10.00万元",
    )
    assert report_to_dict(report)["verdicts"][0]["computed"] == f"{LONG[:-1]}8.55万元"
    assert report.document.notices == ()


def test_more_digits_than_any_figure_has_cost_no_other_figure() -> None:
    nines = "9" * 5000
    report = check_text(f"合计{nines}万元，其中甲{nines[1:]}万元，乙8.00万元。\n共3项，其中甲1项，乙2项。")
    assert [(v.claim.stated.quantity.text, v.outcome) for v in report.verdicts] == [("3项", "consistent")]
    assert len(report_to_dict(report)["verdicts"]) == 1


@pytest.mark.parametrize("precision", [1, 400])
def test_the_decimals_of_another_program_change_nothing(precision: int) -> None:
    text = TEXT + "\n支出52.0500万元，比上年增加-1.2345万元，下降2.3169%。"
    expected = report_to_dict(check_text(text))
    with localcontext() as host:
        host.prec = precision
        host.traps[Inexact] = True
        assert report_to_dict(check_text(text)) == expected
        assert (host.prec, host.traps[Inexact]) == (precision, True)
