"""Markdown: whatever stands in a report, it is rendered as it was written; and all of the result is told."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from whole_run import EMPTY, FIRST, SECOND, THIRD, whole_run

from reportcheck.render.json import document_to_dict
from reportcheck.render.markdown import draw
from reportcheck.render.markdown_text import escaped, table
from reportcheck.render.provenance import provenance
from reportcheck.render.run_notices import run_notices
from reportcheck.render.terminal_lines import printable
from reportcheck.render.told import Teller
from reportcheck.result import Result

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# All that means something to Markdown, and signs of reports.
SIGNS = "\\`*_{}[]<>()#+-.!|~&=:;$^'\"/@%\u3000 \n\t\r\x00\u2028\ud800甲乙12"


def one_line(text: str) -> str:
    return re.sub(r"[^\S\u3000]+", " ", printable(text)).strip()


def rendered(markdown: str) -> list[tuple[str, str]]:
    """What a reader sees, block by block: the element that holds it, and its text."""
    found, tags = [], [""]
    for token in RENDERER.parse(markdown):
        if token.nesting == 1:
            tags.append(token.tag)
        elif token.nesting == -1:
            tags.pop()
        elif token.type == "inline":
            found.append((next(tag for tag in reversed(tags) if tag != "p"), "".join(map(_text, token.children or []))))
        else:
            found.append((token.type, token.content))
    return found


def _text(token: Token) -> str:
    assert token.type in ("text", "text_special", "strong_open", "strong_close"), token
    return token.content


@given(st.text(alphabet=SIGNS, max_size=40))
def test_a_text_is_rendered_as_it_was_written(text: str) -> None:
    said = one_line(text)
    assert rendered(f"- {escaped(text)}") == ([("li", said)] if said else [])
    assert rendered(f"> {escaped(text)}") == ([("blockquote", said)] if said else [])
    assert rendered(f"### {escaped(text)}") == [("h3", said)]
    assert rendered(f"甲\n\n{escaped(text)}\n\n乙") == [("", "甲"), *([("", said)] if said else []), ("", "乙")]


@given(st.lists(st.text(alphabet=SIGNS, max_size=20), min_size=2, max_size=2))
def test_cells_stay_apart(texts: list[str]) -> None:
    lines = table([["甲", "乙"], [escaped(text) for text in texts]], right=1)
    assert rendered("\n".join(lines)) == [
        ("th", "甲"),
        ("th", "乙"),
        *(("td", one_line(text)) for text in texts),
    ]


def test_addresses_are_no_links() -> None:
    """GitHub makes links of them, with the backslashes of the signs behind."""
    text = "见http://a_b.cn/x、Www.a_b.cn、甲@b_c.cn"
    assert escaped(text) == "见http\\://a\\_b.cn/x、Www\\.a\\_b.cn、甲\\@b\\_c.cn"
    assert rendered(f"- {escaped(text)}") == [("li", text)]


@given(st.text(max_size=60))
def test_no_text_breaks_a_line(text: str) -> None:
    assert len(escaped(text).splitlines()) <= 1
    escaped(text).encode()


@pytest.fixture(scope="module")
def shown(result: Result) -> list[tuple[str, str]]:
    return rendered(draw(result).decode("utf-8"))


def test_the_summary_counts_what_the_json_counts(result: Result, shown: list[tuple[str, str]]) -> None:
    cells = [text for tag, text in shown if tag in ("th", "td")]
    rows = [cells[start : start + 7] for start in range(0, len(cells), 7)]
    assert rows[0] == ["报告", "数据", "已核对", "错误", "警告", "提示", "已接受"]
    expected = []
    for report in document_to_dict(result)["reports"]:
        summary = report["summary"]
        counts = (summary["figures"], summary["figures_checked"], *summary["findings"].values(), summary["accepted"])
        expected.append([report["path"], *map(str, counts)])
    assert rows[1:] == [*expected, [f"{EMPTY}（未能检查）", *[""] * 6]]


def test_every_finding_is_told_in_its_place(result: Result, shown: list[tuple[str, str]]) -> None:
    start = 0
    for report in result.reports:
        start = shown.index(("h2", report.document.path), start)
        for told in Teller(report, "zh").findings():
            heading = f"{told.number}. {told.mark}{told.severity}：{told.title}（{told.finding.rule}）"
            start = shown.index(("h3", heading), start)
            tag, quote = shown[start + 1]
            assert tag == "blockquote"
            assert quote.replace("⟦", "").replace("⟧", "") == one_line(told.context)
            assert quote[quote.index("⟦") + 1 : quote.index("⟧")] == told.text
            lines = [("li", f"{line.label} {one_line(line.text)}") for line in told.lines]
            assert shown[start + 2 : start + 3 + len(lines)] == [*lines, ("li", f"{told.place}；编号 {told.id}")]


def test_all_else_is_told(result: Result, shown: list[tuple[str, str]]) -> None:
    content = document_to_dict(result)
    items = Counter(text for tag, text in shown if tag == "li")
    headings = [text for tag, text in shown if tag in ("h2", "h3")]
    (entry,) = content["reports"][0]["accepted"]
    (accepted,) = [text for text in items if entry["finding"]["fingerprint"][:8] in text]
    assert entry["finding"]["message"] in accepted
    assert entry["decision"]["reason"] in accepted
    assert entry["decision"]["author"] in accepted
    gone = content["reports"][0]["baseline"]["gone"]
    assert [items[f"错误 {earlier['message']}"] for earlier in gone] == [1, 1]
    assert [("blockquote", one_line(earlier["context"])) in shown for earlier in gone] == [True, True]
    assert items[f"{EMPTY}：{content['failures'][0]['message']}"] == 1
    (unused,) = content["unused_decisions"]
    (left,) = [text for text in items if unused["fingerprint"] in text]
    assert f"{unused['file']} 第{unused['row']}行" in left
    assert [items[notice.text] for notice in run_notices(result)] == [1, 1, 1]
    assert items["注意：文件未注明编码，按 gb18030 读取"] == 1
    counts = [report["summary"]["figures"] - report["summary"]["figures_checked"] for report in content["reports"]]
    unchecked = [text for text in headings if text.startswith("没有核对的数据")]
    assert unchecked == [f"没有核对的数据 {count} 个" for count in counts if count]
    assert [items[one_line(line)] for line in provenance(result)] == [1] * 6
    assert [text for text in headings if text in (FIRST, SECOND, THIRD)] == [FIRST, SECOND, THIRD]


def test_no_line_begins_with_words_of_a_report(result: Result) -> None:
    lines = draw(result).decode("utf-8").splitlines()
    own = re.compile(r"#{1,3} |\| |- |(?:  )?> |---$|$")
    assert [line for line in lines if not own.match(line)] == [
        "以下决定在本次检查的报告中没有对应的问题：或已改正，或有关文字、数据已变，或所属规则本次未用。原样保留，未作改动。",
        "本结果由以下程序、规则和文件得出",
    ]


def test_english(here: None) -> None:
    shown = rendered(draw(whole_run("en")).decode("utf-8"))
    headings = [text for tag, text in shown if tag.startswith("h") and tag != "hr"]
    assert headings == [
        "Result of the check",
        FIRST,
        "1. [still there] error: Rate does not follow from its figures (rate-mismatch)",
        "2. [new] error: A placeholder was left in (placeholder-left)",
        "1 × accepted (without effect on the exit status)",
        "Findings of the earlier run that are gone: 2",
        "Figures that were not checked: 4",
        SECOND,
        "1. [new] error: Rate does not follow from its figures (rate-mismatch)",
        THIRD,
        "1. [new] error: Rate does not follow from its figures (rate-mismatch)",
        "2. [new] warning: Total does not equal the sum of its parts (total-mismatch)",
        "Could not be checked: 1",
        "Unused decisions: 1",
    ]


def test_the_same_input_gives_the_same_bytes(result: Result) -> None:
    assert draw(whole_run()) == draw(result)
