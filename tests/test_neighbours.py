"""What is right stays right beside something else that is right.

The right examples of the rule pages are put together in pairs, as two paragraphs and as one: a figure of the
one must not be bound to what the other says.
"""

from __future__ import annotations

import random
from functools import cache

import pytest

from reportcheck import Settings, check_text
from test_rule_pages import EXAMPLES, proposes_claims

PAIRS = 500
RIGHT = sorted({e.text for e in EXAMPLES if e.kind == "not-flagged" and proposes_claims(e.rule) and "\n" not in e.text})


def pairs() -> list[tuple[str, str]]:
    chosen = random.Random(5)
    return [(chosen.choice(RIGHT), chosen.choice(RIGHT)) for _ in range(PAIRS)]


@cache
def fingerprints(text: str) -> frozenset[str]:
    return frozenset(finding.fingerprint for finding in check_text(text).findings)


def alarms(first: str, second: str, between: str) -> list[str]:
    """What is found in both together and in neither alone."""
    alone = fingerprints(first) | fingerprints(second)
    # One report may not state a figure twice with two values: such pairs are rightly told.
    together = check_text(first + between + second, Settings(ignore=frozenset({"repeat"}))).findings
    return [f"{finding.message}: {first} | {second}" for finding in together if finding.fingerprint not in alone]


def test_two_right_paragraphs() -> None:
    assert [alarm for first, second in pairs() if first != second for alarm in alarms(first, second, "\n")] == []


@pytest.mark.xfail(strict=True, reason="what another sentence speaks of is bound by its place alone")
def test_two_right_sentences_in_one_paragraph() -> None:
    assert [alarm for first, second in pairs() if first != second for alarm in alarms(first, second, "")] == []
