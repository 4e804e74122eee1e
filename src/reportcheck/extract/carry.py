"""What a figure takes over from those around it: subjects, names of parallel lists, bases, years."""

from __future__ import annotations

import re

from msgspec.structs import replace

from reportcheck.catalog import cached, table
from reportcheck.extract.mention import Mention, clean_name, kind_of, name_edges, words
from reportcheck.regexes import any_of
from reportcheck.schemas.figures import Units
from reportcheck.schemas.sentences import Connectors, Identities


def carry(mentions: list[Mention], plain: str) -> list[Mention]:
    """The figures of a passage with all that a reader carries over from one to the next."""
    return _with_gaps(_with_years(_with_bases(_with_series(_carried(mentions), plain))))


def _carried(mentions: list[Mention]) -> list[Mention]:
    """Fills empty subjects from the figure before, within the paragraph."""
    filled: list[Mention] = []
    last = topic = ""
    for mention in mentions:
        if kind_of(mention.quantity) == "amount" and mention.role in ("level", "total"):
            named = _topic(mention.head, topic) or topic
            mention = replace(mention, topic=named)
            # Spending named behind the parts of income goes on with the whole budget, not with the last part.
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
    rows = table(Identities).partition
    return any_of(part for row in rows for part in row.parts if row.flow).compiled


def _topic(head: str, last: str) -> str:
    """What a level is of, in full: 支出完成 behind 全市一般公共预算收入 is 全市一般公共预算支出."""
    name = words("topic_lead").sub("", words("flow_verbs").sub("", head))
    flow = words("flow").search(name)
    before = words("flow").search(last)
    if flow and flow[0] == name and before:
        return last[: before.start()] + name
    return name


def _with_series(mentions: list[Mention], plain: str) -> list[Mention]:
    """Marks parallel lists (分别为60万元、70万元和80万元) and gives their members the names listed before."""
    result = list(mentions)
    index = 0
    separator = any_of((table(Units).list_separator, "，")).compiled
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
    found = list(words("parallel").finditer(first.gap))
    if not found:
        return []
    before = re.split(r"[，。；：\n]", first.gap[: found[-1].start()])[-1]
    items = [item for item in re.split(f"[、{re.escape(table(Connectors).words.joiners)}]", before) if item]
    return [clean_name(item) for item in items] if len(items) == size else []


def _with_bases(mentions: list[Mention]) -> list[Mention]:
    """Marks rates whose base is the figure right before them: 占职工总数163人的35.6%."""
    result = list(mentions)
    for index, mention in enumerate(mentions):
        first = index if mention.series_id < 0 else mention.series_id
        if (
            mention.dimension not in ("ratio", "times")
            or not first
            or not words("base_tail").match(mentions[first].head)
        ):
            continue
        bases = [
            m for m in mentions[:first] if m.order == first - 1 or m.series_id == mentions[first - 1].series_id >= 0
        ]
        lead = words("base_lead").search(bases[0].head) if bases else None
        if lead is None or 1 < len(bases) <= mention.series:
            continue
        role = "share" if lead["verb"] == table(Connectors).words.share_verb else "completion"
        base = bases[mention.series if len(bases) > 1 else 0]
        result[index] = replace(mention, role=role, base=lead["base"].strip(name_edges()), base_order=base.order)
        result[base.order] = replace(result[base.order], role="base")
    return result


def _with_years(mentions: list[Mention]) -> list[Mention]:
    """2023年3286人，2022年3395人: the level of the year before the latest one named is a previous level."""
    found = [list(words("year").finditer(m.gap)) for m in mentions]
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
        if gap and words("compared_gap").search(mention.head):
            later = [m for m in mentions[mention.order + 1 :] if m.sentence == mention.sentence]
            compared = any(m.role in ("change", "growth", "difference", "level", "to") for m in later)
            if not compared and not mention.tail:
                mention = replace(mention, role="difference")
        result.append(mention)
    return result
