"""What a table itself says of the ways in which it may be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from figures import total
from reportcheck.judge import assess, judge_all
from reportcheck.model import Basis, Claim, Fact, Verdict
from reportcheck.standing import Standing, by_standing, standing


def read_as(pattern: str, stated: str, *parts: str, basis: Basis = "structure", exhaustive: bool = True) -> Claim:
    """A sum under the name of a reading."""
    claim = total(stated, *parts, exhaustive=exhaustive, basis=basis)
    return replace(claim, pattern=pattern)


def assessed(*claims: Claim) -> list[Verdict]:
    return [assess(claim) for claim in claims]


FITTING = read_as("a", "3.30万元", "1.10万元", "2.20万元")
FAILING = read_as("a", "4.40万元", "1.10万元", "2.20万元")


def known(fits: int, misses: int, pattern: str = "a") -> Standing:
    return Standing(Counter({pattern: fits}), Counter({pattern: misses}))


# --- counting -----------------------------------------------------------------------------


def test_fits_and_misses_are_counted_by_reading() -> None:
    other = read_as("b", "3.30万元", "1.10万元", "2.20万元")
    found = standing([assessed(FITTING), assessed(FITTING), assessed(FAILING, other)])
    assert (found.fits, found.misses) == (Counter({"a": 2, "b": 1}), Counter({"a": 1}))


@pytest.mark.parametrize(
    "claim",
    [
        # A sum of one figure, or of zeros, fits by itself; a claim without a reading says nothing of one.
        read_as("a", "1.10万元", "1.10万元"),
        read_as("a", "1.10万元", "1.10万元", "0.00万元"),
        read_as("a", "0.00万元", "0.00万元", "0.00万元"),
        total("3.30万元", "1.10万元", "2.20万元"),
    ],
)
def test_a_fit_that_could_not_fail_does_not_count(claim: Claim) -> None:
    assert assess(claim).outcome == "consistent"
    assert standing([assessed(claim)]).fits == Counter()


def test_a_reading_that_fits_in_one_way_does_not_fail_in_the_other() -> None:
    found = standing([assessed(FAILING, FITTING)])
    assert (found.fits, found.misses) == (Counter({"a": 1}), Counter())


@pytest.mark.parametrize(
    ("fits", "misses", "established", "evident", "refuted"),
    [
        (0, 0, False, False, False),
        (1, 0, False, False, False),
        (2, 0, True, False, False),
        (2, 1, True, False, False),
        (3, 1, True, True, False),
        (3, 2, False, False, False),
        (4, 2, True, False, False),
        (6, 2, True, True, False),
        (0, 1, False, False, False),
        (1, 2, False, False, True),
        (2, 2, False, False, False),
        (0, 2, False, False, True),
    ],
)
def test_what_fits_and_misses_make_of_a_reading(
    fits: int, misses: int, established: bool, evident: bool, refuted: bool
) -> None:
    found = known(fits, misses)
    assert found.established("a") is established
    assert found.evident("a") is evident
    assert found.refuted("a") is refuted
    assert not found.established("b")


COUNTS = st.integers(0, 12)


@given(COUNTS, COUNTS, st.integers(1, 5))
def test_further_fits_never_unmake_a_reading(fits: int, misses: int, more: int) -> None:
    before, after = known(fits, misses), known(fits + more, misses)
    assert after.established("a") >= before.established("a")
    assert after.evident("a") >= before.evident("a")
    assert after.refuted("a") <= before.refuted("a")


@given(COUNTS, COUNTS)
def test_no_reading_is_established_and_refuted(fits: int, misses: int) -> None:
    found = known(fits, misses)
    assert not (found.established("a") and found.refuted("a"))


AMOUNTS = st.integers(100, 99_999).map(lambda cents: f"{cents // 100}.{cents % 100:02d}万元")


@given(st.lists(st.lists(AMOUNTS, min_size=2, max_size=4), min_size=2, max_size=6), AMOUNTS)
@settings(max_examples=40)
def test_fitting_rows_added_to_a_table_leave_its_reading_established(rows: list[list[str]], extra: str) -> None:
    def question(parts: Sequence[str]) -> list[Verdict]:
        cents = sum(int(part.removesuffix("万元").replace(".", "")) for part in parts)
        return assessed(read_as("a", f"{cents // 100}.{cents % 100:02d}万元", *parts))

    questions = [question(parts) for parts in rows]
    assert standing(questions).established("a")
    assert standing([*questions, question([extra, extra])]).established("a")


# --- what it makes of the claims ----------------------------------------------------------


def weighed(found: Standing, *claims: Claim) -> list[tuple[str, Basis, bool]]:
    verdicts = by_standing(assessed(*claims), found)
    return [(v.claim.pattern, v.claim.basis, v.claim.exhaustive) for v in verdicts]


def test_claims_without_a_reading_are_left_alone() -> None:
    claim = total("3.30万元", "1.10万元", "2.20万元")
    assert weighed(known(0, 9), claim) == [("", "wording", True)]


@pytest.mark.parametrize(
    ("fits", "misses", "basis", "exhaustive", "expected"),
    [
        # What holds elsewhere binds, even as a list that might have been partial.
        (2, 1, "structure", False, ("structure", True)),
        (3, 1, "parallel", False, ("parallel", True)),
        (2, 1, "parallel", True, ("parallel", False)),
        # What does not is kept where the words speak for it, and else only confirms.
        (1, 1, "structure", False, ("structure", False)),
        (1, 1, "parallel", False, ("found", False)),
        (0, 2, "structure", True, ("found", True)),
        (0, 9, "wording", True, ("wording", True)),
        (9, 0, "found", False, ("found", False)),
    ],
)
def test_the_weight_of_one_reading(
    fits: int, misses: int, basis: Basis, exhaustive: bool, expected: tuple[Basis, bool]
) -> None:
    claim = read_as("a", "4.40万元", "1.10万元", "2.20万元", basis=basis, exhaustive=exhaustive)
    assert weighed(known(fits, misses), claim) == [("a", *expected)]


def test_of_several_readings_the_one_that_fits_most_often_leads() -> None:
    found = Standing(Counter({"a": 3, "b": 2}), Counter())
    claims = [read_as(name, "4.40万元", "1.10万元", "2.20万元") for name in ("a", "b")]
    assert weighed(found, *claims) == [("a", "structure", True), ("b", "found", True)]


def test_a_ratio_needs_more_rows_than_a_sum() -> None:
    rate = replace(
        total("50.00%", "1.10万元"),
        formula="numerator / denominator",
        operands={"numerator": FITTING.operands["parts"][:1], "denominator": FITTING.operands["parts"][1:]},
        basis="parallel",
        pattern="a",
    )
    assert weighed(known(2, 0), rate) == [("a", "found", True)]
    assert weighed(known(3, 0), rate) == [("a", "parallel", True)]


# --- the verdicts -------------------------------------------------------------------------


def outcomes(*questions: Claim) -> list[tuple[str, str | None]]:
    return [(verdict.outcome, verdict.reason) for verdict in judge_all((claim,) for claim in questions)]


def distinct(*claims: Claim) -> list[Claim]:
    """The claims with figures in places of their own, so that none repeats another."""

    def placed(fact: Fact, block: str) -> Fact:
        return replace(fact, quantity=replace(fact.quantity, span=replace(fact.quantity.span, block=block)))

    return [
        replace(
            claim,
            stated=placed(claim.stated, f"p{number}"),
            operands={name: tuple(placed(f, f"p{number}") for f in facts) for name, facts in claim.operands.items()},
        )
        for number, claim in enumerate(claims)
    ]


def test_two_columns_that_hold_make_the_third_an_error() -> None:
    wrong = read_as("a", "9.99万元", "1.10万元", "2.20万元", exhaustive=False)
    assert outcomes(*distinct(FITTING, FITTING, wrong)) == [
        ("consistent", None),
        ("consistent", None),
        ("inconsistent", None),
    ]


def test_with_one_column_that_holds_a_total_beyond_its_parts_is_doubted() -> None:
    beyond, below = (read_as("a", stated, "1.17万元", "2.28万元", "5.69万元") for stated in ("13.63万元", "4.25万元"))
    assert outcomes(*distinct(FITTING, beyond)) == [("consistent", None), ("inconsistent", "partial-list")]
    assert outcomes(*distinct(FITTING, below)) == [("consistent", None), ("inconsistent", None)]


def test_a_reading_that_mostly_fails_says_nothing() -> None:
    failing = [read_as("a", stated, "1.17万元", "2.28万元") for stated in ("13.63万元", "7.77万元")]
    assert outcomes(*distinct(*failing)) == []
