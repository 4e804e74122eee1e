"""An audit that is killed in mid-run and taken up again, and two audits at once on one ledger.

    python benchmarks/resume.py FOLDER WHOLE.sqlite [--share PERCENT] [--workers N]

WHOLE.sqlite is the ledger of an audit of the folder that nothing disturbed; every other ledger must end with the same
rows in all tables but that of the runs. Needs signals: not on Windows.
"""

from __future__ import annotations

import argparse
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CLOCKED = "runs"
_STEP = 0.1


@dataclass(frozen=True, slots=True)
class Killed:
    """How many files of how many had a result when the audit was killed, and how long it took before and after."""

    done: int
    files: int
    before: float
    after: float


def command(folder: Path, ledger: Path, workers: int, engine: str = "") -> list[str]:
    """The audit of a folder."""
    given = ["--ledger", str(ledger), "--workers", str(workers), "--fail-on", "never", "--lang", "zh"]
    return [
        sys.executable,
        "-m",
        "reportcheck",
        "audit",
        str(folder),
        *given,
        *(["--engine", engine] if engine else []),
    ]


def start(arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Starts an audit in a process group of its own, so that it can be killed with its workers."""
    return subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def finished(process: subprocess.Popen[bytes]) -> None:
    """Waits for the end; files that cannot be checked are no reason to stop."""
    if process.wait() not in (0, 1, 2):
        raise SystemExit(f"audit ended with status {process.returncode}")


def killed_and_resumed(folder: Path, ledger: Path, files: int, share: float, workers: int) -> Killed:
    """Kills an audit with all its workers when a share of the files has a result, and runs it again to its end."""
    began = time.perf_counter()
    process = start(command(folder, ledger, workers))
    while process.poll() is None and done(ledger) < share * files:
        time.sleep(_STEP)
    if process.poll() is not None:
        raise SystemExit("the audit ended before it could be killed: take more files")
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    before, count = time.perf_counter() - began, done(ledger)
    began = time.perf_counter()
    finished(start(command(folder, ledger, workers)))
    return Killed(count, files, before, time.perf_counter() - began)


def at_once(folder: Path, ledger: Path, workers: int) -> float:
    """Seconds that two audits take which are started together on one ledger."""
    began = time.perf_counter()
    for process in [start(command(folder, ledger, workers)) for _ in range(2)]:
        finished(process)
    return time.perf_counter() - began


def done(ledger: Path) -> int:
    """How many files have a result."""
    if not ledger.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=10) as connection:
            return int(connection.execute("select count(*) from files").fetchone()[0])
    except sqlite3.OperationalError:  # not yet made
        return 0


def differing(one: Path, other: Path) -> list[str]:
    """The tables whose rows are not the same in two ledgers, with how many rows stand in one alone."""
    with sqlite3.connect(one) as left, sqlite3.connect(other) as right:
        tables = [sorted(_tables(each)) for each in (left, right)]
        if tables[0] != tables[1]:
            return [f"tables: {tables}"]
        found = []
        for table in tables[0]:
            rows = [set(each.execute(f"select * from {table}").fetchall()) for each in (left, right)]
            if rows[0] != rows[1]:
                found.append(f"{table}: {len(rows[0] - rows[1])} and {len(rows[1] - rows[0])} rows")
        return found


def _tables(connection: sqlite3.Connection) -> list[str]:
    names = connection.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    return [name for (name,) in names if name != CLOCKED]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("whole", type=Path)
    parser.add_argument("--share", type=int, default=40)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--at-once", action="store_true", help="two audits at once, too")
    options = parser.parse_args(arguments)
    status = 0
    with tempfile.TemporaryDirectory() as name:
        ledger = Path(name, "killed.sqlite")
        killed = killed_and_resumed(options.folder, ledger, done(options.whole), options.share / 100, options.workers)
        apart = differing(options.whole, ledger)
        print(f"killed after {killed.done} of {killed.files} files ({killed.before:.0f} s),", end=" ")
        print(f"resumed ({killed.after:.0f} s): {'; '.join(apart) or 'the same ledger'}")
        status |= bool(apart)
        if options.at_once:
            both = Path(name, "both.sqlite")
            seconds = at_once(options.folder, both, 1)
            apart = differing(options.whole, both)
            print(f"two audits at once ({seconds:.0f} s): {'; '.join(apart) or 'the same ledger'}")
            status |= bool(apart)
    return status


if __name__ == "__main__":
    sys.exit(main())
