"""Words against figures: ``claim-contradicted``, ``grade-mismatch``, ``staff-over-posts``, ``impossible-percentage``,
``unlikely-percentage``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from reportcheck.catalog import cached, table
from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Claim, Fact, Quantity, Question, Relation, Unit
from reportcheck.rules import reach

CONTRADICTED = "claim-contradicted"
GRADE = "grade-mismatch"
STAFF = "staff-over-posts"
IMPOSSIBLE = "impossible-percentage"
UNLIKELY = "unlikely-percentage"
_NEAR = 40
_PERCENT = Unit("%", "ratio", Fraction(1, 100))


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """Questions that a statement in words asks of the figures around it."""
    for passage in passages:
        if passage.mentions:
            yield from _statements(passage)
            yield from _grades(passage)
            yield from _staff(passage)
            yield from _subsets(passage)


@cached
def _rows() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    return [(re.compile(row["pattern"]), row) for row in table("statements")["statement"]]


def _limit(passage: Passage, match: re.Match[str], value: int, unit: Unit) -> Fact:
    """A limit that is not printed as a figure; its place is the phrase that sets it."""
    span = passage.span(match.start(), match.end())
    return Fact(match[0], "", passage.scope, "limit", Quantity(Decimal(value), unit, 0, "exact", match[0], span))


# --- statements ---------------------------------------------------------------------------


def _statements(passage: Passage) -> Iterator[Question]:
    for pattern, row in _rows():
        for match in pattern.finditer(passage.plain):
            sentence = next(i for i, (_, end) in enumerate(passage.starts) if match.start() < end)
            own = [m for m in passage.mentions if m.sentence == sentence]
            if row.get("previous") and not own:
                own = [m for m in passage.mentions if m.sentence == sentence - 1]
            yield from _stated_about(passage, match, row, own)


def _stated_about(
    passage: Passage, match: re.Match[str], row: dict[str, Any], own: list[Mention]
) -> Iterator[Question]:
    relation: Relation = row["relation"]
    rates = [m for m in own if m.role in ("rate", "completion") and m.quantity.bound == "exact"]
    nearest = [m for m in rates if m.end <= match.start()][-1:] if row.get("previous") else rates
    if "rate" in row["about"] and len(nearest) == 1 and _speaks_of_budget(nearest[0]):
        limit = _limit(passage, match, 100, _PERCENT)
        yield (Claim(CONTRADICTED, nearest[0].fact, "limit", {"limit": (limit,)}, "wording", relation),)
        return
    levels = [m for m in own if reach.is_level(m) and m.dimension == "money"]
    if "pair" in row["about"]:
        yield from _against(levels, relation, [m for m in levels if m.side == "budget"], "actual")
    if "years" in row["about"]:
        previous = [m for m in own if m.role == "previous" and m.end <= match.start()]
        yield from _against(levels, relation, previous, "")


def _against(levels: list[Mention], relation: Relation, bases: list[Mention], side: str) -> Iterator[Question]:
    current = [m for m in levels if m not in bases and (not side or m.side == side)]
    if len(bases) == 1 and len(current) == 1 and bases[0].dimension == current[0].dimension:
        yield (Claim(CONTRADICTED, current[0].fact, "limit", {"limit": (bases[0].fact,)}, "wording", relation),)


def _speaks_of_budget(rate: Mention) -> bool:
    return rate.role == "completion" or reach.is_budget_rate(rate.name)


# --- grades -------------------------------------------------------------------------------


def _grades(passage: Passage) -> Iterator[Question]:
    """得分85.5分，等级为“优”: the score must lie in the band of the grade."""
    data = table("statements")["grades"]
    scores = [m for m in passage.mentions if m.dimension == "score" and reach.is_level(m)]
    for match in re.finditer(data["context"], passage.plain):
        start, end = next(place for place in passage.starts if match.start() < place[1])
        if len(re.findall(data["words"], passage.plain[start:end])) > 2:
            # The bands themselves are being explained.
            continue
        before = [m for m in scores if start <= m.start and m.end <= match.start()]
        if not before:
            before = [m for m in scores if m.role == "total" and 0 <= start - m.end < _NEAR]
        band = next((b for b in data["bands"] if match["grade"] in b["grades"]), None)
        if not before or band is None:
            continue
        named = [m for m in before if m.role == "total" or re.search(data["score"], m.head)]
        score = next((m for m in reversed(named) if m.role == "total"), named[0] if len(named) == 1 else None)
        if score is None:
            continue
        unit = score.quantity.unit
        least = {"limit": (_limit(passage, match, band["least"], unit),)}
        yield (Claim(GRADE, score.fact, "limit", least, "wording", ">="),)
        if "under" in band:
            under = {"limit": (_limit(passage, match, band["under"], unit),)}
            yield (Claim(GRADE, score.fact, "limit", under, "wording", "<"),)


# --- staff --------------------------------------------------------------------------------


def _staff(passage: Passage) -> Iterator[Question]:
    """在职11人 ≤ 编制15名."""
    words = table("statements")["staff"]
    for sentence in range(len(passage.starts)):
        people = [m for m in passage.mentions if m.dimension == "person" and m.sentence == sentence]
        yield from _posts(words, [m for m in people if reach.is_level(m)])


def _posts(words: dict[str, str], people: list[Mention]) -> Iterator[Question]:
    posts = [m for m in people if re.search(words["posts"], m.head) and not re.search(words["filled"], m.head)]
    filled = [m for m in people if re.search(words["filled"], m.head) and m not in posts]
    if len(posts) == 1 and len(filled) == 1:
        yield (Claim(STAFF, filled[0].fact, "limit", {"limit": (posts[0].fact,)}, "wording", "<="),)


# --- shares of a set ----------------------------------------------------------------------


def _subsets(passage: Passage) -> Iterator[Question]:
    """A share of a set is at most 100%; and of a small number of cases only some percentages are possible."""
    for rate in passage.mentions:
        if rate.role != "rate" or rate.quantity.bound != "exact" or not reach.is_subset_rate(rate.name):
            continue
        itself = replace(rate.quantity, value=Decimal(100), decimals=0, text="100%")
        whole = {"limit": (replace(rate.fact, quantity=itself),)}
        yield (Claim(IMPOSSIBLE, rate.fact, "limit", whole, "identity", "<="),)
        cases = _cases(passage, rate)
        if cases is not None:
            operands = {"share": (rate.fact,), "cases": (cases.fact,)}
            yield (Claim(UNLIKELY, rate.fact, "nearest(share, cases)", operands, "structure"),)


def _cases(passage: Passage, rate: Mention) -> Mention | None:
    """The number of cases that a percentage is taken of, where the cases that fit are not counted."""
    row = reach.rate_row(rate.name)
    if row is None or "denominator" not in row:
        return None
    amounts = [m for m in passage.mentions[: rate.order] if m.sentence >= rate.sentence - 1 and reach.is_level(m)]
    counted = [m for m in amounts if m.quantity.unit.counted and m.quantity.bound == "exact"]
    wholes = [m for m in counted if re.search(row["denominator"], m.head)]
    fitting = [m for m in counted if re.search(row["numerator"], m.head) and m not in wholes[-1:]]
    return wholes[-1] if wholes and not fitting and rate.quantity.decimals > 0 else None
