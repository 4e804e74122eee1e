"""Draws docs/images/*, the pictures of the terminal and of a page, from real runs on the samples.

python docs/make_pictures.py
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from xml.sax.saxutils import escape

from rich.ansi import AnsiDecoder
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style

from reportcheck.checker import Settings
from reportcheck.model import Failure, Report
from reportcheck.render import html
from reportcheck.render.terminal import closing, failures, summary
from reportcheck.render.terminal_pen import Pen
from reportcheck.render.terminal_report import print_report
from reportcheck.result import Result
from reportcheck.run import check_one, plan

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
COLUMNS = 96
REPORT = "samples/reports/project-old-communities-2021.txt"
FOLDER = "samples/reports"

CELL, LINE, PADDING, TITLE = 9, 22, 18, 34
BACKGROUND, FOREGROUND, MUTED = "#20242b", "#d6dae0", "#8b93a1"
COLOURS = {1: "#ff7b72", 2: "#7ee787", 3: "#e3b341", 6: "#79c0ff"}
FONTS = "'Noto Sans Mono CJK SC','Sarasa Mono SC','Source Han Mono SC',Menlo,Consolas,'Microsoft YaHei',monospace"

# A word of characters of one width: each is put at its own column, so that any font keeps the columns.
WORD = re.compile(r"[\x21-\x7e]+|[\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\uff01-\uff60]+|─+|\S")


def main() -> None:
    """Draws all pictures; the same samples give the same bytes."""
    os.chdir(ROOT)
    IMAGES.mkdir(exist_ok=True)
    draw_report()
    draw_summary()
    draw_page()


def draw_report() -> None:
    """One report with its findings."""
    report = check_one(Path(REPORT), Settings())
    if isinstance(report, Failure):
        raise SystemExit(report.message)
    console = recorder()
    pen = Pen(console, "zh")
    print_report(pen, report)
    closing(pen, Result([report]))
    save(console, f"reportcheck check {REPORT}", "check")


def draw_page() -> None:
    """The page of the same report in a browser of the Chromium family, with the fonts of the machine."""
    from playwright.sync_api import sync_playwright

    browser = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome", "msedge"))), None)
    report = check_one(Path(REPORT), Settings())
    if browser is None or isinstance(report, Failure):
        raise SystemExit("no browser, or no report")
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "page.html"
        path.write_bytes(html.draw(Result([report])))
        shown = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = shown.new_page(viewport={"width": 1180, "height": 720})
        page.goto(f"{path.as_uri()}#finding-2")
        page.wait_for_timeout(1500)
        page.screenshot(path=IMAGES / "page.png")
        shown.close()


def draw_summary() -> None:
    """The end of a run over a folder."""
    results = [check_one(path, Settings()) for path in plan([Path(FOLDER)]).files]
    reports = [result for result in results if isinstance(result, Report)]
    failed = [result for result in results if isinstance(result, Failure)]
    console = recorder()
    pen = Pen(console, "zh")
    summary(pen, reports)
    if failed:
        failures(pen, failed)
    closing(pen, Result(reports, failed))
    save(console, f"reportcheck check {FOLDER}", "summary")


def recorder() -> Console:
    """A console that writes its colours into memory."""
    return Console(width=COLUMNS, height=40, file=StringIO(), force_terminal=True, color_system="standard")


def save(console: Console, title: str, name: str) -> None:
    """Writes what was printed as a picture."""
    printed = cast(StringIO, console.file).getvalue()
    lines = [list(line.render(console)) for line in AnsiDecoder().decode(printed)]
    width, height = COLUMNS * CELL + 2 * PADDING, TITLE + len(lines) * LINE + 2 * PADDING
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f'<g font-family="{FONTS}" font-size="{2 * CELL}" fill="{FOREGROUND}">',
        f'<rect width="{width}" height="{height}" rx="10" fill="{BACKGROUND}"/>',
        f'<text x="{PADDING}" y="{PADDING + 8}" fill="{MUTED}" font-size="15">$ {escape(title)}</text>',
    ]
    for row, segments in enumerate(lines):
        body += drawn(segments, TITLE + PADDING + row * LINE + LINE // 2)
    body += ["</g>", "</svg>"]
    (IMAGES / f"{name}.svg").write_text("\n".join(body) + "\n", encoding="utf-8")


def drawn(segments: Sequence[Segment], y: int) -> Iterator[str]:
    """One line of the terminal, word by word."""
    column = 0
    for segment in segments:
        for word in WORD.finditer(segment.text):
            x = PADDING + (column + cell_len(segment.text[: word.start()])) * CELL
            size = cell_len(word[0]) * CELL
            if word[0][0] == "─":
                yield f'<rect x="{x}" y="{y - 6}" width="{size}" height="1" fill="{MUTED}"/>'
                continue
            attributes = f'x="{x}" y="{y}" textLength="{size}" lengthAdjust="spacingAndGlyphs"{look(segment.style)}'
            yield f"<text {attributes}>{escape(word[0])}</text>"
        column += cell_len(segment.text)


def look(style: Style | None) -> str:
    """Colour and weight as attributes."""
    if style is None:
        return ""
    colour = COLOURS.get(style.color.number or 0, FOREGROUND) if style.color else MUTED if style.dim else ""
    return (f' fill="{colour}"' if colour else "") + (' font-weight="bold"' if style.bold else "")


if __name__ == "__main__":
    main()
