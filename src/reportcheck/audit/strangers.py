"""Names of other units of the folder where only one's own can be meant: ``other-unit-named``.

Inside one report a strange name can only be told by its form; here it is known who else handed in a report.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportcheck.audit.across import Across, Spot
from reportcheck.audit.across_words import rule
from reportcheck.audit.folder import Folder, Party, same_kind
from reportcheck.audit.named import Placed
from reportcheck.catalog import Language
from reportcheck.extract.bodies import body_of

RULE = "other-unit-named"
_MOST = 2


def find(folder: Folder, language: Language) -> Iterator[Across]:
    """A finding for each other unit that a report names in place of its own. Reports that name many sum them up."""
    by_name: dict[str, Party] = {party.name: party for party in reversed(folder.parties)}
    for party in folder.parties:
        strange: dict[str, list[Placed]] = {}
        for placed in party.extract().names.placed if party.name else ():
            for name in sorted(_meant(folder, party, placed.name)):
                if same_kind(name, party.name) and not folder.belong(party, by_name[name]):
                    strange.setdefault(name, []).append(placed)
        if len(strange) <= _MOST:
            for name, places in strange.items():
                yield _told(party, by_name[name], places, language)


def _meant(folder: Folder, party: Party, name: str) -> set[str]:
    """The units of the folder that a name stands for in a report; a place that is not named is that of the report."""
    body = body_of(name)
    places = party.body.places
    if body.bare and places and places[-1][-1] == body.bare:
        return folder.named(places[-1] + body.body[1:])
    return folder.named(name)


def _told(party: Party, other: Party, places: list[Placed], language: Language) -> Across:
    return Across(
        RULE,
        rule(RULE).severity,
        rule(RULE).message(language, "message", own=party.name, name=places[0].name),
        (party.submission, other.submission),
        tuple(Spot(party.file, placed.place, placed.name, placed.context) for placed in places),
    )
