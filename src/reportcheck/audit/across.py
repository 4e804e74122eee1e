"""What only shows across files: findings that stand in no single report."""

from __future__ import annotations

from hashlib import sha256

from msgspec import Struct

from reportcheck.model import Severity


class Spot(Struct, frozen=True):
    """A place in a file: ``file`` is its name below the audited folder, ``place`` is in words, ``text`` what stands
    there, in its ``context``."""

    file: str
    place: str
    text: str
    context: str = ""


class Across(Struct, frozen=True):
    """A finding across files. ``rule`` is an id of ``patterns/across.toml``; ``submissions`` are those it concerns, the
    one to be looked at first; the first of the ``spots`` is the one to mark."""

    rule: str
    severity: Severity
    message: str
    submissions: tuple[str, ...]
    spots: tuple[Spot, ...]

    @property
    def fingerprint(self) -> str:
        """Made of content, not of position, like that of a finding in one report."""
        parts = (self.rule, *self.submissions, *(f"{spot.file}\n{spot.text}" for spot in self.spots))
        return sha256("\x1f".join(parts).encode("utf-8", errors="replace")).hexdigest()[:16]


class Compared(Struct, frozen=True):
    """What a comparison found. ``scope`` names what was compared, ``key`` stands for all that the result depends on;
    a comparison that could not be made has a failure ``code`` and its ``message``."""

    scope: str
    key: str
    findings: tuple[Across, ...] = ()
    code: str = ""
    message: str = ""
