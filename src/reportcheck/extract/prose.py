"""Prose → passages: each figure of a paragraph with what it measures and what it does in its sentence.

The head of a figure is what stands before it in its clause. The frames of ``patterns/roles.toml`` tell the
figure's role from the head; what they leave over names the indicator. Where nothing is left over, the
subject carries over from the clause or sentence before, as a Chinese reader carries it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from reportcheck.catalog import cached, table
from reportcheck.extract.outline import numbering, scopes
from reportcheck.model import Block, Document, Fact, Quantity, Span
from reportcheck.quantities import find_quantities
from reportcheck.segment import noun_phrase
from reportcheck.text import normalise, sentences

FILLER = "\x00"
_BREAK = re.compile(r"[，。；：、！？!?\n（）]")
_HEAD_LIMIT = 60
_APPOSITION = 10
_QUOTES = '“”"的了'
_TAIL_WORDS = 8
_LEADS = ("：", ":", "；", ";", "，", ",", "、")
_MOST_LED = 12


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure in its sentence.

    ``subject`` is the thing measured, without the words of the role; ``own_subject`` is false where it was
    carried over. ``base`` is the phrase that a share or a completion rate names as its base, ``name`` that
    of a rate; ``base_order`` is the figure that states the base itself (占163人的35.6%); ``sign`` of a change is +1, −1 or 0 (signed by the figure itself); ``side`` is ``budget``,
    ``actual`` or empty. ``gap`` is all that stands between the figure before (or the start of the sentence)
    and this one; ``depth`` counts the brackets around it. ``topic`` names in full what a level is of; ``series`` numbers the members of a parallel
    list (60、70和80万元) from 0; members of one list share ``series_id``.
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


@dataclass(frozen=True, slots=True)
class Passage:
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


@dataclass(frozen=True, slots=True)
class _Frame:
    role: str
    kinds: frozenset[str]
    sign: int
    head: re.Pattern[str]
    not_head: re.Pattern[str] | None
    tail: re.Pattern[str] | None


_SIGNS = {"up": 1, "down": -1}


@cached
def _frames() -> tuple[_Frame, ...]:
    data = table("roles")

    def compiled(row: dict[str, Any], key: str) -> re.Pattern[str] | None:
        return re.compile(row[key].replace("{cop}", data["copula"])) if key in row else None

    return tuple(
        _Frame(
            row["role"],
            frozenset(row["kinds"]),
            _SIGNS.get(row.get("sign", ""), 0),
            re.compile(row["head"].replace("{cop}", data["copula"])),
            compiled(row, "not_head"),
            compiled(row, "tail"),
        )
        for row in data["role"]
    )


@cached
def _words(name: str) -> re.Pattern[str]:
    return re.compile(table("connectors")["words"][name])


@cached
def _side(name: str) -> re.Pattern[str]:
    return re.compile(table("roles")["side"][name])


def read_prose(document: Document) -> tuple[Passage, ...]:
    """Every block of prose that is not a table cell or a line of the contents, with its figures."""
    paths = scopes(document)
    prose = (block for block in document.blocks if block.role != "contents" and block.text.strip())
    return tuple(passage(group, paths.get(group[0].id, "")) for group in _led(prose) if group[0].role != "cell")


def _led(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """Groups lines of which one leads into the next: it ends in a colon, a semicolon or a comma."""
    group: list[Block] = []
    for block in blocks:
        joins = group and group[-1].text.rstrip().endswith(_LEADS) and block.role == group[-1].role == "paragraph"
        if group and not (joins and len(group) < _MOST_LED):
            yield tuple(group)
            group = []
        group.append(block)
    if group:
        yield tuple(group)


def passage(blocks: Sequence[Block], scope: str = "") -> Passage:
    """The figures of one paragraph with their roles and subjects."""
    text = "\n".join(block.text for block in blocks)
    plain = normalise(text)
    lengths = [len(block.text) + 1 for block in blocks]
    empty = Passage(tuple(blocks), (0, *accumulate(lengths[:-1])), plain, scope, (), tuple(sentences(plain)))
    quantities = find_quantities(text, "")
    if not quantities:
        return empty
    starts = empty.starts
    masked, depths, brackets = _brackets(plain, quantities)
    numbered = numbering(plain)
    if numbered and numbered.start <= quantities[0].span.start:
        masked = FILLER * numbered.start + masked[numbered.start :]
    mentions = list(_mentions(masked, quantities, starts, depths, brackets, scope))
    mentions = [replace(m, start=m.quantity.span.start, end=m.quantity.span.end) for m in mentions]
    placed = _with_gaps(_with_years(_with_bases(_with_series(_carried(mentions), plain))))
    return replace(empty, mentions=tuple(_rebased(mention, empty) for mention in placed))


def _rebased(mention: Mention, passage: Passage) -> Mention:
    """The mention with its figure's span counted from the start of its own block."""
    span = passage.span(mention.start, mention.end)
    return replace(mention, fact=replace(mention.fact, quantity=replace(mention.quantity, span=span)))


