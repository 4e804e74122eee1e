"""Which figures are in reach of a figure, and whether a phrase names one of them."""

from __future__ import annotations

import re

from reportcheck.catalog import cached, recently_cached, table
from reportcheck.extract.mention import Mention, Passage, words
from reportcheck.model import Quantity
from reportcheck.schemas.figures import Units
from reportcheck.schemas.sentences import Connectors, Rates, RatesRate

AMOUNT_ROLES = frozenset({"level", "total", "to", "target", "difference", "previous", "from", "reference", "base"})
_NEAREST = 10
_SPECIFIC = 4


def is_amount(mention: Mention) -> bool:
    """Whether a figure is a level of something that can be added, compared and divided."""
    return mention.role in AMOUNT_ROLES and mention.dimension not in (
        "ratio",
        "point",
        "times",
        "year",
        "month",
    )


def is_level(mention: Mention) -> bool:
    """Whether an amount is what is measured, not what it is compared with."""
    return is_amount(mention) and mention.role not in ("previous", "from", "reference", "base")


def before(passage: Passage, mention: Mention, sentences: int = 0) -> list[Mention]:
    """Amounts before a figure in its sentence and so many sentences before it; the nearest last."""
    first = mention.sentence - sentences
    return [m for m in passage.mentions[: mention.order] if m.sentence >= first and is_amount(m)]


def nearby(passage: Passage, mention: Mention) -> list[Mention]:
    """The amounts nearest to a figure in its paragraph, those before it first."""
    earlier = [m for m in passage.mentions[: mention.order] if is_amount(m)][-_NEAREST:]
    later = [m for m in passage.mentions[mention.order + 1 :] if is_amount(m) and m.sentence == mention.sentence]
    return earlier[::-1] + later[:3]


def names(phrase: str, mention: Mention) -> bool:
    """Whether a phrase (本年支出合计) names what a figure measures."""
    wanted = _bare(phrase)
    if len(wanted) < 2:
        return False
    if words("general_base").fullmatch(wanted):
        return mention.role == "total" or not mention.subject or _bare(mention.fact.indicator) == wanted
    for label in (
        _bare(mention.fact.indicator),
        _bare(mention.subject + mention.cue),
        _bare(mention.subject),
    ):
        if len(label) >= 2 and (
            label.endswith(wanted)
            or wanted.endswith(label)
            or (label.startswith(wanted) and len(label) <= len(wanted) + 2)
        ):
            return True
    return False


def segment(passage: Passage, mention: Mention) -> tuple[int, int]:
    """The sentence of a figure, and its part of it between semicolons."""
    start = passage.starts[mention.sentence][0]
    return mention.sentence, passage.plain.count("；", start, mention.start)


def is_listed(passage: Passage, mention: Mention) -> bool:
    """Whether a figure is a part in a list that 其中 or the like introduces in its part of the sentence."""
    place = segment(passage, mention)
    return any(introduces(m.gap) for m in passage.mentions[: mention.order + 1] if segment(passage, m) == place)


@recently_cached
def _bare(phrase: str) -> str:
    return words("ornament").sub("", phrase)


def is_budget_phrase(phrase: str) -> bool:
    """Whether a base is only said to be a budget, plan or target (年初预算, 预算数, 任务)."""
    return words("budget_base").fullmatch(phrase) is not None


def budgeted(phrase: str, mention: Mention) -> bool:
    """Whether a figure is the budget, plan or target that the phrase speaks of, of the same kind."""
    if mention.side != "budget" and mention.role != "target":
        return False
    kinds = table(Connectors).words.budget_kinds
    asked = {kind for kind in kinds if kind in phrase}
    given = {kind for kind in kinds if kind in mention.cue or kind in mention.head}
    return not asked or not given or bool(asked & given)


def significant_digits(mention: Mention) -> int:
    """How many digits of a figure carry information; trailing zeros of whole numbers do not."""
    digits = str(abs(mention.quantity.value)).replace(".", "").lstrip("0")
    return len(digits) if mention.quantity.decimals > 0 else len(digits.rstrip("0"))


def is_budget_reference(gap: str) -> bool:
    """Whether a change is said to be against the budget (比年初预算增加)."""
    return words("budget_reference").search(gap) is not None


