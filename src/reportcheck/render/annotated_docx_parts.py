"""The members of a Word file that tell of its comments, and the archive with some of its members changed."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from itertools import count
from typing import TYPE_CHECKING

from reportcheck.read.archive import open_archive, read_member
from reportcheck.read.docx_package import exact_tree, target_member
from reportcheck.read.docx_xml import WORD, number, w

if TYPE_CHECKING:
    from reportcheck.read.docx_xml import Element

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONSHIP = f"{{{_PACKAGE}relationships}}Relationship"
_OVERRIDE = f"{{{_PACKAGE}content-types}}Override"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_NO_RELATIONS = f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships"/>'
_NO_COMMENTS = f'{_HEAD}<w:comments xmlns:w="{WORD[1:-1]}"/>'
_TYPES = "[Content_Types].xml"
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that an archive can hold: new members bear no date of their own."""


class Comments:
    """The comments of a Word file: those that it has, and new ones. ``main`` is the name of its main part."""

    def __init__(self, data: bytes, main: str) -> None:
        folder, name = posixpath.split(main)
        self._relations_name = posixpath.join(folder, "_rels", f"{name}.rels")
        with open_archive(data) as archive:
            self._types = exact_tree(read_member(archive, _TYPES), _TYPES)
            self._relations = _tree(archive, self._relations_name, _NO_RELATIONS)
            self._name = _related(self._relations, folder) or _relate(self._relations, folder, archive.namelist())
            self._root = _tree(archive, self._name, _NO_COMMENTS)
        _declare(self._types, f"/{self._name}")

    @property
    def numbers(self) -> list[int]:
        """The numbers of those there are."""
        return [number(comment.get(w("id")), 0) for comment in self._root.iter(w("comment"))]

    def add(self, comment: Element) -> None:
        """One more, behind the others."""
        self._root.append(comment)

    def members(self) -> dict[str, bytes]:
        """The members of the file in which they stand, and those that tell of them."""
        trees = {_TYPES: self._types, self._relations_name: self._relations, self._name: self._root}
        return {name: serialised(root) for name, root in trees.items()}


def serialised(root: Element) -> bytes:
    """The XML of a whole part."""
    from lxml import etree

    tree = root.getroottree()
    alone = bool(tree.docinfo.standalone)
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=alone)
    return written


def rewritten(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The archive with these members changed, or new at its end; all others are as they were, byte for byte."""
    result = io.BytesIO()
    with open_archive(data) as archive, zipfile.ZipFile(result, "w") as target:
        target.comment = archive.comment
        for member in archive.infolist():
            content = changed.get(member.filename)
            target.writestr(copy(member), read_member(archive, member.filename) if content is None else content)
        for name in sorted(changed.keys() - set(archive.namelist())):
            member = zipfile.ZipInfo(name, _FIRST_DATE)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(member, changed[name])
    return result.getvalue()


def _tree(archive: zipfile.ZipFile, name: str, empty: str) -> Element:
    """The tree of a member, or an empty one where there is none yet."""
    there = name in archive.namelist()
    return exact_tree(read_member(archive, name) if there else empty.encode(), name)


def _related(relations: Element, folder: str) -> str | None:
    """The member for comments that the relations name, be it there or not."""
    for relation in relations.iterchildren(_RELATIONSHIP):
        if (relation.get("Type") or "").endswith("/comments"):
            return target_member(relation, folder)
    return None


def _relate(relations: Element, folder: str, members: Sequence[str]) -> str:
    """A member for comments that the relations now name."""
    known = {relation.get("Id") for relation in relations}
    name = next(name for index in count() if (name := f"rId{index + 1}") not in known)
    target = next(
        target for index in count() if posixpath.join(folder, target := f"comments{index or ''}.xml") not in members
    )
    attributes = {"Id": name, "Type": _RELATION, "Target": target}
    relations.append(relations.makeelement(_RELATIONSHIP, attributes))
    return posixpath.join(folder, target)


def _declare(types: Element, part: str) -> None:
    """What kind of part the comments are, if the file does not say it yet."""
    if not any((each.get("PartName") or "").lower() == part.lower() for each in types.iterchildren(_OVERRIDE)):
        types.append(types.makeelement(_OVERRIDE, {"PartName": part, "ContentType": _CONTENT}))
