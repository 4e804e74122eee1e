"""What reviewers decided and what an earlier run found: how ``check`` takes them in, and the command ``accept``."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from reportcheck import accepted
from reportcheck.catalog import message
from reportcheck.cli_options import settings_of
from reportcheck.errors import UsageError
from reportcheck.model import Failure, Finding

if TYPE_CHECKING:
    from reportcheck.baseline import Run
    from reportcheck.result import Result, Source

_PREFIX = re.compile(r"[0-9a-f]{6,16}")
_SHORT = 8
_NEAR = 5


# --- check ------------------------------------------------------------------------------------


class Review(Struct, frozen=True):
    """Decisions and an earlier run, read before any report is checked, so that a fault in them is told at once."""

    files: accepted.Files
    given: Path | None
    earlier: Run | None

    @classmethod
    def read(cls, options: argparse.Namespace, reports: Sequence[Path]) -> Review:
        """What the options and the folders of the reports hold."""
        given = Path(options.accepted) if options.accepted else None
        files = accepted.read_all(reports, given)
        if not options.baseline:
            return cls(files, given, None)
        from reportcheck import baseline

        return cls(files, given, baseline.read(Path(options.baseline)))

    def of(self, result: Result) -> Result:
        """The result with accepted findings set apart, and with the status of each finding."""
        wants = result.settings.wants
        left, unused = accepted.apply(result.reports, self.files, self.given, wants)
        result = replace(result, reports=left, unused=unused, sources=self._sources())
        if self.earlier is None:
            return result
        from reportcheck import baseline

        compared, told = baseline.compare(left, self.earlier, result.settings.profile, wants)
        return replace(result, reports=compared, baseline=told)

    def _sources(self) -> tuple[Source, ...]:
        from reportcheck.result import Source

        named = [(file, "decisions") for file in self.files]
        if self.earlier is not None:
            named.append((Path(self.earlier.file), "baseline"))
        return tuple(Source(str(file), kind, sha256(file.read_bytes()).hexdigest()) for file, kind in named)


# --- accept -----------------------------------------------------------------------------------


def accept(options: argparse.Namespace) -> int:
    """Writes the decision to accept findings of a report into the file beside it, or the one given."""
    from reportcheck.run import check_one

    path = Path(options.path)
    given = Path(options.accepted) if options.accepted else None
    files = accepted.files_for(path, given)
    reason, author, date = _said(options, "reason"), _said(options, "author"), _date(options)
    known = {d.fingerprint: d for file in files if file.exists() for d in accepted.read(file)}
    report = check_one(path, settings_of(options))
    if isinstance(report, Failure):
        raise UsageError("not-checked", path=report.path, text=report.message)
    chosen = _chosen(options, report.findings)
    new = [finding for finding in chosen if finding.fingerprint not in known]
    decisions = [accepted.decision_on(finding, report.document, reason, author, date) for finding in new]
    if decisions:
        accepted.append(files[0], decisions, options.lang)
    times = Counter(finding.fingerprint for finding in report.findings)
    for finding in chosen:
        before = known.get(finding.fingerprint)
        facts = {"id": finding.fingerprint[:_SHORT], "message": finding.message}
        if before:
            print(message(options.lang, "accepted.before", **facts, file=before.file, row=before.row))
        else:
            key = "accepted.now" if times[finding.fingerprint] == 1 else "accepted.now_several"
            print(message(options.lang, key, **facts, count=times[finding.fingerprint]))
    if decisions:
        print(message(options.lang, "accepted.written", file=files[0], count=len(decisions)))
    return 0


def _said(options: argparse.Namespace, name: str) -> str:
    text = str(getattr(options, name)).strip()
    if not text:
        raise UsageError(f"accept-no-{name}")
    return text


def _date(options: argparse.Namespace) -> datetime.date:
    """The date given, else today by the clock of the machine: nothing else of the program looks at it."""
    if options.date is None:
        return datetime.date.today()
    date = accepted.date_of(options.date)
    if date is None:
        raise UsageError("date-wrong", text=options.date)
    return date


def _chosen(options: argparse.Namespace, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that the fingerprints, or the beginnings of them, name: one for each fingerprint, in the order
    named. Raises :class:`UsageError` if one names none, or several."""
    distinct = {finding.fingerprint: finding for finding in findings}
    chosen: dict[str, Finding] = {}
    for name in (part.strip().lower() for part in options.finding.replace("，", ",").split(",")):
        if not _PREFIX.fullmatch(name):
            raise UsageError("finding-malformed", name=name)
        fits = [fingerprint for fingerprint in distinct if fingerprint.startswith(name)]
        if not fits:
            raise UsageError("finding-unknown", name=name, near=_near(name, distinct, options))
        if len(fits) > 1:
            raise UsageError("finding-ambiguous", name=name, names=_listed(fits, distinct, options))
        if fits[0] in chosen:
            print(message(options.lang, "accepted.twice", id=fits[0][:_SHORT]), file=sys.stderr)
        chosen[fits[0]] = distinct[fits[0]]
    return list(chosen.values())


def _near(name: str, distinct: dict[str, Finding], options: argparse.Namespace) -> str:
    """Findings with a fingerprint like the one named, else those that there are."""
    if not distinct:
        return message(options.lang, "usage.finding-none")
    from difflib import get_close_matches

    heads = {fingerprint[: len(name)]: fingerprint for fingerprint in distinct}
    alike = [heads[head] for head in get_close_matches(name, list(heads), _NEAR, 0.7)]
    key = "usage.finding-near" if alike else "usage.finding-seen"
    return message(options.lang, key, names=_listed(alike or list(distinct), distinct, options))


def _listed(fingerprints: Sequence[str], distinct: dict[str, Finding], options: argparse.Namespace) -> str:
    lines = [f"\n  {name}  {distinct[name].message}" for name in fingerprints[:_NEAR]]
    more = len(fingerprints) - _NEAR
    return "".join(lines) + (message(options.lang, "usage.finding-more", count=more) if more > 0 else "")