def has_reference(gap: str) -> bool:
    """Whether a change names what it is compared with (比上年 …) between itself and the figure before."""
    return words("own_reference").search(gap) is not None


def is_carried(gap: str) -> bool:
    """Whether a remainder is carried from or over other years, so that this year's figures do not make it."""
    return words("carried").search(gap) is not None


def compares(head: str) -> bool:
    """Whether a change is between two figures of one sentence (核减, 高出), not over time."""
    return words("audit").search(head) is not None


def is_excess(head: str) -> bool:
    """Whether a remainder is money overspent, not left."""
    return words("excess").search(head) is not None


def month_words() -> list[str]:
    """Words that make a price one for a month or a day (每月, 元/人·月)."""
    return list(table(Connectors).words.per_time)


def each_pattern() -> re.Pattern[str]:
    """What a price is for each of: group 1 of 每(人), /(亩), (户)均."""
    return table(Connectors).words.each.compiled


@cached
def _rates() -> list[tuple[re.Pattern[str], RatesRate]]:
    return [(row.name.compiled, row) for row in table(Rates).rate]


@cached
def rate_row(name: str) -> RatesRate | None:
    """What the catalogue says of a named rate: the first row of ``rates.toml`` that fits."""
    return next((row for pattern, row in _rates() if pattern.search(name)), None)


def is_subset_rate(name: str) -> bool:
    """Whether a rate is the share of a set that has a quality (合格率), so that it cannot pass 100%."""
    row = rate_row(name)
    return row is not None and row.subset and not row.adjacent


def is_budget_rate(name: str) -> bool:
    """Whether a rate compares what was used with what was given."""
    return words("budget_rate").search(name) is not None


def larger(one: Quantity, other: Quantity) -> bool:
    """Whether a figure is larger than another, so that it can be the whole that the other is a part of."""
    return one.exact > other.exact


def same_value(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are written for the same value: the same thing may be meant."""
    return one.exact == other.exact


def within_all(rate: Quantity) -> bool:
    """Whether a rate is one of at most the whole."""
    return rate.exact <= 1


def is_manifold(rate: Quantity) -> bool:
    """Whether a rate is more than twice the whole: what happens to be in reach does not tell it."""
    return rate.exact > 2


def introduces(gap: str) -> bool:
    """Whether a list of parts begins between a figure and the one before (其中)."""
    return words("within").search(gap) is not None


def on_other_footing(gap: str) -> bool:
    """Whether a growth rate is said to be on another footing (同口径) than the figures beside it."""
    return words("other_footing").search(gap) is not None


def person_word() -> str:
    """The plainest measure word for people, which prices are given for (每人)."""
    return next(row for row in table(Units).unit if row.dimension == "person").symbols[0]


def adds(head: str) -> bool:
    """Whether a change is money added to or taken from a budget, not a comparison (追加)."""
    return words("additions").search(head) is not None


def opens_comparison(gap: str) -> bool:
    """Whether a sentence begins with what it compares (与上年相比, 比预算): its subject was said before."""
    return words("opening_comparison").match(gap) is not None


def opens_with_spending(gap: str) -> bool:
    """Whether a sentence begins with what was spent, compared with the year before (决算数较上年)."""
    return words("opening_spending").match(gap) is not None


def same_name(phrase: str, mention: Mention) -> bool:
    """Whether a phrase is the very name of what a figure measures, not only its end."""
    wanted = _bare(phrase)
    labels = (mention.fact.indicator, mention.subject + mention.cue, mention.subject, mention.topic)
    specific = len(wanted) >= _SPECIFIC and not words("general_base").fullmatch(wanted)
    return specific and wanted in {_bare(label) for label in labels}


def is_full_mark(head: str) -> bool:
    """Whether a score is what an indicator can earn (满分, 分值)."""
    return words("full_mark").search(head) is not None


def is_score(head: str) -> bool:
    """Whether a score is what was earned (得分, 自评得)."""
    return words("earned").search(head) is not None


def is_deduction(head: str) -> bool:
    """Whether points were taken off (扣)."""
    return words("deduction").search(head) is not None


def is_left_over(head: str) -> bool:
    """Whether a remainder is what income leaves over spending (结余, 结转)."""
    return words("left_over").search(head) is not None
