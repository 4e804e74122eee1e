"""The text of one paragraph as a reader sees it, piece by piece with the elements it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from reportcheck.catalog import table
from reportcheck.read.docx_xml import (
    ALTERNATIVES,
    DROPPED,
    MATH,
    SPACE,
    child,
    shown_branch,
    switched,
    value,
    w,
)
from reportcheck.schemas.reading import ReadingDocx

if TYPE_CHECKING:
    from reportcheck.read.docx_styles import Styles
    from reportcheck.read.docx_xml import Element

_PAGE_NUMBERS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"})
_XML_SPACE = " \t\r\n"
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]+")
_CHECKED, _UNCHECKED = "\u2611", "\u2610"


class Piece(Struct, frozen=True):
    """Some characters and where they stand: ``source.text[start:]``, or a sign such as a tab.

    The boxes of forms have no source.
    """

    text: str
    source: Element | None = None
    start: int = 0


class Inline(Struct):
    """What a paragraph holds: its pieces, and what hangs on it."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, Element]] = field(default_factory=list)
    page_number: bool = False
    page_reference: bool = False
    in_contents: bool = False

    @property
    def text(self) -> str:
        """The characters of all pieces."""
        return "".join(piece.text for piece in self.pieces)


class _Field(Struct):
    """An open field: its instruction so far, and whether its result has begun."""

    instruction: str = ""
    in_result: bool = False

    @property
    def name(self) -> str:
        words = self.instruction.split()
        return words[0].upper() if words else ""


class InlineReader:
    """Reads the paragraphs of one story in order: fields may go on from one paragraph to the next."""

    def __init__(self, story: Element, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self._unclosed = _unclosed_fields(story)
        self._handlers: dict[str, Callable[[Element], None]] = {
            w("r"): self._run,
            w("t"): self._text,
            MATH + "t": self._text,
            MATH + "f": self._fraction,
            w("tab"): lambda sign: self._add("\t", sign),
            w("ptab"): lambda sign: self._add("\t", sign),
            w("br"): lambda sign: self._add("\n", sign),
            w("cr"): lambda sign: self._add("\n", sign),
            w("noBreakHyphen"): lambda sign: self._add("-", sign),
            w("sym"): self._symbol,
            w("fldChar"): self._field_mark,
            w("instrText"): self._instruction,
            w("fldSimple"): self._simple_field,
            w("ruby"): self._ruby,
            w("footnoteReference"): lambda mark: self._note("footnotes", mark),
            w("endnoteReference"): lambda mark: self._note("endnotes", mark),
            w("txbxContent"): self._box,
            ALTERNATIVES: self._alternatives,
        }
        self._now = Inline()
        self._paragraph: Element = story
        self._hidden = False

    def read(self, paragraph: Element) -> Inline:
        """The paragraph's content; what was deleted, moved away or hidden is left out."""
        self._now = Inline(in_contents=self._in_contents())
        self._paragraph = paragraph
        self._children(paragraph)
        self._now.in_contents = self._now.in_contents or self._in_contents()
        return self._now

    def _children(self, element: Element) -> None:
        for part in element:
            if not isinstance(part.tag, str) or part.tag in DROPPED:
                continue
            self._handlers.get(part.tag, self._children)(part)

    def _run(self, run: Element) -> None:
        outside = self._hidden
        self._hidden = outside or self._styles.hides(run, self._paragraph)
        self._children(run)
        self._hidden = outside

    @property
    def _visible(self) -> bool:
        shown = all(part.in_result and part.name not in _PAGE_NUMBERS for part in self._fields)
        return shown and not self._hidden

    def _add(self, text: str, source: Element | None = None, start: int = 0) -> None:
        if text and self._visible:
            self._now.pieces.append(Piece(text, source, start))

    def _text(self, element: Element) -> None:
        """Without ``xml:space`` the ends are trimmed, as Word does; signs without width are dropped."""
        whole = element.text or ""
        start, end = trimmed(element)
        for gap in _INVISIBLE.finditer(whole, start, end):
            self._add(_one_line(whole[start : gap.start()]), element, start)
            start = gap.end()
        self._add(_one_line(whole[start:end]), element, start)

    def _fraction(self, element: Element) -> None:
        for name in ("num", "den"):
            part = element.find(MATH + name)
            if part is not None:
                self._children(part)
            if name == "num":
                self._add("/", element)

    def _symbol(self, element: Element) -> None:
        """A sign of a symbol font: what it looks like where known, else its own code point."""
        font = (element.get(w("font")) or "").lower()
        try:
            code = int(element.get(w("char")) or "", 16)
        except ValueError:
            return
        known: dict[str, str] = table(ReadingDocx).symbols.get(font, {})
        plain = chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        self._add(known.get(f"{code & 0xFF:02X}", plain), element)

    def _field_mark(self, mark: Element) -> None:
        kind = mark.get(w("fldCharType"))
        if kind == "begin" and mark not in self._unclosed:
            self._check_box(mark)
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
            self._met(self._fields[-1].name)
        elif kind == "end" and self._fields:
            self._met(self._fields.pop().name)

    def _instruction(self, element: Element) -> None:
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].instruction += element.text or ""

    def _simple_field(self, element: Element) -> None:
        self._fields.append(_Field(element.get(w("instr")) or "", in_result=True))
        self._met(self._fields[-1].name)
        self._children(element)
        self._fields.pop()

    def _met(self, name: str) -> None:
        self._now.page_number = self._now.page_number or name in _PAGE_NUMBERS
        self._now.page_reference = self._now.page_reference or name == "PAGEREF"

    def _in_contents(self) -> bool:
        return any(part.name == "TOC" for part in self._fields)

    def _check_box(self, mark: Element) -> None:
        box = child(mark, "ffData", "checkBox")
        if box is not None:
            now = switched(box, "checked")
            checked = switched(box, "default") if now is None else now
            self._add(_CHECKED if checked else _UNCHECKED)

    def _ruby(self, element: Element) -> None:
        base = child(element, "rubyBase")
        if base is not None:
            self._children(base)

    def _note(self, kind: str, mark: Element) -> None:
        if self._visible:
            self._now.notes.append((kind, mark))

    def _box(self, element: Element) -> None:
        if self._visible:
            self._now.boxes.append(element)

    def _alternatives(self, element: Element) -> None:
        branch = shown_branch(element)
        if branch is not None:
            self._children(branch)


