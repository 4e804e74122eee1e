"""A Word document as a template: its fields are filled, its sections repeated or left out.

``{{name}}`` stands for a text. ``{{#name}}`` and ``{{/name}}``, each alone in a paragraph or in a row of a table,
enclose what appears once for each content of that name; ``{{^name}}`` and ``{{/name}}`` what appears if there is none;
``{{! … }}`` is for the reader of the template. A paragraph of which all fields are empty disappears. Everything else
of the document is left as it is.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from msgspec import Struct, field

from reportcheck.errors import CatalogError, ReadError
from reportcheck.read.docx_xml import w
from reportcheck.render.word_runs import Pieces, plain, put

if TYPE_CHECKING:
    from docx.document import Document

    from reportcheck.read.docx_xml import Element

_OPEN, _CLOSE = "[{｛]{2}", "[}｝]{2}"
_FIELD = re.compile(rf"{_OPEN}\s*([^{{}}｛｝]*?)\s*{_CLOSE}")
_MARK = re.compile(rf"{_OPEN}\s*([#^/])\s*([^{{}}｛｝]+?)\s*{_CLOSE}")
_COMMENT = re.compile(rf"{_OPEN}\s*!.*", re.DOTALL)
_DRAWN = frozenset(map(w, ("drawing", "pict", "object")))
_ANCHORS = frozenset(map(w, ("bookmarkStart", "bookmarkEnd")))
_PARTS = ("header", "footer")
_LONGEST_TITLE = 255
_STAMP = datetime(2000, 1, 1)
_EARLIEST = (1980, 1, 1, 0, 0, 0)

Value = str | Pieces
"""A text, or the pieces of one."""


class Content(Struct, frozen=True):
    """What fills a template, by the keys of its fields and sections; what is not here is empty."""

    fields: Mapping[str, Value] = field(default_factory=dict)
    sections: Mapping[str, Sequence[Content]] = field(default_factory=dict)

    def within(self, outer: Content) -> Content:
        """This content with that around it."""
        return Content({**outer.fields, **self.fields}, {**outer.sections, **self.sections})


class Names(Struct, frozen=True):
    """The names that a template may use, in any language: each with its key, and the sections (by their keys) inside
    one of which it must stand, if any."""

    fields: Mapping[str, tuple[str, frozenset[str]]]
    sections: Mapping[str, tuple[str, frozenset[str]]]


def fill(data: bytes, file: str, names: Names, content: Content, title: str) -> bytes:
    """The template, its text, headers and footers filled: the same bytes for the same input. Raises
    :class:`CatalogError` with the file and the paragraph of what is wrong, whether or not that would be shown."""
    document = _opened(data, file)
    roots = dict(_roots(document, file))
    for where, root in roots.items():
        _Check(where, names).check(root)
    for root in roots.values():
        root[:] = _Filler(names).filled(list(root), content)
    properties = document.core_properties
    properties.author = properties.last_modified_by = "reportcheck"
    properties.title = plain(title)[:_LONGEST_TITLE]
    properties.created = properties.modified = _STAMP
    properties.revision = 1
    saved = io.BytesIO()
    document.save(saved)
    return _without_clock(saved.getvalue())


def _opened(data: bytes, file: str) -> Document:
    import docx

    from reportcheck.read.archive import markup_parts, open_archive
    from reportcheck.read.sniff import sniff

    try:
        found = sniff(data)
        if found != "docx":
            raise CatalogError("template-no-docx", file=file, found=found)
        for _ in markup_parts(open_archive(data)):
            pass
        return docx.Document(io.BytesIO(data))
    except CatalogError:
        raise
    except ReadError as error:
        detail = error.facts.get("detail") or error.code
        raise CatalogError("template-unreadable", file=file, detail=detail) from None
    except ValueError:
        # The library's word for documents of another type: templates (.dotx) and those with macros.
        raise CatalogError("template-no-docx", file=file, found="dotx, docm") from None
    except Exception as error:  # the library raises whatever its parts raise
        raise CatalogError("template-unreadable", file=file, detail=f"{type(error).__name__}: {error}") from None


def _roots(document: Document, file: str) -> Iterator[tuple[str, Element]]:
    """The body, and the headers and footers; each with its name."""
    body = document.element.find(w("body"))
    if body is not None:
        yield file, body
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.rsplit("/", 1)[-1] in _PARTS:
            root = getattr(relation.target_part, "element", None)
            if root is not None:
                yield file + relation.target_part.partname, root


def _text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(w("t")))


def _mark(element: Element) -> tuple[str, str] | None:
    """The sign and the name where a paragraph or a row is but the beginning or the end of a section."""
    if element.tag not in (w("p"), w("tr")):
        return None
    match = _MARK.fullmatch(_text(element).strip())
    return (match[1], match[2]) if match else None


def _is_comment(element: Element) -> bool:
    return element.tag == w("p") and _COMMENT.match(_text(element).strip()) is not None


class _Check:
    """Whether every field of a part of the template has a known name and a meaning where it stands, and every
    section begins and ends at one level."""

    def __init__(self, file: str, names: Names) -> None:
        self._file = file
        self._names = names
        self._row = 0
        self._inside: list[tuple[str, str, int]] = []
        """The sections open: name, key, and the paragraph where they begin."""

    def check(self, container: Element) -> None:
        """Everything in a container; paragraphs are counted from 1."""
        depth = len(self._inside)
        for child in container:
            mark = _mark(child)
            if child.tag == w("p") or mark:
                self._row += sum(1 for _ in child.iter(w("p"))) if child.tag == w("tr") else 1
            if mark:
                self._section(*mark, depth)
            elif child.tag == w("p"):
                self._fields("" if _is_comment(child) else _text(child))
            elif isinstance(child.tag, str):
                self.check(child)
        for name, _, row in self._inside[depth:]:
            self._fail("template-section-open", name, row)

    def _section(self, sign: str, name: str, depth: int) -> None:
        if sign != "/":
            self._known(name, self._names.sections)
            self._inside.append((name, self._names.sections[name][0], self._row))
        elif len(self._inside) <= depth or self._inside[-1][0] != name:
            self._fail("template-section-stray", name, self._row)
        else:
            self._inside.pop()

    def _fields(self, text: str) -> None:
        for match in _FIELD.finditer(text):
            if match[1][:1] in ("#", "^", "/"):
                self._fail("template-section-inline", match[1][1:].strip(), self._row)
            self._known(match[1], self._names.fields)

    def _known(self, name: str, names: Mapping[str, tuple[str, frozenset[str]]]) -> None:
        if name not in names:
            near = get_close_matches(name, list(names), 3, 0.5) or list(names)[:5]
            self._fail("template-name-unknown", name, self._row, near=", ".join(near))
        needed = names[name][1]
        if needed and not needed.intersection(key for _, key, _ in self._inside):
            possible = [written for written, (key, _) in self._names.sections.items() if key in needed]
            self._fail("template-name-misplaced", name, self._row, sections=", ".join(possible))

    def _fail(self, code: str, name: str, row: int, **facts: str) -> None:
        raise CatalogError(code, file=self._file, row=row, name=name, **facts)


class _Filler:
    """Fills the elements of a template that was checked."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def filled(self, elements: Sequence[Element], content: Content) -> list[Element]:
        """The elements with their fields filled, sections repeated or left out."""
        out: list[Element] = []
        index = 0
        while index < len(elements):
            element = elements[index]
            if mark := _mark(element):
                end = _end(elements, index)
                out += self._section(*mark, elements[index + 1 : end], content)
                index = end
            elif not _is_comment(element) and self._fill(element, content):
                out.append(element)
            index += 1
        return out

    def _section(self, sign: str, name: str, inner: Sequence[Element], content: Content) -> list[Element]:
        contents = content.sections.get(self._names.sections[name][0], ())
        if sign == "^":
            return [] if contents else self.filled(inner, content)
        out: list[Element] = []
        for each in contents:
            out += self.filled([_copied(element) for element in inner], each.within(content))
        return out

    def _fill(self, element: Element, content: Content) -> bool:
        """Fills a paragraph or whatever holds some; whether it stays."""
        if element.tag == w("p"):
            return self._fill_paragraph(element, content)
        if next(element.iter(w("p")), None) is not None:
            element[:] = self.filled(list(element), content)
            if element.tag == w("tc") and element.find(w("p")) is None:
                # Word takes a cell without a paragraph for damage.
                element.append(element.makeelement(w("p"), {}))
        return True

    def _fill_paragraph(self, paragraph: Element, content: Content) -> bool:
        texts = list(paragraph.iter(w("t")))
        found = list(_FIELD.finditer("".join(text.text or "" for text in texts)))
        values = [content.fields.get(self._names.fields[match[1]][0], "") for match in found]
        if found and not any(values) and _may_go(paragraph):
            return False
        # From the end, so that the places before stay where they are.
        for match, value in reversed(list(zip(found, values, strict=True))):
            put(texts, match.span(), ((value, False),) if isinstance(value, str) else value)
        return True


def _may_go(paragraph: Element) -> bool:
    return paragraph.find(f"{w('pPr')}/{w('sectPr')}") is None and not any(e.tag in _DRAWN for e in paragraph.iter())


def _end(elements: Sequence[Element], start: int) -> int:
    """Where the section ends that begins there."""
    depth = 0
    for index in range(start, len(elements)):
        mark = _mark(elements[index])
        depth += 0 if mark is None else -1 if mark[0] == "/" else 1
        if depth == 0:
            return index
    return len(elements)


def _copied(element: Element) -> Element:
    """A copy without what must be unique in a document: bookmarks and Word's numbers of paragraphs."""
    copy = deepcopy(element)
    for part in list(copy.iter()):
        parent = part.getparent()
        if part.tag in _ANCHORS and parent is not None:
            parent.remove(part)
        for name in [name for name in part.attrib if str(name).endswith(("}paraId", "}textId"))]:
            del part.attrib[name]
    return copy


def _without_clock(data: bytes) -> bytes:
    """The same archive with one fixed date for all its members."""
    stamped = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stamped, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            target.writestr(member, source.read(name))
    return stamped.getvalue()
