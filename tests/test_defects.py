"""A defect of the program costs the place that it strikes and is told there; nothing else changes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docx_files import docx, paragraph, row, table
from pdf_files import make
from read.workbook_files import Page, xls, xlsx
from reportcheck import check_text, checker, find, judge, rules
from reportcheck.cli import main
from reportcheck.defects import STRICT, Defects, detail_of, kept_apart, named, one_place
from reportcheck.errors import CatalogError, ReadError
from reportcheck.extract import outline, prose, tabular
from reportcheck.model import Block, Failure, Notice, Report
from reportcheck.read import docx as docx_reader
from reportcheck.read import html as html_reader
from reportcheck.read import pdf as pdf_reader
from reportcheck.read import txt as txt_reader
from reportcheck.read import workbook as workbook_reader
from reportcheck.read import xls as xls_reader
from reportcheck.read import xlsx as xlsx_reader
from reportcheck.run import check_one
from working import write

HURT = "维修经费预算80万元，支出60.00万元，执行率为75.00%。"
WHOLE = "培训经费预算60万元，支出52.05万元，执行率为86.57%。"
TEXT = f"某县档案局2023年度部门决算\n一、概况\n{HURT}\n{WHOLE}\n"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Defects become notices, as for a user."""
    monkeypatch.delenv(STRICT)


def strike(patch: pytest.MonkeyPatch, module: Any, name: str, struck: Callable[..., bool]) -> None:
    """Lets a function of a module fail where ``struck`` says so of its arguments."""
    sound = getattr(module, name)

    def failing(*arguments: Any, **options: Any) -> Any:
        if struck(*arguments):
            raise ZeroDivisionError("struck")
        return sound(*arguments, **options)

    patch.setattr(module, name, failing)


def always(*_: Any) -> bool:
    return True


def told_of(notices: tuple[Notice, ...]) -> list[tuple[str, object, object]]:
    """Code, count and places of each notice; every one names the error and a line."""
    assert all(re.fullmatch(r"ZeroDivisionError: struck(, \w+\.py:\d+)?", str(n.facts["detail"])) for n in notices)
    return [(notice.code, notice.facts["count"], notice.facts["places"]) for notice in notices]


def verdicts_of(report: Report) -> list[tuple[str, str, str]]:
    return [(v.claim.rule, v.claim.stated.quantity.text, v.outcome) for v in report.verdicts]


def messages_of(report: Report) -> list[str]:
    return [finding.message for finding in report.findings]


SOUND = [("rate-mismatch", "75.00%", "consistent"), ("rate-mismatch", "86.57%", "inconsistent")]
ROWS = "| 项目 | 金额（万元） |\n| 甲 | 10 |\n| 乙 | 20 |\n| 合计 | 31 |\n"


def is_hurt(*arguments: Any) -> bool:
    return HURT in str(arguments)


# --- checking -------------------------------------------------------------------------------


def test_without_a_defect_nothing_is_told(told: None) -> None:
    report = check_text(TEXT)
    assert report.document.notices == ()
    assert verdicts_of(report) == SOUND


