"""An earlier run beside this one: which findings are new, which are still there, which are gone.

Findings are the same if their fingerprints are. Several of one fingerprint are paired off one by one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from reportcheck import __version__, catalog
from reportcheck.errors import UsageError
from reportcheck.model import Accepted, Comparison, Earlier, Finding, Report, Severity

Matched = Literal["path", "sha256", "name", "only", "nothing"]
Item = TypeVar("Item")


# --- the parts of the JSON that are read ------------------------------------------------------


class _Span(Struct, frozen=True):
    text: str
    context: str


class _Finding(Struct, frozen=True):
    rule: str
    severity: Severity
    message: str
    fingerprint: str
    spans: tuple[_Span, ...]


class _Accepted(Struct, frozen=True):
    finding: _Finding


class _Report(Struct, frozen=True):
    path: str
    sha256: str
    findings: tuple[_Finding, ...]
    accepted: tuple[_Accepted, ...] = ()

    @property
    def all(self) -> tuple[_Finding, ...]:
        return (*self.findings, *(entry.finding for entry in self.accepted))


class _Tool(Struct, frozen=True):
    version: str
    catalog: str
    profile: str


class Run(Struct, frozen=True):
    """An earlier run, as its JSON tells it."""

    schema: Literal[1]
    tool: _Tool
    reports: tuple[_Report, ...]
    file: str = ""


def read(file: Path) -> Run:
    """The result that ``check --format json`` wrote. Raises :class:`UsageError` where it is none."""
    import msgspec

    try:
        return replace(msgspec.json.decode(file.read_bytes(), type=Run), file=str(file))
    except OSError as error:
        raise UsageError("baseline-unreadable", path=file, detail=error.strerror or error) from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError("baseline-broken", path=file, detail=error) from None


_NO_PAIR: tuple[None, Matched] = (None, "nothing")


# --- comparing --------------------------------------------------------------------------------


class Baseline(Struct, frozen=True):
    """What a whole run was compared with: the ``file``; whether version, patterns and profile are the same, so that
    all differences come from the reports; and the reports of then that were not checked now."""

    file: str
    same_tool: bool
    not_checked: tuple[str, ...]


def compare(
    reports: Sequence[Report], earlier: Run, profile: str, wanted: Callable[[str], bool]
) -> tuple[tuple[Report, ...], Baseline]:
    """The reports with the status of each finding and with what is gone. Earlier findings of rules that this run
    leaves out (not ``wanted``) are not gone."""
    pairs = _pairs(reports, earlier.reports)
    compared = []
    for index, report in enumerate(reports):
        then, matched = pairs.get(index, _NO_PAIR)
        compared.append(_compared(report, then, matched, wanted))
    found = {id(then) for then, _ in pairs.values()}
    same = _Tool(__version__, catalog.fingerprint(), profile) == earlier.tool
    return tuple(compared), Baseline(earlier.file, same, tuple(r.path for r in earlier.reports if id(r) not in found))


def _pairs(now: Sequence[Report], then: Sequence[_Report]) -> dict[int, tuple[_Report, Matched]]:
    """For each report by its index the earlier one that has its path, else its content, else its name, else the
    only one where there is but one in both. Keys that several share tell nothing."""
    pairs: dict[int, tuple[_Report, Matched]] = {}
    rounds: tuple[tuple[Matched, Callable[[str, str], str]], ...] = (
        ("path", lambda path, sha256: path),
        ("sha256", lambda path, sha256: sha256),
        ("name", lambda path, sha256: re.split(r"[/\\\\]", path)[-1]),
    )
    left = list(then)
    for matched, key in rounds:
        known = _unique((key(report.path, report.sha256), report) for report in left)
        wanted = _unique(
            (key(report.document.path, report.document.sha256), index)
            for index, report in enumerate(now)
            if index not in pairs
        )
        for name in wanted.keys() & known.keys():
            pairs[wanted[name]] = known[name], matched
        left = [report for report in left if not any(report is pair for pair, _ in pairs.values())]
    if not pairs and len(now) == len(then) == 1:
        pairs[0] = then[0], "only"
    return pairs


def _unique(items: Iterable[tuple[str, Item]]) -> dict[str, Item]:
    """Items by their keys, without the keys that several have."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for key, item in items:
        groups[key].append(item)
    return {key: group[0] for key, group in groups.items() if len(group) == 1}


def _compared(report: Report, then: _Report | None, matched: Matched, wanted: Callable[[str], bool]) -> Report:
    left = Counter(finding.fingerprint for finding in then.all) if then else Counter[str]()

    def told(finding: Finding) -> Finding:
        still = left[finding.fingerprint] > 0
        left[finding.fingerprint] -= still
        return replace(finding, status="still" if still else "new")

    findings = tuple(told(finding) for finding in report.findings)
    accepted = tuple(Accepted(told(entry.finding), entry.decision) for entry in report.accepted)
    gone = []
    for finding in then.all if then else ():
        if left[finding.fingerprint] > 0:
            left[finding.fingerprint] -= 1
            if finding.rule not in catalog.rules() or wanted(finding.rule):
                gone.append(_earlier(finding))
    comparison = Comparison(then.path if then else "", matched, tuple(gone))
    return replace(report, findings=findings, accepted=accepted, comparison=comparison)


def _earlier(finding: _Finding) -> Earlier:
    text, context = (finding.spans[0].text, finding.spans[0].context) if finding.spans else ("", "")
    return Earlier(finding.rule, finding.severity, finding.message, finding.fingerprint, text, context)
