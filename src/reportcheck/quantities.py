"""Text → figures: every quantity with its exact value, unit, hedge and place.

Words come from ``patterns/units.toml``, ``hedges.toml`` and ``stops.toml``. A number inside a stop
(document number, date, ordinal, set phrase …) is no figure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from reportcheck import numerals
from reportcheck.catalog import cached
from reportcheck.model import Bound, Quantity, Span, Unit
from reportcheck.text import normalise
from reportcheck.units import BARE, grammar

__all__ = ["BARE", "find_quantities"]

_LEAD = 12
_HEDGE = 8
_GAP = 4
_OPEN = Unit("", "open")

# Such short words behind a Chinese numeral, or behind a lone Chinese digit, are mostly parts of set phrases and names.
_IDIOMATIC = frozenset({"minute", "score", "document", "stock", "group", "line", "word", "storey"})
_IDIOMATIC_DIGITS = frozenset({"energy", "volume", "length"})


class _Number(Struct, frozen=True):
    """A number as read: ``value`` in ``scale``; ``bound`` is not exact where it names two neighbours (两三)."""

    value: Decimal
    scale: str = ""
    decimals: int = 0
    bound: Bound = "exact"


def find_quantities(text: str, block: str) -> list[Quantity]:
    """Every figure in a block's text, in order; spans are offsets into ``text`` as written."""
    plain = normalise(text)
    stops = _Stretches([match.span() for match in grammar().stops.finditer(plain) if match[0]])
    found = list(_forms(plain, stops))
    barred = _Stretches([*stops.spans, *((q.span.start, q.span.end) for q in found)])
    found += _numbers(plain, barred)
    found.sort(key=lambda quantity: quantity.span.start)
    return [_placed(quantity, text, block) for quantity in _share_units([_hedged(q, plain) for q in found], plain)]


