"""The return notice, read back and held against the JSON of the same result."""

from __future__ import annotations

import io
import re
import time
import tomllib
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from msgspec.structs import replace

from reportcheck import catalog
from reportcheck.baseline import compare, read
from reportcheck.catalog import Catalog, messages, patterns_directory, rules, table, using
from reportcheck.checker import Settings, check, check_document, check_text
from reportcheck.errors import CatalogError
from reportcheck.model import SEVERITIES, Accepted, Block, Decision, Document, Notice, Report
from reportcheck.render import notice_template
from reportcheck.render.json import document_to_dict
from reportcheck.render.json import draw as draw_json
from reportcheck.render.notice import draw
from reportcheck.render.notice_point import request
from reportcheck.render.places import Places
from reportcheck.render.told import Teller
from reportcheck.result import Result
from reportcheck.schemas.notice import Notice as NoticeTable

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"
NOTICE: dict[str, Any] = tomllib.loads((patterns_directory() / "notice.toml").read_text(encoding="utf-8"))
HEADINGS = {"error": "须更正的问题", "warning": "需核实说明的问题", "note": "提示"}
TEXT = """青岚县信访局2019年度部门整体支出绩效自评报告
一、资金使用情况
培训经费预算60万元，支出52.05万元，执行率为86.57%。
政府采购支出总额498.75万元，由货物、工程和服务三类组成，货物类86.40万元，工程类412.35万元，服务类58.90万元。
全年交由领导包案XX件，其中已经化解XX件。
办公费支出合计100.01万元，由印刷费30.00万元、邮电费70.00万元两部分组成。
公用经费5.5万元，控制率１０0％，另有慰问困难户约30户。
附件：1.部门整体支出绩效评价指标评分表
"""


def paragraphs(data: bytes) -> list[Paragraph]:
    return list(docx.Document(io.BytesIO(data)).paragraphs)


def lines(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(data)]


def points(data: bytes) -> dict[int, list[Paragraph]]:
    """The paragraphs of each point, by its number: up to the next point or heading."""
    found: dict[int, list[Paragraph]] = {}
    current: list[Paragraph] | None = None
    part = ""
    for paragraph in paragraphs(data):
        if paragraph.style is not None and paragraph.style.name == "意见一级标题":
            current, part = None, paragraph.text.partition("、")[2]
        match = re.match(r"(\d+)\.", paragraph.text)
        starts = paragraph.style is not None and paragraph.style.name == "意见条目"
        if match and (starts or part == HEADINGS["note"]):
            assert int(match[1]) not in found
            current = found.setdefault(int(match[1]), [])
        if current is not None:
            current.append(paragraph)
    return found


def spaceless(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def report() -> Report:
    return check_text(TEXT)


@pytest.fixture(scope="module")
def drawn(report: Report) -> bytes:
    return draw(Result([report]))


# --- every finding, once ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "county-petition-bureau-2019.docx",
        "county-market-supervision-2024.txt",
        "county-culture-tourism-2022.txt",
        "project-farmland-2022.txt",
    ],
)
def test_every_finding_of_a_sample_is_a_point_with_its_place_words_and_arithmetic(name: str) -> None:
    result = Result([check(SAMPLES / name)])
    (told,) = document_to_dict(result)["reports"]
    teller = Teller(result.reports[0], "zh")
    numbered = points(draw(result))
    assert list(numbered) == list(range(1, len(told["findings"]) + 1))
    for (number, point), finding, said in zip(numbered.items(), told["findings"], teller.findings(), strict=True):
        text = spaceless("\n".join(paragraph.text for paragraph in point))
        assert spaceless(said.place) in text, number
        assert spaceless(finding["message"]) in text or "…" in text, number
        assert spaceless(finding["spans"][0]["text"]) in text, number
        computed = finding["computed"] if finding["rule"] != "unit-slip" else said.finding.cause.facts["right"]  # type: ignore[union-attr]
        assert spaceless(computed or "") in text, number
        if finding["severity"] != "note":
            assert point[0].text == f"{number}.{said.title}"
            marked = [run.text for paragraph in point for run in paragraph.runs if run.underline]
            assert spaceless("".join(marked)) == spaceless(finding["spans"][0]["text"]), number


