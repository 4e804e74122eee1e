"""千米, 千克 and 千瓦 were cut into 千 and a unit, or lost."""

from __future__ import annotations

import pytest

from reportcheck import check_text
from reportcheck.quantities import find_quantities


@pytest.mark.parametrize("written", ["36千克", "36千瓦", "36千瓦时"])
def test_the_figure_is_not_lost(written: str) -> None:
    assert [quantity.text for quantity in find_quantities(f"共计{written}。", "p1")] == [written]


def test_both_words_for_a_kilometre_can_be_added() -> None:
    report = check_text("新建公路12.6千米，改建公路8.4千米，合计22公里。")
    assert [finding.rule for finding in report.findings] == ["total-mismatch"]
