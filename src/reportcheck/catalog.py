"""The pattern data in ``patterns/`` as parsed tables, with the user's own folder laid over them.

A :class:`Catalog` is a value: two can be used in one process, also at the same time. The one in use is that of the
settings of the check that runs (:func:`using`). What is derived from the tables (compiled patterns …) is kept with
:func:`cached`, apart for each catalogue.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, wraps
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast, get_args

from msgspec import Struct

from reportcheck import precompiled
from reportcheck.errors import CatalogError, UsageError
from reportcheck.model import Severity
from reportcheck.regexes import Regex

if TYPE_CHECKING:
    from reportcheck.schemas.base import Row, Table
    from reportcheck.schemas.texts import Profile

Language = Literal["zh", "en"]
Function = TypeVar("Function", bound=Callable[..., Any])
Tables = TypeVar("Tables", bound="Table")
Rows = TypeVar("Rows", bound="Row")

_INDEX = re.compile(r"\[(\d+)\]")
_FIELD = re.compile(r"Object (missing required|contains unknown) field `(.*)`")
_EXAMPLES = ("example", "examples")
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
def table(schema: type[Tables]) -> Tables:
    """A pattern file as its class; rows of the user's folder come first, so that they win."""
    return typed(schema.file, schema)


@cached
def pattern_in(schema: type[Table], *path: str) -> re.Pattern[str]:
    """The compiled expression at a place in a file: ``pattern_in(Connectors, "words", "parallel")``."""
    found: Any = table(schema)
    for name in path:
        found = getattr(found, name)
    return cast(Regex, found).compiled


def typed(name: str, schema: type[Rows]) -> Rows:
    """A file of the catalogue in use as the class given. Raises CatalogError where it does not fit."""
    return convert(data(name), schema, f"{name}.toml")


def data(name: str) -> dict[str, Any]:
    """The parsed ``patterns/<name>.toml``, with the user's file laid over it."""
    text = current().texts.get(name)
    return built_in(name) if text is None else data_over(name, parsed(text, name), name)


def data_over(name: str, own: dict[str, Any], file: str) -> dict[str, Any]:
    """A user's tables laid over those of the built-in file of a name, if there is one."""
    return _merged(built_in(name) if name in names() else {}, own, file, "")


def convert(tables: dict[str, Any], schema: type[Rows], file: str) -> Rows:
    """Parsed tables as their class. Raises CatalogError with the place of a key that does not fit."""
    import msgspec

    try:
        return msgspec.convert(_without_examples(tables), schema, dec_hook=_regex)
    except msgspec.ValidationError as error:
        raise _misfit(str(error), schema, file) from None


def _misfit(error: str, schema: type[Row], file: str) -> CatalogError:
    detail, _, place = error.partition(" - at `$")
    row = _INDEX.sub(lambda index: f"[{int(index[1]) + 1}]", place.strip(".`"))
    named = _FIELD.search(detail)
    if named is None:
        return CatalogError("pattern-row-wrong", file=file, row=row, detail=detail)
    row = f"{row}.{named[2]}".lstrip(".")
    if named[1] == "missing required":
        return CatalogError("pattern-key-missing", file=file, row=row)
    from difflib import get_close_matches

    known = sorted(set(_keys(schema)))
    near = get_close_matches(named[2], known, 3, 0.6) or known
    return CatalogError("pattern-key-unknown", file=file, row=row, near=", ".join(near))


def _keys(schema: type[Row]) -> Iterator[str]:
    """All the keys that a file may hold, at any place."""
    from msgspec import structs

    from reportcheck.schemas.base import Row

    for key in structs.fields(schema):
        yield key.encode_name
        for part in (key.type, *get_args(key.type)):
            if isinstance(part, type) and issubclass(part, Row):
                yield from _keys(part)


def _regex(kind: type[Any], value: object) -> Regex:
    if issubclass(kind, Regex) and isinstance(value, str):
        return kind(value)
    raise TypeError(f"Expected `str`, got `{type(value).__name__}`")


def _without_examples(node: Any) -> Any:
    """Examples are for the tests."""
    if isinstance(node, dict):
        return {key: _without_examples(value) for key, value in node.items() if not key.endswith(_EXAMPLES)}
    if isinstance(node, list):
        return [_without_examples(value) for value in node]
    return node


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
        return precompiled.tables(path.read_text(encoding="utf-8"), lambda text: parsed(text, str(path)))
    except FileNotFoundError:
        raise CatalogError("pattern-file-missing", file=str(path)) from None


def parsed(text: str, file: str) -> dict[str, Any]:
    """The tables of a file. Raises CatalogError for a mistake in its syntax."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError("pattern-file-broken", file=file, detail=str(error)) from None


def _merged(base: dict[str, Any], over: dict[str, Any], file: str, at: str) -> dict[str, Any]:
    result = dict(base)
    for key, value in over.items():
        present = base.get(key)
        if present is not None and type(present) is not type(value):
            raise CatalogError("pattern-row-wrong", file=file, row=f"{at}{key}", detail=type(value).__name__)
        if isinstance(value, dict) and present is not None:
            result[key] = _merged(present, value, file, f"{at}{key}.")
        elif isinstance(value, list) and present is not None:
            result[key] = value + present
        else:
            result[key] = value
    return result


# --- rules, profiles, messages ------------------------------------------------------------------


class Rule(Struct, frozen=True):
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
    return {rule.id: rule for rule in map(_rule, sorted(name for name in names() if name.startswith("rules/")))}


def _rule(name: str) -> Rule:
    from msgspec.structs import asdict

    from reportcheck.schemas.texts import RuleFile

    row = typed(name, RuleFile)
    texts = {"zh": asdict(row.zh), "en": asdict(row.en)}
    return Rule(Path(name).name, row.family, row.severity, row.status, row.formula, row.source, texts)


@cached
def profile(name: str) -> Profile:
    """A profile by its name. Raises UsageError for an unknown one."""
    from reportcheck.schemas.texts import Profile

    if name not in profiles():
        raise UsageError("profile-unknown", name=name, known=", ".join(profiles()))
    return typed(f"profiles/{name}", Profile)


def profiles() -> list[str]:
    """The names of all profiles."""
    return sorted(Path(name).stem for name in names() | set(current().texts) if name.startswith("profiles/"))


def rule_page(rule_id: str) -> str:
    """The page that documents a rule (``patterns/rules/<id>.md``)."""
    return (patterns_directory() / "rules" / f"{rule_id}.md").read_text(encoding="utf-8")


@cached
def messages(language: Language) -> dict[str, Any]:
    """The texts of the program itself in a language."""
    return data(f"messages.{language}")


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
