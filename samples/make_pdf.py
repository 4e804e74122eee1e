"""Makes the PDFs of the samples that say ``office = true``: Word files as LibreOffice prints them.

    python samples/make_pdf.py [NAME ...]

Needs LibreOffice (``soffice``), which is no part of the set-up: these PDFs are kept with the sources, and
``office.toml`` records which Word file each was made from, so that `stale` notices when one is out of date.
With the same LibreOffice and fonts the same sources give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

from generate import HERE, is_office, samples
from sample_docx import docx_bytes
from sample_source import Sample

RECORD = HERE / "office.toml"
INTRODUCTION = """\
# Which Word file each PDF was made from, by `python samples/make_pdf.py`. Written by it.
# docx: SHA-256 of what the Word file shows; pdf: SHA-256 of the PDF.
"""
SHOWN = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
CLOCK = re.compile(rb"/CreationDate\(D:[^)]*\)")
DATE = b"20250101000000Z"
CHECKSUMS = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)|(?<=/DocChecksum /)[0-9A-F]{32}")


def shown_hash(docx: bytes) -> str:
    """Give the hash of the parts of a Word file that decide how it looks."""
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        names = sorted(name for name in packed.namelist() if SHOWN.fullmatch(name))
        return hashlib.sha256(b"\0".join(packed.read(name) for name in names)).hexdigest()


def recorded() -> dict[str, dict[str, str]]:
    """Read the record: name of the sample → hashes."""
    return tomllib.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}


def stale(sample: Sample) -> bool:
    """Tell whether the sample's PDF is missing, was altered, or was made from another Word file."""
    path = HERE / "reports" / f"{sample.name}.pdf"
    known = recorded().get(sample.name)
    if known is None or not path.exists():
        return True
    made = {"docx": shown_hash(docx_bytes(sample)), "pdf": hashlib.sha256(path.read_bytes()).hexdigest()}
    return known != made


def pdf_of(docx: bytes, folder: Path) -> bytes:
    """Let LibreOffice print a Word file; ``folder`` holds its profile and the files between."""
    source = folder / "report.docx"
    source.write_bytes(docx)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return frozen((folder / "report.pdf").read_bytes())


def frozen(data: bytes) -> bytes:
    """Put a fixed date and what follows from the rest in place of the clock and the identifier, length by length."""

    def dated(match: re.Match[bytes]) -> bytes:
        room = len(match[0]) - len(b"/CreationDate(D:)")
        return b"/CreationDate(D:" + DATE[:room].ljust(room, b"'") + b")"

    still = CHECKSUMS.sub(b"0" * 32, CLOCK.sub(dated, data))
    digest = hashlib.sha256(still).hexdigest()[:32].upper().encode()
    return CHECKSUMS.sub(digest, still)


def main(names: list[str]) -> None:
    """Make the PDFs named, or all that are stale, and write the record anew."""
    wanted = [sample for sample in samples() if is_office(sample)]
    record = {name: row for name, row in recorded().items() if name in {sample.name for sample in wanted}}
    with tempfile.TemporaryDirectory() as folder:
        for sample in wanted:
            if sample.name not in names and (names or not stale(sample)):
                continue
            docx = docx_bytes(sample)
            pdf = pdf_of(docx, Path(folder))
            (HERE / "reports" / f"{sample.name}.pdf").write_bytes(pdf)
            record[sample.name] = {"docx": shown_hash(docx), "pdf": hashlib.sha256(pdf).hexdigest()}
            print(f"{sample.name}: {len(pdf) // 1024} kB")
    rows = [f'\n[{name}]\ndocx = "{row["docx"]}"\npdf = "{row["pdf"]}"\n' for name, row in sorted(record.items())]
    RECORD.write_text(INTRODUCTION + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
