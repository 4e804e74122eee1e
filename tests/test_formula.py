"""Arithmetic over named operands."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcheck.errors import CatalogError
from reportcheck.formula import evaluate, evaluate_interval, is_sum, names, render, weight
from reportcheck.interval import Interval

FORMULAS = [
    "numerator / denominator",
    "current / base - 1",
    "1 - current / base",
    "change / (current - change)",
    "change / (current + change)",
    "sum(parts)",
    "sum(parts) - sum(less)",
    "sum(parts) / whole",
    "given - spent",
    "price * count * months",
    "price * count * 12",
    "1 - other / whole",
    "min(weight, weight * rate)",
]


def fractions(**values: list[int]) -> dict[str, list[Fraction]]:
    return {name: [Fraction(value) for value in group] for name, group in values.items()}


@pytest.mark.parametrize(
    ("formula", "values", "result"),
    [
        ("numerator / denominator", {"numerator": [3], "denominator": [4]}, Fraction(3, 4)),
        ("current / base - 1", {"current": [6], "base": [4]}, Fraction(1, 2)),
        ("1 - current / base", {"current": [3], "base": [4]}, Fraction(1, 4)),
        ("change / (current - change)", {"change": [2], "current": [10]}, Fraction(1, 4)),
        ("sum(parts)", {"parts": [1, 2, 3]}, Fraction(6)),
        ("sum(parts)", {"parts": []}, Fraction(0)),
        ("sum(parts) - sum(less)", {"parts": [5, 6], "less": [4]}, Fraction(7)),
        ("sum(parts) / whole", {"parts": [1, 2], "whole": [4]}, Fraction(3, 4)),
        ("price * count * 12", {"price": [5], "count": [2]}, Fraction(120)),
        ("given - spent", {"given": [5], "spent": [7]}, Fraction(-2)),
        ("nearest(share, whole)", {"share": [0], "whole": [7]}, Fraction(0)),
        ("min(weight, weight * rate)", {"weight": [10], "rate": [2]}, Fraction(10)),
        ("min(weight, weight * rate)", {"weight": [10], "rate": [0]}, Fraction(0)),
        ("min(one, other)", {"one": [5], "other": [3]}, Fraction(3)),
    ],
)
def test_evaluate(formula: str, values: dict[str, list[int]], result: Fraction) -> None:
    assert evaluate(formula, fractions(**values)) == result


@given(st.sampled_from(FORMULAS), st.lists(st.fractions(), min_size=7, max_size=7))
def test_a_formula_is_what_python_makes_of_it(formula: str, drawn: list[Fraction]) -> None:
    figures = iter(drawn)
    values = {
        name: [next(figures) for _ in range(3 if f"sum({name})" in formula else 1)] for name in sorted(names(formula))
    }
    plain = {name: group if f"sum({name})" in formula else group[0] for name, group in values.items()}
    try:
        expected = eval(formula, {"sum": lambda group: sum(group, Fraction(0)), "min": min}, plain)
    except ZeroDivisionError:
        with pytest.raises(ZeroDivisionError):
            evaluate(formula, values)
    else:
        assert evaluate(formula, values) == expected


def test_the_nearest_share_of_a_whole_number_of_cases() -> None:
    values = {"share": [Fraction(955, 1000)], "whole": [Fraction(60)]}
    assert evaluate("nearest(share, whole)", values) == Fraction(57, 60)


def test_a_base_of_zero_raises() -> None:
    with pytest.raises(ZeroDivisionError):
        evaluate("numerator / denominator", fractions(numerator=[1], denominator=[0]))


@pytest.mark.parametrize(
    "formula",
    [
        "numerator /",
        "max(a)",
        "min(a)",
        "min(a, b, a)",
        "a.b",
        "'text'",
        "a ** b",
    ],
)
def test_a_broken_formula_is_an_error_that_shows_it(formula: str) -> None:
    with pytest.raises(CatalogError) as raised:
        evaluate(formula, fractions(a=[1], b=[2], numerator=[1]))
    assert raised.value.code == "formula-broken"
    assert "formula" in raised.value.facts


@pytest.mark.parametrize(
    ("formula", "is_one"),
    [
        ("sum(parts)", True),
        ("sum(parts) - sum(less)", True),
        ("given - spent", True),
        ("x1 + x2 - x3", True),
        ("x1", True),
        ("numerator / denominator", False),
        ("current / base - 1", False),
        ("price * count", False),
        ("sum(parts) / whole", False),
        ("weight - loss", True),
        ("min(weight, weight * rate)", False),
    ],
)
def test_is_sum(formula: str, is_one: bool) -> None:
    assert is_sum(formula) is is_one


@pytest.mark.parametrize(
    ("formula", "weights"),
    [
        ("sum(parts)", {"parts": 1}),
        ("sum(parts) - sum(less)", {"parts": 1, "less": -1}),
        ("x1 - (x2 - x3)", {"x1": 1, "x2": -1, "x3": 1}),
        ("one + one - other", {"one": 2, "other": -1, "elsewhere": 0}),
        ("numerator / denominator", {"numerator": 0, "denominator": 0}),
        ("price * count", {"price": 0}),
        ("min(one, other)", {"one": 0, "other": 0}),
        ("nearest(share, cases)", {"share": 0, "cases": 0}),
    ],
)
def test_how_often_a_sum_counts_an_operand(formula: str, weights: dict[str, int]) -> None:
    assert {name: weight(formula, name) for name in weights} == weights


def test_names_are_the_operands_without_the_functions() -> None:
    assert names("sum(parts) / whole") == {"parts", "whole"}
    assert names("nearest(share, whole)") == {"share", "whole"}
    assert names("price * count * 12") == {"price", "count"}
    assert names("min(weight, weight * rate)") == {"weight", "rate"}


@pytest.mark.parametrize(
    ("formula", "texts", "shown"),
    [
        (
            "numerator / denominator",
            {"numerator": ["52.05万元"], "denominator": ["60万元"]},
            "52.05万元 ÷ 60万元",
        ),
        ("current / base - 1", {"current": ["6人"], "base": ["4人"]}, "6人 ÷ 4人 - 1"),
        ("change / (current - change)", {"change": ["2"], "current": ["9"]}, "2 ÷ (9 - 2)"),
        ("sum(parts)", {"parts": ["1元", "2元", "3元"]}, "1元 + 2元 + 3元"),
        ("sum(parts) / whole", {"parts": ["1份", "2份"], "whole": ["4份"]}, "(1份 + 2份) ÷ 4份"),
        ("sum(parts) / whole", {"parts": ["1份"], "whole": ["4份"]}, "1份 ÷ 4份"),
        ("x1 - (x2 - x3)", {"x1": ["1"], "x2": ["2"], "x3": ["3"]}, "1 - (2 - 3)"),
        ("x1 - x2 - x3", {"x1": ["1"], "x2": ["2"], "x3": ["3"]}, "1 - 2 - 3"),
        ("x1 / (x2 * x3)", {"x1": ["1"], "x2": ["2"], "x3": ["3"]}, "1 ÷ (2 × 3)"),
        ("x1 * x2 / x3", {"x1": ["1"], "x2": ["2"], "x3": ["3"]}, "1 × 2 ÷ 3"),
        ("price * count * 12", {"price": ["90元"], "count": ["31人"]}, "90元 × 31人 × 12"),
        ("nearest(share, whole)", {"share": ["95%"], "whole": ["60份"]}, "n ÷ 60份"),
        ("min(weight, weight * rate)", {"weight": ["10分"], "rate": ["84%"]}, "min(10分, 10分 × 84%)"),
        ("2 * min(one, one + other)", {"one": ["5"], "other": ["3"]}, "2 × min(5, 5 + 3)"),
    ],
)
def test_render(formula: str, texts: dict[str, list[str]], shown: str) -> None:
    assert render(formula, texts) == shown


def test_parts_taken_away_are_shown_in_brackets() -> None:
    assert render("sum(parts) - sum(less)", {"parts": ["9"], "less": ["1", "2"]}) in ("9 - (1 + 2)", "9 - 1 - 2")


# --- intervals --------------------------------------------------------------------------------

POSITIVE = st.builds(Fraction, st.integers(1000, 10_000_000), st.just(1000))
HALVES = st.builds(Fraction, st.integers(0, 499), st.just(1000))
WITHIN = st.integers(-8, 8).map(lambda eighth: Fraction(eighth, 8))


@given(
    st.sampled_from(FORMULAS),
    st.lists(st.tuples(POSITIVE, HALVES, WITHIN), min_size=6, max_size=6),
)
def test_the_interval_holds_every_value_that_the_formula_can_take(
    formula: str, drawn: list[tuple[Fraction, Fraction, Fraction]]
) -> None:
    figures = iter(drawn)
    intervals, values = {}, {}
    for name in sorted(names(formula)):
        group = [next(figures) for _ in range(2 if f"sum({name})" in formula else 1)]
        intervals[name] = [Interval.around(value, half) for value, half, _ in group]
        values[name] = [value + half * within for value, half, within in group]
    try:
        result = evaluate(formula, values)
        interval = evaluate_interval(formula, intervals)
    except ZeroDivisionError:
        return
    if "current - change" in formula and any(
        interval.low is not None and interval.low <= 0
        for interval in [Interval.around(values["current"][0] - values["change"][0], Fraction(1))]
    ):
        return  # A base that may be zero or negative is no base.
    assert interval.low is not None
    assert interval.high is not None
    assert interval.low <= result <= interval.high


@given(st.sampled_from(FORMULAS), st.lists(POSITIVE, min_size=6, max_size=6))
def test_the_interval_of_points_is_a_point(formula: str, drawn: list[Fraction]) -> None:
    figures = iter(drawn)
    values = {
        name: [next(figures) for _ in range(2 if f"sum({name})" in formula else 1)] for name in sorted(names(formula))
    }
    try:
        result = evaluate(formula, values)
    except ZeroDivisionError:
        return
    points = {name: [Interval.point(value) for value in group] for name, group in values.items()}
    assert evaluate_interval(formula, points) == Interval.point(result)


def test_an_open_interval_is_refused() -> None:
    intervals = {"given": [Interval(Fraction(1), None)], "spent": [Interval.point(Fraction(1))]}
    with pytest.raises(ValueError, match="unbounded"):
        evaluate_interval("given - spent", intervals)


@pytest.mark.parametrize(
    ("left", "right", "meet"),
    [
        ((0, 1), (1, 2), True),
        ((0, 1), (2, 3), False),
        ((2, 3), (0, 1), False),
        ((None, 1), (2, 3), False),
        ((None, 2), (2, 3), True),
        ((2, None), (0, 1), False),
        ((2, None), (0, 2), True),
        ((None, None), (0, 1), True),
        ((0, 5), (1, 2), True),
    ],
)
def test_intervals_meet(left: tuple[int | None, int | None], right: tuple[int | None, int | None], meet: bool) -> None:
    one, other = (Interval(*(None if end is None else Fraction(end) for end in ends)) for ends in (left, right))
    assert one.meets(other) is meet
    assert other.meets(one) is meet
