"""One font of our own in place of those that a PDF names but does not hold, so that it reads alike on every machine.

For a font that is not in the file pdfium takes another, from the machine or its own stock, and mixes its outlines
into the boxes of the characters: wider ones where it is wider, none for signs that it lacks, so that words go
missing. Ours has the same narrow sign for everything. It lies within the width that the file gives each
character, and leaves that as it is.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pypdfium2.raw

raw: Any = pypdfium2.raw  # its names are made at import, unseen by type checkers

_NAME = b"reportcheck\0"
_HANDLE = 1
_WHOLE = 0
"""What stands for all of a font where one of its tables could be asked for."""
_BUILT_IN = frozenset(
    family + style
    for family, styles in {
        b"Courier": (b"", b"-Bold", b"-BoldOblique", b"-Oblique"),
        b"Helvetica": (b"", b"-Bold", b"-BoldOblique", b"-Oblique"),
        b"Times": (b"-Roman", b"-Bold", b"-BoldItalic", b"-Italic"),
    }.items()
    for style in styles
)
"""Fonts of which a file need not give the widths: pdfium has them."""

_GLYPHS = 0xFFFF
_EM = 256
_ADVANCE, _WIDE = 128, 26
_ASCENT, _DESCENT = 225, -31
_HIGH = 180


@contextmanager
def own_font_only() -> Iterator[None]:
    """Fonts that are not in a file are ours while this lasts, and the machine's again afterwards.

    pdfium knows one source of fonts for the whole process: what else reads PDF files in it must wait.
    """
    raw.FPDF_SetSystemFontInfo(_source())
    try:
        yield
    finally:
        raw.FPDF_SetSystemFontInfo(raw.FPDF_GetDefaultSystemFontInfo())


@cache
def _source() -> Any:
    """pdfium's questions about fonts, answered; kept, since pdfium does not keep what it calls."""
    source = raw.FPDF_SYSFONTINFO()
    source.version = 1
    answers = {"MapFont": _map, "GetFontData": _data, "GetFaceName": _name}
    for name, kind in source._fields_[1:]:
        setattr(source, name, kind(answers[name]) if name in answers else kind())
    return source


def _map(_source: Any, _weight: int, _italic: int, _charset: int, _pitch: int, name: Any, _exact: Any) -> int:
    return 0 if ctypes.string_at(name) in _BUILT_IN else _HANDLE


def _data(_source: Any, _handle: int, part: int, buffer: Any, room: int) -> int:
    return _given(_font(), buffer, room) if part == _WHOLE else 0


def _name(_source: Any, _handle: int, buffer: Any, room: int) -> int:
    """A name of its own, under which pdfium keeps the font apart from the machine's."""
    return _given(_NAME, buffer, room)


def _given(data: bytes, buffer: Any, room: int) -> int:
    if buffer and room >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


@cache
def _font() -> bytes:
    """A TrueType font with the same sign for every character, and under every number of a glyph."""
    glyph = struct.pack(">5h2H", 1, 0, 0, _WIDE, _HIGH, 2, 0) + bytes((0x31, 0x35, 0x33, _WIDE, _HIGH, 0))
    tables = {
        b"cmap": struct.pack(">4HL2H6L", 0, 1, 3, 1, 12, 13, 0, 28, 0, 1, 0, 0x10FFFF, 1),
        b"glyf": glyph * _GLYPHS,
        b"head": struct.pack(
            ">4L2H2Q4h2H3h", 1 << 16, 0, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 0, _DESCENT, _EM, _ASCENT, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">L3hH11hH", 1 << 16, _ASCENT, _DESCENT, 0, _ADVANCE, *[0] * 11, 1),
        b"hmtx": struct.pack(">Hh", _ADVANCE, 0) + bytes(2 * (_GLYPHS - 1)),
        b"loca": b"".join(map(struct.Struct(">L").pack, range(0, len(glyph) * (_GLYPHS + 1), len(glyph)))),
        b"maxp": struct.pack(">L14H", 1 << 16, _GLYPHS, 3, 1, *[0] * 11),
    }
    return _joined(tables)


def _joined(tables: dict[bytes, bytes]) -> bytes:
    """The tables of a font behind the list of where they are."""
    head = struct.pack(">L4H", 1 << 16, len(tables), 0, 0, 0)
    offset = len(head) + 16 * len(tables)
    body = b""
    for tag, data in tables.items():
        head += struct.pack(">4s3L", tag, 0, offset + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return head + body
