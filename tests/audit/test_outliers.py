from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from reportcheck.audit import outliers
from reportcheck.audit.across import Across, Spot
from reportcheck.audit.extract import Extract
from reportcheck.audit.folder import Folder
from reportcheck.audit.inspect import Inspection, packed
from reportcheck.audit.measures import Measure, kind_of, measures_of
from reportcheck.audit.outliers import Bin, distributions
from reportcheck.catalog import built_in
from reportcheck.checker import check_document, check_text
from reportcheck.model import Block, Document, Table
from reportcheck.render.places import Places


def folder(values: list[str], rule: str = "rate-outlier", kind: str = "whole") -> Folder:
    import msgspec

    def made(number: int, value: str) -> Inspection:
        text = value + ("%" if rule == "rate-outlier" else "分")
        measure = Measure(rule, str(Fraction(value)), "第9段", text)
        kept = msgspec.to_builtins(Extract(kind, measures=(measure,)))
        return Inspection(f"{number:03d}.docx", f"{number:03d}", "", unit=f"甲县第{number}中学", passages=packed(kept))

    return Folder(made(number, value) for number, value in enumerate(values, 1))


def told(values: list[str], rule: str = "rate-outlier") -> list[tuple[str, str]]:
    return [(each.rule, each.spots[0].text) for each in outliers.find(folder(values, rule), "zh")]


def usual(count: int, low: int = 9200, high: int = 9990) -> list[str]:
    random = Random(3)
    return [f"{random.randint(low, high) / 100:.2f}" for _ in range(count)]


# --- what is measured -------------------------------------------------------------------------------------


def measured(text: str) -> list[tuple[str, str, str]]:
    report = check_text(text)
    return [(each.rule, each.value, each.text) for each in measures_of(report, Places(report.document, "zh"))]


WHOLE = "枫渡县水利局2022年度部门整体支出绩效自评报告\n"


@pytest.mark.parametrize("row", built_in("across")["measure"], ids=lambda row: row["id"])
def test_an_example_states_its_measure(row: dict[str, str]) -> None:
    before, figure, behind = row["example"].replace("⟧", "⟦").split("⟦")
    found = measured(f"{WHOLE}一、预算执行情况\n{before}{figure}{behind}。")
    assert [(each[0], each[2]) for each in found] == [(row["id"], figure)]


@pytest.mark.parametrize("row", built_in("across")["kind"], ids=lambda row: row["id"])
def test_the_kind_of_a_report_is_told_by_its_title(row: dict[str, str]) -> None:
    report = check_text(f"{row['example']}\n一、预算执行情况\n全年支出862.35万元，预算执行率为94.39%。")
    assert kind_of(report) == row["id"]


def test_a_report_of_no_known_kind_is_not_compared() -> None:
    assert measured("枫渡县2022年度工作总结\n一、预算执行情况\n全年支出862.35万元，预算执行率为94.39%。") == []


@pytest.mark.parametrize(
    "text",
    [
        "一、信访救助\n全年预算60万元，支出52.05万元，执行率86.75%。",
        "一、项目支出情况\n全年预算60万元，支出52.05万元，执行率86.75%。",
        "一、预算执行情况\n“三公”经费预算执行率86.75%。",
        "一、预算执行情况\n预算执行率达到86.75%以上。",
        "一、自评结论\n上年自评得分96.5分。",
        "一、自评结论\n其中产出指标得分46.5分。",
    ],
)
def test_what_is_no_measure_of_the_whole(text: str) -> None:
    assert measured(WHOLE + text) == []


@pytest.mark.parametrize(("full", "found"), [("100", [("score-outlier", "483/5", "96.6")]), ("120", [])])
def test_a_table_states_the_score_where_it_is_one_of_a_hundred(full: str, found: list[tuple[str, str, str]]) -> None:
    rows = [["三级指标", "年度指标值", "实际完成值", "分值", "得分"], ["培训人次", "≥600人次", "620人次", "50", "48.6"]]
    rows += [["宣传场次", "≥12场", "12场", str(int(full) - 50), "48.0"], ["总分", "", "", full, "96.6"]]
    cells = tuple(
        tuple(Block(f"t1.r{r}c{c}", text, "cell") for c, text in enumerate(row, 1)) for r, row in enumerate(rows, 1)
    )
    title = Block("p1", WHOLE.strip(), "title")
    held = Table("t1", cells, caption="部门整体支出绩效自评表", header_rows=1)
    blocks = (title, *(cell for row in cells for cell in row))
    report = check_document(Document("a.docx", "docx", blocks, (held,)))
    told = [(each.rule, each.value, each.text) for each in measures_of(report, Places(report.document, "zh"))]
    assert told == found


