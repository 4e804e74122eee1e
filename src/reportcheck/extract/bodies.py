"""Names of public bodies: the places they begin with, and what is left."""

from __future__ import annotations

from functools import partial

from msgspec import Struct

from reportcheck.catalog import pattern_in, table
from reportcheck.schemas.wholes import Names


class Body(Struct, frozen=True):
    """A name as the places it begins with, from the largest down, and the body itself (``""`` for a place)."""

    places: tuple[str, ...]
    body: str

    @property
    def bare(self) -> str:
        """The level of a place that is not named (县水利局), before the body; ``""`` where there is none."""
        return self.body[0] if not self.places and _bare_level().match(self.body) else ""

    @property
    def name(self) -> str:
        """The name in full."""
        return "".join(self.places) + self.body

    def same_body(self, other: Body) -> bool:
        """Whether both names mean the like body, of whatever place: one may shorten the other."""
        one, two = _essence(self.body), _essence(other.body)
        return bool(one and two) and (_shortens(one, two) or _shortens(two, one))

    def same_place(self, other: Body) -> bool:
        """Whether both may lie in one place: no level has two names."""
        return self.foreign_place(other) is None

    def foreign_place(self, other: Body) -> str | None:
        """The place of the other name that lies on a level where this name has another one."""
        for theirs in other.places:
            ours = [place for place in self.places if level_of(place) == level_of(theirs)]
            # Words before a name may have been taken for a part of its place.
            if ours and not any(theirs.endswith(place) or place.endswith(theirs) for place in ours):
                return theirs
        return None


place_pattern = partial(pattern_in, Names, "body", "place")
"""One place at the beginning of a name."""


_bare_level = partial(pattern_in, Names, "body", "bare")


def body_of(name: str) -> Body:
    """A name without blanks, taken apart."""
    places: list[str] = []
    rest = name
    while match := place_pattern().match(rest):
        places.append(match[0])
        rest = rest[match.end() :]
    return Body(tuple(places), rest)


def level_of(place: str) -> int:
    """The level of a place by the end of its name, as a number; -1 for none."""
    levels = table(Names).body.levels
    return next((number for number, ends in enumerate(levels) if place[-1] in ends), -1)


_joining = partial(pattern_in, Names, "body", "joining")


def _essence(body: str) -> str:
    return _joining().sub("", body)


def _shortens(short: str, long: str) -> bool:
    """Whether all characters of the one stand in the other in this order."""
    rest = iter(long)
    return all(character in rest for character in short)
