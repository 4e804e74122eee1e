"""Writes samples/reports/ and samples/truth.toml from samples/sources/.

    python samples/generate.py

Every report comes as text, Word and PDF, and its tables, if it has any, as a workbook. Nothing depends on
the clock: the same sources and the same library versions give the same bytes. The PDFs of the samples that
say ``office = true`` are made by `make_pdf` instead, which needs LibreOffice; they are left as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sample_docx import docx_bytes, numbers_agree
from sample_pdf import pdf_bytes
from sample_source import BREAK, MERGED, Defect, Element, Sample, read_source
from sample_xlsx import xlsx_bytes

HERE = Path(__file__).parent
INTRODUCTION = """\
# What is known of the sample reports. Written by generate.py: edit the sources, not this file.
#
# facts: equations between the figures of a report that hold in it as printed.
# stated / right: the defective text and what should stand there (empty: nothing should).
# anchor: part of the sentence or table cell that holds it; table: the caption; row: its table row, cells
# joined by | (a cell that a merge covers is left out, an indent too); column: its place in the grid, from 1,
# where a cell that a merge covers counts.
# also: other figures at which a finding about this defect may fairly point.
# later: found only by reading the whole report (figures far apart, table against text).
"""


def samples() -> list[Sample]:
    """Read all sources, in the order of their names."""
    found = [read_source(path) for path in sorted((HERE / "sources").glob("*.md"))]
    for sample in found:
        if sample.options.get("numbered") and not numbers_agree(sample.printed):
            raise ValueError(f"{sample.name}: Word's numbering would differ from the written labels")
    return found


def text_of(parts: tuple[Element, ...]) -> str:
    """Write a report as plain text: indented paragraphs, table cells separated by tabs."""
    return "\n".join(line for part in parts for line in _lines(part)) + "\n"


def _lines(part: Element) -> Iterator[str]:
    match part.kind:
        case "table":
            for row in part.rows:
                yield "\t".join("" if cell in MERGED else cell.replace(BREAK, "") for cell in row)
            yield ""
        case "break":
            yield ""
        case "text" | "heading1" | "heading2" | "heading3":
            yield "\u3000\u3000" + part.text
        case "title":
            yield from (part.text, "")
        case _:
            yield part.text


def truth(found: list[Sample]) -> str:
    """Write the truth file: TOML, one table a report, one a defect."""
    lines = [INTRODUCTION, "schema = 1"]
    for sample in found:
        lines += [
            "",
            "[[report]]",
            *_pairs(_about(sample)),
            "facts = [",
            *(f"  {_quoted(f)}," for f in sample.facts),
            "]",
        ]
        for defect in sample.defects:
            lines += ["", "[[report.defect]]", *_pairs(_known(defect))]
    return "\n".join(lines) + "\n"


def _about(sample: Sample) -> dict[str, object]:
    title = next(element.text for element in sample.printed if element.kind == "title")
    year, unit = sample.options["year"], sample.options["unit"]
    return {
        "name": sample.name, "title": title, "unit": unit, "year": year,
        "clean": not sample.defects, "formats": formats(sample),
    }  # fmt: skip


def _known(defect: Defect) -> dict[str, object]:
    known: dict[str, object] = {
        "id": defect.id, "kind": defect.kind, "stated": defect.stated, "right": defect.right,
        "place": defect.place, "anchor": defect.anchor,
    }  # fmt: skip
    optional = {
        "table": defect.table, "row": defect.row, "column": defect.column,
        "cause": defect.cause, "also": list(defect.also), "note": defect.note, "later": defect.later,
    }  # fmt: skip
    return known | {key: value for key, value in optional.items() if value}


def _pairs(table: dict[str, object]) -> list[str]:
    return [f"{key} = {_quoted(value)}" for key, value in table.items()]


def _quoted(value: object) -> str:
    """JSON strings, lists, numbers and booleans are TOML values too."""
    return json.dumps(value, ensure_ascii=False)


def is_office(sample: Sample) -> bool:
    """Tell whether the PDF is made by LibreOffice from the Word file."""
    return bool(sample.options.get("office"))


def formats(sample: Sample) -> list[str]:
    """Give the endings of the files that exist of a sample."""
    tables = any(element.kind == "table" for element in sample.printed)
    return ["txt", "docx", "pdf", *(["xlsx"] if tables else [])]


def files(found: list[Sample]) -> dict[str, bytes]:
    """Give all files that are generated here: path below samples/ → content."""
    written = {"truth.toml": truth(found).encode()}
    for sample in found:
        stem = f"reports/{sample.name}"
        written[f"{stem}.txt"] = text_of(sample.printed).encode()
        written[f"{stem}.docx"] = docx_bytes(sample)
        if not is_office(sample):
            written[f"{stem}.pdf"] = pdf_bytes(sample)
        if "xlsx" in formats(sample):
            written[f"{stem}.xlsx"] = xlsx_bytes(sample)
    return written


def main() -> None:
    """Write the files; those of samples that are gone are removed."""
    found = samples()
    written = files(found)
    kept = {f"{sample.name}.{ending}" for sample in found for ending in formats(sample)}
    for old in (HERE / "reports").glob("*"):
        if old.name not in kept:
            old.unlink()
    for name, data in written.items():
        path = HERE / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    print(f"{len(written)} files, {sum(map(len, written.values())) // 1024} kB")
    if any(is_office(sample) for sample in found):
        print("PDFs of samples with office = true: python samples/make_pdf.py")


if __name__ == "__main__":
    main()
