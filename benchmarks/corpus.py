"""A folder of submissions made for the purpose, with broken files and with mistakes that only show across files.

    python benchmarks/corpus.py FOLDER [--reports N] [--broken N] [--seed N]

Reports as Word, PDF, workbook and text, alone, in folders with their forms and accounts, and in archives with names in
GBK; some units hand in two years. The same arguments give the same bytes. `FOLDER.planted.json` beside the folder tells
what must be found, and what cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from random import Random

import corpus_broken
import corpus_text
import folders
from corpus_text import Case

YEAR = 2023
# How submissions are handed in, over and over again: what many do often, what few do seldom.
LAYOUTS = (
    "docx", "pdf", "docx", "folder", "txt", "docx", "pdf", "zip", "docx", "xlsx", "pdf", "docx", "folder-accounts",
    "docx", "pdf", "docx-pdf", "docx", "folder", "zip-accounts", "pdf",
)  # fmt: skip
TWO_YEARS = 8
ROUNDS = 3
OUTLIERS_FROM = 40


@dataclass(frozen=True, slots=True)
class Item:
    """A submission to be written under a ``name`` (without suffix): a report in some ``layout``. ``spoiled`` is a
    result that its PDF states otherwise than its Word file; ``stranger`` is a case whose form lies among its files."""

    name: str
    layout: str
    case: Case
    spoiled: tuple[str, str] | None = None
    stranger: Case | None = None

    @property
    def submission(self) -> str:
        """The name of what lies in the folder."""
        kind = self.layout.partition("-")[0]
        kind = "folder" if self.layout == "docx-pdf" else kind
        return self.name if kind == "folder" else f"{self.name}.{kind}"


@dataclass(frozen=True, slots=True)
class Broken:
    """A submission that cannot be read, and the way in which it is broken."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Planted:
    """A finding that is due: its rule, and the submissions that it concerns, in any order."""

    rule: str
    submissions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What lies in a folder."""

    items: tuple[Item, ...]
    broken: tuple[Broken, ...]
    planted: tuple[Planted, ...]


def make(folder: Path, reports: int, broken: int, seed: int = 1, workers: int = 2) -> Corpus:
    """Writes a corpus of some submissions, some of them ``broken``, into a folder."""
    made = planned(reports, broken, seed)
    folder.mkdir(parents=True, exist_ok=True)
    tasks = [(folder, item) for item in made.items]
    if workers == 1:
        list(map(_write, tasks))
    else:
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            list(pool.map(_write, tasks, chunksize=8))
    spare = Case("泽原县档案馆", YEAR, corpus_text.figures(Random(f"{seed} spare")), f"{seed} spare")
    docx, pdf = _drawn(spare, "docx"), _drawn(spare, "pdf")
    for one in made.broken:
        (folder / one.name).write_bytes(corpus_broken.MAKERS[one.kind][1](docx, pdf))
    return made


# --- what is to be made -----------------------------------------------------------------------


def planned(reports: int, broken: int, seed: int = 1) -> Corpus:
    """What a corpus holds; nothing is written."""
    names = folders.units(reports)
    sound = reports - broken
    items: list[Item] = []
    for number, unit in enumerate(names):
        if len(items) >= sound:
            break
        years = (YEAR - 1, YEAR) if number % TWO_YEARS == TWO_YEARS - 1 and len(items) + 1 < sound else (YEAR,)
        before = None
        for year in years:
            random = Random(f"{seed} {unit} {year}")
            before = corpus_text.figures(random, before)
            layout = LAYOUTS[len(items) % len(LAYOUTS)]
            apart = layout.startswith(("folder", "zip"))
            case = Case(unit, year, before, f"{seed} {unit} {year} text", apart=apart)
            items.append(Item(_name(unit, year, layout), layout, case))
    planted = _planted(items, Random(f"{seed} planted"))
    kinds = list(corpus_broken.MAKERS)
    unread = [
        Broken(_name(unit, YEAR, "docx") + corpus_broken.MAKERS[kind][0], kind)
        for unit, kind in zip(names[reports - broken :], (kinds[n % len(kinds)] for n in range(broken)), strict=True)
    ]
    return Corpus(tuple(items), tuple(unread), tuple(planted))


def _name(unit: str, year: int, layout: str) -> str:
    return f"{unit}{year}年" if layout.startswith("folder") else f"{unit}{year}年度部门整体支出绩效自评报告"


def _planted(items: list[Item], random: Random) -> list[Planted]:
    """Plants mistakes in items, as often as there is room for all of them, each in items of its own."""
    free = list(range(len(items)))
    random.shuffle(free)
    planted: list[Planted] = []
    most = len(items) // 4
    for plant in [plant for _ in range(ROUNDS) for plant in PLANTS]:
        if len(items) - len(free) >= most:
            break
        planted += plant(items, free, random)
    if len(items) >= OUTLIERS_FROM:
        planted += [*_rate_outlier(items, free), *_score_outlier(items, free), *_template(items, free, random)]
    return planted


def _taken(items: Sequence[Item], free: list[int], layouts: Sequence[str] = (), count: int = 1) -> list[int]:
    """Numbers of free items of a unit with one year only, in one of some layouts; none where there are not enough."""
    units = [item.case.unit for item in items]
    found: list[int] = []
    for number in free:
        prose = items[number].layout != "xlsx"
        if prose and units.count(units[number]) == 1 and (not layouts or items[number].layout in layouts):
            found.append(number)
        if len(found) == count:
            free[:] = [number for number in free if number not in found]
            return found
    return []


def _taken_years(items: Sequence[Item], free: list[int]) -> list[int]:
    """Numbers of a free report on one year and of that of its unit on the next."""
    for number in free:
        later = number + 1
        if later not in free or items[later].case.unit != items[number].case.unit:
            continue
        if "xlsx" not in (items[number].layout, items[later].layout):
            free[:] = [other for other in free if other not in (number, later)]
            return [number, later]
    return []


def _with(items: list[Item], number: int, **changes: object) -> None:
    items[number] = replace(items[number], case=replace(items[number].case, **changes))  # type: ignore[arg-type]


def _result(random: Random) -> str:
    return corpus_text.results(random, "重点工作", 4)[0]


def _told(rule: str, items: Sequence[Item], numbers: Sequence[int]) -> Planted:
    return Planted(rule, tuple(items[number].submission for number in numbers))


# --- what is planted --------------------------------------------------------------------------


def _copied(items: list[Item], free: list[int], random: Random) -> Iterator[Planted]:
    """Two paragraphs of another unit."""
    if numbers := _taken(items, free, count=2):
        extra = tuple(corpus_text.results(random, "重点工作", 4))
        for number in numbers:
            _with(items, number, extra=extra)
        yield _told("passage-copied", items, numbers)


def _copied_with_name(items: list[Item], free: list[int], random: Random) -> Iterator[Planted]:
    """A paragraph of another unit that even names it."""
    if numbers := _taken(items, free, count=2):
        extra = (f"{items[numbers[1]].case.unit}在重点工作方面，" + _result(random).removeprefix("重点工作方面，"),)
        for number in numbers:
            _with(items, number, extra=extra)
        yield _told("passage-copied", items, numbers)


def _other_signature(items: list[Item], free: list[int], _: Random) -> Iterator[Planted]:
    """The name of another unit below a report."""
    if numbers := _taken(items, free, count=2):
        _with(items, numbers[0], signed=items[numbers[1]].case.unit)
        yield _told("other-unit-named", items, numbers)


def _last_year_left(items: list[Item], free: list[int], random: Random) -> Iterator[Planted]:
    if numbers := _taken_years(items, free):
        extra = (_result(random),)
        for number in numbers:
            _with(items, number, extra=extra)
        yield _told("last-year-left", items, numbers)


def _carried_otherwise(items: list[Item], free: list[int], _: Random) -> Iterator[Planted]:
    """A carry-over that is not what was left; the year's own arithmetic holds."""
    if numbers := _taken_years(items, free):
        of = items[numbers[1]].case.figures
        _with(items, numbers[1], figures=replace(of, carried=of.carried + 1_000, added=of.added - 1_000))
        yield _told("carry-over-mismatch", items, numbers)


