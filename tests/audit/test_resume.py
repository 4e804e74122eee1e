"""An audit that is killed in mid-run and taken up again ends with the same ledger, and so do two at once."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from reportcheck.audit.engines import local
from reportcheck.audit.pool import Done, Engine, Limits
from reportcheck.audit.run import check_files, compare_files, compare_submissions, due_comparisons, plan
from reportcheck.audit.store import Ledger
from reportcheck.checker import Settings

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import folders  # noqa: E402
import resume  # noqa: E402

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no process groups there")


def within(function: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Done[Any, Any]]:
    """An engine without processes of its own."""
    return (Done(item, function(item)) for item in items)


def audit(folder: Path, path: Path, engine: Engine) -> Iterator[str]:
    """A whole audit; tells of each result that is in the ledger."""
    with Ledger(path) as ledger:
        course = plan(folder, ledger, Settings(language="zh"))
        yield from (f"file {each.name}" for each in check_files(course, ledger, engine))
        due = due_comparisons(course, ledger)
        yield from (f"comparison {each.scope}" for each in compare_files(due, ledger, engine))
        compare_submissions(course, ledger)


def killed(folder: Path, path: Path, count: int, engine: str) -> int:
    """The status of a process that kills itself, and its workers, when as many results are in the ledger."""
    code = (
        "import os, signal, sys; from pathlib import Path; sys.path[:0] = sys.argv[4:]\n"
        "import test_resume as t\n"
        f"for number, _ in enumerate(t.audit(Path(sys.argv[1]), Path(sys.argv[2]), {engine}), 1):\n"
        "    if number == int(sys.argv[3]): os.killpg(os.getpgid(0), signal.SIGKILL)\n"
    )
    paths = [str(Path(__file__).parent), *sys.path]
    arguments = [sys.executable, "-c", code, str(folder), str(path), str(count), *paths]
    return subprocess.run(arguments, start_new_session=True).returncode


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve files: six alone and one of them for the year before, two folders of two, and an empty one."""
    place = tmp_path_factory.mktemp("handed-in")
    random, units = Random(7), folders.units(8)
    texts = {unit: "\n".join(folders.body(unit, random)) for unit in units}
    for unit in units[:6]:
        (place / f"{unit}2023.txt").write_text(texts[unit])
    for unit in units[6:]:
        (place / unit).mkdir()
        (place / unit / "report.txt").write_text(texts[unit])
        (place / unit / "copy.txt").write_text(texts[unit].replace("培训", "训练"))
    (place / f"{units[0]}2022.txt").write_text(texts[units[0]].replace("2023年", "2022年"))
    (place / "empty.txt").touch()
    return place


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of an audit that nothing disturbed."""
    ledger = tmp_path_factory.mktemp("whole") / "ledger.sqlite"
    told = [each.partition(" ")[0] for each in audit(folder, ledger, within)]
    assert told == ["file"] * 12 + ["comparison"] * 3
    with sqlite3.connect(ledger) as connection:
        assert connection.execute("select count(*) from across").fetchone() != (0,)
    return ledger


@pytest.mark.parametrize(("count", "files", "engine"), [(5, 5, "t.local(t.Limits(workers=1))"), (13, 12, "t.within")])
def test_killed_and_taken_up_again(
    folder: Path, whole: Path, tmp_path: Path, count: int, files: int, engine: str
) -> None:
    ledger = tmp_path / "ledger.sqlite"
    assert killed(folder, ledger, count, engine) == -signal.SIGKILL
    assert resume.done(ledger) == files
    assert resume.differing(whole, ledger) != []
    assert len(list(audit(folder, ledger, within))) == 15 - count
    assert resume.differing(whole, ledger) == []


def test_two_audits_at_once(folder: Path, whole: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.sqlite"
    one, other = (audit(folder, ledger, engine) for engine in (within, local(Limits(workers=1))))
    for _ in zip(one, other, strict=True):  # both wrote a plan before either had a result
        pass
    assert resume.differing(whole, ledger) == []


def test_what_differs_is_told(whole: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.sqlite"
    changed.write_bytes(whole.read_bytes())
    with sqlite3.connect(changed) as connection:
        connection.execute("update files set title = 'other' where name = 'empty.txt'")
    assert resume.differing(whole, changed) == ["files: 1 and 1 rows"]
