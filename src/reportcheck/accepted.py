"""Findings that a reviewer accepted: the files that say so, and reports without what they accept.

A decision is keyed by the fingerprint of a finding, so that it outlives edits elsewhere. Files are read and
appended to, never rewritten: no run erases a decision.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from reportcheck.catalog import Language, message, rules
from reportcheck.errors import UsageError
from reportcheck.model import Accepted, Decision, Document, Finding, Report

SUFFIX = ".accepted.toml"
FOLDER_FILE = "reportcheck-accepted.toml"
_TABLE = "accepted"
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_HEADER = re.compile(rf"\s*\[\[\s*[\"']?{_TABLE}[\"']?\s*\]\]")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_UNPAIRED = re.compile("[\ud800-\udfff]")

Files = Mapping[Path, Sequence[Decision]]


# --- files ------------------------------------------------------------------------------------


def file_of(report: Path) -> Path:
    """The file of decisions beside a report: ``a.docx`` → ``a.docx.accepted.toml``."""
    return report.with_name(report.name + SUFFIX)


def is_decisions(path: Path) -> bool:
    """Whether a file holds decisions, by its name."""
    return path.name.lower() == FOLDER_FILE or path.name.lower().endswith(SUFFIX)


def files_for(report: Path, given: Path | None = None) -> tuple[Path, ...]:
    """Where decisions on a report may stand: the file ``given``, else the one beside it and that of its folder."""
    return (given,) if given else (file_of(report), report.with_name(FOLDER_FILE))


def read_all(reports: Iterable[Path], given: Path | None = None) -> Files:
    """The files of decisions that there are for these reports. Raises :class:`UsageError` for a broken one, and
    where the file ``given`` is missing."""
    if given and not given.exists():
        raise UsageError("accepted-missing", file=given)
    wanted = dict.fromkeys(file for report in reports for file in files_for(report, given))
    return {file: read(file) for file in wanted if file.exists()}


def read(file: Path) -> tuple[Decision, ...]:
    """The decisions of a file, in order."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError("accepted-unreadable", file=file, detail=error.strerror or error) from None
    return parse(data, str(file))


def parse(data: bytes, file: str) -> tuple[Decision, ...]:
    """The decisions that a file's content holds. Raises :class:`UsageError` with file and row."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("accepted-not-utf8", file=file, row=data[: error.start].count(b"\n") + 1) from None
    import tomllib

    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        row = (place and place[1]) or text.count("\n") + 1
        raise UsageError("accepted-broken", file=file, row=row, detail=_PLACE.sub("", str(error))) from None
    for name in content:
        if name != _TABLE:
            raise UsageError("accepted-unknown", file=file, name=name)
    entries = content.get(_TABLE, [])
    rows = [number for number, line in enumerate(text.split("\n"), 1) if _HEADER.match(line)]
    if not isinstance(entries, list) or len(entries) != len(rows):
        raise UsageError("accepted-shape", file=file)
    return tuple(_decision(entry, file, row) for entry, row in zip(entries, rows, strict=True))


def _decision(entry: Mapping[str, Any], file: str, row: int) -> Decision:
    texts = {name: _text(entry, name, file, row) for name in ("reason", "author")}
    fingerprint = _text(entry, "fingerprint", file, row).lower()
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise UsageError("accepted-fingerprint", file=file, row=row, text=fingerprint)
    date = entry.get("date")
    if type(date) is not datetime.date:
        date = date_of(str(date)) if date else None
        if date is None:
            raise UsageError("accepted-date", file=file, row=row)
    notes = {name: str(entry.get(name, "")) for name in ("rule", "text", "message")}
    return Decision(fingerprint, **texts, date=date.isoformat(), **notes, file=file, row=row)


def _text(entry: Mapping[str, Any], name: str, file: str, row: int) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"accepted-no-{name}", file=file, row=row)
    return value.strip()


def date_of(text: str) -> datetime.date | None:
    """The day that ``YYYY-MM-DD`` names, if it names one."""
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def append(file: Path, decisions: Sequence[Decision], language: Language) -> None:
    """Writes decisions behind those that a file holds, and makes the file where there is none; what is there stays
    byte for byte. Nothing is written unless the whole can be read back."""
    try:
        present = file.read_bytes() if file.exists() else b""
        head = "" if present else message(language, "accepted.head")
        gap = "\n" if present and not present.endswith(b"\n") else ""
        added = (head + gap + "".join(map(_entry, decisions))).encode()
        parse(present + added, str(file))
        with file.open("ab") as stream:
            stream.write(added)
    except OSError as error:
        raise UsageError("output-failed", path=file, detail=error.strerror or error) from None


def _entry(decision: Decision) -> str:
    named = {name: getattr(decision, name) for name in ("fingerprint", "rule", "text", "message", "reason", "author")}
    lines = [f"{name} = {_quoted(text)}" for name, text in named.items()]
    return "\n".join(["", f"[[{_TABLE}]]", *lines, f"date = {decision.date}", ""])


def _quoted(text: str) -> str:
    """A text as a TOML string on one line: as in JSON, but for DEL and for halves of a surrogate pair."""
    whole = _UNPAIRED.sub("\ufffd", text)
    import json

    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")


# --- reports ----------------------------------------------------------------------------------


def apply(
    reports: Iterable[Report], files: Files, given: Path | None, wanted: Callable[[str], bool]
) -> tuple[tuple[Report, ...], tuple[Decision, ...]]:
    """Reports without the findings that are decided on, and the decisions that fit no finding.

    Where several decisions fit a finding, the first one counts. One on a rule that this run leaves out (not
    ``wanted``) may well fit, and is not told.
    """
    changed: list[Report] = []
    used: dict[Decision, bool] = {}
    for report in reports:
        standing = [d for file in files_for(Path(report.document.path), given) for d in files.get(file, ())]
        found = {finding.fingerprint for finding in report.findings}
        for decision in standing:
            used[decision] = used.get(decision, False) or decision.fingerprint in found
        changed.append(_without(report, {decision.fingerprint: decision for decision in reversed(standing)}))
    unused = (decision for decision, fits in used.items() if not fits)
    return tuple(changed), tuple(d for d in unused if d.rule not in rules() or wanted(d.rule))


def _without(report: Report, decisions: Mapping[str, Decision]) -> Report:
    accepted = [Accepted(f, decisions[f.fingerprint]) for f in report.findings if f.fingerprint in decisions]
    left = tuple(finding for finding in report.findings if finding.fingerprint not in decisions)
    return replace(report, findings=left, accepted=tuple(accepted))


def decision_on(finding: Finding, document: Document, reason: str, author: str, date: datetime.date) -> Decision:
    """The decision that accepts a finding of a document."""
    text = ""
    if finding.spans:
        span = finding.spans[0]
        text = next(block.text for block in document.blocks if block.id == span.block)[span.start : span.end]
    return Decision(finding.fingerprint, reason, author, date.isoformat(), finding.rule, text, finding.message)
