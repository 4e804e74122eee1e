"""Length-preserving normalisation, and the boundaries of sentences and clauses.

Offsets into normalised text are offsets into the text as written. Full NFKC is never used: it changes
lengths (㎡ → m2) and turns ， into a digit separator.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from reportcheck.model import Span

_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\ufeff\u200b\u200c\u200d\u2060\u00ad"
_MINUSES = "\u2212\ufe63\uff0d\u2010\u2011\u2012\u2013"


@cache
def _translation() -> dict[int, str]:
    """Code points whose compatibility form is exactly one other character."""
    ranges = (
        range(0xFF01, 0xFF5F),  # full-width forms
        range(0x2E80, 0x2FD6),  # radicals that PDF fonts put for characters
        range(0xF900, 0xFB00),  # compatibility ideographs
        range(0xFE50, 0xFE6C),  # small forms
        range(0xFFE0, 0xFFE7),  # full-width signs
    )
    mapping: dict[int, str] = {}
    for code in (code for codes in ranges for code in codes):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1 and folded != chr(code):
            mapping[code] = folded
    # Full-width stops and commas keep their own meaning: they end clauses, they do not group digits.
    for keep in "\uff0c\uff1a\uff1b\uff1f\uff01\uff08\uff09":
        mapping.pop(ord(keep), None)
    for separator in "\uff0c\uff0e":
        mapping.pop(ord(separator), None)
    mapping.update({ord(space): " " for space in _SPACES})
    mapping.update({ord(minus): "-" for minus in _MINUSES})
    mapping[0x2236] = "\uff1a"  # the ratio sign
    mapping[0x3014], mapping[0x3015] = "[", "]"
    mapping[0xFE5D], mapping[0xFE5E] = "[", "]"
    mapping[ord("(")], mapping[ord(")")] = "\uff08", "\uff09"
    mapping[ord(";")] = "\uff1b"
    return mapping


# A report is read many times over: its own texts are kept, not those of all the reports before it.
_MOST_TEXTS = 1 << 12

_WIDE_DIGIT = re.compile("[\uff10-\uff19]")
_FULL_WIDTH_GROUP = re.compile(r"(?<=\d)\uff0c(?=\d{3}(?!\d))")
# Groups of thousands whose commas are full-width or have a blank beside them.
_THOUSANDS = re.compile(
    r"(?<![\d.,\uff0c])(?P<first>\d{1,3})(?P<groups>(?:(?:\uff0c| ?, ?)\d{3}){1,6})(?! ?[\d,\uff0c] ?\d|\d)"
    r"(?P<decimals>\.\d{1,2}(?![\d.]))?"
)
_GROUP_COMMA = "\uffff"
_FULL_WIDTH_POINT = re.compile(r"(?<=\d)\uff0e(?=\d)")
# Some reports end their sentences with a point: behind a word, a percent sign or a bracket it is a full stop.
_POINT_AS_STOP = re.compile(r"(?<=[^\W\d_a-zA-Z]|[%）])[.．](?=[^\W\d_a-zA-Z]|[（\s]|$)")
_ASCII_COMMA = re.compile(r",(?!\d)|(?<!\d),")
_ASCII_COLON = re.compile(r":(?!\d)|(?<!\d):")


@lru_cache(_MOST_TEXTS)
def normalise(text: str) -> str:
    """The text with one canonical form for each digit, sign, bracket and space; the same length."""
    plain = text.translate(_translation())
    if "\uff0e" in plain:
        plain = _FULL_WIDTH_POINT.sub(".", plain)
    if "\uff0c" in plain and _WIDE_DIGIT.search(text):
        plain = _FULL_WIDTH_GROUP.sub(",", plain)
    if "." in plain or "\uff0e" in plain:
        plain = _POINT_AS_STOP.sub("。", plain)
    if "," in plain or "\uff0c" in plain:
        plain = _THOUSANDS.sub(_grouped, plain)
        plain = _ASCII_COMMA.sub("\uff0c", plain).replace(_GROUP_COMMA, ",")
    return _ASCII_COLON.sub("\uff1a", plain) if ":" in plain else plain


def _grouped(found: re.Match[str]) -> str:
    """Groups of thousands with their commas marked, where a list of figures hardly looks like them: with decimals at
    the end, or two groups of which one has a plain comma or that stand behind one or two digits."""
    groups = found["groups"]
    likely = found["decimals"] or (len(groups) > 5 and (len(found["first"]) < 3 or re.search(r"\d,\d", groups)))
    return found[0].replace("\uff0c", ",").replace(",", _GROUP_COMMA) if likely else found[0]


# A line that ends in a colon, comma or semicolon goes on in the next.
_SENTENCE = re.compile(r"(?:[^。！？!?\n]|(?<=[：；，、])\n)*[。！？!?\n]?")


def sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence, its end mark included; text is as normalised."""
    return [match.span() for match in _SENTENCE.finditer(text) if match[0].strip()]


def context_of(text: str, span: Span) -> str:
    """The sentence of a block's text around a span, as written."""
    for start, end in sentences(normalise(text)):
        if start <= span.start < end:
            return text[start:end].strip()
    return text.strip()


def display_width(text: str) -> int:
    """Columns that a terminal needs for the text: East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
