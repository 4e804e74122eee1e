"""Workers check with the patterns that the audit was begun with."""

from __future__ import annotations

import shutil
from pathlib import Path

from reportcheck.audit.engines import local
from reportcheck.audit.pool import Limits
from reportcheck.audit.run import check_files, plan
from reportcheck.audit.store import Ledger
from reportcheck.catalog import BUILT_IN, Catalog
from reportcheck.checker import Settings

TEXT = "甲山县水利局2022年度部门整体支出绩效自评报告\n培训预算60万元，支出52.05万元，执行率为86.57%。\n"


def audited(folder: Path, ledger: Path, catalog: Catalog) -> list[tuple[str, str]]:
    """The findings of an audit by one worker process."""
    with Ledger(ledger) as opened:
        course = plan(folder, opened, Settings(catalog=catalog))
        inspections = list(check_files(course, opened, local(Limits(workers=1))))
    return [(found.rule, found.severity) for inspection in inspections for found in inspection.findings]


def test_a_worker_is_handed_the_catalogue_by_value(tmp_path: Path) -> None:
    folder, patterns, ledger = (tmp_path / name for name in ("reports", "patterns", "ledger.sqlite"))
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (patterns / "rules").mkdir(parents=True)
    (patterns / "rules" / "rate-mismatch.toml").write_text('severity = "note"\n', encoding="utf-8")
    milder = Catalog.over(patterns)
    shutil.rmtree(patterns)
    assert audited(folder, ledger, milder) == [("rate-mismatch", "note")]
    # With other patterns the file is checked again.
    assert audited(folder, ledger, BUILT_IN) == [("rate-mismatch", "error")]
    assert audited(folder, ledger, BUILT_IN) == []
