"""Files that cannot be read, one maker for each way in which a file is broken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

ZIP_DATE = (2025, 1, 1, 0, 0, 0)
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452")
_ZEROS = 64 << 20


def archive(members: dict[str, bytes], gbk: bool = False) -> bytes:
    """A ZIP; with ``gbk`` its names are written as Windows in China writes them, without telling the encoding."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(_GbkInfo(name) if gbk else zipfile.ZipInfo(name, ZIP_DATE), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class _GbkInfo(zipfile.ZipInfo):
    """The entry of an archive whose name is in GBK."""

    def __init__(self, filename: str) -> None:
        super().__init__(filename, ZIP_DATE)

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 (zipfile's name)
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def _encrypted_pdf(_: bytes, pdf: bytes) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _scan(_: bytes, __: bytes) -> bytes:
    """Three pages, each a grey picture."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    picture = ImageReader(io.BytesIO(b"P5 120 160 255\n" + bytes(range(120)) * 160))
    for _page in range(3):
        canvas.drawImage(picture, 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _bomb(_: bytes, __: bytes) -> bytes:
    return archive({"report.txt": bytes(_ZEROS)})


def _word_bomb(docx: bytes, _: bytes) -> bytes:
    stream = io.BytesIO(docx)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("word/media/image1.bmp", ZIP_DATE), bytes(_ZEROS), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


Maker = Callable[[bytes, bytes], bytes]
"""Gives a broken file for a sound Word file and a sound PDF."""

MAKERS: dict[str, tuple[str, Maker]] = {
    "docx-truncated": (".docx", lambda docx, _: docx[: len(docx) // 2]),
    "pdf-truncated": (".pdf", lambda _, pdf: pdf[:600]),
    "empty": (".docx", lambda _, __: b""),
    "pdf-encrypted": (".pdf", _encrypted_pdf),
    "word-encrypted": (".docx", lambda _, __: OLE2 + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)),
    "scan": (".pdf", _scan),
    "zip-bomb": (".zip", _bomb),
    "word-bomb": (".docx", _word_bomb),
    "picture-as-pdf": (".pdf", lambda _, __: PNG + bytes(range(256)) * 8),
    "zip-truncated": (".zip", lambda docx, _: archive({"report.docx": docx})[:-200]),
    "zip-in-zip": (".zip", lambda docx, _: archive({"inner.zip": archive({"report.docx": docx})})),
    "noise-as-workbook": (".xlsx", lambda docx, _: bytes((7 * n * n + n // 3) % 251 for n in range(6000))),
    "old-word": (".doc", lambda _, __: OLE2 + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(512)),
}
"""How a file is broken, with its suffix."""
