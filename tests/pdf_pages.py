"""PDF files of every kind of place that text can have, and what is drawn where, told without the reader."""

from __future__ import annotations

import ctypes
import io
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
from pypdf import PdfWriter, Transformation
from pypdf.generic import NameObject, NullObject, RectangleObject
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption

from pdf_files import LEFT, Sheet, make
from reportcheck.read.pdf_fonts import own_font_only

PROSE = (
    "二〇二三年度本部门收入总计1,245.60万元，比上年增加98.20万元，增长8.56%，主要是项目经费增加。"
    "支出总计1,230.15万元，执行率为98.76%。"
)
HEAD = ["项目", "预算数", "决算数"]
ROWS = [["人员\n经费", "1,000.00", "980.00"], ["公用", "234.50", "220.0"], ["合计", "1,234.50", "1,200"]]
XS = (80.0, 300.0, 400.0)


def _prose(sheet: Sheet) -> None:
    sheet.line("一、部门概况", indent=2)
    sheet.paragraph(PROSE)
    sheet.at(LEFT + 32, sheet.y, "Word file")
    sheet.at(LEFT + 32 + 80, sheet.y, "2024")
    sheet.at(LEFT + 32 + 120, sheet.y, "年度")


def _first(sheet: Sheet) -> None:
    sheet.y = 700
    sheet.paragraph(PROSE)
    sheet.y = 780
    sheet.line("全年共办理水利建设项目三十五个，其中新建二十个，投资1,2", indent=0)
    sheet.foot("1")


def _second(sheet: Sheet) -> None:
    sheet.line("45.60万元。")
    sheet.paragraph(PROSE)
    sheet.foot("2")


def _ruled(sheet: Sheet) -> None:
    sheet.centred("支出情况表", 16)
    sheet.line("单位：万元", indent=22)
    sheet.table([HEAD, *ROWS, ["其他", "", "0"]], [100, 48, 100], 30)
    sheet.table([HEAD, ["折断", "12345678\n9.50", "60\n50"]], [100, 48, 100], 30)


def _put(sheet: Sheet, rows: list[list[str]], pitch: float = 18) -> None:
    for row in rows:
        for x, text in zip(XS, row, strict=False):
            sheet.at(x, sheet.y, text.replace("\n", ""), 10)
        sheet.y += pitch


def _unruled(sheet: Sheet) -> None:
    sheet.centred("表1 支出情况表", 16)
    sheet.at(400, sheet.y, "单位：万元", 10)
    sheet.y += 24
    _put(sheet, [HEAD, *ROWS], 24)
    _put(sheet, [["机关事业单位基本养老"]], 12)
    _put(sheet, [["保险缴费支出", "10", "9"], ["其他", "60", "52.05"]], 24)


def _unfolded(sheet: Sheet) -> None:
    top = sheet.y - 14
    _put(sheet, [HEAD])
    below_head = sheet.y - 12
    _put(sheet, [*ROWS, ["其他", "60", "52.05"]])
    bottom = sheet.y - 4
    sheet.canvas.rect(75, sheet.height - bottom, 430, bottom - top)
    sheet.canvas.line(75, sheet.height - below_head, 505, sheet.height - below_head)
    for x in (230, 390):
        sheet.canvas.line(x, sheet.height - top, x, sheet.height - bottom)


def _upper(sheet: Sheet) -> None:
    sheet.at(LEFT, 40, "某局2023年度部门决算", 9)
    sheet.y = 700
    sheet.table([HEAD, ["机关事业单位基本养老", "446.11", "400"]], [104, 60, 60])
    sheet.foot("1")


def _lower(sheet: Sheet) -> None:
    sheet.at(LEFT, 40, "某局2023年度部门决算", 9)
    sheet.y = 70
    sheet.table([HEAD, ["保险缴费支出", "", ""], ["二、公用", "20", "18"]], [104, 60, 60])
    sheet.foot("2")


def _last(sheet: Sheet) -> None:
    sheet.at(LEFT, 40, "某局2023年度部门决算", 9)
    sheet.paragraph(PROSE)
    sheet.foot("3")


