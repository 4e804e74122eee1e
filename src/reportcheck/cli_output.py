"""What a command writes and where: planned before any work is done, written when the result is there."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.accepted import is_decisions
from reportcheck.catalog import message
from reportcheck.cli_options import near
from reportcheck.defects import detail_of, is_strict
from reportcheck.errors import ReportcheckError, UsageError
from reportcheck.outputs import name_for_report, name_for_run
from reportcheck.render.forms import FORMS

if TYPE_CHECKING:
    from rich.console import Console

    from reportcheck.render.remarks import Annotated
    from reportcheck.result import Result
    from reportcheck.run import Plan

_PIPED_COLUMNS = 100
_MOST_NAMED = 10
_TEXT, _ANNOTATED = "text", "annotated"
_USUAL = ("html", "xlsx")
_SUFFIXES = {_TEXT: ".txt", **{name: form.suffix for name, form in FORMS.items()}}


class Output(Struct, frozen=True):
    """A form to be written to ``path``, or to standard output; about one ``report``, by its path, or about all."""

    form: str
    path: Path | None = None
    report: str | None = None


# --- planning ---------------------------------------------------------------------------------


def outputs_of(options: argparse.Namespace, planned: Plan) -> tuple[Output, ...]:
    """What ``check`` is asked to write. Raises :class:`UsageError` for what cannot or must not be written."""
    names = _names(options)
    if options.template and not Path(options.template).is_file():
        raise UsageError("template-missing", path=options.template)
    outputs = [output for name in names for output in _of_form(name, len(names), options, planned)]
    if options.annotate:
        outputs += _in_folder(_ANNOTATED, Path(options.annotate), planned, options)
    refuse(outputs, planned.files, options)
    for folder in filter(None, (options.out, options.annotate)):
        if Path(folder).is_file():
            raise UsageError("output-not-folder", path=folder)
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError("output-failed", path=folder, detail=error.strerror or error) from None
    return tuple(outputs)


def _names(options: argparse.Namespace) -> list[str]:
    """The forms asked for, else those that the file or the folder to write suggests."""
    if options.format is None:
        if options.out:
            return list(_USUAL)
        given = Path(options.output or "").suffix.lower()
        return [name for name, suffix in _SUFFIXES.items() if suffix == given] or [_TEXT]
    names = [name.strip() for name in options.format.replace("，", ",").split(",") if name.strip()]
    for name in names:
        if name not in _SUFFIXES:
            raise UsageError("unknown-form", name=name, near=near(name, _SUFFIXES, options.lang))
    return list(dict.fromkeys(names)) or [_TEXT]


def _of_form(name: str, forms: int, options: argparse.Namespace, planned: Plan) -> list[Output]:
    form = FORMS.get(name)
    each = form is not None and bool(form.word)
    if options.out:
        if options.output:
            raise UsageError("output-twice")
        return _in_folder(name, Path(options.out), planned, options)
    if forms > 1 or (each and len(planned.files) > 1):
        raise UsageError("forms-need-folder")
    if options.output is None and form is not None and not form.readable:
        raise UsageError("form-needs-file", form=name)
    path = Path(options.output) if options.output else None
    return [Output(name, path, str(planned.files[0]) if each and planned.files else None)]


def _in_folder(name: str, folder: Path, planned: Plan, options: argparse.Namespace) -> list[Output]:
    word = name if name == _ANNOTATED else FORMS[name].word if name in FORMS else ""
    if not word:
        return [Output(name, folder / name_for_run(_SUFFIXES[name]))]
    outputs = []
    for file, report in zip(planned.files, planned.names, strict=True):
        suffix = file.suffix if name == _ANNOTATED else _SUFFIXES[name]
        outputs.append(Output(name, folder / name_for_report(report, word, suffix, options.lang), str(file)))
    return outputs


def refuse(outputs: Iterable[Output], inputs: Sequence[Path], options: argparse.Namespace) -> None:
    """Raises :class:`UsageError` where an output would hit a folder, an input, a decision, another output, or, unless
    ``--overwrite`` is given, a file that is there."""
    decisions = Path(getattr(options, "accepted", None) or "")
    inputs = [*inputs, *map(Path, filter(None, [getattr(options, "template", None)]))]
    seen: dict[Path, str | None] = {}
    there: list[Path] = []
    for output in outputs:
        path = output.path
        if path is None:
            continue
        if path in seen:
            raise UsageError("outputs-alike", path=path, one=seen[path], other=output.report)
        seen[path] = output.report
        if path.is_dir():
            raise UsageError("output-is-folder", path=path)
        if options.output and not path.absolute().parent.is_dir():
            raise UsageError("output-folder-missing", path=path.parent)
        if is_decisions(path) or _same(path, [decisions]):
            raise UsageError("output-is-decisions", path=path)
        if _same(path, inputs):
            raise UsageError("output-is-input", path=path)
        if path.is_file() and not options.overwrite:
            there.append(path)
    if there:
        raise UsageError("output-exists", path=there[0], count=len(there))


def _same(path: Path, others: Iterable[Path]) -> bool:
    return path.is_file() and any(other.exists() and path.samefile(other) for other in others)


# --- writing ----------------------------------------------------------------------------------


def deliver(outputs: Iterable[Output], result: Result, options: argparse.Namespace) -> None:
    """Writes all outputs; one that fails does not keep back the others, and the first such is
    raised: :class:`UsageError`, or :class:`CatalogError` for a template."""
    written: list[Path] = []
    failed: list[ReportcheckError] = []
    for output in outputs:
        chosen = result if output.report is None else _only(result, output.report)
        if chosen is None:
            continue
        try:
            data = _drawn(output, chosen, options)
            if data is not None:
                write(data, output.path)
                written += [output.path] if output.path else []
        except ReportcheckError as error:
            failed.append(error)
        except Exception as error:
            if isinstance(error, BrokenPipeError) or is_strict():
                raise
            failed.append(UsageError("output-defect", path=output.path or output.form, detail=detail_of(error)))
    if options.out or options.annotate:
        _tell(written, options)
    if failed:
        raise failed[0]


def _only(result: Result, path: str) -> Result | None:
    """The result of one report, or nothing where it could not be checked."""
    reports = [report for report in result.reports if report.document.path == path]
    return replace(result, reports=reports[:1], failures=(), passed_over=0, unused=()) if reports else None


def _drawn(output: Output, result: Result, options: argparse.Namespace) -> bytes | None:
    if output.form == _TEXT:
        return _text(output, result, options)
    if output.form == _ANNOTATED:
        copy = annotated(result, options)
        return copy.data if copy else None
    if output.form == "notice" and options.template:
        from reportcheck.render import notice

        return notice.draw(result, Path(options.template))
    return FORMS[output.form].draw(result)


def _text(output: Output, result: Result, options: argparse.Namespace) -> bytes | None:
    """The text as on a terminal, where it is shown at once, in colours; a file says how to get it again, too."""
    from reportcheck.render.provenance import provenance
    from reportcheck.render.terminal import show

    if output.path is None:
        show(console(options), result, options.verbose, options.ledger)
        return None
    text = captured(options, lambda drawn: show(drawn, result, options.verbose, options.ledger))
    footer = "".join(f"{line}\n" for line in ("", *provenance(result)))
    return text + footer.encode("utf-8", errors="replace")


def annotated(result: Result, options: argparse.Namespace) -> Annotated | None:
    """The annotated copy of the only report of a result, or nothing, with a word on it, where there can be none."""
    from reportcheck.render.annotated import annotate

    report = result.reports[0]
    try:
        copy = annotate(result)
    except ReportcheckError as error:
        path = report.document.path
        print(message(options.lang, f"annotated.{error.code}", path=path, **error.facts), file=sys.stderr)
        return None
    if copy.displaced:
        text = message(options.lang, "annotated.displaced", path=report.document.path, count=len(copy.displaced))
        print(text, file=sys.stderr)
    return copy


def _tell(written: Sequence[Path], options: argparse.Namespace) -> None:
    for path in written[:_MOST_NAMED]:
        print(message(options.lang, "output.written", path=path), file=sys.stderr)
    if len(written) > _MOST_NAMED:
        print(message(options.lang, "output.more", count=len(written) - _MOST_NAMED), file=sys.stderr)


def console(options: argparse.Namespace, file: Any = None) -> Console:
    """A console for people: colours and the width of the window on a terminal, plain text elsewhere."""
    from rich.console import Console

    made = Console(
        file=file,
        highlight=False,
        markup=False,
        emoji=False,
        no_color=True if options.no_color else None,
        legacy_windows=False if file else None,
    )
    if options.width:
        made.width = options.width
    elif not made.is_terminal:
        made.width = _PIPED_COLUMNS
    return made


def captured(options: argparse.Namespace, draw: Callable[[Console], None]) -> bytes:
    """What is drawn on a console, as the bytes of a file."""
    text = StringIO()
    draw(console(options, text))
    return text.getvalue().encode("utf-8", errors="replace")


def write(data: bytes, path: Path | None) -> None:
    """Writes to the file, whole or not at all, or to standard output whatever the encoding of the console."""
    if path is not None:
        try:
            _replace(Path(os.path.realpath(path)), data)
        except OSError as error:
            raise UsageError("output-failed", path=path, detail=error.strerror or error) from None
        return
    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        sys.stdout.write(data.decode("utf-8"))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    sys.stdout.flush()


def _replace(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():  # a device or a pipe
        path.write_bytes(data)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_bytes(data)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
