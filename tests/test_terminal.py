"""The terminal report: golden pictures of whole runs, and the geometry of lines and marks.

Regenerate tests/golden/ with ``REPORTCHECK_REGENERATE_GOLDEN=1 python -m pytest tests/test_terminal.py``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.console import Console

from figures import KINDS, Figures, claim
from reportcheck import Settings, check_text, describe
from reportcheck.assess import assess
from reportcheck.catalog import Language
from reportcheck.model import (
    Blame,
    Block,
    Cause,
    Claim,
    Document,
    Fact,
    Failure,
    Finding,
    Notice,
    Origin,
    Outcome,
    Quantity,
    Relation,
    Repair,
    Report,
    Span,
    Table,
    Unit,
    Verdict,
)
from reportcheck.render import words
from reportcheck.render.places import Places
from reportcheck.render.terminal import show
from reportcheck.render.terminal_excerpt import draw, excerpt
from reportcheck.render.terminal_lines import folded, width, window, wrap
from reportcheck.result import Result

FIGURE = Figures()
GOLDEN = Path(__file__).parent / "golden"

WAN = Unit("万元", "money", Fraction(10000))
PERCENT = Unit("%", "ratio", Fraction(1, 100))
LETTERS = str.maketrans("123", "ABC")

BUDGET = """示例县档案馆2023年度部门整体支出绩效自评报告
一、经费执行情况
全年安排档案数字化经费60万元，实际支出52.05万元，预算执行率为86.57%。
公用经费合计30万元，由办公费12万元、印刷费18万元两项组成。
"""


def drawn(
    *reports: Report,
    failures: tuple[Failure, ...] = (),
    columns: int = 80,
    verbose: bool = False,
    language: Language = "zh",
    passed_over: int = 0,
) -> str:
    console = Console(file=StringIO(), width=columns, height=30, highlight=False, color_system=None)
    show(console, Result(reports, failures, Settings(language), passed_over), verbose)
    file = console.file
    assert isinstance(file, StringIO)
    return file.getvalue()


def golden(name: str, text: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("REPORTCHECK_REGENERATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


# --- reports made by hand, so that the drawing is tested apart from the reading ----------------


def quantity(block: Block, text: str, unit: Unit, occurrence: int = 0) -> Quantity:
    start = -1
    for _ in range(occurrence + 1):
        start = block.text.index(text, start + 1)
    number = text.removesuffix(unit.symbol).replace(",", "")
    decimals = len(number.partition(".")[2])
    return Quantity(Decimal(number), unit, decimals, "exact", text, Span(block.id, start, start + len(text)))


def fact(block: Block, text: str, unit: Unit, indicator: str = "", occurrence: int = 0) -> Fact:
    return Fact(indicator, "", "", "level", quantity(block, text, unit, occurrence))


def verdict(
    rule: str,
    stated: Fact,
    formula: str,
    operands: Mapping[str, tuple[Fact, ...]],
    outcome: Outcome = "inconsistent",
    relation: Relation = "=",
    computed: Fraction | None = None,
    reason: str | None = None,
) -> Verdict:
    claim = Claim(rule, KINDS[formula], stated, formula, operands, "wording", relation)
    gap = None if computed is None else stated.quantity.exact - computed
    return Verdict(claim, outcome, computed, gap, reason)


def finding(judged: Verdict, severity: str = "error", cause: Cause | None = None) -> Finding:
    claim = judged.claim
    spans = [claim.stated.quantity.span, *(f.quantity.span for facts in claim.operands.values() for f in facts)]
    assert severity in ("error", "warning", "note")
    return Finding(claim.rule, severity, "提示语", tuple(spans), "0" * 16, "请核对原始凭证", Blame(judged), cause)  # type: ignore[arg-type]


def report(document: Document, verdicts: tuple[Verdict, ...], findings: tuple[Finding, ...]) -> Report:
    facts = {
        f.quantity.span: f
        for v in verdicts
        for f in (v.claim.stated, *(f for fs in v.claim.operands.values() for f in fs))
    }
    return Report(document, "示例局整体支出绩效自评报告", "示例局", 2023, tuple(facts.values()), verdicts, findings)


def table_report() -> Report:
    """A sum in a table cell whose parts stand in other rows, and a limit in a paragraph of page 3."""
    rows = (
        ("项目", "预算数", "执行数"),
        ("培训", "20.00", "18.50"),
        ("宣传", "30.00", "26.00"),
        ("合计", "50.00", "45.50"),
    )
    cells = tuple(
        tuple(Block(f"t2.r{r}c{c}", text, "cell", Origin(page=2)) for c, text in enumerate(row, 1))
        for r, row in enumerate(rows, 1)
    )
    paragraph = Block("p7", "三公经费全年支出8.20万元，严格控制在年初预算7.50万元以内。", origin=Origin(page=3))
    document = Document(
        "自评/示例局.pdf", "pdf", (*(c for row in cells for c in row), paragraph), (Table("t2", cells),)
    )
    total = fact(cells[3][2], "45.50", WAN, "合计")
    parts = (fact(cells[1][2], "18.50", WAN, "培训"), fact(cells[2][2], "26.00", WAN, "宣传"))
    summed = verdict("total-mismatch", total, "sum(parts)", {"parts": parts}, computed=Fraction(445000))
    spent = fact(paragraph, "8.20万元", WAN)
    limit = fact(paragraph, "7.50万元", WAN)
    within = verdict(
        "difference-mismatch", spent, "limit", {"limit": (limit,)}, relation="<=", computed=Fraction(75000)
    )
    cause = Cause("digit-changed", {"figure": "45.50", "right": "44.50万元"})
    return report(document, (summed, within), (finding(summed, cause=cause), finding(within, "warning")))


def lint_report() -> Report:
    """A finding without a calculation, a note, an undecided relation, and notices about the reading."""
    block = Block("p1", "共受理群众来信XX件，办结率为95%，同比增长3.1%。", origin=Origin(line=4))
    footnote = Block("fn1", "数据截至2023年12月31日。", "note", Origin("footnote"))
    notices = (
        Notice("encoding-guessed", {"encoding": "gb18030"}),
        Notice("pages-not-read", {"pages": (2, 3)}),
        Notice("something-new"),
    )
    document = Document("来信.txt", "txt", (block, footnote), notices=notices)
    rate = fact(block, "95%", PERCENT)
    growth = fact(block, "3.1%", PERCENT)
    operands = {"change": (growth,)}
    open_question = verdict("rate-mismatch", rate, "1 - change", operands, "undecided", reason="base-unclear")
    start = block.text.index("XX")
    lint = Finding(
        "total-mismatch", "warning", "此处仍为占位符“XX”", (Span("p1", start, start + 2),), "1" * 16, "补填实际数"
    )
    note = Finding("rate-mismatch", "note", "同比增幅未说明基数", (growth.quantity.span,), "2" * 16)
    elsewhere = Finding(
        "rate-mismatch", "warning", "截止日期与正文不一致", (Span("fn1", 4, 15), Span("p1", 0, 2)), "3" * 16
    )
    return replace(report(document, (open_question,), (lint, elsewhere, note)), facts=(rate, growth))


FAILURES = (
    Failure("甲.doc", "unsupported", "旧版 .doc/.wps 格式，请在 Word/WPS 中另存为 .docx 后重试"),
    Failure("乙.docx", "encrypted", "文件已加密，请用密码打开，另存为不加密的文件后重试"),
    Failure("丙.doc", "unsupported", "旧版 .doc/.wps 格式，请在 Word/WPS 中另存为 .docx 后重试"),
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_with_a_wrong_rate(language: Language) -> None:
    golden(f"rate-{language}", drawn(check_text(BUDGET, Settings(language)), verbose=True, language=language))


def test_tables_pages_and_limits() -> None:
    golden("table", drawn(table_report()))


def test_lints_notes_and_notices() -> None:
    golden("lints", drawn(lint_report(), verbose=True))


def test_a_run_over_several_files() -> None:
    quiet = replace(
        check_text("全年完成项目3个。"), document=Document("静.txt", "txt", (Block("p1", "全年完成项目3个。"),))
    )
    none = Report(Document("空.txt", "txt", (Block("p1", "无。"),)), "", "", None, (), (), ())
    text = drawn(none, quiet, table_report(), lint_report(), failures=FAILURES, columns=72, passed_over=2)
    golden("several", text)


def test_a_summary_that_is_folded() -> None:
    many = [replace(table_report(), document=replace(table_report().document, path=f"{n:02}.pdf")) for n in range(30)]
    summary = drawn(*many).split("── 汇总")[1].splitlines()
    assert summary[2].split() == ["00.pdf", "1", "1", "-", "5/5"]
    assert summary[21] == "其余 11 份：错误 11 处，警告 11 处"
    assert len(summary) == 24


def test_long_paths_are_shown_from_their_common_folder() -> None:
    source = table_report()
    paths = [f"很长很长的文件夹名称/二〇二三年度/报告/{name}的绩效自评报告.docx" for name in ("甲", "乙")]
    reports = [replace(source, document=replace(source.document, path=path)) for path in paths]
    summary = drawn(*reports).split("── 汇总")[1].splitlines()
    assert [line.split()[0] for line in summary[2:4]] == ["乙的绩效自评报告.docx", "甲的绩效自评报告.docx"]
    one = "目录/" * 20 + "尾.docx"
    shown = drawn(*[replace(source, document=replace(source.document, path=path)) for path in (one, "别处.docx")])
    cut = shown.split("── 汇总")[1].splitlines()[3].split()[0]
    assert cut.startswith("…")
    assert cut.endswith("/目录/尾.docx")


def test_figures_elsewhere_are_grouped_by_place() -> None:
    far = Block("p1", "预算60万元，支出52.05万元。" + "中间有很长的说明文字。" * 40 + "执行率为86.57%。")
    other = Block("p2", "另有预算61万元。")
    document = Document("远.docx", "docx", (far, other))
    judged = verdict(
        "rate-mismatch",
        fact(far, "86.57%", PERCENT),
        "numerator / denominator",
        {
            "numerator": (fact(far, "52.05万元", WAN), fact(other, "61万元", WAN)),
            "denominator": (fact(far, "60万元", WAN),),
        },
        computed=Fraction("0.8675"),
    )
    shown = drawn(report(document, (judged,), (finding(judged),)))
    assert "    另见  同一段的52.05万元、60万元；第2段的61万元\n" in shown


def test_a_cell_of_a_workbook_is_named_by_its_sheet_and_address() -> None:
    source = table_report()
    blocks = tuple(
        replace(block, origin=Origin(sheet=" 支出表 ", address=f"{block.id[-1]}".translate(LETTERS) + block.id[4]))
        for block in source.document.blocks
        if block.role == "cell"
    )
    rows = tuple(blocks[start : start + 3] for start in range(0, len(blocks), 3))
    document = Document("表.xlsx", "xlsx", blocks, (Table("t2", rows, "2023年度支出情况表"),))
    lines = drawn(replace(source, document=document, findings=source.findings[:1], verdicts=())).splitlines()
    assert "    工作表“支出表” C4“合计”（2023年度支出情况表）  编号 00000000" in lines
    assert "    另见  工作表“支出表” C2的18.50；工作表“支出表” C3的26.00" in lines


def long_report(parts: int, severity: str) -> Report:
    """A total of many parts, each in a row of its own."""
    cells = tuple((Block(f"t1.r{r}c1", f"{r}.00", "cell"),) for r in range(1, parts + 1))
    total = Block("t1.r99c1", "9.00", "cell")
    document = Document("长.docx", "docx", (*(row[0] for row in cells), total), (Table("t1", (*cells, (total,))),))
    operands = {"parts": tuple(fact(row[0], row[0].text, WAN) for row in cells)}
    judged = verdict("total-mismatch", fact(total, "9.00", WAN), "sum(parts)", operands, computed=Fraction(10**6))
    found = finding(judged, severity)
    return report(document, (judged,), (replace(found, message=f"按 {describe.formula_text(judged.claim)} 计"),))


def test_a_long_sum_is_shortened_in_the_middle() -> None:
    whole = " + ".join(f"{n}.00万元" for n in range(1, 13))
    assert f"计算  {whole} = 100.00万元" in drawn(long_report(12, "error"), columns=200)
    short = "1.00万元 + 2.00万元 + 3.00万元 + 4.00万元 + … + 12.00万元 + 13.00万元（13项）"
    assert f"计算  {short} = 100.00万元" in drawn(long_report(13, "error"), columns=200)
    assert f"  按 {short} 计" in drawn(long_report(13, "note"), columns=200)


def test_nothing_is_wider_than_the_terminal() -> None:
    for columns in (60, 80, 120):
        text = drawn(table_report(), lint_report(), check_text(BUDGET), failures=FAILURES, columns=columns)
        assert max(map(width, text.splitlines())) <= columns


def test_control_characters_of_a_document_do_not_reach_the_terminal() -> None:
    text = "\x1b[31m经费60万元\x07，支出52.05万元\u202e，执行率为86.57%。"
    shown = drawn(check_text(text))
    assert " [31m经费60万元 ，支出52.05万元，执行率为86.57%。" in shown
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


# --- marks --------------------------------------------------------------------------------------


def passage(text: str, figure: str, *operands: str, columns: int = 76) -> list[tuple[str, str]]:
    block = Block("p1", text)
    spans = [quantity(block, part, WAN if part.endswith("元") else PERCENT).span for part in (figure, *operands)]
    lines, _ = draw(excerpt(spans, Places(Document("-", "txt", (block,)), "zh")), columns, False)
    return [(line.text, line.marks()) for line in lines]


def test_marks_stand_under_the_figures() -> None:
    assert passage("预算60万元，支出52.05万元，执行率为86.57%。", "86.57%", "52.05万元", "60万元") == [
        ("预算60万元，支出52.05万元，执行率为86.57%。", "    ~~~~~~      ~~~~~~~~~          ^^^^^^")
    ]


def test_only_the_sentences_concerned_are_shown() -> None:
    assert passage("前一句有1万元。支出5万元。执行率为50%。后一句有2万元。", "50%", "5万元") == [
        ("支出5万元。执行率为50%。", "    ~~~~~          ^^^")
    ]


def test_a_long_sentence_is_cut_around_the_figure() -> None:
    text = (
        "，".join(["这里是很长的说明文字没有数字"] * 12)
        + "，执行率为86.57%，"
        + "，".join(["后面也还有很长的一段文字"] * 12)
    )
    lines = passage(text, "86.57%", columns=60)
    assert len(lines) == 3
    assert lines[0][0].startswith("…这里是")
    assert lines[-1][0].endswith("，…")
    assert [marks.strip() for _, marks in lines if marks] == ["^^^^^^"]


def test_an_operand_too_far_away_is_not_drawn() -> None:
    far = "预算60万元，" + "中间有很长的说明文字，" * 40 + "执行率为86.57%。"
    block = Block("p1", far)
    spans = [quantity(block, "86.57%", PERCENT).span, quantity(block, "60万元", WAN).span]
    lines, seen = draw(excerpt(spans, Places(Document("-", "txt", (block,)), "zh")), 60, False)
    assert seen == frozenset()
    assert "86.57%" in "".join(line.text for line in lines)
    assert all("~" not in line.marks() for line in lines)


# --- lines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, []),
        ("支出合计", 4, ["支出", "合计"]),
        ("支出，合计", 4, ["支", "出，", "合计"]),
        ("支出52.05万元", 8, ["支出", "52.05万", "元"]),
        ("（甲）乙", 4, ["（甲", "）乙"]),
        ("two words", 5, ["two", "words"]),
        ("0123456789", 4, ["0123", "4567", "89"]),
        ("a\tb\x00c", 10, ["a b c"]),
    ],
)
def test_folding(text: str, columns: int, lines: list[str]) -> None:
    assert folded(text, columns) == lines


def test_a_figure_is_not_broken() -> None:
    text = "支出52.05万元整"
    assert [text[s:e] for s, e in wrap(text, 12, [(2, 9)])] == ["支出", "52.05万元整"]


def test_a_window_takes_the_nearest_operands_first() -> None:
    text = "a" * 10 + "F" + "b" * 10 + "N" + "c" * 30 + "X"
    start, end = window(text, 20, (10, 11), [(52, 53), (21, 22)], (0, len(text)))
    assert (start, end) == (6, 26)


@pytest.mark.parametrize(
    ("relation", "text"),
    [
        ("=", "写为 8.20万元　应为 7.50万元　相差 +0.70万元"),
        ("<=", "写为 8.20万元　不应超过 7.50万元　相差 +0.70万元"),
        (">=", "写为 8.20万元　不应低于 7.50万元　相差 +0.70万元"),
        ("<", "写为 8.20万元　应小于 7.50万元　相差 +0.70万元"),
        (">", "写为 8.20万元　应大于 7.50万元　相差 +0.70万元"),
    ],
)
def test_results_in_words(relation: Relation, text: str) -> None:
    block = Block("p1", "支出8.20万元，预算7.50万元。")
    stated, limit = fact(block, "8.20万元", WAN), fact(block, "7.50万元", WAN)
    judged = verdict("x", stated, "limit", {"limit": (limit,)}, relation=relation, computed=Fraction(75000))
    assert words.result(judged, "zh") == text


def test_a_result_may_rest_on_a_wording() -> None:
    block = Block("p1", "自评得分88.65分，等级为“优”。")
    score = Unit("分", "score")
    stated = fact(block, "88.65分", score)
    grade = Fact("", "", "", "level", Quantity(Decimal(90), score, 0, "exact", "等级为“优”", Span("p1", 11, 17)))
    judged = verdict("grade-mismatch", stated, "least", {"least": (grade,)}, relation=">=", computed=Fraction(90))
    shown = drawn(report(Document("分.docx", "docx", (block,)), (judged,), (finding(judged),)))
    assert "    依据  等级为“优”分，即 90.00分\n" in shown or "    依据  等级为“优”，即 90.00分\n" in shown


MIXED = st.text(st.sampled_from("支出合计万元，。（）“”0123456789.% ab\t\u200b\u202e…㎡"), max_size=200)


@given(MIXED, st.integers(4, 60))
def test_wrapping_loses_nothing_and_fits(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join(text[start:end] for start, end in lines) == text
    assert all(width(text[start:end].rstrip()) <= columns for start, end in lines)


@given(MIXED, MIXED, MIXED, st.integers(20, 100))
def test_the_figure_is_always_marked_whole(before: str, between: str, after: str, columns: int) -> None:
    text = f"{before}支出七52.05万元{between}率八86.57%{after}"
    block = Block("p1", text)
    start, other = text.index("率八86.57%") + 2, text.index("支出七52.05万元") + 3
    spans = [Span("p1", start, start + 6), Span("p1", other, other + 7)]
    lines, seen = draw(excerpt(spans, Places(Document("-", "txt", (block,)), "zh")), columns, False)
    marks = [mark for line in lines for mark in line.marks()]
    assert marks.count("^") == 6
    assert marks.count("~") == (9 if spans[1] in seen else 0)
    assert len(lines) <= 5
    for line in lines:
        assert width(line.text) <= columns
        marked = [line.text[s:e] for s, e in line.figures]
        assert marked in ([], ["86.57%"])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (claim(FIGURE("24.38万元"), "sum(parts)", parts=[FIGURE("4.13万元"), FIGURE("19.35万元")]),
         "4.13万元 + 19.35万元 = 23.48万元，而写为 24.38万元"),
        (claim(FIGURE("31人"), "limit", relation="<=", limit=FIGURE("30人")), "写为 31人　不应超过 30人　相差 +1人"),
        (claim(FIGURE("20.64万元"), "other", other=FIGURE("20.46万元")), "20.64万元 与 20.46万元 应当相同"),
    ],
    ids=["a sum", "a limit", "two figures"],
)  # fmt: skip
def test_a_broken_claim_in_words(asked: Claim, said: str) -> None:
    assert words.broken(assess(asked), "zh") == said


def test_of_many_figures_that_may_be_wrong_the_first_are_named() -> None:
    repairs = [Repair(FIGURE(f"{n}.00万元"), FIGURE(f"{n + 1}.00万元").quantity) for n in range(1, 7)]
    assert words.repairs(repairs[:2], "en") == "1.00万元 to 2.00万元, or 2.00万元 to 3.00万元"
    assert words.repairs(repairs, "zh") == (
        "1.00万元 改为 2.00万元 或 2.00万元 改为 3.00万元 或 3.00万元 改为 4.00万元 或 …"
    )
