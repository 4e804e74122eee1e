"""Chains: what the signs between amounts make of them (A加上B，减去C和D，总额E: ``total-mismatch``), and a budget that
is changed in the course of a year (年初预算A，上年结转B，年中追加C，核减D，全年预算E)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from reportcheck.extract.mention import Mention, Passage, words
from reportcheck.groups.amounts import is_amount
from reportcheck.groups.lists import lists
from reportcheck.model import Basis, Question
from reportcheck.relations.claims import sum_claim
from reportcheck.relations.reach import segment

_LONGEST = 14

Terms = tuple[tuple[int, Mention], ...]
"""Amounts with their signs."""


def propose(passages: Sequence[Passage]) -> Iterator[Question]:
    """A question for each amount that closes a chain."""
    for passage in passages:
        for stated, terms in chains(passage):
            named = stated.role == "total" or len(terms) == sum(_is_signed(m) for _, m in terms) + 1
            basis: Basis = "wording" if named else "structure"
            yield (sum_claim(stated.fact, [(sign, m.fact) for sign, m in terms], basis, True),)


def chains(passage: Passage) -> Iterator[tuple[Mention, Terms]]:
    """Each amount that closes a chain, with its terms."""
    opened = {found.items[0][0].order for found in lists(passage) if found.opening == "words"}
    runs: dict[object, list[Mention]] = defaultdict(list)
    for figure in passage.mentions:
        if is_amount(figure) or figure.role == "price" or _is_adjustment(figure):
            run = runs[segment(passage, figure), figure.dimension, figure.depth]
            run.append(figure)
            terms = _terms(passage, run[-_LONGEST:], opened) if len(run) > 1 and is_amount(figure) else ()
            if terms:
                yield figure, terms


def _is_signed(mention: Mention) -> bool:
    return bool(words("added").search(mention.gap) or words("taken").search(mention.gap)) or _is_adjustment(mention)


def _is_adjustment(mention: Mention) -> bool:
    return mention.role == "change" and words("adjusted").search(mention.head) is not None


def _terms(passage: Passage, run: Sequence[Mention], opened: Set[int]) -> Terms:
    """The amounts before the last of a part of a sentence, each with its sign: a sign holds on over pauses
    (减去B、C)."""
    stated, terms = run[-1], list(run[:-1])
    if terms and _is_adjustment(terms[0]):
        # What is changed was named in the sentence before.
        terms = [*_before(passage, terms[0]), *terms]
    if terms and not _is_adjustment(terms[0]) and words("adjusted").search(terms[0].gap):
        # It is itself added to something that is not in reach.
        return ()
    if len(terms) < 2 or "，" not in stated.gap or words("added").search(stated.gap):
        return ()
    if any(figure.order in opened for figure in run):
        # A list of parts stands in it, or begins where it would end.
        return ()
    adjusted = any(map(_is_adjustment, terms))
    if not words("adjusted_whole" if adjusted else "said_whole").search(stated.head) and stated.role != "total":
        return ()
    signs, sign = [], 1
    for at, term in enumerate(terms):
        if words("taken").search(term.gap):
            sign = -1
        elif words("added").search(term.gap) or (at and "、" not in term.gap):
            sign = 1
        signs.append((sign, term))
    told = any(map(_is_signed, terms[1:]))
    return tuple(signs) if told and signs[0][0] > 0 and not _is_adjustment(terms[0]) else ()


def _before(passage: Passage, change: Mention) -> list[Mention]:
    """The last amount of the sentence before a change of it."""
    before = [m for m in passage.mentions[: change.order] if is_amount(m) and m.dimension == change.dimension]
    return [m for m in before[-1:] if m.sentence == change.sentence - 1]
