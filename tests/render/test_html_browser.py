"""The page in a browser: by mouse, by keyboard, on a narrow screen, on paper, without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import browsers
import pytest
from msgspec.structs import replace

from reportcheck.checker import check, check_text
from reportcheck.model import Finding, Span
from reportcheck.render.html import draw
from reportcheck.result import Result

pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).parents[2] / "samples" / "reports" / "county-petition-bureau-2019.txt"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 800}

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsers.started() as browser:
        yield browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "报告 1.html"
    path.write_bytes(draw(Result([check(SAMPLE)])))
    return path


@pytest.fixture(scope="module")
def tabs(browser: Any) -> dict[bool, tuple[Any, list[str]]]:
    """A tab with scripts and one without, and what went wrong in each."""
    made = {}
    for scripts in (True, False):
        page = browser.new_context(java_script_enabled=scripts, reduced_motion="reduce").new_page()
        wrong: list[str] = []
        page.set_default_timeout(10_000)
        page.on("console", lambda message, wrong=wrong: wrong.append(message.text))
        page.on("pageerror", lambda error, wrong=wrong: wrong.append(str(error)))
        page.on("request", lambda request, wrong=wrong: wrong.extend(_from_outside(request.url)))
        made[scripts] = page, wrong
    return made


def _from_outside(url: str) -> list[str]:
    return [] if url.startswith(("file:", "about:")) else [url]


@pytest.fixture
def opened(tabs: dict[bool, tuple[Any, list[str]]], file: Path) -> Iterator[Open]:
    """Opens the page; afterwards nothing was loaded, and nothing went wrong."""

    def open_page(
        hash: str = "", viewport: dict[str, int] = WIDE, path: Path = file, scripts: bool = True, scheme: str = "light"
    ) -> Any:
        page, _ = tabs[scripts]
        page.goto("about:blank")
        page.set_viewport_size(viewport)
        page.emulate_media(media="screen", color_scheme=scheme)
        page.goto(path.as_uri() + hash)
        return page

    yield open_page
    assert [wrong for _, wrong in tabs.values()] == [[], []]


def in_view(page: Any, selector: str) -> bool:
    """Whether the middle of an element is what is seen at its place."""
    script = """e => { const b = e.getBoundingClientRect(), m = document.elementFromPoint(b.x + b.width / 2,
        b.y + b.height / 2); return b.width > 0 && !!m && (e.contains(m) || m.contains(e)); }"""
    return bool(page.locator(selector).first.evaluate(script))


def settle(page: Any) -> None:
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def focused(page: Any) -> str:
    script = "() => { const e = document.activeElement; return e.id || e.closest('[id]')?.id || e.tagName; }"
    return str(page.evaluate(script))


def current(page: Any) -> list[str]:
    return [str(e.get_attribute("id")) for e in page.locator("[aria-current=true]").all()]


def test_a_card_leads_to_its_mark_and_the_mark_back(opened: Open) -> None:
    page = opened()
    page.locator("#finding-3 .place").click()
    settle(page)
    assert (focused(page), current(page), in_view(page, "#mark-3")) == ("mark-3", ["finding-3"], True)
    assert page.evaluate("location.hash") == "#finding-3"
    page.locator("#mark-1").scroll_into_view_if_needed()
    page.locator("#mark-1").click()
    settle(page)
    assert (focused(page), current(page), in_view(page, "#finding-1 .title")) == ("finding-1", ["finding-1"], True)
    assert page.locator(".mark.current").count() == page.locator("[data-of~='1']").count() > 1


def test_the_ways_of_the_keyboard(opened: Open) -> None:
    page = opened()
    seen = []
    for key in ("j", "j", "j", "k", "ArrowDown", "ArrowUp", "n", "p"):
        page.keyboard.press(key)
        settle(page)
        seen.append((key, current(page)[0], focused(page)))
        assert in_view(page, current(page)[0].replace("finding", "#mark"))
        assert in_view(page, f"#{current(page)[0]} .title")
    assert [place for _, place, _ in seen] == [f"finding-{n}" for n in (1, 2, 3, 2, 3, 2, 3, 2)]
    assert all(place == focus for _, place, focus in seen)
    page.keyboard.press("Enter")
    assert focused(page) == "mark-2"
    page.keyboard.press("Enter")
    assert focused(page) == "finding-2"
    page.keyboard.press("f")
    assert page.locator("#figures-button").get_attribute("aria-pressed") == "true"
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("j")
    assert current(page) == ["finding-2"]
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("jkf")
    assert (focused(page), page.locator("#search").input_value(), current(page)) == ("search", "jkf", ["finding-2"])
    page.keyboard.press("Escape")
    assert page.locator("#search").input_value() == ""


def test_the_first_tabs_lead_past_everything(opened: Open) -> None:
    page = opened()
    stops = []
    for _ in range(2):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.hash"))
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    assert stops == ["#report", "#findings"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#findings') !== null")


def test_filters_hide_cards_and_fade_their_marks(opened: Open) -> None:
    page = opened()
    shown = page.locator(".card:visible")
    assert shown.count() == 7
    page.locator("[data-severity=error][type=checkbox]").uncheck()
    assert shown.count() == 4
    assert page.locator("#shown").inner_text() == "显示 4 / 7 处"
    assert "off" in (page.locator("#mark-1").get_attribute("class") or "").split()
    page.locator(".by-rule summary").click()
    page.locator("[data-rule=mixed-width][type=checkbox]").uncheck()
    assert shown.evaluate_all("cards => cards.map(card => card.id)") == ["finding-4", "finding-5", "finding-6"]
    page.keyboard.press("j")
    assert current(page) == ["finding-4"]
    page.locator("#search").fill("基础数据表")
    assert shown.evaluate_all("cards => cards.map(card => card.id)") == ["finding-5"]
    page.locator("#mark-1").click()
    assert (shown.count(), current(page)) == (7, ["finding-1"])
    page.locator("[data-severity=note][type=checkbox]").uncheck()
    page.locator("#show-all").click()
    assert (shown.count(), page.locator(".mark.off").count()) == (7, 0)


def test_an_address_opens_at_its_finding(opened: Open) -> None:
    page = opened("#finding-7")
    page.wait_for_function("document.querySelector('[aria-current]') !== null")
    settle(page)
    assert (current(page), in_view(page, "#mark-7"), in_view(page, "#finding-7 .title")) == (["finding-7"], True, True)


def test_the_ledger_leads_to_the_figure_and_to_the_finding(opened: Open) -> None:
    page = opened("#chapter-4")
    page.wait_for_function("document.querySelector('#chapter-4').open")
    row = page.locator("#chapter-4 li.inconsistent")
    figure = row.locator("a").first
    target = str(figure.get_attribute("href"))
    figure.click()
    settle(page)
    assert in_view(page, target)
    assert page.locator(target).inner_text() == figure.inner_text()
    row.locator("a", has_text="见问题").click()
    settle(page)
    assert (current(page), page.locator("#findings").is_visible()) == (["finding-1"], True)
    page.locator("#tab-ledger").click()
    page.locator("[data-standing=inconsistent]").uncheck()
    assert row.is_hidden()


def test_tabs_by_keyboard(opened: Open) -> None:
    page = opened()
    page.locator("#tab-findings").focus()
    page.keyboard.press("ArrowRight")
    visible = page.locator("[role=tabpanel]:visible").evaluate_all("parts => parts.map(part => part.id)")
    assert (focused(page), visible) == ("tab-coverage", ["coverage"])
    assert page.locator("[role=tab][aria-selected=true]").count() == 1


def test_where_findings_overlap_further_clicks_go_on(opened: Open, tmp_path: Path) -> None:
    passages = ((0, 9),), ((4, 9),), ((4, 9), (0, 2))
    findings = tuple(
        Finding("total-mismatch", "error", "m", tuple(Span("p1", *edges) for edges in spans), f"{number:016x}")
        for number, spans in enumerate(passages)
    )
    path = tmp_path / "overlap.html"
    path.write_bytes(draw(Result([replace(check_text("支出合计100万元。"), findings=findings)])))
    page = opened(path=path)
    seen = []
    for _ in range(4):
        page.locator("[data-of='1 2 3']").first.click()
        seen.append(current(page))
    assert seen == [["finding-1"], ["finding-2"], ["finding-3"], ["finding-1"]]
    page.locator("#finding-3 .go").click()
    assert page.evaluate("document.activeElement.dataset.badge") == "2 3"


def test_a_narrow_screen(opened: Open) -> None:
    page = opened(viewport=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#next").click()
    page.locator("#next").click()
    settle(page)
    assert (current(page), in_view(page, "#mark-2")) == (["finding-2"], True)
    assert "占位符" in page.locator("#current").inner_text()
    page.locator("#current").click()
    settle(page)
    assert in_view(page, "#finding-2 .title")
    page.locator("#finding-2 .go").click()
    settle(page)
    assert in_view(page, "#mark-2")
    for tab in ("coverage", "ledger", "relations"):
        page.locator(f"#tab-{tab}").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_no_width_makes_the_page_scroll_sideways(opened: Open) -> None:
    page = opened()
    for width in (1440, 1201, 1200, 1024, 821, 820, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_there_are_the_cards_and_no_controls(opened: Open) -> None:
    page = opened()
    page.emulate_media(media="print")
    assert page.locator("button:visible, input:visible, nav:visible").count() == 0
    below = "e => e.getBoundingClientRect().top + scrollY"
    assert page.locator("#finding-1").evaluate(below) > page.locator("#at-p57").evaluate(below)
    assert page.locator(".card:visible").count() == 7
    assert page.locator("#coverage").is_visible()
    assert page.locator("footer").is_visible()


def test_without_script_all_is_there_and_links_lead(opened: Open) -> None:
    page = opened(scripts=False)
    for part in ("findings", "coverage", "ledger", "relations"):
        assert page.locator(f"#{part}").is_visible()
    assert page.locator(".js-only:visible").count() == 0
    page.locator("#finding-7 .go").click()
    assert page.url.endswith("#mark-7")
    page.locator("#mark-7").click()
    assert page.url.endswith("#finding-7")
    page.locator("#chapter-1 summary").click()
    page.locator("#chapter-1 li a").first.click()
    assert page.url.endswith("#figure-1")


CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data; };
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(c => (c /= 255) <= .04045 ? c / 12.92
    : ((c + .055) / 1.055) ** 2.4); return .2126 * x + .7152 * y + .0722 * z; };
  const ground = e => { while (e && rgba(getComputedStyle(e).backgroundColor)[3] < 255) e = e.parentElement;
    return rgba(getComputedStyle(e || document.documentElement).backgroundColor); };
  const poor = [];
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const [one, two] = [light(rgba(getComputedStyle(e).color)), light(ground(e))].sort((a, b) => b - a);
    const ratio = (one + .05) / (two + .05);
    if (ratio < 4.5) poor.push([e.className, e.textContent.slice(0, 20), ratio.toFixed(2)].join(' '));
  }
  return poor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(opened: Open, scheme: str) -> None:
    page = opened("#finding-1", scheme=scheme)
    page.keyboard.press("j")
    assert page.evaluate(CONTRAST) == []
    for tab in ("coverage", "ledger", "relations"):
        page.locator(f"#tab-{tab}").click()
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert page.evaluate(CONTRAST) == []
