"""The lines around a table that belong to it: its caption and the note of its unit.

The words live in ``patterns/captions.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from reportcheck.catalog import table


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
        rest = _without_note(text) if note else text
        if not rest or _fills_in(rest):
            continue
        return (rest if looks_like_caption(rest) else "", unit)
    return "", unit


def unit_note(text: str) -> str:
    """The note in ``text`` that names a table's unit ("单位：万元"), verbatim, or ``""``."""
    match = _pattern("unit_note").search(text)
    return match["note"].strip() if match else ""


def unit_in_cells(rows: Iterable[Sequence[str | None]]) -> str:
    """The unit note that stands for itself in a table's leading rows, or ``""``.

    A note within the heading of a column ("金额（单位：元）") speaks for that column only.
    """
    texts = (text.strip() for row in rows for text in row if text)
    alone = (text for text in texts if not (rest := _without_note(text)) or _fills_in(rest))
    return next((note for text in alone if (note := unit_note(text))), "")


def caption_in_cells(rows: Iterable[Sequence[str | None]]) -> str:
    """The text of the first leading row that is one cell over the whole width and names the table, or ``""``.

    Pass the few rows at the top, with a merged cell repeating its text.
    """
    label = ""
    for row in rows:
        texts = {text.strip() for text in row if text is not None}
        text = texts.pop() if len(texts) == 1 and len(row) > 1 else ""
        if not looks_like_caption(text) or unit_note(text) or _fills_in(text):
            continue
        if not re.search(str(table("captions")["caption"]["label"]), text):
            return text
        label = label or text
    return label


def looks_like_caption(text: str) -> bool:
    """Whether a line directly above a table names it: short, and no sentence."""
    caption = table("captions")["caption"]
    return 0 < len(text) <= int(caption["longest"]) and not re.search(str(caption["prose_end"]), text)


def looks_like_contents(text: str) -> bool:
    """Whether a line belongs to a table of contents: dot leaders and a page number at its end."""
    return bool(_pattern("contents").search(text))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _without_note(text: str) -> str:
    return _pattern("unit_note").sub("", text, count=1).strip()


def _fills_in(text: str) -> bool:
    """Whether a line only says who filled the table in, or when."""
    return bool(_pattern("filled_in_by").search(text))


def _look_back() -> int:
    return int(table("captions")["caption"]["look_back"])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(str(table("captions")[name]["pattern"]))
