"""The generated samples are those of their sources, and what truth.toml says of them is so."""

from __future__ import annotations

import io
import re
import sys
import tomllib
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

SAMPLES = Path(__file__).parents[1] / "samples"
sys.path.insert(0, str(SAMPLES))

generate = pytest.importorskip("generate", reason="reportlab writes the samples")
sample_source = pytest.importorskip("sample_source")

FOUND = generate.samples()
TRUTH: dict[str, dict[str, Any]] = {
    report["name"]: report for report in tomllib.loads((SAMPLES / "truth.toml").read_text(encoding="utf-8"))["report"]
}
KINDS = {
    "rate-mismatch", "share-mismatch", "growth-mismatch", "total-mismatch", "difference-mismatch",
    "product-mismatch", "count-mismatch", "score-mismatch", "grade-mismatch", "claim-contradicted",
    "impossible-percentage", "placeholder-left", "template-left", "blank-left", "reference-broken",
    "mixed-width", "attachment-missing", "numbering-gap", "stale-year", "conflicting-figures",
}  # fmt: skip
CAUSES = {
    "digits-transposed", "digit-changed", "decimal-moved", "unit-slip", "part-left-out", "part-doubled",
    "wrong-denominator", "sign", "truncated",
}  # fmt: skip
by_name = pytest.mark.parametrize("sample", FOUND, ids=lambda sample: sample.name)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts that the writer shapes; the rest comes from python-docx's own template."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist() if re.search("document|header|core", name)}


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


@by_name
def test_pdf_is_fresh(sample: Any) -> None:
    if "pdf" not in generate.formats(sample):
        pytest.skip("this sample has no PDF")
    stored = (SAMPLES / "reports" / f"{sample.name}.pdf").read_bytes()
    written = generate.pdf_bytes(sample)
    assert pages_of(stored) == pages_of(written)
    assert written == generate.pdf_bytes(sample)


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
        assert defect["anchor"] not in clean
        assert (defect["place"] == "table") == ("row" in defect)
        assert all(other in printed for other in defect.get("also", []))


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
    assert all(count == 0 or 3 <= count <= 10 for count in defects.values())


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
    assert sample_source.write_number(value, spec) == written


def test_a_decrease_cannot_be_called_growth() -> None:
    with pytest.raises(ValueError, match="negative"):
        sample_source.Figures().resolve("增长{(4-5)/5:%}")
