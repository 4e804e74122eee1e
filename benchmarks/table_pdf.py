"""A PDF full of ruled tables, made for measuring: one table of figures a page, each with its name and unit.

python benchmarks/table_pdf.py FILE PAGES
"""

from __future__ import annotations

import sys
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

ROWS = 30
_FONT = "STSong-Light"
_XS = (60, 110, 270, 340, 410, 480, 540)
_HIGH = 22
_HEAD = ("编码", "科目", "年初预算", "全年预算", "决算数", "执行率")


def make(path: Path, pages: int) -> None:
    """Writes the file; the same number of pages gives the same bytes."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for number in range(1, pages + 1):
        _page(canvas, number)
        canvas.showPage()
    canvas.save()


def _page(canvas: Canvas, number: int) -> None:
    top = A4[1] - 100
    canvas.setFont(_FONT, 14)
    canvas.drawCentredString(A4[0] / 2, top + 40, f"表{number} 第{number}个单位支出决算表")
    canvas.setFont(_FONT, 10)
    canvas.drawRightString(_XS[-1], top + 12, "单位：万元")
    for row in range(ROWS + 1):
        low = top - (row + 1) * _HIGH
        for place, text in enumerate(_texts(number, row)):
            canvas.rect(_XS[place], low, _XS[place + 1] - _XS[place], _HIGH)
            if row == 0 or place < 2:
                canvas.drawString(_XS[place] + 4, low + 7, text)
            else:
                canvas.drawRightString(_XS[place + 1] - 4, low + 7, text)


def _texts(number: int, row: int) -> tuple[str, ...]:
    if row == 0:
        return _HEAD
    budget = 100_000 + 7919 * number + 104_729 * row % 900_000
    actual = budget - 31 * row
    words = (f"{20100 + row}", f"第{row}项支出", f"{budget / 100:,.2f}", f"{budget / 100:,.2f}", f"{actual / 100:,.2f}")
    return (*words, f"{100 * actual / budget:.2f}%")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
