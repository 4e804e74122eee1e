"""Passages that stand with the same figures in the reports of different units.

Reports share phrases: what is asked for is the same of all of them. What tells is that the figures are the same, too,
and how unlikely that is by chance: by the digits of the figures, and by what others write who use the same phrase.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from hashlib import blake2b
from itertools import combinations, tee
from math import comb, prod

from msgspec import Struct, field

from reportcheck.audit.across import Across, Spot
from reportcheck.audit.across_words import listed, rule
from reportcheck.audit.alike import Leaders, skeleton
from reportcheck.audit.folder import Folder, Party
from reportcheck.audit.passages import Kept
from reportcheck.catalog import Language, table
from reportcheck.extract.bodies import level_of
from reportcheck.numerals import telling_digits
from reportcheck.schemas.across import Across as AcrossTable

MOST_CHANCE = Fraction(1, 100)
_WEAK = Fraction(1, 8)
_PERCENT = "%"
_PRIOR = 30
_MANY, _MANY_OF, _MOST_SHARE = 4, 50, 2
_MOST_PASSAGES, _MOST_SPOTS, _MOST_FIGURES = 3, 20, 4

Figure = tuple[str, str]
Member = tuple[Party, Kept]


class _Group(Struct, frozen=True):
    """One passage in the reports of several units, one report a unit; the ``chance`` of each of its figures, and how
    many ``uses`` of the phrase there are in all reports."""

    members: tuple[Member, ...]
    chance: dict[Figure, Fraction]
    uses: int

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(party.file for party, _ in self.members)


def find(folder: Folder, language: Language) -> Iterator[Across]:
    """What is told of passages that were copied, and of samples that many left in."""
    together: dict[tuple[str, ...], list[_Group]] = {}
    for group in _groups(folder):
        together.setdefault(group.files, []).append(group)
    many = max(_MANY, -(-folder.submissions // _MANY_OF))
    for files, groups in sorted(together.items()):
        if _by_chance(groups) > MOST_CHANCE:
            continue
        yield _shared(groups[0], language) if len(files) >= many else _copied(groups, language)


# --- groups ---------------------------------------------------------------------------------------------


def _groups(folder: Folder) -> Iterator[_Group]:
    """The passages that stand with the same figures in reports of units that have nothing to do with one another."""
    alike = [_apart(folder, members) for members in _alike(folder) if _are_strangers(folder, members)]
    leaders = Leaders()
    led = list(leaders.joined(("", _skeleton(*members[0])) for members in alike))
    asked: dict[int, set[Figure]] = {}
    for number, members in zip(led, alike, strict=True):
        asked.setdefault(number, set()).update(members[0][1].figures)
    written = _written(folder, leaders, asked) if alike else {}
    for number, members in zip(led, alike, strict=True):
        units = {party.name for party, _ in members}
        phrase = written[number]
        others = [figures for name, figures in phrase.figures.items() if name not in units]
        chance = {figure: _chance(figure, others) for figure in members[0][1].figures}
        yield _Group(members, chance, max(phrase.uses, len(members)))


def _alike(folder: Folder) -> Iterator[tuple[Member, ...]]:
    """Passages that are alike and have the same figures, in reports of at least two units; one of each unit."""
    wanted = _shared_figures(folder)
    first, second = tee(each for each in _passages(folder) if _key(each[1]) in wanted)
    marked = ((_key(passage), _skeleton(party, passage)) for party, passage in second)
    groups: dict[int, dict[str, Member]] = {}
    for number, (party, passage) in zip(Leaders().joined(marked), first, strict=True):
        groups.setdefault(number, {}).setdefault(party.name, (party, passage))
    yield from (tuple(group.values()) for group in groups.values() if len(group) > 1)


def _passages(folder: Folder) -> Iterator[Member]:
    """All passages of all reports of which it is known whose they are."""
    for party in folder.parties:
        if party.name:
            yield from ((party, passage) for passage in party.extract().passages)


def _shared_figures(folder: Folder) -> set[str]:
    """The figures of passages that stand in reports of two units, and hardly do so by themselves."""
    first: dict[str, str] = {}
    shared: set[str] = set()
    for party, passage in _passages(folder):
        key = _key(passage)
        if first.setdefault(key, party.name) != party.name and key not in shared and _is_telling(passage):
            shared.add(key)
    return shared


def _is_telling(passage: Kept) -> bool:
    """Whether figures hardly meet by themselves."""
    figures = set(passage.figures)
    return prod(map(_prior, figures)) <= _WEAK and not all(map(_is_periodic, figures))


def _key(passage: Kept) -> str:
    """Stands for the figures of a passage, in whatever order, in a few bytes: there are very many."""
    figures = " ".join(sorted(value + unit for value, unit in passage.figures))
    return blake2b(figures.encode("utf-8", errors="replace"), digest_size=8).hexdigest()


def _skeleton(party: Party, passage: Kept) -> str:
    return skeleton(passage.text, sorted(party.proper, key=lambda name: (-len(name), name)))


def _are_strangers(folder: Folder, members: Sequence[Member]) -> bool:
    """Whether the units cannot rightly say the same: not most of all say so, no one of them belongs to all the others,
    and what is said of a whole place is said by units of different places."""
    if len(members) > max(_MANY, folder.units({party.kind for party, _ in members}) // _MOST_SHARE):
        return False
    if any(all(other is one or folder.belong(one, other) for other, _ in members) for one, _ in members):
        return False
    if wide := next((passage.wide for _, passage in members if passage.wide), ""):
        places = {tuple(p for p in party.body.places if level_of(p) == level_of(wide)) for party, _ in members}
        return len(places) == len(members) and () not in places
    return True


def _apart(folder: Folder, members: Sequence[Member]) -> tuple[Member, ...]:
    """The members without those that belong to one named before them, where they are few."""
    if len(members) > _MOST_SPOTS:
        return tuple(members)
    kept: list[Member] = []
    for member in members:
        if not any(folder.belong(member[0], other) for other, _ in kept):
            kept.append(member)
    return tuple(kept)


# --- chance ---------------------------------------------------------------------------------------------


class _Phrase(Struct):
    """How often a phrase is used, and the figures asked for that each unit writes in it."""

    uses: int = 0
    figures: dict[str, set[Figure]] = field(default_factory=dict)


def _written(folder: Folder, leaders: Leaders, asked: dict[int, set[Figure]]) -> dict[int, _Phrase]:
    """What is written in all reports in each of the phrases."""
    first, second = tee(_passages(folder))
    like = leaders.like(("", _skeleton(party, passage)) for party, passage in second)
    written = {number: _Phrase() for number in asked}
    for (party, passage), numbers in zip(first, like, strict=True):
        for phrase, figures in ((written[number], asked[number]) for number in numbers):
            phrase.uses += 1
            phrase.figures.setdefault(party.name, set()).update(figures.intersection(passage.figures))
    return written


def _chance(figure: Figure, others: Sequence[set[Figure]]) -> Fraction:
    """How likely another unit writes the same figure: by its digits, and by how many others do in the same phrase."""
    same = sum(figure in figures for figures in others)
    return (_prior(figure) * _PRIOR + same) / (_PRIOR + len(others))


def _prior(figure: Figure) -> Fraction:
    digits = len(telling_digits(Decimal(figure[0])))
    if _is_periodic(figure):
        return Fraction(1, 3)
    return Fraction(1, 10) if digits < 2 else Fraction(1, 3 * 10 ** (digits - 1))


def _is_periodic(figure: Figure) -> bool:
    return figure[0] in table(AcrossTable).figures.periodic


def _by_chance(groups: Sequence[_Group]) -> Fraction:
    """How many such groups are to be expected by chance among all that use the phrases."""
    size, uses = len(groups[0].members), max(group.uses for group in groups)
    figures: dict[Figure, Fraction] = {}
    for group in groups:
        for figure, chance in group.chance.items():
            figures[figure] = max(chance, figures.get(figure, chance))
    return comb(uses, size) * prod(figures[figure] for figure in independent(figures)) ** (size - 1)


def independent(figures: Mapping[Figure, Fraction]) -> list[Figure]:
    """The figures without those that others imply: a budget and a rate give the spending. Of the two amounts of a rate
    the less likely one goes, since the chance of all three is that of the others."""
    kept = list(figures)
    for rate in [figure for figure in figures if figure[1] == _PERCENT]:
        pairs = (pair for pair in combinations(kept, 2) if pair[0][1] == pair[1][1] != _PERCENT)
        implied = next((pair for pair in pairs if _is_rate(rate[0], pair)), None)
        if implied:
            kept.remove(min(implied, key=lambda figure: (figures[figure], figure)))
    return kept


def _is_rate(rate: str, pair: tuple[Figure, Figure]) -> bool:
    """Whether one figure is that per cent of the other, as far as the rate is written out."""
    part, whole = sorted(Fraction(value) for value, _ in pair)
    places = len(rate.partition(".")[2])
    return bool(whole) and abs(100 * part / whole - Fraction(rate)) <= Fraction(1, 10**places)


# --- words ----------------------------------------------------------------------------------------------


def _copied(groups: Sequence[_Group], language: Language) -> Across:
    """What units have in common that should not: told at the one whose report names another, where one does."""
    parties = [party for party, _ in groups[0].members]
    copier, named = _copier(groups)
    first = copier or parties[0]
    ordered = [first, *(party for party in parties if party is not first)]
    return Across(
        "passage-copied",
        "error" if copier else rule("passage-copied").severity,
        rule("passage-copied").message(
            language,
            "named" if copier else "message",
            passages=len(groups),
            others=listed([party.name for party in ordered[1:]], language),
            figures=_figures(groups, language),
            name=named,
        ),
        tuple(dict.fromkeys(party.submission for party in ordered)),
        tuple(_spot(party, group) for group in groups[:_MOST_PASSAGES] for party in ordered)[:_MOST_SPOTS],
    )


def _copier(groups: Sequence[_Group]) -> tuple[Party | None, str]:
    """The unit whose report names another of the units in what it says of itself, and that name."""
    for group in groups:
        for party, passage in group.members:
            for other, _ in group.members:
                if other is not party and (named := other.named_in(passage.text)):
                    return party, named
    return None, ""


def _shared(group: _Group, language: Language) -> Across:
    """What many units say alike."""
    return Across(
        "template-left-shared",
        rule("template-left-shared").severity,
        rule("template-left-shared").message(
            language, "message", units=len(group.members), figures=_figures([group], language)
        ),
        tuple(dict.fromkeys(party.submission for party, _ in group.members)),
        tuple(_spot(party, group) for party, _ in group.members[:_MOST_SPOTS]),
    )


def _figures(groups: Sequence[_Group], language: Language) -> str:
    texts = dict.fromkeys(value + unit for group in groups for value, unit in group.members[0][1].figures)
    return listed(list(texts), language, _MOST_FIGURES)


def _spot(party: Party, group: _Group) -> Spot:
    passage = next(passage for each, passage in group.members if each is party)
    return Spot(party.file, passage.place, passage.text)
