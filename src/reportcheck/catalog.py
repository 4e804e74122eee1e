"""The pattern data in ``patterns/`` as parsed tables, with the user's own folder laid over them.

A :class:`Catalog` is a value: two can be used in one process, also at the same time. The one in use is that of the
settings of the check that runs (:func:`using`). What is derived from the tables (compiled patterns …) is kept with
:func:`cached`, apart for each catalogue.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar, cast

from reportcheck.errors import CatalogError, UsageError
from reportcheck.model import Severity

Language = Literal["zh", "en"]
Function = TypeVar("Function", bound=Callable[..., Any])

_MOST_WORDS = 1 << 13
_MOST_FOLDERS = 8


# --- the catalogue in use -----------------------------------------------------------------------


@dataclass(frozen=True)
class Catalog:
    """The built-in patterns with those of a user's folder, ``own``, laid over them: names of files and their texts.

    It holds what the files said when they were read, so that it can be handed to another process or machine.
    """

    own: tuple[tuple[str, str], ...] = ()
    kept: dict[Any, Callable[..., Any]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @staticmethod
    def over(directory: Path) -> Catalog:
        """A user's folder laid over the built-in patterns. Raises CatalogError for a mistake in any of its files."""
        from reportcheck.overlay import read

        return catalog_of(read(directory))

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The texts of the user's files by their names, such as ``rules/rate-mismatch``."""
        return MappingProxyType(dict(self.own))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of all the pattern files, so that a result names the data that gave it."""
        folder = patterns_directory()
        digest = hashlib.sha256()
        for path in sorted(folder.rglob("*.toml")):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
        for name, text in self.own:
            digest.update(f"{name}.toml{text}".encode())
        return digest.hexdigest()

    def __reduce__(self) -> tuple[Callable[..., Catalog], tuple[tuple[tuple[str, str], ...]]]:
        return catalog_of, (self.own,)


@lru_cache(_MOST_FOLDERS)
def _with_own(own: tuple[tuple[str, str], ...]) -> Catalog:
    return Catalog(own)


BUILT_IN = Catalog()


def catalog_of(own: tuple[tuple[str, str], ...]) -> Catalog:
    """The same catalogue for the same files, so that a worker does not compile its patterns anew for every task."""
    return _with_own(own) if own else BUILT_IN


_current: ContextVar[Catalog] = ContextVar("catalog", default=BUILT_IN)


def current() -> Catalog:
    """The catalogue in use."""
    return _current.get()


class using:  # noqa: N801 - reads as a statement: with using(catalog)
    """Makes a catalogue the one in use, within a ``with`` statement and in this thread."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def __enter__(self) -> None:
        self._token: Token[Catalog] = _current.set(self._catalog)

    def __exit__(self, *error: object) -> None:
        _current.reset(self._token)


def cached(function: Function) -> Function:
    """Like ``functools.cache``, for what depends on the pattern data: the values are kept with the catalogue in use."""
    return _kept(function, cache)


def recently_cached(function: Function) -> Function:
    """Like :func:`cached`, for what depends on words of reports, too: the values of the last ones are kept, so that the
    thousandth report takes no more memory than the tenth."""
    return _kept(function, lru_cache(_MOST_WORDS))


def _kept(function: Function, keeping: Callable[[Function], Callable[..., Any]]) -> Function:
    @wraps(function)
    def of_current(*arguments: Any) -> Any:
        kept = _current.get().kept
        try:
            own = kept[function]
        except KeyError:
            own = kept.setdefault(function, keeping(function))
        return own(*arguments)

    return cast(Function, of_current)


# --- files --------------------------------------------------------------------------------------


@cache
def patterns_directory() -> Path:
    """``patterns/`` inside the installed package, else that of the checkout."""
    packaged = Path(__file__).parent / "patterns"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "patterns"


@cached
def table(name: str) -> dict[str, Any]:
    """The parsed ``patterns/<name>.toml``; rows of the user's folder come first, so that they win."""
    text = current().texts.get(name)
    data = built_in(name) if text is None or name in names() else {}
    return data if text is None else merged(data, parsed(text, name), name)


