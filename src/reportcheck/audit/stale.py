"""Passages of last year's report that were left in this year's with all their figures: ``last-year-left``.

What stands legitimately from year to year has no results: duties, posts and staff, definitions, standards, bands of
scores, the size of a place or of works, what is held every month. So a sentence counts where it tells of what was done
or spent, in a passage that is not under a heading of such a kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reportcheck.audit.about import About, words
from reportcheck.audit.across import Across, Spot
from reportcheck.audit.telling import Spots, told
from reportcheck.catalog import Language, message, table
from reportcheck.extract.mention import Mention, Passage
from reportcheck.extract.prose import read_prose
from reportcheck.model import Span
from reportcheck.numerals import telling_digits
from reportcheck.schemas.across import Across as AcrossTable

_LONG = 40
_TELLING = 2
_FEWEST, _WEIGHTY, _DIGITS = 2, 3, 6
_SHOWN = 4


def left_over(before: About, after: About, spots: Spots, language: Language) -> Iterator[Across]:
    """One finding for the long paragraphs that both reports have, word for word but for the year, with the same figures
    of results."""
    earlier = {_frame(passage): passage for passage in read_prose(before.document) if passage.mentions}
    shown: list[Spot] = []
    listed: list[str] = []
    for passage in read_prose(after.document):
        old = earlier.get(_frame(passage))
        figures = _results(passage, after) if old is not None else []
        if old is not None and figures:
            same = next(mention for mention in old.mentions if mention.quantity.text == figures[0].quantity.text)
            shown.append(spots.spot(after.name, _sentence(passage, figures[0])))
            shown.append(spots.spot(before.name, _sentence(old, same)))
            listed += [mention.quantity.text for mention in figures]
    if shown:
        stated = message(language, "place.list").join(listed[:_SHOWN])
        facts = {"passages": len(shown) // 2, "count": len(listed), "stated": stated, "year": before.year}
        yield told("last-year-left", language, (after.name, before.name), shown[: 2 * _SHOWN], facts)


def _results(passage: Passage, after: About) -> list[Mention]:
    """The figures of a passage that tell of results, where they are many and long enough to be no standing ones."""
    if len(_frame(passage)) < _LONG or words("years", "standing_heading").search(passage.scope):
        return []
    figures = [mention for mention in passage.mentions if _telling(passage, mention, after)]
    lengths = {mention.quantity.value: len(telling_digits(mention.quantity.value)) for mention in figures}
    weighty = sum(length >= _WEIGHTY for length in lengths.values())
    return figures if weighty >= _FEWEST and sum(lengths.values()) >= _DIGITS else []


def _sentence(passage: Passage, mention: Mention) -> Span:
    """The place of the sentence of a figure, within its block."""
    start, end = passage.starts[mention.sentence]
    begin = passage.span(start, end)
    return begin if passage.span(end - 1, end).block == begin.block else passage.span(mention.start, mention.end)


def _frame(passage: Passage) -> str:
    """A paragraph without blanks, with one mark for any year."""
    return words("years", "any_year").sub("@", "".join(passage.plain.split()))


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _telling(passage: Passage, mention: Mention, after: About) -> bool:
    """Whether a figure tells of what was done or spent in the year."""
    start, end = passage.starts[mention.sentence]
    sentence = passage.plain[start:end]
    if mention.role == "price" or mention.quantity.bound == "at-most" or mention.dimension in ("year", "month", "day"):
        return False
    if _plain(mention.quantity.value) in table(AcrossTable).figures.periodic:
        return False
    if len(telling_digits(mention.quantity.value)) < _TELLING or words("years", "standing").search(sentence):
        return False
    before = passage.plain[max(start, mention.start - _LONG) : mention.start]
    others = {int(year) for year in words("years", "year_of").findall(before)} - {after.year}
    return not others and words("years", "deed").search(sentence) is not None
