"""The registry of indicators (三公经费, 基本支出, 编制 …): one id for each, whatever it is called.

Identities, statements, rates and the comparisons between files speak of indicators by these ids
(``patterns/indicators.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from reportcheck.catalog import cached, recently_cached, table
from reportcheck.regexes import any_of
from reportcheck.schemas.sentences import Indicators, IndicatorsIndicator

_MARK = "#"
_SPENDING = "#spending"


class Indicator(Struct, frozen=True):
    """An indicator by its ``id`` (``#basic``), with the ``words`` that it is called by and what its row says of it."""

    id: str
    words: re.Pattern[str]
    row: IndicatorsIndicator


@cached
def indicators() -> tuple[Indicator, ...]:
    """All indicators in the order in which they are tried: the first that fits takes its words."""
    return tuple(Indicator(_MARK + row.id, row.words.compiled, row) for row in table(Indicators).indicator)


@cached
def _any() -> re.Pattern[str]:
    return any_of(each.row.words for each in indicators()).compiled


@cached
def flagged(flag: str) -> frozenset[str]:
    """The ids of the indicators that are ``part``, ``whole``, ``common``, ``stated`` …"""
    return frozenset(each.id for each in indicators() if getattr(each.row, flag))


@recently_cached
def found_in(phrase: str) -> tuple[tuple[int, int, str], ...]:
    """The indicators that a phrase names, in the order of their places: start, end and id."""
    if not _any().search(phrase):
        return ()
    found: list[tuple[int, int, str]] = []
    rest = phrase
    for each in indicators():
        own = [(match.start(), match.end(), each.id) for match in each.words.finditer(rest)]
        for start, end, _ in own:
            rest = rest[:start] + "|" * (end - start) + rest[end:]
        found += own
    return tuple(sorted(found))


def is_named(phrase: str, ids: Iterable[str]) -> bool:
    """Whether a phrase names one of some indicators, given by their ids in the registry."""
    names = {name for _, _, name in found_in(phrase)}
    return any(_MARK + each in names for each in ids)


@recently_cached
def last_in(phrase: str) -> str:
    """The indicator that a phrase names last, of those that statements are made on; of some only the spending is."""
    names = [name for _, _, name in found_in(phrase)]
    for place in range(len(names) - 1, -1, -1):
        if names[place] in flagged("stated") and (
            names[place] not in flagged("spent_only") or _SPENDING in names[place:]
        ):
            return names[place]
    return ""
