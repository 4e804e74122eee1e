"""The command line: exit status, options, files and failures, tables, and what it loads."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import openpyxl
import pytest

from heavy import HEAVY
from reportcheck import __version__, catalog, cli, run
from reportcheck.catalog import Language
from reportcheck.checker import Settings, check
from reportcheck.cli import main
from reportcheck.errors import CatalogError, ReadError
from reportcheck.model import Failure, Report
from working import write

pytestmark = pytest.mark.usefixtures("here")

WRONG = "培训经费预算60万元，支出52.05万元，执行率为86.57%。\n"
RIGHT = "培训经费预算60万元，支出52.05万元，执行率为86.75%。\n"


@pytest.fixture(autouse=True)
def nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    """No progress is drawn."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)


# --- start ----------------------------------------------------------------------------------


def loaded_by(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "reportcheck", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    return {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("check", "--help")])
def test_start_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded_by(*arguments) & HEAVY == set()


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"reportcheck {__version__}\n"


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("用法：reportcheck [-h]")


@pytest.mark.parametrize(("language", "start"), [("zh", "用法：reportcheck check"), ("en", "usage: reportcheck check")])
def test_help_is_in_the_language(language: str, start: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--lang", language, "--help"])
    assert capsys.readouterr().out.startswith(start)


# --- exit status ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "arguments", "status"),
    [
        (WRONG, [], 1),
        (WRONG, ["--fail-on", "note"], 1),
        (WRONG, ["--fail-on", "never"], 0),
        (WRONG, ["--format", "json"], 1),
        (RIGHT, [], 0),
        ("", [], 2),
        ("", ["--fail-on", "never"], 2),
    ],
)
def test_exit_status(text: str, arguments: list[str], status: int) -> None:
    write("a.txt", text)
    assert main(["check", "a.txt", *arguments]) == status


