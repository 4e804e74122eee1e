"""Known partitions: names that make up a whole, so that a list of them is complete (``identities.toml``)."""

from __future__ import annotations

from collections.abc import Sequence

from reportcheck.catalog import table
from reportcheck.extract.mention import Mention
from reportcheck.schemas.sentences import Identities, IdentitiesPartition


def is_partition(items: Sequence[Mention], bare: bool = False, closed: bool = False) -> bool:
    """Whether the listed names are exactly the parts of a known whole; ``bare``: of one that needs no 其中;
    ``closed``: of one whose parts are always named in full."""
    return is_partition_of([item.fact.indicator or item.subject for item in items], bare, closed)


def is_partition_of(labels: list[str], bare: bool = False, closed: bool = False) -> bool:
    """The same of names alone."""
    rows = [row for row in table(Identities).partition if not (closed and row.open)]
    return any(_covers(labels, row) for row in rows if not bare or row.bare)


def _covers(labels: list[str], row: IdentitiesPartition) -> bool:
    if not all(any(part.compiled.search(label) for label in labels) for part in row.parts):
        return False
    return all(any(part.compiled.search(label) for part in (*row.parts, *row.optional)) for label in labels)
