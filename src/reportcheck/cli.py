"""The command line: commands, output, exit status.

Exit status: 0 no findings, 1 findings, 2 something could not be checked, 130 interrupted. Only what a
command needs is loaded, when it runs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportcheck import catalog
from reportcheck.catalog import Language, message, messages
from reportcheck.cli_options import build_parser, language_in, near, output_of, settings_of
from reportcheck.cli_review import Review, accept
from reportcheck.errors import CatalogError, ReportcheckError, UsageError
from reportcheck.model import SEVERITIES, Failure, Report

if TYPE_CHECKING:
    from rich.console import Console

    from reportcheck.checker import Settings
    from reportcheck.result import Result
    from reportcheck.run import Plan

FOUND, INCOMPLETE, INTERRUPTED = 1, 2, 130
_PIPED_COLUMNS = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = language_in(given)
    _tolerate_narrow_encodings()
    try:
        parser = build_parser(language, _COMMANDS)
        options = parser.parse_args(given)
        if options.run is None:
            parser.print_help(sys.stderr)
            return INCOMPLETE
        if options.patterns:
            catalog.use(Path(options.patterns))
        return int(options.run(options))
    except (UsageError, CatalogError) as error:
        print(message(language, "usage.prefix", text=_usage_text(error, language)), file=sys.stderr)
        return INCOMPLETE
    except KeyboardInterrupt:
        return INTERRUPTED


def _tolerate_narrow_encodings() -> None:
    """A console in GBK shows a question mark for what it lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


@contextmanager
def _reader_may_leave() -> Iterator[None]:
    """Lets whoever reads our output stop early (``| head``): the exit status stays what was found out."""
    try:
        yield
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # rich turns the one into the other
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage_text(error: ReportcheckError, language: Language) -> str:
    if error.code in messages(language)["usage"]:
        return message(language, f"usage.{error.code}", **error.facts)
    detail = ", ".join(f"{name}={value}" for name, value in error.facts.items())
    return message(language, "usage.other", code=error.code, detail=detail)


# --- commands ---------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    from reportcheck.result import Result
    from reportcheck.run import plan

    settings = settings_of(options)
    planned = plan(map(Path, options.paths), settings.language)
    output = output_of(options, planned.files)
    review = Review.read(options, planned.files)
    results, interrupted = _run(planned, settings)
    failures = [*planned.failures, *(result for result in results if isinstance(result, Failure))]
    reports = [result for result in results if isinstance(result, Report)]
    result = review.of(Result(reports, failures, settings, planned.passed_over))
    if interrupted:
        done = message(settings.language, "summary.interrupted", done=len(results), total=len(planned.files))
        print(done, file=sys.stderr)
    with _reader_may_leave():
        if options.format == "json":
            _write(_json(result), output)
        else:
            _show(result, options, output)
    if interrupted:
        return INTERRUPTED
    return INCOMPLETE if failures else _status(result.reports, options.fail_on)


def _status(reports: Iterable[Report], fail_on: str) -> int:
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
    return FOUND if any(finding.severity in grave for report in reports for finding in report.findings) else 0


def _run(planned: Plan, settings: Settings) -> tuple[list[Report | Failure], bool]:
    """All results, with progress on a terminal; after Ctrl-C those that are there, and True."""
    from reportcheck.run import check_one

    results: list[Report | Failure] = []
    try:
        for path in _with_progress(planned.files, settings.language):
            results += [check_one(path, settings)]
    except KeyboardInterrupt:
        return results, True
    return results, False


def _with_progress(files: Sequence[Path], language: Language) -> Iterable[Path]:
    """The files, with a bar on standard error while they last, if somebody watches."""
    if len(files) < 2 or not sys.stderr.isatty():
        return files
    from rich.console import Console
    from rich.progress import track

    description = message(language, "progress.checking")
    return track(files, description, console=Console(stderr=True), transient=True)


def _json(result: Result) -> str:
    from reportcheck.render.json import json_text

    return json_text(result)


def _show(result: Result, options: argparse.Namespace, output: Path | None) -> None:
    from io import StringIO

    from reportcheck.render.terminal import show

    if output is None:
        show(_console(options), result, options.verbose, options.ledger)
        return
    text = StringIO()
    show(_console(options, text), result, options.verbose, options.ledger)
    _write(text.getvalue(), output)


def _table(options: argparse.Namespace) -> int:
    """``figures`` and ``claims``: one report as a table."""
    from reportcheck.render import figures
    from reportcheck.run import check_one

    path = Path(options.path)
    output = output_of(options, [path])
    if options.format == "xlsx" and output is None:
        raise UsageError("xlsx-needs-file")
    report = check_one(path, settings_of(options))
    if isinstance(report, Failure):
        text = f"{report.path}: {report.message}"
        print(message(options.lang, "usage.prefix", text=text), file=sys.stderr)
        return INCOMPLETE
    frame = getattr(figures, options.what)(report, options.lang)
    try:
        if output is None:
            with _reader_may_leave():
                _print_table(frame, options)
        elif options.format == "xlsx":
            figures.write_xlsx(frame, output, message(options.lang, f"help.sheet_{options.what}"))
        elif options.format == "csv":
            figures.write_csv(frame, output)
        else:
            _write(_table_text(frame, options), output)
    except OSError as error:
        raise UsageError("output-failed", path=output, detail=error.strerror or error) from None
    return 0


def _print_table(frame: Any, options: argparse.Namespace) -> None:
    from reportcheck.render import figures

    if options.format == "csv":
        _write(figures.csv_text(frame), None)
    else:
        figures.show(frame, _console(options), options.lang)


def _table_text(frame: Any, options: argparse.Namespace) -> str:
    from io import StringIO

    from reportcheck.render import figures

    text = StringIO()
    figures.show(frame, _console(options, text), options.lang)
    return text.getvalue()


def _explain(options: argparse.Namespace) -> int:
    from reportcheck.render.rules import show_page

    known = catalog.rules()
    if options.rule not in known:
        raise UsageError("unknown-rule", name=options.rule, near=near(options.rule, known, options.lang))
    with _reader_may_leave():
        show_page(known[options.rule], options.lang, _console(options))
    return 0


def _rules(options: argparse.Namespace) -> int:
    from reportcheck.render.rules import show_all

    with _reader_may_leave():
        show_all(catalog.rules().values(), options.lang, _console(options))
    return 0


_COMMANDS = {
    "check": _check,
    "accept": accept,
    "figures": _table,
    "claims": _table,
    "explain": _explain,
    "rules": _rules,
}


# --- output -----------------------------------------------------------------------------------


def _console(options: argparse.Namespace, file: Any = None) -> Console:
    """A console for people: colours and the width of the window on a terminal, plain text elsewhere."""
    from rich.console import Console

    console = Console(
        file=file,
        highlight=False,
        markup=False,
        emoji=False,
        no_color=True if options.no_color else None,
        legacy_windows=False if file else None,
    )
    if options.width:
        console.width = options.width
    elif not console.is_terminal:
        console.width = _PIPED_COLUMNS
    return console


def _write(text: str, output: Path | None) -> None:
    """Writes UTF-8 to the file, or to standard output whatever the encoding of the console."""
    if output is not None:
        try:
            output.write_text(text, encoding="utf-8", errors="replace", newline="")
        except OSError as error:
            raise UsageError("output-failed", path=output, detail=error.strerror or error) from None
        return
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
    sys.stdout.flush()
