"""What a file really is, told from its bytes: suffixes lie."""

from __future__ import annotations

import re

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"\x7fELF", "binary"),
    (b"SQLite format 3\x00", "binary"),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE2_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_ZIP_FOLDERS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.bin", "xlsb"),
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("OFD.xml", "ofd"),
)
_HEAD = 8192
_PROLOGUE = re.compile(rb"(?:\s|<\?xml[^>]*\?>|<!--.*?-->)*", re.DOTALL)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|span|style|script|center|font|h[1-6]|ul|ol)\b",
    re.IGNORECASE,
)
_XML_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_MHT = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)


def sniff(data: bytes) -> str:
    """The format: ``pdf``, ``docx``, ``xlsx``, ``xls``, ``html``, ``text``, ``encrypted``, or one that is not read.

    Those are ``doc``, ``ppt``, ``pptx``, ``xlsb``, ``xml-spreadsheet``, ``odt``, ``ods``, ``ofd``, ``rtf``, ``mht``,
    ``xml``, ``image``, ``zip``, ``rar``, ``7z``, ``gzip`` and ``binary``. Raises as `open_archive` does.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE2):
        return _in_ole2(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(data)
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if _is_bitmap(data):
        return "image"
    return _in_text(data)


def _in_ole2(data: bytes) -> str:
    """Names of streams stand in the directory as UTF-16."""
    for stream, name in _OLE2_STREAMS:
        if stream.encode("utf-16-le") + b"\x00\x00" in data:
            return name
    return "binary"


def _in_zip(data: bytes) -> str:
    from reportcheck.read.archive import open_archive, read_member

    archive = open_archive(data)
    names = archive.namelist()
    for start, name in _ZIP_FOLDERS:
        if any(member.startswith(start) for member in names):
            return name
    if "mimetype" in names and b"opendocument" in read_member(archive, "mimetype"):
        return "ods" if b"spreadsheet" in read_member(archive, "mimetype") else "odt"
    return "zip"


def _is_bitmap(data: bytes) -> bool:
    """A BMP gives its own length; "BM" alone may begin a text."""
    return data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data)


def _in_text(data: bytes) -> str:
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\x00", b"")
    prologue = _PROLOGUE.match(head)
    body = head[prologue.end() :] if prologue else head
    if _HTML.match(body):
        return "html"
    if head.lstrip().startswith(b"<?xml"):
        return "xml-spreadsheet" if _XML_SPREADSHEET in head else "xml"
    return "mht" if _MHT.match(head.lstrip()) else "text"
