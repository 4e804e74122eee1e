"""One file of a submission checked: the work that is handed to other processes, and other machines."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from msgspec import Struct

from reportcheck import __version__
from reportcheck.audit.across import Across
from reportcheck.audit.extract import extract_of
from reportcheck.audit.files import compare_files
from reportcheck.audit.submissions import Member, Submission, data_of
from reportcheck.catalog import Language, using
from reportcheck.checker import Settings, check_document
from reportcheck.defects import detail_of
from reportcheck.errors import CatalogError, ReportcheckError
from reportcheck.model import Report, Severity
from reportcheck.read import read_data
from reportcheck.run import failure_text

_NOTHING: Mapping[str, str] = MappingProxyType({})
LOST = ("timed-out", "crashed", "out-of-memory")
"""The codes of failures that more time or memory may do away with."""


class Task(Struct, frozen=True):
    """A file to be checked. ``key`` stands for all that its result depends on: the content, the names of the other
    files of the submission, program, catalogue and options. A file that is ``alone`` is all of its submission; of one
    that is ``paged`` a page is drawn, too."""

    member: Member
    submission: str
    beside: tuple[str, ...]
    settings: Settings
    key: str
    alone: bool = False
    paged: bool = False


class Found(Struct, frozen=True):
    """A finding as the ledger holds it. ``text`` is what the report says at the ``place``."""

    number: int
    rule: str
    severity: Severity
    fingerprint: str
    message: str
    place: str
    text: str


class Inspection(Struct, frozen=True):
    """What came of a task: a report in short and whole (``details``, compressed JSON, see :func:`details`), or a
    failure ``code`` with its ``message``. ``passages`` is what is kept for comparing reports, compressed like it;
    ``across`` what a file that is alone says against its own name; ``page`` is its page, if one was asked for."""

    name: str
    submission: str
    key: str
    sha256: str = ""
    code: str = ""
    message: str = ""
    kind: str = ""
    title: str = ""
    unit: str = ""
    year: int | None = None
    figures: int = 0
    checked: int = 0
    findings: tuple[Found, ...] = ()
    details: bytes = b""
    passages: bytes = b""
    across: tuple[Across, ...] = ()
    page: bytes = b""

    def count(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(found.severity == severity for found in self.findings)


def tasks_of(
    submission: Submission, settings: Settings, kept: Mapping[str, str] = _NOTHING, paged: bool = False
) -> list[Task]:
    """A task for each file of a submission; ``kept`` gives the keys of those that need not be looked into."""
    names = sorted((*(member.name for member in submission.members), *submission.others))
    top = len(PurePosixPath(submission.name).parts)
    alone = len(submission.members) == 1
    tasks = []
    for member in submission.members:
        beside = tuple(_beside(PurePosixPath(member.name), map(PurePosixPath, names), top))
        key = kept.get(member.name) or _key(member, beside, settings)
        tasks.append(Task(member, submission.name, beside, settings, key, alone, paged))
    return tasks


def _beside(own: PurePosixPath, names: Iterable[PurePosixPath], top: int) -> Iterator[str]:
    """The names of the other files of a submission, and of the folders below it that do not hold the file: an
    attachment may be a folder."""
    seen = {own.stem, *own.parts}
    for name in names:
        for part in (*name.parts[top:-1], name.stem):
            if part not in seen:
                seen.add(part)
                yield part


def _key(member: Member, beside: Sequence[str], settings: Settings) -> str:
    """The hash of all that the result depends on; an entry of an archive counts with the whole archive."""
    digest = sha256()
    try:
        with Path(member.path).open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    except OSError as error:
        digest.update(repr(error.errno).encode())
    about = (
        *(__version__, settings.catalog.fingerprint, member.name, member.entry, sorted(beside)),
        *(settings.language, settings.profile, sorted(settings.select), sorted(settings.ignore)),
    )
    digest.update(json.dumps(about, ensure_ascii=False).encode("utf-8", errors="surrogatepass"))
    return digest.hexdigest()


def inspect(task: Task) -> Inspection:
    """Reads and checks the file. Only a fault in the catalogue, which concerns all files, is raised."""
    with using(task.settings.catalog):
        return _inspected(task)


def _inspected(task: Task) -> Inspection:
    settings, name = task.settings, task.member.name
    try:
        document = read_data(Path(name), data_of(task.member), task.beside)
        return _reported(task, check_document(document, settings))
    except CatalogError:
        raise
    except Exception as error:
        code, text = failed(error, settings.language)
        return Inspection(name, task.submission, task.key, code=code, message=text)


def failed(error: Exception, language: Language) -> tuple[str, str]:
    """The code of a failure, and what to do about it in words."""
    if isinstance(error, ReportcheckError):
        return error.code, failure_text(error.code, error.facts, language)
    if isinstance(error, MemoryError):
        return "out-of-memory", failure_text("out-of-memory", {}, language)
    return "internal", failure_text("internal", {"detail": detail_of(error)}, language)


def lost(task: Task, code: str, facts: Mapping[str, object]) -> Inspection:
    """The inspection of a file whose worker was lost."""
    message = failure_text(code, facts, task.settings.language)
    return Inspection(task.member.name, task.submission, task.key, code=code, message=message)


def _reported(task: Task, report: Report) -> Inspection:
    from reportcheck.render import html
    from reportcheck.render.json import report_to_dict
    from reportcheck.render.told import Teller
    from reportcheck.result import Result

    whole = report_to_dict(report)
    found = [
        Found(
            told.number,
            told.finding.rule,
            told.finding.severity,
            told.finding.fingerprint,
            told.finding.message,
            told.place,
            told.text,
        )
        for told in Teller(report, task.settings.language).findings()
    ]
    return Inspection(
        name=task.member.name,
        submission=task.submission,
        key=task.key,
        sha256=report.document.sha256,
        kind=report.document.kind,
        title=report.title,
        unit=report.unit,
        year=report.year,
        figures=whole["summary"]["figures"],
        checked=whole["summary"]["figures_checked"],
        findings=tuple(found),
        details=packed(whole),
        passages=packed(extract_of(report, task.settings.language)),
        across=compare_files([(task.member.name, report.document)], task.settings) if task.alone else (),
        page=html.draw(Result([report], settings=task.settings)) if task.paged else b"",
    )


def packed(content: object) -> bytes:
    """Anything that JSON can hold, compressed; the same content gives the same bytes."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", errors="replace"), 6)


def unpacked(data: bytes) -> object:
    """What :func:`packed` was given."""
    return json.loads(zlib.decompress(data)) if data else None
