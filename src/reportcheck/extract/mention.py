"""A figure in its sentence, and what it does there: told by the frames of ``patterns/roles.toml``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import partial

from msgspec import Struct

from reportcheck.catalog import cached, pattern_in, table
from reportcheck.extract.sides import given_or_spent
from reportcheck.model import Block, Fact, Quantity, Span
from reportcheck.regexes import Template
from reportcheck.schemas.sentences import Connectors, Roles
from reportcheck.segment import noun_phrase

FILLER = "\x00"
_TAIL_WORDS = 8
_REACHED = frozenset({"growth", "rate", "completion", "share", "level"})


class Mention(Struct, frozen=True):
    """A figure in its sentence.

    ``head`` and ``tail`` are the words before and behind it in its clause; ``gap`` is all that stands between
    the figure before (or the start of the sentence) and this one; ``depth`` counts the brackets around it.

    ``subject`` is the thing measured, without the words of the role; ``own_subject`` is false where it was
    carried over. ``topic`` names in full what a level is of. ``side`` is ``budget``, ``actual`` or empty, by
    the words of ``cue``. ``sign`` of a change is +1, −1 or 0 (signed by the figure itself).

    ``name`` is that of a rate; ``base`` is the phrase that a share or a completion rate is taken of, and
    ``base_order`` the figure that states it (占163人的35.6%). ``series`` numbers the members of a parallel
    list (60、70和80万元) from 0; members of one list share ``series_id``. ``start`` and ``end`` are offsets into
    the passage, unlike the span of the figure, which counts from the start of its block.
    """

    fact: Fact
    order: int
    sentence: int
    depth: int
    bracket: int
    head: str
    gap: str
    tail: str
    role: str
    subject: str
    own_subject: bool
    side: str
    cue: str
    base: str = ""
    base_order: int = -1
    name: str = ""
    sign: int = 0
    series_id: int = -1
    series: int = 0
    topic: str = ""
    start: int = 0
    end: int = 0

    @property
    def quantity(self) -> Quantity:
        """The figure itself."""
        return self.fact.quantity

    @property
    def dimension(self) -> str:
        """What the figure may be added to."""
        return self.fact.quantity.unit.dimension


class Passage(Struct, frozen=True):
    """A paragraph with its figures; ``plain`` is its normalised text, of the same length.

    Lines of which one leads into the next (其中：) are read as one paragraph: ``plain`` joins their texts with
    line ends, and ``offsets`` tells where each of ``blocks`` starts in it. ``starts`` are the sentences.
    """

    blocks: tuple[Block, ...]
    offsets: tuple[int, ...]
    plain: str
    scope: str
    mentions: tuple[Mention, ...]
    starts: tuple[tuple[int, int], ...]

    @property
    def block(self) -> Block:
        """The first block."""
        return self.blocks[0]

    def span(self, start: int, end: int) -> Span:
        """The place in the document of a stretch of ``plain``."""
        index = bisect_right(self.offsets, start) - 1
        offset = self.offsets[index]
        return Span(self.blocks[index].id, start - offset, end - offset)


class _Frame(Struct, frozen=True):
    """A row of ``roles.toml``: the role of figures whose head and gap it fits."""

    role: str
    kinds: frozenset[str]
    sign: int
    head: re.Pattern[str]
    not_head: re.Pattern[str] | None
    tail: re.Pattern[str] | None


_SIGNS = {"up": 1, "down": -1}


@cached
def _frames() -> tuple[_Frame, ...]:
    data = table(Roles)

    def compiled(frame: Template) -> re.Pattern[str]:
        return frame.filled(cop=data.copula).compiled

    return tuple(
        _Frame(
            row.role,
            frozenset(row.kinds),
            _SIGNS.get(row.sign, 0),
            compiled(row.head),
            compiled(row.not_head) if row.not_head else None,
            compiled(row.tail) if row.tail else None,
        )
        for row in data.role
    )


words = partial(pattern_in, Connectors, "words")
"""A compiled pattern of ``connectors.toml``."""


def kind_of(quantity: Quantity) -> str:
    """``ratio``, ``point``, ``times``, or ``amount`` for all the rest."""
    dimension = quantity.unit.dimension
    return dimension if dimension in ("ratio", "point", "times") else "amount"


def read_mention(
    quantity: Quantity, place: tuple[int, int, int, int], head: str, gap: str, tail: str, scope: str
) -> Mention:
    """The figure with its role, side and subject, as far as its own clause tells them.

    ``place`` is its order in the passage, its sentence, and the depth and number of the brackets around it.
    """
    role, match, sign = _role(quantity, head, tail)
    named = match.groupdict() if match else {}
    rest = head[: match.start()] if match else head
    side, cue = given_or_spent(head) if kind_of(quantity) == "amount" else ("", "")
    if not side and kind_of(quantity) == "amount":
        side = given_or_spent(tail[:_TAIL_WORDS])[0]
    name = named.get("name") or ""
    if role == "level" and kind_of(quantity) == "ratio" and (behind := words("rate_behind").match(tail)):
        role, name, rest = "rate", behind["name"], ""
    if role == "rate" and name:
        rest = ""
    if role == "level" and cue:
        rest = head[: head.rindex(cue)]
    subject = clean_name(words("comparison").sub("", rest))
    if words("generic").match(subject):
        subject = ""
    if kind_of(quantity) == "ratio" and role in _REACHED and words("aim_behind").match(tail):
        # What should be reached, or a mark that sorts things, is nothing to recompute.
        role, name = "target", ""
    if "/" in quantity.unit.dimension:
        role = "price"
    elif role == "price" and quantity.unit.dimension != "money":
        role = "level"
    fact = Fact(clean_name(head) or subject, "", scope, side or role, quantity)
    order, sentence, depth, bracket = place
    return Mention(
        fact=fact,
        order=order,
        sentence=sentence,
        depth=depth,
        bracket=bracket,
        head=head,
        gap=gap,
        tail=tail,
        role=role,
        subject=subject,
        own_subject=bool(subject),
        side=side,
        cue=cue,
        base=(named.get("base") or "").strip(name_edges()),
        name=name.strip(name_edges()),
        sign=sign,
    )


def _role(quantity: Quantity, head: str, tail: str) -> tuple[str, re.Match[str] | None, int]:
    kind = kind_of(quantity)
    for frame in _frames():
        if kind not in frame.kinds:
            continue
        match = frame.head.search(head)
        if not match or (frame.not_head and frame.not_head.search(head)):
            continue
        if frame.tail and not frame.tail.match(tail):
            continue
        return frame.role, match, frame.sign
    return "level", None, 0


def clean_name(phrase: str) -> str:
    """A phrase without the words that only lead to it or away from it."""
    trimmed = words("lead_out").sub("", words("lead_in").sub("", phrase.strip()))
    return words("lead_in").sub("", noun_phrase(trimmed)) if len(trimmed) > 2 else trimmed


def name_edges() -> str:
    """Characters that stand around a name without belonging to it."""
    return table(Connectors).words.name_edges


def all_mentions(passages: Iterable[Passage]) -> list[Mention]:
    """The mentions of several passages in reading order."""
    return [mention for passage in passages for mention in passage.mentions]
