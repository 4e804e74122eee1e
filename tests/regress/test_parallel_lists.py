"""Lists told by 分别为: their members were added up, and only the first share of a list was bound to its base."""

from __future__ import annotations

import pytest

from reportcheck import check_text


@pytest.mark.parametrize(
    "text",
    [
        "人员经费、公用经费、项目经费预算分别为638.2万元、92.4万元和486万元，"
        "实际支出分别为638.2万元、86.35万元和412.7万元。",
        "两个年度的收入分别是1286.4万元和1352.7万元，支出分别是1241.85万元和1330.2万元，"
        "当年结余分别为44.55万元和22.50万元。",
        "收入分别为1286.4万元、1352.7万元和1402.5万元，支出分别为1241.85万元、1330.2万元和1386.3万元。",
    ],
)
def test_the_last_member_of_one_list_is_no_total_of_the_next(text: str) -> None:
    assert [finding.message for finding in check_text(text).findings] == []


def marked(text: str) -> list[str]:
    spans = [finding.spans[0] for finding in check_text(text).findings]
    return [text[span.start : span.end] for span in spans]


def test_every_share_of_a_list_is_bound_to_the_common_base() -> None:
    text = "人员经费和公用经费分别为1183.26万元和162.47万元，占基本支出1345.73万元的比重分别为87.93%和17.07%。"
    assert marked(text) == ["17.07%"]


@pytest.mark.parametrize(
    ("first", "second", "wrong"), [("86.57%", "87.0%", ["86.57%"]), ("86.75%", "78.0%", ["78.0%"])]
)
def test_every_rate_of_a_list_is_bound_to_its_pair(first: str, second: str, wrong: list[str]) -> None:
    text = f"甲、乙两项目预算分别为60万元和80万元，支出分别为52.05万元和69.6万元，执行率分别为{first}和{second}。"
    assert marked(text) == wrong
