"""How long a check takes, as whole processes beside a yardstick on the same machine, and what it loads.

    python benchmarks/speed.py                              tables in Markdown
    python benchmarks/speed.py --write docs/performance.md  renews the tables of that page
    python benchmarks/speed.py FILE …                       your own files: each text, Word file or workbook beside an
                                                            empty Python, all PDFs in one run beside pdfplumber

Times differ from machine to machine: the ratios say more. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from marked import renew, table
from texts import SAMPLES

COMMAND = str(Path(sysconfig.get_path("scripts"), "reportcheck"))
RUNS = 9
TABLE_RUNS = 3
TABLE_PAGES = 125
TEXT_SIZE = 12_000
HEAVY = (
    "docx", "hypothesis", "jieba", "lxml", "msgspec", "numpy", "pandas", "pdfminer", "pdfplumber", "pypdfium2",
    "rich", "xlrd", "xlsxwriter",
)  # fmt: skip

_PDFPLUMBER = """
import sys, pdfplumber
for path in sys.argv[1:]:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
"""
_PLUMBED_TABLES = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        page.extract_tables()
"""
_READ = """
import sys
import sysconfig
from pathlib import Path
from reportcheck.read import read
read(Path(sys.argv[1]))
"""
_LOADED = """
import json, sys
heavy = sys.argv[1].split(",")
loaded = lambda: sorted(set(heavy) & set(sys.modules))
from reportcheck import check
shown = {"from reportcheck import check": loaded()}
from reportcheck.cli import main
import io, os
sys.stdout = io.TextIOWrapper(open(os.devnull, "wb"))
main(["check", "--format", "json", sys.argv[2]])
shown["check of a text, JSON"] = loaded()
main(["check", sys.argv[2]])
shown["check of a text, on the terminal"] = loaded()
main(["check", "--format", "json", sys.argv[3]])
shown["and of a Word file"] = loaded()
main(["check", "--format", "json", sys.argv[4]])
shown["and of a PDF"] = loaded()
print(json.dumps(shown), file=sys.__stdout__)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds from start to end, and the most memory it held, in MiB."""

    seconds: float
    memory: float


def run(command: Sequence[str]) -> Run:
    """Runs a process to its end, with bytecode kept as users have it; its output is thrown away."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if process.stderr is not None:
        said = process.stderr.read().decode(errors="replace")
        process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command}: status {process.returncode}\n{said}")
    per_mebibyte = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(seconds, usage.ru_maxrss / per_mebibyte)


def interleaved(commands: dict[str, Sequence[str]], runs: int) -> dict[str, Run]:
    """The median of each command's runs, taken in turn so that a busy moment meets all of them."""
    measured: dict[str, list[Run]] = {name: [] for name in commands}
    for command in commands.values():
        run(command)
    for _ in range(runs):
        for name, command in commands.items():
            measured[name].append(run(command))
    return {
        name: Run(median(one.seconds for one in own), median(one.memory for one in own))
        for name, own in measured.items()
    }


def checking(*paths: Path) -> Sequence[str]:
    """The command that checks files in a process of its own."""
    return [COMMAND, "check", *map(str, paths)]


def nearest(suffix: str, size: int) -> Path:
    """The sample report whose size is nearest to one asked for."""
    return min(sorted((SAMPLES / "reports").glob(f"*{suffix}")), key=lambda path: abs(path.stat().st_size - size))


def rows(measured: dict[str, Run], yardstick: str) -> str:
    """A table with each process as a multiple of the yardstick."""
    unit = measured[yardstick].seconds
    body = [
        [name, f"{one.seconds * 1000:.0f} ms", f"{_ratio(one.seconds / unit)}", f"{one.memory:.0f} MiB"]
        for name, one in measured.items()
    ]
    return table(["process", "median", "ratio", "memory"], body)