def test_points_stand_in_the_part_of_their_severity(report: Report, drawn: bytes) -> None:
    assert Counter(finding.severity for finding in report.findings) == {"error": 4, "warning": 1, "note": 2}
    said = lines(drawn)
    at = [said.index(f"{ordinal}、{HEADINGS[s]}") for ordinal, s in zip("一二三", SEVERITIES, strict=True)]
    ends = [*at[1:], said.index("四、核对范围")]
    for severity, start, end in zip(SEVERITIES, at, ends, strict=True):
        within = [int(m[1]) for line in said[start:end] if (m := re.match(r"(\d+)\.", line))]
        assert within == [n for n, finding in enumerate(report.findings, 1) if finding.severity == severity]


def test_a_whole_notice(report: Report, drawn: bytes) -> None:
    said = lines(drawn)
    scope = said.index("四、核对范围")
    assert said[:12] == [
        "关于退回修改《青岚县信访局2019年度部门整体支出绩效自评报告》的意见",
        "青岚县信访局：",
        "你单位报送的《青岚县信访局2019年度部门整体支出绩效自评报告》收悉。经核对，报告中读取到数据14个，已核对11个；"
        "复算和比对数据关系4处，其中相符1处、仅差尾数1处、不符2处。",
        "核对发现须更正的问题4处、需核实说明的问题1处、提示2处。现将报告退回，请按以下意见修改、说明。",
        "一、须更正的问题",
        "1.比率与所列金额不符",
        "位置：第3行（资金使用情况）。",
        "原文：培训经费预算60万元，支出52.05万元，执行率为86.57%。",
        "核对情况：培训经费执行率写为86.57%，按 52.05万元 ÷ 60万元 应为86.75%，相差-0.18个百分点。",
        "要求：请核对计算所依据的数据：数据无误的，将“86.57%”更正为“86.75%”；“86.57%”无误的，更正所依据的数据；"
        "采用其他分母的，请注明口径。“86.57%”是否数字颠倒，请一并核实。",
        "2.合计与分项之和不一致",
        "位置：第4行（资金使用情况）。",
    ]
    assert said[scope + 1 :] == [
        "以上核对限于报告中可以相互印证的数据和文字，不涉及原始凭证、政策依据和绩效事实的真实性。"
        "未列入意见的内容，不表示予以认可。",
        "报告中有3个数据未作核对，请你单位自行复核。原因如下：",
        "未找到可与之对照的数据：2个。",
        "含“约”“近”等约数：1个。",
        "请于　　　年　　月　　日前将修改后的报告连同修改情况说明一并报回。"
        "对以上意见有异议的，请书面说明理由，并附有关依据。",
        "审核人（签名）：",
        "审核单位（盖章）：",
        "　　　　年　　月　　日",
        "以下信息供复现核对结果：",
        f"reportcheck 0.1.0；规则库 SHA-256 {catalog.fingerprint()}；方案 default",
        f"报告 -  SHA-256 {report.document.sha256}",
    ]


def test_one_of_two_like_words_is_marked(report: Report, drawn: bytes) -> None:
    quotes = [p for p in paragraphs(drawn) if p.text == "原文：全年交由领导包案XX件，其中已经化解XX件。"]
    pieces = [[run.text for run in quote.runs] for quote in quotes]
    assert [[run.text for run in quote.runs if run.underline] for quote in quotes] == [["XX件"], ["XX件"]]
    assert pieces[0].index("XX件") < pieces[0].index("，其中已经化解XX件。")
    assert "全年交由领导包案XX件，其中已经化解" in pieces[1]


def test_counts_are_those_of_the_json(report: Report, drawn: bytes) -> None:
    (told,) = document_to_dict(Result([report]))["reports"]
    text = "\n".join(lines(drawn))
    summary = told["summary"]
    assert f"读取到数据{summary['figures']}个，已核对{summary['figures_checked']}个" in text
    entries = [entry for section in told["sections"] for entry in section["ledger"]]
    reasons = Counter(entry["reason"] for entry in entries if entry["standing"] in ("undecided", "unchecked"))
    assert reasons
    for reason, count in reasons.items():
        assert f"{messages('zh')['reason'][reason]}：{count}个。" in lines(drawn)


