"""What only shows between the files of one submission."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from reportcheck.audit.about import About, about
from reportcheck.audit.across import Across
from reportcheck.audit.disagree import Disagreement, disagreements
from reportcheck.audit.doubles import Frames, differences
from reportcheck.audit.file_names import belonging, misnamed, strangers
from reportcheck.audit.said import Said, name_of, own_span
from reportcheck.audit.telling import Spots, told
from reportcheck.catalog import Language
from reportcheck.checker import Settings
from reportcheck.model import Document, Severity, Span

_MOST_SPOTS = 8


def compare_files(documents: Sequence[tuple[str, Document]], settings: Settings) -> tuple[Across, ...]:
    """What the files of one submission say against one another, and what their names say against their content;
    ``documents`` with their names below the audited folder."""
    files = [about(name, document) for name, document in sorted(documents, key=lambda each: each[0])]
    spots = Spots({of.name: of.document for of in files}, settings.language)
    found = [*misnamed(files, spots, settings.language), *strangers(files, spots, settings.language)]
    for group in belonging(files):
        copies, apart = _copies(group)
        found += [_copy(*copy, spots, settings.language) for copy in copies if copy[2]]
        found += _disagreeing(disagreements(apart), spots, settings.language)
    return tuple(found)


# --- copies -----------------------------------------------------------------------------------


def _copies(group: Sequence[About]) -> tuple[list[tuple[str, str, list[tuple[Span, Span]]]], list[About]]:
    """The pairs of copies with the places where they differ, and the files without those that repeat another."""
    frames = {of.name: Frames(of.document) for of in group}
    repeated: set[str] = set()
    copies = []
    for one, other in combinations(group, 2):
        if one.name in repeated or other.name in repeated:
            continue
        found = differences(frames[one.name], frames[other.name])
        if found is not None:
            copies.append((one.name, other.name, [(each.one, each.other) for each in found]))
            smaller = other if frames[other.name].count <= frames[one.name].count else one
            repeated.add(smaller.name)
    return copies, [of for of in group if of.name not in repeated]


def _copy(one: str, other: str, places: Sequence[tuple[Span, Span]], spots: Spots, language: Language) -> Across:
    """One finding for two copies, however often they differ."""
    shown = [
        spot
        for first, second in places[: _MOST_SPOTS // 2]
        for spot in (spots.spot(one, first), spots.spot(other, second))
    ]
    facts = {"count": len(places), "stated": shown[0].text, "right": shown[1].text}
    return told("copies-differ", language, (one, other), shown, facts)


# --- disagreements ----------------------------------------------------------------------------


def _disagreeing(found: Sequence[Disagreement], spots: Spots, language: Language) -> Iterator[Across]:
    """One finding for each two values that stand for one thing, in however many files and places."""
    groups: dict[frozenset[Fraction], list[Disagreement]] = {}
    for each in found:
        values = frozenset(said.fact.quantity.exact for said in (each.one, each.other))
        groups.setdefault(values, []).append(each)
    for alike in groups.values():
        yield _disagreement(alike, spots, language)


def _disagreement(alike: Sequence[Disagreement], spots: Spots, language: Language) -> Across:
    said = list(
        {(each.file, each.fact.quantity.span): each for pair in alike for each in (pair.one, pair.other)}.values()
    )
    odd = _odd(said)
    stated = [each for each in said if each.fact.quantity.exact == odd]
    right = [each for each in said if each.fact.quantity.exact != odd]
    first, second = stated[0], right[0]
    shown = [spots.spot(each.file, own_span(each)) for each in (first, second, *stated[1:], *right[1:])][:_MOST_SPOTS]
    facts = {
        "name": name_of((second, first, *right[1:], *stated[1:]), language),
        "stated": first.fact.quantity.text,
        "right": second.fact.quantity.text,
    }
    files = (first.file, second.file, *dict.fromkeys(each.file for each in said))
    severity: Severity | None = None if any(pair.certain for pair in alike) else "warning"
    return told("files-disagree", language, files, shown, facts, severity)


def _odd(said: Sequence[Said]) -> Fraction:
    """The value that fewer files state; where as many do, that of the file that comes last."""
    files: dict[Fraction, set[str]] = {}
    for each in said:
        files.setdefault(each.fact.quantity.exact, set()).add(each.file)
    return min(files, key=lambda value: (len(files[value]), [-ord(c) for c in max(files[value])]))
