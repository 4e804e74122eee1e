"""False alarms once raised on right sentences: a name that ends like a verb of change, a rest of something else."""

from __future__ import annotations

import pytest

from reportcheck.checker import check_text


@pytest.mark.parametrize(
    "text",
    [
        # The name of a project ends in a word that also means to rise; the budget is no total of what was spent.
        "项目支出935.20万元，占全年支出的61.3%，共3个项目：饮水工程巩固提升402.50万元、堤防加固331.40万元、"
        "灌区改造201.30万元。三个项目全年预算合计980.00万元，执行率为95.43%。",
        # What was only taken back in part is no whole of a limit that is left.
        "当年只收回债券资金6亿元，调整至学校项目6亿元，剩余9亿元限额结转下年安排。",
    ],
)
def test_no_total_is_made_of_them(text: str) -> None:
    assert [finding.message for finding in check_text(text).findings] == []
