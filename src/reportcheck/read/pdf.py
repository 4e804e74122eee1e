"""PDF: pages read by pdfium, ruled tables found by pdfplumber's finder, lines joined to paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.catalog import table
from reportcheck.defects import named, one_place
from reportcheck.errors import ReadError
from reportcheck.model import Block, Document, Notice, Origin, Table
from reportcheck.read.captions import unit_note
from reportcheck.read.pdf_borderless import find_unruled
from reportcheck.read.pdf_drawn import Page
from reportcheck.read.pdf_fonts import own_font_only
from reportcheck.read.pdf_furniture import Furniture, find_furniture
from reportcheck.read.pdf_grids import Grid, cell_blocks, cells_once, table_of
from reportcheck.read.pdf_health import check_health, mended_points, private_count, unread_pages
from reportcheck.read.pdf_lines import Line, lines_of
from reportcheck.read.pdf_page import read_page
from reportcheck.read.pdf_paragraphs import Layout, Paragraph, is_title, layouts_of, paragraphs_of
from reportcheck.read.pdf_stitch import stitched
from reportcheck.read.pdf_tables import find_grids
from reportcheck.read.pdf_turned import as_shown
from reportcheck.read.table_parts import as_printed
from reportcheck.schemas.reading import Reading as ReadingTable

MOST_PAGES = 3000
_CAPTION_REACH = 6

_Element = Line | Grid


class Reading(Struct, frozen=True):
    """A document, the lines that each of its blocks was made of, and its pages that were turned for reading."""

    document: Document
    lines: tuple[tuple[Line, ...], ...]
    turned: dict[int, Page]


def read(path: Path, data: bytes) -> Document:
    """The text of a PDF in reading order, with page and box of every block.

    Raises `ReadError` with ``encrypted``, ``damaged``, ``scan`` (``pages``), ``garbled`` (``share``),
    ``no-text`` or ``too-large``. Notices: ``pages-not-read`` (``pages``), ``private-characters`` (``count``).
    """
    return reading_of(path, data).document


def reading_of(path: Path, data: bytes) -> Reading:
    """What `read` gives, with the lines behind it."""
    drawn = _pages(data)
    check_health(drawn)
    pages = mended_points(drawn)
    elements, furniture, numbers = _elements(pages)
    made = _assembled(elements, furniture, pages, numbers)
    turned = {page.number: page for page in pages if page.turn}
    blocks, tables = as_printed(_placed_back(made, turned), made.tables)
    return Reading(Document(str(path), "pdf", blocks, tables, tuple(_notices(drawn))), tuple(made.lines), turned)


def _placed_back(made: _Maker, turned: dict[int, Page]) -> list[Block]:
    """The blocks with their boxes where they lie on pages that were turned for reading."""
    if not turned:
        return made.blocks
    placed = []
    for block, lines in zip(made.blocks, made.lines, strict=True):
        origin = block.origin
        if origin.box is not None and origin.page in turned:
            aside = lines[0].aside if lines and block.role != "cell" else None
            block = replace(block, origin=replace(origin, box=as_shown(origin.box, turned[origin.page], aside)))
        placed.append(block)
    return placed


def _notices(pages: Sequence[Page]) -> list[Notice]:
    notices = []
    if unread := unread_pages(pages):
        notices.append(Notice("pages-not-read", {"pages": ", ".join(map(str, unread))}))
    if count := private_count(pages):
        notices.append(Notice("private-characters", {"count": count}))
    return notices


def _pages(data: bytes) -> list[Page]:
    with own_font_only():
        return _pages_of(data)


def _pages_of(data: bytes) -> list[Page]:
    import pypdfium2

    open_document: Any = pypdfium2.PdfDocument
    try:
        document = open_document(data)
    except pypdfium2.PdfiumError as error:
        code = "encrypted" if re.search("(?i)password|security", str(error)) else "damaged"
        raise ReadError(code, detail=str(error)) from None
    try:
        if len(document) > MOST_PAGES:
            raise ReadError("too-large", size=len(document), most=MOST_PAGES)
        if not len(document):
            raise ReadError("damaged", detail="no pages")
        pages = list(_drawn(document))
        if not pages:
            raise ReadError("damaged", detail="no page can be read")
        return _helped(pages, data)
    except pypdfium2.PdfiumError as error:
        raise ReadError("damaged", detail=str(error)) from None
    finally:
        document.close()


def _drawn(document: Any) -> Iterator[Page]:
    for index in range(len(document)):
        with one_place("page-unread", str(index + 1)), closing(document[index]) as page:
            yield read_page(page, index + 1)


def _helped(pages: Sequence[Page], data: bytes) -> list[Page]:
    """The pages, with the second reader's glyphs for those that draw text of which pdfium gives none."""
    mute = [page.number for page in pages if page.has_text_objects and not page.glyphs]
    if not mute:
        return list(pages)
    from reportcheck.read.pdf_fallback import plumbed_glyphs

    found = plumbed_glyphs(data, mute)
    return [replace(page, glyphs=found[page.number]) if page.number in found else page for page in pages]


