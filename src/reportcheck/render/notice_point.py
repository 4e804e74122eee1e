"""One finding as a point of the return notice: where it is, what the report says, what was found, what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reportcheck import describe
from reportcheck.catalog import Language, message, table
from reportcheck.errors import CatalogError
from reportcheck.model import Finding, Repair, Span
from reportcheck.render import words
from reportcheck.render.notice_template import FILE
from reportcheck.render.places import Places
from reportcheck.render.surroundings import CELL_JOIN
from reportcheck.render.terminal_lines import Range, width, window
from reportcheck.render.told import Teller, Told
from reportcheck.render.word_runs import Pieces
from reportcheck.render.word_template import Content
from reportcheck.schemas.notice import Notice, NoticeRequest
from reportcheck.text import normalise, sentences

_WIDEST_QUOTE = 240
_MOST_EQUAL = 2
_UNIT = "unit-slip"
_ENDS = "。."
# The rules' messages set figures apart by blanks where a letter has commas.
_BLANK = "\u3000"


def point(told: Told, teller: Teller, language: Language) -> Content:
    """The fields of one point."""
    finding = told.finding
    said = table(Notice).texts(language)
    quote, hidden = _quotation(finding.spans, teller.places, said.ellipsis)
    # A note is told in brief: of many further figures, which its arithmetic shows, it does not name the places.
    brief = finding.severity == "note" and len(hidden) > 1
    lines = teller.lines(finding, () if brief else hidden)

    def listed(name: str) -> str:
        texts = [line.text.replace(_BLANK, said.comma) for line in lines if line.name == name]
        return message(language, "place.separator").join(texts)

    return Content(
        {
            "number": str(told.number),
            "title": told.title,
            "mark": told.mark,
            "id": told.id,
            "place": told.place,
            "words": told.text,
            "quote": quote,
            "finding": words.problem(finding, language).rstrip(_ENDS),
            "also": listed("also"),
            "flips": listed("flips"),
            "others": listed("others"),
            "cause": _cause(finding, language),
            "request": request(finding, teller.places, language),
        }
    )


# --- what the report says ---------------------------------------------------------------------


def _quotation(spans: Sequence[Span], places: Places, ellipsis: str) -> tuple[Pieces, tuple[Span, ...]]:
    """The sentence, or the filled cells of the row, with the words in question marked; and the further places of
    the finding that it does not show."""
    if not spans or spans[0].block not in places.blocks:
        return (), tuple(spans[1:])
    text, starts, is_row = _passage(spans[0], places)
    moved = {
        span: (starts[span.block] + span.start, starts[span.block] + span.end) for span in spans if span.block in starts
    }
    figure = moved[spans[0]]
    limits = (0, len(text)) if is_row else _sentences(text, figure, moved.values())
    start, end = window(text, _WIDEST_QUOTE, figure, [r for s, r in moved.items() if s != spans[0]], limits)
    shown = frozenset(span for span, (first, last) in moved.items() if start <= first and last <= end)
    before = (ellipsis if start > limits[0] else "") + text[start : figure[0]].lstrip()
    after = text[figure[1] : end].rstrip() + (ellipsis if end < limits[1] else "")
    pieces = (before, False), (text[slice(*figure)], True), (after, False)
    return tuple(piece for piece in pieces if piece[0]), tuple(s for s in spans[1:] if s not in shown)


def _passage(span: Span, places: Places) -> tuple[str, dict[str, int], bool]:
    """The paragraph around a span, or the filled cells of its row; where its blocks begin in that; whether it is a
    row."""
    block = places.blocks[span.block]
    if block.role != "cell":
        return block.text, {block.id: 0}, False
    starts: dict[str, int] = {}
    text = ""
    for cell in places.around.row_of(block):
        if cell.text.strip() or cell.id == block.id:
            text += CELL_JOIN if text else ""
            starts[cell.id] = len(text)
            text += cell.text
    return text, starts, True


def _sentences(text: str, figure: Range, others: Iterable[Range]) -> Range:
    """From the first to the last sentence that holds the figure or another one near enough to be shown with it."""
    near = [figure]
    for other in others:
        wider = min(other[0], figure[0]), max(other[1], figure[1])
        near += [other] if width(text[slice(*wider)]) <= _WIDEST_QUOTE else []
    first, last = min(start for start, _ in near), max(end for _, end in near)
    touched = [(start, end) for start, end in sentences(normalise(text)) if start < last and first < end]
    return min([first, *(start for start, _ in touched[:1])]), max([last, *(end for _, end in touched[-1:])])


# --- what is asked for ------------------------------------------------------------------------


def request(finding: Finding, places: Places, language: Language) -> str:
    """What the unit is asked to do, by the first row of the catalogue that fits."""
    case = _case(finding)
    advice = finding.advice.rstrip(_ENDS)
    facts = {**_figures(finding, places, language), "advice": advice[:1].lower() + advice[1:]}
    for number, row in enumerate(table(Notice).request, 1):
        if _fits(row, case, finding):
            return _said(row.text(language), f"request {number}", facts)
    raise CatalogError("pattern-row-wrong", file=FILE, row="request", detail=case)


def _case(finding: Finding) -> str:
    """How far the arithmetic goes: see the rows ``request``."""
    blame = finding.blame
    if blame is None:
        return "text"
    if finding.cause is not None and finding.cause.code == _UNIT:
        return "unit"
    if blame.verdict.outcome == "rounding":
        return "rounding"
    if 0 < len(blame.equal) <= _MOST_EQUAL:
        return "either"
    if blame.repair is None:
        return "open"
    several = any(verdict.outcome == "inconsistent" for verdict in blame.others)
    return "mended" if several or blame.repair.fact is not blame.verdict.claim.stated else "alone"


def _fits(row: NoticeRequest, case: str, finding: Finding) -> bool:
    return (
        row.case == case
        and row.severity in (None, finding.severity)
        and row.cause in ("", finding.cause.code if finding.cause else "")
        and finding.rule in (row.rules or (finding.rule,))
    )


def _figures(finding: Finding, places: Places, language: Language) -> dict[str, str]:
    """The figure as written and as computed, or the figures of which one is wrong; the words that they contradict."""
    blame = finding.blame
    if blame is None:
        return {}
    claim, repair = blame.verdict.claim, blame.repair
    facts = {
        "stated": repair.fact.quantity.text if repair else claim.stated.quantity.text,
        "computed": repair.right.text if repair else describe.computed_text(blame.verdict),
        "wording": places.text(claim.words) if claim.words else describe.formula_text(claim),
        "choices": _choices((*((repair,) if repair else ()), *blame.equal), language),
    }
    if finding.cause is not None and finding.cause.code == _UNIT:
        facts |= {"stated": finding.cause.facts["figure"], "computed": finding.cause.facts["right"]}
    return facts


def _choices(repairs: Sequence[Repair], language: Language) -> str:
    said = table(Notice).texts(language)
    facts = ({"stated": each.fact.quantity.text, "computed": each.right.text} for each in repairs)
    return said.or_.join(_said(said.choice, f"{language}.choice", each) for each in facts)


def _cause(finding: Finding, language: Language) -> str:
    """The probable cause, as a question: only the writer of the report knows."""
    texts = table(Notice).texts(language).cause
    if finding.cause is None or finding.cause.code not in texts:
        return ""
    asked = _said(texts[finding.cause.code], f"{language}.cause.{finding.cause.code}", finding.cause.facts)
    return asked.replace("“” ", "").replace("“”", "")


def _said(text: object, row: str, facts: Any) -> str:
    """A text of the catalogue with its facts; a mistake in it is told by its row."""
    try:
        return str(text).format(**facts)
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        raise CatalogError("pattern-row-wrong", file=FILE, row=row, detail=error) from None
