"""An audit as one page of HTML that leads to the page of each report: units, findings across files, failures, charts.

Like the pages of reports it needs no network, and nothing that documents say can act in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from reportcheck.audit import charts
from reportcheck.audit.across import Across
from reportcheck.audit.across_words import measure_suffix, name_of
from reportcheck.audit.inspect import Inspection
from reportcheck.audit.outliers import FEWEST, Distribution, shown
from reportcheck.audit.run import FOLDER, page_of
from reportcheck.audit.summary import Summary, Unit
from reportcheck.audit.titles import title
from reportcheck.audit.workbook_rows import closing, ranked
from reportcheck.catalog import Language, message
from reportcheck.checker import Settings
from reportcheck.model import SEVERITIES, Severity
from reportcheck.outputs import name_for_report
from reportcheck.render.page import coverage
from reportcheck.render.page.frame import LANGUAGES, asset, environment, policy
from reportcheck.render.provenance import provenance
from reportcheck.result import Result, Source

_PACKAGE = "reportcheck.audit"
_FEWEST_DRAWN = 5
_RULES_SHOWN = 15
_SPOTS_SHOWN = 4
_OPEN = 10


class _File(Struct, frozen=True):
    """A file of a unit: what it is called below its submission, the address of its page, what was found."""

    name: str
    address: str
    failure: str
    counts: tuple[tuple[Severity, int], ...]


class _Row(Struct, frozen=True):
    """A row of the table of units; ``share`` is that of the figures checked, in per cent."""

    unit: Unit
    files: tuple[_File, ...]
    counts: tuple[tuple[Severity, int], ...]
    share: int | None
    across: tuple[int, ...]


class _Group(Struct, frozen=True):
    """Findings across files of one rule, with their numbers."""

    rule: str
    title: str
    severity: Severity
    findings: tuple[tuple[int, Across], ...]


class _Rule(Struct, frozen=True):
    """How often a rule found something, as a bar."""

    id: str
    title: str
    count: int
    bar: tuple[coverage.Part, ...]


class _Chart(Struct, frozen=True):
    """A distribution with its chart; the figures under it have ``suffix`` behind them."""

    title: str
    spread: Distribution
    drawn: charts.Histogram
    suffix: str


def links(found: Summary, folder: Path, settings: Settings) -> dict[str, str]:
    """The pages that lie in the folder of results, by the names of the files, as paths below it."""
    names = [file.name for unit in found.units for file in unit.files if not file.code]
    there = [name for name in names if page_of(name, folder, settings).exists()]
    return {name: name_for_report(name, "page", ".html", settings.language) for name in there}


def draw(
    found: Summary,
    spread: Sequence[Distribution],
    settings: Settings,
    links: Mapping[str, str],
    sources: Sequence[Source] = (),
) -> bytes:
    """The page. ``links`` are the paths of the pages of reports, relative to where it will lie, by the names of the
    files; ``sources`` are files that the result depends on beside the reports."""
    language = settings.language
    style = asset("base.css") + asset("index.css", _PACKAGE)
    script = asset("index.js", _PACKAGE)
    addresses = {name: address(path) for name, path in links.items()}
    across = ranked(found)
    files, without = charts.coverage(found)
    page = (
        environment(language, _PACKAGE)
        .get_template("index.html.j2")
        .render(
            lang=LANGUAGES[language],
            policy=policy(style, script),
            style=style,
            script=script,
            found=found,
            closing=closing(found, language),
            severities=[(each, found.total(each)) for each in SEVERITIES],
            rows=_rows(found, across, addresses),
            groups=_groups(across, language),
            addresses=addresses,
            rules=_rules(found, language),
            coverage=files,
            without=without,
            charts=[_chart(each, language) for each in spread if each.n >= _FEWEST_DRAWN],
            few=[(_name(each, language), each.n) for each in spread if each.n < _FEWEST_DRAWN],
            provenance=provenance(Result(settings=settings, sources=sources)),
            shown=shown,
            full=coverage.FULL,
            size=(charts.WIDTH, charts.HEIGHT),
            folder=FOLDER,
            limits={
                "drawn": _FEWEST_DRAWN,
                "told": FEWEST,
                "rules": _RULES_SHOWN,
                "spots": _SPOTS_SHOWN,
                "open": _OPEN,
            },
        )
    )
    return page.encode()


def address(path: str) -> str:
    """The relative address of a path: its bytes, so that names in no known encoding lead there, too."""
    try:
        return quote(path.encode("utf-8", errors="surrogateescape"))
    except UnicodeEncodeError:
        return quote(path.encode("utf-8", errors="surrogatepass"))


def _rows(found: Summary, across: Sequence[Across], addresses: Mapping[str, str]) -> list[_Row]:
    numbers: dict[str, list[int]] = {}
    for number, one in enumerate(across, 1):
        for submission in dict.fromkeys(one.submissions):
            numbers.setdefault(submission, []).append(number)
    return [
        _Row(
            unit,
            _files(unit, addresses),
            tuple((severity, unit.count(severity)) for severity in SEVERITIES),
            100 * unit.checked // unit.figures if unit.figures else None,
            tuple(numbers.get(unit.submission, ())),
        )
        for unit in found.units
    ]


def _files(unit: Unit, addresses: Mapping[str, str]) -> tuple[_File, ...]:
    counts = Counter((one.file, one.found.severity) for one in unit.findings)

    def of(file: Inspection) -> _File:
        own = [(severity, counts[file.name, severity]) for severity in SEVERITIES]
        short = file.name.removeprefix(f"{unit.submission}/")
        return _File(short, addresses.get(file.name, ""), file.message, tuple(each for each in own if each[1]))

    return tuple(map(of, unit.files))


def _groups(across: Sequence[Across], language: Language) -> list[_Group]:
    by_rule: dict[tuple[Severity, str], list[tuple[int, Across]]] = {}
    for number, one in enumerate(across, 1):
        by_rule.setdefault((one.severity, one.rule), []).append((number, one))
    return [_Group(rule, title(rule, language), severity, tuple(each)) for (severity, rule), each in by_rule.items()]


def _rules(found: Summary, language: Language) -> list[_Rule]:
    """The rules, the most frequent first; the longest bar is full."""
    counts = {rule: Counter[str](by_severity) for rule, by_severity in found.rules.items()}
    most = max((each.total() for each in counts.values()), default=1)
    return [
        _Rule(rule, title(rule, language), each.total(), coverage.bar(each, SEVERITIES, most, "severity", language))
        for rule, each in sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    ]


def _chart(spread: Distribution, language: Language) -> _Chart:
    suffix = measure_suffix(spread.rule)
    name = message(
        language,
        "audit_index.distribution",
        measure=name_of("measure", spread.rule, language),
        kind=name_of("kind", spread.kind, language),
        n=spread.n,
    )
    return _Chart(name, spread, charts.distribution(spread, suffix), suffix)


def _name(spread: Distribution, language: Language) -> str:
    return f"{name_of('measure', spread.rule, language)} / {name_of('kind', spread.kind, language)}"
