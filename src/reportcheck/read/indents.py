"""How far a text is set in by the blanks before it, in halves of a Chinese character."""

from __future__ import annotations

_BLANKS = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
_NO_WIDTH = "\u200b\u2060\ufeff\u00ad"
_WIDTHS = {"\t": 4, "\u3000": 2, "\u2003": 2, **dict.fromkeys(_NO_WIDTH, 0)}


def leading_blanks(text: str) -> int:
    """The width of the blanks that a text begins with: 2 for an ideographic one, else 1, 4 for a tab."""
    blanks = text[: len(text) - len(text.lstrip(_BLANKS + _NO_WIDTH))]
    return sum(_WIDTHS.get(blank, 1) for blank in blanks)