# --- what a reviewer decided, and what was there before -----------------------------------------


def test_accepted_findings_are_counted_only(report: Report) -> None:
    first, *others = report.findings
    decision = Decision(first.fingerprint, "核实无误", "张三", "2020-05-06")
    shorter = replace(report, findings=tuple(others), accepted=(Accepted(first, decision),))
    said = lines(draw(Result([shorter])))
    assert "另有1处问题经审核可不作修改，未列入以上意见。" in said
    assert "1.比率与所列金额不符" not in said
    assert "1.合计与分项之和不一致" in said


def test_new_and_old_findings_are_marked(tmp_path: Path) -> None:
    before = check_text(TEXT)
    (tmp_path / "before.json").write_bytes(draw_json(Result([before])))
    now = check_text(TEXT.replace("86.57%", "86.75%").replace("已经化解XX件", "已经化解XX件、劝返***人"))
    reports, told = compare([now], read(tmp_path / "before.json"), "default", lambda _: True)
    said = lines(draw(Result(reports, baseline=told)))
    assert "与上次核对结果相比：新增问题3处，未改4处，已改3处（含经审核可不作修改的）。" in said
    titles = [line for line in said if re.match(r"\d+\.［", line)]
    assert titles[:4] == [
        "1.［未改］合计与分项之和不一致",
        "2.［新增］占位符未替换",
        "3.［新增］占位符未替换",
        "4.［新增］占位符未替换",
    ]


# --- nothing to correct, nothing to check -------------------------------------------------------


def test_without_errors_and_warnings_no_correction_is_asked_for() -> None:
    said = lines(draw(Result([check_text("培训经费预算60万元，支出52.05万元，执行率为86.75%。")])))
    assert said[3:6] == [
        "在已核对的范围内，未发现须更正或者需核实说明的问题，本次不要求修改。",
        "一、核对范围",
        "以上核对限于报告中可以相互印证的数据和文字，不涉及原始凭证、政策依据和绩效事实的真实性。"
        "未列入意见的内容，不表示予以认可。",
    ]
    assert "特此告知。" in said
    assert not any("退回" in line or line.startswith("请于") or "未作核对" in line for line in said)
    assert said[1] == "＿＿＿＿＿＿＿＿："


def test_notes_alone_ask_for_no_correction() -> None:
    said = lines(draw(Result([check_text("办公费支出合计100.01万元，由印刷费30.00万元、邮电费70.00万元两部分组成。")])))
    assert any("本次不要求修改" in line for line in said)
    assert said[4:6] == [
        "一、提示",
        "1.第1行：办公费支出写为100.01万元，分项相加 30.00万元 + 70.00万元 = 100.00万元，相差+0.01万元。"
        "请核对尾数；确系四舍五入所致的，可不作修改。",
    ]
    assert said[6] == "二、核对范围"


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("本年度工作情况良好。", "报告中未读取到数据，未作复算，请确认报送的文件是否完整。"),
        ("全年慰问困难群众230人。", "经核对，报告中读取到数据1个，没有可以复算和比对的数据关系。"),
    ],
)
def test_a_report_without_anything_to_check_is_not_called_right(text: str, opening: str) -> None:
    said = lines(draw(Result([check_text(text)])))
    assert said[2].endswith(opening)
    assert said[3] == "报告中的数据均未能核对；未提出意见，不表示数据无误。"


def test_what_could_not_be_read_is_told() -> None:
    document = check_text(TEXT).document
    read_in_part = replace(document, notices=(Notice("pages-not-read", {"pages": [3, 5]}),))
    said = lines(draw(Result([check_document(read_in_part)])))
    assert "文件读取情况：第 3、5 页没有可读文字（疑为扫描页），未检查。" in said


# --- any text -----------------------------------------------------------------------------------


