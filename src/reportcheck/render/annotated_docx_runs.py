"""Cutting the runs of a Word document where a comment begins or ends; nothing that is seen changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from reportcheck.read.docx_inline import trimmed
from reportcheck.read.docx_xml import SPACE, w

if TYPE_CHECKING:
    from reportcheck.read.docx_xml import Element

WRAPPERS = frozenset(
    w(name)
    for name in ("hyperlink", "ins", "moveTo", "fldSimple", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo")
)
"""What may stand between a paragraph and its runs, and hold the ends of ranges as well."""
_Bound: TypeAlias = tuple[int, int]
"""A place in a run: before the child with this number, that many characters into its text."""


class Edge(Struct, frozen=True):
    """One side of a character: of the element that shows it, and of one of the characters of its text."""

    element: Element
    offset: int
    after: bool


class CutRuns:
    """The runs of a document, cut at all of these edges."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self._bounds = {edge: _bound(edge) for edge in edges}
        inner: dict[Element, set[_Bound]] = {}
        for host, bound in self._bounds.values():
            if bound is not None:
                inner.setdefault(host, set()).add(bound)
        self._begins: dict[tuple[Element, _Bound], Element] = {}
        self._ends: dict[tuple[Element, _Bound], Element] = {}
        for run, bounds in inner.items():
            self._cut(run, bounds)

    def at(self, edge: Edge) -> Element:
        """The element in the paragraph that begins at the edge, or ends there if it is the side behind."""
        host, bound = self._bounds[edge]
        if bound is None:
            return host
        return (self._ends if edge.after else self._begins)[host, bound]

    def _cut(self, run: Element, bounds: set[_Bound]) -> None:
        first, last = _content(run)
        stops = sorted({*bounds, (first, 0), (last, 0)})
        children = list(run)
        pieces = [list(_piece(children, begin, end)) for begin, end in pairwise(stops)]
        del run[first:]
        part, bare = run, deepcopy(run)
        bare.tail = None
        for (begin, end), piece in zip(pairwise(stops), pieces, strict=True):
            if begin != stops[0]:
                following = deepcopy(bare)
                part.addnext(following)
                part = following
            part.extend(piece)
            self._begins[run, begin] = self._ends[run, end] = part


def paragraph_of(element: Element) -> Element | None:
    """The paragraph of the document itself that an element stands in, be it in a text box there."""
    return next(reversed(list(element.iterancestors(w("p")))), None)


def host(element: Element) -> tuple[Element, Element]:
    """The run of a paragraph of the document itself in which an element stands, and the child of the run on the way
    to it; twice what stands there instead of a run (a formula, the branches of alternatives)."""
    paragraph = paragraph_of(element)
    way = [element, *takewhile(lambda above: above is not paragraph, element.iterancestors())]
    while len(way) > 1 and way[-1].tag in WRAPPERS:
        way.pop()
    return way[-1], way[-2] if way[-1].tag == w("r") and len(way) > 1 else way[-1]


def unparted(element: Element) -> Element | None:
    """What can only be marked as a whole, if an element stands in or is such a thing; a text of a run can be cut."""
    run, piece = host(element)
    return None if run.tag == w("r") and piece is element and element.tag == w("t") else piece


def _content(run: Element) -> _Bound:
    """The number of the child behind the properties, and the number of all children."""
    return next((index for index, part in enumerate(run, start=1) if part.tag == w("rPr")), 0), len(run)


def _bound(edge: Edge) -> tuple[Element, _Bound | None]:
    """The run to be cut, and where; or an element that can only be taken as a whole."""
    run, piece = host(edge.element)
    if run.tag != w("r"):
        return run, None
    index = run.index(piece)
    if unparted(edge.element) is not None:
        return run, (index + edge.after, 0)
    offset = edge.offset + edge.after
    start, end = trimmed(piece)
    if start < offset < end:
        return run, (index, offset)
    return run, (index if offset <= start else index + 1, 0)


def _piece(children: Sequence[Element], begin: _Bound, end: _Bound) -> Iterator[Element]:
    """What stands in a run between two bounds; texts at the bounds are parted."""
    for index in range(begin[0], end[0] + (end[1] > 0)):
        low = begin[1] if index == begin[0] else 0
        high = end[1] if index == end[0] else None
        yield children[index] if not low and high is None else _part(children[index], low, high)


def _part(text: Element, low: int, high: int | None) -> Element:
    """Some characters of a text, its blanks kept."""
    start, end = trimmed(text)
    part = deepcopy(text)
    part.text = (text.text or "")[max(start, low) : end if high is None else high]
    part.set(SPACE, "preserve")
    return part
