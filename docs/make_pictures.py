"""Draws docs/images/*.svg, the pictures of the terminal, from real runs on the samples.

    python docs/make_pictures.py
"""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from reportcheck.check import Settings
from reportcheck.model import Failure, Report
from reportcheck.render.terminal import Printer, View
from reportcheck.run import check_one, plan

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
COLUMNS = 96
REPORT = "samples/reports/project-old-communities-2021.txt"
FOLDER = "samples/reports"

# Like rich's own frame, without fonts from the network.
FRAME = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
    font-family: "Sarasa Mono SC", "Noto Sans Mono CJK SC", Consolas, Menlo, monospace;
    font-size: {char_height}px;
    line-height: {line_height}px;
    font-variant-east-asian: full-width;
}}
.{unique_id}-title {{ font-size: 18px; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def main() -> None:
    """Draws all pictures; the same samples give the same bytes."""
    os.chdir(ROOT)
    IMAGES.mkdir(exist_ok=True)
    draw_report()
    draw_summary()


def draw_report() -> None:
    """One report with its findings."""
    report = check_one(Path(REPORT), Settings())
    if isinstance(report, Failure):
        raise SystemExit(report.message)
    console = recorder()
    printer = Printer(console, View())
    printer.report(report)
    printer.closing([report], [])
    save(console, f"reportcheck check {REPORT}", "check")


def draw_summary() -> None:
    """The end of a run over a folder."""
    results = [check_one(path, Settings()) for path in plan([Path(FOLDER)]).files]
    reports = [result for result in results if isinstance(result, Report)]
    failures = [result for result in results if isinstance(result, Failure)]
    console = recorder()
    printer = Printer(console, View())
    printer.summary(reports)
    if failures:
        printer.failures(failures)
    printer.closing(reports, failures)
    save(console, f"reportcheck check {FOLDER}", "summary")


def recorder() -> Console:
    """A console that remembers what was printed."""
    return Console(
        record=True, width=COLUMNS, height=40, file=StringIO(), force_terminal=True, color_system="truecolor"
    )


def save(console: Console, title: str, name: str) -> None:
    """Writes what was printed as a picture."""
    svg = console.export_svg(title=title, theme=MONOKAI, code_format=FRAME, unique_id=f"reportcheck-{name}")
    lines = (line.rstrip() for line in svg.splitlines())
    (IMAGES / f"{name}.svg").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
