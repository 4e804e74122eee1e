"""Annotations added to a PDF behind its last byte (an incremental update), so that nothing else of it changes."""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportcheck.errors import ReadError
from reportcheck.read.pdf_fallback import silent

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject, IndirectObject, PdfObject, StreamObject

_START = re.compile(rb"startxref\s+(\d+)")
_ID = re.compile(rb"/ID\[<[0-9A-F]*><[0-9A-F]*>\]")


class Addition(Struct, frozen=True):
    """An annotation for a page, from 1, and the stream that draws it."""

    page: int
    annotation: DictionaryObject
    appearance: StreamObject


def with_annotations(data: bytes, additions: Sequence[Addition]) -> bytes:
    """A copy with annotations added.

    The copy begins with the bytes of the file. Only a file that is encrypted (for an owner), or so damaged that
    an update would not be found, is written anew first, without encryption. Raises `ReadError` ``damaged`` if
    that does not help either.
    """
    copy = _appended(data, additions) or _appended(_written_anew(data), additions)
    if copy is None:
        raise ReadError("damaged", detail="annotations cannot be added")
    return copy


def _appended(data: bytes, additions: Sequence[Addition]) -> bytes | None:
    """The file with an update behind it; nothing if the update cannot be made, or would not be found."""
    try:
        with silent("pypdf"):
            copy = _Update(data).copy(additions)
    except Exception:  # a broken file may fail in any way; written anew it is sound
        return None
    added = Counter(addition.page for addition in additions)
    return copy if _counts(copy, added) >= _counts(data, added) + added else None


class _Update:
    """The objects that are new in a file or replace older ones, and the cross-references to them."""

    def __init__(self, data: bytes) -> None:
        from pypdf import PdfReader

        self._data = data if data.endswith((b"\n", b"\r")) else data + b"\n"
        self._reader = PdfReader(io.BytesIO(data))
        if self._reader.is_encrypted:
            raise ValueError("encrypted")
        known = [number for numbers in self._reader.xref.values() for number in numbers]
        size: Any = self._reader.trailer["/Size"]
        self._next = max(int(size), *(number + 1 for number in (*known, *self._reader.xref_objStm)))
        self._objects: dict[tuple[int, int], PdfObject] = {}

    def copy(self, additions: Sequence[Addition]) -> bytes:
        """The bytes of the file and, behind them, the annotations."""
        for number in sorted({addition.page for addition in additions}):
            self._annotate(number, [addition for addition in additions if addition.page == number])
        return self._written()

    def _annotate(self, number: int, additions: Sequence[Addition]) -> None:
        from pypdf.generic import ArrayObject, DictionaryObject, NameObject

        page = self._reader.pages[number - 1]
        place = page.indirect_reference
        if place is None:
            raise ValueError("a page that is no object of its own")
        present: Any = page.get("/Annots")
        present = present.get_object() if present is not None else None
        entries = list(present) if isinstance(present, ArrayObject) else []
        for addition in additions:
            look = DictionaryObject({NameObject("/N"): self._add(addition.appearance)})
            links = {NameObject("/P"): place, NameObject("/AP"): look}
            entries.append(self._add(DictionaryObject({**addition.annotation, **links})))
        page[NameObject("/Annots")] = ArrayObject(entries)
        self._objects[place.idnum, place.generation] = page

    def _add(self, thing: PdfObject) -> IndirectObject:
        from pypdf.generic import IndirectObject

        self._objects[self._next, 0] = thing
        self._next += 1
        return IndirectObject(self._next - 1, 0, self._reader)

    def _written(self) -> bytes:
        out = io.BytesIO()
        out.write(self._data)
        places: dict[int, tuple[int, int]] = {}
        for (number, generation), thing in sorted(self._objects.items()):
            places[number] = out.tell(), generation
            out.write(b"%d %d obj\n" % (number, generation))
            thing.write_to_stream(out)
            out.write(b"\nendobj\n")
        start = out.tell()
        before = int(_START.findall(self._data)[-1])
        if self._data[before : before + 4] == b"xref":
            out.write(b"xref\n" + b"".join(_table(places)) + b"trailer\n")
            self._trailer(before, out.getvalue()).write_to_stream(out)
        else:
            places[self._next] = start, 0
            self._next += 1
            self._cross_references(places, before, out)
        out.write(b"\nstartxref\n%d\n%%%%EOF\n" % start)
        return out.getvalue()

    def _trailer(self, before: int, written: bytes) -> DictionaryObject:
        """That of the file, brought up to date; its second identifier changes with its content."""
        from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, NumberObject

        old = self._reader.trailer
        new = DictionaryObject({NameObject(key): old.raw_get(key) for key in ("/Root", "/Info") if key in old})
        new[NameObject("/Size")] = NumberObject(self._next)
        new[NameObject("/Prev")] = NumberObject(before)
        if "/ID" in old:
            first: Any = old["/ID"]
            digest = hashlib.md5(written, usedforsecurity=False).digest()
            new[NameObject("/ID")] = ArrayObject([ByteStringObject(first[0].original_bytes), ByteStringObject(digest)])
        return new

    def _cross_references(self, places: Mapping[int, tuple[int, int]], before: int, out: io.BytesIO) -> None:
        """As a stream, in files that have them so."""
        from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject, NumberObject

        stream = DecodedStreamObject()
        stream.update(self._trailer(before, out.getvalue()))
        index = [NumberObject(value) for run in _runs(sorted(places)) for value in (run[0], len(run))]
        stream[NameObject("/Type")] = NameObject("/XRef")
        stream[NameObject("/Index")] = ArrayObject(index)
        stream[NameObject("/W")] = ArrayObject(map(NumberObject, (1, 4, 2)))
        stream.set_data(
            b"".join(
                b"\1" + offset.to_bytes(4, "big") + generation.to_bytes(2, "big")
                for _, (offset, generation) in sorted(places.items())
            )
        )
        out.write(b"%d 0 obj\n" % (self._next - 1))
        stream.write_to_stream(out)
        out.write(b"\nendobj")


