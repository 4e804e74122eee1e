"""Names of files and folders against what is in them, and files of another unit: ``file-name-mismatch``,
``other-unit-file``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from reportcheck.audit.about import About, apart, core, same_unit, words
from reportcheck.audit.across import Across
from reportcheck.audit.telling import Spots, submission_of, told
from reportcheck.catalog import Language
from reportcheck.extract.bodies import Body, body_of
from reportcheck.text import normalise

_TWO = 2


def belonging(files: Sequence[About]) -> list[list[About]]:
    """The reports by body and year. A file that tells no body, or no year, is one of those of the only one that the
    others, or the name of their folder, tell; else it is compared with none."""
    reports = [of for of in files if of.kind]
    bodies = _by_body(of for of in reports if of.unit is not None)
    unnamed = [of for of in reports if of.unit is None]
    folder = frozenset(submission_of([of.name for of in files]))
    main = bodies if len(bodies) <= 1 else [body for body in bodies if core(_unit(body[0])) <= folder]
    if not bodies:
        bodies = [unnamed]
    elif len(main) == 1:
        main[0].extend(unnamed)
    return [group for body in bodies for group in _by_year(body)]


def _by_body(files: Iterable[About]) -> list[list[About]]:
    bodies: list[list[About]] = []
    for of in files:
        group = next((group for group in bodies if same_unit(_unit(group[0]), _unit(of))), None)
        if group is None:
            bodies.append([of])
        else:
            group.append(of)
    return bodies


def _by_year(files: Sequence[About]) -> list[list[About]]:
    years = sorted({of.year for of in files if of.year is not None})
    if len(years) <= 1:
        return [_dated(files, years[0] if years else None)]
    return [[of for of in files if of.year == year] for year in years]


def _dated(files: Sequence[About], year: int | None) -> list[About]:
    return [
        of if of.head.year is not None else replace(of, head=replace(of.head, year=year))
        for of in sorted(files, key=lambda of: of.name)
    ]


# --- names ------------------------------------------------------------------------------------


def misnamed(files: Sequence[About], spots: Spots, language: Language) -> Iterator[Across]:
    """Files, and the folder or archive of the submission, whose name tells another unit or year than their content."""
    for of in files:
        yield from _misnamed(PurePosixPath(of.name).stem, [of], spots, language, lenient=False)
    if len(files) > 1:
        folder = PurePosixPath(submission_of([of.name for of in files])).name
        yield from _misnamed(folder, files, spots, language, lenient=True)


def _misnamed(name: str, files: Sequence[About], spots: Spots, language: Language, lenient: bool) -> Iterator[Across]:
    reports = [of for of in files if of.kind]
    plain = "".join(normalise(name).split())
    years = {int(match["year"]) for match in words("file_name", "year").finditer(plain)}
    told_years = {of.year for of in reports if of.year is not None and _titled(of)}
    if len(years) == len(told_years) == 1:
        (year,), (right,) = years, told_years
        # A report is handed in, and often named, in the year behind; an earlier year is told by the report itself.
        if year > right + 1 or (year == right + 1 and not lenient and words("file_name", "surely").search(plain)):
            yield _name(f"{right}", f"{year}", reports[0], spots, language)
    named = words("file_name", "unit").match(plain)
    units = [of.unit for of in reports if of.unit is not None and of.unit.body]
    if named and units and all(_foreign(body_of(named["name"]), plain, unit) for unit in units):
        yield _name(units[0].name, named["name"], reports[0], spots, language)


def _titled(of: About) -> bool:
    return of.head.year_span is not None and str(of.year) in "".join(normalise(of.head.title).split())


def _foreign(named: Body, name: str, unit: Body) -> bool:
    """Whether a name tells of another body: the like one of another place, or one with nothing in common with it."""
    if same_unit(named, unit):
        return False
    if not named.same_place(unit):
        return named.same_body(unit) or not core(named) & core(unit)
    return bool(core(named)) and bool(core(unit)) and not core(unit) & frozenset(name)


def _name(right: str, stated: str, of: About, spots: Spots, language: Language) -> Across:
    return told(
        "file-name-mismatch", language, (of.name,), (spots.spot(of.name, of.place),), {"stated": stated, "right": right}
    )


# --- files of another unit --------------------------------------------------------------------


def strangers(files: Sequence[About], spots: Spots, language: Language) -> Iterator[Across]:
    """The one unit with a report among those of another one that does not know it."""
    reports = [of for of in files if of.kind and of.unit is not None and of.unit.body]
    bodies = _by_body(reports)
    if len(bodies) != _TWO:
        return
    few, many = sorted(bodies, key=len)
    if len(few) == len(many):
        folder = "".join(normalise(submission_of([of.name for of in files])).split())
        if not core(_unit(many[0])) <= frozenset(folder):
            few, many = many, few
        if not core(_unit(many[0])) <= frozenset(folder) or core(_unit(few[0])) <= frozenset(folder):
            return
    stranger, own = _unit(few[0]), _unit(many[0])
    if not apart(stranger, own) or any(_mentions(of, stranger, own) for of in files if of not in few):
        return
    for of in few:
        shown = (spots.spot(of.name, of.place), spots.spot(many[0].name, many[0].place))
        facts = {"stated": stranger.name, "right": own.name}
        yield told("other-unit-file", language, (of.name, many[0].name), shown, facts)


def _unit(of: About) -> Body:
    if of.unit is None:
        raise ValueError("only files that tell their body are grouped by it")
    return of.unit


def _mentions(of: About, body: Body, own: Body) -> bool:
    """Whether a file knows another body; the like body of another place only if it names the place."""
    name = body.body[1:] if body.bare else body.body
    if body.same_body(own) and body.places:
        name = body.places[-1]
    return any(name in "".join(normalise(block.text).split()) for block in of.document.blocks)
