"""The names of the files that are handed on: stable, and known again in a folder that is checked later."""

from __future__ import annotations

from pathlib import PurePath

from reportcheck.catalog import Language, message, messages

_RUN = "reportcheck"
_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def name_for_run(suffix: str) -> str:
    """The file about a whole run: ``reportcheck.xlsx``."""
    return _RUN + suffix


def name_for_report(report: str, word: str, suffix: str, language: Language) -> str:
    """The file about one report: its name, a ``word`` of ``[file]`` in the messages, and the suffix."""
    return f"{report}.{message(language, f'file.{word}')}{suffix}"


def is_output(path: PurePath) -> bool:
    """Whether a file has a name that only such a file has."""
    if path.stem == _RUN:
        return True
    report, _, word = path.stem.rpartition(".")
    words = {word for language in _LANGUAGES for word in messages(language)["file"].values()}
    return word in words and bool(PurePath(report).suffix)