def _table(places: Mapping[int, tuple[int, int]]) -> list[bytes]:
    """The lines of a table of cross-references; as always, it begins with the number that no object has."""
    lines = [b"0 1\n0000000000 65535 f \n"]
    for run in _runs(sorted(places)):
        lines.append(b"%d %d\n" % (run[0], len(run)))
        lines.extend(b"%010d %05d n \n" % places[number] for number in run)
    return lines


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Numbers in a row."""
    runs = [[numbers[0]]]
    for before, number in pairwise(numbers):
        if number != before + 1:
            runs.append([])
        runs[-1].append(number)
    return runs


def _written_anew(data: bytes) -> bytes:
    """The whole file as pdfium writes it; an identifier of the content takes the place of the one it makes up."""
    import pypdfium2

    library: Any = pypdfium2
    document = library.PdfDocument(data)
    out = io.BytesIO()
    try:
        document.save(out, flags=library.raw.FPDF_REMOVE_SECURITY)
    finally:
        document.close()
    written = out.getvalue()
    trailer = written.rfind(b"trailer")
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest().encode()
    return written[:trailer] + _ID.sub(b"/ID[<" + digest + b"><" + digest + b">]", written[trailer:])


def _counts(data: bytes, pages: Iterable[int]) -> Counter[int]:
    """How many annotations pdfium finds on pages; none in a file that it cannot open."""
    import pypdfium2

    library: Any = pypdfium2
    try:
        document = library.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return Counter()
    try:
        opened = {number: document[number - 1] for number in pages}  # a page that nothing holds is closed
        return Counter({number: library.raw.FPDFPage_GetAnnotCount(page.raw) for number, page in opened.items()})
    finally:
        document.close()
