"""Findings across files in words, by the rows of ``patterns/across.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from reportcheck.audit.across import Across, Spot
from reportcheck.audit.across_words import rule as across_rule
from reportcheck.catalog import Language
from reportcheck.model import Document, Severity, Span
from reportcheck.render.places import Places
from reportcheck.text import normalise

_CLAUSE = re.compile("[\uff0c\u3002\uff1b\uff1a]")


class Spots:
    """The places of several files in words; ``documents`` by their names."""

    def __init__(self, documents: Mapping[str, Document], language: Language) -> None:
        self._places: dict[str, Places] = {}
        self._documents = documents
        self._language = language

    def spot(self, file: str, span: Span) -> Spot:
        """A place in a file."""
        places = self._of(file)
        return Spot(file, places.in_full(span), places.text(span), places.around.context(span))

    def clause(self, file: str, span: Span) -> str:
        """The words before a figure in its clause, or the row of its table."""
        places = self._of(file)
        block = places.blocks[span.block]
        if block.role == "cell":
            return places.around.context(span)
        return _CLAUSE.split(normalise(block.text)[: span.start])[-1]

    def _of(self, file: str) -> Places:
        if file not in self._places:
            self._places[file] = Places(self._documents[file], self._language)
        return self._places[file]


def told(
    rule: str,
    language: Language,
    files: Sequence[str],
    spots: Sequence[Spot],
    facts: Mapping[str, object],
    severity: Severity | None = None,
) -> Across:
    """A finding of a rule; ``facts`` fill its message, ``files`` are named by their own names in it."""
    known = across_rule(rule)
    named = dict(zip(("file", "other"), map(file_name, files), strict=False))
    text = known.message(language, "message", **named, **facts)
    return Across(rule, severity or known.severity, text, (submission_of(files),), tuple(spots))


def file_name(name: str) -> str:
    """The name of a file without its folders."""
    return PurePosixPath(name).name


def submission_of(files: Sequence[str]) -> str:
    """The folder or archive that holds all files; a single one stands for itself."""
    parts = [PurePosixPath(name).parts for name in files]
    shared = 0
    while all(len(own) > shared for own in parts) and len({own[shared] for own in parts}) == 1:
        shared += 1
    return "/".join(parts[0][:shared]) or files[0]
