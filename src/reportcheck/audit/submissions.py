"""What a folder holds: submissions, each of one file or of several (a folder of its own, an archive).

A file that lies in the audited folder itself is a submission. A folder below it that holds files is one, with all that
lies deeper; a folder of folders is looked through. An archive is one where a file would be one, and lends its members
to the submission it lies in. Archives in archives are not opened.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from reportcheck.accepted import is_decisions
from reportcheck.errors import ReadError
from reportcheck.outputs import is_output
from reportcheck.read import SUFFIXES, load
from reportcheck.read.archive import open_archive, read_entry

_ARCHIVES = frozenset({".zip"})
_UTF8 = 0x800
_DRIVE = re.compile(r"^[A-Za-z]:")


class Member(Struct, frozen=True):
    """One file of a submission. ``name`` leads to it below the audited folder, with ``/``; ``path`` is the file, or
    the archive of which it is the ``entry`` (from 0). ``fault`` is why it cannot even be opened (an archive)."""

    name: str
    path: str
    entry: int | None = None
    fault: ReadError | None = None


class Submission(Struct, frozen=True):
    """What one unit handed in, by the name of its file or folder; ``others`` are the names of the files that are no
    reports (an image, an archive of another kind)."""

    name: str
    members: tuple[Member, ...]
    others: tuple[str, ...] = ()


def submissions(folder: Path) -> list[Submission]:
    """All submissions below a folder, in order of their names. Raises :class:`ReadError` where it cannot be read."""
    try:
        return sorted(_in_folder(folder, folder, top=True), key=lambda found: found.name)
    except PermissionError:
        raise ReadError("no-permission") from None
    except (FileNotFoundError, NotADirectoryError):
        raise ReadError("not-found") from None


def data_of(member: Member) -> bytes:
    """The content of a file or of a member of an archive, in memory: nothing is unpacked onto the disk."""
    if member.fault is not None:
        raise member.fault
    data = load(Path(member.path))
    if member.entry is None:
        return data
    return read_entry(open_archive(data), member.entry)


# --- folders ----------------------------------------------------------------------------------


def _in_folder(folder: Path, top_folder: Path, top: bool) -> Iterator[Submission]:
    files, folders = _listed(folder)
    if top or not files:
        for file in files:
            yield _of_file(file, top_folder)
        for below in folders:
            yield from _in_folder(below, top_folder, top=False)
    else:
        yield _of_folder(folder, top_folder)


def _listed(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files that may be reports or archives, and the folders."""
    files, folders = [], []
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith((".", "~$")):
            continue
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            folders.append(path)
        elif _is_given(path):
            files.append(path)
    return files, folders


def _is_given(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES | _ARCHIVES and not is_output(path) and not is_decisions(path)


def _of_file(path: Path, top: Path) -> Submission:
    name = path.relative_to(top).as_posix()
    if path.suffix.lower() in _ARCHIVES:
        return Submission(name, *_in_archive(path, name))
    return Submission(name, (Member(name, str(path)),))


def _of_folder(folder: Path, top: Path) -> Submission:
    members: list[Member] = []
    others: list[str] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(parent, name) for name in sorted(names) if not name.startswith((".", "~$"))):
            if not _is_given(path):
                if not is_output(path) and not is_decisions(path):
                    others.append(path.relative_to(top).as_posix())
                continue
            one = _of_file(path, top)
            members += one.members
            others += one.others
    return Submission(folder.relative_to(top).as_posix(), tuple(sorted(members, key=lambda m: m.name)), tuple(others))


# --- archives ---------------------------------------------------------------------------------


def _in_archive(path: Path, name: str) -> tuple[tuple[Member, ...], tuple[str, ...]]:
    try:
        entries = open_archive(load(path)).infolist()
    except ReadError as error:
        return (Member(name, str(path), fault=error),), ()
    members: list[Member] = []
    others: list[str] = []
    for index, entry in enumerate(entries):
        inner = _inner_name(entry)
        file = PurePosixPath(inner)
        if entry.is_dir() or file.name.startswith((".", "~$")) or "__MACOSX" in file.parts:
            continue
        if file.suffix.lower() in _ARCHIVES:
            members.append(Member(f"{name}/{inner}", str(path), index, ReadError("nested-archive")))
        elif file.suffix.lower() in SUFFIXES and not is_output(file):
            members.append(Member(f"{name}/{inner}", str(path), index))
        else:
            others.append(f"{name}/{inner}")
    return tuple(sorted(members, key=lambda member: member.name)), tuple(others)


def _inner_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry in its own encoding (archives made under Windows are in GBK and do not say so), with
    nothing that leads out of the archive."""
    text = entry.filename
    if not entry.flag_bits & _UTF8:
        raw = text.encode("cp437", errors="replace")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("gb18030", errors="replace")
    parts = _DRIVE.sub("", text.replace("\\", "/")).split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or f"entry {entry.header_offset}"
