"""The titles of rules, be they about one report or about several."""

from __future__ import annotations

from reportcheck.audit.across_words import rule as across_rule
from reportcheck.catalog import Language, rules


def title(rule: str, language: Language) -> str:
    """What is wrong, by the title of the rule."""
    known = rules().get(rule)
    if known is not None:
        return known.text("title", language)
    return across_rule(rule).texts[language]["title"]
