"""An annotated copy of a Word document: a comment on exactly the characters of each remark.

Word heeds no ranges of comments in text boxes, notes, headers and footers ([MS-OI29500], commentRangeStart). A remark
on those stands at the nearest place of the body: at the box, at the reference to the note, at the beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from reportcheck.catalog import Language, message
from reportcheck.read.docx import read_sources
from reportcheck.read.docx_xml import number, parts, w
from reportcheck.render.annotated_docx_comment import comment, comment_styles
from reportcheck.render.annotated_docx_parts import Comments, rewritten, serialised
from reportcheck.render.annotated_docx_ranges import Place, Range, lay_ranges
from reportcheck.render.annotated_docx_runs import paragraph_of, unparted
from reportcheck.render.remarks import Annotated, Remark

if TYPE_CHECKING:
    from reportcheck.read.docx_sources import Character, Source, Sources
    from reportcheck.read.docx_xml import Element

_LONGEST_QUOTATION = 60


class _Placed(Struct, frozen=True):
    """A remark with its place, and whether that is just its words."""

    remark: Remark
    place: Place
    exact: bool


def annotate(data: bytes, remarks: Sequence[Remark], author: str, language: Language = "zh") -> Annotated:
    """The copy. All members of the file that have nothing to do with comments are as they were, byte for byte.

    Raises `ReadError` as reading does. A digital signature of the document does not hold for the copy.
    """
    if not remarks:
        return Annotated(data)
    sources = read_sources(data)
    placed = [_placed(remark, sources) for remark in _in_reading_order(remarks, sources)]
    package = sources.package
    styles = comment_styles(package.related("styles"))
    comments = Comments(data, package.name)
    first = 1 + max([-1, *comments.numbers, *_numbers_in_text(package.document)])
    ranges = lay_ranges([each.place for each in placed], styles.reference)
    for identity, index in enumerate(_in_order_of_text(package.document, ranges), start=first):
        ranges[index].number(identity)
        comments.add(comment(identity, author, _lines(placed[index], sources, language), styles))
    copy = rewritten(data, {package.name: serialised(package.document), **comments.members()})
    return Annotated(copy, tuple(each.remark for each in placed if not each.exact))


def _in_reading_order(remarks: Sequence[Remark], sources: Sources) -> list[Remark]:
    """Those about the report as a whole first; of those that begin together the longest first."""
    order = {block: index for index, block in enumerate(sources.blocks)}
    return sorted(
        remarks, key=lambda each: (order[each.span.block], each.span.start, -each.span.end) if each.span else (-1, 0, 0)
    )


def _placed(remark: Remark, sources: Sources) -> _Placed:
    """A remark at its words, else at the nearest place that can bear a comment."""
    span = remark.span
    if span is None:
        return _Placed(remark, _beginning(sources), True)
    source = sources.of[span.block]
    if source.mark is not None and (paragraph := paragraph_of(source.mark)) is not None:
        return _Placed(remark, Place(paragraph, (source.mark, 0), (source.mark, 0)), False)
    if source.mark is not None or source.part != "body" or not source.paragraphs:
        return _Placed(remark, _beginning(sources), False)
    characters = source.characters()
    held = [each for each in characters[span.start : span.end] if each]
    if held:
        outside = [each for each in characters[: span.start] + characters[span.end :] if each]
        return _Placed(remark, _place(source, held[0], held[-1]), not _shared(held, outside))
    near = next(filter(None, (*characters[span.start :], *characters)), None)
    return _Placed(remark, _place(source, near), not _words(remark, sources))


def _place(source: Source, first: Character, last: Character = None) -> Place:
    paragraph = paragraph_of(first[0]) if first else None
    return Place(source.paragraphs[0] if paragraph is None else paragraph, first, last)


def _shared(held: Sequence[Character], outside: Sequence[Character]) -> bool:
    """Whether a mark on characters takes in others, as within a formula, where no comment can begin or end."""
    wholes = {whole for each in (held[0], held[-1]) if each and (whole := unparted(each[0])) is not None}
    return bool(wholes) and any(each and unparted(each[0]) in wholes for each in outside)


def _beginning(sources: Sources) -> Place:
    """The point before the first words of the body."""
    body = sources.package.body
    for source in sources.of.values():
        if source.part == "body" and (first := next(filter(None, source.characters()), None)):
            return _place(source, first)
    paragraph = next(parts(body, frozenset({w("p")})), None)
    if paragraph is None:
        # Word adds this one, too: no body is without a paragraph.
        paragraph = body.makeelement(w("p"))
        body.insert(0, paragraph)
    return Place(paragraph)


def _words(remark: Remark, sources: Sources) -> str:
    """The words that a remark is about, on one line."""
    span = remark.span
    words = " ".join(sources.blocks[span.block].text[span.start : span.end].split()) if span else ""
    return words if len(words) <= _LONGEST_QUOTATION else f"{words[:_LONGEST_QUOTATION]}…"


def _lines(placed: _Placed, sources: Sources, language: Language) -> list[str]:
    """The text of a comment; where it does not stand at its words, they are quoted first."""
    words = "" if placed.exact else _words(placed.remark, sources)
    if not words or placed.remark.span is None:
        return [*placed.remark.lines]
    part = sources.of[placed.remark.span.block].part
    if part == "body":
        quotation = message(language, "remark.elsewhere", text=words)
    else:
        quotation = message(language, "remark.within", part=message(language, f"place.{part}"), text=words)
    return [quotation, *placed.remark.lines]


def _in_order_of_text(document: Element, ranges: Sequence[Range]) -> list[int]:
    """The indices of ranges in the order in which they begin."""
    index = {each.start: at for at, each in enumerate(ranges)}
    return [index[start] for start in document.iter(w("commentRangeStart")) if start in index]


def _numbers_in_text(document: Element) -> list[int]:
    """The numbers of comments that the text refers to."""
    names = [w(name) for name in ("commentRangeStart", "commentRangeEnd", "commentReference")]
    return [number(element.get(w("id")), 0) for element in document.iter(*names)]
