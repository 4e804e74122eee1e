"""The command line: commands, output, exit status.

Exit status: 0 no findings, 1 findings, 2 something could not be checked, 130 interrupted. Only what a
command needs is loaded, when it runs.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reportcheck import catalog, precompiled
from reportcheck.catalog import BUILT_IN, Catalog, Language, message, messages, using
from reportcheck.cli_options import FOUND, INCOMPLETE, INTERRUPTED, build_parser, grave, language_in, near, settings_of
from reportcheck.cli_output import Output, annotated, captured, console, deliver, outputs_of, refuse, write
from reportcheck.cli_review import Review, accept
from reportcheck.errors import CatalogError, ReportcheckError, UsageError
from reportcheck.model import Failure, Report
from reportcheck.outputs import name_for_report

if TYPE_CHECKING:
    from reportcheck.checker import Settings
    from reportcheck.run import Plan


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = language_in(given)
    _tolerate_narrow_encodings()
    try:
        parser = build_parser(language, _COMMANDS)
        options = parser.parse_args(given)
        options.own_process = arguments is None
        if options.run is None:
            parser.print_help(sys.stderr)
            return INCOMPLETE
        with using(Catalog.over(Path(options.patterns)) if options.patterns else BUILT_IN):
            return int(options.run(options))
    except (UsageError, CatalogError) as error:
        print(message(language, "usage.prefix", text=_usage_text(error, language)), file=sys.stderr)
        return INCOMPLETE
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        precompiled.keep()


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
    outputs = outputs_of(options, planned)
    review = Review.read(options, planned.files)
    if options.own_process:
        # What is loaded stays to the end: no collection of garbage need look at it.
        gc.freeze()
    results, interrupted = _run(planned, settings)
    failures = [*planned.failures, *(result for result in results if isinstance(result, Failure))]
    reports = [result for result in results if isinstance(result, Report)]
    result = review.of(Result(reports, failures, settings, planned.passed_over))
    if interrupted:
        done = message(settings.language, "summary.interrupted", done=len(results), total=len(planned.files))
        print(done, file=sys.stderr)
    with _reader_may_leave():
        deliver(outputs, result, options)
    if interrupted:
        return INTERRUPTED
    return INCOMPLETE if failures else _status(result.reports, options.fail_on)


def _status(reports: Iterable[Report], fail_on: str) -> int:
    return FOUND if any(finding.severity in grave(fail_on) for report in reports for finding in report.findings) else 0


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


def _annotate(options: argparse.Namespace) -> int:
    """An annotated copy of one report, beside it unless told otherwise."""
    from reportcheck.result import Result
    from reportcheck.run import check_one

    path, settings = Path(options.path), settings_of(options)
    beside = path.with_name(name_for_report(path.name, "annotated", path.suffix, settings.language))
    output = Path(options.output) if options.output else beside
    refuse([Output("annotated", output)], [path], options)
    review = Review.read(options, [path])
    report = check_one(path, settings)
    if isinstance(report, Failure):
        raise UsageError("not-checked", path=report.path, text=report.message)
    copy = annotated(review.of(Result([report], settings=settings)), options)
    if copy is None:
        return INCOMPLETE
    write(copy.data, output)
    print(message(settings.language, "output.written", path=output), file=sys.stderr)
    return 0


def _table(options: argparse.Namespace) -> int:
    """``figures`` and ``claims``: one report as a table."""
    from reportcheck.render import figures, words
    from reportcheck.run import check_one

    path = Path(options.path)
    output = Path(options.output) if options.output else None
    refuse([Output(options.format, output)], [path], options)
    if options.format == "xlsx" and output is None:
        raise UsageError("form-needs-file", form="xlsx")
    report = check_one(path, settings_of(options))
    if isinstance(report, Failure):
        raise UsageError("not-checked", path=report.path, text=report.message)
    for notice in report.document.notices:
        print(f"{message(options.lang, 'report.notice')}  {words.notice(notice, options.lang)}", file=sys.stderr)
    frame = getattr(figures, options.what)(report, options.lang)
    with _reader_may_leave():
        if options.format == "xlsx":
            write(figures.xlsx_bytes(frame, message(options.lang, f"help.sheet_{options.what}")), output)
        elif options.format == "csv":
            write(figures.csv_bytes(frame, mark=output is not None), output)
        elif output is None:
            figures.show(frame, console(options), options.lang)
        else:
            write(captured(options, lambda drawn: figures.show(frame, drawn, options.lang)), output)
    return 0


def _template(options: argparse.Namespace) -> int:
    """The built-in template of the return notice, to be edited in Word."""
    from reportcheck.render.notice_template import template

    output = Path(options.output)
    refuse([Output("template", output)], [], options)
    write(template(options.lang), output)
    print(message(options.lang, "output.written", path=output), file=sys.stderr)
    return 0


def _explain(options: argparse.Namespace) -> int:
    from reportcheck.render.rules import show_page

    known = catalog.rules()
    if options.rule not in known:
        raise UsageError("unknown-rule", name=options.rule, near=near(options.rule, known, options.lang))
    with _reader_may_leave():
        show_page(known[options.rule], options.lang, console(options))
    return 0


def _rules(options: argparse.Namespace) -> int:
    from reportcheck.render.rules import show_all

    with _reader_may_leave():
        show_all(catalog.rules().values(), options.lang, console(options))
    return 0


def _audit(options: argparse.Namespace) -> int:
    from reportcheck.cli_audit import audit

    return audit(options)


def _ledger(options: argparse.Namespace) -> int:
    from reportcheck.cli_ledger import ledger

    return ledger(options)


_COMMANDS = {
    "check": _check,
    "annotate": _annotate,
    "audit": _audit,
    "ledger": _ledger,
    "accept": accept,
    "figures": _table,
    "claims": _table,
    "template": _template,
    "explain": _explain,
    "rules": _rules,
}
