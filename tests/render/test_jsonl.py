"""JSON Lines: every line stands alone, and together they say what the JSON says."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from msgspec.structs import replace
from referencing import Registry, Resource
from whole_run import whole_run

from reportcheck.checker import check_text
from reportcheck.render.json import draw as draw_json
from reportcheck.render.jsonl import draw
from reportcheck.result import Result

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA: dict[str, Any] = json.loads((DOCS / "schema-1-lines.json").read_text(encoding="utf-8"))
WHOLE: dict[str, Any] = json.loads((DOCS / "schema-1.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(
    SCHEMA, registry=Registry().with_resource("schema-1.json", Resource.from_contents(WHOLE))
)
KINDS = {"run", "report", "finding", "accepted", "gone", "verdict", "figure", "failure", "unused_decision"}


def lines_of(result: Result) -> list[dict[str, Any]]:
    data = draw(result)
    assert data.endswith(b"\n")
    return [json.loads(line) for line in data.decode("utf-8").splitlines()]


def put_together(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The JSON that the lines were cut from."""
    whole: dict[str, Any] = {"reports": [], "failures": [], "unused_decisions": []}
    for line in lines:
        kind, rest = line.pop("type"), line
        if kind == "run":
            whole |= {name: rest[name] for name in ("schema", "tool", "baseline")}
        elif kind in ("failure", "unused_decision"):
            whole["failures" if kind == "failure" else "unused_decisions"].append(rest)
        elif kind == "report":
            for section in rest["sections"]:
                section["ledger"] = []
            whole["reports"].append({**rest, "findings": [], "accepted": [], "verdicts": []})
            if rest["baseline"]:
                rest["baseline"]["gone"] = []
        else:
            report = whole["reports"][-1]
            assert (rest.pop("path"), rest.pop("sha256")) == (report["path"], report["sha256"])
            if kind == "figure":
                section = rest.pop("section")
                next(part for part in report["sections"] if part["name"] == section)["ledger"].append(rest)
            elif kind == "gone":
                report["baseline"]["gone"].append(rest)
            else:
                if kind == "verdict":
                    assert rest.pop("index") == len(report["verdicts"])
                report[{"finding": "findings", "accepted": "accepted", "verdict": "verdicts"}[kind]].append(rest)
    return whole


def test_the_lines_say_what_the_json_says(result: Result) -> None:
    lines = lines_of(result)
    assert {line["type"] for line in lines} == KINDS
    assert {name: lines[0][name] for name in ("type", "reports", "failures", "unused_decisions", "passed_over")} == {
        **{"type": "run", "reports": 3, "failures": 1, "unused_decisions": 1, "passed_over": 2}
    }
    assert put_together(lines) == json.loads(draw_json(result))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_schema_describes_every_key(result: Result, kind: str) -> None:
    VALIDATOR.check_schema(SCHEMA)
    described = _properties(SCHEMA["$defs"][kind])
    for line in lines_of(result):
        VALIDATOR.validate(line)
        if line["type"] == kind:
            assert set(line) == described


def _properties(schema: dict[str, Any]) -> set[str]:
    """The keys that a schema tells of, those of what it refers to among them; all of them are required."""
    inner = WHOLE["$defs"][schema["$ref"].rsplit("/", 1)[-1]] if "$ref" in schema else {}
    assert set(schema["properties"]) == set(schema["required"])
    return {*schema["properties"], *inner.get("properties", {})}


def test_a_wrong_line_is_refused(result: Result) -> None:
    for line in lines_of(result):
        for wrong in ({**line, "type": "other"}, {key: value for key, value in line.items() if key != "type"}):
            with pytest.raises(jsonschema.ValidationError):
                VALIDATOR.validate(wrong)


def test_signs_that_some_take_for_the_end_of_a_line_are_escaped() -> None:
    report = check_text("预算60万元，支出52.05万元，执行率为86.57%。")
    data = draw(Result([replace(report, title="甲\u2028乙\u2029丙\x85丁\n戊")]))
    lines = data.decode("utf-8").splitlines()
    assert Counter(json.loads(line)["type"] for line in lines) == {
        "run": 1,
        "report": 1,
        "finding": 1,
        "verdict": 1,
        "figure": 3,
    }
    assert json.loads(lines[1])["title"] == "甲\u2028乙\u2029丙\x85丁\n戊"


def test_the_same_input_gives_the_same_bytes(result: Result) -> None:
    assert draw(whole_run()) == draw(result)
