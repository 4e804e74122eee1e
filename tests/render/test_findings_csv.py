"""CSV: one row a finding, nothing dropped, nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from whole_run import DECISIONS, EARLIER, EMPTY, FIRST, SECOND, THIRD, whole_run

from reportcheck.checker import check_text
from reportcheck.model import Failure
from reportcheck.render.figures import harmless
from reportcheck.render.findings_csv import COLUMNS, draw
from reportcheck.render.json import document_to_dict
from reportcheck.render.provenance import provenance
from reportcheck.render.told import Teller
from reportcheck.result import Result

Rows = list[dict[str, str]]


def rows_of(result: Result) -> Rows:
    text = draw(result).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def of(rows: Rows, kind: str) -> Rows:
    return [row for row in rows if row["type"] == kind]


def shown(value: object) -> str:
    return harmless(str(value)) if value is not None else ""


def test_the_bytes_are_those_that_spreadsheets_take_for_utf_8(result: Result) -> None:
    data = draw(result)
    assert data.startswith(b"\xef\xbb\xbftype,path,sha256,number,severity,rule,")
    header, rest = data.split(b"\r\n", 1)
    assert header.decode("utf-8-sig").split(",") == list(COLUMNS)
    assert rest.endswith(b"\r\n")


def test_every_row_names_program_and_file(result: Result) -> None:
    tool = document_to_dict(result)["tool"]
    rows = rows_of(result)
    assert {(row["version"], row["catalog"]) for row in rows} == {(tool["version"], tool["catalog"])}
    hashes = {report.document.path: report.document.sha256 for report in result.reports}
    assert {row["path"]: row["sha256"] for row in rows if row["path"] in hashes} == hashes
    assert [(row["code"], row["path"], row["sha256"]) for row in of(rows, "source")] == [
        (source.kind, source.path, source.sha256) for source in result.sources
    ]
    assert [row["message"] for row in of(rows, "run")] == [provenance(result)[0]]


def test_findings_say_what_the_json_says(result: Result) -> None:
    rows, content = rows_of(result), document_to_dict(result)
    findings = [(report["path"], finding) for report in content["reports"] for finding in report["findings"]]
    accepted = [entry["finding"] for report in content["reports"] for entry in report["accepted"]]
    assert [(row["path"], row["fingerprint"]) for row in of(rows, "finding")] == [
        (path, finding["fingerprint"]) for path, finding in findings
    ]
    told = [told for report in result.reports for told in Teller(report, "zh").findings()]
    for row, each in zip(of(rows, "finding"), told, strict=True):
        lines = [f"{line.label}：{line.text}" for line in each.lines]
        assert (row["title"], row["place"], row["details"]) == (each.title, each.place, "\n".join(lines))
        assert row["number"] == str(each.number)
    chosen = [*of(rows, "finding"), *of(rows, "accepted")]
    for row, finding in zip(chosen, [*(finding for _, finding in findings), *accepted], strict=True):
        for name in ("severity", "rule", "family", "message", "stated", "computed", "formula", "cause", "advice"):
            assert row[name] == shown(finding[name])
        span = finding["spans"][0]
        for name in ("text", "context", "page", "sheet", "address", "block", "start", "end"):
            assert row[name] == shown(span[name])
        gap = row["gap"] + row["gap_unit"]
        assert gap == (finding["gap"] or "").removeprefix("+")
        assert row["status"] == finding["status"]
        assert row["breaks"] == "; ".join(finding["breaks"])


def test_all_else_has_rows_of_its_own(result: Result) -> None:
    rows, content = rows_of(result), document_to_dict(result)
    assert [(row["path"], row["figures"], row["figures_checked"]) for row in of(rows, "report")] == [
        (r["path"], str(r["summary"]["figures"]), str(r["summary"]["figures_checked"])) for r in content["reports"]
    ]
    assert [(row["reason"], row["author"], row["date"]) for row in of(rows, "accepted")] == [
        ("另有1万元|待摊", "'=甲", "2024-05-06")
    ]
    gone = content["reports"][0]["baseline"]["gone"]
    assert [{name: row[name] for name in gone[0]} for row in of(rows, "gone")] == gone
    assert {row["status"] for row in of(rows, "gone")} == {"gone"}
    assert [(row["path"], row["code"], row["message"]) for row in of(rows, "failure")] == [
        (EMPTY, "empty", content["failures"][0]["message"])
    ]
    assert [(row["path"], row["code"]) for row in of(rows, "notice")] == [
        ("", "passed-over"),
        (EARLIER, "baseline-of-other-tool"),
        ("旧.txt", "baseline-not-checked"),
        (SECOND, "encoding-guessed"),
    ]
    assert [(row["path"], row["place"], row["fingerprint"]) for row in of(rows, "unused_decision")] == [
        (DECISIONS, "第7行", "0123456789abcdef")
    ]
    assert [(row["path"], row["code"], row["figures"]) for row in of(rows, "unchecked")] == [
        (FIRST, "partial-list", "3"),
        (FIRST, "hedged", "1"),
    ]
    assert {row["path"] for row in of(rows, "report")} == {FIRST, SECOND, THIRD}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(sign: str) -> None:
    report = replace(check_text("预算60万元，支出52.05万元，执行率为86.57%。"), title=f"{sign}cmd|' /C calc'!A0")
    rows = rows_of(Result([report], [Failure(f"{sign}1+1.docx", "empty", f"{sign}A1")]))
    assert [row["title"] for row in of(rows, "report")] == [f"'{sign}cmd|' /C calc'!A0"]
    assert [(row["path"], row["message"]) for row in of(rows, "failure")] == [(f"'{sign}1+1.docx", f"'{sign}A1")]


@pytest.mark.parametrize("number", ["-0.18", "+3", "－3.2", "12%", "1,204.5"])
def test_numbers_stay_numbers(number: str) -> None:
    assert harmless(number) == number


@given(st.text(alphabet="=+-@'\",;\r\n\t\x00甲1", max_size=12))
def test_texts_come_back(text: str) -> None:
    (row,) = of(rows_of(Result((), [Failure("a", "b", text)])), "failure")
    assert row["message"] in (text.replace("\x00", "\ufffd"), "'" + text.replace("\x00", "\ufffd"))


def test_the_same_input_gives_the_same_bytes(result: Result) -> None:
    assert draw(whole_run()) == draw(result)
