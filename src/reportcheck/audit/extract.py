"""What is kept of a report to compare it with others: its passages, the names in it, and its measures."""

from __future__ import annotations

from msgspec import Struct, field

from reportcheck.audit.measures import Measure, kind_of, measures_of
from reportcheck.audit.named import Names, names_of
from reportcheck.audit.passages import Kept, passages_of
from reportcheck.catalog import Language
from reportcheck.extract.bodies import body_of
from reportcheck.model import Report
from reportcheck.render.places import Places


class Extract(Struct, frozen=True):
    """All that is kept of one report; ``kind`` is that of the report (``[[kind]]`` in ``patterns/across.toml``)."""

    kind: str = ""
    passages: tuple[Kept, ...] = ()
    names: Names = field(default_factory=Names)
    measures: tuple[Measure, ...] = ()


def extract_of(report: Report, language: Language) -> object:
    """The extract of a report as JSON can hold it."""
    import msgspec

    document, places = report.document, Places(report.document, language)
    names = names_of(document, places)
    kept = Extract(
        kind_of(report),
        tuple(passages_of(document, places, body_of(names.own))),
        names,
        tuple(measures_of(report, places)),
    )
    return msgspec.to_builtins(kept)


def extract_from(content: object) -> Extract:
    """The extract that :func:`extract_of` gave; an empty one for a file that could not be checked."""
    import msgspec

    return msgspec.convert(content, Extract) if content else Extract()
