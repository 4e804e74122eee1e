"""Many files: which ones to check, and a report or a failure for each."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from reportcheck.accepted import is_decisions
from reportcheck.catalog import Language, messages, using
from reportcheck.checker import Settings, check
from reportcheck.defects import detail_of
from reportcheck.errors import CatalogError, ReadError, ReportcheckError
from reportcheck.model import Failure, Report
from reportcheck.outputs import is_output
from reportcheck.read import is_candidate

_MEGABYTE = 1 << 20


class Plan(Struct, frozen=True):
    """What a run will look at: ``files`` in order, with the ``names`` that outputs about them bear (in folders the path
    below the folder), ``failures`` known beforehand (folders without reports, or that cannot be read), and how many
    files of other types were ``passed_over`` in folders."""

    files: tuple[Path, ...]
    names: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    passed_over: int = 0


def plan(paths: Iterable[Path], language: Language = "zh") -> Plan:
    """Files as named; folders with all that is in them, sorted; each file once."""
    files: dict[str, tuple[Path, str]] = {}
    failures: list[Failure] = []
    passed_over = 0
    for path in paths:
        if not path.is_dir():
            files.setdefault(os.path.realpath(path), (path, path.name))
            continue
        found, unreadable, others = _walk(path)
        passed_over += others
        failures += [failure(folder, ReadError("no-permission"), language) for folder in unreadable]
        if not found and not unreadable:
            failures.append(failure(path, ReadError("no-candidates"), language))
        for file in found:
            files.setdefault(os.path.realpath(file), (file, str(file.relative_to(path))))
    chosen = files.values()
    return Plan(tuple(file for file, _ in chosen), tuple(name for _, name in chosen), tuple(failures), passed_over)


def _walk(folder: Path) -> tuple[list[Path], list[Path], int]:
    """The reports of a folder, the folders in it that cannot be read, and the number of other files."""
    found: list[Path] = []
    unreadable: list[Path] = []
    others = 0

    def refused(error: OSError) -> None:
        unreadable.append(Path(error.filename))

    for parent, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        shown = [Path(parent, name) for name in sorted(names) if not name.startswith((".", "~$"))]
        given = [path for path in shown if not is_decisions(path) and not is_output(path)]
        reports = [path for path in given if is_candidate(path)]
        found += reports
        others += len(given) - len(reports)
    return sorted(found), sorted(unreadable), others


def run(files: Sequence[Path], settings: Settings) -> Iterator[Report | Failure]:
    """One report or failure for each file, in order. An error in one file does not touch the others;
    only a fault in the pattern data, which concerns all of them, is raised."""
    for path in files:
        yield check_one(path, settings)


def check_one(path: Path, settings: Settings) -> Report | Failure:
    """The report on a file, or why there is none."""
    with using(settings.catalog):
        try:
            return check(path, settings)
        except CatalogError:
            raise
        except ReportcheckError as error:
            return failure(path, error, settings.language)
        except Exception as error:
            return failure(path, ReadError("internal", detail=detail_of(error)), settings.language)


def failure(path: Path, error: ReportcheckError, language: Language) -> Failure:
    """A failure in words that say what to do about it."""
    return Failure(str(path), error.code, failure_text(error.code, error.facts, language))


def failure_text(code: str, facts: Mapping[str, object], language: Language) -> str:
    """The words for an error's code and facts; facts that are missing leave nothing behind."""
    texts = messages(language)
    template = texts["failure"].get(code, texts["failure"]["other"])
    if code == "unsupported":
        template = texts["failure_unsupported"].get(str(facts.get("found")), template)
    shown: dict[str, object] = defaultdict(lambda: "?", {**facts, "code": code})
    if code == "too-large":
        shown |= _sizes(facts, texts["failure_size"])
    if code == "garbled" and isinstance(share := facts.get("share"), int | float):
        shown["share"] = f"{share:.0%}"
    if code == "damaged":
        shown["detail"] = facts.get("member") or facts.get("detail") or "?"
    return str(template).format_map(shown)


def _sizes(facts: Mapping[str, object], texts: Mapping[str, str]) -> dict[str, str]:
    """A size and its limit: of files in megabytes (``bytes``, ``limit``), else in pages (``size``, ``most``)."""
    size, most = facts.get("bytes"), facts.get("limit")
    if isinstance(size, int) and isinstance(most, int):
        size, most, unit = -(-size // _MEGABYTE), most // _MEGABYTE, texts["bytes"]
    else:
        size, most, unit = facts.get("size", "?"), facts.get("most", "?"), texts["pages"]
    return {"size": unit.format(count=size), "most": unit.format(count=most)}
