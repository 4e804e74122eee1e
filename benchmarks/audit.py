"""How fast a folder is audited, beside a plain loop that only extracts text and tables, and what that takes.

    python benchmarks/corpus.py FOLDER --reports 1000 --broken 20
    python benchmarks/audit.py FOLDER [--subset N] [--runs N] [--ledger FILE] [--dask] [--write docs/scale.md]

The whole folder is audited once with two workers (or a finished ledger is taken); ratios are measured on a subset of
its submissions, each measure in turn, on the same files. Memory is read from /proc: Linux only. No test depends on it.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from marked import renew, table
from resume import command, start

_STEP = 0.1
_ENDINGS = (".docx", ".pdf", ".xlsx", ".txt")


@dataclass(frozen=True, slots=True)
class Audited:
    """Seconds that an audit took, those that the cores worked for it, and the most memory of its main process and of
    any worker, in MiB."""

    seconds: float
    cores: float
    main: float
    worker: float


def audited(folder: Path, ledger: Path, workers: int, engine: str = "", others: Sequence[int] = ()) -> Audited:
    """Audits a folder in a process of its own; ``others`` are processes whose children are workers, too."""
    began, worked = time.perf_counter(), _worked()
    process = start(command(folder, ledger, workers, engine))
    main = worker = 0.0
    while process.poll() is None:
        main = max(main, _peak(process.pid))
        for parent in (process.pid, *others):
            worker = max([worker, *(_peak(child) for child in _workers(parent))])
        time.sleep(_STEP)
    seconds = time.perf_counter() - began
    if process.returncode not in (0, 1, 2):
        raise SystemExit(f"audit ended with status {process.returncode}")
    return Audited(seconds, _worked() - worked, main, worker)


def _worked() -> float:
    """Seconds that cores worked for processes that have ended, and theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _peak(process: int) -> float:
    """The most memory that a process held, in MiB."""
    with suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


def _workers(process: int) -> list[int]:
    """The processes that a process has spawned for tasks."""
    with suppress(OSError):
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        return [int(child) for child in children if _is_worker(child)]
    return []


def _is_worker(process: str) -> bool:
    with suppress(OSError):
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


# --- the yardstick ----------------------------------------------------------------------------