def _brackets(plain: str, quantities: list[Quantity]) -> tuple[str, list[int], list[int]]:
    """Blanks out brackets without figures (they belong to a name), and numbers those that hold some.

    Returns the masked text, and for each character the depth and the number of its innermost bracket.
    """
    starts = {quantity.span.start for quantity in quantities}
    masked = list(plain)
    depths, numbers = [0] * len(plain), [0] * len(plain)
    stack: list[int] = []
    count = 0
    for index, character in enumerate(plain):
        if character == "（":
            stack.append(index)
        elif character == "）" and stack:
            opened = stack.pop()
            inner = range(opened, index + 1)
            if starts.isdisjoint(inner):
                masked[opened : index + 1] = FILLER * len(inner)
            elif _is_apposition(plain, inner, quantities):
                continue
            else:
                count += 1
                for position in inner:
                    depths[position] += 1
                    numbers[position] = numbers[position] or count
    return "".join(masked), depths, numbers


def _is_apposition(plain: str, inner: range, quantities: list[Quantity]) -> bool:
    """Brackets that hold one figure and little else, such as 项目支出（879.05万元）, add no level."""
    held = [quantity for quantity in quantities if quantity.span.start in inner]
    if len(held) != 1 or len(inner) - len(held[0].text) > _APPOSITION:
        return False
    return held[0].unit.dimension == "ratio" or not plain[inner.start + 1 : held[0].span.start].strip()


def _mentions(
    masked: str,
    quantities: list[Quantity],
    starts: tuple[tuple[int, int], ...],
    depths: list[int],
    brackets: list[int],
    scope: str,
) -> Iterator[Mention]:
    sentence = 0
    previous_end = 0
    for order, quantity in enumerate(quantities):
        start, end = quantity.span.start, quantity.span.end
        while sentence + 1 < len(starts) and starts[sentence][1] <= start:
            sentence += 1
        floor = max(previous_end, starts[sentence][0])
        gap = _tidy(masked[floor:start])
        head = _tidy(masked[max(floor, _last_break(masked, floor, start)) : start]).strip("（：，")
        following = quantities[order + 1].span.start if order + 1 < len(quantities) else len(masked)
        stop = _BREAK.search(masked, end, following)
        tail = _tidy(masked[end : stop.start() if stop else following])
        yield _mention(quantity, order, sentence, depths[start], brackets[start], head[-_HEAD_LIMIT:], gap, tail, scope)
        previous_end = end


def _tidy(phrase: str) -> str:
    """Words without fillers and without the spaces that layout puts between characters."""
    return phrase.replace(FILLER, "").replace(" ", "")


def _last_break(masked: str, floor: int, start: int) -> int:
    last = floor
    for match in _BREAK.finditer(masked, floor, start):
        # A colon or comma right before the figure ("预算：60万元") does not part it from its name.
        if masked[match.end() : start].strip(" " + FILLER):
            last = match.end()
    return last


def _kind(quantity: Quantity) -> str:
    dimension = quantity.unit.dimension
    return dimension if dimension in ("ratio", "point", "times") else "amount"


