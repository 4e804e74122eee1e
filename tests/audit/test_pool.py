"""Workers that crash, hang, or eat memory cost their task alone."""

from __future__ import annotations

import multiprocessing
import sys

import pytest
from misbehaving import Refusing, work

from reportcheck.audit.pool import Done, Limits, each

LIMITS = Limits(seconds=2, megabytes=1024, workers=2)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="no signals and no limit of memory there")


def outcomes(*tasks: str) -> dict[str, tuple[str | None, str, tuple[tuple[str, object], ...]]]:
    done = list(each(work, tasks, LIMITS))
    assert len(done) == len(tasks)
    assert multiprocessing.active_children() == []
    return {one.item: (one.value, one.lost, one.facts) for one in done}


@POSIX
def test_each_task_has_its_own_fate() -> None:
    fine = [f"fine {number}" for number in range(12)]
    tasks = [*fine[:4], "abort", "exit 3", *fine[4:8], "kill", "raise oh", "hang", "eat 4096", *fine[8:]]
    found = outcomes(*tasks)
    assert {task: found[task] for task in fine} == {task: (task, "", ()) for task in fine}
    assert {task: found[task] for task in tasks if task not in fine} == {
        "abort": (None, "crashed", (("detail", "SIGABRT"),)),
        "exit 3": (None, "crashed", (("detail", "exit 3"),)),
        "kill": (None, "crashed", (("detail", "SIGKILL"),)),
        "raise oh": (None, "raised", (("detail", "ValueError: oh"),)),
        "hang": (None, "timed-out", (("seconds", "2"),)),
        "eat 4096": (None, "raised", (("detail", "MemoryError: "),)),
    }


def test_no_tasks_need_no_workers() -> None:
    assert list(each(work, [], LIMITS)) == []


def test_more_workers_than_tasks() -> None:
    assert list(each(work, ["fine"], Limits(workers=8))) == [Done("fine", "fine")]


def test_a_worker_that_cannot_start_is_told_at_once() -> None:
    with pytest.raises(RuntimeError, match="worker did not start"):
        list(each(Refusing(), ["fine"], LIMITS))
    assert multiprocessing.active_children() == []


def test_ended_early_no_worker_is_left() -> None:
    results = each(work, ["fine", "hang 1", "hang 2", "fine 2"], LIMITS)
    assert next(iter(results)).value == "fine"
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
