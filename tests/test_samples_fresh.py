"""The generated samples are those of their sources, and what truth.toml says of them is so."""

from __future__ import annotations

import io
import re
import sys
import tomllib
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest

SAMPLES = Path(__file__).parents[1] / "samples"
sys.path.insert(0, str(SAMPLES))

generate = pytest.importorskip("generate", reason="reportlab writes the samples")
make_pdf = pytest.importorskip("make_pdf")
sample_figures = pytest.importorskip("sample_figures")
sample_source = pytest.importorskip("sample_source")
sample_tables = pytest.importorskip("sample_tables")
sample_xlsx = pytest.importorskip("sample_xlsx")

FOUND = generate.samples()
TRUTH: dict[str, dict[str, Any]] = {
    report["name"]: report for report in tomllib.loads((SAMPLES / "truth.toml").read_text(encoding="utf-8"))["report"]
}
KINDS = {
    "rate-mismatch", "share-mismatch", "growth-mismatch", "total-mismatch", "difference-mismatch",
    "product-mismatch", "count-mismatch", "score-mismatch", "grade-mismatch", "claim-contradicted",
    "impossible-percentage", "placeholder-left", "template-left", "blank-left",
    "mixed-width", "attachment-missing", "numbering-gap", "stale-year", "conflicting-figures",
    "weight-mismatch", "balance-mismatch", "target-unmet", "cell-blank", "reference-broken",
    "contents-mismatch", "reference-missing", "foreign-unit", "impossible-date", "dates-reversed", "duration-mismatch",
}  # fmt: skip
CAUSES = {
    "digits-transposed", "digit-changed", "decimal-moved", "unit-slip", "part-left-out", "part-doubled",
    "wrong-denominator", "sign", "truncated",
}  # fmt: skip
OFFICE = [sample for sample in FOUND if generate.is_office(sample)]


def each(samples: list[Any]) -> Any:
    return pytest.mark.parametrize("sample", samples, ids=lambda sample: sample.name)


by_name = each(FOUND)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts that the writer shapes; the rest comes from python-docx's own template."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist() if re.search("document|header|footer|core", name)}


def bare(text: str) -> str:
    return "".join(text.split())


def tables_of(parts: tuple[Any, ...]) -> dict[str, Any]:
    """The tables by caption."""
    found, caption = {}, ""
    for part in parts:
        caption = part.text if part.kind == "caption" else caption
        if part.kind == "table":
            assert caption not in found
            found[caption] = part
    return found


def pages_of(data: bytes) -> list[str]:
    document: Any = pypdfium2.PdfDocument(data)  # type: ignore[no-untyped-call]
    return [page.get_textpage().get_text_range() for page in document]


def test_truth_is_fresh() -> None:
    assert (SAMPLES / "truth.toml").read_text(encoding="utf-8") == generate.truth(FOUND)


def test_nothing_else_lies_among_the_reports() -> None:
    wanted = {f"{sample.name}.{ending}" for sample in FOUND for ending in generate.formats(sample)}
    assert {path.name for path in (SAMPLES / "reports").iterdir()} == wanted


@by_name
def test_text_is_fresh(sample: Any) -> None:
    stored = (SAMPLES / "reports" / f"{sample.name}.txt").read_text(encoding="utf-8")
    assert stored == generate.text_of(sample.printed)


@by_name
def test_word_file_is_fresh(sample: Any) -> None:
    stored = (SAMPLES / "reports" / f"{sample.name}.docx").read_bytes()
    written = generate.docx_bytes(sample)
    assert parts_of(stored) == parts_of(written)
    assert written == generate.docx_bytes(sample)
    assert docx.Document(io.BytesIO(stored)).paragraphs  # it mentions no part that it does not hold


@each([sample for sample in FOUND if "xlsx" in generate.formats(sample)])
def test_workbook_is_fresh(sample: Any) -> None:
    stored = (SAMPLES / "reports" / f"{sample.name}.xlsx").read_bytes()
    written = generate.xlsx_bytes(sample)
    with zipfile.ZipFile(io.BytesIO(stored)) as one, zipfile.ZipFile(io.BytesIO(written)) as other:
        assert one.namelist() == other.namelist()
        assert all(one.read(name) == other.read(name) for name in one.namelist())
    assert written == generate.xlsx_bytes(sample)


@each([sample for sample in FOUND if sample not in OFFICE])
def test_pdf_is_fresh(sample: Any) -> None:
    stored = (SAMPLES / "reports" / f"{sample.name}.pdf").read_bytes()
    written = generate.pdf_bytes(sample)
    assert pages_of(stored) == pages_of(written)
    assert written == generate.pdf_bytes(sample)


