"""The whole result of a run, from which every form that is handed on is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from reportcheck.checker import DEFAULT, Settings
from reportcheck.model import Decision, Failure, Report

if TYPE_CHECKING:
    from reportcheck.baseline import Baseline


class Source(Struct, frozen=True):
    """A file that the result depends on beside the reports: its path, what it is, the hash of its bytes."""

    path: str
    kind: str
    sha256: str


class Result(Struct, frozen=True):
    """The reports of a run, the files that could not be checked, and how it was checked.

    ``passed_over`` counts the files of other types in its folders; ``unused`` are decisions that fitted no finding;
    ``baseline`` is what the run was compared with; ``sources`` are the files of decisions and of the earlier run.
    """

    reports: Sequence[Report] = ()
    failures: Sequence[Failure] = ()
    settings: Settings = field(default=DEFAULT)
    passed_over: int = 0
    unused: Sequence[Decision] = ()
    baseline: Baseline | None = None
    sources: Sequence[Source] = ()
