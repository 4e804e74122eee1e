"""Texts put in place of a stretch of a Word paragraph, which may run over several runs."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, cast

from reportcheck.read.docx_xml import w
from reportcheck.render.terminal_lines import printable, visible

if TYPE_CHECKING:
    from docx.oxml.text.run import CT_R

    from reportcheck.read.docx_xml import Element

_NO_CHARACTERS = frozenset("\ufffe\uffff")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Pieces = tuple[tuple[str, bool], ...]
"""The pieces of a text, of which some are marked: they are drawn underlined."""


def plain(text: str) -> str:
    """The text without what XML cannot hold or what is not seen: control and format characters."""
    return "".join(character for character in visible(printable(text)) if character not in _NO_CHARACTERS)


def put(texts: Sequence[Element], span: tuple[int, int], pieces: Pieces) -> None:
    """Puts pieces in place of a stretch that may run over several runs; they look like its first character."""
    (first, start), (last, end) = _located(texts, span)
    rest = (last.text or "")[end:]
    for text in texts[texts.index(first) + 1 : texts.index(last) + 1]:
        text.text = ""
    if last is not first:
        last.text, rest = rest, ""
    first.text = (first.text or "")[:start]
    first.set(_SPACE, "preserve")
    run = cast("CT_R", first.getparent())
    after = _like(run)
    if rest:
        after.append(_text_element(run, rest))
    for sibling in list(first.itersiblings()):
        after.append(sibling)
    behind = run
    for piece, marked in ((plain(text), marked) for text, marked in pieces if text):
        new = _like(run, piece, marked)
        behind.addnext(new)
        behind = new
    if any(child.tag != w("rPr") for child in after):
        behind.addnext(after)
    parent = run.getparent()
    if parent is not None and not any(child.text if child is first else child.tag != w("rPr") for child in run):
        parent.remove(run)


def _located(texts: Sequence[Element], span: tuple[int, int]) -> tuple[tuple[Element, int], tuple[Element, int]]:
    """The first and the last text of a stretch, each with the place in it."""
    position = 0
    first: tuple[Element, int] | None = None
    for text in texts:
        following = position + len(text.text or "")
        if first is None and position <= span[0] < following:
            first = text, span[0] - position
        if first is not None and span[1] <= following:
            return first, (text, span[1] - position)
        position = following
    raise AssertionError("a field stands in the texts in which it was found")


def _like(run: CT_R, text: str = "", marked: bool = False) -> CT_R:
    """A new run that looks like another one; underlined if ``marked``."""
    from docx.enum.text import WD_UNDERLINE

    new = cast("CT_R", run.makeelement(w("r"), {}))
    if run.rPr is not None:
        new.append(deepcopy(run.rPr))
    if text:
        new.append(_text_element(run, text))
    if marked:
        new.get_or_add_rPr().u_val = WD_UNDERLINE.SINGLE
    return new


def _text_element(run: CT_R, text: str) -> Element:
    element = run.makeelement(w("t"), {_SPACE: "preserve"})
    element.text = text
    return element