def _turned(degrees: int) -> Callable[[Sheet], None]:
    def page(sheet: Sheet) -> None:
        sheet.canvas.saveState()
        sheet.canvas.translate(*{90: (A4[0], 0), 180: A4, 270: (0, A4[1])}[degrees])
        sheet.canvas.rotate(degrees)
        sheet.height, sheet.y = A4[1] if degrees == 180 else A4[0], 60
        sheet.at(300, sheet.y, "支出情况表", 12)
        sheet.y += 10
        sheet.table([HEAD, *ROWS], [140, 100, 100])
        sheet.canvas.restoreState()
        sheet.height = A4[1]
        sheet.at(LEFT, 30, "上页", 10)
        sheet.at(LEFT, 820, "注：全年支出1,200万元", 10)

    return page


def _private(sheet: Sheet) -> None:
    sheet.line("全年预算12\ue0b05亿元，支出11\ue0b08亿元，完成94\ue0b04%。")


def _bold(sheet: Sheet) -> None:
    sheet.line("收入总计1,245.60万元")
    sheet.y -= 28
    sheet.at(LEFT + 0.3, sheet.y, "收入总计1,245.60万元")
    sheet.y += 28
    sheet.line("支出总计99万元", size=8)


def changed(data: bytes, *, crop: float = 0, move: float = 0, rotate: int = 0, inherit: bool = False) -> bytes:
    """The file with its pages cropped, with the origin of their coordinates moved, turned, or with inherited boxes."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        page.add_transformation(Transformation().translate(move, -move))
        x0, y0, x1, y1 = move, -move, move + A4[0], A4[1] - move
        page.mediabox = RectangleObject((x0, y0, x1, y1))
        page.cropbox = RectangleObject((x0 + crop, y0 + crop / 2, x1 - crop / 2, y1 - crop))
        page.rotate(rotate)
        parent: Any = page["/Parent"]
        for key in ("/MediaBox", "/CropBox", "/Rotate") if inherit else ():
            parent[NameObject(key)] = page.pop(key, NullObject())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@cache
def files() -> dict[str, bytes]:
    """Files by what is special about them."""
    found = {
        "prose": make(_prose),
        "over pages": make(_first, _second),
        "ruled": make(_ruled),
        "unruled": make(_unruled),
        "unfolded": make(_unfolded),
        "stitched": make(_upper, _lower, _last),
        "private": make(_private),
        "bold": make(_bold),
        "owner": make(_ruled, encrypt=StandardEncryption("", ownerPassword="owner", strength=128)),
        "cropped": changed(make(_prose), crop=30),
        "moved": changed(make(_ruled), move=70),
        "inherited": changed(make(_ruled, _prose), inherit=True, crop=20, move=-20),
    }
    for degrees in (90, 180, 270):
        found[f"rotated {degrees}"] = make(_ruled, _prose, rotate=degrees)
        found[f"rotated {degrees} changed"] = changed(make(_ruled), rotate=degrees, move=70, crop=20)
        found[f"rotated {degrees} inherited"] = changed(make(_ruled), rotate=degrees, inherit=True)
        found[f"turned {degrees}"] = make(_turned(degrees))
        found[f"turned {degrees} changed"] = changed(make(_turned(degrees)), rotate=180, move=-30, crop=6)
    return found


@dataclass(frozen=True)
class Drawn:
    """A character with the middle of its ink in the page's own coordinates."""

    text: str
    x: float
    y: float


@cache
def drawn(data: bytes) -> list[list[Drawn]]:
    """All characters of each page as pdfium draws them, from the boxes of their ink, which the reader does not ask.

    Fonts that are not in the file have the reader's ink: the machine's would be another on every machine.
    """
    with own_font_only():
        document = pypdfium2.PdfDocument(data)
        try:
            return [_drawn_on(page) for page in document]
        finally:
            document.close()


def _drawn_on(page: Any) -> list[Drawn]:
    text = page.get_textpage()
    edges = [ctypes.c_double() for _ in range(4)]
    found = []
    for index in range(raw.FPDFText_CountChars(text.raw)):
        char = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if char.isspace() or unicodedata.category(char) == "Cc" or raw.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        raw.FPDFText_GetCharBox(text.raw, index, *map(ctypes.byref, edges))
        left, right, bottom, top = (edge.value for edge in edges)
        meant = "." if unicodedata.category(char) == "Co" else char  # what the reader makes of them in these files
        found.append(Drawn(meant, (left + right) / 2, (bottom + top) / 2))
    return found
