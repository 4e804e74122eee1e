"""The titles of rules, be they about one report or about several."""

from __future__ import annotations

from reportcheck.audit.across_words import rule as across_rule
from reportcheck.catalog import Language, message, rules, table


def title(rule: str, language: Language) -> str:
    """What is wrong, by the title of the rule."""
    known = rules().get(rule)
    if known is not None:
        return known.text("title", language)
    return across_rule(rule).texts[language]["title"]


def measure_name(rule: str, kind: str, language: Language) -> str:
    """What a distribution is of: the measure that a rule compares, in the reports of one kind."""
    kinds = {row["id"]: str(row[language]) for row in table("across")["kind"]}
    name = message(language, f"audit_measure.{rule}")
    return message(language, "audit.measure", name=name, kind=kinds.get(kind) or message(language, "audit.other_kind"))
