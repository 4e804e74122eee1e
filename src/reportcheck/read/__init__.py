"""Reading a file into blocks and tables, whatever its format."""

from __future__ import annotations

import hashlib
import stat
from decimal import localcontext
from importlib import import_module
from pathlib import Path

from msgspec.structs import replace

from reportcheck.defects import kept_apart
from reportcheck.errors import ReadError
from reportcheck.model import Document, Notice
from reportcheck.numerals import ARITHMETIC
from reportcheck.read.beside import names_beside

MAX_BYTES = 200 << 20
"""Larger files are refused before they are loaded."""

_OWN_SUFFIXES = {
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "pdf": (".pdf",),
    "html": (".html", ".htm", ".xhtml", ".shtml"),
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm", ".et", ".ett"),
    "xls": (".xls", ".xlt", ".et", ".ett"),
    "txt": (".txt", ".md", ".text", ".log", ""),
}
_NOT_READ = (".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".ofd", ".mht", ".mhtml", ".xlsb", ".ods")

SUFFIXES: frozenset[str] = frozenset(
    {
        *(".txt", ".md", ".pdf", ".html", ".htm", ".xlsx", ".xlsm", ".xls", ".et"),
        *_OWN_SUFFIXES["docx"],
        *_NOT_READ,
    }
)
"""Suffixes of files that may be reports; those of formats not read are there to fail with a reason."""


def is_candidate(path: Path) -> bool:
    """Whether a walk through a folder should pick the file up: by suffix, no lock or hidden file."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", "."))


def read(path: Path) -> Document:
    """The file as a document, in the format its content shows, whatever its suffix, with the names of the files beside
    it. Raises what :func:`read_data` raises, and ``not-found``, ``is-folder``, ``no-permission``, ``unreadable``,
    ``too-large``."""
    return read_data(path, load(path), names_beside(str(path)))


def read_data(path: Path, data: bytes, beside: tuple[str, ...] = ()) -> Document:
    """The content of a file that need not be on the disk; ``path`` names it.

    Raises `ReadError` with one of the codes ``empty``, ``encrypted``, ``damaged``, ``archive-bomb``, ``unsupported``,
    ``undecodable``, ``no-text``, ``scan``, ``sheet-too-large``.
    """
    from reportcheck.read.sniff import sniff

    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ReadError("empty")
    found = sniff(data)
    if found == "encrypted":
        raise ReadError("encrypted")
    found = _by_suffix(path, data, "txt" if found == "text" else found)
    with localcontext(ARITHMETIC), kept_apart() as defects:
        document = _read_as(found, path, data)
    if not any(block.text.strip() for block in document.blocks):
        raise ReadError("no-text", kind=document.kind)
    return replace(
        document,
        sha256=hashlib.sha256(data).hexdigest(),
        beside=beside,
        notices=(*_suffix_notice(path, found), *document.notices, *defects.notices()),
    )


def _by_suffix(path: Path, data: bytes, found: str) -> str:
    """A page without its first tags still is one if it says so and has tags at all."""
    if found == "txt" and path.suffix.lower() in _OWN_SUFFIXES["html"] and b"</" in data:
        return "html"
    return found


def _read_as(found: str, path: Path, data: bytes) -> Document:
    """Each reader, and the libraries it needs, is loaded only when it is used."""
    if found not in _OWN_SUFFIXES:
        raise ReadError("unsupported", found=found, suffix=path.suffix.lower())
    reader = import_module(f"reportcheck.read.{found}")
    document: Document = reader.read(path, data)
    return document


def _suffix_notice(path: Path, found: str) -> tuple[Notice, ...]:
    suffix = path.suffix.lower()
    if suffix in _OWN_SUFFIXES[found]:
        return ()
    return (Notice("wrong-suffix", {"suffix": suffix, "found": found}),)


def load(path: Path) -> bytes:
    """The bytes of a file. Raises ``not-found``, ``is-folder``, ``no-permission``, ``unreadable``, ``too-large``."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError("is-folder")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError("unreadable", detail="not a regular file")
        if status.st_size > MAX_BYTES:
            raise ReadError("too-large", bytes=status.st_size, limit=MAX_BYTES)
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError("not-found") from None
    except PermissionError:
        raise ReadError("no-permission") from None
    except (OSError, ValueError) as error:
        raise ReadError("unreadable", detail=str(error)) from None
    return data
