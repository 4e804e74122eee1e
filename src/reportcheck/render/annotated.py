"""A copy of the report with its findings beside the passages, where the format has room for them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from reportcheck.catalog import using
from reportcheck.errors import ReportcheckError
from reportcheck.model import Document
from reportcheck.render.remarks import Annotated, remarks
from reportcheck.result import Result

_AUTHOR = "reportcheck"


class AnnotationError(ReportcheckError):
    """A report of which no annotated copy can be made: ``kind``, ``changed``, ``unreadable`` or ``refused``."""


def annotate(result: Result) -> Annotated:
    """The annotated copy of the only report of a result. The file is read again, and never written to."""
    from reportcheck.render import annotated_docx, annotated_pdf

    document, language = result.reports[0].document, result.settings.language
    draw = {"docx": annotated_docx.annotate, "pdf": annotated_pdf.annotate}.get(document.kind)
    if draw is None:
        raise AnnotationError("kind")
    with using(result.settings.catalog):
        return draw(_original(document), remarks(result), _AUTHOR, language)


def _original(document: Document) -> bytes:
    try:
        data = Path(document.path).read_bytes()
    except OSError as error:
        raise AnnotationError("unreadable", detail=error.strerror or error) from None
    if sha256(data).hexdigest() != document.sha256:
        raise AnnotationError("changed")
    return data
