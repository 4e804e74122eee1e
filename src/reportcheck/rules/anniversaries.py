"""Anniversaries against the year of the report: ``anniversary-mismatch`` (新中国成立70周年, 建校60周年)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial

from msgspec import Struct

from reportcheck.catalog import cached, pattern_in, table
from reportcheck.extract.head import Head
from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Basis, Claim, Fact, Quantity, Question, Span, Unit
from reportcheck.regexes import Regex
from reportcheck.schemas.phrases import Anniversaries
from reportcheck.schemas.wholes import Structure

RULE = "anniversary-mismatch"
_DIMENSION = "anniversary"


class _Event(Struct, frozen=True):
    """Something whose year everybody knows, told by the words around its anniversary."""

    before: re.Pattern[str]
    behind: re.Pattern[str] | None
    year: int


@cached
def _events() -> tuple[_Event, ...]:
    data = table(Anniversaries)
    return tuple(
        _Event(
            re.compile(f"(?P<name>{row.name})(?:{data.lead})$"),
            re.compile(f"(?:{data.behind})(?P<name>{row.behind})") if row.behind else None,
            row.year,
        )
        for row in data.event
    )


@cached
def _own_pattern(name: str) -> re.Pattern[str]:
    data = table(Anniversaries)
    own: Regex = getattr(data.own, name)
    return re.compile(f"(?:{own})(?:{data.lead})$" if name == "name" else own)


_written_year = partial(pattern_in, Structure, "year", "pattern")


def propose(passages: Iterable[Passage], head: Head) -> Iterator[Question]:
    """One question for each anniversary of a known event: does it fall in the year of the report, in the
    year after it (plans), or in a year that its own sentence names?"""
    if head.year is None or head.year_span is None:
        return
    passages = list(passages)
    founding = _founding(passages)
    for passage in passages:
        for mention in passage.mentions:
            if mention.dimension != _DIMENSION or mention.quantity.bound != "exact":
                continue
            event = _event(passage, mention) or _own(passage, mention, founding)
            if event:
                yield tuple(_claims(passage, mention, event, _year(head.year, head.year_span)))


def _event(passage: Passage, mention: Mention) -> Fact | None:
    """The event of an anniversary, as the year in which it happened, placed at its name."""
    for event in _events():
        match = event.before.search(passage.plain, 0, mention.start)
        offset = 0
        if not match and event.behind:
            match, offset = event.behind.match(passage.plain[mention.end :]), mention.end
        if match:
            place = passage.span(match.start("name") + offset, match.end("name") + offset)
            return _year(event.year, place, match["name"])
    return None


def _founding(passages: Iterable[Passage]) -> Fact | None:
    """The year in which the report says its body was founded, if it names one only."""
    found = {
        match[group]: _year(int(match[group]), passage.span(match.start(group), match.end(group)), match[group])
        for passage in passages
        for match in _own_pattern("founded").finditer(passage.plain)
        for group in ("n", "m")
        if match[group]
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _own(passage: Passage, mention: Mention, founding: Fact | None) -> Fact | None:
    """The founding that stands right behind an anniversary, or that of the reporting body where words speak of it."""
    behind = _own_pattern("behind").match(passage.plain[mention.end :])
    if behind:
        start, end = (mention.end + place for place in behind.span("n"))
        return _year(int(behind["n"]), passage.span(start, end), behind["n"])
    return founding if founding and _own_pattern("name").search(passage.plain, 0, mention.start) else None


def _claims(passage: Passage, mention: Mention, event: Fact, year: Fact) -> Iterator[Claim]:
    following = _fact(1, year.quantity.span, year.indicator)
    yield _claim(mention, "year - founding", {"year": (year,), "founding": (event,)}, "identity")
    yield _claim(
        mention, "year + next - founding", {"year": (year,), "next": (following,), "founding": (event,)}, "identity"
    )
    start, end = passage.starts[mention.sentence]
    for match in _written_year().finditer(passage.plain, start, end):
        named = _year(int(match["n"]), passage.span(match.start("n"), match.end("n")))
        yield _claim(mention, "year - founding", {"year": (named,), "founding": (event,)}, "structure")


def _claim(mention: Mention, formula: str, operands: dict[str, tuple[Fact, ...]], basis: Basis) -> Claim:
    return Claim(RULE, "difference", mention.fact, formula, operands, basis)


def _year(value: int, span: Span, name: str = "") -> Fact:
    return _fact(value, span, name)


def _fact(value: int, span: Span, name: str) -> Fact:
    symbol = table(Anniversaries).symbol
    # Years are points: a year is never rounded.
    unit = Unit(symbol, "year", counted=True)
    return Fact(name, "", "", "year", Quantity(Decimal(value), unit, 0, "exact", f"{value}{symbol}", span))
