"""The ledger of figures on the terminal: coverage by section, then each figure with what it was held against."""

from __future__ import annotations

from reportcheck.ledger import Entry, Section, decided, ledger
from reportcheck.model import Report
from reportcheck.render import words
from reportcheck.render.places import Places
from reportcheck.render.terminal_lines import width
from reportcheck.render.terminal_pen import Pen

_STYLES = {"inconsistent": "red", "undecided": "yellow", "unchecked": "yellow"}


def print_ledger(pen: Pen, report: Report) -> None:
    """Draws every figure of a report under its section, those that were not checked with the reason."""
    places = Places(report.document, pen.language)
    pen.line((pen.say("ledger.title"), "bold"))
    for section in ledger(report):
        pen.line()
        pen.paragraph(_coverage(pen, section), 2, "bold")
        for entry in section.entries:
            _entry(pen, entry, report, places)
    pen.line()


def _coverage(pen: Pen, section: Section) -> str:
    figures, checked = len(section.entries), section.checked
    name = section.name or pen.say("ledger.no_section")
    return pen.say("ledger.section", name=name, figures=figures, checked=checked, share=f"{checked / figures:.0%}")


def _entry(pen: Pen, entry: Entry, report: Report, places: Places) -> None:
    quantity = entry.fact.quantity
    lead = "  " + places.of(quantity.span)
    said = words.label(pen.language, "ledger_standing", entry.standing)
    if entry.reason:
        why = words.label(pen.language, "reason", entry.reason)
    else:
        used = (report.verdicts[index] for index in decided(entry, report))
        why = pen.say("place.separator").join(words.relation(verdict, pen.language) for verdict in used)
    text = pen.say("ledger.entry", figure=quantity.text, name=entry.fact.indicator, standing=said, why=why)
    pen.paragraph(text, max(width(lead) + 2, 14), _STYLES.get(entry.standing, ""), lead)
