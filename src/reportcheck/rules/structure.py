"""Lints of form: ``attachment-missing`` and ``numbering-gap``."""

from __future__ import annotations

from collections.abc import Iterator

from reportcheck.model import Document, Lint
from reportcheck.rules import attachments, ordering


def find(document: Document) -> Iterator[Lint]:
    """Attachments that are announced but absent, then numbers that do not run on, each in reading order."""
    yield from attachments.missing(document)
    yield from ordering.gaps(document)
