"""Lints of form: attachments, numbering, the table of contents, references."""

from __future__ import annotations

from collections.abc import Iterator

from reportcheck.model import Document, Lint
from reportcheck.rules import attachments, contents, ordering, references


def find(document: Document) -> Iterator[Lint]:
    """Attachments that are announced but absent, numbers that do not run on, contents that are not those of the
    text, references to nothing; each in reading order."""
    yield from attachments.missing(document)
    yield from ordering.gaps(document)
    yield from contents.mismatches(document)
    yield from references.missing(document)
