"""reportcheck: recomputes the figures of performance self-evaluation reports and flags what does not agree."""

from reportcheck.check import Settings, check, check_text
from reportcheck.errors import CatalogError, ReadError, ReportcheckError, UsageError
from reportcheck.model import Claim, Document, Fact, Failure, Finding, Quantity, Report, Verdict

__version__ = "0.1.0"

__all__ = [
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
