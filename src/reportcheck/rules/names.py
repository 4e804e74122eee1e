"""The name of another body left in: ``foreign-unit``.

Reports name many other bodies rightly. So names are compared only where the reporting body must be meant, and where
a name is that of its own kind of body, in another place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from reportcheck.catalog import pattern_in, table
from reportcheck.extract.bodies import Body, body_of, place_pattern
from reportcheck.extract.head import Head
from reportcheck.extract.period import Period
from reportcheck.extract.reporter import reporter, signatures
from reportcheck.model import Block, Document, Lint, Severity, Span
from reportcheck.rules import name_slots
from reportcheck.rules.name_places import RULE, other_places
from reportcheck.schemas.wholes import Names
from reportcheck.text import normalise, sentences

_compiled = partial(pattern_in, Names)


def find(document: Document, head: Head, of: Period | None) -> Iterator[Lint]:
    """A lint for each name of another body where the reporting one is meant, and for each word by which a body of
    another kind would speak of itself."""
    own = reporter(document, head)
    if own.places and _borne(document, own, head):
        yield from _names(document, own, of is not None and of.whole, head)
        yield from other_places(document, own)
    yield from _kinds(document, own)


def _borne(document: Document, own: Body, head: Head) -> bool:
    """Whether the reporting body is surely known: the title names its place, or the text names it often enough."""
    if own.places[-1] in "".join(normalise(head.title).split()):
        return True
    named = sum(normalise(block.text).count(own.name) for block in document.blocks)
    return named >= table(Names).self.least


# --- names --------------------------------------------------------------------------------


def _names(document: Document, own: Body, whole: bool, head: Head) -> Iterator[Lint]:
    title = body_of("".join(normalise(head.title).split()))
    aliases = {match["name"] for block in document.blocks for match in _alias(normalise(block.text))}
    told: set[tuple[str, int]] = set()
    for span, name, strict in (*_signed(document), *_labelled(document, whole)):
        severity_of = _foreign(body_of(name), own, strict)
        if severity_of:
            told.add((span.block, span.end))
            yield Lint(RULE, (span,), {"expected": own.name}, severity_of)
    for block in document.blocks:
        if block.role == "contents" or (head.title_span and block.id == head.title_span.block):
            continue
        plain = normalise(block.text)
        if not _compiled("body", "any").search(plain):
            continue
        for start, end, severity in (
            *_like_title(plain, title),
            *_in_slots(plain, block, own, whole),
            *_like_own(plain, own),
        ):
            if (block.id, end) not in told and plain[start:end] not in aliases:
                told.add((block.id, end))
                yield _lint(block, start, end, own.name, severity)


def _alias(plain: str) -> Iterator[re.Match[str]]:
    """The short names that the report gives itself or others."""
    return _compiled("body", "alias").finditer(plain)


def _signed(document: Document) -> Iterator[tuple[Span, str, bool]]:
    """The names that sign, and whether they must be of the reporting body itself: where one signs alone."""
    signed = list(signatures(document))
    alone = len({name for _, name in signed}) == 1
    yield from ((span, name, alone) for span, name in signed)


def _lint(block: Block, start: int, end: int, expected: str, severity: Severity) -> Lint:
    return Lint(RULE, (Span(block.id, start, end),), {"expected": expected}, severity)


def _like_title(plain: str, title: Body) -> Iterator[tuple[int, int, Severity]]:
    """The place before a line that is the title but for its place (a page header, a cover)."""
    line = body_of(plain.strip())
    if title.places and line.body == title.body and not line.same_place(title):
        start = len(plain) - len(plain.lstrip())
        yield start, start + len("".join(line.places)), "error"


def _in_slots(plain: str, block: Block, own: Body, whole: bool) -> Iterator[tuple[int, int, Severity]]:
    """Names where only that of the reporting body can stand."""
    for slot, sentence, start, end in name_slots.in_block(plain, block.role):
        usual = whole and not _compiled("elsewhere", "words").search(sentence)
        strict = usual if slot.strict == "whole" else slot.strict == "always"
        severity = _foreign(body_of(plain[start:end]), own, strict)
        if severity:
            yield start, end, severity


def _foreign(name: Body, own: Body, strict: bool) -> Severity | None:
    """How surely a name is not that of the reporting body: the like body of another place is surely not; another
    body of the same place may be a part of it, or its superior."""
    if not name.same_place(own):
        return "error" if not (name.body and own.body) or own.same_body(name) else "warning"
    if not strict or not name.body or not own.body or own.same_body(name):
        return None
    if not name.places:
        if name.bare != own.places[-1][-1] or own.same_body(Body((), name.body[1:])):
            return None
        name = Body((), name.body[1:])
    other = name.body in own.body or own.body in name.body or _compiled("elsewhere", "bodies").search(name.body)
    return None if other or name.body[-1] != own.body[-1] else "warning"


def _like_own(plain: str, own: Body) -> Iterator[tuple[int, int, Severity]]:
    """The like body of another place: as the subject of a sentence, or where nothing speaks of visits and the like."""
    if not own.body:
        return
    for start, end in sentences(plain):
        position = plain.find(own.body, start, end)
        while position >= 0:
            behind = position + len(own.body)
            before = _beginning_of_place(plain, start, position)
            name = body_of(plain[before:behind])
            foreign = name.foreign_place(own) if name.body == own.body else None
            if foreign and not foreign.endswith(table(Names).body.nested):
                subject = _compiled("subject", "before").search(plain[start:before]) and _compiled(
                    "subject", "behind"
                ).search(plain[behind:end])
                if subject or not _compiled("elsewhere", "words").search(plain, start, end):
                    yield before, behind, "error" if subject else "warning"
            position = plain.find(own.body, position + 1, end)


def _beginning_of_place(plain: str, start: int, end: int) -> int:
    """Where the place right before a body begins: three characters and its level at most."""
    for length in (3, 4, 5):
        if end - length < start or _compiled("body", "sentence").search(plain, end - length, end):
            continue
        if place_pattern().fullmatch(plain, end - length, end):
            return end - length
    return end


def _labelled(document: Document, whole: bool) -> Iterator[tuple[Span, str, bool]]:
    """The names in cells behind a label such as 单位名称, and whether they must be of the reporting body itself."""
    for held in document.tables:
        for row in held.cells:
            for label, cell in pairwise(row):
                if label is None or cell is None or label.id == cell.id:
                    continue
                plain = normalise(cell.text)
                name, words = plain.strip(), "".join(normalise(label.text).split())
                own, role = (_compiled("label", each).search(words) for each in ("cell", "role"))
                if (
                    (own or role)
                    and re.search(f"{table(Names).body.tail}$", name)
                    and not _compiled("label", "cell").search(name)
                ):
                    start = plain.index(name)
                    yield Span(cell.id, start, start + len(name)), name, whole and own is not None


# --- kinds --------------------------------------------------------------------------------


def _kinds(document: Document, own: Body) -> Iterator[Lint]:
    """Words such as 我委 in the report of a 局 that says 我局 everywhere else."""
    rules = table(Names).self
    for group in ("body", "place"):
        found = [
            (block, match)
            for block in document.blocks
            if block.role != "contents"
            for match in _compiled("self", group).finditer(normalise(block.text))
        ]
        counted = Counter(match["kind"] for _, match in found)
        if not counted:
            continue
        kind, most = counted.most_common(1)[0]
        if most < rules.least or (group == "body" and own.body and kind not in own.body):
            continue
        first = next(match for _, match in found if match["kind"] == kind)
        for block, match in found:
            strange = match["kind"]
            alike = strange == kind or any({strange, kind} <= set(both) for both in rules.both)
            if not alike and counted[strange] <= rules.most_strange and strange not in own.name:
                yield _lint(block, match.start(), match.end(), first[0], "warning")
