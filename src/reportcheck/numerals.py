"""Chinese, capital and mixed numerals ↔ exact numbers.

Reads 三亿二千万, 壹仟贰佰, 一百二, 二〇二四, 三点五, 3亿5000万, 1.2万. Tables: ``patterns/numerals.toml``.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal

from reportcheck.catalog import cached, table

ARITHMETIC = Context(prec=100)
"""How numbers are read and reckoned with, whatever the program that calls this one has set for itself."""
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@cached
def _tables() -> tuple[dict[str, int], dict[str, int], dict[str, int], str]:
    data = table("numerals")
    return data["digits"], data["small_multipliers"], data["large_multipliers"], data["words"]["point"]


@cached
def numeral_characters() -> str:
    """Every character that a Chinese numeral may consist of."""
    digits, small, large, point = _tables()
    return "".join(digits) + "".join(small) + "".join(large) + point


def parse(text: str) -> Decimal | None:
    """The value of a numeral, or ``None`` if ``text`` as a whole is none."""
    digits, _, _, point = _tables()
    if not text:
        return None
    head, dot, fraction = text.partition(point)
    if dot:
        whole = parse(head)
        if whole is None or not fraction or any(c not in digits for c in fraction):
            return None
        return whole + Decimal("0." + "".join(str(digits[c]) for c in fraction))
    if len(text) > 1 and all(c in digits for c in text):
        return Decimal("".join(str(digits[c]) for c in text))
    return _grouped(text)


def _grouped(text: str) -> Decimal | None:
    """Numerals with multipliers: sections below 万, closed by 万 and 亿."""
    digits, small, large, _ = _tables()
    total = section = Decimal(0)
    pending: Decimal | None = None
    last_multiplier = 0
    after_zero = False
    position = 0
    while position < len(text):
        character = text[position]
        arabic = _ARABIC.match(text, position)
        if arabic:
            if pending is not None:
                return None
            pending = Decimal(arabic[0].replace(",", ""))
            position = arabic.end()
            continue
        if character in digits:
            if pending is not None:
                return None
            if digits[character] == 0:
                after_zero = True
            else:
                pending = Decimal(digits[character])
        elif character in small:
            multiplier = small[character]
            if pending is None:
                if multiplier != 10 or (section and not after_zero):
                    return None
                pending = Decimal(1)
            section += pending * multiplier
            pending, last_multiplier, after_zero = None, multiplier, False
        elif character in large:
            multiplier = large[character]
            section += pending or 0
            if not section and not total:
                return None
            # A larger multiplier takes all that stands before it.
            total = (total + section) * multiplier if total and total < multiplier else total + section * multiplier
            section, pending, last_multiplier, after_zero = Decimal(0), None, multiplier, False
        else:
            return None
        position += 1
    if pending is not None:
        # A lone last digit counts in the place below the last multiplier, except behind a zero.
        short = last_multiplier > 1 and not after_zero and text[-1] in digits
        section += pending * last_multiplier / 10 if short else pending
    value = total + section
    return value if value or after_zero else None


def to_chinese(number: int) -> str:
    """12 → 十二, 105 → 一百零五, as in the numbering of headings."""
    words = table("numerals")["words"]
    written = _write(number, words["plain_digits"], words["plain_multipliers"], words["plain_groups"])
    ten = words["plain_digits"][1] + words["plain_multipliers"][1]
    return written[1:] if written.startswith(ten) else written


def to_capital(number: int) -> str:
    """12 → 壹拾贰, as on cheques."""
    words = table("numerals")["words"]
    return _write(number, words["capital_digits"], words["capital_multipliers"], words["plain_groups"])


def _write(number: int, digits: str, multipliers: list[str], groups: list[str]) -> str:
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


def _write_section(section: int, digits: str, multipliers: list[str]) -> str:
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
    return str(abs(value)).replace(".", "").strip("0")
