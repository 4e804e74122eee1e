"""甲320，支出312.6；乙180，支出180；合计500，支出492.6: a total behind groups adds up its own column."""

from __future__ import annotations

from reportcheck import check_text

TEXT = (
    "省级资金320万元，支出312.6万元，执行率97.69%；市级资金180万元，支出{second}万元，执行率{rate}；"
    "合计500万元，支出{total}万元，执行率98.52%。"
)


def test_a_right_total_of_a_column_is_no_finding() -> None:
    text = TEXT.format(second="180", rate="100%", total="492.6")
    assert [finding.message for finding in check_text(text).findings] == []
