"""An audit in sum: the units by how much they need attention, and the whole folder by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from reportcheck import accepted
from reportcheck.audit.across import Across
from reportcheck.audit.inspect import Found, Inspection
from reportcheck.audit.store import Decided, Ledger
from reportcheck.model import SEVERITIES, Severity


class Open(Struct, frozen=True):
    """A finding of one file that nobody accepted, with what a reviewer decided of it otherwise."""

    file: str
    found: Found
    decided: Decided | None = None


class Unit(Struct, frozen=True):
    """A submission: its files, what was found in them and what concerns it across files; ``accepted`` counts the
    findings that a reviewer lets stand."""

    submission: str
    files: tuple[Inspection, ...]
    findings: tuple[Open, ...]
    across: tuple[Across, ...]
    accepted: int = 0

    @property
    def name(self) -> str:
        """The body that reports, as its files name it most often; else the name of the submission."""
        named = Counter(file.unit for file in self.files if file.unit)
        return min(named, key=lambda unit: (-named[unit], unit)) if named else self.submission

    @property
    def year(self) -> int | None:
        """The year reported on, by most of its files."""
        years = Counter(file.year for file in self.files if file.year)
        return min(years, key=lambda year: (-years[year], year)) if years else None

    @property
    def failures(self) -> tuple[Inspection, ...]:
        """The files that could not be checked."""
        return tuple(file for file in self.files if file.code)

    def count(self, severity: Severity) -> int:
        """How many findings there are of a severity, in its files and across files."""
        inside = sum(one.found.severity == severity for one in self.findings)
        return inside + sum(one.severity == severity for one in self.across)

    @property
    def figures(self) -> int:
        """How many figures its files hold."""
        return sum(file.figures for file in self.files)

    @property
    def checked(self) -> int:
        """How many of them were checked."""
        return sum(file.checked for file in self.files)


class Summary(Struct, frozen=True):
    """All units, those first that need attention first; ``across`` are all findings across files, ``uncompared`` the
    comparisons that could not be made, with the reason."""

    units: tuple[Unit, ...]
    across: tuple[Across, ...] = ()
    uncompared: tuple[tuple[str, str], ...] = ()
    rules: Mapping[str, Mapping[Severity, int]] = field(default_factory=dict)

    @property
    def failures(self) -> tuple[Inspection, ...]:
        """The files that could not be checked, by name."""
        return tuple(sorted((file for unit in self.units for file in unit.failures), key=lambda file: file.name))

    def total(self, severity: Severity) -> int:
        """How many findings there are of a severity; one across files counts once."""
        inside = sum(one.found.severity == severity for unit in self.units for one in unit.findings)
        return inside + sum(one.severity == severity for one in self.across)


def summary(ledger: Ledger) -> Summary:
    """The sum of what a ledger holds."""
    inspections = list(ledger.inspections())
    decided = {**_beside(ledger.folder(), inspections), **ledger.decisions()}
    across = tuple(one for one in ledger.across() if not _accepted(one.submissions[0], one.fingerprint, decided))
    concerned: dict[str, list[Across]] = {}
    for one in across:
        for submission in dict.fromkeys(one.submissions):
            concerned.setdefault(submission, []).append(one)
    files: dict[str, list[Inspection]] = {}
    for inspection in inspections:
        files.setdefault(inspection.submission, []).append(inspection)
    units = [_unit(name, files[name], concerned.get(name, ()), decided) for name in files]
    units.sort(key=_rank)
    return Summary(tuple(units), across, tuple(ledger.failed_comparisons()), _by_rule(units, across))


def _beside(folder: Path, inspections: Iterable[Inspection]) -> dict[tuple[str, str], Decided]:
    """What files of decisions beside the reports accept, as ``check`` takes it."""
    paths = {folder / each.name: each.submission for each in inspections if (folder / each.name).is_file()}
    known = accepted.read_all(paths)
    return {
        (submission, one.fingerprint): Decided("accepted", one.reason, one.author, one.date)
        for path, submission in paths.items()
        for file in accepted.files_for(path)
        for one in known.get(file, ())
    }


def _unit(
    name: str, files: Sequence[Inspection], across: Iterable[Across], decided: Mapping[tuple[str, str], Decided]
) -> Unit:
    found = [Open(file.name, each, decided.get((name, each.fingerprint))) for file in files for each in file.findings]
    left = [one for one in found if one.decided is None or one.decided.decision != "accepted"]
    return Unit(name, tuple(files), tuple(left), tuple(across), len(found) - len(left))


def _accepted(submission: str, fingerprint: str, decided: Mapping[tuple[str, str], Decided]) -> bool:
    decision = decided.get((submission, fingerprint))
    return decision is not None and decision.decision == "accepted"


def _rank(unit: Unit) -> tuple[int, int, int, int, str]:
    """Errors first, then what could not be read, then warnings and notes."""
    errors, warnings, notes = (-unit.count(severity) for severity in SEVERITIES)
    return errors, -len(unit.failures), warnings, notes, unit.submission


def _by_rule(units: Iterable[Unit], across: Iterable[Across]) -> dict[str, Mapping[Severity, int]]:
    counts: dict[str, Counter[Severity]] = {}
    for unit in units:
        for one in unit.findings:
            counts.setdefault(one.found.rule, Counter())[one.found.severity] += 1
    for other in across:
        counts.setdefault(other.rule, Counter())[other.severity] += 1
    ranked = sorted(counts, key=lambda rule: (*(-counts[rule][severity] for severity in SEVERITIES), rule))
    return {rule: dict(counts[rule]) for rule in ranked}
