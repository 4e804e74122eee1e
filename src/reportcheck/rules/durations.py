"""Numbers of years against the years they count: ``duration-mismatch`` (2018年至2020年三年, “十四五”开局之年)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from reportcheck import numerals
from reportcheck.catalog import pattern_in, table
from reportcheck.extract.mention import Passage
from reportcheck.model import Claim, Fact, Quantity, Question, Unit
from reportcheck.schemas.phrases import Durations

RULE = "duration-mismatch"


def _pattern(name: str) -> re.Pattern[str]:
    return pattern_in(Durations, name, "pattern")


def propose(passages: Iterable[Passage]) -> Iterator[Question]:
    """One question for each stated number of years beside its first and last year, and for each year that is said
    to be the first, the last or another of a five-year plan."""
    for passage in passages:
        for match in _pattern("period").finditer(passage.plain):
            yield from _of_period(passage, match)
        for match in _pattern("plan").finditer(passage.plain):
            yield _of_plan(passage, match)


def _of_period(passage: Passage, match: re.Match[str]) -> Iterator[Question]:
    """Both years may count, or only the time that passed from the one to the other."""
    stated = _fact(passage, match.start("count"), match.end("unit"), numerals.parse(match["count"]))
    years = {name: (_year(passage, match, name),) for name in ("first", "last")}
    one = _fact(passage, match.start("last"), match.end("last"), Decimal(1))
    yield (Claim(RULE, "difference", stated, "last - first + one", {**years, "one": (one,)}, "wording", "<="),)
    yield (Claim(RULE, "difference", stated, "last - first", years, "wording", ">="),)


def _of_plan(passage: Passage, match: re.Match[str]) -> Question:
    plan = table(Durations).plan
    group = "count" if match["count"] else "word"
    number = numerals.parse(match["count"]) if match["count"] else Decimal(plan.words[match["word"]])
    stated = _fact(passage, match.start(group), match.end(), number)
    start = _fact(passage, match.start("plan"), match.end("plan"), Decimal(plan.first[match["plan"]]))
    one = _fact(passage, match.start("plan"), match.end("plan"), Decimal(1))
    operands = {"year": (_year(passage, match, "year"),), "first": (start,), "one": (one,)}
    return (Claim(RULE, "difference", stated, "year - first + one", operands, "identity"),)


def _year(passage: Passage, match: re.Match[str], group: str) -> Fact:
    return _fact(passage, match.start(group), match.end(group), Decimal(match[group]))


def _fact(passage: Passage, start: int, end: int, value: Decimal | None) -> Fact:
    """A number of years, or a year; what stands for it in words is shown as its number."""
    symbol = table(Durations).symbol
    number = value or Decimal(0)
    written = passage.plain[start:end].strip()
    text = written if written.endswith(symbol) else f"{number}{symbol}"
    # Years are points: a year is never rounded.
    unit = Unit(symbol, "year", counted=True)
    return Fact("", "", "", "year", Quantity(number, unit, 0, "exact", text, passage.span(start, end)))
