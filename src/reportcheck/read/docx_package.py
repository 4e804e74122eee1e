"""Opening the package of a DOCX file: safely, and also where it is slightly broken."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from reportcheck.errors import ReadError
from reportcheck.read.archive import markup_parts, open_archive, read_member
from reportcheck.read.docx_xml import child

if TYPE_CHECKING:
    from docx.opc.part import Part

    from reportcheck.read.docx_xml import Element

_STRICT = b"http://purl.oclc.org/ooxml/officeDocument"


class WordPackage:
    """The parts of a document, as trees; that of the main part, called ``name``, is ``exact`` with the blanks between
    its elements, too."""

    def __init__(self, data: bytes, exact: bool = False) -> None:
        _refuse_unreadable(data)
        self._main = _main_part(data)
        self.name = str(self._main.partname).lstrip("/")
        self.document = self._exact(data) if exact else _tree(self._main)
        body = child(self.document, "body")
        if body is None:
            raise ReadError("damaged", detail="no body")
        self.body: Element = body

    def _exact(self, data: bytes) -> Element:
        with open_archive(data) as archive:
            return exact_tree(read_member(archive, self.name), self.name)

    def related(self, kind: str) -> Element | None:
        """The tree of the part that stands in this relation to the document (``numbering``, ``styles`` …)."""
        for relation in self._main.rels.values():
            if not relation.is_external and (relation.reltype or "").endswith(f"/{kind}"):
                return _tree(relation.target_part)
        return None

    def by_relation(self, name: str | None) -> Element | None:
        """The tree of the part behind a relation's id, such as a header."""
        relation = self._main.rels.get(name or "")
        return None if relation is None or relation.is_external else _tree(relation.target_part)


def _refuse_unreadable(data: bytes) -> None:
    with open_archive(data) as archive:
        for name, content in markup_parts(archive):
            if name.endswith("_rels/.rels") and _STRICT in content:
                raise ReadError("unsupported", found="strict-docx", suffix=".docx")


def _main_part(data: bytes) -> Part:
    """The main part by python-docx; at a second try without relations to parts that are not there."""
    from docx.package import Package

    try:
        try:
            main: Part = Package.open(io.BytesIO(data)).main_document_part
        except KeyError:
            main = Package.open(io.BytesIO(_without_dangling_relations(data))).main_document_part
    except ReadError:
        raise
    except Exception as error:  # the library raises whatever its parts raise
        raise ReadError("damaged", detail=f"{type(error).__name__}: {error}") from error
    return main


def _tree(part: Part) -> Element:
    from docx.oxml.parser import parse_xml
    from lxml.etree import XMLSyntaxError

    element: Element | None = getattr(part, "element", None)
    if element is not None:
        return element
    try:
        root: Element = parse_xml(part.blob)
    except (XMLSyntaxError, ValueError) as error:
        raise ReadError("damaged", member=str(part.partname), detail=str(error)) from None
    return root


def exact_tree(content: bytes, member: str) -> Element:
    """The tree of a member's XML with everything that it holds, to be written again."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("damaged", member=member, detail=str(error)) from None


def target_member(relation: Element, folder: str) -> str | None:
    """The member that a relation leads to from a part in this folder; ``None`` where it leads out of the file."""
    if relation.get("TargetMode") == "External":
        return None
    target = unquote(relation.get("Target") or "")
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")


def _without_dangling_relations(data: bytes) -> bytes:
    """The archive with every relation dropped whose target it does not hold."""
    from lxml import etree

    mended = io.BytesIO()
    with open_archive(data) as archive, zipfile.ZipFile(mended, "w") as target:
        names = frozenset(archive.namelist())
        for name in archive.namelist():
            content = read_member(archive, name)
            if name.endswith(".rels"):
                root = exact_tree(content, name)
                for relation in list(_dangling(root, name, names)):
                    root.remove(relation)
                content = etree.tostring(root)
            target.writestr(name, content)
    return mended.getvalue()


def _dangling(root: Element, name: str, members: frozenset[str]) -> Iterator[Element]:
    folder = posixpath.dirname(posixpath.dirname(name))
    for relation in root:
        member = target_member(relation, folder)
        if member is not None and member not in members:
            yield relation
