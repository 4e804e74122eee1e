"""The page of an audit: it says what its sum says, leads to the pages of the reports, and lets nothing in."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import lxml.html
import pytest
from folder_summary import AWKWARD, HOSTILE, PLAIN, made
from lxml.html import HtmlElement

from reportcheck.audit.charts import coverage, distribution
from reportcheck.audit.index import address, draw, links
from reportcheck.audit.outliers import Distribution
from reportcheck.audit.run import page_of
from reportcheck.audit.summary import Summary
from reportcheck.catalog import Language
from reportcheck.checker import Settings
from reportcheck.model import SEVERITIES

sys.path.append(str(Path(__file__).parents[1] / "render"))
import browsers

Made = tuple[Summary, list[Distribution]]


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("ledger") / "reportcheck.sqlite")


@pytest.fixture(scope="module")
def folder(audit: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results with pages of some reports."""
    out = tmp_path_factory.mktemp("out")
    for name in (PLAIN, AWKWARD):
        page = page_of(name, out, Settings())
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"<!DOCTYPE html><title>{name}</title>", encoding="utf-8")
    found, spread = audit
    (out / "reportcheck.html").write_bytes(draw(found, spread, Settings(), links(found, out, Settings())))
    return out


@pytest.fixture(scope="module")
def tree(folder: Path) -> HtmlElement:
    return lxml.html.document_fromstring((folder / "reportcheck.html").read_bytes())


def text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_same_audit_gives_the_same_bytes(audit: Made) -> None:
    assert draw(*audit, Settings(), {}) == draw(*audit, Settings(), {})


def test_the_units_stand_in_the_order_of_their_need(audit: Made, tree: HtmlElement) -> None:
    rows = tree.xpath("//table[contains(@class, 'units')]/tbody/tr")
    units = audit[0].units
    assert [(row[0].text, text(row.xpath("th/b")[0])) for row in rows] == [
        (str(rank), unit.name) for rank, unit in enumerate(units, 1)
    ]
    counted = [[int(cell.get("data-value")) for cell in row.xpath("td[@data-value]")] for row in rows]
    assert counted == [
        [
            *(unit.count(severity) for severity in SEVERITIES),
            len(unit.failures),
            100 * unit.checked // unit.figures,
        ]
        for unit in units
    ]
    assert [text(item) for item in rows[0].xpath("th/ul/li")] == [
        f"坏.pdf 未能检查：文件已加密 {HOSTILE}",
        "附件 #1 100%?.xlsx 错误 2",
    ]
    assert text(rows[0].xpath("th/p")[0]) == "跨文件问题 1 已接受 1 处"


def test_links_lead_to_pages_that_are_there(folder: Path, tree: HtmlElement) -> None:
    outside = {a.get("href") for a in tree.xpath("//a[not(starts-with(@href, '#'))]")}
    assert {(folder / unquote(href)).resolve() for href in outside} == {
        page_of(name, folder, Settings()).resolve() for name in (PLAIN, AWKWARD)
    }
    assert all(re.fullmatch(r"[\w.~/%-]+", href, re.ASCII) for href in outside)
    inside = {a.get("href")[1:] for a in tree.xpath("//a[starts-with(@href, '#')]")}
    assert inside <= {element.get("id") for element in tree.xpath("//*[@id]")}
    assert {"across-1", "across-2"} <= inside


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("javascript:alert(1).html", "javascript%3Aalert%281%29.html"),
        ("a b/c#d?e%f.html", "a%20b/c%23d%3Fe%25f.html"),
        ("bad\udcff.html", "bad%FF.html"),
        ("bad\ud800.html", "bad%ED%A0%80.html"),
    ],
)
def test_an_address_is_a_relative_one(path: str, expected: str) -> None:
    assert address(path) == expected


def test_nothing_that_documents_say_can_act(audit: Made, tree: HtmlElement) -> None:
    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("//*[@style]") == []
    assert tree.xpath("//@*[starts-with(name(), 'on')]") == []
    assert HOSTILE in [text(b) for b in tree.xpath("//b[@class='name']")]
    assert f"1 与他人相同 {HOSTILE}" in [text(p) for p in tree.xpath("//p[@class='message']")]
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+'; base-uri 'none'; form-action 'none'",
        policy,
    )


