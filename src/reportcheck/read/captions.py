"""The lines around a table that belong to it: its caption and the note of its unit.

The words live in ``patterns/captions.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

from reportcheck.catalog import pattern_in, table
from reportcheck.schemas.reading import Captions

_LETTER = re.compile(r"[^\W\d_]")


def caption_and_unit(previous_texts: Sequence[str]) -> tuple[str, str]:
    """The caption and the unit note of a table, from the texts of the lines before it in reading order.

    ``previous_texts[-1]`` stands directly above the table; pass a handful, and none from before an
    earlier table. Either result is ``""`` where there is none. A unit note within the caption's own line
    ("表1 收入情况（单位：万元）") is taken out of the caption.
    """
    unit = ""
    lines = [line for previous in previous_texts for line in _lines(previous)]
    for text in reversed(lines[-_look_back() :]):
        note = unit_note(text)
        unit = unit or note
        rest = without_unit_note(text) if note else text
        if not rest or says_who(rest) or says_when(rest):
            continue
        return (rest if looks_like_caption(rest) else "", unit)
    return "", unit


def unit_note(text: str) -> str:
    """The note in ``text`` that names a table's unit ("单位：万元"), verbatim, or ``""``."""
    match = _pattern("unit_note").search(text)
    return match["note"].strip() if match else ""


def is_unit_note(text: str) -> bool:
    """Whether a line holds the note of a unit and nothing else."""
    return bool(unit_note(text)) and not without_unit_note(text)


def unit_in_cells(rows: Iterable[Sequence[str | None]]) -> str:
    """The unit note that stands for itself in a table's leading rows, or ``""``.

    A note within the heading of a column ("金额（单位：元）") speaks for that column only.
    """
    texts = (text.strip() for row in rows for text in row if text)
    alone = (text for text in texts if not (rest := without_unit_note(text)) or says_who(rest))
    return next((note for text in alone if (note := unit_note(text))), "")


def looks_like_caption(text: str) -> bool:
    """Whether a line directly above a table names it: short words, and no sentence."""
    short = len(text) <= table(Captions).caption.longest
    return short and bool(_LETTER.search(text)) and not _in_section("caption", "prose_end").search(text)


def looks_like_table_name(text: str) -> bool:
    """Whether a text ends as the name of a table does ("收入支出决算总表", "支出情况表（续）")."""
    return bool(_in_section("caption", "name").search(text))


def names_section(text: str) -> bool:
    """Whether a text is numbered as a part of something, so that it heads a section rather than a table."""
    return bool(_in_section("caption", "section").match(text))


def is_label(text: str) -> bool:
    """Whether a text only numbers a table among others ("附表2")."""
    return bool(_in_section("caption", "label").search(text))


def says_who(text: str) -> bool:
    """Whether a line only says who filled the table in, or when."""
    return bool(_pattern("filled_in_by").search(text))


def says_when(text: str) -> bool:
    """Whether a line only names a year or a day ("（2023年度）")."""
    return bool(_in_section("caption", "period").search(text))


def looks_like_contents(text: str) -> bool:
    """Whether a line belongs to a table of contents: dot leaders and a page number at its end."""
    return bool(_pattern("contents").search(text))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def without_unit_note(text: str) -> str:
    """The text without the note of a unit in it, stripped."""
    return _pattern("unit_note").sub("", text, count=1).strip()


def _look_back() -> int:
    return table(Captions).caption.look_back


def _pattern(name: str) -> re.Pattern[str]:
    return _in_section(name, "pattern")


_in_section = partial(pattern_in, Captions)
