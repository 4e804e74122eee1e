"""Tasks that do what no task should, for workers to survive."""

from __future__ import annotations

import os
import signal
import time
from typing import Any


def work(task: str) -> str:
    """Does what the task says; ``fine`` ones give themselves back."""
    what, _, detail = task.partition(" ")
    if what == "abort":
        os.abort()
    if what == "exit":
        os._exit(int(detail))
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "hang":
        time.sleep(600)
    if what == "eat":
        return str(len(bytearray(int(detail) << 20)))
    if what == "raise":
        raise ValueError(detail)
    return task


def refuse(reason: str) -> None:
    """A start that fails."""
    raise RuntimeError(reason)


class Refusing:
    """Work that a process cannot even load."""

    def __reduce__(self) -> tuple[Any, ...]:
        return refuse, ("no",)

    def __call__(self, task: str) -> str:
        return task
