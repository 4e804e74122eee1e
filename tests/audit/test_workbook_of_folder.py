"""The workbook of an audit, read back and held against its sum."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from folder_summary import AWKWARD, FORMULA, HOSTILE, PLAIN, made

from reportcheck.audit.outliers import Distribution
from reportcheck.audit.pool import Limits
from reportcheck.audit.summary import Summary
from reportcheck.audit.workbook import draw
from reportcheck.catalog import Language, built_in
from reportcheck.checker import Settings
from reportcheck.model import SEVERITIES
from reportcheck.render.provenance import provenance
from reportcheck.result import Result, Source

SHEETS = ["单位", "问题", "跨文件", "按规则汇总", "未能检查", "分布", "文件"]
SAMPLES = Path(__file__).parents[2] / "samples" / "reports"

Made = tuple[Summary, list[Distribution]]
Table = list[dict[str, Any]]


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("ledger") / "reportcheck.sqlite")


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data))


def rows(book: Any, name: str) -> Table:
    """The table of a sheet, by the labels of its columns; what stands below it is left out."""
    sheet = book[name]
    top, bottom = (int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for cell in sheet.auto_filter.ref.split(":"))
    labels = [cell.value for cell in sheet[top]]
    return [dict(zip(labels, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(top + 1, bottom)]


def column(listed: Table, name: str) -> list[Any]:
    return [row[name] for row in listed]


@pytest.fixture(scope="module")
def book(audit: Made) -> Any:
    return opened(draw(*audit, Settings()))


def test_the_same_audit_gives_the_same_bytes(audit: Made) -> None:
    assert draw(*audit, Settings()) == draw(*audit, Settings())


def test_the_units_stand_in_the_order_of_their_need(audit: Made, book: Any) -> None:
    assert book.sheetnames == SHEETS
    listed = rows(book, "单位")
    units = audit[0].units
    assert [(r["排序"], r["单位"], r["报送材料"]) for r in listed] == [
        (rank, unit.name, unit.submission) for rank, unit in enumerate(units, 1)
    ]
    words = dict(zip(SEVERITIES, ("错误", "警告", "提示"), strict=True))
    for severity, word in words.items():
        assert column(listed, word) == [unit.count(severity) for unit in units]
    first, second = listed[:2]
    assert [first[name] for name in ("单位", "错误", "未能检查", "已接受", "其中跨文件")] == [HOSTILE, 3, 1, 1, 1]
    assert [second[name] for name in ("单位", "错误", "警告", "数据", "已核对", "核对率")] == [
        *("枫渡县水利局", 2, 1, 40, 10, 0.25),
    ]


def test_a_count_leads_to_the_first_row_that_it_counts(audit: Made, book: Any) -> None:
    sheet = book["单位"]
    labels = {cell.value: cell.column for cell in sheet[5]}
    reached = {}
    for row in (6, 7, 8):
        for label in ("错误", "警告", "提示", "其中跨文件", "未能检查"):
            link = sheet.cell(row, labels[label]).hyperlink
            if link is not None:
                name, place = link.location.replace("'", "").split("!")
                reached[row, label] = name, [cell.value for cell in book[name][int(place[1:])]]
    assert {key: name for key, (name, _) in reached.items()} == {
        (6, "错误"): "问题",
        (6, "其中跨文件"): "跨文件",
        (6, "未能检查"): "未能检查",
        (7, "错误"): "问题",
        (7, "警告"): "问题",
        (7, "其中跨文件"): "跨文件",
        (8, "警告"): "跨文件",
        (8, "其中跨文件"): "跨文件",
    }
    assert reached[6, "错误"][1][:4] == [HOSTILE, AWKWARD, 1, "错误"]
    assert reached[7, "警告"][1][:4] == ["枫渡县水利局", PLAIN, 2, "警告"]
    assert reached[8, "警告"][1][:4] == [2, "警告", "多个单位的成效文字和数字相同", "6 个单位相同"]


def test_every_finding_has_a_row_with_room_for_the_reviewer(audit: Made, book: Any) -> None:
    listed = rows(book, "问题")
    inside = [(unit, one) for unit in audit[0].units for one in unit.findings]
    assert [(r["单位"], r["文件"], r["序号"], r["规则"], r["原文"]) for r in listed] == [
        (unit.name, one.file, one.found.number, one.found.rule, one.found.text) for unit, one in inside
    ]
    assert column(listed, "审核决定") == ["已退回修改：+请核实（张三，2026-01-02）", None, None, None]
    assert {(r["核实意见"], r["整改情况"]) for r in listed} == {(None, None)}
    assert listed[2]["说明"] == f"{FORMULA} 不符\ufffd"
    assert {cell.data_type for row in book["问题"].iter_rows() for cell in row} <= {"s", "n"}


def test_findings_across_files_have_a_row_for_each_place(audit: Made, book: Any) -> None:
    listed = rows(book, "跨文件")
    worst, other = audit[0].across[1], audit[0].across[0]
    assert [(r["序号"], r["级别"], r["文件"]) for r in listed] == [
        (1, "错误", PLAIN),
        *((2, "警告", spot.file) for spot in other.spots),
    ]
    assert column(listed, "说明") == [worst.message, other.message, *[None] * 5]
    assert listed[1]["涉及的报送材料"] == "\n".join(other.submissions)


def test_rules_failures_and_files(audit: Made, book: Any) -> None:
    found = audit[0]
    listed = rows(book, "按规则汇总")
    assert {r["规则"]: r["合计"] for r in listed} == {rule: sum(by.values()) for rule, by in found.rules.items()}
    assert {r["规则"]: r["有问题的单位"] for r in listed}["template-left-shared"] == 6
    assert [(r["环节"], r["对象"], r["原因"]) for r in rows(book, "未能检查")] == [
        ("检查", "教育局/坏.pdf", f"文件已加密 {HOSTILE}"),
        ("比对", "教育局", "超时"),
    ]
    listed = rows(book, "文件")
    inspections = [file for unit in found.units for file in unit.files]
    assert [(r["文件"], r["SHA-256"] or "") for r in listed] == [(file.name, file.sha256) for file in inspections]
    assert {r["文件"]: r["错误"] for r in listed if r["错误"]} == {AWKWARD: 2, PLAIN: 1}


def test_distributions_with_their_values_far_off(audit: Made, book: Any) -> None:
    (spread,) = audit[1]
    whole, far = rows(book, "分布")
    assert (whole["数据"], whole["报告种类"], whole["份数"]) == ("预算执行率（%）", "部门整体支出绩效自评", spread.n)
    quartiles = [whole[name] for name in ("最小", "四分之一处", "中位数", "四分之三处", "最大")]
    assert quartiles == pytest.approx(
        [float(q) for q in (spread.least, spread.low, spread.median, spread.high, spread.most)], abs=0.005
    )
    assert (far["单位"], far["文件"], far["偏离值"]) == ("枫渡县第0中学", "其他/00.docx", 31.2)


def test_it_says_what_it_was_made_from(audit: Made) -> None:
    source = Source("审核决定.toml", "decisions", "b" * 64)
    sheet = opened(draw(*audit, Settings(), [source]))["单位"]
    said = [cell.value for (cell,) in sheet.iter_rows(max_col=1)]
    assert tuple(said[-2:]) == provenance(Result(sources=[source]))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_at_all(language: Language) -> None:
    book = opened(draw(Summary(()), [], Settings(language=language)))
    assert len(book.sheetnames) == 7


@pytest.mark.parametrize("language", ["zh", "en"])
def test_measures_and_kinds_have_names(language: Language) -> None:
    assert all(row[language] for group in ("measure", "kind") for row in built_in("across")[group])


def test_a_real_audit(tmp_path: Path) -> None:
    import shutil

    from reportcheck.audit.engines import local
    from reportcheck.audit.folder import Folder
    from reportcheck.audit.outliers import distributions
    from reportcheck.audit.run import check_files, plan
    from reportcheck.audit.store import Ledger
    from reportcheck.audit.summary import summary

    reports = tmp_path / "reports"
    reports.mkdir()
    for name in ("county-petition-bureau-2019.txt", "transfer-relief-2023.txt"):
        shutil.copy(SAMPLES / name, reports)
    with Ledger(tmp_path / "reportcheck.sqlite") as ledger:
        course = plan(reports, ledger, Settings())
        list(check_files(course, ledger, local(Limits(workers=1))))
        found, spread = summary(ledger), distributions(Folder(ledger.inspections(passages=True)))
    book = opened(draw(found, spread, Settings()))
    listed = rows(book, "问题")
    assert [(r["文件"], r["序号"]) for r in listed] == [
        (o.file, o.found.number) for u in found.units for o in u.findings
    ]
    assert len(listed) > 10
    assert sum(column(rows(book, "单位"), "错误")) == found.total("error")
