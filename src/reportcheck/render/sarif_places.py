"""Files and places as SARIF names them: URIs, artifacts, regions and logical locations."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from reportcheck.catalog import Language, message
from reportcheck.model import Block, Document, Span
from reportcheck.render.json import span_to_dict
from reportcheck.render.places import Places
from reportcheck.render.text_regions import TextRegions, text_regions

Json = dict[str, Any]

BASE = "%SRCROOT%"
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_NO_NAME = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_CELL_OF = re.compile(r"t(\d+)\.")
_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES = {
    "txt": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
}
_ENCODINGS = {"utf-8-sig": "UTF-8", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE", "big5hkscs": "Big5-HKSCS"}


def uri_of(path: str) -> Json:
    """The URI of a file, whichever system the path is of: an absolute one is a ``file`` URI, a relative one stays so
    and is relative to the folder in which the program was run."""
    windows = _DRIVE.match(path) or path.startswith("\\\\") or "/" not in path
    plain = path.replace("\\", "/") if windows else path
    # A name that is not in the encoding of the system keeps its bytes.
    quoted = quote(_NO_NAME.sub("\ufffd", plain), safe="/", errors="surrogateescape")
    if _DRIVE.match(path):
        return {"uri": f"file:///{plain[:2]}{quoted[4:]}"}
    if plain.startswith("//"):
        return {"uri": f"file:{quoted}"}
    if plain.startswith("/"):
        return {"uri": f"file://{quoted}"}
    return {"uri": quoted, "uriBaseId": BASE}


class Artifacts:
    """The files that a log names, each once, by path and hash."""

    def __init__(self) -> None:
        self.listed: list[Json] = []
        self._indices: dict[tuple[str, str], int] = {}

    def location(self, path: str, sha256: str = "", **more: object) -> Json:
        """Where a file is; the first time with ``more`` about it."""
        uri = uri_of(path)
        if (path, sha256) not in self._indices:
            self._indices[path, sha256] = len(self.listed)
            hashes = {"hashes": {"sha-256": sha256}} if sha256 else {}
            self.listed.append({"location": {**uri, "index": len(self.listed)}, **hashes, **more})
        return {**uri, "index": self._indices[path, sha256]}


class Locations:
    """The places of one document, whose file is named by ``artifact``."""

    def __init__(self, document: Document, artifact: Json, language: Language) -> None:
        self._document = document
        self._artifact = artifact
        self._language = language
        self._places = Places(document, language)
        self._captions = {table.id: " ".join(table.caption.split()) for table in document.tables}
        self._regions: TextRegions | None = text_regions(document)

    @property
    def about(self) -> Json:
        """What is to be said of the file as such."""
        found: Json = {"mimeType": _TYPES[self._document.kind]} if self._document.kind in _TYPES else {}
        if self._regions:
            encoding = self._regions.encoding
            found["encoding"] = _ENCODINGS.get(encoding, encoding.upper())
        return found

    @property
    def file(self) -> Json:
        """The document as a whole."""
        return {"physicalLocation": {"artifactLocation": self._artifact}}

    def of(self, span: Span) -> Json:
        """The place of some words: the characters of a plain text; else only the paragraph, or the cell and its table
        or sheet, since no other format has lines."""
        if span.block not in self._places.blocks:
            return self.file
        physical: Json = {"artifactLocation": self._artifact}
        region = self._regions.of(span) if self._regions else None
        if region:
            physical["region"] = {
                "startLine": region.line,
                "startColumn": region.column,
                "endLine": region.end_line,
                "endColumn": region.end_column,
                "charOffset": region.start,
                "charLength": region.end - region.start,
                "snippet": {"text": region.text},
            }
            if region.lines != region.text:
                lines = {"startLine": region.line, "endLine": region.end_line, "snippet": {"text": region.lines}}
                physical["contextRegion"] = lines
        return {
            "physicalLocation": physical,
            "logicalLocations": self._logical(span),
            "properties": span_to_dict(span, self._places.around),
        }

    def told(self, span: Span) -> str:
        """The place and what is written there, in words."""
        facts = {"place": self._places.of(span), "text": " ".join(self._places.text(span).split())}
        return message(self._language, "place.other", **facts)

    def _logical(self, span: Span) -> list[Json]:
        block = self._places.blocks[span.block]
        kind = block.role if block.role in ("cell", "heading", "title", "note") else "paragraph"
        found = [(self._places.of(span), kind), *self._around(block)]
        return [
            {"name": name, "fullyQualifiedName": f"{self._document.path}#{name}", "kind": kind} for name, kind in found
        ]

    def _around(self, block: Block) -> list[tuple[str, str]]:
        """The table, the sheet and the page that a block stands in."""
        origin, found = block.origin, []
        if cell := _CELL_OF.match(block.id):
            caption = self._captions.get(f"t{cell[1]}", "")
            found.append((caption or message(self._language, "handed.table", number=cell[1]), "table"))
        if origin.sheet is not None:
            found.append((message(self._language, "place.sheet", sheet=origin.sheet.strip()), "sheet"))
        if origin.page is not None:
            found.append((message(self._language, "place.page", page=origin.page), "page"))
        return found