def test_hostile_text_stays_text() -> None:
    hostile = "甲局<w:p/>{{序号}}{{#逐条}}\x07\ufffe\u202e&amp;经费预算60万元，支出52.05万元，执行率为86.57%。\ud800"
    drawn = draw(Result([check_document(Document("<a>.txt", "txt", (Block("p1", hostile),)))]))
    assert "原文：甲局<w:p/>{{序号}}{{#逐条}} &amp;经费预算60万元，支出52.05万元，执行率为86.57%。" in lines(drawn)
    assert lines(drawn)[0] == "关于退回修改《<a>》的意见"


def test_a_long_title_and_a_long_sentence() -> None:
    text = (
        "青岚县信访局" * 60
        + "2019年度绩效自评报告\n"
        + "情况说明，" * 300
        + "预算60万元，支出52.05万元，执行率为86.57%。"
    )
    report = check_text(text)
    quote = next(line for line in lines(draw(Result([report]))) if line.startswith("原文："))
    assert quote.endswith("支出52.05万元，执行率为86.57%。")
    assert quote.startswith("原文：……")
    assert len(quote) < 130
    assert draw(Result([replace(report, title="长" * 400)]))


def test_hundreds_of_findings(report: Report) -> None:
    many = replace(report, findings=tuple(f for s in SEVERITIES for f in report.findings * 43 if f.severity == s))
    numbered = points(draw(Result([many])))
    assert list(numbered) == list(range(1, 302))
    assert numbered[173][0].text == "173.所列附件未见"


# --- the file -----------------------------------------------------------------------------------


def test_the_same_bytes_twice(report: Report, drawn: bytes) -> None:
    time.sleep(1.1)
    assert draw(Result([report])) == drawn
    with zipfile.ZipFile(io.BytesIO(drawn)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(b"rsid" in archive.read(name) for name in archive.namelist())
    properties = docx.Document(io.BytesIO(drawn)).core_properties
    assert (properties.author, properties.title) == ("reportcheck", report.title)
    assert {str(properties.created)[:10], str(properties.modified)[:10]} == {"2000-01-01"}


def test_the_layout_of_an_official_document(drawn: bytes) -> None:
    document = docx.Document(io.BytesIO(drawn))
    (section,) = document.sections
    margins = section.top_margin, section.left_margin, section.right_margin, section.bottom_margin
    assert [round(margin / Mm(1)) for margin in margins if margin is not None] == [37, 28, 26, 35]
    assert (round((section.page_width or 0) / Mm(1)), round((section.page_height or 0) / Mm(1))) == (210, 297)
    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert [paragraph.text for paragraph in footer.paragraphs] == ["—  —"]
        assert footer._element.xml.count('<w:fldSimple w:instr="PAGE">') == 1
    body = document.styles["意见正文"]
    assert (body.font.size, body.paragraph_format.line_spacing) == (Pt(16), Pt(28))
    assert 'w:eastAsia="仿宋_GB2312"' in body.element.xml
    assert 'w:firstLineChars="200"' in body.element.xml


def test_an_english_notice(report: Report) -> None:
    settings = Settings(language="en")
    said = lines(draw(Result([check_text(TEXT, settings)], settings=settings)))
    assert said[0] == f"Report returned for correction: {report.title}"
    assert (
        "Found: to be corrected: 4, to be explained: 1, notes: 2. The report is returned; please correct or " in said[3]
    )
    assert said[4:9] == [
        "I. To be corrected",
        "1. Rate does not follow from its figures",
        "Place: line 3 (资金使用情况).",
        "The report says: 培训经费预算60万元，支出52.05万元，执行率为86.57%。",
        "Checked: 培训经费执行率 is stated as 86.57%, but 52.05万元 ÷ 60万元 = 86.75% (gap -0.18 percentage points).",
    ]


# --- its data -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row", NOTICE["request"], ids=[f"{n}-{row['case']}" for n, row in enumerate(NOTICE["request"], 1)]
)
def test_a_request_is_what_its_example_asks(row: dict[str, Any]) -> None:
    report = check_text(row["example"].strip())
    asked = [request(finding, Places(report.document, "zh"), "zh") for finding in report.findings]
    assert row["zh_example"] in asked
    wording = re.sub(r"\\{[a-z]+\\}", ".+", re.escape(row["zh"]))
    assert re.fullmatch(wording, row["zh_example"])


