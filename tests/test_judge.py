"""The judge: a table of claims and their outcomes, and properties of rounding."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from figures import Figures, claim, rate, total
from reportcheck import check_text
from reportcheck.judge import assess, chance, judge, judge_all
from reportcheck.model import Basis, Bound, Claim, Fact, Outcome, Question, Relation, Unit, Verdict


def verdict_on(*question: Claim) -> Verdict:
    verdict = judge(question)
    assert verdict is not None
    return verdict


# --- rates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "numerator", "denominator", "outcome"),
    [
        ("86.75%", "52.05万元", "60万元", "consistent"),
        ("86.8%", "52.05万元", "60万元", "consistent"),
        ("87%", "52.05万元", "60万元", "consistent"),
        # Beside an amount with decimals, 60万元 is 60.00: every rate from 86.02% to 87.49% would fit else.
        ("86.57%", "52.05万元", "60万元", "inconsistent"),
        ("87.49%", "52.05万元", "60万元", "inconsistent"),
        # One further unit of the last place: cut off instead of rounded.
        ("66.76%", "251万元", "376万元", "consistent"),
        ("66.75%", "251万元", "376万元", "rounding"),
        ("66.74%", "251万元", "376万元", "rounding"),
        # Where all amounts are whole they may have been rounded: 0.667 lies within 250.5/376.5 … 251.5/375.5.
        ("66.70%", "251万元", "376万元", "rounding"),
        ("66.40%", "251万元", "376万元", "inconsistent"),
        # Few digits of the operands make a wide interval.
        ("-86.62%", "-78.0万元", "90.0万元", "consistent"),
        ("89.28%", "349.62万元", "391.57万元", "consistent"),
        ("89.27%", "349.62万元", "391.57万元", "rounding"),
        ("89.26%", "349.62万元", "391.57万元", "inconsistent"),
        ("38.28%", "2570.97万元", "6714.88万元", "rounding"),
        ("8.73%", "39人", "447人", "rounding"),
        ("8.72%", "39人", "447人", "consistent"),
        ("8.27%", "39人", "447人", "inconsistent"),
        ("100%", "5.5万元", "5.5万元", "consistent"),
        ("230.25%", "261.20万元", "113.44万元", "consistent"),
        ("230.26%", "261.21万元", "113.44万元", "consistent"),
        ("90.82%", "38.6万元", "42.5万元", "consistent"),
        ("90.82%", "386000元", "42.5万元", "consistent"),
        ("98.02%", "386000元", "42.5万元", "inconsistent"),
    ],
)
def test_rates(stated: str, numerator: str, denominator: str, outcome: Outcome) -> None:
    assert assess(rate(stated, numerator, denominator)).outcome == outcome


def test_a_verdict_tells_computed_value_and_gap_exactly() -> None:
    verdict = assess(rate("86.57%", "52.05万元", "60万元"))
    assert verdict.computed == Fraction(5205, 6000)
    assert verdict.gap == Fraction(8657, 10000) - Fraction(8675, 10000)
    assert verdict.reason is None


def test_a_base_of_zero_is_undecided() -> None:
    verdict = assess(rate("100%", "18.6万元", "0万元"))
    assert (verdict.outcome, verdict.reason, verdict.computed) == ("undecided", "zero-base", None)


def test_a_base_that_may_be_zero_is_undecided() -> None:
    assert assess(rate("120.0%", "0.6万元", "0.0万元")).outcome == "undecided"


# --- hedges -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bound", "stated", "outcome"),
    [
        ("about", "85%", "consistent"),
        ("about", "79%", "consistent"),
        ("about", "70%", "inconsistent"),
        ("at-least", "85%", "consistent"),
        ("at-least", "86.75%", "consistent"),
        ("at-least", "90%", "inconsistent"),
        ("at-most", "90%", "consistent"),
        ("at-most", "86%", "inconsistent"),
    ],
)
def test_a_hedged_rate(bound: Bound, stated: str, outcome: Outcome) -> None:
    figure = Figures()
    asked = claim(
        figure(stated, bound),
        "numerator / denominator",
        numerator=figure("52.05万元"),
        denominator=figure("60.00万元"),
    )
    assert assess(asked).outcome == outcome


@pytest.mark.parametrize(
    ("stated", "outcome", "reason"),
    [("86.75%", "consistent", None), ("80%", "consistent", None), ("60%", "undecided", "hedged")],
)
def test_a_rate_of_hedged_amounts_is_never_wrong(stated: str, outcome: Outcome, reason: str | None) -> None:
    figure = Figures()
    asked = claim(
        figure(stated), "numerator / denominator", numerator=figure("52.05万元"), denominator=figure("60万元", "about")
    )
    verdict = assess(asked)
    assert (verdict.outcome, verdict.reason) == (outcome, reason)


# --- sums -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "parts", "outcome"),
    [
        ("130.15万元", ["107.21万元", "21.74万元", "1.20万元"], "consistent"),
        ("261.20万元", ["130.15万元", "131.06万元"], "rounding"),
        ("261.22万元", ["130.15万元", "131.06万元"], "rounding"),
        ("261.18万元", ["130.15万元", "131.06万元"], "inconsistent"),
        ("391.57万元", ["349.62万元", "14.90万元", "27.06万元"], "rounding"),
        ("391.55万元", ["349.62万元", "14.90万元", "27.06万元"], "rounding"),
        ("391.54万元", ["349.62万元", "14.90万元", "27.06万元"], "inconsistent"),
        ("5.04万元", ["0.86万元", "3.37万元", "0.71万元"], "inconsistent"),
        # Different precision: a gap below the coarsest place is none.
        ("7908.83万元", ["4204.8万元", "3704万元"], "consistent"),
        ("7908.86万元", ["4204.8万元", "3704万元"], "rounding"),
        ("7909.83万元", ["4204.8万元", "3704万元"], "inconsistent"),
        # Whole amounts may have been rounded, but a note says so.
        ("2364万元", ["12万元", "1356万元", "996万元"], "consistent"),
        ("2364万元", ["12万元", "1356万元", "995万元"], "rounding"),
        ("2364万元", ["12万元", "1356万元", "994万元"], "rounding"),
        ("2364万元", ["12万元", "1356万元", "993万元"], "inconsistent"),
        # Counts are exact.
        ("13人", ["11人", "2人"], "consistent"),
        ("14人", ["11人", "2人"], "inconsistent"),
        # Units are converted first.
        ("13.44万元", ["12.6万元", "8400元"], "consistent"),
        ("13.54万元", ["12.6万元", "8400元"], "inconsistent"),
        ("1.00万元", ["-695.00万元", "696.00万元"], "consistent"),
    ],
)
def test_sums(stated: str, parts: list[str], outcome: Outcome) -> None:
    assert assess(total(stated, *parts)).outcome == outcome


def test_differences_are_judged_as_sums() -> None:
    figure = Figures()
    right = claim(figure("15.45万元"), "given - spent", given=figure("218.6万元"), spent=figure("203.15万元"))
    wrong = claim(figure("14.45万元"), "given - spent", given=figure("218.6万元"), spent=figure("203.15万元"))
    assert (assess(right).outcome, assess(wrong).outcome) == ("consistent", "inconsistent")


def test_points_are_the_difference_of_two_percentages() -> None:
    figure = Figures()
    right = claim(figure("3.5个百分点"), "base - current", base=figure("74.9%"), current=figure("71.4%"))
    wrong = claim(figure("4.5个百分点"), "base - current", base=figure("74.9%"), current=figure("71.4%"))
    assert (assess(right).outcome, assess(wrong).outcome) == ("consistent", "inconsistent")


# --- sums in tables ---------------------------------------------------------------------------


def in_table(sums: Claim, pattern: str = "t1/below") -> Claim:
    return replace(sums, pattern=pattern)


def as_scores(sums: Claim) -> Claim:
    """The same with figures that are scores."""

    def scored(fact: Fact) -> Fact:
        return replace(fact, quantity=replace(fact.quantity, unit=Unit("分", "score")))

    operands = {name: tuple(map(scored, facts)) for name, facts in sums.operands.items()}
    return replace(sums, stated=scored(sums.stated), operands=operands)


@pytest.mark.parametrize(
    ("stated", "parts", "in_text", "printed"),
    [
        # In a column with decimals a whole part is exact: it hides no gap.
        ("60.55万元", ["20万元", "20.15万元", "20万元"], "rounding", "inconsistent"),
        ("60.15万元", ["20万元", "20.15万元", "20万元"], "consistent", "consistent"),
        # A whole total may still be rounded, and so may all figures of a table of whole ones.
        ("61万元", ["20.11万元", "20.15万元", "20.54万元"], "rounding", "rounding"),
        ("2364万元", ["12万元", "1356万元", "995万元"], "rounding", "rounding"),
        ("2364万元", ["12万元", "1356万元", "992万元"], "inconsistent", "inconsistent"),
    ],
)
def test_figures_of_one_table_are_printed_alike(
    stated: str, parts: list[str], in_text: Outcome, printed: Outcome
) -> None:
    assert assess(total(stated, *parts)).outcome == in_text
    assert assess(in_table(total(stated, *parts))).outcome == printed


@pytest.mark.parametrize(
    ("stated", "parts", "outcome"),
    [
        ("95.5元", ["60.5元", "35元"], "consistent"),
        # A score computed before it was rounded may be off by its last decimal; a whole one is as it is.
        ("95.6元", ["60.5元", "35元"], "rounding"),
        ("95.4元", ["60.5元", "35元"], "rounding"),
        ("95.7元", ["60.5元", "35元"], "inconsistent"),
        ("96元", ["60元", "35元"], "inconsistent"),
        ("96元", ["60.5元", "35元"], "inconsistent"),
    ],
)
def test_scores_are_added_as_they_are_printed(stated: str, parts: list[str], outcome: Outcome) -> None:
    assert assess(in_table(as_scores(total(stated, *parts, basis="structure")))).outcome == outcome


# --- all questions of a report ----------------------------------------------------------------


def summary(*questions: Question) -> list[tuple[str, Basis, str | None]]:
    return [(verdict.outcome, verdict.claim.basis, verdict.reason) for verdict in judge_all(questions)]


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        # Beyond its parts, with no slip to explain it: some part may not be listed.
        ("13.63万元", "partial-list"),
        ("4.25万元", None),
        # Two digits transposed; a digit changed.
        ("9.41万元", None),
    ],
)
def test_a_total_beyond_its_parts_with_nothing_else_to_speak_for_it_is_doubted(stated: str, reason: str | None) -> None:
    asked = in_table(total(stated, "1.17万元", "2.28万元", "5.69万元", basis="structure"))
    assert summary((asked,)) == [("inconsistent", "structure", reason)]


def test_scores_are_not_doubted() -> None:
    asked = as_scores(in_table(total("13.63元", "1.17元", "2.28元", "5.69元", basis="structure")))
    assert summary((asked,)) == [("inconsistent", "structure", None)]


def test_what_is_asked_twice_is_answered_once_by_the_firmer_claim() -> None:
    weak = total("9.14万元", "1.17万元", "2.28万元", "5.69万元", basis="structure")
    firm = replace(weak, basis="wording")
    assert summary((weak,), (firm,)) == [("consistent", "wording", None)]
    assert summary((firm,), (weak,)) == [("consistent", "wording", None)]


def test_a_list_that_adds_up_to_one_total_is_not_held_against_another() -> None:
    right = total("9.14万元", "1.17万元", "2.28万元", "5.69万元")
    other = Figures()("99.99万元")
    span = replace(other.quantity.span, block="p2")
    wrong = replace(right, stated=replace(other, quantity=replace(other.quantity, span=span)))
    assert summary((right,), (wrong,)) == [("consistent", "wording", None)]
    assert summary((wrong,)) == [("inconsistent", "wording", None)]


def test_a_total_beside_its_own_parts_is_no_list() -> None:
    figure = Figures()
    small, one, two = figure("3.45万元"), figure("1.17万元"), figure("2.28万元")
    grand = figure("99.99万元")
    nested = claim(small, "sum(parts)", rule="total-mismatch", parts=[one, two])
    doubled = claim(grand, "sum(parts)", rule="total-mismatch", parts=[small, one, two])
    assert summary((nested,), (doubled,)) == [("consistent", "wording", None)]
    assert summary((doubled,)) == [("inconsistent", "wording", None)]


# --- partial lists ------------------------------------------------------------------------------


def test_a_partial_list_stays_undecided() -> None:
    verdict = verdict_on(total("2346.5万元", "812.7万元", "436.9万元", exhaustive=False))
    assert (verdict.outcome, verdict.reason) == ("undecided", "partial-list")


def test_a_partial_list_with_an_evident_slip_is_inconsistent() -> None:
    assert verdict_on(total("386.45万元", "251.70万元", "116.75万元", exhaustive=False)).outcome == "inconsistent"


def test_parts_beyond_their_total_are_inconsistent_even_in_a_partial_list() -> None:
    assert verdict_on(total("486.3万元", "386.5万元", "248.7万元", exhaustive=False)).outcome == "inconsistent"


def test_counts_beyond_their_total_may_overlap() -> None:
    assert verdict_on(total("58人", "45人", "33人", exhaustive=False)).outcome == "undecided"


def test_a_partial_list_that_fits_is_consistent() -> None:
    assert verdict_on(total("486.3万元", "386.5万元", "99.8万元", exhaustive=False)).outcome == "consistent"


# --- questions of several claims ----------------------------------------------------------------


def rates(stated: str, *pairs: tuple[str, str, Basis]) -> tuple[Claim, ...]:
    """Alternatives for one stated rate; each pair is numerator, denominator and basis."""
    figure = Figures()
    rated = figure(stated)
    return tuple(
        claim(rated, "numerator / denominator", basis, numerator=figure(above), denominator=figure(below))
        for above, below, basis in pairs
    )


def test_any_lawful_base_confirms() -> None:
    question = rates("98.27%", ("358.7万元", "280.0万元", "wording"), ("358.7万元", "365.0万元", "structure"))
    verdict = verdict_on(*question)
    assert (verdict.outcome, verdict.claim.basis) == ("consistent", "structure")


def test_the_firmest_basis_confirms_first() -> None:
    question = rates("98.27%", ("358.7万元", "365.0万元", "found"), ("717.4万元", "730.0万元", "wording"))
    assert verdict_on(*question).claim.basis == "wording"


def test_one_bound_claim_contradicts() -> None:
    question = rates("97.27%", ("358.7万元", "365.0万元", "wording"), ("358.7万元", "280.0万元", "found"))
    verdict = verdict_on(*question)
    assert (verdict.outcome, verdict.claim.basis) == ("inconsistent", "wording")


def test_two_bound_claims_leave_the_base_unclear() -> None:
    question = rates("90.11%", ("358.7万元", "365.0万元", "structure"), ("412.6万元", "580.0万元", "structure"))
    verdict = verdict_on(*question)
    assert (verdict.outcome, verdict.reason) == ("undecided", "base-unclear")


def test_wording_contradicts_before_structure() -> None:
    question = rates("90.11%", ("358.7万元", "365.0万元", "wording"), ("412.6万元", "580.0万元", "structure"))
    verdict = verdict_on(*question)
    assert (verdict.outcome, verdict.claim.basis) == ("inconsistent", "wording")


@pytest.mark.parametrize("basis", ["found", "name"])
def test_what_was_only_searched_for_never_contradicts(basis: Basis) -> None:
    assert judge(rates("90.11%", ("358.7万元", "365.0万元", basis))) is None


def test_what_was_searched_for_confirms_where_chance_hardly_could() -> None:
    assert verdict_on(*rates("98.27%", ("358.7万元", "365.0万元", "found"))).outcome == "consistent"


def test_what_was_searched_for_confirms_no_round_rate() -> None:
    pairs: list[tuple[str, str, Basis]] = [(f"{90 + n}.0万元", f"{100 + n}.0万元", "found") for n in range(40)]
    assert judge(rates("90%", *pairs)) is None


def test_the_chance_of_a_fit_is_its_width_over_its_spread() -> None:
    assert chance(assess(rate("86.75%", "52.05万元", "60万元"))) == Fraction(1, 10000) / (3 * Fraction(8675, 10000))
    assert chance(assess(total("20.0万元", "15.0万元", "5.0万元"))) == Fraction(1, 200)
    assert chance(assess(rate("0.00%", "0.00万元", "60.00万元"))) == 1


def test_the_same_figures_turned_round_are_no_second_witness() -> None:
    figure = Figures()
    stated, above, below = figure("115.27%"), figure("52.05万元"), figure("60.00万元")
    bound = claim(stated, "numerator / denominator", numerator=above, denominator=below)
    turned = claim(stated, "numerator / denominator", "found", numerator=below, denominator=above)
    assert assess(turned).outcome == "consistent"
    assert verdict_on(bound, turned).outcome == "inconsistent"


# --- relations ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "stated", "outcome"),
    [
        ("<=", "100%", "consistent"),
        ("<=", "100.4%", "inconsistent"),
        ("<=", "230.25%", "inconsistent"),
        (">=", "100%", "consistent"),
        (">=", "99.9%", "inconsistent"),
        ("<", "99.9%", "consistent"),
        ("<", "100%", "inconsistent"),
        (">", "100%", "inconsistent"),
        (">", "100.1%", "consistent"),
    ],
)
def test_order_relations(relation: Relation, stated: str, outcome: Outcome) -> None:
    figure = Figures()
    asked = claim(figure(stated), "limit", relation=relation, limit=figure("100%"))
    assert assess(asked).outcome == outcome


# --- properties ---------------------------------------------------------------------------------

PLACES = st.integers(0, 3)
AMOUNTS = st.integers(1, 99_999_999)
ROUNDINGS = st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])


def written(value: Fraction, places: int, rounding: str = ROUND_HALF_UP) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.quantize(Decimal(1).scaleb(-places), rounding):f}"


@st.composite
def rounded_rates(draw: st.DrawFn) -> tuple[str, str, str]:
    """A rate of two amounts, all three rounded from the exact figures behind them."""
    above, below = Fraction(draw(AMOUNTS), 1000), Fraction(draw(AMOUNTS), 1000) + 10
    places, shown, rounding = draw(PLACES), draw(PLACES), draw(ROUNDINGS)
    return (
        written(above / below * 100, shown, rounding) + "%",
        written(above, places, rounding) + "万元",
        written(below, places, rounding) + "万元",
    )


@given(rounded_rates())
def test_a_rightly_rounded_rate_is_never_inconsistent(figures: tuple[str, str, str]) -> None:
    assert assess(rate(*figures)).outcome in ("consistent", "rounding")


@given(rounded_rates(), st.integers(2, 40))
def test_a_rate_off_beyond_its_precision_is_inconsistent(figures: tuple[str, str, str], times: int) -> None:
    stated, above, below = figures
    asked = rate(stated, above, below)
    groups = [asked.operands["numerator"][0].quantity, asked.operands["denominator"][0].quantity]
    top, bottom = (quantity.rounded_interval for quantity in groups)
    assert top.high is not None
    assert bottom.low is not None
    most = top.high / bottom.low
    place = Fraction(1, 100) * asked.stated.quantity.last_place * 100
    places = asked.stated.quantity.decimals
    wrong = written((most + times * place) * 100, places) + "%"
    assert assess(rate(wrong, above, below)).outcome == "inconsistent"


@given(st.lists(st.integers(0, 9_999_999), min_size=2, max_size=9), PLACES)
def test_an_exact_sum_is_consistent(parts: list[int], places: int) -> None:
    texts = [f"{Decimal(part).scaleb(-places):f}万元" for part in parts]
    assert assess(total(f"{Decimal(sum(parts)).scaleb(-places):f}万元", *texts)).outcome == "consistent"


@given(st.lists(st.integers(0, 99_999_999), min_size=2, max_size=9), PLACES, ROUNDINGS)
def test_a_rightly_rounded_sum_is_never_inconsistent(parts: list[int], places: int, rounding: str) -> None:
    exact = [Fraction(part, 10_000) for part in parts]
    texts = [written(part, places, rounding) + "万元" for part in exact]
    stated = written(sum(exact, Fraction(0)), places, rounding) + "万元"
    assert assess(total(stated, *texts)).outcome in ("consistent", "rounding")


@given(st.lists(st.integers(0, 99_999_999), min_size=2, max_size=9), st.integers(1, 3), ROUNDINGS)
def test_a_rightly_rounded_sum_in_a_table_is_never_inconsistent(parts: list[int], places: int, rounding: str) -> None:
    exact = [Fraction(part, 10_000) for part in parts]
    texts = [written(part, places, rounding) + "万元" for part in exact]
    stated = written(sum(exact, Fraction(0)), places, rounding) + "万元"
    assert assess(in_table(total(stated, *texts))).outcome in ("consistent", "rounding")


@given(st.lists(st.integers(0, 9_999_999), min_size=2, max_size=6), st.integers(1, 3), st.sampled_from([-1, 1]))
def test_a_sum_off_beyond_rounding_is_inconsistent(parts: list[int], places: int, sign: int) -> None:
    texts = [f"{Decimal(part).scaleb(-places):f}万元" for part in parts]
    off = sum(parts) + sign * (len(parts) // 2 + 3)
    assert assess(total(f"{Decimal(off).scaleb(-places):f}万元", *texts)).outcome == "inconsistent"


@given(st.lists(st.integers(0, 9_999), min_size=2, max_size=9), st.sampled_from([-1, 1]))
def test_a_count_off_by_one_is_inconsistent(parts: list[int], off: int) -> None:
    assert assess(total(f"{sum(parts) + off}人", *(f"{part}人" for part in parts))).outcome == "inconsistent"


@st.composite
def rounded_growths(draw: st.DrawFn) -> tuple[str, str, str]:
    current, base = Fraction(draw(AMOUNTS), 1000), Fraction(draw(AMOUNTS), 1000) + 10
    places, shown = draw(st.integers(0, 3)), draw(PLACES)
    return (
        written((current / base - 1) * 100, shown) + "%",
        written(current, places) + "万元",
        written(base, places) + "万元",
    )


@given(rounded_growths())
def test_a_rightly_rounded_growth_is_never_inconsistent(figures: tuple[str, str, str]) -> None:
    stated, current, base = figures
    figure = Figures()
    asked = claim(figure(stated), "current / base - 1", current=figure(current), base=figure(base))
    assert assess(asked).outcome in ("consistent", "rounding")


@given(AMOUNTS, AMOUNTS, PLACES, PLACES)
def test_a_growth_by_its_rightly_rounded_change_is_never_inconsistent(
    now: int, then: int, places: int, shown: int
) -> None:
    current, base = Fraction(now, 1000), Fraction(then, 1000) + 10
    figure = Figures()
    asked = claim(
        figure(written((current / base - 1) * 100, shown) + "%"),
        "change / (current - change)",
        change=figure(written(current - base, places) + "万元"),
        current=figure(written(current, places) + "万元"),
    )
    assert assess(asked).outcome in ("consistent", "rounding", "undecided")


TEMPLATES = [
    "项目预算{below}，实际支出{above}，预算执行率为{rate}。",
    "本年支出合计{below}，其中基本支出{above}，占本年支出合计的{rate}。",
    "年初预算{below}，全年支出{above}，完成年初预算的{rate}。",
    "下达资金{below}。截至年底已支付{above}，资金支付率{rate}。",
    "维修费支出{above}，占公用经费{below}的{rate}。",
    "应到位资金{below}，实际到位{above}，资金到位率{rate}。",
    "“三公”经费预算安排{below}，实际支出{above}，“三公”经费控制率为{rate}。",
]


@given(rounded_rates(), st.sampled_from(TEMPLATES))
def test_a_rightly_rounded_rate_in_a_sentence_is_no_error(figures: tuple[str, str, str], template: str) -> None:
    stated, above, below = figures
    report = check_text(template.format(rate=stated, above=above, below=below))
    errors = [f for f in report.findings if f.severity == "error" and f.verdict and f.verdict.claim.relation == "="]
    assert [finding.message for finding in errors] == []


LISTS = [
    "会议费{0}，培训费{1}，差旅费{2}，合计{total}。",
    "全年支出{total}，其中会议费{0}、培训费{1}、差旅费{2}。",
    "工资福利支出{0}、商品和服务支出{1}、对个人和家庭的补助{2}，以上三项合计{total}。",
    "全年支出{total}（会议费{0}，培训费{1}，差旅费{2}）。",
    "项目支出{total}，由办公费{0}、印刷费{1}和差旅费{2}组成。",
]


@given(st.lists(st.integers(1, 9_999_999), min_size=3, max_size=3), st.integers(0, 2), st.sampled_from(LISTS))
def test_a_right_total_in_a_sentence_is_no_finding(parts: list[int], places: int, template: str) -> None:
    texts = [f"{Decimal(part).scaleb(-places):f}万元" for part in parts]
    text = template.format(*texts, total=f"{Decimal(sum(parts)).scaleb(-places):f}万元")
    assert [finding.message for finding in check_text(text).findings] == []


CHANGES = [
    "会议费支出{now}，比上年{then}{verb}{change}，{fall}{rate}。",
    "会议费由{then}{verb}到{now}，{verb}{change}，{fall}{rate}。",
    "2022年收入{now}，与上年相比{verb}{change}，{fall}{rate}。",
    "会议费支出{now}，较上年决算{then}{fall}{rate}。",
]


@given(
    st.integers(100, 9_999_999),
    st.integers(100, 9_999_999),
    st.integers(0, 2),
    PLACES,
    st.sampled_from(CHANGES),
)
def test_a_right_change_in_a_sentence_is_no_error(now: int, then: int, places: int, shown: int, template: str) -> None:
    if now == then:
        return
    rise = now > then
    text = template.format(
        now=f"{Decimal(now).scaleb(-places):f}万元",
        then=f"{Decimal(then).scaleb(-places):f}万元",
        change=f"{Decimal(abs(now - then)).scaleb(-places):f}万元",
        verb="增加" if rise else "减少",
        fall="增长" if rise else "下降",
        rate=written(abs(Fraction(now, then) - 1) * 100, shown) + "%",
    )
    errors = [finding.message for finding in check_text(text).findings if finding.severity == "error"]
    assert errors == []
