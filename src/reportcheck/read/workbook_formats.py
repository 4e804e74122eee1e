"""Number formats of spreadsheets: the text that a reader of the sheet sees of a number.

A format is a row of sections, for positive, negative and zero numbers or under conditions of their own
(``[>=10000]``), and one for text. A section is a row of tokens: placeholders of digits, letters of dates, and what is
printed as it stands. Figures are ``Decimal`` throughout, taken with the 15 digits that spreadsheets hold. What only
concerns the looks is left out: colours, padding up to the column's width. ``[DBNum1]`` and its like keep Arabic digits.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

from msgspec import Struct

from reportcheck.catalog import cached, table
from reportcheck.read.workbook_dates import DATE_TOKENS, show_date
from reportcheck.read.workbook_numbers import show_general, show_number
from reportcheck.schemas.reading import ReadingWorkbook

Token = tuple[str, str]
"""What it is (``digit``, ``literal``, ``date`` …) and how it is written."""

_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d*)?)$")
_PRECISION = Context(prec=15, rounding=ROUND_HALF_EVEN)
_LATEST = Decimal(2958466)
"""The first day of the year 10000."""
_LONGEST = 255
"""Characters that a format may have."""
_LONG_DATE, _LONG_TIME = 31, 21
"""The built-in formats that stand for what the system is set to."""


class Section(Struct, frozen=True):
    """``condition`` is an operator and a bound, ``colour`` the name of one."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    colour: str
    kinds: frozenset[str]

    @property
    def is_date(self) -> bool:
        return "general" not in self.kinds and not DATE_TOKENS.isdisjoint(self.kinds)


class NumberFormat:
    """A format by its code; ``epoch_1904`` counts days as old Macintosh workbooks do."""

    def __init__(self, code: str, epoch_1904: bool = False) -> None:
        self._epoch_1904 = epoch_1904
        sections = _sections(_of_the_system(code[:_LONGEST]))
        texts = [section for section in sections if "text" in section.kinds]
        self._text = sections[3] if len(sections) > 3 else (texts[-1] if texts else None)
        numeric = [section for section in sections[:3] if "text" not in section.kinds]
        self._numeric = numeric or [_sections("General")[0]]
        self._conditional = any(section.condition for section in self._numeric)

    def show(self, value: Decimal) -> str:
        """The number as displayed, without blanks around it."""
        value = _PRECISION.plus(value)
        index, section = self._section(value)
        if section is None:
            return show_general(value)
        if section.is_date:
            if 0 <= value < _LATEST:
                return show_date(value, section.tokens, self._epoch_1904).strip()
            return show_general(value)
        shown = _render(abs(value), section).strip()
        signed = value < 0 and not self._says_sign(index, section) and shown
        return f"-{shown}" if signed else shown

    def show_text(self, text: str) -> str:
        """A text as displayed: most formats leave it alone."""
        if self._text is None:
            return text
        return "".join(text if kind == "text" else _plain(kind, written) for kind, written in self._text.tokens)

    def _section(self, value: Decimal) -> tuple[int, Section | None]:
        """The section for a number, and its place among them."""
        sections = self._numeric
        if self._conditional:
            found = next((pair for pair in enumerate(sections) if _meets(value, pair[1])), None)
            return found or (0, None)
        if value < 0 and len(sections) > 1:
            return 1, sections[1]
        return (2, sections[2]) if value == 0 and len(sections) > 2 else (0, sections[0])

    def _says_sign(self, index: int, section: Section) -> bool:
        """Whether a section leaves the sign of negative numbers to its own marks.

        One that has only a colour for it gets the sign: nobody sees the colour in the text.
        """
        if section.condition:
            negative = _only_below_zero(*section.condition)
        else:
            negative = index == 1 and _takes_the_rest(self._numeric[0].condition)
        marks = table(ReadingWorkbook).formats.negative
        marked = any(kind == "literal" and any(mark in written for mark in marks) for kind, written in section.tokens)
        return negative and (marked or section.colour == self._numeric[0].colour)


@cached
def builtin_format(number: int) -> str:
    """The code of a format that is only referred to by its number."""
    return table(ReadingWorkbook).builtin.get(str(number), "General")


def _meets(value: Decimal, section: Section) -> bool:
    if section.condition is None:
        return True
    operator, bound = section.condition
    return {
        "<": value < bound,
        "<=": value <= bound,
        ">": value > bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[operator]


def _only_below_zero(operator: str, bound: Decimal) -> bool:
    return (operator == "<" and bound <= 0) or (operator in ("<=", "=") and bound < 0)


def _takes_the_rest(condition: tuple[str, Decimal] | None) -> bool:
    """Whether a first section leaves just the negative numbers to the next."""
    return condition is None or (condition[0] in (">", ">=") and condition[1] == 0)


def _render(value: Decimal, section: Section) -> str:
    if "digit" in section.kinds and "general" not in section.kinds:
        return show_number(value, section.tokens)
    return "".join(show_general(value) if kind == "general" else _plain(kind, at) for kind, at in section.tokens)


def _plain(kind: str, written: str) -> str:
    """What a token that holds no digit prints."""
    return written if kind in ("literal", "percent", "point", "comma", "slash") else " " if kind == "space" else ""


# --- parsing ---


def _of_the_system(code: str) -> str:
    """Codes for "the date, or the time, as the system writes it" are followed by one that is not used."""
    if "[$-F800]" in code.upper():
        return builtin_format(_LONG_DATE)
    return builtin_format(_LONG_TIME) if "[$-F400]" in code.upper() else code


def _sections(code: str) -> list[Section]:
    parts: list[list[Token]] = [[]]
    for token in _tokens(code):
        if token[0] == "end":
            parts.append([])
        else:
            parts[-1].append(token)
    return [_section_of(part) for part in parts]


def _section_of(tokens: list[Token]) -> Section:
    condition, colour = None, ""
    kept: list[Token] = []
    for kind, written in tokens:
        if kind == "bracket":
            if match := _CONDITION.match(written):
                condition = (match[1], Decimal(match[2]))
            elif written.startswith("$"):
                kept.append(("literal", written[1:].split("-")[0]))
            elif not written.upper().startswith("DBNUM"):
                colour = written.upper()
        else:
            kept.append((kind, written))
    return Section(tuple(kept), condition, colour, frozenset(kind for kind, _ in kept))


@cached
def _grammar() -> re.Pattern[str]:
    words = table(ReadingWorkbook).formats
    general, morning = ("|".join(map(re.escape, each)) for each in (words.general, words.morning))
    return re.compile(
        rf"""
        "(?P<quoted>[^"]*)"? | [\\!](?P<escaped>.) | _(?P<space>.) | \*(?P<fill>.) | (?P<end>;) | (?P<text>@)
        | \[(?P<elapsed>h+|m+|s+)\] | \[(?P<bracket>[^\]]*)\]
        | (?P<general>{general}) | (?P<morning>{morning}) | (?P<exponent>E[+-])
        | (?P<fraction>(?<=[sS]\.)0+) | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<slash>/)
        | (?P<year>y+|e+) | (?P<month>m+) | (?P<day>d+) | (?P<weekday>aaaa?) | (?P<hour>h+) | (?P<second>s+)
        | (?P<era>g+) | (?P<literal>.)
        """,
        re.VERBOSE | re.IGNORECASE | re.DOTALL,
    )


def _tokens(code: str) -> list[Token]:
    tokens = []
    for match in _grammar().finditer(code):
        kind = str(match.lastgroup)
        kind, written = ("literal" if kind in ("quoted", "escaped") else kind), match[kind]
        tokens.append((kind, written))
    return tokens
