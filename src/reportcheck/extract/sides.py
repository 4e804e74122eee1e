"""On which side of the money an amount stands: planned, arrived or spent (``patterns/sides.toml``)."""

from __future__ import annotations

from functools import partial

from reportcheck.catalog import pattern_in, recently_cached, table
from reportcheck.schemas.sentences import Sides

# The sides of what was planned, and of all that there was to spend; the other one is ``actual``.
PLANNED = frozenset({"initial", "full", "budget"})
GIVEN = PLANNED | frozenset({"arrived", "given"})


_proper = partial(pattern_in, Sides, "proper")


@recently_cached
def _told(phrase: str) -> tuple[tuple[str, str], ...]:
    """The sides that the words of a phrase tell, each with its word; the nearest to its end last."""
    plain = _proper().sub(lambda match: "|" * len(match[0]), phrase)
    found = sorted(
        (m.end(), len(m[0]), row.id, m[0]) for row in table(Sides).side for m in row.words.compiled.finditer(plain)
    )
    return tuple((side, word) for _, _, side, word in found)


def side_of(phrase: str) -> tuple[str, str]:
    """The side that the last of its words in a phrase tells, and that word; empty where none does."""
    return next(reversed(_told(phrase)), ("", ""))


def given_or_spent(phrase: str) -> tuple[str, str]:
    """The same with but two sides: ``budget`` for all that was given, and ``actual``."""
    side, word = side_of(phrase)
    return "budget" if side in GIVEN else side, word


def planned_or_spent(phrase: str) -> str:
    """The last side that parts figures of one thing: money that is merely given may be planned or not."""
    return next((side for side, _ in reversed(_told(phrase)) if side != "given"), "")
