"""One defect costs one place, never the file.

An error that nobody foresaw becomes a notice on the place that it struck: a paragraph, a table, a page, a rule. The
rest is read and checked. Errors that carry a code (:mod:`reportcheck.errors`) concern a whole file or all files, a
pattern that does not compile concerns all files, and without memory nothing goes on: these pass.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from traceback import walk_tb

from reportcheck.errors import ReportcheckError
from reportcheck.model import Notice

STRICT = "REPORTCHECK_STRICT"
"""The variable of the environment under which every defect is raised: so the tests run, lest one hide in a notice."""

_LONGEST_DETAIL = 200
_LONGEST_WORDS = 20
_MOST_NAMED = 8


class Defects:
    """What was struck within :func:`kept_apart`."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], list[str]] = {}

    def add(self, code: str, place: str, error: Exception) -> None:
        """One more place; what strikes it again counts once."""
        places = self._places.setdefault((code, detail_of(error)), [])
        if place not in places:
            places.append(place)

    def notices(self) -> tuple[Notice, ...]:
        """A notice for each kind of place and each error, with ``count``, ``places`` and ``detail``."""
        return tuple(
            Notice(code, {"count": len(places), "places": _few(places), "detail": detail})
            for (code, detail), places in self._places.items()
        )


_kept: ContextVar[Defects | None] = ContextVar("defects", default=None)


@contextmanager
def kept_apart() -> Iterator[Defects]:
    """Keeps the defects of the places within it, to be told. Elsewhere, where a report is drawn or read again for a
    comparison, they are passed over: the report itself tells of them."""
    defects = Defects()
    token = _kept.set(defects)
    try:
        yield defects
    finally:
        _kept.reset(token)


@contextmanager
def one_place(code: str, place: str) -> Iterator[None]:
    """What a defect costs: the statements within it, and a notice with this code that names the place."""
    try:
        yield
    except (ReportcheckError, MemoryError, re.error):
        raise
    except Exception as error:
        if is_strict():
            raise
        if defects := _kept.get():
            defects.add(code, place, error)


def is_strict() -> bool:
    """Whether a defect is to be raised wherever it strikes."""
    return bool(os.environ.get(STRICT))


def named(name: str, text: str) -> str:
    """A place by its id and the words that it begins with."""
    words = " ".join(text[: 2 * _LONGEST_WORDS].split())
    short = words if len(words) <= _LONGEST_WORDS else words[:_LONGEST_WORDS] + "…"
    return f"{name} “{short}”".strip() if short else name


def detail_of(error: Exception) -> str:
    """The name of an unexpected error, what it says, and the last line of this program on its way.

    Of an endless recursion the line where it begins: where it ended depends on how deep its caller stood.
    """
    package = Path(__file__).parent
    way = [(frame.f_code, line) for frame, line in walk_tb(error.__traceback__)]
    own = [(code, line) for code, line in way if package in Path(code.co_filename).parents]
    said = " ".join(str(error).split())[:_LONGEST_DETAIL]
    if isinstance(error, RecursionError):
        codes = [code for code, _ in own]
        own = next(([step] for step in own if codes.count(step[0]) > 1), own)
        said = ""
    place = f", {Path(own[-1][0].co_filename).name}:{own[-1][1]}" if own else ""
    return f"{type(error).__name__}{': ' if said else ''}{said}{place}"


def _few(places: list[str]) -> tuple[str, ...]:
    return (*places[:_MOST_NAMED], "…") if len(places) > _MOST_NAMED else tuple(places)
