"""An audit: what must be checked, checked by an engine, and written down as it comes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.audit import copies, outliers, strangers
from reportcheck.audit.across import Compared
from reportcheck.audit.across_words import wanted
from reportcheck.audit.compare import Comparison, compare, comparisons
from reportcheck.audit.folder import Folder
from reportcheck.audit.inspect import Inspection, Task, inspect, lost, tasks_of
from reportcheck.audit.pool import Done, Engine
from reportcheck.audit.store import Ledger
from reportcheck.audit.submissions import Submission, submissions
from reportcheck.checker import Settings
from reportcheck.outputs import name_for_report
from reportcheck.run import failure_text

FOLDER = "."
"""The scope of what is compared over all submissions."""


class Course(Struct, frozen=True):
    """What an audit has before it: all ``tasks``, and those of them ``due``, because their result is not known."""

    submissions: tuple[Submission, ...]
    tasks: tuple[Task, ...]
    due: tuple[Task, ...]
    settings: Settings


def plan(
    folder: Path, ledger: Ledger, settings: Settings, since: datetime.date | None = None, pages: Path | None = None
) -> Course:
    """What is to be done; results of files that are gone are left out of the ledger. Files not changed ``since`` a day
    keep the result they have, if they have one, without being looked into. A file without its page in the folder for
    ``pages`` is checked again."""
    found = submissions(folder)
    known = ledger.keys()
    tasks = [
        task
        for submission in found
        for task in tasks_of(submission, settings, _kept(submission, known, since), bool(pages))
    ]
    ledger.forget(set(ledger.names()) - {task.member.name for task in tasks})
    failed = {each.name for each in ledger.inspections() if each.code} if pages else set()
    due = [
        task
        for task in tasks
        if known.get(task.member.name) != task.key
        or (pages and task.member.name not in failed and not page_of(task.member.name, pages, settings).exists())
    ]
    # The largest first: at the end no core waits for one long report.
    due.sort(key=lambda task: (-_size(task), task.member.name))
    return Course(tuple(found), tuple(tasks), tuple(due), settings)


def page_of(name: str, pages: Path, settings: Settings) -> Path:
    """The file of the page of a report."""
    return pages / name_for_report(name, "page", ".html", settings.language)


def _kept(submission: Submission, known: Mapping[str, str], since: datetime.date | None) -> dict[str, str]:
    """The keys of the files of a submission whose results are taken as they are."""
    if since is None:
        return {}
    return {
        member.name: known[member.name]
        for member in submission.members
        if member.name in known and _changed(member.path) < since
    }


def _changed(path: str) -> datetime.date:
    try:
        return datetime.date.fromtimestamp(Path(path).stat().st_mtime)
    except (OSError, OverflowError, ValueError):
        return datetime.date.max


def _size(task: Task) -> int:
    try:
        return Path(task.member.path).stat().st_size
    except OSError:
        return 0


# --- files ------------------------------------------------------------------------------------


def check_files(course: Course, ledger: Ledger, engine: Engine, pages: Path | None = None) -> Iterator[Inspection]:
    """Checks what is due; each result is in the ledger, and its page in the folder, before it is given."""
    for done in engine(inspect, course.due):
        inspection = done.value or lost(done.item, *_reason(done))
        if pages:
            _write_page(inspection, page_of(inspection.name, pages, course.settings))
        if done.item.alone:
            concerned = (inspection.submission,)
            found = tuple(replace(one, submissions=concerned) for one in wanted(inspection.across, course.settings))
            ledger.put_across(Compared(inspection.submission, inspection.key, found))
        # Last, for it is what tells a later run that all of the above is done.
        ledger.put([inspection])
        yield inspection


def _write_page(inspection: Inspection, path: Path) -> None:
    """The page of a report; that of an earlier state is gone where there is none any more."""
    if not inspection.page:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(inspection.page)


def _reason(done: Done[Any, Any]) -> tuple[str, dict[str, object]]:
    return "internal" if done.lost == "raised" else done.lost, dict(done.facts)


# --- across files -----------------------------------------------------------------------------


def due_comparisons(course: Course, ledger: Ledger) -> list[Comparison]:
    """The comparisons whose result is not known; those of files that are gone are left out of the ledger."""
    asked = comparisons(course.tasks, ledger.inspections(), course.settings)
    known = ledger.scopes()
    alone = {task.submission for task in course.tasks if task.alone}
    ledger.forget_scopes(set(ledger.all_scopes()) - {each.scope for each in asked} - alone - {FOLDER})
    return [each for each in asked if known.get(each.scope) != each.key]


def compare_files(due: Sequence[Comparison], ledger: Ledger, engine: Engine) -> Iterator[Compared]:
    """Makes the comparisons; each result is in the ledger before it is given."""
    for done in engine(compare, due):
        compared = done.value
        if compared is None:
            code, facts = _reason(done)
            message = failure_text(code, facts, done.item.settings.language)
            compared = Compared(done.item.scope, done.item.key, code=code, message=message)
        ledger.put_across(compared)
        yield compared


def compare_submissions(course: Course, ledger: Ledger) -> Compared:
    """What shows only over the whole folder; known results are not computed again."""
    names = sorted(f"{name} {key}" for name, key in ledger.keys().items())
    key = sha256("\n".join((FOLDER, *names)).encode("utf-8", errors="surrogatepass")).hexdigest()
    if ledger.scopes().get(FOLDER) == key:
        return Compared(FOLDER, key)
    folder, language = Folder(ledger.inspections(passages=True)), course.settings.language
    found = [one for family in (copies, strangers, outliers) for one in family.find(folder, language)]
    compared = Compared(FOLDER, key, wanted(found, course.settings))
    ledger.put_across(compared)
    return compared
