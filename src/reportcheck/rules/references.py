"""References to what a report does not hold: ``reference-missing`` (见表5, 详见附件3, 见本报告第六部分).

A reference is held only against what the report itself numbers, from 1 on. Whatever bears the number anywhere else in
the report, or beside it, counts as present.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct, field

from reportcheck import numerals
from reportcheck.catalog import cached, pattern_in, table
from reportcheck.extract.outline import is_heading, numbering, style
from reportcheck.model import Block, Document, Lint, Span
from reportcheck.regexes import Regex
from reportcheck.rules import attachments
from reportcheck.schemas.wholes import References, ReferencesKind, ReferencesWords
from reportcheck.text import normalise

RULE = "reference-missing"
_FEWEST = 2
_FIRST_LINES = 5


class _Kind(Struct, frozen=True):
    """One kind of numbered things: the word without which nothing speaks of it, how a line begins that is one, and
    how the text refers to it; the numbers of the kinds in ``also`` count as well."""

    name: str
    title: str
    word: str
    also: tuple[str, ...]
    label: Regex
    heads: Regex
    refers: Regex


class _Known(Struct):
    """The numbers of a kind: those that lines begin with, and those met anywhere but in a reference; ``listed`` tells
    whether the report lists all things of the kind."""

    heads: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)
    listed: bool = False


@cached
def _kinds() -> tuple[_Kind, ...]:
    data = table(References)
    return tuple(_kind(row, data.words) for row in data.kind)


def _kind(row: ReferencesKind, words: ReferencesWords) -> _Kind:
    label = rf"{row.before}\s*(?P<n>{words.number}){row.after}"
    more = rf"(?:\s*(?:{words.joins})\s*(?:{row.before})?\s*{words.number}{row.after})*"
    named = label.replace("?P<n>", "")
    return _Kind(
        row.name,
        row.title,
        row.word,
        row.also,
        Regex(label),
        Regex(rf"^\s*[（《“]?\s*{label}"),
        Regex(
            rf"(?:{row.lead})\s*(?P<labels>{named}{more})"
            rf"|(?<=（)\s*(?P<bracket>{named}{more})\s*(?=）)"
            rf"|{words.before_shown}(?P<shown>{named}{more})\s*(?={words.shown})"
        ),
    )


_pattern = partial(pattern_in, References, "words")


def missing(document: Document) -> Iterator[Lint]:
    """A lint for the first reference to each number that nothing of the report bears."""
    lines = list(_lines(document))
    known = _known(document, lines)
    told: set[tuple[str, str]] = set()
    for line in lines:
        for kind in line.kinds if line.block.role not in ("contents", "note") else ():
            for match in kind.refers.compiled.finditer(line.plain):
                for number, start, end in _referred(kind, line.plain, match):
                    if (kind.name, number) not in told and _absent(kind, number, known):
                        told.add((kind.name, number))
                        yield Lint(RULE, (Span(line.block.id, start, end),), {"name": kind.title.format(n=number)})


class _Line(Struct, frozen=True):
    """A block that may speak of some kinds; ``first`` tells one of the first lines of the report."""

    block: Block
    plain: str
    kinds: tuple[_Kind, ...]
    first: bool


def _lines(document: Document) -> Iterator[_Line]:
    """The blocks that hold the word of a kind."""
    count = 0
    for block in document.blocks:
        count += block.role != "cell" and bool(block.text.strip())
        kinds = tuple(kind for kind in _kinds() if kind.word in block.text)
        if kinds:
            yield _Line(block, normalise(block.text), kinds, count <= _FIRST_LINES)


# --- what a report numbers ------------------------------------------------------------------------


def _known(document: Document, lines: Sequence[_Line]) -> dict[str, _Known]:
    known = {kind.name: _Known() for kind in _kinds()}
    for line in lines:
        for kind in line.kinds:
            _meet(known[kind.name], kind, line)
    for captioned in document.tables:
        for kind in _kinds():
            labels = kind.label.compiled.finditer(normalise(captioned.caption))
            known[kind.name].met |= {_canonical(label["n"]) for label in labels}
    numbers = {str(number) for number in attachments.numbered(document)}
    known["attachment"].listed = bool(numbers)
    known["attachment"].heads |= numbers
    known["attachment"].met |= numbers | {str(number) for number in attachments.beside(document)}
    if not known["part"].heads:
        known["part"] = _sections(document, known["part"].met)
    return known


def _meet(known: _Known, kind: _Kind, line: _Line) -> None:
    labels = list(kind.label.compiled.finditer(line.plain))
    referred = [match.span() for match in kind.refers.compiled.finditer(line.plain)] if labels else []
    for match in labels:
        if not any(start <= match.start() < end for start, end in referred):
            known.met.add(_canonical(match["n"]))
    # What the first lines bear may number the file itself among others, over its title.
    head = kind.heads.compiled.match(line.plain) if not (line.first and kind.name == "attachment") else None
    short = len(line.plain) <= table(References).words.longest
    if head and short and not _pattern("sentence").search(line.plain):
        known.heads.add(_canonical(head["n"]))


def _sections(document: Document, met: set[str]) -> _Known:
    """Where nothing is called a part, 第三部分 is the section 三、."""
    numbers = set()
    for block in document.blocks:
        if block.role not in ("cell", "contents") and is_heading(block):
            plain = normalise(block.text)
            numbered = numbering(plain)
            if numbered and style(plain, numbered)[0] == 1:
                numbers.add(str(numbered.number))
    return _Known(numbers, met | numbers)


def _canonical(written: str) -> str:
    """``二-1`` and ``2-1`` alike."""
    parts = re.split(r"\s*[-.]\s*", written)
    return "-".join(str(int(part)) if part.isdecimal() else str(numerals.parse(part) or part) for part in parts)


# --- what the text refers to ----------------------------------------------------------------------


def _referred(kind: _Kind, plain: str, match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    """(number, start, end) of each label of a reference; none where it speaks of another document."""
    clause = max(plain.rfind(mark, 0, match.start()) for mark in "。；，！？\n") + 1
    if _pattern("foreign").search(plain, clause, match.start()):
        return
    name = next(name for name in ("labels", "bracket", "shown") if name in match.groupdict() and match[name])
    start, end = match.span(name)
    labels = list(kind.label.compiled.finditer(plain, start, end))
    for label in labels:
        yield _canonical(label["n"]), label.start(), label.end()
    behind = labels[-1].end() if labels else start
    for number in _pattern("bare").finditer(plain, behind, end):
        yield _canonical(number[0]), number.start(), number.end()


def _absent(kind: _Kind, number: str, known: dict[str, _Known]) -> bool:
    """Whether the report numbers such things 1, 2, 3 … and nothing bears this number."""
    heads = set().union(*(known[name].heads for name in (kind.name, *kind.also)))
    met = set().union(*(known[name].met for name in (kind.name, *kind.also)))
    own = {head for head in heads if head.isdecimal()}
    series = (
        "1" in own
        and (known[kind.name].listed or len(own) >= _FEWEST)
        and own == {str(n) for n in range(1, len(own) + 1)}
    )
    if not series or not number.isdecimal():
        return False
    return not any(other == number or other.startswith(f"{number}-") for other in met)
