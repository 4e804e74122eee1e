"""What figures measure, so that one figure in two places can be told to be the same.

A figure is named by its own words (its clause; the label of its row and column) and by what surrounds them (the
subject carried over, the headings, the caption). Two figures are *named alike* where the own words of each stand in
what surrounds the other; words that tell nothing (``patterns/indicators.toml``) do not count, rare ones count most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportcheck.catalog import cached, table
from reportcheck.extract.columns import MIXED
from reportcheck.extract.head import Head
from reportcheck.extract.mention import Mention, Passage
from reportcheck.extract.rows import Row
from reportcheck.extract.tabular import Part, Sheet
from reportcheck.model import Fact
from reportcheck.text import normalise

_RATIOS = frozenset({"rate", "completion"})
_NO_LEVELS = frozenset({"point", "times", "number"})
_COMPARED = frozenset({"change", "growth", "share", "price", "reference"})
_MARK = "#"
_LONGEST_LEAD = 80
_SHORTEST_UNIT = 4
_RATE_NAME = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A figure with what tells it apart: indicator ids (``#basic``) and pairs of characters.

    ``own`` are those of its own words, ``around`` these with the subject, the headings and the like; ``parts`` the
    ids of parts of the whole (基本支出) and ``heading`` the pairs of the innermost heading. ``group`` is the sentence
    or row that it stands in. ``side`` and ``year`` are empty where nothing tells them.
    """

    fact: Fact
    own: frozenset[str]
    around: frozenset[str]
    wide: frozenset[str]
    noun: frozenset[str]
    parts: frozenset[str]
    flow: str
    level: str
    heading: frozenset[str]
    carried: bool
    general: bool
    side: str
    year: str
    group: str
    prose: bool
    kind: str


@cached
def _indicators() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((_MARK + row["id"], re.compile(row["words"])) for row in table("indicators")["indicator"])


@cached
def _flagged(flag: str) -> frozenset[str]:
    return frozenset(_MARK + row["id"] for row in table("indicators")["indicator"] if row.get(flag))


def whole_marks() -> frozenset[str]:
    """The marks of what every part of the whole has (spending, a score): alone they do not tell of what."""
    return _flagged("whole")


def is_general(marks_: frozenset[str]) -> bool:
    """Whether marks alone do not tell of what a figure is: spending, a score, the name of a rate."""
    return all(mark in whole_marks() or mark.startswith("%") for mark in marks_)


@cached
def _same(name: str) -> re.Pattern[str]:
    return re.compile(table("indicators")["same"][name])


@cached
def _sides() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["id"], re.compile(row["words"])) for row in table("indicators")["side"])


@cached
def marks(phrase: str) -> frozenset[str]:
    """The indicator ids and the pairs of characters of a phrase."""
    found: set[str] = set()
    rest = _same("title").sub("|", normalise(phrase))
    for name, pattern in _indicators():
        if pattern.search(rest):
            found.add(name)
            rest = pattern.sub("|", rest)
    for stretch in re.split(r"[^\u4e00-\u9fffA-Za-z]+", _same("noise").sub("|", rest)):
        found.update(stretch[at : at + 2] for at in range(len(stretch) - 1))
    return frozenset(found)


def side_of(phrase: str) -> str:
    """Whether words speak of the budget (``initial``, ``full``, ``budget``), of what arrived or of what was used."""
    plain = _same("budgets").sub("", phrase)
    for name, pattern in _sides():
        if pattern.search(plain):
            return name
    return ""


def read_named(passages: Sequence[Passage], sheets: Sequence[Sheet], head: Head) -> tuple[Named, ...]:
    """The figures of the text in reading order, then those of the tables."""
    return (*in_prose(passages, head), *in_tables(sheets, head))


# --- prose --------------------------------------------------------------------------------


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
    return marks(_same("genre").sub("|", _same("title").sub("|", heading))) - whole_marks()


def _lead(passage: Passage, mention: Mention) -> str:
    """The words of a paragraph before its first figure and that figure's own clause: they head what follows."""
    start = max(offset for offset in passage.offsets if offset <= mention.start)
    first = next(m for m in passage.mentions if m.start >= start)
    return passage.plain[start : first.start].removesuffix(first.head)[:_LONGEST_LEAD]


def _kind(mention: Mention) -> str:
    if _same("remainder").search(mention.head + "|" + mention.tail[:2]) or _same("limit_behind").match(mention.tail):
        return ""
    if mention.dimension in ("point", "times", "number") or mention.role in (
        "change",
        "growth",
        "share",
        "price",
        "reference",
    ):
        return ""
    return "rate" if mention.role in _RATIOS or mention.dimension == "ratio" else "level"


def _named(
    passage: Passage, mention: Mention, kind: str, scope: frozenset[str], heading: frozenset[str], head: Head
) -> Named:
    listed = mention.series_id >= 0
    words = _without(head.unit, mention.subject if listed else mention.head)
    own, noun = marks(words), marks(_same("tail_stop").split(mention.tail)[0])
    carried = frozenset[str]() if mention.own_subject or mention.role == "total" else marks(mention.subject)
    if kind == "rate":
        own |= _rate_name(mention)
    general = is_general(own) and not carried
    if is_general(own):
        own |= noun
    named = not is_general(own)
    if not named:
        own |= carried
    own = own or marks(mention.gap) or heading
    around = own | carried | noun | scope | marks(mention.gap)
    return Named(
        fact=mention.fact,
        own=own,
        around=around,
        wide=around | marks(_before(passage, mention)[-_LONGEST_LEAD:]),
        noun=noun,
        parts=(own | carried | scope) & _flagged("part"),
        flow=_flow(passage, mention),
        level=_level(passage, mention),
        heading=heading,
        carried=not named,
        general=general,
        side=_side(passage, mention),
        year=_year(passage, mention, head),
        group=f"{passage.block.id}.{mention.sentence}",
        prose=True,
        kind=kind,
    )


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
    found = _same("flow").findall(_before(passage, mention))
    return found[-1] if found else ""


