"""``audit`` over a folder: what counts as a submission, failures, going on, decisions, and what the ledger shows."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from reportcheck.audit import run
from reportcheck.audit.inspect import inspect
from reportcheck.audit.pool import Done
from reportcheck.audit.run import check_files, plan
from reportcheck.audit.store import Ledger
from reportcheck.audit.submissions import submissions
from reportcheck.checker import Settings
from reportcheck.cli import main
from working import write

pytestmark = pytest.mark.usefixtures("here")

RATE = (
    "{unit}2022年度部门整体支出绩效自评报告\n一、预算执行情况\n培训经费预算60万元，支出52.05万元，执行率为{rate}%。\n"
)
WRONG = RATE.format(unit="甲山县水利局", rate="86.57")
RIGHT = RATE.format(unit="乙川县林业局", rate="86.75")


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pool has tests of its own: processes take seconds to start."""

    def engine(function: Any, items: Any) -> Any:
        return (Done(item, function(item)) for item in items)

    monkeypatch.setattr("reportcheck.audit.engines.local", lambda limits: engine)
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)


def zipped(path: str, members: dict[str, bytes], encoding: str = "utf-8") -> None:
    """An archive; in GBK its names do not say so, as in those made under Windows."""
    data = io.BytesIO()
    stand_ins = {name: f"{number:03}".ljust(len(name.encode(encoding)), "_") for number, name in enumerate(members)}
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            archive.writestr(name if encoding == "utf-8" else stand_ins[name], content)
    raw = data.getvalue()
    for name, stand_in in stand_ins.items():
        raw = raw.replace(stand_in.encode(), name.encode(encoding))
    Path(path).write_bytes(raw)


# --- submissions ------------------------------------------------------------------------------


def test_what_counts_as_a_submission() -> None:
    for name in (
        "a.txt",
        "单位/报告.txt",
        "单位/附件/表.xlsx",
        "2022/乙局/报告.txt",
        "2022/丙局/报告.txt",
        "单位/照片.jpg",
    ):
        write(f"in/{name}", RIGHT)
    for name in (".隐藏/a.txt", "~$a.txt", "reportcheck.xlsx", "a.txt.核对.html", "a.txt.accepted.toml"):
        write(f"in/{name}", "")
    zipped("in/丁局.zip", {"内/报告.txt": RIGHT.encode(), "__MACOSX/._报告.txt": b"", "照片.png": b""}, "gb18030")
    found = submissions(Path("in"))
    assert [(one.name, [member.name for member in one.members], one.others) for one in found] == [
        ("2022/丙局", ["2022/丙局/报告.txt"], ()),
        ("2022/乙局", ["2022/乙局/报告.txt"], ()),
        ("a.txt", ["a.txt"], ()),
        ("丁局.zip", ["丁局.zip/内/报告.txt"], ("丁局.zip/照片.png",)),
        ("单位", ["单位/报告.txt", "单位/附件/表.xlsx"], ("单位/照片.jpg",)),
    ]


def test_names_in_archives_lead_nowhere_else() -> None:
    Path("in").mkdir()
    members = {"../../逃.txt": RIGHT.encode(), "C:\\盘\\甲.txt": RIGHT.encode(), "/根.txt": RIGHT.encode()}
    zipped("in/a.zip", members)
    (found,) = submissions(Path("in"))
    assert [member.name for member in found.members] == ["a.zip/根.txt", "a.zip/盘/甲.txt", "a.zip/逃.txt"]
    assert main(["audit", "in", "--out", "out"]) == 0
    assert sorted(path.as_posix() for path in Path().rglob("*逃*")) == ["out/a.zip/逃.txt.核对.html"]


def test_archives_that_cannot_be_opened_are_failures() -> None:
    Path("in").mkdir()
    zipped("in/嵌套.zip", {"内.zip": b"PK", "报告.txt": RIGHT.encode()})
    Path("in/坏.zip").write_bytes(b"PK\x03\x04 nothing")
    assert main(["audit", "in"]) == 2
    with Ledger(Path("in/reportcheck.sqlite")) as ledger:
        told = [(each.name, each.code) for each in ledger.inspections()]
    assert told == [("坏.zip", "damaged"), ("嵌套.zip/内.zip", "nested-archive"), ("嵌套.zip/报告.txt", "")]


