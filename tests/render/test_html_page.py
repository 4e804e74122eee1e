"""The page of a report: it says what the report says, marks what the findings mark, and lets nothing in."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement
from msgspec.structs import replace

from reportcheck.baseline import Baseline
from reportcheck.catalog import Language
from reportcheck.checker import Settings, check, check_document, check_text
from reportcheck.model import (
    Accepted,
    Block,
    Comparison,
    Decision,
    Document,
    Earlier,
    Finding,
    Notice,
    Origin,
    Report,
    Span,
    Table,
)
from reportcheck.render.html import draw
from reportcheck.render.json import document_to_dict
from reportcheck.render.page.pieces import Figure, Mark, pieces
from reportcheck.render.provenance import provenance
from reportcheck.render.told import Teller
from reportcheck.result import Result, Source

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"
FILES = (
    "county-petition-bureau-2019.docx",
    "project-farmland-2022.pdf",
    "transfer-relief-2023.xlsx",
    "rural-revitalization-fund-2023.txt",
)
TEXT = """一、资金使用情况
培训经费预算60万元，支出52.05万元，执行率为86.57%。
全年支出合计100万元，其中：办公费30万元，差旅费60万元。
"""


@cache
def sample(name: str) -> Report:
    return check(SAMPLES / name)


def parsed(page: bytes) -> HtmlElement:
    return lxml.html.document_fromstring(page)


@cache
def page_of(name: str) -> HtmlElement:
    return parsed(draw(Result([sample(name)])))


def by_id(tree: HtmlElement, name: str) -> HtmlElement:
    (element,) = tree.xpath("//*[@id=$name]", name=name)
    return element


def texts(tree: HtmlElement, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.xpath(path)]


def of_class(name: str) -> str:
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


# --- the report's own text ------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_the_text_of_the_report_is_there_once(name: str) -> None:
    blocks = sample(name).document.blocks
    paper = by_id(page_of(name), "report")
    shown = {element.get("id"): element.text_content() for element in paper.xpath(".//*[starts-with(@id, 'at-')]")}
    assert shown == {f"at-{block.id}": block.text for block in blocks}
    (legend,) = paper.xpath("ul")
    paper_text = paper.text_content().removeprefix(paper.text or "").replace(legend.text_content(), "", 1)
    assert "".join(paper_text.split()) == "".join("".join(block.text.split()) for block in blocks)


@pytest.mark.parametrize("name", FILES)
def test_what_is_marked_are_the_words_of_the_findings(name: str) -> None:
    report, tree = sample(name), page_of(name)
    blocks = {block.id: block.text for block in report.document.blocks}
    marked: dict[tuple[str, str], str] = {}
    for element in tree.xpath("//main//a[@data-of]"):
        (holder,) = element.xpath("ancestor::*[starts-with(@id, 'at-')]")
        for number in element.get("data-of").split():
            key = (number, holder.get("id"))
            marked[key] = marked.get(key, "") + element.text_content()
    expected: dict[tuple[str, str], str] = {}
    for number, finding in enumerate(report.findings, 1):
        for block in dict.fromkeys(span.block for span in finding.spans):
            covered = sorted({i for s in finding.spans if s.block == block for i in range(s.start, s.end)})
            expected[str(number), f"at-{block}"] = "".join(blocks[block][i] for i in covered)
    assert marked == expected


def test_chief_passages_are_told_from_the_others() -> None:
    report = check_text(TEXT)
    tree = parsed(draw(Result([report])))
    for number, finding in enumerate(report.findings, 1):
        chief = by_id(tree, f"mark-{number}")
        text = Teller(report, "zh").places.text(finding.spans[0])
        assert (chief.text_content(), chief.get("data-badge"), "chief" in chief.get("class")) == (
            text,
            str(number),
            True,
        )
        others = [by_id(tree, f"mark-{number}-{index}") for index in range(2, len(finding.spans) + 1)]
        assert [(o.text_content(), "chief" in o.get("class").split()) for o in others] == [
            (Teller(report, "zh").places.text(span), False) for span in finding.spans[1:]
        ]
    assert report.findings


@pytest.mark.parametrize("name", FILES)
def test_every_link_leads_somewhere_and_names_are_unique(name: str) -> None:
    tree = page_of(name)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = tree.xpath("//a/@href")
    assert [link for link in links if link[:1] != "#" or link[1:] not in ids] == []
    assert links


def test_merged_cells_take_their_room() -> None:
    a, b, c, d, e = (Block(f"t1.r{r}c{k}", f"{r}{k}", "cell") for r, k in ((1, 1), (1, 2), (2, 2), (2, 3), (3, 1)))
    table = Table("t1", ((a, b, b), (a, c, d), (e, None, d)), caption="表", header_rows=1, stub_columns=1)
    around = Block("p1", "表"), Block("p2", "后")
    document = Document("x.docx", "docx", (around[0], a, b, c, d, e, around[1]), (table,))
    tree = parsed(draw(Result([check_document(document)])))
    drawn = [
        [(cell.tag, cell.text_content(), cell.get("rowspan"), cell.get("colspan"), cell.get("scope")) for cell in row]
        for row in tree.xpath("//main//tr")
    ]
    assert drawn == [
        [("th", "11", "2", None, "col"), ("th", "12", None, "2", "col")],
        [("td", "22", None, None, None), ("td", "23", "2", None, None)],
        [("th", "31", None, None, "row"), ("td", "", None, None, None)],
    ]
    assert texts(tree, "//main/p") == ["表", "后"]
    assert tree.xpath("//main//table/@aria-label") == ["表"]


def test_a_block_that_repeats_out_of_shape_is_drawn_once() -> None:
    a, b, c = (Block(f"t1.r{r}c{k}", f"{r}{k}", "cell") for r, k in ((1, 1), (1, 2), (2, 1)))
    document = Document("x.docx", "docx", (a, b, c), (Table("t1", ((a, a, b), (c, a, a))),))
    tree = parsed(draw(Result([check_document(document)])))
    assert [[cell.text_content() for cell in row] for row in tree.xpath("//main//tr")] == [["11", "12"], ["21", "", ""]]


def test_pages_sheets_headings_and_where_a_note_is_from() -> None:
    blocks = (
        Block("p1", "自评报告", "title", Origin(page=1)),
        Block("p2", "一、概况", "heading", Origin(page=1)),
        Block("p3", "（一）职责", "paragraph", Origin(page=2)),
        Block("p4", "注", "note", Origin("footnote", page=2)),
    )
    tree = parsed(draw(Result([check_document(Document("x.pdf", "pdf", blocks))])))
    drawn = [(e.tag, e.get("data-label") or e.get("data-part") or "") for e in tree.xpath("//main/*")][1:]
    assert drawn == [("div", "第1页"), ("h2", ""), ("h3", ""), ("div", "第2页"), ("h4", ""), ("p", "脚注")]


# --- cutting a text ---------------------------------------------------------------------------------

edges = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted)


@given(st.text("ab元5", max_size=12), st.lists(edges, max_size=5), st.lists(edges, max_size=4))
def test_pieces_give_back_the_text_and_every_mark(text: str, marks: list[list[int]], figures: list[list[int]]) -> None:
    size = len(text)
    drawn = [Mark(min(s, size), min(e, size), n, "error", "", f"m{n}", n % 2 == 0) for n, (s, e) in enumerate(marks)]
    known = [Figure(s, e, f"f{n}", "unchecked") for n, (s, e) in enumerate(figures) if s < e <= size]
    cut = pieces(text, drawn, known)
    assert "".join(piece.text for piece in cut) == text
    for mark in drawn:
        own = [piece for piece in cut if mark in piece.marks]
        assert own
        assert "".join(piece.text for piece in own) == text[mark.start : mark.end]
        assert [mark in piece.opens for piece in own] == [True] + [False] * (len(own) - 1)
    for figure in known:
        held = [piece for piece in cut if figure in piece.figures]
        assert "".join(piece.text for piece in held) == text[figure.start : figure.end]
        assert sum(figure in piece.starts for piece in held) == 1


def test_an_empty_cell_can_be_marked() -> None:
    (piece,) = pieces("", [Mark(0, 0, 3, "warning", "空白", "mark-3", True)], ())
    assert (piece.text, piece.badge, piece.findings, piece.title) == ("", "3", "3", "3 空白")


def test_passages_that_overlap_are_drawn_apart() -> None:
    report = check_text("支出合计100万元。")
    findings = tuple(
        Finding("total-mismatch", "error", "m", (Span("p1", start, end),), f"{start:016x}")
        for start, end in ((0, 6), (4, 9), (4, 5))
    )
    tree = parsed(draw(Result([replace(report, findings=findings)])))
    drawn = [(e.text_content(), e.get("data-of"), e.get("data-badge")) for e in tree.xpath("//main//a")]
    assert drawn == [("支出合计", "1", "1"), ("1", "1 2 3", "2 3"), ("0", "1 2", None), ("0万元", "2", None)]
    assert {e.get("id") for e in tree.xpath("//main//*[starts-with(@id, 'mark-')]")} == {"mark-1", "mark-2", "mark-3"}


# --- what is untrusted ------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "</script></style></main><b>",
    "\"'><img src=x onerror=alert(1)>",
    "]]> <!-- &lt;b&gt; {{ report }} {% raw %}",
    "\u202e12万元\u202c \u2066x\u2069 \u200f",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_a_document_says_is_only_text(hostile: str) -> None:
    blocks = (
        Block("p1", hostile, "title"),
        Block("p2", f"一、{hostile}", "heading", Origin(sheet=hostile, address="A1")),
        Block("p3", f"预算60万元，支出52.05万元，执行率为86.57%。{hostile}XX万元"),
        Block("t1.r1c1", hostile, "cell"),
    )
    table = Table("t1", ((blocks[3],),), caption=hostile, unit_note=hostile)
    notices = (Notice("encoding-guessed", {"encoding": hostile}),)
    report = check_document(Document(f"/x/{hostile}.docx", "docx", blocks, (table,), notices))
    spans = Span("p1", 0, len(hostile)), Span("t1.r1c1", 0, len(hostile))
    finding = Finding("total-mismatch", "error", hostile, spans, "2" * 16, advice=hostile)
    decision = Decision("0" * 16, hostile, hostile, "2024-01-01", message=hostile, file=hostile, row=1)
    gone = (Earlier("x", "error", hostile, "1" * 16, hostile, hostile),)
    report = replace(
        report,
        unit=hostile,
        findings=(*report.findings, finding),
        accepted=(Accepted(finding, decision),),
        comparison=Comparison(hostile, "path", gone),
    )
    whole = Result([report], unused=(decision,), baseline=Baseline(hostile, False, (hostile,)))
    tree = parsed(draw(whole))
    plain = parsed(draw(Result([check_text(TEXT)])))
    assert {e.tag for e in tree.iter()} <= {e.tag for e in plain.iter()} | {"table", "tr", "td", "th", "br"}
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == 1
    assert tree.xpath("//@*[starts-with(name(), 'on')]") == []
    assert {b.id: by_id(tree, f"at-{b.id}").text_content() for b in blocks} == {b.id: b.text for b in blocks}
    marked = tree.xpath("//main//a[contains(concat(' ', @data-of, ' '), $own)]", own=f" {len(report.findings)} ")
    assert "".join(mark.text_content() for mark in marked) == hostile * 2


def test_characters_that_a_page_cannot_hold_are_replaced_one_by_one() -> None:
    text = "预算\x0060万元\ud800，支\x0b出\x9f52.05万元\uffff，执行率86.57%。"
    report = check_text("")
    report = replace(check_document(Document("a\udcff.txt", "txt", (Block("p1", text),))), findings=(), title=text)
    report = replace(report, findings=(Finding("total-mismatch", "error", text, (Span("p1", 2, 7),), "0" * 16),))
    tree = parsed(draw(Result([report])))
    assert by_id(tree, "at-p1").text_content() == "预算�60万元�，支�出�52.05万元�，执行率86.57%。"
    assert "".join(e.text_content() for e in tree.xpath("//main//a")) == "�60万元"


def test_nothing_is_loaded_and_only_the_own_script_runs() -> None:
    page = draw(Result([sample(FILES[0])])).decode()
    tree = parsed(page.encode())
    assert re.findall(r"https?:|@import|url\(", page) == []
    assert tree.xpath("//@src | //link | //iframe | //object | //form | //base | //@style") == []
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    hashes = [
        f"'sha256-{b64encode(sha256(tree.findtext(f'.//{tag}').encode()).digest()).decode()}'"
        for tag in ("style", "script")
    ]
    assert policy == (
        f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; base-uri 'none'; form-action 'none'"
    )


def test_the_same_report_gives_the_same_bytes() -> None:
    path = SAMPLES / "transfer-relief-2023.xlsx"
    assert draw(Result([check(path)])) == draw(Result([check(path)]))


# --- the list beside it ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_a_card_for_every_finding_in_the_words_of_all_forms(name: str) -> None:
    report, tree = sample(name), page_of(name)
    told = Teller(report, "zh").findings()
    cards = tree.xpath(f"//li[{of_class('card')}]")
    assert [card.get("id") for card in cards] == [f"finding-{one.number}" for one in told]
    for card, one in zip(cards, told, strict=True):
        assert texts(card, f".//h3//span[{of_class('number')} or {of_class('severity')} or {of_class('title')}]") == [
            str(one.number),
            one.severity,
            one.title,
        ]
        assert texts(card, f"p[{of_class('place')}]") == [one.place or "关于整份报告"]
        lines = [(line.label, " ".join(line.text.split())) for line in one.lines if line.name != "others"]
        shown = card.xpath(f".//div[{of_class('line')} and not({of_class('others')})]")
        assert [(e.findtext("dt"), " ".join(e.find("dd").text_content().split())) for e in shown] == lines
        assert f"编号 {one.id}" in card.text_content()


@pytest.mark.parametrize("name", FILES)
def test_the_numbers_are_those_of_the_json(name: str) -> None:
    result = Result([sample(name)])
    tree = page_of(name)
    (told,) = document_to_dict(result)["reports"]
    summary = told["summary"]
    names = {"error": "错误", "warning": "警告", "note": "提示"}
    counted = [f"{names[s]} {count}" for s, count in summary["findings"].items() if count]
    assert texts(tree, "//header//*[@class='counts']/*") == (counted or ["未发现问题"])
    assert f"数据 {summary['figures']} 个，已核对 {summary['figures_checked']} 个" in tree.text_content()
    assert texts(tree, f"//nav[{of_class('tabs')}]/a/b") == [
        str(len(told["findings"])),
        str(summary["figures"]),
        str(len(told["verdicts"])),
    ]
    rows = tree.xpath("//section[@id='coverage']//tr[th/a]")
    assert [tuple(" ".join(cell.text_content().split()) for cell in row)[:3] for row in rows] == [
        (section["name"] or "（不在标题之下）", str(section["figures"]), str(section["figures_checked"]))
        for section in told["sections"]
    ]
    ledger = tree.xpath("//section[@id='ledger']//li")
    entries = [entry for section in told["sections"] for entry in section["ledger"]]
    assert [(li.find("a").text_content(), li.get("class")) for li in ledger] == [
        (entry["text"], entry["standing"]) for entry in entries
    ]
    passages = {f"#{element.get('id')}": element for element in tree.xpath("//main//*[@id]")}
    for li, entry in zip(ledger, entries, strict=True):
        passage = passages[li.find("a").get("href")]
        assert passage.xpath("ancestor-or-self::*[starts-with(@id, 'at-')]/@id") == [f"at-{entry['block']}"]
    groups = {g.get("id"): len(g.xpath(".//li")) for g in tree.xpath("//section[@id='relations']/details")}
    assert groups == {f"group-{outcome}": count for outcome, count in summary["verdicts"].items() if count}


def test_bars_are_as_long_as_what_they_count() -> None:
    tree = page_of(FILES[0])
    (told,) = document_to_dict(Result([sample(FILES[0])]))["reports"]
    bar = tree.xpath("//section[@id='coverage']//svg")[1]
    counts = told["summary"]["verdicts"]
    assert [(r.get("class"), int(r.get("width"))) for r in bar.xpath("rect")] == [
        (outcome, pytest.approx(1000 * count / len(told["verdicts"]), abs=1))
        for outcome, count in counts.items()
        if count
    ]
    assert bar.xpath("rect")[-1].get("x") == str(1000 - int(bar.xpath("rect")[-1].get("width")))
    assert bar.get("aria-label") == "一致 23、不一致 1、未判定 7"


def test_what_was_decided_what_became_of_the_last_run_and_how_it_was_read() -> None:
    report = check_text(TEXT)
    first, *others = report.findings
    decision = Decision(first.fingerprint, "已核实", "张三", "2024-05-06", file="a.toml", row=3, message="旧问题")
    report = replace(
        report,
        document=replace(report.document, notices=(Notice("encoding-guessed", {"encoding": "gb18030"}),)),
        findings=tuple(replace(finding, status="new") for finding in others),
        accepted=(Accepted(replace(first, status="still"), decision),),
        comparison=Comparison("old.json", "path", (Earlier("x", "warning", "从前的问题", "1" * 16, "字", "上下文"),)),
    )
    tree = parsed(draw(Result([report], unused=(decision,), baseline=Baseline("old.json", False, ("b.docx",)))))
    shown = "\n".join(texts(tree, "//section[@id='findings']/*[not(self::ol)]"))
    for said in (
        "已接受 1 处",
        "已核实（张三，2024-05-06）",
        "未用到的决定 1 条",
        "a.toml 第3行",
        "旧问题",
        "与上次结果对照（old.json）：新增 1 处，未改 1 处，已改 1 处（含已接受 1 处）",
        "［已改］警告 从前的问题上下文",
        "b.docx",
        "出自其他版本",
    ):
        assert said in shown
    assert texts(tree, "//ul[@class='notices']/li") == ["注意 文件未注明编码，按 gb18030 读取"]
    assert texts(tree, f"//li[{of_class('card')}]//*[{of_class('status')}]") == ["［新增］"]


def test_a_finding_about_the_whole_report_has_a_card_without_a_way_to_the_text() -> None:
    finding = Finding("section-missing", "warning", "缺少章节", (), "0" * 16)
    tree = parsed(draw(Result([replace(check_text(TEXT), findings=(finding,))])))
    card = by_id(tree, "finding-1")
    assert (texts(card, "p[@class='place']"), card.xpath(".//h3/a")) == (["关于整份报告"], [])


def test_a_report_without_figures_and_without_findings() -> None:
    tree = parsed(draw(Result([check_text("")])))
    assert texts(tree, f"//*[{of_class('none')}]") == [
        "没有发现问题。",
        "未读到任何数据，请确认文件内容是否完整。",
        "没有可以复算的数据关系，未作核对。",
    ]


def test_the_footer_holds_what_it_takes_to_get_the_result_again() -> None:
    result = Result([sample(FILES[0])], sources=(Source("a.toml", "decisions", "ab" * 32),))
    lines = texts(parsed(draw(result)), "//footer/p")
    assert lines == [" ".join(line.split()) for line in provenance(result)]
    assert sample(FILES[0]).document.sha256 in lines[1]


@pytest.mark.parametrize(("language", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_the_page_speaks_one_language(language: Language, tag: str) -> None:
    settings = Settings(language)
    tree = parsed(draw(Result([check_text(TEXT, settings)], settings=settings)))
    assert tree.get("lang") == tag
    own = [*tree.xpath("//button | //label | //h1 | //aside//h2 | //dialog | //footer"), *tree.xpath("//dt")]
    chinese = [bool(re.search("[\u4e00-\u9fff]", element.text_content())) for element in own]
    assert any(chinese) is (language == "zh")
    assert own
