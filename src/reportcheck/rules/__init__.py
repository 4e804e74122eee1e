"""The rules: one family a file, each proposing claims or finding lints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportcheck.extract.prose import Passage
from reportcheck.model import Document, Question
from reportcheck.rules import changes, equations, lists, products, rates, statements


def propose(document: Document, passages: Sequence[Passage]) -> Iterator[Question]:
    """Every question that the rules ask of a document; those without an alternative are left out."""
    for family in (equations, lists, rates, changes, products, statements):
        for question in family.propose(passages):
            if question:
                yield question