# --- how it is spread ---------------------------------------------------------------------------------------


def test_a_distribution() -> None:
    spread = distributions(folder(["81", "92.5", "95", "98", "96"]))
    assert [(each.rule, each.kind, each.n, each.outliers) for each in spread] == [("rate-outlier", "whole", 5, ())]
    only = spread[0]
    assert (only.least, only.low, only.median, only.high, only.most) == (81, Fraction("92.5"), 95, 96, 98)
    assert only.bins == tuple(
        Bin(Fraction(low), Fraction(low + 5), count) for low, count in ((80, 1), (85, 0), (90, 1), (95, 3))
    )


def test_quartiles_lie_between_values_in_proportion() -> None:
    only = distributions(folder(["90", "91", "93", "99"]))[0]
    assert (only.low, only.median, only.high) == (Fraction("90.75"), Fraction(92), Fraction("94.5"))


def test_bins_grow_with_the_range() -> None:
    only = distributions(folder(["0", "2302.5"]))[0]
    assert len(only.bins) == 29
    assert {each.high - each.low for each in only.bins} == {80}
    assert sum(each.count for each in only.bins) == 2


def test_each_kind_of_report_has_its_own_distribution() -> None:
    one, other = folder(["95"], kind="whole"), folder(["60"], kind="project")
    both = Folder(
        Inspection(f"{party.body.name}{n}", f"{n}", "", unit=party.name, passages=party.packed)
        for n, party in enumerate((*one.parties, *other.parties))
    )
    assert [(each.kind, each.n) for each in distributions(both)] == [("project", 1), ("whole", 1)]


def test_a_report_in_two_formats_counts_once() -> None:
    party = folder(["95"]).parties[0]
    twice = [Inspection(name, name, "", unit=party.name, passages=party.packed) for name in ("a.docx", "a.pdf")]
    assert [each.n for each in distributions(Folder(twice))] == [1]


# --- what is far off ------------------------------------------------------------------------------------------


def test_rates_far_from_all_others_are_noted() -> None:
    values = [*usual(40), "31.25", "230.25"]
    found = list(outliers.find(folder(values), "zh"))
    spread = distributions(folder(values))[0]
    median, low, high = (outliers.shown(value) for value in (spread.median, spread.low, spread.high))
    assert found == [
        Across(
            "rate-outlier",
            "note",
            f"预算执行率{text}，42份同类报告的中位数为{median}%，半数在{low}%至{high}%之间",
            (submission,),
            (Spot(f"{submission}.docx", "第9段", text),),
        )
        for text, submission in (("230.25%", "042"), ("31.25%", "041"))
    ]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([*usual(18), "31.25"], id="too few"),
        pytest.param(usual(60), id="all alike"),
        pytest.param(["98.5"] * 30 + ["95", "92", "89.5"], id="all high: none far off"),
        pytest.param([f"{value}" for value in range(40, 100)], id="spread wide"),
        pytest.param([*usual(40, 7000, 9990), "60.5", "58.2"], id="the end of a long tail"),
    ],
)
def test_nothing_is_far_off(values: list[str]) -> None:
    assert told(values) == []
    assert told(values, "score-outlier") == []


def test_the_usual_distance_is_that_of_the_same_side() -> None:
    values = [*("100" for _ in range(20)), *usual(20, 7000, 9900), "125"]
    assert told(values) == [("rate-outlier", "125%")]


def test_scores_far_from_all_others_are_noted() -> None:
    assert told([*usual(30), "71.5"], "score-outlier") == [("score-outlier", "71.5分")]
