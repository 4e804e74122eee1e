"""Text → figures: every quantity with its exact value, unit, hedge and place.

Words come from ``patterns/units.toml``, ``hedges.toml`` and ``stops.toml``. A number inside a stop
(document number, date, ordinal, set phrase …) is no figure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from reportcheck import numerals
from reportcheck.catalog import cached, table
from reportcheck.model import Bound, Quantity, Span, Unit
from reportcheck.text import normalise

BARE = Unit("", "number")

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The compiled patterns of quantities, from the tables."""

    number: re.Pattern[str]
    forms: tuple[tuple[re.Pattern[str], str], ...]
    stops: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    inside: dict[str, Bound]
    before_bound: dict[str, Bound]
    after_bound: dict[str, Bound]
    scales: dict[str, Decimal]
    units: dict[str, tuple[str, Fraction, bool]]
    bare_context: re.Pattern[str]
    bare_scales: frozenset[str]
    list_separator: re.Pattern[str]
    range_separator: re.Pattern[str]


def _any_of(words: list[str] | dict[str, Bound] | dict[str, Decimal]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cached
def _grammar() -> _Grammar:
    data, hedges, stops = table("units"), table("hedges")["hedge"], table("stops")["stop"]
    scales = {word: Decimal(factor) for word, factor in data["scales"].items()}
    units: dict[str, tuple[str, Fraction, bool]] = {}
    spelled: list[tuple[str, str]] = []
    for row in data["unit"]:
        for symbol in row["symbols"]:
            units[symbol] = (row["dimension"], Fraction(row.get("factor", 1)), row.get("counted", False))
            if not row.get("chinese_only"):
                guard = f"(?![{re.escape(row['not_before'])}])" if "not_before" in row else ""
                # The guard of a one-letter symbol must not forbid a longer word of its own row.
                spelled.append((symbol, re.escape(symbol) + (guard if len(symbol) == 1 else "")))
    unit = "|".join(pattern for _, pattern in sorted(spelled, key=lambda pair: (-len(pair[0]), pair[0])))
    before = {word: row["bound"] for row in hedges for word in row.get("before", ())}
    inside = {word: row["bound"] for row in hedges for word in row.get("inside", ())}
    after = {word: row["bound"] for row in hedges for word in row.get("after", ())}
    per = data["per"]["pattern"]
    cn = re.escape(numerals.numeral_characters())
    # Kilowatt, kilometre and percentage point only begin like a scale.
    like_scale = _any_of([symbol for symbol in units if symbol[0] in scales]) or "$^"
    number = rf"""
        (?P<sign>(?<![\dA-Za-z.%）{data["no_sign_behind"]}])[-+±])?
        (?P<number>(?<![\d.,A-Za-z]){_ARABIC})(?![\d]*\.\d+\.)\s?
        (?P<inside>{_any_of(inside)})?
        (?P<scale>(?!{like_scale})(?:{_any_of(scales)})(?!{data["no_scale_before"]}))?
        (?P<second>(?P<second_number>\d+(?:\.\d+)?)(?P<second_scale>{_any_of(scales)}))?
        (?P<inside2>{_any_of(inside)})?\s?
        (?P<unit>{unit})?(?P<per>{per})?
        |(?P<cn>[{cn}]+)(?P<cn_inside>{_any_of(inside)})?(?P<cn_unit>{unit})(?P<cn_per>{per})?
    """
    return _Grammar(
        number=re.compile(number, re.VERBOSE),
        forms=tuple((re.compile(row["pattern"]), row["unit"]) for row in data["form"]),
        stops=re.compile("|".join(f"(?:{row['pattern'].removeprefix('(?m)')})" for row in stops), re.MULTILINE),
        before=re.compile(
            rf"(?<![{table('hedges')['not_after']}])(?:{_any_of(before)})\s*{table('hedges')['link']}\s*$"
        ),
        after=re.compile(
            rf"\s*{table('hedges')['between']}(?!{table('hedges')['compared']})(?P<word>{_any_of(after)})"
        ),
        inside=inside,
        before_bound=before,
        after_bound=after,
        scales=scales,
        units=units,
        bare_context=re.compile(data["bare_scale"]["context"]),
        bare_scales=frozenset(data["bare_scale"]["scales"]),
        list_separator=re.compile(data["list_separator"]),
        range_separator=re.compile(data["range_separator"]),
    )


def find_quantities(text: str, block: str) -> list[Quantity]:
    """Every figure in a block's text, in order; spans are offsets into ``text`` as written."""
    grammar = _grammar()
    plain = normalise(text)
    stops = _Intervals([match.span() for match in grammar.stops.finditer(plain) if match[0]])
    money = bool(grammar.bare_context.search(plain))
    found = _forms(plain, text, block, grammar, stops)
    taken = _Intervals([(q.span.start, q.span.end) for q in found])
    for match in grammar.number.finditer(plain):
        start = match.start("number") if match["number"] else match.start("cn")
        if stops.covers(start) or taken.covers(start):
            continue
        quantity = _arabic(match, text, block, money) if match["number"] else _chinese(match, text, block)
        if quantity is not None:
            found.append(_hedged(quantity, plain))
    found.sort(key=lambda quantity: quantity.span.start)
    return _share_units(found, plain)


class _Intervals:
    """Disjoint stretches, for asking whether an offset lies in one."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def covers(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._spans[at][1]


def _forms(plain: str, text: str, block: str, grammar: _Grammar, stops: _Intervals) -> list[Quantity]:
    """Figures in words: 百分之…, 三分之二, 八成五, 翻一番."""
    found = []
    for pattern, symbol in grammar.forms:
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            value = numerals.parse(groups["n"])
            if value is None or stops.covers(match.start()):
                continue
            decimals = _written_decimals(groups["n"])
            if groups.get("h"):
                half = numerals.parse(groups["h"])
                value, decimals = value + (Decimal("0.5") if half is None else half / 10), 1
            unit = _unit(symbol, "", "", decimals)
            if groups.get("d"):
                denominator = numerals.parse(groups["d"])
                if not denominator:
                    continue
                unit = replace(unit, factor=Fraction(1) / Fraction(denominator))
            found.append(_quantity(value, unit, decimals, text, block, match.span()))
    return [_hedged(quantity, plain) for quantity in found]


def _arabic(match: re.Match[str], text: str, block: str, money: bool) -> Quantity | None:
    grammar = _grammar()
    digits = match["number"].replace(",", "")
    value, decimals = Decimal(digits), _written_decimals(digits)
    scale, symbol, per = match["scale"] or "", match["unit"] or "", match["per"] or ""
    start, end = match.start("number"), match.end()
    if match["second"]:
        # Two scales make one figure, counted in the smaller of them.
        smaller = grammar.scales[match["second_scale"]]
        value = value * grammar.scales[scale] / smaller + Decimal(match["second_number"])
        scale, decimals = match["second_scale"], _written_decimals(match["second_number"])
    if match["sign"] == "-":
        value = -value
    if match["sign"]:
        start = match.start("sign")
    if not symbol and scale in grammar.bare_scales and money:
        symbol = _money_symbol()
    if not symbol and scale and scale not in grammar.bare_scales:
        return None
    unit = _unit(symbol, scale, per, decimals)
    trailing = len(match[0]) - len(match[0].rstrip())
    quantity = _quantity(value, unit, decimals, text, block, (start, end - trailing))
    inside = match["inside"] or match["inside2"]
    return replace(quantity, bound=grammar.inside[inside]) if inside else quantity


def _chinese(match: re.Match[str], text: str, block: str) -> Quantity | None:
    value = numerals.parse(match["cn"])
    if value is None or value == 1 or match["cn_unit"] not in _grammar().units:
        return None
    decimals = _written_decimals(match["cn"])
    unit = _unit(match["cn_unit"], "", match["cn_per"] or "", decimals)
    if unit.dimension in ("energy", "volume", "length", "minute", "score", "document", "stock", "group"):
        # Such short words behind a Chinese numeral are mostly parts of set phrases.
        return None
    quantity = _quantity(value, unit, decimals, text, block, match.span())
    inside = match["cn_inside"]
    return replace(quantity, bound=_grammar().inside[inside]) if inside else quantity


def _written_decimals(number: str) -> int:
    point = table("numerals")["words"]["point"]
    for mark in (".", point):
        if mark in number:
            return len(number) - number.index(mark) - 1
    return 0


@cached
def _money_symbol() -> str:
    return str(next(row["symbols"][0] for row in table("units")["unit"] if row["dimension"] == "money"))


@cached
def _unit(symbol: str, scale: str, per: str, decimals: int) -> Unit:
    grammar = _grammar()
    if symbol not in grammar.units:
        return BARE if not scale else Unit(scale, "number", Fraction(grammar.scales[scale]))
    dimension, factor, counted = grammar.units[symbol]
    if scale:
        factor *= Fraction(grammar.scales[scale])
    if per:
        dimension += "/" + per[1:]
    return Unit(scale + symbol + per, dimension, factor, counted and not scale and decimals == 0)


def _quantity(value: Decimal, unit: Unit, decimals: int, text: str, block: str, span: tuple[int, int]) -> Quantity:
    start, end = span
    return Quantity(value, unit, decimals, "exact", text[start:end], Span(block, start, end))


def _hedged(quantity: Quantity, plain: str) -> Quantity:
    """The figure with the bound that words around it give (约, 以上, 不足 …)."""
    grammar = _grammar()
    window = plain[max(0, quantity.span.start - 8) : quantity.span.start]
    before = grammar.before.search(window)
    if before:
        word = max((w for w in grammar.before_bound if before[0].startswith(w)), key=len)
        return replace(quantity, bound=grammar.before_bound[word])
    after = grammar.after.match(plain, quantity.span.end)
    if after:
        return replace(quantity, bound=grammar.after_bound[after["word"]])
    return quantity


def _share_units(found: list[Quantity], plain: str) -> list[Quantity]:
    """Gives bare numbers of a list or range the unit of its last member."""
    grammar = _grammar()
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        here, following = shared[index], shared[index + 1]
        if here.unit is not BARE or following.unit.dimension == "number":
            continue
        between = plain[here.span.end : following.span.start]
        if grammar.list_separator.fullmatch(between) or grammar.range_separator.fullmatch(between):
            unit = following.unit
            if unit.counted and here.decimals:
                unit = replace(unit, counted=False)
            shared[index] = replace(here, unit=unit)
    return shared
