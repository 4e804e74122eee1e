"""What a file of a submission is about: the body, the year, and whether it tells of the whole body or of a project."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise

from msgspec import Struct

from reportcheck.catalog import pattern_in, table
from reportcheck.extract.bodies import Body, body_of
from reportcheck.extract.head import Head
from reportcheck.extract.head import head as read_head
from reportcheck.model import Block, Document, Span
from reportcheck.rules.cross_tables import normal
from reportcheck.schemas.across import Across
from reportcheck.schemas.wholes import Names
from reportcheck.text import normalise

_LONGEST_FORM_HEAD = 30
_KINDS = ("survey", "accounts", "whole", "project")


class About(Struct, frozen=True):
    """A file named ``name`` below the audited folder. ``unit`` is its reporting body by its title or its form (``None``
    if neither tells), ``year`` the one it reports on, ``level`` the part of the body that the title names (本级).

    ``kind`` is ``whole`` for a report or form of a whole body, ``accounts`` for its final accounts, ``project``,
    ``survey``, or ``""`` for what is no report (a budget, targets, a notice, proof). ``project`` is the name of the
    project, or of the file where only its forms tell it.
    """

    name: str
    document: Document
    head: Head
    unit: Body | None
    year: int | None
    level: str
    kind: str
    project: str

    @property
    def place(self) -> Span:
        """Where the file says what it is."""
        if self.head.title_span is not None:
            return self.head.title_span
        first = next(block for block in self.document.blocks if block.text.strip())
        return Span(first.id, 0, len(first.text))


words = partial(pattern_in, Across)
"""A compiled pattern of ``across.toml``."""


def about(name: str, document: Document) -> About:
    """What a document is about, by its title, by the captions of its tables where it is nothing but tables, and by the
    cells of a form that name the body."""
    head = read_head(document)
    title = "".join(normalise(head.title).split())
    subject = title + _captions(document) if _is_form(document) else title
    kind = _kind(subject)
    return About(
        name,
        document,
        head,
        _unit(head, document),
        head.year,
        next(iter(words("about", "level").findall(title)), ""),
        kind,
        _project(title, head.unit) or name if kind == "project" and not words("about", "list").search(subject) else "",
    )


def _is_form(document: Document) -> bool:
    """Whether a file is nothing but tables with a few lines around them."""
    prose = [block for block in document.blocks if block.role in ("paragraph", "heading")]
    return bool(document.tables) and all(len(block.text) <= _LONGEST_FORM_HEAD * 2 for block in prose)


def _captions(document: Document) -> str:
    return "".join("".join(normalise(held.caption).split()) for held in document.tables)


def _kind(subject: str) -> str:
    if words("about", "other").search(subject):
        return ""
    return next(
        (kind for kind in ("survey", "accounts", "whole", "project") if words("about", kind).search(subject)), ""
    )


def _unit(head: Head, document: Document) -> Body | None:
    """The reporting body: by the title, else by the one cell or line of a form that names it."""
    named = "".join(normalise(head.unit).split()) or next(iter(_labelled(document)), "")
    own = body_of(named)
    return own if own.body or own.places else None


def _labelled(document: Document) -> list[str]:
    """The names in the cells behind a label such as 单位名称, each once."""
    label = table(Names).label.cell.compiled
    name = re.compile(f"(?:{table(Names).body.tail})$")
    found: list[str] = []
    for held in document.tables:
        for row in held.cells:
            for one, other in pairwise(dict.fromkeys(row)):
                if one and other and label.search(_compact(one)) and name.search(_compact(other)):
                    found.append(_compact(other))
    return found if len(set(found)) == 1 else []


def _compact(block: Block) -> str:
    return "".join(normalise(block.text).split())


def _project(title: str, unit: str) -> str:
    """The name of the project that a title names, made comparable."""
    rest = title.replace(unit, "") if unit else title
    return project_name(words("about", "project_ends").sub("", words("about", "year").sub("", rest)))


def project_name(written: str) -> str:
    """The name of a project without the words that any may have or lack (项目, 专项, 资金)."""
    return words("about", "project_words").sub("", normal("".join(normalise(written).split())))


# --- bodies -------------------------------------------------------------------------------


def core(body: Body) -> frozenset[str]:
    """The characters that tell a body from others of its kind: without its places and the words every name has."""
    name = body.body[1:] if body.bare else body.body
    return frozenset(words("about", "generic_body").sub("", name))


def same_unit(one: Body, other: Body) -> bool:
    """Whether two names may mean one body: one may shorten the other, or leave out its place."""
    if not one.same_place(other):
        return False
    if not one.body or not other.body:
        return bool(set(one.places) & set(other.places)) and not (core(one) | core(other))
    bodies = [Body((), body.body[1:] if body.bare else body.body) for body in (one, other)]
    return bodies[0].same_body(bodies[1]) and (bool(core(one) & core(other)) or core(one) == core(other))


def apart(one: Body, other: Body) -> bool:
    """Whether two names surely mean different bodies of one rank: the like body of another place, or bodies whose names
    have nothing in common but their end."""
    if not one.body or not other.body or one.body[-1] != other.body[-1]:
        return False
    if not one.same_place(other):
        return one.same_body(other)
    return bool(core(one)) and bool(core(other)) and not core(one) & core(other)
