"""A run with everything that a form must hold: several reports in several formats and encodings, a file that cannot be
checked, an accepted finding, a decision that fits nothing, and an earlier run with a finding that is gone."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from reportcheck import accepted, baseline
from reportcheck.catalog import Language
from reportcheck.checker import Settings
from reportcheck.model import Failure, Report
from reportcheck.render.json import draw
from reportcheck.result import Result, Source
from reportcheck.run import check_one

PROSE = """示例县档案馆2023年度部门整体支出绩效自评报告
一、经费执行情况
全年安排档案数字化经费60万元，实际支出52.05万元，预算执行率为86.57%。
培训费预算20万元，支出18.5万元，执行率为{training}%；约30人参加，[联系人](XXX)、`经办_*`。
| 科目 | 金额（万元） |
| 办公费 | 30.00 |
| 差旅费 | 70.00 |
| 合计 | 101.00 |
全年收入1000万元，其中：规费30万元，罚没收入20万元。
"""
WRAPPED = """示例县水务站2023年度绩效自评报告

　　全年安排供水管网维护经费80万元，实际支出69.64万元，预算执行率为87.
50%，主要用于更换主城区老旧管道和阀门，保障居民正常用水。
　　水质监测设备购置预算24万元，全部由县财政安排，年内完成采购，实际支
出23.16万元，预算执行率为96.50%，设备运行正常，数据按月报送。
　　年末召开业务培训会，参加人员来自各乡镇供水站，培训内容包括设备维护
和水质检测，会后对参加人员进行了考核。
　　站内档案全部按照要求整理归档，各项制度均已上墙公示，职工考勤情况良
好，没有违规违纪的情形。
"""
FIRST, SECOND, THIRD, EMPTY = "报告 一.txt", "乙/镇#2.txt", "表.docx", "空.txt"
DECISIONS, EARLIER = "reportcheck-accepted.toml", "old.json"


def whole_run(language: Language = "zh") -> Result:
    """Makes the files in the folder of work, and checks them."""
    settings = Settings(language)
    Path("乙").mkdir(exist_ok=True)
    Path(SECOND).write_bytes(WRAPPED.replace("\n", "\r\n").encode("gb18030"))
    if not Path(THIRD).exists():  # another time it would have other bytes
        _docx()
    Path(EMPTY).write_bytes(b"")
    Path(FIRST).write_text(PROSE.format(training="95.2"), encoding="utf-8")
    Path(EARLIER).write_bytes(draw(Result([_report(FIRST, settings)], (), settings)))
    Path(FIRST).write_text(PROSE.format(training="92.5"), encoding="utf-8")
    results = [check_one(Path(name), settings) for name in (FIRST, SECOND, THIRD, EMPTY)]
    reports = [result for result in results if isinstance(result, Report)]
    _decide(reports[0])
    files = accepted.read_all([Path(FIRST)])
    left, unused = accepted.apply(reports, files, None, settings.wants)
    compared, told = baseline.compare(left, baseline.read(Path(EARLIER)), settings.profile, settings.wants)
    sources = [
        Source(name, kind, sha256(Path(name).read_bytes()).hexdigest())
        for name, kind in ((DECISIONS, "decisions"), (EARLIER, "baseline"))
    ]
    failures = [result for result in results if isinstance(result, Failure)]
    told = replace(told, same_tool=False, not_checked=("旧.txt",))
    return Result(compared, failures, settings, 2, unused, told, sources)


def _report(name: str, settings: Settings) -> Report:
    result = check_one(Path(name), settings)
    assert isinstance(result, Report)
    return result


def _docx() -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("项目资金预算120万元，支出116.4万元，执行率为79%。")
    table = document.add_table(4, 2)
    for row, texts in zip(
        table.rows, (("项目", "金额"), ("甲", "3.00"), ("乙", "4.00"), ("合计", "8.00")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(THIRD)


def _decide(report: Report) -> None:
    """Accepts the total of the table; a second decision fits no finding."""
    found = next(finding for finding in report.findings if finding.rule == "total-mismatch")
    said = 'reason = "另有1万元|待摊"\nauthor = "=甲"\ndate = 2024-05-06\n'
    entries = [
        f'[[accepted]]\nfingerprint = "{fingerprint}"\n{said}'
        for fingerprint in (found.fingerprint, "0123456789abcdef")
    ]
    Path(DECISIONS).write_text("\n".join(entries), encoding="utf-8")
