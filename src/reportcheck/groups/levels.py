"""What a list is, and what it is while it is being read."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from reportcheck.extract.mention import Mention, Passage
from reportcheck.groups.marks import NONE

Opening = Literal["words", "colon", "bracket", "rest", "closing"]
"""How a list is known to be one: ``rest`` and ``closing`` without words before it, by a last figure that says it is the
rest, by a total behind it."""

Item = tuple[Mention, ...]


class List(Struct, frozen=True):
    """Items side by side, each a run of figures, and the ``heads``: the amounts of what the list may divide, the
    nearest first. ``opener`` are the words that open it, ``close`` those behind its last item; where its end is not
    plain, ``longer`` are the items beyond it up to the other end that it may have. Where it is not ``sure``, any of
    its heads may be meant: it stands in a sentence of its own. A ``blurred`` list stands amid figures that are added
    up (加上…), so that its end cannot be told."""

    passage: Passage
    opening: Opening
    heads: tuple[Mention, ...]
    items: tuple[Item, ...]
    opener: str = ""
    close: str = ""
    longer: tuple[Item, ...] = ()
    sure: bool = True
    blurred: bool = False


class Level(Struct):
    """A list that is being read; the outermost one of a sentence has no opening."""

    opening: Opening | None = None
    heads: tuple[Mention, ...] = ()
    opener: str = ""
    mark: int = NONE
    items: list[list[Mention]] = field(default_factory=list)
    numbered: bool = False
    sure: bool = True
    lead: str = ""
