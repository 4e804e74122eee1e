"""The table of contents against the headings of the text: ``contents-mismatch``.

Entries and headings are compared within their group: those of one kind of number under one parent. A group is
compared only where most of its entries stand in the text; tables that are published beside a report are no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial

from msgspec import Struct

from reportcheck.catalog import pattern_in, table
from reportcheck.extract.outline import is_heading, numbering, style
from reportcheck.model import Block, Document, Lint, Severity, Span
from reportcheck.read.contents import entry_text, is_contents_title
from reportcheck.schemas.wholes import Structure
from reportcheck.text import normalise

RULE = "contents-mismatch"
_NONE = "—"
_FEWEST = 2

_Group = tuple[object, ...]


class _Title(Struct, frozen=True):
    """A numbered entry or heading: the group that it belongs to, and what it is called."""

    group: _Group
    number: int
    name: str
    text: str
    span: Span

    @property
    def path(self) -> _Group:
        """The group of what stands under it, without their kind of number."""
        return (*self.group, self.number)


_pattern = partial(pattern_in, Structure, "contents")


def mismatches(document: Document) -> Iterator[Lint]:
    """A lint for each entry without its heading, and for each heading that the contents leave out."""
    listed = [block for block in document.blocks if block.role == "contents" and not is_contents_title(block.text)]
    if not listed:
        return
    text = [block for block in document.blocks if block.role not in ("contents", "note") and block.text.strip()]
    entries = list(_titles(listed))
    headings = list(_titles([block for block in text if block.role != "cell" and is_heading(block)]))
    lines = _lines(document, text)
    present = {entry: _present(entry, entries, lines) for entry in entries}
    for group in dict.fromkeys(entry.group for entry in entries):
        own = [entry for entry in entries if entry.group == group]
        there = sum(present[entry] for entry in own)
        if there >= _FEWEST and 2 * there >= len(own):
            yield from _compared(own, _run([each for each in headings if each.group == group]), present)


# --- what stands in the contents and in the text ------------------------------------------------


def _titles(blocks: Sequence[Block]) -> Iterator[_Title]:
    above: list[tuple[tuple[int, str], int]] = []
    for block in blocks:
        plain = normalise(block.text)
        numbered = numbering(plain)
        if numbered is None:
            continue
        kind = style(plain, numbered)
        above = [each for each in above if each[0][0] < kind[0]]
        text = entry_text(block.text)
        start = len(block.text) - len(block.text.lstrip())
        span = Span(block.id, start, start + len(text))
        yield _Title((*above, kind), numbered.number, _bare(plain[numbered.start : span.end]), text, span)
        above.append((kind, numbered.number))


def _bare(text: str) -> str:
    return _pattern("ornament").sub("", normalise(text))


def _lines(document: Document, text: Sequence[Block]) -> list[str]:
    """The names of all short lines of the text, and of its tables."""
    lines = [line for block in text for line in normalise(block.text).split("\n")]
    lines += [table.caption for table in document.tables]
    names = []
    for line in lines:
        numbered = numbering(line)
        name = _bare(line[numbered.start if numbered else 0 :])
        if name and len(line) <= table(Structure).contents.longest:
            names.append(name)
    return list(dict.fromkeys(names))


def _present(entry: _Title, entries: Sequence[_Title], lines: Sequence[str]) -> bool:
    """Whether a line of the text bears the name or one much like it; or what stands under it is there."""
    if any(entry.name in line for line in lines) or any(_alike(entry.name, line) for line in lines):
        return True
    general = _pattern("general").sub("", entry.name)
    if len(general) >= table(Structure).contents.shortest and any(general in line for line in lines):
        return True
    under = [other for other in entries if other.group[: len(entry.group)] == (*entry.group[:-1], _step(entry))]
    return any(_present(other, (), lines) for other in under)


def _step(entry: _Title) -> object:
    """How a title stands among the parents of those under it."""
    return entry.group[-1], entry.number


def _run(headings: Sequence[_Title]) -> list[_Title]:
    """The headings of a group as far as their numbers rise: what follows belongs to another list."""
    run: list[_Title] = []
    for heading in headings:
        if run and heading.number <= run[-1].number:
            break
        run.append(heading)
    return run


# --- what differs ---------------------------------------------------------------------------------


def _compared(entries: Sequence[_Title], headings: Sequence[_Title], present: dict[_Title, bool]) -> Iterator[Lint]:
    """The entries of one group against its headings; those that go by one name are paired first."""
    pairs = _pairs(entries, headings)
    if 2 * len(pairs) < len(entries):
        # The text does not number what the contents number: only what is wholly absent is told.
        pairs, headings = {}, []
    left = [heading for heading in headings if heading not in pairs.values()]
    shifted = False
    for entry in entries:
        other = pairs.get(entry)
        if other is None and not present[entry]:
            other = next((each for each in left if each.number == entry.number), None)
            left = [each for each in left if each is not other]
            if other is not None:
                yield _lint(entry, other)
            elif not _pattern("beside").search(entry.name):
                yield Lint(RULE, (entry.span,), {"contents": entry.text, "body": _NONE})
        elif other is not None and other.number != entry.number:
            # One heading too many moves all numbers behind it.
            if not shifted:
                yield _lint(entry, other)
            shifted = True
        elif other is not None and entry.name not in other.name:
            yield _lint(entry, other, "warning" if _reworded(entry.name, other.name) else "note")
    for heading in left:
        yield Lint(RULE, (heading.span,), {"contents": _NONE, "body": heading.text})


def _pairs(entries: Sequence[_Title], headings: Sequence[_Title]) -> dict[_Title, _Title]:
    """The heading of each entry that has one: of the same name, one that holds it, or one much alike."""
    pairs: dict[_Title, _Title] = {}
    for fits in (_equal, _holds, _alike):
        for entry in entries:
            free = [each for each in headings if each not in pairs.values() and fits(entry.name, each.name)]
            if entry not in pairs and free:
                pairs[entry] = min(free, key=lambda each: abs(each.number - entry.number))
    return pairs


def _equal(name: str, other: str) -> bool:
    return name == other


def _holds(name: str, other: str) -> bool:
    return name in other


def _alike(name: str, other: str) -> bool:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, name, other, autojunk=False)
    limit = Fraction(table(Structure).contents.alike)
    return matcher.quick_ratio() >= limit and matcher.ratio() >= limit


def _reworded(name: str, other: str) -> bool:
    """Whether words of a name are replaced by others, so that it may be the name of something else; words that are
    only left out or added change nothing."""
    from difflib import SequenceMatcher

    codes = SequenceMatcher(None, name, other, autojunk=False).get_opcodes()
    replaced = [(end - start, to - at) for kind, start, end, at, to in codes if kind == "replace"]
    changed = [(end - start, to - at) for kind, start, end, at, to in codes if kind != "equal"]
    least = table(Structure).contents.reworded
    return _smaller(replaced) >= least.replaced and _smaller(changed) >= least.changed


def _smaller(counts: Sequence[tuple[int, int]]) -> int:
    """The smaller one of two sums: what went, and what came."""
    return min(sum(count[0] for count in counts), sum(count[1] for count in counts))


def _lint(entry: _Title, heading: _Title, severity: Severity | None = None) -> Lint:
    return Lint(RULE, (entry.span, heading.span), {"contents": entry.text, "body": heading.text}, severity)
