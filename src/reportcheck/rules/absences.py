"""What is said not to have been (无公务接待费支出) against a figure for it: ``claim-contradicted``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportcheck.catalog import cached, table
from reportcheck.extract.head import Head
from reportcheck.extract.indicators import flagged, indicators, last_in
from reportcheck.extract.mention import Passage
from reportcheck.model import Claim, Fact, Question
from reportcheck.regexes import Regex, any_of
from reportcheck.rules.phrases import CONTRADICTED, Phrase, phrases, word
from reportcheck.rules.stated import Stated, same_part
from reportcheck.schemas.phrases import Statements

_SIDES = {"budget": ("budget", "change"), "actual": ("actual", "", "change", "difference")}


def propose(passages: Sequence[Passage], report: Stated, head: Head) -> Iterator[Question]:
    """A question for each indicator that a sentence says there was nothing of, and the report states a figure of."""
    own = Regex(f"(?:{word('own').pattern})*").compiled
    for passage in passages:
        for phrase, subject in _absent(passage):
            if not last_in(phrase.before) and not report.of_other_year(passage, phrase.sentence, phrase.end):
                before = re.sub(r"\s", "", phrase.before).replace(head.unit or "\n", "")
                far = own.fullmatch(before) is not None
                yield tuple(_held(phrase, subject, report, far))


def _absent(passage: Passage) -> Iterator[tuple[Phrase, str]]:
    """What a passage says there was nothing of, with the words that say so."""
    for pattern in _patterns():
        for phrase in phrases(passage, pattern):
            for name in _any().finditer(phrase.text):
                yield phrase, last_in(name[0])
    for each in indicators():
        if each.row.none:
            for phrase in phrases(passage, each.row.none.compiled):
                yield phrase, each.id


@cached
def _any() -> re.Pattern[str]:
    spending = table(Statements).absence.spending
    rows = [each.row for each in indicators() if each.row.absent]
    return any_of(f"(?:{row.words})(?:{spending if row.spent_only else ''})" for row in rows).compiled


@cached
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = table(Statements).absence
    one = f"(?:{_any().pattern})(?:{words.suffix})"
    names = f"{one}(?:(?:{words.joint}){one})*"
    return tuple(form.filled(names=names).compiled for form in (words.forward, words.backward))


def _held(phrase: Phrase, subject: str, report: Stated, far: bool) -> Iterator[Claim]:
    """Each figure that the report states of an indicator; one that is zero bears the words out. Figures of other
    paragraphs are held against words that speak of the whole body."""
    side = "budget" if word("allotted").search(phrase.text + phrase.behind) else "actual"
    facts = [fact for fact in report.of(subject, *_SIDES[side]) if same_part(phrase, fact)]
    near = [fact for fact in facts if _same_passage(phrase, fact)]
    held = near if subject in flagged("near") or not far else near + [fact for fact in facts if fact not in near]
    for fact in {fact.quantity.exact: fact for fact in reversed(held)}.values():
        limit = {"limit": (phrase.limit(0, fact.quantity.unit),)}
        yield Claim(CONTRADICTED, "limit", fact, "limit", limit, "wording" if fact in near else "structure", "<=")


def _same_passage(phrase: Phrase, fact: Fact) -> bool:
    return fact.quantity.span.block in {block.id for block in phrase.passage.blocks}