def _ratio(value: float) -> str:
    """With two digits where less than the yardstick."""
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def loaded(text: Path, word: Path, pdf: Path) -> str:
    """The heavy packages that are loaded after each step of one process."""
    command = [sys.executable, "-c", _LOADED, ",".join(HEAVY), *map(str, (text, word, pdf))]
    shown = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return table(["after", "loaded"], [[step, ", ".join(names) or "none"] for step, names in shown.items()])


def table_heavy(runs: int, pages: int) -> str:
    """Reading a PDF of nothing but tables beside pdfplumber's own extraction, and one of twice the pages."""
    with tempfile.TemporaryDirectory() as folder:
        once, twice = Path(folder, "once.pdf"), Path(folder, "twice.pdf")
        for path, count in ((once, pages), (twice, 2 * pages)):
            run([sys.executable, str(Path(__file__).with_name("table_pdf.py")), str(path), str(count)])
        plumber = f"pdfplumber: extract_tables, {pages} pages"
        commands: dict[str, Sequence[str]] = {
            plumber: [sys.executable, "-c", _PLUMBED_TABLES, str(once)],
            f"reportcheck: all text and tables, {pages} pages": [sys.executable, "-c", _READ, str(once)],
            f"reportcheck: all text and tables, {2 * pages} pages": [sys.executable, "-c", _READ, str(twice)],
        }
        return rows(interleaved(commands, runs), plumber)


def cold(paths: Sequence[Path], runs: int) -> str:
    """Checks of single files beside an empty Python: what it costs to start."""
    nothing = "python -c pass"
    commands: dict[str, Sequence[str]] = {
        nothing: [sys.executable, "-c", "pass"],
        "reportcheck --version": [COMMAND, "--version"],
        **{f"reportcheck check {_named(path)}": checking(path) for path in paths},
    }
    return rows(interleaved(commands, runs), nothing)


def pages(paths: Sequence[Path], runs: int) -> str:
    """The check of PDFs in one run beside pdfplumber's own extraction from them."""
    plumber = "pdfplumber: text and tables of every page"
    shown = _named(paths[0]) if len(paths) == 1 else f"{len(paths)} files"
    commands: dict[str, Sequence[str]] = {
        plumber: [sys.executable, "-c", _PDFPLUMBER, *map(str, paths)],
        f"reportcheck check {shown}": checking(*paths),
    }
    return rows(interleaved(commands, runs), plumber)


def _named(path: Path) -> str:
    return f"{path.name} ({path.stat().st_size / 1000:.1f} kB)"


def of_files(paths: Sequence[Path], runs: int) -> dict[str, str]:
    """The ratios on files of one's own."""
    pdfs = [path for path in paths if path.suffix.lower() == ".pdf"]
    others = [path for path in paths if path not in pdfs]
    return {"conditions": conditions(runs), "cold": cold(others, runs)} | ({"pdf": pages(pdfs, runs)} if pdfs else {})


def conditions(runs: int) -> str:
    """What the figures were measured on, and how."""
    return (
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}; "
        f"medians of {runs} interleaved runs after one to warm the disk."
    )


def measure(runs: int) -> dict[str, str]:
    """All tables, by the name of the place where they stand in docs/performance.md."""
    text = nearest(".txt", TEXT_SIZE)
    word, pdf = text.with_suffix(".docx"), nearest(".pdf", 1 << 30)
    return {
        "conditions": conditions(runs),
        "cold": cold([text, word], runs),
        "pdf": pages([pdf], runs),
        "tables": table_heavy(min(runs, TABLE_RUNS), TABLE_PAGES),
        "loaded": loaded(text, word, pdf),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; exit status 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="measure these instead of the samples")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="renew the tables between the marks of a page")
    options = parser.parse_args(arguments)
    if options.files and options.write:
        parser.error("the tables of a page are measured on the samples")
    shown = of_files(options.files, options.runs) if options.files else measure(options.runs)
    if options.write:
        renew(options.write, shown)
    else:
        for name, text in shown.items():
            print(f"{name}\n\n{text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
