"""Worker processes on this machine. A task that crashes, hangs or eats memory costs that task alone.

The standard pool of processes breaks as a whole with the first worker that dies, and knows no deadline for a task;
here each worker has a pipe of its own, is ended at its deadline, and is replaced.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from msgspec import Struct

Item = TypeVar("Item")
Value = TypeVar("Value")

_MEGABYTE = 1 << 20
_LONGEST_START = 120.0


class Limits(Struct, frozen=True):
    """How long one task may take, how many megabytes of address space a worker may use (where the system has such a
    limit: not on Windows), and how many workers there are."""

    seconds: float = 120.0
    megabytes: int = 4096
    workers: int = max(1, os.cpu_count() or 1)


class Done(Struct, Generic[Item, Value], frozen=True):
    """A task with its value, or with the reason why there is none: ``timed-out`` (``seconds``), ``crashed``
    (``detail``: exit status or signal), ``raised`` (``detail``)."""

    item: Item
    value: Value | None = None
    lost: str = ""
    facts: tuple[tuple[str, object], ...] = ()


Engine = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Done[Any, Any]]]
"""Gives the value of a function for each item, in any order: by processes of this machine, or by other machines."""


def each(function: Callable[[Item], Value], items: Iterable[Item], limits: Limits) -> Iterator[Done[Item, Value]]:
    """The value of a function for each item, as they are done. ``function`` must be found by its name in its module.
    Ended early, as by Ctrl-C, all workers are ended, too."""
    waiting = deque(items)
    workers = [_Worker(function, limits) for _ in range(min(limits.workers, len(waiting)))]
    try:
        while waiting or any(worker.busy for worker in workers):
            for worker in workers:
                if waiting and worker.ready and not worker.busy:
                    worker.give(waiting.popleft())
            for worker in _heard_or_due(workers):
                done = worker.collect()
                if done is not None:
                    yield done
                if worker.gone:
                    worker.replace()
    finally:
        for worker in workers:
            worker.end()


class Guard:
    """One worker for one task at a time, for whoever hands out the tasks otherwise."""

    def __init__(self, function: Callable[..., Any], limits: Limits) -> None:
        self._worker = _Worker(function, limits)

    def do(self, item: Any) -> Done[Any, Any]:
        """The value for an item, or why there is none; the worker is replaced where it was lost."""
        worker = self._worker
        while True:
            if worker.ready and not worker.busy:
                worker.give(item)
            wait([worker.pipe, worker.process.sentinel], max(0.0, worker.deadline - time.monotonic()))
            done = worker.collect()
            if worker.gone:
                worker.replace()
            if done is not None:
                return done

    def end(self) -> None:
        """Ends the worker."""
        self._worker.end()


def _heard_or_due(workers: list[_Worker]) -> list[_Worker]:
    """The workers that said something, died, or are past their deadline."""
    by_handle: dict[Any, _Worker] = {}
    for worker in workers:
        by_handle[worker.pipe] = worker
        by_handle[worker.process.sentinel] = worker
    now = time.monotonic()
    heard = wait(list(by_handle), max(0.0, min(worker.deadline for worker in workers) - now))
    now = time.monotonic()
    found = {id(by_handle[handle]): by_handle[handle] for handle in heard}
    found.update({id(worker): worker for worker in workers if worker.deadline <= now})
    return list(found.values())


class _Worker:
    """One process with the item it works on."""

    def __init__(self, function: Callable[..., Any], limits: Limits) -> None:
        # A fresh process everywhere: a fork would copy the threads' locks of this one.
        self._context = multiprocessing.get_context("spawn")
        self._arguments = (function, limits.megabytes)
        self._seconds = limits.seconds
        self.replace()

    def replace(self) -> None:
        """A new process in place of one that is gone."""
        self.pipe, theirs = self._context.Pipe()
        self.process = self._context.Process(target=_work, args=(theirs, *self._arguments), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = self.busy = self.gone = False
        self.item: Any = None
        self.deadline = time.monotonic() + _LONGEST_START

    def give(self, item: Any) -> None:
        """Lets the worker begin with an item."""
        self.item, self.busy = item, True
        self.deadline = time.monotonic() + self._seconds
        with suppress(OSError):  # it may have died meanwhile: its sentinel tells
            self.pipe.send(item)

    def collect(self) -> Done[Any, Any] | None:
        """What came of the item, if it is done; ``gone`` is set where the process must be replaced."""
        try:
            if self.pipe.poll():
                return self._heard(*self.pipe.recv())
        except (EOFError, OSError):
            return self._lost("crashed", detail=self._how_it_ended())
        if not self.process.is_alive():
            return self._lost("crashed", detail=self._how_it_ended())
        if time.monotonic() >= self.deadline:
            return self._lost("timed-out", seconds=f"{self._seconds:g}")
        return None

    def _heard(self, kind: str, value: Any) -> Done[Any, Any] | None:
        self.deadline = float("inf")
        if kind == "ready":
            self.ready = True
            return None
        item, self.item, self.busy = self.item, None, False
        return Done(item, value) if kind == "value" else Done(item, None, "raised", (("detail", value),))

    def _lost(self, reason: str, **facts: object) -> Done[Any, Any] | None:
        self.end()
        self.gone = True
        if not self.ready:
            # It never came to its first task: so would the next one.
            raise RuntimeError(f"worker did not start: {facts}")
        if not self.busy:
            return None
        self.busy = False
        return Done(self.item, None, reason, tuple(facts.items()))

    def _how_it_ended(self) -> str:
        self.process.join(5)
        status = self.process.exitcode
        if status is None or status >= 0:
            return f"exit {status}"
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"signal {-status}"

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self.pipe.close()
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


def _work(pipe: Connection, function: Callable[[Any], Any], megabytes: int) -> None:
    """The life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    if megabytes and sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))
    pipe.send(("ready", None))
    while True:
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = ("value", function(item))
        except Exception as error:
            answer = ("raised", f"{type(error).__name__}: {error}")
        pipe.send(answer)