# --- going on ---------------------------------------------------------------------------------


def checked_by(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[str]:
    """The names of the files that a run checks."""
    names: list[str] = []

    def noting(task: Any) -> Any:
        names.append(task.member.name)
        return inspect(task)

    with monkeypatch.context() as patch:
        patch.setattr(run, "inspect", noting)
        main(["audit", "in", *arguments])
    return sorted(names)


def test_only_what_changed_is_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    write("in/a.txt", WRONG)
    write("in/b.txt", RIGHT)
    assert checked_by(monkeypatch) == ["a.txt", "b.txt"]
    assert checked_by(monkeypatch) == []
    write("in/b.txt", RIGHT + "\n")
    assert checked_by(monkeypatch) == ["b.txt"]
    assert checked_by(monkeypatch, "--ignore", "rate") == ["a.txt", "b.txt"]
    assert checked_by(monkeypatch, "--ignore", "rate", "--since", "2999-01-01") == []
    Path("in/a.txt").unlink()
    assert checked_by(monkeypatch, "--ignore", "rate") == []
    with Ledger(Path("in/reportcheck.sqlite")) as ledger:
        assert ledger.names() == ["b.txt"]


def test_pages_that_are_missing_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    write("in/a.txt", WRONG)
    ledger = ("--ledger", "l.sqlite")
    assert checked_by(monkeypatch, *ledger) == ["a.txt"]
    assert checked_by(monkeypatch, *ledger, "--out", "out") == ["a.txt"]
    assert checked_by(monkeypatch, *ledger, "--out", "out") == []
    assert "86.57%" in Path("out/a.txt.核对.html").read_text(encoding="utf-8")


def test_interrupted_it_goes_on_where_it_stopped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(6):
        write(f"in/{number}.txt", WRONG + f"{number}\n")

    def stopping(task: Any) -> Any:
        if task.member.name == "3.txt":
            raise KeyboardInterrupt
        return inspect(task)

    with monkeypatch.context() as patch:
        patch.setattr(run, "inspect", stopping)
        assert main(["audit", "in"]) == 130
    assert "已中断；已完成的结果保存在" in capsys.readouterr().err
    done = checked_by(monkeypatch)
    assert "3.txt" in done
    assert len(done) < 6
    assert content("in/reportcheck.sqlite") == whole("in")


@pytest.mark.parametrize("step", ["put", "put_across"])
def test_stopped_between_two_writes_it_does_both_again(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write("in/丙丘县教育局2022年度部门整体支出绩效自评报告.txt", RIGHT)

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, step, stopped)
        assert main(["audit", "in"]) == 130
    main(["audit", "in"])
    found = content("in/reportcheck.sqlite")
    assert [row[2] for row in found["across"]] == ["file-name-mismatch"]
    assert found == whole("in")


def content(path: str) -> dict[str, list[tuple[object, ...]]]:
    """All tables of a ledger but that of the runs."""
    connection = sqlite3.connect(path)
    tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    rows = {name: sorted(connection.execute(f"select * from {name}"), key=repr) for name in sorted(tables)}
    connection.close()
    rows.pop("runs")
    return rows


def whole(folder: str) -> dict[str, list[tuple[object, ...]]]:
    """The ledger of an audit in one go."""
    main(["audit", folder, "--ledger", "whole.sqlite"])
    return content("whole.sqlite")


def test_the_order_of_results_makes_no_difference() -> None:
    for number in range(5):
        write(f"in/{number}.txt", WRONG + f"{number}\n")
    for name in ("one.sqlite", "two.sqlite"):
        with Ledger(Path(name)) as ledger:
            course = plan(Path("in"), ledger, Settings())
            order = course.due if name == "one.sqlite" else course.due[::-1]
            engine: Any = lambda function, items, order=order: (Done(item, function(item)) for item in order)  # noqa: E731
            assert len(list(check_files(course, ledger, engine))) == 5
    assert content("one.sqlite") == content("two.sqlite")


# --- what is shown ----------------------------------------------------------------------------


def test_the_sum_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    write("in/a.txt", WRONG)
    write("in/b.txt", RIGHT)
    write("in/空.txt", "")
    assert main(["audit", "in", "--width", "80"]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split() == ["甲山县水利局", "a.txt", "1", "-", "-", "-", "3/3"]
    assert lines[3].split() == ["空.txt", "-", "-", "-", "1", "0/0"]
    assert lines[4] == "1 家未发现问题"
    assert lines[-1] == "共 3 家单位、3 个文件，未能检查 1 个；错误 1 处，警告 0 处，提示 0 处。"


def test_decisions_outlive_runs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write("in/a.txt", WRONG)
    assert main(["audit", "in"]) == 1
    with Ledger(Path("in/reportcheck.sqlite")) as ledger:
        ((found,),) = [each.findings for each in ledger.inspections()]
    decide = ["ledger", "decide", "in/reportcheck.sqlite", "--finding", found.fingerprint[:8], "--author", "张三"]
    assert main([*decide, "--as", "accepted"]) == 2
    assert main([*decide, "--as", "accepted", "--reason", "按调整后预算", "--date", "2024-05-06"]) == 0
    write("in/a.txt", WRONG + "又一段。\n")
    assert checked_by(monkeypatch) == ["a.txt"]
    assert main(["audit", "in"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("错误 0 处，警告 0 处，提示 0 处；已接受 1 处。")


def test_rules_across_files_are_chosen_like_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    write("in/丙丘县教育局2022年度部门整体支出绩效自评报告.txt", RIGHT)
    assert main(["audit", "in", "--fail-on", "warning"]) == 1
    assert "file-name-mismatch" in capsys.readouterr().out
    for left_out in ("file-name-mismatch", "name"):
        assert main(["audit", "in", "--fail-on", "warning", "--ignore", left_out]) == 0


def test_decisions_beside_a_report_hold_here_too() -> None:
    write("in/a.txt", WRONG)
    assert main(["audit", "in"]) == 1
    with Ledger(Path("in/reportcheck.sqlite")) as ledger:
        ((found,),) = [each.findings for each in ledger.inspections()]
    accept = ["accept", "in/a.txt", "--finding", found.fingerprint, "--reason", "口径", "--author", "李四"]
    assert main([*accept, "--date", "2024-05-06"]) == 0
    assert main(["audit", "in"]) == 0


def test_export_and_diff() -> None:
    write("in/a.txt", WRONG)
    main(["audit", "in", "--ledger", "one.sqlite"])
    write("in/a.txt", WRONG.replace("60万元", "61万元"))
    write("in/b.txt", RIGHT)
    main(["audit", "in", "--ledger", "two.sqlite"])
    assert main(["ledger", "export", "two.sqlite", "-o", "two.csv"]) == 0
    exported = pd.read_csv("two.csv")
    assert list(exported[["单位", "文件", "级别", "规则", "原文"]].itertuples(index=False, name=None)) == [
        ("甲山县水利局", "a.txt", "错误", "rate-mismatch", "86.57%")
    ]
    assert main(["ledger", "diff", "one.sqlite", "two.sqlite", "-o", "change.xlsx"]) == 0
    changed = pd.read_excel("change.xlsx")
    assert list(changed["变化"]) == ["新增", "已改"]
    assert main(["ledger", "export", "two.sqlite", "-o", "two.csv"]) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit", "none"], "none：找不到该文件或文件夹，请检查路径"),
        (["audit", ".", "--since", "昨天"], "--date 应为 2024-05-06 这样的日期，现为“昨天”"),
        (["ledger", "show", "none.sqlite"], "找不到审核台账 none.sqlite，请先用 audit 检查文件夹"),
        (["ledger", "diff", "a.sqlite"], "ledger diff 需要 2 个台账文件"),
        (["audit", ".", "--ledger", "a.txt"], "a.txt 不是审核台账，或已损坏：file is not a database"),
    ],
)
def test_what_is_refused(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", WRONG * 20)
    assert main(arguments) == 2
    assert capsys.readouterr().err == f"reportcheck：{said}\n"
