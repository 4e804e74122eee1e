"""Attachments that lie beside a report as files of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportcheck import check

REPORT = "甲局2022年度绩效自评报告\n扣分情况详见附件1，问卷见附件3。\n附件：1.绩效评分表\n2.基础数据表\n"


def found(path: Path) -> list[tuple[str, str]]:
    report = check(path)
    texts = {block.id: block.text for block in report.document.blocks}
    spans = [(finding.rule, finding.spans[0]) for finding in report.findings]
    return [(rule, texts[span.block][span.start : span.end]) for rule, span in spans]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "甲局自评报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_alone_in_its_folder_all_are_absent(report: Path) -> None:
    assert found(report) == [
        ("reference-missing", "附件3"),
        ("attachment-missing", "1.绩效评分表"),
        ("attachment-missing", "2.基础数据表"),
    ]


@pytest.mark.parametrize("name", ["附件2.xlsx", "附件二 数据.xlsx", "甲局附表2.pdf", "2022年度基础数据表.xlsx"])
def test_a_file_with_the_number_or_the_name_is_the_attachment(report: Path, name: str) -> None:
    report.with_name(name).write_bytes(b"")
    assert found(report) == [("reference-missing", "附件3"), ("attachment-missing", "1.绩效评分表")]


def test_a_file_with_the_number_answers_a_reference(report: Path) -> None:
    for name in ("附件1.docx", "附件2.docx", "附件3.docx"):
        report.with_name(name).write_bytes(b"")
    assert found(report) == []


@pytest.mark.parametrize(
    "name", ["甲局自评报告.docx", "附件12.xlsx", "~$附件2.xlsx", "乙局数据.xlsx", "附件2.docx.批注.docx"]
)
def test_other_files_are_none_of_them(report: Path, name: str) -> None:
    report.with_name(name).write_bytes(b"")
    assert len(found(report)) == 3
