"""Paragraph and character styles: what a chain of styles says about a paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportcheck.catalog import table
from reportcheck.model import BlockRole
from reportcheck.read.docx_xml import number, switched, value, w
from reportcheck.schemas.reading import ReadingDocx

if TYPE_CHECKING:
    from reportcheck.read.docx_xml import Element

_BODY_LEVEL = 9


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        for style in [] if root is None else root.iter(w("style")):
            name = style.get(w("styleId"), "")
            self._styles[name] = style
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on"):
                self._default = name

    def chain(self, name: str | None) -> Iterator[tuple[str, Element]]:
        """A style and those it is based on, nearest first, each with its id."""
        seen: set[str] = set()
        while name and name in self._styles and name not in seen:
            seen.add(name)
            yield name, self._styles[name]
            name = value(self._styles[name], "basedOn")

    def of_paragraph(self, paragraph: Element) -> Iterator[tuple[str, Element]]:
        """The chain of a paragraph's style."""
        return self.chain(value(paragraph, "pPr", "pStyle") or self._default)

    def role(self, paragraph: Element) -> BlockRole:
        """``title``, ``heading``, ``contents`` or ``paragraph``, by outline level and names of styles."""
        names = [value(style, "name") or "" for _, style in self.of_paragraph(paragraph)]
        words = table(ReadingDocx).styles
        if any(words.contents.compiled.match(name) for name in names):
            return "contents"
        if any(words.title.compiled.match(name) for name in names):
            return "title"
        level = self._outline_level(paragraph)
        by_name = any(words.heading.compiled.match(name) for name in names)
        return "heading" if (by_name if level is None else level < _BODY_LEVEL) else "paragraph"

    def hides(self, run: Element, paragraph: Element) -> bool:
        """Whether a run is hidden text: by itself, by its style or by that of its paragraph."""
        own = switched(run, "rPr", "vanish")
        if own is not None:
            return own
        for _, style in (*self.chain(value(run, "rPr", "rStyle")), *self.of_paragraph(paragraph)):
            hidden = switched(style, "rPr", "vanish")
            if hidden is not None:
                return hidden
        return False

    def _outline_level(self, paragraph: Element) -> int | None:
        """The level from 0; 9 says that this is body text, ``None`` that nothing is said."""
        for holder in (paragraph, *(style for _, style in self.of_paragraph(paragraph))):
            level = value(holder, "pPr", "outlineLvl")
            if level is not None:
                return number(level, _BODY_LEVEL)
        return None
