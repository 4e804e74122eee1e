"""Where the words of a plain text stand in its file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcheck.model import Document, Span
from reportcheck.read import read
from reportcheck.read.encodings import Decoded
from reportcheck.read.txt import blocks_of
from reportcheck.render.text_regions import TextRegions, text_regions


def places(text: str) -> list[tuple[str, str | None]]:
    """Each block that holds text, with what stands in the file where it was found."""
    document = Document("-", "txt", *blocks_of(text))
    regions = TextRegions(document, Decoded(text, "utf-8"))
    found = [(block, regions.of(Span(block.id, 0, len(block.text)))) for block in document.blocks if block.text]
    return [(block.text, region and text[region.start : region.end]) for block, region in found]


@pytest.mark.parametrize(
    "text",
    [
        "甲一\n\n  乙二\n",
        "甲\r\n乙\r丙\n丁",
        "甲\f乙\f甲\n甲",
        "| 甲 | 10 | 10 |\n|---|---|---|\n| 乙 | 10 | 10 |\n10",
        "| 甲 | < | 10 |\n| ^ | 1 | 0 |\n| 1 | 10 | 1 |\n",
        "甲\t10\t1\n\t1\t10\n乙\t0\t0\n",
        "│ 1 │ 11 │ 1 │\n│ 11 │ 1 │ 111 │\n",
    ],
)
def test_blocks_are_found_in_order(text: str) -> None:
    found = places(text)
    assert found
    assert [(block, there) for block, there in found if block != there] == []


def test_a_bar_within_a_cell_keeps_its_backslash() -> None:
    assert places("| 甲\\|乙 | 1 |\n| 丙 | 2 |\n")[0] == ("甲|乙", "甲\\|乙")


def test_cells_of_one_text_are_told_apart() -> None:
    text = "| 甲 | 10 | 10 |\n| 乙 | 10 | 10 |\n"
    document = Document("-", "txt", *blocks_of(text))
    regions = TextRegions(document, Decoded(text, "utf-8"))
    found = {block.id: regions.of(Span(block.id, 0, 2)) for block in document.blocks if block.text == "10"}
    assert {name: region and (region.line, region.column) for name, region in found.items()} == {
        **{"t1.r1c2": (1, 7), "t1.r1c3": (1, 12), "t1.r2c2": (2, 7), "t1.r2c3": (2, 12)}
    }


def test_words_over_joined_lines_keep_the_break() -> None:
    lines = ["　　" + "甲" * 30, "乙" * 32, "丙" * 31 + "。"] * 3
    text = "\r\n".join(lines)
    document = Document("-", "txt", *blocks_of(text))
    assert [block.text for block in document.blocks] == ["甲" * 30 + "乙" * 32 + "丙" * 31 + "。"] * 3
    region = TextRegions(document, Decoded(text, "utf-8")).of(Span("p2", 29, 31))
    assert region is not None
    assert (region.text, region.line, region.column, region.end_line, region.end_column) == ("甲\r\n乙", 4, 32, 5, 2)
    assert region.lines == "　　" + "甲" * 30 + "\r\n" + "乙" * 32


@given(st.text(alphabet="甲乙1%|\\^< \t\n\r\f\x00\u3000─+-", max_size=80))
def test_every_block_is_found_with_what_it_says(text: str) -> None:
    for block, there in places(text):
        assert there is not None
        bare = "".join(there.replace("\x00", "").split())
        assert bare.replace("\\", "") == "".join(block.split()).replace("\\", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_offsets_are_characters_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"
    text = "一、经费执行情况\r\n全年安排培训经费60万元，实际支出52.05万元。\r\n"
    file.write_bytes(text.encode(encoding))
    document = read(file)
    regions = text_regions(document)
    assert regions is not None
    region = regions.of(Span("p2", 17, 24))
    assert region is not None
    assert (region.text, region.start, region.line, region.column) == ("52.05万元", 27, 2, 18)
    assert text[region.start : region.end] == "52.05万元"


def test_nothing_is_said_of_a_file_that_has_changed_or_gone(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("全年安排培训经费60万元。", encoding="utf-8")
    document = read(file)
    assert text_regions(document) is not None
    file.write_text("全年安排培训经费70万元。", encoding="utf-8")
    assert text_regions(document) is None
    file.unlink()
    assert text_regions(document) is None
