"""The command ``ledger``: shows, exports and compares what audits found, and writes down decisions."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from reportcheck.accepted import date_of
from reportcheck.catalog import message
from reportcheck.cli_output import Output, console, refuse, write
from reportcheck.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from reportcheck.audit.store import Ledger
    from reportcheck.audit.summary import Summary

_SHORTEST_ID, _MOST_NAMED = 6, 8


def ledger(options: argparse.Namespace) -> int:
    """Shows, exports or compares what an audit found, or writes down a decision."""
    paths = [Path(path) for path in options.ledgers]
    wanted = 2 if options.action == "diff" else 1
    if len(paths) != wanted:
        raise UsageError("ledger-count", action=options.action, count=wanted)
    for path in paths:
        if not path.is_file():
            raise UsageError("ledger-missing", path=path)
    return _ACTIONS[options.action](paths, options)


def _show(paths: Sequence[Path], options: argparse.Namespace) -> int:
    from reportcheck.audit import frames
    from reportcheck.render import figures

    found = _summary(paths[0])
    if options.unit is None:
        frame = frames.units(found, options.lang)
    else:
        frame = frames.on_screen(frames.findings(found, options.lang, options.unit), options.lang)
    figures.show(frame, console(options), options.lang)
    return 0


def _export(paths: Sequence[Path], options: argparse.Namespace) -> int:
    from reportcheck.audit import frames

    found = _summary(paths[0])
    if options.output and Path(options.output).suffix.lower() == ".xlsx" and options.unit is None:
        return _whole(paths[0], options)
    return _written(frames.findings(found, options.lang, options.unit or ""), options)


def _whole(path: Path, options: argparse.Namespace) -> int:
    """The workbook of the folder."""
    from reportcheck.audit import workbook
    from reportcheck.audit.folder import Folder
    from reportcheck.audit.outliers import distributions
    from reportcheck.audit.store import Ledger
    from reportcheck.audit.summary import summary

    output = Path(options.output)
    refuse([Output("xlsx", output)], [path], options)
    with Ledger(path) as opened:
        spread = distributions(Folder(opened.inspections(passages=True)))
        write(workbook.draw(summary(opened), spread, opened.settings()), output)
    print(message(options.lang, "output.written", path=output), file=sys.stderr)
    return 0


def _diff(paths: Sequence[Path], options: argparse.Namespace) -> int:
    from reportcheck.audit import frames
    from reportcheck.render import figures

    frame = frames.difference(_summary(paths[0]), _summary(paths[1]), options.lang)
    if options.output:
        return _written(frame, options)
    figures.show(frames.on_screen(frame, options.lang), console(options), options.lang)
    return 0


def _written(frame: pd.DataFrame, options: argparse.Namespace) -> int:
    """A table as CSV or XLSX, by the suffix of the file."""
    from reportcheck.render import figures

    if not options.output:
        raise UsageError("form-needs-file", form=options.action)
    output = Path(options.output)
    refuse([Output("table", output)], [Path(path) for path in options.ledgers], options)
    is_workbook = output.suffix.lower() == ".xlsx"
    sheet = message(options.lang, "audit.sheet")
    write(figures.xlsx_bytes(frame, sheet) if is_workbook else figures.csv_bytes(frame, mark=True), output)
    print(message(options.lang, "output.written", path=output), file=sys.stderr)
    return 0


def _decide(paths: Sequence[Path], options: argparse.Namespace) -> int:
    """Writes a decision on findings into the ledger, by the beginnings of their ids."""
    from reportcheck.audit.store import Decided, Ledger

    for name in ("finding", "decision", "reason", "author"):
        if not (getattr(options, name) or "").strip():
            raise UsageError("decide-needs", option="as" if name == "decision" else name)
    date = date_of(options.date) if options.date else datetime.date.today()
    if date is None:
        raise UsageError("date-wrong", text=options.date)
    decided = Decided(options.decision, options.reason.strip(), options.author.strip(), date.isoformat())
    with Ledger(paths[0]) as opened:
        known = _fingerprints(opened, options.unit or "")
        chosen = [_named(name.strip().lower(), known) for name in options.finding.replace("，", ",").split(",")]
        for submission, fingerprint in chosen:
            opened.decide(submission, fingerprint, decided)
    print(message(options.lang, "audit.decided", count=len(chosen), path=paths[0]))
    return 0


def _fingerprints(opened: Ledger, unit: str) -> set[tuple[str, str]]:
    """Submission and fingerprint of every finding of the submissions with ``unit`` in their name."""
    known = {(each.submission, found.fingerprint) for each in opened.inspections() for found in each.findings}
    known |= {(one.submissions[0], one.fingerprint) for one in opened.across()}
    return {pair for pair in known if unit in pair[0]}


def _named(name: str, known: set[tuple[str, str]]) -> tuple[str, str]:
    fits = sorted(pair for pair in known if len(name) >= _SHORTEST_ID and pair[1].startswith(name))
    if not fits:
        raise UsageError("finding-unknown", name=name, near="")
    if len(fits) > 1:
        listed = "".join(f"\n  {fingerprint}  {submission}" for submission, fingerprint in fits[:_MOST_NAMED])
        raise UsageError("finding-ambiguous", name=name, names=listed)
    return fits[0]


def _summary(path: Path) -> Summary:
    from reportcheck.audit.store import Ledger
    from reportcheck.audit.summary import summary

    with Ledger(path) as opened:
        return summary(opened)


_ACTIONS: Mapping[str, Callable[[Sequence[Path], argparse.Namespace], int]] = MappingProxyType(
    {"show": _show, "export": _export, "diff": _diff, "decide": _decide}
)
