"""Who does the work of an audit: processes of this machine, or the workers of a Dask scheduler.

Both run the same function on the same tasks, each under the limits of :mod:`reportcheck.audit.pool`.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from reportcheck import __version__
from reportcheck.audit.pool import Done, Engine, Guard, Limits, each
from reportcheck.catalog import Catalog
from reportcheck.errors import UsageError

_RETRIES = 3
_PATIENCE = 30


def local(limits: Limits) -> Engine:
    """Worker processes on this machine."""
    return partial(each, limits=limits)


# --- Dask -------------------------------------------------------------------------------------


@contextmanager
def cluster(address: str, folder: Path, limits: Limits, catalog: Catalog) -> Iterator[Engine]:
    """The workers of a Dask scheduler. They must see the folder under the same path, and run the same program with the
    same built-in patterns; a worker that is lost is replaced by another by the scheduler, which tries its tasks again.

    Raises :class:`UsageError` where there is no such scheduler or a worker is unfit.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("cluster-not-installed") from None
    try:
        client: Any = Client(address, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError("cluster-unreachable", address=address, detail=error) from None
    with client:
        _check(client, folder, catalog)
        yield partial(_on_cluster, client=client, limits=limits)


def _check(client: Any, folder: Path, catalog: Catalog) -> None:
    workers = client.run(_fitness, str(folder.absolute()), catalog)
    if not workers:
        raise UsageError("cluster-no-workers")
    for worker, (version, fingerprint, sees, may_start) in sorted(workers.items()):
        if (version, fingerprint) != (__version__, catalog.fingerprint):
            raise UsageError("cluster-other-version", worker=worker, version=version)
        if not may_start:
            raise UsageError("cluster-daemonic", worker=worker)
        if not sees:
            raise UsageError("cluster-no-folder", worker=worker, folder=folder.absolute())


def _fitness(folder: str, catalog: Catalog) -> tuple[str, str, bool, bool]:
    """Runs on a worker: its program, its catalogue, whether it sees the folder, and may start processes."""
    may_start = not multiprocessing.current_process().daemon
    return __version__, catalog.fingerprint, Path(folder).is_dir(), may_start


def _on_cluster(
    function: Callable[[Any], Any], items: Sequence[Any], client: Any, limits: Limits
) -> Iterator[Done[Any, Any]]:
    from distributed import as_completed

    futures = {client.submit(_guarded, function, item, limits, pure=False, retries=_RETRIES): item for item in items}
    for future in as_completed(list(futures)):  # type: ignore[no-untyped-call]
        item = futures.pop(future)
        try:
            # A result may be lost with its worker before it is here: then this waits for another to work it out.
            done = future.result()
        except Exception as error:
            done = Done(item, None, "raised", (("detail", f"{type(error).__name__}: {error}"),))
        yield done
        future.release()


_guards: dict[tuple[Any, ...], Guard] = {}


def _guarded(function: Callable[[Any], Any], item: Any, limits: Limits) -> Done[Any, Any]:
    """Runs on a worker: the item in a process of its own, which is kept for the next one."""
    key = (threading.get_ident(), function, limits)
    if key not in _guards:
        _guards[key] = Guard(function, limits)
    return _guards[key].do(item)
