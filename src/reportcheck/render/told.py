"""Findings in words: the same title, place, arithmetic and advice in every form that is handed on."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from reportcheck.catalog import Language, message, rules
from reportcheck.model import Blame, Finding, Report, Span
from reportcheck.render import words
from reportcheck.render.places import Places

SHORT = 8
_MOST_OTHERS = 3
_MOST_EQUAL = 2


class Line(Struct, frozen=True):
    """One labelled line about a finding. ``name`` is ``formula``, ``basis``, ``result``, ``either``, ``equal``,
    ``also``, ``problem``, ``flips``, ``cause``, ``others`` or ``advice``; ``label`` is the word for it."""

    name: str
    label: str
    text: str


class Told(Struct, frozen=True):
    """A finding in words. ``number`` counts the findings of a report from 1 in every form alike; ``text`` is what
    the report says at the ``place``, in its ``context`` (the sentence, or the row of a table)."""

    number: int
    finding: Finding
    title: str
    severity: str
    mark: str
    id: str
    place: str
    text: str
    context: str
    lines: tuple[Line, ...]


class Teller:
    """Puts the findings of one report into words."""

    def __init__(self, report: Report, language: Language) -> None:
        self.places = Places(report.document, language)
        self._report = report
        self._language = language
        self._names = {fact.quantity.span: fact.indicator for fact in report.facts}

    def findings(self) -> tuple[Told, ...]:
        """All findings of the report, in order."""
        return tuple(self.told(finding, number) for number, finding in enumerate(self._report.findings, 1))

    def told(self, finding: Finding, number: int) -> Told:
        """One finding."""
        span = finding.spans[0] if finding.spans and finding.spans[0].block in self.places.blocks else None
        return Told(
            number,
            finding,
            self.title(finding),
            message(self._language, f"severity.{finding.severity}"),
            mark(finding, self._language),
            finding.fingerprint[:SHORT],
            self.place(span) if span else "",
            self.places.text(span) if span else "",
            self.places.around.context(span) if span else "",
            self.lines(finding, [other for other in finding.spans[1:] if other != finding.spans[0]]),
        )

    def title(self, finding: Finding) -> str:
        """What is wrong, by the title of the rule."""
        return rules()[finding.rule].text("title", self._language)

    def place(self, span: Span) -> str:
        """The place with the name of the figure there and the heading it stands under."""
        return self.places.in_full(span, self._names.get(span, ""))

    def lines(self, finding: Finding, elsewhere: Sequence[Span]) -> tuple[Line, ...]:
        """All that is to be said of a finding; ``elsewhere`` are its further places that need to be named."""
        if finding.blame is not None:
            told = self._grounds(finding.blame)
        else:
            told = [("problem", words.problem(finding, self._language))]
        here = finding.spans[0].block if finding.spans else ""
        told += [
            ("flips", words.flips(finding, self._language)),
            ("cause", words.cause(finding, self._language)),
            ("others", self._others(elsewhere, here)),
            ("advice", finding.advice),
        ]
        return tuple(Line(name, message(self._language, f"finding.{name}"), text) for name, text in told if text)

    def _grounds(self, blame: Blame) -> list[tuple[str, str]]:
        """What the figures give, what is written and what would be right, and what else it breaks."""
        language, repair = self._language, blame.repair
        # Of many figures any of which might be meant a list tells nothing.
        others = words.repairs(blame.equal, language) if len(blame.equal) <= _MOST_EQUAL else ""
        if repair is None and others:
            told = [("formula", words.broken(blame.verdict, language)), ("either", others)]
        elif repair is None or repair.fact is blame.verdict.claim.stated:
            told = [words.grounds(blame.verdict, language), ("result", words.result(blame.verdict, language))]
        else:
            told = [("formula", words.broken(blame.verdict, language)), ("result", words.mended(repair, language))]
        if repair is not None:
            told.append(("equal", others))
        return told + [("also", words.broken(verdict, language)) for verdict in blame.others]

    def _others(self, spans: Sequence[Span], here: str) -> str:
        """Places and what is written there; figures of one place together, those of ``here`` named so."""
        texts: dict[str, list[str]] = {}
        for span in dict.fromkeys(spans):
            if span.block in self.places.blocks:
                place = message(self._language, "place.same") if span.block == here else self.places.of(span)
                texts.setdefault(place, []).append(" ".join(self.places.text(span).split()))
        comma = message(self._language, "place.list")
        listed = [
            message(self._language, "place.other", place=place, text=comma.join(found))
            for place, found in list(texts.items())[:_MOST_OTHERS]
        ]
        more = message(self._language, "finding.not_shown", count=len(texts)) if len(texts) > _MOST_OTHERS else ""
        return message(self._language, "place.separator").join(listed) + more


def mark(finding: Finding, language: Language) -> str:
    """Whether a finding is new or was there before, where that is known."""
    return message(language, f"mark.{finding.status}") if finding.status else ""


def short_id(finding: Finding, language: Language) -> str:
    """The beginning of the fingerprint, by which ``accept`` knows the finding."""
    return message(language, "finding.id", id=finding.fingerprint[:SHORT])
