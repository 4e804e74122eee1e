"""A header cell over two columns with nothing below it, beside 合计, led to an endless recursion."""

from __future__ import annotations

from tables import alarms, check, verdicts


def test_both_columns_are_added() -> None:
    report = check(["项目|支出|<|合计", "甲|10.00|20.00|30.00", "乙|20.50|30.00|50.50", "丙|15.00|25.00|41.00"])
    assert verdicts(report) == [
        "total-mismatch: 30.00 = 10.00 + 20.00 consistent structure",
        "total-mismatch: 41.00 = 15.00 + 25.00 inconsistent structure",
        "total-mismatch: 50.50 = 20.50 + 30.00 consistent structure",
    ]
    assert alarms(report) == ["error total-mismatch 41.00 at r4c4"]
