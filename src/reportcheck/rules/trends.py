"""What is said to have risen or fallen, without a figure, against the growth that is printed:
``claim-contradicted`` (游客接待量较上年有所回落, where 接待游客 grew by 18.27%).

Words that name nothing speak of what the sentence said before them; words that name something, of all growth that the
report states under that name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from reportcheck.catalog import pattern_in
from reportcheck.extract.indicators import last_in
from reportcheck.extract.mention import Mention, Passage
from reportcheck.model import Question
from reportcheck.rules.phrases import Phrase, named, phrases
from reportcheck.rules.stated import Stated
from reportcheck.schemas.phrases import Outcomes

_SHORTEST = 3
_MOST_MORE = 2

Change = tuple[Passage, Mention]


def propose(passages: Sequence[Passage], report: Stated) -> Iterator[Question]:
    """A question for each word of a trend that printed growth bears out or not."""
    changes = [(p, m) for p in passages for m in p.mentions if _is_over_year(p, m) and not report.of_another(p, m)]
    for passage in passages:
        for phrase in phrases(passage, _word("pattern")):
            change = _meant(phrase, changes)
            if change is not None:
                rises = _word("up").search(phrase.text) is not None
                yield (phrase.against(change, 0, ">=" if rises == (change.sign > 0) else "<="),)


_word = partial(pattern_in, Outcomes, "trends")


def _is_over_year(passage: Passage, mention: Mention) -> bool:
    """Whether a figure is a rate or amount of change over the year before, as printed without its sign."""
    plain = mention.quantity.bound == "exact" and not mention.quantity.below_zero
    if mention.role not in ("growth", "change") or not mention.sign or not plain:
        return False
    before = passage.plain[passage.starts[mention.sentence][0] : mention.start]
    apart = _word("apart").search(mention.gap) or _word("either").search(mention.head)
    return not apart and _word("over_year").search(before) is not None


def _meant(phrase: Phrase, changes: Sequence[Change]) -> Mention | None:
    """The change that a word of a trend speaks of: the first of several that all go one way."""
    if _word("free").match(phrase.before):
        found = [m for p, m in changes if p is phrase.passage and phrase.shares(m)]
        found = [m for m in found if m.end <= phrase.start]
    else:
        subject = _word("measured").sub("", phrase.before)
        if len(subject) < _SHORTEST or _word("vague").search(subject):
            return None
        found = [m for _, m in changes if _is_of(m, subject)]
    return found[0] if len({m.sign for m in found}) == 1 else None


def _is_of(change: Mention, subject: str) -> bool:
    """Whether a change is of what a subject names, in whatever order (游客接待, 接待游客)."""
    name = change.subject
    known = last_in(subject) or named(change)
    more = set(name) - set(subject)
    return set(subject) <= set(name) and len(more) <= _MOST_MORE and (not known or last_in(subject) == named(change))
