"""SARIF: valid, true to the file, and of one mind with the JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from whole_run import DECISIONS, EARLIER, EMPTY, FIRST, SECOND, THIRD, whole_run

from reportcheck import __version__
from reportcheck.catalog import fingerprint, rules
from reportcheck.checker import check_text
from reportcheck.model import Block, Document, Failure, Finding, Origin, Report, Span, Table
from reportcheck.render.json import document_to_dict
from reportcheck.render.json import draw as draw_json
from reportcheck.render.provenance import provenance
from reportcheck.render.sarif import draw
from reportcheck.render.sarif_places import uri_of
from reportcheck.render.sarif_texts import plain
from reportcheck.result import Result

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
Json = dict[str, Any]


def run_of(result: Result) -> Json:
    log = json.loads(draw(result))
    jsonschema.Draft202012Validator(SCHEMA).validate(log)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@pytest.fixture(scope="module")
def run(result: Result) -> Json:
    return run_of(result)


def regions(value: object) -> Iterator[tuple[int, Json]]:
    """Every region with the number of its file."""
    if isinstance(value, dict):
        if "region" in value:
            yield value["artifactLocation"]["index"], value["region"]
        for inner in value.values():
            yield from regions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from regions(inner)


# --- what is said -----------------------------------------------------------------------------


def test_results_say_what_the_json_says(result: Result, run: Json) -> None:
    expected = []
    for report in json.loads(draw_json(result))["reports"]:
        expected += [(report, finding, None) for finding in report["findings"]]
        expected += [(report, entry["finding"], entry["decision"]) for entry in report["accepted"]]
    present = [found for found in run["results"] if found["baselineState"] != "absent"]
    for found, (report, finding, decision) in zip(present, expected, strict=True):
        assert (found["ruleId"], found["level"], found["kind"]) == (finding["rule"], finding["severity"], "fail")
        assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == finding["rule"]
        assert found["partialFingerprints"] == {"finding/v1": finding["fingerprint"]}
        assert found["baselineState"] == {"new": "new", "still": "unchanged"}[finding["status"]]
        assert found["message"]["text"].startswith(finding["message"] + "。")
        for name in ("formula", "computed", "gap", "advice"):
            assert (finding[name] or "") in found["message"]["text"]
            assert found["properties"][name] == finding[name]
        places = [*found["locations"], *found.get("relatedLocations", [])]
        assert [place["properties"] for place in places] == finding["spans"]
        files = {place["physicalLocation"]["artifactLocation"]["uri"] for place in places}
        assert {unquote(uri) for uri in files} == {report["path"]}
        assert [made["properties"] for made in found["suppressions"]] == ([decision] if decision else [])
    assert run["properties"]["tool"] == document_to_dict(result)["tool"]
    assert run["properties"]["provenance"] == list(provenance(result))


def test_accepted_findings_are_suppressed_where_the_decision_stands(run: Json) -> None:
    (suppression,) = [made for found in run["results"] for made in found["suppressions"]]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"] == "另有1万元|待摊（=甲，2024-05-06）"
    place = suppression["location"]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]) == (DECISIONS, {"startLine": 1})


def test_findings_that_are_gone_are_absent(result: Result, run: Json) -> None:
    gone = document_to_dict(result)["reports"][0]["baseline"]["gone"]
    absent = [found for found in run["results"] if found["baselineState"] == "absent"]
    assert [
        (f["ruleId"], f["level"], f["message"]["text"], f["partialFingerprints"], f["properties"]) for f in absent
    ] == [
        (
            earlier["rule"],
            earlier["severity"],
            earlier["message"],
            {"finding/v1": earlier["fingerprint"]},
            {"text": earlier["text"], "context": earlier["context"]},
        )
        for earlier in gone
    ]
    assert [list(regions(found)) for found in absent] == [[], []]


def test_failures_and_notices_are_notifications(run: Json) -> None:
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    told = [
        (
            note["level"],
            note["descriptor"]["id"],
            [unquote(place["physicalLocation"]["artifactLocation"]["uri"]) for place in note.get("locations", [])],
        )
        for note in invocation["toolExecutionNotifications"]
    ]
    assert told == [
        ("error", "failure/empty", [EMPTY]),
        ("note", "run/comparison", [FIRST]),
        ("warning", "notice/encoding-guessed", [SECOND]),
        ("note", "run/comparison", [SECOND]),
        ("note", "run/comparison", [THIRD]),
        ("note", "run/passed-over", []),
        ("note", "run/baseline-of-other-tool", [EARLIER]),
        ("note", "run/baseline-not-checked", ["旧.txt"]),
        ("note", "run/unused-decision", [DECISIONS]),
    ]
    listed = run["tool"]["driver"]["notifications"]
    for note in invocation["toolExecutionNotifications"]:
        assert listed[note["descriptor"]["index"]]["id"] == note["descriptor"]["id"]


def test_the_program_and_its_rules(run: Json) -> None:
    driver = run["tool"]["driver"]
    assert [driver[name] for name in ("name", "version", "semanticVersion", "language")] == [
        *("reportcheck", __version__, __version__, "zh-CN")
    ]
    assert driver["properties"] == {"catalog": fingerprint()}
    assert [rule["id"] for rule in driver["rules"]] == ["rate-mismatch", "placeholder-left", "total-mismatch"]
    rate = driver["rules"][0]
    assert rate["name"] == "RateMismatch"
    assert rate["shortDescription"] == {"text": "比率与所列金额不符。"}
    assert rate["fullDescription"]["text"].startswith("执行率、完成率、到位率")
    assert rate["help"]["markdown"].startswith("# 比率与所列金额不符（rate-mismatch）\n")
    assert rate["defaultConfiguration"] == {"level": "error"}
    assert rate["properties"]["family"] == "rate"


def test_files_carry_hash_and_coverage(result: Result, run: Json) -> None:
    files = {unquote(file["location"]["uri"]): file for file in run["artifacts"]}
    assert list(files) == [FIRST, SECOND, THIRD, DECISIONS, EARLIER, EMPTY, "旧.txt"]
    assert [file["location"]["index"] for file in run["artifacts"]] == list(range(7))
    for report in document_to_dict(result)["reports"]:
        file = files[report["path"]]
        assert file["hashes"] == {"sha-256": report["sha256"]}
        assert file["roles"] == ["analysisTarget"]
        assert file["properties"]["summary"] == report["summary"]
        unsettled = [e for s in report["sections"] for e in s["ledger"] if e["standing"] in ("undecided", "unchecked")]
        assert sum(file["properties"]["not_checked"].values()) == len(unsettled)
    assert [files[source.path]["hashes"] for source in result.sources] == [
        {"sha-256": s.sha256} for s in result.sources
    ]
    assert [files[name]["roles"] for name in (DECISIONS, EARLIER)] == [
        ["userSpecifiedConfiguration"],
        ["referencedOnCommandLine"],
    ]


def test_english(here: None) -> None:
    run = run_of(whole_run("en"))
    assert (run["language"], run["tool"]["driver"]["language"]) == ("en-US", "en-US")
    assert run["results"][0]["message"]["text"].splitlines()[0].endswith("(gap -0.18 percentage points).")
    assert run["tool"]["driver"]["rules"][0]["fullDescription"] == {"text": "Rate does not follow from its figures."}


@pytest.mark.parametrize("rule", sorted(rules()))
def test_every_rule_can_be_told(rule: str) -> None:
    document = Document("-", "docx", (Block("p1", "甲"),), sha256="0" * 64)
    finding = Finding(rule, "note", "甲", (Span("p1", 0, 1),), "0" * 16)
    (told,) = run_of(Result([Report(document, "", "", None, (), (), (finding,))]))["tool"]["driver"]["rules"]
    assert told["fullDescription"]["text"].endswith("。")
    assert len(told["fullDescription"]["text"]) > 12
    assert not told["fullDescription"]["text"].startswith(("#", "`", "|", "-"))


def test_a_run_that_found_nothing_has_no_results_and_succeeded() -> None:
    run = run_of(Result([check_text("预算60万元，支出52.05万元，执行率为86.75%。")]))
    assert (run["results"], run["invocations"][0]["executionSuccessful"]) == ([], True)
    assert "baselineState" not in json.dumps(run)
    assert run_of(Result())["results"] == []


# --- places -----------------------------------------------------------------------------------


def test_regions_hit_the_words_in_the_file(run: Json) -> None:
    seen = set()
    for index, region in regions([found["locations"] + found.get("relatedLocations", []) for found in run["results"]]):
        file = run["artifacts"][index]
        path = unquote(file["location"]["uri"])
        text = Path(path).read_bytes().decode(file["encoding"])
        start = region["charOffset"]
        words = text[start : start + region["charLength"]]
        assert words == region["snippet"]["text"]
        lines = text.split("\r\n" if "\r\n" in text else "\n")
        before = "\n".join(
            [*lines[: region["startLine"] - 1], lines[region["startLine"] - 1][: region["startColumn"] - 1]]
        )
        assert text[:start].replace("\r\n", "\n") == before
        ending = "\n".join([*lines[: region["endLine"] - 1], lines[region["endLine"] - 1][: region["endColumn"] - 1]])
        assert text[: start + len(words)].replace("\r\n", "\n") == ending
        seen.add((path, words, region["startLine"], region["endLine"]))
    assert {(FIRST, "86.57%", 3, 3), (FIRST, "101.00", 8, 8), (SECOND, "87.\r\n50%", 3, 4)} <= seen
    assert {path for path, *_ in seen} == {FIRST, SECOND}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["newlineSequences"] == ["\r\n", "\r", "\n"]


def test_what_has_no_lines_has_no_region(result: Result) -> None:
    run = run_of(Result([report for report in result.reports if report.document.kind == "docx"]))
    assert list(regions(run)) == []
    assert "startLine" not in json.dumps(run)
    assert [[(at["name"], at["kind"]) for at in f["locations"][0]["logicalLocations"]] for f in run["results"]] == [
        [("第1段", "paragraph")],
        [("表1第4行第2列", "cell"), ("表1", "table")],
    ]


def test_a_text_that_is_in_no_file_has_no_region() -> None:
    run = run_of(Result([check_text("预算60万元，支出52.05万元，执行率为86.57%。")]))
    assert len(run["results"]) == 1
    assert list(regions(run)) == []


def test_pages_tables_and_sheets_are_logical_locations() -> None:
    blocks = (
        Block("p1", "甲", "heading", Origin(page=3)),
        Block("t1.r1c1", "乙", "cell", Origin(page=4)),
        Block("t2.r1c1", "丙", "cell", Origin(sheet="支出 ", address="B7")),
    )
    tables = (Table("t1", ((blocks[1],),), "收支\n表"), Table("t2", ((blocks[2],),)))
    findings = tuple(Finding("blank-left", "error", "丁", (Span(b.id, 0, 1),), "0" * 16) for b in blocks)
    document = Document("a.pdf", "pdf", blocks, tables, sha256="0" * 64)
    run = run_of(Result([Report(document, "", "", None, (), (), findings)]))
    found = [f["locations"][0]["logicalLocations"] for f in run["results"]]
    assert [[(at["fullyQualifiedName"], at["kind"]) for at in each] for each in found] == [
        [("a.pdf#第3页 第1段", "heading"), ("a.pdf#第3页", "page")],
        [("a.pdf#第4页 表1第1行第1列", "cell"), ("a.pdf#收支 表", "table"), ("a.pdf#第4页", "page")],
        [("a.pdf#工作表“支出” B7", "cell"), ("a.pdf#表2", "table"), ("a.pdf#工作表“支出”", "sheet")],
    ]
    assert [f["locations"][0]["properties"]["page"] for f in run["results"]] == [3, 4, None]


def test_a_finding_without_a_place_is_of_the_file() -> None:
    document = Document("a.docx", "docx", (Block("p1", "甲"),), sha256="0" * 64)
    report = Report(document, "", "", None, (), (), (Finding("section-missing", "error", "乙", (), "0" * 16),))
    (found,) = run_of(Result([report]))["results"]
    uri = {"uri": "a.docx", "uriBaseId": "%SRCROOT%", "index": 0}
    assert found["locations"] == [{"physicalLocation": {"artifactLocation": uri}}]


@pytest.mark.parametrize(
    ("path", "uri", "relative"),
    [
        ("a.docx", "a.docx", True),
        ("报告/一 稿#2.txt", "%E6%8A%A5%E5%91%8A/%E4%B8%80%20%E7%A8%BF%232.txt", True),
        ("../a%20.txt", "../a%2520.txt", True),
        ("报告\\a.docx", "%E6%8A%A5%E5%91%8A/a.docx", True),
        ("b/a\\c.txt", "b/a%5Cc.txt", True),
        ("a:b.txt", "a%3Ab.txt", True),
        ("/srv/报告/a?.txt", "file:///srv/%E6%8A%A5%E5%91%8A/a%3F.txt", False),
        ("C:\\报告\\a b.docx", "file:///C:/%E6%8A%A5%E5%91%8A/a%20b.docx", False),
        ("d:/a.docx", "file:///d:/a.docx", False),
        ("\\\\server\\share\\a.docx", "file://server/share/a.docx", False),
        ("a\udcff.txt", "a%FF.txt", True),
        ("a\ud800.txt", "a%EF%BF%BD.txt", True),
    ],
)
def test_paths_become_uris(path: str, uri: str, relative: bool) -> None:
    assert uri_of(path) == {"uri": uri, **({"uriBaseId": "%SRCROOT%"} if relative else {})}
    run_of(Result((), [Failure(path, "empty", "甲")]))


# --- texts ------------------------------------------------------------------------------------


def test_braces_are_no_placeholders_and_brackets_no_links() -> None:
    assert plain("{0} {项目}[甲](http://b)[1]") == "{{0}} {{项目}}[甲] (http://b)[1]"
    document = Document("a.docx", "docx", (Block("p1", "{0}"),), sha256="0" * 64)
    finding = Finding("blank-left", "error", "{0}[甲](1)*", (Span("p1", 0, 3),), "0" * 16)
    (found,) = run_of(Result([Report(document, "", "", None, (), (), (finding,))]))["results"]
    assert found["message"] == {"text": "{{0}}[甲] (1)*。", "markdown": "{{0}}\\[甲\\](1)\\*。"}
    assert found["locations"][0]["properties"]["text"] == "{0}"


def test_the_same_input_gives_the_same_bytes(result: Result) -> None:
    assert draw(whole_run()) == draw(result)
