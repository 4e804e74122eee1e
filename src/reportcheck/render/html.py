"""A report as one page of HTML: its own text with the findings marked in it, a list beside it, and what was checked.

The page needs no network: style and script stand in it, and its policy lets nothing else in. What the document says
is escaped wherever it is put (by the template engine, for all of it), and characters that a page cannot hold are
replaced one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from reportcheck.catalog import Language, message
from reportcheck.model import Accepted, Report, Span
from reportcheck.render import words
from reportcheck.render.page import cards, coverage
from reportcheck.render.page.frame import LANGUAGES, asset, environment, policy
from reportcheck.render.page.paper import Paper
from reportcheck.render.provenance import provenance
from reportcheck.render.told import Teller, mark, short_id
from reportcheck.result import Result


def draw(result: Result) -> bytes:
    """The page of the one report that the result holds."""
    (report,) = result.reports
    language = result.settings.language
    teller = Teller(report, language)
    places = teller.places
    drawn = cards.cards(teller, language)
    marked: dict[Span, list[int]] = {}
    for card in drawn:
        for block, where in card.marks:
            marked.setdefault(Span(block, where.start, where.end), []).append(where.number)
    covered = coverage.coverage(report, places, language, marked)
    paper = Paper(report.document, cards.marks_by_block(drawn), covered.figures, language)
    style, script = asset("base.css") + asset("page.css"), asset("page.js")
    page = (
        environment(language)
        .get_template("page.html.j2")
        .render(
            result=result,
            report=report,
            name=re.split(r"[/\\]", report.document.path)[-1],
            lang=LANGUAGES[language],
            policy=policy(style, script),
            style=style,
            script=script,
            cards=drawn,
            found=words.severities(report.findings, language),
            severities=cards.severities(drawn, language),
            rules=cards.rules_met(drawn, language),
            about=_about(report, language),
            notices=[words.notice(notice, language) for notice in report.document.notices],
            items=paper.items(),
            covered=covered,
            full=coverage.FULL,
            accepted=[_told(entry, teller, language) for entry in report.accepted],
            compared=_compared(report),
            provenance=provenance(result),
        )
    )
    return page.encode()


def _about(report: Report, language: Language) -> tuple[str, ...]:
    """What the report is and how much of it was checked, line by line."""
    year = message(language, "report.year", year=report.year) if report.year else ""
    head = "\u3000".join(text for text in (report.unit, year) if text)
    lines = [head, words.coverage(report, language)]
    if report.facts:
        if not (report.findings or report.accepted):
            decided = any(verdict.outcome != "undecided" for verdict in report.verdicts)
            lines.append(message(language, "report.clean" if decided else "report.nothing_checked"))
        lines.append(words.tally(report, language))
    return tuple(line for line in lines if line)


class _Decided(Struct, frozen=True):
    """An accepted finding in words; ``anchor`` is the block it stands in."""

    mark: str
    title: str
    anchor: str
    place: str
    problem: str
    id: str
    decision: str


def _told(entry: Accepted, teller: Teller, language: Language) -> _Decided:
    finding, decision = entry.finding, entry.decision
    known = [span for span in finding.spans if span.block in teller.places.blocks]
    return _Decided(
        mark(finding, language),
        teller.title(finding),
        f"at-{known[0].block}" if known else "",
        teller.place(known[0]) if known else message(language, "page.whole"),
        words.problem(finding, language),
        short_id(finding, language),
        message(language, "accepted.decision", reason=decision.reason, author=decision.author, date=decision.date),
    )


def _compared(report: Report) -> dict[str, int]:
    """How many findings are new, still there and gone; accepted ones count like the others."""
    present: Iterable[str] = (
        str(finding.status) for finding in (*report.findings, *(entry.finding for entry in report.accepted))
    )
    counts = Counter(present)
    gone = len(report.comparison.gone) if report.comparison else 0
    return {"new": counts["new"], "still": counts["still"], "gone": gone}
