"""The documents that are measured: the clean twins of the samples, and folders of real reports."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from reportcheck.errors import ReadError
from reportcheck.model import Document
from reportcheck.read import docx, is_candidate, pdf, read, txt, xlsx

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
_READERS = {"docx": docx.read, "pdf": pdf.read, "xlsx": xlsx.read, "txt": txt.read}
ENDINGS = tuple(_READERS)


def clean_samples(ending: str = "docx") -> list[Document]:
    """The samples with every known defect put right, read as files of a format; ``path`` is the sample's name.

    A sample is left out where there is no such file: a report without tables makes no workbook, and what
    LibreOffice prints is there only of the samples that are clean as they stand.
    """
    generate = _generator()
    files = [(sample.name, _clean_file(generate, sample, ending)) for sample in generate.samples()]
    return [_READERS[ending](Path(name), data) for name, data in files if data is not None]


def about_samples() -> dict[str, tuple[str, int]]:
    """The body that made each sample, and the year that it is on."""
    return {sample.name: (sample.options["unit"], sample.options["year"]) for sample in _generator().samples()}


def _generator() -> Any:
    sys.path.insert(0, str(SAMPLES))
    import generate  # type: ignore[import-not-found, unused-ignore]

    return generate


def _clean_file(generate: Any, sample: Any, ending: str) -> bytes | None:
    twin = dataclasses.replace(sample, printed=sample.clean)
    if ending not in generate.formats(twin):
        return None
    match ending:
        case "docx":
            written = generate.docx_bytes(twin)
        case "xlsx":
            written = generate.xlsx_bytes(twin)
        case "pdf" if not generate.is_office(sample):
            written = generate.pdf_bytes(twin)
        case "pdf":
            return None if sample.defects else (SAMPLES / "reports" / f"{sample.name}.pdf").read_bytes()
        case _:
            written = generate.text_of(twin.printed).encode()
    return bytes(written)


def folder(path: Path) -> tuple[list[Document], list[str]]:
    """The reports below a folder, named by their path in it, and those that cannot be read, with the reason."""
    documents, refused = [], []
    for file in sorted(file for file in path.rglob("*") if file.is_file() and is_candidate(file)):
        name = file.relative_to(path).as_posix()
        try:
            documents.append(replace(read(file), path=name))
        except ReadError as error:
            refused.append(f"{name}: {error.code}")
    return documents, refused
