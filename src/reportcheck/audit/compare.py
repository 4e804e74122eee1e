"""Files compared with each other: those of one submission, and the reports of one unit on two years.

The files are read again where they are compared, so that a comparison is a function of their contents alone and can be
done by any worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.audit.across import Across, Compared
from reportcheck.audit.across_words import wanted
from reportcheck.audit.files import compare_files
from reportcheck.audit.inspect import Inspection, Task, failed
from reportcheck.audit.submissions import data_of
from reportcheck.audit.years import compare_years, pairs
from reportcheck.catalog import using
from reportcheck.checker import Settings
from reportcheck.errors import CatalogError
from reportcheck.read import read_data


class Comparison(Struct, frozen=True):
    """What is to be compared: the files of a submission, or an earlier report with a later one."""

    kind: Literal["files", "years"]
    scope: str
    tasks: tuple[Task, ...]
    settings: Settings

    @property
    def key(self) -> str:
        """Stands for all that the result depends on."""
        return sha256("\n".join((self.kind, *(task.key for task in self.tasks))).encode()).hexdigest()


def comparisons(tasks: Sequence[Task], inspections: Iterable[Inspection], settings: Settings) -> list[Comparison]:
    """All comparisons that the readable files of an audit ask for; a file that is alone was compared with its name
    when it was checked."""
    read = {each.name: each for each in inspections if not each.code}
    known = {task.member.name: task for task in tasks if task.member.name in read}
    by_submission: dict[str, list[Task]] = {}
    for task in known.values():
        if not task.alone:
            by_submission.setdefault(task.submission, []).append(task)
    files = [Comparison("files", name, tuple(members), settings) for name, members in by_submission.items()]
    return [*files, *_of_years(read, known, settings)]


def _of_years(read: Mapping[str, Inspection], known: Mapping[str, Task], settings: Settings) -> list[Comparison]:
    return [
        Comparison("years", f"{earlier} -> {later}", (known[earlier], known[later]), settings)
        for earlier, later in pairs(read.values())
    ]


def _of_submissions(found: Iterable[Across], comparison: Comparison) -> tuple[Across, ...]:
    """The findings with the submissions that they concern; of two years the later one is to be looked at first."""
    concerned = tuple(dict.fromkeys(task.submission for task in reversed(comparison.tasks)))
    return tuple(replace(one, submissions=concerned) for one in found)


def compare(comparison: Comparison) -> Compared:
    """Reads the files again and compares them. Only a fault in the catalogue is raised."""
    with using(comparison.settings.catalog):
        return _compared(comparison)


def _compared(comparison: Comparison) -> Compared:
    settings = comparison.settings
    try:
        documents = [
            (task.member.name, read_data(Path(task.member.name), data_of(task.member), task.beside))
            for task in comparison.tasks
        ]
        if comparison.kind == "files":
            found = compare_files(documents, settings)
        else:
            found = compare_years(documents[0], documents[1], settings)
        return Compared(comparison.scope, comparison.key, _of_submissions(wanted(found, settings), comparison))
    except CatalogError:
        raise
    except Exception as error:
        code, message = failed(error, settings.language)
        return Compared(comparison.scope, comparison.key, code=code, message=message)
