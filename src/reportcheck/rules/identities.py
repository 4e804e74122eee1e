"""Sums over the whole report that are known beforehand: ``total-mismatch`` for 三公经费 and 基本支出 + 项目支出.

The parts stand in other sections than the total. Each section is taken to state each part once; parts that
no section names count as zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportcheck.catalog import table
from reportcheck.extract.prose import Mention, Passage, all_mentions
from reportcheck.model import Claim, Question
from reportcheck.rules import reach
from reportcheck.rules.lists import RULE


def propose(passages: Sequence[Passage]) -> Iterator[Question]:
    """Questions for the totals whose parts the sections before them state."""
    mentions = [m for m in all_mentions(passages) if reach.is_level(m) and m.dimension == "money"]
    for row in table("identities")["identity"]:
        yield from _by_parts(mentions, row["total"], row["parts"])
    yield from _by_sections(mentions, table("identities")["sections"])


def _by_parts(mentions: Sequence[Mention], total: str, parts: Sequence[str]) -> Iterator[Question]:
    totals = [m for m in mentions if m.side == "actual" and re.search(total, m.subject + m.head)]
    if not totals:
        return
    home = _section(totals[0])
    stated: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        kind = next((part for part in parts if re.search(part, mention.subject)), None)
        if kind and _section(mention) != home and not re.search(total, mention.subject):
            stated.setdefault((_section(mention), kind), mention)
    sections = {section for section, _ in stated}
    inside = [m for m in mentions if _section(m) == home and any(re.search(part, m.subject) for part in parts)]
    if len(sections) >= 2 and len(stated) >= 3 and not inside and _parted(sections):
        facts = tuple(mention.fact for mention in stated.values())
        yield (Claim(RULE, totals[0].fact, "sum(parts)", {"parts": facts}, "identity", exhaustive=True),)


def _parted(sections: set[str]) -> bool:
    """Whether the sections part the whole (基本支出, 项目支出), so that the same item in both is two items."""
    names = table("identities")["sections"]["names"]
    return all(any(re.search(name, section) for name in names) for section in sections)


def _by_sections(mentions: Sequence[Mention], row: dict[str, list[str]]) -> Iterator[Question]:
    """The totals of the sections on 基本支出 and 项目支出 add up to what was spent in all."""
    totals = []
    for name in row["names"]:
        own = [m for m in mentions if re.search(name, _section(m)) and m.role == "total" and m.side == "actual"]
        if not own:
            return
        totals.append(own[0])
    elsewhere = [m for m in mentions if not any(re.search(name, _section(m)) for name in row["names"])]
    for mention in elsewhere:
        if mention.side == "actual" and reach.significant_digits(mention) >= 4:
            operands = {"parts": tuple(total.fact for total in totals)}
            yield (Claim(RULE, mention.fact, "sum(parts)", operands, "found"),)


def _section(mention: Mention) -> str:
    return mention.fact.scope.split(" / ")[0]
