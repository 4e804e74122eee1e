"""A long line of one repeated sign took time by the square of its length, in numbers as in stops and hedges."""

from __future__ import annotations

from time import process_time

import pytest

from reportcheck.quantities import find_quantities
from reportcheck.text import sentences

LENGTH = 32_000

# A quarter of a second each at most; by the square, the quickest of those that were slow took more than five.
BOUND = 2.5

SIGNS = [
    *"九一十百万亿点零两成角分元约余几多年月日号第至和9102.,，、-—~/%（[“：=×¥△负aAv@E",
    " ",
    "\n",
    "\t",
    "\u3000",
    "\u200b",
    "百分之",
    "分之",
    "两三",
    "1,",
    "111,",
    "1.",
    "1.1.",
    "1万",
    "1元",
    "1 ",
    "-1",
    "1、",
    "（1",
    "2010",
    "2080101",
    "十四五",
    "五元六角",
    "三至",
    "http://",
    "a@",
    "电话1",
    "编码",
    "附件1",
    "九 ",
    "1，000，",
]


@pytest.mark.parametrize("sign", SIGNS, ids=[ascii(sign) for sign in SIGNS])
def test_a_line_of_one_sign_takes_time_by_its_length(sign: str) -> None:
    line = (sign * LENGTH)[:LENGTH]
    find_quantities(sign, "p1")
    start = process_time()
    find_quantities(line, "p1")
    sentences(line)
    assert process_time() - start < BOUND


def test_a_figure_behind_a_long_row_of_signs_is_read() -> None:
    line = "九" * 200 + "，支出" + "7" * 60 + "元，结余3万元"
    assert [figure.text for figure in find_quantities(line, "p1")] == ["3万元"]