def _mention(
    quantity: Quantity,
    order: int,
    sentence: int,
    depth: int,
    bracket: int,
    head: str,
    gap: str,
    tail: str,
    scope: str,
) -> Mention:
    role, match, sign = _role(quantity, head, tail)
    named = match.groupdict() if match else {}
    rest = head[: match.start()] if match else head
    side, cue = _side_of(head) if _kind(quantity) == "amount" else ("", "")
    if not side and _kind(quantity) == "amount" and not cue:
        side = _side_of(tail[:_TAIL_WORDS])[0]
    name = named.get("name") or ""
    if role == "level" and _kind(quantity) == "ratio" and (behind := _words("rate_behind").match(tail)):
        role, name, rest = "rate", behind["name"], ""
    if role == "rate" and name:
        rest = ""
    if role == "level" and cue:
        rest = head[: head.rindex(cue)]
    subject = clean_name(_words("comparison").sub("", rest))
    if _words("generic").match(subject):
        subject = ""
    if "/" in quantity.unit.dimension:
        role = "price"
    elif role == "price" and quantity.unit.dimension != "money":
        role = "level"
    fact = Fact(clean_name(head) or subject, "", scope, side or role, quantity)
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
        base=(named.get("base") or "").strip(_QUOTES),
        name=name.strip(_QUOTES),
        sign=sign,
    )


def _role(quantity: Quantity, head: str, tail: str) -> tuple[str, re.Match[str] | None, int]:
    kind = _kind(quantity)
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


def _side_of(head: str) -> tuple[str, str]:
    """Which of the words for money given and money used stands nearest to the figure."""
    head = _side("proper").sub(lambda match: FILLER * len(match[0]), head)
    nearest, side, cue = -1, "", ""
    for name in ("budget", "actual"):
        for match in _side(name).finditer(head):
            if match.end() > nearest:
                nearest, side, cue = match.end(), name, match[0]
    return side, cue


def clean_name(phrase: str) -> str:
    """A phrase without the words that only lead to it or away from it."""
    trimmed = _words("lead_out").sub("", _words("lead_in").sub("", phrase.strip()))
    return _words("lead_in").sub("", noun_phrase(trimmed)) if len(trimmed) > 2 else trimmed


def _carried(mentions: list[Mention]) -> list[Mention]:
    """Fills empty subjects from the figure before, within the paragraph."""
    filled: list[Mention] = []
    last = topic = ""
    for mention in mentions:
        if _kind(mention.quantity) == "amount" and mention.role in ("level", "total"):
            named = _topic(mention.head, topic) or topic
            mention = replace(mention, topic=named)
            # 支出完成 behind 其中税收收入…、非税收入… goes on with the whole, not with its last part.
            topic = topic if topic and _part_names().search(named) else named
        if mention.own_subject:
            last = mention.subject
        elif last:
            mention = replace(mention, subject=last)
        if not mention.fact.indicator and mention.subject:
            mention = replace(mention, fact=replace(mention.fact, indicator=mention.subject))
        elif mention.subject and not mention.own_subject and mention.subject not in mention.fact.indicator:
            name = mention.subject + mention.fact.indicator
            mention = replace(mention, fact=replace(mention.fact, indicator=name))
        filled.append(mention)
    return filled


@cached
def _part_names() -> re.Pattern[str]:
    rows = table("identities")["partition"]
    return re.compile("|".join(part for row in rows for part in row["parts"] if row.get("flow")))


def _topic(head: str, last: str) -> str:
    """What a level is of, in full: 支出完成 behind 全市一般公共预算收入 is 全市一般公共预算支出."""
    name = _words("topic_lead").sub("", _words("flow_verbs").sub("", head))
    flow = _words("flow").search(name)
    before = _words("flow").search(last)
    if flow and flow[0] == name and before:
        return last[: before.start()] + name
    return name