def plain_loop(folder: Path) -> int:
    """Extracts the text and the tables of all files, the largest first, as a script would; gives the count of files
    that could be read."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return sum(_extracted(path) for path in sorted(found, key=lambda path: (-path.stat().st_size, str(path))))


def _extracted(path: Path) -> int:
    if path.suffix != ".zip":
        return _extract(path.suffix, path.read_bytes())
    try:
        with zipfile.ZipFile(path) as file:
            members = [entry for entry in file.infolist() if entry.filename.endswith(_ENDINGS)]
            return sum(_extract(Path(entry.filename).suffix, file.read(entry)) for entry in members)
    except zipfile.BadZipFile:
        return 0


def _extract(suffix: str, data: bytes) -> int:
    try:
        match suffix:
            case ".pdf":
                _extract_pdf(data)
            case ".docx":
                _extract_word(data)
            case ".xlsx":
                _extract_workbook(data)
            case _:
                data.decode("utf-8")
    except Exception:
        return 0
    return 1


def _extract_pdf(data: bytes) -> None:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()


def _extract_word(data: bytes) -> None:
    import docx

    document = docx.Document(io.BytesIO(data))
    for paragraph in document.paragraphs:
        _ = paragraph.text
    for one in document.tables:
        for row in one.rows:
            _ = [cell.text for cell in row.cells]


def _extract_workbook(data: bytes) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            _ = [str(value) for value in row]


def looped(folder: Path) -> tuple[Audited, int]:
    """What the plain loop takes as a process of its own, and how many files it could read."""
    began, worked = time.perf_counter(), _worked()
    told = subprocess.run([sys.executable, __file__, "--plain", str(folder)], check=True, capture_output=True)
    return Audited(time.perf_counter() - began, _worked() - worked, 0, 0), int(told.stdout.split()[-1])


# --- what is measured -------------------------------------------------------------------------


def subset(folder: Path, count: int, target: Path) -> Path:
    """Copies as many submissions, spread evenly over all, to a folder of their own."""
    found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    target.mkdir()
    for path in found[:: max(1, len(found) // count)][:count]:
        if path.is_dir():
            shutil.copytree(path, target / path.name)
        else:
            shutil.copy(path, target / path.name)
    return target


def side_by_side(folder: Path, runs: int) -> str:
    """The plain loop, and audits with one and two workers, in turn on the same files."""
    names = ("plain loop of extraction", "audit, 1 worker", "audit, 2 workers")
    measured: dict[str, list[Audited]] = {name: [] for name in names}
    files = 0
    for _ in range(runs):
        took, files = looped(folder)
        measured[names[0]].append(took)
        for workers in (1, 2):
            with tempfile.TemporaryDirectory() as place:
                measured[names[workers]].append(audited(folder, Path(place, "ledger.sqlite"), workers))
    unit = median(one.seconds for one in measured[names[0]])
    heads = [f"{files} readable files", "median", "ratio", "files a minute", "core seconds a file", "worker at most"]
    return table(heads, [_row(name, own, unit, files) for name, own in measured.items()])


def _row(name: str, own: Sequence[Audited], unit: float, files: int) -> list[str]:
    took, cores = median(one.seconds for one in own), median(one.cores for one in own)
    memory = max(one.worker for one in own)
    shown = f"{memory:.0f} MiB" if memory else ""
    return [name, f"{took:.1f} s", f"{took / unit:.2f}", f"{60 * files / took:.0f}", f"{cores / files:.2f}", shown]


def ledger_size(ledger: Path) -> str:
    """What the ledger takes on the disk."""
    with sqlite3.connect(ledger) as connection:
        run = connection.execute
        run("pragma wal_checkpoint(truncate)")
        files, details, passages = run(
            "select count(*), sum(length(details)), sum(length(passages)) from files"
        ).fetchone()
        findings = run("select count(*) from findings").fetchone()[0]
        across = run("select count(*) from across").fetchone()[0]
    size = ledger.stat().st_size
    rows = [
        ["whole ledger", f"{size / 1e6:.1f} MB", f"{size / files / 1e3:.1f} kB"],
        ["reports whole (compressed JSON)", f"{details / 1e6:.1f} MB", f"{details / files / 1e3:.1f} kB"],
        ["passages for comparing", f"{passages / 1e6:.1f} MB", f"{passages / files / 1e3:.1f} kB"],
    ]
    heads = [f"{files} files, {findings} findings, {across} across files", "size", "a file"]
    return table(heads, rows)


def comparing(folder: Path, ledger: Path, workers: int) -> str:
    """The comparisons of a finished audit, made once more."""
    from reportcheck.audit.engines import local
    from reportcheck.audit.pool import Limits
    from reportcheck.audit.run import compare_files, compare_submissions, due_comparisons, plan
    from reportcheck.audit.store import Ledger
    from reportcheck.checker import Settings

    with tempfile.TemporaryDirectory() as place:
        copy = Path(place, "ledger.sqlite")
        shutil.copy(ledger, copy)
        with sqlite3.connect(copy) as connection:
            connection.execute("delete from comparisons")
        with Ledger(copy) as opened:
            times = [time.perf_counter()]
            course = plan(folder, opened, Settings(language="zh"))
            times.append(time.perf_counter())
            due = due_comparisons(course, opened)
            count = len(list(compare_files(due, opened, local(Limits(workers=workers)))))
            times.append(time.perf_counter())
            found = compare_submissions(course, opened)
            times.append(time.perf_counter())
    spent = [after - before for before, after in pairwise(times)]
    rows = [
        [f"looking into {len(course.tasks)} files, {len(course.due)} of them due", f"{spent[0]:.1f} s"],
        [f"{count} comparisons of files and of years, {workers} workers", f"{spent[1]:.1f} s"],
        [f"the folder as a whole, one process ({len(found.findings)} findings)", f"{spent[2]:.1f} s"],
    ]
    return table(["step", "time"], rows)


def judged(ledger: Path, told: Path) -> str:
    """What was planted and found, by rule; what was found and not planted; what could not be read."""
    known = json.loads(told.read_text(encoding="utf-8"))
    due = Counter((one["rule"], frozenset(one["submissions"])) for one in known["planted"])
    with sqlite3.connect(ledger) as connection:
        rows = connection.execute("select rule, submissions from across").fetchall()
        failed = {name for (name,) in connection.execute("select distinct submission from files where code != ''")}
        failed |= {name for (name,) in connection.execute("select scope from comparisons where code != ''")}
    found = Counter((rule, frozenset(json.loads(submissions))) for rule, submissions in rows)
    rules = sorted({rule for rule, _ in due} | {rule for rule, _ in found})
    shown = []
    for rule in rules:
        planted = {key for key in due if key[0] == rule}
        met = {key for key in found if key[0] == rule}
        shown.append([rule, f"{len(planted)}", f"{len(planted & met)}", f"{sum(found[key] for key in met - planted)}"])
    broken = {one["name"] for one in known["broken"]}
    shown.append(["files that cannot be read", f"{len(broken)}", f"{len(broken & failed)}", f"{len(failed - broken)}"])
    return table(["", "planted", "found", "others told"], shown)


@contextmanager
def dask(workers: int) -> Iterator[tuple[str, list[int]]]:
    """A scheduler on loopback with workers: its address, and the processes of the workers."""
    processes: list[subprocess.Popen[str]] = []

    def begin(arguments: list[str], told: str) -> str:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--no-dashboard"], stderr=subprocess.PIPE, text=True
        )
        processes.append(process)
        for line in process.stderr or ():
            if match := re.search(told, line):
                return match[1]
        raise SystemExit(f"did not start: {arguments}")

    try:
        address = begin(["scheduler", "--host", "127.0.0.1", "--port", "0"], r"Scheduler at:\s*(tcp://\S+)")
        for _ in range(workers):
            begin(
                ["worker", address, "--no-nanny", "--nthreads", "1", "--host", "127.0.0.1"],
                r"Registered to:\s*(tcp://\S+)",
            )
        yield address, [process.pid for process in processes[1:]]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def engines(folder: Path, runs: int) -> str:
    """Two workers of the local pool beside two workers of Dask on this machine, in turn on the same files."""
    seconds: dict[str, list[float]] = {"local pool, 2 workers": [], "Dask, 2 workers on loopback": []}
    pool, cluster = seconds
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as place:
            seconds[pool].append(audited(folder, Path(place, "pool.sqlite"), 2).seconds)
            with dask(2) as (address, workers):
                one = audited(folder, Path(place, "dask.sqlite"), 2, address, workers)
            seconds[cluster].append(one.seconds)
    unit = median(seconds[pool])
    return table(
        ["engine", "median", "ratio"],
        [[name, f"{median(took):.1f} s", f"{median(took) / unit:.2f}"] for name, took in seconds.items()],
    )


# Reports a year, and the cores that suit them.
PLACES = (("county", 100, 1), ("province", 10_000, 8), ("country", 1_000_000, 64))
FILES_OF_REPORT = 1.4
PRICE = 0.05


def reckoning(cores: float, ledger: float, memory: float) -> str:
    """What places of some size need in a year, by core seconds and bytes of the ledger for a file, and the memory of a
    worker in MiB; with a core hour at a ``PRICE``."""
    rows = []
    for name, reports, workers in PLACES:
        files = reports * FILES_OF_REPORT
        hours = files * cores / 3600
        clock = 60 * hours / workers
        rows.append(
            [
                f"{name}, {reports:,} reports",
                f"{files:,.0f}",
                f"{hours:,.2f}" if hours < 1 else f"{hours:,.0f}",
                f"{workers}",
                f"{clock:.0f} min" if clock < 100 else f"{clock / 60:.1f} h",
                f"{workers * memory / 1024:.1f} GiB",
                f"{files * ledger / 1e9:,.3f} GB" if files < 1e6 else f"{files * ledger / 1e9:,.0f} GB",
                f"{hours * PRICE:,.2f} USD",
            ]
        )
    heads = ["", "files", "core hours", "workers", "time", "memory", "ledgers", "at 0.05 USD a core hour"]
    return table(heads, rows)


def measure(folder: Path, ledger: Path, count: int, runs: int, with_dask: bool) -> Iterator[tuple[str, str]]:
    """All tables by the name of the place where they stand in docs/scale.md."""
    load = os.getloadavg()[0]
    yield (
        "conditions",
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}; "
        f"load {load:.1f} at the start; medians of {runs} rounds in turn.",
    )
    if not ledger.exists():
        whole = audited(folder, ledger, 2)
        with sqlite3.connect(ledger) as connection:
            files = connection.execute("select count(*) from files").fetchone()[0]
        again = audited(folder, ledger, 2)
        rows = [
            ["seconds", f"{whole.seconds:.0f}"],
            ["files a minute", f"{60 * files / whole.seconds:.0f}"],
            ["core seconds a file", f"{whole.cores / files:.2f}"],
            ["a worker's memory at most", f"{whole.worker:.0f} MiB"],
            ["the main process's memory at most", f"{whole.main:.0f} MiB"],
            ["the same audit again, nothing to do", f"{again.seconds:.1f} s"],
        ]
        yield "whole", table([f"{files} files, 2 workers", ""], rows)
    yield "judged", judged(ledger, folder.with_name(folder.name + ".planted.json"))
    yield "ledger", ledger_size(ledger)
    yield "comparing", comparing(folder, ledger, 2)
    with tempfile.TemporaryDirectory() as place:
        some = subset(folder, count, Path(place, "some"))
        yield "ratios", side_by_side(some, runs)
        if with_dask:
            yield "engines", engines(some, runs)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plain", action="store_true", help="the yardstick alone")
    parser.add_argument("--ledger", type=Path, help="the ledger to be made, or a finished one")
    parser.add_argument("--subset", type=int, default=60)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="renew the tables between the marks of a page")
    options = parser.parse_args(arguments)
    if options.plain:
        print(plain_loop(options.folder))
        return 0
    ledger = options.ledger or options.folder.with_name(options.folder.name + ".sqlite")
    shown = {}
    for name, text in measure(options.folder, ledger, options.subset, options.runs, options.dask):
        shown[name] = text
        print(f"{name}\n\n{text}\n", flush=True)
    if options.write:
        renew(options.write, shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
