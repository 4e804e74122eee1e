"""Chinese, capital and mixed numerals ↔ exact numbers.

Reads 三亿二千万, 壹仟贰佰, 一百二, 廿八, 二〇二四, 三点五万, 3亿5000万, 2千零30万. Tables: ``patterns/numerals.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Context, Decimal, Inexact
from itertools import pairwise
from math import prod

from reportcheck.catalog import cached, table
from reportcheck.schemas.figures import Numerals

# No report counts beyond this many characters: what is longer is a code, or rubbish.
LONGEST = 40
# Wide enough for every numeral of that length and its multipliers; a rounded digit would be an error.
EXACT = Context(prec=4 * LONGEST, traps=[Inexact])
ARITHMETIC = Context(prec=100)
"""How numbers are reckoned with, whatever the program that calls this one has set for itself."""
_ARABIC = re.compile(r"(?:\d{1,3}(?:\s?,\s?\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]\d\d?)?|\.\d+", re.ASCII)
_GROUPS = re.compile(r"[,\s]")


@cached
def _digits() -> dict[str, int]:
    return table(Numerals).digits


@cached
def multipliers() -> dict[str, int]:
    """The signs for ten, hundred … and what they stand for."""
    data = table(Numerals)
    return {**data.small_multipliers, **data.large_multipliers}


@cached
def _places() -> tuple[tuple[int, frozenset[str]], ...]:
    """Each multiplier with its signs, the largest first."""
    signs = multipliers()
    return tuple(
        (value, frozenset(sign for sign in signs if signs[sign] == value))
        for value in sorted(set(signs.values()), reverse=True)
    )


@cached
def _lowest_large() -> int:
    return min(table(Numerals).large_multipliers.values())


@cached
def digit_characters() -> str:
    """The signs for 0 to 9 in every writing but the Arabic."""
    return "".join(_digits())


@cached
def zero_characters() -> str:
    """The signs for nothing at a place."""
    return "".join(sign for sign, value in _digits().items() if value == 0)


@cached
def multiplier_characters() -> str:
    """The signs for ten, hundred … and those for twenty, thirty, forty."""
    return "".join(multipliers()) + "".join(table(Numerals).contracted)


@cached
def point_characters() -> str:
    """The signs that part the whole from its decimals."""
    return table(Numerals).words.points


@cached
def numeral_characters() -> str:
    """Every character that a Chinese numeral may consist of."""
    return digit_characters() + multiplier_characters() + point_characters()


def arabic(text: str) -> Decimal | None:
    """The value of an Arabic number, with or without groups of thousands, or with a power of ten (1.2E+08)."""
    if len(text) > LONGEST or not _ARABIC.fullmatch(text):
        return None
    return Decimal(f"{Decimal(_GROUPS.sub('', text)):f}")


def parse(text: str) -> Decimal | None:
    """The value of a numeral, or ``None`` if ``text`` as a whole is none."""
    if not 0 < len(text) <= LONGEST:
        return None
    point = re.search(f"[{point_characters()}]", text)
    if point:
        return _with_decimals(text[: point.start()], text[point.end() :])
    if len(text) > 1 and all(character in _digits() for character in text):
        return Decimal("".join(str(_digits()[character]) for character in text))
    return _read(_unfolded(text), _places(), last=True)


def _with_decimals(whole: str, rest: str) -> Decimal | None:
    """Digits behind the point are read one by one; a multiplier behind them takes the whole: 三点五万."""
    fraction = rest.rstrip(multiplier_characters())
    head = _read(_unfolded(whole), _places(), last=False) if whole else None
    factor = _scale(rest[len(fraction) :])
    places = "".join(str(_digits().get(character, character)) for character in fraction)
    if head is None or factor is None or not (places.isascii() and places.isdecimal()) or head % 1:
        return None
    return EXACT.multiply(EXACT.add(head, Decimal("0." + places)), factor)


def _scale(signs: str) -> Decimal | None:
    """The product of the multipliers behind decimals: none, 万, 千万, 万亿 …, the smaller before the larger."""
    factors = [multipliers().get(sign, 0) for sign in signs]
    rising = all(low < high for low, high in pairwise([0, *factors]))
    return Decimal(prod(factors)) if rising and (not factors or factors[-1] >= _lowest_large()) else None


def _unfolded(text: str) -> str:
    """廿 as 二十, 万万 as 亿."""
    data = table(Numerals)
    for sign, written in data.contracted.items():
        text = text.replace(sign, written)
    for doubled, written in data.doubled.items():
        text = text.replace(doubled, written)
    return text


def _read(text: str, places: tuple[tuple[int, frozenset[str]], ...], last: bool) -> Decimal | None:
    """A numeral whose multipliers are among ``places``, each used once, in descending order.

    ``last``: nothing follows, so that a lone digit at its end may count in the place below (三万五).
    """
    if not places:
        return _leaf(text)
    (multiplier, signs), *rest = places
    lower = tuple(rest)
    at = next((index for index, character in enumerate(text) if character in signs), None)
    if at is None:
        return _read(text, lower, last)
    head, tail = text[:at], text[at + 1 :]
    large = multiplier >= _lowest_large()
    if not head:
        high = Decimal(1) if multiplier == 10 else None
    else:
        high = _read(head, lower, last=False) if large else _leaf(head)
    low = _behind(tail, multiplier, lower, last) if tail else Decimal(0)
    if not high or low is None:
        return None
    if tail and (high % 1 or (high > 9 and not large)):
        return None
    return EXACT.add(EXACT.multiply(high, Decimal(multiplier)), low)


def _behind(tail: str, multiplier: int, lower: tuple[tuple[int, frozenset[str]], ...], last: bool) -> Decimal | None:
    """What follows a multiplier: less than it, and not in doubt about its place, as the 5 of 3万5 is."""
    if tail[0] in zero_characters():
        value = _read(tail[1:], lower, last)
    elif len(tail) > 1 or multiplier == 10:
        value = _read(tail, lower, last)
    elif tail in _digits() and last:
        value = Decimal(_digits()[tail] * multiplier // 10)
    else:
        return None
    return value if value is not None and 0 < value < multiplier else None


def _leaf(text: str) -> Decimal | None:
    return Decimal(_digits()[text]) if text in _digits() else arabic(text)


def between(text: str) -> tuple[Decimal, Decimal] | None:
    """The ends of a numeral that names two neighbours: 两三 → 2 and 3, 二三十 → 20 and 30, 十七八 → 17 and 18."""
    digits, wider = _digits(), table(Numerals).words.neighbours
    if len(text) > LONGEST or (len(text) > 2 and all(character in digits for character in text)):
        return None
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        if all(character in digits for character in pair) and digits[pair[0]]:
            low, high = parse(text[: at + 1] + text[at + 2 :]), parse(text[:at] + text[at + 1 :])
            near = digits[pair[1]] == digits[pair[0]] + 1 or pair in wider
            return (low, high) if near and low is not None and high is not None and low < high else None
    return None


def in_scale_of(low: Decimal, high: str) -> Decimal:
    """The first end of a range, counted in the multiplier of the last: 三 of 三至五百万, 二十 of 二十至三十亿."""
    top = parse(high)
    signs = high[len(high.rstrip(multiplier_characters())) :]
    factors = [multipliers().get(sign, 1) for sign in signs]
    large = [factor for factor in factors if factor >= _lowest_large()]
    for chosen in (factors if low < 10 else large, large):
        value = EXACT.multiply(low, Decimal(prod(chosen)))
        if large and top is not None and value < top:
            return value
    return low


def to_chinese(number: int) -> str:
    """12 → 十二, 105 → 一百零五, as in the numbering of headings."""
    words = table(Numerals).words
    written = _write(number, words.plain_digits, words.plain_multipliers, words.plain_groups)
    ten = words.plain_digits[1] + words.plain_multipliers[1]
    return written[1:] if written.startswith(ten) else written


def to_capital(number: int) -> str:
    """12 → 壹拾贰, as on cheques."""
    words = table(Numerals).words
    return _write(number, words.capital_digits, words.capital_multipliers, words.plain_groups)


def _write(number: int, digits: str, multipliers: Sequence[str], groups: Sequence[str]) -> str:
    if number == 0:
        return digits[0]
    sections: list[str] = []
    for group in groups:
        number, section = divmod(number, 10_000)
        if section:
            written = _write_section(section, digits, multipliers)
            gap = number and section < 1000
            sections.append((digits[0] if gap else "") + written + group)
    return "".join(reversed(sections))


def _write_section(section: int, digits: str, multipliers: Sequence[str]) -> str:
    written = ""
    gap = False
    for power in range(3, -1, -1):
        digit = section // 10**power % 10
        if digit:
            written += (digits[0] if gap and written else "") + digits[digit] + multipliers[power]
            gap = False
        else:
            gap = True
    return written


def telling_digits(value: Decimal) -> str:
    """The digits of a number that carry information: without sign, point, and zeros at either end."""
    return str(value.copy_abs()).replace(".", "").strip("0")
