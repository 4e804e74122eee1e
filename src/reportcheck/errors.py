"""What can go wrong before a report is judged. Each error carries a code and facts, never prose.

The words a user sees are looked up in ``patterns/messages.*.toml`` under ``failure.<code>``.
"""

from __future__ import annotations


class ReportcheckError(Exception):
    """Base of every error that a user may meet; ``code`` names it, ``facts`` fill its message."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(f"{code} {facts}" if facts else code)
        self.code = code
        self.facts = facts


class ReadError(ReportcheckError):
    """A file that cannot be read: encrypted, truncated, a scan, an archive bomb, unsupported, …"""


class CatalogError(ReportcheckError):
    """A fault in the pattern data; ``facts`` name the file and the row."""


class UsageError(ReportcheckError):
    """A wrong option or argument."""
