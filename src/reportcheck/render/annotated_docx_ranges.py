"""Laying comment ranges around characters of a Word document, wherever a run may stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from msgspec import Struct

from reportcheck.read.docx_xml import child, w
from reportcheck.render.annotated_docx_runs import WRAPPERS, CutRuns, Edge

if TYPE_CHECKING:
    from reportcheck.read.docx_xml import Element

_UNSEEN = frozenset(
    w(name)
    for name in (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "proofErr", "permStart", "permEnd"),
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
    )
)


class Place(Struct, frozen=True):
    """What to mark: from the first to the last of two characters (the elements that show them, and offsets in their
    text). Without a ``last`` one it is the point before the first; without any the paragraph, which is empty."""

    paragraph: Element
    first: tuple[Element, int] | None = None
    last: tuple[Element, int] | None = None

    @property
    def begin(self) -> Edge | None:
        """The side of its first character that faces what stands before."""
        return Edge(*self.first, after=False) if self.first else None

    @property
    def end(self) -> Edge | None:
        """The side of its last character that faces what follows."""
        return Edge(*self.last, after=True) if self.last else None


class Range(Struct, frozen=True):
    """The elements of one comment in the text: where it begins, where it ends, and the run that refers to it."""

    start: Element
    end: Element
    run: Element

    def number(self, number: int) -> None:
        """Gives the comment its number."""
        for element in (self.start, self.end, self.run[-1]):
            element.set(w("id"), str(number))


def lay_ranges(places: Sequence[Place], style: str | None) -> list[Range]:
    """A range for each place, in the same order; those that end together end in this order.

    ``style`` is the character style of references to comments, where the document has one.
    """
    runs = CutRuns(edge for place in places for edge in (place.begin, place.end) if edge)
    ranges = [_range(place, runs, style) for place in places]
    begins = [runs.at(place.begin) if place.begin else None for place in places]
    ends = [runs.at(place.end) if place.end else None for place in places]
    begins, ends = [_outward(at, False) for at in begins], [_outward(at, True) for at in ends]
    for place, begin, end, laid in zip(places, begins, ends, ranges, strict=True):
        elements = [laid.start, laid.end, laid.run] if end is None else [laid.start]
        if begin is None:
            place.paragraph.extend(elements)
        else:
            for element in elements:
                begin.addprevious(element)
    for end, laid in zip(reversed(ends), reversed(ranges), strict=True):
        if end is not None:
            end.addnext(laid.run)
            end.addnext(laid.end)
    return ranges


def _range(place: Place, runs: CutRuns, style: str | None) -> Range:
    """The elements for a place; the reference is no larger than the text beside it, so that no line grows."""
    edge = place.end or place.begin
    beside = child(runs.at(edge), "rPr") if edge else child(place.paragraph, "pPr", "rPr")
    make = place.paragraph.makeelement
    run = make(w("r"))
    properties = make(w("rPr"))
    if style:
        properties.append(make(w("rStyle"), {w("val"): style}))
    properties.extend(deepcopy(size) for name in ("sz", "szCs") if (size := child(beside, name)) is not None)
    if len(properties):
        run.append(properties)
    run.append(make(w("commentReference")))
    return Range(make(w("commentRangeStart")), make(w("commentRangeEnd")), run)


def _outward(element: Element | None, forward: bool) -> Element | None:
    """The outermost element that begins (or ends) where this one does.

    A range that stands outside of a field or a content control outlives its next update.
    """
    while element is not None:
        parent = element.getparent()
        beside = next(_seen_siblings(element, forward), None)
        if beside is None and parent is not None and parent.tag in WRAPPERS:
            element = parent
        elif (mark := _field_end(beside) if forward else _field_begin(element)) is not None:
            element = mark
        else:
            break
    return element


def _seen_siblings(element: Element, forward: bool) -> Iterator[Element]:
    for sibling in element.itersiblings(preceding=not forward):
        if isinstance(sibling.tag, str) and sibling.tag not in _UNSEEN:
            yield sibling


def _field_end(run: Element | None) -> Element | None:
    """The run itself, if it does nothing but end a field."""
    marks = [] if run is None else _marks(run)
    return run if marks == ["end"] else None


def _field_begin(element: Element) -> Element | None:
    """The run that begins the field of which this element begins the result, if nothing stands before that in it."""
    depth = 0
    for run in _seen_siblings(element, forward=False):
        marks = _marks(run)
        if not depth and marks[-1:] != ["separate"]:
            return None
        for index, mark in reversed(list(enumerate(marks))):
            depth += 1 if mark == "end" or not depth else -(mark == "begin")
            if not depth:
                return run if index == 0 else None
    return None


def _marks(run: Element) -> list[str | None]:
    """The marks of fields among the content of a run, with ``None`` for all other content."""
    return [part.get(w("fldCharType")) for part in run if part.tag != w("rPr")] if run.tag == w("r") else []
