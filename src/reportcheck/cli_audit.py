"""The command ``audit``: checks all submissions of a folder, going on where an earlier run stopped."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from reportcheck.accepted import date_of
from reportcheck.catalog import Language, current, message
from reportcheck.cli_options import FOUND, INCOMPLETE, INTERRUPTED, grave, settings_of
from reportcheck.cli_output import Output, console, refuse, write
from reportcheck.errors import ReadError, UsageError
from reportcheck.outputs import name_for_run

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from reportcheck.audit.outliers import Distribution
    from reportcheck.audit.pool import Engine
    from reportcheck.audit.run import Course
    from reportcheck.audit.store import Ledger
    from reportcheck.audit.summary import Summary
    from reportcheck.checker import Settings

_LEDGER_FILE = name_for_run(".sqlite")
_FORMS = (".xlsx", ".html")

Tick = Callable[[str], None]


def audit(options: argparse.Namespace) -> int:
    """Checks a folder, going on where an earlier run stopped, and shows the whole."""
    from reportcheck.audit.folder import Folder
    from reportcheck.audit.outliers import distributions
    from reportcheck.audit.run import plan
    from reportcheck.audit.show import show
    from reportcheck.audit.store import Ledger
    from reportcheck.audit.summary import summary
    from reportcheck.run import failure_text

    settings, folder = settings_of(options), Path(options.folder)
    pages = Path(options.out) if options.out else None
    if not folder.is_dir():
        code = "not-folder" if folder.exists() else "not-found"
        raise UsageError("not-checked", path=folder, text=failure_text(code, {}, settings.language))
    if pages:
        _own(pages, options)
    interrupted = False
    with Ledger(_ledger_path(options, folder)) as ledger, ledger.running(folder, settings):
        try:
            course = plan(folder, ledger, settings, _since(options), pages)
        except ReadError as error:
            text = failure_text(error.code, error.facts, settings.language)
            raise UsageError("not-checked", path=folder, text=text) from None
        try:
            _carry_out(course, ledger, pages, options)
        except KeyboardInterrupt:
            interrupted = True
            print(message(settings.language, "audit.interrupted", path=ledger.path), file=sys.stderr)
        found, reports = summary(ledger), Folder(ledger.inspections(passages=True))
        spread = distributions(reports)
        if pages:
            _write_forms(found, spread, settings, pages)
        show(console(options), found, spread, settings.language, reports.nameless)
    if interrupted:
        return INTERRUPTED
    return _status(found, options)


def _own(pages: Path, options: argparse.Namespace) -> None:
    """Makes the folder for results, and makes sure that what is in it came of an audit."""
    outputs = [Output("audit", pages / name_for_run(suffix)) for suffix in _FORMS]
    if not (pages / _LEDGER_FILE).exists():
        refuse(outputs, [], options)
    try:
        pages.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("output-failed", path=pages, detail=error.strerror or error) from None


def _write_forms(found: Summary, spread: Sequence[Distribution], settings: Settings, pages: Path) -> None:
    """The workbook of the folder, and the page that leads to the pages of its reports."""
    from reportcheck.audit import index, workbook

    links = index.links(found, pages, settings)
    write(workbook.draw(found, spread, settings), pages / name_for_run(".xlsx"))
    write(index.draw(found, spread, settings, links), pages / name_for_run(".html"))
    for suffix in _FORMS:
        print(message(settings.language, "output.written", path=pages / name_for_run(suffix)), file=sys.stderr)


def _ledger_path(options: argparse.Namespace, folder: Path) -> Path:
    """The ledger asked for, else one in the folder for results, else one in the audited folder."""
    if options.ledger:
        return Path(options.ledger)
    return (Path(options.out) if options.out else folder) / _LEDGER_FILE


def _since(options: argparse.Namespace) -> datetime.date | None:
    if options.since is None:
        return None
    date = date_of(options.since)
    if date is None:
        raise UsageError("date-wrong", text=options.since)
    return date


def _engine(options: argparse.Namespace, folder: Path) -> AbstractContextManager[Engine]:
    from reportcheck.audit.engines import cluster, local
    from reportcheck.audit.pool import Limits

    given = Limits()
    limits = Limits(
        options.seconds or given.seconds, options.megabytes or given.megabytes, options.workers or given.workers
    )
    if options.engine:
        return cluster(options.engine, folder, limits, current())
    return nullcontext(local(limits))


def _carry_out(course: Course, ledger: Ledger, pages: Path | None, options: argparse.Namespace) -> None:
    from reportcheck.audit.run import check_files, compare_files, compare_submissions, due_comparisons

    with _engine(options, Path(options.folder)) as engine:
        with _progress(options.lang, "audit.checking", len(course.due)) as tick:
            for inspection in check_files(course, ledger, engine, pages):
                tick("failed" if inspection.code else "found" if inspection.count("error") else "fine")
        due = due_comparisons(course, ledger)
        with _progress(options.lang, "audit.comparing", len(due)) as tick:
            for compared in compare_files(due, ledger, engine):
                tick("failed" if compared.code else "found" if compared.findings else "fine")
    compare_submissions(course, ledger)


@contextmanager
def _progress(language: Language, key: str, total: int) -> Iterator[Tick]:
    """A bar with rate, remaining time and counts by outcome, on standard error, if somebody watches."""
    if not total or not sys.stderr.isatty():
        yield lambda outcome: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    counts = {"fine": 0, "found": 0, "failed": 0}
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[counts]}"),
        console=Console(stderr=True),
        transient=True,
    )

    def told() -> str:
        return message(language, "audit.counts", **counts)

    with bar:
        task = bar.add_task(message(language, key), total=total, rate="", counts=told())

        def tick(outcome: str) -> None:
            counts[outcome] += 1
            speed = bar.tasks[0].speed
            rate = message(language, "audit.rate", count=f"{60 * speed:.0f}") if speed else ""
            bar.update(task, advance=1, rate=rate, counts=told())

        yield tick


def _status(found: Summary, options: argparse.Namespace) -> int:
    if found.failures:
        return INCOMPLETE
    return FOUND if any(found.total(severity) for severity in grave(options.fail_on)) else 0
