"""Prose → named figures: what the levels and rates of the text measure (:mod:`reportcheck.extract.identity`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportcheck.extract.head import Head
from reportcheck.extract.identity import Named, bare, is_general, marks, term, whole_marks
from reportcheck.extract.indicators import flagged, indicators
from reportcheck.extract.mention import Mention, Passage
from reportcheck.extract.same import Aspects
from reportcheck.extract.sides import planned_or_spent

_RATIOS = frozenset({"rate", "completion"})
_NO_LEVELS = frozenset({"point", "times", "number", "year", "month", "day", "hour", "age", "anniversary"})
_COMPARED = frozenset({"change", "growth", "share", "price", "reference"})
_LONGEST_LEAD = 80
_SHORTEST_UNIT = 4
_RATE_NAME = 3
_APART = ("，", "；", "、")


def in_prose(passages: Iterable[Passage], head: Head) -> Iterator[Named]:
    """The levels and rates of the text."""
    for passage in passages:
        headings = passage.scope.split(" / ")
        scope = frozenset[str]().union(*(marks(each) for each in headings))
        specific = frozenset[str]().union(*(_specific(each) for each in headings))
        leads = {m.order: _lead(passage, m) for m in passage.mentions}
        for mention in passage.mentions:
            kind = _kind(mention)
            if kind:
                yield _named(passage, mention, kind, scope, specific | _specific(leads[mention.order]), head)


def _specific(heading: str) -> frozenset[str]:
    """What a heading names besides the parts that every report has (基本情况, 绩效分析)."""
    return marks(term("genre").sub("|", term("title").sub("|", heading))) - whole_marks()


def _lead(passage: Passage, mention: Mention) -> str:
    """The words of a paragraph before its first figure and that figure's own clause: they head what follows."""
    start = max(offset for offset in passage.offsets if offset <= mention.start)
    first = next(m for m in passage.mentions if m.start >= start)
    lead = passage.plain[start : first.start].removesuffix(first.head)
    return lead if len(lead) <= _LONGEST_LEAD else ""


def _kind(mention: Mention) -> str:
    if term("remainder").search(mention.head + "|" + mention.tail[:2]) or term("limit_behind").match(mention.tail):
        return ""
    if mention.dimension in _NO_LEVELS or mention.role in _COMPARED:
        return ""
    return "rate" if mention.role in _RATIOS or mention.dimension == "ratio" else "level"


def _named(
    passage: Passage, mention: Mention, kind: str, scope: frozenset[str], heading: frozenset[str], head: Head
) -> Named:
    listed = mention.series_id >= 0
    words = _without(head.unit, mention.subject if listed else mention.head)
    own, noun = marks(words), marks(term("tail_stop").split(mention.tail)[0])
    fresh = _opens(passage, mention) and any(each.id in own for each in indicators())
    carried = frozenset[str]() if mention.own_subject or mention.role == "total" or fresh else marks(mention.subject)
    if kind == "rate":
        own |= _rate_name(mention)
    if is_general(own) or (noun and passage.plain[: mention.start].endswith(_APART)):
        # What stands before a comma is said of something else.
        own = noun | (own if is_general(own) else frozenset())
    named = not is_general(own)
    if not named:
        own |= carried
    own = own or marks(mention.gap) or heading
    around = own | carried | noun | scope | marks(mention.gap)
    aspects = Aspects(
        measure=own,
        dimension=mention.dimension,
        kind=kind,
        rate=frozenset(mark for mark in own if mark.startswith("%")),
        side=_side(passage, mention),
        year=_year(passage, mention, head),
        body=_body(passage, mention),
        flow=_flow(passage, mention),
        parts=(own | carried | scope) & flagged("part"),
    )
    return Named(
        fact=mention.fact,
        aspects=aspects,
        words=bare(words),
        around=around,
        wide=around | marks(_before(passage, mention)[-_LONGEST_LEAD:]),
        noun=noun,
        heading=heading,
        carried=not named,
        group=f"{passage.block.id}.{mention.sentence}",
        prose=True,
    )


def _opens(passage: Passage, mention: Mention) -> bool:
    """Whether an amount is the first figure of its sentence: with words of its own it begins anew."""
    before = passage.mentions[mention.order - 1] if mention.order else None
    return mention.dimension != "ratio" and before is not None and before.sentence != mention.sentence


def _rate_name(mention: Mention) -> frozenset[str]:
    """What a rate is called, as one mark; what it is of is told by other words."""
    name = (mention.name or mention.base)[-_RATE_NAME:]
    return frozenset({f"%{name}"}) if name else frozenset()


def _without(unit: str, phrase: str) -> str:
    """A phrase without the name of the body that reports, in full or without its place."""
    for start in range(max(1, len(unit) - _SHORTEST_UNIT + 1)):
        if len(unit) >= _SHORTEST_UNIT and unit[start:] in phrase:
            return phrase.replace(unit[start:], "|")
    return phrase


def _before(passage: Passage, mention: Mention) -> str:
    """The sentence of a figure up to it."""
    return passage.plain[passage.starts[mention.sentence][0] : mention.start]


def _flow(passage: Passage, mention: Mention) -> str:
    """Whether income or spending was last spoken of in the sentence."""
    found = term("flow").findall(_before(passage, mention))
    return found[-1] if found else ""


def _body(passage: Passage, mention: Mention) -> str:
    """The body that was last spoken of (局机关, 全系统), if any, in the paragraph or its headings."""
    found = term("levels").findall(passage.scope + "|" + passage.plain[: mention.start])
    return found[-1] if found else ""


def _side(passage: Passage, mention: Mention) -> str:
    """The side by the words of the figure, else by those of the figures before it in its sentence, else by what
    introduces its sentence or its section as an aim."""
    if mention.dimension != "money":
        own = "budget" if term("planned").search(mention.head) else "actual" if mention.side == "actual" else ""
    else:
        before = [m for m in passage.mentions[: mention.order + 1] if m.sentence == mention.sentence]
        own = next(filter(None, (_money_side(m) for m in reversed(before))), "")
    if own:
        return own
    heading = passage.scope.split(" / ")[-1]
    aimed = term("aims").search(_before(passage, mention)) or term("aims_heading").search(heading)
    return "budget" if aimed else ""


def _money_side(mention: Mention) -> str:
    """The side that the words of one figure tell, those of an indicator's name (基本支出) left out."""
    words = mention.head
    for each in indicators():
        if each.row.spent:
            words = each.words.sub("", words)
    return planned_or_spent(words) or (mention.side if mention.series_id >= 0 else "")


def _year(passage: Passage, mention: Mention, head: Head) -> str:
    """The year by the words of the sentence, else of the paragraph or the headings, else that of the report."""
    before = _before(passage, mention)
    if mention.role in ("previous", "from"):
        return "previous"
    if term("years").search(before):
        return "several"
    year = term("year")
    near = year.findall(before)[-1:] or year.findall(passage.plain[: mention.start])[:1]
    found = near or year.findall(passage.scope)[-1:]
    return found[0] if found else str(head.year or "")
