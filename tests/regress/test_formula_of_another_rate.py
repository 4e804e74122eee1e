"""Regress: the balance printed for one rate was taken for that of the next rate in the sentence."""

from __future__ import annotations

import pytest

from reportcheck import check_text

TEXT = (
    "年初预算320.50万元，本年追加41.20万元，上年结转8.30万元，年末结余12.40万元。按预算完成率=（上年结转+年初预算+本年追加-"
    "年末结余）÷（上年结转+年初预算+本年追加）计算，预算完成率为{rate}；按追加额计算，预算控制率为12.85%。"
)


@pytest.mark.parametrize(("rate", "blamed"), [("96.65%", []), ("96.56%", ["96.56%"])])
def test_only_its_own_rate_is_held_against_a_balance(rate: str, blamed: list[str]) -> None:
    text = TEXT.format(rate=rate)
    found = [finding for finding in check_text(text).findings if finding.severity != "note"]
    assert [text[finding.spans[0].start : finding.spans[0].end] for finding in found] == blamed
