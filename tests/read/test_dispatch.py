from __future__ import annotations

import hashlib
import os
import struct
import zipfile
from pathlib import Path

import pytest

from docx_files import cell, docx, paragraph, row, table, unzipped, zipped
from reportcheck.errors import ReadError
from reportcheck.read import SUFFIXES, archive, is_candidate, read
from reportcheck.read.sniff import sniff

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1000
WORD = docx(paragraph("支出60万元"))


def ole2(stream: str) -> bytes:
    return OLE2 + stream.encode("utf-16-le") + b"\x00" * 100


def refused(path: Path) -> tuple[str, dict[str, object]]:
    with pytest.raises(ReadError) as caught:
        read(path)
    return caught.value.code, caught.value.facts


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n\xef\xbb\xbf%PDF-1.4", "pdf"),
        (WORD, "docx"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "xlsx"),
        (zipped({"xl/workbook.bin": b"x"}), "xlsb"),
        (zipped({"ppt/presentation.xml": b"<x/>"}), "pptx"),
        (zipped({"OFD.xml": b"<x/>"}), "ofd"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "odt"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
        (zipped({"a.txt": b"x"}), "zip"),
        (ole2("EncryptedPackage"), "encrypted"),
        (ole2("WordDocument"), "doc"),
        (ole2("Workbook"), "xls"),
        (ole2("Other"), "binary"),
        (b"{\\rtf1\\ansi x}", "rtf"),
        (b"\x89PNG\r\n\x1a\n...", "image"),
        (b"\xff\xd8\xff\xe0..", "image"),
        (b"BM" + struct.pack("<I", 10) + b"....", "image"),
        (b"BMW 5", "text"),
        (b"Rar!\x1a\x07\x00", "rar"),
        (b"\x7fELF\x02", "binary"),
        (b"\xef\xbb\xbf <!-- x -->\n<!DOCTYPE html><html>", "html"),
        (b"<?xml version='1.0'?>\n<html xmlns='x'>", "html"),
        ("<html><body>甲".encode("utf-16"), "html"),
        (b"<TABLE border=1><tr><td>", "html"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "xml"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "xml-spreadsheet"),
        (b"From: <x>\nSubject: y\n z\nMIME-Version: 1.0\nContent-Type: multipart/related", "mht"),
        ("支出<60万元".encode(), "text"),
        (b"<60", "text"),
    ],
)
def test_formats_are_told_from_content(data: bytes, found: str) -> None:
    assert sniff(data) == found


def test_a_file_is_read_with_its_hash(tmp_path: Path) -> None:
    document = read(saved(tmp_path, "报告.docx", WORD))
    assert [block.text for block in document.blocks] == ["支出60万元"]
    assert (document.kind, document.notices) == ("docx", ())
    assert document.sha256 == hashlib.sha256(WORD).hexdigest()
    assert document.path == str(tmp_path / "报告.docx")


@pytest.mark.parametrize(
    ("name", "data", "kind", "suffix"),
    [
        ("报告.doc", WORD, "docx", ".doc"),
        ("报告.PDF", WORD, "docx", ".pdf"),
        ("报告.docx", "支出60万元".encode(), "txt", ".docx"),
    ],
)
def test_a_wrong_suffix_is_told(tmp_path: Path, name: str, data: bytes, kind: str, suffix: str) -> None:
    document = read(saved(tmp_path, name, data))
    assert document.kind == kind
    assert [(notice.code, notice.facts) for notice in document.notices] == [
        ("wrong-suffix", {"suffix": suffix, "found": kind})
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.md", "a"])
def test_right_suffixes_need_no_notice(tmp_path: Path, name: str) -> None:
    assert read(saved(tmp_path, name, "支出60万元".encode())).notices == ()


@pytest.mark.parametrize(
    ("name", "data", "code", "facts"),
    [
        ("a.txt", b"", "empty", {}),
        ("a.txt", b"\xef\xbb\xbf\r\n \x00", "empty", {}),
        ("a.txt", "　\n".encode(), "no-text", {"kind": "txt"}),
        ("a.docx", docx("<w:p/>"), "no-text", {"kind": "docx"}),
        ("a.docx", docx(table(row(cell()))), "no-text", {"kind": "docx"}),
        ("a.docx", ole2("EncryptedPackage"), "encrypted", {}),
        ("a.doc", ole2("WordDocument"), "unsupported", {"found": "doc", "suffix": ".doc"}),
        ("a.wps", ole2("WordDocument"), "unsupported", {"found": "doc", "suffix": ".wps"}),
        ("a.doc", b"{\\rtf1 x}", "unsupported", {"found": "rtf", "suffix": ".doc"}),
        ("a.xlsx", zipped({"xl/workbook.bin": b""}), "unsupported", {"found": "xlsb", "suffix": ".xlsx"}),
    ],
)
def test_refusals_say_why(tmp_path: Path, name: str, data: bytes, code: str, facts: dict[str, object]) -> None:
    assert refused(saved(tmp_path, name, data)) == (code, facts)


@pytest.mark.parametrize("length", [4, 30, 400, len(WORD) - 10])
def test_truncated_files_are_damaged(tmp_path: Path, length: int) -> None:
    assert refused(saved(tmp_path, "a.docx", WORD[:length]))[0] == "damaged"


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    assert refused(tmp_path / "无.docx") == ("not-found", {})
    assert refused(tmp_path) == ("is-folder", {})
    assert refused(Path("\x00"))[0] == "unreadable"
    assert refused(tmp_path / ("长" * 200))[0] == "unreadable"
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(tmp_path / "pipe.txt") == ("unreadable", {"detail": "not a regular file"})


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(self: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", deny)
    assert refused(saved(tmp_path, "a.txt", b"x")) == ("no-permission", {})


def test_large_files_are_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate((200 << 20) + 1)
    assert refused(path) == ("too-large", {"bytes": (200 << 20) + 1, "limit": 200 << 20})


# --- archives ---


def test_a_member_that_blows_up_is_refused(tmp_path: Path) -> None:
    bomb = zipped({**unzipped(WORD), "word/big.xml": b"<x/>" * (1 << 20)})
    assert refused(saved(tmp_path, "a.docx", bomb)) == (
        "archive-bomb",
        {"reason": "ratio", "member": "word/big.xml"},
    )


@pytest.mark.parametrize(
    ("limit", "value", "facts"),
    [
        ("MAX_MEMBERS", 3, {"reason": "members", "member": ""}),
        ("MAX_TOTAL", 1000, {"reason": "size", "member": ""}),
        ("MAX_MEMBER", 100, {"reason": "size", "member": "[Content_Types].xml"}),
    ],
)
def test_limits_of_archives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, facts: dict[str, object]
) -> None:
    monkeypatch.setattr(archive, limit, value)
    assert refused(saved(tmp_path, "a.docx", WORD)) == ("archive-bomb", facts)


def test_members_under_a_password(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.docx", WORD)
    with zipfile.ZipFile(path) as held:
        at = held.start_dir
    data = bytearray(WORD)
    data[at + 8] |= 1
    assert refused(saved(tmp_path, "a.docx", bytes(data))) == ("encrypted", {})


# --- walking folders ---


def test_which_files_of_a_folder_are_reports() -> None:
    names = [
        "a.docx",
        "a.DOC",
        "a.wps",
        "a.pdf",
        "a.htm",
        "a.xlsx",
        "a.ofd",
        "a.md",
        "~$a.docx",
        ".a.txt",
        "a.py",
        "a",
    ]
    assert [name for name in names if is_candidate(Path(name))] == names[:8]


def test_suffixes_are_plain() -> None:
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in SUFFIXES)
