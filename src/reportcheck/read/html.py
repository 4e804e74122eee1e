"""Saved web pages: the article of a page as blocks and tables, without what stands around it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree, html

from reportcheck.catalog import table
from reportcheck.defects import named, one_place
from reportcheck.errors import ReadError
from reportcheck.model import Block, BlockRole, Document, Notice, Table
from reportcheck.read.captions import caption_and_unit, looks_like_contents
from reportcheck.read.contents import with_contents
from reportcheck.read.encodings import codec_of, decode
from reportcheck.read.html_content import find_content, strip_page, title_of
from reportcheck.read.html_tables import grid_of, is_layout
from reportcheck.read.html_text import BLOCKS, cell_text, paragraphs, raw_text
from reportcheck.read.table_parts import as_printed
from reportcheck.schemas.reading import Reading

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:0*(?:[0-8]|1[124-9]|2\\d|3[01])|[xX]0*(?:[0-8bcBCefEF]|1[0-9a-fA-F]));"
)
"""Characters, or references to them, that no document may hold."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CAPTION_REACH = 6
_DEEPEST = 250


def read(path: Path, data: bytes) -> Document:
    """The article of the page; raises `ReadError` ``damaged`` or ``no-text`` where there is none."""
    text, notices = _decoded(data)
    try:
        tree = html.document_fromstring(_XML_HEAD.sub("", _NOT_XML.sub("", text)), parser=html.HTMLParser())
    except (etree.LxmlError, ValueError) as error:
        raise ReadError("damaged", detail=str(error)) from None
    title = title_of(tree)
    strip_page(tree)
    walker = _Walker()
    walker.take(find_content(tree))
    if not any(block.text for block in walker.blocks):
        raise ReadError("no-text", kind="html")
    blocks, tables = as_printed(_with_title(with_contents(walker.blocks), title), walker.tables)
    return Document(str(path), "html", blocks, tables, tuple(notices))


def _decoded(data: bytes) -> tuple[str, Sequence[Notice]]:
    """By the mark at its start, else as it declares if that fits, else by what reads best."""
    declared = _DECLARED.search(data[:4096])
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if declared and not marked:
        codec = codec_of(declared[1].decode("ascii").lower())
        try:
            if codec:
                return data.decode(codec), ()
        except UnicodeDecodeError:
            pass
    found = decode(data)
    return found.text, found.notices


def _with_title(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks with the title first: the one that says it, else one more."""
    bare = "".join(title.split())
    if not bare:
        return list(blocks)
    for index, block in enumerate(blocks[:8]):
        if "".join(block.text.split()) == bare and block.role != "cell":
            titled = Block(block.id, block.text, "title", block.origin)
            return [*blocks[:index], titled, *blocks[index + 1 :]]
    return [Block("p0", title, "title"), *blocks]


class _Walker:
    """Goes through the article in order, collecting blocks and tables."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self._above: list[str] = []
        self._count = 0
        self._text = ""

    def take(self, element: html.HtmlElement) -> None:
        """All of an element, as blocks of its own."""
        self._walk(element, 0)
        self._flush()

    def _walk(self, element: html.HtmlElement, depth: int) -> None:
        tag = element.tag
        if tag == "br":
            self._text += "\n"
        elif tag == "table" and not is_layout(element):
            self._flush()
            with one_place("table-unread", named(f"t{len(self.tables) + 1}", self._above[-1] if self._above else "")):
                self._table(element, depth)
        elif tag in _HEADINGS:
            self._flush()
            self._text = raw_text(element)
            self._flush("heading")
        elif depth > _DEEPEST:
            self._text += raw_text(element)
        else:
            self._inside(element, depth)

    def _inside(self, element: html.HtmlElement, depth: int) -> None:
        is_block = element.tag in BLOCKS
        if is_block:
            self._flush()
        self._text += _own(element.text, element.tag)
        for child in element:
            if isinstance(child.tag, str):
                self._walk(child, depth + 1)
            self._text += _own(child.tail, element.tag)
        if is_block:
            self._flush()

    def _flush(self, role: BlockRole = "paragraph") -> None:
        texts = paragraphs(self._text)
        self._text = ""
        if role == "heading" and len(texts) > 1:
            texts = [cell_text("\n".join(texts))]
        for text in texts:
            self._count += 1
            self.blocks.append(Block(f"p{self._count}", text, _role(text) if role == "paragraph" else role))
            self._above = [*self._above, text][-_CAPTION_REACH:]

    def _table(self, element: html.HtmlElement, depth: int) -> None:
        """A table with its cells; what stands inside a cell beside its text follows the cell."""
        own = element.find("caption")
        above = [*self._above, cell_text(raw_text(own))] if own is not None else self._above
        self._above = []
        name, slot, grid = f"t{len(self.tables) + 1}", len(self.tables), grid_of(element)
        self.tables.append(Table(name, ()))
        blocks = []
        for cell in grid.cells:
            place = f"{name}.r{cell.row}c{cell.column}"
            blocks.append(Block(place, cell.text, "cell", indent=cell.indent))
            self.blocks.append(blocks[-1])
            for inner in cell.inner:
                self._above = cell.text.splitlines()[-_CAPTION_REACH:]
                self._walk(inner, depth + 1)
                self._flush()
        cells = tuple(tuple(None if at is None else blocks[at] for at in row) for row in grid.rows)
        self.tables[slot] = Table(name, cells, *caption_and_unit(above), grid.header_rows)
        self._above = []


def _own(text: str | None, tag: str) -> str:
    """Text within an element; line ends in it are blanks, but for ``pre``."""
    if not text:
        return ""
    return text if tag == "pre" else text.replace("\r", " ").replace("\n", "\x0b")


def _role(text: str) -> BlockRole:
    heading = table(Reading).heading
    if looks_like_contents(text):
        return "contents"
    short = len(text) <= heading.longest and not heading.sentence.compiled.search(text)
    return "heading" if short and heading.numbered.compiled.match(text) else "paragraph"
