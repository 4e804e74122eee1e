"""The reports of a folder side by side: who handed them in, and which bodies belong to one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from reportcheck.audit.extract import Extract, extract_from
from reportcheck.audit.inspect import Inspection, unpacked
from reportcheck.audit.named import Names
from reportcheck.catalog import cached, pattern_in, table
from reportcheck.extract.bodies import Body, body_of
from reportcheck.schemas.across import Across
from reportcheck.schemas.wholes import Names as NamesTable

_SHORTEST = 3
_SUMMARY = 4


class Party(Struct, frozen=True, dict=True):
    """A report of some ``kind`` and the unit that handed it in; ``name`` is that of the unit, ``""`` where nothing
    tells it."""

    file: str
    submission: str
    name: str
    kind: str
    packed: bytes

    @cached_property
    def body(self) -> Body:
        """The name of the unit, taken apart."""
        return body_of(self.name)

    @cached_property
    def variants(self) -> frozenset[str]:
        """How the unit may be named: in full, without the larger places, with only the level of its place."""
        places, body = self.body.places, self.body.body
        shorter = [*accumulate(reversed(places), lambda rest, place: place + rest, initial=body)]
        bare = [places[-1][-1] + body] if places and body else []
        town = [places[-1]] if places and _town().search(places[-1]) else []
        return frozenset(name for name in (*shorter, *bare, *town) if len(name) >= _SHORTEST)

    @cached_property
    def proper(self) -> frozenset[str]:
        """Its name in full, and those of its names that tell its place, too."""
        return frozenset(name for name in self.variants if name == self.name or name.startswith(self.body.places))

    @cached_property
    def names(self) -> Names:
        """The names in the report."""
        return self.extract().names

    def extract(self) -> Extract:
        """What is kept of the report; read anew each time, since of thousands of reports it is much."""
        return extract_from(unpacked(self.packed))

    def named_in(self, text: str) -> str:
        """The name by which a text names the unit with its place, or nothing."""
        return next((name for name in sorted(self.proper, key=lambda name: (-len(name), name)) if name in text), "")


_town = partial(pattern_in, Across, "relation", "place")


@cached
def _in_file_name() -> re.Pattern[str]:
    words = table(NamesTable).body
    return words.whole.filled(tail=words.tail).compiled


class Folder:
    """All reports of a folder by their names."""

    def __init__(self, inspections: Iterable[Inspection]) -> None:
        parties = sorted((_party(each) for each in inspections if each.passages), key=lambda party: party.file)
        self.parties = _completed(parties)
        self.submissions = len({party.submission for party in self.parties})
        self._units: dict[str, set[str]] = {}
        self._others: dict[str, frozenset[str]] = {}
        self._by_variant: dict[str, set[str]] = {}
        for party in self.parties:
            self._units.setdefault(party.kind, set()).add(party.name)
            for variant in sorted(party.proper):
                self._by_variant.setdefault(variant, set()).add(party.name)

    @property
    def nameless(self) -> int:
        """How many reports do not tell whose they are, and so are not held beside those of other units."""
        return sum(not party.name for party in self.parties)

    def named(self, name: str) -> set[str]:
        """The units that handed in a report and have this name, place included."""
        return self._by_variant.get(name, set())

    def units(self, kinds: Iterable[str]) -> int:
        """How many units handed in reports of some kinds."""
        return len({name for kind in kinds for name in self._units.get(kind, ())})

    def belong(self, one: Party, other: Party) -> bool:
        """Whether two reports may rightly say the same: of one unit, of one submission, of bodies that belong to one
        another; or where it is not known whose they are."""
        if one.submission == other.submission or not one.name or not other.name or same_unit(one, other):
            return True
        if one.name in other.name or other.name in one.name or _governs(one.body, other.body):
            return True
        return _governs(other.body, one.body) or self._tells_of(one, other) or self._tells_of(other, one)

    def _tells_of(self, one: Party, other: Party) -> bool:
        """Whether a report tells of a unit as of one that belongs to it, or sums up many like it."""
        near = one.body.places[-1:] == other.body.places[-1:]
        names = tuple(other.variants if near else other.proper)
        if any(stretch.endswith(names) and not stretch.endswith(tuple(one.proper)) for stretch in one.names.related):
            return True
        if one.file not in self._others:
            self._others[one.file] = frozenset(self._named_by(one))
        named = self._others[one.file]
        return other.name in named and sum(_kind(unit) == _kind(other.name) for unit in named) >= _SUMMARY

    def _named_by(self, party: Party) -> Iterator[str]:
        for stretch in party.names.others:
            for start in range(len(stretch) - _SHORTEST + 1):
                yield from self._by_variant.get(stretch[start:], set()) - {party.name}


def _party(inspection: Inspection) -> Party:
    kept = extract_from(unpacked(inspection.passages))
    name = _own(inspection, kept.names)
    return Party(inspection.name, inspection.submission, name, kept.kind, inspection.passages)


def _completed(parties: Sequence[Party]) -> list[Party]:
    """The reports; those that do not tell whose they are, with the unit that their submission agrees on."""
    told: dict[str, set[str]] = {}
    for party in parties:
        if party.name:
            told.setdefault(party.submission, set()).add(party.name)
    agreed = {submission: names for submission, names in told.items() if len(names) == 1}
    return [
        party if party.name or party.submission not in agreed else replace(party, name=min(agreed[party.submission]))
        for party in parties
    ]


def _own(inspection: Inspection, names: Names) -> str:
    """The unit that reports. A title that nothing else in the report bears out is not believed where all other places
    agree on another name; where the report tells none, the name of the file may."""
    title = names.own or "".join(inspection.unit.split())
    told = {each.place: body_of(each.name) for each in names.placed if each.slot != "title"}
    borne = any(name.same_body(body_of(title)) and name.same_place(body_of(title)) for name in told.values())
    agreed = {name.name for name in told.values()}
    if len(agreed) == 1 and len(told) > 1 and not borne:
        return agreed.pop()
    if title:
        return title
    match = _in_file_name().search("".join(inspection.name.split()))
    return match[0] if match else ""


def same_unit(one: Party, other: Party) -> bool:
    """Whether two names mean one unit, as far as they tell."""
    if one.name == other.name:
        return True
    if not one.body.body or not other.body.body:
        return one.body.places == other.body.places
    return one.body.same_place(other.body) and one.body.same_body(other.body)


def _governs(one: Body, other: Body) -> bool:
    """Whether a body is the government of the place in which the other lies."""
    ends = table(Across).relation.government
    is_government = not one.body or one.body.endswith(tuple(ends))
    return is_government and bool(one.places) and one.places[-1] in other.places


def _kind(name: str) -> int:
    return next((number for number, ends in enumerate(table(Across).kinds.ends) if name.endswith(tuple(ends))), -1)


def same_kind(one: str, other: str) -> bool:
    """Whether two names are those of bodies of one kind, so that one may stand for the other by mistake."""
    return _kind(one) == _kind(other) >= 0
