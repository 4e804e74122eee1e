"""PDF files made for the tests, with a font that needs no font file."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
LEFT, RIGHT = 80.0, 512.0
SIZE = 16.0


class Sheet:
    """A page being drawn from the top; ``y`` is the next baseline from the page's top."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas
        self.height = A4[1]
        self.y = 100.0

    def at(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y, text)

    def line(self, text: str, indent: float = 0.0, size: float = SIZE) -> None:
        self.at(LEFT + indent * size, self.y, text, size)
        self.y += 28

    def centred(self, text: str, size: float) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawCentredString(A4[0] / 2, self.height - self.y, text)
        self.y += 1.5 * size

    def paragraph(self, text: str) -> None:
        """Wrapped at 27 wide characters, the first line indented by two."""
        indent, room, line = 2, 25.0, ""
        for char in text:
            width = 0.5 if char.isascii() else 1.0
            if width > room:
                self.line(line, indent)
                indent, room, line = 0, 27.0, ""
            room, line = room - width, line + char
        self.line(line, indent)

    def foot(self, text: str) -> None:
        self.canvas.setFont(FONT, 10)
        self.canvas.drawCentredString(A4[0] / 2, 40, text)

    def table(self, rows: Sequence[Sequence[str]], widths: Sequence[float], high: float = 24) -> None:
        """A table with all rulings."""
        top = self.y
        for number, row in enumerate(rows):
            x = LEFT
            for text, width in zip(row, widths, strict=True):
                self.canvas.rect(x, self.height - top - (number + 1) * high, width, high)
                for index, part in enumerate(text.split("\n")):
                    self.at(x + 4, top + number * high + 16 + 11 * index, part, 10)
                x += width
        self.y = top + len(rows) * high + 24


def make(*pages: Callable[[Sheet], None], encrypt: Any = None, rotate: int = 0) -> bytes:
    """A PDF with one page for each function."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, encrypt=encrypt)
    for draw in pages:
        if rotate:
            canvas.setPageRotation(rotate)
            canvas.translate(*{90: (A4[1], 0), 180: A4, 270: (0, A4[0])}[rotate])
            canvas.rotate(rotate)
        draw(Sheet(canvas))
        canvas.showPage()
    canvas.save()
    return out.getvalue()
