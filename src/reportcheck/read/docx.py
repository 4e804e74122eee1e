"""Word documents: everything that a reader sees, in reading order.

Paragraphs begin with the number that Word makes for them; white space at their ends is stripped. Text boxes
and notes follow the paragraph or cell they hang on; headers and footers come last, each text once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from reportcheck.defects import named, one_place
from reportcheck.model import Block, BlockRole, Document, Origin, Table
from reportcheck.read.captions import caption_and_unit, looks_like_contents
from reportcheck.read.contents import with_contents
from reportcheck.read.docx_indents import indent
from reportcheck.read.docx_inline import (
    Inline,
    InlineReader,
    has_dotted_tab,
    in_contents_control,
    joins_next,
    mark_deleted,
)
from reportcheck.read.docx_numbering import Numbering
from reportcheck.read.docx_package import WordPackage
from reportcheck.read.docx_sources import Paragraph, Source, Sources
from reportcheck.read.docx_styles import Styles
from reportcheck.read.docx_tables import Grid, grid
from reportcheck.read.docx_xml import RELATION, parts, switched, w
from reportcheck.read.table_parts import as_printed

if TYPE_CHECKING:
    from reportcheck.read.docx_xml import Element

_BLOCKS = frozenset({w("p"), w("tbl")})
_NOTE_PARTS = ("footnote", "header", "footer")
_CAPTION_REACH = 6
_LONGEST_HEADING = 100
_FEW_PIECES = 8
_PAGE_LINE = 8
"""Characters beside a page number up to which a line of a header is only there for it."""


def read(path: Path, data: bytes) -> Document:
    """The document; ids are ``p1`` … for paragraphs and ``t1.r1c1`` … for cells, in reading order."""
    return _read(WordPackage(data), path)[0]


def read_sources(data: bytes) -> Sources:
    """The blocks that `read` gives, with the elements that they come from."""
    package = WordPackage(data, exact=True)
    document, sources = _read(package, Path())
    blocks = {block.id: block for block in document.blocks}
    return Sources(package, blocks, dict(zip(blocks, sources, strict=True)))


def _read(package: WordPackage, path: Path) -> tuple[Document, list[Source]]:
    reader = _Reader(package)
    return reader.document(path), reader.sources


class _Cell(Struct):
    """What a cell holds beside its own text: tables with the lines above them, boxes and notes."""

    lines: list[Paragraph] = field(default_factory=list)
    tables: list[tuple[Element, list[str]]] = field(default_factory=list)


class _Story:
    """A flow of text, such as the body or one header: its part, the element of the body that brings it in (a text
    box, a reference to a note), and the state of its fields."""

    def __init__(self, root: Element, part: str, styles: Styles, mark: Element | None = None) -> None:
        self.part = part
        self.mark = mark
        self.inline = InlineReader(root, styles)
        self.carried = Inline()


class _Reader:
    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), self._styles)
        self._note_roots: dict[str, Element | None] = {
            kind: package.related(kind) for kind in ("footnotes", "endnotes")
        }
        self._notes_done: set[tuple[str, str]] = set()
        self._blocks: list[Block] = []
        self.sources: list[Source] = []
        """Of each block, in the same order."""
        self._tables: list[Table] = []
        self._paragraphs = 0
        self._table_count = 0

    def document(self, path: Path) -> Document:
        for part, root in (("body", self._package.body), *self._headers_and_footers()):
            self._flow(root, _Story(root, part, self._styles))
        return Document(str(path), "docx", *as_printed(with_contents(self._blocks), self._tables))

    # --- paragraphs ---

    def _flow(self, container: Element, story: _Story) -> None:
        """The paragraphs and tables of a container, one after the other."""
        above: list[str] = []
        for element in parts(container, _BLOCKS):
            code = "table-unread" if element.tag == w("tbl") else "paragraph-unread"
            with one_place(code, named("", _beginning(element))):
                above = self._element(element, story, above)

    def _element(self, element: Element, story: _Story, above: list[str]) -> list[str]:
        """One paragraph or table; returns the lines above the next."""
        if element.tag == w("tbl"):
            self._table(element, story, above)
            return []
        paragraph = self._paragraph(element, story)
        if paragraph is None:
            return above
        self._emit(paragraph, story)
        self._hangers(paragraph.inline, story)
        return [*above, paragraph.text][-_CAPTION_REACH:]

    def _paragraph(self, element: Element, story: _Story) -> Paragraph | None:
        """The paragraph, or ``None`` if the next one goes on with it."""
        inline = _appended(story.carried, story.inline.read(element))
        story.carried = Inline()
        if joins_next(element):
            story.carried = inline
            return None
        text = inline.text.strip()
        if inline.page_number and story.part in _NOTE_PARTS and len(text) <= _PAGE_LINE:
            text = ""
        gone = not text and mark_deleted(element)
        label = "" if gone else self._numbering.label(element)
        label = label if text else label.rstrip()
        return Paragraph(label + text, len(label), element, inline)

    def _emit(self, paragraph: Paragraph, story: _Story) -> None:
        if paragraph.text:
            self._paragraphs += 1
            name, role = f"p{self._paragraphs}", self._role(paragraph, story.part)
            block = Block(name, paragraph.text, role, Origin(story.part), paragraph.generated)
            self._add(block, Source(story.part, (paragraph.element,), (paragraph,), story.mark))

    def _add(self, block: Block, source: Source) -> None:
        self._blocks.append(block)
        self.sources.append(source)

    def _role(self, paragraph: Paragraph, part: str) -> BlockRole:
        text, element, inline = paragraph.text, paragraph.element, paragraph.inline
        if part in _NOTE_PARTS:
            return "note"
        paged = "\t" in text and text[-1:].isdigit() and (inline.page_reference or has_dotted_tab(element))
        if inline.in_contents or paged or looks_like_contents(text) or in_contents_control(element):
            return "contents"
        role = self._styles.role(element)
        return "paragraph" if role == "heading" and len(text) > _LONGEST_HEADING else role

    def _hangers(self, inline: Inline, story: _Story) -> None:
        """Text boxes anchored in a paragraph, then the notes it refers to."""
        for box in inline.boxes:
            part = "textbox" if story.part == "body" else story.part
            self._flow(box, _Story(box, part, self._styles, box if story.part == "body" else story.mark))
        for kind, mark in inline.notes:
            note = self._note(kind, mark.get(w("id")) or "")
            if note is not None:
                self._flow(note, _Story(note, "footnote", self._styles, mark if story.part == "body" else story.mark))

    def _note(self, kind: str, number: str) -> Element | None:
        root = self._note_roots[kind]
        if root is None or (kind, number) in self._notes_done:
            return None
        self._notes_done.add((kind, number))
        return next((note for note in root if note.get(w("id")) == number), None)

    # --- tables ---

    def _table(self, element: Element, story: _Story, above: Sequence[str]) -> None:
        layout = grid(element)
        if not layout.places:
            return
        self._table_count += 1
        name = f"t{self._table_count}"
        slot = len(self._tables)
        blocks = [self._cell(name, index, layout, story) for index in range(len(layout.places))]
        cells = tuple(tuple(None if at is None else blocks[at] for at in row) for row in layout.rows)
        self._tables.insert(slot, Table(name, cells, *caption_and_unit(above), layout.header_rows))

    def _cell(self, table: str, index: int, layout: Grid, story: _Story) -> Block:
        """The block of one cell; what it holds beside text is read after it."""
        place = layout.places[index]
        content = self._cell_content(place.cell, story)
        lines = [line for line in content.lines if line.text]
        text = "\n".join(line.text for line in lines)
        generated = lines[0].generated if lines else 0
        set_in = indent(lines[0].element, lines[0].inline.text, self._styles) if lines else 0
        name = f"{table}.r{place.row}c{place.column}"
        block = Block(name, text, "cell", Origin(story.part), generated, set_in)
        paragraphs = tuple(line.element for line in content.lines)
        self._add(block, Source(story.part, paragraphs, tuple(lines), story.mark))
        for nested, above in content.tables:
            self._table(nested, story, above)
        for line in content.lines:
            self._hangers(line.inline, story)
        return block

    def _cell_content(self, cell: Element, story: _Story) -> _Cell:
        content = _Cell()
        for element in parts(cell, _BLOCKS):
            if element.tag == w("tbl"):
                above = [line.text for line in content.lines][-_CAPTION_REACH:]
                content.tables.append((element, above))
            elif (line := self._paragraph(element, story)) is not None:
                content.lines.append(line)
        return content

    # --- headers and footers ---

    def _headers_and_footers(self) -> Iterator[tuple[str, Element]]:
        """Those that are shown, each distinct text once, in the order of sections."""
        seen: set[tuple[str, str]] = set()
        settings = self._package.related("settings")
        even = bool(settings is not None and switched(settings, "evenAndOddHeaders"))
        for part in ("header", "footer"):
            for section in self._package.body.iter(w("sectPr")):
                for reference in section.findall(w(f"{part}Reference")):
                    shown = {"first": switched(section, "titlePg"), "even": even}
                    root = self._package.by_relation(reference.get(RELATION + "id"))
                    if root is None or not shown.get(reference.get(w("type"), "default"), True):
                        continue
                    text = "".join(piece.text or "" for piece in root.iter(w("t")))
                    if (part, text) not in seen:
                        seen.add((part, text))
                        yield part, root


def _beginning(element: Element) -> str:
    return "".join(piece.text or "" for piece in islice(element.iter(w("t")), _FEW_PIECES))


def _appended(first: Inline, second: Inline) -> Inline:
    """Two paragraphs' contents as one."""
    return Inline(
        first.pieces + second.pieces,
        first.boxes + second.boxes,
        first.notes + second.notes,
        first.page_number or second.page_number,
        first.page_reference or second.page_reference,
        first.in_contents or second.in_contents,
    )
