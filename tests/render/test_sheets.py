"""The workbook of a run, read back: the sheets say what the JSON says, and the numbers lead to their rows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from reportcheck import __version__
from reportcheck.baseline import Baseline
from reportcheck.catalog import Language, built_in, fingerprint, messages, rules
from reportcheck.checker import Settings, check_text
from reportcheck.ledger import ledger
from reportcheck.model import Accepted, Comparison, Decision, Earlier, Failure, Notice, Report
from reportcheck.render import spreadsheet
from reportcheck.render.json import document_to_dict
from reportcheck.render.workbook import draw
from reportcheck.result import Result, Source

Row = Mapping[str, Any]

TEXT = """甲县乙局2023年度部门整体支出绩效自评报告
一、资金使用情况
培训经费预算60万元，支出52.05万元，执行率为86.57%。
全年支出合计100万元，其中：办公费30万元，差旅费70万元。
公务接待预算5万元，实际支出6.30万元，支出控制在预算内，慰问XX户。
信访件120件，已办结110件，其中：网上件50件，来访件40件。
| 编码 | 科目 | 金额（万元） | 备注 |
| 201 | =办公费 | 30.00 | |
| 202 | +差旅费 | 70.00 | 外出 |
| 合计 | < | 101.00 | @ |
"""
OTHER = "一、概况\n公用经费合计31.11万元，由办公费12.30万元、印刷费18.80万元组成。\n投入约12.5亿元。\n"
DECISION = Decision("0" * 16, "口径为调整后预算", "张三", "2024-05-06", file="a.txt.accepted.toml", row=4)
GONE = Earlier("total-mismatch", "warning", "合计写为3元，应为4元", "f" * 16, "3元", "共3元。")


def report(text: str, path: str, settings: Settings) -> Report:
    checked = check_text(text, settings)
    return replace(checked, document=replace(checked.document, path=path))


def run(settings: Settings) -> Result:
    """A run with everything in it: an accepted finding, findings new, still there and gone, a notice, a failure, an
    unused decision, an earlier run."""
    one, two = report(TEXT, "甲/a.txt", settings), report(OTHER, "b=1.txt", settings)
    first, *others = (replace(finding, status="still") for finding in one.findings)
    findings = (*others[:-1], replace(others[-1], status="new"))
    accepted = (Accepted(first, replace(DECISION, fingerprint=first.fingerprint)),)
    notices = (Notice("encoding-guessed", {"encoding": "gb18030"}),)
    one = replace(
        one,
        document=replace(one.document, notices=notices),
        findings=findings,
        accepted=accepted,
        comparison=Comparison("甲/old.txt", "name", (GONE,)),
    )
    return Result(
        reports=[one, replace(two, comparison=Comparison("", "nothing"))],
        failures=[Failure("坏.docx", "damaged", "文件已损坏")],
        settings=settings,
        passed_over=2,
        unused=[replace(DECISION, message="合计不符")],
        baseline=Baseline("old.json", False, ("丙.txt",)),
        sources=[Source("old.json", "baseline", "c" * 64)],
    )


@pytest.fixture(scope="module")
def result() -> Result:
    return run(Settings())


@pytest.fixture(scope="module")
def data(result: Result) -> bytes:
    return draw(result)


@pytest.fixture(scope="module")
def book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def told(result: Result) -> Any:
    """The same run as JSON."""
    return document_to_dict(result)


def table(sheet: Any) -> list[Row]:
    """The rows below the head, by the labels of the columns."""
    first, last = (int(number) for number in re.findall(r"\d+", sheet.auto_filter.ref))
    head, *rows = sheet.iter_rows(min_row=first, max_row=last, values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def column(sheet: Any, label: str) -> list[Any]:
    """The cells of a column below the head."""
    first, last = (int(number) for number in re.findall(r"\d+", sheet.auto_filter.ref))
    (index,) = (cell.column for cell in sheet[first] if cell.value == label)
    return [sheet.cell(row, index) for row in range(first + 1, last + 1)]


def lines(sheet: Any) -> list[str]:
    """What stands in the first column."""
    return [str(row[0]) for row in sheet.iter_rows(max_col=1, values_only=True) if row[0] is not None]


# --- what the sheets say ------------------------------------------------------------------------------


def test_the_sheets(book: Any) -> None:
    names = ["概要", "问题清单", "复算一致", "未作判定", "数据", "按规则汇总", "已接受", "与上次对照"]
    assert book.sheetnames == names
    assert book.active.title == "概要"


def test_the_findings_are_those_of_the_json_in_their_order(book: Any, told: Any) -> None:
    found = [
        (name, number, finding)
        for report, name in zip(told["reports"], ("a.txt", "b=1.txt"), strict=True)
        for number, finding in enumerate(report["findings"], 1)
    ]
    assert len(found) == 4
    severities = {"error": "错误", "warning": "警告", "note": "提示"}
    marks = {"new": "［新增］", "still": "［未改］", None: None}
    assert [
        (r["报告"], r["序号"], r["级别"], r["与上次比"], r["问题"], r["规则"], r["编号"])
        for r in table(book["问题清单"])
    ] == [
        (
            name,
            number,
            severities[f["severity"]],
            marks[f["status"]],
            rules()[f["rule"]].text("title", "zh"),
            f["rule"],
            f["fingerprint"][:8],
        )
        for name, number, f in found
    ]
    figures = [(r["报告原文"], r["所在句子或表格行"], r["写为"], r["相差"], r["建议"]) for r in table(book["问题清单"])]
    assert figures == [
        (f["spans"][0]["text"], f["spans"][0]["context"], f["stated"], f["gap"], f["advice"]) for _, _, f in found
    ]


def test_a_finding_in_its_row(book: Any) -> None:
    (row,) = (row for row in table(book["问题清单"]) if row["写为"] == "101.00")
    del row["编号"]
    assert row == {
        "序号": 3,
        "报告": "a.txt",
        "级别": "警告",
        "与上次比": "［新增］",
        "问题": "合计与分项之和不一致",
        "位置": "表1第4行第3列“合计·金额（万元）”（资金使用情况）",
        "报告原文": "101.00",
        "所在句子或表格行": "合计 | 101.00 | @",
        "计算或依据": "30.00万元 + 70.00万元 = 100.00万元",
        "写为": "101.00",
        "应为": "100.00万元",
        "相差": "+1.00万元",
        "说明": "另见：表1第2行第3列的30.00；表1第3行第3列的70.00",
        "疑因": "101.00疑有一位数字写错，应为100.00万元",
        "结论变化": None,
        "建议": "核对各分项与合计，改正其中一处",
        "核实意见": None,
        "整改情况": None,
        "规则": "total-mismatch",
    }


def test_the_sign_of_a_limit_stands_before_it(book: Any, told: Any) -> None:
    limits = [row["应为"] for row in table(book["问题清单"]) if str(row["应为"]).startswith("≤")]
    computed = [
        f["computed"] for report in told["reports"] for f in report["findings"] if f["rule"] == "claim-contradicted"
    ]
    assert limits == [f"≤ {text}" for text in computed] != []


def test_every_claim_is_listed(book: Any, told: Any) -> None:
    verdicts = [v for report in told["reports"] for v in report["verdicts"]]
    outcomes = {"consistent": "一致", "rounding": "尾差"}

    def claims(rows: list[Row]) -> list[tuple[object, ...]]:
        return sorted((row["规则"], row["写为"], row["计算或依据"], row.get("结论"), row.get("原因")) for row in rows)

    assert claims(table(book["复算一致"])) == sorted(
        (v["rule"], v["stated"]["text"], v["formula"], outcomes[v["outcome"]], None)
        for v in verdicts
        if v["outcome"] in outcomes
    )
    undecided = [v for v in verdicts if v["outcome"] == "undecided"]
    assert [v["reason"] for v in undecided] == ["partial-list"]
    assert claims(table(book["未作判定"])) == [
        (v["rule"], v["stated"]["text"], v["formula"], None, "分项可能未列全") for v in undecided
    ]


def test_every_figure_is_listed_with_its_value_and_why_it_was_not_checked(book: Any, result: Result) -> None:
    entries = [(s.name, e) for report in result.reports for s in ledger(report) for e in s.entries]
    rows = table(book["数据"])
    assert [(r["报告原文"], r["数值"], r["单位"], r["所在部分"]) for r in rows] == [
        (
            e.fact.quantity.text,
            float(e.fact.quantity.value),
            e.fact.quantity.unit.symbol or None,
            name or "（不在标题之下）",
        )
        for name, e in entries
    ]
    formats = [cell.number_format for cell in column(book["数据"], "数值")]
    assert formats[:4] == ["#,##0", "#,##0.00", "#,##0.00", "#,##0"]
    assert {(r["核对情况"], r["原因"]) for r in rows if not r["用在哪些计算里"]} == {
        ("未核对", "未找到可与之对照的数据"),
        ("未核对", "含“约”“近”等约数"),
    }
    (rate,) = (r for r in rows if r["报告原文"] == "52.05万元")
    assert (rate["指标"], rate["核对情况"], rate["用在哪些计算里"]) == (
        "培训经费支出",
        "不一致",
        "比率（rate-mismatch）",
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_figure_does_has_a_word(language: Language) -> None:
    roles = {row["role"] for row in built_in("roles")["role"]} | {"level", "budget", "actual"}
    kinds = {row["kind"] for row in built_in("tables")["column"]} - {"index", "note"}
    assert {"amount", "growth"} <= kinds
    assert sorted((roles | kinds) - set(messages(language)["role"])) == []


def test_the_totals_by_rule_add_up(book: Any, told: Any) -> None:
    rows = {row["规则"]: row for row in table(book["按规则汇总"])}
    assert sorted(rows) == sorted(rules())
    for rule, row in rows.items():
        findings = [f for report in told["reports"] for f in report["findings"] if f["rule"] == rule]
        verdicts = [v["outcome"] for report in told["reports"] for v in report["verdicts"] if v["rule"] == rule]
        counted = {
            word: sum(f["severity"] == s for f in findings) for s, word in (("error", "错误"), ("warning", "警告"))
        }
        counted |= {"一致": verdicts.count("consistent"), "不一致": verdicts.count("inconsistent")}
        counted |= {"未判定": verdicts.count("undecided"), "作出判定": len(verdicts) - verdicts.count("undecided")}
        counted |= {"已接受": sum(e["finding"]["rule"] == rule for r in told["reports"] for e in r["accepted"])}
        assert {name: row[name] for name in counted} == counted
    assert rows["total-mismatch"]["有问题的报告"] == 2
    assert [row["错误"] for row in rows.values()] == sorted((row["错误"] for row in rows.values()), reverse=True)
    assert {row["本次"] for row in rows.values()} == {"使用"}


def test_rules_that_were_left_out_are_named() -> None:
    settings = Settings(ignore=frozenset({"rate"}))
    book = openpyxl.load_workbook(io.BytesIO(draw(Result([report(TEXT, "a", settings)], settings=settings))))
    unused = {row["规则"] for row in table(book["按规则汇总"]) if row["本次"] == "本次未用"}
    assert unused == {rule.id for rule in rules().values() if rule.family == "rate"} != set()


def test_accepted_findings_stand_with_their_decisions(book: Any, told: Any) -> None:
    (entry,) = told["reports"][0]["accepted"]
    (row,) = table(book["已接受"])
    said = (row["接受的理由"], row["审核人"], row["日期"], row["决定所在文件"])
    assert said == ("口径为调整后预算", "张三", "2024-05-06", "a.txt.accepted.toml 第4行")
    assert (row["写为"], row["规则"]) == (entry["finding"]["stated"], entry["finding"]["rule"])


def test_what_changed_since_the_earlier_run(book: Any, told: Any) -> None:
    rows = [(r["报告"], r["与上次比"], r["规则"], r["审核决定"]) for r in table(book["与上次对照"])]
    found = [f["rule"] for f in told["reports"][0]["findings"]]
    assert rows == [
        ("a.txt", "［已改］", "total-mismatch", None),
        ("a.txt", "［新增］", found[-1], None),
        *(("a.txt", "［未改］", rule, None) for rule in found[:-1]),
        ("a.txt", "［未改］", "rate-mismatch", "口径为调整后预算（张三，2024-05-06）"),
        ("b=1.txt", None, None, None),
    ]
    gone, *_, nothing = table(book["与上次对照"])
    assert (gone["说明"], gone["报告原文"], gone["所在句子或表格行"]) == ("合计写为3元，应为4元", "3元", "共3元。")
    assert nothing["说明"] == "上次结果中没有这份报告，所列问题均作新增。"


# --- the summary --------------------------------------------------------------------------------------


def test_the_summary_counts_what_the_json_counts(book: Any, told: Any) -> None:
    rows = table(book["概要"])
    assert [r["文件"] for r in rows] == ["甲/a.txt", "b=1.txt"]
    for row, of_report in zip(rows, told["reports"], strict=True):
        counts = of_report["summary"]
        assert [row[name] for name in ("错误", "警告", "提示")] == list(counts["findings"].values())
        assert [row[name] for name in ("已接受", "数据", "已核对")] == [
            counts[name] for name in ("accepted", "figures", "figures_checked")
        ]
        verdicts = counts["verdicts"]
        assert [row[name] for name in ("一致", "尾差", "未判定")] == [
            verdicts[name] for name in ("consistent", "rounding", "undecided")
        ]
        assert row["核对率"] == round(counts["figures_checked"] / counts["figures"], 4)
    first = rows[0]
    assert (first["标题"], first["填报单位"], first["年度"]) == (
        "甲县乙局2023年度部门整体支出绩效自评报告",
        "甲县乙局",
        2023,
    )
    assert [first[name] for name in ("新增", "未改", "已改", "上次的报告")] == [1, 3, 1, "甲/old.txt"]
    assert first["读取时须注意"] == "文件未注明编码，按 gb18030 读取"
    assert rows[1]["上次的报告"] == "（上次结果中没有）"


def test_the_numbers_of_the_summary_lead_to_the_first_row_that_they_count(book: Any) -> None:
    summary = book["概要"]
    targets = {
        "错误": ("问题清单", "级别", "错误"),
        "警告": ("问题清单", "级别", "警告"),
        "提示": ("问题清单", "级别", "提示"),
        "已接受": ("已接受", "规则", "rate-mismatch"),
        "数据": ("数据", "序号", 1),
        "一致": ("复算一致", "结论", "一致"),
        "未判定": ("未作判定", "规则", "total-mismatch"),
        "新增": ("与上次对照", "与上次比", "［新增］"),
        "未改": ("与上次对照", "与上次比", "［未改］"),
        "已改": ("与上次对照", "与上次比", "［已改］"),
    }
    followed = 0
    for label, (name, field, value) in targets.items():
        for report_name, cell in zip(("a.txt", "b=1.txt"), column(summary, label), strict=True):
            assert bool(cell.hyperlink) == (cell.value > 0), (label, report_name)
            if cell.value:
                rows = [row for row in table(book[name]) if row["报告"] == report_name and row[field] == value]
                place = table(book[name]).index(rows[0]) + 2
                assert cell.hyperlink.location == f"'{name}'!A{place}"
                followed += 1
    assert followed == 11


def test_below_the_summary_stands_what_concerns_the_run(book: Any, told: Any) -> None:
    found = lines(book["概要"])
    assert found[:3] == [
        "绩效自评等报告核对结果",
        "共检查 2 份报告：错误 2 处，警告 1 处，提示 1 处；已接受 1 处；1 份未能检查；另有 2 个其他类型的文件未检查。",
        "蓝色数字可点击，转到该报告的有关行；“核实意见”“整改情况”两栏由审核人、填报单位填写。",
    ]
    inputs = [f"报告 {report['path']}  SHA-256 {report['sha256']}" for report in told["reports"]]
    assert found[6:] == [
        "未能检查 1 份",
        "坏.docx：文件已损坏",
        "未用到的决定 1 条",
        "a.txt.accepted.toml 第4行：合计不符  口径为调整后预算（张三，2024-05-06）",
        "以下决定在本次检查的报告中没有对应的问题：或已改正，或有关文字、数据已变，或所属规则本次未用。原样保留，未作改动。",
        "与上次对照",
        "全部报告与上次结果对照（old.json）：新增 1 处，未改 3 处，已改 1 处（含已接受 1 处）",
        "上次结果中有 1 份报告本次未检查：丙.txt",
        "上次结果出自其他版本的程序、规则或方案，新增、已改的问题可能由此引起，不一定是报告有改动。",
        "生成依据（程序、规则库、输入文件相同，则本表逐字节相同）",
        f"reportcheck {__version__}；规则库 SHA-256 {fingerprint()}；方案 default",
        *inputs,
        f"上次结果 old.json  SHA-256 {'c' * 64}",
    ]


# --- how it looks -------------------------------------------------------------------------------------


def test_severities_have_their_colours(book: Any) -> None:
    colours = {"错误": "FFFFC7CE", "警告": "FFFFEB9C", "提示": "FFDDEBF7"}
    cells = [cell for name in ("问题清单", "已接受", "与上次对照") for cell in column(book[name], "级别")]
    assert [cell.fill.fgColor.rgb for cell in cells if cell.value] == [colours[c.value] for c in cells if c.value]
    assert {cell.value for cell in cells} == {"错误", "警告", "提示", None}
    conditional = {
        (str(area.sqref), rule.formula[0]) for area, found in _conditional(book["问题清单"]) for rule in found
    }
    assert conditional == {("C2:C5", f'"{word}"') for word in colours}
    assert {str(area.sqref) for area, _ in _conditional(book["概要"])} == {"F6:F7", "G6:G7", "H6:H7"}


def _conditional(sheet: Any) -> Any:
    return sheet.conditional_formatting._cf_rules.items()


def test_heads_stay_and_filters_cover_the_rows(book: Any) -> None:
    looks = {sheet.title: (sheet.freeze_panes, sheet.auto_filter.ref) for sheet in book}
    assert looks["概要"] == ("C6", "A5:T7")
    assert looks["问题清单"] == ("F2", f"A1:T{len(table(book['问题清单'])) + 1}")
    for sheet in book:
        if sheet.title != "概要":
            assert sheet.max_row == len(table(sheet)) + 1, sheet.title
        assert sheet.print_title_rows == ("$5:$5" if sheet.title == "概要" else "$1:$1")
        assert sheet.oddFooter.left.text == f"reportcheck {__version__}；规则库 SHA-256 {fingerprint()[:12]}"
        assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"
    # What leads back to the program is not printed.
    assert book["问题清单"].print_area == "'问题清单'!$A$1:$R$5"


def test_no_text_of_a_report_is_a_formula_or_a_link(data: bytes, book: Any) -> None:
    archive = zipfile.ZipFile(io.BytesIO(data))
    sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 8
    assert all(b"<f>" not in archive.read(name) for name in sheets)
    assert not any(b"External" in archive.read(name) for name in archive.namelist() if name.endswith(".rels"))
    names = [str(cell.value) for cell in column(book["数据"], "指标")]
    assert [name[0] for name in names if name[0] in "=+@"] == ["=", "+"]


# --- any run ------------------------------------------------------------------------------------------


def test_a_single_report_has_no_column_for_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(draw(Result([report(TEXT, "a.txt", Settings())]))))
    assert book.sheetnames == ["概要", "问题清单", "复算一致", "未作判定", "数据", "按规则汇总"]
    labels = [cell.value for cell in book["问题清单"][1]]
    assert labels[:4] == ["序号", "级别", "问题", "位置"]
    assert labels[-4:] == ["核实意见", "整改情况", "规则", "编号"]
    assert book["问题清单"].oddHeader.center.text == "&A  甲县乙局2023年度部门整体支出绩效自评报告"
    assert "新增" not in [cell.value for cell in book["概要"][5]]


def test_sheets_without_rows_say_so() -> None:
    book = openpyxl.load_workbook(io.BytesIO(draw(Result([report("没有数据。", "a.txt", Settings())]))))
    for name in ("问题清单", "复算一致", "未作判定", "数据"):
        assert [row[0] for row in book[name].iter_rows(min_row=2, values_only=True)] == ["（无）"]
    assert [(r["错误"], r["数据"], r["核对率"]) for r in table(book["概要"])] == [(0, 0, None)]


def test_a_run_without_reports_tells_of_its_failures() -> None:
    failure = Failure("坏.docx", "damaged", "文件已损坏")
    found = lines(openpyxl.load_workbook(io.BytesIO(draw(Result(failures=[failure]))))["概要"])
    assert found[1] == "未能检查 1 份。"
    assert found[4:7] == ["（无）", "未能检查 1 份", "坏.docx：文件已损坏"]


def test_files_of_one_name_are_told_apart_by_their_paths() -> None:
    reports = [report(TEXT, path, Settings()) for path in ("甲/a.txt", "乙\\a.txt", "乙/b.txt")]
    book = openpyxl.load_workbook(io.BytesIO(draw(Result(reports))))
    assert list(dict.fromkeys(row["报告"] for row in table(book["数据"]))) == ["甲/a.txt", "乙\\a.txt", "b.txt"]


def test_what_is_cut_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 9)
    monkeypatch.setattr(spreadsheet, "MOST_TEXT", 30)
    monkeypatch.setattr(spreadsheet, "MOST_LINKS", 1)
    book = openpyxl.load_workbook(io.BytesIO(draw(Result([report(TEXT, "a.txt", Settings())]))))
    figures = [row[0] for row in book["数据"].iter_rows(values_only=True)]
    assert figures[1:8] == [1, 2, 3, 4, 5, 6, 7]
    assert figures[8].startswith("工作表“数据”行数已到上限，有")
    assert len(figures) == 9


@pytest.mark.filterwarnings("error::UserWarning")
def test_a_title_gives_no_orders_in_the_margins() -> None:
    odd = replace(report(TEXT, "a.txt", Settings()), title="A&G &[Picture] &P\n" + "长" * 300)
    sheet = openpyxl.load_workbook(io.BytesIO(draw(Result([odd]))))["数据"]
    assert sheet.oddHeader.center.text == "&A  A＆G ＆[Picture] ＆P " + "长" * 82


def test_names_that_are_no_text_do_not_stop_it() -> None:
    settings = Settings(language="en")
    odd = report(TEXT.replace("办公费", "办公\x07费"), "\udcb1\udca8&告.txt", settings)
    book = openpyxl.load_workbook(io.BytesIO(draw(Result([odd], settings=settings))))
    assert book.sheetnames[0] == "Summary"
    assert table(book["Summary"])[0]["file"] == "\ufffd\ufffd&告.txt"


def test_the_same_result_gives_the_same_bytes(result: Result, data: bytes) -> None:
    assert draw(result) == data