def _restated(items: list[Item], free: list[int], _: Random) -> Iterator[Planted]:
    """What was spent in the year before, with two digits changed about."""
    if numbers := _taken_years(items, free):
        of = items[numbers[1]].case.figures
        _with(items, numbers[1], figures=replace(of, previous=_slipped(of.previous or 0)))
        yield _told("prior-year-restated", items, numbers)


def _disagreeing(items: list[Item], free: list[int], _: Random) -> Iterator[Planted]:
    """A form that states other spending than the report beside it."""
    if numbers := _taken(items, free, ("folder", "folder-accounts", "zip", "zip-accounts")):
        _with(items, numbers[0], form_spent=_slipped(items[numbers[0]].case.figures.spent))
        yield _told("files-disagree", items, numbers)


def _copies_differ(items: list[Item], free: list[int], random: Random) -> Iterator[Planted]:
    """A report as Word and as PDF, of which one is an older draft."""
    if numbers := _taken(items, free, ("docx-pdf",)):
        text = _result(random)
        figure = next(part for part in text.split("，") if any(c.isdigit() for c in part))
        _with(items, numbers[0], extra=(text,))
        digit = next(c for c in figure if c.isdigit())
        items[numbers[0]] = replace(
            items[numbers[0]], spoiled=(figure, figure.replace(digit, str((int(digit) + 3) % 9 + 1), 1))
        )
        yield _told("copies-differ", items, numbers)


def _misnamed(items: list[Item], free: list[int], _: Random) -> Iterator[Planted]:
    """A file under the name of another unit."""
    if numbers := _taken(items, free, ("docx", "pdf", "txt")):
        number = numbers[0]
        own = items[number].case.unit
        before = sum("红十字会" in item.name for item in items)
        county = [county for county in folders.COUNTIES if county not in own][before]
        other = county + "红十字会办公室"
        items[number] = replace(items[number], name=items[number].name.replace(own, other))
        yield _told("file-name-mismatch", items, numbers)


