"""One comment of a Word document, and the document's own styles for comments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from reportcheck.read.docx_xml import SPACE, WORD, value, w

if TYPE_CHECKING:
    from reportcheck.read.docx_xml import Element

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_AUTHOR, _LONGEST_INITIALS = 255, 9
"""What Word takes."""


class CommentStyles(Struct, frozen=True):
    """The ids of the styles for the text of comments and for references to them, where a document has them."""

    text: str | None
    reference: str | None


def comment_styles(styles: Element | None) -> CommentStyles:
    """Those with the names that every program gives them; their ids differ."""
    known = (
        {} if styles is None else {value(style, "name"): style.get(w("styleId")) for style in styles.iter(w("style"))}
    )
    return CommentStyles(known.get("annotation text"), known.get("annotation reference"))


def comment(number: int, author: str, lines: Sequence[str], styles: CommentStyles) -> Element:
    """The comment; each line is a paragraph, and the first one begins with the mark of the comment."""
    author = _plain(author)[:_LONGEST_AUTHOR]
    paragraphs = [_paragraph(_plain(part), styles.text) for line in lines for part in line.splitlines()]
    mark = [_element("rPr", {}, _element("rStyle", {"val": styles.reference}))] if styles.reference else []
    paragraphs = paragraphs or [_paragraph("", styles.text)]
    paragraphs[0].insert(1, _element("r", {}, *mark, _element("annotationRef")))
    initials = {"initials": author} if len(author) <= _LONGEST_INITIALS else {}
    return _element("comment", {"id": str(number), "author": author, **initials}, *paragraphs)


def _paragraph(text: str, style: str | None) -> Element:
    """A line of a comment. Without a style for it nothing of the document's own format of paragraphs is let in."""
    if style:
        layout, size = [_element("pStyle", {"val": style})], []
    else:
        layout = [
            _element("spacing", {"before": "0", "after": "0", "line": "240", "lineRule": "auto"}),
            _element("ind", {"left": "0", "right": "0", "firstLineChars": "0", "firstLine": "0"}),
            _element("jc", {"val": "left"}),
        ]
        size = [_element("sz", {"val": "20"}), _element("szCs", {"val": "20"})]
    written = _element("t")
    written.text = text
    written.set(SPACE, "preserve")
    properties = _element("rPr", {}, _element("rFonts", {"hint": "eastAsia"}), *size)
    return _element("p", {}, _element("pPr", {}, *layout), _element("r", {}, properties, written))


def _element(name: str, attributes: Mapping[str, str] | None = None, *children: Element) -> Element:
    from lxml import etree

    made = etree.Element(w(name), {w(key): said for key, said in (attributes or {}).items()}, nsmap={"w": WORD[1:-1]})
    made.extend(children)
    return made


def _plain(text: str) -> str:
    """The text without what no XML can hold."""
    return _NOT_IN_XML.sub("", text).replace("\t", " ")
