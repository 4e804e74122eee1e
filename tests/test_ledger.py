"""The ledger: every figure of a report once, with the claims that used it, or why it was not checked."""

from __future__ import annotations

import io
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from rich.console import Console

from reportcheck import check_text
from reportcheck.catalog import Language
from reportcheck.checker import check
from reportcheck.ledger import Entry, checked_spans, ledger
from reportcheck.model import Report
from reportcheck.render.json import report_to_dict
from reportcheck.render.terminal_ledger import print_ledger
from reportcheck.render.terminal_pen import Pen

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = [row["name"] for row in tomllib.loads((SAMPLES / "truth.toml").read_text(encoding="utf-8"))["report"]]

TEXT = """一、资金使用情况
全年预算60万元，支出52.05万元，执行率为86.57%，结余约8万元。
全年支出395.4万元，其中基本支出251.7万元、项目支出134.7万元，基本支出占全年支出的63.66%。
二、下年计划
计划支出70万元，结余近9万元。到2025年，力争达到80万元。对外拨付项目资金2346.5万元，其中水利建设812.7万元、道路养护436.9万元。
"""


@cache
def sample(name: str) -> Report:
    return check(SAMPLES / "reports" / f"{name}.docx")


def entries(report: Report) -> list[Entry]:
    return [entry for section in ledger(report) for entry in section.entries]


def standings(text: str) -> list[tuple[str, str, str]]:
    return [(entry.fact.quantity.text, entry.standing, entry.reason) for entry in entries(check_text(text))]


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_a_report_stands_in_its_ledger_once(name: str) -> None:
    report = sample(name)
    assert Counter(entry.fact for entry in entries(report)) == Counter(report.facts)
    assert report.facts


@pytest.mark.parametrize("name", NAMES)
def test_the_coverage_is_that_of_the_summary(name: str) -> None:
    report = sample(name)
    assert {entry.fact.quantity.span for entry in entries(report) if entry.checked} == {
        fact.quantity.span for fact in report.facts
    } & checked_spans(report)
    result = report_to_dict(report)
    for key in ("figures", "figures_checked"):
        assert sum(section[key] for section in result["sections"]) == result["summary"][key]


@pytest.mark.parametrize("name", NAMES)
def test_the_verdicts_of_an_entry_are_those_that_use_its_figure(name: str) -> None:
    result = report_to_dict(sample(name))
    uses: dict[tuple[str, int, int], list[int]] = {}
    for index, verdict in enumerate(result["verdicts"]):
        places = [(span["block"], span["start"], span["end"]) for span in (verdict["stated"], *verdict["operands"])]
        for place in dict.fromkeys(places):
            uses.setdefault(place, []).append(index)
    listed = [entry for section in result["sections"] for entry in section["ledger"]]
    assert [entry["verdicts"] for entry in listed] == [
        uses.get((entry["block"], entry["start"], entry["end"]), []) for entry in listed
    ]


def test_how_figures_stand() -> None:
    assert standings(TEXT) == [
        ("60万元", "consistent", ""),
        ("52.05万元", "consistent", ""),
        ("86.57%", "inconsistent", ""),
        ("8万元", "consistent", ""),
        # The share bears the total out, so that a part is to blame.
        ("395.4万元", "consistent", ""),
        ("251.7万元", "consistent", ""),
        ("134.7万元", "inconsistent", ""),
        ("63.66%", "consistent", ""),
        ("70万元", "unchecked", "no-relation"),
        ("9万元", "unchecked", "hedged"),
        ("80万元", "unchecked", "aim"),
        ("2346.5万元", "undecided", "partial-list"),
        ("812.7万元", "undecided", "partial-list"),
        ("436.9万元", "undecided", "partial-list"),
    ]


def test_what_is_off_by_rounding() -> None:
    assert standings("全年支出712.69万元，其中基本支出476.28万元，项目支出236.40万元。") == [
        ("712.69万元", "rounding", ""),
        ("476.28万元", "rounding", ""),
        ("236.40万元", "rounding", ""),
    ]


def test_figures_of_which_any_may_be_wrong_stand_inconsistent() -> None:
    rows = [
        "项目|决算数",
        "一、基本支出|27.45",
        "（一）人员|9.02",
        "（二）公用|18.43",
        "二、项目支出|67.97",
        "1.业务|27.06",
    ]
    text = "\n".join(f"| {row.replace('|', ' | ')} |" for row in [*rows, "2.其他|43.91", "合计|95.42"])
    found = {figure: standing for figure, standing, _ in standings(text)}
    assert [figure for figure, standing in found.items() if standing == "inconsistent"] == ["67.97", "27.06", "43.91"]