@each(OFFICE)
def test_printed_pdf_is_that_of_the_word_file(sample: Any) -> None:
    assert not make_pdf.stale(sample), "run: python samples/make_pdf.py"
    printed = bare("".join(pages_of((SAMPLES / "reports" / f"{sample.name}.pdf").read_bytes())))
    figures = [cell.text for table in tables_of(sample.printed).values() for cell in sample_tables.cells(table.rows)]
    assert [text for text in figures if sample_tables.is_figure(text) and text not in printed] == []


def test_the_record_names_the_printed_pdfs_and_no_others() -> None:
    assert set(make_pdf.recorded()) == {sample.name for sample in OFFICE}


def test_a_pdf_of_another_word_file_is_stale() -> None:
    sample = OFFICE[0]
    other = replace(sample, printed=(*sample.printed, sample_source.Element("text", "又一段。")))
    assert make_pdf.stale(other)


def test_clock_and_identifier_of_a_pdf_are_fixed() -> None:
    pdf = b"/CreationDate(D:%s) /ID [ <%s>\n<%s> ]\n/DocChecksum /%s\n%%%%EOF"
    one = pdf % (b"20261123003211Z'", b"A1" * 16, b"A1" * 16, b"B2" * 16)
    other = pdf % (b"20270101080000Z'", b"C3" * 16, b"C3" * 16, b"D4" * 16)
    assert make_pdf.frozen(one) == make_pdf.frozen(other)
    assert make_pdf.frozen(one).startswith(b"/CreationDate(D:20250101000000Z')")
    assert len(make_pdf.frozen(one)) == len(one)


@by_name
def test_defects_stand_where_the_truth_says(sample: Any) -> None:
    printed = generate.text_of(sample.printed)
    clean = generate.text_of(sample.clean)
    assert (printed == clean) == TRUTH[sample.name]["clean"]
    for defect in TRUTH[sample.name].get("defect", []):
        assert defect["kind"] in KINDS
        assert defect.get("cause") in {None, *CAUSES}
        assert defect["stated"] in defect["anchor"]
        assert defect["anchor"] in printed
        assert len(defect["anchor"]) <= 30
        assert all(other in printed for other in defect.get("also", []))
        if defect["place"] == "text":
            assert defect["anchor"] not in clean
            assert not {"table", "row", "column"} & set(defect)


@by_name
def test_defective_cells_stand_where_the_truth_says(sample: Any) -> None:
    printed, clean = tables_of(sample.printed), tables_of(sample.clean)
    for defect in TRUTH[sample.name].get("defect", []):
        if defect["place"] == "text":
            continue
        column = defect["column"] - 1
        rows = [
            (row, right)
            for row, right in zip(printed[defect["table"]].rows, clean[defect["table"]].rows, strict=True)
            if "|".join(bare_cell(cell) for cell in row if cell not in sample_source.MERGED) == defect["row"]
        ]
        assert len(rows) == 1, defect
        row, right = rows[0]
        assert row[column] != right[column]
        if row[column] == defect["stated"]:
            assert right[column] == defect["right"]
        else:
            assert row[column].replace(defect["stated"], defect["right"], 1) == right[column]


def bare_cell(cell: str) -> str:
    return cell.strip("\u3000").replace(sample_source.BREAK, "")


@by_name
def test_facts_hold(sample: Any) -> None:
    """Recomputed here in another way than the generator does: Python's own arithmetic on exact fractions."""
    facts = TRUTH[sample.name]["facts"]
    assert len(facts) >= 10
    for fact in facts:
        formula, _, written = fact.rpartition(" = ")
        exact = eval(re.sub(r"\d+(?:\.\d+)?", lambda m: f"Fraction('{m[0]}')", formula), {"Fraction": Fraction})
        number = written.replace(",", "").rstrip("%")
        gap = abs(exact * (100 if written.endswith("%") else 1) - Fraction(number))
        unit = Fraction(Decimal(1).scaleb(Decimal(number).as_tuple().exponent))  # type: ignore[arg-type]
        assert gap < unit, fact


def test_clean_and_defective_reports_are_both_there() -> None:
    defects = {sample.name: len(sample.defects) for sample in FOUND}
    assert len(defects) >= 10
    assert sum(count == 0 for count in defects.values()) >= 4
    assert all(count == 0 or 3 <= count <= 16 for count in defects.values())


