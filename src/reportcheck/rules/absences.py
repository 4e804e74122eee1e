"""What is said not to have been (无公务接待费支出) against a figure for it: ``claim-contradicted``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportcheck.catalog import cached, table
from reportcheck.extract.head import Head
from reportcheck.extract.mention import Passage
from reportcheck.extract.tabular import Sheet
from reportcheck.model import Claim, Fact, Question
from reportcheck.rules.indicators import Indicators, same_part
from reportcheck.rules.phrases import CONTRADICTED, Phrase, phrases, subject_of, word

_SIDES = {"budget": ("budget", "change"), "actual": ("actual", "", "change", "difference")}


def propose(passages: Sequence[Passage], sheets: Sequence[Sheet], head: Head) -> Iterator[Question]:
    """A question for each indicator that a sentence says there was nothing of, and the report states a figure of."""
    report = Indicators(passages, sheets, head.year)
    for passage in passages:
        for phrase, subject in _absent(passage):
            if not subject_of(phrase.before) and not report.of_other_year(passage, phrase.sentence, phrase.end):
                yield from _held(phrase, subject, report)


def _absent(passage: Passage) -> Iterator[tuple[Phrase, str]]:
    """What a passage says there was nothing of, with the words that say so."""
    for pattern in _patterns():
        for phrase in phrases(passage, pattern):
            for name in _any().finditer(phrase.text):
                yield phrase, subject_of(name[0])
    for row in table("statements")["subject"]:
        if "said" in row:
            for phrase in phrases(passage, re.compile(row["said"])):
                yield phrase, row["name"]


@cached
def _any() -> re.Pattern[str]:
    rows = table("statements")["subject"]
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows if row.get("absent")))


@cached
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = table("statements")["absence"]
    one = f"(?:{_any().pattern}){words['suffix']}"
    names = f"{one}(?:{words['joint']}{one})*"
    return tuple(re.compile(words[form].replace("{names}", names)) for form in ("forward", "backward"))


def _held(phrase: Phrase, subject: str, report: Indicators) -> Iterator[Question]:
    """The figure that the report states of an indicator; one that is zero bears the words out."""
    side = "budget" if word("allotted").search(phrase.text + phrase.behind) else "actual"
    row = next(row for row in table("statements")["subject"] if row["name"] == subject)
    facts = [fact for fact in report.of(subject, *_SIDES[side]) if _in_reach(phrase, fact, bool(row.get("near")))]
    facts.sort(key=lambda fact: fact.quantity.value != 0)
    if facts:
        near = _same_passage(phrase, facts[0])
        limit = {"limit": (phrase.limit(0, facts[0].quantity.unit),)}
        yield (Claim(CONTRADICTED, facts[0], "limit", limit, "wording" if near else "structure", "<="),)


def _in_reach(phrase: Phrase, fact: Fact, near: bool) -> bool:
    return same_part(phrase, fact) and (not near or _same_passage(phrase, fact))


def _same_passage(phrase: Phrase, fact: Fact) -> bool:
    return fact.quantity.span.block in {block.id for block in phrase.passage.blocks}
