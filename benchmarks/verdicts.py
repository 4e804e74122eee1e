"""Every verdict and every finding, a line each, so that a change of the rules is reviewed as a diff.

    python benchmarks/verdicts.py                     # renews tests/golden/verdicts.txt
    python benchmarks/verdicts.py FILE … -o OUT.txt   # the same of other reports, kept wherever you like

The golden file in the repository covers the examples of all rule pages and all samples as Word files;
``tests/test_verdicts.py`` holds it to what comes out. A line names the document, the rule, the outcome with its basis
or the severity, the figure with its place, and the formula with the figures that fill it.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportcheck.catalog import patterns_directory
from reportcheck.checker import DEFAULT, Settings, check_text
from reportcheck.model import Claim, Fact, Failure, Finding, Report, Verdict
from reportcheck.run import check_one

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden" / "verdicts.txt"
_EXAMPLE = re.compile(r"^```(flagged|not-flagged|undecided)(?: ([a-z-]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def golden() -> str:
    """What the golden file of the repository should hold."""
    samples = sorted((ROOT / "samples" / "reports").glob("*.docx"))
    return "".join(f"{line}\n" for line in (*of_rule_pages(), *of_files(samples)))


def of_rule_pages() -> Iterator[str]:
    """Lines on every example of every rule page."""
    for page in sorted((patterns_directory() / "rules").glob("*.md")):
        for number, (kind, profile, text) in enumerate(_EXAMPLE.findall(page.read_text(encoding="utf-8")), 1):
            report = check_text(re.sub("[⟦⟧]", "", text.rstrip("\n")), Settings(profile=profile or "default"))
            yield from lines(f"{page.stem} {number} {kind}", report)


def of_files(paths: Iterable[Path]) -> Iterator[str]:
    """Lines on each file, or the code of its failure."""
    for path in paths:
        report = check_one(path, DEFAULT)
        if isinstance(report, Failure):
            yield f"{path.name}\tfailure\t{report.code}"
        else:
            yield from lines(path.name, report)


def lines(name: str, report: Report) -> Iterator[str]:
    """A line for each verdict and each finding of a report, sorted, so that the order of the rules is no change."""
    yield from sorted(f"{name}\t{_verdict(verdict)}" for verdict in report.verdicts)
    yield from sorted(f"{name}\t{_finding(finding, report)}" for finding in report.findings)


def _verdict(verdict: Verdict) -> str:
    claim = verdict.claim
    outcome = f"{verdict.outcome}: {verdict.reason}" if verdict.reason else verdict.outcome
    return "\t".join((claim.rule, claim.basis, outcome, _figure(claim.stated), f"{claim.relation} {_filled(claim)}"))


def _filled(claim: Claim) -> str:
    operands = (f"{name}: {', '.join(map(_figure, facts))}" for name, facts in claim.operands.items())
    return f"{claim.formula} [{'; '.join(operands)}]"


def _figure(fact: Fact) -> str:
    text = " ".join(fact.quantity.text.split())
    return f"{text}@{fact.quantity.span.block}:{fact.quantity.span.start}"


def _finding(finding: Finding, report: Report) -> str:
    texts = {block.id: block.text for block in report.document.blocks}
    marked = (f"{' '.join(texts[s.block][s.start : s.end].split())}@{s.block}:{s.start}" for s in finding.spans)
    return "\t".join((finding.rule, f"FINDING {finding.severity}", "; ".join(marked)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    if options.files and not options.output:
        parser.error("name the file to write with -o")
    files = [path for given in options.files for path in (sorted(given.iterdir()) if given.is_dir() else [given])]
    text = "".join(f"{line}\n" for line in of_files(files)) if files else golden()
    (options.output or GOLDEN).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