def _level(passage: Passage, mention: Mention) -> str:
    """The body that was last spoken of (局机关, 全系统), if any, in the paragraph or its headings."""
    found = _same("levels").findall(passage.scope + "|" + passage.plain[: mention.start])
    return found[-1] if found else ""


def _side(passage: Passage, mention: Mention) -> str:
    """The side by the words of the figure, else by those of the figures before it in its sentence, else by what
    introduces its sentence or its section as an aim."""
    if mention.dimension != "money":
        own = "budget" if _same("planned").search(mention.head) else "actual" if mention.side == "actual" else ""
    else:
        before = [m for m in passage.mentions[: mention.order + 1] if m.sentence == mention.sentence]
        own = next(filter(None, (_money_side(m) for m in reversed(before))), "")
    if own:
        return own
    heading = passage.scope.split(" / ")[-1]
    aimed = _same("aims").search(_before(passage, mention)) or _same("aims_heading").search(heading)
    return "budget" if aimed else ""


def _money_side(mention: Mention) -> str:
    """The side that the words of one figure tell, those of an indicator's name (基本支出) left out."""
    words = mention.head
    for name, pattern in _indicators():
        if name not in _flagged("common"):
            words = pattern.sub("", words)
    return side_of(words) or (mention.side if mention.series_id >= 0 else "")


def _year(passage: Passage, mention: Mention, head: Head) -> str:
    if mention.role in ("previous", "from"):
        return "previous"
    if _same("years").search(_before(passage, mention)):
        return "several"
    found = _same("year").findall(_before(passage, mention))[-1:] or _same("year").findall(
        passage.plain[: mention.start]
    )
    return found[0] if found else str(head.year or "")


# --- tables -------------------------------------------------------------------------------


def in_tables(sheets: Iterable[Sheet], head: Head) -> Iterator[Named]:
    """The figures of all tables."""
    for sheet in sheets:
        caption = marks(sheet.grid.source.caption) | marks(sheet.grid.scope.split(" / ")[-1])
        for part in sheet.parts:
            for row in part.rows:
                for column in range(len(part.band.columns)):
                    fact = sheet.facts.get((row.index, column))
                    if fact is not None:
                        yield _cell(sheet, part, row, column, fact, caption, head)


def _cell(sheet: Sheet, part: Part, row: Row, column: int, fact: Fact, caption: frozenset[str], head: Head) -> Named:
    header = part.band.columns[column]
    beside = [
        cell.text
        for cell in sheet.grid.cells[row.index][:column]
        if cell.kind == "label" and part.band.columns[cell.column].kind not in MIXED
    ]
    label = row.label if column in part.panel.values or not beside else beside[-1]
    own = marks(label + "|" + header.leaf)
    if header.kind in ("score", "weight", "deduction") and not row.total:
        own = frozenset()
    path = marks("|".join([*beside, *(cell.text for cell in row.path), header.title]))
    years = _same("year").findall(header.title + label)
    return Named(
        fact=fact,
        own=own,
        around=own | path | caption,
        wide=own | path | caption,
        noun=frozenset(),
        parts=(own | path | caption) & _flagged("part"),
        flow="",
        level=next(reversed(_same("levels").findall(f"{sheet.grid.scope}|{sheet.grid.source.caption}|{label}")), ""),
        heading=frozenset(),
        carried=False,
        general=is_general(own),
        side={"target": "budget", "completion": "actual"}.get(header.kind) or side_of(header.title) or side_of(label),
        year=years[-1] if years else "previous" if _same("previous").search(header.title) else str(head.year or ""),
        group=f"{sheet.id}.{row.index}",
        prose=False,
        kind="rate" if fact.quantity.unit.dimension == "ratio" else "level",
    )


# --- likeness -----------------------------------------------------------------------------


class Likeness:
    """How telling each mark is in a report, and how alike two figures are named."""

    def __init__(self, named: Sequence[Named]) -> None:
        self._known = Counter(mark for each in named for mark in each.around)

    def weight(self, marks_: Iterable[str]) -> int:
        """How much marks tell together: indicators and rare pairs most."""
        return sum(self._one(mark) for mark in marks_)

    def _one(self, mark: str) -> int:
        if mark.startswith(_MARK):
            return 4 if mark in _flagged("common") else 8
        return 3 if self._known[mark] <= 4 else 2 if self._known[mark] <= 12 else 1

    def akin(self, one: Named, other: Named) -> int:
        """How much of the own words of two figures stands anywhere near the other; 0 where that is little."""
        shared = self.weight((one.own & other.wide) | (other.own & one.wide))
        within = not is_general(one.own & other.own) and (one.own <= other.own or other.own <= one.own)
        return shared if shared >= 8 or (within and shared >= 3) else 0

    def alike(self, one: Named, other: Named) -> int:
        """How much the names of two figures have in common; 0 where they are named differently."""
        if not one.own or not other.own or (one.noun and other.noun and not one.noun & other.noun):
            return 0
        if one.flow and other.flow and one.flow != other.flow:
            return 0
        if not is_general(one.own) and not is_general(other.own) and is_general(one.own & other.own):
            return 0
        for first, second in ((one, other), (other, one)):
            if self.weight(first.own & second.around) * 6 < self.weight(first.own) * 5:
                return 0
        return self.weight(one.own & other.around | other.own & one.around)
