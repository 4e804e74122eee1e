"""docs/schema-1.json describes every key of the JSON output, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from reportcheck.checker import check_document
from reportcheck.cli import main
from reportcheck.model import Block, Document, Origin, Table
from reportcheck.render.json import document_to_dict

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


def _compare(value: Any, schema: dict[str, Any], where: str) -> None:
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
    result = document_to_dict([check_document(document)], [], "0", "default")
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
