"""The same tasks on a scheduler with two workers on this machine, one of which is killed in mid-run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from misbehaving import work

from reportcheck.audit.engines import cluster
from reportcheck.audit.pool import Limits
from reportcheck.catalog import BUILT_IN
from reportcheck.errors import UsageError

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow

LIMITS = Limits(seconds=3, megabytes=1024)


class Cluster:
    """A scheduler on loopback and its worker processes."""

    def __init__(self, folder: Path) -> None:
        paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
        self._environment = {**os.environ, "PYTHONPATH": paths}
        self._folder = folder
        self.scheduler, started = self._start(
            ["scheduler", "--host", "127.0.0.1", "--port", "0"], r"Scheduler at:\s*(tcp://\S+)"
        )
        self.address = started
        self.workers: list[subprocess.Popen[str]] = []

    def _start(self, arguments: list[str], told: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
            stderr=subprocess.PIPE,
            text=True,
            cwd=self._folder,
            env=self._environment,
        )
        assert process.stderr is not None
        for line in process.stderr:
            if match := re.search(told, line):
                return process, match[1]
        raise AssertionError(f"did not start: {arguments}")

    def add_worker(self) -> None:
        """A worker process with one thread, which may start processes of its own."""
        arguments = ["worker", self.address, "--no-nanny", "--nthreads", "1", "--host", "127.0.0.1"]
        self.workers.append(self._start(arguments, r"Registered to:\s*(tcp://\S+)")[0])

    def stop(self) -> None:
        """Ends all processes."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    running = Cluster(tmp_path_factory.mktemp("cluster"))
    yield running
    running.stop()


def test_a_scheduler_without_workers_is_told(started: Cluster, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cluster-no-workers"), cluster(started.address, tmp_path, LIMITS, BUILT_IN):
        pass


def test_a_worker_that_is_killed_costs_nothing(started: Cluster, tmp_path: Path) -> None:
    started.add_worker()
    started.add_worker()
    tasks = [*(f"fine {number}" for number in range(40)), "abort", "hang", "raise oh"]
    found = {}
    with cluster(started.address, tmp_path, LIMITS, BUILT_IN) as engine:
        for done in engine(work, tasks):
            if len(found) == 5:
                os.kill(started.workers[0].pid, signal.SIGKILL)
            found[done.item] = (done.value, done.lost)
    assert found == {
        **{task: (task, "") for task in tasks if task.startswith("fine")},
        "abort": (None, "crashed"),
        "hang": (None, "timed-out"),
        "raise oh": (None, "raised"),
    }


def test_a_worker_that_does_not_see_the_folder_is_told(started: Cluster, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    with pytest.raises(UsageError, match="cluster-no-folder"), cluster(started.address, gone, LIMITS, BUILT_IN):
        pass


def test_no_scheduler_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportcheck.audit.engines._PATIENCE", 1)
    with (
        pytest.raises(UsageError, match="cluster-unreachable"),
        cluster("tcp://127.0.0.1:9", tmp_path, LIMITS, BUILT_IN),
    ):
        pass