class _Stretches:
    """Stretches of a text, in order, for asking which covers an offset and which comes next."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self._starts = [start for start, _ in self.spans]

    def end_over(self, offset: int) -> int:
        """The end of the stretch that covers ``offset``, or 0."""
        at = bisect_right(self._starts, offset) - 1
        return self.spans[at][1] if at >= 0 and offset < self.spans[at][1] else 0

    def start_behind(self, offset: int, otherwise: int) -> int:
        """Where the next stretch begins."""
        at = bisect_right(self._starts, offset)
        return self._starts[at] if at < len(self._starts) else otherwise


def _forms(plain: str, stops: _Stretches) -> Iterator[Quantity]:
    """Figures in words: 百分之…, 三分之二, 八成五, 翻一番."""
    taken: set[int] = set()
    for pattern, symbol, known in grammar().forms:
        for match in pattern.finditer(plain):
            if stops.end_over(match.start()) or not taken.isdisjoint(range(*match.span())):
                continue
            groups = match.groupdict()
            number = _Number(known) if known is not None else _number(groups["n"])
            if number is None:
                continue
            value, decimals = number.value, number.decimals
            if groups.get("h"):
                half = numerals.parse(groups["h"])
                value, decimals = value + (Decimal("0.5") if half is None else half / 10), 1
            unit = _unit(symbol, "", "", decimals)
            if groups.get("d"):
                denominator = numerals.parse(groups["d"])
                if not denominator:
                    continue
                unit = replace(unit, factor=Fraction(1) / Fraction(denominator))
            if groups.get("minus") and value:
                value = value.copy_negate()
            bound = grammar().inside[groups["inside"]] if groups.get("inside") else number.bound
            taken.update(range(*match.span()))
            yield _quantity(value, unit, decimals, bound, match.span())


def _numbers(plain: str, barred: _Stretches) -> Iterator[Quantity]:
    """Figures that begin with a number, from left to right."""
    money = bool(grammar().bare_context.search(plain))
    position = floor = 0
    while run := grammar().run.search(plain, position):
        start, end = run.span()
        covered = barred.end_over(start)
        if not covered and run["chinese"]:
            end = min(end, barred.start_behind(start, end))
        position = max(covered, end)
        if covered or end - start > numerals.LONGEST:
            continue
        quantity = _figure(plain, (start, end), floor, money)
        if quantity is not None:
            yield quantity
            position = floor = max(quantity.span.end, position)


def _figure(plain: str, run: tuple[int, int], floor: int, money: bool) -> Quantity | None:
    """The figure whose number stands at ``run``; ``floor`` is where the figure before it ends."""
    words = grammar()
    start, end = run
    chinese = plain[start] in numerals.numeral_characters()
    if _is_piece(plain, run, chinese):
        return None
    number, end = _longest(plain, start, end)
    tail = words.tail.match(plain, end)
    assert tail is not None
    if number is None and tail["inside"] and plain[start:end] in numerals.multipliers():
        number = _Number(Decimal(numerals.multipliers()[plain[start:end]]))
    lead = _lead(plain, start, floor)
    if number is None or lead is None:
        return None
    if chinese and (tail["gap"] or not tail["unit"]):
        return _open_end(plain, number, lead.start, end)
    value, decimals, scale, inside = number.value, number.decimals, number.scale or tail["scale"] or "", _inside(tail)
    symbol, per = tail["unit"] or lead.symbol, tail["per"] or ""
    close = max(end, *(tail.end(group) for group in ("inside", "scale", "inside2", "unit", "half", "per")))
    if scale and not symbol and scale not in words.bare_scales:
        if number.scale or not tail["gap"]:
            return None
        scale, inside, close = "", "", end
    if scale and not symbol and money:
        symbol = _money_symbol()
    if chinese and scale and not number.scale:
        value, scale = numerals.EXACT.multiply(value, Decimal(words.scales[scale])), ""
    if tail["half"] and not decimals:
        value, decimals = Decimal(f"{value:f}.5"), 1
    elif symbol in words.with_parts and not (scale or decimals or per):
        value, decimals, close = _with_parts(plain, value, close)
    unit = _unit(symbol, scale, per, decimals)
    if chinese and _is_idiomatic(value, unit):
        return None
    negative = lead.negative
    if unit is BARE and not lead.signed and (decimals > 0 or "," in plain[start:end]):
        behind = words.minus_behind.match(plain, close)
        negative, close = (True, behind.end()) if behind else (negative, close)
    bound = words.inside[inside] if inside else number.bound
    return _quantity(value.copy_negate() if negative and value else value, unit, decimals, bound, (lead.start, close))


def _is_piece(plain: str, run: tuple[int, int], chinese: bool) -> bool:
    """Whether the number is what is left of a numeral that is not read as a whole."""
    words, (start, end) = grammar(), run
    if words.number_before.search(plain, max(0, start - 2), start):
        return True
    parted = words.parted_before.search(plain, max(0, start - _GAP), start) or words.parted.match(plain, end)
    return chinese and parted is not None


def _is_idiomatic(value: Decimal, unit: Unit) -> bool:
    return value == 1 or unit.dimension in _IDIOMATIC or (value <= 10 and unit.dimension in _IDIOMATIC_DIGITS)


def _inside(tail: re.Match[str]) -> str:
    return tail["inside"] or tail["inside2"] or ""


def _longest(plain: str, start: int, end: int) -> tuple[_Number | None, int]:
    """The number at ``start`` and its end: the whole run, or else what of it is a number with its scale."""
    number = _number(plain[start:end])
    if number is None and (simple := grammar().plain.match(plain, start, end)):
        return _number(simple[0]), simple.end()
    return number, end


def _number(written: str) -> _Number | None:
    """The value of a number in any writing, counted in the scale behind it if that is all it has."""
    words = grammar()
    if simple := words.plain.fullmatch(written):
        value = numerals.arabic(simple["number"])
        return None if value is None else _Number(value, simple["scale"] or "", _decimals(simple["number"]))
    if scaled := words.scaled.fullmatch(written):
        # Two scales make one figure, counted in the smaller of them.
        smaller, larger = words.scales[scaled["second_scale"]], words.scales[scaled["scale"]]
        whole, rest = int(scaled["number"]) * larger // smaller, Decimal(scaled["second"])
        if larger <= smaller or rest * smaller >= larger:
            return None
        return _Number(numerals.EXACT.add(Decimal(whole), rest), scaled["second_scale"], _decimals(scaled["second"]))
    if ends := numerals.between(written):
        return _Number(ends[0], bound="at-least")
    fraction = words.spoken_decimals.fullmatch(written)
    value = numerals.parse(fraction["number"] if fraction else written)
    if value is None:
        return None
    return _Number(value, fraction["scale"] or "", len(fraction["places"])) if fraction else _Number(value)


def _decimals(written: str) -> int:
    digits, _, exponent = written.lower().partition("e")
    return len(digits.partition(".")[2]) - int(exponent or 0)


def _open_end(plain: str, number: _Number, start: int, end: int) -> Quantity | None:
    """A Chinese number without a unit, where it is one end of a range that may have one (三至五个)."""
    to = grammar().range_separator.match(plain, end)
    goes_on = to is not None and to[0] and grammar().run.match(plain, to.end()) is not None
    return _quantity(number.value, _OPEN, number.decimals, number.bound, (start, end)) if goes_on else None


class _Lead(Struct, frozen=True):
    """What belongs to a figure before its number: where it starts, a sign, a currency."""

    start: int
    signed: bool = False
    negative: bool = False
    symbol: str = ""


def _lead(plain: str, start: int, floor: int) -> _Lead | None:
    """The signs and the currency before the number at ``start``; ``None`` if its own writing stands in doubt."""
    words = grammar()
    if plain[start] == "." and start and plain[start - 1].isalpha() and not words.leading_point.match(plain, start):
        # A full stop, rather than a point without its zero.
        return None
    found = words.lead.search(plain, max(floor, start - _LEAD), start)
    assert found is not None
    lead = _Lead(start)
    if found["sign"]:
        lead = _signed(plain, lead, found.span("sign"), floor)
        if not lead.signed:
            return lead
    if found["currency"]:
        lead = replace(lead, start=found.start("currency"), symbol=words.currencies[found["currency"]])
    if found["outer"]:
        lead = _signed(plain, lead, found.span("outer"), floor)
    return lead


def _signed(plain: str, lead: _Lead, sign: tuple[int, int], floor: int) -> _Lead:
    """The lead with the sign before it, unless it is a dash, belongs to a range or ends a word."""
    words = grammar()
    start, end = sign
    written, gap = plain[start:end], plain[end : lead.start]
    if written in words.minus_words:
        meant = len(gap) <= 1 and not (start and plain[start - 1] in words.no_minus_behind)
    elif gap:
        # A minus that stands off is one where it has nothing but its figure: on a line, in a bracket, behind a verb.
        meant = words.alone_before.search(plain, max(0, start - 4), start) is not None
        meant = meant and words.alone.match(plain, lead.start) is not None
    else:
        meant = not (floor and start == floor) and words.sign_before.search(plain, max(0, start - 2), start) is None
    if not meant:
        return lead
    negative = lead.negative != (written == "-" or written in words.minus_words)
    return replace(lead, start=start, signed=True, negative=negative)


def _with_parts(plain: str, value: Decimal, end: int) -> tuple[Decimal, int, int]:
    """The value, decimals and end of an amount with the smaller coins behind it: 五元七角八分."""
    parts = grammar().parts.match(plain, end)
    if parts is None or not parts[0]:
        return value, 0, end
    tenth, hundredth = (numerals.parse(parts[group]) if parts[group] else None for group in ("tenth", "hundredth"))
    places = str(tenth or 0) + (str(hundredth) if hundredth is not None else "")
    return Decimal(f"{value:f}.{places}"), len(places), parts.end()


@cached
def _money_symbol() -> str:
    return next(symbol for symbol, (dimension, _, _) in grammar().units.items() if dimension == "money")


@cached
def _unit(symbol: str, scale: str, per: str, decimals: int) -> Unit:
    words = grammar()
    if symbol not in words.units:
        return BARE if not scale else Unit(scale, "number", Fraction(words.scales[scale]))
    dimension, factor, counted = words.units[symbol]
    if scale:
        factor *= words.scales[scale]
    if per:
        dimension += "/" + per[1:]
    return Unit(scale + symbol + per, dimension, factor, counted and not scale and decimals == 0)


def _quantity(value: Decimal, unit: Unit, decimals: int, bound: Bound, span: tuple[int, int]) -> Quantity:
    return Quantity(value, unit, decimals, bound, "", Span("", *span))


def _placed(quantity: Quantity, text: str, block: str) -> Quantity:
    start, end = quantity.span.start, quantity.span.end
    return replace(quantity, text=text[start:end], span=Span(block, start, end))


def _hedged(quantity: Quantity, plain: str) -> Quantity:
    """The figure with the bound that words around it give (约, 以上, 不足 …)."""
    words = grammar()
    window = plain[max(0, quantity.span.start - _HEDGE) : quantity.span.start]
    before = words.before.search(window)
    if before:
        word = max((w for w in words.before_bound if before[0].startswith(w)), key=len)
        return replace(quantity, bound=words.before_bound[word])
    after = words.after.match(plain, quantity.span.end)
    if after:
        return replace(quantity, bound=words.after_bound[after["word"]])
    return quantity


def _share_units(found: list[Quantity], plain: str) -> list[Quantity]:
    """Gives bare numbers of a list or range the unit of its last member; open ends that get none are no figures."""
    words = grammar()
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        here, following = shared[index], shared[index + 1]
        if here.unit not in (BARE, _OPEN) or following.unit.dimension in ("number", _OPEN.dimension):
            continue
        between = plain[here.span.end : following.span.start]
        if words.range_separator.fullmatch(between) or (here.unit is BARE and words.list_separator.fullmatch(between)):
            shared[index] = _in_unit_of(here, following, plain)
    return [quantity for quantity in shared if quantity.unit != _OPEN]


def _in_unit_of(here: Quantity, following: Quantity, plain: str) -> Quantity:
    """A figure in the unit of the one it leads to, in words also in its multiplier: 三十至五十万元."""
    unit = following.unit
    if unit.counted and here.decimals:
        unit = replace(unit, counted=False)
    if here.unit is BARE:
        return replace(here, unit=unit)
    written = plain[following.span.start : following.span.end - len(following.unit.symbol)]
    return replace(here, value=numerals.in_scale_of(here.value, written), unit=unit)
