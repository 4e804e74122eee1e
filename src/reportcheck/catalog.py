"""The pattern data in ``patterns/`` as parsed tables, with the user's own folder laid over them.

What is derived from the tables (compiled patterns …) is kept with :func:`cached`, so that :func:`use` can
drop all of it when another folder is laid over.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from reportcheck.errors import CatalogError, UsageError
from reportcheck.model import Severity

Language = Literal["zh", "en"]
Function = TypeVar("Function", bound=Callable[..., Any])

_MOST_WORDS = 1 << 13
_clearing: list[Callable[[], None]] = []
_overlay: Path | None = None


def cached(function: Function) -> Function:
    """Like ``functools.cache``, for what depends on the pattern data in use."""
    wrapped = cache(function)
    _clearing.append(wrapped.cache_clear)
    return cast(Function, wrapped)


def recently_cached(function: Function) -> Function:
    """Like :func:`cached`, for what depends on words of reports, too: the values of the last ones are kept, so that the
    thousandth report takes no more memory than the tenth."""
    wrapped = lru_cache(_MOST_WORDS)(function)
    _clearing.append(wrapped.cache_clear)
    return cast(Function, wrapped)


def use(directory: Path | None) -> None:
    """Lays a user's folder over the built-in patterns (``None``: takes it off again)."""
    global _overlay
    if directory is not None and not directory.is_dir():
        raise CatalogError("patterns-folder-missing", folder=str(directory))
    _overlay = directory
    for clear in _clearing:
        clear()


@cache
def patterns_directory() -> Path:
    """``patterns/`` inside the installed package, else that of the checkout."""
    packaged = Path(__file__).parent / "patterns"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "patterns"


@cached
def table(name: str) -> dict[str, Any]:
    """The parsed ``patterns/<name>.toml``; rows of the user's folder come first, so that they win."""
    path = patterns_directory() / f"{name}.toml"
    data = _load(path) if path.is_file() or _overlay is None else {}
    if _overlay is not None and (_overlay / f"{name}.toml").is_file():
        data = _merged(data, _load(_overlay / f"{name}.toml"), str(_overlay / f"{name}.toml"))
    return data


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CatalogError("pattern-file-missing", file=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError("pattern-file-broken", file=str(path), detail=str(error)) from None


def _merged(base: dict[str, Any], over: dict[str, Any], file: str) -> dict[str, Any]:
    result = dict(base)
    for key, value in over.items():
        present = base.get(key)
        if present is not None and type(present) is not type(value):
            raise CatalogError("pattern-row-wrong", file=file, row=key, detail=type(value).__name__)
        if isinstance(value, dict) and present is not None:
            result[key] = _merged(present, value, file)
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
    folder = patterns_directory() / "rules"
    return {path.stem: _rule(path) for path in sorted(folder.glob("*.toml"))}


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
    folders = [patterns_directory(), *([_overlay] if _overlay else [])]
    return sorted({path.stem for folder in folders for path in (folder / "profiles").glob("*.toml")})


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


@cached
def fingerprint() -> str:
    """SHA-256 of all the pattern files in use, so that a result names the data that gave it."""
    digest = hashlib.sha256()
    for folder in (patterns_directory(), _overlay):
        for path in sorted(folder.rglob("*.toml")) if folder else ():
            digest.update(path.relative_to(folder).as_posix().encode() if folder else b"")
            digest.update(path.read_bytes())
    return digest.hexdigest()
