"""How figures are written: the units, scales, currencies and hedges of ``units.toml`` and ``hedges.toml``, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from reportcheck import numerals, precompiled
from reportcheck.catalog import cached, table
from reportcheck.model import Bound, Unit
from reportcheck.regexes import any_of
from reportcheck.schemas.figures import Hedges, Stops, Units

BARE = Unit("", "number")

# Atomic, so that no part of a malformed number is read as one; a comma before other than three digits parts a list.
ARABIC = (
    r"(?>[0-9]{1,3}(?:\s?,\s?[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]*\.?[0-9]+(?:[eE][+-][0-9]{1,2})?)"
    r"(?!\.?[0-9]|,[0-9]{3}(?![0-9])|[eE][0-9])"
)


class Grammar(Struct, frozen=True):
    """The compiled patterns of quantities.

    ``run`` is a number as long as it goes on, ``lead`` what may stand before it and belongs to it (signs, currencies),
    ``tail`` what may follow (hedges, a scale, a unit), ``plain`` a number with at most one scale, ``scaled`` one of two
    scales, ``parts`` the smaller coins behind a coin.
    """

    run: re.Pattern[str]
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    plain: re.Pattern[str]
    scaled: re.Pattern[str]
    spoken_decimals: re.Pattern[str]
    parts: re.Pattern[str]
    number_before: re.Pattern[str]
    parted_before: re.Pattern[str]
    parted: re.Pattern[str]
    sign_before: re.Pattern[str]
    alone_before: re.Pattern[str]
    alone: re.Pattern[str]
    minus_behind: re.Pattern[str]
    leading_point: re.Pattern[str]
    minus_words: frozenset[str]
    no_minus_behind: str
    forms: tuple[tuple[re.Pattern[str], str, Decimal | None], ...]
    stops: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    inside: dict[str, Bound]
    before_bound: dict[str, Bound]
    after_bound: dict[str, Bound]
    scales: dict[str, int]
    units: dict[str, tuple[str, Fraction, bool]]
    currencies: dict[str, str]
    bare_context: re.Pattern[str]
    bare_scales: frozenset[str]
    with_parts: frozenset[str]
    list_separator: re.Pattern[str]
    range_separator: re.Pattern[str]


def any_word(words: Iterable[str]) -> str:
    """A pattern of alternatives, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cached
def grammar() -> Grammar:
    """The patterns of the tables in use."""
    data, hedges, stops = table(Units), table(Hedges), table(Stops).stop
    scales = {word: int(factor) for word, factor in data.scales.items()}
    bounds = {
        place: {word: row.bound for row in hedges.hedge for word in getattr(row, place)}
        for place in ("before", "inside", "after")
    }
    units = _units()
    inside, scale, unit = any_word(bounds["inside"]), any_word(scales), _unit_pattern()
    # Kilowatt, kilometre and percentage point only begin like a scale.
    no_scale = rf"(?!{_like_numerals(units)}|[{numerals.multiplier_characters()}]{{1,3}}(?:{data.no_scale_before}))"
    currencies = {sign: row.symbols[0] for row in data.unit for sign in row.signs}
    signs = numerals.digit_characters() + numerals.multiplier_characters()
    points = numerals.point_characters()
    sign = rf"[-+±]|{any_word(data.signs.minus)}|{any_word(data.signs.either)}"
    return Grammar(
        run=precompiled.expression(_run(no_scale)),
        lead=precompiled.expression(
            rf"(?:(?P<outer>{sign})\s*)?(?P<currency>{any_word(currencies)})?\s?(?:(?P<sign>{sign})\s*)?$"
        ),
        tail=precompiled.expression(
            rf"(?P<gap>\s{{0,2}})(?P<inside>{inside})?(?P<scale>{no_scale}(?:{scale}))?(?P<inside2>{inside})?"
            rf"(?:\s?(?P<unit>{unit})(?P<half>{data.half})?(?P<per>{data.per.pattern})?)?"
        ),
        plain=precompiled.expression(rf"(?P<number>{ARABIC})(?P<scale>{scale})?"),
        scaled=precompiled.expression(
            rf"(?P<number>[0-9]+)(?P<scale>{scale})(?P<second>[0-9]+(?:\.[0-9]+)?)(?P<second_scale>{scale})"
        ),
        spoken_decimals=precompiled.expression(
            rf"(?P<number>.+[{points}](?P<places>[{numerals.digit_characters()}]+))(?P<scale>{scale})?"
        ),
        parts=data.parts.pattern.compiled,
        # Blanks inside a numeral in words leave pieces that mean nothing.
        parted_before=precompiled.expression(rf"[{signs}][{points}]? +$"),
        parted=precompiled.expression(rf" {{1,4}}[{points}]?[{signs}]"),
        number_before=data.no_number_behind.compiled,
        sign_before=precompiled.expression(rf"[0-9A-Za-z.%‰）{re.escape(data.no_sign_behind)}]$"),
        alone_before=data.signs.alone_before.compiled,
        alone=data.signs.alone.compiled,
        minus_behind=data.signs.minus_behind.compiled,
        leading_point=data.signs.leading_point.compiled,
        minus_words=frozenset(data.signs.minus),
        no_minus_behind=data.signs.no_minus_behind,
        forms=tuple(
            (row.pattern.compiled, row.unit, None if row.value is None else Decimal(row.value)) for row in data.form
        ),
        stops=precompiled.expression(f"(?m:{any_of(row.pattern for row in stops)})"),
        before=precompiled.expression(
            rf"(?<![{re.escape(hedges.not_after)}])(?:{any_word(bounds['before'])})\s*{hedges.link}\s*$"
        ),
        after=precompiled.expression(rf"\s*{hedges.between}(?!{hedges.compared})(?P<word>{any_word(bounds['after'])})"),
        inside=bounds["inside"],
        before_bound=bounds["before"],
        after_bound=bounds["after"],
        scales=scales,
        units=units,
        currencies=currencies,
        bare_context=data.bare_scale.context.compiled,
        bare_scales=frozenset(data.bare_scale.scales),
        with_parts=frozenset(data.parts.whole),
        list_separator=data.list_separator.compiled,
        range_separator=data.range_separator.compiled,
    )


