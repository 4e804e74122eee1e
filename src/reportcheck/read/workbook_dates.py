"""Dates and times of spreadsheets, which are counts of days, as text under a number format."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from reportcheck.catalog import table
from reportcheck.schemas.reading import ReadingWorkbook

Token = tuple[str, str]

DATE_TOKENS = frozenset({"year", "month", "day", "weekday", "hour", "second", "elapsed", "morning", "era", "fraction"})
"""What makes a format one of dates or times."""
_SECONDS = 86400
_EPOCH = date(1899, 12, 30)
_DAYS_TO_1904 = 1462
_LEAP_DAY = 60
"""The 29th of February 1900, which spreadsheets count although there was none."""


def serial_of(year: int, month: int, day: int) -> int:
    """The count of days of a date."""
    days = (date(year, month, day) - _EPOCH).days
    return days if days > _LEAP_DAY else days - 1


class _Moment(Struct, frozen=True):
    year: int
    month: int
    day: int
    weekday: int
    hour: int
    minute: int
    second: Decimal
    serial: Decimal
    """The count of days, with the time of day as its fraction."""


def show_date(serial: Decimal, tokens: Sequence[Token], epoch_1904: bool = False) -> str:
    """A count of days, from 0 up to the year 9999, as its format writes it."""
    places = max((len(written) for kind, written in tokens if kind == "fraction"), default=0)
    moment = _moment(serial + (_DAYS_TO_1904 if epoch_1904 else 0), places)
    minutes = _minutes(tokens)
    noon = any(kind == "morning" for kind, _ in tokens)
    return "".join(
        _shown(moment, "minute" if index in minutes else kind, written, noon)
        for index, (kind, written) in enumerate(tokens)
    )


def _moment(serial: Decimal, places: int) -> _Moment:
    total = (serial * _SECONDS).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    days, seconds = int(total // _SECONDS), total % _SECONDS
    hour, rest = divmod(seconds, 3600)
    minute, second = divmod(rest, 60)
    time = (int(hour), int(minute), second, total / _SECONDS)
    if days == _LEAP_DAY:
        return _Moment(1900, 2, 29, 2, *time)
    if days == 0:
        return _Moment(1900, 1, 0, 5, *time)
    day = min(_EPOCH + timedelta(days=days if days > _LEAP_DAY else days + 1), date(9999, 12, 31))
    return _Moment(day.year, day.month, day.day, day.weekday(), *time)


def _minutes(tokens: Sequence[Token]) -> frozenset[int]:
    """Where ``m`` means minutes: behind hours, or before seconds."""
    dated = [(index, kind, written) for index, (kind, written) in enumerate(tokens) if kind in DATE_TOKENS]
    dated = [each for each in dated if each[1] not in ("morning", "fraction")]
    found = set()
    for at, (index, kind, _) in enumerate(dated):
        before = dated[at - 1][1:] if at else ("", "")
        behind = dated[at + 1][1:] if at + 1 < len(dated) else ("", "")
        hours = before[0] == "hour" or (before[0] == "elapsed" and before[1][0] in "hH")
        seconds = behind[0] == "second" or (behind[0] == "elapsed" and behind[1][0] in "sS")
        if kind == "month" and len(tokens[index][1]) <= 2 and (hours or seconds):
            found.add(index)
    return frozenset(found)


def _shown(moment: _Moment, kind: str, written: str, noon: bool) -> str:
    wide = len(written)
    if kind == "year":
        return f"{moment.year % 100:02d}" if wide <= 2 and written[0] in "yY" else f"{moment.year:04d}"
    if kind == "month":
        return _month(moment.month, wide)
    if kind == "day":
        return _day(moment, wide)
    if kind == "weekday":
        name = str(_words("weekdays")[moment.weekday])
        return name if wide > 3 else name[-1]
    if kind == "hour":
        hour = (moment.hour + 11) % 12 + 1 if noon else moment.hour
        return f"{hour:0{min(wide, 2)}d}"
    if kind == "minute":
        return f"{moment.minute:0{min(wide, 2)}d}"
    if kind == "second":
        return f"{int(moment.second):0{min(wide, 2)}d}"
    if kind == "fraction":
        return f"{moment.second % 1:.{wide}f}"[2:]
    if kind == "elapsed":
        per_day = {"h": 24, "m": 1440, "s": _SECONDS}[written[0].lower()]
        return f"{int(moment.serial * per_day):0{wide}d}"
    if kind == "morning":
        return written.split("/")[moment.hour >= 12]
    return "" if kind in ("era", "fill") else " " if kind == "space" else written


def _month(month: int, wide: int) -> str:
    name = str(_words("months_en")[month - 1])
    return {1: f"{month}", 2: f"{month:02d}", 3: name[:3], 5: name[0]}.get(wide, name)


def _day(moment: _Moment, wide: int) -> str:
    name = str(_words("weekdays_en")[moment.weekday])
    return {1: f"{moment.day}", 2: f"{moment.day:02d}", 3: name[:3]}.get(wide, name)


def _words(name: str) -> tuple[str, ...]:
    words: tuple[str, ...] = getattr(table(ReadingWorkbook).formats, name)
    return words
