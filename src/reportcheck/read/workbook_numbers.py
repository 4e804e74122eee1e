"""Numbers of spreadsheets as text: under ``General``, and under a row of placeholders."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

Token = tuple[str, str]

_EXACT = Context(prec=1000, Emax=MAX_EMAX, Emin=MIN_EMIN, rounding=ROUND_HALF_UP)
_WIDEST_GENERAL = 11
"""Characters that ``General`` takes at most, sign apart."""
_MOST_DECIMALS = 9
_PRINTED = frozenset({"literal", "percent", "space"})


def show_general(value: Decimal) -> str:
    """A number without a format: as short as it can be, eleven characters at most."""
    sign, size = ("-" if value < 0 else ""), abs(value)
    if size == 0:
        return "0"
    before = size.adjusted()
    fixed = _trimmed(_rounded(size, max(0, _MOST_DECIMALS - max(before, 0))))
    exact = _trimmed(f"{size:f}")
    if before < -4 and len(exact) <= _WIDEST_GENERAL:
        return sign + exact
    if before >= -4 and len(fixed) <= _WIDEST_GENERAL:
        return sign + fixed
    return sign + _general_scientific(size)


def show_number(value: Decimal, tokens: Sequence[Token]) -> str:
    """A number that is not negative under a section with placeholders for digits."""
    value = _EXACT.scaleb(value, 2 * sum(kind == "percent" for kind, _ in tokens))
    kinds = [kind for kind, _ in tokens]
    if "exponent" in kinds:
        at = kinds.index("exponent")
        return _scientific(value, tokens[:at], tokens[at], tokens[at + 1 :])
    if "slash" in kinds and "point" not in kinds:
        return _fraction(value, tokens, kinds.index("slash"))
    scaled, tokens = _without_scaling(tokens)
    return _fixed(_EXACT.scaleb(value, -3 * scaled), tokens)


def _rounded(value: Decimal, decimals: int) -> str:
    return f"{_EXACT.quantize(value, Decimal(1).scaleb(-decimals)):f}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _general_scientific(size: Decimal) -> str:
    exponent = size.adjusted()
    digits = _rounded(_EXACT.scaleb(size, -exponent), 5)
    if digits.startswith("10"):
        digits, exponent = "1", exponent + 1
    return f"{_trimmed(digits)}E{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


# --- placeholders ---


def _without_scaling(tokens: Sequence[Token]) -> tuple[int, list[Token]]:
    """How many commas behind the last digit divide by a thousand, and the tokens without them."""
    kinds = [kind for kind, _ in tokens]
    last = max(index for index, kind in enumerate(kinds) if kind == "digit")
    point = kinds.index("point") if "point" in kinds else len(kinds)
    whole = max((index for index in range(min(point, len(kinds))) if kinds[index] == "digit"), default=last)
    dropped = set()
    for start in {last, whole}:
        index = start + 1
        while index < len(kinds) and kinds[index] == "comma":
            dropped.add(index)
            index += 1
    return len(dropped), [token for index, token in enumerate(tokens) if index not in dropped]


def _fixed(value: Decimal, tokens: Sequence[Token]) -> str:
    """The number with a fixed count of decimals."""
    kinds = [kind for kind, _ in tokens]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    before, after = tokens[:point], tokens[point + 1 :]
    decimals = sum(kind == "digit" for kind, _ in after)
    whole, _, rest = _rounded(value, decimals).partition(".")
    return _whole(whole.lstrip("0"), before) + ("." if point < len(kinds) else "") + _decimals(rest, after)


def _whole(digits: str, tokens: Sequence[Token]) -> str:
    """Digits laid on placeholders from the right; the leftmost takes all that are left."""
    left = sum(kind == "digit" for kind, _ in tokens)
    grouped = any(kind == "comma" for kind, _ in tokens)
    shown: list[str] = []
    count = 0
    for kind, written in reversed(tokens):
        if kind != "digit":
            shown.append(_as_printed(kind, written))
            continue
        left -= 1
        taken = digits[-1:] if left else digits
        digits = digits[: len(digits) - len(taken)]
        for digit in reversed(taken) if taken else _filler(written):
            shown.append("," if grouped and count and count % 3 == 0 else "")
            shown.append(digit)
            count += 1
    return "".join(reversed(shown))


def _decimals(digits: str, tokens: Sequence[Token]) -> str:
    """Decimals on their placeholders: ``#`` and ``?`` drop zeros at the end."""
    places = [written for kind, written in tokens if kind == "digit"]
    kept = len(places)
    while kept and places[kept - 1] != "0" and digits[kept - 1] == "0":
        kept -= 1
    shown, at = [], 0
    for kind, written in tokens:
        if kind == "digit":
            shown.append(digits[at] if at < kept else _filler(written))
            at += 1
        else:
            shown.append(_as_printed(kind, written))
    return "".join(shown)


def _filler(placeholder: str) -> str:
    """What a placeholder prints where there is no digit."""
    return {"0": "0", "?": " "}.get(placeholder, "")


def _as_printed(kind: str, written: str) -> str:
    return (" " if kind == "space" else written) if kind in _PRINTED else ""


# --- scientific and fractions ---


def _scientific(value: Decimal, mantissa: Sequence[Token], mark: Token, exponent: Sequence[Token]) -> str:
    kinds = [kind for kind, _ in mantissa]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    step = max(1, kinds[:point].count("digit"))
    power = 0 if value == 0 else value.adjusted() // step * step
    shown = _fixed(_EXACT.scaleb(value, -power), mantissa)
    if value and Decimal(_rounded(_EXACT.scaleb(value, -power), kinds[point:].count("digit"))) >= 10**step:
        power += step
        shown = _fixed(_EXACT.scaleb(value, -power), mantissa)
    sign = "-" if power < 0 else mark[1][1:].replace("-", "")
    return f"{shown}E{sign}{_whole(str(abs(power)) if power else '', exponent)}"


def _fraction(value: Decimal, tokens: Sequence[Token], slash: int) -> str:
    """The number as a fraction: of a fixed denominator, or the nearest within the places given."""
    start, end = slash, slash + 1
    while start and tokens[start - 1][0] == "digit":
        start -= 1
    while end < len(tokens) and (tokens[end][0] == "digit" or tokens[end][1].isdecimal()):
        end += 1
    below = "".join(written for _, written in tokens[slash + 1 : end])
    mixed = any(kind == "digit" for kind, _ in tokens[:start])
    exact = Fraction(value)
    if below.strip("0#?") or (below and below[0] in "123456789"):
        denominator = int(below.replace("#", "0").replace("?", "0"))
        numerator = int(exact * denominator + Fraction(1, 2))
    else:
        nearest = exact.limit_denominator(max(1, 10 ** len(below) - 1))
        numerator, denominator = nearest.numerator, nearest.denominator
    whole, numerator = divmod(numerator, denominator) if mixed else (0, numerator)
    head = _whole(str(whole) if whole else "", tokens[:start]) if mixed else ""
    if mixed and not numerator:
        return (head.strip() or "0") + _printed(tokens[end:])
    return f"{head}{numerator}/{denominator}{_printed(tokens[end:])}"


def _printed(tokens: Sequence[Token]) -> str:
    return "".join(_as_printed(kind, written) for kind, written in tokens)
