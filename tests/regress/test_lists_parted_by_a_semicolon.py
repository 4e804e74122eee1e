"""其中 before a semicolon opens a list that ends there; what follows stands beside its total, not inside it."""

from __future__ import annotations

from reportcheck import check_text


def test_what_follows_is_no_part() -> None:
    text = (
        "公务用车购置及运行维护费12.56万元，占三公经费的77.01%，其中公务用车运行维护费12.56万元；"
        "公务接待费3.75万元，占22.99%。"
    )
    assert [finding.message for finding in check_text(text).findings] == []
