"""What the sheets of the workbook say of one report, row by row, by the names of their columns.

What a row is counted as in the summary stands in it as ``counted``.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportcheck import describe
from reportcheck.catalog import Language, message, rules
from reportcheck.ledger import Entry, ledger
from reportcheck.model import Earlier, Finding, Report, Verdict
from reportcheck.render import words
from reportcheck.render.figures import claim_row, figure_row
from reportcheck.render.spreadsheet import Cell
from reportcheck.render.told import SHORT, Line, Teller, Told
from reportcheck.render.workbook_columns import Row

# What is told of a finding in columns of their own; the other lines stand together in one.
_GROUNDS = ("formula", "basis")
_OWN = ("flips", "cause", "advice")


class ReportRows:
    """The rows of one report, which is called by a ``name`` where a workbook has several."""

    def __init__(self, report: Report, name: str, language: Language) -> None:
        self._report = report
        self._name = name
        self._language = language
        self._teller = Teller(report, language)

    def findings(self) -> Iterator[Row]:
        """The findings to be looked at, in the order and with the numbers of every form."""
        return map(self._finding, self._teller.findings())

    def accepted(self) -> Iterator[Row]:
        """The findings that may stand, with the decisions."""
        for number, entry in enumerate(self._report.accepted, 1):
            decision = entry.decision
            place = self._say("sheets.decided_at", file=decision.file, row=decision.row)
            yield {
                **self._finding(self._teller.told(entry.finding, number)),
                "counted": "accepted",
                "why": decision.reason,
                "author": decision.author,
                "date": decision.date,
                "file": place if decision.file else "",
            }

    def _finding(self, told: Told) -> Row:
        lines = {name: _texts(told, name) for name in (*_GROUNDS, *_OWN)}
        stated, computed, gap = describe.values(told.finding, self._language) or ("", "", "")
        return {
            "counted": told.finding.severity,
            "number": told.number,
            "report": self._name,
            "severity": Cell(told.severity, told.finding.severity),
            "status": told.mark,
            "title": told.title,
            "place": told.place,
            "text": told.text,
            "context": told.context,
            "formula": "\n".join(lines["formula"] or [self._labelled(line) for line in _lines(told, "basis")]),
            "stated": stated,
            "computed": self._limit(told.finding) + computed,
            "gap": gap,
            "details": "\n".join(self._details(told, bool(computed))),
            **{name: "\n".join(lines[name]) for name in _OWN},
            "rule": told.finding.rule,
            "id": told.id,
        }

    def _limit(self, finding: Finding) -> str:
        """The sign of a limit, where the figure is held against one."""
        return (
            "" if finding.verdict is None or describe.repaired_operand(finding) else words.limit(finding.verdict.claim)
        )

    def _details(self, told: Told, computed: bool) -> Iterator[str]:
        """What else is told of a finding."""
        for line in told.lines:
            if line.name == "problem":
                yield line.text
            elif line.name not in (*_GROUNDS, *_OWN) and not (line.name == "result" and computed):
                yield self._labelled(line)

    def _labelled(self, line: Line) -> str:
        return self._say("sheets.line", label=line.label, text=line.text)

    def changes(self) -> Iterator[Row]:
        """What is gone since the earlier run, what is new and what is still there, those accepted among them."""
        comparison = self._report.comparison
        if comparison is None:
            return
        if comparison.matched == "nothing":
            yield {"report": self._name, "details": self._say("baseline.nothing")}
        for earlier in comparison.gone:
            yield self._gone(earlier)
        present: list[tuple[Finding, str]] = [(finding, "") for finding in self._report.findings]
        present += [(entry.finding, words.decision(entry.decision, self._language)) for entry in self._report.accepted]
        for status in ("new", "still"):
            for number, (finding, decision) in enumerate(present, 1):
                if finding.status == status:
                    row = self._finding(self._teller.told(finding, number))
                    problem = words.problem(finding, self._language)
                    yield {**row, "counted": status, "details": problem, "decision": decision}

    def _gone(self, earlier: Earlier) -> Row:
        rule = rules().get(earlier.rule)
        return {
            "counted": "gone",
            "report": self._name,
            "status": self._say("mark.gone"),
            "severity": Cell(self._say(f"severity.{earlier.severity}"), earlier.severity),
            "title": rule.text("title", self._language) if rule else earlier.rule,
            "text": earlier.text,
            "context": earlier.context,
            "details": earlier.message,
            "rule": earlier.rule,
            "id": earlier.fingerprint[:SHORT],
        }

    def agreeing(self) -> Iterator[Row]:
        """What was recomputed and agrees, be it but for rounding."""
        return self._verdicts("consistent", "rounding")

    def undecided(self) -> Iterator[Row]:
        """What was held against something, without a result, and why."""
        return self._verdicts("undecided")

    def _verdicts(self, *outcomes: str) -> Iterator[Row]:
        chosen = [verdict for verdict in self._report.verdicts if verdict.outcome in outcomes]
        for verdict in sorted(chosen, key=self._teller.places.order):
            row = claim_row(verdict, self._teller.places, self._language)
            computed = words.limit(verdict.claim) + describe.computed_text(verdict)
            yield {
                **row,
                "passage": row["context"],
                "where": row["place"],
                "counted": verdict.outcome,
                "report": self._name,
                "family": self._family(verdict),
                "computed": computed,
                "trial": computed,
            }

    def figures(self) -> Iterator[Row]:
        """Every figure, how it stands, what it was held against, or why it was not checked."""
        number = 0
        for section in ledger(self._report):
            for entry in section.entries:
                number += 1
                row = figure_row(entry.fact, self._teller.places, self._language)
                yield {
                    **row,
                    "where": row["place"],
                    "counted": "figures",
                    "number": number,
                    "report": self._name,
                    "section": section.name or self._say("ledger.no_section"),
                    "standing": words.label(self._language, "ledger_standing", entry.standing),
                    "reason": words.label(self._language, "reason", entry.reason) if entry.reason else "",
                    "rules": self._say("place.list").join(dict.fromkeys(self._used(entry))),
                }

    def _used(self, entry: Entry) -> Iterator[str]:
        for index in entry.verdicts:
            verdict = self._report.verdicts[index]
            yield self._say("finding.title", title=self._family(verdict), rule=verdict.claim.rule)

    def _family(self, verdict: Verdict) -> str:
        return words.label(self._language, "family", rules()[verdict.claim.rule].family)

    def _say(self, key: str, **facts: object) -> str:
        return message(self._language, key, **facts)


def _lines(told: Told, name: str) -> list[Line]:
    return [line for line in told.lines if line.name == name]


def _texts(told: Told, name: str) -> list[str]:
    return [line.text for line in _lines(told, name)]
