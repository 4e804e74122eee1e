"""The encoding of a plain text: a mark at its start, strict UTF-8, or the guess that reads best.

A text reads well if its characters are the common ones (``patterns/encodings.toml``).
"""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from reportcheck.catalog import cached, table
from reportcheck.errors import ReadError
from reportcheck.model import Notice
from reportcheck.schemas.reading import Encodings

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-8")
_CHINESE = ("gb", "x-gbk", "cp936", "csgb", "chinese")
_OF_BROWSERS = {
    "utf-8": "utf-8",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "euc_jp": "euc_jp",
    "iso2022_jp": "iso2022_jp",
    "shift_jis": "cp932",
    "cp932": "cp932",
    "euc_kr": "cp949",
    "cp949": "cp949",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "cp874": "cp874",
}
"""By the name of a codec of Python the one in which browsers read what is declared to be in it."""
_SINGLE_BYTE = re.compile(r"iso8859-\d+|cp125[0-8]|cp866|koi8-[ru]|mac-(?:roman|cyrillic)")
_SAMPLE = 1 << 16
_POOR = 0.85
_HOPELESS = 0.7
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_MOST_CONTROLS = 0.01


class Decoded(Struct, frozen=True):
    """A text with the name of its encoding and what a reader should know about how that was found."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of ``data``; raises ``undecodable`` where no encoding makes a readable text of it.

    Notices: ``encoding-guessed`` (``encoding``), ``encoding-doubtful`` (``encoding``, ``replaced``: the
    number of characters that could not be read).
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _judged(data, encoding, guessed=False)
    if b"\x00" not in data:
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    return _judged(data, _best_guess(data), guessed=True)


def codec_of(charset: str) -> str | None:
    """The codec in which browsers read a page that declares this charset; ``None`` for a charset that they do not know,
    such as the codecs of Python that make no text of bytes. Who can read that a page is UTF-16 knows that it is not."""
    if charset.startswith(_CHINESE):
        return "gb18030"
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return None
    return _OF_BROWSERS.get(name, name if _SINGLE_BYTE.fullmatch(name) else None)


def readability(text: str) -> float:
    """The share of characters that are common in Chinese documents, 0 to 1; 1 for an empty text."""
    common = _common_characters()
    return sum(character in common for character in text) / len(text) if text else 1.0


def _best_guess(data: bytes) -> str:
    """The guess that reads best without errors, or, if even that is poor, with some of them."""
    guesses = [guess for guess in _GUESSES if not (guess.startswith("utf-16") and len(data) % 2)]
    strict = [(readability(text), guess) for guess in guesses if (text := _sample(data, guess, "strict"))]
    strict = [max(strict, key=lambda scored: scored[0])] if strict else []
    if strict and strict[0][0] >= _POOR and _reads_to_the_end(data, strict[0][1]):
        return strict[0][1]
    lenient = [(readability(_sample(data, guess, "replace") or ""), guess) for guess in guesses]
    return max(strict + lenient, key=lambda scored: scored[0])[1]


def _sample(data: bytes, encoding: str, errors: str) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    try:
        return decoder.decode(data[:_SAMPLE], final=len(data) <= _SAMPLE)
    except UnicodeDecodeError:
        return None


def _reads_to_the_end(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _judged(data: bytes, encoding: str, *, guessed: bool) -> Decoded:
    text = data.decode(encoding, errors="replace")
    replaced = text.count("\ufffd")
    score = readability(text[:_SAMPLE])
    controls = len(_CONTROLS.findall(text))
    if (guessed or replaced) and (score < _HOPELESS or controls > _MOST_CONTROLS * len(text)):
        raise ReadError("undecodable", encoding=encoding)
    notices = []
    if guessed:
        notices.append(Notice("encoding-guessed", {"encoding": encoding}))
    if replaced or (guessed and score < _POOR):
        notices.append(Notice("encoding-doubtful", {"encoding": encoding, "replaced": replaced}))
    return Decoded(text, encoding, tuple(notices))


@cached
def _common_characters() -> frozenset[str]:
    """The first level of GB 2312 (3 755 characters by frequency), ASCII, and those of the data file."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    first_level = (row.decode("gb2312", errors="ignore") for row in rows)
    extra = table(Encodings).common
    ascii_printable = map(chr, range(32, 127))
    return frozenset({*first_level, *ascii_printable, *"\t\r\n\f\v\u3000", *"".join(extra.values())} - {""})
