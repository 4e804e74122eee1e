"""Accepted findings through the command line: what ``accept`` writes, what ``check`` makes of it, what is refused."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportcheck import accepted
from reportcheck.checker import check
from reportcheck.cli import main
from reportcheck.errors import UsageError
from reportcheck.model import Decision, Finding
from working import write

pytestmark = pytest.mark.usefixtures("here")

RATE = "培训经费预算60万元，支出52.05万元，执行率为86.57%。\n"
GROWTH = "全年接待游客318.46万人次，较上年的276.30万人次增长13.24%。\n"


def findings(name: str) -> list[Finding]:
    return list(check(name).findings)


def accept(name: str, fingerprint: str, *more: str) -> int:
    said = ["--reason", "口径为调整后预算", "--author", "张三", "--date", "2024-05-06"]
    return main(["accept", name, "--finding", fingerprint, *said, *more])


def result(*arguments: str) -> dict[str, Any]:
    main(["check", *arguments, "--format", "json", "-o", "result.json"])
    loaded: dict[str, Any] = json.loads(Path("result.json").read_text(encoding="utf-8"))
    return loaded


def entry(fingerprint: str, **other: str) -> str:
    lines = {"reason": "已核对", "author": "甲", "date": "2024-05-06", **other}
    return "[[accepted]]\n" + "".join(
        f'{name} = "{text}"\n' for name, text in {"fingerprint": fingerprint, **lines}.items() if text
    )


# --- accept ------------------------------------------------------------------------------------


def test_accept_writes_beside_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE)
    (finding,) = findings("a.txt")
    assert accept("a.txt", finding.fingerprint[:6].upper()) == 0
    assert capsys.readouterr().out == (
        f"已接受 {finding.fingerprint[:8]}  培训经费执行率写为86.57%，按 52.05万元 ÷ 60万元 应为86.75%，"
        "相差-0.18个百分点\n已写入 a.txt.accepted.toml（1 条）\n"
    )
    assert Path("a.txt.accepted.toml").read_text(encoding="utf-8") == (
        "# reportcheck：经审核予以接受的问题。可直接编辑；程序只在末尾追加，不改动、不删除已有内容。\n"
        "# fingerprint、reason、author、date 必填，其余供阅读。再次检查时，编号相同的问题列入“已接受”。\n"
        "\n"
        "[[accepted]]\n"
        f'fingerprint = "{finding.fingerprint}"\n'
        'rule = "rate-mismatch"\n'
        'text = "86.57%"\n'
        'message = "培训经费执行率写为86.57%，按 52.05万元 ÷ 60万元 应为86.75%，相差-0.18个百分点"\n'
        'reason = "口径为调整后预算"\n'
        'author = "张三"\n'
        "date = 2024-05-06\n"
    )


def test_accept_adds_behind_what_is_there_byte_for_byte() -> None:
    write("a.txt", RATE + GROWTH)
    one, two = findings("a.txt")
    present = "\ufeff# 我的批注\r\n" + entry(one.fingerprint).replace("\n", "\r\n") + "# 完"
    file = Path("a.txt.accepted.toml")
    file.write_bytes(present.encode())
    assert accept("a.txt", f"{two.fingerprint}") == 0
    assert file.read_bytes().startswith(present.encode() + b"\n\n[[accepted]]\n")
    assert [decision.fingerprint for decision in accepted.read(file)] == [one.fingerprint, two.fingerprint]


def test_the_date_is_today_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime.date):
        @classmethod
        def today(cls) -> Clock:
            return cls(2031, 2, 3)

    monkeypatch.setattr("reportcheck.cli_review.datetime.date", Clock)
    write("a.txt", RATE)
    assert (
        main(["accept", "a.txt", "--finding", findings("a.txt")[0].fingerprint, "--reason", "x", "--author", "y"]) == 0
    )
    assert [decision.date for decision in accepted.read(Path("a.txt.accepted.toml"))] == ["2031-02-03"]


def test_what_is_decided_already_is_told_and_not_written_again(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE)
    (finding,) = findings("a.txt")
    write("reportcheck-accepted.toml", "\n" + entry(finding.fingerprint))
    assert accept("a.txt", finding.fingerprint) == 0
    assert capsys.readouterr().out == (
        f"此前已接受 {finding.fingerprint[:8]}  {finding.message}（reportcheck-accepted.toml 第2行），未重复写入\n"
    )
    assert not Path("a.txt.accepted.toml").exists()


def test_a_fingerprint_given_twice_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE)
    (finding,) = findings("a.txt")
    assert accept("a.txt", f"{finding.fingerprint}，{finding.fingerprint[:7]}", "--lang", "en") == 0
    assert capsys.readouterr().err == f"{finding.fingerprint[:8]} is given twice: written once\n"
    assert len(accepted.read(Path("a.txt.accepted.toml"))) == 1


def test_accepting_one_of_several_alike_accepts_all(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", f"一、培训\n{RATE}二、宣传\n{GROWTH}三、培训\n{RATE}")
    alike = [finding.fingerprint for finding in findings("a.txt") if finding.rule == "rate-mismatch"]
    assert len(alike) == 2
    assert len(set(alike)) == 1
    assert accept("a.txt", alike[0]) == 0
    assert "（内容相同的 2 处一并接受）\n" in capsys.readouterr().out
    (report,) = result("a.txt")["reports"]
    assert [finding["rule"] for finding in report["findings"]] == ["growth-mismatch"]
    assert [e["finding"]["spans"][0]["block"] for e in report["accepted"]] == ["p2", "p6"]
    capsys.readouterr()
    assert main(["check", "a.txt"]) == 1
    assert "已接受 2 处（不计入退出状态）\n    口径为调整后预算（张三，2024-05-06）　2 处\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--finding", "12345"], "“12345”不是问题编号：编号由 0-9、a-f 组成，至少写出前 6 位"),
        (["--finding", "FOUND,ID"], "“id”不是问题编号"),
        (["--finding", "FOUND,000000"], "报告中没有编号为 000000 的问题；有：\n  FULL  培训经费执行率写为86.57%"),
        (["--finding", "NEARLY"], "报告中没有编号为 NEARLY 的问题；是否指：\n  FULL  培训经费执行率写为86.57%"),
        (["--finding", "FOUND", "--reason", " "], "--reason 不能为空：请写明接受的理由"),
        (["--finding", "FOUND", "--author", ""], "--author 不能为空：请写明审核人"),
        (["--finding", "FOUND", "--date", "2024-02-30"], "--date 应为 2024-05-06 这样的日期，现为“2024-02-30”"),
        (["--finding", "FOUND", "--date", "20240506"], "--date 应为 2024-05-06 这样的日期"),
        (["--finding", "FOUND", "--profile", "x"], "没有名为“x”的方案"),
    ],
)
def test_what_accept_refuses(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE)
    full = findings("a.txt")[0].fingerprint
    nearly = full[:-1] + ("0" if full[-1] != "0" else "1")

    def filled(text: str) -> str:
        return text.replace("FOUND", full).replace("FULL", full).replace("NEARLY", nearly)

    given = ["--reason", "x", "--author", "y", "--date", "2024-05-06", *map(filled, arguments)]
    assert main(["accept", "a.txt", *given]) == 2
    assert capsys.readouterr().err.startswith("reportcheck：" + filled(said))
    assert not Path("a.txt.accepted.toml").exists()


def test_a_beginning_that_several_share_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = iter(f"{number:016x}" for number in range(100))
    monkeypatch.setattr("reportcheck.find.fingerprint", lambda *content: next(numbers))
    write("a.txt", RATE + GROWTH)
    assert accept("a.txt", "00000000") == 2
    error = capsys.readouterr().err
    assert error.startswith("reportcheck：编号 00000000 对应多个问题，请多写几位：\n  00000000000000")
    assert len(error.splitlines()) == 3


def test_accept_needs_a_report_that_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert accept("none.txt", "000000") == 2
    assert capsys.readouterr().err == "reportcheck：none.txt：找不到该文件或文件夹，请检查路径\n"


def test_a_report_without_findings(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE.replace("86.57", "86.75"))
    assert accept("a.txt", "000000") == 2
    assert capsys.readouterr().err == "reportcheck：报告中没有编号为 000000 的问题；本次检查未发现问题\n"


# --- check -------------------------------------------------------------------------------------


def test_an_accepted_finding_no_longer_counts(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE)
    (finding,) = findings("a.txt")
    accept("a.txt", finding.fingerprint)
    capsys.readouterr()
    assert main(["check", "a.txt", "--fail-on", "note"]) == 0
    assert capsys.readouterr().out == (
        "── a.txt " + "─" * 91 + "\n数据 3 个，已核对 3 个（100%）\n\n"
        "已接受 1 处（不计入退出状态）\n    口径为调整后预算（张三，2024-05-06）\n\n"
        "重新计算且一致：0 处\n\n共检查 1 份报告：问题均已接受（1 处）。\n"
    )
    assert main(["check", "a.txt", "-v", "--lang", "en"]) == 0
    assert capsys.readouterr().out.endswith(
        "\n1 × accepted (without effect on the exit status)\n"
        "    line 1  培训经费执行率 is stated as 86.57%, but 52.05万元 ÷ 60万元 = 86.75% (gap -0.18\n"
        f"    percentage points)  id {finding.fingerprint[:8]}\n"
        "        口径为调整后预算 (张三, 2024-05-06)\n"
        "\nRecomputed and consistent: 0\n\nReports checked: 1; all findings are accepted (1).\n"
    )
    found = result("a.txt")
    assert found["reports"][0]["summary"]["findings"] == {"error": 0, "warning": 0, "note": 0}
    assert found["reports"][0]["summary"]["accepted"] == 1
    assert found["reports"][0]["accepted"][0]["decision"] == {
        "fingerprint": finding.fingerprint,
        "reason": "口径为调整后预算",
        "author": "张三",
        "date": "2024-05-06",
        "rule": "rate-mismatch",
        "text": "86.57%",
        "message": finding.message,
        "file": "a.txt.accepted.toml",
        "row": 4,
    }
    assert found["unused_decisions"] == []


def test_accepted_findings_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE + GROWTH)
    one, _ = findings("a.txt")
    accept("a.txt", one.fingerprint)
    capsys.readouterr()
    assert main(["check", "a.txt", "-v", "--width", "120"]) == 1
    shown = capsys.readouterr().out
    assert (
        "\n已接受 1 处（不计入退出状态）\n"
        "    第1行  培训经费执行率写为86.57%，按 52.05万元 ÷ 60万元 应为86.75%，相差-0.18个百分点  "
        f"编号 {one.fingerprint[:8]}\n"
        "        口径为调整后预算（张三，2024-05-06）\n"
    ) in shown
    assert shown.endswith("共检查 1 份报告：错误 1 处；已接受 1 处。\n")


def test_reasons_are_folded_and_the_rest_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        f"{name}经费预算60万元，支出52.05万元，执行率为86.57%。\n" for name in ("培训", "会议", "印刷", "差旅", "宣传")
    ]
    write("a.txt", "".join(lines))
    entries = [entry(f.fingerprint, reason=f"理由{n}") for n, f in enumerate(findings("a.txt"))]
    assert len(entries) == 5
    write("a.txt.accepted.toml", "".join(entries))
    assert main(["check", "a.txt"]) == 0
    reasons = "".join(f"    理由{n}（甲，2024-05-06）\n" for n in range(3))
    assert f"\n已接受 5 处（不计入退出状态）\n{reasons}    另有 2 处，用 -v 全部列出\n" in capsys.readouterr().out


def test_unused_decisions_are_told_and_kept(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE)
    (finding,) = findings("a.txt")
    accept("a.txt", finding.fingerprint)
    before = Path("a.txt.accepted.toml").read_bytes()
    write("a.txt", RATE.replace("86.57", "86.75"))
    capsys.readouterr()
    assert main(["check", "a.txt", "--width", "80"]) == 0
    shown = capsys.readouterr().out
    assert shown[shown.index("── 未用到") :] == (
        "── 未用到的决定 1 条 " + "─" * 59 + "\n"
        "以下决定在本次检查的报告中没有对应的问题：或已改正，或有关文字、数据已变，或所属\n"
        "规则本次未用。原样保留，未作改动。\n"
        "a.txt.accepted.toml\n"
        "    第4行  培训经费执行率写为86.57%，按 52.05万元 ÷ 60万元 应为86.75%，相差-0.18\n"
        "           个百分点  口径为调整后预算（张三，2024-05-06）\n"
        "\n共检查 1 份报告：未发现问题。\n"
    )
    assert [(d["fingerprint"], d["row"]) for d in result("a.txt")["unused_decisions"]] == [(finding.fingerprint, 4)]
    assert Path("a.txt.accepted.toml").read_bytes() == before


def test_a_decision_on_a_rule_that_was_left_out_is_not_unused() -> None:
    write("a.txt", RATE + GROWTH)
    rate, _ = findings("a.txt")
    accept("a.txt", rate.fingerprint)
    assert rate.rule == "rate-mismatch"
    assert result("a.txt", "--ignore", "rate")["unused_decisions"] == []
    assert result("a.txt", "--select", "rate")["unused_decisions"] == []


def test_a_file_of_the_folder_holds_for_all_its_reports() -> None:
    for name in ("r/a.txt", "r/b.txt", "r/c/d.txt"):
        write(name, RATE)
    (finding,) = findings("r/a.txt")
    write("r/reportcheck-accepted.toml", entry(finding.fingerprint) + entry("0" * 16))
    write("r/b.txt.accepted.toml", entry(finding.fingerprint, reason="另有说明"))
    found = result("r")
    assert [[e["decision"]["reason"] for e in report["accepted"]] for report in found["reports"]] == [
        ["已核对"],
        ["另有说明"],
        [],
    ]
    assert [(d["file"], d["row"]) for d in found["unused_decisions"]] == [
        (os.path.join("r", "reportcheck-accepted.toml"), 6)
    ]


def test_files_of_decisions_are_no_files_that_were_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    write("r/a.txt", RATE)
    write("r/a.txt.accepted.toml", "")
    write("r/reportcheck-accepted.toml", "")
    assert main(["check", "r"]) == 1
    assert capsys.readouterr().out.endswith("共检查 1 份报告：错误 1 处。\n")


def test_a_file_that_is_given_takes_the_place_of_those_beside() -> None:
    write("a.txt", RATE + GROWTH)
    rate, growth = sorted(findings("a.txt"), key=lambda finding: finding.rule, reverse=True)
    accept("a.txt", rate.fingerprint)
    assert accept("a.txt", growth.fingerprint, "--accepted", "mine.toml") == 0
    (report,) = result("a.txt", "--accepted", "mine.toml")["reports"]
    assert [finding["rule"] for finding in report["findings"]] == ["rate-mismatch"]
    assert [e["finding"]["rule"] for e in report["accepted"]] == ["growth-mismatch"]


def test_decisions_outlive_edits_elsewhere_and_the_format() -> None:
    write("a.txt", f"一、培训\n{RATE}")
    (finding,) = findings("a.txt")
    from docx import Document

    document = Document()
    for text in ("单位概况", "本单位依法履行职责，接受社会监督。", "一、培训", RATE.strip()):
        document.add_paragraph(text)
    document.save("b.docx")
    assert [f.fingerprint for f in check("b.docx").findings] == [finding.fingerprint]


SAMPLES = Path(__file__).parents[1] / "samples" / "reports"
SAMPLE = "project-old-communities-2021"
FORMATS = (".docx", ".txt", ".pdf")


def test_a_sample_gives_the_same_fingerprints_in_each_format() -> None:
    found = [[finding.fingerprint for finding in check(SAMPLES / f"{SAMPLE}{suffix}").findings] for suffix in FORMATS]
    assert len(found[0]) > 3
    assert sorted(found[1]) == sorted(found[0])
    assert sorted(found[2]) == sorted(found[0])


def test_a_paragraph_inserted_anywhere_leaves_all_fingerprints() -> None:
    lines = (SAMPLES / f"{SAMPLE}.txt").read_text(encoding="utf-8").split("\n")
    before = [finding.fingerprint for finding in check(SAMPLES / f"{SAMPLE}.txt").findings]
    between = [n for n in range(1, len(lines)) if lines[n - 1].endswith("。") and lines[n].endswith("。")]
    assert len(between) > 5
    for number in between:
        edited = [*lines[:number], "本单位在门户网站开设专栏，接受社会监督。", *lines[number:]]
        write("a.txt", "\n".join(edited))
        assert [finding.fingerprint for finding in check("a.txt").findings] == before


# --- broken files -------------------------------------------------------------------------------

GOOD = entry("0" * 16)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            GOOD + "[[accepted]\n",
            "{file} 第6行有语法错误：Expected ']]' at the end of an array declaration\n",
        ),
        (GOOD + '[[accepted]]\nreason = "', "{file} 第7行有语法错误：Unterminated string\n"),
        (GOOD + entry("0" * 16, reason=""), "{file} 第6行的决定：没有写明 reason（理由）"),
        (GOOD + entry("0" * 16, reason="  "), "{file} 第6行的决定：没有写明 reason（理由）"),
        (GOOD + "\n" + entry("0" * 16, author=""), "{file} 第7行的决定：没有写明 author（审核人）"),
        (GOOD + entry("0" * 16, date=""), "{file} 第6行的决定：没有写明 date（日期），或不是 2024-05-06 这样的日期"),
        (GOOD + entry("0" * 16, date="2024-5-6"), "{file} 第6行的决定：没有写明 date（日期）"),
        (GOOD + entry(""), "{file} 第6行的决定：没有写明 fingerprint（问题编号）"),
        (GOOD + entry("0a1b2c3d"), "{file} 第6行的决定：fingerprint 应为 16 位编号（0-9、a-f），现为“0a1b2c3d”"),
        ("[[acepted]]\n", "{file} 中有不认识的“acepted”；每条决定应以 [[accepted]] 开头"),
        ("accepted = [{}]\n", "{file}：每条决定应以单独一行 [[accepted]] 开头"),
        ("[accepted]\n", "{file}：每条决定应以单独一行 [[accepted]] 开头"),
        ("accepted = 1\n", "{file}：每条决定应以单独一行 [[accepted]] 开头"),
    ],
)
@pytest.mark.parametrize("command", ["check", "accept"])
def test_a_broken_file_is_named_with_its_row(
    content: str, said: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.txt", RATE)
    file = write("a.txt.accepted.toml", content)
    status = main(["check", "a.txt"]) if command == "check" else accept("a.txt", findings("a.txt")[0].fingerprint)
    captured = capsys.readouterr()
    assert (status, captured.out) == (2, "")
    assert captured.err.startswith("reportcheck：" + said.format(file=file))
    assert file.read_text(encoding="utf-8") == content


def test_a_file_in_another_encoding(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE)
    Path("a.txt.accepted.toml").write_bytes("# x\n# 批注\n".encode("gbk"))
    assert main(["check", "a.txt"]) == 2
    assert capsys.readouterr().err == (
        "reportcheck：a.txt.accepted.toml 第2行：不是 UTF-8 编码，请用记事本等另存为 UTF-8\n"
    )


def test_a_given_file_that_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE)
    assert main(["check", "a.txt", "--accepted", "none.toml"]) == 2
    assert capsys.readouterr().err == "reportcheck：找不到存放审核决定的文件：none.toml\n"


@pytest.mark.parametrize("output", ["a.txt.accepted.toml", "reportcheck-accepted.toml", "mine.toml"])
def test_output_never_overwrites_decisions(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", RATE)
    file = write(output, GOOD)
    path = file.absolute()
    assert main(["check", "a.txt", "--accepted", "mine.toml", "-o", str(path)]) == 2
    assert capsys.readouterr().err == f"reportcheck：输出文件是存放审核决定的文件，为免覆盖，已停止：{path}\n"
    assert file.read_text(encoding="utf-8") == GOOD


# --- properties ---------------------------------------------------------------------------------

TEXTS = st.text(max_size=12).map(lambda text: f"x{text}x")
DECISIONS = st.builds(
    Decision,
    fingerprint=st.text("0123456789abcdef", min_size=16, max_size=16),
    reason=TEXTS,
    author=TEXTS,
    date=st.dates().map(datetime.date.isoformat),
    rule=st.sampled_from(["", "rate-mismatch"]),
    text=st.text(max_size=12),
    message=TEXTS,
)


@given(batches=st.lists(st.lists(DECISIONS, min_size=1, max_size=3), min_size=1, max_size=4), final=st.booleans())
def test_what_was_written_is_read_and_nothing_is_lost(batches: list[list[Decision]], final: bool) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "d.toml")
        written: list[Decision] = []
        content = b""
        for batch in batches:
            accepted.append(file, batch, "zh")
            written += batch
            assert file.read_bytes().startswith(content)
            if final:  # an editor that leaves out the last line break
                file.write_bytes(file.read_bytes().rstrip(b"\n"))
            content = file.read_bytes()
            kept = [(d.fingerprint, d.reason, d.author, d.date, d.rule, d.text, d.message) for d in accepted.read(file)]
            assert kept == [(d.fingerprint, d.reason, d.author, d.date, d.rule, d.text, d.message) for d in written]


NAMES = ("培训", "会议", "印刷", "差旅")


@settings(max_examples=40)
@given(steps=st.lists(st.sets(st.sampled_from(range(4)), min_size=1), min_size=1, max_size=4))
def test_accepting_and_checking_again_never_loses_a_decision(steps: list[set[int]]) -> None:
    """The reports change between the runs, so that some decisions are unused for a while."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        decided: dict[str, Decision] = {}
        for present in steps:
            lines = [f"{NAMES[n]}经费预算60万元，支出52.05万元，执行率为86.57%。\n" for n in sorted(present)]
            path.write_text("".join(lines), encoding="utf-8")
            report = check(path)
            assert len(report.findings) == len(present)
            first = report.findings[0].fingerprint
            assert main(["accept", str(path), "--finding", first, "--reason", "r", "--author", "a"]) == 0
            decided.setdefault(first, Decision(first, "r", "a", ""))
            (after,), unused = accepted.apply([report], accepted.read_all([path]), None, lambda rule: True)
            told = {entry.decision.fingerprint for entry in after.accepted} | {d.fingerprint for d in unused}
            assert told == set(decided)
            assert {f.fingerprint for f in report.findings} == {
                *(f.fingerprint for f in after.findings),
                *(entry.finding.fingerprint for entry in after.accepted),
            }


def test_nothing_is_written_that_could_not_be_read_back() -> None:
    file = write("d.toml", GOOD)
    with pytest.raises(UsageError, match="accepted-no-reason"):
        accepted.append(file, [Decision("0" * 16, "", "a", "2024-05-06")], "zh")
    assert file.read_text(encoding="utf-8") == GOOD
