"""What must be known of a run as a whole, beside its reports: files that were passed over, doubts of a comparison."""

from __future__ import annotations

from msgspec import Struct

from reportcheck.catalog import message
from reportcheck.result import Result


class RunNotice(Struct, frozen=True):
    """One such thing, with a ``code`` for programs; it concerns the file at ``path``, where there is one."""

    code: str
    text: str
    path: str = ""


def run_notices(result: Result) -> tuple[RunNotice, ...]:
    """All of them."""
    language, baseline = result.settings.language, result.baseline
    notices = []
    if result.passed_over:
        notices.append(RunNotice("passed-over", message(language, "handed.passed_over", count=result.passed_over)))
    if baseline and not baseline.same_tool:
        notices.append(RunNotice("baseline-of-other-tool", message(language, "baseline.other_tool"), baseline.file))
    notices += [
        RunNotice("baseline-not-checked", message(language, "handed.not_checked", path=path), path)
        for path in (baseline.not_checked if baseline else ())
    ]
    return tuple(notices)