def test_a_paragraph(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    strike(monkeypatch, prose, "find_quantities", is_hurt)
    report = check_text(TEXT)
    assert told_of(report.document.notices) == [("paragraph-defect", 1, ("p3 “维修经费预算80万元，支出60.00万元…”",))]
    assert verdicts_of(report) == SOUND[1:]
    assert [fact.quantity.text for fact in report.facts] == ["60万元", "52.05万元", "86.57%"]


def test_a_heading(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    strike(monkeypatch, outline, "_below", lambda path, block: block.id == "p2")
    report = check_text(TEXT)
    assert told_of(report.document.notices) == [("heading-defect", 1, ("p2 “一、概况”",))]
    assert verdicts_of(report) == SOUND


def test_a_table(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    strike(monkeypatch, tabular, "read_grid", lambda source, scope: source.id == "t1")
    report = check_text(f"甲表\n{ROWS}\n乙表\n{ROWS}")
    assert told_of(report.document.notices) == [("table-defect", 1, ("t1 “甲表”",))]
    assert [(finding.rule, finding.spans[0].block) for finding in report.findings] == [("total-mismatch", "t2.r4c2")]


def test_a_rule_keeps_what_it_asked_before(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = rules.rates.propose

    def failing(passages: Any) -> Any:
        for question in sound(passages):
            if question and question[0].stated.quantity.text == "86.57%":
                raise ZeroDivisionError("struck")
            yield question

    monkeypatch.setattr(rules.rates, "propose", failing)
    report = check_text(TEXT + "共3项，其中甲1项，乙2项。\n")
    assert told_of(report.document.notices) == [("rule-defect", 1, ("rates",))]
    assert verdicts_of(report) == [("total-mismatch", "3项", "consistent"), SOUND[0]]


def test_what_rules_share(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    strike(monkeypatch, rules, "Likeness", always)
    report = check_text(TEXT)
    assert told_of(report.document.notices) == [("rule-defect", 2, ("conflicts", "aims"))]
    assert verdicts_of(report) == SOUND


def test_a_lint(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    strike(monkeypatch, rules.placeholders, "find", always)
    report = check_text("一、甲\n二、XX单位\n四、丁\n五、戊\n")
    assert told_of(report.document.notices) == [("rule-defect", 1, ("placeholders",))]
    assert [finding.rule for finding in report.findings] == ["numbering-gap"]


def test_a_figure(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    strike(monkeypatch, judge, "assess", lambda claim: claim.stated.quantity.text == "75.00%")
    report = check_text(TEXT)
    assert told_of(report.document.notices) == [("claim-defect", 1, ("p3 “75.00%”",))]
    assert verdicts_of(report) == SOUND[1:]


def test_blame(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = check_text(TEXT)
    strike(monkeypatch, find, "blamed", always)
    report = check_text(TEXT)
    assert told_of(report.document.notices) == [("blame-defect", 1, ("",))]
    assert messages_of(report) == messages_of(whole)


def test_the_words_of_a_finding(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    text = TEXT + "此处由XX填写\n"
    lints = [message for message in messages_of(check_text(text)) if "86.57%" not in message]
    assert lints
    strike(monkeypatch, find, "_message", always)
    report = check_text(text)
    assert told_of(report.document.notices) == [("finding-defect", 1, ("p4 “86.57%”",))]
    assert messages_of(report) == lints


def test_the_head(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    strike(monkeypatch, checker, "read_head", always)
    report = check_text(TEXT)
    assert told_of(report.document.notices) == [("head-defect", 1, ("",))]
    assert (report.title, report.unit, report.year) == ("", "", None)
    assert verdicts_of(report) == SOUND


# --- reading --------------------------------------------------------------------------------


def read(folder: Path, name: str, data: bytes) -> Report:
    path = folder / name
    path.write_bytes(data)
    report = check_one(path, checker.DEFAULT)
    assert isinstance(report, Report), report
    return report


def texts(report: Report) -> list[str]:
    return [block.text for block in report.document.blocks]


def test_a_paragraph_and_a_table_of_word(told: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    body = paragraph("甲段") + paragraph(WHOLE) + table(row("丙", "1"), row("丁", "2")) + paragraph("末段")
    strike(monkeypatch, docx_reader, "joins_next", lambda element: "甲段" in "".join(element.itertext()))
    strike(monkeypatch, docx_reader, "grid", always)
    report = read(tmp_path, "a.docx", docx(body))
    assert told_of(report.document.notices) == [
        ("paragraph-unread", 1, ("“甲段”",)),
        ("table-unread", 1, ("“丙1丁2”",)),
    ]
    assert texts(report) == [WHOLE, "末段"]
    assert verdicts_of(report) == SOUND[1:]


def test_a_table_of_a_page(told: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    cells = "<table><tr><td>丙</td><td>1</td></tr><tr><td>丁</td><td>2</td></tr></table>"
    strike(monkeypatch, html_reader, "grid_of", always)
    report = read(tmp_path, "a.html", f"<p>表名</p>{cells}<p>{WHOLE}</p>".encode())
    assert told_of(report.document.notices) == [("table-unread", 1, ("t1 “表名”",))]
    assert texts(report) == ["表名", WHOLE]


def test_a_table_of_a_text(told: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    strike(monkeypatch, txt_reader, "table_of", lambda name, rows, above: "甲表" in above)
    text = f"甲表\n{ROWS}\n{WHOLE}\n"
    report = read(tmp_path, "a.txt", text.encode())
    assert told_of(report.document.notices) == [("table-unread", 1, ("t1 “甲表”",))]
    assert texts(report) == ["甲表", WHOLE]
    assert check_text(text).document.notices == report.document.notices


@pytest.mark.parametrize(("stage", "at"), [("read_page", 1), ("find_grids", 0)])
def test_a_page_of_a_pdf(told: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stage: str, at: int) -> None:
    def page(text: str) -> Callable[[Any], None]:
        return lambda sheet: sheet.line(text)

    pages = [page("Alpha 10 20 30 40"), page("Beta 50 60 70 80"), page("Gamma 90 10 20 30")]
    second = (lambda page, number: number == 2) if at else (lambda page: page.number == 2)
    strike(monkeypatch, pdf_reader, stage, second)
    report = read(tmp_path, "a.pdf", make(*pages))
    assert told_of(report.document.notices) == [("page-unread", 1, ("2",))]
    assert [block.origin.page for block in report.document.blocks] == [1, 3]


def test_a_pdf_without_a_page_that_can_be_read(told: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(make(lambda sheet: sheet.line("Alpha 10 20 30 40")))
    strike(monkeypatch, pdf_reader, "read_page", always)
    failure = check_one(path, checker.DEFAULT)
    assert isinstance(failure, Failure)
    assert failure.code == "damaged"


@pytest.mark.parametrize(
    ("suffix", "module", "stage", "struck"),
    [
        (".xlsx", workbook_reader, "boxes_of", lambda sheet: sheet.name == "坏表"),
        (".xls", workbook_reader, "boxes_of", lambda sheet: sheet.name == "坏表"),
        (".xlsx", xlsx_reader, "SheetBuilder", lambda name: name == "坏表"),
        (".xls", xls_reader, "SheetBuilder", lambda name: name == "坏表"),
    ],
)
def test_a_sheet(
    told: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, suffix: str, module: Any, stage: str, struck: Any
) -> None:
    rows = [["项目", "金额"], ["甲", 10], ["乙", 20], ["合计", 30]]
    pages = [Page(rows, name=name) for name in ("坏表", "好表")]
    strike(monkeypatch, module, stage, struck)
    report = read(tmp_path, "a" + suffix, xlsx(*pages) if suffix == ".xlsx" else xls(*pages))
    assert told_of(report.document.notices) == [("sheet-unread", 1, ("坏表",))]
    assert verdicts_of(report) == [("total-mismatch", "30", "consistent")]


# --- what is told ---------------------------------------------------------------------------


def test_many_places_of_one_error_are_one_notice(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    strike(monkeypatch, prose, "find_quantities", lambda text, block: "坏" in text)
    report = check_text("".join(f"坏{number}。\n" for number in range(1, 11)) + WHOLE)
    places = tuple(f"p{number} “坏{number}。”" for number in range(1, 9))
    assert told_of(report.document.notices) == [("paragraph-defect", 10, (*places, "…"))]


def test_every_form_tells_it(
    here: None, told: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    strike(monkeypatch, prose, "find_quantities", is_hurt)
    write("a.txt", TEXT)
    forms = ["json", "jsonl", "html", "sarif", "markdown", "csv", "text"]
    assert main(["check", "a.txt", "--out", "out", "--format", ",".join(forms)]) == 1
    words = "识别 1 个段落中的数时程序出错（p3 “维修经费预算80万元，支出60.00万元…”），其中的数未检查"
    written = {path.suffix: path.read_text("utf-8-sig") for path in Path("out").iterdir()}
    for suffix in (".html", ".sarif", ".md", ".csv", ".txt"):
        assert words in re.sub(r"\s+", " ", written[suffix]), suffix
    (notice,) = json.loads(written[".json"])["reports"][0]["notices"]
    assert (notice["code"], notice["count"]) == ("paragraph-defect", 1)
    capsys.readouterr()


# --- what is not kept apart -----------------------------------------------------------------


@pytest.mark.parametrize("error", [ReadError("damaged"), CatalogError("pattern-file-broken"), MemoryError()])
def test_what_concerns_more_than_a_place_passes(told: None, error: Exception) -> None:
    with kept_apart() as defects, pytest.raises(type(error)), one_place("table-defect", "t1"):
        raise error
    assert defects.notices() == ()


def test_a_pattern_that_does_not_compile_concerns_all(told: None) -> None:
    with kept_apart(), pytest.raises(re.error), one_place("rule-defect", "rates"):
        re.compile("(")


def test_a_strict_run_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    strike(monkeypatch, prose, "find_quantities", is_hurt)
    with pytest.raises(ZeroDivisionError):
        check_text(TEXT)


def test_outside_a_report_a_defect_is_passed_over(told: None) -> None:
    with one_place("paragraph-defect", "p1"):
        raise ZeroDivisionError
    with kept_apart() as defects:
        pass
    assert defects.notices() == ()


# --- words ----------------------------------------------------------------------------------


def deep(levels: int, then: Callable[[], None]) -> None:
    then() if not levels else deep(levels - 1, then)


def test_an_endless_recursion_is_told_by_where_it_begins(told: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = outline.numbering

    def details(levels: int) -> tuple[Notice, ...]:
        found: list[Notice] = []
        deep(levels, lambda: found.extend(check_text(TEXT).document.notices))
        return tuple(found)

    def endless(plain: str) -> Any:
        return outline.is_heading(Block("p", plain)) if "概况" in plain else sound(plain)

    monkeypatch.setattr(outline, "numbering", endless)
    monkeypatch.setattr(checker, "lint", lambda *_: ())
    monkeypatch.setattr(checker, "read_head", lambda document: checker.Head())
    first, second = details(0), details(37)
    assert first == second
    assert [notice.code for notice in first] == ["heading-defect"]
    assert re.fullmatch(r"RecursionError, outline\.py:\d+", str(first[0].facts["detail"]))


def test_the_words_for_an_error() -> None:
    with pytest.raises(ValueError, match="invalid") as caught:
        int("x")
    assert detail_of(caught.value) == "ValueError: invalid literal for int() with base 10: 'x'"
    assert detail_of(KeyError()) == "KeyError"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", "p1"), ("短", "p1 “短”"), ("一 二\n三", "p1 “一 二 三”"), ("长" * 21, f"p1 “{'长' * 20}…”")],
)
def test_a_place_by_its_first_words(text: str, expected: str) -> None:
    assert named("p1", text) == expected


def test_one_place_struck_twice_by_one_error_counts_once() -> None:
    defects = Defects()
    for _ in range(2):
        defects.add("table-defect", "t1", ValueError("x"))
    assert defects.notices() == (Notice("table-defect", {"count": 1, "places": ("t1",), "detail": "ValueError: x"}),)