def test_findings_across_files_have_all_their_places(audit: Made, tree: HtmlElement) -> None:
    found = audit[0]
    for number, one in enumerate((found.across[1], found.across[0]), 1):
        (card,) = tree.xpath("//*[@id=$name]", name=f"across-{number}")
        assert [text(item.xpath("a|bdi")[0]) for item in card.xpath(".//ul/li")] == [spot.file for spot in one.spots]
        assert one.severity in card.get("class").split()


def test_failures_and_rules(audit: Made, tree: HtmlElement) -> None:
    failures = [[text(cell) for cell in row] for row in tree.xpath("//table[@class='failures']//tr")]
    assert failures == [["教育局/坏.pdf", f"文件已加密 {HOSTILE}"], ["教育局 比对", "超时"]]
    rules = tree.xpath("//table[@class='rules']/tbody/tr[not(@class)]")
    told = {row.xpath("th/code")[0].text: int(row.xpath("td")[0].text) for row in rules}
    assert told == {rule: sum(counts.values()) for rule, counts in audit[0].rules.items()}


def test_the_charts_count_everything(audit: Made, tree: HtmlElement) -> None:
    found, (spread,) = audit
    drawn, without = coverage(found)
    assert (sum(bar.count for bar in drawn.bars), without) == (26, 0)
    assert [(bar.low, bar.count) for bar in drawn.bars] == [("0%", 24), ("20%", 1), ("90%", 1)]
    chart = distribution(spread, "%")
    assert sum(bar.count for bar in chart.bars) == spread.n
    (mark,) = chart.marks
    first = chart.bars[0]
    assert first.x <= mark.x <= first.x + first.width
    assert mark.text == "其他/00.docx 31.2%"
    low, width = chart.band or (0, 0)
    assert low <= chart.median <= low + width
    shown = [[text(each) for each in svg.xpath(".//*[@class='bin']/title")] for svg in tree.xpath("//svg[@role='img']")]
    assert shown[0] == ["0%～10%：24", "20%～30%：1", "90%～100%：1"]
    assert shown[1] == [f"{bar.low}～{bar.high}：{bar.count}" for bar in chart.bars]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_at_all(language: Language) -> None:
    page = lxml.html.document_fromstring(draw(Summary(()), [], Settings(language=language), {}))
    assert page.xpath("//table[@class='failures']") == []
    assert len(page.xpath("//svg[@role='img']")) == 1


# --- in a browser -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(folder: Path) -> Iterator[tuple[Any, list[str]]]:
    with browsers.started() as browser:
        tab, wrong = browser.new_page(), []
        tab.set_default_timeout(10_000)
        tab.on("console", lambda message: wrong.append(message.text))
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.goto((folder / "reportcheck.html").as_uri())
        yield tab, wrong


def names(tab: Any) -> list[str]:
    return [str(each) for each in tab.locator(".units tbody tr:visible .name").all_inner_texts()]


@pytest.mark.browser
def test_it_sorts_filters_and_leads_on(page: tuple[Any, list[str]], audit: Made) -> None:
    tab, wrong = page
    ranked = [unit.name for unit in audit[0].units]
    assert names(tab) == ranked
    heads = tab.locator("thead [data-sort] button")
    heads.nth(3).click()
    assert tab.locator("[data-sort][aria-sort]").inner_text().strip() == "警告"
    by_warnings = sorted(audit[0].units, key=lambda unit: -unit.count("warning"))
    assert names(tab) == [unit.name for unit in by_warnings]
    heads.nth(0).click()
    assert names(tab) == ranked
    heads.nth(0).click()
    assert names(tab) == ranked[::-1]
    tab.locator("#search").fill("第1 中学")
    told = tab.locator("#shown").inner_text()
    assert sorted(names(tab)) == sorted(name for name in ranked if "第1" in name)
    assert told == f"显示 11 / {len(ranked)} 家"
    tab.locator("#show-all").click()
    assert len(names(tab)) == len(ranked)
    tab.locator("tbody a[href='#across-2']").first.click()
    assert tab.locator("#across-2").is_visible()
    tab.set_viewport_size({"width": 390, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.locator(".units a", has_text="附件").click()
    assert tab.title() == AWKWARD
    assert wrong == []
