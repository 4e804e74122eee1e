"""The ledger of figures: each figure of a report with the claims that used it, or why it was not checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from reportcheck.causes import figures_of
from reportcheck.model import Fact, Outcome, Report, Span

Standing = Literal["consistent", "rounding", "inconsistent", "undecided", "unchecked"]

# What is only hoped for, planned or allowed is nothing to recompute.
_AIMS = frozenset({"target", "limit"})


class Entry(Struct, frozen=True):
    """One figure: how it stands, and the verdicts (by index in the report) that used it.

    A figure stands ``inconsistent`` where it is to blame, or where no claim that uses it holds; ``undecided`` and
    ``unchecked`` ones have a ``reason``.
    """

    fact: Fact
    standing: Standing
    verdicts: tuple[int, ...] = ()
    reason: str = ""

    @property
    def checked(self) -> bool:
        """Whether some claim that uses the figure was decided, or a finding blames it."""
        return self.standing not in ("undecided", "unchecked")


class Section(Struct, frozen=True):
    """The figures under one main heading, or under none (``""``)."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def checked(self) -> int:
        """How many of them were checked."""
        return sum(entry.checked for entry in self.entries)


def ledger(report: Report) -> tuple[Section, ...]:
    """Every figure of a report, by section and in reading order."""
    used: dict[Span, list[int]] = {}
    for index, verdict in enumerate(report.verdicts):
        for fact in figures_of(verdict.claim):
            used.setdefault(fact.quantity.span, []).append(index)
    to_blame = _blamed(report)
    order = {block.id: index for index, block in enumerate(report.document.blocks)}
    sections: dict[str, list[Entry]] = {}
    for fact in sorted(report.facts, key=lambda fact: (order[fact.quantity.span.block], fact.quantity.span.start)):
        indices = tuple(dict.fromkeys(used.get(fact.quantity.span, ())))
        entry = _entry(fact, indices, report, fact.quantity.span in to_blame)
        sections.setdefault(fact.scope.split(" / ")[0], []).append(entry)
    return tuple(Section(name, tuple(entries)) for name, entries in sections.items())


def unchecked(report: Report) -> dict[str, tuple[Entry, ...]]:
    """The figures that were not checked, by the reason; the reason of most of them first."""
    found: dict[str, list[Entry]] = {}
    for section in ledger(report):
        for entry in section.entries:
            if not entry.checked:
                found.setdefault(entry.reason, []).append(entry)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return {reason: tuple(entries) for reason, entries in ranked}


def _blamed(report: Report) -> frozenset[Span]:
    found: set[Span] = set()
    for finding in report.findings:
        if finding.blame is not None and finding.severity != "note":
            found.update((finding.spans[0], *(repair.fact.quantity.span for repair in finding.blame.equal)))
    return frozenset(found)


def _entry(fact: Fact, indices: Sequence[int], report: Report, to_blame: bool) -> Entry:
    verdicts = [report.verdicts[index] for index in indices]
    outcomes: set[Outcome] = {verdict.outcome for verdict in verdicts}
    if to_blame:
        return Entry(fact, "inconsistent", tuple(indices))
    for outcome in ("consistent", "rounding", "inconsistent"):
        if outcome in outcomes:
            return Entry(fact, outcome, tuple(indices))
    if verdicts:
        return Entry(fact, "undecided", tuple(indices), verdicts[0].reason or "unknown")
    return Entry(fact, "unchecked", (), _why_unchecked(fact))


def _why_unchecked(fact: Fact) -> str:
    if fact.quantity.bound != "exact":
        return "hedged"
    return "aim" if fact.role in _AIMS else "no-relation"


def decided(entry: Entry, report: Report) -> tuple[int, ...]:
    """The decided verdicts that use a figure, first those that make it stand as it does."""
    indices = [index for index in entry.verdicts if report.verdicts[index].outcome != "undecided"]
    return tuple(sorted(indices, key=lambda index: report.verdicts[index].outcome != entry.standing))


def checked_spans(report: Report) -> frozenset[Span]:
    """The figures that some decided verdict used, as stated or as operand, or that a finding blames."""
    decided = (verdict.claim for verdict in report.verdicts if verdict.outcome != "undecided")
    used = (fact.quantity.span for claim in decided for fact in figures_of(claim))
    return frozenset(used) | _blamed(report)
