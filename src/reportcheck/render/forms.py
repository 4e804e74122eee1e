"""The forms in which a result is handed on."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from reportcheck.catalog import using

if TYPE_CHECKING:
    from reportcheck.result import Result


class Form(Struct, frozen=True):
    """A form, drawn by ``draw(result) -> bytes`` of a module beside this one, which is loaded when it is used.

    A form with a ``word`` (a key of ``[file]`` in the messages) is one file for each report, the others are one for
    the whole run. What is not ``readable`` is for files only.
    """

    module: str
    suffix: str
    word: str = ""
    readable: bool = True

    def draw(self, result: Result) -> bytes:
        """The bytes of the file; of a form for each report ``result`` holds just that one."""
        with using(result.settings.catalog):
            drawn: bytes = import_module(f"reportcheck.render.{self.module}").draw(result)
        return drawn


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "json": Form("json", ".json"),
        "jsonl": Form("jsonl", ".jsonl"),
        "csv": Form("findings_csv", ".csv"),
        "markdown": Form("markdown", ".md"),
        "sarif": Form("sarif", ".sarif"),
        "xlsx": Form("workbook", ".xlsx", readable=False),
        "html": Form("html", ".html", "page"),
        "notice": Form("notice", ".docx", "notice", readable=False),
    }
)
"""All but ``text``, which depends on the console it is shown on."""