def _strange_file(items: list[Item], free: list[int], random: Random) -> Iterator[Planted]:
    """The form of another unit among the files of a submission."""
    if numbers := _taken(items, free, ("folder", "folder-accounts")):
        stranger = Case("", YEAR, corpus_text.figures(random), "stranger")
        own = items[numbers[0]].case.unit
        unit = "墨川县" + own[own.index("县") + 1 :]
        items[numbers[0]] = replace(items[numbers[0]], stranger=replace(stranger, unit=unit))
        yield _told("other-unit-file", items, numbers)


PLANTS = (
    _copied, _disagreeing, _last_year_left, _misnamed, _carried_otherwise, _copied_with_name, _copies_differ, _restated,
    _other_signature, _strange_file,
)  # fmt: skip


def _rate_outlier(items: list[Item], free: list[int]) -> Iterator[Planted]:
    """A unit that spent a third of its money."""
    if numbers := _taken(items, free, ("docx", "pdf")):
        of = items[numbers[0]].case.figures
        _with(items, numbers[0], figures=replace(of, left=2 * of.spent))
        yield _told("rate-outlier", items, numbers)


def _score_outlier(items: list[Item], free: list[int]) -> Iterator[Planted]:
    if numbers := _taken(items, free, ("docx", "pdf")):
        of = items[numbers[0]].case.figures
        _with(items, numbers[0], figures=replace(of, points=tuple(points * 11 // 20 for points in of.points)))
        yield _told("score-outlier", items, numbers)


def _template(items: list[Item], free: list[int], random: Random) -> Iterator[Planted]:
    """The sample of a template that many left in: as many as it takes to be many."""
    many = max(4, -(-len(items) * 21 // 20 // 50)) + 2
    if numbers := _taken(items, free, count=many):
        extra = (_result(random),)
        for number in numbers:
            _with(items, number, extra=extra)
        yield _told("template-left-shared", items, numbers)


def _slipped(value: int) -> int:
    """A value with two digits changed about that differ."""
    digits = str(value)
    place = next((n for n in range(1, len(digits) - 1) if digits[n] != digits[n + 1]), 0)
    return int(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])


# --- writing ----------------------------------------------------------------------------------


def _write(task: tuple[Path, Item]) -> None:
    """Writes a submission."""
    folder, item = task
    members = _members(item)
    kind = item.layout.partition("-")[0]
    if kind == "zip":
        (folder / item.submission).write_bytes(corpus_broken.archive(members, gbk=True))
    elif kind == "folder" or item.layout == "docx-pdf":
        (folder / item.submission).mkdir(exist_ok=True)
        for name, data in members.items():
            (folder / item.submission / name).write_bytes(data)
    else:
        ((_, data),) = members.items()
        (folder / item.submission).write_bytes(data)


def _members(item: Item) -> dict[str, bytes]:
    case, unit, year = item.case, item.case.unit, item.case.year
    report = f"{unit}{year}年度部门整体支出绩效自评报告"
    match item.layout:
        case "docx-pdf":
            stale = case
            if item.spoiled:
                stale = replace(case, extra=tuple(text.replace(*item.spoiled) for text in case.extra))
            return {f"{report}.docx": _drawn(case, "docx"), f"{report}.pdf": _drawn(stale, "pdf")}
        case "docx" | "pdf" | "txt" | "xlsx":
            return {f"{report}.{item.layout}": _drawn(case, item.layout)}
    suffix = "pdf" if item.layout == "folder-accounts" else "docx"
    members = {f"{report}.{suffix}": _drawn(case, suffix), f"{unit}{year}年度自评表.xlsx": _drawn(case, "xlsx")}
    if item.layout.endswith("-accounts"):
        members[f"{unit}{year}年度部门决算.pdf"] = bytes(corpus_text.generate.pdf_bytes(corpus_text.accounts(case)))
    if item.stranger:
        members["附表.xlsx"] = _drawn(item.stranger, "xlsx")
    return members


def _drawn(case: Case, layout: str) -> bytes:
    generate = corpus_text.generate
    if layout == "xlsx":
        return bytes(generate.xlsx_bytes(corpus_text.form(case)))
    sample = corpus_text.report(case)
    if layout == "txt":
        return str(generate.text_of(sample.printed)).encode()
    return bytes(generate.docx_bytes(sample) if layout == "docx" else generate.pdf_bytes(sample))


def write_told(folder: Path, made: Corpus) -> Path:
    """Writes what was planted and what is broken into a file beside the folder."""
    told = {"planted": [asdict(one) for one in made.planted], "broken": [asdict(one) for one in made.broken]}
    beside = folder.with_name(folder.name + ".planted.json")
    beside.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return beside


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--broken", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    made = make(options.folder, options.reports, options.broken, options.seed)
    write_told(options.folder, made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
