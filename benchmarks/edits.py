"""What a slip of the hand does to a written number."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from random import Random

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
MONEY_UNITS = {"亿元": 100_000_000, "万元": 10_000, "元": 1}
_OTHER_UNITS = {"亿元": ("万元",), "万元": ("元", "亿元"), "元": ("万元",)}


def _digit(number: str, random: Random) -> str | None:
    """One digit for another; the first stays no zero."""
    place = random.choice([index for index, character in enumerate(number) if character.isdigit()])
    zero = place == 0 and len(number) > 1 and number[1] != "."
    return number[:place] + random.choice([d for d in "0123456789"[zero:] if d != number[place]]) + number[place + 1 :]


def _transposed(number: str, random: Random) -> str | None:
    """Two neighbouring digits in each other's place, also across the point."""
    digits = [index for index, character in enumerate(number) if character.isdigit()]
    pairs = [(a, b) for a, b in pairwise(digits) if number[a] != number[b]]
    pairs = [(a, b) for a, b in pairs if a > 0 or number[b] != "0" or b > 1]
    if not pairs:
        return None
    a, b = random.choice(pairs)
    return number[:a] + number[b] + number[a + 1 : b] + number[a] + number[b + 1 :]


def _point(number: str, random: Random) -> str | None:
    """The point one place to the left or right."""
    whole, _, part = number.replace(",", "").partition(".")
    moved = []
    if part:
        moved.append((whole.lstrip("0") + part[0], part[1:]))
    if part and len(whole) > 1:
        moved.append((whole[:-1], whole[-1] + part))
    if not moved:
        return None
    left, right = random.choice(moved)
    left = f"{int(left or '0'):,}" if "," in number else left or "0"
    return f"{left}.{right}" if right else left


EDITS: dict[str, Callable[[str, Random], str | None]] = {"digit": _digit, "transposed": _transposed, "point": _point}


def other_unit(text: str, random: Random) -> str | None:
    """The same number in another unit of money."""
    name = next((name for name in MONEY_UNITS if text.endswith(name)), None)
    return text.removesuffix(name) + random.choice(_OTHER_UNITS[name]) if name else None