def test_every_finding_has_a_request() -> None:
    cases = {row["case"] for row in NOTICE["request"]}
    general = {row["case"] for row in NOTICE["request"] if not {"rules", "severity", "cause"} & set(row)}
    assert general == cases == {"unit", "rounding", "either", "mended", "alone", "open", "text"}
    assert {name for row in NOTICE["request"] for name in row.get("rules", ())} <= set(rules())
    assert {row["severity"] for row in NOTICE["request"] if "severity" in row} <= set(SEVERITIES)


def keys(data: dict[str, Any], before: str = "") -> set[str]:
    nested = [keys(value, f"{before}{key}.") for key, value in data.items() if isinstance(value, dict)]
    return {before + key for key, value in data.items() if not isinstance(value, dict)}.union(*nested)


def test_both_languages_have_the_same_words() -> None:
    assert keys(NOTICE["zh"]) == keys(NOTICE["en"])
    for kind in ("field", "section", "request"):
        assert all(row["zh"] and row["en"] for row in NOTICE[kind])
    # A wrong unit and a wrong direction are asked for in the request itself.
    assert set(NOTICE["zh"]["cause"]) == set(messages("zh")["cause"]) - {"unit-slip", "sign"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_built_in_template_uses_every_section_and_style(language: catalog.Language) -> None:
    text = NOTICE[language]["text"]
    assert [row["key"] for row in NOTICE["section"] if f"{{{{#{row[language]}}}}}" not in text] == []
    used = {line.partition("|")[0].strip() for line in text.splitlines() if "|" in line}
    assert used | {"odd", "even", "mark"} == set(NOTICE["style"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_tells_its_editor_every_name(language: catalog.Language) -> None:
    said = "\n".join(line for line in lines(notice_template.template(language)) if line.startswith("{{!"))
    assert [row[language] for row in (*NOTICE["field"], *NOTICE["section"]) if row[language] not in said] == []


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ('[zh]\ntext = "nostyle | {{报告名称}}"', "zh.text, 1"),
        ('[[request]]\ncase = "alone"\nzh = "请改为{right}"\nen = ""', "request 1"),
    ],
)
def test_a_mistake_in_a_users_texts_is_told_by_file_and_row(
    here: None, tmp_path: Path, report: Report, file: str, row: str
) -> None:
    (tmp_path / "notice.toml").write_text(file, encoding="utf-8")
    with pytest.raises(CatalogError) as raised:
        draw(Result([report], settings=Settings(catalog=Catalog.over(tmp_path))))
    assert (raised.value.code, raised.value.facts["file"]) == ("pattern-row-wrong", "notice.toml")
    assert raised.value.facts["row"] == row


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ('[style.body]\nalign = "middle"', "pattern-row-wrong", "style[...].align"),
        ('[[field]]\nkey = "own"\nzh = "自有"', "pattern-key-missing", "field[1].en"),
    ],
)
def test_a_mistake_in_a_users_layout_is_told_when_it_is_read(tmp_path: Path, text: str, code: str, row: str) -> None:
    file = tmp_path / "notice.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as raised:
        Catalog.over(tmp_path)
    assert (raised.value.code, raised.value.facts["file"], raised.value.facts["row"]) == (code, str(file), row)


def test_a_users_words_replace_the_built_in_ones(here: None, tmp_path: Path, report: Report) -> None:
    (tmp_path / "notice.toml").write_text(
        '[zh]\ntext = "title | 青岚县财政局退回通知\\nbody | {{填报单位}}：{{问题个数}}"\n', encoding="utf-8"
    )
    own = Catalog.over(tmp_path)
    with using(own):
        assert table(NoticeTable).zh.comma == "，"
    assert lines(draw(Result([report], settings=Settings(catalog=own)))) == [
        "青岚县财政局退回通知",
        "青岚县信访局：须更正的问题4处、需核实说明的问题1处、提示2处",
    ]
