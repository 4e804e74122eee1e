"""The package of an XLSX file: its parts by their relations, read element by element, whatever the namespace."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from reportcheck.errors import ReadError
from reportcheck.read.archive import markup_parts, open_archive, read_member

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BROKEN = (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError)


class Relation(Struct, frozen=True):
    """``kind`` is the last word of its type (``worksheet``, ``styles`` …), ``target`` the name of a member."""

    id: str
    kind: str
    target: str


class Package:
    """The members of the archive; raises as `open_archive` does, and ``damaged`` for what is no XML."""

    def __init__(self, data: bytes) -> None:
        self._archive = open_archive(data)
        for _ in markup_parts(self._archive):
            pass
        self._names = {_plain(name): name for name in self._archive.namelist()}

    def relations(self, part: str) -> list[Relation]:
        """The relations of a part, ``""`` for those of the package, to other parts that are there."""
        folder, name = posixpath.split(part)
        member = self._names.get(_plain(posixpath.join(folder, "_rels", f"{name}.rels")))
        if member is None:
            return []
        found = []
        for element in self.elements(member, "Relationship"):
            target = unquote(element.get("Target", "")).replace("\\", "/")
            held = self._names.get(_plain(posixpath.normpath(posixpath.join("/", folder, target))))
            if held is not None and element.get("TargetMode") != "External":
                kind = element.get("Type", "").rsplit("/", 1)[-1]
                found.append(Relation(element.get("Id", ""), kind, held))
        return found

    def tree(self, member: str) -> Element:
        """A small part as a whole."""
        try:
            return etree.fromstring(read_member(self._archive, member), _parser())
        except _BROKEN as error:
            raise ReadError("damaged", member=member, detail=str(error)) from None

    def elements(self, member: str, *names: str) -> Iterator[Element]:
        """Each element of these names as soon as it is complete; it is emptied before the next one is read."""
        try:
            with self._archive.open(member) as stream:
                tags = [f"{{*}}{name}" for name in names]
                events = etree.iterparse(stream, tag=tags, resolve_entities=False, no_network=True, load_dtd=False)
                for _, element in events:
                    yield element
                    _forget(element)
        except _BROKEN as error:
            raise ReadError("damaged", member=member, detail=str(error)) from None


def local(element: Element) -> str:
    """The name of an element without its namespace; ``""`` for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Those of this name, none of nothing."""
    return (child for child in (() if element is None else element) if local(child) == name)


def child(element: Element | None, name: str) -> Element | None:
    """The first of this name."""
    return next(children(element, name), None)


def is_on(value: str | None) -> bool:
    """Whether a switch that is off where nothing is written is on."""
    return value in ("1", "true", "on")


def whole(value: str | None, default: int = 0) -> int:
    """A whole number, or the default where there is none."""
    try:
        return int(value) if value else default
    except ValueError:
        return default


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _forget(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)