def test_full_attachments_are_there_clean_and_defective() -> None:
    tables = {sample.name: len(tables_of(sample.printed)) for sample in OFFICE}
    assert len(tables) >= 6
    assert all(count >= 2 for count in tables.values())
    in_cells = {sample.name: sum(defect.place == "table" for defect in sample.defects) for sample in OFFICE}
    assert sum(count == 0 for count in in_cells.values()) >= 3
    assert sum(count >= 6 for count in in_cells.values()) >= 3


@by_name
def test_files_are_small(sample: Any) -> None:
    for ending in generate.formats(sample):
        size = (SAMPLES / "reports" / f"{sample.name}.{ending}").stat().st_size
        assert size < (200_000 if ending == "pdf" and generate.is_office(sample) else 60_000), ending


def small(rows: list[str]) -> Any:
    return sample_source.elements(rows)[-1]


def test_a_table_of_the_source() -> None:
    table = small(["!| 项目 | 预算⏎数 | < |", "| 　其中：办公费 | 1.00 |  |", "| ^ | 2.00 | 合计 |"])
    assert table.header_rows == 1
    cell = sample_tables.Cell
    assert list(sample_tables.cells(table.rows)) == [
        cell(0, 0, 0, 0, "项目", 0),
        cell(0, 1, 0, 2, "预算\n数", 0),
        cell(1, 0, 2, 0, "其中：办公费", 1),
        cell(1, 1, 1, 1, "1.00", 0),
        cell(1, 2, 1, 2, "", 0),
        cell(2, 1, 2, 1, "2.00", 0),
        cell(2, 2, 2, 2, "合计", 0),
    ]


def test_rows_that_are_repeated_come_first() -> None:
    with pytest.raises(ValueError, match="come first"):
        small(["| 1 | 2 |", "!| 项目 | 预算 |"])


def test_columns_fill_the_room_and_keep_their_figures_whole() -> None:
    rows = (("项目", "一个很长很长很长很长很长很长的名称", "1,234,567.89"),)
    given = sample_tables.widths(rows, 200.0, 10.0)
    assert sum(given) == pytest.approx(200.0)
    assert given[2] >= 10 * sample_tables.visual("1,234,567.89")


def test_cells_of_a_workbook() -> None:
    """Figures are numbers under the format that shows them as written; totals and rates that follow are formulas."""
    table = small(
        [
            "| 编码 | 项目 | 预算 | 支出 | 执行率 |",
            "| 30201 | 　办公费 | 1,250.00 | 1,000.00 | 80.00% |",
            "| 30202 | 　印刷费 | 300.00 | 100.00 | 33.34% |",
            "| 合计 | < | 1,550.00 | 1,110.00 | #REF! |",
        ]
    )
    sample = sample_source.Sample("a", {}, (sample_source.Element("caption", "支出/表"), table), (), (), ())
    data = io.BytesIO(sample_xlsx.xlsx_bytes(sample))
    values = openpyxl.load_workbook(data, data_only=True)["支出表"]
    formulas = openpyxl.load_workbook(data)["支出表"]
    assert [[cell.value for cell in row] for row in values["A4:E6"]] == [
        ["30201", "办公费", 1250, 1000, 0.8],
        ["30202", "印刷费", 300, 100, 0.3334],
        ["合计", None, 1550, 1110, "#REF!"],
    ]
    assert [[cell.value for cell in row] for row in formulas["C4:E6"]] == [
        [1250, 1000, "=D4/C4"],
        [300, 100, 0.3334],
        ["=SUM(C4:C5)", 1110, "=SUM(#REF!)"],
    ]
    assert [cell.number_format for cell in formulas["C4:E4"][0]] == ["#,##0.00", "#,##0.00", "0.00%"]
    assert formulas["B4"].alignment.indent == 1
    assert {str(area) for area in formulas.merged_cells.ranges} == {"A1:E1", "A2:E2", "A6:B6"}


@pytest.mark.parametrize(
    ("value", "spec", "written"),
    [
        (Fraction(5205, 6000), "%", "86.75%"),
        (Fraction(5, 6), "t%", "83.33%"),
        (Fraction(5, 6), "%1", "83.3%"),
        (Fraction(90625, 100000), "%", "90.63%"),
        (Fraction(1935941052, 100), ",.2", "19,359,410.52"),
        (Fraction(1, 200), ".2", "0.01"),
        (Fraction(-1, 4), "s.1", "-0.3"),
    ],
)
def test_numbers_are_written(value: Fraction, spec: str, written: str) -> None:
    assert sample_figures.write_number(value, spec) == written


def test_a_decrease_cannot_be_called_growth() -> None:
    with pytest.raises(ValueError, match="negative"):
        sample_figures.Figures().resolve("增长{(4-5)/5:%}")
