"""What ``check`` writes and where: several forms at once, stable names, nothing overwritten unasked."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import docx
import lxml.etree
import pytest

from reportcheck import run
from reportcheck.cli import main
from reportcheck.defects import STRICT
from working import write

pytestmark = pytest.mark.usefixtures("here")

SAMPLES = Path(__file__).parents[1] / "samples" / "reports"
WRONG = "培训经费预算60万元，支出52.05万元，执行率为86.57%。\n"


def written(folder: str = ".") -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())


def test_several_forms_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", WRONG)
    assert main(["check", "a.txt", "--format", "json,text", "--out", "new/out"]) == 1
    assert written("new/out") == ["reportcheck.json", "reportcheck.txt"]
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [f"已写出 {Path('new/out/reportcheck')}{end}" for end in (".json", ".txt")]
    assert "应为 86.75%" in Path("new/out/reportcheck.txt").read_text(encoding="utf-8")
    assert json.loads(Path("new/out/reportcheck.json").read_text(encoding="utf-8"))["schema"] == 1


def test_the_form_follows_the_name_of_the_file() -> None:
    write("a.txt", WRONG)
    main(["check", "a.txt", "-o", "a.json"])
    main(["check", "a.txt", "-o", "a.other"])
    assert json.loads(Path("a.json").read_text(encoding="utf-8"))["schema"] == 1
    assert Path("a.other").read_text(encoding="utf-8").startswith("── a.txt")


def test_nothing_is_overwritten_unasked(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.txt", WRONG)
    write("out/reportcheck.json", "mine")
    write("out/reportcheck.txt", "mine")
    with monkeypatch.context() as patched:
        patched.setattr(run, "check", lambda *_: pytest.fail("nothing is to be checked"))
        assert main(["check", "a.txt", "--format", "json,text", "--out", "out"]) == 2
    assert capsys.readouterr().err == (
        f"reportcheck：{Path('out/reportcheck.json')} 已存在（共 2 个文件），"
        "为免覆盖，未作检查；确要覆盖请加 --overwrite\n"
    )
    assert Path("out/reportcheck.json").read_text(encoding="utf-8") == "mine"
    assert main(["check", "a.txt", "--format", "json,text", "--out", "out", "--overwrite"]) == 1
    assert Path("out/reportcheck.json").read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "json,text"], "多种格式或多份报告要写成多个文件，请用 --out 指定文件夹"),
        (["--format", "json,text", "-o", "x"], "多种格式或多份报告要写成多个文件，请用 --out 指定文件夹"),
        (["-o", "x", "--out", "y"], "-o（一个文件）与 --out（一个文件夹）只能用其一"),
        (["--format", "jsn"], "没有名为“jsn”的输出格式；是否指：json、jsonl？"),
        (["--format", "xlsx"], "xlsx 不能输出到屏幕，请用 -o 指定文件"),
        (["--format", "notice"], "notice 不能输出到屏幕，请用 -o 指定文件"),
        (["--out", "a.txt"], "a.txt 是文件，不是文件夹，请另指定文件夹"),
        (["--format", "text", "-o", "a.txt", "--overwrite"], "输出文件与待检查文件相同，已停止：a.txt"),
    ],
)
def test_what_is_refused(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", WRONG)
    assert main(["check", "a.txt", *arguments]) == 2
    assert capsys.readouterr().err == f"reportcheck：{said}\n"
    assert written() == ["a.txt"]


def test_reports_of_one_name_would_be_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    write("x/a.txt", WRONG)
    write("y/a.txt", WRONG + "又一行。\n")
    assert main(["check", "x/a.txt", "y/a.txt", "--format", "html", "--out", "out"]) == 2
    path = Path("out/a.txt.核对.html")
    assert capsys.readouterr().err == (
        f"reportcheck：{Path('x/a.txt')} 与 {Path('y/a.txt')} 会写到同一个文件 {path}，"
        "请分开检查，或检查其共同的上级文件夹\n"
    )


def test_what_was_written_is_no_report() -> None:
    write("a.txt", WRONG)
    write("b/a.txt", WRONG)
    names = [
        "a.txt.核对.html",
        "a.docx.批注.docx",
        "b/A.PDF.退回修改意见.docx",
        "reportcheck.xlsx",
        "a.txt.checked.html",
    ]
    for name in [*names, "我的核对.html", "a.核对.html"]:
        write(name, "<html>")
    planned = run.plan([Path(".")])
    assert planned.names == ("a.txt", "a.核对.html", str(Path("b/a.txt")), "我的核对.html")
    assert planned.passed_over == 0


def test_an_output_that_fails_keeps_none_of_the_others_back(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.txt", WRONG)
    replace = __import__("os").replace

    def locked(source: Path, target: Path) -> None:
        if target.suffix == ".json":
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr("reportcheck.cli_output.os.replace", locked)
    assert main(["check", "a.txt", "--format", "json,text", "--out", "out"]) == 2
    assert written("out") == ["reportcheck.txt"]
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"reportcheck：无法写入 {Path('out/reportcheck.json')}：Permission denied"
    )


def test_a_folder_keeps_its_shape() -> None:
    write("in/a.txt", WRONG)
    write("in/b/a.txt", WRONG)
    main(["check", "in", "--format", "json,text", "--out", "in"])
    assert written("in") == ["a.txt", "b/a.txt", "reportcheck.json", "reportcheck.txt"]
    assert main(["check", "in", "--format", "json", "--out", "in", "--overwrite"]) == 1
    found = json.loads(Path("in/reportcheck.json").read_text(encoding="utf-8"))
    assert [report["path"] for report in found["reports"]] == [str(Path("in/a.txt")), str(Path("in/b/a.txt"))]


def test_annotating_what_cannot_be_annotated(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", WRONG)
    assert main(["annotate", "a.txt"]) == 2
    said = "a.txt：只有 Word（docx）和 PDF 文件可以加批注，可改用 --format html"
    assert capsys.readouterr().err == f"{said}\n"
    assert main(["check", "a.txt", "--annotate", "out"]) == 1
    captured = capsys.readouterr()
    assert captured.err == f"{said}\n"
    assert captured.out.startswith("── a.txt")
    assert written() == ["a.txt"]


def test_a_template_that_was_edited(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.txt", WRONG)
    assert main(["template", "-o", "own.docx"]) == 0
    assert main(["template", "-o", "own.docx"]) == 2
    document = docx.Document("own.docx")
    document.paragraphs[0].insert_paragraph_before("某某市财政局绩效评价中心")
    document.save("own.docx")
    assert main(["check", "a.txt", "--format", "notice", "--template", "own.docx", "-o", "n.docx"]) == 1
    texts = [paragraph.text for paragraph in docx.Document("n.docx").paragraphs]
    assert texts[0] == "某某市财政局绩效评价中心"
    assert any("86.75%" in text for text in texts)
    capsys.readouterr()
    document.paragraphs[0].add_run("{{不存在的}}")
    document.save("own.docx")
    assert main(["check", "a.txt", "--format", "notice,json", "--template", "own.docx", "--out", "out"]) == 2
    assert written("out") == ["reportcheck.json"]
    assert "模板 own.docx 第1段：没有名为“不存在的”的字段或标记" in capsys.readouterr().err


# --- all forms ----------------------------------------------------------------------------------

FORMS = "text,json,jsonl,csv,markdown,sarif,xlsx,html,notice"


def test_all_forms_of_a_run_twice_the_same() -> None:
    for suffix in ("docx", "pdf"):
        shutil.copy(SAMPLES / f"county-culture-tourism-2022.{suffix}", f"a.{suffix}")
    before = {path: Path(path).read_bytes() for path in ("a.docx", "a.pdf")}
    for out in ("one", "two"):
        arguments = ["check", "a.docx", "a.pdf", "--format", FORMS, "--out", out, "--annotate", out]
        assert main(arguments) == 1
    names = written("one")
    assert names == [
        *("a.docx.批注.docx", "a.docx.核对.html", "a.docx.退回修改意见.docx"),
        *("a.pdf.批注.pdf", "a.pdf.核对.html", "a.pdf.退回修改意见.docx"),
        *(f"reportcheck.{suffix}" for suffix in ("csv", "json", "jsonl", "md", "sarif", "txt", "xlsx")),
    ]
    assert [name for name in names if Path("one", name).read_bytes() != Path("two", name).read_bytes()] == []
    assert {path: Path(path).read_bytes() for path in before} == before


def test_an_annotated_copy_holds_every_finding(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(SAMPLES / "county-culture-tourism-2022.docx", "a.docx")
    assert main(["check", "a.docx", "-o", "a.json"]) == 1
    assert main(["annotate", "a.docx"]) == 0
    assert capsys.readouterr().err == "已写出 a.docx.批注.docx\n"
    assert main(["annotate", "a.docx"]) == 2
    (report,) = json.loads(Path("a.json").read_text(encoding="utf-8"))["reports"]
    with zipfile.ZipFile("a.docx.批注.docx") as archive:
        comments = lxml.etree.fromstring(archive.read("word/comments.xml"))
    texts = ["".join(comment.itertext()) for comment in comments]
    assert texts[0].startswith("核对概要错误 7 处，警告 2 处")
    assert report["sha256"] in texts[0]
    found = {finding["fingerprint"][:8]: finding["computed"] for finding in report["findings"]}
    assert sorted(text.rsplit("编号 ", 1)[1] for text in texts[1:]) == sorted(found)
    assert [text for text in texts[1:] if (found[text[-8:]] or "") not in text] == []


def test_a_form_that_cannot_be_drawn_keeps_none_of_the_others_back(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> bytes:
        raise ZeroDivisionError("struck")

    write("a.txt", WRONG)
    monkeypatch.setattr("reportcheck.render.json.report_to_dict", failing)
    with pytest.raises(ZeroDivisionError):
        main(["check", "a.txt", "--format", "json,text", "--out", "strict"])
    monkeypatch.delenv(STRICT)
    assert main(["check", "a.txt", "--format", "json,text", "--out", "out"]) == 2
    assert written("out") == ["reportcheck.txt"]
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith(
        f"reportcheck：生成 {Path('out/reportcheck.json')} 时程序内部出错（ZeroDivisionError: struck"
    )


@pytest.mark.parametrize("command", ["figures", "claims"])
def test_tables_tell_what_is_not_in_them(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(STRICT)
    Path("a.txt").write_bytes(WRONG.encode("gb18030"))
    monkeypatch.setattr("reportcheck.rules.shares.propose", lambda passages: 1 // 0)
    assert main([command, "a.txt", "--format", "csv"]) == 0
    shown = capsys.readouterr()
    assert "86.57%" in shown.out
    guessed, defect = shown.err.splitlines()
    assert guessed == "注意  文件未注明编码，按 gb18030 读取"
    assert defect.startswith("注意  shares 类核对中途程序出错，该类核对未做完，其余不受影响")
