"""The lints for what was forgotten: spans, severities and what is left alone, exactly."""

from __future__ import annotations

import re

import pytest

from reportcheck.catalog import built_in, rule_page, rules
from reportcheck.model import Block, BlockRole, Document, Lint, Severity
from reportcheck.rules.placeholders import find

RULES = ("placeholder-left", "blank-left", "template-left", "reference-broken", "mixed-width")


def lints(text: str, role: BlockRole = "paragraph") -> list[Lint]:
    return list(find(Document("-", "txt", (Block("p1", text, role),))))


def marked(text: str, role: BlockRole = "paragraph", rule: str | None = None) -> str:
    """The text with ⟦ ⟧ around each span."""
    for lint in reversed(lints(text, role)):
        if rule in (None, lint.rule):
            start, end = lint.spans[0].start, lint.spans[0].end
            text = f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
    return text


def bare(example: str) -> str:
    return example.replace("⟦", "").replace("⟧", "")


def page_examples(rule: str, kind: str) -> list[str]:
    blocks = re.findall(rf"^```{kind}\n(.*?)^```", rule_page(rule), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


PAGES = [(rule, line) for rule in RULES for kind in ("flagged", "not-flagged") for line in page_examples(rule, kind)]


@pytest.mark.parametrize(("rule", "line"), PAGES)
def test_page(rule: str, line: str) -> None:
    assert marked(bare(line), rule=rule) == line


@pytest.mark.parametrize("rule", RULES)
def test_page_has_enough_examples(rule: str) -> None:
    assert len(page_examples(rule, "flagged")) >= 6
    assert all("⟦" in line for line in page_examples(rule, "flagged"))
    assert len(page_examples(rule, "not-flagged")) >= 8


@pytest.mark.parametrize("row", built_in("placeholders")["row"], ids=lambda row: row["example"])
def test_row_example(row: dict[str, str]) -> None:
    role: BlockRole = "cell" if row["where"] == "cell" else "paragraph"
    example = row["example"]
    assert marked(bare(example), role) == example
    assert {lint.rule for lint in lints(bare(example), role)} == ({row["rule"]} if "rule" in row else set())


@pytest.mark.parametrize("rule", RULES)
def test_catalogue_has_the_rule_in_both_languages(rule: str) -> None:
    for language in ("zh", "en"):
        assert "{text}" in rules()[rule].texts[language]["message"]


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("化解XX件，满意度：待核实。", [None, None]),
        ("完成情况：略", ["warning"]),
        ("单位名称（盖章）：", ["warning"]),
        ("年  月  日", ["note"]),
        ("自 年 月 日起施行，有效期五年。", [None]),
        ("负责人（签字）：____", ["note"]),
        ("占 %，控制率１0％。", [None, None]),
    ],
)
def test_severity_overrides(text: str, severities: list[Severity | None]) -> None:
    assert [lint.severity for lint in lints(text)] == severities


@pytest.mark.parametrize(
    "text",
    [
        "⟦XX件⟧",
        "⟦XX⟧",
        "⟦____万元⟧",
        "⟦待补充⟧",
        "⟦#DIV/0!⟧",
        "⟦####⟧",
        "⟦……⟧",
        "⟦指标1：⟧",
        "⟦１0％⟧",
        "—",
        "/",
        "*",
        "×",
        "占 %，减少 万元。",
        "单位名称（盖章）：",
        "年 月 日",
        "比上年增长%",
        "金额（万元）",
    ],
)
def test_cells(text: str) -> None:
    assert marked(bare(text), "cell") == text


@pytest.mark.parametrize(
    "text",
    [
        "⟦XX县⟧⟦XX局⟧⟦XX单位⟧⟦XX部门⟧报送。",
        "⟦XX⟧人民法院、⟦XX⟧人社局参加。",
        "受益群众⟦XX余人⟧。",
        "身份证号4304231980****1234，电话138****5678，车牌湘D·××123。",
        "截至⟦____年__月__日⟧，已完工。",
        "**重点工作**：完成3项。",
        "覆盖⟦**县⟧⟦**镇⟧。",
        "XX世纪90年代建成，⟦X年⟧期贷款。",
        "________________",
        "衡阳⟦XX公司⟧承建园林⟦××项目⟧，工程⟦XX处⟧，养牛⟦XX头⟧。",
        "走访李××户，李××局长、王XX县长、周XX同志参加。",
        "⟦XX⟧办法、⟦XX⟧市场、⟦XX⟧村民、⟦XX委员会⟧。",
        "农贸市 场，发达国 家，组织 部，培训 班，高层 次，2022年 月报12期。",
        "年产值达亿元，新增亿元企业3家，（完成率%）与计划比较。",
        "权重×得分，面积×户数，15分×98.5%=14.78分，5 × 8 米。",
        "⟦二〇XX年⟧计划。",
        "完成⟦XX-XX人⟧，⟦XX.XX分⟧，≥⟦×%⟧。",
        "检定器具⟦（待补充）⟧台件，⟦（数据待核实）⟧。",
        "我单位编制数⟦为 人⟧,实有⟦人数 人⟧，出国（境） ⟦人⟧。",
        "公用经费12万元，⟦占基本支出的%⟧。",
        "某县某局⟦2025年月日⟧",
        "⟦20  年度⟧部门决算",
        "⟦（    ）年度⟧部门决算",
    ],
)
def test_spans(text: str) -> None:
    assert marked(bare(text)) == text


def test_spans_are_offsets_into_the_text_as_written() -> None:
    text = "　　全年办结ＸＸ　件（ 其中集体访××件）。"
    assert [text[lint.spans[0].start : lint.spans[0].end] for lint in lints(text)] == ["ＸＸ　件", "××件"]


def test_equal_placeholders_are_told_apart() -> None:
    found = lints("交办XX件，化解XX件，另有XX个。")
    assert [dict(lint.facts) for lint in found] == [{"nth": "1"}, {"nth": "2"}, {"nth": "1"}]
    assert len({lint.spans for lint in found}) == 3


def test_one_finding_a_place() -> None:
    found = lints("三、成效（此处填写XX情况，不超过300字）")
    assert [(lint.rule, lint.spans[0].start, lint.spans[0].end) for lint in found] == [("template-left", 4, 22)]
