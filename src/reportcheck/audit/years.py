"""The report of a unit beside its report of the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from reportcheck.assess import assess
from reportcheck.audit.about import About, about, project_name, same_unit, words
from reportcheck.audit.across import Across
from reportcheck.audit.inspect import Inspection
from reportcheck.audit.said import Said, name_of, said_in
from reportcheck.audit.stale import left_over
from reportcheck.audit.telling import Spots, told
from reportcheck.catalog import Language
from reportcheck.checker import Settings
from reportcheck.extract.bodies import Body, body_of
from reportcheck.extract.indicators import flagged
from reportcheck.extract.same import ASPECTS, assumed, same
from reportcheck.model import Document, Verdict
from reportcheck.near import MOST_NEAR_CHANCE, is_near
from reportcheck.rules import conflicts
from reportcheck.text import normalise

_OUT, _IN = "#carried-out", "#carried-in"
_ENOUGH = 2


def pairs(inspections: Iterable[Inspection]) -> list[tuple[str, str]]:
    """The names of the files that hold reports of one kind of one unit, of a year and of the year behind it, earlier
    ones first. Of several copies of a report the one with the most figures is taken."""
    reports: dict[tuple[str, str], list[tuple[Body, Inspection]]] = defaultdict(list)
    for each in inspections:
        title = "".join(normalise(each.title).split())
        unit = "".join(normalise(each.unit).split()) or "".join(body_of(title).places)
        genre = _genre(title, unit)
        if each.year is not None and unit and genre:
            body = body_of(unit)
            reports[body.body[1:] if body.bare else body.body or unit, genre].append((body, each))
    return sorted(found for alike in reports.values() for found in _in_turn(alike))


def _genre(title: str, unit: str) -> str:
    """What a report is on: the whole body, its accounts, or a project by its name; nothing if it is no report."""
    if words("about", "other").search(title):
        return ""
    for kind in ("accounts", "whole"):
        if words("about", kind).search(title):
            return kind + "".join(words("about", "level").findall(title))
    rest = words("about", "year").sub("", title.replace(unit, ""))
    return project_name(words("about", "project_ends").sub("", rest)) if words("about", "project").search(title) else ""


def _in_turn(reports: Sequence[tuple[Body, Inspection]]) -> Iterator[tuple[str, str]]:
    """The reports of one kind of bodies with one name, by place and year."""
    places: list[tuple[Body, dict[int, Inspection]]] = []
    for body, each in sorted(reports, key=lambda found: (-len(found[0].places), found[1].name)):
        alike = [years for known, years in places if same_unit(known, body)]
        years = alike[0] if len(alike) == 1 else {}
        if not alike:
            places.append((body, years))
        present = years.get(each.year or 0)
        if present is None or each.figures > present.figures:
            years[each.year or 0] = each
    for _, years in places:
        yield from ((years[year].name, years[year + 1].name) for year in sorted(years) if year + 1 in years)


def compare_years(earlier: tuple[str, Document], later: tuple[str, Document], settings: Settings) -> tuple[Across, ...]:
    """What the report of a year does not take over from that of the year before, and what it should not have."""
    before, after = about(*earlier), about(*later)
    if before.year is None or after.year != before.year + 1:
        return ()
    spots = Spots(dict((earlier, later)), settings.language)
    said = _said(before), _said(after)
    return (
        *_carried(*said, before.year, spots, settings.language),
        *_restated(*said, before.year, spots, settings.language),
        *left_over(before, after, spots, settings.language),
    )


def _said(of: About) -> list[Said]:
    """The figures of a report on what it is about."""
    return [each for each in said_in(of, compared=True) if each.subject == of.project]


# --- what is carried over ---------------------------------------------------------------------


def _carried(
    before: Sequence[Said], after: Sequence[Said], year: int, spots: Spots, language: Language
) -> Iterator[Across]:
    """What was there at the beginning of a year, where it is not what was left at the end of the year before."""
    left = [each for each in _of(before, _OUT, str(year)) if _goes_on(each, spots)]
    came = _of(after, _IN, str(year + 1))
    for part in sorted({_parts(each) for each in came}, key=sorted):
        ends = [each for each in left if _parts(each) == part]
        starts = [each for each in came if _parts(each) == part]
        if not ends or not starts or _any_holds(starts, ends) or any(_explained(each, spots) for each in starts):
            continue
        pair = _one_pair(starts, ends)
        if pair:
            yield _told("carry-over-mismatch", *pair, spots, language, year=year + 1)


def _of(said: Iterable[Said], key: str, year: str) -> list[Said]:
    """The figures with a key, of a year."""
    exact = (each for each in said if each.key == key and each.fact.quantity.bound == "exact")
    money = (each for each in exact if each.fact.quantity.unit.dimension == "money" and each.fact.quantity.value)
    return [each for each in money if each.named.aspects.year == year]


def _goes_on(said: Said, spots: Spots) -> bool:
    """Whether what is left stays for the next year: a mere surplus may go back."""
    return words("years", "goes_on").search(spots.clause(said.file, said.fact.quantity.span)) is not None


def _parts(said: Said) -> frozenset[str]:
    """The sources of money of which a figure is."""
    return said.named.parts & flagged("source")


def _any_holds(ones: Sequence[Said], others: Sequence[Said]) -> bool:
    return any(_verdict(one, other).outcome != "inconsistent" for one, other in product(ones, others))


def _verdict(one: Said, other: Said) -> Verdict:
    return assess(conflicts.same_claim(one.fact, (other.fact,), "name"))


def _one_pair(ones: Sequence[Said], others: Sequence[Said]) -> tuple[Said, Said] | None:
    """The two figures that should be one: the only values there are, else the only ones that a slip parts."""
    values = {
        (one.fact.quantity.exact, other.fact.quantity.exact): (one, other) for one, other in product(ones, others)
    }
    near = [pair for pair in values.values() if is_near(_verdict(*pair), MOST_NEAR_CHANCE["name"] / len(values))]
    found = near or list(values.values())
    return found[0] if len(found) == 1 else None


def _explained(said: Said, spots: Spots) -> bool:
    """Whether the sentence or its neighbours tell that what was left was changed."""
    return words("years", "explained").search(spots.spot(said.file, said.fact.quantity.span).context) is not None


# --- the year before --------------------------------------------------------------------------


def _restated(
    before: Sequence[Said], after: Sequence[Said], year: int, spots: Spots, language: Language
) -> Iterator[Across]:
    """What a report says of the year before, where it is not what that year's report said."""
    known: dict[str, list[Said]] = defaultdict(list)
    for each in before:
        if each.key and each.named.aspects.year == str(year) and each.fact.quantity.bound == "exact":
            known[each.key].append(each)
    borne, found = 0, []
    for one, others in _of_before(after, known, year):
        alike = [other for other in others if _same_side(one, other)]
        if not alike:
            continue
        if _any_holds([one], alike):
            borne += 1
        elif pair := _one_pair([one], alike):
            slipped = is_near(_verdict(*pair), MOST_NEAR_CHANCE["name"])
            found.append((slipped or (one.sure and pair[1].sure), slipped, pair))
    strange = sum(not slipped for _, slipped, _ in found)
    for sure, slipped, pair in found:
        if sure and not _explained(pair[0], spots) and (slipped or (borne >= _ENOUGH and borne >= 2 * strange)):
            yield _told("prior-year-restated", *pair, spots, language, year=year)


def _of_before(after: Iterable[Said], known: dict[str, list[Said]], year: int) -> Iterator[tuple[Said, list[Said]]]:
    seen: set[tuple[str, object]] = set()
    for each in after:
        if each.named.aspects.year not in ("previous", str(year)) or each.key not in known:
            continue
        mark = each.key, each.fact.quantity.exact
        if each.fact.quantity.bound == "exact" and mark not in seen:
            seen.add(mark)
            yield each, known[each.key]


def _same_side(one: Said, other: Said) -> bool:
    """Whether figures of one key are of one part and body, and on one side where the key has several."""
    asked = {"dimension", "parts", "body"}
    asked |= set() if one.key in flagged("standing") else {"side"}
    return same(assumed(one.named.aspects), assumed(other.named.aspects), but=ASPECTS - asked)


def _told(rule: str, one: Said, other: Said, spots: Spots, language: Language, year: int) -> Across:
    shown = [spots.spot(each.file, each.fact.quantity.span) for each in (one, other)]
    stated, right = one.fact.quantity.text, other.fact.quantity.text
    facts = {"name": name_of((one, other), language), "year": year, "stated": stated, "right": right}
    return told(rule, language, (one.file, other.file), shown, facts)
