"""The sum of a made-up audit: hostile names, failures, findings across files, decisions, a value far off."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import msgspec

from reportcheck.audit.across import Across, Compared, Spot
from reportcheck.audit.extract import Extract
from reportcheck.audit.folder import Folder
from reportcheck.audit.inspect import Found, Inspection, packed
from reportcheck.audit.measures import Measure
from reportcheck.audit.outliers import Distribution, distributions
from reportcheck.audit.store import Decided, Ledger
from reportcheck.audit.summary import Summary, summary

HOSTILE = "<script>alert(1)</script>&\"'"
FORMULA = '=HYPERLINK("http://example.org")'
PLAIN = "水利局.docx"
AWKWARD = "教育局/附件 #1 100%?.xlsx"
QUIET = "其他/{:02d}.docx"


def found(number: int, rule: str, severity: str, text: str) -> Found:
    return Found(number, rule, severity, f"{number:016x}", f"{text} 不符\x01", f"第{number}段", text)


def _measured(value: str) -> bytes:
    measure = Measure("rate-outlier", str(Fraction(value)), "第9段", f"{value}%")
    return packed(msgspec.to_builtins(Extract("whole", measures=(measure,))))


def _inspections() -> list[Inspection]:
    findings = (found(1, "total-mismatch", "error", FORMULA), found(2, "stale-year", "warning", HOSTILE))
    many = tuple(found(n, "rate-mismatch", "error", f"{n}%") for n in range(1, 4))
    facts = {"kind": "docx", "year": 2023, "figures": 40, "sha256": "a1" * 32}
    return [
        Inspection(PLAIN, PLAIN, "k", unit="枫渡县水利局", checked=10, findings=findings, **facts),
        Inspection(AWKWARD, "教育局", "k", unit=HOSTILE, checked=40, findings=many, **facts),
        Inspection("教育局/坏.pdf", "教育局", "k", code="encrypted", message=f"文件已加密 {HOSTILE}"),
        *(
            Inspection(
                QUIET.format(n), f"第{n:02d}号", "k", unit=f"枫渡县第{n}中学", passages=_measured(value), **facts
            )
            for n, value in enumerate(["31.2", *(f"9{n % 5}.{n}" for n in range(1, 24))])
        ),
    ]


def _across() -> tuple[Across, ...]:
    spots = tuple(Spot(QUIET.format(n), "第5段", "1200人次", f"服务{HOSTILE}1200人次") for n in range(6))
    return (
        Across("template-left-shared", "warning", "6 个单位相同", tuple(f"第{n:02d}号" for n in range(6)), spots),
        Across("passage-copied", "error", f"与他人相同 {HOSTILE}", (PLAIN, "教育局"), (Spot(PLAIN, "第3段", "x"),)),
    )


def made(path: Path) -> tuple[Summary, list[Distribution]]:
    """The sum of a ledger in a file, with its distributions."""
    with Ledger(path) as ledger:
        ledger.put(_inspections())
        ledger.put_across(Compared(".", "k", _across()))
        ledger.put_across(Compared("教育局", "k", code="timed-out", message="超时"))
        ledger.decide("教育局", f"{1:016x}", Decided("returned", "+请核实", "张三", "2026-01-02"))
        ledger.decide("教育局", f"{2:016x}", Decided("accepted", "四舍五入", "张三", "2026-01-02"))
        return summary(ledger), distributions(Folder(ledger.inspections(passages=True)))