def trimmed(text: Element) -> tuple[int, int]:
    """Where what is shown of a text begins and ends."""
    whole = text.text or ""
    if text.get(SPACE) == "preserve":
        return 0, len(whole)
    start = len(whole) - len(whole.lstrip(_XML_SPACE))
    return start, max(start, len(whole.rstrip(_XML_SPACE)))


def _one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ").replace("\t", " ")


def _unclosed_fields(story: Element) -> frozenset[Element]:
    """Marks that begin a field which never ends; taken at their word they would hide all that follows."""
    unclosed: list[Element] = []
    for mark in story.iter(w("fldChar")):
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            unclosed.append(mark)
        elif kind == "end" and unclosed:
            unclosed.pop()
    return frozenset(unclosed)


def mark_deleted(paragraph: Element) -> bool:
    """Whether the end of a paragraph was deleted or moved away under revision."""
    return any(child(paragraph, "pPr", "rPr", name) is not None for name in ("del", "moveFrom"))


def joins_next(paragraph: Element) -> bool:
    """Whether the next paragraph goes on with this one: its end was deleted, and there is a next one."""
    if not mark_deleted(paragraph):
        return False
    following = next(paragraph.itersiblings(w("p"), w("tbl")), None)
    return following is not None and following.tag == w("p")


def has_dotted_tab(paragraph: Element) -> bool:
    """Whether a tab stop with a leader stands in the paragraph, as in tables of contents."""
    tabs = child(paragraph, "pPr", "tabs")
    return tabs is not None and any(tab.get(w("leader"), "none") != "none" for tab in tabs.iter(w("tab")))


def in_contents_control(paragraph: Element) -> bool:
    """Whether a paragraph stands in the content control that Word puts around a table of contents."""
    return any(
        value(control, "sdtPr", "docPartObj", "docPartGallery") == "Table of Contents"
        for control in paragraph.iterancestors(w("sdt"))
    )
