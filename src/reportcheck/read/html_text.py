"""The text of HTML elements as a browser shows it.

In raw text a line feed stands for a break (``<br>``), a vertical tab for a line end of the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import html

from reportcheck.read.indents import leading_blanks

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p"),
        *("pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
"""Elements that begin and end on a line of their own."""

_BLANKS = re.compile("[ \t\f\x0b\u00a0\u2002-\u200a\u202f]+")
_INDENT = re.compile("(?:^|(?<=[^\u3000]))(?:\u3000{2,}|\u00a0{4,})(?=\\S)")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_WIDE = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef\u2014\u2018-\u201d\u2026"
_SOURCE_BREAK = re.compile(f"(?<=[{_WIDE}])[ \t]*\x0b[ \t\x0b]*(?=[{_WIDE}])")
_PARAGRAPH = re.compile("\n[ \t\f\x0b\u00a0\u3000]*\n")
_SOURCE_BLANKS = " \t\f\x0b"
_SHOWN_AS_ONE = re.compile(f"[{_SOURCE_BLANKS}]+")
_EDGES = " \t\u3000\u00a0\u2002"


def raw_text(element: html.HtmlElement, without: Sequence[html.HtmlElement] = ()) -> str:
    """All text inside, with breaks where ``<br>`` and blocks make them; some elements may be left out."""
    pieces: list[str] = []
    _collect(element, pieces, without)
    return "".join(pieces)


def _collect(element: html.HtmlElement, pieces: list[str], without: Sequence[html.HtmlElement]) -> None:
    """Without recursion: saved pages may be nested very deeply."""
    stack: list[html.HtmlElement | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            pieces.append(item)
            continue
        keep = item.tag == "pre"
        after: list[html.HtmlElement | str] = []
        for child in item:
            if child in without:
                after.append("\n\n")
            elif child.tag == "br":
                after.append("\n")
            elif isinstance(child.tag, str):
                after.extend(["\n", child, "\n"] if child.tag in BLOCKS else [child])
            after.append(_source(child.tail, keep))
        pieces.append(_source(item.text, keep))
        stack.extend(reversed(after))


def _source(text: str | None, keep: bool) -> str:
    if not text:
        return ""
    return text if keep else text.replace("\r", " ").replace("\n", "\x0b")


def paragraphs(raw: str) -> list[str]:
    """The paragraphs that breaks and wide indents mark, blanks collapsed, none empty."""
    lines = (part for line in raw.split("\n") for part in _INDENT.sub("\n", line).split("\n"))
    return [text for line in lines if (text := _collapsed(line))]


def cell_text(raw: str) -> str:
    """The text on one line; a break leaves a blank only between words and between figures."""
    lines = [text for line in raw.split("\n") if (text := _collapsed(line))]
    whole = ""
    for line in lines:
        apart = whole[-1:].isascii() and line[:1].isascii() and whole[-1:].isalnum() and line[:1].isalnum()
        whole += (" " if apart else "") + line
    return whole


def cell_texts(raw: str) -> list[str]:
    """The texts of a cell's paragraphs, none empty; single breaks within one are no more than that."""
    return [text for part in _PARAGRAPH.split(raw) if (text := cell_text(part))]


def leading_width(raw: str) -> int:
    """How far blanks that a browser keeps set in the first line that is not empty, in halves of a character."""
    line = next((line for line in raw.split("\n") if _collapsed(line)), "")
    return leading_blanks(_SHOWN_AS_ONE.sub(" ", line.lstrip(_SOURCE_BLANKS)))


def _collapsed(line: str) -> str:
    line = _SOURCE_BREAK.sub("", _INVISIBLE.sub("", line))
    return _BLANKS.sub(" ", line).strip(_EDGES + "\x0b")
