"""The documents that are measured: the clean twins of the samples, and folders of real reports."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from reportcheck.errors import ReadError
from reportcheck.model import Document
from reportcheck.read import is_candidate, read, txt

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def clean_samples() -> list[Document]:
    """The samples as plain text with every known defect put right; ``path`` is the sample's name."""
    sys.path.insert(0, str(SAMPLES))
    import generate  # type: ignore[import-not-found, unused-ignore]

    return [txt.read(Path(sample.name), generate.text_of(sample.clean).encode()) for sample in generate.samples()]


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
