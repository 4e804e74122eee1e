"""A page may declare any charset; the codecs of Python that no browser knows failed, or made nonsense of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportcheck.model import Notice
from reportcheck.read import read_data
from reportcheck.read.encodings import codec_of

TEXT = "培训经费预算60万元，支出52.05万元，执行率为86.75%。"
GUESSED = (Notice("encoding-guessed", {"encoding": "gb18030"}),)
NO_TEXT = [
    *("undefined", "idna", "punycode", "base64", "hex", "rot13", "utf-7", "unicode_escape", "mbcs", "oem"),
    *("raw_unicode_escape", "zlib", "bz2", "uu", "quopri", "utf-32", "utf-8-sig", "cp037", "no-such", "..", "a" * 999),
]


@pytest.mark.parametrize("charset", NO_TEXT)
@pytest.mark.parametrize(
    ("written", "notices"), [("utf-8", ()), ("gb18030", (Notice("encoding-guessed", {"encoding": "gb18030"}),))]
)
def test_the_page_is_read_by_its_bytes(charset: str, written: str, notices: tuple[Notice, ...]) -> None:
    page = f"<html><head><meta charset={charset}></head><body><p>{TEXT}</p></body></html>"
    document = read_data(Path("a.html"), page.encode(written))
    assert [block.text for block in document.blocks] == [TEXT]
    assert document.notices == notices


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        *[(name, "gb18030") for name in ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "csgb2312")],
        *[("utf-8", "utf-8"), ("utf8", "utf-8"), ("utf-16", "utf-8"), ("utf-16be", "utf-8")],
        *[("big5", "big5hkscs"), ("big5-hkscs", "big5hkscs"), ("shift_jis", "cp932"), ("euc-kr", "cp949")],
        *[("iso-8859-1", "cp1252"), ("latin1", "cp1252"), ("us-ascii", "cp1252"), ("windows-1252", "cp1252")],
        *[("iso-8859-15", "iso8859-15"), ("koi8-r", "koi8-r"), ("macintosh", "mac-roman"), ("ibm866", "cp866")],
        *[(name, None) for name in NO_TEXT],
    ],
)
def test_the_codec_of_a_charset(charset: str, codec: str | None) -> None:
    assert codec_of(charset) == codec


def test_a_page_that_says_it_is_utf_16_is_read_as_utf_8() -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=UTF-16"><p>{TEXT}</p>'
    document = read_data(Path("a.html"), page.encode())
    assert [block.text for block in document.blocks] == [TEXT]
