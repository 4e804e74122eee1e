"""reportcheck: recomputes the figures of performance self-evaluation reports and flags what does not agree.

    report = reportcheck.check("report.docx")
    for finding in report.findings:
        print(finding.severity, finding.message)

What is named here is imported when it is first used, so that the command line starts fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportcheck.catalog import Catalog
    from reportcheck.checker import Settings, check, check_text
    from reportcheck.errors import CatalogError, ReadError, ReportcheckError, UsageError
    from reportcheck.model import Claim, Document, Fact, Failure, Finding, Quantity, Report, Verdict

__version__ = "0.1.0"

_HOMES = {
    "reportcheck.catalog": ("Catalog",),
    "reportcheck.checker": ("Settings", "check", "check_text"),
    "reportcheck.errors": ("CatalogError", "ReadError", "ReportcheckError", "UsageError"),
    "reportcheck.model": ("Claim", "Document", "Fact", "Failure", "Finding", "Quantity", "Report", "Verdict"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Catalog",
    "CatalogError",
    "Claim",
    "Document",
    "Fact",
    "Failure",
    "Finding",
    "Quantity",
    "ReadError",
    "Report",
    "ReportcheckError",
    "Settings",
    "UsageError",
    "Verdict",
    "check",
    "check_text",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'reportcheck' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value
