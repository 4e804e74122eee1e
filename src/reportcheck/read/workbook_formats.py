"""Number formats of spreadsheets: the text that a reader of the sheet sees of a number.

A format is a row of sections, for positive, negative and zero numbers or under conditions of their own
(``[>=10000]``), and one for text. A section is a row of tokens: placeholders of digits, letters of dates, and what is
printed as it stands. Figures are ``Decimal`` throughout, taken with the 15 digits that spreadsheets hold. What only
concerns the looks is left out: colours, padding up to the column's width. ``[DBNum1]`` and its like keep Arabic digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from reportcheck.catalog import cached, table
from reportcheck.read.workbook_dates import is_date_token, show_date
from reportcheck.read.workbook_numbers import show_general, show_number

Token = tuple[str, str]
"""What it is (``digit``, ``literal``, ``date`` …) and how it is written."""

_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[\d.]+)$")
_PRECISION = Context(prec=15, rounding=ROUND_HALF_EVEN)
_LARGEST_DATE = Decimal(2958466)
"""The first day of the year 10000."""


@dataclass(frozen=True, slots=True)
class Section:
    """``condition`` is an operator and a bound; ``coloured`` tells that a colour is named."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    coloured: bool

    def has(self, kind: str) -> bool:
        return any(token == kind for token, _ in self.tokens)

    @property
    def is_date(self) -> bool:
        return any(is_date_token(kind) for kind, _ in self.tokens) and not self.has("general")


class NumberFormat:
    """A format by its code; ``epoch_1904`` counts days as old Macintosh workbooks do."""

    def __init__(self, code: str, epoch_1904: bool = False) -> None:
        self._epoch_1904 = epoch_1904
        sections = _sections(code)
        texts = [section for section in sections if section.has("text")]
        self._text = sections[3] if len(sections) > 3 else (texts[-1] if texts else None)
        numeric = [section for section in sections[:3] if not section.has("text")]
        self._numeric = numeric or [_sections("General")[0]]

    def show(self, value: Decimal) -> str:
        """The number as displayed, without blanks around it."""
        value = _PRECISION.plus(value)
        index, section = self._section(value)
        if section is None:
            return show_general(value)
        if section.is_date:
            if 0 <= value < _LARGEST_DATE:
                return show_date(value, section.tokens, self._epoch_1904).strip()
            return show_general(value)
        shown = _render(abs(value), section.tokens).strip()
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
        if any(section.condition for section in sections):
            found = next((pair for pair in enumerate(sections) if _meets(value, pair[1])), None)
            return found or (0, None)
        if value < 0 and len(sections) > 1:
            return 1, sections[1]
        return (2, sections[2]) if value == 0 and len(sections) > 2 else (0, sections[0])

    def _says_sign(self, index: int, section: Section) -> bool:
        """Whether a section leaves the sign of negative numbers to its own marks.

        One that has only a colour for it gets the sign: nobody sees the colour in the text.
        """
        for_negatives = index == 1 and not section.condition and _leaves_negatives(self._numeric[0])
        if not for_negatives and not (section.condition and _negative_only(*section.condition)):
            return False
        marks = table("reading_workbook")["formats"]["negative"]
        marked = any(kind == "literal" and any(mark in written for mark in marks) for kind, written in section.tokens)
        return marked or not section.coloured or self._numeric[0].coloured


@cached
def builtin_format(number: int) -> str:
    """The code of a format that is only referred to by its number."""
    return str(table("reading_workbook")["builtin"].get(str(number), "General"))


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


def _negative_only(operator: str, bound: Decimal) -> bool:
    return (operator == "<" and bound <= 0) or (operator in ("<=", "=") and bound < 0)


def _leaves_negatives(first: Section) -> bool:
    """Whether what the first section does not take are negative numbers."""
    return first.condition is None or (first.condition[0] in (">", ">=") and first.condition[1] >= 0 == _zero(first))


def _zero(first: Section) -> int:
    return 0 if first.condition is None else int(first.condition[1])


def _render(value: Decimal, tokens: tuple[Token, ...]) -> str:
    if any(kind == "general" for kind, _ in tokens):
        return "".join(show_general(value) if kind == "general" else _plain(kind, at) for kind, at in tokens)
    if any(kind == "digit" for kind, _ in tokens):
        return show_number(value, tokens)
    return "".join(_plain(kind, written) for kind, written in tokens)


def _plain(kind: str, written: str) -> str:
    """What a token that holds no digit prints."""
    return written if kind in ("literal", "percent", "point", "comma", "slash") else " " if kind == "space" else ""


# --- parsing ---


def _sections(code: str) -> list[Section]:
    parts: list[list[Token]] = [[]]
    for token in _tokens(code):
        if token[0] == "end":
            parts.append([])
        else:
            parts[-1].append(token)
    return [_section_of(part) for part in parts]


def _section_of(tokens: list[Token]) -> Section:
    condition, coloured, kept = None, False, []
    for kind, written in tokens:
        if kind == "bracket":
            if match := _CONDITION.match(written):
                condition = (match[1], Decimal(match[2]))
            elif written.startswith("$"):
                kept.append(("literal", written[1:].split("-")[0]))
            else:
                coloured = coloured or not written.upper().startswith("DBNUM")
        else:
            kept.append((kind, written))
    return Section(tuple(kept), condition, coloured)


@cached
def _grammar() -> re.Pattern[str]:
    words = table("reading_workbook")["formats"]
    general, morning = ("|".join(map(re.escape, words[name])) for name in ("general", "morning"))
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


ROUNDING = ROUND_HALF_UP
