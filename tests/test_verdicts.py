"""No change of verdicts goes unseen: the golden file holds all those of the rule pages and the samples."""

from __future__ import annotations

import sys
from difflib import unified_diff
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import verdicts
from reportcheck import check_text


def test_verdicts_are_those_of_the_golden_file() -> None:
    stored, found = verdicts.GOLDEN.read_text(encoding="utf-8"), verdicts.golden()
    changed = list(unified_diff(stored.splitlines(), found.splitlines(), "golden", "found", lineterm="", n=0))
    assert not changed, "\n".join([*changed[:40], "review, then: python benchmarks/verdicts.py"])


def test_a_line_tells_what_a_verdict_rests_on() -> None:
    report = check_text("自评报告\n\n预算60万元，支出52.05万元，执行率为86.57%。")
    verdict, finding = (line.split("\t") for line in verdicts.lines("a", report))
    formula = "= numerator / denominator [numerator: 52.05万元@p2:9; denominator: 60万元@p2:2]"
    assert verdict == ["a", "rate-mismatch", "wording", "inconsistent", "86.57%@p2:21", formula]
    assert finding == ["a", "rate-mismatch", "FINDING error", "86.57%@p2:21; 52.05万元@p2:9; 60万元@p2:2"]
