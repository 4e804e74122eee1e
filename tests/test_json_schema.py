"""docs/schema-1.json describes every key of the JSON output, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reportcheck.checker import check_document, check_text
from reportcheck.cli import main
from reportcheck.model import Block, Document, Origin, Table
from reportcheck.render.json import document_to_dict
from reportcheck.result import Result

ROOT = Path(__file__).parents[1]
SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "schema-1.json").read_text(encoding="utf-8"))

TEXT = """一、资金使用情况
培训经费预算60万元，支出52.05万元，执行率为86.57%。
全年支出合计100万元，其中：办公费30万元，差旅费70万元。
| 编码 | 科目 | 金额（万元） | 备注 |
| 201 | 办公费 | 30.00 | |
| 202 | 差旅费 | 70.00 | 外出 |
| 合计 | < | 101.00 | |
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").write_bytes(b"")
    output = folder / "result"
    assert main(["check", str(folder), "--format", "json", "-o", str(output)]) == 2
    loaded: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return loaded


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_output_is_valid(result: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(result)
    assert len(result["reports"]) == 1
    assert result["failures"] == [
        {
            "path": result["reports"][0]["path"].replace("a.txt", "b.txt"),
            "code": "empty",
            "message": "文件为空，请确认是否保存或传输完整",
        }
    ]


def test_every_key_is_described_and_required(result: dict[str, Any]) -> None:
    assert result["reports"][0]["findings"], "the sample must have a finding, or its keys are not compared"
    assert result["reports"][0]["verdicts"][0]["operands"]
    _compare(result, SCHEMA, "result")


# A subtotal of the budget is wrong, either part of a group of the spending, and a rate that tells of overspending.
TELLING = """| 项目 | 预算数 | 决算数 |
| 一、基本支出 | 34.32 | 27.45 |
| （一）人员经费 | 10.17 | 9.02 |
| （二）公用经费 | 23.25 | 18.43 |
| 二、项目支出 | 75.47 | 67.97 |
| 1.业务 | 31.39 | 27.06 |
| 2.其他 | 44.08 | 43.91 |
| 合计 | 108.89 | 95.42 |

全年预算60万元，支出52.05万元，结余7.95万元，执行率为105.75%。
"""


def test_what_else_a_figure_breaks_and_which_others_may_be_wrong() -> None:
    result = document_to_dict(Result([check_text(TELLING)]))
    jsonschema.Draft202012Validator(SCHEMA).validate(result)
    _compare(result, SCHEMA, "result")
    found = result["reports"][0]["findings"]
    assert [(f["stated"], f["computed"], f["breaks"], f["flips"]) for f in found] == [
        ("105.75%", "86.75%", [], ["budget"]),
        ("34.32", "33.42", ["108.89 = 34.32 + 75.47"], []),
        ("67.97", "70.97", [], []),
    ]
    assert [[(a["text"], a["block"], a["computed"]) for a in f["alternatives"]] for f in found] == [
        [],
        [],
        [("27.06", "t1.r6c3", "24.06"), ("43.91", "t1.r7c3", "40.91")],
    ]
    assert found[1]["formula"] == "10.17 + 23.25"


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A run with an accepted finding, an unused decision, and findings that are new, still there and gone."""
    folder = tmp_path_factory.mktemp("reviewed")
    report, old, output = folder / "a.txt", folder / "old.json", folder / "new.json"
    report.write_text(TEXT.replace("30.00", "31.50"), encoding="utf-8")
    assert main(["check", str(report), "--format", "json", "-o", str(old)]) == 1
    said = 'reason = "已核对"\nauthor = "甲"\ndate = 2024-05-06\n'
    found = json.loads(old.read_text(encoding="utf-8"))["reports"][0]["findings"]
    entries = [f'[[accepted]]\nfingerprint = "{finding["fingerprint"]}"\n{said}' for finding in found]
    (folder / "reportcheck-accepted.toml").write_text("".join(entries), encoding="utf-8")
    report.write_text(TEXT, encoding="utf-8")
    assert (
        main(["check", str(report), "--baseline", str(old), "--format", "json", "-o", str(output), "--fail-on", "note"])
        == 1
    )
    loaded: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return loaded


def test_every_key_of_a_reviewed_run_is_described_and_required(reviewed: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(reviewed)
    (report,) = reviewed["reports"]
    assert [(f["rule"], f["status"]) for f in report["findings"]] == [("total-mismatch", "new")]
    assert [(e["finding"]["rule"], e["finding"]["status"]) for e in report["accepted"]] == [("rate-mismatch", "still")]
    assert [(f["rule"], f["text"], f["context"]) for f in report["baseline"]["gone"]] == [
        ("total-mismatch", "101.00", "合计 | 101.00 | ")
    ]
    assert [decision["row"] for decision in reviewed["unused_decisions"]] == [6]
    assert reviewed["baseline"]["not_checked"] == []
    _compare(reviewed, SCHEMA, "result")


def _compare(value: Any, schema: dict[str, Any], where: str) -> None:
    if "anyOf" in schema:
        schema = next(inner for inner in schema["anyOf"] if (inner.get("type") == "null") == (value is None))
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    if isinstance(value, dict):
        assert set(value) == set(schema["properties"]) == set(schema["required"]), where
        for key, inner in value.items():
            _compare(inner, schema["properties"][key], f"{where}.{key}")
    elif isinstance(value, list):
        for inner in value:
            _compare(inner, schema["items"], f"{where}[]")


def test_spans_in_prose_and_in_tables(result: dict[str, Any]) -> None:
    places = {finding["rule"]: finding["spans"][0] for finding in result["reports"][0]["findings"]}
    assert places == {
        "rate-mismatch": {
            **{"text": "86.57%", "block": "p2", "start": 25, "end": 31, "page": None, "sheet": None, "address": None},
            "context": "培训经费预算60万元，支出52.05万元，执行率为86.57%。",
        },
        "total-mismatch": {
            **{
                "text": "101.00",
                "block": "t1.r4c3",
                "start": 0,
                "end": 6,
                "page": None,
                "sheet": None,
                "address": None,
            },
            "context": "合计 | 101.00 | ",
        },
    }


def test_spans_in_a_workbook() -> None:
    cells = tuple(
        tuple(
            Block(f"t1.r{r}c{c}", text, "cell", Origin(sheet="支出 ", address=f"{'AB'[c - 1]}{r}")) for c, text in row
        )
        for r, row in enumerate(
            (((1, "项目"), (2, "金额")), ((1, "会议"), (2, "3")), ((1, "培训"), (2, "4")), ((1, "合计"), (2, "8"))), 1
        )
    )
    table = Table("t1", cells, unit_note="单位：万元")
    document = Document("表.xlsx", "xlsx", tuple(cell for row in cells for cell in row), (table,), sha256="0" * 64)
    result = document_to_dict(Result([check_document(document)]))
    jsonschema.Draft202012Validator(SCHEMA).validate(result)
    spans = result["reports"][0]["findings"][0]["spans"]
    assert [(span["text"], span["sheet"], span["address"], span["context"]) for span in spans] == [
        ("8", "支出 ", "B4", "合计 | 8"),
        ("3", "支出 ", "B2", "会议 | 3"),
        ("4", "支出 ", "B3", "培训 | 4"),
    ]


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("schema",), 2),
        (("reports", 0, "findings", 0, "severity"), "fatal"),
        (("reports", 0, "findings", 0, "fingerprint"), "p12"),
        (("reports", 0, "verdicts", 0, "basis"), None),
        (("reports", 0, "summary", "figures"), -1),
    ],
)
def test_wrong_values_are_refused(result: dict[str, Any], path: tuple[str | int, ...], wrong: object) -> None:
    broken: Any = json.loads(json.dumps(result))
    inner = broken
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = wrong
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(broken)
