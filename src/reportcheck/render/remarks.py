"""What is written beside the passages of an annotated copy, whatever the format of the copy."""

from __future__ import annotations

from dataclasses import dataclass

from reportcheck.model import Severity, Span


@dataclass(frozen=True, slots=True)
class Remark:
    """Lines of text for one passage; without a ``span`` they are about the report as a whole and stand at its
    beginning. ``severity`` is that of the finding, if the remark tells of one."""

    span: Span | None
    severity: Severity | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """The bytes of the copy, and the remarks of which the passage could not be marked: those stand at the nearest
    place that could."""

    data: bytes
    displaced: tuple[Remark, ...] = ()