def _elements(pages: Sequence[Page]) -> tuple[list[_Element], Furniture, list[int]]:
    """The lines and tables of all pages in reading order, which of the lines are furniture, and the numbers of the
    pages that were read."""
    elements: list[_Element] = []
    lines: dict[int, list[Line]] = {}
    for page in pages:
        with one_place("page-unread", str(page.number)):
            grids, rest = find_grids(page)
            unruled, own = find_unruled(page, lines_of(rest, page.number), grids)
            lines[page.number] = own
            elements.extend(sorted([*own, *grids, *unruled], key=_top))
    return elements, find_furniture(lines, {page.number: page.height for page in pages}), list(lines)


def _top(element: _Element) -> float:
    return element.baseline - 0.3 * element.size if isinstance(element, Line) else element.box[1]


def _assembled(
    elements: Sequence[_Element], furniture: Furniture, pages: Sequence[Page], numbers: Sequence[int]
) -> _Maker:
    """The blocks and tables; nothing goes on over a page that is lost."""
    body = [element for element in elements if isinstance(element, Grid) or not furniture.holds(element)]
    layouts = layouts_of(
        (element for element in body if isinstance(element, Line)), {page.number: page.width for page in pages}
    )
    maker = _Maker(layouts)
    for part, line in furniture.heads:
        maker.note(line, part)

    def stretch(element: _Element) -> tuple[bool, int]:
        return isinstance(element, Grid), element.page - bisect_right(numbers, element.page)

    for (is_grid, _), run in groupby(_stitched_all(body), key=stretch):
        members = list(run)
        if is_grid:
            maker.run_of_tables(members)  # type: ignore[arg-type]
        else:
            maker.text(paragraphs_of(members, layouts))  # type: ignore[arg-type]
    return maker


def _stitched_all(elements: Sequence[_Element]) -> list[_Element]:
    """The elements with tables over pages made one; lines that only say so, or say its name again, go."""
    out: list[_Element] = []
    for element in elements:
        if isinstance(element, Grid):
            above = len(out)
            while above and isinstance(line := out[above - 1], Line) and line.page == element.page:
                above -= 1
            before = out[above - 1] if above else None
            if isinstance(before, Grid) and before.page == element.page - 1:
                known = _names_above(out[: above - 1])
                goes_on = all(_says_continued(line.text, known) for line in out[above:] if isinstance(line, Line))
                whole = stitched(before, element) if goes_on else None
                if whole is not None:
                    del out[above - 1 :]
                    element = whole
        out.append(element)
    return out


def _names_above(elements: Sequence[_Element]) -> set[str]:
    """The lines directly above a table, without their blanks."""
    names: set[str] = set()
    for element in elements[: -_CAPTION_REACH - 1 : -1]:
        if isinstance(element, Grid):
            break
        names.add(_bare(element.text))
    return names


def _says_continued(text: str, known: set[str]) -> bool:
    """Whether a line between two parts of a table only says that it goes on, or repeats a line above the first."""
    mark = table(ReadingTable).continued
    note = unit_note(text)
    return (
        bool(mark.pattern.compiled.match(text))
        or (bool(note) and len(note) + 3 > len(text))
        or _bare(mark.suffix.compiled.sub("", text)) in known
    )


