"""The places of a text where only the name of the reporting body can stand (``patterns/names.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from reportcheck.catalog import cached, pattern_in, table
from reportcheck.model import BlockRole
from reportcheck.schemas.wholes import Names
from reportcheck.text import sentences

_LONGEST_LINE = 60


class Slot(Struct, frozen=True):
    """A construction that names the reporting body. ``strict`` tells whether another body of the same place is wrong
    there: always, never, or in a report of a ``whole`` body."""

    name: str
    pattern: re.Pattern[str]
    where: str
    place: bool
    strict: str


@cached
def _slots() -> tuple[Slot, ...]:
    tail = table(Names).body.tail
    return tuple(
        Slot(
            row.name,
            row.pattern.filled(tail=tail).compiled,
            row.where,
            row.place,
            row.strict,
        )
        for row in table(Names).slot
    )


_drop = partial(pattern_in, Names, "body", "drop")


def in_block(plain: str, role: BlockRole) -> Iterator[tuple[Slot, str, int, int]]:
    """Each name in a slot of a normalised block: the slot, the sentence, and where the name begins and ends."""
    line = len(plain) <= _LONGEST_LINE and role != "cell"
    for start, end in [(0, len(plain))] if line else sentences(plain):
        sentence = plain[start:end]
        for slot in _slots():
            if (slot.where == "line" and not line) or (slot.where == "sentence" and role == "cell"):
                continue
            for match in slot.pattern.finditer(sentence):
                words = _drop().match(match["name"]) if slot.where == "sentence" and not slot.place else None
                left = words.end() if words else 0
                yield slot, sentence, start + match.start("name") + left, start + match.end("name")