@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("warning", 1), ("note", 1), ("never", 0)])
def test_fail_on_counts_what_is_as_grave(fail_on: str, status: int) -> None:
    from reportcheck.model import Document, Finding

    warning = Finding("rate-mismatch", "warning", "", (), "")
    report = Report(Document("a", "txt", ()), "", "", None, (), (), (warning,))
    assert cli._status([report], fail_on) == status


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check"], "参数有误：the following arguments are required: PATH"),
        (["check", "a.txt", "--fail-on", "x"], "参数有误：argument --fail-on: invalid choice: 'x'"),
        (["check", "a.txt", "--select", "rate-mismach"], "没有名为“rate-mismach”的规则或规则族；是否指：rate-mismatch"),
        (["check", "a.txt", "--ignore", "rate，zzz"], "没有名为“zzz”的规则或规则族；可用："),
        (["check", "a.txt", "--profile", "defalt"], "没有名为“defalt”的方案；是否指：default？"),
        (["check", "a.txt", "--patterns", "none"], "规则文件夹不存在：none"),
        (["check", "a.txt", "-o", "no/such.txt"], "输出位置不存在：no"),
        (["check", "a.txt", "-o", "."], "输出位置是文件夹，请指定文件名：."),
        (["check", "a.txt", "-o", "a.txt"], "输出文件与待检查文件相同，已停止：a.txt"),
        (["figures", "a.txt", "--format", "xlsx"], "xlsx 不能输出到屏幕，请用 -o 指定文件"),
        (["claims", "none.txt"], "none.txt：找不到该文件或文件夹，请检查路径"),
        (["explain", "total"], "没有名为“total”的规则或规则族；是否指："),
        (["check", "--lang", "en", "a.txt", "-o", "."], "the output is a folder: name a file: ."),
    ],
)
def test_wrong_options(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", WRONG)
    assert main(arguments) == 2
    captured = capsys.readouterr()
    prefix = "reportcheck: " if "en" in arguments else "reportcheck："
    assert captured.err.startswith(prefix + message)
    assert captured.out == ""
    assert Path("a.txt").read_text(encoding="utf-8") == WRONG


def test_a_broken_pattern_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", WRONG)
    write("own/units.toml", "x = [")
    assert main(["check", "a.txt", "--patterns", "own"]) == 2
    assert capsys.readouterr().err.startswith("reportcheck：规则文件有语法错误：own/units.toml：")


# --- which files --------------------------------------------------------------------------------


def test_folders_are_walked_in_order() -> None:
    for name in (
        "b/z.txt",
        "b/a.docx",
        "a.pdf",
        "a.doc",
        "~$a.docx",
        ".hidden.txt",
        ".git/c.txt",
        "b/image.jpg",
        "c.md",
    ):
        write(name, "x")
    Path("empty").mkdir()
    planned = run.plan([Path("."), Path("b"), Path("b/image.jpg"), Path("none.txt"), Path("empty")])
    names = [path.as_posix() for path in planned.files]
    assert names == ["a.doc", "a.pdf", "b/a.docx", "b/z.txt", "c.md", "b/image.jpg", "none.txt"]
    assert planned.failures == (
        Failure(
            "empty", "no-candidates", "文件夹中没有可检查的报告（.docx、.pdf、.html、.xlsx、.xls、.et、.txt、.md）"
        ),
    )
    assert planned.passed_over == 1 + 1


def test_each_failure_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    write("r/a.txt", WRONG)
    Path("r/b.docx").write_bytes(b"PK\x03\x04junk")
    Path("r/c.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + b"\0\0")
    write("r/d.txt", "")
    assert main(["check", "r"]) == 2
    shown = capsys.readouterr().out
    assert "错误 1 处" in shown
    assert "r/b.docx\n    文件已损坏，请用 Word/WPS 或 PDF 阅读器打开后另存，再重试" in shown
    assert "r/c.doc\n    旧版 .doc/.wps 格式，请在 Word/WPS 中另存为 .docx 后重试" in shown
    assert "r/d.txt\n    文件为空，请确认是否保存或传输完整" in shown
    assert shown.endswith("共检查 1 份报告：错误 1 处；3 份未能检查。\n")


@pytest.mark.parametrize(
    ("code", "facts", "start"),
    [
        ("scan", {"pages": 12}, "扫描件（共 12 页），没有可读文字；请先做文字识别（OCR）"),
        ("scan", {}, "扫描件（共 ? 页），"),
        ("garbled", {"share": 0.314}, "文字无法还原（乱码约占 31%），请用原始 Word 文件"),
        ("too-large", {"bytes": (299 << 20) + 1, "limit": 200 << 20}, "文件过大（300 MB，上限 200 MB），请拆分"),
        ("too-large", {"size": 6000, "most": 5000}, "文件过大（6000 页，上限 5000 页），请拆分"),
        ("unsupported", {"found": "ofd"}, "OFD 版式文件，请用 OFD 阅读器导出为文字版 PDF 后重试"),
        ("unsupported", {"found": "xml"}, "不支持的文件格式（xml），请另存为 .docx"),
        ("damaged", {"detail": "no body"}, "文件已损坏，请用 Word/WPS 或 PDF 阅读器打开后另存，再重试（no body）"),
        ("encrypted", {}, "文件已加密，请用密码打开，另存为不加密的文件后重试"),
        ("never-heard-of", {}, "无法检查（never-heard-of）"),
    ],
)
def test_failure_texts(code: str, facts: dict[str, object], start: str) -> None:
    assert run.failure_text(code, facts, "zh").startswith(start)


def test_every_code_of_the_readers_has_a_text_in_both_languages() -> None:
    source = Path(run.__file__).parent
    read = "\n".join(path.read_text(encoding="utf-8") for path in sorted((source / "read").glob("*.py")))
    errors = set(re.findall(r'ReadError\(\s*"([a-z-]+)"', read))
    notices = set(re.findall(r'Notice\(\s*"([a-z-]+)"', read))
    assert {"encrypted", "damaged", "empty"} <= errors
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        texts = catalog.messages(language)
        assert errors - set(texts["failure"]) == set()
        assert notices - set(texts["notice"]) == set()


def test_the_languages_have_the_same_texts() -> None:
    def shape(node: object, path: str = "") -> set[tuple[str, str]]:
        if isinstance(node, dict):
            return {leaf for key, value in node.items() for leaf in shape(value, f"{path}.{key}")}
        return {(path, " ".join(sorted(re.findall(r"{(\w+)}", str(node)))))}

    folder = catalog.patterns_directory()
    zh, en = (tomllib.loads((folder / f"messages.{x}.toml").read_text(encoding="utf-8")) for x in ("zh", "en"))
    assert shape(zh) ^ shape(en) == set()


def test_an_unexpected_error_in_one_file_spares_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write("r/a.txt", RIGHT)
    write("r/b.txt", WRONG)

    def failing(path: Path, settings: Settings) -> Report:
        if path.name == "a.txt":
            raise RuntimeError("broken\n pipe")
        return check(path, settings)

    monkeypatch.setattr(run, "check", failing)
    assert main(["check", "r", "--width", "200"]) == 2
    shown = capsys.readouterr().out
    assert "程序内部错误（RuntimeError: broken pipe, run.py:" in shown
    assert "其余文件不受影响；请将此信息反馈给我们，以便改正" in shown
    assert "共检查 1 份报告：错误 1 处；1 份未能检查。" in shown


def test_a_fault_in_the_patterns_stops_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(path: Path, settings: Settings) -> Report:
        raise CatalogError("formula-broken", formula="a +")

    write("a.txt", RIGHT)
    monkeypatch.setattr(run, "check", failing)
    assert main(["check", "a.txt"]) == 2
    assert capsys.readouterr().err == "reportcheck：规则中的公式有误：a +\n"


def test_interrupted_runs_show_what_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(f"r/{name}", WRONG)

    def interrupted(path: Path, settings: Settings) -> Report:
        if path.name == "b.txt":
            raise KeyboardInterrupt
        return check(path, settings)

    monkeypatch.setattr(run, "check", interrupted)
    assert main(["check", "r"]) == 130
    captured = capsys.readouterr()
    assert captured.err == "已中断：以下为已完成部分（1/3）\n"
    assert captured.out.endswith("共检查 1 份报告：错误 1 处。\n")


def test_read_errors_become_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(path: Path, settings: Settings) -> Report:
        raise ReadError("encrypted")

    monkeypatch.setattr(run, "check", failing)
    assert list(run.run([Path("a.pdf")], Settings(language="en"))) == [
        Failure("a.pdf", "encrypted", "the file is encrypted: open it with its password and save it without one")
    ]


# --- output -------------------------------------------------------------------------------------


def test_a_report_in_a_file_is_the_one_on_the_screen_with_a_footer(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", WRONG)
    assert main(["check", "a.txt"]) == 1
    shown = capsys.readouterr().out
    assert main(["check", "a.txt", "-o", "out.txt"]) == 1
    assert capsys.readouterr().out == ""
    text = Path("out.txt").read_text(encoding="utf-8")
    digest = hashlib.sha256(Path("a.txt").read_bytes()).hexdigest()
    assert text == (
        f"{shown}\nreportcheck {__version__}；规则库 SHA-256 {catalog.fingerprint()}；方案 default\n"
        f"报告 a.txt  SHA-256 {digest}\n"
    )
    assert "写为 86.57%　应为 86.75%　相差 -0.18个百分点" in shown


def test_the_same_input_gives_the_same_bytes() -> None:
    write("a.txt", WRONG)
    for name in ("one", "two"):
        main(["check", "a.txt", "--format", "json", "-o", f"{name}.json"])
        main(["claims", "a.txt", "--format", "xlsx", "-o", f"{name}.xlsx"])
    assert Path("one.json").read_bytes() == Path("two.json").read_bytes()
    assert Path("one.xlsx").read_bytes() == Path("two.xlsx").read_bytes()


def run_program(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "reportcheck", *arguments],
        capture_output=True,
        env={**os.environ, **variables},
        check=False,
    )


def test_a_gbk_console_shows_what_it_can() -> None:
    write("a.txt", "面积3㎡，" + WRONG)
    done = run_program("check", "a.txt", PYTHONIOENCODING="gbk")
    assert done.returncode == 1
    assert "写为 86.57%　应为 86.75%" in done.stdout.decode("gbk")
    assert done.stderr == b""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_name_that_is_no_text() -> None:
    name = os.fsdecode("报告".encode("gbk") + b".txt")
    write(name, WRONG)
    for form in ("text", "json"):
        assert main(["check", ".", "--format", form]) == 1
        assert main(["check", name, "--format", form, "-o", "out", "--overwrite"]) == 1
        assert "86.75%" in Path("out").read_text(encoding="utf-8")
    assert main(["check", f"no{name}"]) == 2


def test_json_is_utf8_whatever_the_console() -> None:
    write("a.txt", WRONG)
    done = run_program("check", "a.txt", "--format", "json", PYTHONIOENCODING="gbk")
    assert "比率" in done.stdout.decode("utf-8") or "执行率" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_leaves_is_no_error(form: str) -> None:
    write("a.txt", WRONG * 300)
    program = subprocess.Popen(
        [sys.executable, "-m", "reportcheck", "check", "a.txt", "--format", form],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.close()
    error = program.stderr.read()
    program.stderr.close()
    assert (program.wait(), error) == (1, b"")


# --- tables -------------------------------------------------------------------------------------


def test_figures_as_csv() -> None:
    write("a.txt", "一、经费情况\n" + WRONG)
    assert main(["figures", "a.txt", "--format", "csv", "-o", "out.csv"]) == 0
    raw = Path("out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert rows[0] == ["原文", "数值", "单位", "指标", "含义", "位置", "所在标题", "核对规则"]
    assert [row[:3] + row[5:] for row in rows[1:]] == [
        ["60万元", "60", "万元", "第2行", "经费情况", "比率"],
        ["52.05万元", "52.05", "万元", "第2行", "经费情况", "比率"],
        ["86.57%", "86.57", "%", "第2行", "经费情况", "比率"],
    ]


def test_claims_as_csv(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", WRONG)
    assert main(["claims", "a.txt", "--format", "csv", "--lang", "en"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert rows == [
        {
            "rule": "rate-mismatch",
            "verdict": "inconsistent",
            "basis": "wording",
            "stated": "86.57%",
            "formula": "52.05万元 ÷ 60万元",
            "computed": "86.75%",
            "gap": "-0.18",
            "gap unit": "percentage points",
            "place": "line 1",
            "reason": "",
            "sentence": WRONG.strip(),
        }
    ]


def test_a_text_is_never_a_formula() -> None:
    import pandas as pd

    from reportcheck.render import figures

    texts = ["=1+1", "+cmd", "-3.5万元", "@x", "-3.5", "86%", "http://a.b"]
    frame = pd.DataFrame({"指标": texts})
    shown = figures.csv_text(frame).splitlines()[1:]
    assert shown == ["'=1+1", "'+cmd", "'-3.5万元", "'@x", "-3.5", "86%", "http://a.b"]
    Path("out.xlsx").write_bytes(figures.xlsx_bytes(frame, "表"))
    sheet = openpyxl.load_workbook("out.xlsx").active
    assert sheet is not None
    cells = [sheet.cell(row, 1) for row in range(2, 9)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in texts]
    assert b"<f>" not in zipfile.ZipFile("out.xlsx").read("xl/worksheets/sheet1.xml")


def test_claims_as_a_workbook() -> None:
    write("a.txt", WRONG)
    assert main(["claims", "a.txt", "--format", "xlsx", "-o", "out.xlsx"]) == 0
    sheet = openpyxl.load_workbook("out.xlsx")["复算"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][:4] == ("rate-mismatch", "不一致", "文字表述", "86.57%")
    assert rows[1][4:8] == ("52.05万元 ÷ 60万元", "86.75%", -0.18, "个百分点")


def test_a_table_on_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", WRONG)
    assert main(["figures", "a.txt", "--width", "120"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[4][:3] == ["52.05万元", "52.05", "万元"]


def test_an_empty_table() -> None:
    write("a.txt", "没有数据。")
    for form in ("csv", "xlsx", "table"):
        assert main(["claims", "a.txt", "--format", form, "-o", f"out.{form}"]) == 0
    assert Path("out.csv").read_text(encoding="utf-8-sig").startswith("规则,结论")


# --- rules --------------------------------------------------------------------------------------


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--width", "120"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[3:-1]] == list(catalog.rules())
    rate = next(line.split() for line in lines if "rate-mismatch" in line)
    assert rate == ["rate-mismatch", "比率", "rate", "错误", "正式", "比率与所列金额不符"]


def test_a_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "rate-mismatch"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("# 比率与所列金额不符")
    assert lines[2] == "类别 比率　级别 错误　状态 正式"
    assert len(lines) > 10
    assert main(["explain", "rate-mismatch", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "# Rate does not follow from its figures (rate-mismatch)"
    assert lines[2] == "Family rates, severity error, status stable"


def test_every_family_and_status_of_the_catalogue_has_a_name() -> None:
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        texts = catalog.messages(language)
        assert {rule.family for rule in catalog.rules().values()} - set(texts["family"]) == set()
        assert {rule.status for rule in catalog.rules().values()} - set(texts["status"]) == set()