def _units() -> dict[str, tuple[str, Fraction, bool]]:
    return {
        symbol: (row.dimension, Fraction(row.factor), row.counted)
        for row in table(Units).unit
        for symbol in row.symbols
    }


def _unit_pattern() -> str:
    spelled: list[tuple[str, str]] = []
    for row in table(Units).unit:
        for symbol in row.symbols if not row.chinese_only else ():
            guard = f"(?![{re.escape(row.not_before)}])" if row.not_before else ""
            # The guard of a one-letter symbol must not forbid a longer word of its own row.
            spelled.append((symbol, re.escape(symbol) + (guard if len(symbol) == 1 else "")))
    return "|".join(pattern for _, pattern in sorted(spelled, key=lambda pair: (-len(pair[0]), pair[0])))


def _like_numerals(units: Iterable[str]) -> str:
    """The units that begin like a numeral."""
    return any_word(symbol for symbol in units if symbol[0] in numerals.numeral_characters()) or "$^"


def _run(no_scale: str) -> str:
    """A number as far as it goes on: 3亿5000万, 1万600, 100万三千; or in Chinese signs, 三十万, 十亿3000万.

    Arabic digits behind a multiplier go on only where their place is beyond doubt: behind a zero, before another
    multiplier, or as many as the places below it (1万600, but not the 12 of 60万12).
    """
    digit, zero, point = numerals.digit_characters(), numerals.zero_characters(), numerals.point_characters()
    multiplier = f"{no_scale}[{numerals.multiplier_characters()}]"
    filling = "|".join(
        f"(?<={sign})[0-9]{{{max(places - 1, 2)},{places}}}(?:\\.[0-9]+)?(?![.,]?[0-9])"
        for sign, value in numerals.multipliers().items()
        if (places := len(str(value)) - 1) > 1
    )
    goes_on = (
        rf"(?:[{zero}]?[{digit}](?={multiplier})|[{zero}](?:[0-9]+|[{digit}])(?![0-9])"
        rf"|[0-9]+(?:\.[0-9]+)?(?={multiplier})|{filling})?"
    )
    return (
        rf"(?P<arabic>(?<![0-9.A-Za-z])(?:(?<!,)|(?![0-9]{{3}}(?![0-9]))){ARABIC}(?:{multiplier}{goes_on})*+)"
        rf"|(?P<chinese>(?:{no_scale}[{digit}{numerals.multiplier_characters()}]"
        rf"|(?<=[{digit}{numerals.multiplier_characters()}])[{point}](?=[{digit}])"
        rf"|(?<=[{zero}{numerals.multiplier_characters()}])[0-9]+(?={multiplier}))++)"
    )
