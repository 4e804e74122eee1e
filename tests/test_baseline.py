"""An earlier run beside this one, through the command line: what is new, still there, gone, and how reports match."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from reportcheck.checker import check
from reportcheck.cli import main
from working import write

pytestmark = pytest.mark.usefixtures("here")

RATE = "培训经费预算60万元，支出52.05万元，执行率为86.57%。\n"
RIGHT = RATE.replace("86.57", "86.75")
GROWTH = "全年接待游客318.46万人次，较上年的276.30万人次增长13.24%。\n"
SUM = "公用经费合计30.10万元，由办公费12.30万元、印刷费18.80万元组成。\n"


def result(output: str, *arguments: str) -> dict[str, Any]:
    main(["check", *arguments, "--format", "json", "-o", output])
    loaded: dict[str, Any] = json.loads(Path(output).read_text(encoding="utf-8"))
    return loaded


def statuses(found: dict[str, Any]) -> list[tuple[str, list[tuple[str, str]], list[str]]]:
    """Of each report how it was matched, the status of each finding, and what is gone."""
    return [
        (
            report["baseline"]["matched"],
            [(finding["rule"], finding["status"]) for finding in report["findings"]],
            [finding["rule"] for finding in report["baseline"]["gone"]],
        )
        for report in found["reports"]
    ]


# --- what is shown ------------------------------------------------------------------------------


def test_new_still_there_and_gone_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE + GROWTH)
    result("old.json", "a.txt")
    write("a.txt", RATE + "本单位依法履行职责。\n" + SUM)
    rate, total = (finding.fingerprint[:8] for finding in check("a.txt").findings)
    assert main(["check", "a.txt", "--baseline", "old.json", "--width", "80"]) == 1
    assert capsys.readouterr().out == (
        "── a.txt " + "─" * 71 + "\n"
        "数据 6 个，已核对 6 个（100%）\n"
        "\n"
        "错误 2 处\n"
        "\n"
        "  1 ［未改］比率与所列金额不符（rate-mismatch）\n"
        f"    第1行  编号 {rate}\n"
        "    培训经费预算60万元，支出52.05万元，执行率为86.57%。\n"
        "                ~~~~~~      ~~~~~~~~~          ^^^^^^\n"
        "    计算  52.05万元 ÷ 60万元 = 86.75%\n"
        "    结果  写为 86.57%　应为 86.75%　相差 -0.18个百分点\n"
        "    疑因  86.57%疑为数字颠倒，应为86.75%\n"
        "    建议  核对预算数、执行数与比率；如采用其他分母，请注明口径\n"
        "\n"
        "  2 ［新增］合计与分项之和不一致（total-mismatch）\n"
        f"    第3行  编号 {total}\n"
        "    公用经费合计30.10万元，由办公费12.30万元、印刷费18.80万元组成。\n"
        "                ^^^^^^^^^          ~~~~~~~~~        ~~~~~~~~~\n"
        "    计算  12.30万元 + 18.80万元 = 31.10万元\n"
        "    结果  写为 30.10万元　应为 31.10万元　相差 -1.00万元\n"
        "    疑因  30.10万元疑有一位数字写错，应为31.10万元\n"
        "    建议  核对各分项与合计，改正其中一处\n"
        "\n"
        "与上次结果对照（a.txt）：新增 1 处，未改 1 处，已改 1 处\n"
        "  ［已改］错误  增减幅度写为13.24%，按 318.46万人次 ÷ 276.30万人次 - 1 应为\n"
        "          15.26%，相差-2.02个百分点\n"
        "\n"
        "重新计算且一致：0 处\n"
        "\n"
        "共检查 1 份报告：错误 2 处。\n"
    )


def test_new_still_there_and_gone_as_json() -> None:
    write("a.txt", RATE + GROWTH)
    old = result("old.json", "a.txt")
    assert (old["baseline"], old["reports"][0]["baseline"]) == (None, None)
    assert [finding["status"] for finding in old["reports"][0]["findings"]] == [None, None]
    write("a.txt", RATE + SUM)
    found = result("new.json", "a.txt", "--baseline", "old.json")
    (report,) = found["reports"]
    rate, total = report["findings"]
    _, growth = old["reports"][0]["findings"]
    assert (rate["status"], total["status"]) == ("still", "new")
    assert report["baseline"] == {
        "path": "a.txt",
        "matched": "path",
        "new": [total["fingerprint"]],
        "still": [rate["fingerprint"]],
        "gone": [
            {
                "rule": "growth-mismatch",
                "severity": "error",
                "message": growth["message"],
                "fingerprint": growth["fingerprint"],
                "text": "13.24%",
                "context": GROWTH.strip(),
            }
        ],
    }
    assert found["baseline"] == {"file": "old.json", "same_tool": True, "not_checked": []}


def test_several_reports_are_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("a", RATE), ("b", GROWTH), ("c", SUM)):
        write(f"r/{name}.txt", text)
    result("old.json", "r")
    Path("r/c.txt").unlink()
    write("r/a.txt", RATE + SUM)
    write("r/b.txt", RIGHT)
    write("r/d.txt", SUM.replace("公用", "培训"))
    capsys.readouterr()
    assert main(["check", "r", "--baseline", "old.json", "--lang", "en"]) == 1
    shown = capsys.readouterr().out
    assert "Against the earlier result (r/a.txt): 1 new, 1 still there, 0 gone\n" in shown
    assert "Against the earlier result (r/b.txt): 0 new, 0 still there, 1 gone\n  [gone] error  增减幅度写为" in shown
    assert "\nThe earlier result does not hold this report: all findings count as new.\n" in shown
    assert shown.endswith(
        "All reports against the earlier result (old.json): 2 new, 1 still there, 1 gone\n"
        "Reports of the earlier result that were not checked now (1): r/c.txt\n"
        "Reports checked: 3; 3 × error.\n"
    )


def test_another_program_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE)
    old = result("old.json", "a.txt")
    old["tool"]["catalog"] = "0" * 64
    write("old.json", json.dumps(old))
    assert main(["check", "a.txt", "--baseline", "old.json"]) == 1
    assert "\n上次结果出自其他版本的程序、规则或方案，新增、已改的问题可能由此引起" in capsys.readouterr().out
    assert result("new.json", "a.txt", "--baseline", "old.json")["baseline"]["same_tool"] is False


# --- which findings are the same ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "status", "gone"),
    [(1, 2, ["still", "new"], 0), (2, 1, ["still"], 1), (2, 2, ["still", "still"], 0), (3, 0, [], 3)],
)
def test_findings_alike_are_paired_off_one_by_one(before: int, after: int, status: list[str], gone: int) -> None:
    write("a.txt", "\n支出\n".join([RATE] * before))
    assert len({finding.fingerprint for finding in check("a.txt").findings}) == 1
    result("old.json", "a.txt")
    write("a.txt", "\n支出\n".join([RATE] * after) or RIGHT)
    (report,) = result("new.json", "a.txt", "--baseline", "old.json")["reports"]
    assert [finding["status"] for finding in report["findings"]] == status
    assert [finding["rule"] for finding in report["baseline"]["gone"]] == ["rate-mismatch"] * gone


def test_what_was_accepted_since_is_still_there(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE + GROWTH)
    rate, _ = (finding.fingerprint for finding in check("a.txt").findings)
    result("old.json", "a.txt")
    main(["accept", "a.txt", "--finding", rate, "--reason", "r", "--author", "a", "--date", "2024-05-06"])
    (report,) = result("new.json", "a.txt", "--baseline", "old.json")["reports"]
    assert [entry["finding"]["status"] for entry in report["accepted"]] == ["still"]
    assert (len(report["baseline"]["still"]), report["baseline"]["new"], report["baseline"]["gone"]) == (2, [], [])
    capsys.readouterr()
    main(["check", "a.txt", "--baseline", "old.json", "-v"])
    shown = capsys.readouterr().out
    assert "\n    ［未改］第1行  培训经费执行率写为86.57%" in shown
    assert "\n与上次结果对照（a.txt）：新增 0 处，未改 2 处，已改 0 处（含已接受 1 处）\n" in shown


def test_what_was_accepted_then_is_still_there_without_the_decision() -> None:
    write("a.txt", RATE)
    (finding,) = check("a.txt").findings
    main(["accept", "a.txt", "--finding", finding.fingerprint, "--reason", "r", "--author", "a"])
    assert result("old.json", "a.txt")["reports"][0]["findings"] == []
    Path("a.txt.accepted.toml").unlink()
    found = result("new.json", "a.txt", "--baseline", "old.json")
    assert statuses(found) == [("path", [("rate-mismatch", "still")], [])]


def test_findings_of_rules_that_are_left_out_are_not_gone() -> None:
    write("a.txt", RATE + GROWTH)
    result("old.json", "a.txt")
    found = result("new.json", "a.txt", "--baseline", "old.json", "--select", "rate")
    assert statuses(found) == [("path", [("rate-mismatch", "still")], [])]


@pytest.mark.parametrize(
    ("text", "fail_on", "status"),
    [(RATE, "error", 1), (RATE, "never", 0), (RIGHT, "note", 0), (RIGHT + SUM, "error", 1)],
)
def test_the_exit_status_counts_all_findings_that_are_there(text: str, fail_on: str, status: int) -> None:
    write("a.txt", RATE)
    result("old.json", "a.txt")
    write("a.txt", text)
    assert main(["check", "a.txt", "--baseline", "old.json", "--fail-on", fail_on]) == status


# --- which reports are the same -------------------------------------------------------------------


def test_reports_are_matched_by_path_then_content_then_name() -> None:
    write("v1/a.txt", RATE)
    write("v1/b.txt", GROWTH)
    write("v1/c.txt", SUM)
    result("old.json", "v1")
    shutil.move("v1/b.txt", "v1/moved.txt")  # the same content elsewhere
    write("v2/c.txt", SUM + RATE)  # another content under the same name
    found = result("new.json", "v1/a.txt", "v1/moved.txt", "v2/c.txt", "--baseline", "old.json")
    assert statuses(found) == [
        ("path", [("rate-mismatch", "still")], []),
        ("sha256", [("growth-mismatch", "still")], []),
        ("name", [("total-mismatch", "still"), ("rate-mismatch", "new")], []),
    ]
    assert [report["baseline"]["path"] for report in found["reports"]] == ["v1/a.txt", "v1/b.txt", "v1/c.txt"]


def test_a_single_report_in_both_is_the_same() -> None:
    write("draft.txt", RATE)
    result("old.json", "draft.txt")
    write("final.txt", RATE + GROWTH)
    found = result("new.json", "final.txt", "--baseline", "old.json")
    assert statuses(found) == [("only", [("rate-mismatch", "still"), ("growth-mismatch", "new")], [])]


def test_names_that_several_reports_share_tell_nothing() -> None:
    for folder in ("x", "y"):
        write(f"v1/{folder}/a.txt", RATE)
        write(f"v2/{folder}/a.txt", RATE + GROWTH)
    result("old.json", "v1")
    found = result("new.json", "v2", "--baseline", "old.json")
    assert {matched for matched, _, _ in statuses(found)} == {"nothing"}
    assert [status for _, listed, _ in statuses(found) for _, status in listed] == ["new"] * 4
    assert found["baseline"]["not_checked"] == ["v1/x/a.txt", "v1/y/a.txt"]


def test_a_path_of_windows_is_matched_by_its_name() -> None:
    write("a.txt", RATE)
    write("b.txt", GROWTH)
    old = result("old.json", "a.txt", "b.txt")
    for report in old["reports"]:
        report |= {"path": f"C:\\报告\\{report['path']}", "sha256": "0" * 64}
    write("old.json", json.dumps(old))
    found = result("new.json", "a.txt", "b.txt", "--baseline", "old.json")
    assert statuses(found) == [
        ("name", [("rate-mismatch", "still")], []),
        ("name", [("growth-mismatch", "still")], []),
    ]


def test_a_result_of_before_there_were_decisions_can_be_compared() -> None:
    write("a.txt", RATE)
    old = result("old.json", "a.txt")
    del old["unused_decisions"], old["baseline"], old["reports"][0]["accepted"], old["reports"][0]["baseline"]
    for finding in old["reports"][0]["findings"]:
        del finding["status"]
    write("old.json", json.dumps(old))
    found = result("new.json", "a.txt", "--baseline", "old.json")
    assert statuses(found) == [("path", [("rate-mismatch", "still")], [])]


def test_the_baseline_may_be_replaced_by_the_new_result() -> None:
    write("a.txt", RATE)
    result("run.json", "a.txt")
    assert statuses(result("run.json", "a.txt", "--baseline", "run.json", "--overwrite")) == [
        ("path", [("rate-mismatch", "still")], [])
    ]


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "无法读取上次结果 old.json：No such file or directory"),
        ("", "old.json 不是 check --format json 写出的结果：Input data was truncated"),
        ("[]", "old.json 不是 check --format json 写出的结果：Expected `object`, got `array`"),
        ('{"schema": 2}', "old.json 不是 check --format json 写出的结果：Invalid enum value 2 - at `$.schema`"),
        ('{"schema": 1}', "old.json 不是 check --format json 写出的结果：Object missing required field `tool`"),
    ],
)
def test_what_is_no_earlier_result_is_refused(
    content: str | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.txt", RATE)
    if content is not None:
        write("old.json", content)
    assert main(["check", "a.txt", "--baseline", "old.json"]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", f"reportcheck：{said}\n")


def test_bytes_that_are_no_text_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE)
    Path("old.json").write_bytes('{"schema": 1, "tool": "规则'.encode("gbk") + b'"}')
    assert main(["check", "a.txt", "--baseline", "old.json"]) == 2
    assert capsys.readouterr().err.startswith("reportcheck：old.json 不是 check --format json 写出的结果：")