@cache
def names() -> frozenset[str]:
    """The names of all built-in files."""
    folder = patterns_directory()
    return frozenset(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.toml"))


@cache
def built_in(name: str) -> dict[str, Any]:
    """A parsed built-in file."""
    path = patterns_directory() / f"{name}.toml"
    try:
        return parsed(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        raise CatalogError("pattern-file-missing", file=str(path)) from None


def parsed(text: str, file: str) -> dict[str, Any]:
    """The tables of a file. Raises CatalogError for a mistake in its syntax."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError("pattern-file-broken", file=file, detail=str(error)) from None


def merged(base: dict[str, Any], over: dict[str, Any], file: str) -> dict[str, Any]:
    """The tables of a user's file laid over those of the built-in one."""
    result = dict(base)
    for key, value in over.items():
        present = base.get(key)
        if present is not None and type(present) is not type(value):
            raise CatalogError("pattern-row-wrong", file=file, row=key, detail=type(value).__name__)
        if isinstance(value, dict) and present is not None:
            result[key] = merged(present, value, file)
        elif isinstance(value, list) and present is not None:
            result[key] = value + present
        else:
            result[key] = value
    return result


@dataclass(frozen=True, slots=True)
class Rule:
    """What the catalogue says of a rule; ``texts`` are its wordings by language and key."""

    id: str
    family: str
    severity: Severity
    status: str
    formula: str
    source: str
    texts: dict[str, dict[str, str]]

    def text(self, key: str, language: Language) -> str:
        """``title``, ``message`` or ``advice`` in the language asked for."""
        return self.texts[language][key]


@cached
def rules() -> dict[str, Rule]:
    """Every rule of the catalogue by its id, in order of id."""
    return {Path(name).stem: _rule(Path(name)) for name in sorted(names()) if name.startswith("rules/")}


def _rule(path: Path) -> Rule:
    data = table(f"rules/{path.stem}")
    try:
        return Rule(
            path.stem,
            data["family"],
            data["severity"],
            data["status"],
            data.get("formula", ""),
            data.get("source", ""),
            {"zh": data["zh"], "en": data["en"]},
        )
    except KeyError as error:
        raise CatalogError("pattern-row-wrong", file=str(path), row=str(error), detail="missing") from None


@dataclass(frozen=True, slots=True)
class Section:
    """A section that a profile requires: its name, and where the requirement stands.

    ``headings`` and ``cells`` (labels of a form) satisfy it; it is not asked of a report with a heading of ``unless``.
    """

    name: str
    source: str
    headings: tuple[re.Pattern[str], ...]
    cells: tuple[re.Pattern[str], ...] = ()
    unless: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """A named way to check: the rules and families left out, and the sections that must be there."""

    name: str
    title: str
    ignore: frozenset[str]
    required: tuple[Section, ...]


@cached
def profile(name: str) -> Profile:
    """A profile by its name. Raises UsageError for an unknown one."""
    if name not in profiles():
        raise UsageError("profile-unknown", name=name, known=", ".join(profiles()))
    data = table(f"profiles/{name}")
    return Profile(name, data.get("title", name), frozenset(data.get("ignore", ())), tuple(_required(name, data)))


def _required(name: str, data: dict[str, Any]) -> Iterator[Section]:
    file = f"profiles/{name}.toml"
    for row in data.get("required", ()):
        try:
            given = {key: tuple(map(re.compile, row.get(key, ()))) for key in ("headings", "cells", "unless")}
            yield Section(row["name"], row["source"], **given)
        except KeyError as error:
            raise CatalogError("pattern-row-wrong", file=file, row=str(error), detail="missing") from None
        except re.error as error:
            raise CatalogError("pattern-file-broken", file=file, detail=str(error)) from None


def profiles() -> list[str]:
    """The names of all profiles."""
    return sorted(Path(name).stem for name in names() | set(current().texts) if name.startswith("profiles/"))


def rule_page(rule_id: str) -> str:
    """The page that documents a rule (``patterns/rules/<id>.md``)."""
    return (patterns_directory() / "rules" / f"{rule_id}.md").read_text(encoding="utf-8")


@cached
def messages(language: Language) -> dict[str, Any]:
    """The texts of the program itself in a language."""
    return table(f"messages.{language}")


def message(language: Language, key: str, **facts: object) -> str:
    """A text such as ``failure.encrypted``, filled with facts."""
    node: Any = messages(language)
    for part in key.split("."):
        node = node.get(part) if isinstance(node, dict) else None
    if not isinstance(node, str):
        raise CatalogError("message-missing", key=key, language=language)
    return node.format(**facts)


def fingerprint() -> str:
    """The fingerprint of the catalogue in use."""
    return current().fingerprint