def _with_series(mentions: list[Mention], plain: str) -> list[Mention]:
    """Marks parallel lists (分别为60万元、70万元和80万元) and gives their members the names listed before."""
    result = list(mentions)
    index = 0
    separator = re.compile(table("units")["list_separator"] + "|，")
    while index < len(result):
        last = index
        while last + 1 < len(result) and _same_series(result[last], result[last + 1], plain, separator):
            last += 1
        if last > index:
            names = _listed_names(result[index], last - index + 1)
            for offset in range(index, last + 1):
                lead = result[index]
                member = replace(
                    result[offset],
                    role=lead.role,
                    base=lead.base,
                    name=lead.name,
                    sign=lead.sign,
                    side=lead.side,
                    cue=lead.cue,
                    subject=names[offset - index] if names else result[offset].subject,
                    series_id=index,
                    series=offset - index,
                )
                result[offset] = member
        index = last + 1
    return result


def _same_series(here: Mention, following: Mention, plain: str, separator: re.Pattern[str]) -> bool:
    between = plain[here.end : following.start]
    return (
        here.dimension == following.dimension
        and here.sentence == following.sentence
        and separator.fullmatch(between) is not None
    )


def _listed_names(first: Mention, size: int) -> list[str]:
    """The names of a parallel list: the last ``size`` items before 分别."""
    found = list(_words("parallel").finditer(first.gap))
    if not found:
        return []
    before = re.split(r"[，。；：\n]", first.gap[: found[-1].start()])[-1]
    items = [item for item in re.split(f"[、{table('connectors')['words']['joiners']}]", before) if item]
    return [clean_name(item) for item in items] if len(items) == size else []


def _with_bases(mentions: list[Mention]) -> list[Mention]:
    """Marks rates whose base is the figure right before them: 占职工总数163人的35.6%."""
    result = list(mentions)
    for index, mention in enumerate(mentions):
        first = index if mention.series_id < 0 else mention.series_id
        if (
            mention.dimension not in ("ratio", "times")
            or not first
            or not _words("base_tail").match(mentions[first].head)
        ):
            continue
        bases = [
            m for m in mentions[:first] if m.order == first - 1 or m.series_id == mentions[first - 1].series_id >= 0
        ]
        lead = _words("base_lead").search(bases[0].head) if bases else None
        if lead is None or mention.series >= len(bases):
            continue
        role = "share" if lead["verb"] == table("connectors")["words"]["share_verb"] else "completion"
        base = bases[mention.series]
        result[index] = replace(mention, role=role, base=lead["base"].strip(_QUOTES), base_order=base.order)
        result[base.order] = replace(result[base.order], role="base")
    return result


def _with_years(mentions: list[Mention]) -> list[Mention]:
    """2023年3286人，2022年3395人: the level of the year before the latest one named is a previous level."""
    found = [list(_words("year").finditer(m.gap)) for m in mentions]
    years = [int(matches[-1]["year"]) if matches else 0 for matches in found]
    latest = max(years, default=0)
    return [
        replace(mention, role="previous") if year == latest - 1 and mention.role in ("level", "total") else mention
        for mention, year in zip(mentions, years, strict=True)
    ]


def _with_gaps(mentions: list[Mention]) -> list[Mention]:
    """余额低于限额4.67亿元: a comparison that no change or level follows is itself the difference.

    高于95%的目标值2.8个百分点: points behind a comparison are a change, whatever their own words.
    """
    result: list[Mention] = []
    for mention in mentions:
        if mention.dimension == "point" and mention.role == "level" and result and result[-1].role == "reference":
            mention = replace(mention, role="change", own_subject=False)
        gap = mention.role == "reference" and mention.dimension not in ("ratio", "times")
        if gap and _words("compared_gap").search(mention.head):
            later = [m for m in mentions[mention.order + 1 :] if m.sentence == mention.sentence]
            compared = any(m.role in ("change", "growth", "difference", "level", "to") for m in later)
            if not compared and not mention.tail:
                mention = replace(mention, role="difference")
        result.append(mention)
    return result


def all_mentions(passages: Iterable[Passage]) -> list[Mention]:
    """The mentions of several passages in reading order."""
    return [mention for passage in passages for mention in passage.mentions]
