"""Noun phrases that name an indicator, cut out by jieba with the fiscal lexicon.

The default dictionary of jieba (1.3 s, a shared cache file) is never loaded: a private tokenizer gets its
words from ``patterns/lexicons/`` in memory. jieba only names things; patterns find the figures.
"""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from reportcheck.catalog import cached, table


@cached
def _tokenizer() -> Any:
    # At import jieba asks setuptools for its own version and loads its model for unknown words: both cost
    # more than all the rest of it, and neither is used here (HMM is off).
    sys.modules.setdefault("pkg_resources", None)  # type: ignore[arg-type]
    sys.modules.setdefault("jieba.finalseg", ModuleType("jieba.finalseg"))
    jieba: Any = import_module("jieba")
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    frequencies: dict[str, int] = {}
    words = {word: weight for row in table("lexicons/fiscal")["words"] for word, weight in _weighted(row)}
    for word, weight in words.items():
        frequencies[word] = weight
        for length in range(1, len(word)):
            frequencies.setdefault(word[:length], 0)
    tokenizer.FREQ = frequencies
    tokenizer.total = sum(words.values())
    tokenizer.initialized = True
    return tokenizer


def _weighted(row: dict[str, Any]) -> list[tuple[str, int]]:
    return [(word, row["weight"]) for word in row["list"]]


def words(text: str) -> list[str]:
    """The text cut into words of the fiscal lexicon and single characters, nothing lost."""
    return list(_tokenizer().cut(text, HMM=False))


@cached
def _breaks() -> frozenset[str]:
    return frozenset(word for row in table("lexicons/fiscal")["words"] if row.get("breaks") for word in row["list"])


def noun_phrase(text: str) -> str:
    """What stands after the last word that cannot be part of a name (共, 接待, 开展 …)."""
    cut = words(text)
    breaks = _breaks()
    start = next((i + 1 for i in range(len(cut) - 1, -1, -1) if cut[i] in breaks), 0)
    return "".join(cut[start:]) or text