def test_sections_in_reading_order() -> None:
    text = "全年支出3万元。\n一、收入\n收入5万元。\n（一）财政拨款\n拨款4万元。\n二、支出\n支出6万元。"
    sections = ledger(check_text(text))
    assert [(section.name, [entry.fact.quantity.text for entry in section.entries]) for section in sections] == [
        ("", ["3万元"]),
        ("收入", ["5万元", "4万元"]),
        ("支出", ["6万元"]),
    ]


def test_a_figure_with_a_wrong_unit_is_checked_though_its_claim_stays_undecided() -> None:
    report = check_text("设备购置费12.60万元、安装调试费1.25元，两项合计13.85万元。")
    assert [finding.rule for finding in report.findings] == ["unit-slip"]
    found = {entry.fact.quantity.text: entry.standing for entry in entries(report)}
    assert found == {"12.60万元": "undecided", "1.25元": "inconsistent", "两项": "unchecked", "13.85万元": "undecided"}
    assert report_to_dict(report)["summary"]["figures_checked"] == 1


def drawn(text: str, language: Language, columns: int = 100) -> str:
    out = io.StringIO()
    print_ledger(Pen(Console(file=out, width=columns, no_color=True), language), check_text(text))
    return out.getvalue()


ZH = """数据台账

  资金使用情况　数据 8 个，已核对 8 个（100%）
  第2行       60万元　预算　一致：8万元 = 60万元 - 52.05万元；86.57% ≠ 52.05万元 ÷ 60万元
  第2行       52.05万元　支出　一致：8万元 = 60万元 - 52.05万元；86.57% ≠ 52.05万元 ÷ 60万元
  第2行       86.57%　执行率　不一致：86.57% ≠ 52.05万元 ÷ 60万元
  第2行       8万元　结余　一致：8万元 = 60万元 - 52.05万元
  第3行       395.4万元　支出　一致：63.66% = 251.7万元 ÷ 395.4万元；395.4万元 ≠ 251.7万元 + 134.7万
              元
  第3行       251.7万元　基本支出　一致：63.66% = 251.7万元 ÷ 395.4万元；395.4万元 ≠ 251.7万元 +
              134.7万元
  第3行       134.7万元　项目支出　不一致：395.4万元 ≠ 251.7万元 + 134.7万元
  第3行       63.66%　支出　一致：63.66% = 251.7万元 ÷ 395.4万元

  下年计划　数据 6 个，已核对 0 个（0%）
  第5行       70万元　计划支出　未核对：未找到可与之对照的数据
  第5行       9万元　结余　未核对：含“约”“近”等约数
  第5行       80万元　力争　未核对：目标、计划或限额，无可重算
  第5行       2346.5万元　对外拨付项目资金　未判定：分项可能未列全
  第5行       812.7万元　水利建设　未判定：分项可能未列全
  第5行       436.9万元　道路养护　未判定：分项可能未列全

"""
EN = """Ledger of figures

  资金使用情况  8 figures, 8 checked (100%)
  line 2      60万元  预算  holds: 8万元 = 60万元 - 52.05万元; 86.57% ≠ 52.05万元 ÷ 60万元
  line 2      52.05万元  支出  holds: 8万元 = 60万元 - 52.05万元; 86.57% ≠ 52.05万元 ÷ 60万元
  line 2      86.57%  执行率  inconsistent: 86.57% ≠ 52.05万元 ÷ 60万元
  line 2      8万元  结余  holds: 8万元 = 60万元 - 52.05万元
  line 3      395.4万元  支出  holds: 63.66% = 251.7万元 ÷ 395.4万元; 395.4万元 ≠ 251.7万元 + 134.7
              万元
  line 3      251.7万元  基本支出  holds: 63.66% = 251.7万元 ÷ 395.4万元; 395.4万元 ≠ 251.7万元 +
              134.7万元
  line 3      134.7万元  项目支出  inconsistent: 395.4万元 ≠ 251.7万元 + 134.7万元
  line 3      63.66%  支出  holds: 63.66% = 251.7万元 ÷ 395.4万元

  下年计划  6 figures, 0 checked (0%)
  line 5      70万元  计划支出  not checked: nothing found to hold it against
  line 5      9万元  结余  not checked: approximate figures
  line 5      80万元  力争  not checked: an aim, plan or limit: nothing to recompute
  line 5      2346.5万元  对外拨付项目资金  undecided: list may be partial
  line 5      812.7万元  水利建设  undecided: list may be partial
  line 5      436.9万元  道路养护  undecided: list may be partial

"""


@pytest.mark.parametrize(("language", "text"), [("zh", ZH), ("en", EN)])
def test_the_ledger_on_the_terminal(language: Language, text: str) -> None:
    assert drawn(TEXT, language) == text
