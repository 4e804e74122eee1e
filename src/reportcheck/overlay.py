"""A user's own folder of patterns, read and validated as a whole before anything is checked with it."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from reportcheck.catalog import built_in, convert, data_over, names, parsed, rules
from reportcheck.errors import CatalogError
from reportcheck.regexes import Regex, fault
from reportcheck.schemas.across import Across
from reportcheck.schemas.base import Row
from reportcheck.schemas.every import FOLDERS, SCHEMAS
from reportcheck.schemas.texts import Profile

_MOST_NEAR = 5


def read(directory: Path) -> tuple[tuple[str, str], ...]:
    """The names and texts of all the files of a folder. Raises CatalogError for the first mistake in them."""
    if not directory.is_dir():
        raise CatalogError("patterns-folder-missing", folder=str(directory))
    return tuple(_files(directory))


def _files(directory: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(path for path in directory.rglob("*") if ".toml" in path.name.lower() and path.is_file()):
        place = path.relative_to(directory)
        if any(part.startswith(".") for part in place.parts):
            continue
        name = place.as_posix().removesuffix(".toml")
        if path.suffix != ".toml" or not (name in names() or (len(place.parts) == 2 and place.parts[0] == "profiles")):
            raise CatalogError("pattern-file-unknown", file=str(path), near=_near(name, names(), ".toml"))
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise CatalogError("pattern-file-broken", file=str(path), detail=str(error)) from None
        validate(name, data_over(name, parsed(text, str(path)), str(path)), str(path))
        yield name, text


def validate(name: str, tables: dict[str, Any], file: str) -> None:
    """Checks the tables of a file, as they are with the user's laid over them."""
    schema = FOLDERS.get(name.partition("/")[0]) or SCHEMAS.get(name)
    if schema is None or name.startswith("rules/"):
        _validate_texts(tables, built_in(name), file, "")
    if schema is not None:
        table = convert(tables, schema, file)
        for row, regex, marks in _regexes(table, ""):
            if found := fault(regex, marks):
                raise CatalogError(f"pattern-regex-{found[0]}", file=file, row=row, detail=found[1])
        if isinstance(table, Profile):
            _validate_ignored(table, file)


def _validate_ignored(profile: Profile, file: str) -> None:
    """A profile leaves out only what there is."""
    known = {name for rule in rules().values() for name in (rule.id, rule.family)}
    known |= {name for rule in convert(built_in(Across.file), Across, file).rule for name in (rule.id, rule.family)}
    for name in sorted(profile.ignore - known):
        raise CatalogError("pattern-key-unknown", file=file, row=f"ignore.{name}", near=_near(name, known))


def _regexes(
    value: object, at: str, marks: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Regex, frozenset[str]]]:
    """Every expression with its place, and the names that it may hold in braces."""
    if isinstance(value, Regex):
        yield at, value, marks
    elif isinstance(value, Row):
        for name, key in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
            yield from _regexes(getattr(value, name), f"{at}.{key}".lstrip("."), value.marks)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _regexes(inner, f"{at}.{key}", marks)
    elif isinstance(value, tuple):
        for number, inner in enumerate(value, 1):
            yield from _regexes(inner, f"{at}[{number}]", marks)


def _validate_texts(node: dict[str, Any], own: dict[str, Any], file: str, at: str) -> None:
    """A text stands in for a built-in one, and tells no more than that does."""
    for key, text in node.items():
        row, known = f"{at}{key}", own.get(key)
        if known is None:
            raise CatalogError("pattern-key-unknown", file=file, row=row, near=_near(key, own))
        if isinstance(text, dict):
            _validate_texts(text, known, file, f"{row}.")
        elif not isinstance(text, str):
            raise CatalogError("pattern-row-wrong", file=file, row=row, detail=type(text).__name__)
        elif more := _facts(text, file, row) - _facts(known, file, row):
            raise CatalogError("pattern-text-facts", file=file, row=row, detail=", ".join(sorted(more)))


def _facts(text: str, file: str, row: str) -> set[str]:
    """The names in braces that a text is filled with."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise CatalogError("pattern-row-wrong", file=file, row=row, detail=error) from None


def _near(name: str, known: Iterable[str], suffix: str = "") -> str:
    """Names like the one that was given, or all there are."""
    near = get_close_matches(name, sorted(known), _MOST_NEAR, 0.6) or sorted(known)
    return ", ".join(f"{each}{suffix}" for each in near)
