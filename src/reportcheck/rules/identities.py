"""Sums over the whole report that are known beforehand: ``total-mismatch`` for 三公经费 and 基本支出 + 项目支出.

The parts stand in other sections than the total. Each section is taken to state each part once; parts that
no section names count as zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportcheck.catalog import table
from reportcheck.extract.indicators import is_named
from reportcheck.extract.mention import Mention, Passage, all_mentions
from reportcheck.model import Claim, Fact, Question
from reportcheck.relations import reach
from reportcheck.relations.claims import TOTAL as RULE
from reportcheck.schemas.sentences import Identities, IdentitiesSections

# Bounds on the search for parts far from their total, so that it stays linear in the report.
_LONGEST = 6
_MOST_LISTED = 20
_MOST_TOTALS = 120


def propose(passages: Sequence[Passage]) -> Iterator[Question]:
    """Questions for the totals whose parts the sections before them state."""
    mentions = [m for m in all_mentions(passages) if reach.is_level(m) and m.dimension == "money"]
    for row in table(Identities).identity:
        yield from _by_parts(mentions, row.total, row.parts)
    yield from _by_sections(mentions, table(Identities).sections)
    yield from _far(mentions)


def _by_parts(mentions: Sequence[Mention], total: str, parts: Sequence[Sequence[str]]) -> Iterator[Question]:
    totals = [m for m in mentions if m.side == "actual" and is_named(m.subject + "|" + m.head, [total])]
    if not totals:
        return
    home = _section(totals[0])
    stated: dict[tuple[str, int], Mention] = {}
    for mention in mentions:
        kind = next((place for place, ids in enumerate(parts) if is_named(mention.subject, ids)), None)
        if kind is not None and _section(mention) != home and not is_named(mention.subject, [total]):
            stated.setdefault((_section(mention), kind), mention)
    sections = {section for section, _ in stated}
    inside = [m for m in mentions if _section(m) == home and any(is_named(m.subject, ids) for ids in parts)]
    if len(sections) >= 2 and len(stated) >= 3 and not inside and _parted(sections):
        facts = tuple(mention.fact for mention in stated.values())
        yield (Claim(RULE, "sum", totals[0].fact, "sum(parts)", {"parts": facts}, "identity", exhaustive=True),)


def _parted(sections: set[str]) -> bool:
    """Whether the sections part the whole (基本支出, 项目支出), so that the same item in both is two items."""
    names = table(Identities).sections.names
    return all(any(is_named(section, [name]) for name in names) for section in sections)


def _by_sections(mentions: Sequence[Mention], row: IdentitiesSections) -> Iterator[Question]:
    """The totals of the sections on 基本支出 and 项目支出 add up to what was spent in all."""
    totals = []
    for name in row.names:
        own = [m for m in mentions if is_named(_section(m), [name]) and m.role == "total" and m.side == "actual"]
        if not own:
            return
        totals.append(own[0])
    elsewhere = [m for m in mentions if not is_named(_section(m), row.names)]
    for mention in elsewhere:
        if mention.side == "actual" and reach.significant_digits(mention) >= 4:
            operands = {"parts": tuple(total.fact for total in totals)}
            yield (Claim(RULE, "sum", mention.fact, "sum(parts)", operands, "name"),)


def _far(mentions: Sequence[Mention]) -> Iterator[Question]:
    """A total whose parts are the spending of items listed one to a paragraph in another section."""
    for section, listed in _sequences(mentions).items():
        runs = [
            listed[start : start + size]
            for size in range(2, min(len(listed), _LONGEST) + 1)
            for start in range(len(listed) - size + 1)
        ]
        others = [m for m in mentions if _section(m) != section and reach.significant_digits(m) >= 4]
        for total in others[:_MOST_TOTALS]:
            claims = (Claim(RULE, "sum", total.fact, "sum(parts)", {"parts": _facts(run)}, "found") for run in runs)
            yield tuple(claims)


def stopped(passages: Sequence[Passage]) -> bool:
    """Whether some list or some total of the report was left out of the search."""
    mentions = [m for m in all_mentions(passages) if reach.is_level(m) and m.dimension == "money"]
    totals = [m for m in mentions if reach.significant_digits(m) >= 4]
    found = _spent_by_section(mentions).items()
    return any(
        len(listed) > _MOST_LISTED or (len(listed) >= 3 and sum(_section(m) != at for m in totals) > _MOST_TOTALS)
        for at, listed in found
    )


def _facts(mentions: Sequence[Mention]) -> tuple[Fact, ...]:
    return tuple(mention.fact for mention in mentions)


def _sequences(mentions: Sequence[Mention]) -> dict[str, list[Mention]]:
    """The same for each section, where there are enough of them and not too many."""
    found = _spent_by_section(mentions)
    return {section: listed for section, listed in found.items() if 3 <= len(listed) <= _MOST_LISTED}


def _spent_by_section(mentions: Sequence[Mention]) -> dict[str, list[Mention]]:
    """By section, the first figure of what was spent in each paragraph."""
    found: dict[str, dict[str, Mention]] = {}
    for mention in mentions:
        if mention.side == "actual" and mention.role == "level":
            found.setdefault(_section(mention), {}).setdefault(mention.quantity.span.block, mention)
    return {section: list(listed.values()) for section, listed in found.items()}


def _section(mention: Mention) -> str:
    return mention.fact.scope.split(" / ")[0]
