"""Noun phrases that name an indicator, cut out by jieba with the fiscal lexicon.

The default dictionary of jieba (1.3 s, a shared cache file) is never loaded: a private tokenizer gets its
words from ``patterns/lexicons/`` in memory. jieba only names things; patterns find the figures.
"""

from __future__ import annotations

import builtins
import warnings
from collections.abc import Mapping
from importlib.machinery import PathFinder
from types import ModuleType
from typing import Any

from reportcheck.catalog import cached, table
from reportcheck.schemas.figures import Fiscal, FiscalWords


@cached
def _tokenizer() -> Any:
    tokenizer = _jieba().Tokenizer()
    frequencies: dict[str, int] = {}
    words = {word: weight for row in table(Fiscal).words for word, weight in _weighted(row)}
    for word, weight in words.items():
        frequencies[word] = weight
        for length in range(1, len(word)):
            frequencies.setdefault(word[:length], 0)
    tokenizer.FREQ = frequencies
    tokenizer.total = sum(words.values())
    tokenizer.initialized = True
    return tokenizer


def _jieba() -> Any:
    """The main module of jieba by itself. The jieba that the calling program may use, its modules and its log are not
    touched, and neither is setuptools, which jieba asks for its own version, nor its model for unknown words: these
    two cost more than all the rest, and are not used here."""
    main = PathFinder.find_spec("jieba")
    if main is None:
        raise ModuleNotFoundError("jieba", name="jieba")
    compatible = PathFinder.find_spec("jieba._compat", main.submodule_search_locations)
    module = _run(main, {"_compat": _run(compatible, {}), "": _holding("jieba", finalseg=ModuleType("finalseg"))})
    module.default_logger.removeHandler(module.log_console)
    return module


def _run(spec: Any, parts: Mapping[str, ModuleType]) -> Any:
    """A module run under a name of this package, known to nobody else, with ``parts`` for its relative imports."""

    def imported(name: str, outer: Any = None, inner: Any = None, wanted: Any = (), level: int = 0) -> Any:
        if level:
            return parts[name]
        if name == "pkg_resources":
            raise ModuleNotFoundError(name, name=name)
        return __import__(name, outer, inner, wanted, level)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # newer Pythons warn of the escapes in its patterns
        code = spec.loader.get_code(spec.name)
    module = _holding(f"{__name__}.{spec.name}", __builtins__={**vars(builtins), "__import__": imported})
    module.__file__ = spec.origin
    exec(code, vars(module))
    return module


def _holding(name: str, **names: Any) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(names)
    return module


def _weighted(row: FiscalWords) -> list[tuple[str, int]]:
    return [(word, row.weight) for word in row.list]


def words(text: str) -> list[str]:
    """The text cut into words of the fiscal lexicon and single characters, nothing lost."""
    return list(_tokenizer().cut(text, HMM=False))


@cached
def _breaks() -> frozenset[str]:
    return frozenset(word for row in table(Fiscal).words if row.breaks for word in row.list)


def noun_phrase(text: str) -> str:
    """What stands after the last word that cannot be part of a name (共, 接待, 开展 …)."""
    cut = words(text)
    breaks = _breaks()
    start = next((i + 1 for i in range(len(cut) - 1, -1, -1) if cut[i] in breaks), 0)
    return "".join(cut[start:]) or text
