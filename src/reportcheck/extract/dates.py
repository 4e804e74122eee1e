"""Dates as they are written: years, months and days, in digits or in Chinese numerals."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import cast

from msgspec import Struct

from reportcheck import numerals
from reportcheck.catalog import cached, table
from reportcheck.model import Block, Document
from reportcheck.regexes import Regex
from reportcheck.schemas.wholes import Dates
from reportcheck.text import normalise

# Any leap year: a day and month without their year are wrong only if no year has them.
LEAP_YEAR = 2000


class Date(Struct, frozen=True):
    """A date at ``start`` to ``end`` of a normalised text; what is not written of it is ``None``."""

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None

    @property
    def possible(self) -> bool:
        """Whether the calendar has such a day."""
        if self.month is None:
            return True
        if not 1 <= self.month <= 12:
            return False
        return self.day is None or 1 <= self.day <= monthrange(self.year, self.month)[1]

    def before(self, other: Date) -> bool:
        """Whether it lies before another date, as far as both are written."""
        for one, two in ((self.year, other.year), (self.month, other.month), (self.day, other.day)):
            if one is None or two is None:
                return False
            if one != two:
                return one < two
        return False


@cached
def pattern(part: str, name: str) -> re.Pattern[str]:
    """A pattern of ``patterns/dates.toml`` with the words for years, months and days filled in."""
    words, text = table(Dates).date, getattr(getattr(table(Dates), part), name)
    return cast(Regex, text).filled(y=words.year, m=words.month, d=words.day).compiled


def dates(plain: str) -> list[Date]:
    """Every date with a year in a normalised text, in order."""
    if not pattern("date", "any").search(plain):
        return []
    found = [_date(match) for name in ("written", "signs") for match in pattern("date", name).finditer(plain)]
    return sorted((date for date in found if date), key=lambda date: date.start)


def months(plain: str, start: int, end: int) -> list[tuple[Date, bool]]:
    """Every date with a month in a stretch of a text, and whether it writes its year; those that do not are put in a
    leap year."""
    written = [date for date in dates(plain) if start <= date.start < end]
    found = [(date, True) for date in written if date.month is not None and date.possible]
    for match in pattern("date", "month_only").finditer(plain, start, end):
        if any(date.start <= match.start() < date.end for date in written):
            continue
        day = number(match["d"]) if match["d"] else None
        date = Date(match.start(), match.end(), LEAP_YEAR, number(match["m"]), day)
        if date.possible:
            found.append((date, False))
    return sorted(found, key=lambda entry: entry[0].start)


def _date(match: re.Match[str]) -> Date | None:
    year = number(match["y"])
    if year is None:
        return None
    month, day = (number(match[name]) if match[name] else None for name in ("m", "d"))
    return Date(match.start(), match.start() + len(match[0].rstrip()), year, month, day)


def number(written: str) -> int | None:
    """A year, month or day, in digits or in Chinese numerals."""
    if written.isdecimal():
        return int(written)
    words = table(Dates).date
    plain = "".join(words.zero if c in words.circles else c for c in written)
    value = numerals.parse(plain)
    return None if value is None else int(value)


def dated(document: Document) -> Iterator[tuple[Block, Date]]:
    """The dates on which a report says it was made: lines of nothing but a date, and dates behind their label."""
    for block in document.blocks:
        plain = normalise(block.text)
        for date in dates(plain):
            if date.month is None:
                continue
            before = plain[: date.start]
            alone = block.role in ("paragraph", "note") and pattern("dated", "alone").search(before)
            if (alone and pattern("dated", "behind_alone").search(plain[date.end :])) or pattern(
                "dated", "labelled"
            ).search(before):
                yield block, date
