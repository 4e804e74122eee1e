"""The libraries that a start must not load."""

from __future__ import annotations

HEAVY = frozenset(
    [
        "pandas",
        "numpy",
        "jieba",
        "jinja2",
        "rich",
        "pdfplumber",
        "pdfminer",
        "docx",
        "lxml",
        "xlsxwriter",
        "xlrd",
        "pypdf",
        "pypdfium2",
        "rensa",
    ]
)
