"""A user's own folder of patterns, read and validated as a whole before anything is checked with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reportcheck.catalog import built_in, merged, names, parsed
from reportcheck.errors import CatalogError


def read(directory: Path) -> tuple[tuple[str, str], ...]:
    """The names and texts of all the files of a folder."""
    if not directory.is_dir():
        raise CatalogError("patterns-folder-missing", folder=str(directory))
    return tuple(_files(directory))


def _files(directory: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(directory.rglob("*.toml")):
        name = path.relative_to(directory).with_suffix("").as_posix()
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise CatalogError("pattern-file-broken", file=str(path), detail=str(error)) from None
        data = parsed(text, str(path))
        if name in names():
            merged(built_in(name), data, str(path))
        yield name, text
