"""What is made of the pattern files, kept between runs as Python keeps bytecode: beside it, and where it would.

Parsing the files and compiling their expressions takes longer than checking a short report. Each entry is found by the
text that it was made of, by ``tomllib`` or ``re`` and nothing else, so none can be out of date; those of another Python
or version of the program are not read. Only what stands in pattern files may be kept: never a word of a report.
"""

from __future__ import annotations

import os
import re
import sys
from array import array
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

import reportcheck

try:  # the two halves of re.compile: names that Python does not promise
    import _sre  # type: ignore[import-not-found]
    from re import _compiler, _parser  # type: ignore[attr-defined]

    _PYTHON = f"{sys.implementation.cache_tag}-{_sre.MAGIC}-{_sre.CODESIZE}"
except (ImportError, AttributeError):
    _PYTHON = ""

_WORD = "I"


class _Expression(msgspec.Struct, frozen=True, array_like=True):
    """What ``re`` makes of an expression before it builds the pattern: its program, in words of four bytes."""

    flags: int
    program: bytes
    groups: int
    numbers: dict[str, int]
    names: tuple[str | None, ...]


class _Kept(msgspec.Struct, array_like=True):
    python: str
    version: str
    expressions: dict[str, _Expression]
    tables: dict[str, dict[str, Any]]
    grown: bool = False


def expression(text: str) -> re.Pattern[str]:
    """The same as ``re.compile(text)``, for an expression of the pattern files."""
    if not _PYTHON:
        return re.compile(text)
    kept = _kept()
    try:
        if text not in kept.expressions:
            kept.expressions[text] = _parsed(text)
            kept.grown = True
        return _built(text, kept.expressions[text])
    except re.error:
        raise
    except Exception:  # another Python may have changed what it does not promise
        return re.compile(text)


def tables(text: str, parse: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """The same as ``parse(text)``, for the text of a pattern file."""
    kept = _kept()
    if text not in kept.tables:
        kept.tables[text] = parse(text)
        kept.grown = True
    return kept.tables[text]


def keep() -> None:
    """Writes down what was made in this run, if anything, where Python may write its bytecode; else does nothing."""
    kept = _kept()
    path = _path()
    if not kept.grown or path is None:
        return
    kept.grown = False
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError, msgspec.MsgspecError, TypeError):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(msgspec.msgpack.encode(kept))
        unfinished.replace(path)


@cache
def _kept() -> _Kept:
    path = _path()
    with suppress(OSError, msgspec.MsgspecError):
        if path is not None:
            kept = msgspec.msgpack.decode(path.read_bytes(), type=_Kept)
            if (kept.python, kept.version) == (_PYTHON, reportcheck.__version__):
                return kept
    return _Kept(_PYTHON, reportcheck.__version__, {}, {})


def _path() -> Path | None:
    bytecode = __spec__.cached if __spec__ else None
    return None if sys.dont_write_bytecode or not bytecode else Path(bytecode).with_suffix(".patterns")


def _parsed(text: str) -> _Expression:
    tree = _parser.parse(text)
    names: list[str | None] = [None] * tree.state.groups
    for name, number in tree.state.groupdict.items():
        names[number] = name
    program = array(_WORD, _compiler._code(tree, 0)).tobytes()
    return _Expression(tree.state.flags, program, tree.state.groups - 1, dict(tree.state.groupdict), tuple(names))


def _built(text: str, made: _Expression) -> re.Pattern[str]:
    program = array(_WORD, made.program).tolist()
    pattern: re.Pattern[str] = _sre.compile(text, made.flags, program, made.groups, made.numbers, made.names)
    return pattern
