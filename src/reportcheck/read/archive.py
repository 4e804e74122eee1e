"""A guard against archive bombs and other hostile ZIP files, to be passed before one is opened."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from reportcheck.errors import ReadError

MAX_MEMBERS = 5_000
MAX_MEMBER = 200 << 20
MAX_TOTAL = 512 << 20
MAX_RATIO = 200
"""Real office files stay below 40; bombs start at 300."""
RATIO_COUNTS_FROM = 1 << 20

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
_MARKUP = (".xml", ".rels", ".vml")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive, once its directory has shown that unpacking it is safe.

    Raises ``damaged`` where there is no readable directory, ``encrypted`` for members under a password and
    ``archive-bomb`` (facts: ``reason``, ``member``) for one that would blow up.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise ReadError("damaged", detail=str(error)) from None
    _guard(archive.infolist())
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one member; ``damaged`` where they cannot be unpacked."""
    try:
        return archive.read(name)
    except (*_BROKEN, KeyError) as error:
        raise ReadError("damaged", member=name, detail=str(error)) from None


def read_entry(archive: zipfile.ZipFile, index: int) -> bytes:
    """The same of a member by its place in the directory: names need not be told apart."""
    entry = archive.infolist()[index]
    try:
        return archive.read(entry)
    except _BROKEN as error:
        raise ReadError("damaged", member=entry.filename, detail=str(error)) from None


def markup_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Every XML member with its bytes; a document type declaration makes the file ``damaged``.

    No office program writes one, and the text after an entity it declares would be lost in silence.
    """
    for name in archive.namelist():
        if name.lower().endswith(_MARKUP):
            content = read_member(archive, name)
            if any(doctype in content for doctype in _DOCTYPES):
                raise ReadError("damaged", member=name, detail="DOCTYPE")
            yield name, content


def _guard(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS:
        raise ReadError("archive-bomb", reason="members", member="")
    for member in members:
        if member.flag_bits & 0x1:
            raise ReadError("encrypted")
        if member.file_size > MAX_MEMBER:
            raise ReadError("archive-bomb", reason="size", member=member.filename)
        large = member.file_size > RATIO_COUNTS_FROM
        if large and member.file_size > MAX_RATIO * max(1, member.compress_size):
            raise ReadError("archive-bomb", reason="ratio", member=member.filename)
    if sum(member.file_size for member in members) > MAX_TOTAL:
        raise ReadError("archive-bomb", reason="size", member="")
