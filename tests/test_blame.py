"""Blame by least repair: one wrong figure is one finding, on that figure, with all that it breaks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from figures import Figures, claim
from reportcheck import check_text
from reportcheck.assess import assess
from reportcheck.blame import blamed
from reportcheck.model import Blame, Claim, Finding, Report
from tables import alarms, check, repairs, said, with_cell


def told(report: Report) -> list[str]:
    """Each finding: ``total-mismatch 9.05 → 9.50``, and behind it what it breaks besides, in full."""
    return [line for finding in report.findings for line in _told(finding)]


def _told(finding: Finding) -> list[str]:
    assert finding.blame is not None
    return [f"{finding.rule} {_blame(finding.blame)}", *(f"  {said(verdict)}" for verdict in finding.blame.others)]


def _blame(blame: Blame) -> str:
    """The figure blamed and its repair; where one of several is meant, the stated figure and their repairs."""
    if blame.repair is not None:
        return f"{blame.repair.fact.quantity.text} → {blame.repair.right.text}"
    named = " or ".join(f"{repair.fact.quantity.text} → {repair.right.text}" for repair in blame.equal)
    return f"{blame.verdict.claim.stated.quantity.text}: {named}"


def blames(*claims: Claim) -> list[str]:
    return [_blame(blame) for blame in blamed([assess(each) for each in claims])]


# --- one figure that several relations share ----------------------------------------------

TWO_WAY = [
    "项目|基本支出|项目支出|合计",
    "甲|6.04|4.13|10.17",
    "乙|9.12|14.13|23.25",
    "丙|3.17|5.22|8.39",
    "合计|18.33|23.48|41.81",
]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [("14.13", "14.31", "r3c3"), ("23.25", "32.25", "r3c4"), ("23.48", "24.38", "r5c3"), ("41.81", "48.11", "r5c4")],
    ids=["a part", "the total of a row", "the total of a column", "the total of all"],
)
def test_a_wrong_cell_of_a_two_way_table(old: str, new: str, place: str) -> None:
    report = check(with_cell(TWO_WAY, old, new))
    assert alarms(report) == [f"error total-mismatch {new} at {place}"]
    assert repairs(report) == [f"{new} → {old}万元"]
    assert len(told(report)) == 2


def test_what_a_wrong_figure_breaks_is_told_where_it_is_stated_first() -> None:
    assert told(check(with_cell(TWO_WAY, "23.48", "24.38"))) == [
        "total-mismatch 24.38 → 23.48万元",
        "  total-mismatch: 41.81 = 18.33 + 24.38 inconsistent structure",
    ]
    assert told(check(with_cell(TWO_WAY, "14.13", "14.31"))) == [
        "total-mismatch 14.31 → 14.13万元",
        "  total-mismatch: 23.25 = 9.12 + 14.31 inconsistent structure",
    ]


NESTED = [
    "项目|预算数|决算数",
    "一、基本支出|33.42|27.45",
    "（一）人员经费|10.17|9.02",
    "（二）公用经费|23.25|18.43",
    "二、项目支出|75.47|67.97",
    "1.业务|31.39|27.06",
    "2.其他|44.08|40.91",
    "合计|108.89|95.42",
]


def test_a_wrong_subtotal() -> None:
    assert told(check(with_cell(NESTED, "27.45", "24.75"))) == [
        "total-mismatch 24.75 → 27.45万元",
        "  total-mismatch: 95.42 = 24.75 + 67.97 inconsistent structure",
    ]


def test_two_slips_in_one_table_are_two_findings() -> None:
    rows = ["项目|东区|西区|南区|北区|合计", "甲|6.04|4.13|2.25|3.31|15.73", "乙|9.12|14.13|7.07|5.50|35.82"]
    rows += ["丙|3.17|5.22|1.08|8.80|18.27", "合计|18.33|23.48|10.40|17.61|69.82"]
    assert check(rows).findings == ()
    assert told(check(with_cell(with_cell(rows, "14.13", "14.31"), "3.17", "7.13"))) == [
        "total-mismatch 14.31 → 14.13万元",
        "  total-mismatch: 35.82 = 9.12 + 14.31 + 7.07 + 5.50 inconsistent structure",
        "total-mismatch 7.13 → 3.17万元",
        "  total-mismatch: 18.27 = 7.13 + 5.22 + 1.08 + 8.80 inconsistent structure",
    ]


def test_a_relation_in_several_forms_is_told_once() -> None:
    """The rest of a row is a difference, a total of its parts, and the other way round."""
    rows = ["项目|预算数|决算数|结余", "甲|10.17|9.02|1.15", "乙|23.25|18.43|4.28", "丙|31.39|27.06|4.33"]
    report = check(rows)
    wrong = [said(verdict) for verdict in report.verdicts if verdict.outcome == "inconsistent"]
    assert wrong == [
        "total-mismatch: 23.25 = 18.43 + 4.28 inconsistent parallel",
        "total-mismatch: 4.28 = 23.25 - 18.43 inconsistent parallel",
        "change-mismatch: 4.28 = 23.25 - 18.43 inconsistent structure",
    ]
    assert told(report) == ["change-mismatch 4.28 → 4.82万元"]


def test_a_limit_alone_does_not_say_what_a_figure_should_be() -> None:
    figure = Figures()
    total = figure("61万元")
    limits = [claim(total, "limit", relation="<=", limit=figure(limit)) for limit in ("60万元", "58万元")]
    verdicts = [assess(each) for each in limits]
    assert [verdict.outcome for verdict in verdicts] == ["inconsistent"] * 2
    assert [blame.repair for blame in blamed(verdicts)] == [None, None]


def test_a_limit_that_a_wrong_figure_crosses_is_told_behind_the_sum() -> None:
    rows = ["指标|分值|得分", "数量|30|30", "质量|30|31", "效益|40|38", "总分|100|97"]
    assert told(check(rows, unit="")) == [
        "score-mismatch 31 → 29分",
        "  score-mismatch: 31 <= 30 inconsistent structure",
    ]


# --- one relation: what else speaks for its figures ---------------------------------------


def test_a_sum_by_itself_is_told_at_its_total() -> None:
    report = check_text("全年支出386.4万元，其中基本支出251.7万元、项目支出143.7万元。")
    assert told(report) == ["total-mismatch 386.4万元 → 395.4万元"]
    assert report.findings[0].blame is not None
    assert report.findings[0].blame.equal == ()


def test_a_total_that_a_share_bears_out_leaves_the_part() -> None:
    report = check_text("全年支出395.4万元，其中基本支出251.7万元、项目支出134.7万元，基本支出占全年支出的63.66%。")
    assert told(report) == ["total-mismatch 134.7万元 → 143.7万元"]


def test_of_parts_under_a_total_that_is_borne_out_the_one_with_a_slip_is_blamed() -> None:
    figure = Figures()
    total = figure("67.97万元")
    above = claim(figure("95.42万元"), "sum(parts)", parts=[figure("27.45万元"), total])
    below = claim(total, "sum(parts)", parts=[figure("27.06万元"), figure("49.01万元")])
    assert blames(above, below) == ["49.01万元 → 40.91万元"]


def test_parts_that_may_both_be_a_slip_are_both_named_under_the_total() -> None:
    report = check(with_cell(NESTED, "40.91", "43.91"))
    assert told(report) == ["total-mismatch 67.97: 27.06 → 24.06万元 or 43.91 → 40.91万元"]
    assert report.findings[0].cause is None


def test_a_changed_digit_that_fits_several_parts_does_not_rule_out_the_others() -> None:
    figure = Figures()
    total = figure("97.65万元")
    parts = claim(
        total, "sum(parts)", parts=[figure(each) for each in ("19.45万元", "49.20万元", "20.00万元", "10.00万元")]
    )
    equal = claim(figure("97.65万元"), "other", other=total)
    assert blames(equal, parts) == [
        "97.65万元: 19.45万元 → 18.45万元 or 49.20万元 → 48.20万元 or 20.00万元 → 19.00万元 or 10.00万元 → 9.00万元"
    ]


def test_claims_that_want_one_figure_otherwise_are_one_finding() -> None:
    """The score is wrong going by its rate; the total, with a second slip in it, would have yet another score."""
    figure = Figures()
    score, other, total = figure("9.73万元"), figure("78.00万元"), figure("97.65万元")
    rate = claim(score, "a * rate", a=figure("20.00万元"), rate=figure("97.27%"), rule="score-mismatch")
    parts = claim(total, "sum(parts)", parts=[score, other], rule="score-mismatch")
    held = [claim(figure("97.65万元"), "other", other=total), claim(figure("78.00万元"), "other", other=other)]
    (blame,) = blamed([assess(each) for each in (*held, parts, rate)])
    assert _blame(blame) == "9.73万元 → 19.45万元"
    assert [said(verdict) for verdict in (blame.verdict, *blame.others)] == [
        "score-mismatch: 9.73万元 = 20.00万元 × 97.27% inconsistent wording",
        "score-mismatch: 97.65万元 = 9.73万元 + 78.00万元 inconsistent wording",
    ]


def test_where_a_row_may_be_left_out_no_row_is_blamed() -> None:
    rows = ["编码|科目|预算数|决算数", "合计|<|108.89|95.42", "205|教育|33.42|27.45", "20502|普通教育|33.42|27.45"]
    rows += ["2050202|小学|10.17|9.02", "2050203|初中|23.25|18.43", "210|卫生|75.47|67.97", "21002|医院|75.47|67.97"]
    assert told(check([*rows, "2100201|综合医院|31.39|27.06"])) == [
        "total-mismatch 75.47 → 31.39万元",
        "total-mismatch 67.97 → 27.06万元",
    ]


def test_two_figures_that_should_be_equal_are_both_named() -> None:
    figure = Figures()
    assert blames(claim(figure("4.86万元"), "other", other=figure("4.68万元"))) == ["4.86万元 → 4.68万元"]
    (blame,) = blamed([assess(claim(figure("4.86万元"), "other", other=figure("4.68万元")))])
    assert [(repair.fact.quantity.text, repair.right.text) for repair in blame.equal] == [("4.68万元", "4.86万元")]


def test_parts_that_two_totals_share_are_all_named_under_the_nearer_one() -> None:
    rows = ["一级指标|二级指标|分值|得分", "产出指标（50分）|数量|20|20", "^|质量|13|13", "^|时效|16|15"]
    rows += ["效益指标（30分）|社会|18|17", "^|生态|12|12", "满意度指标（10分）|满意|10|9", "总分|<|90|86"]
    assert told(check(rows, unit="")) == [
        "weight-mismatch 50分: 20 → 21分 or 13 → 14分 or 16 → 17分",
        "  weight-mismatch: 90 = 20 + 13 + 16 + 18 + 12 + 10 inconsistent structure",
    ]


def test_what_has_been_mended_speaks_for_its_other_figures() -> None:
    """A rate breaks with its amounts and with a product; once it is mended, it bears out the amount spent."""
    figure = Figures()
    spent, rate = figure("2334.61万元"), figure("94.93%")
    execution = claim(rate, "numerator / denominator", numerator=spent, denominator=figure("2473.26万元"))
    product = claim(figure("9.44万元"), "a * rate", a=figure("10.00万元"), rate=rate, rule="product-mismatch")
    parts = claim(spent, "sum(parts)", parts=[figure("1007.28万元"), figure("1372.33万元")], rule="total-mismatch")
    assert blames(parts) == ["2334.61万元 → 2379.61万元"]
    assert blames(execution, product, parts) == ["94.93% → 94.39%", "1372.33万元 → 1327.33万元"]


# --- consequences -------------------------------------------------------------------------


def test_a_tail_of_rounding_that_the_repair_does_away_with_is_not_told_beside() -> None:
    report = check_text("年末在校学生1256人，其中：男生300人、女生955人，男生占23.90%。")
    assert told(report) == [
        "total-mismatch 1256人 → 1255人",
        "  share-mismatch: 23.90% = 300人 ÷ 1256人 rounding structure",
    ]


@pytest.mark.parametrize(
    ("text", "blame", "flips"),
    [
        (
            "自评得分为92.3分，其中：决策14.5分、过程22.8分、产出30.6分、效益21.4分，自评等级为“优”。",
            "92.3分 → 89.3分",
            ["grade"],
        ),
        ("单位编制62名，年末实有在职人员61人（行政34人、事业29人）。", "61人 → 63人", ["posts"]),
        (
            "“三公”经费预算24.00万元，支出20.64万元，其中公务接待费6.38万元、公务用车运行维护费18.26万元，未超预算。",
            "20.64万元 → 24.64万元",
            ["statement"],
        ),
        ("全年预算60万元，支出52.05万元，执行率为105.75%。", "105.75% → 86.75%", ["budget"]),
        ("全年预算60万元，支出52.05万元，执行率为86.57%。", "86.57% → 86.75%", []),
        # It still has the grade.
        (
            "自评得分为92.3分，其中：决策14.5分、过程22.8分、产出33.3分、效益21.4分，自评等级为“优”。",
            "92.3分 → 92.0分",
            [],
        ),
    ],
)
def test_conclusions_that_turn(text: str, blame: str, flips: list[str]) -> None:
    (finding,) = check_text(text).findings
    assert finding.blame is not None
    assert _blame(finding.blame) == blame
    assert [flip.code for flip in finding.flips] == flips


def test_the_direction_of_a_change_turns() -> None:
    rows = ["项目|上年|本年|增长率", "甲|10.17|9.02|-11.31%", "乙|28.43|23.25|-18.22%", "丙|5.00|6.00|20.00%"]
    (finding,) = check([*rows, "丁|35.00|26.00|25.71%"]).findings
    assert [flip.code for flip in finding.flips] == ["direction"]


def test_a_target_that_is_missed_once_the_figure_is_mended() -> None:
    figure = Figures()
    trained = figure("96人")
    target = claim(trained, "target", relation=">=", rule="target-unmet", target=figure("95人"))
    parts = claim(trained, "sum(parts)", rule="total-mismatch", parts=[figure("42人"), figure("52人")])
    (blame,) = blamed([assess(target), assess(parts)])
    assert _blame(blame) == "96人 → 94人"
    assert [(flip.code, flip.verdict and flip.verdict.outcome) for flip in blame.flips] == [("target", "inconsistent")]


def test_what_turns_a_conclusion_comes_first() -> None:
    text = "会议费预算40万元，支出33.05万元，执行率为86.25%。\n全年预算60万元，支出52.05万元，执行率为105.75%。"
    assert told(check_text(text)) == ["rate-mismatch 105.75% → 86.75%", "rate-mismatch 86.25% → 82.63%"]


# --- any table ----------------------------------------------------------------------------

AMOUNT = st.integers(1000, 999_999)
NAMES = "甲乙丙丁戊"


@st.composite
def slips(draw: st.DrawFn) -> tuple[list[list[int]], int, int, int]:
    """A table in hundredths with totals down and along, and a cell of it with a wrong value."""
    rows, columns = draw(st.integers(3, 5)), draw(st.integers(2, 4))
    cells = [draw(st.lists(AMOUNT, min_size=columns, max_size=columns)) for _ in range(rows)]
    cells = [[*row, sum(row)] for row in cells]
    cells.append([sum(column) for column in zip(*cells, strict=True)])
    row, column, wrong = draw(st.integers(0, rows)), draw(st.integers(0, columns)), draw(AMOUNT)
    # A few last places are a tail of rounding.
    assume(abs(wrong - cells[row][column]) > 100)
    return cells, row, column, wrong


def _rows(cells: Sequence[Sequence[int]]) -> list[str]:
    names = [*NAMES[: len(cells) - 1], "合计"]
    shown = ["|".join(f"{value / 100:.2f}" for value in row) for row in cells]
    header = "|".join(["项目", *(f"{name}类" for name in NAMES[: len(cells[0]) - 1]), "合计"])
    return [header, *(f"{name}|{row}" for name, row in zip(names, shown, strict=True))]


@given(slips())
def test_one_wrong_cell_of_any_table_is_one_finding_on_it(slip: tuple[list[list[int]], int, int, int]) -> None:
    cells, row, column, wrong = slip
    assert check(_rows(cells)).findings == ()
    right = cells[row][column]
    cells[row][column] = wrong
    report = check(_rows(cells))
    (alarm,) = alarms(report)
    assert alarm.endswith(f" total-mismatch {wrong / 100:.2f} at r{row + 2}c{column + 2}")
    assert repairs(report) == [f"{wrong / 100:.2f} → {right / 100:.2f}万元"]