class _Contents(Struct):
    """A table of contents being read: ``first`` is its first line, with which the text itself begins."""

    page: int
    first: str = ""


def _bare(text: str) -> str:
    return "".join(text.split())


def _side_by_side(grid: Grid, other: Grid) -> bool:
    """Whether two tables share most of the height of the lower one."""
    height = min(grid.box[3] - grid.box[1], other.box[3] - other.box[1])
    shared = min(grid.box[3], other.box[3]) - max(grid.box[1], other.box[1])
    return grid.page == other.page and 2 * shared > height


def _over(grid: Grid, above: Sequence[Paragraph]) -> list[str]:
    """The stretches of the lines above that stand over a table."""
    fields = (field for paragraph in above for line in paragraph.lines for field in line.fields)
    return [text for x0, x1, text in fields if x0 < grid.box[2] and x1 > grid.box[0]]


class _Maker:
    """Numbers blocks and tables in reading order; ``lines`` are those of each block."""

    def __init__(self, layouts: dict[int, Layout]) -> None:
        self.blocks: list[Block] = []
        self.lines: list[tuple[Line, ...]] = []
        self.tables: list[Table] = []
        self._layouts = layouts
        self._above: list[Paragraph] = []
        self._count = 0
        self._contents: _Contents | None = None
        self._titled = False

    def note(self, line: Line, part: str) -> None:
        """A running head or foot."""
        self.blocks.append(Block(self._id(), line.text, "note", Origin(part, line.page, line.box)))
        self.lines.append((line,))

    def run_of_tables(self, grids: Sequence[Grid]) -> None:
        """Tables with no line between them; of what stands above, those side by side get what is over each."""
        over = self._above
        for grid in grids:
            beside = any(_side_by_side(grid, other) for other in grids if other is not grid)
            above = _over(grid, over) if beside else [paragraph.text for paragraph in self._above]
            name = f"t{len(self.tables) + 1}"
            with one_place("table-unread", named(name, above[-1] if above else "")):
                made, lines = table_of(grid, name, above), [cell.lines for cell in cells_once(grid)]
                self.blocks.extend(cell_blocks(made))
                self.lines.extend(lines)
                self.tables.append(made)
            self._above, self._contents, self._titled = [], None, True

    def text(self, paragraphs: Sequence[Paragraph]) -> None:
        """The paragraphs between two tables."""
        for place, paragraph in enumerate(paragraphs):
            first = paragraph.lines[0]
            whole = self._with_role(paragraph, paragraphs[place + 1 :])
            origin = Origin(page=first.page, box=first.box)
            self.blocks.append(Block(self._id(), whole.text, whole.role, origin))
            self.lines.append(whole.lines)
            self._above = [*self._above, whole][-_CAPTION_REACH:]

    def _id(self) -> str:
        self._count += 1
        return f"p{self._count}"

    def _with_role(self, paragraph: Paragraph, rest: Sequence[Paragraph]) -> Paragraph:
        """The paragraph as title or line of contents, where it is one."""
        first = paragraph.lines[0]
        rules = table(ReadingTable).contents
        if rules.title.compiled.match(paragraph.text):
            self._contents = _Contents(first.page)
            return replace(paragraph, role="contents")
        if self._contents is not None:
            if self._in_contents(paragraph, rest, rules.longest):
                return replace(paragraph, role="contents")
            self._contents = None
        first_page = not self.blocks or first.page == self.blocks[0].origin.page
        title = not self._titled and first_page and is_title(paragraph, self._layouts[first.page])
        self._titled = self._titled or title or paragraph.role == "heading"
        return replace(paragraph, role="title") if title else paragraph

    def _in_contents(self, paragraph: Paragraph, rest: Sequence[Paragraph], longest: int) -> bool:
        """Until the line that came first stands again; on later pages only where it will."""
        contents = self._contents
        assert contents is not None
        if paragraph.role == "contents":
            return True
        text = paragraph.text
        if len(text) > longest or text.endswith("\u3002") or _bare(text) == contents.first:
            return False
        contents.first = contents.first or _bare(text)
        same_page = paragraph.lines[0].page == contents.page
        return same_page or any(_bare(later.text) == contents.first for later in rest)
