"""What the sheets of an audit say, row by row, by the names of their columns.

Beside a row stands what it is counted as, by the submission that it concerns, so that the counts can lead to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from reportcheck.audit.across import Across
from reportcheck.audit.across_words import measure_suffix, name_of
from reportcheck.audit.outliers import Distribution, shown
from reportcheck.audit.run import FOLDER
from reportcheck.audit.store import Decided
from reportcheck.audit.summary import Summary, Unit
from reportcheck.audit.titles import title
from reportcheck.catalog import Language, message
from reportcheck.model import SEVERITIES, Severity
from reportcheck.render.spreadsheet import Cell
from reportcheck.render.told import SHORT
from reportcheck.render.workbook_columns import Row

Places = dict[tuple[str, str], str]
Counted = tuple[Sequence[tuple[str, str]], Row]

_FAILED = "failed"
_ACROSS = "across"
_QUARTERS = ("least", "low", "median", "high", "most")


class Rows:
    """The rows of an audit in a language."""

    def __init__(self, found: Summary, language: Language) -> None:
        self._found, self._language = found, language
        self._names = {unit.submission: unit.name for unit in found.units}

    def unit(self, rank: int, unit: Unit, places: Mapping[tuple[str, str], str]) -> Row:
        """The row of a unit; ``places`` are those of the first rows that its numbers count."""
        counts: dict[str, int] = {_ACROSS: len(unit.across), _FAILED: len(unit.failures)}
        for severity in SEVERITIES:
            counts[severity] = unit.count(severity)
        return {
            "rank": rank,
            "unit": unit.name,
            "submission": unit.submission,
            "year": unit.year,
            **{n: Cell(c, link=places.get((unit.submission, n), "") if c else "") for n, c in counts.items()},
            "accepted": unit.accepted,
            "files": len(unit.files),
            "figures": unit.figures,
            "checked": unit.checked,
            "share": _share(unit.checked, unit.figures),
        }

    def findings(self, unit: Unit) -> Iterator[Counted]:
        """What was found in the files of a unit, file by file and as the page of each tells it."""
        for one in unit.findings:
            found = one.found
            yield (
                [(unit.submission, found.severity)],
                {
                    "unit": unit.name,
                    "file": one.file,
                    "number": found.number,
                    **self._problem(found.rule, found.severity, found.fingerprint),
                    "place": found.place,
                    "text": found.text,
                    "message": found.message,
                    "decision": self._decision(one.decided),
                    "submission": unit.submission,
                },
            )

    def across(self) -> Iterator[Counted]:
        """What was found across files: a row for each place, the first of which says what is wrong."""
        for number, one in enumerate(ranked(self._found), 1):
            head: Row = {"number": number, **self._problem(one.rule, one.severity, one.fingerprint)}
            told: Row = {"message": one.message, "submissions": "\n".join(one.submissions)}
            counted = [(name, what) for name in one.submissions for what in (one.severity, _ACROSS)]
            if not one.spots:
                yield counted, {**head, **told}
            for index, spot in enumerate(one.spots):
                place: Row = {"file": spot.file, "place": spot.place, "text": spot.text, "context": spot.context}
                yield ([], {**head, **place}) if index else (counted, {**head, **told, **place})

    def rules(self) -> Iterator[Counted]:
        """What each rule found, the gravest first."""
        units = Counter(rule for unit in self._found.units for rule in _rules_of(unit))
        for rule, counts in self._found.rules.items():
            total = sum(counts.values())
            row: Row = {"problem": title(rule, self._language), "rule": rule, "total": total, "units": units[rule]}
            yield [], {**row, **_by_name(counts)}

    def failures(self) -> Iterator[Counted]:
        """The files that could not be checked, and the comparisons that could not be made, with the reasons."""
        for file in self._found.failures:
            row = {"what": self._say("checking"), "subject": file.name, "unit": self._names[file.submission]}
            yield [(file.submission, _FAILED)], {**row, "reason": file.message}
        for scope, reason in self._found.uncompared:
            subject = self._say("whole_folder") if scope == FOLDER else scope
            row = {"what": self._say("comparison"), "subject": subject, "unit": self._names.get(scope, "")}
            yield [], {**row, "reason": reason}

    def distributions(self, spread: Iterable[Distribution]) -> Iterator[Counted]:
        """How each measure is spread, and below it the values that lie far off."""
        for each in spread:
            head = {
                "measure": self._measure(each.rule),
                "kind": name_of("kind", each.kind, self._language),
            }
            quarters = {
                name: Decimal(shown(getattr(each, name))) for name in ("least", "low", "median", "high", "most")
            }
            yield [], {**head, "n": each.n, **quarters, "outliers": len(each.outliers)}
            for value in each.outliers:
                party = value.party
                of = {"unit": party.name or self._names.get(party.submission, party.submission), "file": party.file}
                yield [], {**head, **of, "place": value.measure.place, "value": Decimal(shown(value.exact))}

    def files(self, unit: Unit) -> Iterator[Counted]:
        """The files of a unit, with the hash of each; findings that were accepted do not count."""
        counts = Counter((one.file, one.found.severity) for one in unit.findings)
        for file in unit.files:
            row: Row = {
                "file": file.name,
                "unit": file.unit,
                "submission": file.submission,
                "format": file.kind,
                "title": file.title,
                "year": file.year,
                "figures": file.figures,
                "checked": file.checked,
                "share": _share(file.checked, file.figures),
                "reason": file.message,
                "sha256": file.sha256,
            }
            yield [], {**row, **{severity: counts[file.name, severity] for severity in SEVERITIES}}

    def _measure(self, rule: str) -> str:
        """What is measured, with what would stand behind its values."""
        name, suffix = name_of("measure", rule, self._language), measure_suffix(rule)
        return self._say("measure", name=name, suffix=suffix) if suffix else name

    def _problem(self, rule: str, severity: Severity, fingerprint: str) -> Row:
        return {
            "severity": Cell(message(self._language, f"severity.{severity}"), severity),
            "problem": title(rule, self._language),
            "rule": rule,
            "id": fingerprint[:SHORT],
        }

    def _decision(self, decided: Decided | None) -> str:
        if decided is None:
            return ""
        word = message(self._language, f"audit_decision.{decided.decision}")
        return self._say("decision", decision=word, reason=decided.reason, author=decided.author, date=decided.date)

    def _say(self, key: str, **facts: object) -> str:
        return message(self._language, f"audit_sheets.{key}", **facts)


def ranked(found: Summary) -> list[Across]:
    """The findings across files, the gravest first: their numbers are the same in every form."""
    return sorted(found.across, key=lambda one: SEVERITIES.index(one.severity))


def closing(found: Summary, language: Language) -> str:
    """The whole audit in a line."""
    counts: dict[str, int] = {severity: found.total(severity) for severity in SEVERITIES}
    files = sum(len(unit.files) for unit in found.units)
    facts = {"units": len(found.units), "files": files, "failed": len(found.failures), **counts}
    text = message(language, "audit.closing", **facts)
    accepted = sum(unit.accepted for unit in found.units)
    if accepted:
        text += message(language, "accepted.besides", count=accepted)
    return text + message(language, "summary.stop")


def _rules_of(unit: Unit) -> set[str]:
    return {one.found.rule for one in unit.findings} | {one.rule for one in unit.across}


def _by_name(counts: Mapping[Severity, int]) -> dict[str, int]:
    return {severity: counts.get(severity, 0) for severity in SEVERITIES}


def _share(checked: int, figures: int) -> Decimal | None:
    return round(Decimal(checked) / figures, 4) if figures else None
